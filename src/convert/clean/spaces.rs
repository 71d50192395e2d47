//! N12, N13, N17, N18: blanks that are no text, and line ends within a paragraph.

use super::super::han::{is_blank, is_han, is_mark, is_shared_mark, is_surname};
use super::cells::{At, Kind, Role, Unit};
use std::ops::Range;

pub fn clean(unit: &mut Unit) {
    edges(unit);
    if unit.role != Role::Verse {
        wraps(unit);
    }
    let view = unit.view();
    let strewn = unit.role == Role::Body && strewn(unit, &view);
    let mut at = 0;
    while at < view.len() {
        let to = (at..view.len()).find(|i| !is_space(unit, view[*i])).unwrap_or(view.len());
        if to > at {
            blank(unit, &view, at..to, strewn);
        }
        at = to.max(at + 1);
    }
}

fn is_space(unit: &Unit, cell: At) -> bool {
    let c = unit.char(cell);
    c != '\n' && is_blank(c) && unit.kind(cell) == Kind::Text
}

/// Blanks at the start and the end of a paragraph; at a wall too, where the blank follows a line end. A line of verse is
/// indented on purpose.
fn edges(unit: &mut Unit) {
    for backwards in [false, true].into_iter().skip(usize::from(unit.role == Role::Verse)) {
        let mut view = unit.view();
        if backwards {
            view.reverse();
        }
        let end = view.iter().position(|cell| !is_space(unit, *cell)).unwrap_or(view.len());
        view[..end].iter().for_each(|cell| unit.delete(*cell, "N12"));
    }
}

/// N17: a line end between Chinese characters.
fn wraps(unit: &mut Unit) {
    let view = unit.view();
    for at in 1..view.len().saturating_sub(1) {
        let (before, after) = (unit.char(view[at - 1]), unit.char(view[at + 1]));
        let joins = |c: char| is_han(c) || is_mark(c) || is_shared_mark(c);
        if unit.char(view[at]) == '\n' && joins(before) && joins(after) {
            unit.delete(view[at], "N17");
        }
    }
}

/// Whether a paragraph has a blank within its words (`停 一停`): then none of its blanks parts two clauses.
fn strewn(unit: &Unit, view: &[At]) -> bool {
    let han = |at: usize| view.get(at).is_some_and(|cell| is_han(unit.char(*cell)));
    let narrow = |at: usize| is_space(unit, view[at]) && unit.char(view[at]) != '\u{3000}';
    let run = |from: usize| (from..view.len()).take_while(|at| han(*at)).count();
    let before = |at: usize| (0..at).rev().take_while(|at| han(*at)).count();
    let within = |at: usize| before(at) != run(at + 1) && before(at) > 0 && run(at + 1) > 0;
    let surname = |at: usize| before(at) == 1 && is_surname(unit.char(view[at - 1]));
    (1..view.len()).any(|at| narrow(at) && within(at) && !surname(at))
}

/// One run of blanks of the view.
fn blank(unit: &mut Unit, view: &[At], blanks: Range<usize>, strewn: bool) {
    let Range { start: from, end: to } = blanks;
    let side = |i: Option<usize>| i.and_then(|i| view.get(i)).map_or('\0', |cell| unit.char(*cell));
    let (before, after) = (side(from.checked_sub(1)), side(Some(to)));
    let cells = &view[from..to];
    let opening = |c: char| matches!(c, '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '“' | '‘');
    let within = |b: char, a: char| matches!(b, '“' | '‘' | '—' | '…') || matches!(a, '”' | '’' | '—' | '…');
    let latin = |c: char| c.is_ascii_alphanumeric();
    match (before, after) {
        ('\0' | '\n', _) | (_, '\0' | '\n') => {}
        (b, a) if is_mark(a) && !opening(a) && (is_han(b) || is_mark(b) || latin(b)) => remove(unit, cells, "N18"),
        _ if unit.role == Role::Verse => {}
        (b, a) if is_mark(b) && !keeps_behind(unit, b) && (is_han(a) || opening(a) || latin(a)) => {
            remove(unit, cells, "N18")
        }
        (b, a) if is_han(b) && is_han(a) => between_han(unit, view, from..to, strewn),
        // Marks that Latin has too are Chinese beside Han.
        (b, a) if (is_han(b) && is_shared_mark(a) || is_shared_mark(b) && is_han(a)) && within(b, a) => {
            remove(unit, cells, "N18")
        }
        (b, a) if (is_han(b) && opening(a) || matches!(b, '”' | '’') && is_han(a)) && unit.role == Role::Body => {
            remove(unit, cells, "N18")
        }
        (b, a) if is_han(b) && latin(a) || latin(b) && is_han(a) => between_scripts(unit, view, from, to),
        _ => {}
    }
}

fn remove(unit: &mut Unit, cells: &[At], rule: &'static str) {
    cells.iter().for_each(|cell| unit.delete(*cell, rule));
}

/// A credit stands apart from its caption: `……学习。 张三 摄`.
fn keeps_behind(unit: &Unit, mark: char) -> bool {
    unit.role == Role::Caption && matches!(mark, '。' | '！' | '？' | '）' | '》')
}

/// N12: removed, but in titles, captions, names of two characters and clauses of one length.
fn between_han(unit: &mut Unit, view: &[At], blanks: Range<usize>, strewn: bool) {
    let Range { start: from, end: to } = blanks;
    let run = |cells: &mut dyn Iterator<Item = At>| cells.take_while(|cell| is_han(unit.char(*cell))).count();
    let left = run(&mut view[..from].iter().rev().copied());
    let right = run(&mut view[to..].iter().copied());
    let surname = left == 1 && is_surname(unit.char(view[from - 1]));
    let spaced_letters = left == 1 && right == 1 && !surname;
    let wide = unit.char(view[from]) == '\u{3000}';
    let name = surname && right == 1 && !spread(unit, view, from, to);
    let named = is_enclosed(unit, view, from - left..to + right);
    let clauses = match unit.role {
        Role::Title => left >= 4 && right >= 4,
        _ if named => left == right && left >= 3 || left >= 4 && right >= 4,
        _ => left == right && left >= 4 && !strewn && ends_clause(unit, view, to + right),
    };
    if name || clauses || unit.role == Role::Body && is_credit(unit, view, from, to + right) {
        unit.set(view[from], '\u{3000}', "N12");
        remove(unit, &view[from + 1..to], "N12");
    } else if unit.role == Role::Body && !wide && !spaced_letters && !is_list_of_names(unit, view, from..to) {
        remove(unit, &view[from..to], "N12");
    }
}

/// `“老手艺 新听众”`: the two clauses are a whole that its marks name.
fn is_enclosed(unit: &Unit, view: &[At], clauses: Range<usize>) -> bool {
    let before = clauses.start.checked_sub(1).map_or('\0', |i| unit.char(view[i]));
    let after = view.get(clauses.end).map_or('\0', |cell| unit.char(*cell));
    matches!((before, after), ('“', '”') | ('‘', '’') | ('「', '」') | ('『', '』') | ('《', '》') | ('〈', '〉'))
}

/// `出席：张三 李四 王五`: joined, they would be one.
fn is_list_of_names(unit: &Unit, view: &[At], blank: Range<usize>) -> bool {
    let word = |at: &usize| view.get(*at).is_some_and(|cell| is_han(unit.char(*cell)));
    let start = (0..blank.start).rev().take_while(word).last().unwrap_or(blank.start);
    let end = (blank.end..view.len()).take_while(word).last().map_or(blank.end, |i| i + 1);
    let name = |r: Range<usize>| (2..=4).contains(&r.len()) && is_surname(unit.char(view[r.start]));
    let starts = start.checked_sub(1).is_none_or(|i| ends_clause(unit, view, i));
    starts && ends_clause(unit, view, end) && name(start..blank.start) && name(blank.end..end)
}

/// `编辑：王明 校对：李强`: behind the blank stands a label, and before it another one of the same clause.
fn is_credit(unit: &Unit, view: &[At], from: usize, end: usize) -> bool {
    let colon = |c: char| matches!(c, '：' | ':');
    let mut before = view[..from].iter().rev().map(|cell| unit.char(*cell));
    view.get(end).is_some_and(|cell| colon(unit.char(*cell)))
        && before.find(|c| !is_han(*c) && !is_blank(*c) && *c != '、').is_some_and(colon)
}

/// Letters spread over a line (`通 知 书`) are no name.
fn spread(unit: &Unit, view: &[At], from: usize, to: usize) -> bool {
    let han = |i: Option<usize>| i.and_then(|i| view.get(i)).is_some_and(|c| is_han(unit.char(*c)));
    let apart = |space: Option<usize>, letter: Option<usize>, next: Option<usize>| {
        space.and_then(|i| view.get(i)).is_some_and(|c| is_space(unit, *c)) && han(letter) && !han(next)
    };
    apart(from.checked_sub(2), from.checked_sub(3), from.checked_sub(4))
        || apart(Some(to + 1), Some(to + 2), Some(to + 3))
}

/// Whether a clause ends here: an edge, a mark or another blank.
fn ends_clause(unit: &Unit, view: &[At], at: usize) -> bool {
    view.get(at).is_none_or(|cell| {
        let c = unit.char(*cell);
        c == '\0' || c == '\n' || is_mark(c) || is_blank(c) || is_shared_mark(c)
    })
}

/// N13: removed, but behind a number that opens the text (`1 总则`, `表1 分段情况`), before the letter of a choice
/// (`A.松 B.柏`) and in captions.
fn between_scripts(unit: &mut Unit, view: &[At], from: usize, to: usize) {
    let number = view[..from].iter().all(|cell| unit.char(*cell).is_ascii_digit() || unit.char(*cell) == '.');
    let table = view[..from].split_first().is_some_and(|(first, rest)| {
        matches!(unit.char(*first), '表' | '图' | '圖')
            && !rest.is_empty()
            && rest.iter().all(|cell| unit.char(*cell).is_ascii_digit() || matches!(unit.char(*cell), '-' | '.'))
    });
    let numbered = number && from <= 3 || table && from <= 5;
    let mut next = view[to..].iter().map(|cell| unit.char(*cell));
    let choice = next.next().is_some_and(|c| c.is_ascii_uppercase()) && matches!(next.next(), Some('.' | '．' | '、'));
    let kept = unit.role == Role::Caption || unit.char(view[from]) == '\u{3000}' || choice;
    if !numbered && !kept {
        remove(unit, &view[from..to], "N13");
    } else if numbered {
        remove(unit, &view[from + 1..to], "N13");
    }
}
