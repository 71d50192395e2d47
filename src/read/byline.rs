//! Bylines: `文／王明 图／李四`, `本刊记者 王明`, `王明（北京大学）、李四`, tables of `{name, role, affiliation}`.
//!
//! In: the value of `author`. Out: one [`Byline`] a name, names clean.

use super::words::clean_name;
use crate::doc::Byline;
use crate::source::keyed::{Kind, Value};
use crate::source::{Codes, Fields, Name, name};

/// Roles that stand before the name, with a sign or a space between. Longer ones first.
const BEFORE: [&str; 48] = [
    "文／图",
    "文/图",
    "图／文",
    "图/文",
    "文、图",
    "图、文",
    "文·图",
    "图·文",
    "文图",
    "图文",
    "文／圖",
    "圖／文",
    "文圖",
    "圖文",
    "文字",
    "图片",
    "圖片",
    "撰文",
    "摄影",
    "攝影",
    "绘图",
    "繪圖",
    "插图",
    "插圖",
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
    "校译",
    "校譯",
    "本刊记者",
    "本刊記者",
    "特约记者",
    "特約記者",
    "记者",
    "記者",
    "通讯员",
    "通訊員",
    "特约撰稿",
    "文",
    "图",
    "圖",
];
/// Those that stand before it only with a sign: `译` alone would be half of many names.
const WITH_SIGN: [&str; 6] = ["译", "譯", "作者", "摄", "攝", "绘"];
/// Roles that stand behind the name, after a space or a sign.
const AFTER: [&str; 18] = [
    "口述", "整理", "编译", "編譯", "摄影", "攝影", "摄", "攝", "译", "譯", "文", "图", "圖", "绘", "繪", "撰文",
    "采写", "採寫",
];
/// Between a role and a name: strokes and colons of every kind.
const SIGNS: [char; 8] = ['／', '/', '：', ':', '|', '｜', '丨', '∕'];

pub const KEYS: [Name; 3] =
    [name("name", &["姓名", "名"]), name("role", &["身份", "分工"]), name("affiliation", &["单位", "單位", "机构"])];

/// Reads an `author` value; a wrong one is a finding of `fields`.
pub fn authors(value: &Value, codes: Codes, report: &mut crate::base::Report) -> Vec<Byline> {
    match &value.kind {
        Kind::List(items) => items.iter().flat_map(|item| listed(item, codes, report)).collect(),
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

/// An item of a list: whoever made a list has told the names apart, so that a comma or a stroke is of the name (`D'Arcy, Jr.`).
fn listed(item: &Value, codes: Codes, report: &mut crate::base::Report) -> Vec<Byline> {
    match &item.kind {
        Kind::List(_) | Kind::Table(_) => authors(item, codes, report),
        _ => item.text().map(|text| split(&text, |c| matches!(c, '、' | '\n'))).unwrap_or_default(),
    }
}

/// Reads a byline as printed.
pub fn parse(text: &str) -> Vec<Byline> {
    split(text, |c| matches!(c, '、' | '，' | ',' | '；' | ';' | '／' | '/' | '\n'))
}

fn split(text: &str, separates: fn(char) -> bool) -> Vec<Byline> {
    let mut found: Vec<Byline> = vec![];
    let mut role: Option<String> = None;
    for group in groups(text) {
        let (own_role, names) = split_role(&group, separates);
        role = own_role.or(role.take());
        for written in names {
            found.push(byline(&written, role.as_deref()));
        }
    }
    found
}

/// The stretches that have a role of their own: `文／王 明 图／李四` has two, `王明 口述 李四 整理` and `王明／文 李四／图` too.
fn groups(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut closed = true;
    for word in outside_brackets(text, char::is_whitespace) {
        // `李四 译`: a bare role behind a name is that name's.
        let behind = AFTER.contains(&word.as_str()) && out.last().is_some_and(|last| leading_role(last).is_none());
        let signed = trailing_role(&word).is_some();
        match out.last_mut() {
            Some(last) if !closed && !signed && (behind || leading_role(&word).is_none()) => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => out.push(word),
        }
        closed = behind || signed;
    }
    out
}

/// The parts between separators, none of them within brackets; empty ones dropped.
fn outside_brackets(text: &str, separates: impl Fn(char) -> bool) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        if depth <= 0 && separates(c) {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            last.push(c);
        }
    }
    out.into_iter().map(|part| part.trim().to_string()).filter(|part| !part.is_empty()).collect()
}

/// The role a word begins with, when a sign follows it or it is the whole word.
fn leading_role(word: &str) -> Option<(&'static str, &str)> {
    let alone = BEFORE.iter().find(|role| **role == word);
    let signed = || {
        BEFORE.iter().chain(&WITH_SIGN).find_map(|role| Some((*role, word.strip_prefix(role)?.strip_prefix(SIGNS)?)))
    };
    alone.map(|role| (*role, "")).or_else(signed)
}

/// `王明／文`: the names, and the role behind a sign.
fn trailing_role(word: &str) -> Option<(&str, &'static str)> {
    let (names, role) = word.rsplit_once(SIGNS)?;
    let role = AFTER.iter().chain(&BEFORE).find(|known| **known == role)?;
    (!names.is_empty() && !BEFORE.contains(&names)).then_some((names, *role))
}

fn split_role(group: &str, separates: fn(char) -> bool) -> (Option<String>, Vec<String>) {
    let (role, rest) = match leading_role(group.split(' ').next().unwrap_or_default()) {
        Some((role, _)) => (Some(role), group[role.len()..].trim_start_matches(SIGNS).trim_start()),
        None => match trailing_role(group) {
            Some((names, role)) => (Some(role), names),
            None => (None, group),
        },
    };
    let names = outside_brackets(rest, separates).iter().flat_map(|part| spaced_names(part)).collect();
    // 作者 says no more than that there is a name.
    (role.filter(|role| *role != "作者").map(String::from), names)
}

/// `王明 李四` are two names, `王 明` is one, `Jane Doe` is one.
fn spaced_names(part: &str) -> Vec<String> {
    let words = outside_brackets(part, char::is_whitespace);
    let han = |w: &String| w.chars().all(|c| !c.is_ascii());
    let is_role = words.len() == 2 && AFTER.contains(&words[1].as_str());
    if words.len() > 1 && !is_role && words.iter().all(|w| han(w) && w.chars().count() > 1) {
        return words;
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
    use super::{authors, parse};
    use crate::base::{FileId, Report};
    use crate::source::keyed::yaml;

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
            ("图雅、文贝", "图雅 文贝"),
            ("王明／文 李四／图", "文:王明 图:李四"),
            ("王明、李四/文", "文:王明 文:李四"),
            ("王明 口述 李四 整理", "口述:王明 整理:李四"),
            ("口述：王明　整理：李四", "口述:王明 整理:李四"),
            ("文丨王明", "文:王明"),
            ("文、图／王明", "文、图:王明"),
            ("本刊记者 王明 通讯员 李四、赵五", "本刊记者:王明 通讯员:李四 通讯员:赵五"),
            ("作者：王明", "王明"),
            ("王明（北京大学 历史系，教授）、李四（南开大学）", "王明@北京大学 历史系，教授 李四@南开大学"),
            ("译／李四", "译:李四"),
            ("本刊编辑部", "本刊编辑部"),
        ] {
            let meant = meant.replace("[美] 约翰", "[美]约翰");
            assert_eq!(shown(written), meant, "{written}");
        }
    }

    #[test]
    fn an_item_of_a_list_is_one_name() {
        let names = |text: &str| -> Vec<String> {
            let value = yaml(text, FileId(0), 0).expect("YAML");
            let mut report = Report::default();
            let all = authors(&value.entries()[0].1, crate::read::front::CODES, &mut report);
            all.into_iter().map(|b| b.role.map_or(String::new(), |r| format!("{r}:")) + &b.name).collect()
        };
        assert_eq!(names("author: [\"D'Arcy, Jr.\", \"AC/DC\", 王明]"), ["D'Arcy, Jr.", "AC/DC", "王明"]);
        assert_eq!(names("author: [文／王明, 摄影：李四、赵五]"), ["文:王明", "摄影:李四", "摄影:赵五"]);
        assert_eq!(names("author: D'Arcy, Jr."), ["D'Arcy", "Jr."]);
    }
}
