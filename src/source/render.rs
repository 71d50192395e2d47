//! Findings as text for people; for programs as [`json`], [`github`] and [`sarif`].
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

pub mod github;
pub mod json;
pub mod sarif;
mod width;

pub use width::Ambiguous;

use super::Sources;
use super::files::{SourceFile, floor_char};
use crate::base::{Diagnostic, Place, Report, Severity, Span, Words};
use std::fmt::Write;
use width::plain;

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
    /// BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            UiLang::Zh => "zh-Hans",
            UiLang::En => "en",
        }
    }
}

/// How text is shown to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    pub lang: UiLang,
    pub ambiguous: Ambiguous,
}

impl From<UiLang> for Screen {
    fn from(lang: UiLang) -> Self {
        Screen { lang, ambiguous: Ambiguous::Narrow }
    }
}

/// All findings, a blank line between them, and a last line that counts them; empty for an empty report.
pub fn report(report: &Report, sources: &Sources, screen: impl Into<Screen>) -> String {
    if report.findings.is_empty() {
        return String::new();
    }
    let screen = screen.into();
    findings(report, sources, screen) + &summary(report, screen.lang)
}

/// All findings, each followed by a blank line.
pub fn findings(report: &Report, sources: &Sources, screen: Screen) -> String {
    report.findings.iter().map(|finding| diagnostic(finding, sources, screen) + "\n").collect()
}

/// One finding, ending with a line end.
pub fn diagnostic(finding: &Diagnostic, sources: &Sources, screen: Screen) -> String {
    let lang = screen.lang;
    let severity = severity(finding.severity, lang);
    let mut out = format!("{severity}[{}]: {}\n", finding.code.name(), lang.pick(&finding.message));
    match &finding.at {
        Place::Issue => {}
        Place::File(file) => writeln!(out, " --> {}", sources.shown(*file)).expect("a string"),
        Place::Page(label) => writeln!(out, " --> {}", page(label, lang)).expect("a string"),
        Place::Source(span) => excerpt(&mut out, *span, "", (sources, screen.ambiguous)),
    }
    if let Some(page) = &finding.page {
        let on = if lang == UiLang::Zh { "页" } else { "page" };
        writeln!(out, "   = {on}: {page}").expect("a string");
    }
    for label in &finding.labels {
        excerpt(&mut out, label.span, lang.pick(&label.text), (sources, screen.ambiguous));
    }
    for hint in &finding.hints {
        let word = if lang == UiLang::Zh { "提示" } else { "hint" };
        let text = lang.pick(hint).replace('\n', "\n           ");
        writeln!(out, "   = {word}: {text}").expect("a string");
    }
    if !finding.edits.is_empty() {
        let word = if lang == UiLang::Zh { "qikan check --fix 会改好" } else { "qikan check --fix mends it" };
        writeln!(out, "   = {word}").expect("a string");
    }
    out
}

/// A page by its label: 第 3 页, page 3; 封面 is a name already.
fn page(label: &str, lang: UiLang) -> String {
    match lang {
        UiLang::Zh if label.chars().all(|c| c.is_ascii_alphanumeric()) => format!("第 {label} 页"),
        UiLang::Zh => label.to_string(),
        UiLang::En => format!("page {label}"),
    }
}

/// A path of an issue as seen from where its directory was named.
fn joined(dir: &str, shown: &str) -> String {
    match dir.trim_end_matches(['/', '\\']) {
        "" | "." => shown.to_string(),
        dir => format!("{}/{shown}", dir.replace('\\', "/")),
    }
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

fn excerpt(out: &mut String, span: Span, label: &str, (sources, terminal): (&Sources, Ambiguous)) {
    let file = sources.file(span.file);
    let (line, _) = file.line_col(span.start);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let (before, marked, after) = cut(file, span, line, terminal);
    let caret = "^".repeat(terminal.width(&marked).max(1));
    writeln!(out, "{margin}--> {}", place(span, sources)).expect("a string");
    writeln!(out, "{margin} |").expect("a string");
    writeln!(out, "{number} | {before}{marked}{after}").expect("a string");
    writeln!(out, "{margin} | {}{caret} {label}", " ".repeat(terminal.width(&before))).expect("a string");
    let kept = out.trim_end().len();
    out.truncate(kept);
    out.push('\n');
}

/// The line before, in and after the span, cut to [`WINDOW`] columns around its start.
fn cut(file: &SourceFile, span: Span, line: u32, terminal: Ambiguous) -> (String, String, String) {
    let (start, text) = file.line(line);
    let at = floor_char(text, (span.start - start) as usize);
    let to = floor_char(text, (span.end.max(span.start) - start) as usize).max(at);
    let lead = terminal.tail(&plain(&text[..at]), WINDOW / 3);
    let room = WINDOW - terminal.width(&lead).min(WINDOW);
    let marked = terminal.head(&plain(&text[at..to]), room);
    let after = terminal.head(&plain(&text[to..]), room.saturating_sub(terminal.width(&marked)));
    (lead, marked, after)
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
    fn carets_follow_the_terminal_where_widths_are_ambiguous() {
        let text = "“山”\t——①e\u{301}[^1]：\n";
        let start = text.find('[').expect("there") as u32;
        let (found, sources) = sample(text, start, start + 4);
        let caret = |ambiguous| {
            let shown = report(&found, &sources, Screen { lang: UiLang::En, ambiguous });
            let line = shown.lines().find(|l| l.contains('^') && !l.contains('[')).expect("a caret line").to_string();
            line.find('^').expect("there") - line.find('|').expect("there") - 2
        };
        assert_eq!(caret(Ambiguous::Narrow), 4 + 1 + 2 + 1 + 1);
        assert_eq!(caret(Ambiguous::Wide), 6 + 1 + 4 + 2 + 1);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let (found, sources) = sample(&"山".repeat(400), 600, 603);
        let text = report(&found, &sources, UiLang::En);
        assert!(text.lines().all(|l| Ambiguous::Narrow.width(l) <= WINDOW + 8), "{text}");
        assert!(text.contains("…山"));
    }

    #[test]
    fn a_span_past_the_end_is_shown_and_nothing_panics() {
        let (found, sources) = sample("山", 2, 90);
        assert!(report(&found, &sources, UiLang::Zh).contains("1 | 山"));
    }
}
