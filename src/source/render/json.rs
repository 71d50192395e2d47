//! Findings as JSON, for programs and for the report of a build.
//!
//! In: a report and its sources. Out: a value whose keys stay as they are; both languages are in it. Lines and columns
//! count from 1, columns in characters (Unicode scalar values); `end` is exclusive.

use super::Sources;
use crate::base::{Diagnostic, Label, Place, Report, Severity, Span, Words};
use serde_json::{Value, json};

/// Findings in their order, with their numbers.
pub fn report(report: &Report, sources: &Sources) -> Value {
    let findings: Vec<Value> = report.findings.iter().map(|finding| diagnostic(finding, sources)).collect();
    json!({
        "findings": findings,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "notes": report.count(Severity::Note),
    })
}

fn diagnostic(finding: &Diagnostic, sources: &Sources) -> Value {
    let edits = finding.edits.iter().map(|edit| {
        let mut place = region(edit.span, sources);
        place["replacement"] = edit.replacement.clone().into();
        place
    });
    json!({
        "code": finding.code.name(),
        "severity": name(finding.severity),
        "stops_the_build": finding.stops(),
        "at": place(&finding.at, sources),
        "message": both(&finding.message),
        "labels": finding.labels.iter().map(|l| label(l, sources)).collect::<Vec<_>>(),
        "hints": finding.hints.iter().map(both).collect::<Vec<_>>(),
        "edits": edits.collect::<Vec<_>>(),
    })
}

fn label(label: &Label, sources: &Sources) -> Value {
    let mut place = region(label.span, sources);
    place["text"] = both(&label.text);
    place
}

fn both(words: &Words) -> Value {
    json!({ "zh": words.zh, "en": words.en })
}

fn place(place: &Place, sources: &Sources) -> Value {
    match place {
        Place::Issue => Value::Null,
        Place::File(file) => json!({ "file": sources.shown(*file) }),
        Place::Page(page) => json!({ "page": page }),
        Place::Source(span) => region(*span, sources),
    }
}

fn region(span: Span, sources: &Sources) -> Value {
    let file = sources.file(span.file);
    let at = |offset| {
        let (line, column) = file.line_col(offset);
        json!({ "line": line, "column": column })
    };
    json!({ "file": sources.shown(span.file), "start": at(span.start), "end": at(span.end) })
}

/// The severity's name where one language is enough; SARIF's levels are the same words.
pub const fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
