//! Addresses: `https://…` and `a@b.c` are no words, and a line is not blown apart for one.
//!
//! In: a paragraph's characters. Out: emergency breaks inside its addresses: where their parts meet, and in the first kind
//! anywhere at a higher price. There is no hyphen: it would seem to belong to the address.

use super::breaking::Break;
use super::class::is_word;

const SEAM: u16 = 200;
const ANYWHERE: u16 = 800;

pub fn open(text: &[char], breaks: &mut [Break]) {
    let mut start = 0;
    while start < text.len() {
        let length = text[start..].iter().take_while(|c| c.is_ascii_graphic()).count();
        let token = &text[start..start + length];
        let scheme = token.windows(3).position(|w| w == [':', '/', '/']);
        let mail = token.iter().position(|c| *c == '@').filter(|i| *i > 0 && i + 1 < length);
        let from = scheme.map(|s| s + 3).or(mail).unwrap_or(length);
        for i in from.max(1)..length {
            let cost = if is_seam(token, i) { Some(SEAM) } else { inside(token, i).filter(|_| scheme.is_some()) };
            if let Some(cost) = cost {
                breaks[start + i] = Break::Emergency { cost };
            }
        }
        start += length.max(1);
    }
}

/// Between an address's marks and the part after them.
fn is_seam(token: &[char], i: usize) -> bool {
    matches!(token[i - 1], '/' | '-' | '_' | '&' | '=' | '?' | '.' | '@') && is_word(token[i])
}

fn inside(token: &[char], i: usize) -> Option<u16> {
    (is_word(token[i - 1]) && is_word(token[i])).then_some(ANYWHERE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_divided_where_their_parts_meet() {
        let seams = |text: &str| {
            let text: Vec<char> = text.chars().collect();
            let mut breaks = vec![Break::Forbidden; text.len()];
            open(&text, &mut breaks);
            let seam = |i: &usize| breaks[*i] == Break::Emergency { cost: SEAM };
            (0..text.len()).filter(seam).map(|i| text[i]).collect::<String>()
        };
        assert_eq!(seams("见https://a.example/bc/d-e.html，km/h"), "aebdeh");
        assert_eq!(seams("信箱editor@example.org收，GB/T"), "eo");
    }
}
