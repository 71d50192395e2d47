//! Character classes: one decision a character, from which widths, gaps and prohibitions all follow.
//!
//! In: a paragraph's characters. Out: [`Class`] for each. Context is settled here once: `“` beside Han is a full-width
//! opening mark, beside Latin a Latin one. After clreq §Categories and Usage of Punctuation Marks and jlreq §About
//! Character Classes; `classify("他说“好”")` is `[Han, Han, Open, Han, Close]`.

use crate::base::is_bopomofo;
use std::collections::BTreeMap;

/// What a character is to the line. Region and style change widths, never classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 汉字, kana, bopomofo, Hangul and every other full-width character without blanks of its own.
    Han,
    /// 开始夹注符号: “ ‘ 「 『 （ 《 〈 【 〖 〔 ［ ｛.
    Open,
    /// 结束夹注符号: ” ’ 」 』 ） 》 〉 】 〗 〕 ］ ｝.
    Close,
    /// 逗号, 顿号.
    Comma,
    /// 分号.
    Semicolon,
    /// 冒号.
    Colon,
    /// 句号.
    Stop,
    /// 叹号, 问号.
    Exclaim,
    /// Two of them in one character: ‼ ⁇ ⁈ ⁉.
    ExclaimPair,
    /// 破折号 and 省略号: a pair that is never cut inside.
    Inseparable,
    /// 连接号: — alone, ～, –, －, and - between Han.
    Connector,
    /// 间隔号.
    Interpunct,
    /// 分隔号 beside Han.
    Solidus,
    /// Letters and digits of Western words and numbers, with the marks inside them.
    Western,
    /// Western opening and closing marks that stand beside a word.
    WesternOpen,
    WesternClose,
    /// ￥ $ № before a number.
    Prefix,
    /// % ℃ after a number.
    Postfix,
    /// The mark of a note, or ¹²³; bopomofo's tones; an end mark.
    Reference,
    Space,
    IdeographicSpace,
    /// U+00A0, U+2060.
    NoBreak,
    /// U+200B: a break the author allows.
    BreakHere,
    /// 々, which may not begin a line.
    NoStart,
    /// Kana that may not begin a line in Japanese text (jlreq cl-09 to cl-11).
    SmallKana,
}

impl Class {
    /// Marks with a blank of half an em that squeezing may take (clreq §Punctuation Adjustment Space).
    pub const fn is_squeezable_mark(self) -> bool {
        use Class::*;
        matches!(self, Open | Close | Comma | Semicolon | Colon | Stop | Exclaim | ExclaimPair)
    }
    /// Set like Latin text: proportional, with a gap beside Han.
    pub const fn is_western(self) -> bool {
        use Class::*;
        matches!(self, Western | WesternOpen | WesternClose | Prefix | Postfix)
    }
    /// Set like a Han character.
    pub const fn is_han(self) -> bool {
        matches!(self, Class::Han | Class::NoStart | Class::SmallKana)
    }
}

const OPEN: &str = "「『（《〈【〖〔［｛｟〝";
const CLOSE: &str = "」』）》〉】〗〕］｝｠〞〟";
const SMALL_KANA: &str = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿー〻ゝゞヽヾ";

/// Whether a character belongs to Han text by itself.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303B | 0x3040..=0x30FA | 0x30FC..=0x31FF
        | 0x3200..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x1100..=0x11FF
        | 0xFF01..=0xFF9F | 0xFFE0..=0xFFE6 | 0x1F000..=0x1FAFF | 0x20000..=0x3347F | 0x1B000..=0x1B16F | 0x2460..=0x24FF | 0x2600..=0x27BF | 0x25A0..=0x25FF)
}

/// Letters and digits of Western text.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (c.is_alphanumeric() && u32::from(c) < 0x2E80 && !is_cjk(c) && !is_superscript(c))
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Combining marks, variation selectors and joiners: they belong to the character before them.
pub fn is_extension(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C | 0x200D | 0x20D0..=0x20FF | 0x302A..=0x302F | 0x3099 | 0x309A
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xE0100..=0xE01EF | 0x1F3FB..=0x1F3FF)
}

/// The class of every character of a paragraph.
pub fn classify(text: &[char]) -> Vec<Class> {
    let quotes = Quotes::of(text);
    (0..text.len()).map(|i| quotes.class(text, i).unwrap_or_else(|| class(text, i))).collect()
}

fn class(text: &[char], i: usize) -> Class {
    use Class::*;
    let c = text[i];
    let before = i.checked_sub(1).map(|j| text[j]);
    let after = text.get(i + 1).copied();
    let word = |x: Option<char>| x.is_some_and(is_word);
    let cjk = |x: Option<char>| x.is_some_and(is_cjk);
    let ascii = |x: Option<char>| x.is_none_or(|c| c.is_ascii());
    match c {
        _ if is_extension(c) && i > 0 => class(text, i - 1),
        ' ' | '\t' | '\u{2000}' | '\u{2002}' | '\u{2004}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => Space,
        '\u{3000}' | '\u{2001}' | '\u{2003}' => IdeographicSpace,
        '\u{a0}' | '\u{2060}' | '\u{202f}' | '\u{feff}' => NoBreak,
        '\u{200b}' => BreakHere,
        '，' | '、' | '﹐' | '﹑' => Comma,
        '；' => Semicolon,
        '：' => Colon,
        '。' | '．' | '｡' => Stop,
        '！' | '？' => Exclaim,
        '‼' | '⁇' | '⁈' | '⁉' => ExclaimPair,
        '—' if before == Some('—') || after == Some('—') => Inseparable,
        '…' | '⋯' | '⸺' | '⸻' => Inseparable,
        '—' | '～' | '〜' | '–' | '－' => Connector,
        // 短横线 typed as a hyphen (clreq, table of punctuation marks).
        '-' | '‐' if cjk(before) && cjk(after) => Connector,
        '·' if word(before) && word(after) && !cjk_near(text, i) => Western,
        '·' | '‧' | '・' => Interpunct,
        '／' => Solidus,
        '/' if ascii(before) && ascii(after) => Western,
        '/' => Solidus,
        '¥' | '￥' | '$' | '£' | '€' | '№' | '＄' => Prefix,
        '%' | '‰' | '℃' | '℉' | '°' | '′' | '″' | '％' => Postfix,
        // The neutral tone stands before its syllable, the others after it.
        '˙' if after.is_some_and(is_bopomofo) => Han,
        'ˊ' | 'ˇ' | 'ˋ' | '˙' | '˪' | '˫' => Reference,
        _ if is_superscript(c) => Reference,
        '(' | '[' | '{' => WesternOpen,
        ')' | ']' | '}' | '!' | '?' | ';' | ',' | '.' | ':' => WesternClose,
        '々' => NoStart,
        _ if SMALL_KANA.contains(c) => SmallKana,
        _ if OPEN.contains(c) => Open,
        _ if CLOSE.contains(c) => Close,
        _ if is_cjk(c) => Han,
        _ => Western,
    }
}

fn cjk_near(text: &[char], i: usize) -> bool {
    text[i.saturating_sub(4)..(i + 5).min(text.len())].iter().any(|c| is_cjk(*c))
}

/// U+2018/9 and U+201C/D are full-width in Chinese; a pair is Latin where Latin text stands inside and around it.
struct Quotes {
    /// Of each quotation mark the other of its pair, nesting of its own kind counted; marks without one are left out.
    partners: BTreeMap<usize, usize>,
    /// Straight ones in their order: they open and close in turn, unless one is left over.
    straight: Vec<usize>,
    has_han: bool,
    has_letters: bool,
}

impl Quotes {
    fn of(text: &[char]) -> Quotes {
        let mut partners = BTreeMap::new();
        let (mut double, mut single, mut straight) = (vec![], vec![], vec![]);
        for (i, c) in text.iter().enumerate() {
            let open = if matches!(c, '“' | '”') { &mut double } else { &mut single };
            match c {
                // 6" is a length, unless a quotation is open.
                '"' if !straight.len().is_multiple_of(2) || i == 0 || !text[i - 1].is_ascii_digit() => straight.push(i),
                '“' | '‘' => open.push(i),
                '”' | '’' => partners.extend(open.pop().into_iter().flat_map(|j| [(i, j), (j, i)])),
                _ => {}
            }
        }
        let (has_han, has_letters) = (text.iter().any(|c| is_cjk(*c)), text.iter().any(is_letter));
        Quotes { partners, straight, has_han, has_letters }
    }

    /// None: no quotation mark stands there.
    fn class(&self, text: &[char], i: usize) -> Option<Class> {
        let opening = match text[i] {
            '“' | '‘' => true,
            '”' | '’' => false,
            '"' => return self.straight(i),
            _ => return None,
        };
        let other = self.partners.get(&i).copied();
        let pair = if opening { (Some(i), other) } else { (other, Some(i)) };
        let latin = self.is_latin(text, pair);
        // don’t; ’n’, where letters are left out before it.
        let before_word = text[i] == '’' && text.get(i + 1).is_some_and(|c| is_word(*c));
        if before_word && (i > 0 && is_word(text[i - 1]) || other.is_none() && latin) {
            return Some(Class::Western);
        }
        Some(match (latin, opening) {
            (true, true) => Class::WesternOpen,
            (true, false) => Class::WesternClose,
            (false, true) => Class::Open,
            (false, false) => Class::Close,
        })
    }

    fn straight(&self, i: usize) -> Option<Class> {
        let paired = self.straight.len().is_multiple_of(2);
        let place = self.straight.binary_search(&i).ok().filter(|_| paired)?;
        Some(if place.is_multiple_of(2) { Class::WesternOpen } else { Class::WesternClose })
    }

    /// Latin inside both marks and outside both (or the text's edge), with a Latin letter to show for it outside, or no Han
    /// in the whole paragraph.
    fn is_latin(&self, text: &[char], (open, close): (Option<usize>, Option<usize>)) -> bool {
        let latin = |c: char| is_word(c) || c.is_ascii_punctuation();
        let skip = |c: &&char| !matches!(**c, ' ' | '“' | '”' | '‘' | '’');
        let left = |i: usize| text[..i].iter().rev().find(skip).copied();
        let right = |i: usize| text[i + 1..].iter().find(skip).copied();
        let inside = [open.and_then(right), close.and_then(left)];
        let outside = [open.and_then(left), close.and_then(right)];
        inside.iter().flatten().chain(outside.iter().flatten()).all(|c| latin(*c))
            && (outside.iter().flatten().any(is_letter) || !self.has_han && self.has_letters)
    }
}

fn is_letter(c: &char) -> bool {
    is_word(*c) && !c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Class::*;

    fn classes(text: &str) -> Vec<Class> {
        classify(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn quotes_follow_their_neighbours() {
        assert_eq!(classes("是“1”，"), [Han, Open, Western, Close, Comma]);
        let latin = classes("He said “hi”.");
        assert_eq!((latin[8], latin[11]), (WesternOpen, WesternClose));
        assert_eq!(classes("don’t")[3], Western);
        assert_eq!(classes("所谓“3G”网络")[2], Open);
        assert_eq!(classes("他说“Hello”吗")[8], Close);
        assert_eq!(classes("Rock ’n’ Roll")[5], Western);
        assert_eq!(classes("说\"好\"吗"), [Han, WesternOpen, Han, WesternClose, Han]);
        assert_eq!(classes("屏幕6\"大，\"好\"")[3..7], [Western, Han, Comma, WesternOpen]);
    }

    #[test]
    fn full_width_letters_are_set_as_han() {
        assert_eq!(classes("ＤＡ（A）"), [Han, Han, Open, Western, Close]);
    }

    #[test]
    fn dashes_are_pairs_or_connectors() {
        assert_eq!(classes("他——好"), [Han, Inseparable, Inseparable, Han]);
        assert_eq!(classes("甲—乙"), [Han, Connector, Han]);
        assert_eq!((classes("甲-乙")[1], classes("零下-5")[2]), (Connector, Western));
    }

    #[test]
    fn marks_inside_western_words_belong_to_them() {
        assert_eq!(classes("km/h"), [Western; 4]);
        assert_eq!(classes("https://a.b/c")[5..8], [WesternClose, Western, Western]);
        assert_eq!((classes("甲/乙")[1], classes("》/A")[1], classes("CPU/内存")[3]), (Solidus, Solidus, Solidus));
    }
}
