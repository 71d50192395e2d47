//! Whole files, read back with lopdf.

mod fixture;
mod placed;
mod standards;

use super::pdf;
use crate::base::Len;
use crate::doc::Photo;
use crate::page::{Book, Glyph, Item};
use crate::profile::Profile;
use fixture::{book, darkroom, library, mm, photos};
use lopdf::{Document, Object, ObjectId};
use sha2::{Digest, Sha256};

fn written(book: &Book, photos: &[Photo], profile: &Profile) -> Vec<u8> {
    let mut out = vec![];
    pdf(book, &darkroom(photos), &library(), profile, &mut out).expect("the book is sound");
    out
}

fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).expect("lopdf reads it")
}

/// The fixture in one kind, read back.
fn fixture(profile: &Profile) -> Document {
    let dir = tempfile::tempdir().expect("a temporary directory");
    load(&written(&book(&library()), &photos(dir.path()), profile))
}

fn page(document: &Document, number: u32) -> ObjectId {
    document.get_pages()[&number]
}

fn corners(document: &Document, page: ObjectId, key: &str) -> Vec<f32> {
    let entry = document.get_dictionary(page).and_then(|p| p.get(key.as_bytes())).expect("a box");
    entry.as_array().expect("an array").iter().map(|n| n.as_float().expect("a number")).collect()
}

fn images(document: &Document) -> Vec<&lopdf::Stream> {
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    streams.filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Image")).collect()
}

fn catalog_entry<'a>(document: &'a Document, key: &str) -> &'a Object {
    document.catalog().and_then(|c| c.get_deref(key.as_bytes(), document)).expect("the catalog has it")
}

/// The page's operators as text.
fn content(document: &Document, number: u32) -> String {
    String::from_utf8_lossy(&document.get_page_content(page(document, number))).into_owned()
}

/// ISO 32000-1 §14.11.2.2.
#[test]
fn print_boxes_nest_to_a_hundredth_of_a_millimetre() {
    let document = fixture(&Profile::PRINT);
    let pages = document.get_pages();
    assert_eq!(pages.len(), 4);
    for id in pages.into_values() {
        let [media, bleed, trim] = ["MediaBox", "BleedBox", "TrimBox"].map(|key| corners(&document, id, key));
        let to_mm = |pt: f32| pt * 25.4 / 72.0;
        assert!((to_mm(trim[2] - trim[0]) - 210.0).abs() < 0.01 && (to_mm(trim[3] - trim[1]) - 285.0).abs() < 0.01);
        assert!((0..4).all(|i| (to_mm((trim[i] - bleed[i]).abs()) - 3.0).abs() < 0.01));
        assert!(media[0] < bleed[0] && media[3] > bleed[3]);
    }
    assert_eq!(document.version, "1.6");
}

#[test]
fn the_screen_shows_the_trimmed_page() {
    let document = fixture(&Profile::SCREEN);
    assert_eq!(corners(&document, page(&document, 1), "MediaBox"), [0.0, 0.0, 595.275, 807.874]);
    assert_eq!(document.version, "1.7");
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let (book, photos) = (book(&library()), photos(dir.path()));
    for profile in Profile::ALL {
        assert!(written(&book, &photos, &profile) == written(&book, &photos, &profile), "{}", profile.name);
    }
}

#[test]
fn print_passes_jpeg_bytes_through_once_a_photo() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let photos = photos(dir.path());
    let document = load(&written(&book(&library()), &photos, &Profile::PRINT));
    let hashes: Vec<[u8; 32]> =
        images(&document).iter().map(|s| Sha256::digest(&s.content)).map(|d| std::array::from_fn(|i| d[i])).collect();
    for photo in &photos[..3] {
        assert_eq!(hashes.iter().filter(|h| **h == photo.hash).count(), 1, "{}", photo.name);
    }
    // Three JPEGs, a PNG and its opacity.
    assert_eq!(images(&document).len(), 5);
    let inverted = images(&document).into_iter().filter(|s| s.dict.has(b"Decode")).count();
    assert_eq!(inverted, 1, "Adobe's CMYK is stored inverted");
}

#[test]
fn the_screen_brings_photos_down_and_has_no_cmyk() {
    let document = fixture(&Profile::SCREEN);
    let widths: Vec<i64> =
        images(&document).iter().filter_map(|s| s.dict.get(b"Width").and_then(Object::as_i64).ok()).collect();
    // The cover's 436 mm at 200 ppi would be 3434 pixels: 2400 are kept; the grey one is 45 mm, 355 pixels, of 300.
    assert!(widths.contains(&2400) && widths.contains(&300), "{widths:?}");
    let spaces = images(&document).iter().map(|s| format!("{:?}", s.dict.get(b"ColorSpace"))).collect::<String>();
    assert!(!spaces.contains("CMYK"), "{spaces}");
}

#[test]
fn a_photo_that_changed_is_named() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let photos = photos(dir.path());
    std::fs::write(&photos[0].path, b"other").expect("writes");
    let error =
        pdf(&book(&library()), &darkroom(&photos), &library(), &Profile::PRINT, &mut vec![]).expect_err("changed");
    assert!(error.to_string().contains("a.jpg"), "{error}");
}

/// ISO 32000-1 §9.9, §9.10.3.
#[test]
fn fonts_are_embedded_subsets_that_say_what_they_mean() {
    let document = fixture(&Profile::SCREEN);
    let fonts = document.get_page_fonts(page(&document, 3)).expect("fonts");
    assert!(!fonts.is_empty());
    assert_eq!(fonts.len(), 2, "Song and Kai");
    for font in fonts.values() {
        let name =
            String::from_utf8_lossy(font.get(b"BaseFont").and_then(Object::as_name).expect("a name")).into_owned();
        assert_eq!(name.find('+'), Some(6), "{name}");
        let unicode = font.get_deref(b"ToUnicode", &document).and_then(Object::as_stream).expect("ToUnicode");
        let map = String::from_utf8(unicode.decompressed_content().expect("Flate")).expect("ASCII");
        let means = if name.contains("WenKai") { "<884C>" } else { "<65E5>" };
        assert!(map.contains(means) && !map.contains("<2F47>"), "行; 日, not the radical: {map}");
    }
    let descriptors = document.objects.values().filter_map(|o| o.as_dict().ok()).filter(|d| d.has(b"FontName"));
    assert!(descriptors.into_iter().all(|d| d.has(b"FontFile3") || d.has(b"FontFile2")));
}

/// ISO 32000-1 §14.9.4.
#[test]
fn what_a_glyph_mostly_means_is_its_unicode_and_the_rest_is_actual_text() {
    let mut book = book(&library());
    let Some(Item::Glyphs(run)) =
        book.pages[2].items.iter_mut().find(|i| matches!(i, Item::Glyphs(r) if r.text.starts_with('日')))
    else {
        panic!("the fixture has it")
    };
    run.text = run.text.replacen("日出", "\u{2F47}出", 1);
    let again = Item::Glyphs(crate::page::GlyphRun { text: run.text.replacen('\u{2F47}', "日", 1), ..run.clone() });
    book.pages[3].items.extend([again.clone(), again]);
    let dir = tempfile::tempdir().expect("a temporary directory");
    let document = load(&written(&book, &photos(dir.path()), &Profile::SCREEN));
    assert!(content(&document, 3).contains("/Span <</ActualText<FEFF2F47>>> BDC"), "{}", content(&document, 3));
    assert!(!content(&document, 4).contains("ActualText"));
}

/// Vertical writing: every glyph has a baseline of its own; a mark above its base is one cluster with it.
#[test]
fn each_baseline_has_a_line_and_a_cluster_of_two_has_one_text() {
    let mut book = book(&library());
    let Some(Item::Glyphs(run)) = book.pages[2].items.first_mut() else { panic!("a running head") };
    run.text = "远行é".into();
    run.glyphs.iter_mut().enumerate().for_each(|(i, g)| (g.x, g.y) = (Len::ZERO, mm(5 * i as i32)));
    run.glyphs[2].len = 2;
    run.glyphs[3].len = 0;
    let dir = tempfile::tempdir().expect("a temporary directory");
    let document = load(&written(&book, &photos(dir.path()), &Profile::SCREEN));
    let text = content(&document, 3);
    let head = text.split("ET").next().expect("a text object");
    assert_eq!(head.matches(" Td").count(), 4, "{head}");
    assert!(head.contains("0 -14.173 Td"), "{head}");
    assert_eq!(head.matches("ActualText<FEFF00E9>").count(), 1, "{head}");
    assert_eq!(head.matches("BDC").count() + head.matches("BMC").count(), head.matches("EMC").count() + 1, "{head}");
}

/// ISO 32000-1 §8.6.7: K alone, overprinting, only where text is black.
#[test]
fn black_text_overprints_in_print_and_is_grey_on_screen() {
    let print = fixture(&Profile::PRINT);
    let (cover, text) = (content(&print, 1), content(&print, 3));
    assert!(text.contains("0 0 0 1 k") && text.contains("/Overprint gs"), "{text}");
    assert!(cover.split("0 0 0 0 k").next().is_some_and(|before| !before.contains("/Overprint gs")), "{cover}");
    let screen = content(&fixture(&Profile::SCREEN), 3);
    assert!(screen.contains("0 g") && !screen.contains(" k"), "{screen}");
}

#[test]
fn a_line_is_one_show_operator() {
    let text = content(&fixture(&Profile::SCREEN), 3);
    let shown = text.lines().filter(|l| l.ends_with("TJ")).count();
    // Sixteen runs stand on the page.
    assert_eq!(shown, fixture_runs(2), "{text}");
    assert!(!text.contains("Tm"));
}

fn fixture_runs(page: usize) -> usize {
    book(&library()).pages[page].items.iter().filter(|i| matches!(i, Item::Glyphs(_))).count()
}

/// Pen positions come back from `Td`, `TJ` and widths: no glyph is off by more than half a thousandth of its em.
#[test]
fn glyphs_stand_where_the_book_says() {
    let mut book = book(&library());
    book.pages.truncate(3);
    let Some(Item::Glyphs(run)) = book.pages[2].items.first_mut() else { panic!("a running head") };
    let uneven = |i: usize| Len::from_raw(11_000 * i as i32 + 37);
    run.glyphs.iter_mut().enumerate().for_each(|(i, g): (usize, &mut Glyph)| g.x = uneven(i));
    let size = run.size;
    let dir = tempfile::tempdir().expect("a temporary directory");
    let document = load(&written(&book, &photos(dir.path()), &Profile::SCREEN));
    let operations =
        lopdf::content::Content::decode(&document.get_page_content(page(&document, 3))).expect("decodes").operations;
    let shown = operations.iter().find(|o| o.operator == "TJ").expect("a TJ");
    let mut pen = 0.0;
    let mut places = vec![];
    for object in shown.operands[0].as_array().expect("an array") {
        match object {
            Object::String(..) => {
                places.push(pen);
                pen += 1000.0;
            }
            number => pen -= number.as_float().expect("a number"),
        }
    }
    for (i, place) in places.iter().enumerate() {
        let wanted = (uneven(i) - uneven(0)).to_pt() / size.to_pt() * 1000.0;
        assert!((place - wanted).abs() <= 0.51, "glyph {i} at {place}, wanted {wanted}");
    }
    assert_eq!(places.len(), 4);
}

/// ISO 32000-1 §12.4.2, §12.3.3.
#[test]
fn readers_find_labels_and_nested_bookmarks() {
    let document = fixture(&Profile::SCREEN);
    let labels =
        catalog_entry(&document, "PageLabels").as_dict().and_then(|l| l.get(b"Nums")).and_then(Object::as_array);
    let starts: Vec<i64> = labels.expect("labels").iter().filter_map(|o| o.as_i64().ok()).collect();
    assert_eq!(starts, [0, 1, 2], "封面, 目次, then 1 and 2 by counting");
    let toc = document.get_toc().expect("an outline").toc;
    let found: Vec<_> = toc.iter().map(|t| (t.level, t.title.as_str(), t.page)).collect();
    assert_eq!(found, [(1, "封面", 1), (1, "远行的人", 3), (2, "雪线", 4)]);
    assert!(matches!(catalog_entry(&document, "PageMode"), Object::Name(n) if n == b"UseOutlines"));
}

/// ISO 14289-1 §7.18.
#[test]
fn only_the_screen_has_links_and_each_has_words_and_an_element() {
    let screen = fixture(&Profile::SCREEN);
    let annotations: Vec<_> =
        screen.page_iter().flat_map(|p| screen.get_page_annotations(p).expect("readable")).collect();
    assert_eq!(annotations.len(), 5);
    assert!(annotations.iter().all(|a| a.has(b"Contents") && a.has(b"StructParent")));
    let print = fixture(&Profile::PRINT);
    assert!(print.page_iter().all(|p| print.get_page_annotations(p).expect("readable").is_empty()));
}

/// Every element with a role, in tree order.
fn roles(document: &Document) -> Vec<String> {
    let root = catalog_entry(document, "StructTreeRoot").as_dict().expect("a root");
    let mut found = vec![];
    walk(document, root.get(b"K").expect("the document"), &mut found);
    found
}

fn walk(document: &Document, object: &Object, found: &mut Vec<String>) {
    let Ok((_, object)) = document.dereference(object) else { return };
    match object {
        Object::Array(kids) => kids.iter().for_each(|k| walk(document, k, found)),
        Object::Dictionary(element) if element.has(b"S") => {
            found.push(
                String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).expect("a name")).into_owned(),
            );
            walk(document, element.get(b"K").expect("kids"), found);
        }
        _ => {}
    }
}

/// ISO 32000-1 §14.7: what is one element in the book is one in the file, and stands where it is read.
#[test]
fn the_structure_tree_is_the_books() {
    let found = roles(&fixture(&Profile::SCREEN)).join(" ");
    assert!(
        found.starts_with("Document Sect Figure P Sect H1 TOC TOCI Reference Link Sect H1 P Reference Link Link"),
        "{found}"
    );
    assert!(found.contains("L LI Lbl LBody P LI Lbl LBody P Table TR TH P TH P TR TD P TD P TR TD P TD"), "{found}");
    assert!(found.contains("Note Lbl P H2 BlockQuote P P Link Figure Caption"), "{found}");
    assert!(found.ends_with("Figure Caption Link"), "a link of no node is the document's: {found}");
    let screen = fixture(&Profile::SCREEN);
    assert_eq!(content(&screen, 3).matches("/Artifact BMC").count(), 2, "running head and rule");
    assert!(!fixture(&Profile::PRINT).catalog().expect("a catalog").has(b"StructTreeRoot"));
}

/// ISO 32000-1 §8.6.6.4, §14.11.3.
#[test]
fn the_slug_names_the_sheet_outside_the_bleed() {
    let document = fixture(&Profile::PRINT);
    assert!(content(&document, 3).contains("/All CS"));
    let mut plain = book(&library());
    plain.marks = false;
    let dir = tempfile::tempdir().expect("a temporary directory");
    let document = load(&written(&plain, &photos(dir.path()), &Profile::PRINT));
    let id = page(&document, 3);
    assert_eq!(corners(&document, id, "MediaBox"), corners(&document, id, "BleedBox"));
    assert!(!content(&document, 3).contains("/All CS"));
}

#[test]
fn an_empty_book_is_still_a_file() {
    let book = Book { trim: (mm(100), mm(100)), ..Book::default() };
    for profile in Profile::ALL {
        assert!(load(&written(&book, &[], &profile)).get_pages().is_empty());
    }
}

/// Writes both files where `QIKAN_PDF_OUT` says, to be looked at and validated.
#[test]
#[ignore = "for looking: QIKAN_PDF_OUT=dir cargo test --lib write::pdf -- --ignored"]
fn for_looking() {
    let dir = std::env::var("QIKAN_PDF_OUT").expect("QIKAN_PDF_OUT names a directory");
    let temporary = tempfile::tempdir().expect("a temporary directory");
    let (book, photos) = (book(&library()), photos(temporary.path()));
    for (i, profile) in Profile::ALL.iter().enumerate() {
        let path = std::path::Path::new(&dir).join(format!("fixture.{i}.{}.pdf", profile.name));
        std::fs::write(path, written(&book, &photos, profile)).expect("writes");
    }
}
