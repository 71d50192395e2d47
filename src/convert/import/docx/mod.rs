//! T2 for Word manuscripts (ECMA-376 WordprocessingML): parts of the package into blocks.
//!
//! In: bytes. Out: [`Raw`], or why the file can't be read. Styles give headings, titles, captions and quotations; numbers
//! that Word makes are written out, since they are text to a reader; deleted text, comments, headers and footers are told
//! to the log.

mod body;
mod numbering;
mod styles;
mod tables;
mod xml;

use super::super::archive::{self, Archive};
use super::super::han;
use super::log::Log;
use super::raw::Raw;
use crate::base::{Words, words};
use std::collections::BTreeMap;
use std::rc::Rc;
use xml::Element;

/// The package as far as it is needed.
struct Package<'a> {
    archive: Archive<'a>,
    styles: styles::Styles,
    numbering: numbering::Numbering,
    /// Notes by kind and number.
    notes: BTreeMap<(&'static str, String), Element>,
    /// Targets by relation.
    relations: BTreeMap<String, (String, bool)>,
    /// Those that were unpacked: a line drawn between sections is one picture shown a hundred times.
    pictures: BTreeMap<String, Option<Rc<[u8]>>>,
}

impl Package<'_> {
    fn picture(&mut self, target: &str) -> Result<Option<Rc<[u8]>>, Words> {
        if let Some(known) = self.pictures.get(target) {
            return Ok(known.clone());
        }
        let bytes: Option<Rc<[u8]>> = self.archive.read(target)?.map(Rc::from);
        self.pictures.insert(target.to_string(), bytes.clone());
        Ok(bytes)
    }
}

/// Reads a manuscript.
pub fn read(bytes: &[u8], log: &mut Log) -> Result<Raw, Words> {
    let mut archive = archive::open(bytes)?;
    let document = archive
        .read("word/document.xml")?
        .ok_or_else(|| words("不是 Word 文稿：里面没有正文", "not a Word manuscript: it has no document part"))?;
    let styles = styles::Styles::read(part(&mut archive, "word/styles.xml")?.as_ref());
    let numbering = numbering::Numbering::read(part(&mut archive, "word/numbering.xml")?.as_ref());
    let mut notes = BTreeMap::new();
    for (kind, path) in [("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml")] {
        let root = part(&mut archive, path)?.unwrap_or_default();
        root.walk(&mut |e| {
            let made = e.attribute("type").is_some_and(|t| t != "normal");
            if let Some(id) = e.attribute("id").filter(|_| e.is(kind) && !made) {
                notes.insert((kind, id.to_string()), e.clone());
            }
        });
    }
    let relations = relations(part(&mut archive, "word/_rels/document.xml.rels")?)?;
    let named =
        part(&mut archive, "docProps/core.xml")?.map(|core| core.texts("title")).filter(|t| !t.trim().is_empty());
    aside(&mut archive, log)?;
    let mut package = Package { archive, styles, numbering, notes, relations, pictures: BTreeMap::new() };
    let mut raw = body::read(document, &mut package, log)?;
    raw.named = named;
    Ok(raw)
}

fn part(archive: &mut Archive, path: &str) -> Result<Option<Element>, Words> {
    archive.read(path)?.map(xml::parse).transpose()
}

/// Targets within the package; one that climbs out of it is refused.
fn relations(root: Option<Element>) -> Result<BTreeMap<String, (String, bool)>, Words> {
    let mut out = BTreeMap::new();
    let mut climbs = None;
    root.unwrap_or_default().walk(&mut |e| {
        let Some((id, target)) = e.attribute("Id").zip(e.attribute("Target")).filter(|_| e.is("Relationship")) else {
            return;
        };
        let external = e.attribute("TargetMode") == Some("External");
        match external {
            true => drop(out.insert(id.to_string(), (target.to_string(), true))),
            false => match inside(target) {
                Some(path) => drop(out.insert(id.to_string(), (path, false))),
                None => climbs = Some(target.to_string()),
            },
        }
    });
    match climbs {
        Some(target) => {
            Err(words(format!("里面有指到外面的路径：{target}"), format!("a path in it climbs out of it: {target}")))
        }
        None => Ok(out),
    }
}

/// A target of `word/`, resolved.
fn inside(target: &str) -> Option<String> {
    let whole = match target.strip_prefix('/') {
        Some(rest) => rest.to_string(),
        None => format!("word/{target}"),
    };
    let mut parts: Vec<&str> = vec![];
    for part in whole.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Headers, footers and comments are no part of the article; the log has their words.
fn aside(archive: &mut Archive, log: &mut Log) -> Result<(), Words> {
    let parts = [("header", words("页眉", "page header")), ("footer", words("页脚", "page footer"))];
    for (name, note) in parts {
        for n in 1..=9 {
            let text = part(archive, &format!("word/{name}{n}.xml"))?.map(|p| p.texts("t")).unwrap_or_default();
            if !han::trim(&text).is_empty() {
                log.dropped("T2", 0, text, note.clone());
            }
        }
    }
    let comments = part(archive, "word/comments.xml")?.unwrap_or_default();
    comments.walk(&mut |e| {
        if e.is("comment") {
            log.dropped("T2", 0, e.texts("t"), words("批注", "comment"));
            log.doubt(
                "T2",
                0,
                words(format!("有批注：{}", e.texts("t")), format!("there is a comment: {}", e.texts("t"))),
            );
        }
    });
    Ok(())
}
