//! Where the links of a manuscript lead within the issue.

use super::issue::Issue;
use crate::base::BlockId;

impl Issue {
    /// `02.md#id`, `../articles/02.md`, `02` or `#id`, as written in article `from`: an article, and its block where an
    /// anchor is named. None where there is no such place.
    pub fn place(&self, from: usize, target: &str) -> Option<(usize, Option<BlockId>)> {
        let (path, anchor) = target.split_once('#').map_or((target, None), |(p, a)| (p, Some(a)));
        let article = if path.is_empty() { from } else { self.article_of(path)? };
        let Some(name) = anchor.filter(|a| !a.is_empty()) else {
            return (!path.is_empty()).then_some((article, None));
        };
        let anchors = &self.articles.get(article)?.anchors;
        let block = anchors.get(name).or_else(|| anchors.get(&decoded(name)))?;
        Some((article, Some(BlockId(*block))))
    }

    fn article_of(&self, path: &str) -> Option<usize> {
        let path = decoded(path);
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = name.strip_suffix(".md").unwrap_or(name);
        self.articles.iter().position(|a| a.id == stem)
    }
}

/// Percent-decoded, as paths and anchors in Markdown are written; left alone where it isn't UTF-8.
fn decoded(text: &str) -> String {
    let (bytes, mut out, mut i) = (text.as_bytes(), vec![], 0);
    while i < bytes.len() {
        let pair = text.get(i + 1..i + 3).filter(|_| bytes[i] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(pair.unwrap_or(bytes[i]));
        i += if pair.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}
