//! An article's body: Markdown into blocks.
//!
//! In: a file's text and the byte range of the body. Out: a [`Draft`]: blocks and notes whose text is read from the
//! original by range, and the photos they ask for. Nothing here touches the file system.
//!
//! The parser (pulldown-cmark) is given a *shadow* of the body, byte for byte as long, in which what would confuse it is
//! masked (`docs/decisions/markdown.md`). The steps: [`lines`] finds fences and divs, [`shadow`] masks, [`build`] turns
//! events into blocks, [`coverage`] makes sure that no letter was lost.

mod attributes;
mod build;
mod chars;
mod coverage;
mod figure;
mod html;
mod inline;
mod lines;
mod shadow;
mod slips;
mod spans;

pub use figure::{PLACES, focus, shape, split_credit};

use crate::base::{FileId, Report, Span};
use crate::doc::{Block, Note};
use std::ops::Range;

/// What a body says, before its photos are found.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// A `Figure::photo` here is an index into `wanted`.
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
    /// The first `#` heading, taken out of the blocks when it is the article's title, and the notes it has.
    pub title: Option<String>,
    pub title_notes: Vec<usize>,
    pub wanted: Vec<Wanted>,
    /// Ids given to pictures, divs and spans, and their places in the file.
    pub anchors: Vec<(String, u32)>,
}

/// A photo as the text asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// As written.
    pub dest: String,
    pub span: Span,
    /// `{.pending}`: it may be missing.
    pub pending: bool,
    /// Width to height of one that is missing.
    pub shape: Option<(u32, u32)>,
}

/// A body within its file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    pub file: FileId,
    pub body: &'t str,
    /// Where the body starts in its file.
    pub base: u32,
}

impl<'t> Source<'t> {
    /// The original's text of a range of the shadow, widened to whole characters (a blanked line has spaces for each
    /// byte, so that a range of it may begin within a character).
    pub fn text(&self, range: Range<usize>) -> &'t str {
        let start = (0..=range.start.min(self.body.len())).rev().find(|i| self.body.is_char_boundary(*i)).unwrap_or(0);
        let end = (range.end..=self.body.len()).find(|i| self.body.is_char_boundary(*i)).unwrap_or(self.body.len());
        &self.body[start..end.max(start)]
    }
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { file: self.file, start: self.base + range.start as u32, end: self.base + range.end as u32 }
    }
}

/// Reads a body. `title` is the front matter's: a first `#` heading that repeats it is not set twice.
pub fn read(source: Source, title: Option<&str>, report: &mut Report) -> Draft {
    let lines = lines::scan(source, report);
    slips::scan(source, &lines, report);
    slips::controls(source, report);
    let shadow = shadow::Shadow::of(source, &lines, report);
    build::build(source, &lines, &shadow, title, report)
}

#[cfg(test)]
mod tests;
