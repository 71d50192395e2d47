//! Placed PDF pages as form XObjects (ISO 32000-1 §8.10): their objects copied, renumbered, and rid of what a page of ours
//! can't have.
//!
//! In: a [`PlacedPage`] that nothing keeps from being taken over. Out: a form that fills the unit square with the finished
//! page, as an image does; what there is beyond the trim lies around the square.

use super::post::images::Profiles;
use crate::color::SRGB;
use crate::picture::PlacedPage;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

pub struct PageForm {
    pub page: PlacedPage,
    /// RGB without a profile is taken as sRGB (§8.6.5.6, DefaultRGB).
    pub bare_rgb: bool,
    pub transparent: bool,
}

/// A page of somebody else's begins with the plainest state, whatever ours has come to.
const PLAIN: &[u8] = b"0 g 0 G 1 w 0 J 0 j 10 M [] 0 d\n";

/// Entries that lead out of a picture: into the structure, to layers, editors' data, stand-ins on other servers.
const LEFT_OUT: [&[u8]; 11] = [
    b"StructParent",
    b"StructParents",
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"OPI",
    b"Alternates",
    b"OC",
    b"Ref",
    b"AF",
    b"PtData",
];

impl PageForm {
    pub fn add(self, document: &mut Document, profiles: &mut Profiles) -> ObjectId {
        let content = self.page.content().unwrap_or_default();
        let mut dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&self.page.bleed),
            "Matrix" => numbers(&self.page.upright(self.page.trim)),
        };
        if self.transparent {
            dict.set("Group", dictionary! { "S" => "Transparency", "I" => true });
        }
        let rgb = self.bare_rgb.then(|| profiles.stream(document, SRGB.to_vec(), 3));
        let resources = self.page.resources();
        let mut copier =
            Copier { source: self.page.document, target: document, rgb, ids: BTreeMap::new(), queue: vec![] };
        dict.set("Resources", resources);
        let form = copier.stream(Stream::new(dict, [PLAIN, &content].concat()));
        copier.rest();
        document.add_object(form)
    }
}

fn numbers(values: &[f64]) -> Object {
    values.iter().map(|v| Object::Real(*v as f32)).collect::<Vec<_>>().into()
}

struct Copier<'t> {
    source: Document,
    target: &'t mut Document,
    /// The profile that RGB without one is taken by.
    rgb: Option<ObjectId>,
    /// The new number of each object that was met.
    ids: BTreeMap<ObjectId, ObjectId>,
    /// Those still to be copied.
    queue: Vec<ObjectId>,
}

impl Copier<'_> {
    fn rest(&mut self) {
        while let Some(id) = self.queue.pop() {
            let object = self.source.objects.get(&id).cloned().unwrap_or(Object::Null);
            let copy = self.copy(object);
            self.target.set_object(self.ids[&id], copy);
        }
    }

    fn copy(&mut self, object: Object) -> Object {
        match object {
            Object::Reference(id) => Object::Reference(self.renumbered(id)),
            Object::Array(all) => Object::Array(all.into_iter().map(|o| self.copy(o)).collect()),
            Object::Dictionary(dict) => self.dictionary(dict),
            Object::Stream(stream) => Object::Stream(self.stream(stream)),
            plain => plain,
        }
    }

    fn renumbered(&mut self, id: ObjectId) -> ObjectId {
        if let Some(new) = self.ids.get(&id) {
            return *new;
        }
        let new = self.target.new_object_id();
        self.ids.insert(id, new);
        self.queue.push(id);
        new
    }

    fn dictionary(&mut self, mut dict: Dictionary) -> Object {
        let is = |name: &[u8]| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|t| t == name);
        // The page tree of the other file stays there.
        if is(b"Page") || is(b"Pages") || is(b"Catalog") {
            return Object::Null;
        }
        // Transfer curves are the plant's business (ISO 15930-7 §6.2.9); those of soft masks are part of the picture.
        if !dict.has(b"G") {
            dict.remove(b"TR");
            dict.remove(b"TR2");
        }
        let blends = dict.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"Transparency");
        if let (true, Some(rgb)) = (blends && dict.get(b"CS").is_ok_and(is_device_rgb), self.rgb) {
            dict.set("CS", Object::Null);
            let mut copy = self.entries(dict);
            copy.set("CS", by_profile(rgb));
            return copy.into();
        }
        self.entries(dict).into()
    }

    fn entries(&mut self, dict: Dictionary) -> Dictionary {
        let kept = dict.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_slice()));
        Dictionary::from_iter(kept.map(|(name, value)| (name, self.copy(value))))
    }

    fn stream(&mut self, mut stream: Stream) -> Stream {
        // LZW is not for PDF/X (ISO 15930-7 §6.2.4).
        if stream.filters().is_ok_and(|all| all.contains(&&b"LZWDecode"[..]))
            && let Ok(plain) = stream.get_plain_content()
        {
            stream.set_plain_content(plain);
            stream.dict.remove(b"DecodeParms");
        }
        // A form without resources of its own uses those of the page that shows it (§7.8.3).
        let own = stream.dict.get_deref(b"Resources", &self.source).and_then(Object::as_dict).ok().cloned();
        let default = own.and_then(|resources| self.with_default(resources));
        let mut dict = self.entries(std::mem::take(&mut stream.dict));
        if let Some(resources) = default {
            dict.set("Resources", resources);
        }
        let packed = dict.has(b"Filter");
        Stream::new(dict, stream.content).with_compression(!packed)
    }

    /// Resources with the meaning of RGB without a profile, where that is wanted and they don't say themselves.
    fn with_default(&mut self, mut resources: Dictionary) -> Option<Dictionary> {
        let rgb = self.rgb?;
        let spaces = resources.get_deref(b"ColorSpace", &self.source).and_then(Object::as_dict);
        let spaces = spaces.cloned().unwrap_or_default();
        resources.remove(b"ColorSpace");
        let (mut resources, mut spaces) = (self.entries(resources), self.entries(spaces));
        if !spaces.has(b"DefaultRGB") {
            spaces.set("DefaultRGB", by_profile(rgb));
        }
        resources.set("ColorSpace", spaces);
        Some(resources)
    }
}

fn is_device_rgb(space: &Object) -> bool {
    space.as_name().is_ok_and(|name| name == b"DeviceRGB")
}

fn by_profile(icc: ObjectId) -> Object {
    vec!["ICCBased".into(), icc.into()].into()
}
