//! Issues at the limits: very long articles, very large and broken photos, hostile fields.

use super::archive::*;
use super::fixture::*;
use crate::base::{BlockId, Len, Pos};
use crate::doc::*;
use crate::page::{Book, PageKind};
use crate::write::epub::Error;
use std::io::Cursor;

/// 《台灣 EPUB 3 製作指引》: documents of 256 KB at most.
const MOST: usize = 256 * 1024;

/// A paragraph of text with four notes.
fn noted(id: u32) -> Block {
    let note = |n: u32| Inline::Note { note: (id * 4 + n) as usize, span: span() };
    para(id, vec![text(LONG), note(0), text("；"), note(1), text(LONG), note(2), text("，"), note(3), text("。")])
}

/// 500 paragraphs, 2,000 notes, a heading of a lower level now and then.
fn treatise() -> Article {
    let mut blocks: Vec<Block> = (0..500).map(noted).collect();
    blocks[100].kind = BlockKind::Heading { level: 2, text: vec![text("卷二")], anchor: None };
    blocks[400].kind = BlockKind::Heading { level: 3, text: vec![text("附录")], anchor: None };
    // The first note again, from far away.
    if let BlockKind::Para { text } = &mut blocks[480].kind {
        text.push(Inline::Note { note: 0, span: span() });
    }
    let notes = (0..2000)
        .map(|n| Note {
            blocks: vec![para(
                1000 + n,
                vec![text(&format!("第{n}条注：见《县志》卷{n}，民国二十四年刻本，叶十二下。"))],
            )],
            span: span(),
        })
        .collect();
    Article { id: "long".into(), title: "长".repeat(300), blocks, notes, ..Article::default() }
}

/// Two articles, the second with a link into the first one's end; a page every tenth paragraph.
fn issue_of_notes() -> (Issue, Book) {
    let mut treatise = treatise();
    treatise.anchors = [("end".to_string(), 499), ("note".to_string(), 2900)].into();
    let links = vec![link("末段", "long.md#end"), text("、"), link("注", "long.md#note")];
    let second =
        Article { id: "02".into(), title: "短文".into(), blocks: vec![para(0, links)], ..Article::default() };
    let pages = (0..50).map(|i| page(&(i + 1).to_string(), PageKind::Inside, Some((0, i * 10, u32::from(i > 0) * 7))));
    let book = Book { pages: pages.collect(), ..Book::default() };
    let mut issue = Issue { articles: vec![treatise, second], slug: "long".into(), ..Issue::default() };
    issue.magazine.title = "山行".into();
    issue.epub.fonts = EpubFonts::None;
    (issue, book)
}

#[test]
fn a_long_article_is_cut_and_its_links_notes_and_pages_stay_right() {
    let (issue, book) = issue_of_notes();
    let epub = written("long", &issue, &book);
    assert_sound(&epub);
    let texts = texts(&epub);
    let parts: Vec<&String> = texts.keys().filter(|name| name.contains("a01-long")).collect();
    assert!(parts.len() > 2, "{parts:?}");
    assert!(
        texts.values().all(|xhtml| xhtml.len() <= MOST),
        "{:?}",
        texts.values().map(String::len).collect::<Vec<_>>()
    );
    let further = (2..=parts.len()).map(|n| format!("OEBPS/a01-long-{n}.xhtml"));
    let order = std::iter::once("OEBPS/a01-long.xhtml".to_string()).chain(further);
    let whole: String = order.map(|name| reading(&texts[&name])).collect();
    let labels: Vec<&str> = whole.split('|').skip(1).step_by(2).collect();
    assert_eq!(labels, book.pages.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(), "each page once, in order");
    let after = LONG.chars().skip(7).take(10).collect::<String>();
    assert_eq!(whole.matches(&format!("|{after}")).count(), 47, "pages begin in the middle, but those with headings");
    assert_eq!(whole.matches("条注：").count(), 2000);
    assert_eq!(whole.matches(LONG).count() + 47, 498 * 2, "no paragraph is lost; pages cut some");
}

/// Readers show a note in a popup where it stands in the document of its mark (Kobo, KOReader).
#[test]
fn a_note_stands_in_the_document_that_first_refers_to_it() {
    let (issue, book) = issue_of_notes();
    let texts = texts(&written("long", &issue, &book));
    let mut elsewhere = vec![];
    for (name, xhtml) in texts.iter().filter(|t| t.0.contains("a01-long")) {
        tags(xhtml, |s| {
            let href = value(s, "href").filter(|_| value(s, "role").as_deref() == Some("doc-noteref"));
            elsewhere.extend(href.filter(|href| !href.starts_with('#')).map(|href| (name.clone(), href)));
        });
    }
    assert_eq!(elsewhere.len(), 1, "{elsewhere:?}");
    assert_eq!(elsewhere[0].1, "a01-long.xhtml#n1", "the one that is referred to again");
}

fn failing(change: impl FnOnce(&mut Photo)) -> Error {
    let dir = tempfile::tempdir().expect("a directory");
    let mut issue = issue(dir.path());
    change(&mut issue.photos[0]);
    let out = Cursor::new(vec![]);
    super::super::epub(&issue, &book(), library(), &darkroom(&issue), out).map(|_| ()).expect_err("no picture")
}

#[test]
fn a_broken_webp_is_named() {
    let error = failing(|photo| {
        let bytes = b"RIFF\x20\0\0\0WEBPVP8 \x14\0\0\0 no picture";
        std::fs::write(&photo.path, bytes).expect("written");
        photo.bytes = bytes.len() as u64;
        photo.format = PhotoFormat::WebP { alpha: false };
    });
    assert!(matches!(&error, Error::Picture { name, .. } if name == "a.jpg"), "{error}");
}

/// A photo of 60 million pixels: the memory and the file are those of 3.5.
#[test]
fn a_very_large_photo_becomes_a_small_one() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut issue = issue(dir.path());
    issue.epub.fonts = EpubFonts::None;
    let (width, height) = (9000_u16, 6700_u16);
    let mut bytes = vec![];
    let flat = vec![150; usize::from(width) * usize::from(height)];
    jpeg_encoder::Encoder::new(&mut bytes, 60)
        .encode(&flat, width, height, jpeg_encoder::ColorType::Luma)
        .expect("encoded");
    let photo = &mut issue.photos[0];
    std::fs::write(&photo.path, &bytes).expect("written");
    photo.bytes = bytes.len() as u64;
    photo.stored = (width.into(), height.into());
    photo.format = PhotoFormat::Jpeg { components: 1, adobe: false, icc: vec![] };
    let name = format!("OEBPS/images/img-{}.jpg", issue.photos[0].short_hash());
    let files = files(&written("large", &issue, &book()));
    let (_, bytes, _) = files.iter().find(|f| f.0 == name).expect("the picture");
    let picture = image::load_from_memory(bytes).expect("a picture");
    let pixels = picture.width() * picture.height();
    assert!((3_300_000..=3_500_000).contains(&pixels), "{pixels}");
}

/// The printed cover, masthead and all, is the EPUB's: black paper here, and no photo.
#[test]
fn the_cover_is_the_printed_page() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut issue = issue(dir.path());
    issue.epub.fonts = EpubFonts::None;
    let mut book = book();
    book.trim = (Len::mm(14800), Len::mm(21000));
    let whole = crate::base::Rect::new(Len::ZERO, Len::ZERO, book.trim.0, book.trim.1);
    if let crate::page::Item::Shape(shape) = &mut book.pages[0].items[0] {
        shape.kind = crate::page::ShapeKind::Fill(whole);
    }
    let cover = |issue: &Issue| {
        let epub = written("cover", issue, &book);
        assert_sound(&epub);
        let bytes = files(&epub).into_iter().find(|f| f.0 == "OEBPS/images/cover.jpg").expect("a cover").1;
        image::load_from_memory(&bytes).expect("a picture").into_rgb8()
    };
    let drawn = cover(&issue);
    assert!((1590..=1610).contains(&drawn.width()) && drawn.height() > 2200, "{:?}", drawn.dimensions());
    assert!(drawn.get_pixel(800, 1000)[0] < 10);
    issue.epub.cover = Some(PhotoId(0));
    assert_eq!(cover(&issue).dimensions(), (280, 210), "the editor's own wins");
}

/// `&`, controls and emoji in every field, a title of hundreds of characters: still a sound book, and what XML can hold is
/// there.
#[test]
fn hostile_fields_stay_text() {
    let dir = tempfile::tempdir().expect("a directory");
    let (mut issue, mut book) = (issue(dir.path()), book());
    issue.epub.fonts = EpubFonts::None;
    let evil = "&<>\"'\u{0}\u{b}\u{1f}]]><b>&amp;\u{fffe}😀".to_string();
    issue.magazine.title = evil.clone();
    issue.magazine.publisher = Some(evil.clone());
    issue.magazine.issn = Some(evil.clone());
    issue.magazine.rights = Some(evil.clone());
    issue.magazine.title_pinyin = Some(evil.clone());
    issue.number.theme = Some(evil.clone());
    issue.number.number = Some(evil.clone());
    issue.number.cover = None;
    issue.number.cover_lines = vec![evil.clone(), String::new()];
    issue.epub.id = Some(evil.clone());
    issue.epub.certified_by = Some(evil.clone());
    issue.contents.title = String::new();
    issue.sections[0].name = evil.clone();
    issue.colophon[0].label = evil.clone();
    issue.colophon[1].values = vec![evil.clone(), String::new()];
    let article = &mut issue.articles[0];
    article.id = evil.clone();
    article.title = evil.repeat(30);
    article.authors[0].name = evil.clone();
    article.keywords = vec![evil.clone(), String::new()];
    article.blocks[0] = para(
        0,
        vec![
            link(&evil, &evil),
            link("x", "https://\"<>"),
            link(" ", "https://a.example"),
            styled("", Style::default()),
            text(&evil),
        ],
    );
    issue.articles[1].title = String::new();
    issue.articles[1].authors[0].name = String::new();
    issue.articles[1].blocks.clear();
    book.pages[3].label = evil.clone();
    book.pages[4].label = String::new();
    book.pages[8].first = Some(Pos { article: 77, block: BlockId(0), char: 9 });
    let epub = written("hostile", &issue, &book);
    assert_sound(&epub);
    for (name, xml) in texts(&epub) {
        assert!(xml.chars().all(|c| c >= ' ' || c == '\n' || c == '\t'), "{name}");
    }
    let first = &texts(&epub)["OEBPS/a01-b-amp.xhtml"];
    assert!(reading(first).contains("&<>\"']]><b>&amp;😀"), "what XML can hold is kept");
    assert!(!first.contains("a.example"), "a link of blanks alone is none");
}
