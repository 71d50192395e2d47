//! What every kind of manuscript becomes first: blocks in reading order, with where they stood.
//!
//! In: nothing; these are the nouns of import. A step takes blocks away, makes them something else, or moves their words
//! into [`Front`]; what it drops or changes it tells the [`Log`](super::log::Log).

use crate::base::Lang;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A manuscript that was read and not yet understood.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    pub blocks: Vec<Block>,
    /// Notes in the order of their marks: runs of each.
    pub notes: Vec<Vec<Run>>,
    pub pictures: Vec<Picture>,
    /// What the document calls itself (`<title>`, core properties): evidence for the title, not text.
    pub named: Option<String>,
}

/// A paragraph or what stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: Kind,
    pub runs: Vec<Run>,
    /// Line of a text, number of the paragraph elsewhere; from 1.
    pub line: u32,
    /// A blank line stood before it.
    pub gap: bool,
    pub zone: Zone,
    /// Set in the middle of the line.
    pub centred: bool,
}

/// Where a web page has it: text around the article is site furniture unless a step wants it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    #[default]
    Main,
    Around,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Para,
    Title,
    Subtitle,
    /// 1 is the first level of the document.
    Heading(u8),
    Item {
        number: Option<u64>,
        depth: u8,
    },
    Quote,
    Verse,
    Code,
    Caption,
    /// The picture's number; the runs are its caption.
    Figure {
        picture: usize,
    },
    Table(Table),
    Rule,
}

/// Cells by row; each with the columns and rows it covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub rows: Vec<Vec<TableCell>>,
    pub head: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub runs: Vec<Run>,
    pub columns: usize,
    pub rows: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub text: String,
    pub style: Style,
    pub link: Option<String>,
    /// The mark of a note.
    pub note: Option<usize>,
    /// A reading above the text.
    pub ruby: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    pub code: bool,
    pub superscript: bool,
    pub subscript: bool,
    pub underline: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub alt: Option<String>,
    /// Where the manuscript says it is: a path, an address.
    pub source: String,
    /// Its bytes, where they came along.
    pub bytes: Option<Vec<u8>>,
}

/// What an article says of itself; the order is that of the front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    pub kicker: Option<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub author: Option<String>,
    pub section: Option<String>,
    pub source: Option<String>,
    pub source_print: Option<String>,
    /// RFC 3339, or a date alone.
    pub published: Option<String>,
    pub author_note: Option<String>,
    pub editors_note: Option<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    /// What libraries and funds say of a paper, by the front matter's keys.
    pub paper: BTreeMap<&'static str, String>,
    pub credits: Vec<(String, Vec<String>)>,
    pub lang: Option<Lang>,
}

/// What a manuscript says of its issue: value, line and the words it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub magazine: Option<Fact>,
    pub year: Option<Fact>,
    pub number: Option<Fact>,
    pub serial: Option<Fact>,
    pub email: Option<Fact>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    pub value: String,
    pub line: u32,
    pub origin: String,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }
}

impl Block {
    pub fn para(text: impl Into<String>, line: u32) -> Block {
        Block::new(Kind::Para, vec![Run::plain(text)], line)
    }
    pub fn new(kind: Kind, runs: Vec<Run>, line: u32) -> Block {
        Block { kind, runs, line, gap: false, zone: Zone::Main, centred: false }
    }
    /// The words without their styles.
    pub fn text(&self) -> String {
        let own = match &self.runs[..] {
            [only] => Cow::Borrowed(&only.text[..]),
            runs => runs.iter().map(|r| r.text.as_str()).collect(),
        };
        super::super::han::trim(&own).to_string()
    }
    /// Wholly bold, links, or whatever `is` asks.
    pub fn all(&self, is: impl Fn(&Run) -> bool) -> bool {
        let mut worded = self.runs.iter().filter(|r| !super::super::han::trim(&r.text).is_empty()).peekable();
        worded.peek().is_some() && worded.all(is)
    }
    pub fn is_para(&self) -> bool {
        self.kind == Kind::Para
    }
}

/// Every character of text that is no blank, for the balance of what came in and what goes out.
pub fn characters(raw: &Raw) -> String {
    let table = |block: &Block| match &block.kind {
        Kind::Table(table) => table.rows.iter().flatten().flat_map(|c| c.runs.clone()).collect(),
        _ => vec![],
    };
    let runs = raw.blocks.iter().flat_map(|b| b.runs.iter().cloned().chain(table(b)));
    let words = runs.chain(raw.notes.iter().flatten().cloned()).map(|r| r.text + &r.ruby.unwrap_or_default());
    let alts = raw.pictures.iter().filter_map(|p| p.alt.clone());
    super::super::han::squeezed(&words.chain(alts).collect::<String>())
}
