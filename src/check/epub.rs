//! What EPUBCheck and Ace by DAISY would say of the EPUB, or its readers, that only the whole issue shows. What a manuscript
//! alone shows (links, levels, alternative texts, characters) `read` has said; what no input can cause is the writer's to
//! keep (docs/decisions/epub-writer.md, "Where a finding comes from").

use super::Found;
use crate::base::{Code, Diagnostic, Place, words};
use crate::doc::Article;
use crate::page::PageKind;
use std::collections::BTreeSet;

pub fn check(found: &mut Found) {
    page_list(found);
    conformance(found);
}

/// One place a page number. The printed pages of an article that is marked with those of an earlier printing are not in the
/// list, nor those without text that stand before it; a mark that stands twice in its article is `markdown/page-mark`.
fn page_list(found: &mut Found) {
    let (issue, pages) = (found.work.issue, found.pages());
    let marked: Vec<bool> = issue.articles.iter().map(|article| !article.page_marks().is_empty()).collect();
    let is_marked = |article: u32| marked.get(article as usize).copied().unwrap_or(false);
    let is_listed = |i: usize| {
        let article = pages[i..].iter().find_map(|page| page.first).map(|pos| pos.article);
        let front = i == 0 && pages[0].kind == PageKind::Cover && pages[0].first.is_none();
        front || !article.is_some_and(is_marked)
    };
    let printed = (0..pages.len()).filter(|i| is_listed(*i)).map(|i| &pages[i].label);
    let mut entries: Vec<(String, Place)> =
        printed.map(|label| (label.trim().to_string(), Place::Page(label.clone()))).collect();
    for article in &issue.articles {
        let mut own = BTreeSet::new();
        let first = article.page_marks().into_iter().filter(|mark| own.insert(mark.label.trim()));
        entries.extend(first.map(|mark| (mark.label.trim().to_string(), Place::Source(mark.span))));
    }
    let mut seen = BTreeSet::new();
    for (label, place) in entries.into_iter().filter(|(label, _)| !label.is_empty()) {
        if !seen.insert(label.clone()) {
            let message =
                words(format!("电子书的页码表里有两个“{label}”"), format!("the EPUB's page list has “{label}” twice"));
            found.push(Diagnostic::new(Code::EpubPageList, place, message)).also_hint(
                "给旧版页码加上前缀，如 {page=\"旧37\"}；或改本期的起始页码",
                "give the earlier printing's pages a prefix, as {page=\"old 37\"}, or let the issue begin with another page",
            );
        }
    }
}

/// A claim that isn't true is not made; whoever made it should hear of that.
fn conformance(found: &mut Found) {
    let issue = found.work.issue;
    if issue.epub.certified_by.as_deref().is_none_or(|by| by.trim().is_empty()) {
        return;
    }
    let mut figures = issue.articles.iter().flat_map(Article::figures);
    if let Some(figure) = figures.find(|figure| figure.alt.is_none()) {
        let message = words(
            "还有图片没有替代文字，[epub] certified_by 的声明没有写进电子书",
            "a picture lacks its alternative text, so that the claim of [epub] certified_by is not made",
        );
        found
            .push(Diagnostic::at(Code::EpubConformance, figure.span, message))
            .also_hint("给每幅图片写上替代文字", "give every picture its alternative text");
    }
}
