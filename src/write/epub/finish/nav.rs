//! The navigation document (EPUB 3.3 §7): the reader's contents page too.

use super::events::{Events, value};
use crate::write::epub::error::Error;
use crate::write::epub::plan::{COLOPHON, COVER, Plan};
use crate::write::epub::xml::Xml;
use quick_xml::events::BytesStart;

pub fn nav(skeleton: &str, plan: &Plan) -> Result<String, Error> {
    let mut events = Events::parse(skeleton)?;
    language(&mut events, plan);
    roles(&mut events);
    sections(&mut events);
    landmarks(&mut events, plan)?;
    page_list(&mut events, plan)?;
    events.write()
}

/// Ace's `html-has-lang`, which looks at this document too.
fn language(events: &mut Events, plan: &Plan) {
    let tag = plan.lang().tag();
    events.set("html", |_| true, &[("lang", tag), ("xml:lang", tag)]);
}

/// A role beside `epub:type` (Ace's `epub-type-has-matching-role`) and a name for each `nav` (`landmark-unique`).
fn roles(events: &mut Events) {
    events.set("nav", is_type("toc"), &[("role", "doc-toc"), ("aria-labelledby", "toc-title")]);
}

/// An entry with entries below it is a section's: the style sheet sets it as a label.
fn sections(events: &mut Events) {
    events.mark_followed("a", "ol", ("class", "section"));
}

/// The template leaves the element empty where no content has a reference type (EPUBCheck RSC-005, RSC-017); and one
/// can be given to no document without putting that document into the contents.
fn landmarks(events: &mut Events, plan: &Plan) -> Result<(), Error> {
    let contents = format!("{}#toc", "nav.xhtml");
    let mut places = vec![("cover", COVER, plan.words.cover.to_string())];
    places.push(("toc", &contents, super::super::skeleton::contents_title(plan)));
    places.extend(
        plan.articles.first().map(|parts| ("bodymatter", parts[0].file.as_str(), plan.words.start.to_string())),
    );
    if !plan.issue.colophon.is_empty() {
        places.push(("colophon", COLOPHON, plan.words.colophon.to_string()));
    }
    let mut xml = Xml::default();
    list(&mut xml, "landmarks-title", plan.words.landmarks, |xml| {
        for (kind, href, title) in &places {
            entry(xml, &[("epub:type", kind), ("href", href)], title);
        }
    });
    events.set("nav", is_type("landmarks"), &[("aria-labelledby", "landmarks-title"), ("hidden", "hidden")]);
    let nav = events.find("nav", is_type("landmarks"))?;
    events.fill(nav, &xml.finish())
}

/// epub-builder knows no page list (§7.4.4).
fn page_list(events: &mut Events, plan: &Plan) -> Result<(), Error> {
    if plan.marks.0.is_empty() {
        return Ok(());
    }
    let mut xml = Xml::default();
    xml.open(
        "nav",
        &[
            ("epub:type", "page-list"),
            ("role", "doc-pagelist"),
            ("aria-labelledby", "pages-title"),
            ("hidden", "hidden"),
        ],
    );
    list(&mut xml, "pages-title", plan.words.pages, |xml| {
        plan.marks.0.iter().for_each(|m| entry(xml, &[("href", &plan.place(m))], &m.label));
    });
    let body = events.find("body", |_| true)?;
    events.append(body, &xml.finish())
}

fn list(xml: &mut Xml, id: &str, title: &str, entries: impl FnOnce(&mut Xml)) {
    xml.line();
    xml.leaf("h2", &[("id", id)], title);
    xml.open("ol", &[]);
    xml.line();
    entries(xml);
    xml.close();
    xml.line();
}

fn entry(xml: &mut Xml, attributes: &[(&str, &str)], text: &str) {
    xml.open("li", &[]);
    xml.leaf("a", attributes, text);
    xml.close();
    xml.line();
}

fn is_type(kind: &str) -> impl Fn(&BytesStart) -> bool {
    move |start| value(start, "epub:type").as_deref() == Some(kind)
}
