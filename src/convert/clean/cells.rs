//! A manuscript as cells: one for each character that cleaning may look at or change.
//!
//! In: Markdown. Out: [`Unit`]s, each a stretch within which marks pair: a paragraph, a heading, a caption, a value of the
//! front matter. Markup between characters is hidden (rules look through it), code and addresses are opaque (they count as
//! Latin and are never changed), what divides texts is a wall.

use super::super::han;
use super::inline::Found;
use std::ops::Range;

/// The number of a cell within its unit.
pub type At = u32;

/// A character and what becomes of it. There is one for each of a text's characters, so it has no room to waste: where it
/// starts (it ends where the next one starts), and in one number the character (21 bits, [`GONE`] once it is deleted), the
/// kind (2), whether it is written twice (1), and the number of the rule that changed it (5; 0: none).
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    start: u32,
    packed: u32,
}

/// No character has this number.
const GONE: u32 = 0x1F_FFFF;
const KIND: u32 = 21;
const TWICE: u32 = 1 << 23;
const RULE: u32 = 24;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Markup: looked through.
    Hidden,
    /// Code, an address, a path: Latin, and left alone.
    Opaque,
    /// A boundary between texts.
    Wall,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Body,
    /// Titles and headings keep the blank between clauses.
    Title,
    /// Captions keep the blank before a credit.
    Caption,
    /// Lines of verse keep their blanks and their ends.
    Verse,
}

/// Cells in order; those that rules see are listed by [`Unit::view`].
#[derive(Clone, Debug)]
pub struct Unit {
    pub cells: Vec<Cell>,
    /// Where the last cell ends.
    pub end: usize,
    pub role: Role,
}

impl Cell {
    pub fn new(start: usize, char: char, kind: Kind) -> Cell {
        // No manuscript has four gigabytes.
        Cell { start: u32::try_from(start).unwrap_or(u32::MAX), packed: char as u32 | (kind as u32) << KIND }
    }
    pub fn now(self) -> Option<char> {
        char::from_u32(self.packed & GONE)
    }
    pub fn kind(self) -> Kind {
        [Kind::Text, Kind::Hidden, Kind::Opaque, Kind::Wall][(self.packed >> KIND & 3) as usize]
    }
    pub fn is_changed(self) -> bool {
        self.packed >> RULE > 0
    }
    /// `N1` … `N18`.
    pub fn rule(self) -> Option<&'static str> {
        super::RULES.get(((self.packed >> RULE) as usize).checked_sub(1)?).map(|(name, ..)| *name)
    }
    fn change(&mut self, now: Option<char>, twice: bool, rule: &str) {
        let number: u32 = rule[1..].parse().unwrap_or_default();
        let kept = self.packed & (3 << KIND | TWICE) | if twice { TWICE } else { 0 };
        self.packed = now.map_or(GONE, |c| c as u32) | kept | number << RULE;
    }
    pub fn text(self) -> String {
        let once = self.now().map(String::from).unwrap_or_default();
        if self.packed & TWICE > 0 { once.repeat(2) } else { once }
    }
}

impl Unit {
    pub fn all(&self) -> Range<At> {
        0..self.cells.len() as At
    }
    /// The numbers of the cells that are there and not hidden.
    pub fn view(&self) -> Vec<At> {
        let mut out = Vec::with_capacity(self.cells.len());
        out.extend(self.all().filter(|i| !self.is_gone(*i) && self.kind(*i) != Kind::Hidden));
        out
    }
    /// The bytes of the text that a cell stands for.
    pub fn range(&self, cell: usize) -> Range<usize> {
        let end = self.cells.get(cell + 1).map_or(self.end, |next| next.start as usize);
        self.cells[cell].start as usize..end
    }
    pub fn kind(&self, cell: At) -> Kind {
        self.cells[cell as usize].kind()
    }
    pub fn rule(&self, cell: At) -> Option<&'static str> {
        self.cells[cell as usize].rule()
    }
    pub fn is_gone(&self, cell: At) -> bool {
        self.cells[cell as usize].now().is_none()
    }
    /// What a rule sees at a cell: opaque ones are a Latin letter, walls the edge of the text.
    pub fn char(&self, cell: At) -> char {
        let cell = self.cells[cell as usize];
        match cell.kind() {
            Kind::Wall => '\0',
            Kind::Opaque => 'a',
            _ => cell.now().unwrap_or('\0'),
        }
    }
    pub fn set(&mut self, cell: At, char: char, rule: &'static str) {
        let cell = &mut self.cells[cell as usize];
        if cell.kind() == Kind::Text && cell.now() != Some(char) {
            cell.change(Some(char), false, rule);
        }
    }
    pub fn delete(&mut self, cell: At, rule: &'static str) {
        let cell = &mut self.cells[cell as usize];
        if cell.kind() == Kind::Text {
            cell.change(None, false, rule);
        }
    }
    pub fn double(&mut self, cell: At, rule: &'static str) {
        let cell = &mut self.cells[cell as usize];
        cell.change(cell.now(), true, rule);
    }
}

/// Keys of the front matter whose values are text; the first are titles.
const TITLES: [&str; 9] = ["title", "subtitle", "kicker", "short_title", "标题", "標題", "副题", "副題", "引题"];
const TEXTS: [&str; 19] = [
    "summary",
    "editors_note",
    "author_note",
    "source_print",
    "funding",
    "基金项目",
    "基金項目",
    "caption",
    "alt",
    "摘要",
    "提要",
    "编者按",
    "編者按",
    "作者简介",
    "作者簡介",
    "图说",
    "圖說",
    "原载",
    "原載",
];

/// Cuts a manuscript into units and hands each over: cells are many times their text, so there is one unit at a time.
pub fn units(text: &str, sink: &mut dyn FnMut(Unit)) {
    let mut cutter = Cutter { text, sink, open: None, depth: 0 };
    let body = cutter.front();
    cutter.body(body);
}

struct Cutter<'a> {
    text: &'a str,
    sink: &'a mut dyn FnMut(Unit),
    /// The paragraph in the making, and how many `>` it began behind.
    open: Option<Range<usize>>,
    depth: usize,
}

impl Cutter<'_> {
    /// Front matter's values; returns where the body begins.
    fn front(&mut self) -> usize {
        let fence = match self.text.lines().next().map(str::trim_end) {
            Some(fence @ ("---" | "+++")) => fence.to_string(),
            _ => return 0,
        };
        let mut lines = numbered(self.text, 0).skip(1);
        let Some((close, line)) = lines.find(|(_, line)| line.trim_end() == fence) else { return 0 };
        let within = numbered(self.text, 0).skip(1).take_while(|(at, _)| *at < close);
        within.fold(None, |role, (at, line)| self.front_line(at, line, role));
        close + line.len()
    }

    /// One line; `inherited` is the role of the block scalar it may continue.
    fn front_line(&mut self, at: usize, line: &str, inherited: Option<Role>) -> Option<Role> {
        let indented = line.starts_with([' ', '\t']);
        let key = line.trim_start_matches([' ', '-', '{']);
        let split = key.find([':', '=', '：']).map(|n| (key[..n].trim(), line.len() - key.len() + n));
        let role = split.and_then(|(name, _)| match name {
            name if TITLES.contains(&name) => Some(Role::Title),
            name if TEXTS.contains(&name) => Some(Role::Body),
            _ => None,
        });
        match (role, split) {
            (Some(role), Some((_, n))) => {
                let sign = line[n..].chars().next().map_or(1, char::len_utf8);
                let value = &line[n + sign..];
                let opens_block = matches!(value.trim(), "|" | ">" | "|-" | ">-");
                let from = at + n + sign + value.len() - value.trim_start().len();
                let whole = self.text[from..].len().min(value.trim().len());
                self.unit(scalar(self.text, from..from + whole), role);
                opens_block.then_some(role)
            }
            (None, _) if indented && inherited.is_some() => {
                let from = at + line.len() - line.trim_start().len();
                self.unit(from..from + line.trim().len(), Role::Body);
                inherited
            }
            _ => None,
        }
    }

    fn body(&mut self, from: usize) {
        let mut fence: Option<(char, usize)> = None;
        let mut verse = false;
        for (at, line) in numbered(self.text, from) {
            let bare = line.trim();
            let sign = bare.chars().next().filter(|c| matches!(c, '`' | '~'));
            let length = sign.map_or(0, |s| bare.chars().take_while(|c| *c == s).count());
            if let Some((open, least)) = fence {
                if sign == Some(open) && length >= least && bare.len() == length {
                    fence = None;
                }
                continue;
            }
            if length >= 3 {
                self.close();
                fence = sign.map(|s| (s, length));
            } else if let Some(label) = bare.strip_prefix(":::") {
                self.close();
                verse = label.contains("verse");
            } else {
                self.line(at, line, verse);
            }
        }
        self.close();
    }

    fn line(&mut self, at: usize, line: &str, verse: bool) {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        let lead = prefix(line);
        let wordless = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() || han::is_blank(c);
        if line.chars().all(wordless) || is_definition(line) {
            return self.close();
        }
        // A quotation's lines are one paragraph, whatever stands before each of them.
        let quoted = line[..lead].trim_matches(['>', ' ']).is_empty();
        let depth = if quoted { line[..lead].matches('>').count() } else { 0 };
        let goes_on = depth > 0 && depth == self.depth;
        if lead > 0 && !goes_on || verse || opens_block(line.trim_start()) {
            self.close();
        }
        self.depth = self.depth.max(depth);
        if line.trim_start().starts_with('#') && lead > 0 {
            self.unit(at + lead..end, Role::Title);
        } else if verse {
            self.unit(at + lead..end, Role::Verse);
        } else if line.trim_start().starts_with('|') {
            let cells: Vec<usize> = line.match_indices('|').map(|(i, _)| at + i).collect();
            cells.windows(2).for_each(|pair| self.table_cell(pair[0] + 1..pair[1]));
        } else {
            let from = self.open.as_ref().map_or(at + lead, |open| open.start);
            self.open = Some(from..end);
        }
    }

    /// The blanks beside the bars are the table's.
    fn table_cell(&mut self, range: Range<usize>) {
        let cell = &self.text[range.clone()];
        let start = range.start + cell.len() - cell.trim_start_matches(' ').len();
        self.unit(start..start.max(range.start + cell.trim_end_matches(' ').len()), Role::Body);
    }

    fn close(&mut self) {
        self.depth = 0;
        if let Some(range) = self.open.take() {
            self.unit(range, Role::Body);
        }
    }

    fn unit(&mut self, range: Range<usize>, role: Role) {
        if self.text[range.clone()].is_ascii() {
            return;
        }
        let found = super::inline::cells(self.text, range);
        for caption in found.captions {
            let Found { cells, end, .. } = super::inline::cells(self.text, caption);
            (self.sink)(Unit { cells, end, role: Role::Caption });
        }
        (self.sink)(Unit { cells: found.cells, end: found.end, role });
    }
}

/// Lines with their offsets, line ends included.
fn numbered(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}

/// A quoted scalar without its quotation marks.
fn scalar(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    let quoted = ['"', '\''].iter().any(|q| value.len() > 1 && value.starts_with(*q) && value.ends_with(*q));
    if quoted { range.start + 1..range.end - 1 } else { range }
}

/// A row of a table, a tag; `<<山行>>` is a book.
fn opens_block(line: &str) -> bool {
    let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
    line.starts_with('|') || line.strip_prefix('<').is_some_and(tag)
}

/// `[label]: address "title"`. What is Chinese behind the colon is a sentence.
fn is_definition(line: &str) -> bool {
    let label = line.trim_start().strip_prefix('[').filter(|rest| !rest.starts_with('^'));
    let target = label.and_then(|rest| rest.split_once("]:")).map(|(_, target)| target.trim_start());
    target.is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '<' | '/' | '#' | '.')))
}

/// Bytes of a line that are marks of a block: quotation, list, heading, note.
fn prefix(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let text = rest.trim_start_matches([' ', '\t']);
        let indent = rest.len() - text.len();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let hashes = text.len() - text.trim_start_matches('#').len();
        let space = |n: usize| text[n..].starts_with([' ', '\t']);
        let mark = if text.starts_with('>') {
            1 + usize::from(space(1))
        } else if text.starts_with(['-', '*', '+']) && space(1) {
            2
        } else if digits > 0 && text[digits..].starts_with(['.', ')']) && space(digits + 1) {
            digits + 2
        } else if (1..=6).contains(&hashes) && space(hashes) {
            hashes + 1
        } else if text.starts_with("[^") {
            text.find("]:").map_or(0, |n| n + 2 + usize::from(space(n + 2)))
        } else {
            0
        };
        if mark == 0 {
            return at;
        }
        at += indent + mark;
    }
}
