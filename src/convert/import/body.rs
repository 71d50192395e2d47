//! Where the body of an article begins and ends among the blocks.

use super::super::han;
use super::chrome;
use super::fields;
use super::figures;
use super::info;
use super::raw::{self, Block, Kind, Table, TableCell, Zone};

/// A paragraph of running text.
pub fn is_body(block: &Block) -> bool {
    if let Kind::Table(table) = &block.kind {
        return !is_form(table);
    }
    if block.zone == Zone::Around || !matches!(block.kind, Kind::Para | Kind::Quote) {
        return matches!(block.kind, Kind::Verse | Kind::Code);
    }
    let text = block.text();
    let count = han::count(&text);
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let running = count >= 30 && (han::ends_sentence(&text) || text.contains(['。', '，']))
        || count >= 12 && text.contains('。')
        || count == 0 && text.ends_with(['.', '!', '?']) && text.split_whitespace().count() >= 10;
    running
        && !bracketed
        && !figures::is_caption(&text)
        && fields::fields(&text).is_none()
        && !chrome::is_furniture(&text, true)
}

/// `索引号： … 发文机关： …`: a form that a site puts above its documents.
pub fn is_form(table: &Table) -> bool {
    let labelled = |row: &Vec<TableCell>| {
        row.len().is_multiple_of(2)
            && row.iter().step_by(2).all(|c| han::trim(&raw::text(&c.runs)).ends_with(['：', ':']))
    };
    !table.rows.is_empty() && table.rows.iter().all(labelled)
}

/// The first and the last block of the body; the first is behind the last where there is none.
pub fn bounds(blocks: &[Block]) -> (usize, usize) {
    let mut weights: Vec<usize> = blocks.iter().map(weight).collect();
    if let Some(first) = weights.iter().position(|w| *w > 0).filter(|at| is_headline(blocks, *at)) {
        weights[first] = 0;
    }
    match within(blocks, &weights) {
        Some((first, last)) => (first, last + short_end(&blocks[last + 1..])),
        // Verse and dialogue have no such paragraph: all behind the first lines may be body.
        _ => {
            let is = |b: &Block| b.zone == Zone::Main && !is_note(&b.text()) && !chrome::is_furniture(&b.text(), true);
            let last = blocks.iter().rposition(is).unwrap_or(blocks.len());
            (blocks.len().min(8), last.max(blocks.len().min(8)))
        }
    }
}

/// How much of the article a block may be; a headline in another's list has clauses and no stop.
fn weight(block: &Block) -> usize {
    if !is_body(block) {
        return 0;
    }
    let text = block.text();
    han::count(&text).max(1).div_ceil(if text.contains('。') || !block.is_para() { 1 } else { 4 })
}

/// A long headline, with nothing above it that could be one: it has clauses and no end.
fn is_headline(blocks: &[Block], at: usize) -> bool {
    let text = blocks[at].text();
    let alone = blocks[..at].iter().all(|b| b.zone == Zone::Around || chrome::is_furniture(&b.text(), false));
    blocks[at].is_para() && alone && !han::ends_sentence(&text) && han::count(&text) <= 50 && at + 2 < blocks.len()
}

/// From the first to the last paragraph of the article. A page has sentences in its menus above the line that says where and
/// when, and teasers and comments below what closes the article: they weigh little beside it.
fn within(blocks: &[Block], weights: &[usize]) -> Option<(usize, usize)> {
    let is = |w: &usize| *w > 0;
    let (first, last) = (weights.iter().position(is)?, weights.iter().rposition(is)?);
    let all: usize = weights.iter().sum();
    let foreign: Vec<bool> =
        (0..blocks.len()).map(|at| weights[at] == 0 && chrome::is_others(&blocks[at].text())).collect();
    let mut lists = foreign[first..].iter().filter(|f| **f).count();
    let (mut from, mut before) = (first, 0);
    for at in first..last {
        before += weights[at];
        lists -= usize::from(foreign[at]);
        let light = |part: usize, rest: usize| part * 3 < rest;
        let above = before > 0 && before * 2 < all - before;
        if weights[at] > 0 || !matches!(blocks[at].kind, Kind::Para | Kind::Item { .. } | Kind::Heading(_)) {
            continue;
        }
        if from == first && above && info::is_dated(&blocks[at].text()) {
            from = at + 1 + weights[at + 1..].iter().position(is)?;
        }
        let text = blocks[at].text();
        // `相关链接` above a paragraph is a box of the article's own.
        let boxed = weights[at + 1] > 0 && ["相关", "相關", "延伸", "链接"].iter().any(|w| text.contains(w));
        // Readers may say more than a short article: behind its sign-off stand lists of more than one kind.
        let told = || lists >= 2 && before >= 80 && chrome::is_signed_off(&text);
        if at > from && (light(all - before, before) && !boxed && chrome::closes(&text) || told()) {
            return Some((from, weights[..at].iter().rposition(is)?));
        }
    }
    Some((from, last))
}

/// How many blocks behind the last long paragraph end with a short sentence (`人走得多的地方不长苔。`), if no furniture is
/// between.
fn short_end(behind: &[Block]) -> usize {
    let mut end = 0;
    for (at, block) in behind.iter().enumerate().take(8) {
        let text = block.text();
        let plain = block.zone == Zone::Main && matches!(block.kind, Kind::Para | Kind::Heading(_));
        if !plain || !is_number(&text) && (is_note(&text) || chrome::is_furniture(&text, true)) {
            break;
        }
        if block.is_para() && text.ends_with(['。', '！', '？', '”', '」', '…']) && han::count(&text) >= 2 {
            end = at + 1;
        }
    }
    end
}

/// A note, a caption, a byline or a label: what stands behind a body.
fn is_note(text: &str) -> bool {
    text.starts_with(['（', '(', '【', '[', '*', '※', '注'])
        || figures::is_caption(text)
        || fields::fields(text).is_some()
        || super::names::is_byline(text)
        || super::tail::is_printed(text)
}

/// `03`: the number of a section.
fn is_number(text: &str) -> bool {
    text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())
}
