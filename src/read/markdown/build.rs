//! The parser's events into blocks.
//!
//! In: the body, its line scan and its shadow. Out: a [`Draft`]. Text is read from the original by the events' ranges;
//! an event's own text is used only where the parser made it (entities).

mod divs;
mod html;
mod running;
mod tables;

use super::attributes::attributes;
use super::coverage::Coverage;
use super::figure::Placing;
use super::inline::{self, Piece};
use super::lines::Lines;
use super::shadow::{OPTIONS, Shadow};
use super::{Draft, Source, Wanted};
use crate::base::{BlockId, Code, Diagnostic, Report, words};
use crate::doc::{Block, BlockKind, DivKind, FigurePlace, Inline, Note, PhotoId, plain_text};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Containers within containers beyond this are set as their contents: no reader could follow them.
const DEEPEST: usize = 24;

pub fn build(source: Source, lines: &Lines, shadow: &Shadow, title: Option<&str>, report: &mut Report) -> Draft {
    let parser = Parser::new_ext(&shadow.text, OPTIONS);
    let definitions: Vec<(String, Range<usize>)> =
        parser.reference_definitions().iter().map(|(label, def)| (label.to_lowercase(), def.span.clone())).collect();
    let mut builder = Builder {
        source,
        lines,
        shadow,
        events: parser.into_offset_iter().collect(),
        next: 0,
        covered: Coverage::default(),
        holes: vec![],
        labels: vec![],
        notes: BTreeMap::new(),
        used: BTreeSet::new(),
        defined: BTreeSet::new(),
        segments: 0,
        page_marks: vec![],
        draft: Draft::default(),
        report,
    };
    builder.defined.extend(builder.events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
        _ => None,
    }));
    lines.fences.iter().for_each(|f| builder.covered.add(f.line.start..f.line.start + f.length));
    let at = |(id, at): &(String, usize)| (id.clone(), source.base + *at as u32);
    builder.draft.anchors.extend(shadow.anchors.iter().map(at));
    let mut blocks = builder.blocks(0);
    if !builder.page_marks.is_empty() {
        let text = std::mem::take(&mut builder.page_marks);
        blocks.push(builder.block(source.body.len()..source.body.len(), BlockKind::Para { text }));
    }
    builder.draft.blocks = builder.take_title(blocks, title);
    builder.unused_links(&definitions);
    builder.finish()
}

struct Builder<'s, 'r> {
    source: Source<'s>,
    lines: &'s Lines,
    shadow: &'s Shadow,
    events: Vec<(Event<'s>, Range<usize>)>,
    next: usize,
    covered: Coverage,
    /// Attributes: marks the parser takes for text.
    holes: Vec<Range<usize>>,
    /// Labels of the notes in the order of their first mark.
    labels: Vec<String>,
    notes: BTreeMap<String, Note>,
    /// Link definitions that something refers to.
    used: BTreeSet<String>,
    /// Labels of the notes that are written somewhere.
    defined: BTreeSet<String>,
    /// Underlined stretches so far.
    segments: u16,
    /// Marks of pages that begin with the next text.
    page_marks: Vec<Inline>,
    draft: Draft,
    report: &'r mut Report,
}

impl<'s> Builder<'s, '_> {
    fn peek(&self) -> Option<&(Event<'s>, Range<usize>)> {
        self.events.get(self.next)
    }
    fn advance(&mut self) -> Option<(Event<'s>, Range<usize>)> {
        let event = self.events.get(self.next).cloned();
        self.next += 1;
        event
    }
    fn block(&self, range: Range<usize>, kind: BlockKind) -> Block {
        Block { id: BlockId(0), span: self.source.span(range), kind }
    }
    fn find(&mut self, code: Code, range: Range<usize>, zh: impl Into<String>, en: impl Into<String>) {
        self.report.push(Diagnostic::at(code, self.source.span(range), words(zh, en)));
    }

    /// The blocks up to the end of the container, which is consumed; those between div fences gathered.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let blocks = self.all_blocks(depth);
        self.gathered(blocks)
    }

    fn all_blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut out = vec![];
        let mut flattened = 0_usize;
        while let Some((event, range)) = self.peek().cloned() {
            match event {
                Event::End(_) => {
                    self.next += 1;
                    match flattened.checked_sub(1) {
                        Some(rest) => flattened = rest,
                        None => return out,
                    }
                }
                Event::Start(ref tag) if is_container(tag) && depth >= DEEPEST => {
                    self.next += 1;
                    flattened += 1;
                }
                Event::Start(ref tag) if is_block(tag) => {
                    self.next += 1;
                    self.start(tag.clone(), range, depth, &mut out);
                }
                Event::Html(_) => {
                    self.next += 1;
                    self.html_block(range, &mut out);
                }
                Event::Rule => {
                    self.next += 1;
                    out.push(self.block(range, BlockKind::Rule));
                }
                _ => {
                    let pieces = self.pieces(0);
                    let end = self.events[self.next - 1].1.end;
                    self.paragraph(pieces, range.start..end, &mut out);
                }
            }
        }
        out
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>, depth: usize, out: &mut Vec<Block>) {
        match tag {
            Tag::Paragraph => {
                let pieces = self.pieces(0);
                self.next += 1;
                self.paragraph(pieces, range, out);
            }
            Tag::Heading { level, .. } => self.heading(level, range, out),
            Tag::BlockQuote(_) => {
                let blocks = self.blocks(depth + 1);
                out.push(self.block(range, BlockKind::Quote { blocks }));
            }
            Tag::List(start) => {
                let mut items = vec![];
                while let Some((Event::Start(Tag::Item), _)) = self.advance() {
                    items.push(self.blocks(depth + 1));
                }
                out.push(self.block(range, BlockKind::List { start, items }));
            }
            Tag::CodeBlock(kind) => self.code(kind, range, out),
            Tag::HtmlBlock => {
                while !matches!(self.advance(), None | Some((Event::End(_), _))) {}
                self.html_block(range, out);
            }
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(depth + 1);
                self.note(&label, Note { blocks, span: self.source.span(trimmed(self.source.body, range)) });
            }
            Tag::Table(align) => self.table(&align, range, out),
            _ => out.extend(self.blocks(depth + 1)),
        }
    }

    fn note(&mut self, label: &str, note: Note) {
        let range = (note.span.start - self.source.base) as usize..(note.span.end - self.source.base) as usize;
        if let Some(end) = self.source.text(range.clone()).find("]:") {
            self.covered.add(range.start..range.start + end);
        }
        if let Some(first) = self.notes.get_mut(label) {
            first.blocks.extend(note.blocks);
            self.find(
                Code::MarkdownUnused,
                range,
                format!("注文 [^{label}] 写了两次"),
                format!("the note [^{label}] is written twice"),
            );
        } else {
            self.notes.insert(label.to_string(), note);
        }
    }

    /// A paragraph: text, or a figure when it holds only images. Images amid text are set before or after it.
    fn paragraph(&mut self, pieces: Vec<Piece>, range: Range<usize>, out: &mut Vec<Block>) {
        let range = trimmed(self.source.body, range);
        let is_picture = |p: &Piece| matches!(p, Piece::Picture(_));
        let first_text = pieces.iter().position(|p| !is_picture(p) && !p.is_blank()).unwrap_or(pieces.len());
        let mut before = pieces;
        if !before.iter().any(is_picture) {
            return self.turns(before, range, out);
        }
        let mut text = before.split_off(first_text);
        let after: Vec<Piece> = text.iter().filter(|p| is_picture(p)).cloned().collect();
        text.retain(|p| !is_picture(p));
        if !after.is_empty() {
            self.find(
                Code::PhotoPlacement,
                range.clone(),
                "图片夹在文字里，排到这一段之后",
                "a picture amid text is set after its paragraph",
            );
        }
        self.figures(before, out);
        self.turns(text, range, out);
        self.figures(after, out);
    }

    /// The text of a paragraph: in an interview one for each turn.
    fn turns(&mut self, pieces: Vec<Piece>, range: Range<usize>, out: &mut Vec<Block>) {
        let lines = self.lines;
        let speakers = lines.inside(range.start, DivKind::Interview).map(|div| &div.speakers);
        for pieces in pieces.split(|p| matches!(p, Piece::Turn)) {
            let mut text = self.text(pieces.to_vec());
            if let Some(names) = speakers {
                text = inline::mark_speaker(text, names);
            }
            if text.iter().all(|i| matches!(i, Inline::PageMark { .. })) {
                self.page_marks.append(&mut text);
            } else {
                text.splice(0..0, self.page_marks.drain(..));
                out.push(self.block(range.clone(), BlockKind::Para { text }));
            }
        }
    }

    fn text(&mut self, pieces: Vec<Piece>) -> Vec<Inline> {
        let text = inline::join(pieces);
        inline::undefined_notes(&text, self.report);
        inline::link_addresses(text)
    }

    /// One figure block of all pictures among the pieces.
    fn figures(&mut self, pieces: Vec<Piece>, out: &mut Vec<Block>) {
        let (mut figures, mut place, mut span, mut remote) = (vec![], FigurePlace::Auto, None, vec![]);
        for piece in pieces {
            let Piece::Picture(picture) = piece else { continue };
            if picture.dest.trim().is_empty() {
                let message = words("图片没有写明是哪个文件", "a picture that names no file");
                self.report.push(Diagnostic::at(Code::MarkdownUnsupported, picture.span, message));
                let (span, text) = (picture.span, inline::join(picture.label));
                if !text.is_empty() {
                    out.push(Block { id: BlockId(0), span, kind: BlockKind::Para { text } });
                }
                continue;
            }
            if picture.is_remote() {
                remote.push(picture);
                continue;
            }
            let placing = picture.placing(self.report);
            place = placing.place.unwrap_or(place);
            let photo = PhotoId(self.draft.wanted.len() as u32);
            let Placing { pending, shape, .. } = placing;
            self.draft.wanted.push(Wanted { dest: picture.dest.clone(), span: picture.span, pending, shape });
            let start = span.map_or(picture.span, |s: crate::base::Span| s);
            span = Some(crate::base::Span { end: picture.span.end, ..start });
            self.draft.anchors.extend(picture.attributes.id.clone().map(|id| (id, start.start)));
            figures.push(picture.figure(photo, placing));
        }
        if let Some(span) = span {
            out.push(Block { id: BlockId(0), span, kind: BlockKind::Figures { figures, place } });
        }
        for picture in remote {
            let span = picture.span;
            let text = picture.in_words(self.report);
            out.push(Block { id: BlockId(0), span, kind: BlockKind::Para { text } });
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>, out: &mut Vec<Block>) {
        let range = trimmed(self.source.body, range);
        let anchor = self.heading_id(range.clone());
        let pieces = self.pieces(0);
        self.next += 1;
        let pictures: Vec<Piece> = pieces.iter().filter(|p| matches!(p, Piece::Picture(_))).cloned().collect();
        let mut text = self.text(pieces);
        if !text.is_empty() {
            text.splice(0..0, self.page_marks.drain(..));
            out.push(self.block(range, BlockKind::Heading { level: level as u8, text, anchor }));
        }
        self.figures(pictures, out);
    }

    /// `{#id}` behind a heading's words.
    fn heading_id(&mut self, range: Range<usize>) -> Option<String> {
        let words = self.source.text(range.clone()).trim_end_matches(['#', '=', '-', '\n', '\r', ' ']);
        let open = words.rfind('{').filter(|_| words.ends_with('}'))?;
        let (found, length) = attributes(&words[open..])?;
        let hole = range.start + open..range.start + open + length;
        for unknown in found.classes.iter().chain(found.pairs.iter().map(|(key, _)| key)) {
            self.find(
                Code::MarkdownAttribute,
                hole.clone(),
                format!("标题的属性 {unknown} 不认识"),
                format!("unknown attribute of a heading: {unknown}"),
            );
        }
        self.covered.add(hole.clone());
        self.holes.push(hole);
        found.id
    }

    /// The title is set from the article's head: the first `#` heading leaves the blocks when it is the title.
    fn take_title(&mut self, mut blocks: Vec<Block>, title: Option<&str>) -> Vec<Block> {
        if let Some(BlockKind::Heading { level: 1, text, anchor }) = blocks.first().map(|b| &b.kind) {
            let anchor = anchor.clone();
            let words = plain_text(text);
            let notes: Vec<usize> = text
                .iter()
                .filter_map(|i| if let Inline::Note { note, .. } = i { Some(*note) } else { None })
                .collect();
            let marks = text.iter().filter(|i| matches!(i, Inline::PageMark { .. })).cloned();
            let marks: Vec<Inline> = marks.collect();
            if title.is_none_or(|t| t.replace(['|', ' '], "") == words.replace(['|', ' '], "")) {
                self.draft.title = Some(words);
                self.draft.title_notes = notes;
                let span = blocks.remove(0).span;
                // The title's anchor is that of the text's beginning.
                let start = blocks.first().map_or(span.start, |b| b.span.start);
                self.draft.anchors.extend(anchor.map(|id| (id, start)));
                if !marks.is_empty() {
                    blocks.insert(0, Block { id: BlockId(0), span, kind: BlockKind::Para { text: marks } });
                }
            }
        }
        // Level 1 is the title's; what else has it stands at the first level below.
        fn lower(blocks: &mut [Block]) {
            for block in blocks {
                match &mut block.kind {
                    BlockKind::Heading { level, .. } => *level = (*level).max(2),
                    BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => lower(blocks),
                    BlockKind::List { items, .. } => items.iter_mut().for_each(|item| lower(item)),
                    _ => {}
                }
            }
        }
        lower(&mut blocks);
        blocks
    }

    fn code(&mut self, kind: CodeBlockKind, range: Range<usize>, out: &mut Vec<Block>) {
        let mut text = String::new();
        while let Some((Event::Text(event), at)) = self.advance() {
            let same = self.shadow.text.get(at.clone()) == Some(&*event);
            text.push_str(if same { self.source.text(at.clone()) } else { &event });
        }
        let range = trimmed(self.source.body, range);
        self.covered.add(range.clone());
        if let CodeBlockKind::Fenced(info) = kind
            && !info.is_ascii()
        {
            self.find(
                Code::MarkdownUnsupported,
                range.clone(),
                "代码块开头的说明不排",
                "the words behind a code fence are not set",
            );
        }
        let lines = text.lines().map(|l| l.trim_end_matches('\r').to_string()).collect();
        out.push(self.block(range, BlockKind::Code { lines }));
    }

    fn unused_links(&mut self, definitions: &[(String, Range<usize>)]) {
        for (label, range) in definitions {
            self.covered.add(range.clone());
            if !self.used.contains(label) {
                let range = trimmed(self.source.body, range.clone());
                self.find(
                    Code::MarkdownUnused,
                    range,
                    format!("链接定义 [{label}] 没有用到"),
                    format!("the link definition [{label}] is never used"),
                );
            }
        }
    }

    /// Notes in the order of their marks; the rest are reported.
    fn finish(mut self) -> Draft {
        for label in &self.labels {
            let empty = Note { blocks: vec![], span: self.source.span(0..0) };
            self.draft.notes.push(self.notes.remove(label).unwrap_or(empty));
        }
        for (label, note) in std::mem::take(&mut self.notes) {
            let message = words(
                format!("注文 [^{label}] 没有注码指向它，不排"),
                format!("no mark refers to the note [^{label}]; it is not set"),
            );
            let hint = Diagnostic::at(Code::MarkdownUnused, note.span, message);
            self.report.push(hint.hint(
                format!("在正文里写上 [^{label}]，或删去它"),
                format!("write [^{label}] in the text, or delete it"),
            ));
        }
        self.covered.check(self.source, self.report);
        self.draft
    }
}

fn is_container(tag: &Tag) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_))
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// A range without the line ends and blanks behind it.
fn trimmed(body: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + body[range.clone()].trim_end().len()
}
