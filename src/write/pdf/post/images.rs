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
        let id = match encoded {
            Encoded::Image(image) => stream(document, image, profiles, |id| {
                files.insert(id, shown.photo);
            }),
            Encoded::Form(form) => form.add(document, true),
            Encoded::Page(form) => form.add(document, profiles),
            Encoded::Drawn(image, square) => {
                let image = stream(document, image, profiles, |_| {});
                around(document, image, square)
            }
        };
        dict(document, names).set(shown.name(), id);
    }
    files
}

/// An image; `file` is told where its samples are the photo's own file.
fn stream(document: &mut Document, mut image: Image, profiles: &mut Profiles, file: impl FnOnce(ObjectId)) -> ObjectId {
    let content = std::mem::replace(&mut image.content, Samples::File);
    let entries = entries(document, image, profiles);
    match content {
        Samples::Bytes(bytes) => {
            let packed = entries.has(b"Filter");
            document.add_object(Stream::new(entries, bytes).with_compression(!packed))
        }
        Samples::File => {
            let id = document.add_object(Stream::new(entries, vec![]).with_compression(false));
            file(id);
            id
        }
    }
}

/// An image that reaches over the unit square: left, bottom, right, top.
fn around(document: &mut Document, image: ObjectId, [left, bottom, right, top]: [f64; 4]) -> ObjectId {
    let corners = [left, bottom, right, top].map(|v| Object::Real(v as f32)).to_vec();
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => corners,
        "Resources" => dictionary! { "XObject" => dictionary! { "I" => image } },
    };
    let content = format!("q {:.6} 0 0 {:.6} {left:.6} {bottom:.6} cm /I Do Q", right - left, top - bottom);
    document.add_object(Stream::new(form, content.into_bytes()))
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
