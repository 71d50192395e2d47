//! What every kind of manuscript becomes first: blocks in reading order, with where they stood.
//!
//! In: nothing; these are the nouns of import. A step takes blocks away, makes them something else, or moves their words
//! into [`Front`]; what it drops or changes it tells the [`Log`](super::log::Log).

use crate::base::Lang;
use ecow::EcoString;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A manuscript that was read and not yet understood.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    pub blocks: Vec<Block>,
    /// Notes in the order of their marks: runs of each.
    pub notes: Vec<Vec<Run>>,
    pub pictures: Vec<Picture>,
    /// What the document calls itself (`<title>`, core properties): evidence for the title, not text.
    pub named: Option<String>,
    /// When it says that it was published (RFC 3339): evidence too.
    pub dated: Option<String>,
}

/// A paragraph or what stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: Kind,
    pub runs: Runs,
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
        number: Option<u32>,
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
    Table(Box<Table>),
    Rule,
}

/// Cells by row; each with the columns and rows it covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub caption: Runs,
    pub rows: Vec<Vec<TableCell>>,
    pub head: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableCell {
    pub runs: Runs,
    pub columns: u16,
    pub rows: u16,
}

/// Most paragraphs have one: it lies in the paragraph itself.
pub type Runs = SmallVec<[Run; 1]>;

/// Words of one style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    pub text: EcoString,
    pub style: Style,
    beside: Option<Box<Beside>>,
}

/// What few runs have.
#[derive(Clone, Debug, Default, PartialEq)]
struct Beside {
    link: Option<EcoString>,
    note: Option<usize>,
    ruby: Option<EcoString>,
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
    /// Its bytes, where they came along; a document may show one picture in many places.
    pub bytes: Option<Rc<[u8]>>,
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
    pub fn plain(text: impl Into<EcoString>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }
    pub fn styled(text: impl Into<EcoString>, style: Style) -> Run {
        Run { style, ..Run::plain(text) }
    }
    /// The mark of a note.
    pub fn mark(note: usize) -> Run {
        let mut run = Run::default();
        run.beside(|b| b.note = Some(note));
        run
    }
    pub fn linked(mut self, to: Option<EcoString>) -> Run {
        self.beside(|b| b.link = to);
        self
    }
    /// With a reading above it.
    pub fn read(mut self, reading: Option<EcoString>) -> Run {
        self.beside(|b| b.ruby = reading);
        self
    }

    /// A part of its words; a mark or a reading stays with the first.
    pub fn part(&self, text: &str, first: bool) -> Run {
        let mut run = Run { text: text.into(), ..self.clone() };
        if !first {
            run.beside(|b| (b.note, b.ruby) = (None, None));
        }
        run
    }

    pub fn link(&self) -> Option<&str> {
        self.beside.as_ref()?.link.as_deref()
    }
    pub fn note(&self) -> Option<usize> {
        self.beside.as_ref()?.note
    }
    pub fn ruby(&self) -> Option<&str> {
        self.beside.as_ref()?.ruby.as_deref()
    }
    /// Whether words of `other` may stand in this run.
    pub fn is_like(&self, other: &Run) -> bool {
        let plain = |run: &Run| run.note().is_none() && run.ruby().is_none();
        plain(self) && plain(other) && self.style == other.style && self.link() == other.link()
    }

    fn beside(&mut self, set: impl FnOnce(&mut Beside)) {
        let mut beside = self.beside.take().unwrap_or_default();
        set(&mut beside);
        self.beside = (*beside != Beside::default()).then_some(beside);
    }
}

/// A list of Markdown counts to nine digits (CommonMark §5.2).
pub const MOST: u32 = 999_999_999;

/// Adds to a vector that grows by a quarter: half of one that doubles may be empty.
pub fn push<T>(vector: &mut Vec<T>, item: T) {
    if vector.len() == vector.capacity() {
        vector.reserve_exact(vector.len() / 4 + 4);
    }
    vector.push(item);
}

/// The words of runs.
pub fn text(runs: &[Run]) -> String {
    runs.iter().map(|r| r.text.as_str()).collect()
}

impl Block {
    pub fn para(text: impl Into<EcoString>, line: u32) -> Block {
        Block::new(Kind::Para, [Run::plain(text)], line)
    }
    pub fn new(kind: Kind, runs: impl IntoIterator<Item = Run>, line: u32) -> Block {
        Block { kind, runs: runs.into_iter().collect(), line, gap: false, zone: Zone::Main, centred: false }
    }
    /// The words without their styles.
    pub fn text(&self) -> String {
        let own = match &self.runs[..] {
            [only] => Cow::Borrowed(only.text.as_str()),
            runs => Cow::Owned(text(runs)),
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
    let mut out = String::new();
    let mut add = |runs: &[Run]| runs.iter().for_each(|r| out.extend([r.text.as_str(), r.ruby().unwrap_or_default()]));
    for block in &raw.blocks {
        add(&block.runs);
        if let Kind::Table(table) = &block.kind {
            add(&table.caption);
            table.rows.iter().flatten().for_each(|cell| add(&cell.runs));
        }
    }
    raw.notes.iter().for_each(|note| add(note));
    out.extend(raw.pictures.iter().filter_map(|p| p.alt.as_deref()));
    super::super::han::squeezed(&out)
}
