//! T4: the breadcrumb, and lines that are an issue's number alone.
//!
//! In: the lines before the body. Out: magazine, year and number, facts of the issue.

use super::super::han;
use super::raw::{Block, Fact, Facts, Kind};
use super::{Work, body, dates};
use crate::base::words;

/// T4: `首页 >> 期刊 >> 《山行》杂志 >> 2024年第7期`, before the body; a line that is an issue's number alone too.
pub fn take(work: &mut Work) {
    let (first, _) = body::bounds(&work.blocks);
    let mut at = 0;
    let (facts, front, log) = (&mut work.facts, &mut work.front, &mut work.log);
    work.blocks.retain(|block| {
        at += 1;
        let text = block.text();
        if at > first || !matches!(block.kind, Kind::Para | Kind::Item { .. }) {
            return true;
        }
        let Some(parts) = trail(&text).or_else(|| issue_line(&text)) else { return true };
        if let Some((paper, day)) = newspaper(&parts) {
            front.published.get_or_insert(day);
            let came = if front.source.is_none() { paper.to_string() } else { String::new() };
            front.source.get_or_insert_with(|| paper.to_string());
            let note = words("面包屑：报纸、日期和版面", "breadcrumb: a newspaper, its day and its page");
            log.changed("T4", block.line, (text, came), note);
            return false;
        }
        learn(&parts, block, facts);
        log.moved(
            "T4",
            block.line,
            text,
            words("面包屑：刊名与期号进 issue.toml", "breadcrumb: magazine and number go to issue.toml"),
        );
        false
    });
}

pub fn trail(text: &str) -> Option<Vec<String>> {
    let text = text.replace(['›', '»', '＞', '→', '❯'], ">");
    let doubled =
        text.contains(">>") || text.matches('>').count() >= 2 || text.contains(" > ") && han::count(&text) <= 16;
    let parts: Vec<String> = text.split('>').map(|p| han::trim(p).to_string()).filter(|p| !p.is_empty()).collect();
    let short = parts.iter().all(|p| p.chars().count() <= 24 && !p.contains(['。', '，', '<', ';', '=']));
    (doubled && parts.len() >= 2 && short && !text.contains("<<")).then_some(parts)
}

/// `水尾晚报 > 2024年08月16日 > 第B07版：副刊`: the newspaper and the day.
fn newspaper(parts: &[String]) -> Option<(&str, String)> {
    let page = |p: &String| p.starts_with('第') && p.split(['：', ':']).next().is_some_and(|p| p.ends_with('版'));
    let day = parts.iter().find_map(|p| dates::whole(p))?;
    let paper = parts.iter().find(|p| p.ends_with('报') || p.ends_with('報'))?;
    parts.iter().any(page).then(|| (paper.as_str(), day.rfc3339()))
}

/// `《山行》2024年第7期`, `2024年第7期（总第123期）`.
fn issue_line(text: &str) -> Option<Vec<String>> {
    // `第12卷 第3期`, `2024年6月`.
    let squeezed = han::squeezed(text);
    let digits = |t: &str| t.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)) && !t.is_empty();
    let volume = squeezed.strip_prefix('第').and_then(|t| t.strip_suffix('期')?.split_once("卷第"));
    let month = squeezed.strip_suffix('月').and_then(|t| t.split_once('年'));
    if volume.is_some_and(|(v, n)| digits(v) && digits(n))
        || month.is_some_and(|(y, m)| y.len() == 4 && digits(y) && digits(m))
    {
        return Some(vec![
            squeezed
                .split('年')
                .next()
                .map(|y| if month.is_some() { format!("{y}年") } else { squeezed.clone() })
                .unwrap_or_default(),
        ]);
    }
    if let Some(parts) = catalogue(&squeezed) {
        return Some(parts);
    }
    let found = dates::issue(text)?;
    let rest = text.split(['》', '年']).next_back().unwrap_or_default();
    let only = text.chars().count() <= 24 && rest.contains('期') && !han::ends_sentence(text);
    let opens = text.starts_with('《') || text.starts_with(|c: char| c.is_ascii_digit()) || text.contains("杂志");
    (only && opens && found.0.is_some() && !text.contains(['，', '：'])).then(|| vec![text.to_string()])
}

/// `山行研究.2026,(05)查看该刊数据库收录来源`: how a catalogue of journals says it.
fn catalogue(squeezed: &str) -> Option<Vec<String>> {
    let line = squeezed.strip_suffix("查看该刊数据库收录来源").unwrap_or(squeezed);
    let (before, number) = line.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
    let before = before.trim_end_matches([',', '，', '.', '．', ':']);
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let (year, name) = (&before[name.len()..], name.trim_end_matches(['.', '．', ',', '，', '·']));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let shaped = year.len() == 4 && digits(number) && number.len() <= 2 && name.chars().all(han::is_han);
    (shaped && (2..=16).contains(&han::count(name))).then(|| vec![format!("《{name}》{year}年第{number}期")])
}

pub fn learn(parts: &[String], block: &Block, facts: &mut Facts) {
    let fact = |value: String| Fact { value, line: block.line, origin: block.text() };
    for (at, part) in parts.iter().enumerate() {
        if let Some((_, rest)) = part.split_once('《') {
            let name = rest.split('》').next().unwrap_or(rest);
            facts.magazine.get_or_insert_with(|| fact(name.to_string()));
        }
        let Some((year, number, serial)) = dates::issue(part) else {
            let year: String = part.strip_suffix('年').unwrap_or_default().into();
            if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
                facts.year.get_or_insert_with(|| fact(year));
            }
            continue;
        };
        if let Some(name) =
            at.checked_sub(1).and_then(|i| parts[i].strip_suffix("杂志").or(parts[i].strip_suffix("雜誌")))
        {
            let name = name.trim_matches(['《', '》']);
            if !name.is_empty() {
                facts.magazine.get_or_insert_with(|| fact(name.to_string()));
            }
        }
        if let Some(year) = year {
            facts.year.get_or_insert_with(|| fact(year));
        }
        facts.number.get_or_insert_with(|| fact(number));
        if let Some(serial) = serial {
            facts.serial.get_or_insert_with(|| fact(serial));
        }
    }
}
