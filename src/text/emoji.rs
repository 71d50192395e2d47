//! Emoji and pictographs, and the sequences that stand for one picture (UTS #51).

/// Pictographs, arrows, technical signs and dingbats: a text is whole without their drawing as it isn't without a
/// letter's.
pub const fn is_symbol(c: char) -> bool {
    matches!(c as u32, 0x2190..=0x2BFF | 0x1F000..=0x1FAFF | 0x1FB00..=0x1FBFF)
}

const fn is_regional(c: char) -> bool {
    matches!(c as u32, 0x1F1E6..=0x1F1FF)
}

/// Skin tones, variation selectors, the keycap, tags (UTS #51 ED-13, ED-14a).
const fn modifies(c: char) -> bool {
    matches!(c as u32, 0x1F3FB..=0x1F3FF | 0xFE0E | 0xFE0F | 0x20E3 | 0xE0020..=0xE007F)
}

/// How many characters from the start of `text` are one picture: a base with its modifiers, joined to others by U+200D,
/// or a flag of two regional letters. 0 where the first is no symbol.
pub fn sequence(text: &[char]) -> usize {
    let Some(first) = text.first().filter(|c| is_symbol(**c)) else { return 0 };
    let mut end = 1;
    if is_regional(*first) && text.get(1).is_some_and(|c| is_regional(*c)) {
        end = 2;
    }
    loop {
        match text.get(end) {
            Some(c) if modifies(*c) => end += 1,
            Some('\u{200d}') if text.get(end + 1).is_some_and(|c| is_symbol(*c)) => end += 2,
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sequence;

    #[test]
    fn one_picture_is_one_sequence() {
        for (text, length) in [
            ("😀😀", 1),
            ("👨‍👩‍👧山", 5),
            ("👍🏽。", 2),
            ("🇨🇳🇯🇵", 2),
            ("❤️‍🔥", 4),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 7),
            ("😀\u{200d}山", 1),
            ("山", 0),
            ("", 0),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(sequence(&chars), length, "{text}");
        }
    }
}
