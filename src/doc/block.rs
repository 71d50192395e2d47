//! What an article is made of, in document order.

use super::inline::{Inline, plain_text};
use super::photo::{Focus, PhotoId, Rights};
use crate::base::{BlockId, Lang, Span};

/// One element of an article. `id` counts all blocks of the article in document order, nested ones too, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub id: BlockId,
    pub span: Span,
    pub kind: BlockKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `level` 2 is the first level below the article's title.
    Heading {
        level: u8,
        text: Vec<Inline>,
        anchor: Option<String>,
    },
    Para {
        text: Vec<Inline>,
    },
    /// One figure of one or more pictures set together.
    Figures {
        figures: Vec<Figure>,
        place: FigurePlace,
    },
    Quote {
        blocks: Vec<Block>,
    },
    /// A fenced div (`::: box`).
    Div {
        kind: DivKind,
        blocks: Vec<Block>,
    },
    /// `start` is the first number of an ordered list.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Table(Table),
    /// Preformatted text, its lines as written.
    Code {
        lines: Vec<String>,
    },
    /// A thematic break (`***`).
    Rule,
}

/// What stands between the fences of a div.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivKind {
    /// `::: quote`: a pull quote.
    PullQuote,
    /// `::: box`: a sidebar.
    Box,
    /// `::: verse`: a paragraph is a stanza; its lines end in breaks and begin with their indent in U+3000.
    Verse,
    /// `::: qa`: a paragraph is a turn, and begins with its speaker (`Style::speaker`) where one is named.
    Interview,
    /// `::: continue`: a paragraph goes on after what stood in its midst, a quotation or a picture.
    Continuation,
}

/// One picture with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    pub photo: PhotoId,
    pub caption: Vec<Inline>,
    pub credit: Option<String>,
    /// None where the author gave none: it is never invented. Some("") says decorative.
    pub alt: Option<String>,
    pub rights: Rights,
    pub focus: Option<Focus>,
    pub span: Span,
}

impl Figure {
    /// The credit as it is shown: behind a caption in brackets; `何溪` becomes `摄影：何溪`, what says more is kept as it is.
    pub fn credit_line(&self, lang: Lang) -> Option<String> {
        let credit = self.credit.as_deref().filter(|credit| !credit.trim().is_empty())?;
        let said = ["摄", "攝", "图", "圖", "绘", "繪", "供"].iter().any(|w| credit.contains(w));
        let words = match (said, lang.is_traditional(), lang.is_chinese()) {
            (false, true, _) => format!("攝影：{credit}"),
            (false, false, true) => format!("摄影：{credit}"),
            _ => credit.to_string(),
        };
        let bare = plain_text(&self.caption).trim().is_empty();
        Some(if bare { words } else { format!("（{words}）") })
    }
}

/// The figure whose caption is that of the whole group: the only one of several that has any.
pub fn group_caption(figures: &[Figure]) -> Option<&Figure> {
    let mut captioned = figures.iter().filter(|f| !f.caption.is_empty() || f.credit.is_some());
    let first = captioned.next()?;
    (figures.len() > 1 && captioned.next().is_none()).then_some(first)
}

/// Where a figure stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigurePlace {
    /// By the picture's shape and pixels.
    #[default]
    Auto,
    Column,
    Span,
    Full,
    Spread,
    Inline,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub caption: Vec<super::Inline>,
    /// By column.
    pub align: Vec<super::Align>,
    /// Rows that are repeated where the table goes on in another column.
    pub head: Vec<Vec<Cell>>,
    pub rows: Vec<Vec<Cell>>,
}

/// A table cell, in the row where it begins; it counts as a block of its own in `BlockId`s.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub id: BlockId,
    pub text: Vec<Inline>,
    /// Columns and rows it takes, at least one each.
    pub columns: u16,
    pub rows: u16,
    /// Names its row (`<th>` outside the head).
    pub heads_row: bool,
    /// Where it differs from its column's.
    pub align: Option<super::Align>,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn plain(text: Vec<Inline>) -> Cell {
        Cell { id: BlockId(0), text, columns: 1, rows: 1, heads_row: false, align: None }
    }
}

impl Table {
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.head.iter().chain(&self.rows).flatten()
    }
    pub fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.head.iter_mut().chain(&mut self.rows).flatten()
    }
}

impl Block {
    /// This block and all within it, in document order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Block)) {
        visit(self);
        match &self.kind {
            BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => blocks.iter().for_each(|b| b.walk(visit)),
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|b| b.walk(visit)),
            _ => {}
        }
    }
    /// Its own texts in order, captions and cells too; not those of the blocks within it.
    pub fn texts(&self) -> Vec<&[Inline]> {
        match &self.kind {
            BlockKind::Heading { text, .. } | BlockKind::Para { text } => vec![text],
            BlockKind::Figures { figures, .. } => figures.iter().map(|f| f.caption.as_slice()).collect(),
            BlockKind::Table(table) => {
                std::iter::once(table.caption.as_slice()).chain(table.cells().map(|c| c.text.as_slice())).collect()
            }
            BlockKind::Quote { .. }
            | BlockKind::Div { .. }
            | BlockKind::List { .. }
            | BlockKind::Code { .. }
            | BlockKind::Rule => vec![],
        }
    }
}
