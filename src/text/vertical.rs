//! 直排: how each character stands in a vertical line.
//!
//! In: a paragraph's characters and classes. Out: a [`Form`] for each, and the classes that follow from it: a number side by
//! side in one em, or a letter upright, is set as a Han character. After UAX #50 and clreq §Mixed Text Composition in Vertical
//! Writing Mode: one digit or letter stands upright, two or three digits and short tokens (A+, 2B, 3.0) side by side, an
//! acronym of up to four capitals letter by letter; longer numbers and words are turned.

use super::class::Class;
use crate::base::{Convention, Orientation, Token, token};

/// How a character stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In a horizontal line.
    Level,
    Upright,
    Sideways,
    /// 縱中橫, with its neighbours of the same number.
    Combined(u16),
}

impl Form {
    pub const fn orientation(self) -> Orientation {
        match self {
            Form::Level => Orientation::Horizontal,
            Form::Upright => Orientation::Upright,
            Form::Sideways => Orientation::Sideways,
            Form::Combined(_) => Orientation::Combined(100),
        }
    }
}

/// The forms of a vertical line's characters. `marked` is what its author sets side by side whatever it is.
pub fn forms(chars: &[char], classes: &mut [Class], marked: &[bool]) -> Vec<Form> {
    let mut forms: Vec<Form> = chars.iter().zip(classes.iter()).map(|(c, class)| alone(*c, *class)).collect();
    let mut start = 0;
    let mut number = 0;
    while start < chars.len() {
        let of = |i: usize| (marked[i], classes[i].is_western() && !is_wide(chars[i]), classes[i] == Class::Reference);
        let kind = of(start);
        let mut end = (start..chars.len()).find(|i| of(*i) != kind).unwrap_or(chars.len());
        let form = match kind {
            (true, ..) => Some(Form::Combined(number)),
            (_, true, _) if !is_phrase(classes, start..end) => {
                let (stand, length) = token(&chars[start..end]);
                end = start + length;
                match stand {
                    Token::SideBySide => Some(Form::Combined(number)),
                    Token::Upright => Some(Form::Upright),
                    Token::Turned => None,
                }
            }
            // `[12]`, a note's mark.
            (_, _, true) if end - start > 1 && chars[start].is_ascii() => Some(Form::Combined(number)),
            _ => None,
        };
        if let Some(form) = form {
            forms[start..end].fill(form);
            let mark = kind.2;
            classes[start..end].iter_mut().filter(|_| !mark).for_each(|class| *class = upright(*class));
            number += 1;
        }
        start = end;
    }
    wide_marks(chars, classes);
    forms
}

/// A character by itself (UAX #50): dashes, ellipses, arrows and operators are turned with the line.
fn alone(c: char, class: Class) -> Form {
    let turned = matches!(c, '—' | '–' | '‒' | '-' | '‐' | '…' | '⋯' | '⸺' | '⸻' | '\u{2190}'..='\u{22FF}');
    let western = class.is_western() && !is_wide(c) || matches!(class, Class::Space | Class::NoBreak);
    if turned || western { Form::Sideways } else { Form::Upright }
}

/// Signs that are one em wide: they stand upright beside a number.
const fn is_wide(c: char) -> bool {
    matches!(c, '℃' | '℉' | '￥' | '％' | '＄' | '№' | '‰')
}

/// They stay with their number as marks do, and keep no Western gap.
fn wide_marks(chars: &[char], classes: &mut [Class]) {
    for (c, class) in chars.iter().zip(classes) {
        match class {
            Class::Postfix if is_wide(*c) => *class = Class::NoStart,
            Class::Prefix if is_wide(*c) => *class = Class::Han,
            _ => {}
        }
    }
}

/// What stands upright or side by side is set as Han; a sign below its number stays on its line.
const fn upright(class: Class) -> Class {
    if matches!(class, Class::Postfix) { Class::NoStart } else { Class::Han }
}

/// What stands beside a turned word across a space is part of a Western phrase: turned with it.
fn is_phrase(classes: &[Class], range: std::ops::Range<usize>) -> bool {
    let beyond = |i: Option<usize>, step: isize| {
        let space = i.filter(|i| matches!(classes.get(*i), Some(Class::Space | Class::NoBreak)));
        let beyond = space.and_then(|i| i.checked_add_signed(step));
        beyond.and_then(|i| classes.get(i)).is_some_and(|class| class.is_western())
    };
    beyond(range.start.checked_sub(1), -1) || beyond(Some(range.end), 1)
}

/// Curly quotes are corner brackets in vertical Chinese: double first on the mainland (GB/T 15834 5.2.3), single first
/// elsewhere.
pub fn quote(c: char, class: Class, marks: Convention) -> char {
    let double = match (c, class) {
        ('“' | '”', Class::Open | Class::Close) => marks == Convention::Cn,
        ('‘' | '’', Class::Open | Class::Close) => marks != Convention::Cn,
        _ => return c,
    };
    match (double, class == Class::Open) {
        (true, true) => '『',
        (true, false) => '』',
        (false, true) => '「',
        (false, false) => '」',
    }
}

/// A number below a hundred in words (十二), a greater one by its digits (一一三).
pub fn han_number(n: u64) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |d: u64| DIGITS[d as usize];
    match n {
        0..10 => digit(n).to_string(),
        10..100 => {
            let tens = (n >= 20).then(|| digit(n / 10));
            tens.into_iter().chain(['十']).chain((!n.is_multiple_of(10)).then(|| digit(n % 10))).collect()
        }
        _ => n.to_string().bytes().map(|b| digit(u64::from(b - b'0'))).collect(),
    }
}

/// Characters with the run they belong to and how many characters of the manuscript they stand for.
pub type Counted = (Vec<char>, Vec<u16>, Vec<u32>);

/// Numbers of digits alone as Han numerals: up to 99 in words, longer ones by their digits, as years are said.
pub fn in_han((chars, run_of, counts): Counted) -> Counted {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let joined = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_ascii_graphic());
    let mut set = (vec![], vec![], vec![]);
    let mut i = 0;
    while i < chars.len() {
        let end = (i..).find(|j| !digit(*j) || run_of[*j] != run_of[i]).unwrap_or(i);
        let text: String = chars[i..end].iter().collect();
        let word = !text.is_empty() && !joined(i.checked_sub(1)) && !joined(Some(end));
        let han = match text.parse::<u64>() {
            Ok(n) if word && text.len() <= 2 && !text.starts_with('0') => han_number(n),
            Ok(_) if word => text.chars().map(|c| han_number(u64::from(c.to_digit(10).unwrap_or(0)))).collect(),
            _ => chars[i..end.max(i + 1)].iter().collect(),
        };
        let end = end.max(i + 1);
        let length = han.chars().count();
        for (k, c) in han.chars().enumerate() {
            set.0.push(c);
            set.1.push(run_of[i]);
            // The last one stands for all that are left.
            let upto = if k + 1 == length { end } else { (i + k + 1).min(end) };
            set.2.push(counts[(i + k).min(end)..upto].iter().sum());
        }
        i = end;
    }
    set
}

#[cfg(test)]
mod tests {
    use super::super::class::classify;
    use super::*;
    use crate::doc::VerticalDigits;

    /// `U` upright, `S` turned, a digit: side by side.
    fn shown(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let mut classes = classify(&chars);
        let letter = |form| match form {
            Form::Level => 'L',
            Form::Upright => 'U',
            Form::Sideways => 'S',
            Form::Combined(n) => char::from(b'0' + n as u8),
        };
        forms(&chars, &mut classes, &vec![false; chars.len()]).into_iter().map(letter).collect()
    }

    /// VT-04 to VT-08, VT-14 (clreq §Mixed Text Composition in Vertical Writing Mode).
    #[test]
    fn numbers_and_words_stand_by_their_length() {
        assert_eq!(shown("第26屆"), "U00U");
        assert_eq!(shown("共365天"), "U000U");
        assert_eq!(shown("第3天"), "UUU");
        assert_eq!(shown("在2024年"), "USSSSU");
        assert_eq!(shown("GDP成長"), "UUUUU");
        assert_eq!(shown("使用Markdown"), "UUSSSSSSSS");
        assert_eq!(shown("得A+，3.0分"), "U00U111U");
        assert_eq!(shown("26℃"), "00U");
        assert_eq!(shown("成長26%了"), "UU00UU");
        assert_eq!(shown("26% off"), "SSSSSSS");
        assert_eq!(shown("見 iPhone 15 Pro 吧"), format!("U{}U", "S".repeat(15)));
    }

    /// VT-09: dashes and ellipses are turned, ～ has a vertical form of its own.
    #[test]
    fn dashes_and_ellipses_are_turned() {
        assert_eq!(shown("好——壞……"), "USSUSS");
        assert_eq!(shown("（一）～"), "UUUU");
    }

    /// VT-02, VT-03 (GB/T 15834 5.2.3).
    #[test]
    fn curly_quotes_are_corner_brackets() {
        let set = |text: &str, marks| -> String {
            let chars: Vec<char> = text.chars().collect();
            chars.iter().zip(classify(&chars)).map(|(c, class)| quote(*c, class, marks)).collect()
        };
        assert_eq!(set("“好‘吧’”", Convention::Cn), "『好「吧」』");
        assert_eq!(set("“好‘吧’”", Convention::Tw), "「好『吧』」");
        assert_eq!(set("「他說『好』」", Convention::Tw), "「他說『好』」");
        assert_eq!(set("don’t", Convention::Cn), "don’t");
    }

    /// DT-04: 民國113年9月 is 民國一一三年九月.
    #[test]
    fn numbers_in_han() {
        let said = [0, 9, 10, 12, 20, 26, 113, 2024].map(han_number);
        assert_eq!(said, ["〇", "九", "十", "十二", "二十", "二十六", "一一三", "二〇二四"]);
    }

    /// Places of the document go by the manuscript's characters, whatever is set for them.
    #[test]
    fn numbers_as_numerals_keep_their_places() {
        let set = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let (runs, counts) = (vec![0; chars.len()], vec![1; chars.len()]);
            let (chars, _, counts) = in_han((chars, runs, counts));
            assert_eq!(counts.iter().sum::<u32>(), text.chars().count() as u32, "{text}");
            chars.into_iter().collect::<String>()
        };
        assert_eq!(set("民國113年9月26日"), "民國一一三年九月二十六日");
        assert_eq!(set("第10期、3.5倍、R2D2"), "第十期、3.5倍、R2D2");
    }

    /// `tests/typography/vertical.tsv`: `[26]` side by side, `<river>` turned, the rest upright; and the width.
    #[test]
    fn every_vertical_case_of_the_table() {
        use super::super::{Composer, Conventions, RunStyle, Standing, TextRun};
        use crate::base::{Lang, Len};
        const EM: Len = Len::pt(1000);
        let mut wrong = vec![];
        for row in include_str!("../../tests/typography/vertical.tsv").lines().filter(|l| !l.starts_with('#')) {
            let [id, lang, options, text, expected, width, rule] = row.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            let lang: Lang = lang.parse().expect("a language of the table");
            let han = if options.contains("han") { VerticalDigits::Han } else { VerticalDigits::Tcy };
            let conventions = Conventions { vertical: true, vertical_digits: han, ..Conventions::of(lang) };
            let style = RunStyle { size: EM, ..RunStyle::default() };
            let run = TextRun { text: text.into(), style, counts: true, ..TextRun::default() };
            let p = Composer::mock(lang.script(), conventions).paragraph(&[run], EM).0;
            let mut found = String::new();
            for c in &p.clusters {
                let text = &p.text[c.text.start as usize..c.text.end as usize];
                found.push_str(&match c.orientation {
                    Orientation::Combined(_) => format!("[{text}]"),
                    Orientation::Sideways => format!("<{text}>"),
                    _ => text.to_string(),
                });
            }
            let standing = if options.contains("line-end") { Standing::LineEnd } else { Standing::MidLine };
            let milli = i64::from(p.width(standing, &conventions).raw()) * 1000 / i64::from(EM.raw());
            let found = found.replace("><", "");
            let right = width == "-" || (milli - (width.parse::<f64>().expect("em") * 1000.0) as i64).abs() <= 1;
            if found != expected || !right {
                wrong.push(format!("{id} {rule}: {found}, {milli} wide"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
