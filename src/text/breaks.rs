//! Total-fit line breaking over gaps (Knuth and Plass 1981, with the box-and-glue model replaced by clusters and gaps).
//!
//! In: a [`Paragraph`] and the widths of its lines. Out: [`Line`]s: ranges of clusters. Every character is in exactly one
//! line, in order. Linear in the paragraph's length: for each break only starts within one measure are tried.

use super::breaking::Break;
use super::class::Class;
use super::paragraph::Paragraph;
use super::spacing::SHRINK_RANKS;
use crate::base::Len;
use std::ops::Range;

/// The width that lines may fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineShape {
    pub measure: Len,
    /// Of the first line.
    pub indent: Len,
    /// The last line has at least two characters (孤字).
    pub orphans: bool,
    /// Lines end where they end: captions, anything not justified.
    pub ragged: bool,
    /// Titles: lines of like length, broken where the author allows it first.
    pub balanced: bool,
}

impl LineShape {
    pub const fn justified(measure: Len, indent: Len) -> Self {
        LineShape { measure, indent, orphans: true, ragged: false, balanced: false }
    }
    pub const fn ragged(measure: Len) -> Self {
        LineShape { measure, indent: Len::ZERO, orphans: true, ragged: true, balanced: false }
    }
    pub const fn balanced(measure: Len) -> Self {
        LineShape { balanced: true, ..LineShape::ragged(measure) }
    }
}

/// One line: its clusters, and how its width departs from the natural one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub clusters: Range<usize>,
    /// From the line's start to its end: edge blanks, bodies and gaps at their natural widths.
    pub natural: Len,
    /// The width to fill; `natural` where the line is not justified.
    pub target: Len,
    pub indent: Len,
    /// The last mark stands outside the measure.
    pub hangs: bool,
    pub last: bool,
}

/// Nothing fits: no line is worse than this.
const HOPELESS: u64 = 10_000_000;
/// A last line of one character.
const ORPHAN: u64 = 3_000;
/// A title cut where nobody wished it.
const UNWISHED: u64 = 400;
/// Breaking a word that is wider than the measure.
const EMERGENCY: u16 = 4_000;

/// Sums over gaps and bodies before each cluster, so that any line's width is a difference.
struct Sums {
    natural: Vec<Len>,
    shrink: Vec<[Len; SHRINK_RANKS]>,
    stretch: Vec<[Len; 2]>,
    opens: Vec<i32>,
}

impl Sums {
    /// `natural[i]` is the width of clusters 0..i with the gaps before each of them.
    fn of(p: &Paragraph) -> Sums {
        let n = p.clusters.len();
        let mut sums = Sums {
            natural: Vec::with_capacity(n + 1),
            shrink: Vec::with_capacity(n + 1),
            stretch: Vec::with_capacity(n + 1),
            opens: Vec::with_capacity(n + 1),
        };
        let (mut natural, mut shrink, mut stretch, mut opens) =
            (Len::ZERO, [Len::ZERO; SHRINK_RANKS], [Len::ZERO; 2], 0);
        for i in 0..=n {
            sums.natural.push(natural);
            sums.shrink.push(shrink);
            sums.stretch.push(stretch);
            sums.opens.push(opens);
            if let Some(cluster) = p.clusters.get(i) {
                let gap = &p.gaps[i];
                natural += gap.natural + cluster.advance;
                (0..SHRINK_RANKS).for_each(|r| shrink[r] += gap.shrink[r]);
                (0..2).for_each(|r| stretch[r] += gap.stretch[r]);
                opens += i32::from(gap.opens);
            }
        }
        sums
    }
}

/// What a line could give and take.
struct Measured {
    natural: Len,
    shrink: Len,
    stretch: Len,
    opens: i32,
}

struct Breaker<'p> {
    p: &'p Paragraph,
    sums: Sums,
    shape: LineShape,
    breaks: Vec<Break>,
}

/// Breaks a paragraph into the lines whose total badness is least.
pub fn break_lines(p: &Paragraph, shape: LineShape) -> Vec<Line> {
    if p.clusters.is_empty() {
        return vec![];
    }
    let mut breaker = Breaker { p, sums: Sums::of(p), shape, breaks: p.gaps.iter().map(|g| g.brk).collect() };
    breaker.open_long_words();
    breaker.run()
}

impl Breaker<'_> {
    /// A word wider than the measure may be cut anywhere, at a price: text is never lost and never leaves its column.
    fn open_long_words(&mut self) {
        let n = self.p.clusters.len();
        let mut start = 0;
        for i in 1..=n {
            if i < n && self.breaks[i] == Break::Forbidden {
                continue;
            }
            let width = self.measure(start, i).natural - self.measure(start, i).shrink;
            if width > self.width(start) {
                self.breaks[start + 1..i].fill(Break::Allowed { cost: EMERGENCY });
            }
            start = i;
        }
    }

    fn run(&self) -> Vec<Line> {
        let n = self.p.clusters.len();
        let mut best: Vec<(u64, usize)> = vec![(u64::MAX, 0); n + 1];
        best[0] = (0, 0);
        for end in 1..=n {
            if end < n && self.breaks[end] == Break::Forbidden {
                continue;
            }
            best[end] = self.best_start(end, &best);
        }
        let mut cuts = vec![n];
        while cuts[cuts.len() - 1] > 0 {
            cuts.push(best[cuts[cuts.len() - 1]].1);
        }
        cuts.reverse();
        cuts.windows(2).map(|w| self.line(w[0], w[1])).collect()
    }

    /// The cheapest line that ends at `end`, by where it starts. Starts are tried backward until the line is too long to
    /// be squeezed; the nearest possible start stands in where every line is too long.
    fn best_start(&self, end: usize, best: &[(u64, usize)]) -> (u64, usize) {
        let mut found = (u64::MAX, 0);
        for start in (0..end).rev() {
            let reachable = best[start].0 < u64::MAX;
            if reachable {
                let cost = self.cost(start, end);
                let total = best[start].0.saturating_add(cost.unwrap_or(HOPELESS));
                if cost.is_some() || found.0 == u64::MAX {
                    found = if total < found.0 { (total, start) } else { found };
                }
                if cost.is_none() {
                    break;
                }
            }
            if self.breaks[start] == Break::Mandatory {
                break;
            }
        }
        found
    }

    fn width(&self, start: usize) -> Len {
        if start == 0 { self.shape.measure - self.shape.indent } else { self.shape.measure }
    }

    fn measure(&self, start: usize, end: usize) -> Measured {
        let (s, gap, edge) = (&self.sums, &self.p.gaps[start], &self.p.line_end[end - 1]);
        let inner = s.natural[end] - s.natural[start] - gap.natural;
        let shrink: Len = (0..SHRINK_RANKS).map(|r| s.shrink[end][r] - s.shrink[start][r] - gap.shrink[r]).sum();
        let stretch: Len = (0..2).map(|r| s.stretch[end][r] - s.stretch[start][r] - gap.stretch[r]).sum();
        Measured {
            natural: self.p.line_start[start] + inner + edge.natural,
            shrink: shrink + edge.shrink,
            stretch,
            opens: s.opens[end] - s.opens[start] - i32::from(gap.opens),
        }
    }

    /// None where the line can't be squeezed into its width.
    fn cost(&self, start: usize, end: usize) -> Option<u64> {
        let line = self.measure(start, end);
        let width = self.width(start);
        let last = end == self.p.clusters.len();
        let at_break = match self.breaks[end] {
            Break::Allowed { cost } if !last => u64::from(cost),
            _ => 0,
        };
        let ends_here = last || self.breaks[end] == Break::Mandatory;
        let orphan = if last && start > 0 && self.shape.orphans && self.is_orphan(start, end) { ORPHAN } else { 0 };
        let slack = width - line.natural;
        let fit = if slack < Len::ZERO {
            self.squeeze(&line, -slack, end)?
        } else if ends_here && !self.shape.balanced {
            0
        } else {
            self.expand(&line, slack)
        };
        let unwished = if self.shape.balanced && !ends_here && !self.p.gaps[end].preferred { UNWISHED } else { 0 };
        Some(fit + at_break + orphan + unwished)
    }

    /// Squeezing comes before opening (clreq: 先挤进，后推出), so it is cheap: half an em costs 12.
    fn squeeze(&self, line: &Measured, need: Len, end: usize) -> Option<u64> {
        let hang = self.p.line_end[end - 1].hangs;
        let need = if hang { need - self.p.clusters[end - 1].advance } else { need };
        if need <= Len::ZERO {
            return Some(0);
        }
        if need > line.shrink || self.shape.ragged {
            return None;
        }
        let share = self.per_mille(need);
        Some(share * share / 20_000)
    }

    /// Word spaces and Han–Western gaps first, then all gaps alike; badness grows with the square of what a gap opens.
    fn expand(&self, line: &Measured, slack: Len) -> u64 {
        if self.shape.ragged {
            let share = self.per_mille(slack);
            return share * share / 10_000;
        }
        let rest = slack - line.stretch;
        let first = self.per_mille(slack.min(line.stretch)) / 50;
        if rest <= Len::ZERO {
            return first;
        }
        if line.opens == 0 {
            return HOPELESS / 100 + self.per_mille(rest);
        }
        let each = self.per_mille(rest) / line.opens as u64;
        first + each * each / 100
    }

    fn per_mille(&self, len: Len) -> u64 {
        (len.raw().max(0) as u64 * 1000) / (self.p.em.raw().max(1) as u64)
    }

    /// One character and its marks on the last line.
    fn is_orphan(&self, start: usize, end: usize) -> bool {
        let marks = |c: Class| c.is_squeezable_mark() || c == Class::Reference;
        let letters = self.p.clusters[start..end].iter().filter(|c| !marks(c.class)).count();
        letters <= 1
    }

    fn line(&self, start: usize, end: usize) -> Line {
        let line = self.measure(start, end);
        let width = self.width(start);
        let last = end == self.p.clusters.len() || self.breaks[end] == Break::Mandatory;
        let hangs = self.p.line_end[end - 1].hangs && line.natural > width;
        let natural = if hangs { line.natural - self.p.clusters[end - 1].advance } else { line.natural };
        let fits = last || self.shape.ragged || line.opens == 0 && line.stretch < width - natural;
        let target = if natural <= width && fits { natural } else { width };
        let indent = if start == 0 { self.shape.indent } else { Len::ZERO };
        Line { clusters: start..end, natural, target, indent, hangs, last: end == self.p.clusters.len() }
    }
}
