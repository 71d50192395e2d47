//! T6, T7: lines that say things of the article: labels, a time, the account that published it.
//!
//! In: a line. Out: front matter; what it means is told by its labels, its date, and names.

mod author;
mod field;
mod source;

pub use author::{affiliation, author, credit, places};
pub use field::field;
pub use source::{printed, set_print};

use super::super::han;
use super::Work;
use super::chrome;
use super::dates;
use super::fields::{self, Field, Label};
use super::names;
use super::titles;
use crate::base::words;

/// A part of such a line.
enum Part<'a> {
    Field(Field),
    Date(dates::Found, &'a str),
    /// `2024年第10期《山行》杂志`.
    Print(&'a str),
    Words(&'a str),
    /// Who wrote it, without a label.
    Byline(&'a str),
    /// `作者魏星`: a label without a sign, and its value.
    Said(&'static str, &'a str),
    /// Bars and brackets between them.
    Signs(String),
}

/// Takes a line of labels and times: `来源：山行网 2024-08-16`, `2024年08月16日14:52 | 来源：山行网`, `原创 林远 山行杂志 2024-08-16`.
/// False where it is something else.
pub fn take(work: &mut Work, text: &str, line: u32) -> bool {
    if printed(work, text) || source::shared(work, text, line) || source::journal(work, text, line) {
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
            Part::Byline(names) => author(work, names, line),
            Part::Said("作者", name) => {
                work.log.moved("T6", line, "作者", words("作者", "author"));
                author(work, name, line);
            }
            Part::Said("编辑", name) => {
                work.log.changed(
                    "T11",
                    line,
                    (String::new(), "：".into()),
                    words("没有冒号的分工", "a role without a colon"),
                );
                credit(work, "编辑".into(), name, line);
            }
            Part::Said(label, value) if work.front.source.is_none() => {
                work.log.moved("T7", line, label, words("来源", "source"));
                work.front.source = Some(value.into());
            }
            Part::Said(label, value) => {
                work.log.dropped("T7", line, format!("{label}{value}"), words("来源的重复", "the source again"))
            }
            Part::Signs(signs) => work.log.dropped("T7", line, signs, words("分隔号", "separators")),
        }
    }
    true
}

/// The hour that a page has for programs, where its words have the day alone or nothing.
pub fn precise(work: &mut Work) {
    let Some(time) = work.dated.take().filter(|t| t.len() > 18 && dates::find(t).is_some_and(|d| d.time.is_some()))
    else {
        return;
    };
    let known = work.front.published.as_deref();
    if known.is_none_or(|day| day.len() == 10 && time.starts_with(day)) {
        work.front.published = Some(time);
        let note = words("发布时间取自网页给程序的数据", "the time is what the page tells programs");
        work.log.guessed("T7", 0, note);
    }
}

/// `2024-08-16 14:52 来源：山行网`: the line that says when and where, not the day of a diary.
pub fn is_dated(text: &str) -> bool {
    let short = text.chars().count() <= 80;
    let Some(found) = short.then(|| parts(text)).flatten() else { return false };
    let labelled = found.iter().any(|p| matches!(p, Part::Field(_)) || matches!(p, Part::Words(w) if is(PUBLISHED, w)));
    let dated = |part: &Part| match part {
        Part::Date(date, _) => date.time.is_some() || labelled,
        Part::Field(field) => matches!(field.label, Label::Source | Label::Time) && dates::find(&field.value).is_some(),
        _ => false,
    };
    found.iter().any(dated)
}

/// ` · ` between what a blog says of an article: `林远 · 2024年8月16日 · 12条评论`.
const DOT: &str = " · ";

fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    if dates::find(text).is_some() && text.contains(DOT) {
        let each: Option<Vec<Vec<Part>>> = text.split(DOT).map(|part| said(han::trim(part))).collect();
        if let Some(each) = each {
            let dots = Part::Signs("·".repeat(each.len() - 1));
            return Some(each.into_iter().flatten().chain([dots]).collect());
        }
    }
    if let Some(found) = fields::fields(text) {
        let told = found.iter().any(|f| f.label != Label::Credit || f.value.chars().count() <= 24);
        let article = told && !found.iter().all(Field::is_appointment);
        return article.then(|| found.into_iter().map(Part::Field).collect());
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

/// One of them: labels, a day, what a site counts, a name.
fn said(part: &str) -> Option<Vec<Part<'_>>> {
    if chrome::is_counter(part) || chrome::is_furniture(part, true) {
        return Some(vec![Part::Signs(han::squeezed(part))]);
    }
    match names::is_name(part) {
        true => Some(vec![Part::Byline(part)]),
        false => parts(part),
    }
}

/// What stands beside a date: words, labels, or words and then labels.
fn side<'a>(whole: &'a str, out: &mut Vec<Part<'a>>) -> Option<()> {
    const SIGNS: &str = "|｜丨[]()（）·-";
    let sign = |c: char| han::is_blank(c) || SIGNS.contains(c);
    let from = whole.len() - whole.trim_start_matches(sign).len();
    let mut to = from + whole[from..].trim_end_matches(sign).len();
    // `山行报(澜阳)`: a bracket that opens within closes there.
    let count = |signs: [char; 2]| whole[from..to].matches(signs).count();
    if count(['(', '（']) > count([')', '）']) {
        to += whole[to..].chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
    }
    let text = &whole[from..to];
    let outside = whole[..from].chars().chain(whole[to..].chars());
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
    let words = pressed(counted(words, out), out);
    if let Some((source, signed, sent)) = desk(words).filter(|_| found.is_empty()) {
        out.extend([Part::Words(source), Part::Byline(signed), Part::Signs(format!("/{}", han::squeezed(sent)))]);
        return Some(());
    }
    let plain = han::count(words) <= 14
        && words.split_whitespace().count() <= 6
        && !words.contains(['，', '。', '：', '《', '“', '？', '！']);
    plain.then(|| {
        if !words.is_empty() {
            out.push(Part::Words(words));
        }
        out.push(Part::Signs(sign.to_string().trim().to_string()));
        out.extend(found.into_iter().map(Part::Field));
    })
}

/// `山行网 我有话说（13人参与）`: without what a page has to press behind it.
fn pressed<'a>(text: &'a str, out: &mut Vec<Part<'a>>) -> &'a str {
    let mut kept = text;
    while let Some((before, last)) = kept.rsplit_once(han::is_blank) {
        if !(chrome::is_furniture(last, false) || chrome::is_others(last)) {
            break;
        }
        out.push(Part::Signs(han::squeezed(last)));
        kept = before.trim_end_matches(han::is_blank);
    }
    kept
}

/// `山行日報 / 記者 林遠／水尾報導`: the paper, who wrote it and from where.
fn desk(text: &str) -> Option<(&str, &str, &str)> {
    let (source, rest) = text.split_once(" / ")?;
    let sent = rest.find(['／', '/']).filter(|at| rest.ends_with("報導") || rest[*at..].ends_with("报道"));
    let (signed, sent) = rest.split_at(sent.unwrap_or(rest.len()));
    (titles::is_site(source) && names::is_byline(signed)).then_some((han::trim(source), signed, sent))
}

/// `1164次阅读| 来源山行网| 0条评论| 作者魏星`: what a site counts, and labels without a sign, between bars; returns the words before.
fn counted<'a>(text: &'a str, out: &mut Vec<Part<'a>>) -> &'a str {
    let bars = |c: char| matches!(c, '|' | '｜' | '丨');
    let label = |part: &'a str| {
        let name = ["来源", "作者", "编辑"].into_iter().find(|l| part.starts_with(l) && part.len() > l.len())?;
        Some((name, han::trim(&part[name.len()..])))
    };
    let parts: Vec<&'a str> = text.split(bars).map(han::trim).collect();
    let first = parts.iter().position(|p| chrome::is_counter(p) || label(p).is_some());
    let told = |p: &'a str| p.is_empty() || chrome::is_counter(p) || label(p).is_some();
    let Some(first) = first.filter(|at| parts[*at..].iter().all(|p| told(p))) else { return text };
    for part in &parts[first..] {
        out.push(match label(part) {
            Some((name, value)) => Part::Said(name, value),
            None => Part::Signs(han::squeezed(part)),
        });
    }
    out.push(Part::Signs(text.chars().filter(|c| bars(*c)).collect()));
    let before = parts[first].as_ptr() as usize - text.as_ptr() as usize;
    text[..before].trim_end_matches(|c| han::is_blank(c) || bars(c))
}

/// What a site says before the day of an article, and no diary.
const PUBLISHED: &str =
    "发布于 发表于 發佈於 發表於 刊登于 刊登於 刊發於 刊发于 更新于 更新时间 发布时间 发表时间 发布 发表";

/// What a site says beside a day.
const SAID: &str = "原创 原創 转载 發表於 发表于 发布于 發佈於 编辑于 发表 发布 更新于 更新时间 发布时间 发表时间 刊登於 刊登于 刊發於 刊发于 已于 修改 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日";

fn is(list: &str, word: &str) -> bool {
    list.split(' ').any(|w| w == word)
}

/// `发表于浙江`: where an account says it is.
fn is_from(word: &str) -> bool {
    let place = word.strip_prefix("发表于").or(word.strip_prefix("發表於"));
    place.is_some_and(|p| (2..=4).contains(&han::count(p)))
}

/// `原创 林远 山行杂志`, `方小满 江一苇`, `山行网`: who wrote it and where.
fn account(work: &mut Work, text: &str, line: u32) {
    const PLACES: &str = "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门";
    let all: Vec<&str> =
        text.split(|c: char| han::is_blank(c) || "|｜丨".contains(c)).filter(|w| !w.is_empty()).collect();
    let last = all.len().saturating_sub(1);
    // `分类于 随笔`: the shelf of a blog.
    let shelf = all.iter().position(|w| *w == "分类于" || *w == "分類於");
    let said = |(at, word): (usize, &str)| {
        is(SAID, word)
            || at == last && is(PLACES, word)
            || is_from(word)
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
        let led = all.first().is_some_and(|w| *w == "由" || w.starts_with("原") && rest.len() > 1);
        let count = if whole { rest.len() - usize::from(led) } else { named.max(usize::from(led && !rest.is_empty())) };
        let names: Vec<&str> = rest.drain(..count).collect();
        // The account stands last, however short its name.
        if led && whole && work.front.source.is_none() {
            work.front.source = rest.pop().map(String::from);
        }
        if !names.is_empty() {
            author(work, &names.join(" "), line);
        }
    }
    let bars: String = text.chars().filter(|c| "|｜丨".contains(*c)).collect();
    work.log.dropped("T7", line, bars, words("分隔号", "separators"));
    leftover(work, &rest.join(" "), "", line);
}

pub(super) fn publish(work: &mut Work, written: String, found: &dates::Found, line: u32) {
    work.front.published = Some(found.rfc3339());
    work.log.moved("T7", line, written, words("发布时间", "time of publication"));
    if found.time.is_some() {
        work.log.guessed("T7", line, words("时区按 +08:00", "time zone taken as +08:00"));
    }
}

/// Words that stood in a value beside what was taken.
pub(super) fn leftover(work: &mut Work, before: &str, after: &str, line: u32) {
    let rest = han::trim(&format!("{before} {after}")).to_string();
    if rest.is_empty() {
        return;
    }
    // `, 格林尼治标准时间14:43` goes on with the time.
    let goes_on = rest.starts_with([',', '，']);
    if work.front.source.is_none() && !goes_on && (3..=12).contains(&han::count(&rest)) {
        work.front.source = Some(rest);
    } else {
        work.log.dropped("T7", line, rest, words("时间旁的字", "words beside the time"));
    }
}
