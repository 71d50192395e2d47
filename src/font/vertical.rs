//! What a font file of its own needs for vertical lines: vertical forms, advances and origins (OpenType §GSUB, §vhea, §vmtx,
//! §VORG).
//!
//! In: a face and the characters kept of it. Out: the glyphs of their vertical forms, and the tables of the subset.

use super::face::Face;
use super::sfnt::{be16, be32, table};
use super::subset::Subset;
use harfrust::{Buffer, Direction, Script, ShapeOptions, ShaperFont, Tag};
use std::collections::BTreeMap;

/// Glyphs with another form in vertical lines (the feature `vert`), and that form, by their numbers in the face.
pub fn alternates(face: &Face, map: &BTreeMap<char, u16>) -> BTreeMap<u16, u16> {
    let font = ShaperFont::new(&face.font);
    let han = Script::from_iso15924_tag(Tag::new(b"Hani"));
    let form = |(c, glyph): (&char, &u16)| {
        let mut buffer = Buffer::new();
        buffer.push(u32::from(*c), 0);
        buffer.set_direction(Direction::TopToBottom);
        buffer.set_script(han);
        harfrust::shape(&font, &mut buffer, ShapeOptions::new()).ok()?;
        let shaped = buffer.glyph_infos().first()?.glyph_id as u16;
        (shaped != *glyph && shaped != 0).then_some((*glyph, shaped))
    };
    map.iter().filter_map(form).collect()
}

/// GSUB, vhea, vmtx and VORG of a subset; those that the face has.
pub fn tables(face: &Face, cut: &Subset, alternates: &BTreeMap<u16, u16>) -> Vec<([u8; 4], Vec<u8>)> {
    let metrics = metrics(face, cut).map(|[vhea, vmtx]| [(*b"vhea", vhea), (*b"vmtx", vmtx)]);
    let origins = origins(face, cut).map(|vorg| (*b"VORG", vorg));
    let pairs: BTreeMap<u16, u16> =
        alternates.iter().filter_map(|(from, to)| Some((cut.glyph(*from)?, cut.glyph(*to)?))).collect();
    let forms = (!pairs.is_empty()).then(|| (*b"GSUB", substitutions(&pairs)));
    metrics.into_iter().flatten().chain(origins).chain(forms).collect()
}

/// The face's header, and a long record a glyph.
fn metrics(face: &Face, cut: &Subset) -> Option<[Vec<u8>; 2]> {
    let mut vhea = table(&face.data, face.index, b"vhea")?.to_vec();
    let vmtx = table(&face.data, face.index, b"vmtx")?;
    let long = usize::from(be16(&vhea, 34)?).max(1);
    let record = |old: &u16| {
        let old = usize::from(*old);
        let bearing = if old < long { 4 * old + 2 } else { 4 * long + 2 * (old - long) };
        Some([be16(vmtx, 4 * old.min(long - 1))?, be16(vmtx, bearing)?])
    };
    let records: Vec<[u16; 2]> = cut.glyphs.iter().map(record).collect::<Option<_>>()?;
    vhea.get_mut(34..36)?.copy_from_slice(&(records.len() as u16).to_be_bytes());
    Some([vhea, words(records.as_flattened())])
}

/// The default, and what differs from it.
fn origins(face: &Face, cut: &Subset) -> Option<Vec<u8>> {
    let vorg = table(&face.data, face.index, b"VORG")?;
    let others: BTreeMap<u16, u16> = (0..usize::from(be16(vorg, 6)?))
        .filter_map(|i| Some((be16(vorg, 8 + 4 * i)?, be16(vorg, 10 + 4 * i)?)))
        .filter_map(|(old, y)| Some((cut.glyph(old)?, y)))
        .collect();
    let head = [1, 0, be16(vorg, 4)?, others.len() as u16];
    Some(words(&head.into_iter().chain(others.into_iter().flat_map(|(glyph, y)| [glyph, y])).collect::<Vec<_>>()))
}

/// One lookup of single substitutions as the feature `vert` of the default script and of Han.
fn substitutions(pairs: &BTreeMap<u16, u16>) -> Vec<u8> {
    let count = pairs.len() as u16;
    let tag = |tag: &[u8; 4]| be32(tag, 0).map(|t| [(t >> 16) as u16, t as u16]).unwrap_or_default();
    let ([d, e], [h, a], [v, r]) = (tag(b"DFLT"), tag(b"hani"), tag(b"vert"));
    // Offsets from the start of each list; both scripts share a table without languages of its own.
    let scripts = [2, d, e, 14, h, a, 14, 4, 0, 0, 0xFFFF, 1, 0];
    let features = [1, v, r, 8, 0, 1, 0];
    let lookups = [1, 4, 1, 0, 1, 8];
    let at = |words: usize| 2 * words as u16;
    let first = 5;
    let header = [1, 0, at(first), at(first + scripts.len()), at(first + scripts.len() + features.len())];
    let table = [2, at(3 + pairs.len()), count];
    let all = header.into_iter().chain(scripts).chain(features).chain(lookups).chain(table);
    let all = all.chain(pairs.values().copied()).chain([1, count]).chain(pairs.keys().copied());
    words(&all.collect::<Vec<u16>>())
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_be_bytes()).collect()
}
