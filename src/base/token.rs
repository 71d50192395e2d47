//! 直排: how Western characters stand in a vertical line, by how many and which they are (clreq §Mixed Text Composition in
//! Vertical Writing Mode). The PDFs' lines and the EPUB's markup follow this one rule.

/// How a stretch of Western characters without a space stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// 縱中橫: two or three digits, short mixed ones (A+, 2B, 3.0).
    SideBySide,
    /// One digit or letter; an acronym of up to four capitals, letter by letter.
    Upright,
    /// Longer numbers, and words.
    Turned,
}

/// How the first characters of `text` stand, and how many those are: of `26%` the digits, the sign stands below them.
pub fn token(text: &[char]) -> (Token, usize) {
    let (all, n) = (|of: fn(&char) -> bool| text.iter().all(of), text.len());
    let digits = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let stand = match n {
        1 if text[0].is_alphanumeric() || is_percent(text[0]) => Token::Upright,
        3 | 4 if digits + 1 == n && is_percent(text[digits]) => return (Token::SideBySide, digits),
        2..=3 if digits == n => Token::SideBySide,
        1..=4 if all(|c| c.is_uppercase()) => Token::Upright,
        2..=3 if text.iter().any(|c| c.is_alphanumeric()) && !all(|c| c.is_alphabetic()) && width(text) <= 170 => {
            Token::SideBySide
        }
        _ => Token::Turned,
    };
    (stand, n)
}

const fn is_percent(c: char) -> bool {
    matches!(c, '%' | '‰')
}

/// About how wide Latin characters are, in hundredths of an em.
fn width(text: &[char]) -> u32 {
    let of = |c: &char| match c {
        '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 28,
        '%' | '&' | '@' | 'm' | 'M' | 'w' | 'W' => 90,
        _ => 56,
    };
    text.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(text: &str) -> (Token, usize) {
        token(&text.chars().collect::<Vec<_>>())
    }

    /// VT-04 to VT-08, VT-14 (clreq §Mixed Text Composition in Vertical Writing Mode).
    #[test]
    fn a_token_stands_by_its_length() {
        use Token::{SideBySide, Turned, Upright};
        for text in ["26", "365", "A+", "2B", "3.0", "5%"] {
            assert_eq!(stands(text), (SideBySide, text.len()), "{text}");
        }
        for text in ["3", "R", "GDP", "NATO", "%"] {
            assert_eq!(stands(text), (Upright, text.len()), "{text}");
        }
        for text in ["2024", "App", "UNESCO", "3.14", "km/h"] {
            assert_eq!(stands(text), (Turned, text.len()), "{text}");
        }
        assert_eq!((stands("26%"), stands("100%"), stands("2024%")), ((SideBySide, 2), (SideBySide, 3), (Turned, 5)));
    }
}
