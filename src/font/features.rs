//! What a subset keeps of a face's OpenType features: marks in the form of its region (or the mainland's) and of English, dashes
//! that join, half-width marks, forms for vertical setting. Regional forms of ideographs (`locl`) are not among them: there is a face
//! for each region.
//!
//! In: a face and the characters of a subset, of which the shaper is asked one by one. Out: [`Features`], and from it the
//! tables `GSUB`, `GPOS`, `vhea`, `vmtx` and `VORG` in the subset's glyph numbers (OpenType 1.9).

use super::face::Face;
use super::lookups::{self, Layout, words};
use super::sfnt::{be16, table};
use super::shaper::{Manner, Shaper};
use super::subset::Subset;
use crate::base::Script;
use sha2::Digest;
use std::collections::{BTreeMap, BTreeSet};

/// What is set in a face.
#[derive(Clone, Debug, Default)]
pub struct Text {
    pub chars: BTreeSet<char>,
    /// Those of them that stand in English text.
    pub english: BTreeSet<char>,
    pub is_vertical: bool,
    /// Marks have the mainland's form, whatever the face's region.
    pub mainland_marks: bool,
}

impl Text {
    /// Changes with what is set, and with the face.
    pub fn fingerprint(&self, face: &Face) -> [u8; 32] {
        let mut sum = face.fingerprint().chain_update([self.is_vertical, self.mainland_marks].map(u8::from));
        for set in [&self.chars, &self.english] {
            sum.update((set.len() as u32).to_be_bytes());
            set.iter().for_each(|c| sum.update(u32::from(*c).to_be_bytes()));
        }
        sum.finalize().into()
    }
}

/// By the face's own glyph numbers.
#[derive(Default)]
pub struct Features {
    /// The glyph of each character in text of the face's region: of marks not always what the face's map has.
    pub glyphs: BTreeMap<char, u16>,
    /// A mark's form in English.
    english: BTreeMap<u16, u16>,
    /// Two dashes as one line, and three (GB/T 15834 5.1.4: 破折号 takes two em, uncut).
    dashes: Vec<u16>,
    /// An apostrophe between letters: closing quote, its narrow form.
    apostrophe: Option<(u16, u16)>,
    /// A glyph's form in vertical lines (`vert`).
    pub vertical: BTreeMap<u16, u16>,
    /// How far a mark moves, and how its advance changes, on half an em: `halt` in horizontal, `vhal` in vertical lines.
    half: BTreeMap<u16, [i16; 2]>,
    is_vertical: bool,
}

type Table = ([u8; 4], Vec<u8>);

impl Features {
    pub fn of(face: &Face, text: &Text) -> Features {
        let marks = if text.mainland_marks { Script::Sc } else { face.script };
        let mut shaper = Shaper::new(&face.font, marks);
        let glyphs = glyphs(face, &text.chars, &mut shaper);
        let mut found = Features { is_vertical: text.is_vertical, glyphs, ..Features::default() };
        found.latin(text, &mut shaper);
        found.dashes(&mut shaper);
        for (c, glyph) in found.glyphs.clone().into_iter().filter(|(c, _)| !is_ideograph(*c)) {
            found.mark(c, glyph, &mut shaper);
        }
        found
    }

    /// Every glyph that the subset needs.
    pub fn all(&self) -> BTreeSet<u16> {
        let forms = self.english.values().chain(self.vertical.values());
        let more = self.dashes.iter().chain(self.apostrophe.iter().map(|(_, narrow)| narrow));
        self.glyphs.values().chain(forms).chain(more).copied().collect()
    }

    /// Forms of marks that Chinese and English share; the quotes are the narrow ones, as the PDFs have them.
    fn latin(&mut self, text: &Text, shaper: &mut Shaper) {
        let mut english = |c: &char| Some((*self.glyphs.get(c)?, shaper.shape(&c.to_string(), Manner::English)?.glyph));
        let marks = text.english.iter().filter(|c| "\"‘’“”–—…".contains(**c));
        let forms: BTreeMap<u16, u16> = marks.filter_map(&mut english).filter(|(from, to)| from != to).collect();
        self.apostrophe = english(&'’').filter(|(from, to)| from != to);
        self.english = forms;
    }

    fn dashes(&mut self, shaper: &mut Shaper) {
        let Some(dash) = self.glyphs.get(&'—').copied() else { return };
        let joined = ["——", "———"].map(|dashes| shaper.shape(dashes, Manner::Across).map(|set| set.glyph));
        self.dashes = joined.into_iter().map_while(|glyph| glyph.filter(|g| *g != dash)).collect();
        if self.is_vertical {
            let down = ["——", "———"].map(|dashes| shaper.shape(dashes, Manner::Down));
            let pairs = self.dashes.iter().zip(down).filter_map(|(across, down)| Some((*across, down?.glyph)));
            self.vertical.extend(pairs.filter(|(across, down)| across != down));
        }
    }

    /// A mark's vertical form, and what it does on half an em.
    fn mark(&mut self, c: char, glyph: u16, shaper: &mut Shaper) {
        let (plain, half) = match self.is_vertical {
            true => (Manner::Down, Manner::HalfDown),
            false => (Manner::Across, Manner::HalfAcross),
        };
        let Some(plain) = shaper.shape(&c.to_string(), plain) else { return };
        if self.is_vertical && plain.glyph != glyph {
            self.vertical.insert(glyph, plain.glyph);
        }
        if let Some(half) =
            shaper.shape(&c.to_string(), half).filter(|half| half.glyph == plain.glyph && *half != plain)
        {
            // Downwards is negative in the shaper's advances and positive in the table's.
            let advance = if self.is_vertical { plain.advance - half.advance } else { half.advance - plain.advance };
            self.half.insert(plain.glyph, [half.offset - plain.offset, advance].map(|v| v as i16));
        }
    }

    /// The tables that the subset adds to its outlines.
    pub fn tables(&self, face: &Face, cut: &Subset) -> Vec<Table> {
        let mut all = vec![];
        all.extend(self.substitutions(cut).map(|table| (*b"GSUB", table)));
        all.extend(self.positions(cut).map(|table| (*b"GPOS", table)));
        if self.is_vertical {
            all.extend(vertical_metrics(face, cut).unwrap_or_default());
        }
        all
    }

    /// English forms come before dashes join, vertical forms after.
    fn substitutions(&self, cut: &Subset) -> Option<Vec<u8>> {
        let mut layout = Layout::default();
        let in_cut = |forms: &BTreeMap<u16, u16>| -> BTreeMap<u16, u16> {
            forms.iter().filter_map(|(from, to)| Some((cut.glyph(*from)?, cut.glyph(*to)?))).collect()
        };
        let english = in_cut(&self.english);
        if !english.is_empty() {
            layout.add(&[b"locl"], lookups::single(&english));
        }
        if let Some(dash) = self.glyphs.get(&'—').filter(|_| !self.dashes.is_empty()) {
            let joined: Vec<u16> = self.dashes.iter().map_while(|glyph| cut.glyph(*glyph)).collect();
            layout.add(&[b"ccmp"], lookups::ligature(cut.glyph(*dash)?, &joined));
        }
        let letters = self.letters(cut);
        if let Some((quote, narrow)) = self.apostrophe.filter(|_| !letters.is_empty()) {
            let narrow = layout.add(&[], lookups::single(&in_cut(&[(quote, narrow)].into())));
            layout.add(&[b"calt"], lookups::between(&letters, cut.glyph(quote)?, narrow));
        }
        let vertical = in_cut(&self.vertical);
        if !vertical.is_empty() {
            layout.add(&[b"vert", b"vrt2"], lookups::single(&vertical));
        }
        layout.table()
    }

    /// Placement and advance along the line.
    fn positions(&self, cut: &Subset) -> Option<Vec<u8>> {
        let half: BTreeMap<u16, [i16; 2]> =
            self.half.iter().filter_map(|(glyph, values)| Some((cut.glyph(*glyph)?, *values))).collect();
        let mut layout = Layout::default();
        let (tag, format) = if self.is_vertical { (b"vhal", 0x000a) } else { (b"halt", 0x0005) };
        layout.add(&[tag], lookups::adjustment(format, &half));
        layout.table().filter(|_| !half.is_empty())
    }

    /// Letters and digits of Western words, in the subset's numbers and order.
    fn letters(&self, cut: &Subset) -> Vec<u16> {
        let is_letter = |c: char| c.is_alphanumeric() && u32::from(c) < 0x2E80;
        let letters = self.glyphs.iter().filter(|(c, _)| is_letter(**c));
        let glyphs: BTreeSet<u16> = letters.filter_map(|(_, glyph)| cut.glyph(*glyph)).collect();
        glyphs.into_iter().collect()
    }
}

/// The glyph of each character in the language of the face's region. Marks have forms that the face's map doesn't lead to
/// (`locl`: the dash of Chinese is higher and longer); ideographs have theirs in the map. Characters that the face lacks
/// are left out.
fn glyphs(face: &Face, chars: &BTreeSet<char>, shaper: &mut Shaper) -> BTreeMap<char, u16> {
    let space = face.glyph(' ');
    let mut glyph = |c: &char| {
        let mapped = face.glyph(*c)?;
        let shaped = if is_ideograph(*c) { None } else { shaper.shape(&c.to_string(), Manner::Across) };
        // The shaper shows what is to be ignored as a blank.
        Some((*c, shaped.map(|set| set.glyph).filter(|glyph| Some(*glyph) != space).unwrap_or(mapped)))
    };
    chars.iter().filter_map(&mut glyph).collect()
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
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
    use super::super::shaper::Set;
    use super::*;
    use crate::font::{Family, Library, Weight, standalone, subset};
    use harfrust::font::Blob;
    use harfrust::{Buffer, Font, ShapeOptions, ShaperFont};
    use std::path::Path;
    use std::sync::LazyLock;

    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files"));

    fn face(family: Family, script: Script) -> &'static Face {
        LIBRARY.face(LIBRARY.find(family, Weight::Regular, script))
    }

    fn text(chars: &str, is_vertical: bool) -> Text {
        Text { chars: chars.chars().collect(), english: chars.chars().collect(), is_vertical, mainland_marks: false }
    }

    fn cut(face: &Face, text: &Text) -> Font {
        Font::new(Blob::from(standalone(face, text, "Issue Test").expect("the face is sound")), 0).expect("a font")
    }

    /// What characters become in a face and in its subset, set alike.
    fn both(is_vertical: bool, chars: &str, set: &str, manner: Manner) -> [Set; 2] {
        let face = face(Family::Song, Script::Sc);
        [&face.font, &cut(face, &text(chars, is_vertical))]
            .map(|font| Shaper::new(font, Script::Sc).shape(set, manner).expect("one glyph"))
    }

    /// What is drawn of a glyph of a font, and how far it goes.
    fn drawn(font: &[u8], glyph: u16) -> (fontdue::Metrics, Vec<u8>) {
        fontdue::Font::from_bytes(font, Default::default()).expect("a readable font").rasterize_indexed(glyph, 100.0)
    }

    /// clreq §3.1.6.1: adjacent marks lose a half em; browsers do it with `halt` (CSS Text 4 §8.2).
    #[test]
    fn marks_take_half_an_em_where_the_face_can() {
        for (c, moved) in [("。", 0), ("「", -500)] {
            let [whole, cut] = both(false, "山。「」", c, Manner::HalfAcross);
            assert_eq!((cut.advance, cut.offset), (500, moved), "{c}");
            assert_eq!((cut.advance, cut.offset), (whole.advance, whole.offset));
        }
        let [_, plain] = both(false, "山。「」", "。", Manner::Across);
        assert_eq!(plain.advance, 1000);
    }

    /// clreq §2.1.2: brackets turn and commas move to the upper right in vertical lines.
    #[test]
    fn vertical_forms_and_metrics_stay() {
        for c in ["「", "，", "—", "——", "ー", "山"] {
            let [whole, cut] = both(true, "山「」，—ー", c, Manner::Down);
            assert_eq!((whole.advance, whole.offset), (cut.advance, cut.offset), "{c}");
        }
        let [whole, cut] = both(true, "山「」", "「", Manner::HalfDown);
        assert_eq!((whole.advance, whole.offset), (cut.advance, cut.offset));
        assert_eq!(cut.advance, -500);
    }

    /// A dash, a straight quote have a form of their own in Chinese text, which the face's character map doesn't lead to.
    #[test]
    fn marks_are_drawn_in_the_form_of_the_faces_region_or_the_mainlands() {
        use Script::*;
        for (script, marks) in [(Sc, Sc), (Tc, Tc), (Hk, Hk), (Jp, Jp), (Tc, Sc), (Hk, Sc)] {
            let face = face(Family::Song, script);
            let text = Text { mainland_marks: marks == Sc, ..text("山—\"…·“，", false) };
            let file = standalone(face, &text, "Issue Test").expect("the face is sound");
            let cut = Font::new(Blob::from(file.clone()), 0).expect("a font");
            for c in ["—", "\"", "…", "·", "“", "，", "山"] {
                let region = if c == "山" { script } else { marks };
                let set = Shaper::new(&face.font, region).shape(c, Manner::Across).expect("one glyph");
                let whole = subset::subset(face, &[set.glyph].into()).expect("the face is sound");
                let mapped = cut.charmap().map_unicode(c.chars().next().expect("one")).expect("covered").to_u32();
                assert!(
                    drawn(&whole.with_charmap(&[(' ', set.glyph)].into()), 1) == drawn(&file, mapped as u16),
                    "{script:?} {marks:?} {c}"
                );
            }
            assert_ne!(Shaper::new(&face.font, script).shape("—", Manner::Across).map(|s| s.glyph), face.glyph('—'));
        }
    }

    /// GB/T 15834 5.1.4: 破折号 is one line of two em, without a gap in its middle.
    #[test]
    fn dashes_join() {
        for (dashes, advance) in [("——", 2000), ("———", 3000)] {
            let [whole, cut] = both(false, "山—", dashes, Manner::Across);
            assert_eq!([whole.advance, cut.advance], [advance; 2], "{dashes}");
        }
    }

    /// As the PDFs have them: quotes and dashes of English text are narrow, an apostrophe everywhere.
    #[test]
    fn english_has_its_own_marks() {
        let face = face(Family::Song, Script::Sc);
        let advances = |text: &Text, set: &str, language: &str| {
            let (font, mut buffer) = (cut(face, text), Buffer::new());
            buffer.push_str(set);
            buffer.guess_segment_properties();
            buffer.set_language(language.parse().ok());
            harfrust::shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).expect("it shapes");
            buffer.glyph_positions().iter().map(|p| p.x_advance).collect::<Vec<_>>()
        };
        let both = text("It’s“山”—", false);
        let chinese = Text { english: BTreeSet::new(), ..both.clone() };
        assert!(advances(&both, "“I”—", "en").iter().all(|advance| *advance < 900));
        assert_eq!(advances(&both, "“山”—", "zh-Hans"), [1000; 4]);
        assert_eq!(advances(&chinese, "“I”", "en")[0], 1000);
        assert!(advances(&chinese, "It’s", "zh-Hans")[2] < 400);
        assert_eq!(advances(&chinese, "t’山", "zh-Hans")[1], 1000);
    }

    #[test]
    fn only_vertical_subsets_carry_vertical_forms() {
        let face = face(Family::Song, Script::Sc);
        for (is_vertical, forms) in [(false, 0), (true, 2)] {
            let file = standalone(face, &text("山，「", is_vertical), "Issue Test").expect("the face is sound");
            let cut = Face::open(Blob::from(file), 0, (Family::Song, Weight::Regular, Script::Sc)).expect("a font");
            assert_eq!(Features::of(&cut, &text("山，「", true)).vertical.len(), forms);
        }
    }
}
