//! Running text: the inline events of a paragraph, a heading or a cell into pieces.

use super::super::attributes::{Attributes, attributes};
use super::super::figure::Picture;
use super::super::inline::Piece;
use super::super::lines::speaker;
use super::super::spans::Instead;
use super::html::Run;
use super::{Builder, is_block};
use crate::base::{Code, Diagnostic, words};
use crate::doc::{DivKind, Style};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    /// Running text up to the end of its block, which is left to the caller. `depth` counts pictures within pictures.
    pub(super) fn pieces(&mut self, depth: usize) -> Vec<Piece> {
        let mut run = Run::default();
        run.fresh = true;
        while let Some((event, range)) = self.peek().cloned() {
            self.begin_line(&mut run, &event, range.start);
            match event {
                Event::Start(ref tag) if is_block(tag) => break,
                Event::End(ref end) if run.open == 0 || is_block_end(end) => break,
                Event::Rule | Event::Html(_) => break,
                Event::Start(Tag::Image { dest_url, title, id, .. }) if depth == 0 => {
                    self.next += 1;
                    self.used.insert(id.to_lowercase());
                    let picture = self.picture(&dest_url, &title, range);
                    run.pieces.push(Piece::Picture(picture));
                    continue;
                }
                Event::Start(tag) => self.open(&mut run, tag, range),
                Event::End(TagEnd::Link) => self.close_link(&mut run, range),
                Event::End(_) => run.close(),
                Event::Text(text) => self.push_text(&mut run, &text, range),
                Event::Code(_) => self.push_code(&mut run, range),
                Event::SoftBreak => self.soft_break(&mut run, range),
                Event::HardBreak => run.hard(self.source.span(range)),
                Event::FootnoteReference(label) => {
                    let piece = self.note_mark(&label, range);
                    run.pieces.push(piece);
                }
                Event::InlineHtml(_) => self.tag(&mut run, range),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.push_text(&mut run, &text, range),
                Event::TaskListMarker(_) => {}
            }
            self.next += 1;
        }
        self.close_run(&mut run)
    }

    /// In verse a line keeps its indent: an em for each U+3000 or two spaces.
    fn begin_line(&mut self, run: &mut Run, event: &Event, at: usize) {
        if !run.fresh || matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(_)) {
            return;
        }
        run.fresh = false;
        if self.lines.in_verse(at) {
            let start = self.source.body[..at].rfind('\n').map_or(0, |n| n + 1);
            let line = &self.source.body[start..];
            let indent = &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()];
            let halves: usize = indent
                .chars()
                .map(|c| match c {
                    ' ' => 1,
                    _ => 2 + 2 * usize::from(c == '\t'),
                })
                .sum();
            run.strip = true;
            run.pieces.push(Piece::Indent(halves / 2, self.source.span(start..start + indent.len())));
        }
    }

    fn soft_break(&mut self, run: &mut Run, range: Range<usize>) {
        let (body, lines) = (self.source.body, self.lines);
        let span = self.source.span(range.clone());
        let next = body[range.end.min(body.len())..].lines().next().unwrap_or_default();
        let names = lines.inside(range.start, DivKind::Interview).map(|div| &div.speakers);
        if lines.in_verse(range.start) {
            run.hard(span);
        } else if names.is_some_and(|names| speaker(next).is_some_and(|name| names.contains(name))) {
            run.pieces.push(Piece::Turn);
        } else {
            run.soft(span);
        }
    }

    /// Notes are numbered in the order of their first mark.
    fn note_mark(&mut self, label: &str, range: Range<usize>) -> Piece {
        self.covered.add(range.clone());
        let number = self.labels.iter().position(|l| *l == *label).unwrap_or_else(|| {
            self.labels.push(label.to_string());
            self.labels.len() - 1
        });
        Piece::Note(number, self.source.span(range))
    }

    /// `[](02.md#id){.page}` is the number of a page.
    fn close_link(&mut self, run: &mut Run, range: Range<usize>) {
        let (_, link) = run.marks.last().cloned().unwrap_or_default();
        let target = link.unwrap_or_default();
        let style = run.style();
        run.close();
        if self.source.body[range.clone()].starts_with("[![") && matches!(run.pieces.last(), Some(Piece::Picture(_))) {
            self.find(
                Code::MarkdownUnsupported,
                range.clone(),
                format!("图片上的链接不排：{target}"),
                format!("a picture's link is not set: {target}"),
            );
        }
        let Some((found, length)) = attributes(&self.source.body[range.end..]) else { return };
        let hole = range.end..range.end + length;
        self.covered.add(hole.clone());
        self.holes.push(hole.clone());
        let empty = self.source.body[range.clone()].starts_with("[]");
        if empty && found.classes.iter().any(|c| c == "page") {
            run.pieces.push(Piece::PageRef { target, style, span: self.source.span(range.start..hole.end) });
        } else {
            let message = words("链接后面的属性不认识", "unknown attributes of a link");
            let finding = Diagnostic::at(Code::MarkdownAttribute, self.source.span(hole), message);
            self.report.push(finding.hint("页码写成 [](02.md#id){.page}", "a page number is [](02.md#id){.page}"));
        }
    }

    fn open(&mut self, run: &mut Run, tag: Tag<'s>, range: Range<usize>) {
        run.open += 1;
        let mut style = Style::default();
        let mut link = None;
        match tag {
            Tag::Strong => style.strong = true,
            Tag::Emphasis => style.emphasis = true,
            Tag::Strikethrough => style.strike = true,
            Tag::Link { link_type, dest_url, title, id } => {
                let dest = self.written(&dest_url, range.clone());
                link = Some(if link_type == LinkType::Email { format!("mailto:{dest}") } else { dest });
                self.used.insert(id.to_lowercase());
                self.cover_tail(range.clone());
                if !title.is_empty() {
                    self.find(Code::MarkdownUnsupported, range, "链接的标题不排", "a link's title is not set");
                }
            }
            Tag::Image { .. } => self.cover_tail(range),
            _ => {}
        }
        run.marks.push((style, link));
    }

    /// What stands behind the words of a link or an image: target and title.
    fn cover_tail(&mut self, range: Range<usize>) {
        let text = self.source.text(range.clone());
        let tail = ["](", "][", "]"].iter().filter_map(|sign| text.rfind(sign)).min().unwrap_or(0);
        self.covered.add(range.start + tail..range.end);
    }

    /// A target as it is in the original: the parser's is from the shadow.
    fn written(&self, dest: &str, range: Range<usize>) -> String {
        match self.shadow.text[range.clone()].rfind(dest) {
            Some(at) if !dest.is_empty() => {
                self.source.text(range.start + at..range.start + at + dest.len()).to_string()
            }
            _ => self.restored(dest),
        }
    }

    /// A reference's target stands elsewhere: at its definition.
    fn restored(&self, dest: &str) -> String {
        let at = self.shadow.text.find(dest).filter(|_| !dest.is_empty());
        at.map_or_else(|| dest.to_string(), |at| self.source.text(at..at + dest.len()).to_string())
    }

    fn picture(&mut self, dest: &str, title: &str, range: Range<usize>) -> Picture {
        let dest = self.written(dest, range.clone());
        let title_at = self.shadow.text[range.clone()].rfind(title).filter(|_| !title.is_empty());
        let title = match title_at {
            Some(at) => self.caption(range.start + at..range.start + at + title.len()),
            None if title.is_empty() => vec![],
            None => {
                let (text, style) = (title.replace(['\n', '\r'], " "), Style::default());
                vec![Piece::Text { text, style, link: None, span: self.source.span(range.clone()) }]
            }
        };
        let label = self.pieces(1);
        self.next += 1;
        self.cover_tail(range.clone());
        let mut end = range.end;
        let mut found = Attributes::default();
        if let Some((attributes, length)) = attributes(&self.source.body[range.end..]) {
            end += length;
            found = attributes;
            self.covered.add(range.end..end);
            self.holes.push(range.end..end);
        }
        Picture { dest, title, label, attributes: found, span: self.source.span(range.start..end) }
    }

    /// A caption in quotes is plain text to the parser: notes in it get their marks, ruby and spans are read.
    fn caption(&mut self, range: Range<usize>) -> Vec<Piece> {
        let mut run = Run::default();
        let mut at = range.start;
        let text = self.source.text(range.clone());
        for (start, _) in text.match_indices("[^") {
            let Some(length) = text[start..].find(']') else { break };
            let (start, label) = (range.start + start, &text[start + 2..start + length]);
            if start >= at && self.defined.contains(label) {
                self.push_original(&mut run, at..start);
                at = start + length + 1;
                let piece = self.note_mark(label, start..at);
                run.pieces.push(piece);
            }
        }
        self.push_original(&mut run, at..range.end);
        run.pieces
    }

    /// Text: the original's where it is the shadow's, without holes and with replacements.
    fn push_text(&mut self, run: &mut Run, event: &str, range: Range<usize>) {
        self.covered.add(range.clone());
        if self.shadow.text.get(range.clone()) != Some(event) {
            run.push(event, self.source.span(range));
            return;
        }
        self.push_original(run, range);
    }

    /// The original's text of a range, with what stands in the place of marks.
    pub(super) fn push_original(&mut self, run: &mut Run, range: Range<usize>) {
        let (shadow, source) = (self.shadow, self.source);
        let replaced = shadow.replaced.iter().map(|r| (r.range.clone(), &r.with));
        let holes = self.holes.iter().map(|h| (h.clone(), &Instead::Nothing));
        let mut cuts: Vec<(Range<usize>, &Instead)> = replaced.chain(holes).collect();
        cuts.retain(|(cut, _)| cut.start >= range.start && cut.end <= range.end);
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut at = range.start;
        for (cut, instead) in cuts {
            if cut.start >= at {
                run.push(source.text(at..cut.start), source.span(at..cut.start));
                match instead {
                    Instead::Tags => self.tags(run, cut.clone()),
                    _ => run.insert(instead, source.span(cut.clone())),
                }
                self.covered.add(cut.clone());
            }
            at = at.max(cut.end);
        }
        if at < range.end {
            run.push(source.text(at..range.end), source.span(at..range.end));
        }
    }

    /// A code span: its line ends are spaces, and one space at each end belongs to the marks (CommonMark §6.1).
    fn push_code(&mut self, run: &mut Run, range: Range<usize>) {
        self.covered.add(range.clone());
        let inner = self.source.text(range.clone()).trim_matches('`').replace("\r\n", " ").replace(['\n', '\r'], " ");
        let padded = inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty();
        let text = if padded { &inner[1..inner.len() - 1] } else { &inner };
        run.marks.push((Style { code: true, ..Style::default() }, None));
        run.push(text, self.source.span(range));
        run.marks.pop();
    }
}

fn is_block_end(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
