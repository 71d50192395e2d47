//! Where the links of a manuscript lead.
//!
//! In: a target as its author wrote it (`02.md#id`, `#id`, `https://…`). Out: an href that is sound in the EPUB, or
//! nothing.

use super::plan::{Plan, block_id};
use crate::base::BlockId;
use crate::doc::Article;

impl Plan<'_> {
    /// Where a link of the manuscript leads: an address, or a place in the EPUB. None where it leads nowhere; then its
    /// words stay plain text.
    pub fn link(&self, from: usize, target: &str) -> Option<String> {
        let Some((to, block)) = self.issue.place(from, target) else { return address(target) };
        match block {
            None => Some(self.articles[to].clone()),
            Some(block) if has(&self.issue.articles[to], block) => {
                Some(format!("{}#{}", self.articles[to], block_id(block)))
            }
            Some(_) => None,
        }
    }
}

impl Plan<'_> {
    /// The label of the page that has the target of a page reference: the last that begins at or before it.
    pub fn page_label(&self, from: usize, target: &str) -> Option<&str> {
        let (article, block) = self.issue.place(from, target)?;
        let (article, block) = (article as u32, block.unwrap_or(BlockId(0)));
        let before = |page: &&crate::page::Page| {
            page.first.is_some_and(|pos| (pos.article, pos.block, pos.char) <= (article, block, 0))
        };
        self.book.pages.iter().rfind(before).map(|page| page.label.as_str())
    }
}

fn has(article: &Article, id: BlockId) -> bool {
    let mut found = false;
    article.walk(&mut |block| found |= block.id == id);
    found
}

/// A web or mail address as an href: what the URL Standard doesn't allow in one is percent-encoded; None where it is no
/// such address.
fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let (scheme, rest) = target.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let sound = match scheme.as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            let name = host
                .split_once(':')
                .map_or(host, |(name, port)| if !port.is_empty() && port.parse::<u16>().is_ok() { name } else { "" });
            is_host(name)
        }
        "mailto" => rest
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && is_host(host.split('?').next().unwrap_or(host))),
        _ => false,
    };
    sound.then(|| format!("{scheme}:{}", encoded(rest)))
}

fn is_host(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c.is_alphabetic())
        })
}

fn encoded(rest: &str) -> String {
    let (before, fragment) = rest.split_once('#').map_or((rest, None), |(b, f)| (b, Some(f)));
    let escape = |part: &str| {
        let mut out = String::new();
        for (i, c) in part.char_indices() {
            let hex = |at: usize| part.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
            let plain = match c {
                '%' => hex(i + 1) && hex(i + 2),
                _ if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(c),
                _ => c.is_alphanumeric(),
            };
            if plain {
                out.push(c);
            } else {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
            }
        }
        out
    };
    fragment.map_or_else(|| escape(before), |f| format!("{}#{}", escape(before), escape(f)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::doc::{Block, BlockKind, Issue};
    use crate::page::Book;

    fn issue() -> Issue {
        let article = |id: &str, anchors: &[(&str, u32)]| Article {
            id: id.into(),
            anchors: anchors.iter().map(|(k, v)| (k.to_string(), *v)).collect(),
            blocks: vec![Block { id: BlockId(7), span: Span::default(), kind: BlockKind::Rule }],
            ..Article::default()
        };
        Issue {
            articles: vec![article("01", &[]), article("山行 Notes", &[("起点", 7), ("gone", 8)])],
            ..Issue::default()
        }
    }

    #[test]
    fn links_lead_to_articles_anchors_and_addresses() {
        let (issue, book) = (issue(), Book::default());
        let plan = Plan::new(&issue, &book);
        let link = |target| plan.link(0, target);
        assert_eq!(link("%E5%B1%B1%E8%A1%8C%20Notes.md#起点").as_deref(), Some("a02-notes.xhtml#b7"));
        assert_eq!(link("../articles/01.md").as_deref(), Some("a01-01.xhtml"));
        assert_eq!(plan.link(1, "#%E8%B5%B7%E7%82%B9").as_deref(), Some("a02-notes.xhtml#b7"));
        for nowhere in [
            "03.md",
            "山行 Notes.md#gone",
            "#none",
            "01.md#none",
            "#",
            "",
            "javascript:alert(1)",
            "http://",
            "http:///x",
            "https://a b/",
        ] {
            assert_eq!(link(nowhere), None, "{nowhere}");
        }
        assert_eq!(link("https://例子.中国/a b?q=[1]").as_deref(), Some("https://例子.中国/a%20b?q=%5B1%5D"));
        assert_eq!(link("HTTP://example.org:80/100%").as_deref(), Some("http://example.org:80/100%25"));
        assert_eq!(link("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
    }
}
