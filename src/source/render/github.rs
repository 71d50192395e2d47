//! Findings as the workflow commands that GitHub turns into notes beside the lines of a change.
//!
//! In: a report, its sources, and the issue's directory as the repository names it. Out: a line a finding.

use super::{Sources, UiLang};
use crate::base::{Diagnostic, Place, Report, Severity, Span};
use std::fmt::Write;

pub fn report(report: &Report, sources: &Sources, dir: &str, lang: UiLang) -> String {
    report.findings.iter().map(|finding| command(finding, sources, dir, lang)).collect()
}

fn command(finding: &Diagnostic, sources: &Sources, dir: &str, lang: UiLang) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut said = lang.pick(&finding.message).to_string();
    finding.hints.iter().for_each(|hint| write!(said, "\n{}", lang.pick(hint)).expect("a string"));
    let mut places = String::new();
    match &finding.at {
        Place::Issue => places = property("file", dir),
        Place::File(file) => places = property("file", &super::joined(dir, &sources.shown(*file))),
        Place::Page(page) => said = format!("{}: {said}", super::page(page, lang)),
        Place::Source(span) => places = lines(*span, sources, dir),
    }
    format!("::{level} {places}title={}::{}\n", escape(finding.code.name(), true), escape(&said, false))
}

/// Columns are only understood where the place is within one line.
fn lines(span: Span, sources: &Sources, dir: &str) -> String {
    let file = sources.file(span.file);
    let ((line, column), (last, end)) = (file.line_col(span.start), file.line_col(span.end));
    let mut out = property("file", &super::joined(dir, &sources.shown(span.file)));
    out += &format!("line={line},endLine={last},");
    if line == last {
        out += &format!("col={column},endColumn={end},");
    }
    out
}

fn property(name: &str, value: &str) -> String {
    format!("{name}={},", escape(value, true))
}

fn escape(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}
