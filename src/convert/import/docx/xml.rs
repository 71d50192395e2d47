//! A part of an Office document as a tree.
//!
//! In: XML text. Out: [`Element`]s by their local names. A document type declaration is refused: no Office file has one,
//! and entities are what XML bombs are made of. So is a tree deeper than any document's.

use crate::base::{Words, words};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const DEEPEST: usize = 200;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Without its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// Its own text.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
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
            if e.name == name {
                out.push_str(&e.text);
            }
        });
        out
    }
}

/// Parses a part; what it returns holds the root.
pub fn parse(bytes: &[u8]) -> Result<Element, Words> {
    let broken =
        |why: &dyn std::fmt::Display| words(format!("里面的 XML 坏了：{why}"), format!("XML in it is broken: {why}"));
    let text = super::super::decode::xml(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|e| broken(&e))? {
            Event::Start(start) => {
                if stack.len() > DEEPEST {
                    return Err(words("XML 一层套一层，深得不像文稿", "its XML nests deeper than any manuscript's"));
                }
                stack.push(element(&start));
            }
            Event::Empty(start) => top(&mut stack).children.push(element(&start)),
            Event::End(_) if stack.len() > 1 => {
                let done = stack.pop().unwrap_or_default();
                top(&mut stack).children.push(done);
            }
            // A control character is no XML; some writers leave them.
            Event::Text(text) => {
                top(&mut stack).text.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')))
            }
            Event::CData(text) => top(&mut stack).text.push_str(&text),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let known = quick_xml::escape::unescape(&entity).map_err(|e| broken(&e))?.into_owned();
                top(&mut stack).text.push_str(&known);
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
        top(&mut stack).children.push(done);
    }
    Ok(stack.pop().unwrap_or_default())
}

fn top(stack: &mut [Element]) -> &mut Element {
    stack.last_mut().expect("the root is never taken")
}

fn element(start: &BytesStart) -> Element {
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_string();
    let attributes = start.attributes().flatten().map(|a| {
        let name = local(a.key.as_ref());
        let value = quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.to_string(), |v| v.into_owned());
        (name, value)
    });
    Element { name: local(start.name().as_ref()), attributes: attributes.collect(), ..Element::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_refused_and_entities_that_xml_has_are_read() {
        let root = parse("<w:p><w:t>山 &amp; 路&#x3002;</w:t></w:p>".as_bytes()).unwrap();
        assert_eq!(root.texts("t"), "山 & 路。");
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(parse(bomb.as_bytes()).unwrap_err().en.contains("XML bomb"));
        assert!(parse("<a>".repeat(5000).as_bytes()).unwrap_err().en.contains("deeper"));
        assert!(parse(b"<a b=").is_err());
    }
}
