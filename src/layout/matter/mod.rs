//! What is made rather than written: covers, the spine, contents, colophon.

mod barcode;
pub mod colophon;
pub mod contents;
pub mod cover;
pub mod spine;

use super::paint::Leaf;
use super::set::{Setter, Setting, TextId, plain_run};
use crate::base::{Ink, Len, Point, Report};
use crate::page::{Item, NodeId, Shape, ShapeKind, Tree};
use crate::style::{Align, Role};
use crate::text::{LineShape, TextRun};

/// Pages of matter with their structure.
pub struct Matter {
    pub leaves: Vec<Leaf>,
    pub tree: Tree,
    pub report: Report,
}

/// Text that is set, knows its height and isn't placed yet: what is measured first never overprints.
#[derive(Clone, Copy)]
pub struct TextBlock {
    id: TextId,
    pub lines: usize,
    pitch: Len,
    size: Len,
    measure: Len,
    align: Align,
}

impl TextBlock {
    /// Lines end where they end; those of a centred role stand in the middle.
    pub fn set(
        setter: &mut Setter,
        runs: &[TextRun],
        role: &Role,
        (measure, node): (Len, Option<NodeId>),
    ) -> TextBlock {
        let shape = LineShape::ragged(measure);
        Self::shaped(setter, runs, role, (shape, node))
    }
    pub fn plain(setter: &mut Setter, text: &str, role: &Role, place: (Len, Option<NodeId>)) -> TextBlock {
        Self::set(setter, &[plain_run(text, role)], role, place)
    }
    /// Lines of like length.
    pub fn title(setter: &mut Setter, text: &str, role: &Role, (measure, node): (Len, Option<NodeId>)) -> TextBlock {
        Self::shaped(setter, &[plain_run(text, role)], role, (LineShape::balanced(measure), node))
    }
    pub fn shaped(
        setter: &mut Setter,
        runs: &[TextRun],
        role: &Role,
        (shape, node): (LineShape, Option<NodeId>),
    ) -> TextBlock {
        let id = setter.set(runs, Setting { role, shape, node, block: None });
        let lines = setter.text(id).lines.len();
        let pitch = role.pitch.of(setter.theme.grid.pitch);
        TextBlock { id, lines, pitch, size: role.size, measure: shape.measure, align: role.align }
    }
    /// The same with another distance between baselines.
    pub fn pitched(self, pitch: Len) -> TextBlock {
        TextBlock { pitch, ..self }
    }
    pub fn height(&self) -> Len {
        self.pitch * self.lines as i32
    }
    pub fn width(&self, setter: &Setter) -> Len {
        setter.text(self.id).width()
    }
    /// Its top left corner at `at`: each line's em box in the middle of its pitch.
    pub fn paint(&self, setter: &Setter, leaf: &mut Leaf, at: Point) {
        let y = at.y + super::compose::baseline_in(self.pitch, self.size);
        self.paint_baseline(setter, leaf, Point { x: at.x, y });
    }
    /// The top of its first em box at `at`.
    pub fn paint_at(&self, setter: &Setter, leaf: &mut Leaf, at: Point) {
        self.paint_baseline(setter, leaf, Point { x: at.x, y: at.y + self.size.scale(88, 100) });
    }
    /// Its first baseline at `at`.
    pub fn paint_baseline(&self, setter: &Setter, leaf: &mut Leaf, at: Point) {
        for line in 0..self.lines {
            let slack = self.measure - setter.text(self.id).lines[line].target;
            let x = if self.align == Align::Center { at.x + slack / 2 } else { at.x };
            leaf.line(&setter.texts, self.id, line, Point { x, y: at.y + self.pitch * line as i32 });
        }
    }
    /// As [`Self::paint`], every line ending at `at.x`.
    pub fn paint_end(&self, setter: &Setter, leaf: &mut Leaf, at: Point) {
        let y = at.y + super::compose::baseline_in(self.pitch, self.size);
        for line in 0..self.lines {
            let x = at.x - setter.text(self.id).lines[line].target;
            leaf.line(&setter.texts, self.id, line, Point { x, y: y + self.pitch * line as i32 });
        }
    }
}

/// A straight rule from `at` rightward; none where it has no thickness.
pub fn rule(leaf: &mut Leaf, at: Point, length: Len, (thickness, ink): (Len, Ink)) {
    if thickness > Len::ZERO {
        let to = Point { x: at.x + length, y: at.y };
        let kind = ShapeKind::Rule { from: at, to, thickness };
        leaf.items.push(Item::Shape(Shape { kind, ink, tint: 100, node: None }));
    }
}
