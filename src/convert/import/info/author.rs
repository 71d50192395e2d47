//! T6, T11: who wrote it, where they work, and who else had a hand in it.

use super::super::super::han;
use super::super::{Work, dates, fields, names};
use super::field::note;
use super::publish;
use crate::base::words;

/// A line that names authors; the second such line adds to the first.
pub fn author(work: &mut Work, text: &str, line: u32) {
    for part in text.split(['|', ';']).map(han::trim).filter(|p| !p.is_empty()) {
        let lower = part.to_ascii_lowercase();
        if let Some(n) = ["photos by ", "photo by "].iter().find(|l| lower.starts_with(**l)).map(|l| l.len()) {
            work.log.moved("T6", line, han::squeezed(&part[6..n]), words("图片作者", "who took the photos"));
            work.log.changed(
                "T6",
                line,
                (part[..6].trim().into(), "摄影".into()),
                words("图片作者", "who took the photos"),
            );
            work.front.credits.push(("摄影".into(), vec![part[n..].to_string()]));
            continue;
        }
        // 文/图 behind all names is the work of all of them.
        let role = ["文/图", "图/文", "文／图", "图／文", "文图", "摄影报道", "报道"]
            .iter()
            .find(|r| part.strip_suffix(**r).is_some_and(|p| p.ends_with(han::is_blank)));
        let part = role.map_or(part, |r| han::trim(&part[..part.len() - r.len()]));
        let lead = ["作者", "撰文", "文字"].iter().find(|r| {
            part.strip_prefix(**r)
                .is_some_and(|p| p.starts_with(|c: char| han::is_blank(c) || "：:/／丨｜".contains(c)))
        });
        let led = lead.map_or(part, |r| {
            part[r.len()..].trim_start_matches(|c: char| han::is_blank(c) || "：:/／丨｜".contains(c))
        });
        let label = han::squeezed(&part[..part.len() - led.len()]);
        work.log.dropped("T6", line, label, words("作者", "author"));
        let part = led;
        work.log.dropped("T6", line, role.copied().unwrap_or_default(), words("作者的分工", "what the authors did"));
        let (mut name, gone) = names::author(part);
        let signs = |text: &str| text.chars().filter(|c| "、，,；".contains(*c)).collect::<String>();
        // The place it was sent from may have marks of its own.
        let (before, after) = (signs(part.strip_suffix(&gone[..]).unwrap_or(part)), signs(&name));
        if before != after {
            work.log.changed("T6", line, (before, after), words("作者之间的顿号", "marks between authors"));
        }
        if name.is_ascii() {
            let and = name.matches(" and ").count();
            name = name.replace(" and ", ", ");
            (0..and).for_each(|_| {
                work.log.changed("T6", line, ("and".into(), ",".into()), words("两位作者", "two authors"))
            });
        }
        let each = names::split(&name).into_iter();
        work.marks.extend(each.map(|n| (n.clone(), names::marks(part, &n))).filter(|(_, marks)| !marks.is_empty()));
        let old = work.front.author.take();
        // The name alone beside the title, and here with its post.
        if let Some(bare) = old.as_deref().filter(|o| names::is_name(o) && name.ends_with(&format!(" {o}"))) {
            work.log.dropped("T6", line, bare.to_string() + &gone, words("作者的重复", "the author again"));
            work.front.author = Some(name);
            continue;
        }
        // The office that a site names, above who signs.
        if let Some(office) = old.as_deref().filter(|o| names::is_office(o) && names::post(&name).is_some()) {
            work.log.dropped(
                "T6",
                line,
                office.to_string() + &gone,
                words("发布的单位", "the office that published it"),
            );
            work.front.author = Some(name);
            continue;
        }
        if old.as_deref().is_some_and(|o| names::split(o).contains(&name)) {
            work.log.dropped("T6", line, name + &gone, words("作者的重复", "the author again"));
            work.front.author = old;
            continue;
        }
        if old.is_some() {
            work.log.changed("T6", line, (String::new(), "、".into()), words("又一位作者", "one more author"));
        }
        work.front.author = Some(old.map_or(name.clone(), |o| format!("{o}、{name}")));
        work.log.moved("T6", line, gone, words("作者", "author"));
    }
    let bars: String = text.chars().filter(|c| matches!(c, '|' | ';')).collect();
    work.log.dropped("T6", line, bars, words("分隔号", "separators"));
}

/// `作者：林远`; a role (`文/图：`) stays with the name.
pub(super) fn signed(work: &mut Work, (name, sign_there): (&str, bool), value: String, line: u32) {
    let sign = if sign_there { "：" } else { "" };
    let value = undated(work, value, line);
    if matches!(&value[..], "未知" | "不详" | "不詳" | "admin") {
        return work.log.dropped("T6", line, format!("{name}{sign}{value}"), words("没有作者", "no author"));
    }
    // `林远，山行大学历史系副教授`: a name and its post.
    let posted = value.split_once(['，', ',']).filter(|(name, post)| names::is_name(name) && names::is_post(post));
    let value = match posted.map(|(name, post)| format!("{name} {post}")) {
        Some(both) => {
            work.log.dropped("T6", line, "，", words("分隔号", "separators"));
            both
        }
        None => value,
    };
    let role = matches!(name, "本刊记者" | "记者" | "記者" | "文/图" | "文／图" | "图/文" | "采写");
    let names = names::split(&value);
    let known = work.front.author.as_deref().map(han::squeezed).is_some_and(|a| names.iter().all(|n| a.contains(n)));
    if known {
        work.log.dropped("T6", line, format!("{name}{sign}{value}"), words("作者的重复", "the author again"));
        return;
    }
    let label = if role { sign.into() } else { format!("{name}{sign}") };
    work.log.moved("T6", line, label, words("作者", "author"));
    author(work, &if role { format!("{name} {value}") } else { value }, line);
}

/// A name without the time beside it, as elements side by side on a page have it: `作者：沈砚2026年03月05日`.
pub(super) fn undated(work: &mut Work, value: String, line: u32) -> String {
    let date = dates::find(&value).filter(|d| d.range.end == value.len() && d.range.start > 0);
    match date {
        Some(date) if work.front.published.is_none() => {
            publish(work, value[date.range.clone()].to_string(), &date, line);
            han::trim(&value[..date.range.start]).to_string()
        }
        _ => value,
    }
}

/// `（水尾县委组织部　沙坪镇党委）` below the authors: each to its own where there are as many, else a note on them.
pub fn affiliation(work: &mut Work, text: &str, line: u32) {
    let inner = fields::bare(text);
    let signs = han::squeezed(&text.replacen(inner, "", 1));
    if let Some(new) = numbered(work, inner) {
        let old = work.front.author.replace(new.clone()).unwrap_or_default();
        let gone = signs + &han::squeezed(&old) + &han::squeezed(inner);
        let note = words("作者的单位", "where the authors work");
        return work.log.changed("T6", line, (gone, han::squeezed(&new)), note);
    }
    let places: Vec<&str> = places(inner).collect();
    let authors = work.front.author.as_deref().map(names::split).unwrap_or_default();
    let plain = |p: &&str| han::count(p) >= 3 && !p.contains(|c: char| c.is_ascii_digit());
    if places.len() == authors.len() && places.iter().all(plain) {
        let old = work.front.author.take().unwrap_or_default();
        let each: Vec<String> = authors.iter().zip(&places).map(|(a, p)| format!("{a}（{p}）")).collect();
        let new = each.join("、");
        let signs_in = |text: &str| {
            text.chars().filter(|c| "（）()、，；.．".contains(*c) || c.is_ascii_digit()).collect::<String>()
        };
        work.log.changed(
            "T6",
            line,
            (signs + &signs_in(&old) + &signs_in(inner), signs_in(&new)),
            words("作者的单位", "where the authors work"),
        );
        work.front.author = Some(new);
    } else {
        work.log.moved("T6", line, signs, words("作者的单位", "where the authors work"));
        let marks = inner.matches(';').count();
        for _ in 0..marks {
            work.log.changed("T6", line, (";".into(), "；".into()), words("单位之间", "between offices"));
        }
        let parted = parted(work, &inner.replace(';', "；"), line);
        note(&mut work.front.author_note, &parted);
    }
}

/// `水尾地方志研究院 澜江 澜阳 000000`: a comma between the office and where it is.
fn parted(work: &mut Work, offices: &str, line: u32) -> String {
    let all: Vec<String> = offices.split('；').map(office).collect();
    let new = all.join("；");
    for _ in offices.matches('，').count()..new.matches('，').count() {
        work.log.changed("T6", line, (String::new(), "，".into()), words("单位与地点之间", "between office and place"));
    }
    new
}

fn office(text: &str) -> String {
    let blank = text.char_indices().find(|(at, c)| han::is_blank(*c) && names::is_office(&text[..*at]));
    let place = |rest: &str| {
        !names::is_office(rest.split(han::is_blank).next().unwrap_or(rest)) && rest.starts_with(han::is_han)
    };
    match blank.map(|(at, _)| (&text[..at], han::trim(&text[at..]))) {
        Some((name, rest)) if place(rest) && !rest.contains(['，', ',']) => format!("{name}，{rest}"),
        _ => text.to_string(),
    }
}

/// `王明1，李一苇1，2` and `1. 水尾学院；2. 山行研究所`: each author with the offices whose numbers it bears.
fn numbered(work: &Work, offices: &str) -> Option<String> {
    let mut places: Vec<String> = vec![];
    for part in offices.split(['；', ';']).map(han::trim) {
        let place = part.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: usize = part[..part.len() - place.len()].parse().ok()?;
        let place = place.trim_start_matches(|c: char| matches!(c, '.' | '．' | '、') || han::is_blank(c));
        let place = if han::count(place) > 0 { han::squeezed(&office(place)) } else { place.to_string() };
        (number == places.len() + 1 && !place.is_empty()).then(|| places.push(place))?;
    }
    let author = |name: String| {
        let (_, marks) = work.marks.iter().find(|(marked, _)| *marked == name)?;
        let own: Option<Vec<&str>> = marks.iter().map(|n| places.get(n.checked_sub(1)?).map(String::as_str)).collect();
        Some(format!("{name}（{}）", own?.join("；")))
    };
    let all: Option<Vec<String>> = names::split(work.front.author.as_deref()?).into_iter().map(author).collect();
    Some(all?.join("、"))
}

/// Offices in a row, without the numbers (`1.`) that their authors bear.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    let is_number = |p: &str| p.len() <= 3 && p.trim_end_matches(['.', '．']).bytes().all(|b| b.is_ascii_digit());
    let bare = |p: &'_ str| p.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '．']).len();
    text.split(|c: char| han::is_blank(c) || matches!(c, '；' | '、' | ';'))
        .filter(move |p| !is_number(p))
        .map(move |p| if bare(p) > 0 { &p[p.len() - bare(p)..] } else { p })
}

/// A credit: names split, order and repetitions kept.
pub fn credit(work: &mut Work, label: String, value: &str, line: u32) {
    let login = value.is_ascii() && value.contains(|c: char| c.is_ascii_digit()) && !value.contains(' ');
    if login || ["admin", "administrator", "管理员", "管理員"].contains(&value.to_ascii_lowercase().as_str()) {
        let note = words("网站后台的用户名", "a login of the site");
        return work.log.dropped("T11", line, format!("{label}：{value}"), note);
    }
    let names: Vec<String> = names::split(value).iter().map(|name| unnumbered(work, name, line)).collect();
    let kept: usize = names.iter().map(|n| han::squeezed(n).chars().count()).sum();
    let gone: String = han::squeezed(value).chars().filter(|c| "、，,；;/／".contains(*c)).collect();
    debug_assert!(kept + gone.chars().count() <= han::squeezed(value).chars().count() + 1);
    work.log.moved("T11", line, format!("：{gone}"), words(format!("{label}：{value}"), format!("credit {label}")));
    match work.front.credits.iter_mut().find(|(l, _)| *l == label) {
        Some((_, old)) => {
            work.log.moved("T11", line, label, words("同一分工", "the same role"));
            old.extend(names);
        }
        None => work.front.credits.push((label, names)),
    }
}

/// `王明_NB12`, `王明 PK155`: a name without the number that its site has for it.
fn unnumbered(work: &mut Work, name: &str, line: u32) -> String {
    let end = name.find(|c: char| !han::is_han(c)).unwrap_or(name.len());
    let number = name[end..].trim_start_matches(|c: char| c == '_' || c == '-' || han::is_blank(c));
    let code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if end == 0 || number.is_empty() || !number.chars().all(code) || !number.contains(|c: char| c.is_ascii_digit()) {
        return name.to_string();
    }
    work.log.dropped("T11", line, han::squeezed(&name[end..]), words("编辑的工号", "the number of an editor"));
    name[..end].to_string()
}
