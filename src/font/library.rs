//! The faces there are: family × script × weight → file and index, and what stands in where one lacks a glyph.

use super::face::Face;
use super::own::{OwnFonts, hand};
use crate::base::Script;
use harfrust::font::Blob;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// An index into the library's faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The hands of Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 宋: text.
    #[default]
    Song,
    /// 黑: headings, labels, captions.
    Hei,
    /// 楷: quotations, standfirsts, emphasis.
    Kai,
    /// 仿宋: as Kai where the issue brings none.
    Fangsong,
    /// A family of the issue's own fonts, by its number in [`OwnFonts`].
    Own(u8),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    #[default]
    Regular,
    Bold,
}

type Shipped = (&'static str, Family, Weight, &'static [(Script, u32)]);

/// The shipped files: name, family, weight, and the index of each script's face. WenKai is drawn for Simplified text
/// alone; for the others Kai falls back to Song.
const FILES: [Shipped; 5] = [
    ("NotoSerifCJK-Regular.ttc", Family::Song, Weight::Regular, NOTO),
    ("NotoSerifCJK-Bold.ttc", Family::Song, Weight::Bold, NOTO),
    ("NotoSansCJK-Regular.ttc", Family::Hei, Weight::Regular, NOTO),
    ("NotoSansCJK-Bold.ttc", Family::Hei, Weight::Bold, NOTO),
    ("LXGWWenKai-Regular.ttf", Family::Kai, Weight::Regular, &[(Script::Sc, 0)]),
];
const NOTO: &[(Script, u32)] = &[(Script::Jp, 0), (Script::Sc, 2), (Script::Tc, 3), (Script::Hk, 4)];

/// Every face that an issue may be set in.
#[derive(Clone)]
pub struct Library {
    faces: Vec<Face>,
    index: BTreeMap<(Family, Weight, Script), FaceId>,
    own: OwnFonts,
}

/// A font file that is missing or not a font.
#[derive(Debug)]
pub struct LoadError(pub String);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for LoadError {}

/// Who draws a character that the wished face lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    Here,
    Fallback(FaceId),
    Nowhere,
}

impl Library {
    /// The names of the shipped files, in the order `open` wants them.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|f| f.0)
    }

    /// Opens the shipped files, given by `bytes_of(name)`.
    pub fn open(mut bytes_of: impl FnMut(&str) -> Result<Blob, String>) -> Result<Library, LoadError> {
        let mut library = Library { faces: vec![], index: BTreeMap::new(), own: OwnFonts::default() };
        for (name, family, weight, scripts) in FILES {
            let data = bytes_of(name).map_err(|e| LoadError(format!("{name}: {e}")))?;
            for &(script, face_index) in scripts {
                let face = Face::open(data.clone(), face_index, (family, weight, script))
                    .ok_or_else(|| LoadError(format!("{name}: not a font, or no face {face_index} in it")))?;
                library.index.insert((family, weight, script), FaceId(library.faces.len() as u16));
                library.faces.push(face);
            }
        }
        Ok(library)
    }

    /// Opens the shipped files from a directory.
    pub fn from_dir(dir: &Path) -> Result<Library, LoadError> {
        Library::open(|name| std::fs::read(dir.join(name)).map(Blob::from).map_err(|e| e.to_string()))
    }

    /// The same library for an issue with fonts of its own; they serve every script.
    pub fn with(&self, own: &OwnFonts) -> Library {
        let mut library = Library { own: own.clone(), ..self.clone() };
        for (family, face) in own.faces() {
            let id = FaceId(library.faces.len() as u16);
            let opened = Face::open(face.data.clone(), face.index, (family, face.weight, Script::Sc));
            library.faces.push(opened.expect("a face of OwnFonts can be opened"));
            for script in [Script::Sc, Script::Tc, Script::Hk, Script::Jp] {
                library.index.entry((family, face.weight, script)).or_insert(id);
            }
        }
        library
    }

    /// The same library without the faces that an EPUB may not carry: an issue's own go into it where the editor says that
    /// their licence allows it, and the licence bits don't forbid it.
    pub fn for_epub(&self) -> Library {
        let own = |id: &FaceId| matches!(self.face(*id).family, Family::Own(_));
        let may = |id: &FaceId| !own(id) || self.own.epub && self.face(*id).may_embed_subset();
        let mut library = self.clone();
        library.index.retain(|_, id| may(id));
        library
    }

    /// The shipped hand that stands nearest to a family: Kai for 仿宋, for the issue's own what their names say.
    fn kin(&self, family: Family) -> Family {
        let own = self.own.faces().find(|(f, _)| *f == family).map(|(_, face)| face);
        let named = own.map(|face| face.names.iter().find_map(|name| hand(name)).unwrap_or(Family::Song));
        match named.unwrap_or(family) {
            Family::Fangsong => Family::Kai,
            family => family,
        }
    }

    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0 as usize]
    }

    pub fn faces(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        self.faces.iter().enumerate().map(|(i, f)| (FaceId(i as u16), f))
    }

    /// The face for a family, weight and script: first another weight, then Song stands in.
    pub fn find(&self, family: Family, weight: Weight, script: Script) -> FaceId {
        let own = match family {
            Family::Kai => self.own.kai,
            Family::Fangsong => self.own.fangsong.or(self.own.kai),
            _ => None,
        };
        let of = |f| [(f, weight), (f, Weight::Regular)].iter().find_map(|&(f, w)| self.index.get(&(f, w, script)));
        own.and_then(of)
            .or_else(|| of(family))
            .or_else(|| of(self.kin(family)))
            .or_else(|| of(Family::Song))
            .copied()
            .expect("open() loads Song in every script")
    }

    /// The face for a Latin letter or a European digit, where the issue has chosen one for them.
    pub fn latin(&self, weight: Weight, script: Script) -> Option<FaceId> {
        let family = self.own.latin?;
        [weight, Weight::Regular, Weight::Bold].iter().find_map(|w| self.index.get(&(family, *w, script)).copied())
    }

    /// Who draws `c` where `face` is wished: the families that the issue names for this, Song of the same script and
    /// weight, then the other scripts, then the other families.
    pub fn coverage(&self, face: FaceId, c: char) -> Coverage {
        let wished = self.face(face);
        if wished.glyph(c).is_some() {
            return Coverage::Here;
        }
        let same = |f: &Face| (f.weight == wished.weight, f.script == wished.script);
        let named = |f: &Face| {
            let order = self.own.fallback.iter().position(|family| *family == f.family);
            order.map(std::cmp::Reverse)
        };
        self.faces()
            .filter(|(_, f)| f.glyph(c).is_some())
            .max_by_key(|(id, f)| (named(f), f.family == Family::Song, same(f), std::cmp::Reverse(*id)))
            .map_or(Coverage::Nowhere, |(id, _)| Coverage::Fallback(id))
    }
}
