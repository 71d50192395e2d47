//! What flows through columns: pieces of whole grid lines, with the cost of ending a column before each.

use super::set::TextId;
use crate::base::{BlockId, Diagnostic, Ink, Len, Logical, Pos};
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

    /// The same mark further along the line.
    pub fn moved(mut self, by: Len) -> Mark {
        match &mut self {
            Mark::Line { at, .. } | Mark::Rule { at, .. } | Mark::Picture { at, .. } | Mark::Tint { at, .. } => {
                at.inline += by
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
    /// A question at a column's foot, its answer in the next.
    pub const ASKED: Cost = Cost(900);
    /// A stanza divided: a column may rather end some eight lines short.
    pub const STANZA: Cost = Cost(4_000);
    /// A poem divided between its stanzas: rather seven lines short.
    pub const POEM: Cost = Cost(3_000);
    /// Too few lines below a heading.
    pub const AFTER_HEADING: Cost = Cost(4_000);
    /// A figure that goes to the next column while its place is in this one.
    pub const AWAY: Cost = Cost(300);
    /// A figure across columns a line of the page away from its place in the text.
    pub const fn apart(rows: u16) -> Cost {
        Cost(10 * rows as u32)
    }
    /// A picture a column wider or narrower than suits it.
    pub const RESIZED: Cost = Cost(300);
    /// Two small pictures near each other that don't stand side by side.
    pub const UNPAIRED: Cost = Cost(600);
    /// Pictures in columns of one page of which neither heads nor feet are level.
    pub const UNEVEN: Cost = Cost(300);
    /// An article's head a line higher or lower.
    pub const SHIFTED: Cost = Cost(110);
    /// What doesn't fit at all.
    pub const OVERFULL: Cost = Cost(100_000);
    /// An article's last page that lacks so many percent of being as full as it should.
    pub const fn sparse(percent: u16) -> Cost {
        Cost(3 * percent as u32 * percent as u32)
    }
    /// A last page that lacks so many lines of the fewest that are a page's text.
    pub const fn few(lines: u16) -> Cost {
        Cost(400 * lines as u32)
    }
    /// A page more.
    pub const PAGE: Cost = Cost(150);
    /// A photo that should face its text and stands on the other side of the leaf.
    pub const TURNED: Cost = Cost(1_000);
    /// A page with a picture and no text in an article of text.
    pub const TEXTLESS: Cost = Cost(1_500);
    /// So many pages with nothing on them.
    pub const fn blank(pages: usize) -> Cost {
        Cost(500 * (pages * pages) as u32)
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
    /// How far down the page it comes, where it is shown whole and leaves the foot free.
    pub foot: Option<Len>,
}

/// What stands beside the text, in every form that it may have; the pages take the set of forms that suits them best.
#[derive(Clone, Debug)]
pub struct Illustration {
    /// The first piece after its place in the text.
    pub anchor: usize,
    /// By what they cost.
    pub forms: Vec<Form>,
}

/// An illustration in one of its sizes.
#[derive(Clone, Debug)]
pub struct Form {
    pub columns: u8,
    pub piece: Piece,
    /// See [`Spanner`].
    pub leads: bool,
    pub full: Option<FullPage>,
    /// How far it is from the size that it should have.
    pub cost: Cost,
    /// The next illustration stands beside it.
    pub pairs: bool,
    /// What is said of its caption's lines.
    pub findings: Vec<Diagnostic>,
}

impl Form {
    pub fn new(columns: u8, piece: Piece) -> Form {
        Form { columns, piece, leads: true, full: None, cost: Cost::FREE, pairs: false, findings: vec![] }
    }
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
    /// What becomes floats and spanners once its forms are chosen.
    pub illustrations: Vec<Illustration>,
    /// A blank line is to stand above the next piece, whatever it is.
    pub gap: bool,
}

impl Flow {
    pub fn push(&mut self, mut piece: Piece) {
        piece.before = piece.before.max(u16::from(std::mem::take(&mut self.gap)));
        self.pieces.push(piece);
    }

    /// Lines from a piece on, or as many as can be counted.
    pub fn rows_from(&self, piece: usize) -> u16 {
        self.pieces[piece..].iter().fold(0, |rows: u16, p| rows.saturating_add(p.before + p.rows))
    }

    /// Something beside the text, at the place that composing has reached.
    pub fn illustrate(&mut self, forms: Vec<Form>) {
        self.illustrations.push(Illustration { anchor: self.pieces.len(), forms });
    }

    /// The illustrations that are shown when each has the form of this number; one that stands beside the one before has
    /// none of its own.
    pub fn shown<'f>(&'f self, choice: &'f [usize]) -> impl Iterator<Item = (&'f Illustration, &'f Form)> {
        let mut beside = false;
        self.illustrations.iter().zip(choice).filter_map(move |(illustration, number)| {
            let form = &illustration.forms[*number];
            let shown = !beside;
            beside = shown && form.pairs;
            shown.then_some((illustration, form))
        })
    }

    /// The flow with its illustrations in these forms.
    pub fn arranged(&self, choice: &[usize]) -> Flow {
        let mut out = Flow { notes: self.notes.clone(), heads: self.heads.clone(), ..Flow::default() };
        let mut done = 0;
        for (illustration, form) in self.shown(choice) {
            out.pieces.extend_from_slice(&self.pieces[done..illustration.anchor]);
            done = illustration.anchor;
            let (anchor, columns, piece) = (out.pieces.len(), form.columns, form.piece.clone());
            if columns > 1 || form.full.is_some() {
                let (leads, full) = (form.leads, form.full.clone());
                out.spanners.push(Spanner { anchor, columns, piece, leads, full });
            } else {
                out.push(Piece { floats: true, ..piece });
            }
        }
        out.pieces.extend_from_slice(&self.pieces[done..]);
        out
    }
}
