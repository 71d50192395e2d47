//! A part of an Office document as a tree.
//!
//! In: XML text. Out: [`Element`]s by their local names. A document type declaration is refused: no Office file has one,
//! and entities are what XML bombs are made of. So is a tree deeper than any document's.

use super::super::decode;
use crate::base::{Words, words};
use ecow::EcoString;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::rc::Rc;

const DEEPEST: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Without its prefix; elements of one name share it.
    pub name: Rc<str>,
    pub attributes: Vec<(Rc<str>, EcoString)>,
    pub children: Vec<Element>,
    /// Its own text.
    pub text: EcoString,
}

impl Default for Element {
    fn default() -> Element {
        Element { name: "".into(), attributes: vec![], children: vec![], text: EcoString::new() }
    }
}

impl Element {
    pub fn is(&self, name: &str) -> bool {
        *self.name == *name
    }
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| **n == *name).map(|(_, v)| v.as_str())
    }
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.is(name))
    }
    /// The attribute `val` of a child.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }
    /// A property that is on by being there: `<w:b/>`, off by `w:val="0"`.
    pub fn on(&self, name: &str) -> Option<bool> {
        self.child(name).map(|c| !matches!(c.attribute("val"), Some("0" | "false" | "none" | "off")))
    }
    /// This element and all below it, in document order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Element)) {
        visit(self);
        self.children.iter().for_each(|c| c.walk(visit));
    }
    /// The text of every element of that name.
    pub fn texts(&self, name: &str) -> String {
        let mut out = String::new();
        self.walk(&mut |e| {
            if e.is(name) {
                out.push_str(&e.text);
            }
        });
        out
    }
}

/// Parses a part; what it returns holds the root.
pub fn parse(bytes: Vec<u8>) -> Result<Element, Words> {
    each(bytes, &[], &mut |_| Ok(()))
}

/// Parses a part and hands over what stands directly within `path`, one after the other, so that a document is never held
/// whole; what it returns holds the rest.
pub fn each(
    bytes: Vec<u8>,
    path: &[&str],
    sink: &mut dyn FnMut(Element) -> Result<(), Words>,
) -> Result<Element, Words> {
    let broken =
        |why: &dyn std::fmt::Display| words(format!("里面的 XML 坏了：{why}"), format!("XML in it is broken: {why}"));
    let text = decode::xml(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut stack = vec![Element::default()];
    let mut names = Names::default();
    loop {
        match reader.read_event().map_err(|e| broken(&e))? {
            Event::Start(start) => {
                if stack.len() > DEEPEST {
                    return Err(words("XML 一层套一层，深得不像文稿", "its XML nests deeper than any manuscript's"));
                }
                stack.push(names.element(&start));
            }
            Event::Empty(start) => close(&mut stack, names.element(&start), path, sink)?,
            Event::End(_) if stack.len() > 1 => {
                let mut done = stack.pop().unwrap_or_default();
                // A vector's room for four is more than most elements hold.
                done.children.shrink_to_fit();
                close(&mut stack, done, path, sink)?;
            }
            // A control character is no XML; some writers leave them.
            Event::Text(text) => top(&mut stack).text.extend(
                text.chars()
                    .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
                    .map(|c| if decode::BREAKS.contains(&c) { ' ' } else { c }),
            ),
            Event::CData(text) => top(&mut stack).text.push_str(&text),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let known = quick_xml::escape::unescape(&entity).map_err(|e| broken(&e))?.into_owned();
                top(&mut stack).text.extend(known.chars().map(|c| if decode::BREAKS.contains(&c) { ' ' } else { c }));
            }
            Event::DocType(_) => {
                return Err(words(
                    "XML 里有文档类型声明（可能是 XML 炸弹）",
                    "its XML has a document type declaration (it may be an XML bomb)",
                ));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while stack.len() > 1 {
        let done = stack.pop().unwrap_or_default();
        close(&mut stack, done, path, sink)?;
    }
    Ok(stack.pop().unwrap_or_default())
}

/// An element that is whole belongs to the one around it, or to the sink.
fn close(
    stack: &mut [Element],
    done: Element,
    path: &[&str],
    sink: &mut dyn FnMut(Element) -> Result<(), Words>,
) -> Result<(), Words> {
    let within = stack.len() == path.len() + 1 && stack[1..].iter().zip(path).all(|(e, name)| e.is(name));
    if within && !path.is_empty() {
        return sink(done);
    }
    top(stack).children.push(done);
    Ok(())
}

fn top(stack: &mut [Element]) -> &mut Element {
    stack.last_mut().expect("the root is never taken")
}

/// Names as they are met, each once: a document has a hundred thousand elements of thirty names.
#[derive(Default)]
struct Names(BTreeSet<Rc<str>>);

impl Names {
    fn shared(&mut self, name: &str) -> Rc<str> {
        let local = name.rsplit(':').next().unwrap_or(name);
        if let Some(known) = self.0.get(local) {
            return known.clone();
        }
        let new: Rc<str> = local.into();
        self.0.insert(new.clone());
        new
    }

    /// Marks of revision sessions (`w:rsidR`) say nothing of the text.
    fn element(&mut self, start: &BytesStart) -> Element {
        let mut attributes = vec![];
        for a in start.attributes().flatten().filter(|a| !a.key.as_ref().contains("rsid")) {
            let value = quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.as_ref().into(), EcoString::from);
            attributes.push((self.shared(a.key.as_ref()), value));
        }
        attributes.shrink_to_fit();
        Element { name: self.shared(start.name().as_ref()), attributes, ..Element::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_refused_and_entities_that_xml_has_are_read() {
        let root = parse("<w:p><w:t>山 &amp; 路&#x3002;</w:t></w:p>".into()).unwrap();
        assert_eq!(root.texts("t"), "山 & 路。");
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(parse(bomb.into()).unwrap_err().en.contains("XML bomb"));
        assert!(parse("<a>".repeat(5000).into()).unwrap_err().en.contains("deeper"));
        assert!(parse(b"<a b=".to_vec()).is_err());
    }
}
