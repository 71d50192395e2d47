//! N1–N5: half-width marks in Chinese context.

use super::super::han::{is_han, is_mark, is_shared_mark};
use super::cells::{At, Unit};

pub fn clean(unit: &mut Unit) {
    let view = unit.view();
    // From both ends: a run of marks is decided by what stands before it, or by what stands behind it.
    for at in (0..view.len()).chain((0..view.len()).rev()) {
        mark(unit, &view, at);
    }
    brackets(unit, &view);
    if is_reference(unit, &view) {
        return;
    }
    for at in 0..view.len() {
        stop(unit, &view, at);
    }
}

/// `[1] 林远.浙西盐道考[M].` (GB/T 7714 §8): its full stops part the elements.
fn is_reference(unit: &Unit, view: &[At]) -> bool {
    let text: String = view.iter().take(2000).map(|cell| unit.char(*cell)).collect();
    let digits = text.strip_prefix('[').map(|t| t.trim_start_matches(|c: char| c.is_ascii_digit()));
    let kinds =
        ["[M]", "[J]", "[N]", "[D]", "[C]", "[R]", "[S]", "[Z]", "[G]", "[A]", "[EB/OL]", "[N/OL]", "[J/OL]", "[M/OL]"];
    digits.is_some_and(|rest| rest.starts_with(']')) && kinds.iter().any(|k| text.contains(k))
}

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    Chinese,
    Digit,
    Latin,
    Edge,
}

/// The nearest that tells, through blanks and the marks that both scripts share.
pub fn beside(unit: &Unit, cells: impl Iterator<Item = At>) -> Beside {
    for cell in cells.take(400) {
        match unit.char(cell) {
            c if is_han(c) || is_mark(c) => return Beside::Chinese,
            c if c.is_ascii_digit() => return Beside::Digit,
            ' ' | '\n' | '\u{a0}' | '"' | '\'' => {}
            c if is_shared_mark(c) => {}
            '\0' => return Beside::Edge,
            _ => return Beside::Latin,
        }
    }
    Beside::Edge
}

fn sides(unit: &Unit, view: &[At], at: usize) -> (Beside, Beside) {
    (beside(unit, view[..at].iter().rev().copied()), beside(unit, view[at + 1..].iter().copied()))
}

fn mark(unit: &mut Unit, view: &[At], at: usize) {
    let (full, rule) = match unit.char(view[at]) {
        ',' => ('，', "N1"),
        ':' => ('：', "N2"),
        ';' => ('；', "N3"),
        '!' => ('！', "N3"),
        '?' => ('？', "N3"),
        _ => return,
    };
    let next = |n: usize| view.get(at + n).map_or('\0', |cell| unit.char(*cell));
    let before = at.checked_sub(1).map_or('\0', |i| unit.char(view[i]));
    // `::`, `:)`, `!=` are signs of their own.
    let sign = matches!((full, next(1)), ('：', ':' | '/' | '\\' | ')' | '(' | '-') | ('！', '=' | '['))
        || full == '：' && before == ':';
    let numeric = before.is_ascii_digit() && next(1).is_ascii_digit();
    let (left, right) = sides(unit, view, at);
    if !sign && !numeric && (left == Beside::Chinese || right == Beside::Chinese && left != Beside::Edge) {
        unit.set(view[at], full, rule);
    }
}

/// N4: pairs of any width whose inside or outside is Chinese; `f(x)` is left alone.
fn brackets(unit: &mut Unit, view: &[At]) {
    let mut open: Vec<usize> = vec![];
    for at in 0..view.len() {
        match unit.char(view[at]) {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                if let Some(from) = open.pop().filter(|from| wants_full(unit, view, *from, at)) {
                    unit.set(view[from], '（', "N4");
                    unit.set(view[at], '）', "N4");
                }
            }
            '\0' => open.clear(),
            _ => {}
        }
    }
}

fn wants_full(unit: &Unit, view: &[At], from: usize, to: usize) -> bool {
    let inside = view[from + 1..to].iter().any(|cell| is_han(unit.char(*cell)));
    let before = from.checked_sub(1).map_or('\0', |i| unit.char(view[i]));
    let function = before.is_ascii_alphabetic();
    let (left, right) = (sides(unit, view, from).0, sides(unit, view, to).1);
    inside
        || !function && to > from + 1 && (left == Beside::Chinese || right == Beside::Chinese && left == Beside::Edge)
}

/// N5: a full stop behind Han and before Han, a closing mark or the end. `一.` at a start is a number.
fn stop(unit: &mut Unit, view: &[At], at: usize) {
    if !matches!(unit.char(view[at]), '.' | '．') {
        return;
    }
    let char = |i: usize| view.get(i).map_or('\0', |cell| unit.char(*cell));
    let before = at.checked_sub(1).map_or('\0', char);
    let after = char(at + 1);
    let behind = is_han(before) || matches!(before, '”' | '’' | '）' | '》' | '」' | '』' | '】' | '%' | '％');
    let digits = matches!(before, '%' | '％') && !matches!(after, '\0' | '\n');
    let ahead =
        is_han(after) || matches!(after, '\0' | '\n' | '”' | '’' | '）' | '」' | '』' | '"' | '“' | '《' | '「');
    let spaced = after == ' ' && (is_han(char(at + 2)) || matches!(char(at + 2), '\0' | '“' | '《' | '「' | '"'));
    let start = view[..at].iter().rposition(|cell| matches!(unit.char(*cell), '\0' | '\n')).map_or(0, |i| i + 1);
    let number = at - start <= 3 && (start..at).all(|i| "一二三四五六七八九十百".contains(char(i)));
    if behind && !digits && (ahead || spaced) && !number {
        unit.set(view[at], '。', "N5");
    }
}
