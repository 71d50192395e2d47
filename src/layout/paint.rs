//! Marks become page items on a leaf.
//!
//! In: set texts and where they stand. Out: [`Leaf`]: a page of an article in the type area's own coordinates, before it
//! is known to be left or right, or which number it bears.

use super::axes::{Axes, Turn};
use super::flow::{Mark, Piece};
use super::marks;
use super::set::{Circled, SetText, TextId, circled};
use crate::base::{BlockId, Em, Ink, Len, Logical, Orientation, Point, Pos, Rect};
use crate::doc::PhotoId;
use crate::font::FaceId;
use crate::page::{Glyph, GlyphRun, Item, NodeId, Picture, Shape, ShapeKind};
use crate::text::{Line, PageOf, RubyGlyph, RunStyle, set_line};
use std::collections::BTreeMap;

/// A page of an article or of matter. The origin is the corner of the type area where its lines start: the top left one, of
/// a vertical page the top right one.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
    /// x goes down the page, y to the left.
    pub vertical: bool,
    pub items: Vec<Item>,
    pub links: Vec<Reference>,
    /// Rooms for page numbers.
    pub slots: Vec<Slot>,
    /// Where its flow text begins.
    pub first: Option<Pos>,
    /// Blocks that begin here, and their height on the page.
    pub starts: Vec<(BlockId, Len)>,
    /// How its notes are numbered.
    pub numbers: Numbers,
    /// Grid lines of what flows on it, all columns together.
    pub lines: u16,
    /// Grid lines of its columns that nothing stands on.
    pub free: u16,
    /// A photo that goes to the page's edges.
    pub bleed: Option<(PhotoId, NodeId, Bleed)>,
    /// Better on a left page: a photo that faces its text, or the left half of one.
    pub wants_verso: bool,
    /// Stands directly behind the leaf before it: the right half.
    pub follows: bool,
    /// Lines of the type area down to the foot of what stands lowest.
    pub end: u16,
    /// Stands on the last page of this article, below its end.
    pub joins: Option<usize>,
    /// The article goes on elsewhere, or comes from there.
    pub jump: Option<Jump>,
}

/// How much of the page a photo covers, to its edges and beyond them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bleed {
    Page,
    /// The left and the right half of a photo over two facing pages.
    Left,
    Right,
    /// From the upper edge down to this height below it.
    Head(Len),
    /// The left and the right half of one that does so over two facing pages.
    HeadLeft(Len),
    HeadRight(Len),
    /// From the lower edge up to this height above it.
    Foot(Len),
}

/// A jump line, whose page number is known when pages are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// On the last line of the last column.
    To,
    /// On this line.
    From(u16),
}

impl Leaf {
    /// The page is the photo's: it has no text in columns, no running head and no folio.
    pub fn is_full(&self) -> bool {
        matches!(self.bleed, Some((_, _, Bleed::Page | Bleed::Left | Bleed::Right | Bleed::Foot(_))))
    }
}

/// The numbers that notes get on one page, and the glyphs to show them.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Note → its place on the page, from 0.
    pub order: BTreeMap<usize, usize>,
    pub glyphs: Circled,
}

impl Numbers {
    /// The circled number of a note, where the face has it.
    fn of(&self, note: usize, face: FaceId) -> Option<(u16, char)> {
        let place = *self.order.get(&note)?;
        Some((*self.glyphs.get(&face)?.get(place)?, circled(place)))
    }
}

/// Room for a page number: its left edge on the baseline.
#[derive(Clone, Debug)]
pub struct Slot {
    /// In a line that runs down.
    pub vertical: bool,
    pub at: Point,
    pub width: Len,
    pub of: PageOf,
    pub size: Len,
    pub ink: Ink,
    pub node: Option<NodeId>,
}

/// A link whose target's page isn't known yet.
#[derive(Clone, Debug)]
pub struct Reference {
    pub rect: Rect,
    pub dest: Dest,
    pub node: Option<NodeId>,
    pub contents: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dest {
    /// As written: a URL, `02.md`, `02.md#id`, `#id`.
    Written(String),
    Note(usize),
    Article(usize),
}

impl Leaf {
    /// Paints a piece with its top left corner at `at`.
    pub fn piece(&mut self, texts: &[SetText], piece: &Piece, at: Point) {
        for mark in &piece.marks {
            self.mark(texts, mark, at);
        }
        if let Some(pos) = piece.pos {
            self.first = Some(self.first.unwrap_or(pos));
            if pos.char == 0 {
                self.starts.push((pos.block, self.height(at)));
            }
        }
        self.starts.extend(piece.begins.map(|block| (block, self.height(at))));
    }

    /// How far down the page, from the type area's top.
    fn height(&self, at: Point) -> Len {
        if self.vertical { at.x } else { at.y }
    }

    pub fn mark(&mut self, texts: &[SetText], mark: &Mark, origin: Point) {
        let point = |at: &Logical<Len>| Point { x: origin.x + at.inline, y: origin.y + at.block };
        match mark {
            Mark::Line { text, line, at } => self.line(texts, *text, *line, point(at)),
            Mark::Rule { at, length, thickness, ink } => {
                let from = point(at);
                let to = Point { x: from.x + *length, y: from.y };
                self.shape(ShapeKind::Rule { from, to, thickness: *thickness }, *ink, 100);
            }
            Mark::Tint { at, size, ink, tint } => {
                let p = point(at);
                let rect = Rect::new(p.x, p.y, size.inline, size.block);
                self.shape(ShapeKind::Fill(rect), *ink, *tint);
            }
            Mark::Picture { photo, at, size, node } => {
                let p = point(at);
                let frame = Rect::new(p.x, p.y, size.inline, size.block);
                self.items.push(Item::Picture(Picture { photo: *photo, frame, full: frame, node: Some(*node) }));
            }
        }
    }

    fn shape(&mut self, kind: ShapeKind, ink: Ink, tint: u8) {
        self.items.push(Item::Shape(Shape { kind, ink, tint, node: None }));
    }

    /// A line with its start and baseline at `at`. On a vertical page a horizontal line runs across it from there.
    pub fn line(&mut self, texts: &[SetText], text: TextId, line: usize, at: Point) {
        let set = &texts[text.0];
        let Some(line) = set.lines.get(line) else { return };
        if self.vertical && !set.paragraph.vertical {
            let mut across = Leaf { numbers: self.numbers.clone(), ..Leaf::default() };
            across.line_along(set, line, Point::default());
            return self.turned(across, &Axes { origin: at, turn: Turn::Left });
        }
        self.line_along(set, line, at);
    }

    /// Takes over what was painted in other axes.
    fn turned(&mut self, other: Leaf, axes: &Axes) {
        self.items.extend(other.items.into_iter().map(|item| axes.item(item, 0)));
        self.links.extend(other.links.into_iter().map(|link| Reference { rect: axes.rect(link.rect), ..link }));
        self.slots.extend(other.slots.into_iter().map(|slot| Slot { at: axes.point(slot.at), ..slot }));
    }

    fn line_along(&mut self, set: &SetText, line: &Line, at: Point) {
        let placed = set_line(&set.paragraph, line);
        let mut runs = Runs { set, at, numbers: &self.numbers, out: vec![] };
        for (i, x) in line.clusters.clone().zip(&placed.x) {
            runs.cluster(i, *x);
            runs.ruby(i, line.clusters.start, &placed.x);
        }
        if let Some((face, id)) = line.hyphen.and_then(|h| h.glyph) {
            runs.hyphen(line.clusters.end - 1, placed.width, (face, id));
        }
        self.items.extend(runs.out.into_iter().map(Item::Glyphs));
        self.decorations(set, line.clusters.clone(), &placed.x, at);
        self.items.extend(marks::along(&set.paragraph, line.clusters.clone(), &placed.x, at).map(Item::Shape));
    }

    /// Links and strokes of each maximal stretch of clusters of one run.
    fn decorations(&mut self, set: &SetText, clusters: std::ops::Range<usize>, x: &[Len], at: Point) {
        let p = &set.paragraph;
        let mut start = clusters.start;
        while start < clusters.end {
            let run = p.clusters[start].run;
            let end = (start..clusters.end).find(|i| p.clusters[*i].run != run).unwrap_or(clusters.end);
            let from = at.x + x[start - clusters.start];
            let to = at.x + x[end - 1 - clusters.start] + p.clusters[end - 1].advance;
            let text = &p.text[p.clusters[start].text.start as usize..p.clusters[end - 1].text.end as usize];
            self.decorate(&p.runs[run as usize], set.nodes[run as usize], (from, to, at.y), text);
            start = end;
        }
    }

    fn decorate(&mut self, style: &RunStyle, node: Option<NodeId>, (from, to, y): (Len, Len, Len), text: &str) {
        if style.strike {
            let y = y - if self.vertical { MIDDLE.of(style.size) } else { style.size.scale(3, 10) };
            let kind =
                ShapeKind::Rule { from: Point { x: from, y }, to: Point { x: to, y }, thickness: style.size / 16 };
            self.items.push(Item::Shape(Shape { kind, ink: style.ink, tint: 100, node }));
        }
        if let Some(of) = &style.page_of {
            let (at, width) = (Point { x: from, y: y - style.rise }, to - from);
            let of = of.clone();
            let vertical = self.vertical;
            self.slots.push(Slot { vertical, at, width, of, size: style.size, ink: style.ink, node });
        }
        let dest = match (&style.link, style.note) {
            (Some(link), _) => Dest::Written(link.clone()),
            (None, Some(note)) => Dest::Note(note),
            (None, None) => return,
        };
        let top = y - style.rise - style.size;
        let rect = Rect::new(from, top, to - from, style.size * 5 / 4);
        self.links.push(Reference { rect, dest, node, contents: text.to_string() });
    }
}

/// Glyph runs of one line.
struct Runs<'s> {
    set: &'s SetText,
    at: Point,
    numbers: &'s Numbers,
    out: Vec<GlyphRun>,
}

/// What the k-th of n glyphs stands for: the first one for the whole cluster, of a number side by side each digit for itself.
fn own_text(text: &str, (k, n): (usize, usize), orientation: Orientation) -> String {
    match orientation {
        Orientation::Combined(_) if text.chars().count() == n => text.chars().skip(k).take(1).collect(),
        _ if k == 0 => text.to_string(),
        _ => String::new(),
    }
}

/// From a vertical line's middle to the baseline of what is turned in it: an em box's middle is so far above its baseline.
pub const MIDDLE: Em = Em(380);

impl Runs<'_> {
    /// A run without glyphs at a place of the line, in a run's style.
    fn run(&self, face: FaceId, run: usize, (orientation, x): (Orientation, Len)) -> GlyphRun {
        let p = &self.set.paragraph;
        let style = &p.runs[run];
        let middle = self.at.y - MIDDLE.of(p.em);
        let y = match orientation {
            _ if !p.vertical => self.at.y,
            Orientation::Sideways => middle + MIDDLE.of(style.size),
            _ => middle,
        };
        let origin = Point { x: self.at.x + x, y: y - style.rise };
        let (size, ink, node) = (style.size, style.ink, self.set.nodes[run]);
        GlyphRun { face, size, ink, node, orientation, origin, glyphs: vec![], text: String::new() }
    }

    /// The hyphen of a divided word is U+00AD to who reads the text: it isn't there when the word is whole.
    fn hyphen(&mut self, last: usize, x: Len, (face, id): (FaceId, u16)) {
        let cluster = &self.set.paragraph.clusters[last];
        let mut run = self.run(face, usize::from(cluster.run), (cluster.orientation, x));
        run.glyphs.push(Glyph { id, x: Len::ZERO, y: Len::ZERO, len: 2 });
        run.text.push('\u{ad}');
        self.out.push(run);
    }

    /// The reading of the base that cluster `i` ends.
    fn ruby(&mut self, i: usize, line_start: usize, x: &[Len]) {
        let p = &self.set.paragraph;
        let Ok(found) = p.rubies.binary_search_by_key(&(i + 1), |r| r.clusters.end) else { return };
        let ruby = &p.rubies[found];
        let run = usize::from(p.clusters[i].run);
        let start = x[ruby.clusters.start - line_start];
        for RubyGlyph { glyph, orientation, text } in &ruby.glyphs {
            // Across a vertical line readings are placed from its middle.
            let base = self.run(glyph.face, run, (Orientation::Upright, start));
            let origin = Point { x: base.origin.x + glyph.dx, y: base.origin.y + glyph.dy };
            let glyphs = vec![Glyph { id: glyph.id, x: Len::ZERO, y: Len::ZERO, len: text.len() as u8 }];
            let (orientation, node, text) = (*orientation, self.set.readings[run], text.clone());
            self.out.push(GlyphRun { size: ruby.size, node, orientation, origin, glyphs, text, ..base });
        }
    }

    fn cluster(&mut self, i: usize, x: Len) {
        let p = &self.set.paragraph;
        let cluster = &p.clusters[i];
        let style = &p.runs[cluster.run as usize];
        if style.page_of.is_some() {
            return;
        }
        let text = &p.text[cluster.text.start as usize..cluster.text.end as usize];
        let glyphs = &p.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
        for (k, glyph) in glyphs.iter().enumerate() {
            let new = self.run(glyph.face, usize::from(cluster.run), (cluster.orientation, x));
            let alike = |r: &GlyphRun| (r.face, r.size, r.ink, r.node, r.orientation, r.origin.y);
            if self.out.last().map(alike) != Some(alike(&new)) {
                self.out.push(new);
            }
            let run = self.out.last_mut().expect("just pushed");
            let numbered = style.number.and_then(|n| self.numbers.of(n, glyph.face));
            let (id, text) = match numbered {
                Some((id, c)) => (id, c.to_string()),
                None => (glyph.id, own_text(text, (k, glyphs.len()), cluster.orientation)),
            };
            let x = self.at.x + x + glyph.dx - run.origin.x;
            run.glyphs.push(Glyph { id, x, y: glyph.dy, len: text.len() as u8 });
            run.text.push_str(&text);
        }
    }
}
