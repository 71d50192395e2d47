//! Findings as text for people.
//!
//! In: a [`Report`] and the [`Sources`] it speaks of. Out, in the reader's language:
//! ```text
//! error[photo/missing]: photos/a.jpg doesn't exist
//!  --> articles/01.md:12:7
//!    |
//! 12 | ![山门](photos/a.jpg)
//!    |         ^^^^^^^^^^^^
//!    = hint: did you mean photos/b.jpg?
//! ```
//! Carets count columns as a terminal does: a full-width character has two (UAX #11).

use super::Sources;
use super::files::{SourceFile, floor_char};
use crate::base::{Diagnostic, Place, Report, Severity, Span, Words};
use std::fmt::Write;

/// The language findings are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UiLang {
    #[default]
    Zh,
    En,
}

impl UiLang {
    pub fn pick(self, words: &Words) -> &str {
        match self {
            UiLang::Zh => &words.zh,
            UiLang::En => &words.en,
        }
    }
}

/// All findings, a blank line between them, and a last line that counts them; empty for an empty report.
pub fn report(report: &Report, sources: &Sources, lang: UiLang) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let mut out: Vec<String> = report.findings.iter().map(|d| diagnostic(d, sources, lang)).collect();
    out.push(summary(report, lang));
    out.join("\n")
}

/// One finding, ending with a line end.
pub fn diagnostic(finding: &Diagnostic, sources: &Sources, lang: UiLang) -> String {
    let severity = severity(finding.severity, lang);
    let mut out = format!("{severity}[{}]: {}\n", finding.code.name(), lang.pick(&finding.message));
    match &finding.at {
        Place::Issue => {}
        Place::File(file) => writeln!(out, " --> {}", sources.shown(*file)).expect("a string"),
        Place::Page(page) => writeln!(out, " --> {page}").expect("a string"),
        Place::Source(span) => excerpt(&mut out, *span, "", sources),
    }
    if let Some(page) = &finding.page {
        let on = if lang == UiLang::Zh { "页" } else { "page" };
        writeln!(out, "   = {on}: {page}").expect("a string");
    }
    for label in &finding.labels {
        excerpt(&mut out, label.span, lang.pick(&label.text), sources);
    }
    for hint in &finding.hints {
        let word = if lang == UiLang::Zh { "提示" } else { "hint" };
        let text = lang.pick(hint).replace('\n', "\n           ");
        writeln!(out, "   = {word}: {text}").expect("a string");
    }
    out
}

/// `2 个错误，1 个警告` / `2 errors, 1 warning`.
pub fn summary(report: &Report, lang: UiLang) -> String {
    let count = |s| report.count(s);
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|s| count(*s) > 0)
        .map(|s| match lang {
            UiLang::Zh => format!("{} 个{}", count(s), severity(s, lang)),
            UiLang::En => format!("{} {}{}", count(s), severity(s, lang), if count(s) == 1 { "" } else { "s" }),
        })
        .collect();
    parts.join(if lang == UiLang::Zh { "，" } else { ", " }) + "\n"
}

/// `articles/01.md:12:7`.
pub fn place(span: Span, sources: &Sources) -> String {
    let (line, col) = sources.file(span.file).line_col(span.start);
    format!("{}:{line}:{col}", sources.shown(span.file))
}

fn severity(severity: Severity, lang: UiLang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, UiLang::Zh) => "错误",
        (Severity::Warning, UiLang::Zh) => "警告",
        (Severity::Note, UiLang::Zh) => "注意",
        (Severity::Error, UiLang::En) => "error",
        (Severity::Warning, UiLang::En) => "warning",
        (Severity::Note, UiLang::En) => "note",
    }
}

/// Columns of a line that are shown: Chinese paragraphs stand on one line, and a screen has about this many.
const WINDOW: usize = 76;

fn excerpt(out: &mut String, span: Span, label: &str, sources: &Sources) {
    let file = sources.file(span.file);
    let (line, _) = file.line_col(span.start);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let (before, marked, after) = cut(file, span, line);
    let caret = "^".repeat(width(&marked).max(1));
    writeln!(out, "{margin}--> {}", place(span, sources)).expect("a string");
    writeln!(out, "{margin} |").expect("a string");
    writeln!(out, "{number} | {before}{marked}{after}").expect("a string");
    writeln!(out, "{margin} | {}{caret} {label}", " ".repeat(width(&before))).expect("a string");
    let kept = out.trim_end().len();
    out.truncate(kept);
    out.push('\n');
}

/// The line before, in and after the span, cut to [`WINDOW`] columns around its start.
fn cut(file: &SourceFile, span: Span, line: u32) -> (String, String, String) {
    let (start, text) = file.line(line);
    let at = floor_char(text, (span.start - start) as usize);
    let to = floor_char(text, (span.end.max(span.start) - start) as usize).max(at);
    let (before, marked, after) = (&text[..at], &text[at..to], &text[to..]);
    let lead = tail_of(before, WINDOW / 3);
    let room = WINDOW - width(&lead);
    let marked = head_of(marked, room);
    let after = head_of(after, room.saturating_sub(width(&marked)));
    (lead, marked, after)
}

fn plain(text: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    text.chars().map(|c| if c.is_control() { ' ' } else { c })
}

fn head_of(text: &str, columns: usize) -> String {
    let (mut used, mut out) = (0, String::new());
    for c in plain(text) {
        used += columns_of(c);
        if used > columns {
            return out + "…";
        }
        out.push(c);
    }
    out
}

fn tail_of(text: &str, columns: usize) -> String {
    let (mut used, mut out) = (0, vec![]);
    for c in plain(text).rev() {
        used += columns_of(c);
        if used > columns {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out.into_iter().rev().collect()
}

fn width(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// Columns of a character in a terminal: East_Asian_Width W and F have two, marks that combine none (UAX #11).
fn columns_of(c: char) -> usize {
    match c as u32 {
        0x0300..=0x036F | 0x200B..=0x200F | 0x3099..=0x309A | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF => 0,
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF => 2,
        0xFE30..=0xFE6F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Code, words};
    use std::path::Path;

    fn sample(text: &str, start: u32, end: u32) -> (Report, Sources) {
        let mut sources = Sources::new("/i");
        let file = sources.add(Path::new("/i/articles/01.md"), text.into());
        let at = Span { file, start, end };
        let finding = Diagnostic::at(Code::PhotoMissing, at, words("缺照片", "no photo")).hint("改", "mend it");
        (Report { findings: vec![finding] }, sources)
    }

    #[test]
    fn carets_stand_under_full_width_characters() {
        let (found, sources) = sample("一\n![山门](photos/a.jpg)\n", 4 + 10, 4 + 22);
        let expected = "error[photo/missing]: no photo\n --> articles/01.md:2:7\n  |\n2 | ![山门](photos/a.jpg)\n  |         ^^^^^^^^^^^^\n   = hint: mend it\n\n1 error\n";
        assert_eq!(report(&found, &sources, UiLang::En), expected);
        assert!(report(&found, &sources, UiLang::Zh).starts_with("错误[photo/missing]: 缺照片\n"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let (found, sources) = sample(&"山".repeat(400), 600, 603);
        let text = report(&found, &sources, UiLang::En);
        assert!(text.lines().all(|l| width(l) <= WINDOW + 8), "{text}");
        assert!(text.contains("…山"));
    }

    #[test]
    fn a_span_past_the_end_is_shown_and_nothing_panics() {
        let (found, sources) = sample("山", 2, 90);
        assert!(report(&found, &sources, UiLang::Zh).contains("1 | 山"));
    }
}
