//! Glyphs as masks, drawn by fontdue.
//!
//! In: the runs to be drawn. Out: [`Faces`]: a subset a face, opened by fontdue, which parses every glyph of a font at
//! once, so never a whole one; and [`Masks`], each glyph once a size and quarter of a pixel.

use crate::base::{Code, Diagnostic, Orientation, Place, words};
use crate::font::{FaceId, Library, Subset, subset};
use crate::page::GlyphRun;
use crate::write::Error;
use std::collections::{BTreeMap, BTreeSet};

/// The faces of some runs, ready to draw.
pub struct Faces(BTreeMap<FaceId, (Subset, fontdue::Font)>);

/// fontdue opens the glyphs that a character map names: these characters stand for the glyphs of a subset by number.
const FIRST: u32 = 0xF_0000;

impl Faces {
    pub fn of<'r>(runs: impl Iterator<Item = &'r GlyphRun>, library: &Library) -> Result<Faces, Error> {
        let mut glyphs: BTreeMap<FaceId, BTreeSet<u16>> = BTreeMap::new();
        runs.for_each(|run| glyphs.entry(run.face).or_default().extend(run.glyphs.iter().map(|g| g.id)));
        let open = |(id, glyphs): (FaceId, BTreeSet<u16>)| {
            let face = library.face(id);
            let cut = subset(face, &glyphs).map_err(|e| unreadable(&face.postscript_name, &e))?;
            let named: BTreeMap<char, u16> =
                cut.glyphs.iter().zip(FIRST..).filter_map(|(old, c)| Some((char::from_u32(c)?, *old))).collect();
            let font = fontdue::Font::from_bytes(cut.with_charmap(&named), fontdue::FontSettings::default())
                .map_err(|e| unreadable(&face.postscript_name, e))?;
            Ok((id, (cut, font)))
        };
        glyphs.into_iter().map(open).collect::<Result<_, Error>>().map(Faces)
    }
}

fn unreadable(name: &str, why: &str) -> Error {
    let message = words(format!("字体 {name} 画不出来：{why}"), format!("font {name} can't be drawn: {why}"));
    let finding = Diagnostic::new(Code::WriteFailed, Place::Issue, message);
    finding
        .hint("字体文件可能已损坏：换一份原样的字体文件。", "The font file may be damaged: use a fresh copy of it.")
        .into()
}

/// Coverage of a glyph around where it stands ([`GlyphRun::place`]).
pub struct Mask {
    /// Whole pixels from the origin's pixel.
    pub left: i32,
    pub top: i32,
    pub width: u32,
    pub coverage: Vec<u8>,
}

/// Which mask: face, glyph, size in 1/1024 pixel, how it stands, quarters of a pixel right and down.
type Key = (FaceId, u16, Size, (u8, u8));

/// Type size in 1/1024 pixel, and how the glyph stands.
pub type Size = (u32, Orientation);

/// Parts of a pixel that a glyph may stand at, as readers of PDF draw it.
pub const QUARTERS: i32 = 4;

/// Masks that were drawn already.
pub struct Masks<'f> {
    faces: &'f Faces,
    known: BTreeMap<Key, Mask>,
}

impl<'f> Masks<'f> {
    pub fn new(faces: &'f Faces) -> Self {
        Masks { faces, known: BTreeMap::new() }
    }

    /// `quarter` is where in its pixel the glyph stands.
    pub fn get(&mut self, face: FaceId, glyph: u16, size: Size, quarter: (u8, u8)) -> Option<&Mask> {
        let key = (face, glyph, size, quarter);
        if !self.known.contains_key(&key) {
            let (cut, font) = self.faces.0.get(&face)?;
            let mask = draw(font, cut.glyph(glyph)?, size, quarter);
            self.known.insert(key, mask);
        }
        self.known.get(&key)
    }
}

/// A glyph four times as large: its upper left corner from where it stands, and its coverage row by row.
struct Large {
    at: (i32, i32),
    size: (usize, usize),
    coverage: Vec<u8>,
}

impl Large {
    fn of(font: &fontdue::Font, glyph: u16, (size, orientation): Size) -> Large {
        let large = size as f32 / 1024.0 * QUARTERS as f32;
        let (m, coverage) = font.rasterize_indexed(glyph, large);
        let whole = Large { at: (m.xmin, -(m.ymin + m.height as i32)), size: (m.width, m.height), coverage };
        match orientation {
            Orientation::Horizontal => whole,
            Orientation::Sideways => whole.turned(),
            Orientation::Upright => whole.hung(m.advance_width, large),
            Orientation::Combined(percent) => whole.hung(m.advance_width, large).narrowed(usize::from(percent)),
        }
    }

    /// Under the middle of its em box's upper edge.
    fn hung(self, advance: f32, size: f32) -> Large {
        let (x, y) = self.at;
        Large { at: (x - (advance / 2.0).round() as i32, y + (size * 0.88).round() as i32), ..self }
    }

    /// A quarter clockwise.
    fn turned(self) -> Large {
        let ((x, y), (width, height)) = (self.at, self.size);
        let pixel = |u: usize, v: usize| self.coverage[(height - 1 - u) * width + v];
        let coverage = (0..width).flat_map(|v| (0..height).map(move |u| (u, v))).map(|(u, v)| pixel(u, v)).collect();
        Large { at: (-(y + height as i32), x), size: (height, width), coverage }
    }

    fn narrowed(self, percent: usize) -> Large {
        let ((x, y), (width, height)) = (self.at, self.size);
        let narrow = (width * percent).div_ceil(100);
        let pixel = |u: usize, v: usize| self.coverage[v * width + (u * 100 / percent.max(1)).min(width.max(1) - 1)];
        let places = (0..height).flat_map(|v| (0..narrow).map(move |u| (u, v)));
        let coverage = places.map(|(u, v)| pixel(u, v)).collect();
        Large { at: (x * percent as i32 / 100, y), size: (narrow, height), coverage }
    }
}

/// fontdue draws on whole pixels: drawn four times as large and averaged, the glyph may stand at any quarter.
fn draw(font: &fontdue::Font, glyph: u16, size: Size, quarter: (u8, u8)) -> Mask {
    let large = Large::of(font, glyph, size);
    let (x, y) = (large.at.0 + i32::from(quarter.0), large.at.1 + i32::from(quarter.1));
    let (left, top) = (x.div_euclid(QUARTERS), y.div_euclid(QUARTERS));
    let pixels =
        |from: i32, length: usize, first: i32| ((from + length as i32 - 1).div_euclid(QUARTERS) - first + 1).max(0);
    let (width, height) = (pixels(x, large.size.0, left), pixels(y, large.size.1, top));
    let mut sums = vec![0_u32; (width * height) as usize];
    for (row, v) in large.coverage.chunks_exact(large.size.0.max(1)).zip(y..) {
        let line = (v.div_euclid(QUARTERS) - top) * width;
        for (coverage, u) in row.iter().zip(x..) {
            sums[(line + u.div_euclid(QUARTERS) - left) as usize] += u32::from(*coverage);
        }
    }
    let each = (QUARTERS * QUARTERS) as u32;
    Mask { left, top, width: width as u32, coverage: sums.iter().map(|sum| ((sum + each / 2) / each) as u8).collect() }
}
