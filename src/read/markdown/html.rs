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

/// A stretch of an HTML block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Text(Range<usize>),
    LineEnd(Range<usize>),
    Tag(Range<usize>),
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
    const INLINE: [&str; 21] = [
        "a", "abbr", "b", "br", "cite", "code", "del", "em", "font", "i", "ins", "mark", "rp", "rt", "ruby", "s",
        "small", "span", "strong", "sub", "sup",
    ];
    INLINE.contains(&name) || name == "u" || name == "!"
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
    }
}
