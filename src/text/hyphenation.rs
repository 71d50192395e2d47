//! Words that may be divided: English, after Liang's patterns, and only where a line would else be blown apart.
//!
//! In: a paragraph. Out: its gaps inside words, opened at a price. In Chinese text a division costs as much as a line whose
//! gaps are opened by a quarter of an em, which would be reported as loose; in a paragraph without Han it is ordinary
//! (clreq §Handling Western Text in Chinese Text).

use super::breaking::Break;
use super::class::Class;
use super::paragraph::Paragraph;
use std::collections::BTreeMap;
use std::ops::Range;

const IN_HAN_TEXT: u16 = 24_000;
/// Between words run together: a place where a reader expects a joint; where there are many letters, more readily than some
/// lines opened by a tenth of an em.
const AT_A_CAPITAL: u16 = 3_000;
const AT_A_CAPITAL_OF_MANY: u16 = 200;
const MANY: usize = 12;
const IN_LATIN_TEXT: u16 = 60;
/// Shorter words are never divided, nor longer ones: they are no words but hashes and the like, and the patterns end there.
const SHORTEST: usize = 6;
const LONGEST: usize = 45;

pub fn divide(p: &mut Paragraph) {
    let cost = if p.clusters.iter().any(|c| c.class.is_han()) { IN_HAN_TEXT } else { IN_LATIN_TEXT };
    let mut start = 0;
    while start < p.clusters.len() {
        let end = word_end(p, start);
        if (SHORTEST..=LONGEST).contains(&(end - start)) {
            divide_word(p, start..end, cost);
        }
        start = end.max(start + 1);
    }
}

fn word_end(p: &Paragraph, start: usize) -> usize {
    let letters = |i: &usize| {
        let cluster = &p.clusters[*i];
        cluster.class == Class::Western
            && cluster.run == p.clusters[start].run
            && text(p, *i).chars().all(|c| c.is_ascii_alphabetic())
    };
    (start..p.clusters.len()).find(|i| !letters(i)).unwrap_or(p.clusters.len())
}

fn text(p: &Paragraph, cluster: usize) -> &str {
    let range = &p.clusters[cluster].text;
    &p.text[range.start as usize..range.end as usize]
}

fn divide_word(p: &mut Paragraph, clusters: Range<usize>, cost: u16) {
    // A word in a link or beside a digit or mark is a name of something: left whole. An apostrophe is no such mark.
    let beside =
        |i: usize| p.clusters.get(i).is_some_and(|c| c.class == Class::Western) && !matches!(text(p, i), "'" | "’");
    let part = clusters.start.checked_sub(1).is_some_and(beside) || beside(clusters.end);
    if part || p.runs[p.clusters[clusters.start].run as usize].link.is_some() {
        return;
    }
    let from = p.clusters[clusters.start].text.start;
    let word = &p.text[from as usize..p.clusters[clusters.end - 1].text.end as usize];
    let mut at = from;
    let mut cuts = BTreeMap::new();
    for syllable in hypher::hyphenate(word, hypher::Lang::English) {
        at += syllable.len() as u32;
        cuts.insert(at, cost);
    }
    let letters = word.as_bytes().windows(2).zip(from + 1..);
    let capitals = letters.filter(|(w, _)| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    let joint = if word.len() < MANY { AT_A_CAPITAL } else { AT_A_CAPITAL_OF_MANY };
    cuts.extend(capitals.map(|(_, at)| (at, cost.min(joint))));
    for i in clusters.start + 1..clusters.end {
        if let Some(&cost) = cuts.get(&p.clusters[i].text.start) {
            p.gaps[i].brk = Break::Allowed { cost };
            p.gaps[i].hyphen = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::{Lang, Len};
    use crate::text::{Break, Composer, Conventions, RunStyle, TextRun};

    fn divided(text: &str) -> usize {
        let em = Len::pt(1000);
        let style = RunStyle { size: em, ..RunStyle::default() };
        let run = TextRun { text: text.into(), style, counts: true, ..TextRun::default() };
        let conventions = Conventions::of(Lang::ZhHans);
        let (p, _) = Composer::mock(Lang::ZhHans.script(), conventions).paragraph(&[run], em);
        p.gaps.iter().filter(|g| g.hyphen && g.brk != Break::Forbidden).count()
    }

    /// No word of a display line is divided; one wider than the measure has to be.
    #[test]
    fn titles_are_not_divided_within_a_word() {
        use super::super::{LineShape, break_lines};
        let lines = |text: &str, ems: i32| {
            let em = Len::pt(1000);
            let style = RunStyle { size: em, ..RunStyle::default() };
            let run = TextRun { text: text.into(), style, counts: true, ..TextRun::default() };
            let (p, _) = Composer::mock(Lang::En.script(), Conventions::of(Lang::En)).paragraph(&[run], em);
            break_lines(&p, LineShape::balanced(em * ems)).iter().map(|l| l.hyphen.is_some()).collect::<Vec<_>>()
        };
        let title = "How Public Discussion Endures in a Mountain Village";
        assert!(!lines(title, 11).contains(&true));
        assert!(lines("Institutionalization", 7).contains(&true));
    }

    #[test]
    fn words_are_divided_and_hashes_are_not() {
        assert!(divided("用hyphenation断词") >= 2);
        assert!(divided("师科布JohnThomasScopes。") >= 2);
        assert_eq!(divided("见km完"), 0);
        assert_eq!(divided(&format!("正文{}完", "x".repeat(46))), 0);
        assert_eq!(divided(&"hyphenation".repeat(300)), 0);
    }
}
