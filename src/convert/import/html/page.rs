//! A page as a tree: what the standard's parser makes of it, kept small.
//!
//! In: HTML text. Out: [`Page`], twenty-four bytes a node. Words lie in one string and attributes in another, each ended by a
//! NUL, which the parser leaves in neither. Scripts, styles, comments and attributes that import never asks for are not kept.

use super::super::raw;
use crate::base::{Words, words};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;

/// Elements within each other that a page may have. Pages have a hundred; parsing takes time by the square of it.
const DEEPEST: usize = 1000;

/// Bytes of a page for each of its nodes, at least; pages have twenty and more. Fewer are tags without words, or styles left
/// open, which the standard repeats in every paragraph that follows.
const BYTES_A_NODE: usize = 3;

/// What import asks of elements.
const ATTRIBUTES: [&str; 21] = [
    "align",
    "alt",
    "class",
    "colspan",
    "content",
    "data-lazy-src",
    "data-original",
    "data-ratio",
    "data-src",
    "datetime",
    "height",
    "hidden",
    "href",
    "id",
    "name",
    "property",
    "rowspan",
    "src",
    "start",
    "style",
    "width",
];

const NONE: u32 = u32::MAX;
const ROOT: u32 = 0;
/// Every comment: it is nowhere in the tree.
const COMMENT: u32 = 1;

pub struct Page {
    nodes: Vec<Node>,
    names: Vec<QualName>,
    known: BTreeMap<QualName, u16>,
    words: String,
    /// For each element that has any: `attribute`, its letter and its value, each ended by a NUL, and a NUL behind the last.
    attributes: String,
    /// The text that the end of `words` belongs to.
    open: u32,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    first: u32,
    /// The sibling before it; of a first child, the last one.
    before: u32,
    next: u32,
    value: Value,
}

#[derive(Clone, Copy, Debug)]
enum Value {
    /// Its name, and where its attributes start.
    Element(u16, u32),
    /// Where its words start.
    Text(u32),
    Other,
}

/// What a node is to a reader.
pub enum Content<'a> {
    Element(Element<'a>),
    Text(&'a str),
    Other,
}

#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Element<'a> {
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let letter = letter(name)?;
        self.attributes.split('\0').take_while(|a| !a.is_empty()).find_map(|a| a.strip_prefix(letter))
    }
}

fn letter(name: &str) -> Option<char> {
    ATTRIBUTES.binary_search(&name).ok().map(|at| (b'a' + at as u8) as char)
}

/// Parses a page; an error says why it is none.
pub fn parse(text: &str) -> Result<Page, Words> {
    if is_too_deep(text) {
        return Err(words("网页一层套一层，深得不像网页", "the page nests deeper than any page does"));
    }
    let mut parser = parse_document(Sink(RefCell::new(Page::default())), ParseOpts::default());
    let most = 4096 + text.len() / BYTES_A_NODE;
    let mut rest = text;
    while !rest.is_empty() {
        // One tag may open as many elements as styles are left open: so small a piece can't open too many.
        let (piece, more) = rest.split_at(rest.floor_char_boundary(256));
        parser.process(StrTendril::from_slice(piece));
        rest = more;
        if parser.tokenizer.sink.sink.0.borrow().nodes.len() > most {
            return Err(words("网页里几乎只有标签", "the page is tags and hardly any words"));
        }
    }
    Ok(parser.finish())
}

/// Whether a page nests deeper than any page does. Elements that the standard closes by itself don't count.
fn is_too_deep(text: &str) -> bool {
    const LEFT_OPEN: &str = " p li td th tr dt dd option br img hr input meta link col area base embed source wbr param body html head tbody thead tfoot ";
    let (mut depth, mut deepest) = (0_usize, 0);
    for (i, _) in text.match_indices('<') {
        let rest = &text[i + 1..];
        let name = rest.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if name.is_empty() || LEFT_OPEN.contains(&format!(" {} ", name.to_ascii_lowercase())) {
            continue;
        }
        depth = if rest.starts_with('/') { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest > DEEPEST
}

impl Default for Page {
    fn default() -> Page {
        let mut page = Page {
            nodes: vec![],
            names: vec![],
            known: BTreeMap::new(),
            words: String::new(),
            attributes: String::from("\0"),
            open: NONE,
        };
        page.node(Value::Other);
        page.node(Value::Other);
        page
    }
}

/// Reading.
impl Page {
    pub fn root(&self) -> u32 {
        ROOT
    }
    pub fn parent(&self, node: u32) -> Option<u32> {
        some(self.nodes[node as usize].parent)
    }
    pub fn first(&self, node: u32) -> Option<u32> {
        some(self.nodes[node as usize].first)
    }
    pub fn next(&self, node: u32) -> Option<u32> {
        some(self.nodes[node as usize].next)
    }
    pub fn content(&self, node: u32) -> Content<'_> {
        match self.nodes[node as usize].value {
            Value::Element(name, attributes) => Content::Element(Element {
                name: &self.names[usize::from(name)].local,
                attributes: &self.attributes[attributes as usize..],
            }),
            Value::Text(start) => {
                let rest = &self.words[start as usize..];
                Content::Text(&rest[..rest.find('\0').unwrap_or(rest.len())])
            }
            Value::Other => Content::Other,
        }
    }
}

fn some(node: u32) -> Option<u32> {
    (node != NONE).then_some(node)
}

/// Writing.
impl Page {
    fn at(&mut self, node: u32) -> &mut Node {
        &mut self.nodes[node as usize]
    }

    fn node(&mut self, value: Value) -> u32 {
        raw::push(&mut self.nodes, Node { parent: NONE, first: NONE, before: NONE, next: NONE, value });
        self.nodes.len() as u32 - 1
    }

    /// Beyond sixty thousand names a page has no more of its own: no page has a hundred.
    fn name(&mut self, name: QualName) -> u16 {
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        let new = self.names.len().min(usize::from(u16::MAX) - 1) as u16;
        if usize::from(new) == self.names.len() {
            self.names.push(name.clone());
            self.known.insert(name, new);
        }
        new
    }

    fn attributes(&mut self, given: &[Attribute]) -> u32 {
        let start = self.attributes.len();
        for attribute in given {
            if let Some(letter) = letter(&attribute.name.local) {
                self.attributes.push(letter);
                self.attributes.extend(attribute.value.chars().filter(|c| *c != '\0'));
                self.attributes.push('\0');
            }
        }
        if self.attributes.len() == start {
            return 0;
        }
        self.attributes.push('\0');
        start as u32
    }

    /// Words at the end of `parent`, or before a child of it.
    fn text(&mut self, parent: u32, before: Option<u32>, text: &str) {
        if let Value::Element(name, _) = self.at(parent).value
            && matches!(&*self.names[usize::from(name)].local, "script" | "style")
        {
            return;
        }
        let last = match before {
            Some(sibling) if self.nodes[parent as usize].first == sibling => NONE,
            Some(sibling) => self.at(sibling).before,
            None => self.first(parent).map_or(NONE, |first| self.nodes[first as usize].before),
        };
        if last == NONE || last != self.open {
            if self.open != NONE {
                self.words.push('\0');
            }
            self.open = self.node(Value::Text(self.words.len() as u32));
            self.insert(parent, before, self.open);
        }
        self.words.extend(text.chars().filter(|c| *c != '\0'));
    }

    fn insert(&mut self, parent: u32, before: Option<u32>, child: u32) {
        self.detach(child);
        self.at(child).parent = parent;
        let first = self.at(parent).first;
        let Some(sibling) = before else {
            self.at(child).next = NONE;
            if first == NONE {
                self.at(parent).first = child;
                self.at(child).before = child;
            } else {
                let last = std::mem::replace(&mut self.at(first).before, child);
                self.at(last).next = child;
                self.at(child).before = last;
            }
            return;
        };
        let previous = std::mem::replace(&mut self.at(sibling).before, child);
        (self.at(child).before, self.at(child).next) = (previous, sibling);
        if first == sibling {
            self.at(parent).first = child;
        } else {
            self.at(previous).next = child;
        }
    }

    fn detach(&mut self, child: u32) {
        let Node { parent, before, next, .. } = *self.at(child);
        if parent == NONE {
            return;
        }
        let first = self.at(parent).first;
        if first == child {
            self.at(parent).first = next;
        } else {
            self.at(before).next = next;
        }
        // The last child is found through the first.
        let after = if next == NONE { self.at(parent).first } else { next };
        if after != NONE {
            self.at(after).before = before;
        }
        let node = self.at(child);
        (node.parent, node.before, node.next) = (NONE, NONE, NONE);
    }
}

/// What the parser writes into.
struct Sink(RefCell<Page>);

impl Sink {
    fn put(&self, parent: u32, before: Option<u32>, child: NodeOrText<u32>) {
        let mut page = self.0.borrow_mut();
        match child {
            NodeOrText::AppendNode(COMMENT) => {}
            NodeOrText::AppendNode(child) => page.insert(parent, before, child),
            NodeOrText::AppendText(text) => page.text(parent, before, &text),
        }
    }
}

impl TreeSink for Sink {
    type Handle = u32;
    type Output = Page;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Page {
        self.0.into_inner()
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> u32 {
        ROOT
    }
    fn elem_name<'a>(&'a self, target: &'a u32) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |page| match page.nodes[*target as usize].value {
            Value::Element(name, _) => &page.names[usize::from(name)],
            // The parser asks elements alone.
            Value::Text(_) | Value::Other => &page.names[0],
        })
    }
    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> u32 {
        let mut page = self.0.borrow_mut();
        let value = Value::Element(page.name(name), page.attributes(&attributes));
        page.node(value)
    }
    fn create_comment(&self, _: StrTendril) -> u32 {
        COMMENT
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> u32 {
        COMMENT
    }
    fn append(&self, parent: &u32, child: NodeOrText<u32>) {
        self.put(*parent, None, child);
    }
    fn append_based_on_parent_node(&self, element: &u32, before: &u32, child: NodeOrText<u32>) {
        let parent = self.0.borrow().parent(*element);
        match parent {
            Some(parent) => self.put(parent, Some(*element), child),
            None => self.put(*before, None, child),
        }
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, target: &u32) -> u32 {
        *target
    }
    fn same_node(&self, a: &u32, b: &u32) -> bool {
        a == b
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, sibling: &u32, child: NodeOrText<u32>) {
        let parent = self.0.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.put(parent, Some(*sibling), child);
        }
    }
    /// Of `<html>` and `<body>` alone, where a page has them twice: none of what they say is asked for.
    fn add_attrs_if_missing(&self, _: &u32, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, target: &u32) {
        self.0.borrow_mut().detach(*target);
    }
    fn reparent_children(&self, node: &u32, parent: &u32) {
        let mut page = self.0.borrow_mut();
        while let Some(child) = page.first(*node) {
            page.insert(*parent, None, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets.
    fn shown(page: &Page, node: u32) -> String {
        let mut out = String::new();
        let mut child = page.first(node);
        while let Some(at) = child {
            match page.content(at) {
                Content::Element(e) => out += &format!("{}({})", e.name, shown(page, at)),
                Content::Text(text) => out += text,
                Content::Other => {}
            }
            child = page.next(at);
        }
        out
    }
    fn tree(html: &str) -> String {
        let page = parse(html).unwrap();
        let whole = shown(&page, page.root());
        whole.strip_prefix("html(head()body(").and_then(|w| w.strip_suffix("))")).unwrap_or(&whole).to_string()
    }

    /// HTML §13.2.6.4.7 (misnested formatting), §13.2.6.1 (foster parenting): the standard's own examples, in Chinese.
    #[test]
    fn pages_are_parsed_as_the_standard_does() {
        assert_eq!(tree("<p>山<b>行<i>路</b>上</i>人"), "p(山b(行i(路))i(上)人)");
        assert_eq!(tree("<b>山<p>行</b>路</p>"), "b(山)p(b(行)路)");
        assert_eq!(tree("<table>山<tr><td>行</td>路</tr></table>"), "山路table(tbody(tr(td(行))))");
        assert_eq!(tree("<p>山<!-- 不是正文 -->行<script>var a</script>路"), "p(山行script()路)");
    }

    #[test]
    fn attributes_are_those_that_are_asked_for() {
        let page = parse("<img src=a.jpg onclick=x alt='山 门' data-src=''>").unwrap();
        let image = (0..page.nodes.len() as u32).find_map(|n| match page.content(n) {
            Content::Element(e) if e.name == "img" => Some(e),
            _ => None,
        });
        let image = image.unwrap();
        assert_eq!((image.attribute("src"), image.attribute("alt")), (Some("a.jpg"), Some("山 门")));
        assert_eq!(
            (image.attribute("data-src"), image.attribute("href"), image.attribute("onclick")),
            (Some(""), None, None)
        );
        assert!(ATTRIBUTES.is_sorted());
    }

    #[test]
    fn a_page_that_nests_or_repeats_without_end_is_refused() {
        assert!(parse(&"<div>".repeat(900)).is_ok() && parse(&"<div>".repeat(2000)).is_err());
        assert!(parse(&"<p>山<br><li>".repeat(5000)).is_ok());
        let styles: String = (0..200).map(|n| format!("<font size={n}>")).collect();
        let told = parse(&format!("<p>{styles}{}", "<p>山".repeat(50_000))).err().unwrap();
        assert!(told.en.contains("hardly any words"), "{told:?}");
    }
}
