//! What is on a placed page, as far as a press minds it.
//!
//! In: the page. Out: [`Facts`], and what of them keeps the page from being taken over as it is ([`Obstacle`]).

use super::PlacedPage;
use super::paint::{IDENTITY, Matrix, Paint, Seen, State, matrix, then};
use super::space::{Space, space};
use crate::base::Len;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Forms, patterns and masks within each other.
const MOST_LEVELS: usize = 12;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Fonts that aren't in the file.
    pub bare_fonts: BTreeSet<String>,
    /// RGB of no known meaning.
    pub device_rgb: bool,
    /// Colours by a profile of their own.
    pub managed: bool,
    /// Spot colours.
    pub spots: BTreeSet<String>,
    /// Anything but black and its tints.
    pub coloured: bool,
    pub transparent: bool,
    /// Layers that are switched off: whoever doesn't know layers shows them.
    pub hidden_layers: bool,
    /// JPEG 2000, which PDF/X-1a doesn't know.
    pub jpeg_2000: bool,
    /// PostScript in the page.
    pub postscript: bool,
    /// A part of it couldn't be read.
    pub unread: bool,
    /// The most ink that a path or a text is painted with, in percent.
    pub ink: u32,
    /// Its CMYK photos.
    pub photos: Vec<PlacedPhoto>,
    /// The thinnest line of a whole ink, and of dots.
    pub line: Option<Len>,
    pub tinted_line: Option<Len>,
    /// The narrowest filled rectangle: a rule, or a sliver of what was flattened.
    pub bar: Option<Len>,
    /// The smallest type; the smallest that is left white, that is in a black of several plates.
    pub type_: Option<Len>,
    pub white_type: Option<Len>,
    pub mixed_type: Option<Len>,
    /// The least resolution of its pictures at its own size, in pixels per inch.
    pub least_ppi: Option<u32>,
}

/// A JPEG in the press's inks, and how large it is at the page's own size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPhoto {
    pub id: ObjectId,
    /// `Decode` turns its samples over (ISO 32000-1 §8.9.5.2).
    pub inverted: bool,
    pub size: (Len, Len),
}

/// What an output takes of a placed page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Transparency, colours by profiles, JPEG 2000: PDF/X-4 takes them, PDF/X-1a doesn't.
    pub modern: bool,
    /// Black alone is printed.
    pub black: bool,
}

/// Why a page can't be taken over as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    BareFonts,
    HiddenLayers,
    PostScript,
    Unread,
    Transparency,
    ManagedColour,
    Jpeg2000,
    /// On a page printed in black alone.
    Colour,
}

impl Facts {
    pub fn obstacles(&self, standard: Standard) -> Vec<Obstacle> {
        let Standard { modern, black } = standard;
        let all = [
            (!self.bare_fonts.is_empty(), Obstacle::BareFonts),
            (self.hidden_layers, Obstacle::HiddenLayers),
            (self.postscript, Obstacle::PostScript),
            (self.unread, Obstacle::Unread),
            (self.transparent && !modern, Obstacle::Transparency),
            ((self.managed || self.device_rgb) && !modern, Obstacle::ManagedColour),
            (self.jpeg_2000 && !modern, Obstacle::Jpeg2000),
            (self.coloured && black, Obstacle::Colour),
        ];
        all.into_iter().filter(|(is, _)| *is).map(|(_, obstacle)| obstacle).collect()
    }
}

impl PlacedPage {
    pub fn facts(&self) -> Facts {
        let facts = Facts { hidden_layers: hidden_layers(&self.document), ..Facts::default() };
        let mut walk =
            Walk { document: &self.document, facts, seen: BTreeSet::new(), painted: Seen::default(), unit: self.unit };
        match self.content() {
            Ok(content) => walk.content(&content, &self.resources(), State::new(IDENTITY), 0),
            Err(_) => walk.facts.unread = true,
        }
        let Walk { facts, painted, .. } = walk;
        let least =
            |of: &BTreeMap<Paint, Len>, paints: &[Paint]| paints.iter().filter_map(|p| of.get(p).copied()).min();
        let solid = [Paint::Solid, Paint::White, Paint::MixedBlack];
        Facts {
            line: least(&painted.lines, &solid),
            tinted_line: [&painted.lines, &painted.bars].into_iter().filter_map(|of| least(of, &[Paint::Tint])).min(),
            bar: least(&painted.bars, &solid),
            type_: painted.smallest(&[Paint::Solid, Paint::Tint, Paint::White, Paint::MixedBlack]),
            white_type: painted.smallest(&[Paint::White]),
            mixed_type: painted.smallest(&[Paint::MixedBlack]),
            ..facts
        }
    }
}

/// ISO 32000-1 §8.11.4.3: OFF, or all that aren't ON.
fn hidden_layers(document: &Document) -> bool {
    let default = || {
        let layers = document.catalog().ok()?.get_deref(b"OCProperties", document).ok()?.as_dict().ok()?;
        layers.get_deref(b"D", document).ok()?.as_dict().ok()
    };
    let Some(default) = default() else { return false };
    let off = default.get_deref(b"OFF", document).and_then(Object::as_array).is_ok_and(|off| !off.is_empty());
    off || default.get(b"BaseState").and_then(Object::as_name).is_ok_and(|state| state == b"OFF")
}

struct Walk<'d> {
    document: &'d Document,
    facts: Facts,
    seen: BTreeSet<ObjectId>,
    painted: Seen,
    unit: f64,
}

impl Walk<'_> {
    fn content(&mut self, bytes: &[u8], resources: &Dictionary, mut state: State, level: usize) {
        let Ok(content) = Content::decode(bytes) else {
            self.facts.unread = true;
            return;
        };
        if level > MOST_LEVELS {
            self.facts.unread = true;
            return;
        }
        let mut saved = vec![];
        for operation in &content.operations {
            match operation.operator.as_str() {
                "q" => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.ctm = matrix(&operation.operands).map_or(state.ctm, |m| then(m, state.ctm)),
                _ => {
                    self.operation(operation, resources, &mut state, level);
                    self.painted.operation(&operation.operator, &operation.operands, &mut state, self.unit);
                }
            }
        }
    }

    fn operation(&mut self, operation: &Operation, resources: &Dictionary, state: &mut State, level: usize) {
        let (operator, operands) = (operation.operator.as_str(), &operation.operands[..]);
        let named = |kind: &[u8]| {
            let name = operands.last()?.as_name().ok()?;
            let all = resources.get_deref(kind, self.document).ok()?.as_dict().ok()?;
            let object = all.get(name).ok()?;
            self.document.dereference(object).ok()
        };
        match operator {
            "g" | "G" => state.coloured(operator == "G", Space::Grey, &shares(operands)),
            "rg" | "RG" => {
                state.coloured(operator == "RG", Space::DeviceRgb, &shares(operands));
                self.used(&Space::DeviceRgb, resources);
            }
            "k" | "K" => {
                state.coloured(operator == "K", Space::Cmyk, &shares(operands));
                self.inks(operands);
            }
            "cs" | "CS" => {
                let Some(name) = operands.first() else { return };
                let found = self.space(name, resources);
                // A pattern says its colours when it is taken.
                if found != Space::Pattern {
                    self.used(&found, resources);
                }
                // Its first colour is black, or all of an ink.
                state.coloured(operator == "CS", found, &[]);
            }
            "sc" | "scn" | "SC" | "SCN" => {
                if let Some((_, pattern)) = named(b"Pattern") {
                    let pattern = pattern.clone();
                    self.pattern(&pattern, resources, state, level);
                    return;
                }
                let stroke = operator.starts_with('S');
                let space = state.spaces[usize::from(stroke)].clone();
                if space == Space::Cmyk {
                    self.inks(operands);
                }
                state.coloured(stroke, space, &shares(operands));
            }
            "Tf" => {
                let name = operands.first().and_then(|n| n.as_name().ok()).unwrap_or_default();
                let fonts = resources.get_deref(b"Font", self.document).and_then(Object::as_dict).ok();
                if let Some(font) = fonts.and_then(|f| f.get_deref(name, self.document).ok()?.as_dict().ok()) {
                    self.font(font);
                }
            }
            "gs" => {
                if let Some(gs) = named(b"ExtGState").and_then(|(_, gs)| gs.as_dict().ok()).cloned() {
                    state.line_of(&gs, self.document);
                    self.state(&gs);
                }
            }
            "sh" => {
                if let Some(shading) = named(b"Shading").map(|(_, shading)| shading.clone()) {
                    self.shading(&shading, resources);
                }
            }
            "Do" => {
                if let Some((id, object)) = named(b"XObject") {
                    let object = object.clone();
                    self.object((id, &object), resources, state, level);
                }
            }
            "BI" => self.inline(operands, resources),
            "PS" => self.facts.postscript = true,
            _ => {}
        }
    }

    fn space(&self, object: &Object, resources: &Dictionary) -> Space {
        let spaces = resources.get_deref(b"ColorSpace", self.document).and_then(Object::as_dict).ok();
        space(self.document, object, spaces, 0)
    }

    fn used(&mut self, space: &Space, resources: &Dictionary) {
        match space {
            Space::Grey | Space::Pattern => {}
            Space::Cmyk => self.facts.coloured = true,
            Space::DeviceRgb => {
                let spaces = resources.get_deref(b"ColorSpace", self.document).and_then(Object::as_dict);
                let known = spaces.is_ok_and(|s| s.has(b"DefaultRGB"));
                self.facts.device_rgb |= !known;
                self.facts.managed |= known;
                self.facts.coloured = true;
            }
            Space::Managed { grey } => {
                self.facts.managed = true;
                self.facts.coloured |= !grey;
            }
            Space::Inks(names) => {
                let process = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];
                self.facts.coloured |= names.iter().any(|n| !["Black", "All", "None"].contains(&n.as_str()));
                self.facts.spots.extend(names.iter().filter(|n| !process.contains(&n.as_str())).cloned());
            }
            Space::Unknown => self.facts.unread = true,
        }
    }

    fn inks(&mut self, operands: &[Object]) {
        let shares = shares(operands);
        let total: f32 = shares.iter().map(|v| v.clamp(0.0, 1.0)).sum();
        self.facts.ink = self.facts.ink.max((total * 100.0).round() as u32);
        self.facts.coloured |= shares.iter().take(3).any(|v| *v > 0.0);
    }

    /// ISO 32000-1 §9.9: the program is in the descriptor; a Type 3 font is procedures of the file.
    fn font(&mut self, font: &Dictionary) {
        let of = |d: &Dictionary, name: &[u8]| d.get_deref(name, self.document).ok().cloned();
        let below = of(font, b"DescendantFonts").and_then(|all| all.as_array().ok()?.first().cloned());
        let below = below.and_then(|first| self.document.dereference(&first).ok()?.1.as_dict().ok().cloned());
        let own = below.as_ref().unwrap_or(font);
        if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3") {
            return;
        }
        let descriptor = of(own, b"FontDescriptor").and_then(|d| d.as_dict().ok().cloned());
        let has = |d: &Dictionary| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|name| d.has(name));
        if !descriptor.as_ref().is_some_and(has) {
            let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"?");
            self.facts.bare_fonts.insert(String::from_utf8_lossy(name).into_owned());
        }
    }

    /// ISO 32000-1 §11.6: opacity, soft masks, blending.
    fn state(&mut self, gs: &Dictionary) {
        let below_one = |name: &[u8]| gs.get(name).and_then(Object::as_float).is_ok_and(|v| v < 1.0);
        let mask = gs.get_deref(b"SMask", self.document).is_ok_and(|m| m.as_name().map_or(true, |n| n != b"None"));
        let plain = |mode: &Object| mode.as_name().is_ok_and(|m| m == b"Normal" || m == b"Compatible");
        let blends = gs.get_deref(b"BM", self.document).is_ok_and(|mode| match mode {
            Object::Array(modes) => !modes.first().is_none_or(plain),
            mode => !plain(mode),
        });
        self.facts.transparent |= below_one(b"ca") || below_one(b"CA") || mask || blends;
        let font = gs.get_deref(b"Font", self.document).and_then(Object::as_array).ok().and_then(|f| f.first());
        if let Some(font) = font.and_then(|f| self.document.dereference(f).ok()?.1.as_dict().ok()) {
            self.font(font);
        }
    }

    fn shading(&mut self, shading: &Object, resources: &Dictionary) {
        let dict = shading.as_dict().or_else(|_| shading.as_stream().map(|s| &s.dict));
        if let Ok(space) = dict.and_then(|d| d.get_deref(b"ColorSpace", self.document)) {
            let space = self.space(space, resources);
            self.used(&space, resources);
        }
    }

    fn pattern(&mut self, pattern: &Object, resources: &Dictionary, state: &State, level: usize) {
        match pattern {
            Object::Stream(_) => self.form((None, pattern), resources, state, level),
            Object::Dictionary(dict) => {
                if let Ok(shading) = dict.get_deref(b"Shading", self.document) {
                    self.shading(&shading.clone(), resources);
                }
            }
            _ => self.facts.unread = true,
        }
    }

    fn object(&mut self, object: (Option<ObjectId>, &Object), resources: &Dictionary, state: &State, level: usize) {
        let Ok(stream) = object.1.as_stream() else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.image((object.0, &stream.dict.clone()), resources, state.ctm),
            Ok(b"Form") => self.form(object, resources, state, level),
            _ => self.facts.postscript = true,
        }
    }

    fn form(&mut self, (id, object): (Option<ObjectId>, &Object), resources: &Dictionary, state: &State, level: usize) {
        if id.is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        let Ok(stream) = object.as_stream() else { return };
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok().cloned();
        let group = stream.dict.get_deref(b"Group", self.document).and_then(Object::as_dict);
        self.facts.transparent |= group.is_ok_and(|g| g.get(b"S").and_then(Object::as_name).is_ok());
        let placed = stream.dict.get(b"Matrix").and_then(Object::as_array).ok().and_then(|m| matrix(m));
        let ctm = placed.map_or(state.ctm, |m| then(m, state.ctm));
        let mut state = state.clone();
        state.ctm = ctm;
        let plain = stream.get_plain_content_with_limit(super::MOST_BYTES);
        match plain {
            Ok(bytes) => self.content(&bytes, own.as_ref().unwrap_or(resources), state, level + 1),
            Err(_) => self.facts.unread = true,
        }
    }

    fn image(&mut self, (id, image): (Option<ObjectId>, &Dictionary), resources: &Dictionary, ctm: Matrix) {
        let stencil = image.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false);
        if let (false, Ok(space)) = (stencil, image.get_deref(b"ColorSpace", self.document)) {
            let space = self.space(space, resources);
            self.used(&space, resources);
            self.photo((id, image), &space, ctm);
        }
        self.facts.transparent |= image.has(b"SMask") || image.has(b"SMaskInData");
        let filters = format!("{:?}", image.get_deref(b"Filter", self.document));
        self.facts.jpeg_2000 |= filters.contains("JPXDecode");
        let pixels = |name: &[u8]| image.get_deref(name, self.document).and_then(Object::as_i64).unwrap_or(0) as f64;
        let inch = |x: f64, y: f64| (x.hypot(y) * self.unit / 72.0).max(1e-6);
        let (across, down) = (pixels(b"Width") / inch(ctm[0], ctm[1]), pixels(b"Height") / inch(ctm[2], ctm[3]));
        // A stencil of a few pixels is a shape; so is a picture of one colour.
        if !stencil && pixels(b"Width") > 8.0 && pixels(b"Height") > 8.0 {
            let ppi = across.min(down).round() as u32;
            self.facts.least_ppi = Some(self.facts.least_ppi.map_or(ppi, |least| least.min(ppi)));
        }
    }

    fn photo(&mut self, (id, image): (Option<ObjectId>, &Dictionary), space: &Space, [a, b, c, d, ..]: Matrix) {
        let filter = image.get_deref(b"Filter", self.document);
        let is_jpeg = filter.is_ok_and(|filter| match filter {
            Object::Array(filters) => matches!(&filters[..], [Object::Name(name)] if name == b"DCTDecode"),
            filter => filter.as_name().is_ok_and(|name| name == b"DCTDecode"),
        });
        let (Some(id), Space::Cmyk, true) = (id, space, is_jpeg) else { return };
        let decode = image.get_deref(b"Decode", self.document).and_then(Object::as_array).ok();
        let inverted = decode.and_then(|d| d.first()?.as_float().ok()).is_some_and(|first| first > 0.5);
        let side = |x: f64, y: f64| Len::pt((x.hypot(y) * self.unit * 100.0).clamp(0.0, 1e6) as i32);
        self.facts.photos.push(PlacedPhoto { id, inverted, size: (side(a, b), side(c, d)) });
    }

    /// An inline image (§8.9.7): a stream of short names.
    fn inline(&mut self, operands: &[Object], resources: &Dictionary) {
        let Some(Ok(stream)) = operands.first().map(Object::as_stream) else {
            self.facts.unread = true;
            return;
        };
        let space = stream.dict.get(b"ColorSpace").or_else(|_| stream.dict.get(b"CS")).cloned();
        if let Ok(space) = space {
            let space = self.space(&space, resources);
            self.used(&space, resources);
        }
    }
}

fn shares(operands: &[Object]) -> Vec<f32> {
    operands.iter().filter_map(|n| n.as_float().ok()).collect()
}
