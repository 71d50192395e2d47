//! Cleaning as findings with edits, for `check` and `check --fix`.

use crate::base::{Code, Diagnostic, Edit, FileId, Report, Span, words};
use crate::convert::clean;
use crate::doc::Issue;
use crate::source::Sources;

/// Blanks: setting makes or drops them, so that no reader sees these.
const UNSEEN: [&str; 4] = ["N12", "N13", "N17", "N18"];

/// What a reader would see of it, for `check`.
pub fn slips(issue: &Issue, sources: &Sources) -> Report {
    by_rule(issue, sources, |rule| !UNSEEN.contains(&rule))
}

/// All of it, for `check --fix`.
pub fn typing(issue: &Issue, sources: &Sources) -> Report {
    by_rule(issue, sources, |_| true)
}

/// One finding for each rule and article, with all its edits.
fn by_rule(issue: &Issue, sources: &Sources, wanted: impl Fn(&str) -> bool) -> Report {
    let mut report = Report::default();
    for article in &issue.articles {
        let file = article.file;
        let edits = clean::edits(sources.text(file), article.lang);
        for (rule, zh, en) in clean::RULES.into_iter().filter(|(rule, ..)| wanted(rule)) {
            let own: Vec<Edit> = edits.iter().filter(|e| e.rule == rule).map(|e| edit(file, e)).collect();
            let Some(first) = own.first().map(|e| e.span) else { continue };
            let n = own.len();
            let places = if n == 1 { "place" } else { "places" };
            let message = words(format!("{zh}（{rule}，{n} 处）"), format!("{en} ({rule}, {n} {places})"));
            report.push(Diagnostic { edits: own, ..Diagnostic::at(Code::TextTyping, first, message) });
        }
    }
    report
}

fn edit(file: FileId, edit: &clean::Edit) -> Edit {
    let span = Span { file, start: edit.range.start as u32, end: edit.range.end as u32 };
    Edit { span, replacement: edit.with.clone() }
}
