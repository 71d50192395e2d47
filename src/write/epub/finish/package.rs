//! The package document (EPUB 3.3 §5).

use super::events::{Events, value};
use crate::write::epub::error::Error;
use crate::write::epub::metadata::Metadata;
use crate::write::epub::plan::Plan;

pub fn package(skeleton: &str, plan: &Plan, metadata: &Metadata) -> Result<String, Error> {
    let mut events = Events::parse(skeleton)?;
    language(&mut events, plan);
    unique_ids(&mut events);
    identifier(&mut events, metadata)?;
    title(&mut events);
    modified(&mut events, &metadata.modified)?;
    more_metadata(&mut events, &metadata.more)?;
    contents_in_spine(&mut events)?;
    progression(&mut events, plan.book.meta.right_to_left);
    no_guide(&mut events)?;
    events.write()
}

/// The language of the package's own texts (§5.3.5 xml:lang); Ace's `epub-lang`.
fn language(events: &mut Events, plan: &Plan) {
    events.set("package", |_| true, &[("xml:lang", plan.lang().tag())]);
}

/// The template gives `dc:language` and `dc:creator` the same ids (EPUBCheck RSC-005). Nothing refines a language.
fn unique_ids(events: &mut Events) {
    events.unset("dc:language", "id");
}

/// epub-builder takes UUIDs alone; the editor may have an identifier of his own.
fn identifier(events: &mut Events, metadata: &Metadata) -> Result<(), Error> {
    let identifier = events.find("dc:identifier", |_| true)?;
    events.fill_text(identifier, &metadata.identifier);
    Ok(())
}

/// What refines the title (its order among others) needs its id; the template gives none.
fn title(events: &mut Events) {
    events.set("dc:title", |_| true, &[("id", "title")]);
}

/// The template has the time of the run unless it is told one in another crate's type.
fn modified(events: &mut Events, date: &str) -> Result<(), Error> {
    let meta = events.find("meta", |s| value(s, "property").as_deref() == Some("dcterms:modified"))?;
    events.fill_text(meta, date);
    Ok(())
}

/// Publisher, contributors, ISSN, series, page source, accessibility: there is no way to give them to epub-builder (its
/// `meta` alone can be, and isn't escaped).
fn more_metadata(events: &mut Events, more: &str) -> Result<(), Error> {
    let metadata = events.find("metadata", |_| true)?;
    events.append(metadata, more)
}

/// The contents page stands after the cover, as in print; the template leaves the navigation document out of the spine.
fn contents_in_spine(events: &mut Events) -> Result<(), Error> {
    let cover = events.find("itemref", |_| true)?;
    events.insert(cover.end, "<itemref idref=\"nav\"/>")
}

/// `epub_direction` sets a field that the template never renders.
fn progression(events: &mut Events, right_to_left: bool) {
    let direction = if right_to_left { "rtl" } else { "ltr" };
    events.set("spine", |_| true, &[("page-progression-direction", direction)]);
}

/// The guide is EPUB 2's; landmarks took its place (§5.9.2 legacy).
fn no_guide(events: &mut Events) -> Result<(), Error> {
    let guide = events.find("guide", |_| true)?;
    events.remove(guide);
    Ok(())
}
