//! What the file says about itself: Info, XMP, identifiers, how it opens (ISO 32000-1 §14.3, §14.4).

use super::{catalog, dict, xmp};
use crate::base::Date;
use crate::page::{Book, BookMeta};
use crate::profile::{Claim, Profile};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

pub const PRODUCER: &str = "qikan";

/// Writes Info, the catalog's entries and, last, XMP, which carries the file's own identifier. printpdf's Info has
/// PDF/X keys that claim nothing true, its identifiers come from one seed, and its header says 1.3.
pub fn set(document: &mut Document, book: &Book, photos: &[[u8; 32]], profile: &Profile) {
    document.version = profile.version.into();
    set_catalog(document, &book.meta, profile);
    set_info(document, &book.meta, profile);
    let id = file_id(document, book, photos, profile);
    let text = Object::String(id.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![text.clone(), text]);
    let packet = xmp::packet(&book.meta, &id, profile);
    let stream = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet);
    let stream = document.add_object(stream.with_compression(false));
    catalog(document).set("Metadata", stream);
}

fn set_catalog(document: &mut Document, meta: &BookMeta, profile: &Profile) {
    let mut view = dictionary! { "DisplayDocTitle" => true };
    if meta.right_to_left {
        view.set("Direction", "R2L");
    }
    let catalog = catalog(document);
    catalog.set("Lang", Object::string_literal(meta.lang.tag()));
    catalog.set("ViewerPreferences", view);
    catalog.remove(b"PageLayout");
    if !profile.outline && catalog.has(b"PageMode") {
        catalog.remove(b"PageMode");
    }
}

fn set_info(document: &mut Document, meta: &BookMeta, profile: &Profile) {
    let mut info = dictionary! {
        "Title" => lopdf::text_string(&meta.title), "Creator" => Object::string_literal(PRODUCER),
        "Producer" => Object::string_literal(PRODUCER), "Trapped" => "False",
    };
    if !meta.authors.is_empty() {
        info.set("Author", lopdf::text_string(&meta.authors.join(", ")));
    }
    if let Some(date) = stamp(meta, profile) {
        info.set("CreationDate", Object::string_literal(pdf_date(date)));
        info.set("ModDate", Object::string_literal(pdf_date(date)));
    }
    if profile.claims(Claim::PdfX1a) {
        info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1a:2003"));
    }
    match document.trailer.get(b"Info").and_then(Object::as_reference) {
        Ok(id) => *dict(document, id) = info,
        Err(_) => {
            let id = document.add_object(info);
            document.trailer.set("Info", id);
        }
    }
}

/// The date that the file carries. PDF/X wants one of every file (ISO 15930-7 §6.6): an issue that says no year gets the first
/// day that a zip file can carry, as its EPUB does, because a clock would make two builds differ.
pub fn stamp(meta: &BookMeta, profile: &Profile) -> Option<Date> {
    meta.stamp.or_else(|| Date::new(1980, 1, 1).filter(|_| profile.is_pdf_x()))
}

/// ISO 32000-1 §7.9.4.
fn pdf_date(date: Date) -> String {
    format!("D:{:04}{:02}{:02}000000Z", date.year, date.month, date.day)
}

/// Of what the file holds (§14.4 leaves the method open): every stream so far, the photos by their own hashes, the title,
/// the identity and the output kind.
fn file_id(document: &Document, book: &Book, photos: &[[u8; 32]], profile: &Profile) -> [u8; 16] {
    let mut hash = Sha256::new();
    for stream in document.objects.values().filter_map(|o| o.as_stream().ok()) {
        hash.update((stream.content.len() as u64).to_be_bytes());
        hash.update(&stream.content);
    }
    photos.iter().for_each(|photo| hash.update(photo));
    let meta = &book.meta;
    for text in [profile.name, &meta.title, &meta.identity, &format!("{:?}", meta.stamp)] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    std::array::from_fn({
        let digest = hash.finalize();
        move |i| digest[i]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf::post::upstream;
    use printpdf::PdfConformance;

    #[test]
    fn upstream_says_version_1_3_and_claims_pdf_x_in_info() {
        let written = upstream::written(&upstream::document(vec![]));
        assert_eq!(written.version, "1.3");
        let info = written.trailer.get(b"Info").and_then(Object::as_reference).expect("Info");
        assert!(written.get_dictionary(info).expect("a dictionary").has(b"GTS_PDFXVersion"));
        assert!(written.catalog().expect("a catalog").has(b"PageLayout"));
    }

    /// ISO 32000-1 §14.4: the identifier goes by the file's contents. A counter from a constant seed gives the first files of
    /// two runs the same one, and the same file two in one run.
    #[test]
    fn upstream_counts_its_identifiers() {
        let document = upstream::document(vec![]);
        let id = || upstream::written(&document).trailer.get(b"ID").expect("an ID").clone();
        assert_ne!(id(), id(), "the same document");
    }

    /// ISO 32000-1 table 365: the key is DestOutputProfile.
    #[test]
    fn upstream_misnames_the_intents_profile_and_does_not_escape_xmp() {
        let mut document = upstream::document(vec![]);
        document.metadata.info.conformance = PdfConformance::X3_2002_PDF_1_3;
        let written = upstream::written(&document);
        let intents = written.catalog().and_then(|c| c.get(b"OutputIntents")).and_then(Object::as_array).expect("one");
        assert!(intents[0].as_dict().expect("a dictionary").has(b"DestinationOutputProfile"));
        let packet = written.catalog().and_then(|c| c.get_deref(b"Metadata", &written)).and_then(Object::as_stream);
        let packet = String::from_utf8_lossy(&packet.expect("XMP").content).into_owned();
        assert!(packet.contains("a & b"), "a bare ampersand is not XML");
    }
}
