//! N8: straight and mistaken quotation marks, paired within a paragraph.
//!
//! A quotation over several paragraphs opens each of them and closes only the last: such a paragraph is left as it is.

use super::super::han::{is_han, is_mark};
use super::cells::{At, Role, Unit};
use super::marks::{Beside, beside};
use crate::base::Lang;

pub fn clean(unit: &mut Unit, lang: Lang) {
    if unit.role == Role::Verse && unit.cells.len() > 400 {
        return;
    }
    // A wall divides texts: a caption's marks don't pair with the paragraph's.
    let view = unit.view();
    let mut from = 0;
    for at in 0..=view.len() {
        if at == view.len() || unit.char(view[at]) == '\0' {
            double(unit, &view[from..at], lang);
            single(unit, &view[from..at], lang);
            from = at + 1;
        }
    }
}

fn char(unit: &Unit, view: &[At], at: Option<usize>) -> char {
    at.and_then(|at| view.get(at)).map_or('\0', |cell| unit.char(*cell))
}

/// The marks that open and close in a region (GB/T 15834 §4.8; clreq §Quotation marks).
fn pair(lang: Lang, inner: bool) -> (char, char) {
    let corner = matches!(lang, Lang::ZhHant | Lang::ZhHantHk);
    match (corner, inner) {
        (true, false) => ('「', '」'),
        (true, true) => ('『', '』'),
        (false, false) => ('“', '”'),
        (false, true) => ('‘', '’'),
    }
}

fn double(unit: &mut Unit, view: &[At], lang: Lang) {
    let mut straight_before = 0_usize;
    let mut is_mark = |at: &usize| {
        let found = is_double(unit, view, *at, straight_before % 2 == 1);
        straight_before += usize::from(char(unit, view, Some(*at)) == '"');
        found
    };
    let marks: Vec<usize> = (0..view.len()).filter(|at| is_mark(at)).collect();
    if marks.is_empty() || !marks.len().is_multiple_of(2) || balanced(unit, view, &marks) {
        return;
    }
    let typed = |at: usize| matches!(char(unit, view, Some(at)), '"' | '＂');
    let (straight, curly): (Vec<usize>, Vec<usize>) = marks.iter().partition(|at| typed(**at));
    // Curly marks that are right pair with none of the straight ones.
    let apart = balanced(unit, view, &curly);
    let marks = if apart { straight } else { marks };
    for (span, open) in marks.chunks(2).zip(opened(unit, view, &marks).chunks(2)) {
        let [from, to] = [span[0], span[1]];
        let typed = |at: usize| matches!(char(unit, view, Some(at)), '"' | '＂');
        let mended = if !(typed(from) && typed(to)) {
            plausible(unit, view, from, to).then_some(('“', '”'))
        } else if apart && open[0].curly > 0 {
            // `“他说"走"”`, `“甲"和"乙”`: one is within, the other between.
            None
        } else {
            chinese_pair(unit, view, from, to).then_some(pair(lang, open[0].corner > 0))
        };
        if let Some((open, close)) = mended {
            unit.set(view[from], open, "N8");
            unit.set(view[to], close, "N8");
        }
    }
}

/// How many quotations are open.
#[derive(Clone, Copy, Default)]
struct Open {
    curly: i32,
    corner: i32,
}

/// What is open before each of `marks`.
fn opened(unit: &Unit, view: &[At], marks: &[usize]) -> Vec<Open> {
    let (mut open, mut counted) = (Open::default(), 0);
    let mut before = |mark: &usize| {
        for cell in &view[counted..*mark] {
            match unit.char(*cell) {
                '“' => open.curly += 1,
                '”' => open.curly -= 1,
                '「' => open.corner += 1,
                '」' => open.corner -= 1,
                _ => {}
            }
        }
        counted = *mark;
        open
    };
    marks.iter().map(&mut before).collect()
}

/// A double mark that is no inch sign: `5'10"`, `27"`. `opened`: an odd number of straight ones stand before it.
fn is_double(unit: &Unit, view: &[At], at: usize, opened: bool) -> bool {
    match char(unit, view, Some(at)) {
        '“' | '”' | '＂' => true,
        '"' => {
            let digit = |i: Option<usize>| char(unit, view, i).is_ascii_digit();
            let before = at.checked_sub(1);
            opened || !digit(before)
        }
        _ => false,
    }
}

/// Curly marks that nest properly are left alone, whatever else they do.
fn balanced(unit: &Unit, view: &[At], marks: &[usize]) -> bool {
    let mut depth = 0_i32;
    for at in marks {
        match char(unit, view, Some(*at)) {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => return false,
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Chinese within, or right outside.
fn chinese_pair(unit: &Unit, view: &[At], from: usize, to: usize) -> bool {
    let inside = view[from + 1..to].iter().any(|cell| is_han(unit.char(*cell)));
    let left = beside(unit, view[..from].iter().rev().copied());
    let right = beside(unit, view[to + 1..].iter().copied());
    inside || left == Beside::Chinese || right == Beside::Chinese && left == Beside::Edge
}

/// Whether the second of two marks can close: what follows is the end, a mark, or Han that goes on; the first must not
/// stand where only a closing mark can.
fn plausible(unit: &Unit, view: &[At], from: usize, to: usize) -> bool {
    let ends = |c: char| c == '\0' || is_mark(c) || is_han(c) || matches!(c, '\n' | ' ' | '—' | '…');
    let before_close = char(unit, view, to.checked_sub(1));
    let opens = |c: char| matches!(c, '，' | '：' | '、' | '（' | '《');
    ends(char(unit, view, Some(to + 1))) && !opens(before_close) && to > from + 1
}

/// Straight single marks: apostrophes and feet are no quotation marks.
fn single(unit: &mut Unit, view: &[At], lang: Lang) {
    let is = |at: &usize| {
        let near = |i: Option<usize>| char(unit, view, i).is_ascii_alphanumeric();
        char(unit, view, Some(*at)) == '\''
            && !(near(at.checked_sub(1)) && near(Some(at + 1)))
            && !char(unit, view, at.checked_sub(1)).is_ascii_digit()
    };
    let marks: Vec<usize> = (0..view.len()).filter(is).collect();
    if marks.is_empty() || !marks.len().is_multiple_of(2) {
        return;
    }
    for (span, open) in marks.chunks(2).zip(opened(unit, view, &marks).chunks(2)) {
        let [from, to] = [span[0], span[1]];
        if chinese_pair(unit, view, from, to) {
            let (open, close) =
                pair(lang, open[0].curly + open[0].corner > 0 || !matches!(lang, Lang::ZhHant | Lang::ZhHantHk));
            unit.set(view[from], open, "N8");
            unit.set(view[to], close, "N8");
        }
    }
}
