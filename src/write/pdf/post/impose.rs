//! Pages two by two on the sheets of a saddle-stitched mock-up: printed on both sides, laid into each other and folded, they
//! are the issue. Creep is left out of account.
//!
//! In: the finished document. Out: its pages as forms (ISO 32000-1 §8.10) on sheets twice as wide.

use super::{box_array, catalog, dict};
use crate::page::{Book, PageKind};
use crate::write::pdf::sheet::{Sheet, pt};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A side of a sheet, its left and its right half: the page's index, or None for a blank one.
type Side = [Option<usize>; 2];

/// Front and back of each sheet, the outermost first. What is missing of the last sheet is blank before the `back` pages at
/// the end, the back of the cover.
fn sides(pages: usize, back: usize, right_to_left: bool) -> Vec<Side> {
    let whole = pages.next_multiple_of(4);
    let (inside, blank) = (pages - back.min(pages), whole - pages);
    let there = |place: usize| match place {
        _ if place < inside => Some(place),
        _ => place.checked_sub(blank).filter(|page| *page >= inside),
    };
    let sheet = |n: usize| [[whole - 1 - n * 2, n * 2], [n * 2 + 1, whole - 2 - n * 2]];
    let sides = (0..whole / 4).flat_map(sheet).map(|side| side.map(there));
    sides.map(|[left, right]| if right_to_left { [right, left] } else { [left, right] }).collect()
}

pub fn saddle(document: &mut Document, pages: &[ObjectId], sheet: &Sheet, book: &Book) {
    let Some(tree) = pages.first().and_then(|page| dict(document, *page).get(b"Parent").ok()?.as_reference().ok())
    else {
        return;
    };
    let [left, bottom, right, top] = sheet.trim_box();
    let width = right - left;
    let forms: Vec<ObjectId> = pages.iter().map(|page| form(document, *page, sheet)).collect();
    let mut kids = vec![];
    let inside = book.pages.iter().rposition(|page| page.kind != PageKind::Cover).map_or(pages.len(), |last| last + 1);
    for side in sides(pages.len(), pages.len() - inside, book.meta.right_to_left) {
        let (mut content, mut shown) = (String::new(), Dictionary::new());
        for (half, page) in side.into_iter().enumerate() {
            let Some(page) = page else { continue };
            let (name, x) = (["L", "R"][half], pt(width * half as i32 - left));
            content.push_str(&format!("q 1 0 0 1 {x} {} cm /{name} Do Q\n", pt(-bottom)));
            shown.set(name, forms[page]);
        }
        let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
        kids.push(Object::Reference(document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content,
            "MediaBox" => box_array([0, 0, width * 2, top - bottom]),
            "Resources" => dictionary! { "XObject" => shown },
        })));
    }
    let count = kids.len() as i64;
    let tree = dict(document, tree);
    tree.set("Kids", kids);
    tree.set("Count", count);
    let catalog = catalog(document);
    // Labels and the side of the spine are those of pages.
    catalog.remove(b"PageLabels");
    catalog.set("ViewerPreferences", dictionary! { "Duplex" => "DuplexFlipShortEdge", "PrintScaling" => "None" });
}

/// A page as a form of the trimmed page; its object is gone.
fn form(document: &mut Document, page: ObjectId, sheet: &Sheet) -> ObjectId {
    let content = document.get_page_content(page);
    for id in document.get_page_contents(page) {
        document.objects.remove(&id);
    }
    let page = document.objects.remove(&page).and_then(|p| p.as_dict().ok().cloned()).unwrap_or_default();
    let mut form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => box_array(sheet.trim_box()) };
    for name in ["Resources", "Group"] {
        if let Ok(object) = page.get(name.as_bytes()) {
            form.set(name, object.clone());
        }
    }
    document.add_object(Stream::new(form, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted from 1, as one writes them on a folded sheet; 0 is blank.
    fn numbers(pages: usize, back: usize, right_to_left: bool) -> Vec<[usize; 2]> {
        sides(pages, back, right_to_left).into_iter().map(|side| side.map(|page| page.map_or(0, |p| p + 1))).collect()
    }

    #[test]
    fn sheets_fold_into_reading_order() {
        assert_eq!(numbers(8, 2, false), [[8, 1], [2, 7], [6, 3], [4, 5]]);
        assert_eq!(numbers(8, 0, true), [[1, 8], [7, 2], [3, 6], [5, 4]], "bound at the right");
    }

    #[test]
    fn blank_pages_fill_the_last_sheet_before_the_back_cover() {
        assert_eq!(numbers(6, 1, false), [[6, 1], [2, 0], [0, 3], [4, 5]], "loose leaves with a back");
        assert_eq!(numbers(7, 2, true), [[1, 7], [6, 2], [3, 0], [5, 4]]);
        assert_eq!(numbers(6, 0, false), [[0, 1], [2, 0], [6, 3], [4, 5]]);
        assert_eq!(numbers(1, 0, false), [[0, 1], [0, 0]]);
        assert_eq!(numbers(0, 0, false), Vec::<[usize; 2]>::new());
    }
}
