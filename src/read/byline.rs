//! Bylines: `文／王明 图／李四`, `本刊记者 王明`, `王明（北京大学）、李四`, tables of `{name, role, affiliation}`.
//!
//! In: the value of `author`. Out: one [`Byline`] a name, names clean.

use super::words::{clean_name, split_list};
use crate::doc::Byline;
use crate::source::keyed::{Kind, Value};
use crate::source::{Codes, Fields, Name, name};

/// Roles that stand before the name, with `／`, `：` or a space between.
const BEFORE: [&str; 34] = [
    "文／图",
    "文/图",
    "图／文",
    "图/文",
    "文图",
    "图文",
    "文",
    "图",
    "圖",
    "撰文",
    "摄影",
    "攝影",
    "绘图",
    "采写",
    "採寫",
    "采访",
    "採訪",
    "口述",
    "整理",
    "编译",
    "編譯",
    "翻译",
    "翻譯",
    "译",
    "本刊记者",
    "本刊記者",
    "特约记者",
    "特約記者",
    "记者",
    "記者",
    "通讯员",
    "通訊員",
    "本刊编辑部",
    "特约撰稿",
];
/// Roles that stand behind the name.
const AFTER: [&str; 10] = ["口述", "整理", "编译", "編譯", "摄", "攝", "译", "譯", "文", "图"];

const KEYS: [Name; 3] =
    [name("name", &["姓名", "名"]), name("role", &["身份", "分工"]), name("affiliation", &["单位", "單位", "机构"])];

/// Reads an `author` value; a wrong one is a finding of `fields`.
pub fn authors(value: &Value, codes: Codes, report: &mut crate::base::Report) -> Vec<Byline> {
    match &value.kind {
        Kind::List(items) => items.iter().flat_map(|item| authors(item, codes, report)).collect(),
        Kind::Table(_) => {
            let mut fields = Fields::read(&[value], &KEYS, codes, report);
            let (name, role, affiliation) = (fields.text("name"), fields.text("role"), fields.text("affiliation"));
            if name.is_none() {
                fields.wrong(value, crate::base::words("有 name 的表", "a table with a name"));
            }
            name.map(|name| Byline { name: clean_name(&name), role, affiliation }).into_iter().collect()
        }
        _ => value.text().map(|text| parse(&text)).unwrap_or_default(),
    }
}

/// Reads a byline as printed.
pub fn parse(text: &str) -> Vec<Byline> {
    let mut found: Vec<Byline> = vec![];
    let mut role: Option<String> = None;
    for group in groups(text) {
        let (own_role, names) = split_role(&group);
        role = own_role.or(role.take());
        for written in names {
            found.push(byline(&written, role.as_deref()));
        }
    }
    found
}

/// The stretches that have a role of their own: `文／王 明 图／李四` has two.
fn groups(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for word in text.split_whitespace() {
        // `李四 译`: a bare role behind a name is that name's.
        let bare_behind = AFTER.contains(&word) && out.first().is_some_and(|first| leading_role(first).is_none());
        let opens = leading_role(word).is_some() && !bare_behind;
        match out.last_mut() {
            Some(last) if !opens => {
                last.push(' ');
                last.push_str(word);
            }
            _ => out.push(word.to_string()),
        }
    }
    out
}

/// The role a word begins with, when a sign follows it or it is the whole word.
fn leading_role(word: &str) -> Option<(&'static str, &str)> {
    BEFORE.iter().find_map(|role| {
        let rest = word.strip_prefix(role)?;
        if rest.is_empty() {
            return Some((*role, rest));
        }
        rest.strip_prefix(['／', '/', '：', ':', '|', '｜']).map(|rest| (*role, rest))
    })
}

fn split_role(group: &str) -> (Option<String>, Vec<String>) {
    let (role, rest) = match leading_role(group.split(' ').next().unwrap_or_default()) {
        Some((role, _)) => {
            (Some(role.to_string()), group[role.len()..].trim_start_matches(['／', '/', '：', ':', '|', '｜', ' ']))
        }
        None => (None, group),
    };
    let names = split_list(rest).iter().flat_map(|part| spaced_names(part)).collect();
    (role, names)
}

/// `王明 李四` are two names, `王 明` is one, `Jane Doe` is one.
fn spaced_names(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let han = |w: &&str| w.chars().all(|c| !c.is_ascii());
    let is_role = words.len() == 2 && AFTER.contains(&words[1]);
    if words.len() > 1 && !is_role && words.iter().all(|w| han(w) && w.chars().count() > 1) {
        return words.into_iter().map(String::from).collect();
    }
    vec![part.to_string()]
}

fn byline(written: &str, role: Option<&str>) -> Byline {
    let (name, affiliation) = match written.strip_suffix(['）', ')']).and_then(|t| t.split_once(['（', '('])) {
        Some((name, inner)) => (name, Some(inner.trim().to_string())),
        None => (written, None),
    };
    let behind = AFTER.iter().find_map(|r| name.strip_suffix(r).filter(|n| n.ends_with([' ', '　'])).map(|n| (n, *r)));
    let (name, role) = match behind {
        Some((name, behind)) => (name, Some(behind.to_string())),
        None => (name, role.map(String::from)),
    };
    Byline { name: clean_name(name), role, affiliation }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn bylines_are_parsed_as_printed() {
        let shown = |text: &str| {
            let parts = parse(text).into_iter().map(|b| {
                let role = b.role.map_or(String::new(), |r| format!("{r}:"));
                format!("{role}{}{}", b.name, b.affiliation.map_or(String::new(), |a| format!("@{a}")))
            });
            parts.collect::<Vec<_>>().join(" ")
        };
        for (written, meant) in [
            ("王明", "王明"),
            ("王　明", "王明"),
            ("王明、李四，赵五", "王明 李四 赵五"),
            ("文／王 明 图／李四", "文:王明 图:李四"),
            ("文/图 王明", "文/图:王明"),
            ("本刊记者 王明 李四", "本刊记者:王明 本刊记者:李四"),
            ("撰文：王明、李四　摄影：赵五", "撰文:王明 撰文:李四 摄影:赵五"),
            ("王明（北京大学）、李四", "王明@北京大学 李四"),
            ("[美] 约翰·史密斯", "[美] 约翰·史密斯"),
            ("Jane Doe, John Roe", "Jane Doe John Roe"),
            ("李四 译", "译:李四"),
            ("文天祥", "文天祥"),
        ] {
            let meant = meant.replace("[美] 约翰", "[美]约翰");
            assert_eq!(shown(written), meant, "{written}");
        }
    }
}
