//! T6, T7: lines that say things of the article: labels, a time, the account that published it.
//!
//! In: a line. Out: front matter; what it means is told by its labels, its date, and names.

use super::super::han;
use super::Work;
use super::dates;
use super::fields::{self, Field, Label};
use super::names;
use crate::base::words;

/// A part of such a line.
enum Part<'a> {
    Field(Field),
    Date(dates::Found, &'a str),
    /// `2024年第10期《山行》杂志`.
    Print(&'a str),
    Words(&'a str),
    /// Bars and brackets between them.
    Signs(String),
}

/// Takes a line of labels and times: `来源：山行网 2024-08-16`, `2024年08月16日14:52 | 来源：山行网`, `原创 林远 山行杂志 2024-08-16`.
/// False where it is something else.
pub fn take(work: &mut Work, text: &str, line: u32) -> bool {
    if printed(work, text) || shared(work, text, line) {
        return true;
    }
    let Some(parts) = parts(text) else { return false };
    for part in parts {
        match part {
            Part::Field(found) => field(work, found, line),
            Part::Date(found, written) if work.front.published.is_none() => publish(work, written.into(), &found, line),
            Part::Date(_, written) => work.log.dropped("T7", line, written, words("另一个时间", "another time")),
            Part::Print(text) => set_print(work, "", text, line),
            Part::Words(text) => account(work, text, line),
            Part::Signs(signs) => work.log.dropped("T7", line, signs, words("分隔号", "separators")),
        }
    }
    true
}

/// `以下文章来源于山里来信，作者秋白`: where an account had it from.
fn shared(work: &mut Work, text: &str, line: u32) -> bool {
    let rest = ["以下文章来源于", "本文来源于公众号", "本文转载自公众号"].iter().find_map(|l| text.strip_prefix(l));
    let Some((source, signed)) = rest.and_then(|r| r.split_once('，')?.1.strip_prefix("作者").map(|a| (r, a)))
    else {
        return false;
    };
    let source = han::trim(source.split('，').next().unwrap_or_default());
    work.log.moved(
        "T7",
        line,
        han::squeezed(&text[..text.len() - rest.unwrap_or_default().len()]),
        words("来源", "source"),
    );
    work.log.moved("T6", line, "，作者", words("作者", "author"));
    let known = |slot: &Option<String>, new: &str| slot.is_some() || new.is_empty();
    match known(&work.front.source, source) {
        true => work.log.dropped("T7", line, source, words("来源的重复", "the source again")),
        false => work.front.source = Some(source.to_string()),
    }
    match known(&work.front.author, signed) {
        true => work.log.dropped("T6", line, signed, words("作者的重复", "the author again")),
        false => work.front.author = Some(names::tidy(signed)),
    }
    true
}

/// `《 水尾日报 》（ 2024年07月15日　第 09 版）`: where and when it was printed.
pub fn printed(work: &mut Work, text: &str) -> bool {
    let bare = fields::bare(text);
    let squeezed = han::squeezed(bare);
    let Some((found, close)) = dates::find(&squeezed).zip(squeezed.find('》')) else { return false };
    let (rest, after) = match close < found.range.start {
        true if squeezed.starts_with('《') => (&squeezed[close..found.range.start], &squeezed[found.range.end..]),
        // `2025年4月12日《水尾日报》第4版`
        false if found.range.start == 0 && squeezed[found.range.end..].starts_with('《') => {
            ("", &squeezed[close + 3..])
        }
        _ => return false,
    };
    let after = after.trim_end_matches(['）', ')']);
    if han::count(rest) > 0 || han::count(after) > 6 {
        return false;
    }
    let edges = han::squeezed(&han::trim(text).replacen(bare, "", 1));
    work.log.moved("T7", 0, edges, words("原载的括号", "brackets of the printed source"));
    work.front.published.get_or_insert_with(|| found.rfc3339());
    set_print(work, "", &squeezed, 0);
    true
}

fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    if let Some(found) = fields::fields(text) {
        let told = found.iter().any(|f| f.label != Label::Credit || f.value.chars().count() <= 24);
        return told.then(|| found.into_iter().map(Part::Field).collect());
    }
    let mut out = vec![];
    match dates::find(text) {
        Some(date) => {
            side(&text[..date.range.start], &mut out)?;
            let (from, to) = (date.range.start, date.range.end);
            out.push(Part::Date(date, &text[from..to]));
            side(&text[to..], &mut out)?;
        }
        None if ["原创 ", "原創 ", "原创\u{3000}"].iter().any(|o| text.starts_with(o)) => side(text, &mut out)?,
        None if names::is_byline(text) => return None,
        None => {
            side(text, &mut out)?;
            let told = |p: &Part| matches!(p, Part::Field(f) if f.label != Label::Credit);
            out.iter().any(told).then_some(())?;
        }
    }
    Some(out)
}

/// What stands beside a date: words, labels, or words and then labels.
fn side<'a>(whole: &'a str, out: &mut Vec<Part<'a>>) -> Option<()> {
    const SIGNS: &str = "|｜丨[]()（）·";
    let text = whole.trim_matches(|c: char| han::is_blank(c) || SIGNS.contains(c));
    let outside = whole
        [..whole.len() - whole.trim_start_matches(|c: char| han::is_blank(c) || SIGNS.contains(c)).len()]
        .chars()
        .chain(if text.is_empty() { "" } else { &whole[whole.find(text).unwrap_or(0) + text.len()..] }.chars());
    out.push(Part::Signs(outside.filter(|c| SIGNS.contains(*c)).collect()));
    if text.is_empty() {
        return Some(());
    }
    if let Some(found) = fields::fields(text) {
        out.extend(found.into_iter().map(Part::Field));
        return Some(());
    }
    let blanks = text.char_indices().filter(|(_, c)| han::is_blank(*c) || "|｜丨".contains(*c));
    let split = blanks.into_iter().find_map(|(at, c)| Some((at, c, fields::fields(&text[at + c.len_utf8()..])?)));
    let (words, sign, found) = split.map_or((text, ' ', vec![]), |(at, c, found)| (&text[..at], c, found));
    if dates::issue(words).is_some_and(|(year, ..)| year.is_some()) && words.chars().count() <= 24 && found.is_empty() {
        out.push(Part::Print(words));
        return Some(());
    }
    let plain = han::count(words) <= 14
        && words.split_whitespace().count() <= 6
        && !words.contains(['，', '。', '：', '《', '“', '？', '！']);
    plain.then(|| {
        out.push(Part::Words(words));
        out.push(Part::Signs(sign.to_string().trim().to_string()));
        out.extend(found.into_iter().map(Part::Field));
    })
}

/// `原创 林远 山行杂志`, `方小满 江一苇`, `山行网`: who wrote it and where.
fn account(work: &mut Work, text: &str, line: u32) {
    const SAID: &str = "原创 原創 转载 發表於 发表于 发布于 發佈於 编辑于 发表 发布 更新于 已于 修改 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日";
    const PLACES: &str = "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门";
    let is = |list: &str, word: &str| list.split(' ').any(|w| w == word);
    let all: Vec<&str> =
        text.split(|c: char| han::is_blank(c) || "|｜丨".contains(c)).filter(|w| !w.is_empty()).collect();
    let last = all.len().saturating_sub(1);
    // `分类于 随笔`: the shelf of a blog.
    let shelf = all.iter().position(|w| *w == "分类于" || *w == "分類於");
    let said = |(at, word): (usize, &str)| {
        is(SAID, word)
            || at == last && is(PLACES, word)
            || word == "由" && at == 0
            || shelf.is_some_and(|s| at == s || at == s + 1)
    };
    let gone: String = all.iter().copied().enumerate().filter(|w| said(*w)).map(|w| w.1).collect();
    work.log.dropped("T3", line, gone, words("网页装饰", "site furniture"));
    let mut rest: Vec<&str> = all.iter().copied().enumerate().filter(|w| !said(*w)).map(|w| w.1).collect();
    if work.front.author.is_none() {
        let whole = names::is_byline(&rest.join(" "));
        let named = rest.iter().take_while(|w| names::is_name(w)).count();
        // `由 檐客 发布于`, `原创 秋白 山里来信`: a pen name by its place.
        let led = all[0] == "由" || all[0].starts_with("原") && rest.len() > 1;
        let count = if whole { rest.len() } else { named.max(usize::from(led && !rest.is_empty())) };
        let names: Vec<&str> = rest.drain(..count).collect();
        if !names.is_empty() {
            author(work, &names.join(" "), line);
        }
    }
    let bars: String = text.chars().filter(|c| "|｜丨".contains(*c)).collect();
    work.log.dropped("T7", line, bars, words("分隔号", "separators"));
    leftover(work, &rest.join(" "), "", line);
}

/// `（水尾县委组织部　沙坪镇党委）` below the authors: each to its own where there are as many, else a note on them.
pub fn affiliation(work: &mut Work, text: &str, line: u32) {
    let inner = fields::bare(text);
    let signs = han::squeezed(&text.replacen(inner, "", 1));
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
        note(&mut work.front.author_note, inner);
    }
}

/// Offices in a row, without the numbers (`1.`) that their authors bear.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    let is_number = |p: &str| p.len() <= 3 && p.trim_end_matches(['.', '．']).bytes().all(|b| b.is_ascii_digit());
    let bare = |p: &'_ str| p.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', '．']).len();
    text.split(|c: char| han::is_blank(c) || matches!(c, '；' | '、' | ';'))
        .filter(move |p| !is_number(p))
        .map(move |p| if bare(p) > 0 { &p[p.len() - bare(p)..] } else { p })
}

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
        let (before, after) = (signs(part), signs(&name));
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
        let old = work.front.author.take();
        if old.is_some() {
            work.log.changed("T6", line, (String::new(), "、".into()), words("又一位作者", "one more author"));
        }
        work.front.author = Some(old.map_or(name.clone(), |o| format!("{o}、{name}")));
        work.log.moved("T6", line, gone, words("作者", "author"));
    }
    let bars: String = text.chars().filter(|c| matches!(c, '|' | ';')).collect();
    work.log.dropped("T6", line, bars, words("分隔号", "separators"));
}

fn publish(work: &mut Work, written: String, found: &dates::Found, line: u32) {
    work.front.published = Some(found.rfc3339());
    work.log.moved("T7", line, written, words("发布时间", "time of publication"));
    if found.time.is_some() {
        work.log.guessed("T7", line, words("时区按 +08:00", "time zone taken as +08:00"));
    }
}

/// One label of the head.
pub fn field(work: &mut Work, field: Field, line: u32) {
    let Field { label, name, value, signs, signed: sign_there } = field;
    work.log.dropped("T7", line, signs, words("分隔号", "separators"));
    let sign = "：";
    let label_gone = |work: &mut Work, note| work.log.moved("T7", line, format!("{name}{sign}"), note);
    match label {
        Label::Source => source(work, &name, &value, line),
        Label::Author => return signed(work, (&name, sign_there), value, line),
        Label::Title => {
            label_gone(work, words("题名", "the title"));
            match work.front.title {
                Some(_) => work.log.dropped("T5", line, value, words("题名的重复", "the title again")),
                None => work.front.title = Some(super::head::spaced(&value)),
            }
        }
        Label::Office => {
            label_gone(work, words("作者的单位", "where the authors work"));
            match work.front.author {
                Some(_) => affiliation(work, &value, line),
                None => note(&mut work.front.author_note, &value),
            }
        }
        Label::OldTitle => {
            let same = work.front.title.as_deref().is_none_or(|t| han::squeezed(t) == han::squeezed(&value));
            if !same {
                work.log.doubt(
                    "T5",
                    line,
                    words(format!("另有原标题：{value}"), format!("its first title was: {value}")),
                );
            }
            work.log.dropped("T5", line, format!("{name}{sign}{value}"), words("原标题", "the first title"));
        }
        Label::Time => match dates::find(&value) {
            Some(found) if work.front.published.is_none() => {
                publish(work, format!("{name}{sign}{}", &value[found.range.clone()]), &found, line);
                leftover(work, &value[..found.range.start], &value[found.range.end..], line);
            }
            _ => work.log.dropped("T7", line, format!("{name}{sign}{value}"), words("另一个时间", "another time")),
        },
        Label::Print => set_print(work, &name, &value, line),
        Label::Section => {
            label_gone(work, words("栏目", "section"));
            work.front.section = Some(value);
        }
        Label::Keywords => {
            label_gone(work, words("关键词", "keywords"));
            let split = |c: char| han::is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '、');
            work.front.keywords = value.split(split).filter(|k| !k.is_empty()).map(String::from).collect();
            let signs: String = value.chars().filter(|c| matches!(c, '；' | ';' | '，' | ',' | '、')).collect();
            work.log.dropped("T7", line, signs, words("分隔号", "separators"));
        }
        Label::Summary => note(&mut work.front.summary, &value),
        Label::EditorsNote => note(&mut work.front.editors_note, &value),
        Label::AuthorNote => note(&mut work.front.author_note, &value),
        Label::Foot => note(&mut work.front.author_note, &format!("{name}{sign}{value}")),
        Label::Credit => credit(work, name.clone(), &value, line),
        Label::Subject => return subject(work, &name, value, line),
        Label::Chrome | Label::Email => {
            work.log.dropped("T3", line, format!("{name}{sign}{value}"), words("网页装饰", "site furniture"));
        }
    }
    if matches!(label, Label::Summary | Label::EditorsNote | Label::AuthorNote) {
        work.log.moved("T7", line, format!("{name}{sign}"), words("进元数据", "into the front matter"));
    }
}

/// `作者：林远`; a role (`文/图：`) stays with the name.
fn signed(work: &mut Work, (name, sign_there): (&str, bool), value: String, line: u32) {
    let sign = if sign_there { "：" } else { "" };
    // Elements side by side on a page: `作者：沈砚2026年03月05日`.
    let date = dates::find(&value).filter(|d| d.range.end == value.len() && d.range.start > 0);
    let value = match date {
        Some(date) if work.front.published.is_none() => {
            publish(work, value[date.range.clone()].to_string(), &date, line);
            han::trim(&value[..date.range.start]).to_string()
        }
        _ => value,
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

/// The subject of a mail, without what clients and habits put before it.
fn subject(work: &mut Work, name: &str, value: String, line: u32) {
    let sign = "：";
    work.log.moved("T7", line, format!("{name}{sign}"), words("邮件主题", "subject of the mail"));
    let bare = value.trim_start_matches(|c: char| han::is_blank(c));
    let lead = [
        "投稿：",
        "投稿:",
        "稿件：",
        "来稿：",
        "【投稿】",
        "Fwd:",
        "Fw:",
        "转发：",
        "转发:",
        "Re:",
        "回复：",
        "答复：",
    ]
    .iter()
    .find_map(|l| Some((l, bare.strip_prefix(*l)?)));
    let (gone, subject) = lead.map_or(("", bare), |(l, rest)| (*l, rest));
    work.log.dropped("T5", line, gone, words("邮件主题的前缀", "before the subject"));
    work.subject = Some((han::trim(subject).to_string(), line));
}

fn note(slot: &mut Option<String>, value: &str) {
    let old = slot.take().map(|o| o + "\n").unwrap_or_default();
    *slot = Some(old + value);
}

/// T7: a source whose value may end in a date, or be a printed issue.
fn source(work: &mut Work, name: &str, value: &str, line: u32) {
    if value.starts_with('《') && printed(work, value) {
        return work.log.moved("T7", line, format!("{name}："), words("原载", "printed source"));
    }
    let mut rest = value.to_string();
    if let Some(found) = dates::find(value) {
        let written = value[found.range.clone()].to_string();
        rest = format!("{} {}", &value[..found.range.start], &value[found.range.end..]);
        match work.front.published {
            None => publish(work, written, &found, line),
            Some(_) => work.log.dropped("T7", line, written, words("另一个时间", "another time")),
        }
    }
    let bare = rest.trim_end_matches(|c: char| han::is_blank(c) || c == '>');
    work.log.dropped("T7", line, han::trim(&rest[bare.len()..]), words("分隔号", "separators"));
    let rest = bare.trim_matches(|c: char| han::is_blank(c) || "|｜丨[]()（）".contains(c)).to_string();
    let rest = beside_source(work, rest, line);
    if is_book(&rest) {
        return set_print(work, name, &rest, line);
    }
    work.log.moved("T7", line, format!("{name}："), words("来源", "source"));
    match &work.front.source {
        _ if rest.is_empty() => {}
        None => work.front.source = Some(rest),
        // The paper, and then the paper and its page.
        Some(old) if rest.starts_with(old) && *old != rest => {
            work.log.dropped("T7", line, old.clone(), words("来源的重复", "the source again"));
            work.front.source = Some(rest);
        }
        Some(old) if *old == rest => work.log.dropped("T7", line, rest, words("来源的重复", "the source again")),
        Some(old) => work.front.source = Some(format!("{old}、{rest}")),
    }
}

/// `《山行》2024年第7期`, `《水尾文史》第12辑`; `《水尾日报》客户端` is a site.
fn is_book(text: &str) -> bool {
    let behind = text.strip_prefix('《').and_then(|t| t.split_once('》')).map(|(_, behind)| behind);
    behind.is_some_and(|b| dates::issue(text).is_some() || b.is_empty() || b.starts_with('第') && han::count(b) <= 8)
}

/// `山行文艺 | 叶蓁蓁`: behind the bar stands who wrote it.
fn beside_source(work: &mut Work, source: String, line: u32) -> String {
    let split = source.split_once(['|', '｜', '丨']).map(|(a, b)| (han::trim(a), han::trim(b)));
    match split.filter(|(a, b)| !a.is_empty() && names::is_byline(b) && work.front.author.is_none()) {
        Some((first, signed)) => {
            work.log.dropped("T7", line, "：", words("分隔号", "separators"));
            author(work, signed, line);
            first.to_string()
        }
        None => source,
    }
}

/// The printed source, and what it says of the issue.
pub fn set_print(work: &mut Work, name: &str, value: &str, line: u32) {
    if !name.is_empty() {
        work.log.moved("T7", line, format!("{name}："), words("原载", "printed source"));
    }
    let same = |old: &String| {
        let number = |text: &str| dates::issue(text).map(|(_, number, _)| number);
        book(old).is_some() && book(old) == book(value) && number(old).is_some() && number(old) == number(value)
    };
    if work.front.source_print.as_ref().is_some_and(same) {
        return work.log.dropped("T7", line, value, words("原载的重复", "the printed source again"));
    }
    let old = work.front.source_print.take();
    work.front.source_print = Some(old.filter(|o| o != value).map_or(value.to_string(), |o| format!("{o}；{value}")));
}

fn book(text: &str) -> Option<&str> {
    text.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map(|(name, _)| name)
}

/// Words that stood in a value beside what was taken.
fn leftover(work: &mut Work, before: &str, after: &str, line: u32) {
    let rest = han::trim(&format!("{before} {after}")).to_string();
    if rest.is_empty() {
        return;
    }
    if work.front.source.is_none() && (3..=12).contains(&han::count(&rest)) {
        work.front.source = Some(rest);
    } else {
        work.log.dropped("T7", line, rest, words("时间旁的字", "words beside the time"));
    }
}

/// A credit: names split, order and repetitions kept.
pub fn credit(work: &mut Work, label: String, value: &str, line: u32) {
    if ["admin", "administrator", "管理员", "管理員"].contains(&value.to_ascii_lowercase().as_str()) {
        let note = words("网站后台的用户名", "a login of the site");
        return work.log.dropped("T11", line, format!("{label}：{value}"), note);
    }
    let names = names::split(value);
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
