//! From the axes in which something is set to those of the page.
//!
//! In: items in their own axes: x along the line, y across the lines. Out: the same items a quarter turned and moved. A
//! vertical page is set as if it were horizontal and turned once, when it is bound: its lines run down and follow each
//! other to the left. What stands on it as on any other page (captions) is turned back when it is painted.

use crate::base::{Point, Rect};
use crate::page::{Item, LinkArea, NodeId, Picture, Shape, ShapeKind, Tree, Veil};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    #[default]
    None,
    /// A quarter clockwise: x goes down, y to the left.
    Right,
    /// Back again.
    Left,
}

/// Where the origin of some axes comes to lie in others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Axes {
    pub origin: Point,
    pub turn: Turn,
}

impl Axes {
    pub fn point(&self, p: Point) -> Point {
        let Point { x, y } = self.origin;
        match self.turn {
            Turn::None => Point { x: x + p.x, y: y + p.y },
            Turn::Right => Point { x: x - p.y, y: y + p.x },
            Turn::Left => Point { x: x + p.y, y: y - p.x },
        }
    }

    pub fn rect(&self, r: Rect) -> Rect {
        let (a, b) = (self.point(Point { x: r.x, y: r.y }), self.point(Point { x: r.right(), y: r.bottom() }));
        Rect::new(a.x.min(b.x), a.y.min(b.y), (b.x - a.x).max(a.x - b.x), (b.y - a.y).max(a.y - b.y))
    }

    /// The item with its nodes' numbers raised by `offset`. How glyphs stand is the page's own and isn't turned.
    pub fn item(&self, item: Item, offset: u32) -> Item {
        let node = |n: Option<NodeId>| n.map(|n| shifted(n, offset));
        match item {
            Item::Glyphs(mut run) => {
                run.origin = self.point(run.origin);
                run.node = node(run.node);
                Item::Glyphs(run)
            }
            Item::Picture(p) => {
                Item::Picture(Picture { frame: self.rect(p.frame), full: self.rect(p.full), node: node(p.node), ..p })
            }
            Item::Shape(s) => Item::Shape(Shape { kind: self.shape(s.kind), node: node(s.node), ..s }),
            Item::Link(l) => Item::Link(LinkArea { rect: self.rect(l.rect), node: node(l.node), ..l }),
        }
    }

    fn shape(&self, kind: ShapeKind) -> ShapeKind {
        let ends = |from: Point, to: Point| (self.point(from), self.point(to));
        match kind {
            ShapeKind::Fill(r) => ShapeKind::Fill(self.rect(r)),
            ShapeKind::Rule { from, to, thickness } => {
                let (from, to) = ends(from, to);
                ShapeKind::Rule { from, to, thickness }
            }
            ShapeKind::Wave { from, to, height, thickness } => {
                let (from, to) = ends(from, to);
                ShapeKind::Wave { from, to, height, thickness }
            }
            ShapeKind::Dot { centre, radius } => ShapeKind::Dot { centre: self.point(centre), radius },
            ShapeKind::Veil(veil) => ShapeKind::Veil(Veil { rect: self.rect(veil.rect), ..veil }),
        }
    }
}

/// Node 0, the document, is shared.
pub fn shifted(node: NodeId, offset: u32) -> NodeId {
    if node == Tree::ROOT { node } else { NodeId(node.0 + offset) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Len;

    #[test]
    fn a_turn_and_back_is_none() {
        let p = Point { x: Len::pt(300), y: Len::pt(700) };
        let page = Axes { origin: Point { x: Len::pt(10_000), y: Len::pt(2_000) }, turn: Turn::Right };
        assert_eq!(page.point(p), Point { x: Len::pt(9_300), y: Len::pt(2_300) });
        // A caption at the same place of a vertical page runs to the right from there.
        let caption = Axes { origin: p, turn: Turn::Left };
        let (start, end) = (page.point(caption.point(Point::default())), page.point(caption.point(p)));
        assert_eq!((end.x - start.x, end.y - start.y), (p.x, p.y));
        let rect = page.rect(Rect::new(p.x, p.y, Len::pt(100), Len::pt(50)));
        assert_eq!(rect, Rect::new(Len::pt(9_250), Len::pt(2_300), Len::pt(50), Len::pt(100)));
    }
}
