//! Pages made by hand, for what no issue can have wrong with the built-in themes, and pages that have nothing wrong.

use super::{Limits, Work, preflight};
use crate::base::{Ink, Len, Point, Rect, Severity, Swatch};
use crate::color::{FOGRA39, Tables};
use crate::doc::{Binding, Issue};
use crate::font::Library;
use crate::page::{Book, Item, Page, Shape, ShapeKind};
use crate::picture::Darkroom;
use std::num::NonZeroUsize;
use std::path::Path;

fn mm(n: i32) -> Len {
    Len::mm(n * 100)
}

fn rule(thickness: Len, tint: u8) -> Item {
    let (from, to) = (Point { x: mm(20), y: mm(40) }, Point { x: mm(60), y: mm(40) });
    Item::Shape(Shape { kind: ShapeKind::Rule { from, to, thickness }, ink: Ink::BLACK, tint, node: None })
}

fn tint(rect: Rect) -> Item {
    Item::Shape(Shape { kind: ShapeKind::Fill(rect), ink: Ink::BLACK, tint: 20, node: None })
}

/// The findings of one loose page: code and weight.
fn found(items: Vec<Item>) -> Vec<(&'static str, Severity)> {
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let mut issue = Issue::default();
    issue.page.binding = Binding::None;
    let black = Swatch { name: "black".into(), cmyk: [0, 0, 0, 100], rgb: [0, 0, 0], ..Swatch::default() };
    let page = Page { label: "1".into(), recto: true, items, ..Page::default() };
    let book = Book { trim: (mm(210), mm(285)), bleed: mm(3), inks: vec![black], pages: vec![page], ..Book::default() };
    let darkroom = Darkroom { photos: &[], threads: NonZeroUsize::MIN, cache: None };
    let press = Tables::new(FOGRA39).expect("the shipped profile");
    let limits = Limits::default();
    let work = Work { issue: &issue, book: &book, library: &library, darkroom: &darkroom, press: &press, limits };
    preflight(&work).findings.iter().map(|finding| (finding.code.name(), finding.severity)).collect()
}

#[test]
fn rules_are_thick_enough_or_told() {
    assert_eq!(found(vec![rule(Len::pt(25), 100), rule(Len::pt(50), 60)]), []);
    assert_eq!(found(vec![rule(Len::pt(20), 100)]), [("print/hairline", Severity::Error)]);
    assert_eq!(found(vec![rule(Len::pt(40), 60)]), [("print/hairline", Severity::Warning)]);
    assert_eq!(found(vec![rule(Len::pt(20), 100); 5]).len(), 1, "a kind of rule is told once");
}

#[test]
fn what_touches_an_edge_runs_over_it() {
    assert_eq!(found(vec![tint(Rect::new(-mm(3), -mm(3), mm(216), mm(291)))]), []);
    assert_eq!(found(vec![tint(Rect::new(mm(15), mm(20), mm(180), mm(30)))]), []);
    assert_eq!(
        found(vec![tint(Rect::new(mm(150), mm(20), mm(60), mm(30)))]),
        [("print/short-of-bleed", Severity::Error)]
    );
    assert_eq!(
        found(vec![tint(Rect::new(-mm(1), mm(20), mm(60), mm(30)))]),
        [("print/short-of-bleed", Severity::Error)]
    );
}
