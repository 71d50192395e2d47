//! One face of a font file: what shaping, metrics and embedding need of it.

use super::library::{Family, Weight};
use super::sfnt::{be16, directory, table};
use crate::base::Script;
use harfrust::Font;
use harfrust::font::Blob;
use sha2::{Digest, Sha256};

/// A face. Opening one reads a few table headers; nothing is parsed before it is asked for.
#[derive(Clone)]
pub struct Face {
    pub family: Family,
    pub weight: Weight,
    /// The script whose forms of Han characters it has.
    pub script: Script,
    pub font: Font,
    /// The whole file and the face's index in it, for subsetting.
    pub data: Blob,
    pub index: u32,
    pub metrics: Metrics,
    pub postscript_name: String,
}

/// In font units, y upward from the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    pub units_per_em: u16,
    pub ascent: i16,
    pub descent: i16,
    pub cap_height: i16,
    /// x min, y min, x max, y max of all glyphs.
    pub bounds: [i16; 4],
}

impl Face {
    /// None where the bytes are not a font or hold no face at `index`.
    pub fn open(data: Blob, index: u32, (family, weight, script): (Family, Weight, Script)) -> Option<Face> {
        let font = Font::new(data.clone(), index)?;
        let metrics = metrics(&data, index)?;
        let postscript_name = postscript_name(&data, index)?;
        Some(Face { family, weight, script, font, data, index, metrics, postscript_name })
    }

    /// Changes with the file. The checksums that a file keeps of its tables are right in those that are shipped.
    pub fn fingerprint(&self) -> Sha256 {
        let shipped = || directory(&self.data, self.index).unwrap_or_default();
        let told = if matches!(self.family, Family::Own(_)) { &self.data } else { shipped() };
        Sha256::new_with_prefix(&self.postscript_name).chain_update(self.index.to_be_bytes()).chain_update(told)
    }

    /// The glyph of a character, by the face's character map alone.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.font.charmap().map_unicode(c).map(|g| g.to_u32() as u16).filter(|g| *g != 0)
    }

    /// Whether its outlines are cubic (a `CFF ` table) or quadratic (`glyf`).
    pub fn has_cff(&self) -> bool {
        table(&self.data, self.index, b"CFF ").is_some()
    }

    /// Advance width in font units.
    pub fn advance(&self, glyph: u16) -> i32 {
        harfrust::ShaperFont::new(&self.font).glyph_h_advance(harfrust::GlyphId::from(glyph))
    }

    /// Whether the font's licence bits (OS/2 fsType) allow embedding a subset: not restricted (bit 1), not "no
    /// subsetting" (bit 8), not "bitmap only" (bit 9).
    pub fn may_embed_subset(&self) -> bool {
        table(&self.data, self.index, b"OS/2").and_then(|t| be16(t, 8)).is_none_or(|fs_type| fs_type & 0x0302 == 0)
    }
}

fn metrics(data: &[u8], index: u32) -> Option<Metrics> {
    let signed = |t: &[u8], at| be16(t, at).map(|v| v as i16);
    let (head, os2) = (table(data, index, b"head")?, table(data, index, b"OS/2")?);
    Some(Metrics {
        units_per_em: be16(head, 18).filter(|u| *u > 0)?,
        ascent: signed(os2, 68)?,
        descent: signed(os2, 70)?,
        // sCapHeight came with OS/2 version 2.
        cap_height: signed(os2, 88).unwrap_or(0),
        bounds: [signed(head, 36)?, signed(head, 38)?, signed(head, 40)?, signed(head, 42)?],
    })
}

/// Name 6 in the Windows platform's encoding (OpenType §name).
fn postscript_name(data: &[u8], index: u32) -> Option<String> {
    let name = table(data, index, b"name")?;
    let (count, storage) = (be16(name, 2)? as usize, be16(name, 4)? as usize);
    (0..count).find_map(|i| {
        let record = name.get(6 + 12 * i..)?.get(..12)?;
        if (be16(record, 0)?, be16(record, 6)?) != (3, 6) {
            return None;
        }
        let (length, from) = (be16(record, 8)? as usize, storage + be16(record, 10)? as usize);
        let text = name.get(from..from + length)?;
        Some(text.chunks_exact(2).map(|c| c[1] as char).filter(char::is_ascii_graphic).collect())
    })
}
