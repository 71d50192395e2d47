//! The cells of one stretch of Markdown: what is text, what is markup, code or an address.

use super::super::han::{is_han, is_mark};
use super::cells::{Cell, Kind};
use std::ops::Range;

/// The cells, and the captions of pictures among them, which are texts of their own.
#[derive(Default)]
pub struct Found {
    pub cells: Vec<Cell>,
    /// Where the last one ends.
    pub end: usize,
    pub captions: Vec<Range<usize>>,
}

/// Reads a stretch.
pub fn cells(text: &str, range: Range<usize>) -> Found {
    // As large as it gets: growing would hold it twice.
    let room = text[range.clone()].chars().count();
    let found = Found { cells: Vec::with_capacity(room), ..Found::default() };
    let mut reader = Reader { text, at: range.start, end: range.end, found, closers: vec![] };
    while reader.at < reader.end {
        reader.step();
    }
    reader.found.end = reader.at;
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    found: Found,
    /// Where `](target)` and `]{…}` of an open bracket lie ahead.
    closers: Vec<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    fn take(&mut self, length: usize, char: char, kind: Kind) {
        self.found.cells.push(Cell::new(self.at, char, kind));
        self.at += length;
    }

    fn step(&mut self) {
        let rest = self.rest();
        let first = rest.chars().next().expect("the loop stops at the end");
        if let Some(at) = self.closers.iter().position(|c| c.start <= self.at) {
            let closer = self.closers.swap_remove(at);
            if closer.start == self.at {
                return self.take(closer.len(), ' ', Kind::Hidden);
            }
        }
        match first {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                let escaped = rest[1..].chars().next().expect("just seen");
                self.take(2, escaped, Kind::Text);
            }
            '\n' | '\r' => self.line_end(rest),
            '`' => self.code(rest),
            '!' if rest.starts_with("![") => self.picture(rest),
            '[' => self.bracket(rest),
            '<' => self.tag(rest),
            '{' => self.brace(rest),
            '$' => self.formula(rest),
            '&' => self.entity(rest),
            '*' => self.take(1, '*', Kind::Hidden),
            '~' if rest.starts_with("~~") => self.take(2, '~', Kind::Hidden),
            c if c.is_ascii_alphanumeric() => self.word(rest),
            c => self.take(c.len_utf8(), c, Kind::Text),
        }
    }

    /// A hard break is a wall; a soft one goes with the next line's indent and quotation marks.
    fn line_end(&mut self, rest: &str) {
        let hard = self.text[..self.at].ends_with("  ") || self.text[..self.at].ends_with('\\');
        let length = rest.len() - rest.trim_start_matches(['\r', '\n', ' ', '\t', '>', '\u{3000}', '\u{a0}']).len();
        self.take(length, '\n', if hard { Kind::Wall } else { Kind::Text });
    }

    fn code(&mut self, rest: &str) {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let fence = &rest[..ticks];
        match near(&rest[ticks..]).find(fence) {
            Some(n) => self.take(ticks * 2 + n, 'a', Kind::Opaque),
            None => self.take(ticks, '`', Kind::Text),
        }
    }

    fn picture(&mut self, rest: &str) {
        let Some((label, target)) = matching(&rest[1..]).and_then(|n| Some((n + 1, target(&rest[n + 2..])?))) else {
            return self.take(1, '!', Kind::Text);
        };
        let inner = &rest[label + 1..label + 1 + target];
        self.found.captions.push(self.at + 2..self.at + label);
        if let Some((open, close)) = inner.find('"').zip(inner.rfind('"')).filter(|(a, b)| a < b) {
            self.found.captions.push(self.at + label + 1 + open + 1..self.at + label + 1 + close);
        }
        let whole = label + 1 + target;
        let attributes = braces(&rest[whole..]);
        self.take(whole + attributes, '\0', Kind::Wall);
    }

    /// `[^1]`, `[text](target)`, `[text]{.class}`; any other bracket is text.
    fn bracket(&mut self, rest: &str) {
        let Some(close) = matching(rest) else { return self.take(1, '[', Kind::Text) };
        if rest.starts_with("[^") {
            return self.take(close + 1, ' ', Kind::Hidden);
        }
        let behind = &rest[close + 1..];
        let tail = target(behind).or(Some(braces(behind)).filter(|n| *n > 0));
        match tail {
            Some(length) => {
                self.closers.push(self.at + close..self.at + close + 1 + length);
                self.take(1, ' ', Kind::Hidden);
            }
            None => self.take(1, '[', Kind::Text),
        }
    }

    /// A tag is markup, an address in angle brackets opaque.
    fn tag(&mut self, rest: &str) {
        let inner = near(&rest[1..]).split_once('>').map(|(inner, _)| inner).filter(|inner| {
            inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
                && !inner.contains(['<', '\n'])
        });
        let named = |inner: &str| inner.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        match inner {
            Some(inner) if inner.contains("://") || inner.contains(['@', ':']) && inner.is_ascii() => {
                self.take(inner.len() + 2, 'a', Kind::Opaque)
            }
            Some(inner) if named(inner) && (inner.is_ascii() || inner.contains('=')) => {
                self.take(inner.len() + 2, ' ', Kind::Hidden);
            }
            Some(inner) if inner.starts_with("!--") => {
                let length = near(rest).find("-->").map_or(1, |n| n + 3);
                self.take(length, ' ', Kind::Hidden);
            }
            _ => self.take(1, '<', Kind::Text),
        }
    }

    /// Ruby `{漢|かん}` shows its base; attributes are markup.
    fn brace(&mut self, rest: &str) {
        let attributes = braces(rest);
        let close = near(rest).find('}').filter(|n| !rest[..*n].contains('\n'));
        match close.and_then(|close| Some((rest[..close].find('|')?, close))) {
            Some((bar, close)) => {
                self.closers.push(self.at + bar..self.at + close + 1);
                self.take(1, ' ', Kind::Hidden);
            }
            None if attributes > 0 => self.take(attributes, ' ', Kind::Hidden),
            None => self.take(1, '{', Kind::Text),
        }
    }

    /// `&nbsp;`, `&#8212;`
    fn entity(&mut self, rest: &str) {
        let name = rest[1..].trim_start_matches('#').trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        match rest.len() - name.len() {
            length @ 3..=32 if name.starts_with(';') => self.take(length + 1, 'a', Kind::Opaque),
            _ => self.take(1, '&', Kind::Text),
        }
    }

    fn formula(&mut self, rest: &str) {
        let close = near(&rest[1..]).find('$').filter(|n| *n > 0 && rest[1..=*n].is_ascii());
        match close {
            Some(n) => self.take(n + 2, 'a', Kind::Opaque),
            None => self.take(1, '$', Kind::Text),
        }
    }

    /// A run of ASCII: an address or a path is one opaque cell, a word or number is text.
    fn word(&mut self, rest: &str) {
        let drive = rest.as_bytes().get(1) == Some(&b':') && matches!(rest.as_bytes().get(2), Some(b'\\' | b'/'));
        let stops = |c: char| {
            if drive {
                c.is_whitespace() || is_mark(c)
            } else {
                !(c.is_ascii_alphanumeric() || "._-/:@%+#&=?~\\".contains(c))
            }
        };
        let token = &near(rest)[..near(rest).find(stops).unwrap_or(near(rest).len())];
        let bare = token.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '/');
        let address = drive && rest.as_bytes()[0].is_ascii_alphabetic()
            || bare.contains("://")
            || bare.starts_with("www.")
            || bare.contains('@')
            || is_path(bare);
        if address {
            return self.take(bare.len().max(1), 'a', Kind::Opaque);
        }
        let word = near(rest).len() - near(rest).trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
        for _ in 0..word {
            let c = self.rest().chars().next().expect("within the word");
            self.take(1, c, Kind::Text);
        }
    }
}

/// `photos/a.jpg`, `node.js`, `v1.2-rc`: letters on both sides of a sign that is no stop.
fn is_path(token: &str) -> bool {
    let bytes = token.as_bytes();
    let letters = bytes.iter().any(u8::is_ascii_alphabetic);
    let inner = |i: usize| {
        matches!(bytes[i], b'.' | b'/' | b'\\' | b'_' | b'=')
            && bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric)
            && i > 0
            && bytes[i - 1].is_ascii_alphanumeric()
    };
    letters && (0..bytes.len()).any(inner)
}

/// As far as markup reaches: what opens and does not close within this is text, and reading takes no longer than its length.
fn near(text: &str) -> &str {
    const REACH: usize = 4000;
    let end = (REACH..REACH + 4).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// Where the bracket that opens `text` closes.
fn matching(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut escaped = false;
    for (i, c) in text.char_indices().take(2000) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 1 => return Some(i),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Bytes of `(target "title")` at the start of `text`.
fn target(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (i, c) in inner.char_indices().take(4000) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 0 => {
                // `[注](见下)` in running Chinese is no link.
                let path = inner[..i].split('"').next().unwrap_or_default();
                return (quoted || !path.starts_with(is_han) || path.contains('.')).then_some(i + 2);
            }
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Bytes of `{.class key="x"}` at the start of `text`; 0 where there is none.
fn braces(text: &str) -> usize {
    match text.strip_prefix('{').and_then(|inner| near(inner).find('}')) {
        Some(n) if text[1..=n].starts_with(['.', '#']) || text[1..=n].contains('=') => n + 2,
        _ => 0,
    }
}
