//! What a proofreader would mark in set lines.
//!
//! In: a paragraph, its lines, the runs it was made of. Out: findings at the place where each line begins in the
//! manuscript: lines opened too far, lines broken where no line may be, ellipses that want a line of their own.

use crate::base::{Code, Convention, Diagnostic, Em, Lang, Place, Span, words};
use crate::text::{Break, Class, Line, Paragraph, TextRun, set_line};
use std::ops::Range;

/// `place` is where the text comes from if its runs don't say.
pub fn findings(
    paragraph: &Paragraph,
    lines: &[Line],
    runs: &[TextRun],
    (lang, place): (Lang, &Place),
) -> Vec<Diagnostic> {
    let of = |clusters: &Range<usize>| span(paragraph, clusters, runs).map_or_else(|| place.clone(), Place::Source);
    let at = |line: &Line| of(&line.clusters);
    let mut found: Vec<Diagnostic> = lines.iter().filter_map(|line| loose(paragraph, line, &at(line))).collect();
    // One word of a hundred letters is one fault, in however many lines.
    found.extend(lines.iter().find_map(|line| forced(paragraph, line, &at(line))));
    if lang.convention() == Convention::Cn {
        found.extend(crowded_ellipses(paragraph, lines).map(|run| ellipsis(of(&run))));
    }
    found
}

/// Two ellipses together that share a line with words (GB/T 15834 5.1.5); quotation marks around them are theirs.
fn crowded_ellipses<'p>(paragraph: &'p Paragraph, lines: &'p [Line]) -> impl Iterator<Item = Range<usize>> + 'p {
    let dots = |i: &usize| matches!(text(paragraph, &(*i..*i + 1)), "…" | "⋯");
    let alone = move |run: &Range<usize>| {
        let line = lines.iter().find(|line| line.clusters.contains(&run.start));
        line.is_some_and(|line| {
            let others = line.clusters.clone().filter(|i| !run.contains(i));
            run.end <= line.clusters.end
                && others.into_iter().all(|i| matches!(paragraph.clusters[i].class, Class::Open | Class::Close))
        })
    };
    let count = paragraph.clusters.len();
    let begins = move |i: &usize| dots(i) && !i.checked_sub(1).is_some_and(|before| dots(&before));
    (0..count)
        .filter(begins)
        .map(move |start| start..(start..count).find(|i| !dots(i)).unwrap_or(count))
        .filter(move |run| run.len() >= 4 && !alone(run))
}

fn ellipsis(at: Place) -> Diagnostic {
    let message = words("两个省略号连用，没有单独占一行", "two ellipses together, not on a line of their own");
    Diagnostic::new(Code::TextEllipsis, at, message)
        .hint("只用一个省略号（……），或让 ………… 自成一段", "write one (……), or make ………… a paragraph of its own")
}

/// Above ¼ em a gap a line is loose (the editor may reword it).
fn loose(paragraph: &Paragraph, line: &Line, at: &Place) -> Option<Diagnostic> {
    let opened = set_line(paragraph, line).opened;
    if opened <= Em::QUARTER.of(paragraph.em) {
        return None;
    }
    let text = text(paragraph, &line.clusters);
    let em = opened.raw() * 100 / paragraph.em.raw();
    let message = words(
        format!("“{text}”这一行每个字距多出 {em}% 字宽"),
        format!("the line “{text}” is opened by {em} % of an em a gap"),
    );
    Some(Diagnostic::new(Code::TextLooseLine, at.clone(), message).hint(
        "换一种说法，让这一行多排或少排几个字",
        "reword it, so that the line holds a few characters more or fewer",
    ))
}

/// A line that begins where none may: the column is narrower than what may not be divided (clreq §Prohibition Rules for
/// Line Start and Line End, its note on narrow columns). Addresses are divided by a rule of their own.
fn forced(paragraph: &Paragraph, line: &Line, at: &Place) -> Option<Diagnostic> {
    let first = line.clusters.start;
    if first == 0 || paragraph.gaps[first].brk != Break::Forbidden {
        return None;
    }
    let text = text(paragraph, &line.clusters);
    let message = words(
        format!("栏太窄，只好把不能断的地方断开，下一行是“{text}”"),
        format!("the column is narrower than what may not be divided: a line begins with “{text}”"),
    );
    Some(
        Diagnostic::new(Code::TextForcedBreak, at.clone(), message).hint(
            "换一种说法，或减少栏数、加宽表格的这一列",
            "reword it, take fewer columns or widen the table's column",
        ),
    )
}

fn text<'p>(paragraph: &'p Paragraph, clusters: &Range<usize>) -> &'p str {
    let (a, b) = (&paragraph.clusters[clusters.start], &paragraph.clusters[clusters.end - 1]);
    &paragraph.text[a.text.start as usize..b.text.end as usize]
}

/// Where the first run of a stretch has it; where the source writes the run otherwise (escapes, entities), the run.
fn span(paragraph: &Paragraph, clusters: &Range<usize>, runs: &[TextRun]) -> Option<Span> {
    let (first, last) = (&paragraph.clusters[clusters.start], &paragraph.clusters[clusters.end - 1]);
    let run = runs.get(usize::from(first.run))?;
    let span = run.span?;
    let before: usize = runs[..usize::from(first.run)].iter().map(|r| r.text.len()).sum();
    let start = (first.text.start as usize).checked_sub(before)? as u32;
    let end = (last.text.end as usize).checked_sub(before)?.min(run.text.len()) as u32;
    let as_written = (span.end - span.start) as usize == run.text.len() && start < end;
    Some(if as_written { Span { start: span.start + start, end: span.start + end, ..span } } else { span })
}
