//! `[lock]`: pages that are at the printer's must stay as they were handed over.
//!
//! In: the book and the record that the hand-over wrote, a digest a page. Out: an error for each page that is another now.

use super::handover;
use super::output::Made;
use super::select::select;
use crate::base::{Code, Diagnostic, Report, words};
use crate::doc::Lock;
use crate::page::{Book, Item, Page};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The record's name in `handover/`.
pub const RECORD: &str = "pages.sha256";

/// A line a page: its digest and its label.
pub fn record(made: &Made) -> String {
    let mut out = String::new();
    for page in &made.book.pages {
        let _ = writeln!(out, "{}  {}", digest(page, made), page.label);
    }
    out
}

/// Compares the locked pages with what was handed over into `out`.
pub fn check(out: &Path, made: &Made, report: &mut Report) {
    let Some(lock) = &made.issue.lock else { return };
    let pages = locked(&made.book, lock, report);
    let Ok(record) = fs::read_to_string(handover::home(out, &made.issue).join(RECORD)) else {
        let message = words("锁了页，却没有交付记录可比", "pages are locked, but there is no record of a hand-over");
        let mut finding = Diagnostic::at(Code::PrintLocked, lock.span, message);
        finding.severity = crate::base::Severity::Warning;
        report.push(
            finding.hint("先 qikan build --final 交付一次，再锁页", "hand over once by qikan build --final, then lock"),
        );
        return;
    };
    let before = |label: &str| record.lines().find_map(|line| line.strip_suffix(label)?.strip_suffix("  "));
    for page in pages {
        let label = &page.label;
        if before(label).is_some_and(|digest_then| digest_then == digest(page, made)) {
            continue;
        }
        let message = words(format!("第 {label} 页已锁定，却变了"), format!("page {label} is locked and has changed"));
        report.push(Diagnostic::at(Code::PrintLocked, lock.span, message).on_page(label).hint(
            "还原改动；确要改，先从 [lock] 里去掉这页，用 --pages 重出",
            "undo the change; if it must be, take the page out of [lock] and write it anew with --pages",
        ));
    }
}

/// A page that is no longer there has changed more than any.
fn locked<'b>(book: &'b Book, lock: &Lock, report: &mut Report) -> Vec<&'b Page> {
    let mut pages = vec![];
    for word in &lock.pages {
        match select(book, word) {
            Ok(numbers) => pages.extend(numbers.into_iter().map(|i| &book.pages[i])),
            Err(word) => report.push(gone(book, lock, &word)),
        }
    }
    pages
}

fn gone(book: &Book, lock: &Lock, word: &str) -> Diagnostic {
    let message = words(
        format!("锁定的第 {word} 页不在这一期里"),
        format!("page {word} is locked, and the issue doesn't have it"),
    );
    let label = |page: Option<&Page>| page.map_or(String::new(), |page| page.label.clone());
    let (first, last) = (label(book.pages.first()), label(book.pages.last()));
    Diagnostic::at(Code::PrintLocked, lock.span, message).hint(
        format!("现在的页是 {first} … {last}；改正 [lock]，或还原删掉的内容"),
        format!("there are {first} … {last}: correct [lock], or undo what took the page away"),
    )
}

/// Of everything that is printed on a page, whatever its numbers in the issue are.
fn digest(page: &Page, made: &Made) -> String {
    let mut text = String::new();
    for item in &page.items {
        let _ = match item {
            Item::Glyphs(run) => {
                let face = &made.library.face(run.face).postscript_name;
                write!(text, "{face} {:?} {:?} {:?} {:?}", run.size, run.ink, run.origin, run.glyphs)
            }
            Item::Picture(p) => {
                let hash = made.issue.photo(p.photo).hash;
                write!(text, "{hash:?} {:?} {:?}", p.frame, p.full)
            }
            Item::Shape(s) => write!(text, "{:?} {:?} {}", s.kind, s.ink, s.tint),
            Item::Link(_) => Ok(()),
        };
        text.push('\n');
    }
    Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
