//! Link annotations (ISO 32000-1 §12.5.6.5): without a border, printed never, with words for a screen reader.

use super::{box_array, destination, dict};
use crate::page::{Book, Item, LinkArea, NodeId, Target};
use crate::write::pdf::sheet::Sheet;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Print (§12.5.3, bit 3): PDF/A wants it set on every annotation (ISO 19005-2 §6.3.2).
const PRINT: i64 = 4;

/// An annotation and the node it belongs to.
pub struct Annotation {
    pub id: ObjectId,
    /// Index into the book's pages.
    pub page: usize,
    pub node: Option<NodeId>,
}

/// Adds every page's links.
pub fn add(document: &mut Document, book: &Book, pages: &[ObjectId], sheet: &Sheet) -> Vec<Annotation> {
    let mut added = vec![];
    for (number, page) in book.pages.iter().enumerate() {
        let mut ids: Vec<Object> = vec![];
        for item in &page.items {
            let Item::Link(link) = item else { continue };
            let id = document.add_object(annotation(link, pages, sheet));
            ids.push(id.into());
            added.push(Annotation { id, page: number, node: link.node });
        }
        if !ids.is_empty() {
            let page = dict(document, pages[number]);
            page.set("Annots", ids);
            page.set("Tabs", "S");
        }
    }
    added
}

fn annotation(link: &LinkArea, pages: &[ObjectId], sheet: &Sheet) -> Dictionary {
    let action = match &link.target {
        Target::Url(url) => dictionary! { "S" => "URI", "URI" => Object::string_literal(ascii_uri(url)) },
        Target::Page { page, y } => {
            let place = pages.get(*page).map_or(Object::Null, |p| destination(*p, sheet.y(*y)));
            dictionary! { "S" => "GoTo", "D" => place }
        }
    };
    dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => box_array(sheet.corners(link.rect)), "F" => PRINT,
        "Border" => vec![0.into(), 0.into(), 0.into()], "Contents" => lopdf::text_string(&link.contents), "A" => action,
    }
}

/// A URI is ASCII (§12.6.4.7; RFC 3986 §2.1): other bytes are percent-encoded.
fn ascii_uri(url: &str) -> String {
    url.bytes().map(|b| if b.is_ascii_graphic() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf::post::upstream;
    use printpdf::{Actions, LinkAnnotation, Op, Pt, Rect};

    /// ISO 14289-1 §7.18.5 wants Contents; printpdf's link has none, and has the print flag unset.
    #[test]
    fn upstream_writes_links_without_contents_and_flags() {
        let rect = Rect { x: Pt(0.0), y: Pt(0.0), width: Pt(9.0), height: Pt(9.0), mode: None, winding_order: None };
        let link = LinkAnnotation::new(rect, Actions::Uri("a".into()), None, None, None);
        let written = upstream::written(&upstream::document(vec![Op::LinkAnnotation { link }]));
        let page = written.get_dictionary(written.get_pages()[&1]).expect("a page");
        let link = page.get(b"Annots").and_then(Object::as_array).expect("links")[0].as_dict().expect("a link");
        assert!(!link.has(b"Contents") && !link.has(b"F"));
        let color = link.get(b"C").and_then(Object::as_array).expect("a colour");
        assert!(!color.is_empty(), "cyan unless told otherwise");
    }

    #[test]
    fn a_chinese_address_becomes_ascii() {
        assert_eq!(ascii_uri("https://例.cn/a b"), "https://%E4%BE%8B.cn/a%20b");
    }
}
