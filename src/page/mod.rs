//! The second noun: a book of finished pages, before any file format.
//!
//! In: nothing. Out: [`Book`], which `layout` makes and `write::pdf`, page images and preflight read.

mod book;
mod item;
mod tree;

pub use book::{Book, BookMeta, Fit, Hand, Hands, OutlineEntry, Page, PageKind, Spine, TypeArea};
pub use item::{Glyph, GlyphRun, Item, LinkArea, Picture, Shape, ShapeKind, Target, Veil};
pub use tree::{CellSpan, Node, NodeId, Role, Tree};
