//! Lines with a mark before each: the items of a list.

use super::super::super::han;
use super::super::Work;
use super::super::raw::{Block, Kind};
use crate::base::words;

/// `1. 甲`, `2. 乙`: two or more numbered lines in sequence are a list.
pub fn lists(work: &mut Work) {
    let number = |b: &Block| -> Option<(u64, usize)> {
        let text = b.text();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let sign = text[digits..].chars().next().filter(|c| matches!(c, '.' | ')' | '、' | '．'))?;
        let rest = &text[digits + sign.len_utf8()..];
        let fits = b.is_para() && (1..=2).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit());
        fits.then_some((text[..digits].parse().ok()?, digits + sign.len_utf8()))
    };
    let bullet = |b: &Block| {
        let text = b.text();
        let sign = text
            .chars()
            .next()
            .filter(|c| matches!(c, '•' | '●' | '▪' | '■' | '◆' | '◇' | '○' | '·' | '-' | '*' | '◦' | '►'))?;
        let rest = text[sign.len_utf8()..].trim_start();
        (b.is_para() && !rest.is_empty() && !rest.starts_with(sign)).then_some(text.len() - rest.len())
    };
    let numbers: Vec<Option<(u64, usize)>> = work.blocks.iter().map(number).collect();
    let bullets: Vec<Option<usize>> = work.blocks.iter().map(bullet).collect();
    for at in 0..numbers.len() {
        let near = |step: i64| {
            at.checked_add_signed(step as isize).and_then(|i| numbers.get(i)).and_then(|n| n.map(|n| n.0 as i64))
        };
        let (item, cut) = match (numbers[at], bullets[at]) {
            (Some((n, cut)), _) if near(1) == Some(n as i64 + 1) || near(-1) == Some(n as i64 - 1) => (Some(n), cut),
            (_, Some(cut))
                if at > 0 && bullets[at - 1].is_some() || bullets.get(at + 1).is_some_and(Option::is_some) =>
            {
                (None, bullets[at].unwrap_or(cut))
            }
            _ => continue,
        };
        let block = &mut work.blocks[at];
        let gone = strip(block, cut);
        block.kind = Kind::Item { number: item, depth: 0 };
        work.log.moved("T2", block.line, gone, words("列表的序号", "the mark of a list item"));
    }
}

/// Takes `bytes` off the start of a block's text.
pub fn strip(block: &mut Block, bytes: usize) -> String {
    let mut left = bytes;
    let mut gone = String::new();
    for run in &mut block.runs {
        let lead = run.text.len() - run.text.trim_start_matches(han::is_blank).len();
        let from = if gone.is_empty() { lead } else { 0 };
        let cut = left.min(run.text.len() - from);
        gone.push_str(&run.text[from..from + cut]);
        run.text.replace_range(..from + cut, "");
        left -= cut;
        if left == 0 {
            break;
        }
    }
    gone.chars().filter(|c| !han::is_blank(*c)).collect()
}
