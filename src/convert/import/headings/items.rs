//! Lines with a mark before each: the items of a list.

use super::super::super::han;
use super::super::Work;
use super::super::raw::{Block, Kind};
use crate::base::words;

/// The mark before a line, and the bytes it takes.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Number(u32, usize),
    Bullet(usize),
}

/// `1. 甲`, `2. 乙`: two or more numbered lines in sequence are a list.
pub fn lists(work: &mut Work) {
    let (mut before, mut here) = (None, work.blocks.first().and_then(mark));
    for at in 0..work.blocks.len() {
        let next = work.blocks.get(at + 1).and_then(mark);
        let numbered = |other: Option<Mark>, wanted: u32| matches!(other, Some(Mark::Number(n, _)) if n == wanted);
        let bulleted = |other| matches!(other, Some(Mark::Bullet(_)));
        let item = match here {
            Some(Mark::Number(n, cut)) if numbered(next, n + 1) || n > 0 && numbered(before, n - 1) => {
                Some((Some(n), cut))
            }
            Some(Mark::Bullet(cut)) if bulleted(before) || bulleted(next) => Some((None, cut)),
            _ => None,
        };
        if let Some((number, cut)) = item {
            let block = &mut work.blocks[at];
            let gone = strip(block, cut);
            block.kind = Kind::Item { number, depth: 0 };
            work.log.moved("T2", block.line, gone, words("列表的序号", "the mark of a list item"));
        }
        (before, here) = (here, next);
    }
}

fn mark(block: &Block) -> Option<Mark> {
    let text = block.text();
    if !block.is_para() {
        return None;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text[digits..].chars().next()?;
    let rest = &text[digits + sign.len_utf8()..];
    if matches!(sign, '.' | ')' | '、' | '．') && (1..=2).contains(&digits) {
        let number = text[..digits].parse().ok().filter(|_| !rest.starts_with(|c: char| c.is_ascii_digit()));
        return number.map(|n| Mark::Number(n, digits + sign.len_utf8()));
    }
    let rest = rest.trim_start();
    let bullet = digits == 0
        && matches!(sign, '•' | '●' | '▪' | '■' | '◆' | '◇' | '○' | '·' | '-' | '*' | '◦' | '►')
        && !rest.is_empty()
        && !rest.starts_with(sign);
    bullet.then_some(Mark::Bullet(text.len() - rest.len()))
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
        run.text = run.text[from + cut..].into();
        left -= cut;
        if left == 0 {
            break;
        }
    }
    gone.chars().filter(|c| !han::is_blank(*c)).collect()
}
