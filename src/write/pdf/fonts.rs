//! Which glyphs of which faces a file shows, what they stand for, and the subsets it embeds.
//!
//! In: glyph runs. Out: [`Fonts`]: per face a subset, and per glyph the text of its ToUnicode entry (ISO 32000-1
//! §9.10.3). The text is what the manuscript says, never what a face's character map would say: a face that draws 日 and
//! the radical ⽇ with one glyph still extracts as 日.

use crate::base::{Code, Diagnostic, Place, words};
use crate::font::{Face, FaceId, Library, Subset, subset_once};
use crate::page::{Book, Glyph, GlyphRun, Item};
use crate::picture::Darkroom;
use crate::write::Error;
use printpdf::{FontId, FontMetrics, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Stands where a glyph has no text of its own: ActualText says what its cluster means.
const NO_TEXT: &str = "\u{FFFD}";

/// The faces a file embeds: one font a face for horizontal lines, another for upright glyphs of vertical ones, whose
/// writing mode is the font's (§9.7.4.3).
pub struct Fonts(BTreeMap<(FaceId, bool), Font>);

/// One embedded face.
pub struct Font {
    pub id: FontId,
    /// Its codes go down the page.
    pub vertical: bool,
    units_per_em: u16,
    subset: Subset,
    /// Text by glyph of the face.
    unicode: BTreeMap<u16, String>,
}

/// Glyphs that stand for characters together.
pub struct Cluster<'a> {
    pub glyphs: Range<usize>,
    pub text: &'a str,
}

/// A run's clusters: a glyph with its continuations, and the text of both. Text beyond the last glyph's share belongs to
/// the last cluster, so that none is lost.
pub fn clusters(run: &GlyphRun) -> Vec<Cluster<'_>> {
    let mut found: Vec<Cluster> = vec![];
    let mut start = 0;
    for (i, glyph) in run.glyphs.iter().enumerate() {
        let end = boundary(&run.text, start + usize::from(glyph.len));
        match found.last_mut() {
            Some(last) if end == start => last.glyphs.end = i + 1,
            _ => found.push(Cluster { glyphs: i..i + 1, text: &run.text[start..end] }),
        }
        start = end;
    }
    if let Some(last) = found.last_mut() {
        let from = start - last.text.len();
        last.text = &run.text[from..];
    }
    found
}

/// The first character boundary from `at` on.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len())
}

fn runs(book: &Book) -> impl Iterator<Item = &GlyphRun> {
    book.pages.iter().flat_map(|p| &p.items).filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    })
}

/// How often each glyph of a face stands for which text.
type Uses<'t> = BTreeMap<u16, BTreeMap<&'t str, u32>>;

impl Fonts {
    /// Subsets for all runs of `book`, kept from one run of the program to the next where they are of the same glyphs.
    pub fn embed(book: &Book, library: &Library, darkroom: &Darkroom) -> Result<Fonts, Error> {
        let mut counts: BTreeMap<(FaceId, bool), Uses> = BTreeMap::new();
        for run in runs(book) {
            let face = counts.entry((run.face, run.orientation.is_upright())).or_default();
            for cluster in clusters(run) {
                for (n, glyph) in run.glyphs[cluster.glyphs.clone()].iter().enumerate() {
                    let texts = face.entry(glyph.id).or_default();
                    if n == 0 && !cluster.text.is_empty() {
                        *texts.entry(cluster.text).or_default() += 1;
                    }
                }
            }
        }
        let file = book.meta.uuid("fonts").simple();
        let mut fonts = BTreeMap::new();
        for (id, texts) in counts {
            let face = library.face(id.0);
            let glyphs: BTreeSet<u16> = texts.keys().copied().collect();
            let name = format!("font-{file}-{}{}", face.postscript_name, if id.1 { "-V" } else { "" });
            let subset = subset_once(face, &glyphs, |sum, cut| darkroom.made(&name, sum, cut))
                .map_err(|e| broken_face(&face.postscript_name, &e))?;
            fonts.insert(id, Font::new(id, face, subset, texts));
        }
        Ok(Fonts(fonts))
    }

    /// The font of a run that `embed` saw.
    pub fn get(&self, run: &GlyphRun) -> &Font {
        &self.0[&(run.face, run.orientation.is_upright())]
    }

    /// The PostScript names of the fonts whose codes go down the page.
    pub fn vertical_names(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter(|font| font.vertical).map(|font| font.subset.name.as_str())
    }

    /// The face whose subset carries a PostScript name.
    pub fn face_named(&self, name: &[u8]) -> Option<FaceId> {
        self.0.iter().find(|(_, font)| font.subset.name.as_bytes() == name).map(|(id, _)| id.0)
    }

    /// Registers every font with the document, under its resource name.
    pub fn register(&self, library: &Library, document: &mut PdfDocument) {
        for (id, font) in &self.0 {
            let parsed = font.parsed(library.face(id.0));
            document.resources.fonts.map.insert(font.id.clone(), PdfFont::new(parsed));
        }
    }
}

impl Font {
    fn new((id, vertical): (FaceId, bool), face: &Face, subset: Subset, texts: Uses) -> Font {
        let unicode = texts.into_iter().map(|(glyph, counts)| (glyph, most_frequent(&counts).to_string())).collect();
        let id = FontId(format!("F{}{}", id.0, if vertical { "V" } else { "" }));
        Font { id, vertical, units_per_em: face.metrics.units_per_em, subset, unicode }
    }

    /// The number that the content stream shows for a glyph of the face.
    pub fn code(&self, glyph: Glyph) -> u16 {
        self.subset.glyph(glyph.id).unwrap_or(0)
    }

    /// The text of a glyph's ToUnicode entry.
    pub fn unicode(&self, glyph: Glyph) -> &str {
        self.unicode.get(&glyph.id).map_or(NO_TEXT, String::as_str)
    }

    /// How far the reader's pen moves after a code, in thousandths of an em: the integer of the W array; down
    /// the page always an em, the default of DW2.
    pub fn advance(&self, code: u16) -> i64 {
        if self.vertical {
            return 1000;
        }
        i64::from(self.subset.widths[usize::from(code)]) * 1000 / i64::from(self.units_per_em)
    }

    fn parsed(&self, face: &Face) -> ParsedFont {
        let metrics = FontMetrics { ascent: face.metrics.ascent, descent: face.metrics.descent };
        let widths = (0..).zip(self.subset.widths.iter().copied()).collect();
        let name = Some(self.subset.name.clone());
        let data = self.subset.data.clone();
        let mut font = ParsedFont::with_glyph_data(data, 0, name, BTreeMap::new(), widths, self.units_per_em, metrics);
        let [x_min, y_min, x_max, y_max] = face.metrics.bounds;
        font.pdf_font_metrics = PdfFontMetricsStub { x_min, y_min, x_max, y_max, ..font.pdf_font_metrics };
        font
    }
}

/// The text that most clusters mean by a glyph; the others say theirs with ActualText.
fn most_frequent<'a>(counts: &BTreeMap<&'a str, u32>) -> &'a str {
    counts.iter().max_by_key(|(text, n)| (**n, std::cmp::Reverse(**text))).map_or(NO_TEXT, |(text, _)| text)
}

fn broken_face(name: &str, error: &str) -> Diagnostic {
    let message = words(format!("字体 {name} 无法嵌入：{error}"), format!("font {name} can't be embedded: {error}"));
    Diagnostic::new(Code::WriteFailed, Place::Issue, message)
        .hint("字体文件可能已损坏：换一份原样的字体文件。", "The font file may be damaged: use a fresh copy of it.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Ink, Len, Orientation, Point};

    fn run(text: &str, lens: &[u8]) -> GlyphRun {
        let glyph = |(i, len): (usize, &u8)| Glyph { id: i as u16 + 1, x: Len::ZERO, y: Len::ZERO, len: *len };
        GlyphRun {
            face: FaceId(0),
            size: Len::pt(1000),
            ink: Ink::BLACK,
            node: None,
            orientation: Orientation::Horizontal,
            origin: Point::default(),
            glyphs: lens.iter().enumerate().map(glyph).collect(),
            text: text.into(),
        }
    }

    fn shapes(run: &GlyphRun) -> Vec<(Range<usize>, &str)> {
        clusters(run).into_iter().map(|c| (c.glyphs, c.text)).collect()
    }

    #[test]
    fn continuations_join_the_glyph_before_them() {
        assert_eq!(shapes(&run("山é行", &[3, 2, 0, 3])), [(0..1, "山"), (1..3, "é"), (3..4, "行")]);
        assert_eq!(shapes(&run("ffi", &[3])), [(0..1, "ffi")]);
    }

    #[test]
    fn no_text_is_lost_and_no_length_panics() {
        assert_eq!(shapes(&run("山行", &[3])), [(0..1, "山行")]);
        assert_eq!(shapes(&run("山行", &[1, 200])), [(0..1, "山"), (1..2, "行")]);
        assert_eq!(shapes(&run("", &[0, 0])), [(0..2, "")]);
    }

    #[test]
    fn a_glyph_is_named_by_what_it_mostly_means() {
        let counts = BTreeMap::from([("⽇", 1), ("日", 7)]);
        assert_eq!(most_frequent(&counts), "日");
        assert_eq!(most_frequent(&BTreeMap::new()), NO_TEXT);
    }
}
