//! Preflight: what a printing plant or a bookseller would send back, found on the finished pages.
//!
//! In: the issue, its book and the plant's limits. Out: findings with page, article and line. Nothing here stops a build;
//! whoever asks decides what they weigh.

mod binding;
mod boxes;
mod damage;
mod epub;
mod ink;
mod limits;
mod photo_ink;
mod photos;
mod placed;
mod text;

#[cfg(test)]
mod tests;

pub use binding::millimetres;
pub use damage::damaged;
pub use limits::Limits;
pub use text::embedding;

use crate::base::{Code, Diagnostic, Place, Report, Span, Words, words};
use crate::color::Tables;
use crate::doc::{Issue, PhotoId};
use crate::font::Library;
use crate::page::{Book, GlyphRun, Item, NodeId, Page, Picture};
use crate::picture::Darkroom;
use std::collections::BTreeSet;

/// What is checked.
pub struct Work<'a> {
    pub issue: &'a Issue,
    pub book: &'a Book,
    pub library: &'a Library,
    pub darkroom: &'a Darkroom<'a>,
    pub press: &'a Tables,
    pub limits: Limits,
}

/// Every check, in the order of what they look at: sheets, pages, photos, inks, text, the EPUB.
pub fn preflight(work: &Work) -> Report {
    let mut found = Found { work, report: Report::default(), told: BTreeSet::new() };
    let photos = [photos::check, photo_ink::check, placed::check];
    let rest = [ink::check, text::check, epub::check];
    for check in [signoff, binding::check, boxes::check].into_iter().chain(photos).chain(rest) {
        check(&mut found);
    }
    found.report
}

/// Who has not signed an article that must.
fn signoff(found: &mut Found) {
    for unsigned in found.work.issue.missing_signoff() {
        let article = &found.work.issue.articles[unsigned.article];
        let label = |i: usize| unsigned.roles.iter().map(|role| role.labels[i]).collect::<Vec<_>>();
        let message = words(
            format!("《{}》还没有{}签字", article.plain_title(), label(0).join("、")),
            format!("“{}” lacks the sign-off of: {}", article.plain_title(), label(2).join(", ")),
        );
        let at = if article.span == Span::default() { Place::File(article.file) } else { Place::Source(article.span) };
        found
            .push(Diagnostic::new(Code::PrintSignoff, at, message))
            .also_hint("签字后在文章的 credits 里写上姓名", "once they have signed, write the names under credits");
    }
}

/// The findings so far. What is wrong with a kind of thing is told once, where it is first seen.
struct Found<'a> {
    work: &'a Work<'a>,
    report: Report,
    told: BTreeSet<(Code, String)>,
}

impl<'a> Found<'a> {
    /// Whether this is the first of its kind.
    fn first(&mut self, code: Code, kind: impl Into<String>) -> bool {
        self.told.insert((code, kind.into()))
    }

    /// A finding of what a key of the manifest says, or leaves unsaid.
    fn on_key(&mut self, code: Code, key: &str, message: Words) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, self.work.issue.written.key(key).into(), message))
    }

    /// A finding that `page` is the first to show, of what is written at `span`.
    fn seen_on(&mut self, code: Code, page: &Page, span: Option<Span>, message: Words) -> &mut Diagnostic {
        self.push(match span {
            Some(span) => Diagnostic::at(code, span, message).on_page(&page.label),
            None => Diagnostic::new(code, Place::Page(page.label.clone()), message),
        })
    }

    /// A finding of a line of text: where an article or the manifest says it; what the program says itself, where the key is
    /// that would change it.
    fn on_text(&mut self, code: Code, (page, run): (&Page, &GlyphRun), key: &str, message: Words) -> &mut Diagnostic {
        let written = &self.work.issue.written;
        let made_of = run.node.and_then(|node| self.work.book.tree.source(node));
        let span = made_of.or_else(|| written.text(&run.text)).or_else(|| written.key(key));
        self.seen_on(code, page, span, message)
    }

    /// A finding of a key, on the first page that has what it speaks of.
    fn on_setting(&mut self, code: Code, key: &str, is: impl Fn(&Item) -> bool, message: Words) -> &mut Diagnostic {
        match self.first_with(is) {
            Some(page) => self.seen_on(code, page, self.work.issue.written.key(key), message),
            None => self.on_key(code, key, message),
        }
    }

    /// The first page that holds such an item.
    fn first_with(&self, is: impl Fn(&Item) -> bool) -> Option<&'a Page> {
        self.pages().iter().find(|page| page.items.iter().any(&is))
    }

    /// A finding of a picture, where it is asked for.
    fn on_picture(&mut self, code: Code, (page, picture): (&Page, &Picture), message: Words) -> &mut Diagnostic {
        let written = picture.node.and_then(|node| self.work.book.tree.source(node));
        let span = written.or_else(|| crate::check::written(self.work.issue, picture.photo));
        self.seen_on(code, page, span, message)
    }

    fn push(&mut self, finding: Diagnostic) -> &mut Diagnostic {
        self.report.push(finding);
        self.report.findings.last_mut().expect("just pushed")
    }

    fn pages(&self) -> &'a [Page] {
        &self.work.book.pages
    }
}

/// Where a photo is first asked for: in an article, else in the manifest.
fn written(issue: &Issue, id: PhotoId) -> Option<Span> {
    let mut figures = issue.articles.iter().flat_map(|article| article.figures());
    let figure = figures.find(|figure| figure.photo == id).map(|figure| figure.span);
    figure.or_else(|| in_manifest(issue, id))
}

/// Where the manifest places a picture.
fn in_manifest(issue: &Issue, photo: PhotoId) -> Option<Span> {
    let cover = &issue.cover;
    let covers = [&cover.front, &cover.inside_front, &cover.inside_back, &cover.back, &cover.masthead];
    let mut all = covers.into_iter().flatten().chain(issue.ads.iter().map(|ad| &ad.file));
    all.find(|placed| placed.photo == Some(photo)).map(|placed| placed.span)
}

/// A finding of a node on a page: at its place in the manuscript where it has one.
fn at(code: Code, (book, page): (&Book, &Page), node: Option<NodeId>, message: Words) -> Diagnostic {
    match node.and_then(|node| book.tree.source(node)) {
        Some(span) => Diagnostic::at(code, span, message).on_page(&page.label),
        None => Diagnostic::new(code, Place::Page(page.label.clone()), message),
    }
}
