//! The post-pass: what printpdf gets wrong or leaves out, put right on the `lopdf` document that it hands over.
//!
//! In: that document and the book. Out: the same document, to the standard. Each correction of a printpdf 0.12.8 defect
//! has a test, named `upstream_…`, that fails once printpdf has mended it (docs/decisions/pdf-writer.md).

pub mod boxes;
pub mod fonts;
pub mod images;
pub mod impose;
pub mod intent;
pub mod labels;
pub mod links;
pub mod metadata;
pub mod outline;
pub mod resources;
pub mod save;
pub mod structure;
pub mod xmp;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The dictionary of an object that is one; printpdf makes every object that the post-pass asks for.
fn dict(document: &mut Document, id: ObjectId) -> &mut Dictionary {
    document.get_dictionary_mut(id).expect("printpdf writes this object as a dictionary")
}

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().expect("printpdf writes a catalog")
}

/// An array of numbers in thousandths of a point.
fn box_array(corners: [super::sheet::Mil; 4]) -> Object {
    corners.map(|v| Object::Real(super::sheet::pt(v))).to_vec().into()
}

/// `[page /XYZ null top null]`: the place at that height, magnification unchanged (ISO 32000-1 §12.3.2.2).
fn destination(page: ObjectId, top: super::sheet::Mil) -> Object {
    vec![page.into(), "XYZ".into(), Object::Null, Object::Real(super::sheet::pt(top)), Object::Null].into()
}

#[cfg(test)]
mod upstream {
    //! What printpdf writes when it is left alone.

    use lopdf::Document;
    use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

    pub fn page(ops: Vec<Op>) -> PdfPage {
        let whole =
            Rect { x: Pt(0.0), y: Pt(0.0), width: Pt(200.0), height: Pt(300.0), mode: None, winding_order: None };
        let trim = Rect { x: Pt(10.0), y: Pt(10.0), width: Pt(180.0), height: Pt(280.0), ..whole.clone() };
        PdfPage { media_box: whole.clone(), trim_box: trim, crop_box: whole, ops }
    }

    pub fn written(document: &PdfDocument) -> Document {
        let options = PdfSaveOptions { secure: false, image_optimization: None, ..PdfSaveOptions::default() };
        printpdf::to_lopdf_doc(document, &options, &mut vec![])
    }

    pub fn document(ops: Vec<Op>) -> PdfDocument {
        let mut document = PdfDocument::new("a & b");
        document.with_pages(vec![page(ops)]);
        document
    }
}
