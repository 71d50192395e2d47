//! Western characters of vertical text that don't lie with the line: what reading systems turn unless they are told.
//!
//! In: a run's characters. Out: its [`Part`]s. The rule is that of the PDFs: `base::token`.

use crate::base::{Token, token};

/// A part of a run.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'t> {
    Plain(&'t str),
    /// 縱中橫: two or three digits, A+.
    SideBySide(&'t str),
    /// One digit or letter, an acronym.
    Upright(&'t str),
}

pub fn parts(text: &str) -> Vec<Part<'_>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let byte = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut parts = vec![];
    let (mut plain, mut i) = (0, 0);
    while i < chars.len() {
        let end = (i..chars.len()).find(|j| !is_western(chars[*j].1)).unwrap_or(chars.len());
        let word: Vec<char> = chars[i..end].iter().map(|(_, c)| *c).collect();
        if word.is_empty() || is_phrase(&chars, i, end) {
            i = end.max(i + 1);
            continue;
        }
        let (stand, length) = token(&word);
        let part = match stand {
            Token::SideBySide => Some(Part::SideBySide(&text[byte(i)..byte(i + length)])),
            Token::Upright => Some(Part::Upright(&text[byte(i)..byte(i + length)])),
            Token::Turned => None,
        };
        if let Some(part) = part {
            parts.extend((plain < i).then(|| Part::Plain(&text[byte(plain)..byte(i)])));
            parts.push(part);
            plain = i + length;
        }
        i += length;
    }
    parts.extend((plain < chars.len()).then(|| Part::Plain(&text[byte(plain)..])));
    parts
}

fn is_western(c: char) -> bool {
    c.is_ascii_graphic() || c == '‰' || c.is_alphanumeric() && u32::from(c) < 0x2E80
}

/// Beyond a space another word stands: both are turned.
fn is_phrase(chars: &[(usize, char)], start: usize, end: usize) -> bool {
    let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).map(|(_, c)| *c);
    let blank = |i: Option<usize>| at(i).is_some_and(|c| matches!(c, ' ' | '\u{a0}'));
    let western = |i: Option<usize>| at(i).is_some_and(is_western);
    let before = start.checked_sub(1);
    let beyond = before.and_then(|i| i.checked_sub(1));
    blank(before) && western(beyond) || blank(Some(end)) && western(Some(end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Part::{Plain, SideBySide, Upright};

    /// VT-04, VT-05, VT-07, VT-08, VT-11, VT-14 (clreq §Mixed Text Composition in Vertical Writing Mode).
    #[test]
    fn numbers_and_acronyms_stand_as_in_the_pdfs() {
        assert_eq!(parts("第26屆"), [Plain("第"), SideBySide("26"), Plain("屆")]);
        assert_eq!(parts("365天"), [SideBySide("365"), Plain("天")]);
        assert_eq!(parts("第3天得A+"), [Plain("第"), Upright("3"), Plain("天得"), SideBySide("A+")]);
        assert_eq!(parts("26%的GDP"), [SideBySide("26"), Upright("%"), Plain("的"), Upright("GDP")]);
        assert_eq!(parts("在2024年用App讀"), [Plain("在2024年用App讀")]);
        assert_eq!(parts("第 26 屆"), [Plain("第 "), SideBySide("26"), Plain(" 屆")]);
        assert_eq!(parts("見 iPhone 15 Pro 吧"), [Plain("見 iPhone 15 Pro 吧")]);
    }
}
