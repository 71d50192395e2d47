//! Properties of lines: seeded texts at every measure, in every language, level and style.

use super::cases::{EM, line_text, paragraph};
use super::*;
use crate::base::{Lang, Len, in_parallel};
use crate::doc::{Kinsoku, PunctuationStyle};
use std::num::NonZeroUsize;

/// A seeded generator (Marsaglia's xorshift): tests draw the same texts everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// Han mostly, with marks, Latin words and numbers as manuscripts mix them.
fn random_text(random: &mut Random) -> String {
    let pieces = [
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "《山行》",
        "——",
        "……",
        "！？",
        "：",
        "、",
        "2026",
        "3.5",
        "km/h",
        "Wentworth ",
        " of ",
        "·",
        "～",
        "%",
        "100%",
        "‘",
        "’",
        "；",
        "【",
        "】",
        "don’t",
    ];
    let length = 1 + random.below(120);
    (0..length)
        .map(|_| match random.below(4) {
            0 => pieces[random.below(pieces.len())].to_string(),
            _ => char::from_u32(0x4E00 + random.below(2000) as u32).expect("Han").to_string(),
        })
        .collect()
}

/// The prose of a sample, a paragraph an item.
fn real_paragraphs() -> Vec<String> {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shanxing-2026-09/articles");
    let mut files: Vec<_> =
        std::fs::read_dir(articles).expect("the sample").map(|f| f.expect("a file").path()).collect();
    files.sort();
    let text: String = files.iter().map(|f| std::fs::read_to_string(f).expect("UTF-8")).collect();
    text.lines().filter(|l| l.starts_with(is_cjk) && l.chars().count() > 20).map(str::to_string).collect()
}

/// A piece of real prose, as if a manuscript had been cut anywhere.
fn real_text(random: &mut Random, paragraphs: &[String]) -> String {
    let whole: Vec<char> = paragraphs[random.below(paragraphs.len())].chars().collect();
    let start = random.below(whole.len());
    let length = 1 + random.below(whole.len() - start);
    whole[start..start + length].iter().collect()
}

fn conventions(random: &mut Random) -> (Lang, Conventions) {
    use PunctuationStyle::*;
    let lang = [Lang::ZhHans, Lang::ZhHans, Lang::ZhHant, Lang::ZhHantHk, Lang::ZhHantCn, Lang::Ja][random.below(6)];
    let own = Conventions::of(lang);
    let kinsoku = [own.kinsoku, Kinsoku::Basic, Kinsoku::Gb, Kinsoku::Strict][random.below(4)];
    let styles = [own.punctuation, Fixed, FixedBrackets, Quanjiao, Hangmo, Kaiming, Banjiao, Tight];
    let punctuation = styles[random.below(styles.len())];
    let (hanging, vertical) = (random.below(4) == 0, random.below(4) == 0);
    (lang, Conventions { kinsoku, punctuation, hanging, vertical, ..own })
}

/// The `i`-th paragraph in its lines: half of them random, half real.
fn set(i: usize, paragraphs: &[String]) -> (String, Len, Paragraph, Vec<Line>) {
    let mut random = Random(20_260_915 + 7_919 * (i as u64 + 1));
    (0..3).for_each(|_| assert!(random.below(2) < 2));
    let text = if i.is_multiple_of(2) { random_text(&mut random) } else { real_text(&mut random, paragraphs) };
    let measure = EM * (5 + random.below(36) as i32);
    let (lang, conventions) = conventions(&mut random);
    let p = paragraph(&text, lang, conventions);
    let shape = LineShape { orphans: random.below(2) == 0, ..LineShape::justified(measure, EM * 2) };
    let lines = break_lines(&p, shape);
    (format!("{lang:?} {conventions:?} {text}"), measure, p, lines)
}

/// R2, R8: no forbidden start or end, justified lines fill their measure exactly, no gap beyond its limits, every cluster
/// once and in order.
#[test]
fn twenty_thousand_paragraphs_keep_the_rules() {
    let paragraphs = real_paragraphs();
    in_parallel(threads(8), 20_000, |i| {
        let (shown, measure, p, lines) = set(i, &paragraphs);
        let mut next = 0;
        for line in &lines {
            assert_eq!(line.clusters.start, next, "{shown}");
            next = line.clusters.end;
            check_edges(&p, line, measure, &shown);
            check_line(&p, line, measure, &shown);
        }
        assert_eq!(next, p.clusters.len(), "{shown}");
    });
}

#[test]
fn one_thread_breaks_as_eight_do() {
    let paragraphs = real_paragraphs();
    let lines = |n| in_parallel(threads(n), 1_000, |i| set(i * 20, &paragraphs).3);
    assert_eq!(lines(1), lines(8));
}

fn threads(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).expect("not zero")
}

/// At the measures of magazines hardly a line of real prose is loose (R8).
#[test]
fn lines_of_real_text_are_hardly_loose() {
    for ems in [16, 17, 20, 26, 40] {
        let (mut lines, mut loose) = (0, 0);
        for text in real_paragraphs() {
            let p = paragraph(&text, Lang::ZhHans, Conventions::of(Lang::ZhHans));
            for line in break_lines(&p, LineShape::justified(EM * ems, EM * 2)) {
                lines += 1;
                loose += usize::from(set_line(&p, &line).opened > EM * 16 / 100);
            }
        }
        assert!(loose * 100 <= lines, "{loose} loose lines of {lines} at {ems} em");
    }
}

/// GB/T 15834 5.1; clreq §Prohibition Rules for Line Start and Line End: marks that every level but *none* keeps there.
const NEVER_FIRST: &str = "，。、；：？！‼⁇）》」』】〕〉］”’·～%℃";
const NEVER_LAST: &str = "（《「『【〔〈［“‘";

fn check_edges(p: &Paragraph, line: &Line, measure: Len, shown: &str) {
    let first = line.clusters.start;
    let narrow = |at| unit_width(p, at) > measure - EM * 2;
    if first > 0 && !narrow(first) {
        let allowed =
            p.gaps[first].brk != Break::Forbidden && !line_text(p, line).starts_with(|c| NEVER_FIRST.contains(c));
        assert!(allowed, "{shown}: {} begins a line", line_text(p, line));
    }
    let end = line.clusters.end;
    let open = line_text(p, line).ends_with(|c| NEVER_LAST.contains(c));
    assert!(!open || line.last || narrow(end), "{shown}: {} ends a line", line_text(p, line));
}

fn check_line(p: &Paragraph, line: &Line, measure: Len, text: &str) {
    let placed = set_line(p, line);
    let hyphen = line.hyphen.map_or(Len::ZERO, |h| h.advance);
    let last = line.clusters.end - 1;
    let (edge, squeezed) = (p.line_end[last], (line.natural - line.target).max(Len::ZERO));
    let beyond = if line.hangs {
        -p.gaps[last].natural - p.clusters[last].advance
    } else {
        edge.natural - edge.shrink.min(squeezed)
    };
    let end = placed.width + hyphen + beyond;
    if line.target >= line.natural.min(measure) && line.natural <= measure {
        assert!(end <= measure, "{text}: {} ends at {end} of {measure}", line_text(p, line));
    }
    if !line.last && line.target != line.natural {
        assert_eq!(end - line.indent, line.target, "{text}: {}", line_text(p, line));
    }
    for (i, at) in (line.clusters.start + 1..line.clusters.end).zip(placed.x.windows(2)) {
        let (gap, width) = (&p.gaps[i], at[1] - at[0] - p.clusters[i - 1].advance);
        let least = gap.natural - gap.shrink.iter().copied().sum();
        let most = gap.natural + gap.stretch.iter().copied().sum();
        let opened = if gap.opens { placed.opened + Len::from_raw(1) } else { Len::ZERO };
        assert!(width >= least, "{text}: a gap of {} is squeezed to {width}", line_text(p, line));
        assert!(width <= most + opened, "{text}: a gap of {} is opened to {width}", line_text(p, line));
    }
}

/// The width of the unbreakable unit around a cluster, squeezed as far as it goes.
fn unit_width(p: &Paragraph, at: usize) -> Len {
    let allowed = |i: &usize| *i == 0 || p.gaps[*i].brk != Break::Forbidden;
    let start = (0..=at).rev().find(allowed).unwrap_or(0);
    let end = (at + 1..p.clusters.len()).find(allowed).unwrap_or(p.clusters.len());
    let inner = (start + 1..end).map(|i| p.gaps[i].natural - p.gaps[i].shrink.iter().copied().sum());
    p.clusters[start..end].iter().map(|c| c.advance).sum::<Len>() + inner.sum()
}
