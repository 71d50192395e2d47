//! One article → its XHTML documents, one mostly: head, blocks, notes.
//!
//! In: `doc::Article`. Out: markup with the markers of the pages that begin in it. Names of `epub:type` and `role` are
//! those of the EPUB Structural Semantics Vocabulary and DPUB-ARIA; `role="doc-chapter"` sits on a section.

use super::pages::Mark;
use super::parts::Part;
use super::plan::{Plan, block_id};
use super::xml::{Xml, xhtml};
use crate::base::{BlockId, Pos};
use crate::doc::{Article, Byline, FootKind};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The state of writing one article.
pub struct ArticleWriter<'a> {
    pub plan: &'a Plan<'a>,
    pub index: usize,
    pub article: &'a Article,
    pub part: &'a Part,
    pub xml: Xml,
    /// Pages that still have to begin, in order.
    pub marks: VecDeque<(Pos, Mark)>,
    /// Blocks that links lead to.
    pub anchors: BTreeSet<u32>,
    /// How often each note has been referred to so far.
    pub references: BTreeMap<usize, u32>,
    /// The level of the heading before.
    pub level: u8,
    pub figures: u32,
}

/// The documents of the `index`th article, with their names.
pub fn documents(plan: &Plan, index: usize) -> Vec<(String, String)> {
    let mut level = 1;
    plan.articles[index].iter().map(|part| (part.file.clone(), document(plan, (index, part), &mut level))).collect()
}

/// `level` is that of the heading before, and of the last one after.
fn document(plan: &Plan, (index, part): (usize, &Part), level: &mut u8) -> String {
    let article = &plan.issue.articles[index];
    let here = |(pos, _): &(Pos, &Mark)| plan.document(index, pos.block) == part.file;
    let mut writer = ArticleWriter {
        plan,
        index,
        article,
        part,
        xml: Xml::default(),
        marks: plan.marks.in_article(index).filter(here).map(|(pos, mark)| (pos, mark.clone())).collect(),
        anchors: article.anchors.values().copied().collect(),
        references: BTreeMap::new(),
        level: *level,
        figures: 0,
    };
    let document = xhtml(article.lang.tag(), &title(plan, article), "bodymatter", |xml| {
        std::mem::swap(&mut writer.xml, xml);
        writer.section();
        std::mem::swap(&mut writer.xml, xml);
    });
    *level = writer.level;
    document
}

/// A title that is never empty.
pub fn title(plan: &Plan, article: &Article) -> String {
    let issue = plan.issue.full_title();
    [article.running_title(), article.plain_title(), article.id.clone(), issue]
        .iter()
        .map(|t| super::xml::allowed(t.trim()))
        .find(|t| !t.trim().is_empty())
        .unwrap_or_else(|| plan.words.start.into())
}

impl ArticleWriter<'_> {
    fn section(&mut self) {
        let (article, blocks) = (self.article, self.part.blocks.clone());
        let (is_first, is_last) = (blocks.start == 0, blocks.end == article.blocks.len());
        let title = title(self.plan, article);
        let name = if is_first { ("aria-labelledby", "title") } else { ("aria-label", title.as_str()) };
        let kind = [("epub:type", "chapter"), ("role", "doc-chapter")];
        self.xml.open("section", &[kind[0], kind[1], name, ("class", "article")]);
        self.xml.line();
        if is_first {
            // A page that begins with the first character begins with the title above it.
            self.markers(article.blocks.first().map_or(BlockId(0), |b| b.id), 0);
            self.head();
        }
        article.blocks[blocks].iter().for_each(|b| self.block(b));
        while let Some(mark) = self.take_marker(|_| true) {
            mark.write(&mut self.xml);
        }
        if is_last {
            self.foot();
        }
        self.notes();
        if is_last && self.plan.book.hands.scholarly {
            self.english();
        }
        self.xml.close();
    }

    fn head(&mut self) {
        let article = self.article;
        // A header is the banner of a site to screen readers, unless it says that it is none (ARIA in HTML §header).
        self.xml.open("header", &[("role", "none")]);
        self.xml.line();
        let section =
            self.plan.issue.section_of(self.index).map(|s| s.name.clone()).or_else(|| article.section.clone());
        self.paragraph("label", section.as_deref());
        self.paragraph("kicker", article.kicker_below(section.as_deref()));
        self.heading();
        self.paragraph("subtitle", article.subtitle.as_deref());
        if self.plan.book.hands.scholarly {
            self.byline();
            self.abstract_();
        } else {
            self.paragraph("standfirst", article.summary.as_deref());
        }
        self.paragraph("editors-note", article.editors_note.as_deref());
        if !self.plan.book.hands.scholarly {
            self.byline();
        }
        self.xml.close();
        self.xml.line();
    }

    /// The title; where its author allows a break there is a `wbr`.
    fn heading(&mut self) {
        self.xml.open("h1", &[("id", "title")]);
        if self.article.plain_title().trim().is_empty() {
            self.xml.text(&title(self.plan, self.article));
        } else {
            for (i, part) in self.article.title.split('\u{200b}').enumerate() {
                if i > 0 {
                    self.xml.empty("wbr", &[]);
                }
                self.words(part);
            }
        }
        self.article.title_notes.iter().for_each(|note| self.note_mark(*note));
        self.xml.close();
        self.xml.line();
    }

    /// 文 王明、李华　图 赵蓉（市图书馆）: neighbours in the same role share it.
    fn byline(&mut self) {
        let (authors, words) = (&self.article.authors, self.plan.words);
        if authors.is_empty() {
            return;
        }
        self.xml.open("p", &[("class", "byline")]);
        let mut before: Option<&Byline> = None;
        for author in authors {
            let same = before.is_some_and(|b| b.role == author.role);
            match before {
                Some(_) if same => self.xml.text(words.comma),
                Some(_) => self.xml.text(words.gap),
                None => {}
            }
            if let Some(role) = author.role.as_deref().filter(|_| !same) {
                self.xml.leaf("span", &[("class", "role")], role);
                self.xml.text(" ");
            }
            self.xml.text(&author.name);
            if let Some(place) = &author.affiliation {
                self.xml.text(&[words.brackets[0], place, words.brackets[1]].concat());
            }
            before = Some(author);
        }
        self.xml.close();
        self.xml.line();
    }

    /// What stands below the text: about the author, where it was first printed, who else worked on it.
    fn foot(&mut self) {
        for foot in self.plan.issue.foot(self.article, self.plan.book.hands.scholarly) {
            let class = match foot.kind {
                FootKind::AuthorNote | FootKind::FirstPage => "author-note",
                FootKind::Source => "source",
                FootKind::Credits => "credits",
            };
            self.paragraph(class, Some(&foot.text));
        }
    }

    /// One `aside` a note, after the text, each with a way back to its first mark.
    fn notes(&mut self) {
        let (article, part) = (self.article, self.part);
        if part.notes.is_empty() {
            return;
        }
        self.xml.open("div", &[("class", "notes")]);
        self.xml.line();
        for i in part.notes.iter().copied() {
            let (note, id, number) = (&article.notes[i], note_id(i), (i + 1).to_string());
            self.xml.open("aside", &[("epub:type", "footnote"), ("role", "doc-footnote"), ("id", &id)]);
            self.note_number(i, &number);
            note.blocks.iter().for_each(|b| self.outside_flow(b));
            self.xml.close();
            self.xml.line();
        }
        self.xml.close();
        self.xml.line();
    }

    /// The number of a note; a link back where the text refers to it.
    fn note_number(&mut self, note: usize, number: &str) {
        self.xml.open("p", &[("class", "note-number")]);
        if self.references.contains_key(&note) {
            let href = format!("#{}", reference_id(note, 1));
            let label = [number, self.plan.words.colon, self.plan.words.back].concat();
            self.xml.leaf("a", &[("role", "doc-backlink"), ("href", &href), ("aria-label", &label)], number);
        } else {
            self.xml.text(number);
        }
        self.xml.close();
    }

    pub fn note_mark(&mut self, note: usize) {
        if note >= self.article.notes.len() {
            return;
        }
        let count = self.references.entry(note).or_insert(0);
        *count += 1;
        let id = reference_id(note, *count);
        let elsewhere = self.plan.articles[self.index].iter().find(|p| *p != self.part && p.notes.contains(&note));
        let href = format!("{}#{}", elsewhere.map_or("", |part| &part.file), note_id(note));
        self.xml.open("sup", &[("class", "mark")]);
        let attributes = [("epub:type", "noteref"), ("role", "doc-noteref"), ("href", href.as_str()), ("id", &id)];
        self.xml.leaf("a", &attributes, &(note + 1).to_string());
        self.xml.close();
    }

    pub fn paragraph(&mut self, class: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
            self.xml.open("p", &[("class", class)]);
            self.words(text);
            self.xml.close();
            self.xml.line();
        }
    }

    /// The id of a block, where a link leads to it.
    pub fn anchor(&self, block: BlockId) -> Option<String> {
        self.anchors.contains(&block.0).then(|| block_id(block))
    }
}

fn note_id(note: usize) -> String {
    format!("n{}", note + 1)
}

fn reference_id(note: usize, count: u32) -> String {
    if count == 1 { format!("r{}", note + 1) } else { format!("r{}-{count}", note + 1) }
}
