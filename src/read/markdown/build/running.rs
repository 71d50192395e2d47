//! Running text: the inline events of a paragraph, a heading or a cell into pieces, and HTML's little part in it.

use super::super::attributes::{Attributes, attributes};
use super::super::figure::Picture;
use super::super::html;
use super::super::inline::Piece;
use super::{Builder, is_block};
use crate::base::{Code, Diagnostic, Span, words};
use crate::doc::{Block, Style, TextPosition};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    /// Running text up to the end of its block, which is left to the caller. `depth` counts pictures within pictures.
    pub(super) fn pieces(&mut self, depth: usize) -> Vec<Piece> {
        let mut run = Run::default();
        while let Some((event, range)) = self.peek().cloned() {
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
                Event::End(_) => run.close(),
                Event::Text(text) => self.push_text(&mut run, &text, range),
                Event::Code(_) => self.push_code(&mut run, range),
                Event::SoftBreak if self.lines.in_verse(range.start) => {
                    run.pieces.push(Piece::Hard(self.source.span(range)))
                }
                Event::SoftBreak => run.pieces.push(Piece::Soft(self.source.span(range))),
                Event::HardBreak => run.pieces.push(Piece::Hard(self.source.span(range))),
                Event::FootnoteReference(label) => {
                    self.covered.add(range.clone());
                    let number = self.labels.iter().position(|l| *l == *label).unwrap_or_else(|| {
                        self.labels.push(label.to_string());
                        self.labels.len() - 1
                    });
                    run.pieces.push(Piece::Note(number, self.source.span(range)));
                }
                Event::InlineHtml(_) => self.tag(&mut run, range),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.push_text(&mut run, &text, range),
                Event::TaskListMarker(_) => {}
            }
            self.next += 1;
        }
        for (name, _) in std::mem::take(&mut run.html) {
            let range = self.events[self.next.saturating_sub(1)].1.clone();
            self.find(
                Code::MarkdownUnsupported,
                range,
                format!("<{name}> 没有收尾"),
                format!("<{name}> is not closed"),
            );
        }
        run.pieces
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
            Some(at) => {
                let at = range.start + at..range.start + at + title.len();
                Some((self.source.text(at.clone()).to_string(), self.source.span(at)))
            }
            None => Some((title.to_string(), self.source.span(range.clone()))).filter(|_| !title.is_empty()),
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

    /// Text: the original's where it is the shadow's, without holes and with replacements.
    fn push_text(&mut self, run: &mut Run, event: &str, range: Range<usize>) {
        self.covered.add(range.clone());
        if self.shadow.text.get(range.clone()) != Some(event) {
            run.push(event, self.source.span(range));
            return;
        }
        let shadow = self.shadow;
        let replaced = shadow.replaced.iter().map(|r| (r.range.clone(), r.text.as_str()));
        let mut cuts: Vec<(Range<usize>, &str)> = replaced.chain(self.holes.iter().map(|h| (h.clone(), ""))).collect();
        cuts.retain(|(cut, _)| cut.start < range.end && cut.end > range.start);
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut at = range.start;
        for (cut, text) in cuts {
            if cut.start >= at {
                run.push(self.source.text(at..cut.start), self.source.span(at..cut.start));
                run.push(text, self.source.span(cut.clone()));
                self.covered.add(cut.clone());
            }
            at = at.max(cut.end);
        }
        if at < range.end {
            run.push(self.source.text(at..range.end), self.source.span(at..range.end));
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

    fn tag(&mut self, run: &mut Run, range: Range<usize>) {
        self.covered.add(range.clone());
        let (name, closes) = html::tag(self.source.text(range.clone()));
        let style = match name.as_str() {
            "br" => return run.pieces.push(Piece::Hard(self.source.span(range))),
            "!" => return self.comment(range),
            "sup" => Style { position: TextPosition::Superscript, ..Style::default() },
            "sub" => Style { position: TextPosition::Subscript, ..Style::default() },
            // Underlined Chinese is emphasis; Style knows no line under the text.
            "u" | "em" | "i" => Style { emphasis: true, ..Style::default() },
            "b" | "strong" => Style { strong: true, ..Style::default() },
            "s" | "del" => Style { strike: true, ..Style::default() },
            _ => {
                if !closes {
                    self.unknown_tag(&name, range);
                }
                return;
            }
        };
        if !closes {
            run.html.push((name, style));
        } else if let Some(at) = run.html.iter().rposition(|(open, _)| *open == name) {
            run.html.remove(at);
        }
    }

    fn comment(&mut self, range: Range<usize>) {
        self.find(Code::MarkdownComment, range, "HTML 注释不排", "an HTML comment is not set");
    }

    fn unknown_tag(&mut self, name: &str, range: Range<usize>) {
        let message = words(
            format!("不支持 HTML 标签 <{name}>，里面的文字照排"),
            format!("the HTML tag <{name}> isn't supported; its text is set"),
        );
        self.report.push(Diagnostic::at(Code::MarkdownUnsupported, self.source.span(range), message));
    }

    /// A block of HTML: its tags go, its text stays as paragraphs.
    pub(super) fn html_block(&mut self, range: Range<usize>, out: &mut Vec<Block>) {
        self.covered.add(range.clone());
        let mut run = Run::default();
        let mut warned = BTreeSet::new();
        for part in html::parts(self.source.text(range.clone())) {
            let at = |r: Range<usize>| range.start + r.start..range.start + r.end;
            match part {
                html::Part::Text(r) => run.push(self.source.text(at(r.clone())), self.source.span(at(r))),
                html::Part::LineEnd(r) => run.pieces.push(Piece::Soft(self.source.span(at(r)))),
                html::Part::Tag(r) => {
                    let name = html::tag(self.source.text(at(r.clone()))).0;
                    if html::is_inline(&name) {
                        self.tag(&mut run, at(r));
                    } else {
                        if warned.insert(name.clone()) {
                            self.unknown_tag(&name, at(r));
                        }
                        self.paragraph(std::mem::take(&mut run).pieces, range.clone(), out);
                    }
                }
            }
        }
        self.paragraph(run.pieces, range, out);
    }
}

/// Pieces in the making, and the styles that are open.
#[derive(Default)]
struct Run {
    pieces: Vec<Piece>,
    /// Markdown's open marks; `open` counts those that no picture took.
    marks: Vec<(Style, Option<String>)>,
    open: usize,
    html: Vec<(String, Style)>,
}

impl Run {
    fn push(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let mut style = Style::default();
        for (s, _) in self.marks.iter().map(|(s, l)| (s, l)).chain(self.html.iter().map(|(_, s)| (s, &None))) {
            style.strong |= s.strong;
            style.emphasis |= s.emphasis;
            style.code |= s.code;
            style.strike |= s.strike;
            if s.position != TextPosition::Baseline {
                style.position = s.position;
            }
        }
        let link = self.marks.iter().rev().find_map(|(_, link)| link.clone());
        self.pieces.push(Piece::Text { text: text.replace(['\r', '\n'], ""), style, link, span });
    }
    fn close(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.marks.pop();
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
