//! The sample's PDFs, read back with lopdf. Clauses without a name are ISO 32000-1's.

use super::issue::{Desk, MANIFEST, files, qikan};
use super::sample::{DIR, sample};
use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;

/// A dictionary's entry, with references followed.
fn get<'a>(pdf: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    pdf.dereference(dict.get(key).ok()?).ok().map(|(_, object)| object)
}

fn dict<'a>(pdf: &'a Document, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let name = String::from_utf8_lossy(key);
    get(pdf, of, key).and_then(|o| o.as_dict().ok()).unwrap_or_else(|| panic!("{name} is a dictionary"))
}

fn pages(pdf: &Document) -> Vec<&Dictionary> {
    pdf.page_iter().map(|id| pdf.get_dictionary(id).expect("a page")).collect()
}

/// Left, bottom, right, top in mm.
fn rect(page: &Dictionary, key: &[u8]) -> [f32; 4] {
    let sides = page.get(key).and_then(Object::as_array).expect("each page has its own boxes");
    let mm: Vec<f32> = sides.iter().map(|n| n.as_float().expect("a number") * 25.4 / 72.0).collect();
    mm.try_into().expect("four sides")
}

/// A text string (§7.9.2.2): UTF-16BE by its mark, else PDFDocEncoding, here of ASCII.
fn text(object: &Object) -> String {
    let bytes = object.as_str().expect("a string");
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(utf16) => {
            let units: Vec<u16> = utf16.chunks(2).map(|u| u16::from_be_bytes([u[0], u[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.to_vec()).expect("ASCII"),
    }
}

fn subtype<'a>(object: &'a Object, key: &[u8]) -> Option<&'a [u8]> {
    let dict = object.as_dict().or_else(|_| object.as_stream().map(|s| &s.dict)).ok()?;
    dict.get(key).and_then(Object::as_name).ok()
}

/// §14.11.2; the sample's trim is 210 by 285 mm with a bleed of 3 mm.
#[test]
fn printed_pages_have_trim_bleed_and_media() {
    let pages = pages(&sample().print);
    assert_eq!(pages.len() % 4, 0, "saddle-stitched sheets have four pages");
    for page in pages {
        let [trim, bleed, media] = [b"TrimBox".as_slice(), b"BleedBox", b"MediaBox"].map(|key| rect(page, key));
        assert!((trim[2] - trim[0] - 210.0).abs() < 0.01 && (trim[3] - trim[1] - 285.0).abs() < 0.01, "{trim:?}");
        for side in 0..4 {
            let outward = if side < 2 { -1.0 } else { 1.0 };
            assert!(((bleed[side] - trim[side]) * outward - 3.0).abs() < 0.01, "{trim:?} {bleed:?}");
            assert!((media[side] - bleed[side]) * outward >= 0.0, "{bleed:?} {media:?}");
        }
        assert!(page.get(b"Annots").is_err(), "ISO 15930-7 §6.17: no annotation within the bleed");
    }
}

/// Photos go to the printer as they came: the stream of each is its file, and no file is left out.
#[test]
fn printed_photos_are_the_files() {
    let hash = |bytes: &[u8]| <[u8; 32]>::from(Sha256::digest(bytes));
    let photos = files(&Path::new(DIR).join("photos"));
    let photos: BTreeSet<[u8; 32]> =
        photos.iter().filter(|(name, _)| name.extension().is_some_and(|e| e == "jpg")).map(|(_, b)| hash(b)).collect();
    let streams = sample().print.objects.values().filter_map(|o| o.as_stream().ok());
    let embedded: Vec<[u8; 32]> = streams
        .filter(|s| s.dict.get(b"Filter").is_ok_and(|f| f.as_name().is_ok_and(|n| n == b"DCTDecode")))
        .map(|s| hash(&s.content))
        .collect();
    assert_eq!(embedded.len(), photos.len(), "each once");
    assert!(embedded.into_iter().collect::<BTreeSet<_>>() == photos);
}

/// §9.6.4 (subset tags), §9.9 (font programs), §9.10.3 (ToUnicode).
#[test]
fn fonts_are_embedded_subsets_with_unicode() {
    for pdf in [&sample().print, &sample().screen] {
        let fonts: Vec<&Dictionary> = pdf
            .objects
            .values()
            .filter(|o| subtype(o, b"Type") == Some(b"Font"))
            .map(|o| o.as_dict().expect("a font is a dictionary"))
            .collect();
        let whole: Vec<&&Dictionary> = fonts.iter().filter(|f| f.has(b"DescendantFonts")).collect();
        assert!(whole.len() >= 4, "song, hei, kai, bold");
        for font in &fonts {
            assert_ne!(font.get(b"Subtype").and_then(Object::as_name).expect("a kind"), b"Type3");
        }
        for font in whole {
            let name = font.get(b"BaseFont").and_then(Object::as_name).expect("a name");
            assert!(name[..6].iter().all(u8::is_ascii_uppercase) && name[6] == b'+', "{}", name.escape_ascii());
            let unicode = get(pdf, font, b"ToUnicode").and_then(|o| o.as_stream().ok()).expect("ToUnicode");
            let unicode = unicode.decompressed_content().unwrap_or_else(|_| unicode.content.clone());
            assert!(unicode.windows(7).any(|w| w == b"endcmap"), "{}", name.escape_ascii());
            let descendant =
                get(pdf, font, b"DescendantFonts").and_then(|o| o.as_array().ok()).expect("one")[0].clone();
            let (_, descendant) = pdf.dereference(&descendant).expect("a font");
            let descriptor = dict(pdf, descendant.as_dict().expect("a dictionary"), b"FontDescriptor");
            let program = get(pdf, descriptor, b"FontFile3").or_else(|| get(pdf, descriptor, b"FontFile2"));
            assert!(program.is_some_and(|p| !p.as_stream().expect("a stream").content.is_empty()));
        }
    }
}

/// The labels that a number tree of one leaf gives `count` pages (§12.4.2).
pub fn labels(pdf: &Document) -> Vec<String> {
    let catalog = pdf.catalog().expect("a catalog");
    let tree = dict(pdf, catalog, b"PageLabels");
    let nums = get(pdf, tree, b"Nums").and_then(|o| o.as_array().ok()).expect("a leaf");
    let ranges: Vec<(usize, &Dictionary)> = nums
        .chunks(2)
        .map(|pair| {
            let (_, range) = pdf.dereference(&pair[1]).expect("a range");
            (pair[0].as_i64().expect("a page") as usize, range.as_dict().expect("a dictionary"))
        })
        .collect();
    assert_eq!(ranges[0].0, 0, "the first range begins with the first page");
    assert!(ranges.is_sorted_by(|a, b| a.0 < b.0));
    let label = |page: usize| {
        let (first, range) = ranges.iter().rfind(|r| r.0 <= page).expect("a range for every page");
        let prefix = get(pdf, range, b"P").map(text).unwrap_or_default();
        let start = get(pdf, range, b"St").map_or(1, |n| n.as_i64().expect("a number")) as usize;
        match get(pdf, range, b"S").map(|s| s.as_name().expect("a name")) {
            None => prefix,
            Some(b"D") => format!("{prefix}{}", start + page - first),
            Some(other) => panic!("style {}", other.escape_ascii()),
        }
    };
    (0..pages(pdf).len()).map(label).collect()
}

#[test]
fn screen_pages_are_called_as_on_paper() {
    let count = pages(&sample().print).len();
    let inner = (1..=count - 4).map(|n| n.to_string());
    let outside = |names: [&str; 2]| names.map(String::from);
    let expected: Vec<String> =
        outside(["封面", "封二"]).into_iter().chain(inner).chain(outside(["封三", "封底"])).collect();
    assert_eq!(labels(&sample().screen), expected);
}

/// Titles with their depth (§12.3.3), each leading to a page.
fn outline(pdf: &Document, parent: &Dictionary, depth: usize, found: &mut Vec<(usize, String)>) {
    let mut next = get(pdf, parent, b"First");
    while let Some(item) = next {
        let item = item.as_dict().expect("an item");
        found.push((depth, text(get(pdf, item, b"Title").expect("a title"))));
        let target = get(pdf, item, b"Dest").or_else(|| get(pdf, dict(pdf, item, b"A"), b"D")).expect("a target");
        assert!(is_page(pdf, target), "{:?}", found.last());
        outline(pdf, item, depth + 1, found);
        next = get(pdf, item, b"Next");
    }
}

/// Whether an explicit destination (§12.3.2.2) names a page of this file.
fn is_page(pdf: &Document, target: &Object) -> bool {
    let page = target.as_array().expect("an explicit destination")[0].as_reference().expect("a page");
    pdf.page_iter().any(|id| id == page)
}

#[test]
fn the_screen_outline_is_nested() {
    let pdf = &sample().screen;
    let mut found = vec![];
    outline(pdf, dict(pdf, pdf.catalog().expect("a catalog"), b"Outlines"), 0, &mut found);
    let at = |title: &str| found.iter().position(|(_, t)| t == title).unwrap_or_else(|| panic!("{title}: {found:?}"));
    let (section, article, heading) = (at("专题"), at("一条山路走了三代人"), at("盐"));
    assert!(section < article && article < heading, "{found:?}");
    assert_eq!([section, article, heading].map(|i| found[i].0), [0, 1, 2], "{found:?}");
}

/// ISO 14289-1 §7.1, §7.2, §7.18.
#[test]
fn the_screen_file_is_tagged_and_linked() {
    let pdf = &sample().screen;
    let catalog = pdf.catalog().expect("a catalog");
    assert_eq!(get(pdf, catalog, b"Lang").map(text).as_deref(), Some("zh-Hans"));
    assert!(dict(pdf, catalog, b"MarkInfo").get(b"Marked").and_then(Object::as_bool).expect("said"));
    assert_eq!(
        subtype(&Object::Dictionary(dict(pdf, catalog, b"StructTreeRoot").clone()), b"Type"),
        Some(&b"StructTreeRoot"[..])
    );
    let mut uris = BTreeSet::new();
    let mut inner = 0;
    let mut tagged = 0;
    for id in pdf.page_iter() {
        let content = pdf.get_page_content(id);
        let marked = content.windows(5).any(|w| w == b"/MCID");
        tagged += usize::from(marked);
        assert!(!marked || pdf.get_dictionary(id).expect("a page").has(b"StructParents"), "§14.7.4.4");
    }
    assert!(tagged >= 12, "{tagged} pages have content in the tree");
    for page in pages(pdf) {
        let Some(annotations) = get(pdf, page, b"Annots") else { continue };
        for annotation in annotations.as_array().expect("a list") {
            let (_, link) = pdf.dereference(annotation).expect("an annotation");
            let link = link.as_dict().expect("a dictionary");
            assert_eq!(link.get(b"Subtype").and_then(Object::as_name).expect("a kind"), b"Link");
            assert!(link.has(b"StructParent") && link.has(b"Contents"));
            let action = dict(pdf, link, b"A");
            match action.get(b"S").and_then(Object::as_name).expect("a kind") {
                b"URI" => drop(uris.insert(text(action.get(b"URI").expect("an address")))),
                b"GoTo" => {
                    assert!(is_page(pdf, get(pdf, action, b"D").expect("a target")));
                    inner += 1;
                }
                other => panic!("{}", other.escape_ascii()),
            }
        }
    }
    assert!(uris.contains("https://example.org/modaoya"), "{uris:?}");
    assert!(inner >= 4, "the contents lead to four articles");
}

/// A cover in one piece: back, spine and front as wide as they are together, the inside in a file of its own.
#[test]
fn a_glued_cover_is_one_sheet_with_its_spine() {
    let desk = Desk::new();
    let more = "date = 2026-09-15\n[page]\nbinding = \"perfect\"\n[print]\nspine = \"8mm\"\nfiles = \"wrap+inner\"\n";
    desk.sound("a").put("a/issue.toml", format!("{MANIFEST}{more}"));
    let run = qikan(&["build", &desk.at("a"), "--only", "print", "--final"]);
    let files = desk.files("a/out");
    let pdf = |end: &str| {
        let found =
            files.iter().find(|(name, _)| name.starts_with("handover") && name.to_string_lossy().ends_with(end));
        Document::load_mem(found.unwrap_or_else(|| panic!("{}", run.err)).1)
    };
    let cover = pdf(".cover.print.pdf").expect("a PDF");
    let sides = pages(&cover);
    assert_eq!(sides.len(), 2, "without and within");
    for side in sides {
        let [left, bottom, right, top] = rect(side, b"TrimBox");
        assert!((right - left - 428.0).abs() < 0.01 && (top - bottom - 285.0).abs() < 0.01);
    }
    let inner = pdf(".inner.print.pdf").expect("a PDF");
    assert!(
        pages(&inner).iter().all(|page| (rect(page, b"TrimBox")[2] - rect(page, b"TrimBox")[0] - 210.0).abs() < 0.01)
    );
    let ticket = String::from_utf8_lossy(&files[Path::new("handover/ticket.txt")]).into_owned();
    assert!(ticket.contains("spine: 8 mm") && ticket.contains("two sides of one sheet"), "{ticket}");
}
