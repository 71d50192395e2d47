//! `qikan diff OLD NEW` (核红): what changed between two states of an issue.
//!
//! In: two issues laid out. Out: [`Changes`]: words by paragraph, with the page and line where they stand in each; photos;
//! where articles moved. Text is compared by its place in the structure, so that a paragraph which merely flowed to another
//! line or page is no change.

mod text;
mod views;

use super::output::{Made, put_all};
use super::{Outcome, Request, Stage, prepare};
use crate::base::words;
use crate::base::{Code, Diagnostic, Place, Report};
use crate::font::Library;
use crate::page::Item;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A line of a page: `3`, column 2, line 12.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Index into the book's pages.
    pub page: usize,
    pub label: String,
    /// From 1; None outside the type area's columns.
    pub column: Option<usize>,
    /// Line of the grid, from 1.
    pub line: Option<usize>,
}

/// Words that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewording {
    pub old: Option<Spot>,
    pub new: Option<Spot>,
    /// What went and what came; one of them may be empty. Both the same: it moved.
    pub gone: String,
    pub come: String,
    /// A few characters before and behind.
    pub around: (String, String),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub words: Vec<Rewording>,
    /// Names of photos, and the labels of the pages they are gone from and have come to.
    pub photos: Vec<(String, Vec<String>, Vec<String>)>,
    /// Titles of articles, with their pages then and now.
    pub moved: Vec<(String, String, String)>,
    pub pages: (usize, usize),
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.photos.is_empty() && self.moved.is_empty() && self.pages.0 == self.pages.1
    }
}

/// Both states, and the files that show them: old and new page side by side, what changed marked.
pub struct Compared {
    pub old: Outcome,
    pub new: Outcome,
    pub changes: Option<Changes>,
}

/// Compares two issue directories. Pictures go to `request.out`.
pub fn diff(old: &Request, new: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> Compared {
    let (old_outcome, before) = prepare(old, library, progress);
    let (mut new_outcome, after) = prepare(new, library, progress);
    let Some((before, after)) = before.zip(after) else {
        return Compared { old: old_outcome, new: new_outcome, changes: None };
    };
    let (old_text, new_text) = (text::Text::of(&before.book), text::Text::of(&after.book));
    let marked = text::compare(&old_text, &new_text, (&before.book, &after.book));
    let changes = Changes {
        words: marked.words.clone(),
        photos: photos(&before, &after),
        moved: moved(&before, &after),
        pages: (before.book.pages.len(), after.book.pages.len()),
    };
    progress(Stage::Write(super::Format::Proof));
    match views::draw((&before, &after), &marked, new).and_then(put_all) {
        Ok(files) => new_outcome.files = files,
        Err((path, error)) => new_outcome.report.push(error.into_diagnostic(&path)),
    }
    Compared { old: old_outcome, new: new_outcome, changes: Some(changes) }
}

/// Photos whose pages differ, by the hash of their bytes.
fn photos(old: &Made, new: &Made) -> Vec<(String, Vec<String>, Vec<String>)> {
    let placed = |Made { issue, book, .. }: &Made| {
        let mut found: BTreeMap<[u8; 32], (String, Vec<String>)> = BTreeMap::new();
        for page in &book.pages {
            for item in &page.items {
                let Item::Picture(picture) = item else { continue };
                let Some(photo) = issue.photos.get(picture.photo.0 as usize) else { continue };
                found.entry(photo.hash).or_insert_with(|| (photo.name.clone(), vec![])).1.push(page.label.clone());
            }
        }
        found
    };
    let (before, mut after) = (placed(old), placed(new));
    let mut changed = vec![];
    for (hash, (name, pages)) in before {
        let now = after.remove(&hash).map(|(_, pages)| pages).unwrap_or_default();
        if now != pages {
            changed.push((name, pages, now));
        }
    }
    changed.extend(after.into_values().map(|(name, pages)| (name, vec![], pages)));
    changed.sort();
    changed
}

/// Articles that stand on other pages than before, known by their ids.
fn moved(old: &Made, new: &Made) -> Vec<(String, String, String)> {
    let pages = |Made { issue, book, .. }: &Made| -> BTreeMap<String, (String, String)> {
        let plan = super::plan::of(issue, book);
        let range = |p: Option<(String, String)>| match p {
            Some((a, b)) if a == b => a,
            Some((a, b)) => format!("{a}–{b}"),
            None => "—".into(),
        };
        plan.articles.into_iter().map(|article| (article.id, (article.title, range(article.pages)))).collect()
    };
    let (before, after) = (pages(old), pages(new));
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let at =
        |side: &BTreeMap<String, (String, String)>, id: &String| side.get(id).map_or("—".into(), |a| a.1.clone());
    let title = |id: &String| after.get(id).or(before.get(id)).map(|a| a.0.clone()).unwrap_or_default();
    ids.into_iter().map(|id| (title(id), at(&before, id), at(&after, id))).filter(|(_, a, b)| a != b).collect()
}

/// Where an old and a new directory are the same there is nothing to compare.
pub fn same_place(old: &PathBuf, new: &PathBuf) -> Option<Report> {
    let whole = |dir: &PathBuf| std::fs::canonicalize(dir).ok();
    (whole(old)? == whole(new)?).then(|| {
        let message = words("新旧两个目录是同一个", "old and new are the same directory");
        let finding = Diagnostic::new(Code::IssueUnreadable, Place::Issue, message);
        let hint = ("改稿之前先把目录复制一份", "copy the directory before the manuscripts are changed");
        Report { findings: vec![finding.hint(hint.0, hint.1)] }
    })
}
