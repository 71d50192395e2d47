//! The part of a face that a file embeds.
//!
//! In: a face and its glyphs. Out: [`Subset`], an OpenType file without a character map whose glyph 0 is .notdef and whose
//! others are numbered in the order of the old ones; [`Subset::with_charmap`] adds what readers other than PDF's need.

use super::face::Face;
use super::sfnt;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A face cut down to some glyphs.
#[derive(Clone, Debug)]
pub struct Subset {
    /// An OpenType file.
    pub data: Vec<u8>,
    /// Old glyph numbers by new ones; 0 stays 0.
    pub glyphs: Vec<u16>,
    /// Advance widths by new glyph numbers, in font units.
    pub widths: Vec<u16>,
    /// `ABCDEF+NotoSerifCJKsc-Regular`: six letters from the glyph set (ISO 32000-1 §9.6.4).
    pub name: String,
}

/// Cuts `face` down to `glyphs`. The error is the subsetter's, for a face whose tables are broken.
pub fn subset(face: &Face, glyphs: &BTreeSet<u16>) -> Result<Subset, String> {
    subset_once(face, glyphs, |_, cut| cut())
}

/// [`subset`] for who may have its file already: `made` gets a sum of all that the file comes from, and the cut.
pub fn subset_once(
    face: &Face,
    glyphs: &BTreeSet<u16>,
    made: impl FnOnce(&[u8; 32], &dyn Fn() -> Result<Vec<u8>, String>) -> Result<Vec<u8>, String>,
) -> Result<Subset, String> {
    let kept: Vec<u16> = std::iter::once(0).chain(glyphs.iter().copied().filter(|g| *g != 0)).collect();
    let numbers: Vec<u8> = kept.iter().flat_map(|g| g.to_be_bytes()).collect();
    let sum = face.fingerprint().chain_update(numbers).finalize().into();
    let data = made(&sum, &|| {
        let mapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&kept);
        subsetter::subset(&face.data, face.index, &mapper).map_err(|e| e.to_string())
    })?;
    let shaper = harfrust::ShaperFont::new(&face.font);
    let widths = kept.iter().map(|g| shaper.glyph_h_advance(harfrust::GlyphId::from(*g)).max(0) as u16).collect();
    let name = format!("{}+{}", tag(face, &kept), face.postscript_name);
    Ok(Subset { data, glyphs: kept, widths, name })
}

/// Six capitals that differ when the glyphs do.
fn tag(face: &Face, glyphs: &[u16]) -> String {
    let mut hash = Sha256::new();
    hash.update(face.postscript_name.as_bytes());
    glyphs.iter().for_each(|g| hash.update(g.to_be_bytes()));
    hash.finalize()[..6].iter().map(|b| (b'A' + b % 26) as char).collect()
}

impl Subset {
    /// The new number of an old glyph.
    pub fn glyph(&self, old: u16) -> Option<u16> {
        self.glyphs.binary_search(&old).ok().map(|new| new as u16)
    }

    /// The same file with a character map (format 12) of old glyphs, for readers that look characters up.
    pub fn with_charmap(&self, map: &BTreeMap<char, u16>) -> Vec<u8> {
        let pairs: Vec<(u32, u32)> =
            map.iter().filter_map(|(c, old)| Some((u32::from(*c), u32::from(self.glyph(*old)?)))).collect();
        let version = std::array::from_fn(|i| self.data[i]);
        let mut tables: Vec<_> =
            sfnt::tables(&self.data, 0).unwrap_or_default().into_iter().map(|(t, b)| (t, b.to_vec())).collect();
        tables.push((*b"cmap", charmap_table(&pairs)));
        sfnt::build(version, tables)
    }
}

/// One subtable: platform 3, encoding 10, format 12, a group a character (OpenType §cmap).
fn charmap_table(pairs: &[(u32, u32)]) -> Vec<u8> {
    let mut out = vec![];
    out.extend([0_u16, 1, 3, 10].iter().flat_map(|n| n.to_be_bytes()));
    out.extend(12_u32.to_be_bytes());
    out.extend([12_u16, 0].iter().flat_map(|n| n.to_be_bytes()));
    out.extend([16 + 12 * pairs.len() as u32, 0, pairs.len() as u32].iter().flat_map(|n| n.to_be_bytes()));
    out.extend(pairs.iter().flat_map(|(c, g)| [*c, *c, *g]).flat_map(u32::to_be_bytes));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Script;
    use crate::font::{Family, Library, Weight};
    use std::path::Path;

    #[test]
    fn a_subset_keeps_widths_and_is_found_by_its_characters() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        for family in [Family::Song, Family::Kai] {
            let face = library.face(library.find(family, Weight::Regular, Script::Sc));
            let map: BTreeMap<char, u16> = "山行A".chars().map(|c| (c, face.glyph(c).expect("covered"))).collect();
            let cut = subset(face, &map.values().copied().collect()).expect("the face is sound");
            assert_eq!(cut.glyphs.len(), 4);
            assert_eq!(cut.widths[cut.glyph(map[&'山']).expect("kept") as usize], 1000);
            assert!(cut.data.len() < 8_000, "{} bytes", cut.data.len());
            let font = fontdue::Font::from_bytes(cut.with_charmap(&map), Default::default()).expect("a readable font");
            let (metrics, ink) = font.rasterize('行', 32.0);
            assert!(metrics.width > 20 && ink.iter().any(|v| *v > 200), "行 is drawn");
        }
    }

    #[test]
    fn the_tag_follows_the_glyphs() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let face = library.face(library.find(Family::Song, Weight::Regular, Script::Sc));
        let name = |glyphs: &[u16]| subset(face, &glyphs.iter().copied().collect()).expect("sound").name;
        assert_eq!(name(&[5, 9]), name(&[9, 5]));
        assert_ne!(name(&[5, 9]), name(&[5, 10]));
    }
}
