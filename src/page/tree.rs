//! The structure of the book: one tree over all pages, in reading order (ISO 32000-1 §14.7).
//!
//! A paragraph over two columns, a list over pages, a table with repeated heads is one node.

use crate::base::{Lang, Span};

/// An index into [`Tree::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Standard structure types (ISO 32000-1 §14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Document,
    /// A text of its own.
    Article,
    /// The contents, the colophon, the cover.
    Section,
    /// 1 is an article's title.
    Heading(u8),
    Paragraph,
    BlockQuote,
    List {
        ordered: bool,
    },
    /// Its labels are words, as a colophon's.
    Particulars,
    ListItem,
    ListLabel,
    ListBody,
    Table,
    TableRow,
    TableHead {
        /// It heads its row, not its column.
        of_row: bool,
        span: CellSpan,
    },
    TableCell(CellSpan),
    /// Needs `alt`.
    Figure,
    Caption,
    Code,
    Note,
    /// The mark that refers to a note.
    Reference,
    Link,
    /// A base and its reading (ISO 32000-1 §14.8.4.4.2).
    Ruby,
    RubyBase,
    RubyText,
    Span,
    Toc,
    TocItem,
}

/// Columns and rows that a cell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellSpan {
    pub columns: u16,
    pub rows: u16,
}

impl Default for CellSpan {
    fn default() -> Self {
        CellSpan { columns: 1, rows: 1 }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub role: Role,
    pub parent: Option<NodeId>,
    /// In reading order.
    pub children: Vec<NodeId>,
    pub lang: Option<Lang>,
    pub alt: Option<String>,
    /// What it was made of in the manuscript; None for matter that the compiler writes itself.
    pub source: Option<Span>,
}

/// Node 0 is the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// The source of the nodes that are added next.
    pub source: Option<Span>,
}

impl Default for Tree {
    fn default() -> Self {
        let root = Node { role: Role::Document, parent: None, children: vec![], lang: None, alt: None, source: None };
        Tree { nodes: vec![root], source: None }
    }
}

impl Tree {
    pub const ROOT: NodeId = NodeId(0);

    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }
    /// What a node, or the nearest above it, was made of.
    pub fn source(&self, mut id: NodeId) -> Option<Span> {
        loop {
            let here = self.node(id);
            match (here.source, here.parent) {
                (Some(span), _) => return Some(span),
                (None, Some(parent)) => id = parent,
                (None, None) => return None,
            }
        }
    }
    /// Adds a last child.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let source = self.source;
        self.nodes.push(Node { role, parent: Some(parent), children: vec![], lang: None, alt: None, source });
        self.node_mut(parent).children.push(id);
        id
    }
}
