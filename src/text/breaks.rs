//! Total-fit line breaking over gaps (Knuth and Plass 1981, with the box-and-glue model replaced by clusters and gaps).
//!
//! In: a [`Paragraph`] and the widths of its lines. Out: [`Line`]s: ranges of clusters. Every character is in exactly one
//! line, in order. Linear in the paragraph's length: for each break only starts within one measure are tried.

use super::breaking::Break;
use super::class::Class;
use super::paragraph::{Cluster, Hyphen, Paragraph};
use crate::base::Len;
use std::collections::VecDeque;
use std::ops::Range;

/// The width that lines may fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineShape {
    pub measure: Len,
    /// Of the first line, and of each line that a hard break begins: verse stands in one column.
    pub indent: Len,
    /// Of all other lines: a turn of an interview, a line of verse that is turned over (凸排).
    pub hang: Len,
    /// The last line has at least two characters (孤字).
    pub orphans: bool,
    /// Lines end where they end: captions, anything not justified.
    pub ragged: bool,
    /// Titles: lines of like length, broken where the author allows it first.
    pub balanced: bool,
    /// The first lines stand beside a drop cap: how many, and how far in.
    pub beside: Option<(u8, Len)>,
}

impl LineShape {
    pub const fn justified(measure: Len, indent: Len) -> Self {
        LineShape { measure, indent, hang: Len::ZERO, orphans: true, ragged: false, balanced: false, beside: None }
    }
    pub const fn ragged(measure: Len) -> Self {
        LineShape {
            measure,
            indent: Len::ZERO,
            hang: Len::ZERO,
            orphans: true,
            ragged: true,
            balanced: false,
            beside: None,
        }
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
    /// A divided word ends the line with this.
    pub hyphen: Option<Hyphen>,
    pub last: bool,
}

/// Nothing fits: no line is worse than this.
const HOPELESS: u64 = 1_000_000_000;
/// A line too short that has no gap to open is worse than any that has.
const UNFILLED: u64 = 2_000_000;
/// A last line of one character.
const ORPHAN: u64 = 200_000;
/// Before an end mark it is less alone: not worth a line opened by a quarter of an em.
const ORPHAN_BEFORE_MARK: u64 = 20_000;
/// In thousandths of an em: a gap opened by more is seen, and every thousandth more is dear.
const NOTICED: u64 = 120;
/// Opened by more, the line is loose, which costs so much.
const LOOSE: u64 = 155;
const AS_LOOSE: u64 = 6_000;
/// A title cut where nobody wished it: worth lines of quite different length.
const UNWISHED: u64 = 20_000;
/// A word of a title divided: only one that is wider than the measure.
const TITLE_DIVIDED: u64 = 200_000;
/// Breaking a word that is wider than the measure.
const EMERGENCY: u16 = 60_000;

/// How a line was fitted. A loose line beside a tight one is worse than either (Knuth and Plass's adjacent demerits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Tight,
    Natural,
    Loose,
    VeryLoose,
}

const FITS: usize = 4;
const UNLIKE_NEIGHBOURS: u64 = 30;

impl Fit {
    /// By the badness of opened gaps: a twentieth of an em each, an eighth of an em each.
    const fn of(bad: u64) -> Fit {
        match bad {
            0..25 => Fit::Natural,
            25..400 => Fit::Loose,
            _ => Fit::VeryLoose,
        }
    }
}

/// The cheapest way to a break: its whole cost, where its last line starts, and how the line before that was fitted.
#[derive(Clone, Copy, Debug)]
struct Step {
    cost: u64,
    start: u32,
    before: Fit,
}

type Node = [Option<Step>; FITS];

fn cheapest(node: &Node) -> Fit {
    let fits = [Fit::Tight, Fit::Natural, Fit::Loose, Fit::VeryLoose];
    fits.into_iter().min_by_key(|f| node[*f as usize].map_or(u64::MAX, |s| s.cost)).unwrap_or(Fit::Natural)
}

fn least(node: &Node) -> u64 {
    node.iter().flatten().map(|step| step.cost).min().unwrap_or(u64::MAX)
}

/// Adds a line of the given cost and fit to every way that leads to its start. Of equals the one whose loose line comes
/// last wins: a last line takes its second character from the line before it.
fn relax(found: &mut Node, start: usize, node: &Node, (cost, fit): (u64, Fit)) {
    let way = |before: Fit| {
        let unlike = (before as i32 - fit as i32).abs() > 1;
        let added = cost.saturating_add(if unlike { UNLIKE_NEIGHBOURS } else { 0 });
        node[before as usize].map(|s| Step { cost: s.cost.saturating_add(added), start: start as u32, before })
    };
    let ways = [Fit::VeryLoose, Fit::Loose, Fit::Natural, Fit::Tight].into_iter().filter_map(way);
    let Some(best) = ways.min_by_key(|step| step.cost) else { return };
    let known = &mut found[fit as usize];
    if known.is_none_or(|k| best.cost <= k.cost) {
        *known = Some(best);
    }
}

/// Sums over gaps and bodies before each cluster, so that any line's width is a difference. A paragraph of 200,000 characters is
/// wider than a [`Len`] can say.
struct Sums {
    natural: Vec<i64>,
    shrink: Vec<i64>,
    stretch: Vec<i64>,
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
        let (mut natural, mut shrink, mut stretch, mut opens) = (0, 0, 0, 0);
        for i in 0..=n {
            sums.natural.push(natural);
            sums.shrink.push(shrink);
            sums.stretch.push(stretch);
            sums.opens.push(opens);
            if let Some(cluster) = p.clusters.get(i) {
                let gap = &p.gaps[i];
                natural += i64::from((gap.natural + cluster.advance).raw());
                shrink += i64::from(gap.shrinks().raw());
                stretch += i64::from(gap.stretches().raw());
                opens += i32::from(gap.opens);
            }
        }
        sums
    }
}

/// What lies between two places; of what no line can hold, some length that no line has.
fn between(sums: &[i64], start: usize, end: usize) -> Len {
    const MOST: i64 = i32::MAX as i64 / 4;
    Len::from_raw((sums[end] - sums[start]).clamp(-MOST, MOST) as i32)
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
    let Some((count, _)) = shape.beside else { return Breaker::of(p, shape).run(0) };
    let mut lines = Breaker::of(p, shape).run(0);
    if lines.len() > usize::from(count) {
        lines.truncate(usize::from(count));
        let rest = lines.last().map_or(0, |l| l.clusters.end);
        lines.extend(Breaker::of(p, LineShape { beside: None, ..shape }).run(rest));
    }
    lines
}

impl<'p> Breaker<'p> {
    fn of(p: &'p Paragraph, shape: LineShape) -> Self {
        let mut breaker = Breaker { p, sums: Sums::of(p), shape, breaks: p.gaps.iter().map(|g| g.brk).collect() };
        breaker.open_long_words();
        breaker
    }

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
                self.breaks[start + 1..i].fill(Break::Emergency { cost: EMERGENCY });
            }
            start = i;
        }
    }

    /// The lines from cluster `from` to the end.
    fn run(&self, from: usize) -> Vec<Line> {
        let n = self.p.clusters.len();
        let mut best: Vec<Node> = vec![[None; FITS]; n + 1];
        best[from][Fit::Natural as usize] = Some(Step { cost: 0, start: from as u32, before: Fit::Natural });
        let mut starts = VecDeque::from([(from, 0)]);
        for end in from + 1..=n {
            if end < n && self.breaks[end] == Break::Forbidden {
                continue;
            }
            best[end] = self.steps_to(end, &mut starts, &best);
            if self.breaks[end] == Break::Mandatory {
                starts.clear();
            }
            starts.push_back((end, least(&best[end])));
        }
        let mut cuts = vec![n];
        let mut fit = cheapest(&best[n]);
        while cuts[cuts.len() - 1] > from {
            let step = best[cuts[cuts.len() - 1]][fit as usize].expect("a step leads here");
            cuts.push(step.start as usize);
            fit = step.before;
        }
        cuts.reverse();
        cuts.windows(2).map(|w| self.line(w[0], w[1])).collect()
    }

    /// The cheapest lines that end at `end`, one for each fit. Starts are tried from the farthest that may still be squeezed
    /// into the measure, and no further than where a line must cost more than what is found: the nearer the start, the
    /// looser the line. The nearest stands in where every line is too long.
    fn steps_to(&self, end: usize, starts: &mut VecDeque<(usize, u64)>, best: &[Node]) -> Node {
        while starts.len() > 1 && self.is_out_of_reach(starts[0].0, end) {
            starts.pop_front();
        }
        let before = starts.iter().map(|(_, cost)| *cost).min().unwrap_or(0);
        let mut found: Node = [None; FITS];
        for &(start, _) in starts.iter() {
            let Some(cost) = self.cost(start, end) else { continue };
            if before.saturating_add(cost.0) > least(&found).saturating_add(2 * UNLIKE_NEIGHBOURS) {
                break;
            }
            relax(&mut found, start, &best[start], cost);
        }
        if let Some(&(nearest, _)) = starts.back().filter(|_| found.iter().all(Option::is_none)) {
            relax(&mut found, nearest, &best[nearest], (HOPELESS, Fit::Tight));
        }
        found
    }

    /// Too long for every line that ends here or later, whatever mark ends or hangs.
    fn is_out_of_reach(&self, start: usize, end: usize) -> bool {
        let (s, gap) = (&self.sums, &self.p.gaps[start]);
        let natural = between(&s.natural, start, end) - gap.natural;
        natural - (between(&s.shrink, start, end) - gap.shrinks()) > self.width(start) + self.p.em * 2
    }

    fn hyphen(&self, end: usize) -> Option<Hyphen> {
        let divided = end < self.p.clusters.len() && self.p.gaps[end].hyphen;
        divided.then(|| self.p.hyphens[self.p.clusters[end - 1].run as usize])
    }

    fn indent(&self, start: usize) -> Len {
        let begins = start == 0 || self.breaks[start] == Break::Mandatory;
        let beside = self.shape.beside.map_or(Len::ZERO, |(_, inset)| inset);
        beside + if begins { self.shape.indent } else { self.shape.hang }
    }

    /// What of a line too long stands outside the measure: its last mark with its blanks, if that may hang.
    fn hung(&self, start: usize, end: usize, too_long: bool) -> Len {
        let (last, edge) = (end - 1, &self.p.line_end[end - 1]);
        if !too_long || !edge.hangs || last == start {
            return Len::ZERO;
        }
        self.p.gaps[last].natural + self.p.clusters[last].advance + edge.natural
    }

    fn width(&self, start: usize) -> Len {
        self.shape.measure - self.indent(start)
    }

    fn measure(&self, start: usize, end: usize) -> Measured {
        let (s, gap, edge) = (&self.sums, &self.p.gaps[start], &self.p.line_end[end - 1]);
        let hyphen = self.hyphen(end).map_or(Len::ZERO, |h| h.advance);
        let inner = between(&s.natural, start, end) - gap.natural + hyphen;
        let shrink = between(&s.shrink, start, end) - gap.shrinks();
        let stretch = between(&s.stretch, start, end) - gap.stretches();
        Measured {
            natural: self.p.line_start[start] + inner + edge.kern + edge.natural,
            shrink: shrink + edge.shrink,
            stretch,
            opens: s.opens[end] - s.opens[start] - i32::from(gap.opens),
        }
    }

    /// Its badness and fit; None where the line can't be squeezed into its width.
    fn cost(&self, start: usize, end: usize) -> Option<(u64, Fit)> {
        let mut line = self.measure(start, end);
        let width = self.width(start);
        let last = end == self.p.clusters.len();
        let at_break = match self.breaks[end] {
            Break::Allowed { cost } | Break::Emergency { cost } if !last => u64::from(cost),
            _ => 0,
        };
        let ends_here = last || self.breaks[end] == Break::Mandatory;
        let orphan = if last && start > 0 && self.shape.orphans { self.orphan(start, end) } else { 0 };
        let hung = self.hung(start, end, line.natural > width);
        if hung > Len::ZERO {
            line.shrink -= self.p.gaps[end - 1].shrinks() + self.p.line_end[end - 1].shrink;
        }
        let slack = width - line.natural + hung;
        let (bad, fit) = if slack < Len::ZERO {
            (self.squeeze(&line, -slack)?, Fit::Tight)
        } else if ends_here && !self.shape.balanced {
            (0, Fit::Natural)
        } else {
            let bad = self.expand(&line, slack);
            (bad, Fit::of(bad))
        };
        let unwished = if self.shape.balanced && !ends_here && !self.p.gaps[end].preferred { UNWISHED } else { 0 };
        let divided = if self.shape.balanced && self.hyphen(end).is_some() { TITLE_DIVIDED } else { 0 };
        Some((bad + at_break + orphan + unwished + divided, fit))
    }

    /// Squeezing comes before opening (clreq: 先挤进，后推出), so it is cheap: half an em costs 12.
    fn squeeze(&self, line: &Measured, need: Len) -> Option<u64> {
        if need > line.shrink || self.shape.ragged {
            return None;
        }
        let share = self.per_mille(need);
        Some(share * share / 20_000)
    }

    /// Word spaces and Han–Western gaps first, then all gaps alike; badness grows with the square of what a gap opens, and
    /// faster where it is noticed: four lines a little open are better than one that is loose.
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
            return UNFILLED + self.per_mille(rest) * 1_000;
        }
        let each = self.per_mille(rest) / line.opens as u64;
        let seen = each.saturating_sub(NOTICED);
        first + each * each / 100 + (seen * seen).min(UNFILLED / 2) + if each > LOOSE { AS_LOOSE } else { 0 }
    }

    fn per_mille(&self, len: Len) -> u64 {
        (len.raw().max(0) as u64 * 1000) / (self.p.em.raw().max(1) as u64)
    }

    /// What one character and its marks on the last line cost; an end mark behind them is no second.
    fn orphan(&self, start: usize, end: usize) -> u64 {
        let marks = |c: Class| c.is_squeezable_mark() || matches!(c, Class::Reference | Class::Inseparable);
        let line = &self.p.clusters[start..end];
        let is_end = |c: &Cluster| self.p.runs[usize::from(c.run)].artifact;
        match line.iter().filter(|c| !marks(c.class) && !is_end(c)).count() {
            0 | 1 if line.iter().any(is_end) => ORPHAN_BEFORE_MARK,
            0 | 1 => ORPHAN,
            _ => 0,
        }
    }

    fn line(&self, start: usize, end: usize) -> Line {
        let line = self.measure(start, end);
        let width = self.width(start);
        let last = end == self.p.clusters.len() || self.breaks[end] == Break::Mandatory;
        let hung = self.hung(start, end, line.natural > width);
        let (hangs, natural) = (hung > Len::ZERO, line.natural - hung);
        let fits = last || self.shape.ragged || line.opens == 0 && line.stretch < width - natural;
        let target = if natural <= width && fits { natural } else { width };
        let indent = self.indent(start);
        let hyphen = self.hyphen(end);
        Line { clusters: start..end, natural, target, indent, hangs, hyphen, last: end == self.p.clusters.len() }
    }
}
