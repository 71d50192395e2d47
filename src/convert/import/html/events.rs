//! A page as a flat list of events: elements opened and closed, and text between.

use super::super::raw::Style;
use scraper::{Html, Node};

#[derive(Clone, Debug)]
pub enum Event {
    Open(Tag),
    Text(String),
    Close(Tag),
}

/// What import wants of an element.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    pub name: String,
    pub href: Option<String>,
    pub source: Option<String>,
    pub alt: Option<String>,
    /// Of `<meta property="og:title">`.
    pub title: Option<String>,
    pub start: u64,
    pub columns: usize,
    pub rows: usize,
    pub centred: bool,
    pub hidden: bool,
    /// By its class or name: comments, related articles, shares.
    pub aside: bool,
    /// By its class: who, when, where; pages set such spans apart by style alone.
    pub meta: bool,
    bold: bool,
    small: bool,
}

const BLOCKS: &str = " address article aside blockquote body button center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header html iframe label li main menu nav ol option p pre section select summary table tbody td textarea tfoot th thead tr ul ";

impl Tag {
    pub fn is_block(&self) -> bool {
        BLOCKS.contains(&format!(" {} ", self.name))
    }

    /// Never the article's own text; names count `within` its block alone.
    pub fn is_apart(&self, within: bool) -> bool {
        const APART: [&str; 12] = [
            "nav", "header", "footer", "aside", "button", "select", "textarea", "option", "label", "iframe", "dialog", "menu",
        ];
        self.hidden || self.aside && within || APART.contains(&&self.name[..])
    }

    /// The style within an inline element; None where it has none of its own.
    pub fn style(&self, outer: Style) -> Option<Style> {
        let mut style = outer;
        match &self.name[..] {
            "b" | "strong" => style.strong = true,
            "i" | "em" => style.emphasis = true,
            "s" | "del" | "strike" => style.strike = true,
            "code" | "tt" => style.code = true,
            "sup" => style.superscript = true,
            "sub" => style.subscript = true,
            "u" => style.underline = true,
            "a" => {}
            "span" | "font" => style.strong |= self.bold,
            _ => return None,
        }
        Some(style)
    }

    /// Icons, spacers, codes to scan.
    pub fn is_icon(&self) -> bool {
        let source = self.source.as_deref().unwrap_or_default().to_ascii_lowercase();
        self.small
            || ["icon", "logo", "qrcode", "ewm", "avatar", "spacer", "blank.", "loading", "share"]
                .iter()
                .any(|w| source.contains(w))
    }
}

/// Reads a page. Without recursion: pages may nest deeper than the stack.
pub fn events(text: &str) -> Vec<Event> {
    let page = Html::parse_document(text);
    let mut out = vec![];
    let mut node = page.tree.root();
    loop {
        enter(node.value(), &mut out);
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            leave(node.value(), &mut out);
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return named(out),
            }
        }
    }
}

fn enter(node: &Node, out: &mut Vec<Event>) {
    match node {
        Node::Element(element) => out.push(Event::Open(tag(element))),
        Node::Text(text) => out.push(Event::Text(text.to_string())),
        _ => {}
    }
}

fn leave(node: &Node, out: &mut Vec<Event>) {
    if let Node::Element(element) = node {
        out.push(Event::Close(tag(element)));
    }
}

fn tag(element: &scraper::node::Element) -> Tag {
    let value = |name: &str| element.attr(name).map(str::trim).filter(|v| !v.is_empty()).map(String::from);
    let number = |name: &str| element.attr(name).and_then(|v| v.trim().trim_end_matches("px").parse::<usize>().ok());
    let style: String =
        element.attr("style").unwrap_or_default().to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let names = format!(" {} {} ", element.attr("class").unwrap_or_default(), element.attr("id").unwrap_or_default());
    let names = names.to_ascii_lowercase();
    let property = element.attr("property").or(element.attr("name")).unwrap_or_default();
    Tag {
        name: element.name().to_string(),
        href: value("href").filter(|h| !h.starts_with('#') && !h.to_ascii_lowercase().starts_with("javascript:")),
        source: ["data-src", "data-original", "data-lazy-src", "src"].iter().find_map(|name| value(name)),
        alt: value("alt"),
        title: (property == "og:title").then(|| value("content")).flatten(),
        start: number("start").unwrap_or(1) as u64,
        columns: number("colspan").unwrap_or(1).clamp(1, 100),
        rows: number("rowspan").unwrap_or(1).clamp(1, 1000),
        centred: style.contains("text-align:center")
            || element.attr("align") == Some("center")
            || element.name() == "center",
        hidden: style.contains("display:none") || element.attr("hidden").is_some(),
        aside: is_aside(&names),
        meta: META.iter().any(|w| names.contains(w)),
        bold: style.contains("font-weight:bold")
            || style.contains("font-weight:700")
            || style.contains("font-weight:600"),
        small: ["width", "height"].iter().any(|n| number(n).is_some_and(|px| px <= 40)),
    }
}

const META: [&str; 10] =
    ["author", "byline", "date", "time", "source", "posted", "category", "cat-", "editor", "publish"];

/// Classes and names that templates give to what is no part of an article.
fn is_aside(names: &str) -> bool {
    const NAMES: [&str; 22] = [
        "comments", "comment-list", "comment", "respond", "sidebar", "widget", "related", "related-posts", "breadcrumb",
        "breadcrumbs", "crumbs", "share", "sharebox", "bshare-custom", "social-share", "post-navigation", "pagination",
        "copyright", "recommend", "hot-list", "qrcode", "footer",
    ];
    names.split_ascii_whitespace().any(|n| NAMES.contains(&n))
}

/// The text of `<title>` as an event of its tag, unless the page has an `og:title`.
fn named(mut events: Vec<Event>) -> Vec<Event> {
    for at in 0..events.len().saturating_sub(1) {
        let text = match (&events[at], &events[at + 1]) {
            (Event::Open(tag), Event::Text(text)) if tag.name == "title" => text.trim().to_string(),
            _ => continue,
        };
        let named = events.iter().any(|e| matches!(e, Event::Open(tag) if tag.title.is_some()));
        if let Event::Open(tag) = &mut events[at] {
            tag.title = Some(text).filter(|_| !named);
        }
    }
    events
}
