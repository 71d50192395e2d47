//! The documents that are no article: cover and colophon.

use super::pages::Spot;
use super::plan::{Cover, Plan};
use super::xml::{Xml, xhtml};
use crate::doc::ColophonLine;
use crate::page::PageKind;

/// The cover: the picture alone, or where there is none its words.
pub fn cover(plan: &Plan) -> String {
    let (issue, title) = (plan.issue, name(plan));
    xhtml(plan.lang().tag(), &title, "frontmatter", |xml| {
        xml.open("section", &[("class", "cover"), ("aria-label", plan.words.cover)]);
        plan.marks.at(Spot::Cover).for_each(|m| m.write(xml));
        match &plan.cover {
            Some(cover) => {
                let alt = [plan.words.cover, plan.words.colon, &said(plan, &title)].concat();
                xml.empty(
                    "img",
                    &[("epub:type", "cover"), ("role", "doc-cover"), ("src", cover.href()), ("alt", &alt)],
                );
            }
            None => {
                let magazine = non_blank(&issue.magazine.title).unwrap_or(&title).to_string();
                xml.leaf("h1", &[], &magazine);
                let line = issue.issue_line();
                let theme = issue.number.plain_theme();
                let below = [("issue", Some(line.as_str())), ("theme", theme.as_deref())];
                let lines = issue.number.cover_lines.iter().map(|l| ("cover-line", Some(l.as_str())));
                for (class, text) in below.into_iter().chain(lines) {
                    if let Some(text) = text.and_then(non_blank) {
                        xml.leaf("p", &[("class", class)], text);
                    }
                }
            }
        }
        xml.close();
    })
}

/// What the cover says: the issue's name, and the lines that are printed on it.
fn said(plan: &Plan, title: &str) -> String {
    let number = &plan.issue.number;
    let printed = plan.cover == Some(Cover::Page);
    let lines = number.plain_theme().into_iter().chain(number.cover_lines.iter().cloned()).filter(|_| printed);
    let lines: Vec<String> = lines.filter(|line| non_blank(line).is_some()).collect();
    std::iter::once(title.to_string()).chain(lines).collect::<Vec<_>>().join(plan.words.stop)
}

/// The issue's name, never empty.
pub fn name(plan: &Plan) -> String {
    let title = super::xml::allowed(&plan.issue.full_title());
    non_blank(&title).or(non_blank(&plan.issue.slug)).unwrap_or(plan.words.cover).to_string()
}

/// The colophon: its lines in the order given. A line without a label is a paragraph.
pub fn colophon(plan: &Plan) -> String {
    xhtml(plan.lang().tag(), plan.words.colophon, "backmatter", |xml| {
        let attributes =
            [("epub:type", "colophon"), ("role", "doc-colophon"), ("aria-labelledby", "title"), ("class", "colophon")];
        xml.open("section", &attributes);
        xml.line();
        plan.marks.at(Spot::Colophon).for_each(|m| m.write(xml));
        xml.leaf("h1", &[("id", "title")], plan.words.colophon);
        xml.line();
        for lines in plan.issue.colophon.chunk_by(|a, b| has_label(a) == has_label(b)) {
            if has_label(&lines[0]) { terms(plan, lines, xml) } else { paragraphs(lines, xml) }
        }
        if plan.issue.colophon_page.basic_parameters {
            let inside = plan.book.pages.iter().filter(|page| page.kind != PageKind::Cover).count();
            xml.leaf("p", &[], &format!("[期刊基本参数] {}", plan.issue.basic_parameters(inside)));
            xml.line();
        }
        plan.marks.at(Spot::End).for_each(|m| m.write(xml));
        xml.close();
    })
}

fn terms(plan: &Plan, lines: &[ColophonLine], xml: &mut Xml) {
    xml.open("dl", &[]);
    xml.line();
    for line in lines {
        // A long label keeps its own value beside it.
        xml.open("div", &[]);
        xml.leaf("dt", &[], &line.label);
        match line.listed {
            true => line.values.iter().for_each(|value| xml.leaf("dd", &[], value)),
            false => xml.leaf("dd", &[], &line.values.join(plan.words.comma)),
        }
        xml.close();
        xml.line();
    }
    xml.close();
    xml.line();
}

fn paragraphs(lines: &[ColophonLine], xml: &mut Xml) {
    for text in lines.iter().flat_map(|l| &l.values) {
        xml.leaf("p", &[], text);
        xml.line();
    }
}

fn has_label(line: &ColophonLine) -> bool {
    non_blank(&line.label).is_some()
}

fn non_blank(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.trim().is_empty())
}
