//! A page as a row of events: elements opened and closed, and text between.
//!
//! In: the parsed tree. Out: its events in order, made while they are asked for: a list of them would be larger than the page.

use super::super::raw::{MOST, Style};
use super::page::{Content, Element, Page};
use std::rc::Rc;

#[derive(Clone, Debug)]
pub enum Event<'a> {
    Open(Rc<Tag>),
    Text(&'a str),
    Close(Rc<Tag>),
}

/// What import wants of an element.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    pub name: String,
    pub href: Option<String>,
    /// Its name within the page.
    pub id: Option<String>,
    pub source: Option<String>,
    pub alt: Option<String>,
    /// Of `<meta property="og:title">`.
    pub title: Option<String>,
    /// Of `<time datetime>` and `<meta property="article:published_time">`.
    pub time: Option<String>,
    pub start: u32,
    pub columns: u16,
    pub rows: u16,
    pub centred: bool,
    pub hidden: bool,
    /// By its class or name: comments, related articles, shares.
    pub aside: bool,
    /// By its class: who, when, where; pages set such spans apart by style alone.
    pub meta: bool,
    bold: bool,
    /// A few pixels, or a strip between paragraphs.
    small: bool,
}

const BLOCKS: &str = " address article aside blockquote body button center dd details dialog div dl dt fieldset figcaption figure footer form founder-author founder-content founder-introtitle founder-subtitle founder-title h1 h2 h3 h4 h5 h6 header html iframe label li main menu nav ol option p pre section select summary table tbody td textarea tfoot th thead tr ul ";

impl Tag {
    pub fn is_block(&self) -> bool {
        BLOCKS.contains(&format!(" {} ", self.name))
    }

    /// A paragraph, a heading, a line of a list or a table: of an article, a part.
    pub fn is_paragraph(&self) -> bool {
        const PARTS: &str = " p li h1 h2 h3 h4 h5 h6 dd dt figcaption pre blockquote tr tbody table ";
        PARTS.contains(&format!(" {} ", self.name))
    }

    /// Holds no text at all.
    pub fn is_unread(&self) -> bool {
        matches!(&self.name[..], "head" | "script" | "style" | "noscript" | "template" | "svg" | "rp")
    }

    /// Never the article's own text; names count `within` its block alone.
    pub fn is_apart(&self, within: bool) -> bool {
        const APART: [&str; 12] = [
            "nav", "header", "footer", "aside", "button", "select", "textarea", "option", "label", "iframe", "dialog",
            "menu",
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
            || source.rsplit('/').next().is_some_and(|name| name.starts_with("qr."))
            || ["icon", "logo", "qrcode", "ewm", "avatar", "spacer", "blank.", "loading", "share"]
                .iter()
                .any(|w| source.contains(w))
    }
}

/// Walks a page. Without recursion: pages may nest deeper than the stack.
pub fn events(page: &Page) -> impl Iterator<Item = Event<'_>> + Clone {
    let mut node = Some(page.root());
    let mut open: Vec<Rc<Tag>> = vec![];
    let mut leaving = false;
    std::iter::from_fn(move || {
        while let Some(now) = node {
            if !leaving {
                let event = match page.content(now) {
                    Content::Element(element) => {
                        let tag = Rc::new(tag(&element));
                        open.push(tag.clone());
                        Some(Event::Open(tag))
                    }
                    Content::Text(text) => Some(Event::Text(text)),
                    Content::Other => None,
                };
                match page.first(now) {
                    Some(child) => node = Some(child),
                    None => leaving = true,
                }
                if event.is_some() {
                    return event;
                }
                continue;
            }
            match page.next(now) {
                Some(next) => (node, leaving) = (Some(next), false),
                None => node = page.parent(now),
            }
            if let Content::Element(_) = page.content(now) {
                return open.pop().map(Event::Close);
            }
        }
        None
    })
}

fn tag(element: &Element) -> Tag {
    let value = |name: &str| element.attribute(name).map(str::trim).filter(|v| !v.is_empty()).map(String::from);
    let number =
        |name: &str| element.attribute(name).and_then(|v| v.trim().trim_end_matches("px").parse::<usize>().ok());
    let style: String = element
        .attribute("style")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let names =
        format!(" {} {} ", element.attribute("class").unwrap_or_default(), element.attribute("id").unwrap_or_default());
    let names = names.to_ascii_lowercase();
    let property = element.attribute("property").or(element.attribute("name")).unwrap_or_default();
    Tag {
        name: element.name.to_string(),
        href: value("href").filter(|h| h != "#" && !h.to_ascii_lowercase().starts_with("javascript:")),
        id: value("id").or_else(|| value("name")),
        source: ["data-src", "data-original", "data-lazy-src", "src"].iter().find_map(|name| value(name)),
        alt: value("alt"),
        title: (property == "og:title").then(|| value("content")).flatten(),
        time: match property {
            "article:published_time" => value("content"),
            _ => value("datetime").filter(|_| element.name == "time"),
        },
        start: number("start").unwrap_or(1).min(MOST as usize) as u32,
        columns: number("colspan").unwrap_or(1).clamp(1, 100) as u16,
        rows: number("rowspan").unwrap_or(1).clamp(1, 1000) as u16,
        centred: style.contains("text-align:center")
            || element.attribute("align") == Some("center")
            || element.name == "p" && names.split_ascii_whitespace().any(|n| n.ends_with("center"))
            || element.name == "center",
        hidden: style.contains("display:none") || element.attribute("hidden").is_some(),
        aside: is_aside(&names),
        meta: META.iter().any(|w| names.contains(w)),
        bold: style.contains("font-weight:bold")
            || style.contains("font-weight:700")
            || style.contains("font-weight:600"),
        small: value("data-ratio").and_then(|r| r.parse::<f32>().ok()).is_some_and(|high| high <= 0.25)
            || ["width", "height"].iter().any(|n| number(n).is_some_and(|px| px <= 40)),
    }
}

const META: [&str; 11] =
    ["author", "byline", "date", "time", "source", "posted", "category", "cat-", "editor", "publish", "meta"];

/// Classes and names that templates give to what is no part of an article.
fn is_aside(names: &str) -> bool {
    const NAMES: [&str; 36] = [
        "comments",
        "comment-list",
        "comment",
        "respond",
        "sidebar",
        "widget",
        "related",
        "relate",
        "related-news",
        "related-posts",
        "breadcrumb",
        "breadcrumbs",
        "crumbs",
        "share",
        "sharebox",
        "sharedaddy",
        "social",
        "ad-slot",
        "ads",
        "advert",
        "advertisement",
        "toc",
        "table-of-contents",
        "reward",
        "donate",
        "dashang",
        "post-copyright",
        "bshare-custom",
        "social-share",
        "post-navigation",
        "pagination",
        "copyright",
        "recommend",
        "hot-list",
        "qrcode",
        "footer",
    ];
    names.split_ascii_whitespace().any(|n| NAMES.contains(&n))
}
