//! The sign that a line is numbered with, and how far out it stands.

use super::super::super::han::{self, is_han};

/// The signs a heading may be numbered with, from the outermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一章
    Chapter,
    /// 一、
    Han,
    /// 1 总则, 1.1 范围: how many numbers.
    Decimal(u8),
    /// No number.
    Bare,
    /// 【一张地图】
    Boxed,
    /// （一）
    Bracket,
    /// 1.
    Digit,
    /// 参考文献: as high as the first of the others.
    Apparatus,
}

pub(super) fn style(text: &str) -> Style {
    if is_boxed(text) {
        return Style::Boxed;
    }
    let numeral = |c: char| "一二三四五六七八九十百".contains(c);
    let after = text.trim_start_matches(numeral);
    if after.len() < text.len() && after.starts_with(['、', '．', '.', '，', ' ', '\u{3000}']) {
        return Style::Han;
    }
    let inner = text.strip_prefix(['（', '(']).unwrap_or_default();
    if inner.trim_start_matches(numeral).starts_with(['）', ')']) && inner.starts_with(numeral) {
        return Style::Bracket;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let named = digits.strip_prefix(['.', '、', '．']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if digits.len() < text.len() && named.is_some() {
        return Style::Digit;
    }
    if let Some(depth) = decimal(text) {
        return Style::Decimal(depth);
    }
    let chapter = text.strip_prefix('第').map(|t| t.trim_start_matches(|c: char| numeral(c) || c.is_ascii_digit()));
    match chapter {
        Some(rest) if rest.starts_with(['章', '节', '節', '部', '篇']) => Style::Chapter,
        _ => Style::Bare,
    }
}

/// `【一张地图】`: one pair of brackets around the whole.
pub(super) fn is_boxed(text: &str) -> bool {
    let inner = text.strip_prefix(['【', '〖']).and_then(|t| t.strip_suffix(['】', '〗']));
    inner.is_some_and(|i| !i.contains(['【', '】', '〖', '〗']))
}

/// `0 引言`, `1.1 石阶`: numbers, a blank, then a word.
fn decimal(text: &str) -> Option<u8> {
    let (numbers, rest) = text.split_once(han::is_blank)?;
    let parts: Vec<&str> = numbers.split('.').collect();
    let numbered = parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    (numbered && parts.len() <= 4 && rest.trim_start().starts_with(is_han)).then_some(parts.len() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_style_whatever_sign_stands_behind_them() {
        for text in ["5、盐从哪里来", "5．盐从哪里来", "5.盐从哪里来"] {
            assert_eq!(style(text), Style::Digit, "{text}");
        }
        assert_eq!(
            (style("5.2米宽的路"), style("五、盐路"), style("3 盐路")),
            (Style::Bare, Style::Han, Style::Decimal(1))
        );
    }
}
