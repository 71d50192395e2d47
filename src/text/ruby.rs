//! Readings beside their characters: pinyin and kana above, zhuyin to the right of each character.
//!
//! In: an assembled paragraph and the readings of its runs. Out: the same paragraph with its bases widened, so that the
//! readings of neighbours never touch, and each reading's glyphs placed. Lines keep their pitch: a reading stands in the
//! space between them. After clreq §Positioning of Romanization and §Positioning of Bopomofo, jlreq §Ruby and Emphasis Dots.

use super::breaking::Break;
use super::class::is_word;
use super::paragraph::{Cluster, Gap, Paragraph, PlacedGlyph, Ruby, RubyGlyph};
use super::shape::{Composer, Missing, TextRun};
use super::zhuyin::{self, is_zhuyin};
use crate::base::{Len, Orientation};
use std::ops::Range;

/// The ascent of the shipped faces, in hundredths of an em: an em box stands so far above the baseline.
const ASCENT: i32 = 88;

pub fn annotate(composer: &mut Composer, runs: &[TextRun], p: &mut Paragraph, missing: &mut Vec<Missing>) {
    let read = |run: &TextRun| run.reading.as_deref().is_some_and(is_zhuyin);
    // In a vertical line the column of symbols stands between the lines.
    if runs.iter().any(read) && !p.vertical {
        reserve_columns(p);
    }
    let base = |p: &Paragraph, i: usize| {
        let before = |c: &Cluster| usize::from(c.run) < i;
        p.clusters.partition_point(before)..p.clusters.partition_point(|c| usize::from(c.run) <= i)
    };
    for (i, run) in runs.iter().enumerate() {
        let base = base(p, i);
        let Some(reading) = run.reading.as_deref().filter(|_| !base.is_empty()) else { continue };
        if let Some(syllables) = zhuyin::syllables(reading, &run.text).filter(|s| s.len() == base.len()) {
            for (cluster, syllable) in base.zip(syllables) {
                let glyphs = syllable.beside(composer, run);
                p.rubies.push(Ruby { clusters: cluster..cluster + 1, size: run.style.size.scale(3, 10), glyphs });
            }
        } else {
            let (set, lost) = shape(composer, run, reading);
            missing.extend(lost.into_iter().map(|m| Missing { run: i, bytes: 0..run.text.len(), ..m }));
            above(p, base, runs, (&set, reading));
        }
    }
    for i in 1..runs.len() {
        let (before, after) = (base(p, i - 1), base(p, i));
        let words = is_romanized(&runs[i - 1]) && is_romanized(&runs[i]) && before.len().max(after.len()) > 1;
        if words && !before.is_empty() && before.end == after.start {
            p.gaps[after.start].natural += p.em / 2;
        }
    }
}

/// 分词连写: the reading is a word's, in Latin letters.
fn is_romanized(run: &TextRun) -> bool {
    run.reading.as_deref().is_some_and(|r| !is_zhuyin(r) && r.chars().any(is_word))
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}')
}

/// Half an em after every character of an annotated paragraph, read or not, of the first tone or another (clreq
/// §Positioning of Bopomofo): columns of characters stay even.
fn reserve_columns(p: &mut Paragraph) {
    for cluster in p.clusters.iter_mut().filter(|c| c.class.is_han()) {
        cluster.advance += p.runs[usize::from(cluster.run)].size / 2;
    }
}

/// A reading in half the size of its base.
fn shape(composer: &mut Composer, run: &TextRun, reading: &str) -> (Paragraph, Vec<Missing>) {
    let size = run.style.size / 2;
    let mut small = TextRun { text: reading.to_string(), reading: None, class: None, counts: false, ..run.clone() };
    small.style.size = size;
    small.style.tracking = Len::ZERO;
    composer.paragraph(&[small], size)
}

/// Places a reading over its base, centred; the base is widened where the reading is the longer. Kana may stand over the
/// kana beside their base by one of their own width (jlreq §Adjustments of Ruby with Length Longer than its Base);
/// romanizations keep a quarter of an em between them. Kana and Han that are the shorter are spread over a base of several
/// characters (clreq §Positioning of Bilingual Annotations, its figure).
fn above(p: &mut Paragraph, base: Range<usize>, runs: &[TextRun], (set, reading): (&Paragraph, &str)) {
    let kana = reading.chars().any(is_kana);
    let least = if kana { Len::ZERO } else { set.em / 4 };
    let room = |cluster: Option<usize>| match cluster.filter(|_| kana).and_then(|i| p.clusters.get(i)) {
        Some(c) if runs[usize::from(c.run)].reading.is_none() && text(p, c.text.clone()).starts_with(is_kana) => set.em,
        _ => Len::ZERO,
    };
    let inner: Len = (base.start + 1..base.end).map(|i| p.gaps[i].natural).sum();
    let width: Len = p.clusters[base.clone()].iter().map(|c| c.advance).sum::<Len>() + inner;
    let length = length(set);
    let over = (length + least - width).max(Len::ZERO);
    let before = room(base.start.checked_sub(1)).min(over / 2);
    let after = room(Some(base.end)).min(over - before);
    let lead = widen(p, base.clone(), over - before - after);
    let free = width + over - length;
    let start = -lead - before;
    let spread = base.len() > 1 && !set.clusters.iter().any(|c| c.class.is_western());
    let glyphs = over_base(p.em.max(set.em * 2), set, |k, n| match spread {
        true => start + free * (2 * k as i32 + 1) / (2 * n as i32),
        false => start + free / 2,
    });
    p.rubies.push(Ruby { clusters: base, size: set.em, glyphs });
}

/// Makes a base wider by the same share at each character, half of it at the edges; returns what precedes the first. The
/// base is one unit: it neither breaks nor opens.
fn widen(p: &mut Paragraph, base: Range<usize>, by: Len) -> Len {
    let each = by / base.len() as i32;
    for i in base.start + 1..base.end {
        let natural = p.gaps[i].natural + each;
        p.gaps[i] = Gap { natural, brk: Break::Forbidden, ..Gap::default() };
    }
    let edges = by - each * (base.len() as i32 - 1);
    let lead = edges / 2;
    p.gaps[base.start].natural += lead;
    p.line_start[base.start] += lead;
    p.gaps[base.end].natural += edges - lead;
    p.line_end[base.end - 1].natural += edges - lead;
    lead
}

/// The glyphs of a reading above an em box, in a vertical line to the right of it; `at` says how far its k-th of n characters is moved.
fn over_base(em: Len, set: &Paragraph, at: impl Fn(usize, usize) -> Len) -> Vec<RubyGlyph> {
    let mut out = vec![];
    let mut x = Len::ZERO;
    for (k, cluster) in set.clusters.iter().enumerate() {
        x += if k > 0 { set.gaps[k].natural } else { Len::ZERO };
        for (n, glyph) in set.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize].iter().enumerate() {
            let text = if n == 0 { text(set, cluster.text.clone()).to_string() } else { String::new() };
            let dx = x + at(k, set.clusters.len()) + glyph.dx;
            let orientation = cluster.orientation;
            // Across the line: its baseline, or of upright characters its middle.
            let dy = match (set.vertical, orientation) {
                (false, _) => -em.scale(ASCENT, 100) - set.em.scale(100 - ASCENT, 100),
                (true, Orientation::Sideways) => -em / 2 - set.em.scale(100 - ASCENT, 100),
                (true, _) => -em / 2 - set.em / 2,
            };
            out.push(RubyGlyph { glyph: PlacedGlyph { dx, dy: dy + glyph.dy, ..*glyph }, orientation, text });
        }
        x += cluster.advance;
    }
    out
}

fn length(set: &Paragraph) -> Len {
    let inner: Len = (1..set.clusters.len()).map(|i| set.gaps[i].natural).sum();
    set.clusters.iter().map(|c| c.advance).sum::<Len>() + inner
}

fn text(p: &Paragraph, range: Range<u32>) -> &str {
    &p.text[range.start as usize..range.end as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Lang, Script};
    use crate::font::Library;
    use crate::text::{Conventions, LineShape, RunStyle, break_lines};
    use std::path::Path;

    const EM: Len = Len::pt(1000);

    /// `base|reading` or plain text.
    fn set(lang: Lang, parts: &[&str]) -> Paragraph {
        let style = RunStyle { size: EM, ..RunStyle::default() };
        let run = |part: &&str| {
            let (text, reading) = part.split_once('|').map_or((*part, None), |(t, r)| (t, Some(r.to_string())));
            TextRun { text: text.into(), reading, style: style.clone(), counts: true, ..TextRun::default() }
        };
        let runs: Vec<TextRun> = parts.iter().map(run).collect();
        Composer::mock(lang.script(), Conventions::of(lang)).paragraph(&runs, EM).0
    }

    fn width(p: &Paragraph) -> i32 {
        p.natural_width().raw() * 100 / EM.raw()
    }

    /// RB-03, RB-04, R13.3 (clreq §Positioning of Bopomofo): half an em is kept beside every character of the paragraph.
    #[test]
    fn zhuyin_takes_half_an_em_beside_every_character() {
        assert_eq!(width(&set(Lang::ZhHant, &["注|ㄓㄨˋ"])), 150);
        assert_eq!(width(&set(Lang::ZhHant, &["安|ㄢ"])), 150);
        assert_eq!(width(&set(Lang::ZhHant, &["注|ㄓㄨˋ", "意"])), 300);
        assert_eq!(set(Lang::ZhHant, &["花兒|ㄏㄨㄚㄦ"]).rubies.len(), 2);
    }

    /// RB-02, R13.2 (clreq, Words as the Basic Units): one reading over a word, never divided.
    #[test]
    fn a_word_with_one_reading_is_a_unit() {
        let p = set(Lang::ZhHans, &["去", "北京|Běijīng", "城"]);
        assert_eq!(p.gaps[2].brk, Break::Forbidden);
        assert!(matches!(p.gaps[1].brk, Break::Allowed { .. }) && matches!(p.gaps[3].brk, Break::Allowed { .. }));
        assert_eq!(p.rubies[0].clusters, 1..3);
    }

    /// R13.1: a long romanization widens its base, a quarter of its em stays between neighbours.
    #[test]
    fn a_long_reading_widens_its_base() {
        assert_eq!(width(&set(Lang::ZhHans, &["双|shuāng"])), 162);
        assert_eq!(width(&set(Lang::ZhHans, &["鱼|yú"])), 100);
    }

    /// jlreq: over kana by one kana of the reading, never over another reading's base.
    #[test]
    fn kana_stand_over_the_kana_beside_their_base() {
        assert_eq!(width(&set(Lang::Ja, &["お", "志|こころざし", "を"])), 350);
        assert_eq!(width(&set(Lang::Ja, &["大", "志|こころざし", "国"])), 450);
        assert_eq!(width(&set(Lang::Ja, &["漢|かん", "字|じ"])), 200);
    }

    /// clreq §Words as the Basic Units for Annotating Pronunciation: words with their readings stand half an em apart.
    #[test]
    fn words_stand_apart() {
        assert_eq!(width(&set(Lang::ZhHans, &["北京|Běijīng", "去|qù"])), 350);
        assert_eq!(width(&set(Lang::ZhHans, &["鱼|yú", "去|qù"])), 200);
    }

    /// clreq §Positioning of Bilingual Annotations: Han over a longer base are spread over it.
    #[test]
    fn han_over_a_word_are_spread() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let style = RunStyle { size: EM, ..RunStyle::default() };
        let read = |reading: &str| {
            let (text, reading) = ("Endless Enigma".to_string(), Some(reading.to_string()));
            let run = TextRun { text, reading, style: style.clone(), ..TextRun::default() };
            let p = Composer::new(&library, Script::Tc, Conventions::of(Lang::ZhHant)).paragraph(&[run], EM).0;
            p.rubies[0].glyphs.windows(2).map(|w| w[1].glyph.dx - w[0].glyph.dx).collect::<Vec<_>>()
        };
        assert!(read("無盡的迷").iter().all(|step| *step > EM), "{:?}", read("無盡的迷"));
        assert!(read("abc").iter().all(|step| *step < EM / 2), "{:?}", read("abc"));
    }

    /// R13.5: no line begins with a reading without its base, and lines stay within their measure.
    #[test]
    fn lines_hold_their_readings() {
        let p = set(Lang::ZhHans, &["学|xué", "校|xiào", "双|shuāng", "窗|chuāng", "，", "好"]);
        for line in break_lines(&p, LineShape::justified(EM * 4, Len::ZERO)) {
            assert!(line.target <= EM * 4);
            assert!(
                p.rubies
                    .iter()
                    .all(|r| !line.clusters.contains(&r.clusters.start) || line.clusters.end >= r.clusters.end)
            );
        }
    }
}
