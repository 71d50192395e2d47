//! Text within a block: a flat list of styled runs, as parley keeps it, not a tree of elements.

use crate::base::{Lang, Span};

/// What a run's characters have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub strike: bool,
    pub position: TextPosition,
    /// 着重号: a dot to each Han (`[…]{.dots}`).
    pub dots: bool,
    /// A line along the text.
    pub line: Option<TextLine>,
    /// 纵中横: digits upright side by side in vertical text (`[2024]{.tcy}`).
    pub tcy: bool,
    /// The name before a turn of an interview, its colon included.
    pub speaker: bool,
    /// Where it differs from the article's.
    pub lang: Option<Lang>,
}

/// 专名号, 书名号 or an underline (clreq §Handling Interlinear Punctuation). Adjacent names have a line each: `segment`,
/// counted within the article, tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextLine {
    pub kind: LineKind,
    pub segment: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// `<u>`, `<ins>`.
    Under,
    /// `[李白]{.name}`: straight.
    Name,
    /// `[史記]{.title}`: wavy.
    Title,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextPosition {
    #[default]
    Baseline,
    Superscript,
    Subscript,
}

/// A piece of a block's text. Adjacent pieces join without a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Characters as written; `link` is the target as written (URL, `02.md`, `#id`).
    Text { text: String, style: Style, link: Option<String>, span: Span },
    /// A hard line break.
    Break { span: Span },
    /// The mark of `Article::notes[note]`.
    Note { note: usize, span: Span },
    /// Text with its reading (`{漢字|かん|じ}`): one pair a character, or one for a whole word.
    Ruby { pairs: Vec<Reading>, style: Style, link: Option<String>, span: Span },
    /// `[](02.md#id){.page}`: the number of the page that has the target.
    PageRef { target: String, style: Style, span: Span },
    /// `{page=37}`: here a page of an earlier printing begins.
    PageMark { label: String, span: Span },
}

/// A stretch of text and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub base: String,
    pub reading: String,
}

impl Inline {
    /// Characters it counts for in a `Pos`: a text's own, ruby's base, one for a break, none for a mark.
    pub fn chars(&self) -> u32 {
        match self {
            Inline::Text { text, .. } => text.chars().count() as u32,
            Inline::Break { .. } => 1,
            Inline::Ruby { pairs, .. } => pairs.iter().map(|p| p.base.chars().count() as u32).sum(),
            Inline::Note { .. } | Inline::PageRef { .. } | Inline::PageMark { .. } => 0,
        }
    }
}

/// The length of a block's text in `Pos::char` units.
pub fn chars(text: &[Inline]) -> u32 {
    text.iter().map(Inline::chars).sum()
}

/// The characters alone, without readings, for titles, bookmarks and metadata; a break becomes a space.
pub fn plain_text(text: &[Inline]) -> String {
    let mut out = String::new();
    for inline in text {
        match inline {
            Inline::Text { text, .. } => out.push_str(text),
            Inline::Break { .. } => out.push(' '),
            Inline::Ruby { pairs, .. } => pairs.iter().for_each(|p| out.push_str(&p.base)),
            Inline::Note { .. } | Inline::PageRef { .. } | Inline::PageMark { .. } => {}
        }
    }
    out
}
