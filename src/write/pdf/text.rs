//! Glyph runs as text operators (ISO 32000-1 §9.4).
//!
//! In: a run, within `BT … ET`. Out: one `Td` and one `TJ` a baseline, whose numbers are whole thousandths of an em. Upright
//! glyphs of vertical lines go down by their font's writing mode (§9.7.4.3); turned and narrowed runs have a matrix, and a
//! text object, of their own. A cluster that ToUnicode can't tell stands in `/Span << /ActualText … >> BDC … EMC` (§14.9.4).

use super::fonts::{Cluster, Font, clusters};
use super::sheet::{Mil, Sheet, mil, pt};
use crate::base::{Len, Orientation};
use crate::page::{Glyph, GlyphRun};
use printpdf::{Codepoint, DictItem, Op, Pt, TextItem, TextMatrix};
use std::collections::BTreeMap;

/// Where the line of the open text object begins, in the paper's axes.
pub type LineStart = (Mil, Mil);

/// The text matrix of a run whose own axes aren't the paper's: turned a quarter clockwise, or narrowed.
pub fn matrix(run: &GlyphRun, sheet: &Sheet) -> Option<TextMatrix> {
    let (x, y) = sheet.point(run.origin);
    let at = |[a, b, c, d]: [f32; 4]| Some(TextMatrix::Raw([a, b, c, d, pt(x), pt(y)]));
    match run.orientation {
        Orientation::Sideways => at([0.0, -1.0, 1.0, 0.0]),
        Orientation::Combined(percent) if percent != 100 => at([f32::from(percent) / 100.0, 0.0, 0.0, 1.0]),
        _ => None,
    }
}

/// Appends a run's glyphs; font, size and ink are set already. `at` follows every `Td`.
pub fn show(run: &GlyphRun, font: &Font, sheet: &Sheet, at: &mut LineStart, ops: &mut Vec<Op>) {
    let mut text = Text { run, font, sheet, at, ops, line: None, items: vec![] };
    for cluster in clusters(run) {
        text.cluster(&cluster);
    }
    text.flush();
}

/// The baseline being shown.
struct Line {
    /// Its first glyph's place in the run.
    x: Len,
    y: Len,
    /// Where the reader's pen is, from `x`, in thousandths of an em.
    pen: i64,
}

struct Text<'a> {
    run: &'a GlyphRun,
    font: &'a Font,
    sheet: &'a Sheet,
    at: &'a mut LineStart,
    ops: &'a mut Vec<Op>,
    line: Option<Line>,
    /// What the next `TJ` shows.
    items: Vec<TextItem>,
}

impl Text<'_> {
    fn cluster(&mut self, cluster: &Cluster) {
        let run = self.run;
        let glyphs = &run.glyphs[cluster.glyphs.clone()];
        let told = glyphs.len() == 1 && self.font.unicode(glyphs[0]) == cluster.text;
        if told || cluster.text.is_empty() {
            glyphs.iter().for_each(|g| self.glyph(*g));
            return;
        }
        self.flush();
        self.ops.push(actual_text(cluster.text));
        glyphs.iter().for_each(|g| self.glyph(*g));
        self.flush();
        self.ops.push(Op::EndMarkedContent);
    }

    fn glyph(&mut self, glyph: Glyph) {
        let code = self.font.code(glyph);
        let offset = self.advance_to(glyph);
        if offset != 0 {
            self.items.push(TextItem::Offset(offset as f32));
        }
        let shown = Codepoint::with_cid(code, 0.0, self.font.unicode(glyph).to_string());
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(glyphs)) => glyphs.push(shown),
            _ => self.items.push(TextItem::GlyphIds(vec![shown])),
        }
        if let Some(line) = &mut self.line {
            line.pen += self.font.advance(code);
        }
    }

    /// Brings the pen to a glyph: a new line where it stands on another baseline, else a number for `TJ`. Rounding is
    /// against the glyph's own place, so that it never adds up.
    fn advance_to(&mut self, glyph: Glyph) -> i64 {
        match &mut self.line {
            Some(line) if line.y == glyph.y => {
                let size = i64::from(self.run.size.raw().max(1));
                let wanted = round_div(i64::from((glyph.x - line.x).raw()) * 1000, size);
                let offset = line.pen - wanted;
                line.pen = wanted;
                // Numbers in `TJ` move up as they move left (§9.4.4): the pen of a vertical font goes down.
                if self.font.vertical { -offset } else { offset }
            }
            _ => {
                self.flush();
                self.new_line(glyph);
                0
            }
        }
    }

    fn new_line(&mut self, glyph: Glyph) {
        let (x, y) = self.place(glyph);
        let pos = printpdf::Point { x: Pt(pt(x - self.at.0)), y: Pt(pt(y - self.at.1)) };
        self.ops.push(Op::SetTextCursor { pos });
        *self.at = (x, y);
        self.line = Some(Line { x: glyph.x, y: glyph.y, pen: 0 });
    }

    /// In the axes of the text object.
    fn place(&self, glyph: Glyph) -> (Mil, Mil) {
        match self.run.orientation {
            Orientation::Sideways => (mil(glyph.x), -mil(glyph.y)),
            Orientation::Combined(percent) if percent != 100 => {
                (-mil(glyph.y) * 100 / Mil::from(percent), -mil(glyph.x))
            }
            _ => self.sheet.point(self.run.place(&glyph)),
        }
    }

    fn flush(&mut self) {
        if !self.items.is_empty() {
            self.ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}

fn round_div(n: i64, d: i64) -> i64 {
    (2 * n + d).div_euclid(2 * d)
}

fn actual_text(text: &str) -> Op {
    let mut data = vec![0xFE, 0xFF];
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    let map = BTreeMap::from([("ActualText".to_string(), DictItem::String { data, literal: false })]);
    Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties: DictItem::Dict { map } }
}
