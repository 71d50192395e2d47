//! What those who move through an article by its structure stumble over: levels left out, page marks that say nothing,
//! titles that end as sentences do.
//!
//! In: the issue. Out: a finding for each. Everything is set all the same.

use crate::base::{Code, Diagnostic, Place, Report, Span, words};
use crate::doc::{Article, BlockKind, Issue, plain_text};
use std::collections::BTreeSet;

pub fn check(issue: &Issue, report: &mut Report) {
    for article in &issue.articles {
        headings(article, report);
        anchors(article, report);
        page_marks(article, report);
        stops(article, report);
    }
}

/// Two places of one name; `at` is where the second stands.
pub fn same_anchor(id: &str, at: Span) -> Diagnostic {
    let message = words(format!("{{#{id}}} 前面已经有了"), format!("{{#{id}}} stands here for the second time"));
    Diagnostic::at(Code::MarkdownAnchor, at, message)
        .hint("给其中一处换个名字", "give one of the two places another name")
}

/// Headings that bear a name which an earlier place has.
fn anchors(article: &Article, report: &mut Report) {
    article.walk(&mut |block| {
        let BlockKind::Heading { anchor: Some(id), .. } = &block.kind else { return };
        if article.anchors.get(id).is_some_and(|first| *first != block.id.0) {
            report.push(same_anchor(id, block.span));
        }
    });
}

/// The title is level 1; a level left out is told once an article (WCAG 2.2 1.3.1).
fn headings(article: &Article, report: &mut Report) {
    let (mut before, mut told) = (1, false);
    article.walk(&mut |block| {
        let BlockKind::Heading { level, text, .. } = &block.kind else { return };
        // One without words is set as a paragraph.
        if plain_text(text).trim().is_empty() {
            return;
        }
        let level = (*level).clamp(2, 6);
        if level > before + 1 && !told {
            report.push(skipped(level, before + 1, block.span));
            told = true;
        }
        before = level.min(before + 1);
    });
}

fn skipped(level: u8, wanted: u8, at: Span) -> Diagnostic {
    let marks = |level: u8| "#".repeat(level.into());
    let (is, next) = (marks(level), marks(wanted));
    let message = words(
        format!("小标题跳了一级：{is} 前面没有 {next}；电子书里按 {next}"),
        format!("a level is left out: {is} without {next} before it; the EPUB has it as {next}"),
    );
    Diagnostic::at(Code::MarkdownHeading, at, message).hint(format!("改成 {next}"), format!("write {next}"))
}

/// R10.3: a title is no sentence. A heading that runs into its paragraph may be one.
fn stops(article: &Article, report: &mut Report) {
    let ends = |text: &str| text.trim_end().ends_with(['。', '．', '，', '、', '；']);
    let mut tell = |text: &str, at: Span| {
        if ends(text) {
            let message = words(
                format!("“{}”末尾的标点多余", text.trim()),
                format!("“{}” needs no mark at its end", text.trim()),
            );
            let place = if at == Span::default() { Place::File(article.file) } else { Place::Source(at) };
            let finding = Diagnostic::new(Code::TextTitleStop, place, message);
            report.push(finding.hint("删去末尾的标点", "delete the mark at its end"));
        }
    };
    for text in article.subtitle.iter().chain([&article.title]) {
        let written = article.written.texts.iter().find(|(written, _)| written == text);
        tell(text, written.map_or(article.span, |(_, span)| *span));
    }
    article.walk(&mut |block| {
        if let BlockKind::Heading { level: ..4, text, .. } = &block.kind {
            tell(&plain_text(text), block.span);
        }
    });
}

/// EPUB 3.3 §5.5.3 and its page list: a label leads to one place, and a source says whose pages they are.
fn page_marks(article: &Article, report: &mut Report) {
    let (marks, mut seen) = (article.page_marks(), BTreeSet::new());
    for mark in &marks {
        let label = mark.label.trim();
        let (zh, en) = match label {
            "" => ("旧版页码是空的，略去".to_string(), "a page mark is empty and left out".to_string()),
            _ if !seen.insert(label) => (format!("旧版第 {label} 页标了两次"), format!("page {label} is marked twice")),
            _ => continue,
        };
        report.push(Diagnostic::at(Code::MarkdownPageMark, mark.span, words(zh, en)).hint(
            "写成 {page=37}，每页一次，标在那一页的第一个字前",
            "write {page=37} once a page, before its first character",
        ));
    }
    let unnamed =
        [&article.source, &article.source_print].iter().all(|s| s.as_deref().is_none_or(|s| s.trim().is_empty()));
    if let Some(first) = marks.first().filter(|_| unnamed) {
        let message = words(
            "标了旧版页码，没有说明是哪一版的",
            "pages of an earlier printing are marked and no source says which",
        );
        report.push(
            Diagnostic::at(Code::MarkdownPageMark, first.span, message).hint(
                "在元数据里写 source: 原载何处",
                "write source: in the front matter: where it was printed before",
            ),
        );
    }
}
