//! The text of our files, read back as a reader of theirs would: through ToUnicode and ActualText in a PDF, element by
//! element in an EPUB.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The text in the order of the structure: a page may have a photo between two halves of a sentence. Artifacts (running heads,
/// repeated heads of tables) are left out.
pub fn pdf_text(bytes: &[u8]) -> String {
    let pdf = Document::load_mem(bytes).expect("a PDF that lopdf reads");
    let mut marked = Marked::new();
    for page in pdf.get_pages().into_values() {
        page_text(&pdf, page, &mut marked);
    }
    let root = pdf.catalog().and_then(|c| c.get(b"StructTreeRoot")).expect("a tagged PDF");
    let mut out = String::new();
    walk(&pdf, root, None, (&marked, &mut out));
    out
}

/// The text of each marked sequence, by its page and number.
type Marked = BTreeMap<(ObjectId, i64), String>;

/// What stands below `kid` in the structure.
fn walk(pdf: &Document, kid: &Object, page: Option<ObjectId>, (marked, out): (&Marked, &mut String)) {
    let mut say = |page: Option<ObjectId>, number: i64| {
        let text = page.and_then(|page| marked.get(&(page, number)));
        out.push_str(text.map_or("", |t| t));
    };
    match kid {
        Object::Integer(number) => say(page, *number),
        Object::Reference(id) => walk(pdf, pdf.get_object(*id).expect("it is there"), page, (marked, out)),
        Object::Array(kids) => kids.iter().for_each(|kid| walk(pdf, kid, page, (marked, out))),
        Object::Dictionary(dict) => {
            let page = dict.get(b"Pg").and_then(Object::as_reference).ok().or(page);
            match (dict.get(b"MCID").and_then(Object::as_i64), dict.get(b"K")) {
                (Ok(number), _) => say(page, number),
                (_, Ok(kids)) => walk(pdf, kids, page, (marked, out)),
                _ => {}
            }
        }
        _ => {}
    }
}

fn page_text(pdf: &Document, page: ObjectId, marked: &mut Marked) {
    let fonts = pdf.get_page_fonts(page).expect("fonts");
    let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
        fonts.into_iter().map(|(name, font)| (name, to_unicode(pdf, font))).collect();
    let content = Content::decode(&pdf.get_page_content(page)).expect("operators");
    let mut font: Option<&BTreeMap<u16, String>> = None;
    // For each open sequence: its number in the structure, and whether its text is said elsewhere.
    let mut open: Vec<(Option<i64>, bool)> = vec![];
    let within = |open: &[(Option<i64>, bool)]| open.iter().rev().find_map(|o| o.0);
    for operation in &content.operations {
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("Tf", [Object::Name(name), _]) => font = maps.get(name),
            ("BMC", _) => open.push((None, false)),
            ("BDC", [_, properties]) => {
                let dict = properties.as_dict().ok();
                let said = dict.and_then(|d| d.get(b"ActualText").ok()).and_then(|t| t.as_str().ok());
                let own = dict.and_then(|d| d.get(b"MCID").and_then(Object::as_i64).ok());
                open.push((own, said.is_some()));
                if let Some((text, number)) = said.zip(within(&open)) {
                    marked.entry((page, number)).or_default().push_str(&utf16(&text[2..]));
                }
            }
            ("EMC", _) => drop(open.pop()),
            ("Tj" | "TJ", operands) if !open.iter().any(|o| o.1) => {
                if let Some(number) = within(&open) {
                    let out = marked.entry((page, number)).or_default();
                    operands.iter().for_each(|o| shown(o, font.expect("a font is set"), out));
                }
            }
            _ => {}
        }
    }
}

fn shown(object: &Object, map: &BTreeMap<u16, String>, out: &mut String) {
    match object {
        Object::Array(parts) => parts.iter().for_each(|part| shown(part, map, out)),
        Object::String(codes, _) => {
            for code in codes.chunks_exact(2) {
                let code = u16::from_be_bytes([code[0], code[1]]);
                out.push_str(map.get(&code).unwrap_or_else(|| panic!("code {code:04X} means nothing")));
            }
        }
        _ => {}
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]])).collect();
    String::from_utf16(&units).expect("UTF-16")
}

/// `<0001> <5C71>` lines of a ToUnicode map.
fn to_unicode(pdf: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get(b"ToUnicode").and_then(Object::as_reference).and_then(|id| pdf.get_object(id));
    let stream = stream.and_then(Object::as_stream).expect("a ToUnicode map");
    let text = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let text = String::from_utf8(text).expect("ASCII");
    let mut map = BTreeMap::new();
    for section in text.split("beginbfchar").skip(1) {
        let body = section.split("endbfchar").next().unwrap_or_default();
        let words: Vec<&str> = body.split(['<', '>']).map(str::trim).filter(|w| !w.is_empty()).collect();
        for pair in words.chunks_exact(2) {
            map.insert(u16::from_str_radix(pair[0], 16).expect("a code"), utf16(&hex(pair[1])));
        }
    }
    assert!(!text.contains("beginbfrange"), "ranges aren't read here");
    map
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).expect("hexadecimal")).collect()
}

/// The text of all documents, alternative texts and labels among it.
pub fn epub_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().filter(|n| n.ends_with(".xhtml")).map(String::from).collect();
    let mut out = String::new();
    for name in names.iter().filter(|n| !n.contains("nav") && !n.contains("cover")) {
        let mut xml = String::new();
        archive.by_name(name).expect("it is listed").read_to_string(&mut xml).expect("UTF-8");
        let mut reader = quick_xml::Reader::from_str(&xml);
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
                Event::Text(text) => out.push_str(&text),
                Event::GeneralRef(name) => {
                    out.push_str(&quick_xml::escape::unescape(&format!("&{};", &*name)).expect("a known entity"));
                }
                Event::Start(e) | Event::Empty(e) => {
                    if let Some(alt) = e.try_get_attribute("alt").expect("sound") {
                        out.push_str(&quick_xml::escape::unescape(&alt.value).expect("known entities"));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    out
}
