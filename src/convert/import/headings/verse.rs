//! Poems: their titles between stanzas, and the lines that keep their ends.

use super::super::super::han::{self, is_han};
use super::super::raw::{Block, Kind};
use super::super::{Work, dates, figures, names};
use super::candidate::is_bold;
use super::style::{Style, style};

/// `云岭夜钟（外一首）`, `澜江渡（组诗）`: the poems have their titles alone between stanzas. So many there must be, or the
/// first is right at the start.
pub fn poems(work: &mut Work) {
    let title = work.front.title.clone().unwrap_or_default();
    let series = ["（组诗）", "（組詩）", "（组章）"].iter().any(|e| title.ends_with(e));
    let lone = |at: &usize| {
        let b = &work.blocks[*at];
        let text = b.text();
        let next = work.blocks.get(at + 1).is_some_and(|n| n.gap && n.is_para());
        let apart = (*at == 0 || b.gap) && next && b.is_para();
        apart && han::count(&text) <= 12 && !text.contains(|c: char| c.is_ascii_digit()) && !han::ends_sentence(&text)
    };
    let found: Vec<usize> = (0..work.blocks.len()).filter(lone).collect();
    let first = found.first() == Some(&0);
    let fits = match others(&title) {
        Some(more) => found.len() == more + usize::from(first),
        None => series && first && found.len() >= 2,
    };
    for at in found.into_iter().filter(|_| fits) {
        let block = &mut work.blocks[at];
        block.kind = Kind::Heading(1);
        // Letters set apart are one word.
        let text = block.text();
        if text.split(han::is_blank).all(|p| p.chars().count() <= 1) {
            block.runs.iter_mut().for_each(|run| run.text = han::squeezed(&run.text).into());
        }
    }
}

/// How many poems follow the first: `（外二首）`, `（三首）`.
fn others(title: &str) -> Option<usize> {
    let inner = title.strip_suffix(['）', ')'])?.rsplit(['（', '(']).next()?;
    let (inner, first) = inner.strip_prefix('外').map_or((inner, 1), |rest| (rest, 0));
    let number = inner.strip_suffix('首').or(inner.strip_suffix('章'))?;
    let n = "一二三四五六七八九".chars().position(|c| number.chars().eq([c]))?;
    Some(n + 1 - first)
}

/// Three short lines or more without an end mark, or two of classical verse: they keep their ends.
pub fn verse(work: &mut Work) {
    let mut at = 0;
    while at < work.blocks.len() {
        let (to, stanza) = (run(&work.blocks, at), stanza(&work.blocks, at));
        if stanza > at && stanza >= to {
            work.blocks[at..stanza].iter_mut().for_each(|b| b.kind = Kind::Verse);
            at = stanza;
            continue;
        }
        let lines = &work.blocks[at..to];
        // A line that stands twice is a caption and its copy.
        let couplet = || lines.iter().all(|b| is_metrical(&b.text())) && lines[0].text() != lines[1].text();
        if lines.len() >= 3 || lines.len() == 2 && couplet() {
            let gaps = (at..to).filter(|i| *i > at && work.blocks[*i].gap).count();
            // Lines that blank lines part are paragraphs, unless all are.
            if gaps == 0 || gaps + 1 < to - at {
                work.blocks[at..to].iter_mut().for_each(|b| b.kind = Kind::Verse);
            }
        }
        at = to.max(at + 1);
    }
}

/// Where a stanza ends that blank lines set apart: short lines that run on, with an end mark here and there. A line with the
/// day and the place may stand below the last.
fn stanza(blocks: &[Block], from: usize) -> usize {
    if from > 0 && !blocks[from].gap {
        return from;
    }
    let end = (from + 1..blocks.len()).find(|at| blocks[*at].gap).unwrap_or(blocks.len());
    let to = (from..end).find(|at| !is_line(&blocks[*at])).unwrap_or(end);
    let open = blocks[from..to].iter().filter(|b| runs_on(&b.text())).count();
    // The title of the next poem may stand between.
    let before = blocks[..from].iter().rfind(|b| !matches!(b.kind, Kind::Heading(_)));
    let least = if before.is_some_and(|b| b.kind == Kind::Verse) { 2 } else { 3 };
    if to - from >= least && end - to <= 1 && open * 2 >= to - from { to } else { from }
}

fn runs_on(text: &str) -> bool {
    !text.ends_with(['。', '！', '？', '”', '：', '」', '!', '?'])
}

fn run(blocks: &[Block], from: usize) -> usize {
    let is = |b: &Block| is_line(b) && (runs_on(&b.text()) || is_metrical(&b.text()));
    (from..blocks.len()).find(|i| !is(&blocks[*i])).unwrap_or(blocks.len())
}

/// A short line that is neither label, date, caption nor heading.
fn is_line(b: &Block) -> bool {
    let text = b.text();
    let short = b.is_para() && text.chars().count() <= 18 && han::count(&text) >= 2;
    let year = text.bytes().take(4).all(|b| b.is_ascii_digit()) && text.chars().nth(4) == Some('年');
    let labelled = year || text.contains(['：', ':']) || dates::whole(&text).is_some() || names::is_byline(&text);
    short && !labelled && !figures::is_caption(&text) && style(&text) == Style::Bare && !is_bold(b)
}

/// Clauses of five or seven characters: `床前明月光，疑是地上霜。`
fn is_metrical(text: &str) -> bool {
    let mut clauses = text.split(|c: char| !is_han(c)).filter(|c| !c.is_empty()).map(|c| c.chars().count());
    let length = clauses.next().unwrap_or_default();
    matches!(length, 4 | 5 | 7) && clauses.all(|c| c == length) && text.ends_with(['，', '。', '；', '？', '！'])
}
