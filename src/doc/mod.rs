//! The first noun: an issue as its editor means it, before any page exists.
//!
//! In: nothing. Out: [`Issue`], which `read` fills and `layout` and `write::epub` read.

mod address;
mod article;
mod block;
mod calm;
mod colophon;
mod inline;
mod issue;
mod magazine;
mod matter;
pub mod numbers;
mod output;
mod paper;
mod photo;
mod place;
mod setup;
mod written;

pub use address::address;
pub use article::{Article, Byline, Foot, FootKind, Note, PageMark, Start};
pub use block::{Block, BlockKind, Cell, DivKind, Figure, FigurePlace, Table, group_caption};
pub use calm::{Calm, Part};
pub use colophon::{ColophonLine, ColophonPage, ColophonPosition, Credit, ENTRIES, Entry, EntryKind};
pub use inline::{Inline, LineKind, Reading, Style, TextLine, TextPosition, chars, plain_text};
pub use issue::{Align, Issue};
pub use magazine::{Frequency, IssueKind, IssueNumber, Magazine, PublicationProfile, ean13};
pub use matter::{Ad, AdPlace, Colour, Contents, CoverSetup, CoverTemplate, Erratum, Placed, Section};
pub use output::{
    BlackText, EpubFonts, EpubPictures, EpubSetup, FontsSetup, Lock, PartColour, PhotoColour, PrintFiles, PrintSetup,
    PrintStandard, ScreenSetup, Signoff, SpotColour, Unsigned,
};
pub use paper::{EnglishHead, Paper, PaperNumber};
pub use photo::{Focus, Photo, PhotoFormat, PhotoId, Rights};
pub use setup::{
    Binding, Emphasis, Kinsoku, Margins, NotesPlace, PageSetup, PunctuationStyle, TypeSetup, VerticalDigits, Writing,
};
pub use written::Written;
