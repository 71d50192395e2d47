//! The line scan that comes before parsing: code fences, fenced divs, HTML tables.
//!
//! CommonMark has no containers: `::: quote` … `:::` lines are found here and become thematic breaks in the shadow, so
//! that they end what stands before them; the builder gathers what stands between (`build::divs`).

use super::Source;
use super::attributes::attributes;
use crate::base::{Code, Diagnostic, Report, words};
use crate::doc::DivKind;
use crate::source::nearest;
use std::collections::BTreeSet;
use std::ops::Range;

/// What the scan found, as byte ranges of the body.
#[derive(Debug, Default)]
pub struct Lines {
    /// Fenced code, fences included.
    pub code: Vec<Range<usize>>,
    pub divs: Vec<Div>,
    /// The lines of div fences, in order.
    pub fences: Vec<Fence>,
    /// `<table` … `</table>`, which a blank line would end.
    pub tables: Vec<Range<usize>>,
}

/// A line of colons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// Without the indent and the line end.
    pub line: Range<usize>,
    /// How much of the line the mark takes up: words behind a div's class are no part of it and would be lost.
    pub length: usize,
    /// None: it closes.
    pub opens: Option<Opening>,
}

/// What an opening fence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// None: a class that isn't known, which is an error; its blocks stay where they are.
    pub kind: Option<DivKind>,
    pub id: Option<String>,
    /// The words behind `::: box`.
    pub title: Option<Range<usize>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Div {
    pub kind: Option<DivKind>,
    /// Between the fences.
    pub content: Range<usize>,
    /// An interview's names, as they stand at the start of its lines.
    pub speakers: BTreeSet<String>,
}

impl Lines {
    pub fn in_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }
    pub fn in_verse(&self, at: usize) -> bool {
        self.inside(at, DivKind::Verse).is_some()
    }
    /// The innermost div of a kind that a place stands in.
    pub fn inside(&self, at: usize, kind: DivKind) -> Option<&Div> {
        self.divs.iter().rev().find(|div| div.kind == Some(kind) && div.content.contains(&at))
    }
    pub fn fence(&self, at: usize) -> Option<&Fence> {
        self.fences.iter().find(|fence| fence.line.start <= at && at <= fence.line.end)
    }
}

/// The lines of a text with their byte offsets; ends are not part of a line.
pub fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

struct Open {
    kind: Option<DivKind>,
    fence: Range<usize>,
    from: usize,
}

pub fn scan(source: Source, report: &mut Report) -> Lines {
    let mut lines = Lines::default();
    let mut fence: Option<(char, usize, usize)> = None;
    let mut open: Vec<Open> = vec![];
    for (start, line) in numbered(source.body) {
        let end = start + line.len();
        if let Some((sign, length, from)) = fence {
            if closes_code(line, sign, length) {
                lines.code.push(from..end);
                fence = None;
            }
            continue;
        }
        if let Some((sign, length)) = opens_code(line) {
            fence = Some((sign, length, start));
        } else if let Some(label) = div_fence(line) {
            lines.div(source, (start, line, label), &mut open, report);
        }
    }
    let end = source.body.len();
    lines.code.extend(fence.map(|(_, _, from)| from..end));
    for div in open {
        let message = words("这个 ::: 没有收尾", "this ::: is never closed");
        let finding = Diagnostic::at(Code::MarkdownUnsupported, source.span(div.fence), message);
        report.push(finding.hint("在块的末尾另起一行写 :::", "write ::: on a line of its own at the block's end"));
        lines.close(source, div.kind, div.from..end);
    }
    lines.divs.sort_by_key(|d| (d.content.start, std::cmp::Reverse(d.content.end)));
    lines.tables = tables(source.body, &lines);
    lines
}

impl Lines {
    fn div(
        &mut self,
        source: Source,
        (start, line, label): (usize, &str, &str),
        open: &mut Vec<Open>,
        report: &mut Report,
    ) {
        let indent = line.len() - line.trim_start().len();
        let end = start + line.trim_end().len();
        let range = start + indent..end;
        let mut fence = Fence { line: range.clone(), length: fence_length(line, label) - indent, opens: None };
        if label.is_empty() {
            match open.pop() {
                Some(div) => self.close(source, div.kind, div.from..start),
                None => stray(source, range, report),
            }
        } else {
            let mut opening = opening(source, label, range.clone(), report);
            if let Some((found, length)) = attributes(source.body[range.start + fence.length..end].trim_start()) {
                fence.length = source.body[..end].rfind('{').map_or(0, |at| at - range.start) + length;
                opening.id = opening.id.or(found.id);
            }
            let rest = &source.body[range.start + fence.length..end];
            if opening.kind == Some(DivKind::Box) && !rest.trim().is_empty() {
                let from = end - rest.trim_start().len();
                opening.title = Some(from..end);
                fence.length = from - range.start;
            }
            open.push(Open { kind: opening.kind, fence: range, from: start + line.len() });
            fence.opens = Some(opening);
        }
        self.fences.push(fence);
    }

    fn close(&mut self, source: Source, kind: Option<DivKind>, content: Range<usize>) {
        let speakers = match kind {
            Some(DivKind::Interview) => speakers(&source.body[content.clone()]),
            _ => BTreeSet::new(),
        };
        self.divs.push(Div { kind, content, speakers });
    }
}

/// `<table>` to `</table>`, where both are there.
fn tables(body: &str, lines: &Lines) -> Vec<Range<usize>> {
    let lower = body.to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = vec![];
    for (start, _) in lower.match_indices("<table") {
        let inside = found.last().is_some_and(|t| t.contains(&start));
        if let Some(length) = lower[start..].find("</table").filter(|_| !inside && !lines.in_code(start)) {
            found.push(start..start + length);
        }
    }
    found
}

/// The names that open lines of an interview: typed as one (bold, in brackets, 问 and 答), or found twice.
fn speakers(text: &str) -> BTreeSet<String> {
    let mut once: BTreeSet<&str> = BTreeSet::new();
    let mut found = BTreeSet::new();
    for (_, line) in numbered(text) {
        let Some(name) = speaker(line) else { continue };
        let bare = line.trim_start();
        let typed = bare.starts_with(['*', '[', '【']) || matches!(name, "问" | "答" | "問" | "Q" | "A");
        if !once.insert(name) || typed {
            found.insert(name.to_string());
        }
    }
    found
}

/// The name before the colon that a line begins with.
pub fn speaker(line: &str) -> Option<&str> {
    let text = line.trim_start_matches([' ', '\t', '　', '*', '[', '【', '_']);
    let end = text.find(['：', ':'])?;
    let name = text[..end].trim_end_matches([']', '】', '*', ' ', '_']);
    let fits = !name.is_empty() && name.chars().count() <= 12;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '·' | ' ' | '（' | '）' | '／' | '/');
    (fits && name.chars().all(plain) && !text[end..].starts_with("://")).then_some(name)
}

/// Fences may stand in quotations and behind the marks of list items.
fn opens_code(line: &str) -> Option<(char, usize)> {
    let text = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c));
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == sign).count();
    (length >= 3 && !(sign == '`' && text[length..].contains('`'))).then_some((sign, length))
}

fn closes_code(line: &str, sign: char, length: usize) -> bool {
    let text = line.trim_matches([' ', '>', '\t']);
    text.len() >= length && text.chars().all(|c| c == sign)
}

/// What follows the colons of a div fence; empty for a closing one.
fn div_fence(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let label = line.trim().strip_prefix(":::").filter(|_| indent < 4)?.trim_matches([':', ' ']);
    (label.is_empty() || label.starts_with(|c: char| c == '{' || c.is_ascii_alphanumeric())).then_some(label)
}

/// Bytes of a fence line up to the end of its class or attributes.
fn fence_length(line: &str, label: &str) -> usize {
    let own = match attributes(label) {
        Some((_, length)) => length,
        None => label.find(|c: char| !c.is_ascii_graphic()).unwrap_or(label.len()),
    };
    line.find(label).filter(|_| !label.is_empty()).unwrap_or(line.trim_end().len() - own) + own
}

fn stray(source: Source, range: Range<usize>, report: &mut Report) {
    let message = words("这个 ::: 没有开头", "this ::: closes nothing");
    report.push(Diagnostic::at(Code::MarkdownUnsupported, source.span(range), message));
}

fn opening(source: Source, label: &str, range: Range<usize>, report: &mut Report) -> Opening {
    const KINDS: [(&str, DivKind); 5] = [
        ("quote", DivKind::PullQuote),
        ("box", DivKind::Box),
        ("verse", DivKind::Verse),
        ("qa", DivKind::Interview),
        ("continue", DivKind::Continuation),
    ];
    let found = attributes(label).map(|(found, _)| found).unwrap_or_default();
    let class = match found.classes.first() {
        Some(class) => class.clone(),
        None => label.split_whitespace().next().unwrap_or_default().to_string(),
    };
    let kind = KINDS.iter().find(|(name, _)| *name == class).map(|(_, kind)| *kind);
    let odd = found.classes.iter().skip(1).cloned().chain(found.pairs.iter().map(|(key, _)| key.clone()));
    let unknown = kind.is_none().then(|| class.clone());
    for word in unknown.into_iter().chain(odd.take(usize::from(kind.is_some()) * 9)) {
        let message = words(format!("不认识的块：::: {word}"), format!("unknown block: ::: {word}"));
        let finding = Diagnostic::at(Code::MarkdownAttribute, source.span(range.clone()), message);
        report.push(match nearest(&word, KINDS.map(|(name, _)| name)) {
            Some(near) => finding.hint(format!("是不是 ::: {near}？"), format!("did you mean ::: {near}?")),
            None => finding.hint("可用的：quote、box、verse、qa、continue", "known: quote, box, verse, qa, continue"),
        });
    }
    Opening { kind, id: found.id, title: None }
}

#[cfg(test)]
mod tests {
    use super::{speaker, speakers};

    #[test]
    fn names_before_colons_open_the_turns_of_an_interview() {
        for (line, name) in [
            ("**问：**您好", Some("问")),
            ("林远：我先说", Some("林远")),
            ("[本刊记者]: 请讲", Some("本刊记者")),
            ("Q: why", Some("Q")),
            ("他想了想，说：好", None),
            ("https://a.example", None),
            ("：", None),
        ] {
            assert_eq!(speaker(line), name, "{line}");
        }
        let found = speakers("问：甲\n林远：乙\n他说：丙\n\n林远：丁");
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["林远", "问"]);
    }
}
