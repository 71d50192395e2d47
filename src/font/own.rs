//! An issue's own fonts: which families its files hold, and what stands in for the three hands.
//!
//! In: font files of any make. Out: [`OwnFonts`], which [`super::Library::with`] joins to the shipped faces.

use super::library::{Family, Weight};
use super::sfnt::{be16, be32, table};
use harfrust::font::Blob;
use std::fmt;

/// A face of a file that came with the issue.
#[derive(Clone)]
pub struct OwnFace {
    /// What the font calls itself, in every language (OpenType §name, names 1 and 16).
    pub names: Vec<String>,
    pub weight: Weight,
    pub data: Blob,
    pub index: u32,
}

/// The issue's own fonts, and the families that the editor chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnFonts {
    faces: Vec<OwnFace>,
    /// What Kai is set in; None: the shipped face.
    pub kai: Option<Family>,
    /// None: as Kai.
    pub fangsong: Option<Family>,
    /// Latin letters and European digits; None: the Chinese face's own.
    pub latin: Option<Family>,
    /// Where a missing character is looked for first.
    pub fallback: Vec<Family>,
    /// Their licence lets them go into an EPUB: the editor says so.
    pub epub: bool,
}

impl OwnFonts {
    /// Takes the faces of a file; false where it holds none.
    pub fn take(&mut self, data: &Blob) -> bool {
        let count = match data.get(..4) {
            Some(b"ttcf") => be32(data, 8).unwrap_or(0),
            _ => 1,
        };
        let before = self.faces.len();
        self.faces.extend((0..count.min(64)).filter_map(|index| face(data, index)));
        self.faces.len() > before
    }

    /// The family that a name means: the issue's own before the shipped hands.
    pub fn named(&self, name: &str) -> Option<Family> {
        let wanted = plain(name);
        let own = self.faces.iter().position(|face| face.names.iter().any(|own| plain(own) == wanted));
        own.map(|at| self.family(at)).or_else(|| hand(name))
    }

    /// Every name that [`OwnFonts::named`] knows of the issue's own, for a hint.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.faces.iter().flat_map(|face| &face.names).map(String::as_str)
    }

    /// The faces, each with the number of its family: one for all that share a name.
    pub fn faces(&self) -> impl Iterator<Item = (Family, &OwnFace)> {
        self.faces.iter().enumerate().map(|(at, face)| (self.family(at), face))
    }

    /// Numbered by the first face that bears one of its names.
    fn family(&self, at: usize) -> Family {
        let shares = |face: &OwnFace| face.names.iter().any(|name| self.faces[at].names.contains(name));
        Family::Own(self.faces.iter().position(shares).unwrap_or(at) as u8)
    }
}

/// The hand that a typeface's name means: the one place where names of faces are known.
pub fn hand(name: &str) -> Option<Family> {
    let plain = plain(name);
    let begins = |names: &[&str]| names.iter().any(|n| plain.starts_with(n));
    let hands = [
        (Family::Song, &["song", "宋", "notoserifcjk", "思源宋", "sourcehanserif", "明"][..]),
        (Family::Hei, &["hei", "黑", "notosanscjk", "思源黑", "sourcehansans"]),
        (Family::Kai, &["kai", "楷", "lxgwwenkai", "霞鹜文楷"]),
        (Family::Fangsong, &["仿宋", "fangsong"]),
    ];
    hands.into_iter().find(|(_, names)| begins(names)).map(|(hand, _)| hand)
}

fn plain(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_')).collect()
}

fn face(data: &Blob, index: u32) -> Option<OwnFace> {
    // A face that can't be opened later is none.
    super::Face::open(data.clone(), index, (Family::Song, Weight::Regular, crate::base::Script::Sc))?;
    let bold = table(data, index, b"OS/2").and_then(|os2| be16(os2, 4)).is_some_and(|weight| weight >= 600);
    let weight = if bold { Weight::Bold } else { Weight::Regular };
    let names = names(table(data, index, b"name")?);
    (!names.is_empty()).then(|| OwnFace { names, weight, data: data.clone(), index })
}

/// Names 1 and 16 on the Windows platform: UTF-16 in every language there is.
fn names(table: &[u8]) -> Vec<String> {
    let (count, storage) = (be16(table, 2).unwrap_or(0) as usize, be16(table, 4).unwrap_or(0) as usize);
    let mut all: Vec<String> =
        (0..count).filter_map(|i| name(table.get(6 + 12 * i..)?.get(..12)?, table.get(storage..)?)).collect();
    all.sort();
    all.dedup();
    all
}

fn name(record: &[u8], storage: &[u8]) -> Option<String> {
    if be16(record, 0)? != 3 || !matches!(be16(record, 6)?, 1 | 16) {
        return None;
    }
    let (length, from) = (be16(record, 8)? as usize, be16(record, 10)? as usize);
    let units: Vec<u16> =
        storage.get(from..from + length)?.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
    String::from_utf16(&units).ok().filter(|name| !name.trim().is_empty())
}

impl fmt::Debug for OwnFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} #{}", self.names, self.weight, self.index)
    }
}

impl PartialEq for OwnFace {
    fn eq(&self, other: &OwnFace) -> bool {
        (&self.names, self.weight, self.index, &self.data[..])
            == (&other.names, other.weight, other.index, &other.data[..])
    }
}
impl Eq for OwnFace {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_hands() {
        let named = |name| OwnFonts::default().named(name);
        assert_eq!(named("Noto Serif CJK SC"), Some(Family::Song));
        assert_eq!(named("思源黑体"), Some(Family::Hei));
        assert_eq!(named("LXGW WenKai"), Some(Family::Kai));
        assert_eq!(named("仿宋"), Some(Family::Fangsong));
        assert_eq!(named("Comic Sans"), None);
    }

    #[test]
    fn a_file_is_known_by_its_own_names() {
        let mut own = OwnFonts::default();
        let file = std::fs::read("fonts/LXGWWenKai-Regular.ttf").expect("a shipped file");
        assert!(!own.take(&Blob::from(b"not a font".to_vec())));
        assert!(own.take(&Blob::from(file)));
        assert_eq!(own.named("LXGW WenKai"), Some(Family::Own(0)));
        assert_eq!(own.named("霞鹜文楷"), Some(Family::Own(0)));
        assert_eq!(own.named("宋体"), Some(Family::Song));
    }
}
