//! N11, N15, N16 and the small forms of N3: characters that stand for another one, by table.

use super::super::han::{is_han, is_invisible};
use super::cells::{At, Kind, Unit};
use crate::base::Lang;
use unicode_normalization::UnicodeNormalization;

pub fn clean(unit: &mut Unit, lang: Lang) {
    for cell in unit.all() {
        if unit.kind(cell) != Kind::Text {
            continue;
        }
        let c = unit.char(cell);
        if c < '\u{ad}' {
            continue;
        }
        if is_invisible(c) {
            unit.delete(cell, "N12");
        } else if let Some((plain, rule)) = plain(c, lang) {
            unit.set(cell, plain, rule);
        }
    }
    between_digits(unit);
}

fn plain(c: char, lang: Lang) -> Option<(char, &'static str)> {
    let small = "﹐﹑﹒﹔﹕﹖﹗".chars().zip("，、。；：？！".chars());
    let vertical = "︐︑︒︓︔︕︖︗︘︙︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈"
        .chars()
        .zip("，、。：；！？〖〗…—–（）｛｝〔〕【】《》〈〉「」『』［］".chars());
    Some(match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => (char::from_u32(c as u32 - 0xFEE0)?, "N11"),
        '\u{FE50}'..='\u{FE57}' => (small.into_iter().find(|(s, _)| *s == c)?.1, "N3"),
        '\u{FE10}'..='\u{FE4F}' => (vertical.into_iter().find(|(s, _)| *s == c)?.1, "N16"),
        '｡' => ('。', "N3"),
        '､' => ('、', "N3"),
        '｢' => ('「', "N3"),
        '｣' => ('」', "N3"),
        '\u{2E80}'..='\u{2EFF}' if radical(c).is_some() => (radical(c)?, "N15"),
        // Kangxi and supplement radicals, compatibility ideographs: NFKC for these alone (Unicode 23.3).
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => {
            let mut forms = std::iter::once(c).nfkc();
            (forms.next().filter(|n| *n != c && is_han(*n) && forms.next().is_none())?, "N15")
        }
        '\u{E000}'..='\u{F8FF}' => (private_use(c, lang)?, "N15"),
        _ => return None,
    })
}

/// A radical that files take for the character it is: text copied from a PDF has them. NFKC knows two of these; the others
/// are Unicode's (EquivalentUnifiedIdeograph.txt), where radical and character look alike.
fn radical(c: char) -> Option<char> {
    let radicals = "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰".chars();
    let mut pairs = radicals.zip("民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙".chars());
    pairs.find(|(from, _)| *from == c).map(|(_, to)| to)
}

/// A private-use character that GBK or Big5-HKSCS files brought along, as the standards name it today. The table is the
/// encodings' own (GB 18030-2022, HKSCS-2008): the character's old bytes are decoded again.
pub fn private_use(c: char, lang: Lang) -> Option<char> {
    let symbol = "●■▪•►✓".chars();
    let symbols = ['\u{F06C}', '\u{F06E}', '\u{F0A7}', '\u{F0B7}', '\u{F0D8}', '\u{F0FC}'];
    if let Some((_, plain)) = symbols.into_iter().zip(symbol).find(|(s, _)| *s == c) {
        return Some(plain);
    }
    let code = c as u32;
    let (encoding, bytes) = match code {
        _ if lang.is_traditional() => (encoding_rs::BIG5, hkscs(code)?),
        0xE7C7 => (encoding_rs::GB18030, [0xA8, 0xBC]),
        0xE78D..=0xE796 => (
            encoding_rs::GB18030,
            [0xA6, [0xD9, 0xDB, 0xDA, 0xDC, 0xDD, 0xDE, 0xDF, 0xEC, 0xED, 0xF3][code as usize - 0xE78D]],
        ),
        0xE815..=0xE864 => {
            let n = code - 0xE815;
            (encoding_rs::GB18030, [0xFE, (0x50 + n + u32::from(n >= 0x2F)) as u8])
        }
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(&bytes);
    let mut chars = text.chars().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}'));
    let found = chars.next().filter(|_| !broken && chars.next().is_none())?;
    plain(found, lang).map(|(base, _)| base).or(Some(found))
}

/// The bytes of a code point of the user-defined areas of code page 950, rows of 157.
fn hkscs(code: u32) -> Option<[u8; 2]> {
    let (first, lead) = match code {
        0xE000..=0xE310 => (0xE000, 0xFA),
        0xE311..=0xEEB7 => (0xE311, 0x8E),
        0xEEB8..=0xF6B0 => (0xEEB8, 0x81),
        _ => return None,
    };
    let (row, cell) = ((code - first) / 157, (code - first) % 157);
    let trail = if cell < 63 { 0x40 + cell } else { 0xA1 + cell - 63 };
    Some([lead + row as u8, trail as u8])
}

/// `１４：５２`, `３．５`, `１，２００`, `５０％`: signs among digits follow the digits.
fn between_digits(unit: &mut Unit) {
    let view = unit.view();
    for at in 0..view.len() {
        let c = unit.char(view[at]);
        let before = at.checked_sub(1).map_or('\0', |i| unit.char(view[i]));
        let after: Vec<char> = view[at + 1..].iter().take(4).map(|i| unit.char(*i)).collect();
        let digit = |n: usize| after.get(n).is_some_and(char::is_ascii_digit);
        let full = unit.rule(view[at]).is_none() && before.is_ascii_digit();
        let ascii = match c {
            '．' | '：' if full && digit(0) && changed(unit, &view, at) => c,
            '，' if full && digit(0) && digit(1) && digit(2) && !digit(3) && changed(unit, &view, at) => c,
            '％' if full => c,
            '．' if full && digit(0) => c,
            _ => continue,
        };
        if let Some(plain) = char::from_u32(ascii as u32 - 0xFEE0) {
            unit.set(view[at], plain, "N11");
        }
    }
}

/// Whether the digits around a sign were full-width: `比分3：2` typed so is left alone.
fn changed(unit: &Unit, view: &[At], at: usize) -> bool {
    unit.rule(view[at - 1]) == Some("N11") && unit.rule(view[at + 1]) == Some("N11")
}
