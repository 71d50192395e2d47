//! A line's gaps get their final widths: squeezed by rank, or opened by rank (clreq §Line Adjustment).
//!
//! In: a paragraph and one of its lines. Out: where each cluster starts, from the line's start. The widths add up to the
//! line's target exactly; remainders of a division go to the first gaps.

use super::breaks::Line;
use super::paragraph::Paragraph;
use super::spacing::SHRINK_RANKS;
use crate::base::Len;

/// Where the clusters of a line start; index 0 is the line's first cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub x: Vec<Len>,
    /// The end of the last body; a hyphen stands after it.
    pub width: Len,
    /// What every gap was opened by beyond word spaces and Han–Western gaps: the measure of a loose line.
    pub opened: Len,
}

/// Sets a line: `x[0]` is its indent and edge blank.
pub fn set_line(p: &Paragraph, line: &Line) -> Placed {
    let range = line.clusters.clone();
    let inner = range.start + 1..range.end;
    let mut gaps: Vec<Len> = inner.clone().map(|i| p.gaps[i].natural).collect();
    let mut opened = Len::ZERO;
    if line.target < line.natural {
        squeeze(p, line, &mut gaps);
    } else if line.target > line.natural {
        opened = open(p, line, &mut gaps);
    }
    let mut at = line.indent + p.line_start[range.start];
    let mut x = vec![at];
    for (i, gap) in inner.zip(gaps) {
        at += p.clusters[i - 1].advance + gap;
        x.push(at);
    }
    let last = range.end - 1;
    Placed { x, width: at + p.clusters[last].advance + p.line_end[last].kern, opened }
}

/// Uses up each rank before the next; within a rank every gap gives the same share of what it has.
fn squeeze(p: &Paragraph, line: &Line, gaps: &mut [Len]) {
    let first = line.clusters.start + 1;
    let mut need = line.natural - line.target;
    // The blanks of a mark that hangs are outside the measure with it.
    let within = gaps.len() - usize::from(line.hangs);
    if !line.hangs {
        need -= p.line_end[line.clusters.end - 1].shrink.min(need);
    }
    for rank in 0..SHRINK_RANKS {
        let give: Vec<Len> = (0..within).map(|i| p.gaps[first + i].shrink[rank]).collect();
        need -= share(&give, need, |i, part| gaps[i] -= part);
    }
}

/// Returns what each opened gap took beyond the limited ranks.
fn open(p: &Paragraph, line: &Line, gaps: &mut [Len]) -> Len {
    let first = line.clusters.start + 1;
    let mut need = line.target - line.natural;
    for rank in 0..2 {
        let take: Vec<Len> = (0..gaps.len()).map(|i| p.gaps[first + i].stretch[rank]).collect();
        need -= share(&take, need, |i, part| gaps[i] += part);
    }
    let all: Vec<usize> = (0..gaps.len()).filter(|i| p.gaps[first + i].opens).collect();
    if all.is_empty() || need <= Len::ZERO {
        return Len::ZERO;
    }
    let (each, mut rest) = (need.raw() / all.len() as i32, need.raw() % all.len() as i32);
    for i in &all {
        gaps[*i] += Len::from_raw(each + i32::from(rest > 0));
        rest -= 1;
    }
    Len::from_raw(each)
}

/// Hands out `need`, each in proportion to what it has, and returns how much was handed out: all of it or all there is.
fn share(have: &[Len], need: Len, mut hand: impl FnMut(usize, Len)) -> Len {
    let total: i64 = have.iter().map(|l| i64::from(l.raw())).sum();
    let given = need.raw().max(0).min(total.min(i64::from(i32::MAX)) as i32);
    if given == 0 {
        return Len::ZERO;
    }
    let (mut seen, mut done) = (0_i64, 0_i64);
    for (i, l) in have.iter().enumerate() {
        seen += i64::from(l.raw());
        let upto = seen * i64::from(given) / total;
        hand(i, Len::from_raw((upto - done) as i32));
        done = upto;
    }
    Len::from_raw(given)
}
