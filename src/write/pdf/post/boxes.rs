//! Page boxes (ISO 32000-1 §14.11.2): MediaBox ⊇ BleedBox ⊇ TrimBox.

use super::{box_array, dict};
use crate::write::pdf::sheet::Sheet;
use lopdf::{Document, ObjectId};

/// Writes every page's boxes as corners; printpdf writes `[x y width height]`, a CropBox where none is wanted, and no
/// BleedBox.
pub fn set(document: &mut Document, pages: &[ObjectId], sheet: &Sheet) {
    for page in pages {
        let page = dict(document, *page);
        page.set("MediaBox", box_array(sheet.media_box()));
        page.set("BleedBox", box_array(sheet.bleed_box()));
        page.set("TrimBox", box_array(sheet.trim_box()));
        page.remove(b"CropBox");
        page.remove(b"Annots");
    }
}

#[cfg(test)]
mod tests {
    use crate::write::pdf::post::upstream;

    /// ISO 32000-1 §7.9.5: a rectangle is two corners.
    #[test]
    fn upstream_writes_width_and_height_and_no_bleed_box() {
        let document = upstream::written(&upstream::document(vec![]));
        let page = document.get_dictionary(document.get_pages()[&1]).expect("a page");
        let trim: Vec<f32> = page
            .get(b"TrimBox")
            .and_then(|b| b.as_array())
            .expect("a TrimBox")
            .iter()
            .map(|n| n.as_float().expect("a number"))
            .collect();
        assert_eq!(trim, [10.0, 10.0, 180.0, 280.0], "the corners are 10, 10 and 190, 290");
        assert!(!page.has(b"BleedBox") && page.has(b"CropBox"));
    }
}
