//! What a character is for joining lines and pairing emphasis.

/// A character of Chinese or Japanese text: Han, kana, bopomofo, full-width forms and CJK punctuation.
pub fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x2E80..=0x2FDF | 0x2FF0..=0x303F | 0x3041..=0x33FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD)
}

/// Marks that Chinese and Western text share by code point: they count as Chinese beside Chinese.
pub fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '–' | '‧')
}

/// A Han character.
#[cfg(test)]
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3005..=0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFD)
}

/// Whether two lines join with a space: only between two characters that are not Chinese.
pub fn joins_with_space(before: char, after: char) -> bool {
    !is_cjk(before) && !is_cjk(after) && !before.is_whitespace() && !after.is_whitespace()
}
