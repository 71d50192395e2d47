//! Readings beside their characters: pinyin and kana above, zhuyin to the right of each character.
//!
//! In: an assembled paragraph and the readings of its runs. Out: the same paragraph with its bases widened, so that the
//! readings of neighbours never touch, and each reading's glyphs placed. Lines keep their pitch: a reading stands in the
//! space between them. After clreq §Positioning of Romanization and §Positioning of Bopomofo, jlreq §Ruby and Emphasis Dots.

use super::breaking::Break;
use super::class::is_bopomofo;
use super::paragraph::{Gap, Paragraph, PlacedGlyph, Ruby, RubyGlyph};
use super::shape::{Composer, Missing, TextRun};
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
    for (i, run) in runs.iter().enumerate() {
        let first = p.clusters.partition_point(|c| usize::from(c.run) < i);
        let base = first..p.clusters.partition_point(|c| usize::from(c.run) <= i);
        let Some(reading) = run.reading.as_deref().filter(|_| !base.is_empty()) else { continue };
        let syllables: Vec<&str> = reading.split_whitespace().collect();
        if is_zhuyin(reading) && syllables.len() == base.len() {
            for (cluster, syllable) in base.zip(syllables) {
                let glyphs = Zhuyin::of(syllable).place(composer, run);
                let glyphs = if p.vertical { beside(glyphs, run.style.size) } else { glyphs };
                p.rubies.push(Ruby { clusters: cluster..cluster + 1, size: run.style.size.scale(3, 10), glyphs });
            }
        } else {
            let (set, lost) = shape(composer, run, reading);
            missing.extend(lost.into_iter().map(|m| Missing { run: i, bytes: 0..run.text.len(), ..m }));
            above(p, base, runs, (&set, reading));
        }
    }
}

fn is_zhuyin(reading: &str) -> bool {
    reading.chars().any(is_bopomofo)
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
/// romanizations keep a quarter of an em between them.
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
    let spread = kana && base.len() > 1;
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

/// A syllable of zhuyin: its symbols, and its tone where one is written.
#[derive(Debug, PartialEq, Eq)]
struct Zhuyin {
    symbols: Vec<char>,
    tone: Option<char>,
}

impl Zhuyin {
    fn of(syllable: &str) -> Zhuyin {
        let symbols = syllable.chars().filter(|c| is_bopomofo(*c)).collect();
        Zhuyin { symbols, tone: syllable.chars().find(|c| "ˊˇˋ˙˪˫".contains(*c)) }
    }

    /// In a column to the right of the character, in horizontal and vertical lines alike: symbols of 3/10 em in the em
    /// box's middle; ˊ ˇ ˋ at the upper right of the last, half above it; ˙ over the first (clreq §Positioning of the Tones).
    fn place(&self, composer: &mut Composer, run: &TextRun) -> Vec<RubyGlyph> {
        let vertical = std::mem::replace(&mut composer.conventions.vertical, false);
        let glyphs = self.beside_upright(composer, run);
        composer.conventions.vertical = vertical;
        glyphs
    }

    fn beside_upright(&self, composer: &mut Composer, run: &TextRun) -> Vec<RubyGlyph> {
        let em = run.style.size;
        let size = em.scale(3, 10);
        let n = self.symbols.len() as i32;
        let (left, top) = (em.scale(105, 100), (em - size * n) / 2 - em.scale(ASCENT, 100));
        let mut out = vec![];
        let mut put = |c: char, x: Len, baseline: Len| {
            let mut small = TextRun { text: c.to_string(), reading: None, counts: false, ..run.clone() };
            small.style.size = size;
            let (set, _) = composer.paragraph(&[small], size);
            let middle = set.clusters.first().map_or(Len::ZERO, |c| c.advance / 2);
            let glyphs = set.glyphs.iter().map(|g| PlacedGlyph { dx: x - middle + g.dx, dy: baseline + g.dy, ..*g });
            let (orientation, text) = (Orientation::Horizontal, c.to_string());
            out.extend(glyphs.map(|glyph| RubyGlyph { glyph, orientation, text: text.clone() }));
        };
        // The ink of a tone mark stands 65/100 of its size above its baseline, that of ˙ 39/100.
        if self.tone == Some('˙') {
            put('˙', left + size / 2, top - size / 6 + size.scale(39, 100));
        }
        for (k, symbol) in (0..).zip(&self.symbols) {
            put(*symbol, left + size / 2, top + size * k + size.scale(ASCENT, 100));
        }
        if let Some(tone) = self.tone.filter(|t| *t != '˙') {
            let column = left + size + (em * 3 / 2 - left - size) / 2;
            put(tone, column, top + size * (n - 1) + size.scale(65, 100));
        }
        out
    }
}

/// The same column beside a character of a vertical line, whose own axes run down and to the left: what stood to the right
/// of an upright em box on its baseline stands there still.
fn beside(glyphs: Vec<RubyGlyph>, em: Len) -> Vec<RubyGlyph> {
    let turned = |g: RubyGlyph| {
        let (right, down) = (g.glyph.dx, g.glyph.dy);
        let glyph = PlacedGlyph { dx: down + em.scale(ASCENT, 100), dy: em / 2 - right, ..g.glyph };
        RubyGlyph { glyph, ..g }
    };
    glyphs.into_iter().map(turned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;
    use crate::text::{Conventions, LineShape, RunStyle, break_lines};

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

    /// R13.3, R13.4 (clreq §Positioning of Bopomofo): half an em is kept beside every character of the paragraph.
    #[test]
    fn zhuyin_takes_half_an_em_beside_every_character() {
        assert_eq!(width(&set(Lang::ZhHant, &["注|ㄓㄨˋ"])), 150);
        assert_eq!(width(&set(Lang::ZhHant, &["安|ㄢ"])), 150);
        assert_eq!(width(&set(Lang::ZhHant, &["注|ㄓㄨˋ", "意"])), 300);
        assert_eq!(Zhuyin::of("˙ㄉㄜ"), Zhuyin { symbols: vec!['ㄉ', 'ㄜ'], tone: Some('˙') });
    }

    /// R13.2 (clreq, Words as the Basic Units): one reading over a word, never divided.
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
