//! HTML within Markdown: the tags that are understood, and the text of those that aren't.
//!
//! In: inline tags and HTML blocks. Out: pieces and blocks. [`Run`] is running text while it is read, with the styles that
//! Markdown's marks, HTML's tags and marked spans have opened.

use super::super::attributes::Attributes;
use super::super::figure::Picture;
use super::super::html::{self, Part};
use super::super::inline::Piece;
use super::super::spans::Instead;
use super::Builder;
use crate::base::{Code, Diagnostic, Span, words};
use crate::doc::{Block, BlockKind, LineKind, Reading, Style, TextLine, TextPosition};
use std::collections::BTreeSet;
use std::ops::Range;

impl<'s> Builder<'s, '_> {
    /// A tag within a line.
    pub(super) fn tag(&mut self, run: &mut Run, range: Range<usize>) {
        self.covered.add(range.clone());
        let source = self.source.text(range.clone());
        let (name, closes) = html::tag(source);
        if run.ruby.is_some() && matches!(name.as_str(), "rt" | "rp" | "rb" | "ruby") {
            return run.in_ruby(&name, closes, self.source.span(range));
        }
        let mut link = None;
        let style = match name.as_str() {
            "br" => return run.hard(self.source.span(range)),
            "img" => return self.html_picture(run, range),
            "ruby" if !closes => return run.ruby = Some(Ruby::default()),
            "!" => return self.find(Code::MarkdownComment, range, "HTML 注释不排", "an HTML comment is not set"),
            "a" => {
                link = html::attribute(source, "href");
                Style::default()
            }
            "u" | "ins" if closes => Style::default(),
            "u" | "ins" => {
                self.segments += 1;
                let line = TextLine { kind: LineKind::Under, segment: u16::MAX - self.segments % 1000 };
                Style { line: Some(line), ..Style::default() }
            }
            _ => match style_of(&name) {
                Some(style) => style,
                None => return self.unknown_tag(run, (&name, closes), range),
            },
        };
        if !closes {
            run.html.push((name, style, link));
        } else if let Some(at) = run.html.iter().rposition(|(open, ..)| *open == name) {
            run.html.remove(at);
        }
    }

    pub(super) fn tags(&mut self, run: &mut Run, range: Range<usize>) {
        for part in html::parts(self.source.text(range.clone())) {
            if let Part::Tag(at) = part.moved(range.start) {
                self.tag(run, at);
            }
        }
    }

    /// Its text is kept; of a film or a frame the address is.
    fn unknown_tag(&mut self, run: &mut Run, (name, closes): (&str, bool), range: Range<usize>) {
        if closes {
            return;
        }
        let address = html::attribute(self.source.text(range.clone()), "src").filter(|src| src.contains("//"));
        let span = self.source.span(range);
        let message = match &address {
            Some(address) => words(
                format!("不支持 HTML 标签 <{name}>，排出它的地址 {address}"),
                format!("the HTML tag <{name}> isn't supported; its address is set: {address}"),
            ),
            None => words(
                format!("不支持 HTML 标签 <{name}>，里面的文字照排"),
                format!("the HTML tag <{name}> isn't supported; its text is set"),
            ),
        };
        self.report.push(Diagnostic::at(Code::MarkdownUnsupported, span, message));
        if let Some(address) = address {
            let (style, link) = (run.style(), Some(address.clone()));
            run.pieces.push(Piece::Text { text: address, style, link, span });
        }
    }

    /// `<img>`: as Markdown's, its alt in brackets and its title in quotes.
    fn html_picture(&mut self, run: &mut Run, range: Range<usize>) {
        let (source, span) = (self.source.text(range.clone()), self.source.span(range));
        let text = |name: &str| match html::attribute(source, name).filter(|t| !t.trim().is_empty()) {
            Some(text) => vec![Piece::Text { text, style: Style::default(), link: None, span }],
            None => vec![],
        };
        let Some(dest) = html::attribute(source, "src") else {
            let message = words("<img> 没有 src", "an <img> without src");
            return self.report.push(Diagnostic::at(Code::MarkdownUnsupported, span, message));
        };
        let (title, label, attributes) = (text("title"), text("alt"), Attributes::default());
        run.pieces.push(Piece::Picture(Picture { dest, title, label, attributes, span }));
    }

    /// The pieces of a run that ends; tags left open are reported.
    pub(super) fn close_run(&mut self, run: &mut Run) -> Vec<Piece> {
        let span = self.source.span(0..0);
        if run.ruby.is_some() {
            run.in_ruby("ruby", true, span);
        }
        for (name, ..) in std::mem::take(&mut run.html) {
            let before = self.events.get(self.next.saturating_sub(1)).or(self.events.last());
            let at = before.map_or(0..0, |(_, range)| range.clone());
            self.find(Code::MarkdownUnsupported, at, format!("<{name}> 没有收尾"), format!("<{name}> is not closed"));
        }
        std::mem::take(run).pieces
    }

    /// Text or a line end of an HTML block.
    pub(super) fn html_text(&mut self, run: &mut Run, part: &Part) {
        self.covered.add(part.range());
        match part {
            Part::Text(at) => {
                let first = run.pieces.len();
                self.push_original(run, at.clone());
                for piece in &mut run.pieces[first..] {
                    if let Piece::Text { text, .. } = piece {
                        *text = html::decoded(text);
                    }
                }
            }
            Part::LineEnd(at) => run.soft(self.source.span(at.clone())),
            Part::Tag(_) => {}
        }
    }

    /// A block of HTML: tables are set as tables; of the rest the tags go and the text stays as paragraphs.
    pub(super) fn html_block(&mut self, range: Range<usize>, out: &mut Vec<Block>) {
        let parts = html::parts(self.source.text(range.clone()));
        let parts: Vec<Part> = parts.into_iter().map(|p| p.moved(range.start)).collect();
        let mut run = Run::default();
        let mut warned = BTreeSet::new();
        let mut i = 0;
        while let Some(part) = parts.get(i) {
            i += 1;
            let Part::Tag(at) = part else {
                self.html_text(&mut run, part);
                continue;
            };
            let (name, closes) = html::tag(self.source.text(at.clone()));
            match name.as_str() {
                _ if html::is_inline(&name) => self.tag(&mut run, at.clone()),
                "table" if !closes => {
                    self.html_paragraph(&mut run, at.clone(), out);
                    let end = self.table_end(&parts, i);
                    self.html_table(&parts[i - 1..end], out);
                    i = end;
                }
                "script" | "style" if !closes => i = self.without_contents(&name, &parts, i),
                _ => {
                    self.covered.add(at.clone());
                    self.html_paragraph(&mut run, at.clone(), out);
                    if name == "hr" {
                        out.push(self.block(at.clone(), BlockKind::Rule));
                    } else if !matches!(name.as_str(), "p" | "div" | "center") && warned.insert(name.clone()) {
                        self.unknown_tag(&mut run, (&name, closes), at.clone());
                    }
                }
            }
        }
        self.html_paragraph(&mut run, range, out);
    }

    fn html_paragraph(&mut self, run: &mut Run, range: Range<usize>, out: &mut Vec<Block>) {
        let pieces = self.close_run(run);
        self.paragraph(pieces, range, out);
    }

    /// The part behind the tag that closes the table.
    fn table_end(&self, parts: &[Part], from: usize) -> usize {
        let mut depth = 1_usize;
        for (i, part) in parts.iter().enumerate().skip(from) {
            let Part::Tag(at) = part else { continue };
            match html::tag(self.source.text(at.clone())) {
                (name, false) if name == "table" => depth += 1,
                (name, true) if name == "table" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return i + 1;
            }
        }
        parts.len()
    }

    /// What scripts and style sheets hold is no text; the editor hears that it is left out.
    fn without_contents(&mut self, name: &str, parts: &[Part], from: usize) -> usize {
        let closing = |p: &Part| matches!(p, Part::Tag(at) if html::tag(self.source.text(at.clone())).0 == name);
        let end = parts.iter().skip(from).position(closing).map_or(parts.len(), |n| from + n + 1);
        let range = parts[from - 1].range().start..parts[end - 1].range().end;
        self.covered.add(range.clone());
        self.find(
            Code::MarkdownUnsupported,
            range,
            format!("<{name}> 和里面的内容不排"),
            format!("<{name}> and what it holds are not set"),
        );
        end
    }
}

/// Tags that are styles.
fn style_of(name: &str) -> Option<Style> {
    let style = Style::default();
    Some(match name {
        "sup" => Style { position: TextPosition::Superscript, ..style },
        "sub" => Style { position: TextPosition::Subscript, ..style },
        "em" | "i" | "cite" | "var" => Style { emphasis: true, ..style },
        "b" | "strong" => Style { strong: true, ..style },
        "s" | "del" => Style { strike: true, ..style },
        "code" | "kbd" => Style { code: true, ..style },
        _ => return None,
    })
}

/// Running text in the making, and the styles that are open.
#[derive(Default)]
pub struct Run {
    pub pieces: Vec<Piece>,
    /// Markdown's open marks; `open` counts those that no picture took.
    pub marks: Vec<(Style, Option<String>)>,
    pub open: usize,
    pub html: Vec<(String, Style, Option<String>)>,
    spans: Vec<Style>,
    ruby: Option<Ruby>,
    /// A line begins; its blanks at the start are known already.
    pub fresh: bool,
    pub strip: bool,
}

/// `<ruby>` in the making.
#[derive(Default)]
struct Ruby {
    pairs: Vec<Reading>,
    base: String,
    reading: String,
    part: RubyPart,
}

#[derive(Default, PartialEq)]
enum RubyPart {
    #[default]
    Base,
    Reading,
    /// Brackets for who can't set ruby.
    Bracket,
}

impl Run {
    pub fn push(&mut self, text: &str, span: Span) {
        let text = text.replace(['\r', '\n'], "");
        let text = if self.strip { text.trim_start_matches([' ', '\t', '\u{3000}']) } else { &text };
        if text.is_empty() {
            return;
        }
        self.strip = false;
        if let Some(ruby) = &mut self.ruby {
            match ruby.part {
                RubyPart::Base => ruby.base.push_str(text),
                RubyPart::Reading => ruby.reading.push_str(text),
                RubyPart::Bracket => {}
            }
            return;
        }
        self.pieces.push(Piece::Text { text: text.to_string(), style: self.style(), link: self.link(), span });
    }

    /// All that is open, put together.
    pub fn style(&self) -> Style {
        let marks = self.marks.iter().map(|(style, _)| style);
        let mut all = Style::default();
        for s in marks.chain(self.html.iter().map(|(_, s, _)| s)).chain(&self.spans) {
            all.strong |= s.strong;
            all.emphasis |= s.emphasis;
            all.code |= s.code;
            all.strike |= s.strike;
            all.dots |= s.dots;
            all.tcy |= s.tcy;
            all.line = s.line.or(all.line);
            all.lang = s.lang.or(all.lang);
            if s.position != TextPosition::Baseline {
                all.position = s.position;
            }
        }
        all
    }

    fn link(&self) -> Option<String> {
        let html = self.html.iter().rev().find_map(|(.., link)| link.clone());
        html.or_else(|| self.marks.iter().rev().find_map(|(_, link)| link.clone()))
    }

    /// What stands in the place of a mark.
    pub fn insert(&mut self, instead: &Instead, span: Span) {
        match instead {
            Instead::Nothing | Instead::Tags => {}
            Instead::Ruby(pairs) => {
                self.in_ruby("ruby", true, span);
                self.push_ruby(pairs.clone(), span);
            }
            Instead::PageMark(label) => self.pieces.push(Piece::PageMark { label: label.clone(), span }),
            Instead::Open(style) => self.spans.push(*style),
            Instead::Close => {
                self.spans.pop();
            }
        }
    }

    fn push_ruby(&mut self, pairs: Vec<Reading>, span: Span) {
        self.strip = false;
        self.pieces.push(Piece::Ruby { pairs, style: self.style(), link: self.link(), span });
    }

    pub fn soft(&mut self, span: Span) {
        if self.ruby.is_none() {
            self.pieces.push(Piece::Soft(span));
        }
    }

    pub fn hard(&mut self, span: Span) {
        self.pieces.push(Piece::Hard(span));
        self.fresh = true;
    }

    pub fn close(&mut self) {
        self.open = self.open.saturating_sub(1);
        self.marks.pop();
    }

    /// A tag of `<ruby>`: `rt` ends a base, its end a pair, and the whole ends with what is left.
    fn in_ruby(&mut self, name: &str, closes: bool, span: Span) {
        let Some(ruby) = &mut self.ruby else { return };
        if ruby.part == RubyPart::Reading && (name != "rt" || closes) {
            let (base, reading) = (std::mem::take(&mut ruby.base), std::mem::take(&mut ruby.reading));
            ruby.pairs.push(Reading { base: base.trim().to_string(), reading: reading.trim().to_string() });
        }
        ruby.part = match (name, closes) {
            ("rt", false) => RubyPart::Reading,
            ("rp", false) => RubyPart::Bracket,
            _ => RubyPart::Base,
        };
        if name == "ruby" && closes {
            let ruby = self.ruby.take().unwrap_or_default();
            let (pairs, rest) = (ruby.pairs, [ruby.base, ruby.reading].concat());
            if !pairs.is_empty() {
                self.push_ruby(pairs, span);
            }
            self.push(rest.trim(), span);
        }
    }
}
