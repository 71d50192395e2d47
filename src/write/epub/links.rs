//! Where the links of a manuscript lead.
//!
//! In: a target as its author wrote it (`02.md#id`, `#id`, `https://…`). Out: an href that is sound in the EPUB, or
//! nothing.

use super::plan::{Plan, block_id};
use crate::base::BlockId;
use crate::doc::{Article, address};

impl Plan<'_> {
    /// Where a link of the manuscript leads: an address, or a place in the EPUB. None where it leads nowhere; then its
    /// words stay plain text.
    pub fn link(&self, from: usize, target: &str) -> Option<String> {
        let Some((to, block)) = self.issue.place(from, target) else { return address(target) };
        match block {
            None => Some(self.articles[to][0].file.clone()),
            Some(block) if has(&self.issue.articles[to], block) => {
                Some(format!("{}#{}", self.document(to, block), block_id(block)))
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
        for nowhere in ["03.md", "山行 Notes.md#gone", "#none", "01.md#none", "#", "", "http://"] {
            assert_eq!(link(nowhere), None, "{nowhere}");
        }
        assert_eq!(link("https://example.org/a b").as_deref(), Some("https://example.org/a%20b"));
    }
}
