//! The parser's events into blocks.
//!
//! In: the body, its line scan and its shadow. Out: a [`Draft`]. Text is read from the original by the events' ranges;
//! an event's own text is used only where the parser made it (entities).

mod running;

use super::attributes::attributes;
use super::coverage::Coverage;
use super::inline::{self, Piece};
use super::lines::{Div, DivKind, Lines};
use super::shadow::{OPTIONS, Shadow};
use super::{Draft, Source, Wanted};
use crate::base::{BlockId, Code, Diagnostic, Report, words};
use crate::doc::{Align, Block, BlockKind, Cell, FigurePlace, Inline, Note, PhotoId, Table, plain_text};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Parser, Tag};
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
        draft: Draft::default(),
        report,
    };
    lines.marks.iter().for_each(|(range, length)| builder.covered.add(range.start..range.start + length));
    let blocks = builder.blocks(0);
    let blocks = builder.take_title(blocks, title);
    builder.draft.blocks = in_divs(blocks, &lines.divs, source);
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

    /// The blocks up to the end of the container, which is consumed.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
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
        if !pieces.iter().any(is_picture) {
            let text = self.text(pieces);
            if !text.is_empty() {
                out.push(self.block(range, BlockKind::Para { text }));
            }
            return;
        }
        let first_text = pieces.iter().position(|p| !is_picture(p) && !p.is_blank()).unwrap_or(pieces.len());
        let mut before = pieces;
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
        let text = self.text(text);
        if !text.is_empty() {
            out.push(self.block(range, BlockKind::Para { text }));
        }
        self.figures(after, out);
    }

    fn text(&mut self, pieces: Vec<Piece>) -> Vec<Inline> {
        let text = inline::join(pieces);
        inline::undefined_notes(&text, self.report);
        inline::link_addresses(text)
    }

    /// One figure block of all pictures among the pieces.
    fn figures(&mut self, pieces: Vec<Piece>, out: &mut Vec<Block>) {
        let (mut figures, mut place, mut span) = (vec![], FigurePlace::Auto, None);
        for piece in pieces {
            let Piece::Picture(picture) = piece else { continue };
            let placing = picture.placing(self.report);
            place = placing.place.unwrap_or(place);
            let photo = PhotoId(self.draft.wanted.len() as u32);
            self.draft.wanted.push(Wanted { dest: picture.dest.clone(), span: picture.span, pending: placing.pending });
            let start = span.map_or(picture.span, |s: crate::base::Span| s);
            span = Some(crate::base::Span { end: picture.span.end, ..start });
            self.draft.anchors.extend(picture.attributes.id.clone().map(|id| (id, start.start)));
            figures.push(picture.figure(photo, placing));
        }
        if let Some(span) = span {
            out.push(Block { id: BlockId(0), span, kind: BlockKind::Figures { figures, place } });
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>, out: &mut Vec<Block>) {
        let range = trimmed(self.source.body, range);
        let anchor = self.heading_id(range.clone());
        let pieces = self.pieces(0);
        self.next += 1;
        let pictures: Vec<Piece> = pieces.iter().filter(|p| matches!(p, Piece::Picture(_))).cloned().collect();
        let text = self.text(pieces);
        if !text.is_empty() {
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
        if let Some(BlockKind::Heading { level: 1, text, .. }) = blocks.first().map(|b| &b.kind) {
            let words = plain_text(text);
            if title.is_none_or(|t| t.replace(['|', ' '], "") == words.replace(['|', ' '], "")) {
                self.draft.title = Some(words);
                blocks.remove(0);
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

    fn table(&mut self, align: &[Alignment], range: Range<usize>, out: &mut Vec<Block>) {
        let mut table = Table { align: align.iter().map(alignment).collect(), ..Table::default() };
        let mut pictures = vec![];
        loop {
            match self.advance() {
                Some((Event::Start(Tag::TableHead), _)) => table.head = vec![self.cells(&mut pictures)],
                Some((Event::Start(Tag::TableRow), _)) => {
                    let row = self.cells(&mut pictures);
                    table.rows.push(row);
                }
                _ => break,
            }
        }
        out.push(self.block(trimmed(self.source.body, range.clone()), BlockKind::Table(table)));
        if !pictures.is_empty() {
            self.find(
                Code::PhotoPlacement,
                trimmed(self.source.body, range),
                "表格里的图片排到表后",
                "pictures in a table are set after it",
            );
            self.figures(pictures, out);
        }
    }

    fn cells(&mut self, pictures: &mut Vec<Piece>) -> Vec<Cell> {
        let mut cells = vec![];
        while let Some((Event::Start(Tag::TableCell), _)) = self.advance() {
            let pieces = self.pieces(0);
            self.next += 1;
            pictures.extend(pieces.iter().filter(|p| matches!(p, Piece::Picture(_))).cloned());
            let text = self.text(pieces);
            cells.push(Cell::plain(text));
        }
        cells
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

fn alignment(a: &Alignment) -> Align {
    match a {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}

/// A range without the line ends and blanks behind it.
fn trimmed(body: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + body[range.clone()].trim_end().len()
}

/// Blocks that stand in a `::: quote` become one quotation.
fn in_divs(blocks: Vec<Block>, divs: &[Div], source: Source) -> Vec<Block> {
    let mut out: Vec<Block> = vec![];
    let mut last = None;
    for block in blocks {
        let at = (block.span.start - source.base) as usize;
        let quote = divs.iter().position(|d| d.kind == DivKind::Quote && d.content.contains(&at));
        match (quote, out.last_mut()) {
            (Some(n), Some(Block { kind: BlockKind::Quote { blocks }, span, .. })) if last == Some(n) => {
                span.end = block.span.end;
                blocks.push(block);
            }
            (Some(_), _) => {
                out.push(Block { id: BlockId(0), span: block.span, kind: BlockKind::Quote { blocks: vec![block] } })
            }
            (None, _) => out.push(block),
        }
        last = quote;
    }
    out
}
