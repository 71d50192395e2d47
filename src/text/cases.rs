//! The rules as tables: `tests/typography/*.tsv`, a case a line, each with its clause.

use super::*;
use crate::base::{Lang, Len};
use crate::doc::PunctuationStyle;

const EM: Len = Len::pt(1000);

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect())
}

fn style(name: &str) -> PunctuationStyle {
    match name {
        "fixed" => PunctuationStyle::Fixed,
        "fixed+brackets" => PunctuationStyle::FixedBrackets,
        "quanjiao" => PunctuationStyle::Quanjiao,
        "kaiming" => PunctuationStyle::Kaiming,
        "banjiao" => PunctuationStyle::Banjiao,
        "tight" => PunctuationStyle::Tight,
        _ => PunctuationStyle::Hangmo,
    }
}

fn paragraph(text: &str, lang: Lang, conventions: Conventions) -> Paragraph {
    let run = TextRun {
        text: text.into(),
        style: RunStyle { size: EM, ..RunStyle::default() },
        counts: true,
        ..TextRun::default()
    };
    Composer::mock(lang.script(), conventions).paragraph(&[run], EM).0
}

fn language(tag: &str) -> Lang {
    tag.parse().expect("a language of the tables")
}

fn standing(name: &str) -> Standing {
    match name {
        "line-start" | "paragraph-start" => Standing::LineStart,
        "line-end" => Standing::LineEnd,
        _ => Standing::MidLine,
    }
}

#[test]
fn every_width_of_the_table() {
    let mut wrong = vec![];
    for row in rows(include_str!("../../tests/typography/advances.tsv")) {
        let [id, lang, name, position, text, expected, rule] = row[..] else { panic!("{row:?}") };
        let lang = language(lang);
        let conventions = Conventions { punctuation: style(name), ..Conventions::of(lang) };
        let found = paragraph(text, lang, conventions).width(standing(position), &conventions);
        let milli = (i64::from(found.raw()) * 1000 + i64::from(EM.raw()) / 2) / i64::from(EM.raw());
        let wanted = (expected.parse::<f64>().expect("a number") * 1000.0) as i64;
        if (milli - wanted).abs() > 1 {
            wrong.push(format!("{id} {rule}: {text} is {milli} instead of {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_line_of_the_table() {
    let mut wrong = vec![];
    for row in rows(include_str!("../../tests/typography/lines.tsv")) {
        let [id, lang, measure, options, text, expected, rule] = row[..] else { panic!("{row:?}") };
        let lang = language(lang);
        let conventions = Conventions { hanging: options.contains("hanging"), ..Conventions::of(lang) };
        let p = paragraph(text, lang, conventions);
        let ems: i32 = measure.parse().expect("whole em");
        let shape = LineShape { orphans: options.contains("orphans"), ..LineShape::justified(EM * ems, Len::ZERO) };
        let lines = break_lines(&p, shape);
        let found: Vec<&str> = lines.iter().map(|l| line_text(&p, l)).collect();
        if found.join("¦") != expected {
            wrong.push(format!("{id} {rule}: {} instead of {expected}", found.join("¦")));
        }
        for line in lines.iter().filter(|l| !l.last && !l.hangs) {
            let hyphen = line.hyphen.map_or(Len::ZERO, |h| h.advance);
            let end = set_line(&p, line).width + p.line_end[line.clusters.end - 1].natural + hyphen;
            if end != EM * ems {
                wrong.push(format!("{id}: {} is {end} wide", line_text(&p, line)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn line_text<'p>(p: &'p Paragraph, line: &Line) -> &'p str {
    let (a, b) = (&p.clusters[line.clusters.start], &p.clusters[line.clusters.end - 1]);
    &p.text[a.text.start as usize..b.text.end as usize]
}

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

/// R2, R8: no forbidden start or end, justified lines fill their measure exactly, every cluster once and in order.
#[test]
fn lines_of_random_text_keep_the_rules() {
    let mut random = Random(20_260_915);
    for _ in 0..20_000 {
        let text = random_text(&mut random);
        let measure = EM * (5 + random.below(36) as i32);
        let p = paragraph(&text, Lang::ZhHans, Conventions::of(Lang::ZhHans));
        let lines = break_lines(&p, LineShape::justified(measure, EM * 2));
        let mut next = 0;
        for line in &lines {
            assert_eq!(line.clusters.start, next, "{text}");
            next = line.clusters.end;
            check_line(&p, line, measure, &text);
        }
        assert_eq!(next, p.clusters.len(), "{text}");
    }
}

/// The same for the prose of a sample; and at the measures of magazines hardly a line is loose (R8).
#[test]
fn lines_of_real_text_keep_the_rules() {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shanxing-2026-09/articles");
    let mut files: Vec<_> =
        std::fs::read_dir(articles).expect("the sample").map(|f| f.expect("a file").path()).collect();
    files.sort();
    let text: String = files.iter().map(|f| std::fs::read_to_string(f).expect("UTF-8")).collect();
    for ems in [5, 8, 12, 16, 17, 20, 26, 40] {
        let (mut lines, mut loose) = (0, 0);
        for text in text.lines().filter(|l| l.starts_with(is_cjk) && l.chars().count() > 20) {
            let p = paragraph(text, Lang::ZhHans, Conventions::of(Lang::ZhHans));
            for line in break_lines(&p, LineShape::justified(EM * ems, EM * 2)) {
                check_line(&p, &line, EM * ems, text);
                lines += 1;
                loose += usize::from(set_line(&p, &line).opened > EM * 16 / 100);
            }
        }
        assert!(ems < 16 || loose * 100 <= lines, "{loose} loose lines of {lines} at {ems} em");
    }
}

fn check_line(p: &Paragraph, line: &Line, measure: Len, text: &str) {
    let first = line.clusters.start;
    let forced = first > 0 && p.gaps[first].brk == Break::Forbidden;
    assert!(!forced || unit_width(p, first) > measure - EM * 2, "{text}: {} begins a line", line_text(p, line));
    let placed = set_line(p, line);
    let hyphen = line.hyphen.map_or(Len::ZERO, |h| h.advance);
    let end = placed.width + p.line_end[line.clusters.end - 1].natural + hyphen;
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
