//! Every built-in theme on every common page, with the sample issues: nothing outside the type area, nothing over anything
//! else, nothing lost, the grid kept, every photo and caption once.

use crate::base::{Code, Len, Orientation, Rect, Report};
use crate::doc::{BlockKind, Inline, Issue, PageSetup, PhotoId};
use crate::font::Library;
use crate::layout;
use crate::page::{Book, GlyphRun, Item, NodeId, Page, PageKind, Role};
use crate::read;
use crate::source::Sources;
use crate::style::{BUILTIN, Spec, Theme};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const TRIMS: [(i32, i32); 4] = [(210, 297), (210, 285), (185, 260), (148, 210)];

fn library() -> Library {
    Library::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).expect("the shipped fonts")
}

/// An issue with a theme's layer over its own.
fn open(dir: &Path) -> (Issue, Sources) {
    let (mut sources, mut report) = (Sources::new(dir), Report::default());
    let (issue, _) = read::issue(dir, None, NonZeroUsize::MIN, &mut sources, &mut report).expect("an issue");
    assert!(!report.has_errors(), "{}: {:?}", dir.display(), report.findings);
    (issue, sources)
}

fn theme(name: &str) -> Spec {
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join("issue.toml"), format!("theme = \"{name}\"\n[magazine]\ntitle = \"刊\"\n")).unwrap();
    std::fs::write(dir.path().join("a.md"), "文。\n").unwrap();
    let (mut sources, mut report) = (Sources::new(dir.path()), Report::default());
    read::issue(dir.path(), None, NonZeroUsize::MIN, &mut sources, &mut report).expect("an issue").1
}

fn of_project(dir: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)
}

/// All themes × all pages, each book looked at by `judge`.
fn each(dir: &Path, judge: impl Fn(&str, &Issue, &Book, &Report)) {
    each_on(&TRIMS, dir, judge);
}

fn each_on(trims: &[(i32, i32)], dir: &Path, judge: impl Fn(&str, &Issue, &Book, &Report)) {
    let (issue, library) = (open(dir).0, library());
    for name in BUILTIN.map(|b| b.name) {
        let spec = theme(name);
        for &(w, h) in trims {
            let trim = (Len::mm(w * 100), Len::mm(h * 100));
            let page = PageSetup { trim, columns: None, margins: None, baseline: None, ..issue.page.clone() };
            let issue = Issue { page, ..issue.clone() };
            let theme = Theme::fit(&spec, &issue.page, &issue.type_);
            let (book, report) = layout::book(&issue, &theme, &library, NonZeroUsize::MIN);
            judge(&format!("{name} {w}×{h}"), &issue, &book, &report);
        }
    }
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    })
}

/// The em boxes of a run's glyphs.
fn ink(run: &GlyphRun) -> Rect {
    let last = run.glyphs.last().map_or(Len::ZERO, |g| g.x);
    match run.orientation {
        Orientation::Horizontal => {
            Rect::new(run.origin.x, run.origin.y - run.size * 7 / 8, last + run.size / 2, run.size)
        }
        Orientation::Sideways => Rect::new(run.origin.x - run.size / 8, run.origin.y, run.size, last + run.size / 2),
        _ => Rect::new(run.origin.x - run.size / 2, run.origin.y, run.size, last + run.size / 2),
    }
}

/// Where its line stands among the lines.
fn across(run: &GlyphRun) -> Len {
    if run.orientation == Orientation::Horizontal { run.origin.y } else { run.origin.x }
}

fn over(a: Rect, b: Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

/// Smaller by a quarter at both sides of its line: lines of Latin descenders may come near each other.
fn core(run: &GlyphRun) -> Rect {
    let r = ink(run);
    match run.orientation {
        Orientation::Horizontal => Rect::new(r.x, r.y + r.height / 4, r.width, r.height / 2),
        _ => Rect::new(r.x + r.width / 4, r.y, r.width / 2, r.height),
    }
}

fn inside(what: &str, book: &Book) {
    for page in book.pages.iter().filter(|p| p.kind == PageKind::Inside) {
        let Some(area) = &page.area else { continue };
        let (left, right) = (area.frame.x - Len::pt(600), area.frame.right() + Len::pt(1300));
        for run in runs(page).filter(|r| r.node.is_some()) {
            let r = ink(run);
            let (top, bottom) = (area.frame.y - Len::pt(1200), area.frame.bottom() + Len::pt(1200));
            let fits = r.x >= left && r.right() <= right && r.bottom() <= bottom && (!area.vertical || r.y >= top);
            assert!(fits, "{what}: page {} “{}” leaves the type area", page.label, run.text);
        }
    }
}

fn apart(what: &str, book: &Book) {
    for page in &book.pages {
        let lines: Vec<(&GlyphRun, Rect)> = runs(page).map(|r| (r, core(r))).collect();
        for (i, (a, at)) in lines.iter().enumerate() {
            let hit = lines[i + 1..].iter().find(|(b, r)| across(a) != across(b) && over(*at, *r));
            // Raised marks stand over the line they belong to.
            let hit = hit.filter(|(b, _)| (across(a) - across(b)).abs() > a.size.max(b.size) / 2);
            assert!(hit.is_none(), "{what}: page {} “{}” over “{}”", page.label, a.text, hit.unwrap().0.text);
        }
        let pictures = page.items.iter().filter_map(|item| match item {
            Item::Picture(picture) => Some(picture.frame),
            _ => None,
        });
        let whole = |r: &Rect| r.width >= book.trim.0 && r.height >= book.trim.1;
        for frame in pictures.filter(|r| !whole(r)) {
            let hit = lines.iter().find(|(_, r)| over(*r, frame));
            assert!(hit.is_none(), "{what}: page {} “{}” on a picture", page.label, hit.unwrap().0.text);
        }
    }
}

/// R10.1: lines of body text stand on the page's baselines.
fn on_grid(what: &str, book: &Book, body: Len) {
    for page in &book.pages {
        let Some(area) = &page.area else { continue };
        let listed = |n: NodeId| book.tree.node(n).parent.is_some_and(|p| book.tree.node(p).role == Role::TocItem);
        let is_text = |n: NodeId| book.tree.node(n).role == Role::Paragraph && !listed(n);
        // Turned glyphs of a vertical line stand on a baseline of their own.
        let upright = |r: &&GlyphRun| !area.vertical || r.orientation == Orientation::Upright;
        for run in runs(page).filter(|r| r.size == body && r.node.is_some_and(is_text)).filter(upright) {
            let at = if area.vertical { run.origin.x } else { run.origin.y };
            let near = area.baselines.iter().any(|line| (*line - at).abs() <= Len::pt(5));
            let raised = area.baselines.iter().any(|line| (*line - at).abs() < body / 2);
            assert!(near || !raised, "{what}: page {} “{}” is off the grid", page.label, run.text);
        }
    }
}

fn count(into: &mut BTreeMap<char, i64>, text: &str, by: i64) {
    text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *into.entry(c).or_default() += by);
}

/// Every letter of every article's text and captions is on a page.
fn nothing_lost(what: &str, issue: &Issue, book: &Book) {
    let mut letters = BTreeMap::new();
    book.pages.iter().flat_map(runs).for_each(|run| count(&mut letters, &run.text, 1));
    let inline = |letters: &mut BTreeMap<char, i64>, text: &[Inline]| count(letters, &crate::doc::plain_text(text), -1);
    for article in &issue.articles {
        count(&mut letters, &article.title, -1);
        article.walk(&mut |block| block.texts().iter().for_each(|text| inline(&mut letters, text)));
    }
    let lost: String = letters.iter().filter(|(_, n)| **n < 0).map(|(c, _)| *c).collect();
    assert_eq!(lost, "", "{what}");
}

fn photos_once(what: &str, issue: &Issue, book: &Book) {
    let mut wanted: BTreeMap<PhotoId, i64> = BTreeMap::new();
    for article in &issue.articles {
        article.walk(&mut |block| {
            if let BlockKind::Figures { figures, .. } = &block.kind {
                figures.iter().for_each(|f| *wanted.entry(f.photo).or_default() += 1);
            }
        });
    }
    let contents = |node: NodeId| {
        let parent = book.tree.node(node).parent;
        parent.is_some_and(|p| book.tree.node(p).children.iter().any(|c| book.tree.node(*c).role == Role::Toc))
    };
    let inside = book.pages.iter().filter(|p| p.kind == PageKind::Inside).flat_map(|p| &p.items);
    for item in inside {
        if let Item::Picture(picture) = item
            && !picture.node.is_some_and(contents)
        {
            *wanted.entry(picture.photo).or_default() -= 1;
        }
    }
    let wrong: Vec<_> = wanted.iter().filter(|(_, n)| **n != 0).collect();
    assert!(wrong.is_empty(), "{what}: {wrong:?}");
}

fn judge(what: &str, issue: &Issue, book: &Book, report: &Report) {
    let of = |code: Code| report.findings.iter().filter(|f| f.code == code).map(|f| f.message.en.clone()).collect();
    let off: Vec<String> = of(Code::LayoutOffPage);
    assert_eq!(off, Vec::<String>::new(), "{what}");
    inside(what, book);
    apart(what, book);
    nothing_lost(what, issue, book);
    photos_once(what, issue, book);
    contents_are_full(what, book);
}

/// Contents take one page, or two that are about as full as each other; on small pages three at most.
fn contents_are_full(what: &str, book: &Book) {
    let listed = |n: NodeId| {
        std::iter::successors(Some(n), |n| book.tree.node(*n).parent).any(|n| book.tree.node(n).role == Role::Toc)
    };
    let foot = |page: &Page| runs(page).filter(|r| r.node.is_some_and(listed)).map(|r| r.origin.y).max();
    let area = |page: &Page| page.area.as_ref().map_or(Len::ZERO, |area| area.frame.height);
    let feet: Vec<(Len, Len)> = book.pages.iter().filter_map(|page| Some((foot(page)?, area(page)))).collect();
    assert!(feet.len() <= if book.trim.0 < Len::mm(16000) { 3 } else { 2 }, "{what}: {} pages of contents", feet.len());
    if let [(first, height), (second, _)] = feet[..] {
        assert!((first - second).abs() * 4 <= height, "{what}: contents end at {first} and {second} of {height}");
    }
}

/// The photos that the rough manuscript names, from a few pixels to more than a press can use.
const ROUGH: [(&str, u16, u16); 7] = [
    ("tiny.png", 24, 24),
    ("icon.jpg", 64, 64),
    ("small.jpg", 300, 180),
    ("huge.jpg", 6000, 4000),
    ("banner.jpg", 4000, 220),
    ("tower.jpg", 260, 3600),
    ("normal.jpg", 1800, 1200),
];

/// A manuscript that nobody has tidied holds too, in every theme, and the editor is told.
#[test]
fn a_rough_manuscript_holds_in_every_theme() {
    let desk = tempfile::tempdir().expect("a directory");
    let put = |name: &str, bytes: &[u8]| {
        let path = desk.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    put("issue.toml", include_bytes!("../../tests/rough/issue.toml"));
    put("articles/01.md", include_bytes!("../../tests/rough/articles/01.md"));
    for (name, width, height) in ROUGH {
        let pixels = vec![128; usize::from(width) * usize::from(height)];
        let mut bytes = vec![];
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 50);
        encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Luma).unwrap();
        put(&format!("photos/{name}"), &bytes);
    }
    each_on(&[TRIMS[1], TRIMS[3]], desk.path(), |what, issue, book, report| {
        judge(what, issue, book, report);
        let said = |code: Code| report.findings.iter().any(|f| f.code == code);
        assert!(!said(Code::LayoutOverflow), "{what}");
        assert!(said(Code::TextForcedBreak) || said(Code::TextLooseLine), "{what}: the editor is told");
    });
}

#[test]
fn the_sample_holds_in_every_theme_on_every_page() {
    each(&of_project("samples/shanxing-2026-09"), judge);
}

#[test]
fn the_vertical_sample_holds_in_every_theme_on_every_page() {
    each(&of_project("samples/chuiliu-vertical"), judge);
}

#[test]
fn the_smallest_issue_holds_in_every_theme_on_every_page() {
    each(&of_project("samples/minimal"), judge);
}

#[test]
fn body_text_is_on_the_grid_in_every_theme() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shanxing-2026-09");
    let (issue, library) = (open(&dir).0, library());
    for name in BUILTIN.map(|b| b.name) {
        let theme = Theme::fit(&theme(name), &PageSetup { columns: None, ..issue.page.clone() }, &issue.type_);
        let (book, _) = layout::book(&issue, &theme, &library, NonZeroUsize::MIN);
        on_grid(name, &book, theme.roles.body.size);
    }
}
