//! Where a line may end: prohibitions (禁则) and unbreakable units.
//!
//! In: characters and their classes. Out: a [`Break`] before each character. After clreq §Prohibition Rules for Line
//! Start and Line End, GB/T 15834 §5.1, and jlreq §Unbreakable Character Sequences where clreq is silent (numbers).

use super::address;
use super::class::{Class, is_extension, is_word};
use super::emoji::sequence;
use super::spacing::Conventions;
use crate::base::Convention;
use crate::base::is_bopomofo;
use crate::doc::Kinsoku;

/// May the line end here?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    Forbidden,
    /// Allowed; `cost` is what it adds to the line's badness.
    Allowed {
        cost: u16,
    },
    /// No place where a line ends, but better than one blown apart: in an address, or in a word wider than the measure.
    Emergency {
        cost: u16,
    },
    Mandatory,
}

/// Before a unit such as 年 after its number: legal, but better avoided.
const UNIT_COST: u16 = 40;

/// `breaks(…)[i]` says whether a break before character `i` is allowed. The first is never asked.
pub fn breaks(text: &[char], classes: &[Class], conventions: &Conventions) -> Vec<Break> {
    let mut breaks: Vec<Break> = (0..text.len())
        .map(|i| match i > 0 && allowed(text, classes, i, conventions) {
            true => Break::Allowed { cost: cost(text, i) },
            false => Break::Forbidden,
        })
        .collect();
    address::open(text, &mut breaks);
    keep_pictures(text, &mut breaks);
    breaks
}

fn cost(text: &[char], i: usize) -> u16 {
    let digit = |j: Option<usize>| j.is_some_and(|j| text[j].is_ascii_digit());
    let unit = digit(Some(i - 1)) && "年月日时分秒期号卷页元米%％℃度公里".contains(text[i]);
    // 60 km: the blank of GB 3100 is no good place to end a line.
    let spaced = text[i - 1] == ' ' && digit(i.checked_sub(2)) && is_word(text[i]) && !digit(Some(i));
    if unit || spaced { UNIT_COST } else { 0 }
}

/// What stands for one picture is one (UTS #51).
fn keep_pictures(text: &[char], breaks: &mut [Break]) {
    let mut i = 0;
    while i < text.len() {
        let length = sequence(&text[i..]).max(1);
        breaks[i + 1..i + length].fill(Break::Forbidden);
        i += length;
    }
}

fn allowed(text: &[char], classes: &[Class], i: usize, conventions: &Conventions) -> bool {
    use Class::*;
    let level = conventions.kinsoku;
    // A base and its marks are one (UAX #29).
    if is_extension(text[i]) {
        return false;
    }
    let (a, b) = (classes[i - 1], classes[i]);
    match (a, b) {
        (NoBreak, _) | (_, NoBreak) => false,
        (BreakHere, _) => true,
        (_, Space | IdeographicSpace | BreakHere) => false,
        (Space | IdeographicSpace, _) => {
            level == Kinsoku::None || !opened_before(classes, i) && !forbidden_at_start(text, classes, i, conventions)
        }
        // ⸺ is a whole dash by itself.
        (Inseparable, Inseparable) if text[i - 1] == text[i] && text[i] != '⸺' => pair_boundary(text, i),
        (_, Reference) => false,
        _ if text[i - 1] == '˙' && is_bopomofo(text[i]) => false,
        _ if western_unit(text, classes, i) => false,
        // 分隔号 may stand neither at a line's start nor at its end (GB/T 15834 5.1.9).
        (Solidus, _) if level >= Kinsoku::Gb => false,
        _ if level == Kinsoku::None => true,
        (Open | WesternOpen, _) => false,
        _ => !forbidden_at_start(text, classes, i, conventions),
    }
}

/// An opening mark stands before the blanks: it would end the line (UAX #14, LB14).
fn opened_before(classes: &[Class], i: usize) -> bool {
    let blank = |c: &&Class| matches!(c, Class::Space | Class::IdeographicSpace);
    classes[..i].iter().rev().find(|c| !blank(c)).is_some_and(|c| matches!(c, Class::Open | Class::WesternOpen))
}

/// Marks that may not begin a line (clreq, levels *basic* and up; the Chinese text of *basic* includes 分隔号).
fn forbidden_at_start(text: &[char], classes: &[Class], i: usize, conventions: &Conventions) -> bool {
    use Class::*;
    match classes[i] {
        Close | Comma | Semicolon | Colon | Stop | Exclaim | ExclaimPair | Connector | Interpunct | Solidus
        | NoStart | Postfix => true,
        SmallKana => conventions.marks == Convention::Ja,
        WesternClose => classes[i - 1] != Space || text[i] != '.',
        // Level *strict* alone keeps 破折号 and 省略号 from the line's start.
        Inseparable => conventions.kinsoku == Kinsoku::Strict,
        _ => false,
    }
}

/// Between the pairs of a run of —— or ……, never inside one (clreq §Unbreakable Marks; GB/T 15834 5.1.4, 5.1.5).
fn pair_boundary(text: &[char], i: usize) -> bool {
    let run = text[..i].iter().rev().take_while(|c| **c == text[i]).count();
    run.is_multiple_of(2)
}

/// Inside a Western word or a number with its signs (jlreq §Unbreakable Character Sequences), in full-width digits too
/// (GB/T 15835 4: a number stands on one line).
fn western_unit(text: &[char], classes: &[Class], i: usize) -> bool {
    let (a, b) = (text[i - 1], text[i]);
    let p = i.checked_sub(2).map(|j| text[j]);
    let word = |c: Option<char>| c.is_some_and(is_word);
    let digit = |c: char| c.is_ascii_digit();
    let western = |j: usize| classes[j] == Class::Western;
    // Of characters set as Western text a line may end behind the hyphen of two words, and behind the mark of a range, an
    // arrow or a relation (UAX #14, LB21 and LB28).
    let letter = |c: char| is_word(c) && !digit(c);
    let hyphen = matches!(a, '-' | '‐') && p.is_some_and(letter) && letter(b);
    let joint = hyphen || a == '~' && digit(b) || matches!(a, '\u{2190}'..='\u{22ff}' if a != '−');
    let inside = western(i - 1) && western(i) && !joint;
    // 1,200.5  14:52  a.b@c: the mark stays with what precedes it, and with what follows inside a token.
    let separator =
        matches!(b, ',' | '.' | ':' | '@' | '_' | '&' | '%' | '+' | '-' | '~' | '=' | '#' | '*' | '\\' | '"')
            && is_word(a)
            || matches!(a, ',' | '.' | ':') && word(p) && (digit(b) && p.is_some_and(digit))
            || a == '.' && is_word(b) && word(p);
    let solidus = a == '/' && western(i - 1) && b.is_ascii_graphic() || b == '/' && western(i) && a.is_ascii_graphic();
    let prefix = classes[i - 1] == Class::Prefix && (digit(b) || matches!(b, '-' | '.'));
    let postfix = classes[i] == Class::Postfix && (is_word(a) || classes[i - 1] == Class::Postfix)
        // 30°15′ is one measure.
        || matches!(a, '°' | '′') && digit(b);
    // NT$300, US$5 (UAX #14, LB24).
    let currency =
        classes[i] == Class::Prefix && a.is_ascii_alphabetic() && text.get(i + 1).copied().is_some_and(digit);
    // A range may break after its mark, never before it.
    let range = b == '~';
    inside || separator || solidus || prefix || currency || postfix || range || full_width_number(text, i)
}

fn full_width_number(text: &[char], i: usize) -> bool {
    let digit = |j: Option<usize>| j.and_then(|j| text.get(j)).is_some_and(|c| matches!(c, '０'..='９'));
    let mark = |j: usize| matches!(text[j], '．' | '，' | '：');
    digit(Some(i)) && (digit(Some(i - 1)) || mark(i - 1) && digit(i.checked_sub(2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;
    use crate::text::class::classify;

    /// `\u{3000}` and the like, for characters an eye can't tell apart.
    fn unescape(text: &str) -> Vec<char> {
        let mut parts = text.split("\\u{");
        let mut out: Vec<char> = parts.next().into_iter().flat_map(str::chars).collect();
        for part in parts {
            let (code, rest) = part.split_once('}').expect("closed escape");
            out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
            out.extend(rest.chars());
        }
        out
    }

    #[test]
    fn every_case_of_the_table() {
        let mut wrong = vec![];
        for line in include_str!("../../tests/typography/breaks.tsv").lines().filter(|l| !l.starts_with('#')) {
            let [id, lang, level, text, expected, rule] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let kinsoku = match level {
                "none" => Kinsoku::None,
                "basic" => Kinsoku::Basic,
                "gb" => Kinsoku::Gb,
                _ => Kinsoku::Strict,
            };
            let chars = unescape(text);
            let lang: Lang = lang.parse().expect("a language of the tables");
            let conventions = Conventions { kinsoku, ..Conventions::of(lang) };
            let found: Vec<String> = breaks(&chars, &classify(&chars), &conventions)
                .iter()
                .enumerate()
                .filter(|(_, b)| matches!(b, Break::Allowed { .. }))
                .map(|(i, _)| i.to_string())
                .collect();
            if found.join(" ") != expected {
                wrong.push(format!("{id} {rule}: {text} breaks at {} instead of {expected}", found.join(" ")));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
