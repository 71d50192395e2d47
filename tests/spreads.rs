//! Photos to the edges, over two pages, side by side: asked of the book itself.

use qikan::base::{Code, Len, Report};
use qikan::font::Library;
use qikan::page::{Book, Item, Page, Picture};
use qikan::source::Sources;
use qikan::style::Theme;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

const MANIFEST: &str = "[magazine]\ntitle = \"山行\"\n[issue]\nyear = 2026\nnumber = 9\n";

fn jpeg(path: &Path, width: u16, height: u16) {
    let encoder = jpeg_encoder::Encoder::new_file(path, 50).expect("a file");
    let pixels = vec![120; usize::from(width) * usize::from(height)];
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Luma).expect("encodes");
}

/// An issue of these articles; `wide.jpg` is 3 : 1, `photo.jpg` 3 : 2, `tall.jpg` 2 : 3.
fn laid(articles: &[String]) -> (Book, Report) {
    let desk = tempfile::tempdir().expect("a temporary directory");
    for dir in ["articles", "photos"] {
        fs::create_dir(desk.path().join(dir)).expect("a directory");
    }
    fs::write(desk.path().join("issue.toml"), MANIFEST).expect("writes");
    for (i, article) in articles.iter().enumerate() {
        fs::write(desk.path().join(format!("articles/0{i}.md")), article).expect("writes");
    }
    let sizes = [("wide", 3600, 1200), ("photo", 3600, 2400), ("tall", 800, 1200), ("small", 900, 700)];
    for (name, width, height) in sizes.into_iter().chain([("square", 2400, 2400)]) {
        jpeg(&desk.path().join(format!("photos/{name}.jpg")), width, height);
    }
    let (mut sources, mut report) = (Sources::new(desk.path()), Report::default());
    let one = NonZeroUsize::MIN;
    let (issue, spec) =
        qikan::read::issue(desk.path(), None, &mut qikan::read::Shelf::new(one), &mut sources, &mut report)
            .expect("an issue");
    let theme = Theme::fit(&spec, &issue.page, &issue.type_);
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    qikan::layout::book(&issue, &theme, &library, one)
}

fn article(title: &str, before: &str, after: &str, paragraphs: usize) -> String {
    let line = "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了，守门的人点了灯出来。\n\n";
    format!("---\ntitle: {title}\n---\n\n{before}\n\n{}{after}\n\n{line}", line.repeat(paragraphs))
}

fn pictures(page: &Page) -> Vec<&Picture> {
    page.items.iter().filter_map(|item| if let Item::Picture(p) = item { Some(p) } else { None }).collect()
}

/// The two facing pages over which a photo goes: their indices.
fn halves(book: &Book) -> (usize, usize) {
    let with: Vec<usize> = (0..book.pages.len())
        .filter(|i| !book.pages[*i].articles.is_empty() && !pictures(&book.pages[*i]).is_empty())
        .collect();
    let [left, right] = with[..] else { panic!("a photo on two pages, not on {with:?}") };
    (left, right)
}

fn meet_at_the_spine(book: &Book, (left, right): (usize, usize)) {
    let (one, two) = (&book.pages[left], &book.pages[right]);
    assert_eq!((right, one.recto, two.recto), (left + 1, false, true), "facing pages");
    let (a, b) = (pictures(one)[0], pictures(two)[0]);
    let width = book.trim.0;
    assert_eq!((a.frame.right(), b.frame.x), (width, Len::ZERO), "each ends exactly at the spine");
    assert_eq!(a.full.x - width, b.full.x, "one photo, not two");
    assert_eq!((a.frame.x, b.frame.right()), (-book.bleed, width + book.bleed), "and bleeds outside");
    assert_eq!(a.node, b.node, "one figure for who hears the page read");
}

#[test]
fn a_photo_over_two_pages_stands_on_facing_ones_and_meets_at_the_spine() {
    for paragraphs in [2, 60, 90] {
        let photo = "![雪](photos/photo.jpg){.spread}";
        let (book, _) = laid(&[article("山门", "", photo, paragraphs)]);
        meet_at_the_spine(&book, halves(&book));
    }
}

/// A wide photo goes over both pages' heads, and the article's head stands below its left half.
#[test]
fn an_opener_may_go_over_two_pages() {
    for paragraphs in [1, 60] {
        let photo = "![雪](photos/wide.jpg){.spread}";
        let (book, _) = laid(&[article("渡口", "", "", 3), article("山门", photo, "", paragraphs)]);
        let (left, right) = halves(&book);
        meet_at_the_spine(&book, (left, right));
        let page = &book.pages[left];
        let foot = pictures(page)[0].frame.bottom();
        let runs = |page: &Page| -> Vec<(String, Len)> {
            let run = |item: &Item| if let Item::Glyphs(r) = item { Some((r.text.clone(), r.origin.y)) } else { None };
            page.items.iter().filter_map(run).collect()
        };
        assert!(foot < book.trim.1 * 58 / 100, "the photo leaves room");
        assert!(runs(page).iter().any(|(text, y)| text.starts_with("山门") && *y > foot), "the head is below it");
        assert!(runs(&book.pages[right]).iter().all(|(_, y)| *y > foot || *y < Len::ZERO + book.trim.1 / 20));
        assert!(book.pages.iter().all(|p| p.articles != [1] || p.label.parse::<u32>().is_ok()));
    }
}

/// Nothing is cut without a focus: a photo that is to fill its page keeps its proportions, and it is said.
#[test]
fn a_photo_without_a_focus_is_shown_whole() {
    let shown = |attributes: &str| {
        let photo = format!("![雪](photos/photo.jpg){{.full{attributes}}}");
        let (book, report) = laid(&[article("山门", "", &photo, 20)]);
        let page = book.pages.iter().find(|page| !pictures(page).is_empty()).expect("the photo's page");
        let picture = pictures(page)[0].clone();
        let said = report.findings.iter().any(|finding| finding.code == Code::PhotoWhole);
        (picture.frame, picture.full, said, book.trim, book.bleed)
    };
    let (frame, full, said, trim, bleed) = shown("");
    assert_eq!((frame, said), (full, true));
    assert_eq!((frame.x, frame.y, frame.right()), (-bleed, -bleed, trim.0 + bleed), "it bleeds at three edges");
    let (frame, full, said, trim, bleed) = shown(" focus=\"40% 50%\"");
    assert_eq!((frame.bottom(), said), (trim.1 + bleed, false));
    assert!(full.width > frame.width, "it is cut around its focus");
}

/// A pair takes the place of what follows it at once: never of a table or of a photo on a page of its own.
#[test]
fn what_stands_between_two_photos_is_not_lost() {
    let cells = "| 一月的雪 | 二月的风 | 三月的雨 | 四月的花 | 五月的麦 | 六月的蝉 |";
    let table = format!("{cells}\n{}\n{cells}", "|---".repeat(6) + "|");
    let full = "![路](photos/photo.jpg){.full focus=\"50% 50%\"}";
    for (between, photos) in [(table.as_str(), 2), (full, 3)] {
        let text = format!("![雪](photos/small.jpg)\n\n山门。\n\n{between}\n\n![灯](photos/tall.jpg)");
        let (book, _) = laid(&[article("山门", &text, "", 50)]);
        let all: Vec<_> = book.pages.iter().flat_map(pictures).map(|picture| picture.photo).collect();
        let each: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), each.len()), (photos, photos), "each once: {all:?}");
        let runs = book.pages.iter().flat_map(|page| &page.items);
        let text: String = runs.map(|item| if let Item::Glyphs(run) = item { &run.text[..] } else { "" }).collect();
        assert!(!between.starts_with('|') || text.contains("五月的麦"), "the table");
    }
}

fn texts(page: &Page) -> Vec<(String, Len)> {
    let run = |item: &Item| if let Item::Glyphs(r) = item { Some((r.text.clone(), r.origin.y)) } else { None };
    page.items.iter().filter_map(run).collect()
}

/// A square that opens an article and is shown whole leaves no white foot: the head stands above it, the text begins on the
/// next page.
#[test]
fn a_photo_that_leaves_room_for_the_head_has_it_above() {
    let (book, _) = laid(&[article("山门", "![雪](photos/square.jpg){.full}", "", 20)]);
    let at = book.pages.iter().position(|page| !page.articles.is_empty()).expect("the article's first page");
    let frame = pictures(&book.pages[at])[0].frame;
    assert_eq!(
        (frame.x, frame.right(), frame.bottom()),
        (-book.bleed, book.trim.0 + book.bleed, book.trim.1 + book.bleed)
    );
    let title = texts(&book.pages[at]).into_iter().find(|(text, _)| text == "山门").expect("the title");
    assert!(title.1 > Len::ZERO && title.1 < frame.y, "the head is above the photo");
    assert!(texts(&book.pages[at + 1]).iter().any(|(text, _)| text.contains("路的尽头")));
}

/// A photo within an article that would leave half of its page white has the text go on below it.
#[test]
fn text_goes_on_below_a_photo_that_is_shown_whole() {
    let photo = "![雪](photos/photo.jpg){.full}";
    let (book, _) = laid(&[article("山门", "", &format!("{photo}\n\n{}", "山门在路的尽头。\n\n".repeat(90)), 90)]);
    let page = book.pages.iter().find(|page| !page.articles.is_empty() && !pictures(page).is_empty()).expect("a page");
    let foot = pictures(page)[0].frame.bottom();
    let below = texts(page).iter().filter(|(text, y)| text.contains("山门在路") && *y > foot).count();
    assert!(below >= 6, "{below} lines");
}

/// Pictures alone on a page fill it, or none stands alone: however long the text, no half-white page of a photo without text.
#[test]
fn no_photo_stands_alone_on_a_half_white_page() {
    for paragraphs in (10..120).step_by(10) {
        let line = "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了，守门的人点了灯出来。\n\n";
        let text = line.repeat(paragraphs / 2);
        let photos = format!("![雪](photos/photo.jpg){{.span}}\n\n{text}\n\n![灯](photos/photo.jpg)");
        let (book, _) = laid(&[article("山门", &text, &photos, 1)]);
        for page in book.pages.iter().filter(|page| page.articles == [0] && !pictures(page).is_empty()) {
            let lines =
                texts(page).iter().filter(|(text, _)| text.contains("山门在") || text.contains("点了灯")).count();
            assert!(lines > 0, "{paragraphs} paragraphs: a photo alone on page {}", page.label);
        }
    }
}

/// 下转: a head without text under it never sends the reader on; what goes on elsewhere has begun.
#[test]
fn an_article_begins_before_it_is_continued() {
    let line = "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了，守门的人点了灯出来。\n\n";
    let photos = "![雪](photos/photo.jpg){.full}\n\n![灯](photos/wide.jpg){.span}";
    for photos in ["", photos, "![雪](photos/wide.jpg){.spread}"] {
        let summary = "山门。".repeat(60);
        let head = format!("---\ntitle: 山门\nsummary: {summary}\ncontinue_on: 01.md\n---\n\n{photos}\n\n");
        let (book, _) = laid(&[format!("{head}{}", line.repeat(110)), article("渡口", "", "", 3)]);
        let jump = book.pages.iter().position(|p| texts(p).iter().any(|(t, _)| t.contains("下转第"))).expect("a jump");
        let said: usize =
            book.pages[..=jump].iter().flat_map(texts).filter(|(text, _)| text.contains("山门在路")).count();
        assert!(said >= 3, "{said} paragraphs before the jump");
    }
}

/// Two small photos near each other stand side by side, at one height.
#[test]
fn small_photos_near_each_other_are_a_pair() {
    let line = "山门在路的尽头，雪停以后才看得见。";
    let photos = format!("{line}\n\n![雪](photos/small.jpg)\n\n{line}\n\n![灯](photos/tall.jpg)");
    let (book, _) = laid(&[article("山门", &photos, "", 50)]);
    let all: Vec<&Picture> = book.pages.iter().flat_map(pictures).collect();
    let [a, b] = all[..] else { panic!("two photos, not {}", all.len()) };
    assert_eq!((a.frame.y, a.frame.height), (b.frame.y, b.frame.height));
    assert!(a.frame.right() < b.frame.x);
}
