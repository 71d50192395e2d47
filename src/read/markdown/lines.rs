//! The line scan that comes before parsing: code fences, fenced divs, page marks.
//!
//! CommonMark has no containers: `::: quote` … `:::` lines are found here and blanked in the shadow, so that what stands
//! between them is ordinary Markdown.

use super::Source;
use super::attributes::attributes;
use crate::base::{Code, Diagnostic, Report, words};
use crate::source::nearest;
use std::ops::Range;

/// What the scan found, as byte ranges of the body.
#[derive(Debug, Default)]
pub struct Lines {
    /// Fenced code, fences included.
    pub code: Vec<Range<usize>>,
    pub divs: Vec<Div>,
    /// Lines that are marks and not text (div fences, page marks), and how much of each the mark takes up: words behind
    /// a div's class are no part of it and would be lost.
    pub marks: Vec<(Range<usize>, usize)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Div {
    pub kind: DivKind,
    /// Between the fences.
    pub content: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivKind {
    Quote,
    Box,
    Verse,
    Qa,
    Unknown,
}

impl Lines {
    pub fn in_code(&self, at: usize) -> bool {
        self.code.iter().any(|range| range.contains(&at))
    }
    pub fn in_verse(&self, at: usize) -> bool {
        self.divs.iter().any(|div| div.kind == DivKind::Verse && div.content.contains(&at))
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
    kind: DivKind,
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
            lines.marks.push((start..end, fence_length(line, label)));
            match (label.is_empty(), open.pop()) {
                (true, Some(div)) => lines.divs.push(Div { kind: div.kind, content: div.from..start }),
                (true, None) => stray(source, start..end, report),
                (false, outer) => {
                    open.extend(outer);
                    let kind = div_kind(source, label, start..end, report);
                    open.push(Open { kind, fence: start..end, from: end });
                }
            }
        } else if is_page_mark(line) {
            lines.marks.push((start..end, line.len()));
            let message = words(
                format!("页码标记 {} 还没有起作用", line.trim()),
                format!("{}: page marks have no effect yet", line.trim()),
            );
            report.push(Diagnostic::at(Code::MarkdownUnsupported, source.span(start..end), message));
        }
    }
    let end = source.body.len();
    lines.code.extend(fence.map(|(_, _, from)| from..end));
    for div in open {
        let message = words("这个 ::: 没有收尾", "this ::: is never closed");
        let finding = Diagnostic::at(Code::MarkdownUnsupported, source.span(div.fence), message);
        report.push(finding.hint("在块的末尾另起一行写 :::", "write ::: on a line of its own at the block's end"));
        lines.divs.push(Div { kind: div.kind, content: div.from..end });
    }
    lines.divs.sort_by_key(|d| (d.content.start, std::cmp::Reverse(d.content.end)));
    lines
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
    line.find(label).unwrap_or(0) + own
}

/// `{page=37}` on a line of its own.
fn is_page_mark(line: &str) -> bool {
    matches!(attributes(line.trim()), Some((found, length))
        if length == line.trim().len() && found.classes.is_empty() && found.pairs.iter().all(|(k, _)| k == "page") && found.id.is_none())
}

fn stray(source: Source, range: Range<usize>, report: &mut Report) {
    let message = words("这个 ::: 没有开头", "this ::: closes nothing");
    report.push(Diagnostic::at(Code::MarkdownUnsupported, source.span(range), message));
}

fn div_kind(source: Source, label: &str, range: Range<usize>, report: &mut Report) -> DivKind {
    const KINDS: [(&str, DivKind); 4] =
        [("quote", DivKind::Quote), ("box", DivKind::Box), ("verse", DivKind::Verse), ("qa", DivKind::Qa)];
    let class = match attributes(label) {
        Some((found, _)) => found.classes.first().cloned().unwrap_or_default(),
        None => label.split_whitespace().next().unwrap_or_default().to_string(),
    };
    let span = source.span(range);
    match KINDS.iter().find(|(name, _)| *name == class) {
        Some((_, DivKind::Quote)) => DivKind::Quote,
        Some((name, kind)) => {
            let message = words(
                format!("::: {name} 还没有专门的排法，按正文排"),
                format!("::: {name} has no setting of its own yet; set as text"),
            );
            report.push(Diagnostic::at(Code::MarkdownUnsupported, span, message));
            *kind
        }
        None => {
            let message = words(format!("不认识的块：::: {label}"), format!("unknown block: ::: {label}"));
            let finding = Diagnostic::at(Code::MarkdownAttribute, span, message);
            let all = KINDS.map(|(name, _)| name);
            report.push(match nearest(&class, all) {
                Some(near) => finding.hint(format!("是不是 ::: {near}？"), format!("did you mean ::: {near}?")),
                None => finding.hint("可用的：quote、box、verse、qa", "known: quote, box, verse, qa"),
            });
            DivKind::Unknown
        }
    }
}
