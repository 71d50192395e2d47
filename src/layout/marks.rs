//! Marks between the lines: 着重号, 专名号, 书名号, underlines (clreq §Handling Interlinear Punctuation).
//!
//! In: a set line. Out: shapes below it, in no node of the tree: artifacts. They stand in the space between lines, which
//! never moves for them; the line is nearest the text, the dots are below it. Of a vertical line, lines stand at the left,
//! which is below it in its own axes, and dots at the right.

use crate::base::{Em, Len, Point};
use crate::doc::{LineKind, TextLine};
use crate::page::{Shape, ShapeKind};
use crate::text::{Paragraph, RunStyle};
use std::ops::Range;

/// Below the baseline, in em: the em box ends at 0.12.
const LINE: Em = Em(190);
const DOTS: Em = Em(310);
const DOTS_BELOW_LINE: Em = Em(430);
/// Above the baseline, to the right of a vertical line: the em box ends at 0.88.
const DOTS_AT_RIGHT: Em = Em(1070);
const DOT_RADIUS: Em = Em(75);
/// What each end of a name's line falls short of the name, so that the lines of neighbours stay apart.
const SHORT: Em = Em(65);

/// The space between lines that a run's marks need; none for a run without. Only below a horizontal line are there two.
pub fn room(style: &RunStyle, vertical: bool) -> Em {
    match (style.line.is_some(), style.dots) {
        (true, true) if !vertical => Em(625),
        (false, false) => Em::ZERO,
        _ => Em::HALF,
    }
}

/// The marks of a line; `x` are its clusters' places, `at` its start on the baseline.
pub fn along(p: &Paragraph, clusters: Range<usize>, x: &[Len], at: Point) -> impl Iterator<Item = Shape> {
    let mut shapes = vec![];
    let style = |i: usize| &p.runs[usize::from(p.clusters[i].run)];
    let place = |i: usize| at.x + x[i - clusters.start];
    let mut start = clusters.start;
    while start < clusters.end {
        let line = style(start).line;
        let end = (start..clusters.end).find(|i| style(*i).line != line).unwrap_or(clusters.end);
        if let Some(line) = line {
            let to = place(end - 1) + p.clusters[end - 1].advance;
            shapes.push(rule(line, style(start), (place(start), to, at.y)));
        }
        start = end;
    }
    // One for each Han, none for marks and spaces.
    let dotted = clusters.clone().filter(|i| style(*i).dots && p.clusters[*i].class.is_han());
    shapes.extend(dotted.map(|i| dot(style(i), Point { x: place(i) + style(i).size / 2, y: at.y }, p.vertical)));
    shapes.into_iter()
}

fn rule(line: TextLine, style: &RunStyle, (from, to, y): (Len, Len, Len)) -> Shape {
    let short = if line.kind == LineKind::Under { Len::ZERO } else { SHORT.of(style.size) };
    let y = y + LINE.of(style.size);
    let (from, to) = (Point { x: from + short, y }, Point { x: to - short, y });
    let thickness = style.size / 22;
    let kind = match line.kind {
        LineKind::Title => ShapeKind::Wave { from, to, height: style.size / 9, thickness },
        LineKind::Name | LineKind::Under => ShapeKind::Rule { from, to, thickness },
    };
    Shape { kind, ink: style.ink, tint: 100, node: None }
}

fn dot(style: &RunStyle, at: Point, vertical: bool) -> Shape {
    let below = match (vertical, style.line) {
        (true, _) => -DOTS_AT_RIGHT.of(style.size),
        (false, Some(_)) => DOTS_BELOW_LINE.of(style.size),
        (false, None) => DOTS.of(style.size),
    };
    let centre = Point { y: at.y + below, ..at };
    let kind = ShapeKind::Dot { centre, radius: DOT_RADIUS.of(style.size) };
    Shape { kind, ink: style.ink, tint: 100, node: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;
    use crate::text::{Composer, Conventions, LineShape, TextRun, break_lines, set_line};

    const EM: Len = Len::pt(1000);

    /// A text, whether it has dots, and its line.
    type Part<'t> = (&'t str, bool, Option<(LineKind, u16)>);

    fn shapes(parts: &[Part]) -> Vec<ShapeKind> {
        shapes_in(parts, false)
    }

    fn shapes_in(parts: &[Part], vertical: bool) -> Vec<ShapeKind> {
        let run = |(text, dots, line): &Part| {
            let line = line.map(|(kind, segment)| TextLine { kind, segment });
            let style = RunStyle { size: EM, dots: *dots, line, ..RunStyle::default() };
            TextRun { text: text.to_string(), style, counts: true, ..TextRun::default() }
        };
        let runs: Vec<TextRun> = parts.iter().map(run).collect();
        let conventions = Conventions { vertical, ..Conventions::of(Lang::ZhHant) };
        let p = Composer::mock(Lang::ZhHant.script(), conventions).paragraph(&runs, EM).0;
        let line = &break_lines(&p, LineShape::justified(EM * 20, Len::ZERO))[0];
        let placed = set_line(&p, line);
        along(&p, line.clusters.clone(), &placed.x, Point::default()).map(|s| s.kind).collect()
    }

    /// EM-01, R12.1 (GB/T 15834 5.1.8): a dot under each Han, none under marks.
    #[test]
    fn a_dot_under_each_character_and_none_under_marks() {
        let found = shapes(&[("重要，", true, None), ("内容", false, None)]);
        let ShapeKind::Dot { centre, .. } = found[0] else { panic!("{found:?}") };
        assert!(found.len() == 2 && centre.y > Len::ZERO && centre.x == EM / 2);
    }

    /// EM-03, R12.2: neighbours have a line each, at least a tenth of an em apart; a title's is wavy.
    #[test]
    fn names_side_by_side_have_a_line_each() {
        let name = |segment| Some((LineKind::Name, segment));
        let found =
            shapes(&[("張三", false, name(0)), ("李四", false, name(1)), ("史記", false, Some((LineKind::Title, 2)))]);
        let [ShapeKind::Rule { to, .. }, ShapeKind::Rule { from, .. }, ShapeKind::Wave { .. }] = found[..] else {
            panic!("{found:?}")
        };
        assert!(from.x - to.x >= EM / 10 && to.x < EM * 2 && from.x > EM * 2);
    }

    /// EM-06, R12.3: the line is nearest the text, the dot below it.
    #[test]
    fn the_line_is_nearest_the_text() {
        let found = shapes(&[("張", true, Some((LineKind::Name, 0)))]);
        let [ShapeKind::Rule { from, .. }, ShapeKind::Dot { centre, radius }] = found[..] else { panic!("{found:?}") };
        assert!(centre.y - radius > from.y);
    }

    /// EM-02, EM-04 (clreq §Handling Interlinear Punctuation): in vertical lines dots stand at the right, above the line in its
    /// own axes, and a title's wave at the left.
    #[test]
    fn in_vertical_lines_dots_are_right_and_lines_left() {
        let found = shapes_in(&[("重要", true, None), ("史記", false, Some((LineKind::Title, 0)))], true);
        let [ShapeKind::Wave { from, .. }, ShapeKind::Dot { centre, .. }, ..] = found[..] else { panic!("{found:?}") };
        assert!(centre.y < -EM.scale(88, 100) && from.y > EM.scale(12, 100), "{found:?}");
    }
}
