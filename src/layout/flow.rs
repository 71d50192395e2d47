//! What flows through columns: pieces of whole grid lines, with the cost of ending a column before each.

use super::set::TextId;
use crate::base::{BlockId, Ink, Len, Logical, Pos};
use crate::doc::PhotoId;
use crate::page::NodeId;

/// A piece of a flow that is never cut: a line, a heading, a table row, a figure with its caption.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// Blank lines above it, dropped at a column's top.
    pub before: u16,
    /// Grid lines it takes.
    pub rows: u16,
    /// Of its height, what its content leaves free at the foot.
    pub slack: Len,
    /// Relative to its first line's top and the column's left edge.
    pub marks: Vec<Mark>,
    /// The cost of a column ending before it.
    pub break_cost: Cost,
    /// May stand at the column's foot or the next one's head while text goes on.
    pub floats: bool,
    /// The article's text ends before it: floats that wait at the foot come first.
    pub ends_text: bool,
    /// Where its text begins in the document.
    pub pos: Option<Pos>,
    /// A block that begins here and is no flow text: a note.
    pub begins: Option<BlockId>,
    /// Notes whose marks it has and that stand below it in its column.
    pub notes: Vec<usize>,
    /// Of `Flow::heads`, what stands above it where it begins a column: a table's head.
    pub head: Option<usize>,
}

/// Something painted.
#[derive(Clone, Debug)]
pub enum Mark {
    /// A line of a set text: its left edge and baseline.
    Line {
        text: TextId,
        line: usize,
        at: Logical<Len>,
    },
    Rule {
        at: Logical<Len>,
        length: Len,
        thickness: Len,
        ink: Ink,
    },
    /// A box of ink behind text.
    Tint {
        at: Logical<Len>,
        size: Logical<Len>,
        ink: Ink,
        tint: u8,
    },
    Picture {
        photo: PhotoId,
        at: Logical<Len>,
        size: Logical<Len>,
        node: NodeId,
    },
}

impl Mark {
    /// The same mark further down.
    pub fn lowered(mut self, by: Len) -> Mark {
        match &mut self {
            Mark::Line { at, .. } | Mark::Rule { at, .. } | Mark::Picture { at, .. } | Mark::Tint { at, .. } => {
                at.block += by
            }
        }
        self
    }
}

/// Badness of a break, in the same unit as a short column's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost(pub u32);

impl Cost {
    pub const FREE: Cost = Cost(0);
    /// A paragraph's first or last line alone (孤行不成页).
    pub const LONE_LINE: Cost = Cost(900);
    /// A stanza divided: a column may rather end some eight lines short.
    pub const STANZA: Cost = Cost(4_000);
    /// Too few lines below a heading.
    pub const AFTER_HEADING: Cost = Cost(4_000);
    /// A figure that goes to the next column while its place is in this one.
    pub const AWAY: Cost = Cost(300);
    /// A figure across columns a line of the page away from its place in the text.
    pub const fn apart(rows: u16) -> Cost {
        Cost(10 * rows as u32)
    }
    pub const FORBIDDEN: Cost = Cost(u32::MAX);
    /// A column that ends `rows` lines short.
    pub const fn short(rows: u16) -> Cost {
        Cost(60 * rows as u32 * rows as u32)
    }
    pub const fn plus(self, other: Cost) -> Cost {
        Cost(self.0.saturating_add(other.0))
    }
}

/// A figure across columns: it leaves the flow and stands at a page's head or foot.
#[derive(Clone, Debug)]
pub struct Spanner {
    /// The first piece after its place in the text.
    pub anchor: usize,
    /// Columns it takes.
    pub columns: u8,
    pub piece: Piece,
    /// It may stand above the title where the article begins with it: a photo may, a table not.
    pub leads: bool,
    /// A page of its own, to the edges.
    pub full: Option<FullPage>,
}

/// A photo that fills a page and bleeds.
#[derive(Clone, Debug)]
pub struct FullPage {
    pub photo: PhotoId,
    pub node: NodeId,
}

/// An article's text: what flows, and what stands across it.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    pub pieces: Vec<Piece>,
    pub spanners: Vec<Spanner>,
    /// Notes that stand on the page of their mark, by number.
    pub notes: Vec<Piece>,
    /// Heads of tables, for the columns in which those go on.
    pub heads: Vec<Piece>,
}

impl Flow {
    pub fn push(&mut self, piece: Piece) {
        self.pieces.push(piece);
    }
}
