//! The NCX (OPF 2.0.1 §2.4.1), kept for reading systems that know nothing newer.

use super::events::{Events, value};
use crate::write::epub::error::Error;
use crate::write::epub::metadata::Metadata;
use crate::write::epub::plan::Plan;
use crate::write::epub::xml::Xml;

pub fn ncx(skeleton: &str, plan: &Plan, metadata: &Metadata) -> Result<String, Error> {
    let mut events = Events::parse(skeleton)?;
    head(&mut events, plan, metadata)?;
    title(&mut events, metadata)?;
    page_list(&mut events, plan)?;
    play_order(&mut events);
    events.write()
}

/// The template names no identifier and counts neither levels nor pages.
fn head(events: &mut Events, plan: &Plan, metadata: &Metadata) -> Result<(), Error> {
    events.set("ncx", |_| true, &[("xml:lang", plan.lang().tag())]);
    let depth = if plan.issue.sections.is_empty() { "1" } else { "2" };
    let numbers = plan.marks.0.iter().filter_map(|m| m.label.parse::<u32>().ok());
    let highest = numbers.max().unwrap_or(0).to_string();
    let pages = plan.marks.0.len().to_string();
    for (name, content) in [("dtb:depth", depth), ("dtb:totalPageCount", &pages), ("dtb:maxPageNumber", &highest)] {
        events.set("meta", |s| value(s, "name").as_deref() == Some(name), &[("content", content)]);
    }
    let mut xml = Xml::default();
    xml.empty("meta", &[("name", "dtb:uid"), ("content", &metadata.identifier)]);
    let head = events.find("head", |_| true)?;
    events.append(head, &xml.finish())
}

/// The template puts the name of the contents page where the issue's belongs.
fn title(events: &mut Events, metadata: &Metadata) -> Result<(), Error> {
    let mut xml = Xml::default();
    xml.leaf("text", &[], &metadata.title);
    let title = events.find("docTitle", |_| true)?;
    events.fill(title, &xml.finish())
}

/// Reference pages come from here on e-ink readers.
fn page_list(events: &mut Events, plan: &Plan) -> Result<(), Error> {
    if plan.marks.0.is_empty() {
        return Ok(());
    }
    let mut xml = Xml::default();
    xml.open("pageList", &[]);
    xml.open("navLabel", &[]);
    xml.leaf("text", &[], plan.words.pages);
    xml.close();
    xml.line();
    for (i, mark) in plan.marks.0.iter().enumerate() {
        let kind = if mark.label.parse::<u32>().is_ok() { "normal" } else { "special" };
        xml.open("pageTarget", &[("id", &format!("page-{}", i + 1)), ("type", kind)]);
        xml.open("navLabel", &[]);
        xml.leaf("text", &[], &mark.label);
        xml.close();
        xml.empty("content", &[("src", &plan.place(mark))]);
        xml.close();
        xml.line();
    }
    let map = events.find("navMap", |_| true)?;
    events.insert(map.end, &xml.finish())
}

/// One number for each place, in order: the template counts entries, and a section's leads where its first article's
/// does (EPUBCheck RSC-005).
fn play_order(events: &mut Events) {
    let mut places: Vec<String> = vec![];
    let targets = events.values("content", "src");
    let orders = targets.into_iter().map(|target| match places.iter().position(|p| *p == target) {
        Some(i) => i + 1,
        None => {
            places.push(target);
            places.len()
        }
    });
    let orders: Vec<String> = orders.map(|n| n.to_string()).collect();
    // Every navPoint and pageTarget has one `content`, and they come in the same order.
    events.set_each(&["navPoint", "pageTarget"], "playOrder", &orders);
}
