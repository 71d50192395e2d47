//! The sample's EPUB, read back with zip and quick-xml.

use super::pdf::labels;
use super::sample::{DIR, sample};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fs;

pub fn value(start: &BytesStart, key: &str) -> Option<String> {
    let raw = start.try_get_attribute(key).expect("sound")?.value.to_string();
    Some(quick_xml::escape::unescape(&raw).expect("known entities").into_owned())
}

/// The texts of the elements `inner` within the first `outer` that `is_it`.
fn texts(xml: &str, outer: &str, inner: &str, is_it: impl Fn(&BytesStart) -> bool) -> Vec<String> {
    let (mut reader, mut inside, mut open, mut found) = (Reader::from_str(xml), false, false, vec![]);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(s) if s.name().as_ref() == outer && is_it(&s) => inside = true,
            Event::End(e) if e.name().as_ref() == outer && inside => return found,
            Event::Start(s) if inside && s.name().as_ref() == inner => {
                open = true;
                found.push(String::new());
            }
            Event::End(e) if e.name().as_ref() == inner => open = false,
            Event::Text(t) if open => found.last_mut().expect("open").push_str(&t),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Every start tag, empty ones too.
pub fn tags(xml: &str, mut visit: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(s) | Event::Empty(s) => visit(&s),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// EPUB 3.3 §4.2.3.3.
#[test]
fn mimetype_is_first_and_stored() {
    let first = &sample().epub[0];
    assert_eq!((first.name.as_str(), first.stored), ("mimetype", true));
    assert_eq!(first.bytes, b"application/epub+zip");
}

/// EPUB 3.3 §7.4.4 and its page break markers: one list of pages, whoever tells it.
#[test]
fn the_pages_are_those_of_the_pdf() {
    let sample = sample();
    let expected = labels(&sample.screen);
    let nav =
        texts(sample.text("OEBPS/nav.xhtml"), "nav", "a", |s| value(s, "epub:type").as_deref() == Some("page-list"));
    assert_eq!(nav, expected);
    let ncx = texts(sample.text("OEBPS/toc.ncx"), "pageList", "text", |_| true);
    assert_eq!(ncx[1..], expected, "after the list's own name");
    let mut marked = vec![];
    for name in spine() {
        tags(sample.text(&name), |s| {
            if value(s, "role").as_deref() == Some("doc-pagebreak") {
                marked.push(value(s, "aria-label").expect("a label"));
            }
        });
    }
    assert_eq!(marked, expected);
}

/// The documents in reading order.
fn spine() -> Vec<String> {
    let (mut items, mut order) = (vec![], vec![]);
    tags(sample().text("OEBPS/content.opf"), |s| match s.name().as_ref() {
        "item" => items.push((value(s, "id").expect("an id"), value(s, "href").expect("a file"))),
        "itemref" => order.push(value(s, "idref").expect("a reference")),
        _ => {}
    });
    let file = |id: &String| items.iter().find(|(i, _)| i == id).expect("in the manifest").1.clone();
    order.iter().map(|id| format!("OEBPS/{}", file(id))).collect()
}

fn han(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')).collect()
}

/// What a document says in Chinese: its text, then alternative texts.
fn said(xml: &str) -> (String, Vec<String>) {
    let (mut reader, mut text, mut alts) = (Reader::from_str(xml), String::new(), vec![]);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Text(t) => text.push_str(&t),
            Event::Start(s) | Event::Empty(s) => alts.extend(value(&s, "alt").map(|alt| han(&alt))),
            Event::Eof => return (han(&text), alts),
            _ => {}
        }
    }
}

/// No character of a manuscript vanishes: each line of an article's body is there, character for character.
#[test]
fn every_line_of_the_articles_is_there() {
    let mut lines = 0;
    for name in ["01-shanlu", "02-xigu", "03-qiaoshang", "04-zaochen"] {
        let manuscript = fs::read_to_string(format!("{DIR}/articles/{name}.md")).expect("reads");
        let body = manuscript.splitn(3, "---\n").nth(2).expect("front matter");
        let document = sample().epub.iter().find(|e| e.name.ends_with(&format!("-{name}.xhtml"))).expect("a document");
        let (text, alts) = said(std::str::from_utf8(&document.bytes).expect("UTF-8"));
        for line in body.lines().filter(|l| !han(l).is_empty()) {
            let rest = match line.strip_prefix("![").and_then(|l| l.split_once("](")) {
                Some((alt, rest)) => {
                    assert!(alts.contains(&han(alt)), "{name}: {alt}");
                    rest
                }
                None => line,
            };
            assert!(text.contains(&han(rest)), "{name}: {line}");
            lines += 1;
        }
    }
    assert!(lines > 100, "only {lines} lines were compared");
}

/// `|` in a title says where its lines end; no output shows it.
#[test]
fn no_line_mark_of_a_title_is_shown() {
    for entry in sample().epub.iter().filter(|e| [".xhtml", ".opf", ".ncx"].iter().any(|s| e.name.ends_with(s))) {
        assert!(!sample().text(&entry.name).contains("山路|走了"), "{}", entry.name);
    }
}
