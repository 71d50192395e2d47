//! R16: quotation marks by region. 「」 outside and 『』 within for Taiwan and Hong Kong, “” and ‘’ on the mainland, in either
//! script. An apostrophe stays.

use super::super::han::{is_han, is_mark};
use crate::base::Lang;

/// Sets the marks of a text's characters to the target's.
pub fn convert(text: &mut [(u32, char)], to: Lang) {
    let corner = matches!(to, Lang::ZhHant | Lang::ZhHantHk);
    if corner && !text.iter().any(|(_, c)| is_han(*c)) {
        return;
    }
    let mut depth = 0_i32;
    for at in 0..text.len() {
        let near = |i: Option<usize>| i.and_then(|i| text.get(i)).map_or('\0', |(_, c)| *c);
        let (before, after) = (near(at.checked_sub(1)), near(Some(at + 1)));
        let latin = |c: char| c.is_ascii_alphanumeric();
        let new = match (text[at].1, corner) {
            ('“', true) => '「',
            ('”', true) => '」',
            ('‘', true) if depth > 0 || !latin(after) => '『',
            ('’', true) if !(latin(before) && (latin(after) || !(is_mark(after) || is_han(after)))) => '』',
            ('「', false) => '“',
            ('」', false) => '”',
            ('『', false) => '‘',
            ('』', false) => '’',
            (c, _) => c,
        };
        depth += match new {
            '「' | '“' => 1,
            '」' | '”' => -1,
            _ => 0,
        };
        text[at].1 = new;
    }
}
