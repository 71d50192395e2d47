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
    /// Where it differs from the article's.
    pub lang: Option<Lang>,
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
}

impl Inline {
    /// Characters it counts for in a `Pos`: a text's own, one for a break, none for a mark.
    pub fn chars(&self) -> u32 {
        match self {
            Inline::Text { text, .. } => text.chars().count() as u32,
            Inline::Break { .. } => 1,
            Inline::Note { .. } => 0,
        }
    }
}

/// The length of a block's text in `Pos::char` units.
pub fn chars(text: &[Inline]) -> u32 {
    text.iter().map(Inline::chars).sum()
}

/// The characters alone, for titles, bookmarks and metadata; a break becomes a space.
pub fn plain_text(text: &[Inline]) -> String {
    text.iter()
        .map(|i| match i {
            Inline::Text { text, .. } => text.as_str(),
            Inline::Break { .. } => " ",
            Inline::Note { .. } => "",
        })
        .collect()
}
