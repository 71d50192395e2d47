//! A paragraph ready for lines: n clusters, n + 1 gaps, flat.

use super::breaking::Break;
use super::class::Class;
use super::spacing::{Conventions, SHRINK_RANKS};
use crate::base::{Ink, Len, Orientation};
use crate::doc::TextLine;
use crate::font::{FaceId, Family, Weight};
use std::ops::Range;

/// A unit of setting: a grapheme, a ligature, a —— pair. It owns its glyphs; the breaker sees class and advance only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub class: Class,
    /// Without the blanks, which are gaps.
    pub advance: Len,
    /// Into `Paragraph::glyphs`.
    pub glyphs: Range<u32>,
    /// Bytes of `Paragraph::text`.
    pub text: Range<u32>,
    /// Characters of the block's text before it (`Pos::char`).
    pub char: u32,
    /// Into `Paragraph::runs`.
    pub run: u16,
    pub orientation: Orientation,
}

/// A glyph relative to its cluster's start on the baseline; an upright one, by the middle of its em box's upper edge, to the
/// start of its cluster in the middle of the line. `dx` goes along the line, `dy` across it: down, in a vertical line left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedGlyph {
    pub face: FaceId,
    pub id: u16,
    pub dx: Len,
    pub dy: Len,
}

/// The space between two clusters, or at an edge of the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub natural: Len,
    /// By compression rank; used up in this order.
    pub shrink: [Len; SHRINK_RANKS],
    /// What word spaces and Han–Western gaps may open before all others do.
    pub stretch: [Len; 2],
    /// Takes an equal share when every gap is opened.
    pub opens: bool,
    pub brk: Break,
    /// A title breaks here first: at a space, or where its author allows it.
    pub preferred: bool,
    /// A line that ends here shows a hyphen.
    pub hyphen: bool,
}

impl Gap {
    /// All it may shrink by.
    pub fn shrinks(&self) -> Len {
        self.shrink.iter().copied().sum()
    }
    /// What it may open by before all others do.
    pub fn stretches(&self) -> Len {
        self.stretch.iter().copied().sum()
    }
}

impl Default for Gap {
    fn default() -> Self {
        Gap {
            natural: Len::ZERO,
            shrink: [Len::ZERO; SHRINK_RANKS],
            stretch: [Len::ZERO; 2],
            opens: false,
            brk: Break::Forbidden,
            preferred: false,
            hyphen: false,
        }
    }
}

/// What the clusters of a run are painted with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStyle {
    pub size: Len,
    pub ink: Ink,
    /// Upward shift of the baseline.
    pub rise: Len,
    /// Added between its clusters.
    pub tracking: Len,
    pub strike: bool,
    /// 着重号 at each Han.
    pub dots: bool,
    /// A line along it.
    pub line: Option<TextLine>,
    pub link: Option<String>,
    /// It is the mark of this note.
    pub note: Option<usize>,
    /// The number of this note, set anew for the page it falls on.
    pub number: Option<usize>,
    /// It keeps room for the number of the page that has this target.
    pub page_of: Option<PageOf>,
    /// No part of the text: an end mark.
    pub artifact: bool,
}

/// A page number that is known when pages are bound, and the type it will be set in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOf {
    pub target: String,
    pub family: Family,
    pub weight: Weight,
}

/// Text with every width known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    pub clusters: Vec<Cluster>,
    /// `gaps[i]` precedes cluster i; the last follows the last cluster.
    pub gaps: Vec<Gap>,
    /// The blank kept before cluster i where it begins a line.
    pub line_start: Vec<Len>,
    /// The blank kept after cluster i where it ends a line, and the part of it that may shrink; negative: it hangs.
    pub line_end: Vec<LineEnd>,
    pub glyphs: Vec<PlacedGlyph>,
    pub runs: Vec<RunStyle>,
    /// In the order of their bases.
    pub rubies: Vec<Ruby>,
    /// The hyphen of each run.
    pub hyphens: Vec<Hyphen>,
    /// The type size: what an em is here.
    pub em: Len,
    /// Its lines run down.
    pub vertical: bool,
}

/// A reading beside its base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruby {
    /// The base.
    pub clusters: Range<usize>,
    pub size: Len,
    pub glyphs: Vec<RubyGlyph>,
}

/// A glyph of a reading relative to the start of its base on the line's baseline (in a vertical line: in its middle), and the
/// characters it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubyGlyph {
    pub glyph: PlacedGlyph,
    pub orientation: Orientation,
    pub text: String,
}

/// The glyph that a divided word ends its line with; the mock face has none and half an em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hyphen {
    pub glyph: Option<(FaceId, u16)>,
    pub advance: Len,
}

/// What a cluster leaves after itself at a line's end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineEnd {
    pub natural: Len,
    pub shrink: Len,
    /// What kerning with the next letter took off the advance: the line gets it back.
    pub kern: Len,
    /// The mark may stand outside the measure, whole.
    pub hangs: bool,
}

/// Where a piece of text stands when its width is asked for alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Blanks are kept at both ends.
    #[default]
    MidLine,
    LineStart,
    LineEnd,
}

impl Paragraph {
    /// The width of all clusters on one line, as it stands.
    pub fn width(&self, standing: Standing, conventions: &Conventions) -> Len {
        let (Some(first), Some(last)) = (self.clusters.first(), self.clusters.last()) else { return Len::ZERO };
        let bodies: Len = self.clusters.iter().map(|c| c.advance).sum();
        let inner: Len = self.gaps[1..self.clusters.len()].iter().map(|g| g.natural).sum();
        let blank = |class: Class| class.blank(conventions);
        let start = match standing {
            Standing::LineStart => self.line_start[0],
            _ => blank(first.class).map_or(Len::ZERO, |b| b.lead.of(self.em)),
        };
        // Two or three exclamation marks keep no blank after them: their width is in their bodies.
        let run = self.clusters.iter().rev().take_while(|c| c.class == Class::Exclaim).count();
        let end = match standing {
            Standing::LineEnd => self.line_end[self.clusters.len() - 1].natural,
            _ if (2..=3).contains(&run) && conventions.joins_exclamations() => Len::ZERO,
            _ if last.class == Class::IdeographicSpace => self.em,
            _ => blank(last.class).map_or(Len::ZERO, |b| b.trail.of(self.em)),
        };
        start + bodies + inner + end
    }

    /// The width of all clusters on one line, blanks at both edges as a line has them.
    pub fn natural_width(&self) -> Len {
        if self.clusters.is_empty() {
            return Len::ZERO;
        }
        let inner: Len = self.gaps[1..self.clusters.len()].iter().map(|g| g.natural).sum();
        let bodies: Len = self.clusters.iter().map(|c| c.advance).sum();
        let last = self.line_end.last().map_or(Len::ZERO, |e| e.natural + e.kern);
        self.line_start[0] + bodies + inner + last
    }
}
