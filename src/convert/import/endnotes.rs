//! T2 for texts without links: notes below an article whose signs stand in it once each.
//!
//! In: blocks behind head and tail. Out: marks of notes where the signs stood, and the notes. Signs that don't all stand in the
//! text are a list's.

use super::super::han;
use super::raw::{Block, Kind, Run, Runs};
use super::{Work, headings};
use crate::base::words;

/// `注释：` and below it `①……`, `②……`, or those lines alone at the end.
pub fn take(work: &mut Work) {
    if !work.notes.is_empty() {
        return;
    }
    let Some((from, signs)) = entries(&work.blocks) else { return };
    let Some(places) = signs.iter().map(|sign| place(&work.blocks[..from], sign)).collect::<Option<Vec<_>>>() else {
        return;
    };
    if !places.is_sorted() {
        return;
    }
    for (block, sign) in (from..).zip(&signs) {
        let entry = &mut work.blocks[block];
        headings::strip(entry, sign.len());
        if let Some(first) = entry.runs.first_mut() {
            first.text = first.text.trim_start_matches(han::is_blank).into();
        }
        work.log.dropped("T8", entry.line, sign.clone(), words("注号", "the sign of a note"));
        work.notes.push(entry.runs.to_vec());
    }
    // From behind: what is cut moves all that follows.
    for (note, ((block, run, at), sign)) in places.iter().zip(&signs).enumerate().rev() {
        let block = &mut work.blocks[*block];
        mark(&mut block.runs, (*run, *at..at + sign.len()), note);
        work.log.dropped("T8", block.line, sign.clone(), words("注号", "the sign of a note"));
    }
    let label = from.checked_sub(1).filter(|at| is_label(&work.blocks[*at])).unwrap_or(from);
    let gone: Vec<Block> = work.blocks.drain(label..from + signs.len()).collect();
    if label < from {
        work.log.dropped("T8", gone[0].line, gone[0].text(), words("注释的标题", "the heading of notes"));
    }
}

fn is_label(block: &Block) -> bool {
    let name = han::squeezed(&block.text());
    let name = name.trim_matches(['：', ':', '【', '】', '[', ']']);
    matches!(name, "注释" | "注" | "註釋" | "注釋" | "附注" | "附註" | "尾注" | "脚注")
        && matches!(block.kind, Kind::Para | Kind::Heading(_))
}

/// The first of the entries that count from one, below a label or behind everything else, and their signs.
fn entries(blocks: &[Block]) -> Option<(usize, Vec<String>)> {
    let firsts = ["①", "[1]", "［1］", "〔1〕", "【1】"];
    (1..blocks.len()).rev().find_map(|at| {
        let first = firsts.into_iter().find(|f| blocks[at].is_para() && blocks[at].text().starts_with(f))?;
        let wanted = (1..=50).map(|n| sign(first, n));
        let signs: Vec<String> = wanted
            .zip(&blocks[at..])
            .take_while(|(s, b)| b.is_para() && b.text().starts_with(s))
            .map(|p| p.0)
            .collect();
        // A list of books has brackets too.
        let last = at + signs.len() == blocks.len() && first == "①";
        (is_label(&blocks[at - 1]) || last).then_some((at, signs))
    })
}

/// The sign of a number as the first one is written.
fn sign(first: &str, number: u32) -> String {
    let ring = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        _ => 0x32B1 + number - 36,
    };
    match first {
        "①" => char::from_u32(ring).into_iter().collect(),
        _ => first.replace('1', &number.to_string()),
    }
}

/// Block, run and byte of a sign that stands once.
fn place(blocks: &[Block], sign: &str) -> Option<(usize, usize, usize)> {
    let runs =
        blocks.iter().enumerate().flat_map(|(b, block)| block.runs.iter().enumerate().map(move |(r, run)| (b, r, run)));
    let mut found = runs.flat_map(|(b, r, run)| run.text.match_indices(sign).map(move |(at, _)| (b, r, at)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The mark of a note where its sign stood.
fn mark(runs: &mut Runs, (at, sign): (usize, std::ops::Range<usize>), note: usize) {
    let run = &runs[at];
    let before = run.part(&run.text[..sign.start], true);
    let after = run.part(&run.text[sign.end..], false);
    runs[at] = before;
    runs.insert_many(at + 1, [Run::mark(note), after]);
}
