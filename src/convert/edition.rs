//! One issue in another language of Chinese.
//!
//! In: an issue as it was read, a target. Out: the issue with every text converted, photos, places and addresses as they
//! were. Articles in other languages stay; a name on a byline or among the credits is converted once and so everywhere.

use super::script::{Changes, Converter, Options};
use crate::base::Lang;
use crate::doc::{Article, Block, BlockKind, Cell, Figure, Inline, Issue};

/// The issue's edition; itself where the language is its own.
pub fn edition(issue: &Issue, to: Lang) -> (Issue, Changes) {
    let from = issue.magazine.lang;
    let mut out = issue.clone();
    let mut changes = Changes::default();
    if from == to || !from.is_chinese() || !to.is_chinese() {
        return (out, changes);
    }
    let options = options(issue, to);
    let mut desk = Desk { to, from, options: &options, changes: &mut changes };
    desk.standing(&mut out);
    for article in &mut out.articles {
        if article.lang.is_chinese() {
            desk.from = article.lang;
            desk.article(article);
            article.lang = to;
        }
    }
    out.magazine.lang = to;
    (out, changes)
}

/// Family names that conversion takes for other words, and what they are in Traditional.
const SURNAMES: [&str; 2] =
    ["余于范后云游卜谷曲郁沈党岳种干姜松向胡涂丑钟", "余于范后云游卜谷曲郁沈党岳种干姜松向胡涂丑鍾"];

/// The issue's words to keep, and its people: their family names stay.
fn options(issue: &Issue, to: Lang) -> Options {
    let m = &issue.magazine;
    let mut options = Options { keep: m.keep.clone(), instead: m.words.clone(), vocabulary: m.vocabulary };
    let plain = Options::default();
    let articles = issue.articles.iter();
    let names = articles.flat_map(|a| a.authors.iter().map(|b| &b.name).chain(a.credits.iter().flat_map(|c| &c.names)));
    for name in names.chain(issue.colophon.iter().flat_map(|line| &line.values)) {
        let mut given = name.chars();
        let first = given.next();
        let family = SURNAMES[0].chars().zip(SURNAMES[1].chars()).find(|(from, _)| first == Some(*from));
        let short = (1..=3).contains(&given.clone().count());
        if let Some((_, family)) = family.filter(|_| short && name.chars().all(super::han::is_han)) {
            let given = Converter::new(issue.magazine.lang, to, &plain).text(given.as_str(), &mut Changes::default());
            options.instead.push((name.clone(), format!("{family}{given}")));
        }
    }
    options
}

struct Desk<'a> {
    from: Lang,
    to: Lang,
    options: &'a Options,
    changes: &'a mut Changes,
}

impl Desk<'_> {
    fn text(&mut self, text: &mut String) {
        *text = Converter::new(self.from, self.to, self.options).text(text, self.changes);
    }
    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut String>) {
        texts.into_iter().for_each(|t| self.text(t));
    }

    /// What is the magazine's and the number's.
    fn standing(&mut self, issue: &mut Issue) {
        let (m, n) = (&mut issue.magazine, &mut issue.number);
        self.text(&mut m.title);
        self.texts([&mut m.publisher, &mut m.rights].into_iter().flatten());
        self.texts([&mut n.label, &mut n.price, &mut n.theme].into_iter().flatten());
        self.texts(&mut n.cover_lines);
        self.texts([&mut issue.cover.credit, &mut issue.cover.spine].into_iter().flatten());
        self.text(&mut issue.contents.title);
        self.texts(issue.sections.iter_mut().map(|s| &mut s.name));
        for line in &mut issue.colophon {
            self.text(&mut line.label);
            self.texts(&mut line.values);
        }
        for e in &mut issue.errata {
            self.texts([&mut e.issue, &mut e.place, &mut e.wrong, &mut e.right, &mut e.text].into_iter().flatten());
        }
    }

    fn article(&mut self, a: &mut Article) {
        self.text(&mut a.title);
        let heads = [&mut a.kicker, &mut a.subtitle, &mut a.short_title, &mut a.author_note, &mut a.editors_note];
        self.texts(heads.into_iter().flatten());
        let rest = [&mut a.summary, &mut a.section, &mut a.source, &mut a.source_print];
        self.texts(rest.into_iter().flatten());
        self.texts(&mut a.keywords);
        self.texts([&mut a.paper.received, &mut a.paper.funding].into_iter().flatten());
        for author in &mut a.authors {
            self.text(&mut author.name);
            self.texts([&mut author.role, &mut author.affiliation].into_iter().flatten());
        }
        for credit in &mut a.credits {
            self.text(&mut credit.label);
            self.texts(&mut credit.names);
        }
        a.blocks.iter_mut().for_each(|b| self.block(b));
        a.notes.iter_mut().flat_map(|n| &mut n.blocks).for_each(|b| self.block(b));
    }

    fn block(&mut self, block: &mut Block) {
        match &mut block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Para { text } => self.inlines(text),
            BlockKind::Figures { figures, .. } => figures.iter_mut().for_each(|f| self.figure(f)),
            BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => {
                blocks.iter_mut().for_each(|b| self.block(b))
            }
            BlockKind::List { items, .. } => items.iter_mut().flatten().for_each(|b| self.block(b)),
            BlockKind::Table(table) => {
                self.inlines(&mut table.caption);
                let cells = table.head.iter_mut().chain(&mut table.rows).flatten();
                cells.for_each(|Cell { text, .. }| self.inlines(text));
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }

    fn figure(&mut self, figure: &mut Figure) {
        self.inlines(&mut figure.caption);
        self.texts([&mut figure.credit, &mut figure.alt].into_iter().flatten());
    }

    /// The runs of a block are one text: a phrase may begin in one and end in the next. Code is left alone.
    fn inlines(&mut self, inlines: &mut [Inline]) {
        let mut pieces: Vec<&mut String> = vec![];
        for inline in inlines {
            match inline {
                Inline::Text { text, style, .. } if !style.code => pieces.push(text),
                Inline::Ruby { pairs, .. } => pieces.extend(pairs.iter_mut().map(|p| &mut p.base)),
                _ => {}
            }
        }
        let written: Vec<&str> = pieces.iter().map(|p| p.as_str()).collect();
        let made = Converter::new(self.from, self.to, self.options).pieces(&written, self.changes);
        pieces.into_iter().zip(made).for_each(|(old, new)| *old = new);
    }
}
