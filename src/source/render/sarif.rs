//! Findings in the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), which editors and servers read.
//!
//! In: the reports of one or several issues, each with its directory. Out: a log of one run. Messages are of one
//! language, as the format wants it (§3.14.7); columns count Unicode scalar values (§3.14.17).

use super::{Sources, UiLang, json::name};
use crate::base::{Code, Diagnostic, Edit, Place, Report, Span};
use serde_json::{Value, json};

/// One issue's findings.
pub struct Issue<'a> {
    /// As it was named on the command line.
    pub dir: &'a str,
    pub report: &'a Report,
    pub sources: &'a Sources,
}

pub fn log(issues: &[Issue], lang: UiLang) -> Value {
    let result = |issue: &Issue| {
        let place = Places { dir: issue.dir.to_string(), sources: issue.sources, lang };
        issue.report.findings.iter().map(|finding| place.result(finding)).collect::<Vec<_>>()
    };
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "qikan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": lang.tag(),
                "rules": Code::TABLE.iter().map(|row| rule(row.code, lang)).collect::<Vec<_>>(),
            }},
            "language": lang.tag(),
            "columnKind": "unicodeCodePoints",
            "results": issues.iter().flat_map(result).collect::<Vec<_>>(),
        }],
    })
}

/// §3.49: a row of the table of codes.
fn rule(code: Code, lang: UiLang) -> Value {
    let row = code.row();
    let [zh, en] = row.explain;
    json!({
        "id": row.name,
        "fullDescription": { "text": if lang == UiLang::Zh { zh } else { en } },
        "defaultConfiguration": { "level": name(row.severity) },
    })
}

struct Places<'a> {
    dir: String,
    sources: &'a Sources,
    lang: UiLang,
}

impl Places<'_> {
    /// §3.27.
    fn result(&self, finding: &Diagnostic) -> Value {
        let mut text = self.lang.pick(&finding.message).to_string();
        finding.hints.iter().for_each(|hint| text += &format!("\n{}", self.lang.pick(hint)));
        let related = finding.labels.iter().map(|label| {
            let mut place = self.physical(label.span);
            place["message"] = json!({ "text": self.lang.pick(&label.text) });
            place
        });
        let mut result = json!({
            "ruleId": finding.code.name(),
            "ruleIndex": finding.code as usize,
            "level": name(finding.severity),
            "message": { "text": text },
            "locations": [self.location(&finding.at)],
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        if let Some(first) = finding.edits.first() {
            result["fixes"] = json!([self.fix(first, &finding.edits)]);
        }
        result
    }

    fn location(&self, place: &Place) -> Value {
        match place {
            Place::Issue => json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&self.dir) } } }),
            Place::File(file) => {
                json!({ "physicalLocation": { "artifactLocation": self.artifact(&self.sources.shown(*file)) } })
            }
            Place::Page(page) => {
                json!({ "logicalLocations": [{ "name": super::page(page, self.lang), "kind": "page" }] })
            }
            Place::Source(span) => self.physical(*span),
        }
    }

    fn physical(&self, span: Span) -> Value {
        let artifact = self.artifact(&self.sources.shown(span.file));
        json!({ "physicalLocation": { "artifactLocation": artifact, "region": self.region(span) } })
    }

    fn artifact(&self, shown: &str) -> Value {
        json!({ "uri": uri(&super::joined(&self.dir, shown)) })
    }

    /// §3.30.
    fn region(&self, span: Span) -> Value {
        let file = self.sources.file(span.file);
        let ((line, column), (last, end)) = (file.line_col(span.start), file.line_col(span.end));
        json!({ "startLine": line, "startColumn": column, "endLine": last, "endColumn": end })
    }

    /// §3.55. The edits of a finding are of one file.
    fn fix(&self, first: &Edit, edits: &[Edit]) -> Value {
        let replacement = |edit: &Edit| json!({ "deletedRegion": self.region(edit.span), "insertedContent": { "text": edit.replacement } });
        json!({ "artifactChanges": [{
            "artifactLocation": self.artifact(&self.sources.shown(first.span.file)),
            "replacements": edits.iter().map(replacement).collect::<Vec<_>>(),
        }]})
    }
}

/// A relative reference (RFC 3986 §4.2); what is not unreserved, or a separator, is percent-encoded as UTF-8.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes().map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn names_are_percent_encoded() {
        assert_eq!(uri("2026-09/articles/01 山.md"), "2026-09/articles/01%20%E5%B1%B1.md");
        assert_eq!(uri("a/【甲】#1.md"), "a/%E3%80%90%E7%94%B2%E3%80%91%231.md");
    }
}
