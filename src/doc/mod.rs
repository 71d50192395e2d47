//! The first noun: an issue as its editor means it, before any page exists.
//!
//! In: nothing. Out: [`Issue`], which `read` fills and `layout` and `write::epub` read.

mod article;
mod block;
mod calm;
mod inline;
mod issue;
mod photo;

pub use article::{Article, Byline, Note, Start};
pub use block::{Block, BlockKind, Cell, DivKind, Figure, FigurePlace, Table, group_caption};
pub use calm::{Calm, Part};
pub use inline::{Inline, LineKind, Reading, Style, TextLine, TextPosition, chars, plain_text};
pub use issue::{
    Align, Binding, ColophonLine, Contents, Emphasis, Issue, IssueNumber, Kinsoku, Magazine, Margins, NotesPlace,
    PageSetup, PunctuationStyle, Section, TypeSetup,
};
pub use photo::{Focus, Photo, PhotoFormat, PhotoId, Rights};
