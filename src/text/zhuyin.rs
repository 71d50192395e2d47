//! 注音: a syllable's symbols and tone in a column beside their character.
//!
//! In: a reading and its base. Out: each character's signs as glyphs, in the places that clreq's figures measure. After clreq
//! §Positioning of Bopomofo.

use super::glyphs::ascent;
use super::paragraph::{PlacedGlyph, RubyGlyph};
use super::shape::{Composer, TextRun};
use crate::base::is_bopomofo;
use crate::base::{Len, Orientation};

pub fn is_zhuyin(reading: &str) -> bool {
    reading.chars().any(is_bopomofo)
}

/// A syllable of zhuyin: its symbols, its tone where one is written, and the letter that checks it (入聲 in Taiwan's languages).
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Zhuyin {
    symbols: Vec<char>,
    tone: Option<char>,
    checked: Option<char>,
}

const NEUTRAL: char = '˙';

/// 60ths of an em, the unit of clreq's figures halved so that middles are whole.
const UNITS: i32 = 60;

/// The syllables of a reading; None where it isn't zhuyin. 兒 that has none of its own takes the ㄦ of the syllable
/// before it (clreq §Erhuayin, its figure).
pub fn syllables(reading: &str, base: &str) -> Option<Vec<Zhuyin>> {
    if !is_zhuyin(reading) {
        return None;
    }
    let mut all: Vec<Zhuyin> = reading.split_whitespace().map(Zhuyin::of).collect();
    let missing = base.chars().count().saturating_sub(all.len());
    for (i, _) in base.chars().enumerate().filter(|(_, c)| matches!(c, '兒' | '儿')).take(missing) {
        let before = i.checked_sub(1).and_then(|j| all.get_mut(j));
        if let Some(r) = before.filter(|z| z.symbols.len() > 1).and_then(|z| z.symbols.pop_if(|c| *c == 'ㄦ')) {
            all.insert(i, Zhuyin { symbols: vec![r], ..Zhuyin::default() });
        }
    }
    Some(all)
}

impl Zhuyin {
    fn of(syllable: &str) -> Zhuyin {
        let checks = |c: &char| matches!(c, '\u{31b4}'..='\u{31b7}' | '\u{31bb}');
        Zhuyin {
            symbols: syllable.chars().filter(|c| is_bopomofo(*c) && !checks(c)).collect(),
            // The dot above a checking letter may be typed as a combining one.
            tone: syllable
                .chars()
                .find(|c| "ˊˇˋ˙˪˫\u{307}".contains(*c))
                .map(|c| if c == '\u{307}' { NEUTRAL } else { c }),
            checked: syllable.chars().find(checks),
        }
    }

    /// Each sign with its ink's middle, from the left and the top of the base's em box in [`UNITS`], in the order they are
    /// read: ˙ over the first symbol, the column, at its right ˊ ˇ ˋ half above the last one's top or, at its foot, the
    /// letter that checks it (clreq §Positioning of the Tones, its figures).
    fn signs(&self) -> Vec<(char, i32, i32)> {
        let n = self.symbols.len() as i32;
        let (top, pitch) = match n {
            1 => (22, 18),
            2 => (12, 22),
            3 => (4, 18),
            _ => (30 - 9 * n, 18),
        };
        let (column, beside, last) = (71, 85, top + pitch * (n - 1));
        let foot = last + if n == 1 { 15 } else { 13 };
        let symbols = (0..).zip(&self.symbols).map(|(k, c)| (*c, column, top + pitch * k + 9));
        let (neutral, tone) = match (self.tone, self.checked) {
            (Some(NEUTRAL), None) => (Some((NEUTRAL, column, top - if n == 3 { 2 } else { 4 })), None),
            (Some(tone), None) => (None, Some((tone, beside, last + 1))),
            (Some(tone), Some(_)) => (None, Some((tone, beside, foot - 7))),
            (None, _) => (None, None),
        };
        neutral.into_iter().chain(symbols).chain(self.checked.map(|c| (c, beside, foot))).chain(tone).collect()
    }

    /// In a column to the right of the character, in horizontal and vertical lines alike: everything in 3/10 of its size.
    pub fn beside(&self, composer: &mut Composer, run: &TextRun) -> Vec<RubyGlyph> {
        let vertical = std::mem::replace(&mut composer.conventions.vertical, false);
        let mut out = vec![];
        for (c, x, y) in self.signs() {
            let em = run.style.size;
            let size = em.scale(3, 10);
            let mut small = TextRun { text: c.to_string(), reading: None, counts: false, ..run.clone() };
            small.style.size = size;
            let (set, _) = composer.paragraph(&[small], size);
            let (middle, height) = ink(c, set.clusters.first().map_or(Len::ZERO, |c| c.advance), size);
            let (x, y) = (em.scale(x, UNITS) - middle, em.scale(y, UNITS) - ascent(em) + height);
            let glyphs = set.glyphs.iter().map(|g| PlacedGlyph { dx: x + g.dx, dy: y + g.dy, ..*g });
            let (orientation, text) = (Orientation::Horizontal, c.to_string());
            out.extend(glyphs.map(|glyph| RubyGlyph { glyph, orientation, text: text.clone() }));
        }
        composer.conventions.vertical = vertical;
        if vertical { turned(out, run.style.size) } else { out }
    }
}

/// Where the shipped faces have a sign's ink: its middle from the glyph's left and above its baseline.
fn ink(c: char, advance: Len, size: Len) -> (Len, Len) {
    match c {
        NEUTRAL => (advance / 2, size.scale(39, 100)),
        'ˊ' | 'ˇ' | 'ˋ' | '˪' | '˫' => (advance / 2, size.scale(65, 100)),
        '\u{31b4}'..='\u{31b7}' | '\u{31bb}' => (size.scale(28, 100), size.scale(9, 100)),
        _ => (advance / 2, ascent(size) - size / 2),
    }
}

/// The same column beside a character of a vertical line, whose own axes run down and to the left: what stood to the right
/// of an upright em box on its baseline stands there still.
fn turned(glyphs: Vec<RubyGlyph>, em: Len) -> Vec<RubyGlyph> {
    let turn = |g: RubyGlyph| {
        let (right, down) = (g.glyph.dx, g.glyph.dy);
        let glyph = PlacedGlyph { dx: down + ascent(em), dy: em / 2 - right, ..g.glyph };
        RubyGlyph { glyph, ..g }
    };
    glyphs.into_iter().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_is_symbols_a_tone_and_what_checks_it() {
        let neutral = Zhuyin { symbols: vec!['ㄉ', 'ㄜ'], tone: Some('˙'), checked: None };
        assert_eq!(Zhuyin::of("˙ㄉㄜ"), neutral);
    }

    /// RB-05, RB-06, R13.4: the measures of clreq's figures of one, two and three symbols in thirtieths of an em: symbols 9 high, two with 2
    /// between them; ˙ above the first, ˇ beside the last one's top, a checking letter beside its foot.
    #[test]
    fn tones_stand_where_clreqs_figures_have_them() {
        let middles = |syllable: &str| Zhuyin::of(syllable).signs();
        assert_eq!(middles("ㄢ"), [('ㄢ', 71, 31)]);
        assert_eq!(middles("˙ㄚ"), [('˙', 71, 18), ('ㄚ', 71, 31)]);
        assert_eq!(middles("ㄨㄛˇ"), [('ㄨ', 71, 21), ('ㄛ', 71, 43), ('ˇ', 85, 35)]);
        assert_eq!(middles("ㄗㄨㄟˇ"), [('ㄗ', 71, 13), ('ㄨ', 71, 31), ('ㄟ', 71, 49), ('ˇ', 85, 41)]);
        assert_eq!(middles("ㄉㄧㄜㆷ"), [('ㄉ', 71, 13), ('ㄧ', 71, 31), ('ㄜ', 71, 49), ('ㆷ', 85, 53)]);
        let high = [('ㄌ', 71, 21), ('ㄧ', 71, 43), ('ㆻ', 85, 47), ('˙', 85, 40)];
        assert_eq!((middles("ㄌㄧㆻ˙"), middles("ㄌㄧㆻ\u{307}")), (high.to_vec(), high.to_vec()));
    }

    /// R13.6 (clreq §Erhuayin): 兒 takes the ㄦ of a syllable written for both.
    #[test]
    fn er_has_its_share_of_the_syllable() {
        let symbols = |reading: &str, base: &str| -> Vec<String> {
            syllables(reading, base).expect("zhuyin").iter().map(|z| z.symbols.iter().collect()).collect()
        };
        assert_eq!(symbols("ㄏㄨㄚㄦ", "花兒"), ["ㄏㄨㄚ", "ㄦ"]);
        assert_eq!(symbols("ㄧ ㄏㄨㄟˇㄦ", "一會兒"), ["ㄧ", "ㄏㄨㄟ", "ㄦ"]);
        assert_eq!(symbols("ㄋㄩˇ ㄦˊ", "女兒"), ["ㄋㄩ", "ㄦ"]);
    }
}
