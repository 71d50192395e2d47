//! T7: where an article was published before: a site, an account, an issue in print.

use super::super::super::han;
use super::super::{Work, dates, fields, names};
use super::author::author;
use super::publish;
use crate::base::words;

/// T7: a source whose value may end in a date, or be a printed issue.
pub(super) fn source(work: &mut Work, name: &str, value: &str, line: u32) {
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
    let edges = |c: char| han::is_blank(c) || "|｜丨[]()（）".contains(c);
    let opened = bare.trim_matches(edges);
    // A bracket that opens within closes at the end.
    let rest = if opened.contains(['(', '（']) { bare.trim_start_matches(edges).trim_end() } else { opened };
    let rest = alone(work, rest, line).to_string();
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
        Some(old) if old.split('、').any(|o| o == rest || o.ends_with(&format!("-{rest}"))) => {
            work.log.dropped("T7", line, rest, words("来源的重复", "the source again"))
        }
        Some(old) => work.front.source = Some(format!("{old}、{rest}")),
    }
}

/// The source without the place it was sent from (`山行报(澜阳)`) and what it asks its readers behind a stop.
fn alone<'a>(work: &mut Work, source: &'a str, line: u32) -> &'a str {
    let stop = source.find('。').unwrap_or(source.len());
    let (said, asked) = source.split_at(stop);
    let said = han::trim(said);
    let place = said
        .strip_suffix([')', '）'])
        .and_then(|s| s.rsplit_once(['(', '（']))
        .filter(|(_, p)| (1..=3).contains(&p.chars().count()));
    let kept = place.map_or(said, |(kept, _)| han::trim(kept));
    let gone = han::squeezed(&(said[kept.len()..].to_string() + asked));
    work.log.dropped("T7", line, gone, words("来源旁的字", "words beside the source"));
    kept
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

/// `以下文章来源于山里来信，作者秋白`: where an account had it from.
pub(super) fn shared(work: &mut Work, text: &str, line: u32) -> bool {
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

/// `刊于《山行学刊》2020年第5期`, `山行学刊 2023年12期`: the journal that printed it.
pub(super) fn journal(work: &mut Work, text: &str, line: u32) -> bool {
    const SAID: [&str; 9] = ["刊于", "刊於", "原刊于", "载于", "載於", "原载", "原載", "刊登于", "发表于"];
    let short = |t: &str| han::count(t) <= 24 && dates::issue(t).is_some() && !han::ends_sentence(t);
    if let Some((said, rest)) = SAID.iter().find_map(|s| Some((*s, text.strip_prefix(*s)?)))
        && rest.starts_with('《')
        && short(rest)
    {
        work.log.moved("T7", line, said, words("原载", "printed source"));
        set_print(work, "", rest, line);
        return true;
    }
    let named = |name: &str| name.chars().all(|c| han::is_han(c) || matches!(c, '（' | '）'));
    let Some((name, rest)) = text.split_once(han::is_blank).filter(|(name, _)| named(name)) else {
        return false;
    };
    let is_volume = |part: &&str| part.starts_with('第') && part.ends_with('卷');
    let volume: String = rest.split(han::is_blank).filter(is_volume).collect();
    let number: Vec<&str> = rest.split(han::is_blank).filter(|p| !p.is_empty() && !is_volume(p)).collect();
    let number = &number.join(" ")[..];
    let numbered = number.ends_with('期') && number.starts_with(|c: char| c.is_ascii_digit()) && short(number);
    if !numbered || !(2..=14).contains(&han::count(name)) {
        return false;
    }
    work.log.dropped("T7", line, volume, words("卷号", "the volume"));
    work.log.changed(
        "T7",
        line,
        (String::new(), "《》".into()),
        words("刊名的书名号", "the marks of the journal's name"),
    );
    set_print(work, "", &format!("《{name}》{number}"), line);
    true
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
    let mut old = work.front.source_print.take();
    // The name alone, and then the issue.
    let bare = |old: &mut String| book(old).is_some() && book(old) == book(value) && dates::issue(old).is_none();
    if let Some(name) = old.take_if(bare) {
        work.log.dropped("T7", line, name, words("原载的重复", "the printed source again"));
    }
    work.front.source_print = Some(old.filter(|o| o != value).map_or(value.to_string(), |o| format!("{o}；{value}")));
}

fn book(text: &str) -> Option<&str> {
    text.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map(|(name, _)| name)
}
