//! The shadow: a copy of the body, equal in bytes, in which what confuses the parser is masked by neutral characters.
//!
//! In: the body. Out: [`Shadow::text`] for the parser, and what the builder has to replace when it reads the original
//! (ruby, marked spans). A mask never changes a length or a line end, so every range of the one is a range of the other.

use super::Source;
use super::chars::{is_cjk, is_shared_mark};
use super::lines::{Lines, numbered};
use super::spans::{Replaced, Spans};
use crate::base::{Code, Diagnostic, Report, words};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What the parser is asked for beyond CommonMark.
pub const OPTIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH);

pub struct Shadow {
    pub text: String,
    /// Sorted, without overlaps.
    pub replaced: Vec<Replaced>,
    /// Ids of marked spans, and where those begin.
    pub anchors: Vec<(String, usize)>,
}

impl Shadow {
    pub fn of(source: Source, lines: &Lines, report: &mut Report) -> Shadow {
        let mut mask = Mask { original: source.body, text: source.body.as_bytes().to_vec() };
        lines.tables.iter().for_each(|table| mask.blank_lines(table.clone()));
        mask.definitions(lines);
        mask.urls();
        mask.photo_paths();
        mask.emphasis(lines);
        let (mut replaced, anchors) = Spans::of(source, lines, &mut mask, report);
        replaced.sort_by_key(|r| r.range.start);
        replaced.dedup_by(|b, a| b.range.start < a.range.end);
        // Last, over what was masked in a box's title.
        lines.fences.iter().for_each(|fence| mask.text[fence.line.clone()].fill(b'_'));
        mask.indented_code();
        mask.surplus_cells(source, report);
        Shadow { text: mask.finish(), replaced, anchors }
    }
}

pub struct Mask<'t> {
    original: &'t str,
    text: Vec<u8>,
}

/// A neutral letter of as many bytes.
fn letter(c: char) -> char {
    ['x', 'é', '一', '𠀀'][c.len_utf8() - 1]
}

/// A punctuation mark of as many bytes.
fn punctuation(c: char) -> char {
    ['.', '·', '。', '\u{10100}'][c.len_utf8() - 1]
}

impl Mask<'_> {
    fn finish(self) -> String {
        // Characters are replaced whole, by others of the same length.
        String::from_utf8(self.text).unwrap_or_else(|_| self.original.to_string())
    }

    fn put(&mut self, at: usize, c: char) {
        c.encode_utf8(&mut self.text[at..at + c.len_utf8()]);
    }

    /// Each character becomes a letter of as many bytes.
    pub fn letters(&mut self, range: Range<usize>) {
        for (i, c) in self.original[range.clone()].char_indices() {
            if !matches!(c, '\n' | '\r') {
                self.put(range.start + i, letter(c));
            }
        }
    }

    /// An HTML table goes on over blank lines: the line end before each becomes a space.
    fn blank_lines(&mut self, range: Range<usize>) {
        let lines = numbered(&self.original[range.clone()]);
        for (start, _) in lines.skip(1).filter(|(_, line)| line.trim().is_empty()) {
            let at = range.start + start;
            let end = self.original[..at].trim_end_matches(['\n', '\r']).len();
            self.text[end.max(range.start)..at].fill(b' ');
        }
    }

    /// `[甲]: 你好。` opens a line of an interview, but defines a link to Markdown, which would drop it.
    fn definitions(&mut self, lines: &Lines) {
        for (start, line) in numbered(self.original) {
            let text = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c));
            let at = start + line.len() - text.len();
            let Some((label, dest)) = text.strip_prefix('[').and_then(|t| t.split_once("]:")) else { continue };
            if !label.starts_with('^') && !label.contains('[') && !lines.in_code(start) && !is_target(dest) {
                self.letters(at..at + 1);
            }
        }
    }

    /// `_`, `*` and `~` within a bare address are part of it.
    fn urls(&mut self) {
        for range in addresses(self.original) {
            for at in range {
                if matches!(self.text[at], b'_' | b'*' | b'~') {
                    self.text[at] = b'x';
                }
            }
        }
    }

    /// Spaces in a photo's path: `![图](photos/山 门.jpg)`.
    fn photo_paths(&mut self) {
        for (at, _) in self.original.match_indices("](") {
            let rest = &self.original[at + 2..];
            let line = rest.lines().next().unwrap_or_default();
            let path_end = line.find(" \"").or(closing_paren(line)).unwrap_or(0);
            let path = line[..path_end].trim_end();
            let lower = path.to_ascii_lowercase();
            let is_photo =
                [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".svg"].iter().any(|e| lower.ends_with(e));
            if is_photo && path.contains([' ', '\t']) && !path.starts_with('<') && !path.contains("](") {
                self.letters(at + 2..at + 2 + path.len());
            }
        }
    }

    /// CommonMark's flanking rule takes Chinese punctuation for a word's edge, so that `**注意：**请看` is not bold.
    /// Beside a run of `*` or `~~` such a mark becomes a letter; where a run stands between ASCII punctuation and a
    /// Chinese character, the pair is made to count as an edge. A single `~` is a range (3~5 天), never a mark.
    fn emphasis(&mut self, lines: &Lines) {
        let text = self.original;
        let mut at = 0;
        while let Some(found) = text[at..].find(['*', '~']) {
            let start = at + found;
            let sign = text.as_bytes()[start];
            let end = start + text[start..].bytes().take_while(|b| *b == sign).count();
            at = end;
            if lines.in_code(start) || text[..start].ends_with('\\') {
                continue;
            }
            if sign == b'~' && end - start == 1 {
                self.text[start] = b'x';
                continue;
            }
            self.edges(start, end);
        }
    }

    fn edges(&mut self, start: usize, end: usize) {
        let (before, after) = (self.original[..start].chars().next_back(), self.original[end..].chars().next());
        let (Some(before), Some(after)) = (before, after) else {
            if let Some(c) = before {
                self.soften(start - c.len_utf8(), c);
            }
            if let Some(c) = after {
                self.soften(end, c);
            }
            return;
        };
        self.soften(start - before.len_utf8(), before);
        self.soften(end, after);
        let chinese = |c| is_cjk(c) || is_shared_mark(c);
        if before.is_ascii_punctuation() && chinese(after) && !self.opens_next(end + after.len_utf8()) {
            self.put(end, punctuation(after));
        } else if after.is_ascii_punctuation() && chinese(before) && !self.closes_before(start - before.len_utf8()) {
            self.put(start - before.len_utf8(), punctuation(before));
        }
    }

    /// Another run stands right there: its own side of the character counts.
    fn opens_next(&self, at: usize) -> bool {
        self.original[at..].starts_with(['*', '~'])
    }
    fn closes_before(&self, at: usize) -> bool {
        self.original[..at].ends_with(['*', '~'])
    }

    /// Non-ASCII punctuation and spaces become letters.
    fn soften(&mut self, at: usize, c: char) {
        if !c.is_ascii() && !c.is_alphanumeric() {
            self.put(at, letter(c));
        }
    }

    /// Cells beyond the head's are dropped by the parser: the borders before them become letters, so that they stand in
    /// the row's last cell.
    fn surplus_cells(&mut self, source: Source, report: &mut Report) {
        let Ok(text) = std::str::from_utf8(&self.text) else { return };
        for surplus in surplus(text) {
            let cells = source.body[surplus.clone()].trim_end_matches(['|', ' ', '\t']);
            let message = words(
                "这一行的格数比表头多，多出的并在最后一格",
                "a row with more cells than its head; the last cell takes them",
            );
            let span = source.span(surplus.start..surplus.start + cells.len());
            report.push(Diagnostic::at(Code::MarkdownTable, span, message).hint(
                "表格每行的格数要与表头相同；格里的 | 写成 \\|",
                "a table's rows have as many cells as its head; write \\| for a bar in a cell",
            ));
            for at in surplus.start..surplus.start + cells.len() {
                if self.text[at] == b'|' {
                    self.text[at] = b'x';
                }
            }
        }
    }

    /// Indented code is off: paragraphs typed with leading spaces are paragraphs. The parser knows which lines it takes
    /// for code (nesting decides), so it is asked, and their indentation is masked; a mask may uncover another.
    fn indented_code(&mut self) {
        for _ in 0..8 {
            let Ok(text) = std::str::from_utf8(&self.text) else { return };
            let found = indentations(text);
            if found.is_empty() {
                return;
            }
            found.into_iter().for_each(|range| self.text[range].fill(b'.'));
        }
    }
}

/// The white space before each line that the parser reads as indented code.
fn indentations(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut inside) = (vec![], false);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => inside = true,
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(_) if inside => {
                let content = text[range.clone()].len() - text[range.clone()].trim_start_matches([' ', '\t']).len();
                let end = range.start + content;
                let start = text[..end].trim_end_matches([' ', '\t']).len();
                if start < end && !text[range].trim().is_empty() {
                    found.push(start..end);
                }
            }
            _ => {}
        }
    }
    found
}

/// From the border behind the last cell to the line's end, of rows that have more cells.
fn surplus(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut last) = (vec![], 0);
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::TableCell) => last = range.end,
            Event::End(TagEnd::TableRow) => {
                let end = text[last..].find(['\n', '\r']).map_or(text.len(), |n| last + n);
                let rest = &text[last..end];
                if rest.contains('|') && rest.chars().any(|c| !matches!(c, '|' | ' ' | '\t')) {
                    found.push(last..end);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether what follows `[label]:` can be a link's target: ASCII, with a sign that paths and addresses have.
fn is_target(dest: &str) -> bool {
    let word = dest.split_whitespace().next().unwrap_or_default();
    word.starts_with('<') || word.is_ascii() && word.contains(['/', '.', '#', ':'])
}

/// The byte ranges of bare addresses; they end before anything beyond ASCII, so before Chinese punctuation.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = vec![];
    for scheme in ["http://", "https://"] {
        for (start, _) in text.match_indices(scheme) {
            let tail = &text[start..];
            let stop = tail.find(|c: char| !c.is_ascii_graphic() || "<>\"`|{}\\^[]".contains(c)).unwrap_or(tail.len());
            let mut address = &tail[..stop];
            loop {
                let cut = address.trim_end_matches(|c: char| ".,;:!?'*_~".contains(c));
                // A closing parenthesis belongs to the address only with its partner.
                let unpaired = cut.ends_with(')') && cut.matches(')').count() > cut.matches('(').count();
                let next = if unpaired { &cut[..cut.len() - 1] } else { cut };
                if next.len() == address.len() {
                    break;
                }
                address = next;
            }
            if address.len() > scheme.len() {
                found.push(start..start + address.len());
            }
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

/// Where the parenthesis that is already open closes.
fn closing_paren(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    line.char_indices().find_map(|(i, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(i),
            ')' => depth -= 1,
            _ => {}
        }
        None
    })
}
