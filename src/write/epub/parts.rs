//! Articles cut into documents that every reading system can open: 256 KB at most (《台灣 EPUB 3 製作指引》).
//!
//! In: an article. Out: its [`Part`]s. A part ends between two blocks; a note stands in the part that first refers to it, for
//! readers that show it in a popup look in the same document.

use super::plan::file_name;
use crate::base::BlockId;
use crate::doc::{Article, Block, BlockKind, Inline};
use std::collections::BTreeSet;
use std::ops::Range;

/// One document of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub file: String,
    /// Of the article's blocks.
    pub blocks: Range<usize>,
    /// Of the article's notes, in order.
    pub notes: Vec<usize>,
}

/// In bytes, by the estimate of [`weight`], which errs on the heavy side.
const MOST: usize = 240_000;

/// The parts of the article at `number` (from 1): one, unless it is very long.
pub fn parts(number: usize, article: &Article) -> Vec<Part> {
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut first = |note: usize| note < article.notes.len() && seen.insert(note);
    let part = |start| Part { file: String::new(), blocks: start..start, notes: vec![] };
    let mut all = vec![part(0)];
    all[0].notes.extend(article.title_notes.iter().copied().filter(|n| first(*n)));
    let mut size = 0;
    for (i, block) in article.blocks.iter().enumerate() {
        let notes: Vec<usize> = referred(block).into_iter().filter(|n| first(*n)).collect();
        let more = weight(block) + notes.iter().map(|n| note_weight(article, *n)).sum::<usize>();
        if size > 0 && size + more > MOST {
            all.push(part(i));
            size = 0;
        }
        size += more;
        let part = all.last_mut().expect("there is one");
        part.blocks.end = i + 1;
        part.notes.extend(notes);
    }
    let rest: Vec<usize> = (0..article.notes.len()).filter(|n| first(*n)).collect();
    all.last_mut().expect("there is one").notes.extend(rest);
    all.iter_mut().for_each(|part| part.notes.sort_unstable());
    let stem = file_name(number, &article.id);
    for (n, part) in (1..).zip(&mut all) {
        part.file = if n == 1 { format!("{stem}.xhtml") } else { format!("{stem}-{n}.xhtml") };
    }
    all
}

/// Which of its parts holds a block of an article, be it of a note.
pub fn part_of(parts: &[Part], article: &Article, id: BlockId) -> usize {
    let is_in = |block: &Block| {
        let mut found = false;
        block.walk(&mut |b| found |= b.id == id);
        found
    };
    let begins = |part: &Part| article.blocks.get(part.blocks.start).is_some_and(|b| b.id <= id);
    if parts.len() == 1 {
        return 0;
    }
    let note = article.notes.iter().position(|note| note.blocks.iter().any(is_in));
    match note {
        Some(note) => parts.iter().position(|part| part.notes.contains(&note)),
        None => parts.iter().rposition(begins),
    }
    .unwrap_or(0)
}

/// The notes that a block refers to, in order.
fn referred(block: &Block) -> Vec<usize> {
    let mut found = vec![];
    inlines(block, &mut |inline| {
        if let Inline::Note { note, .. } = inline {
            found.push(*note);
        }
    });
    found
}

fn note_weight(article: &Article, note: usize) -> usize {
    300 + article.notes[note].blocks.iter().map(weight).sum::<usize>()
}

/// About how many bytes a block takes as XHTML.
fn weight(block: &Block) -> usize {
    let mut bytes = 0;
    block.walk(&mut |block| {
        bytes += 40
            + match &block.kind {
                BlockKind::Code { lines } => lines.iter().map(|l| l.len() * 2).sum(),
                BlockKind::Table(table) => table.cells().count() * 40,
                BlockKind::Figures { figures, .. } => {
                    figures.iter().map(|f| 300 + f.alt.as_deref().map_or(0, str::len)).sum()
                }
                _ => 0,
            };
    });
    inlines(block, &mut |inline| {
        bytes += match inline {
            Inline::Text { text, link, .. } => 60 + text.len() + link.as_deref().map_or(0, |l| l.len() * 3),
            Inline::Ruby { pairs, .. } => pairs.iter().map(|p| 60 + p.base.len() + p.reading.len()).sum(),
            Inline::Note { .. } => 120,
            Inline::Break { .. } | Inline::PageRef { .. } | Inline::PageMark { .. } => 120,
        };
    });
    bytes
}

fn inlines<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Inline)) {
    block.walk(&mut |block| block.texts().into_iter().flatten().for_each(&mut *visit));
}
