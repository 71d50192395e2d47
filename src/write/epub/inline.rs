//! Runs of text → XHTML phrasing content, with the markers of pages that begin among them.
//!
//! In: `doc::Inline`s, which are flat. Out: nested elements; neighbouring runs share what they have in common.

use super::article::ArticleWriter;
use super::vertical::{Part, parts};
use crate::base::{BlockId, Lang, Pos, is_bopomofo};
use crate::doc::{Inline, LineKind, Reading, Style, TextPosition};

/// An element around a run, outermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wrapper {
    Link(String),
    Lang(Lang),
    Strong,
    Emphasis,
    Strike,
    Code,
    Speaker,
    /// A class of its own, and the stretch it belongs to: adjacent names stay apart.
    Marked(&'static str, u16),
    Position(TextPosition),
}

/// The text of one block while it is written: how far it is, and what is open.
struct Line {
    /// None: text outside the flow (captions, notes), where no page begins.
    block: Option<BlockId>,
    char: u32,
    open: Vec<Wrapper>,
}

impl ArticleWriter<'_> {
    /// Writes the text of a block. `block` is None outside the flow.
    pub fn runs(&mut self, block: Option<BlockId>, text: &[Inline]) {
        let mut line = Line { block, char: 0, open: vec![] };
        for inline in text {
            match inline {
                Inline::Text { text, style, link, .. } => {
                    self.markers_until(&line, 0);
                    // A link of blanks alone has no name that a screen reader could say (WCAG 2.4.4).
                    let blank = text.trim().is_empty() && !line.open.iter().any(|w| matches!(w, Wrapper::Link(_)));
                    let wrappers = self.wrappers(style, link.as_deref().filter(|_| !blank));
                    self.change(&mut line, wrappers);
                    self.run(&mut line, text);
                }
                Inline::Break { .. } => {
                    self.markers_until(&line, 0);
                    let around = line.open.iter().filter(|w| !matches!(w, Wrapper::Position(_))).cloned().collect();
                    self.change(&mut line, around);
                    self.xml.empty("br", &[]);
                    line.char += 1;
                }
                Inline::Note { note, .. } => {
                    self.change(&mut line, vec![]);
                    self.note_mark(*note);
                }
                Inline::Ruby { pairs, style, link, .. } => {
                    self.markers_until(&line, 0);
                    let wrappers = self.wrappers(style, link.as_deref());
                    self.change(&mut line, wrappers);
                    self.ruby(pairs);
                    line.char += inline.chars();
                }
                Inline::PageRef { target, style, .. } => {
                    self.markers_until(&line, 0);
                    let wrappers = self.wrappers(style, Some(target));
                    self.change(&mut line, wrappers);
                    let label = self.plan.page_label(self.index, target);
                    self.xml.text(label.unwrap_or("?"));
                }
                // The marker of its page stands here.
                Inline::PageMark { .. } => self.markers_until(&line, 0),
            }
        }
        self.change(&mut line, vec![]);
    }

    /// A reading stands beside its base; where it can't it follows in brackets.
    fn ruby(&mut self, pairs: &[Reading]) {
        // Symbols of zhuyin are smaller than other readings, and never turned.
        let zhuyin = pairs.iter().any(|p| p.reading.chars().any(is_bopomofo));
        self.xml.open("ruby", if zhuyin { &[("class", "zhuyin")] } else { &[] });
        for pair in pairs {
            self.xml.text(&pair.base);
            self.xml.leaf("rp", &[], "（");
            self.xml.leaf("rt", &[], &pair.reading);
            self.xml.leaf("rp", &[], "）");
        }
        self.xml.close();
    }

    /// One run: its characters, cut where pages begin.
    fn run(&mut self, line: &mut Line, text: &str) {
        let mut rest = text;
        let length = |s: &str| s.chars().count() as u32;
        while let Some(at) = self.next_marker(line, length(rest)) {
            let ahead = at.saturating_sub(line.char);
            let cut = rest.char_indices().nth(ahead as usize).map_or(rest.len(), |(i, _)| i);
            self.characters(line, &rest[..cut]);
            rest = &rest[cut..];
            line.char += ahead;
            self.markers_until(line, 0);
        }
        self.characters(line, rest);
        line.char += length(rest);
    }

    fn characters(&mut self, line: &Line, text: &str) {
        let marked = |w: &Wrapper| matches!(w, Wrapper::Marked("tcy", _) | Wrapper::Code);
        if line.open.iter().any(marked) { self.plain(text) } else { self.words(text) }
    }

    /// In vertical lines numbers and acronyms stand as the PDFs have them.
    pub fn words(&mut self, text: &str) {
        if !self.plan.is_vertical() {
            return self.plain(text);
        }
        for part in parts(text) {
            match part {
                Part::Plain(text) => self.plain(text),
                Part::SideBySide(text) => self.xml.leaf("span", &[("class", "tcy")], text),
                Part::Upright(text) => self.xml.leaf("span", &[("class", "upright")], text),
            }
        }
    }

    /// An address may be divided behind its strokes: else it would leave the line before it half empty.
    fn plain(&mut self, text: &str) {
        let mut from = 0;
        for end in divisions(text) {
            self.xml.text(&text[from..end]);
            self.xml.empty("wbr", &[]);
            from = end;
        }
        self.xml.text(&text[from..]);
    }

    /// Where the next page begins, if within the next `ahead` characters of this line.
    fn next_marker(&self, line: &Line, ahead: u32) -> Option<u32> {
        let block = line.block?;
        let (pos, _) = self.marks.front()?;
        (pos.block == block && pos.char < line.char + ahead).then_some(pos.char)
    }

    /// Writes the markers of pages that begin up to `ahead` characters further on.
    fn markers_until(&mut self, line: &Line, ahead: u32) {
        if let Some(block) = line.block {
            self.markers(block, line.char + ahead);
        }
    }

    /// Writes the markers of pages that begin at or before a place.
    pub fn markers(&mut self, block: BlockId, char: u32) {
        while let Some(mark) = self.take_marker(|pos| (pos.block, pos.char) <= (block, char)) {
            mark.write(&mut self.xml);
        }
    }

    pub fn take_marker(&mut self, due: impl Fn(Pos) -> bool) -> Option<super::pages::Mark> {
        let (pos, _) = self.marks.front()?;
        if due(*pos) { self.marks.pop_front().map(|(_, mark)| mark) } else { None }
    }

    /// Closes what the next run doesn't share and opens what it adds.
    fn change(&mut self, line: &mut Line, wanted: Vec<Wrapper>) {
        let shared = line.open.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        line.open[shared..].iter().for_each(|_| self.xml.close());
        wanted[shared..].iter().for_each(|w| self.open(w));
        line.open = wanted;
    }

    fn wrappers(&self, style: &Style, link: Option<&str>) -> Vec<Wrapper> {
        let target = link.and_then(|l| self.plan.link(self.index, l));
        let lang = style.lang.filter(|l| *l != self.article.lang);
        let flags = [
            (style.strong, Wrapper::Strong),
            (style.emphasis, Wrapper::Emphasis),
            (style.strike, Wrapper::Strike),
            (style.code, Wrapper::Code),
            (style.speaker, Wrapper::Speaker),
            (style.dots, Wrapper::Marked("dots", 0)),
            (style.tcy, Wrapper::Marked("tcy", 0)),
            (style.position != TextPosition::Baseline, Wrapper::Position(style.position)),
        ];
        let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, w)| w);
        let along = style.line.map(|line| Wrapper::Marked(class_of(line.kind), line.segment));
        target.map(Wrapper::Link).into_iter().chain(lang.map(Wrapper::Lang)).chain(along).chain(flags).collect()
    }

    fn open(&mut self, wrapper: &Wrapper) {
        match wrapper {
            Wrapper::Link(href) => self.xml.open("a", &[("href", href)]),
            Wrapper::Lang(lang) => self.xml.open("span", &[("lang", lang.tag()), ("xml:lang", lang.tag())]),
            Wrapper::Strong => self.xml.open("strong", &[]),
            Wrapper::Emphasis => self.xml.open("em", &[]),
            Wrapper::Strike => self.xml.open("s", &[]),
            Wrapper::Code => self.xml.open("code", &[]),
            Wrapper::Speaker => self.xml.open("b", &[("class", "speaker")]),
            Wrapper::Marked("under", _) => self.xml.open("u", &[]),
            Wrapper::Marked(class, _) => self.xml.open("span", &[("class", class)]),
            Wrapper::Position(TextPosition::Subscript) => self.xml.open("sub", &[]),
            Wrapper::Position(_) => self.xml.open("sup", &[]),
        }
    }
}

const fn class_of(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Under => "under",
        LineKind::Name => "name",
        LineKind::Title => "title",
    }
}

/// Behind strokes, `&` and `?` in long words, but at their end.
fn divisions(text: &str) -> Vec<usize> {
    let is_stroke = |c: char| matches!(c, '/' | '?' | '&');
    let (mut found, mut start) = (vec![], 0);
    for word in text.split_inclusive(|c: char| !c.is_ascii_graphic()) {
        let end = word.trim_end_matches(|c: char| !c.is_ascii_graphic()).len();
        let mut from = 0;
        for at in word.match_indices(is_stroke).map(|(i, _)| i + 1) {
            if end - from > LONG_WORD && at < end && !word[at..].starts_with(is_stroke) {
                found.push(start + at);
                from = at;
            }
        }
        start += word.len();
    }
    found
}

/// Bytes of a word that no line should have to carry over whole.
const LONG_WORD: usize = 24;

#[cfg(test)]
mod tests {
    use super::divisions;

    #[test]
    fn an_address_is_divided_behind_its_strokes_and_never_before_a_mark() {
        let pieces = |text: &str| {
            let ends = divisions(text);
            let from = [0].into_iter().chain(ends.iter().copied());
            let to = ends.iter().copied().chain([text.len()]);
            from.zip(to).map(|(from, to)| text[from..to].to_string()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(
            pieces("见 https://example.com/a-long-name-of-a-page?b=1&c=2，下同"),
            "见 https://|example.com/|a-long-name-of-a-page?|b=1&c=2，下同"
        );
        assert_eq!(
            pieces("https://example.com/averyveryverylongnamehere/，"),
            "https://|example.com/|averyveryverylongnamehere/，"
        );
        assert_eq!(pieces("和/或，A/B/C"), "和/或，A/B/C");
    }
}
