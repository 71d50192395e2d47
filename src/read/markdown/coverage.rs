//! No character of a manuscript vanishes silently: what the builder read, against what was there.

use super::Source;
use crate::base::{Code, Diagnostic, Report, words};
use std::ops::Range;

/// The byte ranges that were set, or that are marks with a meaning of their own.
#[derive(Default)]
pub struct Coverage(Vec<Range<usize>>);

impl Coverage {
    pub fn add(&mut self, range: Range<usize>) {
        self.0.push(range);
    }

    /// An error for each stretch with letters that nothing accounts for.
    pub fn check(mut self, source: Source, report: &mut Report) {
        self.0.sort_by_key(|r| r.start);
        let mut at = 0;
        for range in self.0.iter().chain([&(source.body.len()..source.body.len())]) {
            if range.start > at {
                lost(source, at..range.start, report);
            }
            at = at.max(range.end);
        }
    }
}

fn lost(source: Source, gap: Range<usize>, report: &mut Report) {
    for (start, line) in source.body[gap.clone()].split_inclusive('\n').scan(gap.start, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    }) {
        let text = line.trim_matches(|c: char| !c.is_alphanumeric());
        if text.chars().any(char::is_alphabetic) {
            let from = start + line.find(text).unwrap_or(0);
            let shown: String = text.chars().take(20).collect();
            let message = words(format!("这些文字排不出来：{shown}"), format!("this text would be lost: {shown}"));
            report.push(Diagnostic::at(Code::MarkdownLost, source.span(from..from + text.len()), message).hint(
                "改写这一处；::: 的类名后面不要有别的文字",
                "rewrite it; nothing may stand behind the class of a :::",
            ));
        }
    }
}
