//! An EPUB opened with `zip` and `quick-xml`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// The archive's files in order: name, bytes, whether stored.
pub fn files(epub: &[u8]) -> Vec<(String, Vec<u8>, bool)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).expect("an entry");
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).expect("sound");
            assert_eq!(file.extra_data().unwrap_or_default(), b"", "{}: extra field", file.name());
            (file.name().to_string(), bytes, file.compression() == zip::CompressionMethod::Stored)
        })
        .collect()
}

pub fn texts(epub: &[u8]) -> BTreeMap<String, String> {
    let xml = |name: &str| [".xhtml", ".opf", ".ncx", ".xml"].iter().any(|e| name.ends_with(e));
    files(epub)
        .into_iter()
        .filter(|f| xml(&f.0))
        .map(|(name, bytes, _)| (name, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

pub fn value(start: &BytesStart, key: &str) -> Option<String> {
    let raw = start.try_get_attribute(key).expect("sound")?.value.to_string();
    Some(quick_xml::escape::unescape(&raw).expect("known entities").into_owned())
}

/// Visits every start tag; panics where a text is not well-formed.
pub fn tags(xml: &str, mut visit: impl FnMut(&BytesStart)) {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_i32;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(s) => {
                depth += 1;
                visit(&s);
            }
            Event::Empty(s) => visit(&s),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every tag is closed");
}

/// A document's characters, with `|label|` where a page begins.
pub fn reading(xml: &str) -> String {
    let (mut reader, mut out, mut body) = (Reader::from_str(xml), String::new(), false);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(s) if s.name().as_ref() == "body" => body = true,
            Event::Empty(s) if value(&s, "role").as_deref() == Some("doc-pagebreak") => {
                out.push_str(&format!("|{}|", value(&s, "aria-label").expect("a label")));
            }
            Event::Text(t) if body => out.push_str(&t),
            Event::GeneralRef(r) if body => {
                out.push_str(&quick_xml::escape::unescape(&format!("&{};", &*r)).expect("a known entity"));
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// Well-formed documents, ids that are unique, links that lead somewhere, a manifest of every file.
pub fn assert_sound(epub: &[u8]) {
    let texts = texts(epub);
    let names: BTreeSet<String> = files(epub).into_iter().map(|f| f.0).collect();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, xml) in &texts {
        tags(xml, |s| {
            if let Some(id) = value(s, "id") {
                assert!(ids.entry(name).or_default().insert(id.clone()), "{name}: {id} twice");
            }
        });
    }
    for (name, xml) in texts.iter().filter(|t| t.0.starts_with("OEBPS/")) {
        tags(xml, |s| {
            for target in ["href", "src"].iter().filter_map(|k| value(s, k)).filter(|t| !t.contains(':')) {
                let (path, id) = target.split_once('#').map_or((target.as_str(), None), |(p, i)| (p, Some(i)));
                let to = if path.is_empty() { name.clone() } else { format!("OEBPS/{path}") };
                assert!(names.contains(&to), "{name}: {target}");
                assert!(id.is_none_or(|i| ids[to.as_str()].contains(i)), "{name}: {target}");
            }
        });
    }
    let manifest = &texts["OEBPS/content.opf"];
    let mut listed = BTreeSet::new();
    tags(manifest, |s| {
        if s.name().as_ref() == "item" {
            listed.insert(format!("OEBPS/{}", value(s, "href").expect("an href")));
        }
    });
    let unlisted: Vec<_> = names.iter().filter(|n| n.starts_with("OEBPS/") && !listed.contains(*n)).collect();
    assert_eq!(unlisted, ["OEBPS/content.opf"], "the manifest lists every file");
}
