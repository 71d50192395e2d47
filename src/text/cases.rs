//! The rules as tables: `tests/typography/*.tsv`, a case a line, each with its clause.

use super::*;
use crate::base::{Lang, Len};
use crate::doc::PunctuationStyle;

pub const EM: Len = Len::pt(1000);

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

pub fn paragraph(text: &str, lang: Lang, conventions: Conventions) -> Paragraph {
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

pub fn line_text<'p>(p: &'p Paragraph, line: &Line) -> &'p str {
    let (a, b) = (&p.clusters[line.clusters.start], &p.clusters[line.clusters.end - 1]);
    &p.text[a.text.start as usize..b.text.end as usize]
}

/// R10.3: a title parts at the blank between its clauses, which disappears there; else its lines are of like length.
#[test]
fn titles_part_between_their_clauses() {
    let lines = |text: &str, ems: i32| {
        let p = paragraph(text, Lang::ZhHans, Conventions::of(Lang::ZhHans));
        let lines = break_lines(&p, LineShape::balanced(EM * ems));
        lines.iter().map(|line| line_text(&p, line).trim_end().to_string()).collect::<Vec<_>>()
    };
    let title = "强化党建引领保障作用　当好推进新型工业化排头兵";
    assert_eq!(lines(title, 20), ["强化党建引领保障作用", "当好推进新型工业化排头兵"]);
    assert_eq!(lines("山里的雪一直下到春天才停下", 12), ["山里的雪一直下", "到春天才停下"]);
}

/// R7: without `digits_han_space` numbers with their signs and units stand close to Han, words do not.
#[test]
fn digits_stand_close_where_it_is_wished() {
    let conventions = Conventions { digits_han_space: false, ..Conventions::of(Lang::ZhHans) };
    let width = |text| paragraph(text, Lang::ZhHans, conventions).width(Standing::MidLine, &conventions);
    assert_eq!(width("2026年"), EM * 3);
    assert_eq!(width("温-5℃到"), EM * 4);
    assert_eq!(width("第 3 次"), EM * 5 / 2);
    assert_eq!(width("A型"), EM * 7 / 4);
}

/// R7, clreq §Grid Alignment: Western text takes whole em between Han, its gaps half an em at most.
#[test]
fn western_text_keeps_the_grid_where_it_is_wished() {
    let conventions = Conventions { grid_align: true, ..Conventions::of(Lang::ZhHans) };
    let width = |text| paragraph(text, Lang::ZhHans, conventions).width(Standing::MidLine, &conventions);
    assert_eq!(width("第3次"), EM * 3);
    assert_eq!(width("有60期"), EM * 4);
    assert_eq!(width("用 two words 写"), EM * 7);
    assert_eq!(width("，A型"), EM * 11 / 4, "beside a mark its gap is the mark's");
}

/// R9.3, R18.3: the end mark behind a single character doesn't make a line of it.
#[test]
fn an_end_mark_is_no_second_character() {
    let style = RunStyle { size: EM, ..RunStyle::default() };
    let run = |text: &str, artifact| TextRun {
        text: text.into(),
        style: RunStyle { artifact, ..style.clone() },
        counts: true,
        ..TextRun::default()
    };
    let runs = [run("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏。", false), run("\u{2060}■", true)];
    let (p, _) = Composer::mock(Lang::ZhHans.script(), Conventions::of(Lang::ZhHans)).paragraph(&runs, EM);
    let lines = break_lines(&p, LineShape::justified(EM * 23, Len::ZERO));
    assert!(line_text(&p, &lines[1]).starts_with("冬藏。"));
}
