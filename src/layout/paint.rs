//! Marks become page items on a leaf.
//!
//! In: set texts and where they stand. Out: [`Leaf`]: a page of an article in the type area's own coordinates, before it
//! is known to be left or right, or which number it bears.

use super::flow::{Mark, Piece};
use super::marks;
use super::set::{Circled, SetText, TextId, circled};
use crate::base::{BlockId, Ink, Len, Logical, Point, Pos, Rect};
use crate::doc::PhotoId;
use crate::font::FaceId;
use crate::page::{Glyph, GlyphRun, Item, NodeId, Picture, Shape, ShapeKind};
use crate::text::{PageOf, RubyGlyph, RunStyle, set_line};
use std::collections::BTreeMap;

/// A page of an article or of matter. The origin is the type area's top left corner.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
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
}

impl Leaf {
    /// Nothing but the photo and its caption is printed.
    pub fn is_full(&self) -> bool {
        matches!(self.bleed, Some((_, _, Bleed::Page | Bleed::Left | Bleed::Right)))
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
                self.starts.push((pos.block, at.y));
            }
        }
        self.starts.extend(piece.begins.map(|block| (block, at.y)));
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

    /// A line with its left edge and baseline at `at`.
    pub fn line(&mut self, texts: &[SetText], text: TextId, line: usize, at: Point) {
        let set = &texts[text.0];
        let Some(line) = set.lines.get(line) else { return };
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
            let y = y - style.size.scale(3, 10);
            let kind =
                ShapeKind::Rule { from: Point { x: from, y }, to: Point { x: to, y }, thickness: style.size / 16 };
            self.items.push(Item::Shape(Shape { kind, ink: style.ink, tint: 100, node }));
        }
        if let Some(of) = &style.page_of {
            let (at, width) = (Point { x: from, y: y - style.rise }, to - from);
            let of = of.clone();
            self.slots.push(Slot { at, width, of, size: style.size, ink: style.ink, node });
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

impl Runs<'_> {
    /// The hyphen of a divided word is U+00AD to who reads the text: it isn't there when the word is whole.
    fn hyphen(&mut self, last: usize, x: Len, (face, id): (FaceId, u16)) {
        let p = &self.set.paragraph;
        let style = &p.runs[p.clusters[last].run as usize];
        let node = self.set.nodes[p.clusters[last].run as usize];
        let origin = Point { x: self.at.x + x, y: self.at.y - style.rise };
        let glyphs = vec![Glyph { id, x: Len::ZERO, y: Len::ZERO, len: 2 }];
        let (size, ink, text) = (style.size, style.ink, "\u{ad}".to_string());
        self.out.push(GlyphRun { face, size, ink, node, origin, glyphs, text });
    }

    /// The reading of the base that cluster `i` ends.
    fn ruby(&mut self, i: usize, line_start: usize, x: &[Len]) {
        let p = &self.set.paragraph;
        let Ok(found) = p.rubies.binary_search_by_key(&(i + 1), |r| r.clusters.end) else { return };
        let ruby = &p.rubies[found];
        let run = p.clusters[i].run as usize;
        let (style, node) = (&p.runs[run], self.set.nodes[run]);
        let start = self.at.x + x[ruby.clusters.start - line_start];
        for RubyGlyph { glyph, text } in &ruby.glyphs {
            let origin = Point { x: start + glyph.dx, y: self.at.y - style.rise + glyph.dy };
            let glyphs = vec![Glyph { id: glyph.id, x: Len::ZERO, y: Len::ZERO, len: text.len() as u8 }];
            let (size, ink, text) = (ruby.size, style.ink, text.clone());
            self.out.push(GlyphRun { face: glyph.face, size, ink, node, origin, glyphs, text });
        }
    }

    fn cluster(&mut self, i: usize, x: Len) {
        let p = &self.set.paragraph;
        let cluster = &p.clusters[i];
        let style = &p.runs[cluster.run as usize];
        if style.page_of.is_some() {
            return;
        }
        let node = self.set.nodes[cluster.run as usize];
        let y = self.at.y - style.rise;
        let text = &p.text[cluster.text.start as usize..cluster.text.end as usize];
        let glyphs = &p.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize];
        for (k, glyph) in glyphs.iter().enumerate() {
            let joins = self.out.last().is_some_and(|r| {
                (r.face, r.size, r.ink, r.node, r.origin.y) == (glyph.face, style.size, style.ink, node, y)
            });
            if !joins {
                let origin = Point { x: self.at.x + x, y };
                let (glyphs, text) = (vec![], String::new());
                self.out.push(GlyphRun {
                    face: glyph.face,
                    size: style.size,
                    ink: style.ink,
                    node,
                    origin,
                    glyphs,
                    text,
                });
            }
            let run = self.out.last_mut().expect("just pushed");
            let numbered = style.number.and_then(|n| self.numbers.of(n, glyph.face));
            let (id, text) = match numbered {
                Some((id, c)) => (id, c.to_string()),
                None => (glyph.id, if k == 0 { text.to_string() } else { String::new() }),
            };
            let x = self.at.x + x + glyph.dx - run.origin.x;
            run.glyphs.push(Glyph { id, x, y: glyph.dy, len: text.len() as u8 });
            run.text.push_str(&text);
        }
    }
}
