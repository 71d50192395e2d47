//! Paragraph styles: what a style makes of a paragraph, by its name and what it is based on.

use super::super::raw::Kind;
use super::xml::Element;
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbering: Option<(String, usize)>,
    bold: Option<bool>,
    centred: Option<bool>,
}

impl Styles {
    pub fn read(root: Option<&Element>) -> Styles {
        let mut styles = Styles::default();
        let Some(root) = root else { return styles };
        root.walk(&mut |e| {
            let Some(id) = e.attribute("styleId").filter(|_| e.is("style")) else { return };
            let paragraph = e.child("pPr");
            let style = Style {
                name: e.value("name").unwrap_or_default().to_lowercase(),
                based_on: e.value("basedOn").map(String::from),
                outline: paragraph.and_then(|p| p.value("outlineLvl")).and_then(|v| v.parse().ok()),
                numbering: paragraph.and_then(number),
                bold: e.child("rPr").and_then(|r| r.on("b")),
                centred: paragraph.and_then(|p| p.value("jc")).map(|v| v == "center"),
            };
            styles.by_id.insert(id.to_string(), style);
        });
        styles
    }

    /// The style and what it is based on, nearest first.
    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Style> {
        let first = self.by_id.get(id);
        std::iter::successors(first, |s| self.by_id.get(s.based_on.as_deref()?)).take(12)
    }

    /// What a paragraph of this style is.
    pub fn kind(&self, id: &str) -> Option<Kind> {
        self.chain(id)
            .find_map(|style| by_name(&style.name).or(style.outline.filter(|l| *l < 9).map(|l| Kind::Heading(l + 1))))
    }
    pub fn numbering(&self, id: &str) -> Option<(String, usize)> {
        self.chain(id).find_map(|s| s.numbering.clone())
    }
    pub fn is_bold(&self, id: &str) -> bool {
        self.chain(id).find_map(|s| s.bold).unwrap_or(false)
    }
    pub fn is_centred(&self, id: &str) -> bool {
        self.chain(id).find_map(|s| s.centred).unwrap_or(false)
    }
}

/// Built-in names are English in every language's Word; WPS and old files have Chinese ones.
fn by_name(name: &str) -> Option<Kind> {
    let level = |prefix: &str| {
        name.strip_prefix(prefix).and_then(|n| n.trim().parse::<u8>().ok()).filter(|n| (1..=9).contains(n))
    };
    if let Some(level) = level("heading").or(level("标题")).or(level("標題")) {
        return Some(Kind::Heading(level));
    }
    Some(match name {
        "title" | "标题" | "標題" | "文章标题" => Kind::Title,
        "subtitle" | "副标题" | "副標題" => Kind::Subtitle,
        "caption" | "题注" | "圖說" | "图注" | "標號" => Kind::Caption,
        "quote" | "intense quote" | "引用" | "明显引用" | "引文" | "block text" => Kind::Quote,
        "html preformatted" => Kind::Code,
        _ => return None,
    })
}

/// The list a paragraph belongs to and its level.
pub fn number(properties: &Element) -> Option<(String, usize)> {
    let number = properties.child("numPr")?;
    let level = number.value("ilvl").and_then(|v| v.parse().ok()).unwrap_or(0);
    Some((number.value("numId")?.to_string(), level))
}
