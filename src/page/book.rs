//! Pages, their labels, and what a reader navigates by.

use super::item::Item;
use super::tree::Tree;
use crate::base::{Date, Lang, Len, Pos, Rect, Swatch};
use crate::font::{Family, Weight};
use uuid::Uuid;

/// A finished issue. Writers only translate it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub meta: BookMeta,
    pub trim: (Len, Len),
    pub bleed: Len,
    /// Crop and registration marks in the print file.
    pub marks: bool,
    /// Where the sheet is folded, from the trim's left edge: at the spine of a cover in one piece.
    pub folds: Vec<Len>,
    /// Where the cover is to be in one piece.
    pub spine: Option<Spine>,
    pub pages: Vec<Page>,
    pub tree: Tree,
    pub outline: Vec<OutlineEntry>,
    /// `Ink` indexes it.
    pub inks: Vec<Swatch>,
    pub hands: Hands,
    /// How long each article came out.
    pub fits: Vec<Fit>,
}

/// The back of a bound issue.
#[derive(Clone, Debug, Default)]
pub struct Spine {
    pub width: Len,
    /// From the upper left corner of its trim.
    pub items: Vec<Item>,
}

impl Spine {
    /// From this width on it bears the name and the issue (期刊出版形式规范).
    pub const WITH_TEXT: Len = Len::mm(500);
}

/// How long an article is beside how long it should be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    pub leaves: usize,
    pub wanted: Option<u16>,
    /// Lines more than the wanted pages hold; below zero, lines that are missing to fill them.
    pub over: Option<i32>,
    /// Characters of its text, and the lines that they take.
    pub text: (i32, i32),
}

impl Fit {
    /// What so many of its lines hold, on an average.
    pub fn characters(&self, lines: i32) -> i32 {
        lines * self.text.0 / self.text.1.max(1)
    }
}

/// A family and weight that text is set in.
pub type Hand = (Family, Weight);

/// The theme's type as far as a reflowable edition has it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    pub body: Hand,
    pub title: Hand,
    pub heading: Hand,
    pub label: Hand,
    pub byline: Hand,
    pub caption: Hand,
    pub quote: Hand,
    pub pull_quote: Hand,
    pub verse: Hand,
    pub question: Hand,
    pub standfirst: Hand,
    pub table: Hand,
    /// Titles and names stand in the middle.
    pub centred: bool,
    /// Names before the abstract, which has its head and its keywords: a journal.
    pub scholarly: bool,
    /// A rule parts the head from the text.
    pub ruled: bool,
    /// Boxes stand on a tint, not between hairlines.
    pub tinted: bool,
    /// The roles whose ink is the accent.
    pub accented: Vec<&'static str>,
}

impl Default for Hands {
    fn default() -> Self {
        use Family::{Hei, Kai, Song};
        use Weight::{Bold, Regular};
        Hands {
            body: (Song, Regular),
            title: (Song, Bold),
            heading: (Song, Bold),
            label: (Hei, Regular),
            byline: (Hei, Regular),
            caption: (Hei, Regular),
            quote: (Kai, Regular),
            pull_quote: (Kai, Regular),
            verse: (Kai, Regular),
            question: (Hei, Bold),
            standfirst: (Kai, Regular),
            table: (Hei, Regular),
            centred: false,
            scholarly: false,
            ruled: true,
            tinted: false,
            accented: vec![],
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct BookMeta {
    pub title: String,
    pub authors: Vec<String>,
    pub lang: Lang,
    pub publisher: Option<String>,
    /// The date that the files carry.
    pub stamp: Option<Date>,
    /// Names the issue whatever its bytes: magazine, year, number, kind, edition.
    pub identity: String,
    /// The spine is at the right (vertical writing).
    pub right_to_left: bool,
}

/// The name space of this compiler's identifiers (RFC 9562 §5.5). It never changes: a rebuild keeps its identifiers.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d1a_5c0e_93b7_4f42_8e21_7b90_ad3f_5c18);

impl BookMeta {
    /// The identifier of one file of the issue: `file` is `print`, `screen` or `epub`.
    pub fn uuid(&self, file: &str) -> Uuid {
        Uuid::new_v5(&NAMESPACE, format!("{}\n{file}", self.identity).as_bytes())
    }
}

#[derive(Clone, Debug, Default)]
pub struct Page {
    /// 封面, 1, 2 … : the same in the PDF's labels, the EPUB's page-list and reports.
    pub label: String,
    pub kind: PageKind,
    /// A right-hand page: its spine is at the left.
    pub recto: bool,
    pub items: Vec<Item>,
    /// Where in the document the page's flow text begins.
    pub first: Option<Pos>,
    /// Articles that stand on it, by their index in the issue.
    pub articles: Vec<u32>,
    /// What it is built on; None for covers and blank pages.
    pub area: Option<TypeArea>,
}

/// The type area of a page, for those who look at how it is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeArea {
    pub frame: Rect,
    pub columns: Vec<Rect>,
    /// Heights on the page; of vertical lines their middles, from its left edge.
    pub baselines: Vec<Len>,
    pub vertical: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    Cover,
    #[default]
    Inside,
    /// A blank page that fills a sheet.
    Pad,
}

/// A bookmark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineEntry {
    pub title: String,
    /// Index into `Book::pages`.
    pub page: usize,
    pub y: Len,
    pub children: Vec<OutlineEntry>,
}
