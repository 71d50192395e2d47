//! Columns of text on a terminal (UAX #11): wide characters have two, combining marks and joiners none.
//!
//! In: text. Out: columns, and text cut to a number of them.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What characters of ambiguous width (`“” … — ①`) take: one column on most terminals, two on those set up for CJK alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ambiguous {
    #[default]
    Narrow,
    Wide,
}

impl Ambiguous {
    /// Columns of a text. An emoji sequence counts as the one picture that it shows.
    pub fn width(self, text: &str) -> usize {
        match self {
            Ambiguous::Narrow => text.width(),
            Ambiguous::Wide => text.width_cjk(),
        }
    }

    fn of(self, c: char) -> usize {
        let width = match self {
            Ambiguous::Narrow => c.width(),
            Ambiguous::Wide => c.width_cjk(),
        };
        width.unwrap_or(0)
    }

    /// The head of a text that fits, with … where something was cut.
    pub fn head(self, text: &str, columns: usize) -> String {
        let mut used = 0;
        let end = text.char_indices().find(|(_, c)| {
            used += self.of(*c);
            used > columns
        });
        match end {
            Some((at, _)) => text[..at].to_string() + "…",
            None => text.to_string(),
        }
    }

    /// The tail of a text that fits.
    pub fn tail(self, text: &str, columns: usize) -> String {
        let mut used = 0;
        let end = text.char_indices().rev().find(|(_, c)| {
            used += self.of(*c);
            used > columns
        });
        match end {
            Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
            None => text.to_string(),
        }
    }
}

/// As a terminal shows it: a tab has no width that two lines agree on, so it is one blank; other controls too.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// UAX #11: W and F are two columns, A is one or two, marks that combine and joiners none.
    #[test]
    fn columns_follow_east_asian_width() {
        for (text, narrow, wide) in [
            ("山行", 4, 4),
            ("ＡＢ", 4, 4),
            ("ab", 2, 2),
            ("“山”", 4, 6),
            ("……", 2, 4),
            ("①", 1, 2),
            ("e\u{301}", 1, 1),
            ("か\u{3099}", 2, 2),
            ("山\u{200b}行", 4, 4),
            ("\u{2000b}", 2, 2),
            ("👩\u{200d}🌾", 2, 2),
        ] {
            assert_eq!(Ambiguous::Narrow.width(text), narrow, "{text}");
            assert_eq!(Ambiguous::Wide.width(text), wide, "{text}, wide");
        }
    }

    #[test]
    fn a_cut_never_halves_a_character() {
        assert_eq!(Ambiguous::Narrow.head("山行记", 5), "山行…");
        assert_eq!(Ambiguous::Narrow.tail("山行记", 3), "…记");
        assert_eq!(Ambiguous::Narrow.head("山行", 4), "山行");
        assert_eq!(plain("甲\t乙\u{1b}[0m"), "甲 乙 [0m");
    }
}
