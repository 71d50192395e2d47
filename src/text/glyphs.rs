//! What comes out of shaping: glyphs of clusters, placed in horizontal and vertical lines.
//!
//! In: HarfBuzz's buffer of one piece of text. Out: [`Shaped`] clusters, before they have a class's body.

use super::paragraph::PlacedGlyph;
use crate::base::{Len, Orientation, Script};
use crate::font::{Face, FaceId};
use harfrust::{Buffer, Direction, Feature, Tag};
use std::ops::Range;

/// How a piece of text is shaped: whether it is Western, and how it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    pub western: bool,
    /// Whose forms it has.
    pub script: Script,
    pub orientation: Orientation,
}

/// A shaped cluster before it has a class's body: glyphs and advance in the face's units, scaled.
pub struct Shaped {
    pub chars: Range<usize>,
    pub glyphs: Vec<PlacedGlyph>,
    pub advance: Len,
    pub orientation: Orientation,
    /// What kerning with the next glyph took off the advance.
    pub kern: Len,
}

impl Shaped {
    /// `whole` is a glyph's own advance. A ligature or a letter with its marks has none.
    pub fn kern(&self, whole: impl Fn(u16) -> Len) -> Len {
        match self.glyphs[..] {
            [glyph] => whole(glyph.id) - self.advance,
            _ => Len::ZERO,
        }
    }
}

impl Kind {
    pub const fn direction(self) -> Direction {
        if matches!(self.orientation, Orientation::Upright) { Direction::TopToBottom } else { Direction::LeftToRight }
    }

    /// Western quotes and apostrophes are full-width in the shipped faces unless asked. In vertical lines an upright letter
    /// is full-width, and of a pair side by side each is half as wide.
    pub fn features(self) -> Vec<Feature> {
        let on = |tag: &[u8; 4]| Feature::new(Tag::new(tag), 1, ..);
        match (self.orientation, self.western) {
            (Orientation::Upright, _) => vec![on(b"fwid")],
            (Orientation::Combined(_), _) => vec![on(b"hwid")],
            (_, true) => vec![on(b"pwid"), on(b"kern")],
            _ => vec![],
        }
    }
}

/// Groups the buffer's glyphs by cluster; positions are scaled to `size`.
pub fn collect(
    buffer: &Buffer,
    piece: Range<usize>,
    (id, face, size): (FaceId, &Face, Len),
    (orientation, out): (Orientation, &mut Vec<Shaped>),
) {
    let (infos, positions) = (buffer.glyph_infos(), buffer.glyph_positions());
    let scaled = |n| size.scale(n, i32::from(face.metrics.units_per_em));
    let mut i = 0;
    while i < infos.len() {
        let cluster = infos[i].cluster as usize;
        let (mut glyphs, mut advance) = (vec![], Len::ZERO);
        while i < infos.len() && infos[i].cluster as usize == cluster {
            let (p, glyph) = (&positions[i], infos[i].glyph_id as u16);
            let (dx, dy) = match orientation {
                // Relative to where an em box's upper edge has its middle.
                Orientation::Upright => {
                    (advance - scaled(p.y_offset) - ascent(size), -scaled(p.x_offset) - scaled(face.advance(glyph)) / 2)
                }
                _ => (advance + scaled(p.x_offset), -scaled(p.y_offset)),
            };
            glyphs.push(PlacedGlyph { face: id, id: glyph, dx, dy });
            advance += if orientation == Orientation::Upright { -scaled(p.y_advance) } else { scaled(p.x_advance) };
            i += 1;
        }
        let end = infos.get(i).map_or(piece.end, |next| next.cluster as usize);
        out.push(Shaped { chars: cluster..end, glyphs, advance, orientation, kern: Len::ZERO });
    }
}

/// 縱中橫: all glyphs in one em, narrowed where they would be wider.
pub fn combined(buffer: &Buffer, piece: Range<usize>, (id, face, size): (FaceId, &Face, Len)) -> Shaped {
    let scaled = |n| size.scale(n, i32::from(face.metrics.units_per_em));
    let width: Len = buffer.glyph_positions().iter().map(|p| scaled(p.x_advance)).sum();
    let percent = if width > size { size.raw() * 100 / width.raw() } else { 100 };
    let mut left = width / -2;
    let mut glyphs = vec![];
    for (info, p) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        let glyph = info.glyph_id as u16;
        let middle = left + scaled(p.x_offset) + scaled(face.advance(glyph)) / 2;
        glyphs.push(PlacedGlyph { face: id, id: glyph, dx: -scaled(p.y_offset), dy: -middle * percent / 100 });
        left += scaled(p.x_advance);
    }
    let orientation = Orientation::Combined(percent as u8);
    Shaped { chars: piece, glyphs, advance: size, orientation, kern: Len::ZERO }
}

/// How far an em box stands above the baseline in the shipped faces.
pub fn ascent(size: Len) -> Len {
    size.scale(88, 100)
}

#[cfg(test)]
mod tests {
    use crate::base::{Lang, Len};
    use crate::font::Library;
    use crate::text::{Composer, Conventions, RunStyle, TextRun};
    use std::path::Path;

    /// R16.0; the faces of one collection share their glyphs.
    #[test]
    fn traditional_text_of_the_mainland_has_the_mainlands_marks() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let glyphs = |lang: Lang| {
            let em = Len::from_raw(10_240);
            let style = RunStyle { size: em, ..RunStyle::default() };
            let run = TextRun { text: "骨，骨。骨！骨：".into(), style, ..TextRun::default() };
            let p = Composer::new(&library, lang.script(), Conventions::of(lang)).paragraph(&[run], em).0;
            let ids: Vec<u16> = p.glyphs.iter().map(|g| g.id).collect();
            ids.chunks(2).map(|pair| (pair[0], pair[1])).unzip::<_, _, Vec<_>, Vec<_>>()
        };
        let [hans, taiwan, mainland] = [Lang::ZhHans, Lang::ZhHant, Lang::ZhHantCn].map(glyphs);
        assert_eq!((&mainland.0, &mainland.1), (&taiwan.0, &hans.1));
        assert!(hans.0 != taiwan.0 && hans.1.iter().zip(&taiwan.1).all(|(a, b)| a != b));
    }
}
