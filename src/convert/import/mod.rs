//! Import: raw material into an article that builds.
//!
//! In: the bytes of a manuscript. Out: Markdown, what the manuscript says of its issue, pictures, and a log. Steps T1–T13
//! in order, each a pure function over [`raw`]'s blocks. A Han character is never changed without `--repair`; what is
//! dropped is in the log with its rule, what is doubtful too.

pub mod body;
mod chrome;
mod crumbs;
mod dateline;
pub mod dates;
pub mod decode;
mod docx;
mod endnotes;
mod fields;
mod figures;
mod head;
mod headings;
mod html;
mod info;
pub mod kind;
mod letter;
mod lists;
pub mod log;
mod names;
mod opening;
pub mod raw;
mod serialise;
mod table;
mod tail;
#[cfg(test)]
mod tests;
mod titles;
pub mod txt;

use super::clean;
use super::repair::{self, Repair};
use crate::base::{Lang, Words, words};
use ecow::EcoString;
use log::Log;
use raw::{Block, Facts, Front, Kind, Picture, Raw, Run};

/// A manuscript between reading and writing: steps take from the blocks and give to the front matter.
#[derive(Clone, Debug, Default)]
pub struct Work {
    pub blocks: Vec<Block>,
    pub front: Front,
    pub facts: Facts,
    pub notes: Vec<Vec<Run>>,
    pub pictures: Vec<Picture>,
    pub log: Log,
    named: Option<String>,
    dated: Option<String>,
    /// The numbers that authors bear of the offices below them.
    marks: Vec<(String, Vec<usize>)>,
    /// Furniture was found before the title.
    clutter: bool,
    /// So much of it that the page has its menu above the title.
    menu: bool,
    /// The subject of a mail and its line.
    subject: Option<(String, u32)>,
}

/// What comes of a manuscript.
#[derive(Clone, Debug, Default)]
pub struct Article {
    pub markdown: String,
    pub facts: Facts,
    pub pictures: Vec<Picture>,
    pub log: Log,
    pub lang: Lang,
}

/// T3–T11: what is furniture, title, note, heading, figure.
pub fn understand(raw: Raw, log: Log) -> Work {
    let Raw { blocks, notes, pictures, named, dated } = raw;
    let mut work = Work { blocks, notes, pictures, named, dated, log, ..Work::default() };
    let before = work.blocks.len();
    letter::take(&mut work);
    chrome::furniture(&mut work);
    crumbs::take(&mut work);
    work.clutter = work.blocks.len() < before && !work.facts.is_empty();
    head::take(&mut work);
    info::precise(&mut work);
    tail::take(&mut work);
    endnotes::take(&mut work);
    chrome::around(&mut work);
    figures::placeholders(&mut work);
    headings::divisions(&mut work);
    headings::numbers(&mut work);
    headings::lists(&mut work);
    headings::poems(&mut work);
    headings::verse(&mut work);
    headings::mark(&mut work);
    figures::make(&mut work);
    table::name(&mut work);
    figures::number(&mut work);
    while work.blocks.pop_if(|b| b.kind == Kind::Rule).is_some() {}
    let rules = work.blocks.iter().take_while(|b| b.kind == Kind::Rule).count();
    work.blocks.drain(..rules);
    work
}

/// T12 and what writes the article. `photo` names each picture's file and says whether it is there.
pub fn finish(mut work: Work, lang: Option<Lang>, repair: Repair, photo: &dyn Fn(usize) -> (String, bool)) -> Article {
    unseen(&mut work);
    let mut written = serialise::markdown(&work, photo);
    work.blocks = vec![];
    let text = decode::tidy(std::mem::take(&mut written.text).into(), &mut work.log);
    let lang = lang.unwrap_or_else(|| super::script::guess(&text));
    let origin = |line| written.line(line);
    let markdown = clean_into(&text, lang, &mut work.log, &origin);
    let markdown = repaired(markdown, lang, repair, (&mut work, &origin));
    Article { markdown, facts: work.facts, pictures: work.pictures, log: work.log, lang }
}

/// Characters that nobody sees go before markup is escaped: `<`, a zero-width blank and `b>` are no tag until it is gone.
fn unseen(work: &mut Work) {
    let is = |c: char| super::han::is_invisible(c) || c.is_control() && !matches!(c, '\n' | '\t');
    let Work { blocks, notes, pictures, log, .. } = work;
    let note = || words("去掉看不见的字符", "invisible characters");
    let mut clear = |text: &str, line: u32| -> Option<String> {
        for gone in text.chars().filter(|c| is(*c)) {
            log.repeated("N12", line, (gone.to_string(), String::new()), note);
        }
        text.contains(is).then(|| text.replace(is, ""))
    };
    let mut words = |runs: &mut [Run], line: u32| {
        for run in runs {
            run.text = clear(&run.text, line).map_or_else(|| std::mem::take(&mut run.text), EcoString::from);
        }
    };
    for block in blocks {
        words(&mut block.runs, block.line);
        if let Kind::Table(table) = &mut block.kind {
            words(&mut table.caption, block.line);
            table.rows.iter_mut().flatten().for_each(|cell| words(&mut cell.runs, block.line));
        }
    }
    notes.iter_mut().for_each(|note| words(note, 0));
    for alt in pictures.iter_mut().filter_map(|p| p.alt.as_mut()) {
        *alt = clear(alt, 0).unwrap_or_else(|| std::mem::take(alt));
    }
}

/// The line of a manuscript that a line of the article came from.
type Origin<'a> = &'a dyn Fn(u32) -> u32;

/// T13: reported, or written where that is asked for. People of the article are left alone.
fn repaired(text: String, lang: Lang, how: Repair, (work, origin): (&mut Work, Origin)) -> String {
    if how == Repair::Off || !lang.is_traditional() {
        return text;
    }
    let author = work.front.author.iter().flat_map(|a| names::split(a));
    let people: Vec<String> = author.chain(work.front.credits.iter().flat_map(|(_, names)| names.clone())).collect();
    let found = repair::find(&text, lang, &people);
    if !found.is_mechanical() {
        return text;
    }
    work.log.doubt("T13", 0, found.told(&text, how, origin));
    for slip in &found.slips {
        let line = origin(line_of(&text, slip.range.start));
        let old = text[slip.range.clone()].to_string();
        if how == Repair::Apply {
            work.log.changed("T13", line, (old, slip.with.to_string()), words("改正", "mended"));
        }
    }
    if how == Repair::Apply { repair::apply(&text, &found.slips) } else { text }
}

/// T12, each change in the log.
fn clean_into(text: &str, lang: Lang, log: &mut Log, origin: Origin) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut line, mut counted) = (0, 1, 0);
    clean::each(text, lang, &mut |edit| {
        line += text[counted..edit.range.start].matches('\n').count() as u32;
        counted = edit.range.start;
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
        let (_, zh, en) = clean::RULES.iter().find(|(name, ..)| *name == edit.rule).copied().unwrap_or_default();
        let change = (text[edit.range].to_string(), edit.with);
        log.repeated(edit.rule, origin(line), change, || words(zh, en));
    });
    out + &text[at..]
}

fn line_of(text: &str, at: usize) -> u32 {
    text[..at].matches('\n').count() as u32 + 1
}

impl Facts {
    pub fn is_empty(&self) -> bool {
        *self == Facts::default()
    }
}

/// Plain text into an article in the making.
pub fn text(bytes: &[u8]) -> Work {
    let mut log = Log::default();
    let decoded = decode::decode(bytes, None, &mut log);
    let raw = txt::read(&decoded, &mut log);
    drop(decoded);
    understand(raw, log)
}

/// A web page into an article in the making.
pub fn html(bytes: &[u8]) -> Result<Work, Words> {
    let mut log = Log::default();
    let decoded = decode::decode(bytes, decode::charset(bytes), &mut log);
    let page = html::parse(&decoded)?;
    drop(decoded);
    let raw = html::read_page(&page);
    drop(page);
    Ok(understand(raw, log))
}

/// A Word manuscript into an article in the making; an error says what is wrong with the file.
pub fn docx(bytes: &[u8]) -> Result<Work, Words> {
    let mut log = Log::default();
    let raw = docx::read(bytes, &mut log)?;
    Ok(understand(raw, log))
}

/// A Markdown manuscript is an article already: it is decoded and cleaned.
pub fn markdown(bytes: &[u8], lang: Option<Lang>) -> Article {
    let mut log = Log::default();
    let text = decode::decode(bytes, None, &mut log);
    let lang = lang.unwrap_or_else(|| super::script::guess(&text));
    let markdown = clean_into(&text, lang, &mut log, &|line| line);
    Article { markdown, log, lang, ..Article::default() }
}
