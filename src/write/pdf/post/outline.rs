//! Bookmarks (ISO 32000-1 §12.3.3), nested as the book nests them; printpdf's are flat.

use super::{catalog, destination};
use crate::page::OutlineEntry;
use crate::write::pdf::sheet::Sheet;
use lopdf::{Document, Object, ObjectId, dictionary};

/// Writes the outline and has readers show it.
pub fn set(document: &mut Document, entries: &[OutlineEntry], pages: &[ObjectId], sheet: &Sheet) {
    if entries.is_empty() {
        return;
    }
    let root = document.new_object_id();
    let (first, last) = level(document, (entries, root), pages, sheet);
    let count = entries.len() as i64;
    document.set_object(root, dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count });
    let catalog = catalog(document);
    catalog.set("Outlines", root);
    catalog.set("PageMode", "UseOutlines");
}

/// One level below `parent`; its first and last item.
fn level(
    document: &mut Document,
    (entries, parent): (&[OutlineEntry], ObjectId),
    pages: &[ObjectId],
    sheet: &Sheet,
) -> (ObjectId, ObjectId) {
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    for (i, entry) in entries.iter().enumerate() {
        let page = pages.get(entry.page).map_or(Object::Null, |p| destination(*p, sheet.y(entry.y)));
        let mut item = dictionary! { "Title" => lopdf::text_string(&entry.title), "Parent" => parent, "Dest" => page };
        if i > 0 {
            item.set("Prev", ids[i - 1]);
        }
        if let Some(next) = ids.get(i + 1) {
            item.set("Next", *next);
        }
        if !entry.children.is_empty() {
            let (first, last) = level(document, (&entry.children, ids[i]), pages, sheet);
            item.set("First", first);
            item.set("Last", last);
            // Negative: closed when the file is opened.
            item.set("Count", -(entry.children.len() as i64));
        }
        document.set_object(ids[i], item);
    }
    (ids[0], ids[ids.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf::post::upstream;

    /// ISO 32000-1 §7.7.2: PageMode is a name.
    #[test]
    fn upstream_writes_a_flat_outline_and_its_page_mode_as_a_string() {
        let mut document = upstream::document(vec![]);
        document.add_bookmark("a", 1);
        let written = upstream::written(&document);
        let mode = written.catalog().and_then(|c| c.get(b"PageMode")).expect("a PageMode");
        assert!(matches!(mode, Object::String(..)));
        assert!(!written.catalog().expect("a catalog").has(b"Lang"));
    }
}
