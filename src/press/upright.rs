//! Vertical issues as a whole: what clreq says of their pages, looked at on finished books.

use crate::base::{Len, Orientation, Report};
use crate::font::Library;
use crate::layout;
use crate::page::{Book, GlyphRun, Item, NodeId, Page, PageKind, Role, Shape, ShapeKind};
use crate::read::{self, Shelf};
use crate::source::Sources;
use crate::style::Theme;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;

/// The book of one article, vertical on A5 in `zhi`.
fn book(lang: &str, article: &str) -> Book {
    let dir = tempfile::tempdir().expect("a directory");
    let magazine = format!("[magazine]\ntitle = \"垂柳\"\nlang = \"{lang}\"\nprofile = \"zine\"\n");
    let manifest = format!("theme = \"zhi\"\n{magazine}[page]\nwriting = \"vertical\"\ntrim = \"A5\"\n");
    std::fs::write(dir.path().join("issue.toml"), manifest).expect("written");
    std::fs::write(dir.path().join("01.md"), format!("---\ntitle: 題\n---\n\n{article}\n")).expect("written");
    let (mut sources, mut report) = (Sources::new(dir.path()), Report::default());
    let (issue, spec) =
        read::issue(dir.path(), None, &mut Shelf::new(NonZeroUsize::MIN), &mut sources, &mut report).expect("an issue");
    assert!(!report.has_errors(), "{:?}", report.findings);
    let library = Library::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).expect("the shipped fonts");
    let theme = Theme::fit(&spec, &issue.page, &issue.type_);
    layout::book(&issue, &theme, &library, NonZeroUsize::MIN).0
}

/// The pages that have the article's text.
fn pages(book: &Book) -> Vec<&Page> {
    book.pages.iter().filter(|p| p.kind == PageKind::Inside && !p.articles.is_empty()).collect()
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| if let Item::Glyphs(run) = item { Some(run) } else { None })
}

fn shapes(page: &Page) -> impl Iterator<Item = &Shape> {
    page.items.iter().filter_map(|item| if let Item::Shape(shape) = item { Some(shape) } else { None })
}

/// The tiers and the lines, from the right, that paragraphs take of a page.
fn places(book: &Book, page: &Page) -> BTreeSet<(usize, usize)> {
    let area = page.area.as_ref().expect("a page of text");
    let of_text = |n: NodeId| book.tree.node(n).role == Role::Paragraph;
    let place = |run: &GlyphRun| {
        let tier = area.columns.iter().position(|c| (c.y..c.bottom()).contains(&run.origin.y))?;
        let line = area.baselines.iter().position(|x| (*x - run.origin.x).abs() < Len::pt(10))?;
        Some((tier, line))
    };
    let upright = |r: &&GlyphRun| r.orientation == Orientation::Upright && r.node.is_some_and(of_text);
    runs(page).filter(upright).filter_map(place).collect()
}

fn lines(book: &Book, page: &Page, tier: usize) -> usize {
    places(book, page).into_iter().filter(|(t, _)| *t == tier).count()
}

/// CL-02 (clreq §Major Differences (e)): tiers are filled one after the other, the last page's too.
#[test]
fn tiers_are_filled_and_never_levelled() {
    let article: Vec<String> = (0..20).map(|_| "水邊的人，等一班船。".to_string()).collect();
    let book = book("zh-Hant", &article.join("\n\n"));
    let pages = pages(&book);
    let (first, second) = (lines(&book, pages[0], 0), lines(&book, pages[0], 1));
    let rows = pages[0].area.as_ref().expect("an area").baselines.len();
    let head = places(&book, pages[0]).iter().map(|(_, line)| *line).min().expect("text");
    assert_eq!(first, rows - head, "the first is full");
    assert!(second == 20 - first && second < first, "{first} and {second}");
}

/// VT-12 (clreq §Basic Elements of Page Formatting): bound at the right, the first page a left-hand one.
#[test]
fn a_vertical_issue_is_bound_at_the_right() {
    let book = book("zh-Hant", "水邊的人。");
    assert!(book.meta.right_to_left);
    let first = book.pages.iter().find(|p| p.label == "1").expect("page 1");
    assert!(!first.recto);
}

/// EM-05 (clreq §Handling Interlinear Punctuation): marks and readings between lines move none of them.
#[test]
fn lines_keep_their_pitch() {
    let plain = "渡口有一棵柳樹，鎮上的人叫它「望婆」，對岸的人叫它「拴馬」，船家叫它「到了」。";
    let marked = plain.replace("柳樹", "[柳樹]{.name}").replace("望婆", "[望婆]{.dots}").replace("船", "{船|ㄔㄨㄢˊ}");
    let (plain, marked) = (book("zh-Hant", &plain.repeat(4)), book("zh-Hant", &marked.repeat(4)));
    assert_eq!(places(&plain, pages(&plain)[0]), places(&marked, pages(&marked)[0]));
    assert!(shapes(pages(&marked)[0]).any(|s| matches!(s.kind, ShapeKind::Dot { .. })));
}

/// EM-07: emphasis of Han is no slanted glyph; what is turned or narrowed is Latin and numbers alone.
#[test]
fn emphasis_is_not_slanted() {
    let book = book("zh-Hant", "這是*強調*的話。");
    let run = runs(pages(&book)[0]).find(|r| r.text.contains('強')).expect("the word");
    assert_eq!(run.orientation, Orientation::Upright);
}

/// 00: a stanza is not divided while a tier that ends some lines short avoids it.
#[test]
fn stanzas_are_kept_whole() {
    let stanza = "雨下到一半停住了，\n像一個人說話，\n忽然想起\n鍋裡的粥。";
    let verse = format!("::: verse\n{}\n:::", [stanza; 9].join("\n\n"));
    let book = book("zh-Hant", &verse);
    for page in pages(&book) {
        for tier in 0..2 {
            assert_eq!(lines(&book, page, tier) % 4, 0, "page {}, tier {tier}", page.label);
        }
    }
}

/// VT-10 (clreq §Sizes and positions): 。 is in the middle of its em in Taiwan and Hong Kong, at the upper right on the mainland.
#[test]
fn stops_stand_where_their_region_has_them() {
    let stop = |lang: &str| {
        let book = book(lang, "好。好");
        let run = runs(pages(&book)[0]).find(|r| r.text.contains('。')).cloned().expect("the text");
        run.glyphs[1].id
    };
    let [tw, hk, cn] = ["zh-Hant", "zh-Hant-HK", "zh-Hans"].map(stop);
    assert!(tw != cn && hk != cn, "{tw} {hk} {cn}");
}
