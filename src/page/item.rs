//! What stands on a page: a display list. Coordinates are the page's (`base::Point`): x right, y down, from the trim edge.

use super::tree::NodeId;
use crate::base::{Ink, Len, Orientation, Point, Rect};
use crate::doc::PhotoId;
use crate::font::FaceId;

/// Items are painted in order. An item of a page that belongs to no node is an artifact (running head, folio, rule).
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Glyphs(GlyphRun),
    Picture(Picture),
    Shape(Shape),
    /// Only the screen PDF has links.
    Link(LinkArea),
}

/// Glyphs of one face, size and ink on one baseline, or down one vertical line.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    pub face: FaceId,
    pub size: Len,
    pub ink: Ink,
    pub node: Option<NodeId>,
    pub orientation: Orientation,
    /// The baseline's start; of upright glyphs, the upper end of the line's middle.
    pub origin: Point,
    pub glyphs: Vec<Glyph>,
    /// The characters all glyphs together stand for, in reading order.
    pub text: String,
}

/// One glyph. A glyph with `len` 0 continues the one before it (a mark, a part of a ligature's expansion).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// In the face, not in a subset.
    pub id: u16,
    /// From the run's origin along its line: rightward, in a vertical line downward.
    pub x: Len,
    /// Across the line: downward from the baseline; in a vertical line leftward, of upright glyphs from the line's middle.
    pub y: Len,
    /// Bytes of the run's `text` it stands for.
    pub len: u8,
}

impl GlyphRun {
    /// Where a glyph stands: its origin on the baseline; of an upright one, the middle of its em box's upper edge.
    pub fn place(&self, glyph: &Glyph) -> Point {
        let Point { x, y } = self.origin;
        match self.orientation {
            Orientation::Horizontal => Point { x: x + glyph.x, y: y + glyph.y },
            _ => Point { x: x - glyph.y, y: y + glyph.x },
        }
    }
}

/// A photo on a page. What is outside `frame` is clipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub photo: PhotoId,
    /// The visible part.
    pub frame: Rect,
    /// The whole picture, as turned upright; equal to `frame` unless cropped.
    pub full: Rect,
    pub node: Option<NodeId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub kind: ShapeKind,
    pub ink: Ink,
    /// Share of the ink in percent; 100 is solid.
    pub tint: u8,
    pub node: Option<NodeId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// A filled box.
    Fill(Rect),
    /// A straight rule of the given thickness, centred on the segment.
    Rule { from: Point, to: Point, thickness: Len },
    /// A wavy line of the given height from crest to trough: 书名号.
    Wave { from: Point, to: Point, height: Len, thickness: Len },
    /// A round dot: 着重号.
    Dot { centre: Point, radius: Len },
    /// Darkens a photo under type.
    Veil(Veil),
}

/// Black over a box in one piece, for two that meet would show a seam: its opacity grows from none to `dark` percent over
/// the first of `fades`, at its head, and falls to none over the second, at its foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Veil {
    pub rect: Rect,
    pub dark: u8,
    pub fades: (Len, Len),
}

impl Veil {
    /// In 1/65536, at a height on the page.
    pub fn opacity(&self, y: Len) -> u32 {
        let share = |from_edge: Len, fade: Len| match fade > Len::ZERO {
            true => (i64::from(from_edge.raw()) * 65536 / i64::from(fade.raw())).clamp(0, 65536),
            false => 65536,
        };
        let share = share(y - self.rect.y, self.fades.0).min(share(self.rect.bottom() - y, self.fades.1));
        (share * i64::from(self.dark.min(100)) / 100) as u32
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkArea {
    pub rect: Rect,
    pub target: Target,
    pub node: Option<NodeId>,
    /// What a screen reader says (PDF/UA-1 §7.18.5).
    pub contents: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Url(String),
    /// A place on a page, by index into `Book::pages`.
    Page {
        page: usize,
        y: Len,
    },
}
