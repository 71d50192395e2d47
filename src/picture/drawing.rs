//! SVG drawings, resolved into paths by usvg.
//!
//! In: the file's bytes. Out: [`Drawing`]: the tree of paths, its size, and what of the file it lacks. No file and no font
//! besides is opened.

use std::collections::BTreeSet;
use usvg::roxmltree;
use usvg::{Group, ImageHrefResolver, Node, Options, Paint, Tree, WriteOptions};

/// What a drawing may hold and a PDF page doesn't show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unset {
    /// Text that isn't outlines: it would need the fonts of the machine that drew it.
    Text,
    /// A photo inside the drawing.
    Image,
    Filter,
    Mask,
    Pattern,
}

pub struct Drawing {
    pub tree: Tree,
    pub unset: BTreeSet<Unset>,
}

impl Drawing {
    pub fn open(bytes: &[u8]) -> Result<Drawing, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
        let parsing = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let xml = roxmltree::Document::parse_with_options(text, parsing).map_err(|e| e.to_string())?;
        let options = Options {
            image_href_resolver: ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..Default::default() },
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&xml, &options).map_err(|e| e.to_string())?;
        let mut unset = BTreeSet::new();
        for element in xml.descendants().filter(roxmltree::Node::is_element) {
            match element.tag_name().name() {
                "text"
                    if element.descendants().any(|n| n.is_text() && n.text().is_some_and(|t| !t.trim().is_empty())) =>
                {
                    unset.insert(Unset::Text);
                }
                "image" => {
                    unset.insert(Unset::Image);
                }
                _ => {}
            }
        }
        lacking(tree.root(), &mut unset);
        Ok(Drawing { tree, unset })
    }

    /// Its proportions, in whole numbers of which the larger is `longer`.
    pub fn size(&self, longer: u32) -> (u32, u32) {
        let (width, height) = (f64::from(self.tree.size().width()), f64::from(self.tree.size().height()));
        let scale = f64::from(longer) / width.max(height);
        let side = |v: f64| ((v * scale).round() as u32).max(1);
        (side(width), side(height))
    }

    /// As a file of its own: paths only, no scripts, nothing that lies elsewhere.
    pub fn to_svg(&self) -> String {
        let svg = self.tree.to_string(&WriteOptions { coordinates_precision: 4, ..WriteOptions::default() });
        let (width, height) = (self.tree.size().width(), self.tree.size().height());
        // usvg leaves the view box out where it is the size; a reader that scales pictures needs it.
        svg.replacen("<svg ", &format!("<svg viewBox=\"0 0 {width} {height}\" "), 1)
    }
}

fn lacking(group: &Group, unset: &mut BTreeSet<Unset>) {
    if !group.filters().is_empty() {
        unset.insert(Unset::Filter);
    }
    if group.mask().is_some() {
        unset.insert(Unset::Mask);
    }
    for node in group.children() {
        match node {
            Node::Group(group) => lacking(group, unset),
            Node::Path(path) => {
                let paints = path.fill().map(|f| f.paint()).into_iter().chain(path.stroke().map(|s| s.paint()));
                if paints.into_iter().any(|p| matches!(p, Paint::Pattern(_))) {
                    unset.insert(Unset::Pattern);
                }
            }
            Node::Image(_) | Node::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(body: &str) -> Result<Drawing, String> {
        Drawing::open(format!("<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>{body}</svg>").as_bytes())
    }

    #[test]
    fn paths_are_set_and_what_else_there_is_gets_named() {
        let plain = open("<rect width='5' height='5'/><circle r='3'/>").expect("a drawing");
        assert_eq!((plain.size(3000), plain.unset), ((3000, 1500), BTreeSet::new()));
        let rich = open(
            "<text x='1' y='9'>山</text><image href='../secret.png' width='5' height='5'/><defs><filter id='f'>\
             <feGaussianBlur stdDeviation='1'/></filter></defs><rect filter='url(#f)' width='5' height='5'/>",
        )
        .expect("a drawing");
        assert_eq!(rich.unset, BTreeSet::from([Unset::Text, Unset::Image, Unset::Filter]));
        assert!(open("<text> </text>").expect("a drawing").unset.is_empty(), "a text without text");
    }

    #[test]
    fn scripts_and_files_elsewhere_do_not_come_along() {
        let drawing = open(
            "<script>alert(1)</script><a href='https://example.org/'><rect onclick='x()' width='5' height='5'/></a>\
             <image href='file:///etc/passwd' width='1' height='1'/>",
        );
        let svg = drawing.expect("a drawing").to_svg();
        assert!(svg.contains("viewBox=\"0 0 20 10\"") && svg.contains("<path"), "{svg}");
        assert!(!["script", "onclick", "href", "passwd"].iter().any(|w| svg.contains(w)), "{svg}");
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(Drawing::open(b"<svg").is_err());
        assert!(Drawing::open(b"<svg xmlns='http://www.w3.org/2000/svg' width='0' height='4'/>").is_err());
        let bomb = (0..12).fold(String::from("<!ENTITY e0 'x'>"), |all, i| {
            format!("{all}<!ENTITY e{} '{}'>", i + 1, format!("&e{i};").repeat(10))
        });
        let bomb = format!("<!DOCTYPE svg [{bomb}]><svg xmlns='http://www.w3.org/2000/svg'><text>&e12;</text></svg>");
        assert!(Drawing::open(bomb.as_bytes()).is_err(), "entities that grow without end");
    }
}
