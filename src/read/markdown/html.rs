//! The little HTML that Markdown may hold: tags by name, and blocks whose tags go and whose text stays.

use std::ops::Range;

/// A tag's name in lower case, and whether it closes; `!` for a comment.
pub fn tag(html: &str) -> (String, bool) {
    let inner = html.trim_start_matches('<');
    if inner.starts_with('!') || inner.starts_with('?') {
        return ("!".into(), false);
    }
    let closes = inner.starts_with('/');
    let name = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric);
    (name.collect::<String>().to_ascii_lowercase(), closes)
}

/// The value of an attribute of a tag, character references resolved.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(name)?;
        from = at + name.len();
        let rest = tag[from..].trim_start();
        let stands_alone = lower[..at].ends_with([' ', '\t', '\n', '\r', '"', '\'', '/']);
        let Some(value) = rest.strip_prefix('=').filter(|_| stands_alone) else { continue };
        let value = value.trim_start();
        let found = match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split(|c: char| c.is_whitespace() || c == '>').next(),
        };
        return found.map(decoded);
    }
}

/// Text with its character references (`&nbsp;`, `&#23665;`) resolved: the Markdown parser knows their names.
pub fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let named = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let end = rest[at + 1..].find(|c| !named(c)).map(|n| at + 1 + n);
        let reference = end.filter(|e| rest[*e..].starts_with(';') && *e > at + 1).map(|e| &rest[at..=e]);
        out.push_str(&rest[..at]);
        match reference {
            Some(reference) => {
                for event in pulldown_cmark::Parser::new(reference) {
                    if let pulldown_cmark::Event::Text(text) = event {
                        out.push_str(&text);
                    }
                }
                rest = &rest[at + reference.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

/// A stretch of an HTML block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(Range<usize>),
    LineEnd(Range<usize>),
    Tag(Range<usize>),
}

impl Part {
    pub fn range(&self) -> Range<usize> {
        let (Part::Text(range) | Part::LineEnd(range) | Part::Tag(range)) = self;
        range.clone()
    }
    /// Further on in the body.
    pub fn moved(self, by: usize) -> Part {
        let moved = |r: Range<usize>| r.start + by..r.end + by;
        match self {
            Part::Text(r) => Part::Text(moved(r)),
            Part::LineEnd(r) => Part::LineEnd(moved(r)),
            Part::Tag(r) => Part::Tag(moved(r)),
        }
    }
}

/// Cuts an HTML block into tags, line ends and text. A `<` that opens no tag is text.
pub fn parts(html: &str) -> Vec<Part> {
    let mut found = vec![];
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let (part, length) = if rest.starts_with('\n') {
            (Part::LineEnd(at..at + 1), 1)
        } else if let Some(length) = tag_length(rest) {
            (Part::Tag(at..at + length), length)
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let length = rest[first..].find(['<', '\n']).map_or(rest.len(), |n| n + first);
            (Part::Text(at..at + length), length)
        };
        at += length;
        found.push(part);
    }
    found
}

fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return comment.find("-->").map(|n| n + 7).or(Some(text.len()));
    }
    let inner = text.strip_prefix('<')?;
    let named = inner.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    if !named && !inner.starts_with(['!', '?']) {
        return None;
    }
    inner.find('>').map(|n| n + 2)
}

/// Tags that style text within a line; any other parts paragraphs.
pub fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 29] = [
        "!", "a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q",
        "rb", "rp", "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "var",
    ];
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        let html = "<div class=\"x\">甲 < 乙<br/>\n<!-- 注 -->丙</div>";
        let text: Vec<&str> =
            parts(html).into_iter().filter_map(|p| if let Part::Text(r) = p { Some(&html[r]) } else { None }).collect();
        assert_eq!(text, ["甲 ", "< 乙", "丙"]);
        assert_eq!(tag("</DIV>"), ("div".into(), true));
        assert_eq!(tag("<!-- x -->").0, "!");
        assert_eq!(attribute("<td data-colspan=3 COLSPAN='2'>", "colspan").as_deref(), Some("2"));
        assert_eq!(
            attribute("<a title=\"x\" href=https://a.example/?a=1&amp;b>", "href").as_deref(),
            Some("https://a.example/?a=1&b")
        );
        assert_eq!(decoded("甲&nbsp;乙&#23665;&lt; & &x;"), "甲\u{a0}乙山< & &x;");
    }
}
