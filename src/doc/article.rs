//! An article: its head, its blocks, its notes.

use super::block::{Block, BlockKind};
use super::colophon::{Credit, Entry};
use super::inline::Inline;
use super::paper::Paper;
use super::written::Written;
use crate::base::{BlockId, FileId, Lang, Span};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub struct Article {
    /// `id:` or the file's stem; stable when the order changes. Links and file names use it.
    pub id: String,
    pub file: FileId,
    pub lang: Lang,
    /// 引题, set above the title.
    pub kicker: Option<String>,
    /// The title; `|` in the source, an allowed break, is kept as U+200B (zero width space).
    pub title: String,
    /// Notes whose marks stand behind the title.
    pub title_notes: Vec<usize>,
    pub subtitle: Option<String>,
    /// For the contents and the running head.
    pub short_title: Option<String>,
    pub authors: Vec<Byline>,
    pub author_note: Option<String>,
    /// 编者按.
    pub editors_note: Option<String>,
    /// 提要: stands before the text and in the contents.
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    /// What a journal says of it.
    pub paper: Paper,
    pub section: Option<String>,
    pub source: Option<String>,
    /// 原载: where it was printed before.
    pub source_print: Option<String>,
    /// When it was published before, as written.
    pub published: Option<String>,
    /// In order of appearance.
    pub credits: Vec<Credit>,
    pub columns: Option<u8>,
    pub start: Start,
    /// The theme's template, by name; None: the section's, else the theme's choice.
    pub template: Option<String>,
    /// Whether the text closes with the end mark; None: as the theme says.
    pub end_mark: Option<bool>,
    /// The pages it should fill.
    pub pages: Option<u16>,
    /// Where what its first page doesn't hold goes on: a page, or an article's file.
    pub continue_on: Option<String>,
    pub blocks: Vec<Block>,
    /// Notes in the order of their first mark.
    pub notes: Vec<Note>,
    /// Anchor (`#id`) → block number.
    pub anchors: BTreeMap<String, u32>,
    /// The front matter's texts.
    pub written: Written,
    pub span: Span,
}

/// One name on the byline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Byline {
    /// Clean: no spaces inside a Chinese name.
    pub name: String,
    /// As printed before the name: `文`, `图`, `本刊记者`, `译`.
    pub role: Option<String>,
    pub affiliation: Option<String>,
}

impl Byline {
    /// The role before the name, with what joins them: `文／`, `本刊记者　`. None where the name before has the same.
    pub fn lead(&self, before: Option<&Byline>) -> Option<String> {
        let role = self.role.as_ref().filter(|role| before.is_none_or(|b| b.role.as_ref() != Some(role)))?;
        let position = ["记者", "記者", "通讯员", "通訊員", "撰稿"].iter().any(|word| role.ends_with(word));
        Some(format!("{role}{}", if position { '\u{3000}' } else { '／' }))
    }
}

/// A footnote: blocks that are paragraphs, mostly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub blocks: Vec<Block>,
    pub span: Span,
}

/// Where a page of an earlier printing begins (`{page=37}`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageMark<'a> {
    pub label: &'a str,
    pub block: BlockId,
    /// How many characters of the block stand before it.
    pub char: u32,
    pub span: Span,
}

/// Where an article begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// A new page; a short piece goes on below another of its section where all of it finds room there.
    #[default]
    Auto,
    NewPage,
    NewSpread,
    /// On the rest of the page on which the article before it ends, whatever its length.
    Continue,
}

/// A line at an article's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foot {
    pub kind: FootKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FootKind {
    AuthorNote,
    /// 收稿日期, 基金项目, 作者简介 behind their words: a journal's first page has them at its foot.
    FirstPage,
    /// Where it comes from, or was printed before.
    Source,
    /// 责任编辑 and the others who worked on it.
    Credits,
}

impl Article {
    /// The title without its marks of allowed breaks.
    pub fn plain_title(&self) -> String {
        self.title.replace('\u{200b}', "")
    }
    /// The kicker below its section's name: what both say is said once.
    pub fn kicker_below(&self, section: Option<&str>) -> Option<&str> {
        self.kicker.as_deref().filter(|kicker| Some(*kicker) != section)
    }
    /// What the contents and running heads say.
    pub fn running_title(&self) -> String {
        self.short_title.clone().unwrap_or_else(|| self.plain_title())
    }
    /// What a journal sets before the summary and before the keywords, and between these. Without keywords it is no
    /// scholar's abstract.
    pub fn abstract_words(&self) -> [&'static str; 3] {
        let scholarly = !self.keywords.is_empty();
        match self.lang {
            Lang::En => [if scholarly { "Abstract: " } else { "" }, "Keywords: ", "; "],
            lang => {
                let words = if lang.is_traditional() { "關鍵詞：" } else { "关键词：" };
                [if scholarly { "摘要：" } else { "提要：" }, words, "；"]
            }
        }
    }
    /// The people credited with a role.
    pub fn credited<'a>(&'a self, role: &'static Entry) -> impl Iterator<Item = &'a str> {
        let credits = self.credits.iter().filter(move |c| c.entry == Some(role));
        credits.flat_map(|c| c.names.iter().map(String::as_str))
    }
    /// Every block and every block of the notes, in document order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Block)) {
        self.blocks.iter().chain(self.notes.iter().flat_map(|n| &n.blocks)).for_each(|b| b.walk(visit));
    }
    /// The figures of the text and of the notes, in order.
    pub fn figures(&self) -> Vec<&super::Figure> {
        let mut all = vec![];
        self.walk(&mut |block| {
            if let BlockKind::Figures { figures, .. } = &block.kind {
                all.extend(figures);
            }
        });
        all
    }
    /// The pages of an earlier printing that its text is marked with, in order.
    pub fn page_marks(&self) -> Vec<PageMark<'_>> {
        let mut found = vec![];
        for block in &self.blocks {
            block.walk(&mut |b| match &b.kind {
                BlockKind::Heading { text, .. } | BlockKind::Para { text } => marks_in(b.id, text, &mut found),
                BlockKind::Table(table) => table.cells().for_each(|c| marks_in(c.id, &c.text, &mut found)),
                _ => {}
            });
        }
        found
    }
    /// The text of a note, for a pop-up or a flat list.
    pub fn note_text(&self, note: usize) -> Vec<&[Inline]> {
        let mut texts = vec![];
        for block in &self.notes[note].blocks {
            block.walk(&mut |b| {
                if let BlockKind::Para { text } | BlockKind::Heading { text, .. } = &b.kind {
                    texts.push(text.as_slice());
                }
            });
        }
        texts
    }
}

fn marks_in<'a>(block: BlockId, text: &'a [Inline], found: &mut Vec<PageMark<'a>>) {
    let mut char = 0;
    for inline in text {
        if let Inline::PageMark { label, span } = inline {
            found.push(PageMark { label, block, char, span: *span });
        }
        char += inline.chars();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_role_and_positions_are_followed_by_a_space() {
        let by = |role: &str| Byline { name: "甲".into(), role: Some(role.into()), affiliation: None };
        assert_eq!(by("文").lead(None).as_deref(), Some("文／"));
        assert_eq!(by("本刊记者").lead(Some(&by("文"))).as_deref(), Some("本刊记者\u{3000}"));
        assert_eq!(by("图").lead(Some(&by("图"))), None);
        assert_eq!(Byline::default().lead(None), None);
    }

    #[test]
    fn a_kicker_that_says_the_sections_name_is_said_once() {
        let article = Article { kicker: Some("访谈".into()), ..Article::default() };
        assert_eq!(article.kicker_below(Some("访谈")), None);
        assert_eq!(article.kicker_below(Some("专题")), Some("访谈"));
        assert_eq!(article.kicker_below(None), Some("访谈"));
    }
}
