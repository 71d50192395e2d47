//! PDF/X-4 and PDF/X-1a, plates and spot colour.

use super::*;
use crate::color::FOGRA39;
use crate::profile::{Photos, Plates};

fn row(change: impl FnOnce(&mut Profile)) -> Document {
    let mut profile = Profile::PDF_X4;
    change(&mut profile);
    fixture(&profile)
}

fn name_of<'a>(object: &'a Object, document: &'a Document) -> &'a [u8] {
    let object = document.dereference(object).expect("it is there").1;
    match object {
        Object::Array(parts) => parts[0].as_name().expect("a colour space begins with its name"),
        other => other.as_name().expect("a name"),
    }
}

fn spaces(document: &Document) -> Vec<Vec<u8>> {
    let space = |s: &&lopdf::Stream| name_of(s.dict.get(b"ColorSpace").expect("a space"), document).to_vec();
    let mut found: Vec<Vec<u8>> = images(document).iter().map(space).collect();
    found.sort();
    found
}

/// ISO 15930-7 §6.2.2 (one intent, its profile in the file), §6.6 (identification in XMP), §6.12 (Trapped).
#[test]
fn pdf_x_4_names_its_condition_and_itself() {
    let document = fixture(&Profile::PDF_X4);
    let intents = catalog_entry(&document, "OutputIntents").as_array().expect("intents");
    assert_eq!(intents.len(), 1);
    let intent = intents[0].as_dict().expect("an intent");
    assert_eq!(name_of(intent.get(b"S").expect("a kind"), &document), b"GTS_PDFX");
    let profile = intent.get_deref(b"DestOutputProfile", &document).and_then(Object::as_stream).expect("a profile");
    assert!(profile.decompressed_content().expect("Flate") == FOGRA39);
    assert_eq!(profile.dict.get(b"N").and_then(Object::as_i64).ok(), Some(4));
    let xmp = catalog_entry(&document, "Metadata").as_stream().expect("XMP").content.clone();
    let xmp = String::from_utf8(xmp).expect("UTF-8");
    for part in ["<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<", "<xmp:ModifyDate>2026-09-15T"] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
}

/// ISO 15930-7 §6.6: a file without a date would be none, and a clock would make two builds differ.
#[test]
fn an_issue_without_a_date_still_has_one_for_the_printer() {
    let mut undated = book(&library());
    undated.meta.stamp = None;
    let dir = tempfile::tempdir().expect("a temporary directory");
    let document = load(&written(&undated, &photos(dir.path()), &Profile::PDF_X4));
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).expect("Info");
    let date = document.get_dictionary(info).and_then(|d| d.get(b"ModDate")).and_then(Object::as_str).expect("a date");
    assert_eq!(date, b"D:19800101000000Z");
}

/// ISO 15930-4 §6.1, §6.2, §6.3: PDF 1.4, inks alone, no soft mask.
#[test]
fn pdf_x_1a_is_inks_alone_and_opaque() {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let bytes = written(&book(&library()), &photos(dir.path()), &Profile::PDF_X1A);
    assert!(bytes.starts_with(b"%PDF-1.4\n"));
    let document = load(&bytes);
    let dicts = document.objects.values().filter_map(|o| match o {
        Object::Dictionary(d) => Some(d),
        Object::Stream(s) => Some(&s.dict),
        _ => None,
    });
    for dict in dicts {
        assert!(!dict.has(b"SMask") && !dict.has(b"Group"), "{dict:?}");
        assert!(!dict.has_type(b"ObjStm") && !dict.has_type(b"XRef"), "{dict:?}");
    }
    // Cover under its veil, the same photo inside, CMYK and the flattened PNG; grey.
    let spaces = spaces(&document);
    assert_eq!(spaces.iter().filter(|s| *s == b"DeviceCMYK").count(), 4);
    assert_eq!(spaces.iter().filter(|s| *s == b"DeviceGray").count(), 1);
    assert!(!content(&document, 1).contains("/V0-0 gs"), "the veil is part of the picture");
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).expect("Info");
    let claim = document.get_dictionary(info).and_then(|d| d.get(b"GTS_PDFXVersion")).and_then(Object::as_str);
    assert_eq!(claim.expect("the claim"), b"PDF/X-1a:2003");
}

/// A photo that is both on the cover and inside is there in both ways.
#[test]
fn insides_in_black_have_one_plate() {
    let document = row(|profile| profile.inside = Plates::Black);
    for number in [3, 4] {
        let page = content(&document, number);
        let marks = page.find("/All CS").unwrap_or(page.len());
        let own = &page[..marks];
        assert!(!own.contains(" k\n") && !own.contains(" K\n") && own.contains("0 g"), "{own}");
        assert!(number == 3 || own.contains("/K0 Do") && !own.contains("/I0 Do"), "{own}");
    }
    assert!(content(&document, 1).contains("/I0 Do"));
    let grey = spaces(&document).iter().filter(|s| *s == b"DeviceGray").count();
    // Four photos, and the opacity of one.
    assert_eq!(grey, 5);
}

/// ISO 32000-1 §8.6.6.4.
#[test]
fn the_accent_is_a_plate_of_its_own() {
    let document = row(|profile| {
        profile.inside = Plates::BlackAndSpot;
        profile.spot = Some("PANTONE 348 C".into());
    });
    assert!(content(&document, 4).contains("/Spot cs\n0.2 scn"), "{}", content(&document, 4));
    let names: Vec<&[u8]> = document
        .objects
        .values()
        .filter_map(|o| o.as_array().ok())
        .filter(|a| a.first().is_some_and(|o| o.as_name().is_ok_and(|n| n == b"Separation")))
        .map(|a| a[1].as_name().expect("the colorant's name"))
        .collect();
    assert_eq!(names, [b"All".as_slice(), b"PANTONE 348 C"]);
}

/// Adobe's inks are stored inverted, and ours as they are.
#[test]
fn separated_photos_are_cmyk_without_a_profile() {
    let document = row(|profile| profile.photos = Photos::Separated { quality: 95 });
    let cmyk = spaces(&document).iter().filter(|s| *s == b"DeviceCMYK").count();
    assert_eq!(cmyk, 3, "RGB, CMYK and the PNG; grey stays grey");
    let jpegs = images(&document).into_iter().filter(|s| {
        let filter = s.dict.get(b"Filter").and_then(Object::as_name);
        filter.is_ok_and(|f| f == b"DCTDecode") && s.dict.has(b"Decode")
    });
    assert_eq!(jpegs.count(), 2);
}
