//! Marks of our own within a line: ruby, page marks, marked spans.
//!
//! In: the body. Out: [`Replaced`]: what the builder reads in their place. To the parser they are letters.

use super::Source;
use super::attributes::{Attributes, attributes};
use super::chars::is_cjk;
use super::html::{self, Part};
use super::lines::{Lines, numbered};
use super::shadow::Mask;
use crate::base::{Code, Diagnostic, Lang, Report, words};
use crate::doc::{LineKind, Reading, Style, TextLine};
use crate::source::nearest;
use std::ops::Range;

/// A stretch of the original that is no text as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    pub range: Range<usize>,
    pub with: Instead,
}

/// What is read in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The attributes behind a picture, a heading or a link.
    Nothing,
    Ruby(Vec<Reading>),
    PageMark(String),
    /// A marked span begins or ends.
    Open(Style),
    Close,
    /// HTML tags, which a line of their own would make a block of.
    Tags,
}

/// Ruby, page marks and marked spans: letters to the parser, and something of their own to the builder.
pub struct Spans<'s, 'r> {
    source: Source<'s>,
    lines: &'s Lines,
    replaced: Vec<Replaced>,
    anchors: Vec<(String, usize)>,
    segments: u16,
    report: &'r mut Report,
}

impl<'s> Spans<'s, '_> {
    /// What stands in the place of marks, and the ids of spans with their places; the marks become letters.
    pub fn of(
        source: Source<'s>,
        lines: &'s Lines,
        mask: &mut Mask,
        report: &mut Report,
    ) -> (Vec<Replaced>, Vec<(String, usize)>) {
        let mut spans = Spans { source, lines, replaced: vec![], anchors: vec![], segments: 0, report };
        spans.ruby(mask);
        spans.page_marks(mask);
        spans.marked(mask);
        spans.tags(mask);
        (spans.replaced, spans.anchors)
    }

    /// `{漢字|かん|じ}`, a reading a character, or `{漢字|かんじ}`; the pipe is no table border.
    fn ruby(&mut self, mask: &mut Mask) {
        let text = self.source.body;
        for (start, _) in text.match_indices('{') {
            let Some(length) = text[start..].find(['}', '\n']) else { break };
            let range = start..start + length + 1;
            let inner = &text[start + 1..start + length];
            let is_ruby = text.as_bytes()[start + length] == b'}' && !inner.contains('{');
            let Some((base, readings)) = inner.split_once('|').filter(|_| is_ruby && !self.lines.in_code(start)) else {
                continue;
            };
            if base.trim().is_empty() || base.is_ascii() && !is_bilingual(base, readings) || readings.trim().is_empty()
            {
                continue;
            }
            mask.letters(range.clone());
            let (pairs, even) = pairs(base, readings);
            if !even {
                let message = words(
                    format!("“{base}”的字数与读音数不同，读音合在一起"),
                    format!("“{base}” has another number of readings than of characters; they are set as one"),
                );
                let finding = Diagnostic::at(Code::MarkdownUnsupported, self.source.span(range.clone()), message);
                self.report.push(finding.hint(
                    "一字一音写 {漢字|かん|じ}，整词写 {漢字|かんじ}",
                    "a reading a character: {漢字|かん|じ}; one for the word: {漢字|かんじ}",
                ));
            }
            self.replaced.push(Replaced { range, with: Instead::Ruby(pairs) });
        }
    }

    /// `{page=37}`.
    fn page_marks(&mut self, mask: &mut Mask) {
        let text = self.source.body;
        for (start, _) in text.match_indices("{page=") {
            let Some((found, length)) = attributes(&text[start..]) else { continue };
            let [(_, label)] = found.pairs.as_slice() else { continue };
            if found.classes.is_empty() && found.id.is_none() && !self.lines.in_code(start) {
                let range = start..start + length;
                mask.letters(range.clone());
                self.replaced.push(Replaced { range, with: Instead::PageMark(label.trim().to_string()) });
            }
        }
    }

    /// `[着重]{.dots}`.
    fn marked(&mut self, mask: &mut Mask) {
        let text = self.source.body;
        for (at, _) in text.match_indices("]{") {
            let Some((found, length)) = attributes(&text[at + 1..]) else { continue };
            let Some(open) = matching_bracket(&text[..at]).filter(|_| !self.lines.in_code(at)) else { continue };
            if text[open..].starts_with("[^") || text[..open].ends_with('!') {
                continue;
            }
            let tail = at..at + 1 + length;
            mask.letters(open..open + 1);
            mask.letters(tail.clone());
            let style = self.style(&found, open..tail.end);
            self.anchors.extend(found.id.map(|id| (id, open)));
            self.replaced.push(Replaced { range: open..open + 1, with: Instead::Open(style) });
            self.replaced.push(Replaced { range: tail, with: Instead::Close });
        }
    }

    /// A line of nothing but `<img …>` or `<video …></video>` opens a block of HTML to the parser, in which the lines that
    /// follow are no Markdown. Here such a line is a line of text.
    fn tags(&mut self, mask: &mut Mask) {
        for (start, line) in numbered(self.source.body) {
            let from = start + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let tags = line[from - start..].trim_end();
            let inside = |ranges: &[Range<usize>]| ranges.iter().any(|r| r.contains(&from));
            if !tags.starts_with('<') || inside(&self.lines.code) || inside(&self.lines.tables) {
                continue;
            }
            let own = |part: &Part| match part {
                Part::Tag(at) => {
                    let (name, _) = html::tag(&tags[at.clone()]);
                    matches!(name.as_str(), "img" | "video" | "audio" | "source" | "iframe" | "embed")
                }
                _ => tags[part.range()].trim().is_empty(),
            };
            if html::parts(tags).iter().all(own) {
                let range = from..from + tags.len();
                mask.letters(range.clone());
                self.replaced.push(Replaced { range, with: Instead::Tags });
            }
        }
    }

    fn style(&mut self, found: &Attributes, range: Range<usize>) -> Style {
        const KNOWN: [&str; 5] = ["dots", "name", "title", "tcy", "lang"];
        let mut style = Style::default();
        let line = |kind, segment: &mut u16| {
            *segment = segment.wrapping_add(1);
            Some(TextLine { kind, segment: *segment })
        };
        let mut unknown = vec![];
        for class in &found.classes {
            match class.as_str() {
                "dots" => style.dots = true,
                "name" => style.line = line(LineKind::Name, &mut self.segments),
                "title" => style.line = line(LineKind::Title, &mut self.segments),
                "tcy" => style.tcy = true,
                _ => unknown.push(class),
            }
        }
        for (key, value) in &found.pairs {
            match value.parse::<Lang>().ok().filter(|_| key == "lang") {
                Some(lang) => style.lang = Some(lang),
                None => unknown.push(key),
            }
        }
        for word in unknown {
            let message =
                words(format!("标注 {word} 不认识，文字照排"), format!("unknown mark: {word}; the text is set"));
            let finding = Diagnostic::at(Code::MarkdownAttribute, self.source.span(range.clone()), message);
            self.report.push(match nearest(word, KNOWN) {
                Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
                None => finding.hint(
                    "可用的：.dots（着重号）.name（专名号）.title（书名号）.tcy（纵中横）lang=en",
                    "known: .dots .name .title .tcy lang=en",
                ),
            });
        }
        style
    }
}

/// `{Endless Enigma|無盡的迷}`, a Western word with its translation; `{x|x 是整数}` is a formula.
fn is_bilingual(base: &str, readings: &str) -> bool {
    let letters = base.chars().filter(|c| c.is_alphabetic()).count();
    let word = base.chars().all(|c| c.is_alphabetic() || " '.-".contains(c));
    letters > 1 && word && readings.chars().all(is_cjk)
}

/// A reading a character where their numbers agree, else one for all; the flag is false where they don't.
fn pairs(base: &str, readings: &str) -> (Vec<Reading>, bool) {
    let each: Vec<&str> = readings.split('|').map(str::trim).collect();
    let count = base.chars().count();
    let pair = |base: String, reading: &str| Reading { base, reading: reading.to_string() };
    if each.len() == count {
        return (base.chars().zip(each).map(|(c, r)| pair(c.into(), r)).collect(), true);
    }
    let whole = each.concat();
    (vec![pair(base.to_string(), &whole)], each.len() == 1)
}

/// The `[` whose `]` would stand at the end of `text`, on the same line.
fn matching_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, c) in text.char_indices().rev() {
        match c {
            '\n' => return None,
            ']' => depth += 1,
            '[' if depth == 0 => return Some(i),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}
