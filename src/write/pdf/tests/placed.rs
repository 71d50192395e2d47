//! Placed PDF pages and the mock-up, read back.

use super::fixture::{book, library, mm, photos};
use super::{content, images, load, page, written};
use crate::base::Rect;
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::page::{Book, Item, Page, PageKind, Picture};
use crate::picture::PlacedPage;
use crate::profile::{Plates, Profile};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use std::path::Path;

/// An advertisement of 60 × 80 mm with 3 mm of bleed: `paint` in resources whose group of states is of its own.
fn advertisement(dir: &Path, paint: &str, state: Dictionary) -> Photo {
    let mut document = Document::with_version("1.7");
    let state = document.add_object(state);
    let content = document.add_object(Stream::new(Dictionary::new(), paint.as_bytes().to_vec()));
    let side = |mm: f32| Object::Real(mm * 72.0 / 25.4);
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Contents" => content, "StructParents" => 0,
        "MediaBox" => vec![side(0.0), side(0.0), side(66.0), side(86.0)],
        "TrimBox" => vec![side(3.0), side(3.0), side(63.0), side(83.0)],
        "Resources" => dictionary! { "ExtGState" => dictionary! { "G" => state } },
    });
    let pages = document.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 });
    document.get_dictionary_mut(page).expect("a page").set("Parent", pages);
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let (path, mut bytes) = (dir.join("ad.pdf"), vec![]);
    document.save_to(&mut bytes).expect("writes into memory");
    std::fs::write(&path, &bytes).expect("writes");
    let opened = PlacedPage::open(&bytes, 1).expect("a page");
    let format = PhotoFormat::Pdf { page: 1, size: opened.size(), over: opened.over() };
    let (name, bytes) = ("ad.pdf".into(), bytes.len() as u64);
    Photo { hash: [7; 32], path, name, bytes, format, stored: (60, 80), orientation: 1 }
}

/// One page that it stands on.
fn placed() -> Book {
    let mut book = book(&library());
    let frame = Rect::new(mm(17), mm(17), mm(66), mm(86));
    let full = Rect::new(mm(20), mm(20), mm(60), mm(80));
    let picture = Item::Picture(Picture { photo: PhotoId(0), frame, full, node: None });
    book.pages = vec![Page { kind: PageKind::Inside, items: vec![picture], label: "1".into(), ..Page::default() }];
    book.outline.clear();
    book
}

fn print(profile: &Profile, paint: &str, state: Dictionary) -> Document {
    let dir = tempfile::tempdir().expect("a temporary directory");
    load(&written(&placed(), &[advertisement(dir.path(), paint, state)], profile))
}

fn forms(document: &Document) -> Vec<&Stream> {
    let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
    streams.filter(|s| s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form")).collect()
}

const GREEN: &str = "0.8 0 0.9 0 k 0 0 700 900 re f";

#[test]
fn a_sound_page_is_taken_over_with_its_resources_renumbered() {
    let document = print(&Profile::PDF_X4, &format!("/G gs {GREEN}"), dictionary! { "TR" => "Identity", "ca" => 0.5 });
    assert!(images(&document).is_empty());
    let [form] = forms(&document)[..] else { panic!("one form") };
    let paint = String::from_utf8(form.decompressed_content().expect("Flate")).expect("ASCII");
    assert!(paint.starts_with("0 g 0 G") && paint.contains(GREEN), "{paint}");
    let resources = form.dict.get(b"Resources").and_then(Object::as_dict).expect("resources");
    let states = resources.get_deref(b"ExtGState", &document).and_then(Object::as_dict).expect("states");
    let state = states.get_deref(b"G", &document).and_then(Object::as_dict).expect("its state");
    assert!(state.has(b"ca") && !state.has(b"TR"), "ISO 15930-7 §6.2.9: no transfer curves: {state:?}");
    assert!(form.dict.has(b"Group"), "what is transparent is blended as one");
    assert!(!form.dict.has(b"StructParents"));
    // The trim of the page on the trim of ours: the square is the trim, the bleed lies around it.
    let matrix: Vec<f32> = form
        .dict
        .get(b"Matrix")
        .and_then(Object::as_array)
        .expect("a matrix")
        .iter()
        .map(|n| n.as_float().expect("a number"))
        .collect();
    let at = |x: f32| matrix[0] * x * 72.0 / 25.4 + matrix[4];
    assert!(at(3.0).abs() < 1e-4 && (at(63.0) - 1.0).abs() < 1e-4, "{matrix:?}");
}

/// ISO 32000-1 §8.6.5.6: RGB without a profile has a meaning all the same.
#[test]
fn rgb_without_a_profile_is_given_one() {
    let document = print(&Profile::PDF_X4, "0 1 0 rg 0 0 700 900 re f", Dictionary::new());
    let resources = forms(&document)[0].dict.get(b"Resources").and_then(Object::as_dict).expect("resources");
    let spaces = resources.get_deref(b"ColorSpace", &document).and_then(Object::as_dict).expect("spaces");
    assert!(format!("{:?}", spaces.get(b"DefaultRGB")).contains("ICCBased"));
}

/// ISO 15930-4: neither transparency nor RGB; ISO 19005-2: nothing that wasn't looked at.
#[test]
fn what_a_file_can_not_have_is_drawn() {
    let drawn = |profile: &Profile, paint: &str, state: Dictionary| {
        let document = print(profile, paint, state);
        let all = images(&document);
        assert_eq!(all.len(), 1, "{}", profile.name);
        format!("{:?}", all[0].dict.get_deref(b"ColorSpace", &document))
    };
    let half = || dictionary! { "ca" => 0.5 };
    assert!(drawn(&Profile::PDF_X1A, &format!("/G gs {GREEN}"), half()).contains("DeviceCMYK"));
    assert!(drawn(&Profile::PDF_X1A, "0 1 0 rg 0 0 700 900 re f", Dictionary::new()).contains("DeviceCMYK"));
    assert!(drawn(&Profile::SCREEN, GREEN, Dictionary::new()).contains("ICCBased"));
    let black = Profile { inside: Plates::Black, ..Profile::PDF_X4 };
    assert!(drawn(&black, GREEN, Dictionary::new()).contains("DeviceGray"));
    assert!(images(&print(&black, "0.5 g 0 0 700 900 re f", Dictionary::new())).is_empty(), "grey is black");
}

/// Every page of the book stands in one half of one sheet.
#[test]
fn a_mock_up_has_every_page_where_folding_brings_it() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let (mut book, photos) = (book(&library()), photos(dir.path()));
    for right_to_left in [false, true] {
        book.meta.right_to_left = right_to_left;
        let plain = load(&written(&book, &photos, &Profile { imposed: false, ..Profile::SADDLE }));
        let mock_up = load(&written(&book, &photos, &Profile::SADDLE));
        let count = book.pages.len() as u32;
        let sheet = |number: u32| mock_up.get_dictionary(page(&mock_up, number)).expect("a page");
        assert_eq!(mock_up.get_pages().len() as u32, count.div_ceil(4) * 2);
        assert_eq!(super::corners(&mock_up, page(&mock_up, 1), "MediaBox"), [0.0, 0.0, 1190.55, 807.874]);
        let half = |number: u32, name: &[u8]| {
            let resources = sheet(number).get(b"Resources").and_then(Object::as_dict).expect("resources");
            let forms = resources.get(b"XObject").and_then(Object::as_dict).expect("forms");
            let form = forms.get_deref(name, &mock_up).and_then(Object::as_stream).ok()?;
            Some(String::from_utf8_lossy(&form.get_plain_content().expect("Flate")).trim().to_string())
        };
        let (first, other): (&[u8], &[u8]) = if right_to_left { (b"L", b"R") } else { (b"R", b"L") };
        assert_eq!(half(1, first).as_deref(), Some(content(&plain, 1).trim()), "the cover is outermost");
        assert_eq!(half(2, other).as_deref(), Some(content(&plain, 2).trim()), "behind it the second page");
    }
}
