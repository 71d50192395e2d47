//! Outlines of a `CFF ` table without their hints: screens draw large and smooth, and a sixth of the bytes goes.
//!
//! In: the table as the subsetter writes it, keyed by CID and without subroutines. Out: the same outlines and widths (Adobe Technical
//! Notes 5176, The Compact Font Format, and 5177, Type 2 Charstrings).

/// Operators of DICTs; those of two bytes with their escape.
const CHARSET: u16 = 15;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const DEFAULT_WIDTH: u16 = 20;
const NOMINAL_WIDTH: u16 = 21;
const FD_ARRAY: u16 = 0x0c24;
const FD_SELECT: u16 = 0x0c25;

/// None where the table is not of that kind; then it stays as it is.
pub fn unhinted(table: &[u8]) -> Option<Vec<u8>> {
    let names = Index::at(table, usize::from(*table.get(2)?))?;
    let tops = Index::at(table, names.end)?;
    let strings = Index::at(table, tops.end)?;
    let mut top = dict(tops.items.first()?)?;
    let part = |operator| table.get(usize::try_from(*numbers(&top, operator)?.first()?).ok()?..);
    let glyphs = Index::at(part(CHAR_STRINGS)?, 0)?.items;
    let charset = charset(part(CHARSET)?, glyphs.len())?;
    let select = select(part(FD_SELECT)?, glyphs.len())?;
    let fonts = Index::at(part(FD_ARRAY)?, 0)?.items;

    // Offsets take five bytes each, so that the length of what precedes is known before they are.
    let places = [CHARSET, FD_SELECT, CHAR_STRINGS, FD_ARRAY];
    places.iter().for_each(|operator| replace(&mut top, *operator, &[0]));
    let head =
        |top: &Dict| [&table[..names.end], &index(&[encode(top)]), &table[tops.end..strings.end], &index(&[])].concat();
    let mut file = head(&top);
    let mut offsets = vec![file.len()];
    for bytes in [charset, select, &index(&glyphs.iter().map(|g| outline(g)).collect::<Vec<_>>())] {
        file.extend(bytes);
        offsets.push(file.len());
    }
    let mut kept = vec![];
    for font in fonts {
        let mut font = dict(font)?;
        let place = numbers(&font, PRIVATE)?;
        let [size, from] = *place.as_slice() else { return None };
        let private = encode(&widths(table.get(usize::try_from(from).ok()?..)?.get(..usize::try_from(size).ok()?)?)?);
        replace(&mut font, PRIVATE, &[private.len() as i32, file.len() as i32]);
        file.extend(private);
        kept.push(encode(&font));
    }
    offsets[3] = file.len();
    file.extend(index(&kept));
    for (operator, offset) in places.iter().zip(&offsets) {
        replace(&mut top, *operator, &[*offset as i32]);
    }
    let head = head(&top);
    file.splice(..head.len(), head);
    Some(file)
}

/// What a Private DICT says of advances; the rest is for hints.
fn widths(private: &[u8]) -> Option<Dict> {
    Some(dict(private)?.into_iter().filter(|(operator, _)| [DEFAULT_WIDTH, NOMINAL_WIDTH].contains(operator)).collect())
}

/// A charstring without stems and masks. The advance, which stands before the first operator, stands before the first
/// that is left.
fn outline(glyph: &[u8]) -> Vec<u8> {
    without_hints(glyph).unwrap_or_else(|| glyph.to_vec())
}

/// None where something happens that the subsetter leaves nowhere: a call, arithmetic.
fn without_hints(glyph: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut at, mut stems, mut first) = (vec![], 0, 0, true);
    // Where each operand on the stack begins.
    let mut stack: Vec<usize> = vec![];
    while let Some(&byte) = glyph.get(at) {
        let from = at;
        at += match byte {
            28 => 3,
            255 => 5,
            247..=254 | 12 => 2,
            _ => 1,
        };
        match byte {
            28 | 32..=255 => {
                stack.push(from);
                continue;
            }
            // Stems; before a mask those of the other direction need no operator.
            1 | 3 | 18..=20 | 23 => {
                if first && stack.len() % 2 == 1 {
                    out.extend(&glyph[stack[0]..stack.get(1).copied().unwrap_or(from)]);
                }
                stems += stack.len() / 2;
                at += if matches!(byte, 19 | 20) { stems.div_ceil(8) } else { 0 };
            }
            // Moves, lines, curves, the end; flexes.
            4..=8 | 14 | 21 | 22 | 24..=27 | 30 | 31 => {
                out.extend(glyph.get(stack.first().copied().unwrap_or(from)..at)?)
            }
            12 if matches!(glyph.get(from + 1)?, 34..=37) => {
                out.extend(glyph.get(stack.first().copied().unwrap_or(from)..at)?);
            }
            _ => return None,
        }
        (first, stack) = (false, vec![]);
    }
    Some(out)
}

/// An INDEX: its items, and where what follows begins.
struct Index<'a> {
    items: Vec<&'a [u8]>,
    end: usize,
}

impl Index<'_> {
    fn at(data: &[u8], from: usize) -> Option<Index<'_>> {
        let number = |at: usize, size: usize| {
            Some(data.get(at..at + size)?.iter().fold(0_usize, |n, byte| n << 8 | usize::from(*byte)))
        };
        let count = number(from, 2)?;
        if count == 0 {
            return Some(Index { items: vec![], end: from + 2 });
        }
        let size = number(from + 2, 1).filter(|size| (1..=4).contains(size))?;
        // Offsets count from the byte before the data.
        let base = from + 2 + (count + 1) * size;
        let place = |i: usize| Some(base + number(from + 3 + i * size, size)?);
        let items = (0..count).map(|i| data.get(place(i)?..place(i + 1)?)).collect::<Option<_>>()?;
        Some(Index { items, end: place(count)? })
    }
}

fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut out = (items.len() as u16).to_be_bytes().to_vec();
    if items.is_empty() {
        return out;
    }
    let total = 1 + items.iter().map(Vec::len).sum::<usize>() as u32;
    let size = 4 - total.leading_zeros() as usize / 8;
    out.push(size as u8);
    let mut offset = 1_u32;
    for length in std::iter::once(0).chain(items.iter().map(Vec::len)) {
        offset += length as u32;
        out.extend(&offset.to_be_bytes()[4 - size..]);
    }
    out.extend(items.iter().flatten());
    out
}

/// A DICT: operators with their operands as they are written.
type Dict = Vec<(u16, Vec<u8>)>;

fn dict(data: &[u8]) -> Option<Dict> {
    let (mut entries, mut at, mut from) = (vec![], 0, 0);
    while let Some(&byte) = data.get(at) {
        let end = at;
        at += match byte {
            28 => 3,
            29 => 5,
            // A decimal number, half a byte a digit, ends with 0xf.
            30 => 2 + data[at + 1..].iter().position(|b| b & 15 == 15 || b >> 4 == 15)?,
            247..=254 | 12 => 2,
            _ => 1,
        };
        if byte <= 21 {
            let operator = if byte == 12 { 0x0c00 | u16::from(*data.get(end + 1)?) } else { byte.into() };
            entries.push((operator, data[from..end].to_vec()));
            from = at;
        }
    }
    Some(entries)
}

fn encode(dict: &Dict) -> Vec<u8> {
    let operator = |operator: u16| if operator > 0xff { operator.to_be_bytes().to_vec() } else { vec![operator as u8] };
    dict.iter().flat_map(|(op, operands)| [operands.clone(), operator(*op)].concat()).collect()
}

/// The operands of an operator, if they are whole numbers.
fn numbers(dict: &Dict, operator: u16) -> Option<Vec<i32>> {
    let mut rest = dict.iter().find(|(op, _)| *op == operator)?.1.as_slice();
    let mut all = vec![];
    while let [byte, more @ ..] = rest {
        let next = |i: usize| more.get(i).copied().map(i32::from);
        let (number, length) = match *byte {
            28 => (i32::from(i16::from_be_bytes([next(0)? as u8, next(1)? as u8])), 2),
            29 => (i32::from_be_bytes(more.get(..4)?.try_into().ok()?), 4),
            32..=246 => (i32::from(*byte) - 139, 0),
            247..=250 => ((i32::from(*byte) - 247) * 256 + next(0)? + 108, 1),
            251..=254 => (-(i32::from(*byte) - 251) * 256 - next(0)? - 108, 1),
            _ => return None,
        };
        all.push(number);
        rest = &more[length..];
    }
    Some(all)
}

/// Gives an operator other operands, each of five bytes.
fn replace(dict: &mut Dict, operator: u16, with: &[i32]) {
    let operands = with.iter().flat_map(|n| std::iter::once(29).chain(n.to_be_bytes())).collect();
    if let Some(entry) = dict.iter_mut().find(|(op, _)| *op == operator) {
        entry.1 = operands;
    }
}

/// The bytes of the charset of so many glyphs: a range of CIDs (format 2), or one alone (format 0).
fn charset(data: &[u8], glyphs: usize) -> Option<&[u8]> {
    match data.first()? {
        0 => data.get(..1 + 2 * (glyphs - 1)),
        2 => data.get(..5).filter(|d| usize::from(u16::from_be_bytes([d[3], d[4]])) + 2 == glyphs),
        _ => None,
    }
}

/// The bytes of the FDSelect of so many glyphs: a byte each (format 0), or ranges (format 3).
fn select(data: &[u8], glyphs: usize) -> Option<&[u8]> {
    match data.first()? {
        0 => data.get(..1 + glyphs),
        3 => data.get(..5 + 3 * usize::from(u16::from_be_bytes([*data.get(1)?, *data.get(2)?]))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Script;
    use crate::font::{Family, Library, Weight, sfnt, subset};
    use std::path::Path;

    /// 字 as its charstring is written: advance, stems, masks go, and the outline stays.
    #[test]
    fn stems_and_masks_go_and_the_advance_stays() {
        // 100 (advance) 10 20 hstemhm, 30 40 (vstem) hintmask 0xc0, 5 6 rmoveto, 7 hlineto, cntrmask 0xff, endchar.
        let hinted = [239, 149, 159, 18, 169, 179, 19, 0xc0, 144, 145, 21, 146, 6, 20, 0xff, 14];
        assert_eq!(outline(&hinted), [239, 144, 145, 21, 146, 6, 14]);
        // Without stems the advance stands where it stood.
        let bare = [239, 144, 145, 21, 14];
        assert_eq!(outline(&bare), bare);
        // A call: the charstring is left as it is.
        let calling = [149, 159, 1, 239, 10, 14];
        assert_eq!(outline(&calling), calling);
    }

    /// Nine stems need two bytes of mask.
    #[test]
    fn a_mask_has_a_bit_for_each_stem() {
        let stems = [[140_u8, 141]; 9].concat();
        let hinted = [stems.as_slice(), &[23, 19, 0xff, 0x80, 144, 4, 14]].concat();
        assert_eq!(outline(&hinted), [144, 4, 14]);
    }

    #[test]
    fn outlines_are_drawn_alike_and_a_tenth_of_the_bytes_goes() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let text = "山重水复疑无路，柳暗花明又一村。清晨五点，挑担的人已经走到第三个弯道了，扁担吱呀作响Qg&;8";
        for family in [Family::Song, Family::Hei] {
            let face = library.face(library.find(family, Weight::Regular, Script::Sc));
            let map: std::collections::BTreeMap<char, u16> =
                text.chars().map(|c| (c, face.glyph(c).expect("covered"))).collect();
            let mut cut = subset(face, &map.values().copied().collect()).expect("the face is sound");
            let whole = fontdue::Font::from_bytes(cut.with_charmap(&map), Default::default()).expect("readable");
            let mut tables: Vec<_> =
                sfnt::tables(&cut.data, 0).expect("a font").into_iter().map(|(t, b)| (t, b.to_vec())).collect();
            let table = tables.iter_mut().find(|(tag, _)| tag == b"CFF ").expect("cubic outlines");
            let (before, bare) = (table.1.len(), unhinted(&table.1).expect("keyed by CID"));
            assert!(bare.len() * 10 < before * 9, "{family:?}: {} of {before} bytes", bare.len());
            table.1 = bare;
            cut.data = sfnt::build(*b"OTTO", tables);
            let bare = fontdue::Font::from_bytes(cut.with_charmap(&map), Default::default()).expect("readable");
            for c in text.chars() {
                assert!(whole.rasterize(c, 200.0) == bare.rasterize(c, 200.0), "{family:?} {c}");
            }
        }
    }
}
