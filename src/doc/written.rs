//! Where the manifest's, the theme's and front matter's texts and keys were written, for findings on pages that are made of
//! them.

use crate::base::{Len, Span};
use std::collections::BTreeMap;

/// The places of keyed values, of several layers the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Every text and every key, as written.
    pub texts: Vec<(String, Span)>,
    /// The values by the path of their key, as `page.bleed`; under the empty path the file that they begin with.
    pub keys: BTreeMap<String, Span>,
}

impl Written {
    /// The first place of a character.
    pub fn place_of(&self, c: char) -> Option<Span> {
        self.texts.iter().find_map(|(text, span)| {
            let at = text.find(c)? as u32;
            let length = span.end - span.start;
            // Between quotes, and nothing in it spelled otherwise: the character's own bytes.
            let quotes = length.checked_sub(text.len() as u32).filter(|n| matches!(n, 0 | 2));
            let own = quotes.map(|q| span.start + q / 2 + at);
            Some(own.map_or(*span, |start| Span { start, end: start + c.len_utf8() as u32, ..*span }))
        })
    }

    /// The text that holds a run of characters, where it is long enough to be told from others.
    pub fn text(&self, part: &str) -> Option<Span> {
        let part = part.trim();
        let telling = part.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        self.texts.iter().find(|(text, _)| telling && text.contains(part)).map(|(_, span)| *span)
    }

    /// The text that says a length.
    pub fn length(&self, wanted: Len) -> Option<Span> {
        self.texts.iter().find(|(text, _)| text.parse() == Ok(wanted)).map(|(_, span)| *span)
    }

    /// The value of a key; where it isn't written the table it would stand in, else the file.
    pub fn key(&self, path: &str) -> Option<Span> {
        let table = path.rsplit_once('.').map_or("", |(table, _)| table);
        [path, table, ""].into_iter().find_map(|path| self.keys.get(path)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;

    #[test]
    fn a_key_that_is_not_written_has_its_tables_place_or_the_files() {
        let span = |start| Span { file: FileId(0), start, end: start + 1 };
        let keys = [("", 0), ("page", 10), ("page.bleed", 20)].map(|(path, at)| (path.to_string(), span(at)));
        let written =
            Written { keys: keys.into(), texts: vec![("0.2pt".into(), span(30)), ("山门".into(), span(40))] };
        assert_eq!(written.key("page.bleed"), Some(span(20)));
        assert_eq!(written.key("page.binding"), Some(span(10)));
        assert_eq!(written.key("print.black"), Some(span(0)));
        assert_eq!(Written::default().key("print.black"), None);
        assert_eq!((written.length(Len::pt(20)), written.length(Len::pt(25))), (Some(span(30)), None));
        assert_eq!((written.text("山门"), written.text("山"), written.text("门外")), (Some(span(40)), None, None));
    }
}
