//! What stands alone between two parts of an article: a number, or signs without a name.

use super::super::super::han;
use super::super::raw::{Block, Kind, Run, Runs};
use super::super::{Work, body};
use super::candidate::is_bold;
use crate::base::words;

/// `01` above `绳子`, both set apart, and a `一` alone between paragraphs: numbers of sections.
pub fn numbers(work: &mut Work) {
    let apart = |b: &Block| b.is_para() && (is_bold(b) || b.centred);
    let short = |b: &Block| {
        b.is_para()
            && number_of(b).is_none()
            && (1..=20).contains(&han::count(&b.text()))
            && !han::ends_sentence(&b.text())
    };
    let counted = counted(&work.blocks);
    let prose = |b: Option<&Block>| b.is_some_and(|b| body::is_body(b) || han::ends_sentence(&b.text()));
    let blocks = &mut work.blocks;
    let is_head = |at: usize| {
        let next = blocks.get(at + 1).filter(|next| number_of(&blocks[at]).is_some() && short(next));
        next.is_some_and(|next| apart(&blocks[at]) && apart(next) || counted[at] && prose(blocks.get(at + 2)))
    };
    let heads: Vec<bool> = (0..blocks.len()).map(is_head).collect();
    for at in 0..blocks.len() {
        if heads[at] {
            let (line, runs) = (blocks[at].line, std::mem::take(&mut blocks[at].runs));
            let heading = &mut blocks[at + 1];
            heading.line = line;
            heading.runs.insert_many(0, runs.into_iter().chain([Run::plain("\u{3000}")]));
            heading.kind = Kind::Heading(1);
        } else if counted[at] {
            blocks[at].kind = Kind::Heading(1);
        }
    }
    let mut heads = heads.into_iter();
    blocks.retain(|_| heads.next() != Some(true));
}

/// What a block counts that holds a number alone: `01`, `二`, `Part 3`.
fn number_of(block: &Block) -> Option<usize> {
    let text = block.text().to_ascii_lowercase();
    let bare = text.trim_start_matches("part").trim_start_matches(['.', ' ']).trim_end_matches(['.', '、']);
    let bare = bare.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let han = |digits: &str| {
        let mut chars = bare.chars();
        let first = chars.next()?;
        chars.next().is_none().then(|| digits.chars().position(|d| d == first)).flatten().map(|n| n + 1)
    };
    let plain = block.is_para() && (1..=2).contains(&bare.chars().count());
    let number = || bare.parse().ok().or(han("一二三四五六七八九十")).or(han("壹贰叁肆伍陆柒捌玖拾"));
    plain.then(number).flatten()
}

/// Numbers alone that count 1, 2, 3 … through the article.
fn counted(blocks: &[Block]) -> Vec<bool> {
    let mut out = vec![false; blocks.len()];
    let mut next = 1;
    for (at, block) in blocks.iter().enumerate() {
        if number_of(block) == Some(next) && blocks.get(at + 1).is_some_and(|b| number_of(b).is_none()) {
            out[at] = true;
            next += 1;
        }
    }
    if next > 2 { out } else { vec![false; blocks.len()] }
}

/// `●`, `＊＊＊` alone between paragraphs: a division without a name.
pub fn divisions(work: &mut Work) {
    let is = |b: &Block| {
        let text = han::squeezed(&b.text());
        b.is_para()
            && (1..=9).contains(&text.chars().count())
            && text.chars().all(|c| "●○◆◇■□★☆◎※＊*~～—-_＿=".contains(c))
    };
    let count = work.blocks.len();
    for at in (1..count.saturating_sub(1)).filter(|at| is(&work.blocks[*at])).collect::<Vec<_>>() {
        let block = &mut work.blocks[at];
        work.log.dropped("T8", block.line, han::squeezed(&block.text()), words("分段的符号", "the sign of a division"));
        (block.kind, block.runs) = (Kind::Rule, Runs::new());
    }
}
