//! Image streams, put into the document after printpdf is done: it would copy each of them.

use super::dict;
use super::resources::shared;
use crate::color::SRGB;
use crate::doc::PhotoId;
use crate::write::pdf::images::{Encoded, Image, Samples, Shown, Space};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// Colour profiles, each once in the file.
#[derive(Default)]
pub struct Profiles(BTreeMap<Vec<u8>, ObjectId>);

impl Profiles {
    /// The stream of an ICC profile with `n` components (ISO 32000-1 §8.6.5.5).
    pub fn stream(&mut self, document: &mut Document, icc: Vec<u8>, n: u8) -> ObjectId {
        if let Some(id) = self.0.get(&icc) {
            return *id;
        }
        let id = document.add_object(Stream::new(dictionary! { "N" => i64::from(n) }, icc.clone()));
        self.0.insert(icc, id);
        id
    }

    fn space(&mut self, document: &mut Document, space: Space) -> Object {
        let (icc, n) = match space {
            Space::Gray => return "DeviceGray".into(),
            Space::Cmyk => return "DeviceCMYK".into(),
            Space::Srgb => (SRGB.to_vec(), 3),
            Space::Icc(icc, n) => (icc, n),
        };
        vec!["ICCBased".into(), self.stream(document, icc, n).into()].into()
    }
}

/// The objects whose streams are photo files, to be copied while the document is saved.
pub type FileStreams = BTreeMap<ObjectId, PhotoId>;

/// Adds every photo and names it in the pages' shared resources.
pub fn add(
    document: &mut Document,
    first_page: ObjectId,
    images: Vec<(Shown, Encoded)>,
    profiles: &mut Profiles,
) -> FileStreams {
    let names = shared(document, first_page, b"XObject");
    let mut files = FileStreams::new();
    for (shown, encoded) in images {
        let mut image = match encoded {
            Encoded::Image(image) => image,
            Encoded::Form(form) => {
                let id = form.add(document, true);
                dict(document, names).set(shown.name(), id);
                continue;
            }
        };
        let content = std::mem::replace(&mut image.content, Samples::File);
        let entries = entries(document, image, profiles);
        let id = match content {
            Samples::Bytes(bytes) => {
                let packed = entries.has(b"Filter");
                document.add_object(Stream::new(entries, bytes).with_compression(!packed))
            }
            Samples::File => {
                let id = document.add_object(Stream::new(entries, vec![]).with_compression(false));
                files.insert(id, shown.photo);
                id
            }
        };
        dict(document, names).set(shown.name(), id);
    }
    files
}

fn entries(document: &mut Document, image: Image, profiles: &mut Profiles) -> Dictionary {
    let mut entries = image.dict;
    if let Some(alpha) = image.alpha {
        let mut mask = alpha;
        mask.dict.set("ColorSpace", "DeviceGray");
        entries.set("SMask", document.add_object(mask));
    }
    entries.set("ColorSpace", profiles.space(document, image.space));
    entries
}
