//! `qikan plan`: the flat plan (版位表), page by page, and how long each article is.
//!
//! In: an issue and its book. Out: [`Plan`], for a table, for JSON and for the report of a build.

use super::{Outcome, Request, prepare};
use crate::doc::{Article, BlockKind, Inline, Issue, plain_text};
use crate::font::Library;
use crate::page::{Book, Item, PageKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub pages: Vec<PlanPage>,
    pub articles: Vec<PlanArticle>,
    /// Titles of articles that are on hold.
    pub held: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    pub label: String,
    pub kind: PageKind,
    /// Indices into `articles`.
    pub articles: Vec<usize>,
    pub photos: usize,
    pub is_empty: bool,
    pub is_cover: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanArticle {
    pub id: String,
    pub title: String,
    pub section: Option<String>,
    /// Labels of its first and last page.
    pub pages: Option<(String, String)>,
    pub count: usize,
    /// Of text, captions and notes, without blanks.
    pub characters: usize,
    pub photos: usize,
    pub wanted: Option<u16>,
    /// Lines and characters beyond the wanted pages; below zero: missing.
    pub over: Option<(i32, i32)>,
}

/// The flat plan of an issue; None where it can't be laid out.
pub fn plan(request: &Request, library: &Library) -> (Outcome, Option<Plan>) {
    let (outcome, made) = prepare(request, library, &mut |_| {});
    let plan = made.map(|made| of(&made.issue, &made.book));
    (outcome, plan)
}

pub(super) fn of(issue: &Issue, book: &Book) -> Plan {
    let article = |index: usize| {
        let article = &issue.articles[index];
        let on = book.pages.iter().filter(|page| page.articles.contains(&(index as u32)));
        let labels: Vec<&str> = on.map(|page| page.label.as_str()).collect();
        let fit = book.fits.get(index).copied().unwrap_or_default();
        PlanArticle {
            id: article.id.clone(),
            title: article.plain_title(),
            section: issue.section_of(index).map(|section| section.name.clone()),
            pages: labels.first().zip(labels.last()).map(|(a, b)| (a.to_string(), b.to_string())),
            count: labels.len(),
            characters: characters(article),
            photos: photos(article),
            wanted: fit.wanted,
            over: fit.over.map(|lines| (lines, fit.characters(lines))),
        }
    };
    let page = |page: &crate::page::Page| {
        let pictures = page.items.iter().filter(|item| matches!(item, Item::Picture(_)));
        PlanPage {
            label: page.label.clone(),
            kind: page.kind,
            articles: page.articles.iter().map(|a| *a as usize).collect(),
            photos: pictures.count(),
            is_empty: page.kind == PageKind::Pad || page.items.is_empty(),
            is_cover: page.kind == PageKind::Cover,
        }
    };
    Plan {
        pages: book.pages.iter().map(page).collect(),
        articles: (0..issue.articles.len()).map(article).collect(),
        held: issue.held.clone(),
    }
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').count()
}

fn characters(article: &Article) -> usize {
    let head =
        [Some(&article.title), article.subtitle.as_ref(), article.summary.as_ref(), article.editors_note.as_ref()];
    let mut sum: usize = head.into_iter().flatten().map(|text| count(text)).sum();
    let text = |inlines: &[Inline]| count(&plain_text(inlines));
    article.walk(&mut |block| {
        sum += block.texts().iter().map(|inlines| text(inlines)).sum::<usize>();
        if let BlockKind::Code { lines } = &block.kind {
            sum += lines.iter().map(|line| count(line)).sum::<usize>();
        }
    });
    sum
}

fn photos(article: &Article) -> usize {
    let mut found = BTreeSet::new();
    article.walk(&mut |block| {
        if let BlockKind::Figures { figures, .. } = &block.kind {
            found.extend(figures.iter().map(|figure| figure.photo));
        }
    });
    found.len()
}

impl Plan {
    /// The same for programs.
    pub fn json(&self) -> Value {
        let pages = self.pages.iter().map(|page| {
            json!({
                "label": page.label,
                "kind": kind(page.kind),
                "articles": page.articles.iter().map(|i| self.articles[*i].id.as_str()).collect::<Vec<_>>(),
                "photos": page.photos,
                "empty": page.is_empty,
            })
        });
        let articles = self.articles.iter().map(|article| {
            json!({
                "id": article.id,
                "title": article.title,
                "section": article.section,
                "first_page": article.pages.as_ref().map(|p| &p.0),
                "last_page": article.pages.as_ref().map(|p| &p.1),
                "pages": article.count,
                "characters": article.characters,
                "photos": article.photos,
                "wanted_pages": article.wanted,
                "over_lines": article.over.map(|o| o.0),
                "over_characters": article.over.map(|o| o.1),
            })
        });
        json!({ "pages": pages.collect::<Vec<_>>(), "articles": articles.collect::<Vec<_>>(), "held": self.held })
    }
}

const fn kind(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Cover => "cover",
        PageKind::Inside => "inside",
        PageKind::Pad => "pad",
    }
}
