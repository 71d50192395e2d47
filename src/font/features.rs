//! What a subset keeps of a face's OpenType features: half-width marks and forms for vertical setting. Regional forms (`locl`)
//! are not among them: there is a face for each region.
//!
//! In: a face and the characters of a subset, of which the shaper is asked one by one. Out: [`Features`], and from it the
//! tables `GSUB`, `GPOS`, `vhea`, `vmtx` and `VORG` in the subset's glyph numbers (OpenType 1.9).

use super::face::Face;
use super::sfnt::{be16, table};
use super::subset::Subset;
use harfrust::{Buffer, Direction, Feature, ShapeOptions, ShaperFont, Tag};
use std::collections::{BTreeMap, BTreeSet};

/// By the face's own glyph numbers.
#[derive(Default)]
pub struct Features {
    /// A glyph's form in vertical lines (`vert`).
    pub vertical: BTreeMap<u16, u16>,
    /// How far a mark moves, and how its advance changes, on half an em: `halt` in horizontal, `vhal` in vertical lines.
    half: BTreeMap<u16, [i16; 2]>,
    is_vertical: bool,
}

type Table = ([u8; 4], Vec<u8>);

impl Features {
    pub fn of(face: &Face, chars: &BTreeSet<char>, is_vertical: bool) -> Features {
        let mut shaper = Shaper { font: ShaperFont::new(&face.font), buffer: Buffer::new(), is_vertical };
        let mut found = Features { is_vertical, ..Features::default() };
        for c in chars.iter().copied().filter(|c| !is_ideograph(*c)) {
            let (Some(nominal), Some(plain)) = (face.glyph(c), shaper.shape(c, false)) else { continue };
            if is_vertical && plain.glyph != nominal {
                found.vertical.insert(nominal, plain.glyph);
            }
            if let Some(half) = shaper.shape(c, true).filter(|half| half.glyph == plain.glyph && half != &plain) {
                // Downwards is negative in the shaper's advances and positive in the table's.
                let advance = if is_vertical { plain.advance - half.advance } else { half.advance - plain.advance };
                found.half.insert(plain.glyph, [half.offset - plain.offset, advance].map(|v| v as i16));
            }
        }
        found
    }

    /// The tables that the subset adds to its outlines.
    pub fn tables(&self, face: &Face, cut: &Subset) -> Vec<Table> {
        let forms: BTreeMap<u16, Vec<u16>> =
            self.vertical.iter().filter_map(|(from, to)| Some((cut.glyph(*from)?, vec![cut.glyph(*to)?]))).collect();
        let moves: BTreeMap<u16, Vec<u16>> = self
            .half
            .iter()
            .filter_map(|(glyph, values)| Some((cut.glyph(*glyph)?, values.map(|v| v as u16).to_vec())))
            .collect();
        let (tag, value_format) = if self.is_vertical { (b"vhal", 0x000a) } else { (b"halt", 0x0005) };
        let mut all = vec![];
        if !forms.is_empty() {
            all.push((*b"GSUB", layout(&[b"vert", b"vrt2"], &single(&[2], &forms))));
        }
        if !moves.is_empty() {
            all.push((*b"GPOS", layout(&[tag], &single(&[2, value_format], &moves))));
        }
        if self.is_vertical {
            all.extend(vertical_metrics(face, cut).unwrap_or_default());
        }
        all
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A single character as it is set.
#[derive(PartialEq, Eq)]
struct Set {
    glyph: u16,
    offset: i32,
    advance: i32,
}

struct Shaper<'f> {
    font: ShaperFont<'f, 'static>,
    buffer: Buffer,
    is_vertical: bool,
}

impl Shaper<'_> {
    /// None where the character becomes more than one glyph.
    fn shape(&mut self, c: char, half: bool) -> Option<Set> {
        self.buffer.clear();
        self.buffer.push(u32::from(c), 0);
        let (direction, tag) = match self.is_vertical {
            true => (Direction::TopToBottom, b"vhal"),
            false => (Direction::LeftToRight, b"halt"),
        };
        self.buffer.set_direction(direction);
        self.buffer.set_script(harfrust::Script::from_iso15924_tag(Tag::new(b"Hani")));
        let features = [Feature::new(Tag::new(tag), u32::from(half), ..)];
        harfrust::shape(&self.font, &mut self.buffer, ShapeOptions::new().features(&features)).ok()?;
        let (infos, positions) = (self.buffer.glyph_infos(), self.buffer.glyph_positions());
        let ([info], [p]) = (infos, positions) else { return None };
        let (offset, advance) = if self.is_vertical { (p.y_offset, p.y_advance) } else { (p.x_offset, p.x_advance) };
        Some(Set { glyph: info.glyph_id as u16, offset, advance })
    }
}

fn words(numbers: impl IntoIterator<Item = u16>) -> Vec<u8> {
    numbers.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// A subtable of single substitutions or adjustments, in format 2: its head, coverage, a value for each glyph.
fn single(head: &[u16], values: &BTreeMap<u16, Vec<u16>>) -> Vec<u8> {
    let count = values.len() as u16;
    let rows: Vec<u16> = values.values().flatten().copied().collect();
    let coverage = 2 * (head.len() + 2 + rows.len()) as u16;
    let [format, more @ ..] = head else { return vec![] };
    let mut table = vec![*format, coverage];
    table.extend(more);
    table.push(count);
    table.extend(rows);
    table.extend([1, count]);
    table.extend(values.keys());
    words(table)
}

/// A whole `GSUB` or `GPOS`: one lookup of type 1 with one subtable, under features of these names, in every script.
fn layout(features: &[&[u8; 4]], subtable: &[u8]) -> Vec<u8> {
    const SCRIPTS: [&[u8; 4]; 3] = [b"DFLT", b"hani", b"kana"];
    let count = features.len() as u16;
    let script = 2 + 6 * SCRIPTS.len() as u16;
    let mut scripts = words([SCRIPTS.len() as u16]);
    for tag in SCRIPTS {
        scripts.extend(tag);
        scripts.extend(words([script]));
    }
    // The script's default language system, which asks for all features and requires none.
    scripts.extend(words([4, 0, 0, 0xffff, count]));
    scripts.extend(words(0..count));
    let mut list = words([count]);
    for tag in features {
        list.extend(*tag);
        list.extend(words([2 + 6 * count]));
    }
    list.extend(words([0, 1, 0]));
    let lookups = [words([1, 4, 1, 0, 1, 8]), subtable.to_vec()].concat();
    let at = |before: &[&[u8]]| 10 + before.iter().map(|b| b.len()).sum::<usize>() as u16;
    let head = words([1, 0, 10, at(&[&scripts]), at(&[&scripts, &list])]);
    [head, scripts, list, lookups].concat()
}

/// `vhea`, `vmtx` and, where the face has one, `VORG`, for the glyphs that are left.
fn vertical_metrics(face: &Face, cut: &Subset) -> Option<Vec<Table>> {
    let source = |tag| table(&face.data, face.index, tag);
    let (head, metrics) = (source(b"vhea")?, source(b"vmtx")?);
    let long = be16(head, 34)?.max(1);
    let row = |glyph: &u16| {
        let advance = be16(metrics, 4 * usize::from((*glyph).min(long - 1)))?;
        let bearing = match glyph.checked_sub(long) {
            None => 4 * usize::from(*glyph) + 2,
            Some(beyond) => 4 * usize::from(long) + 2 * usize::from(beyond),
        };
        Some([advance, be16(metrics, bearing)?])
    };
    let rows: Vec<u16> = cut.glyphs.iter().map(row).collect::<Option<Vec<_>>>()?.concat();
    let mut head = head.to_vec();
    head.get_mut(34..36)?.copy_from_slice(&(cut.glyphs.len() as u16).to_be_bytes());
    let mut all = vec![(*b"vhea", head), (*b"vmtx", words(rows))];
    all.extend(source(b"VORG").and_then(|origins| Some((*b"VORG", kept_origins(origins, cut)?))));
    Some(all)
}

/// The vertical origins that differ from the face's usual one.
fn kept_origins(table: &[u8], cut: &Subset) -> Option<Vec<u8>> {
    let rows = (0..usize::from(be16(table, 6)?)).map(|i| Some((be16(table, 8 + 4 * i)?, be16(table, 10 + 4 * i)?)));
    let rows: BTreeMap<u16, u16> = rows.collect::<Option<Vec<_>>>()?.into_iter().collect();
    let kept: Vec<u16> =
        (0..).zip(&cut.glyphs).filter_map(|(new, old)| Some([new, *rows.get(old)?])).flatten().collect();
    Some(words([1, 0, be16(table, 4)?, (kept.len() / 2) as u16].into_iter().chain(kept)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Script;
    use crate::font::{Family, Library, Weight, standalone};
    use harfrust::font::Blob;
    use std::path::Path;

    /// What a character becomes in a face and in its subset, set alike.
    fn both(vertical: bool, chars: &str, c: char, half: bool) -> [Set; 2] {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let face = library.face(library.find(Family::Song, Weight::Regular, Script::Sc));
        let file = standalone(face, &chars.chars().collect(), "Issue Test", vertical).expect("the face is sound");
        let cut = harfrust::Font::new(Blob::from(file), 0).expect("a font");
        [&face.font, &cut].map(|font| {
            let mut shaper = Shaper { font: ShaperFont::new(font), buffer: Buffer::new(), is_vertical: vertical };
            shaper.shape(c, half).expect("one glyph")
        })
    }

    /// clreq §3.1.6.1: adjacent marks lose a half em; browsers do it with `halt` (CSS Text 4 §8.2).
    #[test]
    fn marks_take_half_an_em_where_the_face_can() {
        for (c, moved) in [('。', 0), ('「', -500)] {
            let [whole, cut] = both(false, "山。「」", c, true);
            assert_eq!((cut.advance, cut.offset), (500, moved), "{c}");
            assert_eq!((cut.advance, cut.offset), (whole.advance, whole.offset));
        }
        let [_, plain] = both(false, "山。「」", '。', false);
        assert_eq!(plain.advance, 1000);
    }

    /// clreq §2.1.2: brackets turn and commas move to the upper right in vertical lines.
    #[test]
    fn vertical_forms_and_metrics_stay() {
        for c in ['「', '，', '—', 'ー', '山'] {
            let chars = "山「」，—ー";
            let [whole, cut] = both(true, chars, c, false);
            assert_eq!((whole.advance, whole.offset), (cut.advance, cut.offset), "{c}");
        }
        let [whole, cut] = both(true, "山「」", '「', true);
        assert_eq!((whole.advance, whole.offset), (cut.advance, cut.offset));
        assert_eq!(cut.advance, -500);
    }

    #[test]
    fn only_vertical_subsets_carry_vertical_forms() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let face = library.face(library.find(Family::Song, Weight::Regular, Script::Sc));
        let chars: BTreeSet<char> = "山，「".chars().collect();
        for (vertical, forms) in [(false, 0), (true, 2)] {
            let file = Blob::from(standalone(face, &chars, "Issue Test", vertical).expect("the face is sound"));
            let cut = Face::open(file, 0, (Family::Song, Weight::Regular, Script::Sc)).expect("a font");
            assert_eq!(Features::of(&cut, &chars, true).vertical.len(), forms);
        }
    }
}
