//! Cleaning as findings with edits, for `check --fix`.

use crate::base::{Code, Diagnostic, Edit, FileId, Report, Span, words};
use crate::convert::clean;
use crate::doc::Issue;
use crate::source::Sources;

/// One finding for each rule and article, with all its edits.
pub fn typing(issue: &Issue, sources: &Sources) -> Report {
    let mut report = Report::default();
    for article in &issue.articles {
        let file = article.file;
        let edits = clean::edits(sources.text(file), article.lang);
        for (rule, zh, en) in clean::RULES {
            let own: Vec<Edit> = edits.iter().filter(|e| e.rule == rule).map(|e| edit(file, e)).collect();
            let Some(first) = own.first().map(|e| e.span) else { continue };
            let n = own.len();
            let message = words(format!("{zh}（{rule}，{n} 处）"), format!("{en} ({rule}, {n} places)"));
            report.push(Diagnostic { edits: own, ..Diagnostic::at(Code::TextTyping, first, message) });
        }
    }
    report
}

fn edit(file: FileId, edit: &clean::Edit) -> Edit {
    let span = Span { file, start: edit.range.start as u32, end: edit.range.end as u32 };
    Edit { span, replacement: edit.with.clone() }
}
