//! Blocks become pieces of the flow: paragraphs line by line, headings and rows whole, all in grid lines.
//!
//! In: an article's blocks. Out: a [`Flow`]. Nothing here knows pages.

use super::div;
use super::drop_cap;
use super::figure;
use super::flow::{Cost, Flow, Mark, Piece};
use super::set::{Setter, Setting, TextId, plain_run};
use super::table;
use crate::base::{BlockId, Ink, Len, Logical, Pos};
use crate::doc::{Article, Block, BlockKind, DivKind, Inline, NotesPlace};
use crate::font::Family;
use crate::page::{NodeId, Role as NodeRole};
use crate::style::{Pitch, Role, Theme};
use crate::text::{LineShape, RunStyle, TextRun, han_number};

/// Composes one article.
pub struct Compose<'s, 'a> {
    pub setter: &'s mut Setter<'a>,
    pub flow: Flow,
    pub article: u32,
    /// The article is made of photos: each takes all columns.
    pub photos: bool,
    /// Figure blocks so far.
    pub figures: usize,
    /// The last of them, where another may stand beside it.
    pub single: Option<figure::Single>,
    /// Lines of a drop cap that the first paragraph is to have.
    pub drop_cap: u8,
    /// A figure that stands elsewhere: the opener's.
    pub taken: Option<BlockId>,
    /// What is set ends so far before the column's right edge.
    narrow: Len,
    /// The lines below a heading stay with it.
    after_heading: bool,
    /// The paragraph that ends the article bears the end mark.
    last: Option<BlockId>,
}

/// Where a block stands: its left inset, its node, its type.
#[derive(Clone, Copy)]
pub struct Frame<'r> {
    pub inset: Len,
    pub node: NodeId,
    pub role: &'r Role,
    /// First lines are indented.
    pub indent: bool,
}

impl<'s, 'a> Compose<'s, 'a> {
    pub fn new(setter: &'s mut Setter<'a>, article: u32) -> Self {
        Compose {
            setter,
            flow: Flow::default(),
            article,
            photos: false,
            figures: 0,
            single: None,
            drop_cap: 0,
            taken: None,
            narrow: Len::ZERO,
            after_heading: false,
            last: None,
        }
    }

    pub fn theme(&self) -> &'a Theme {
        self.setter.theme
    }

    /// The article's body and, at its end, its notes.
    pub fn article(&mut self, article: &Article, node: NodeId) {
        let theme = self.theme();
        let frame = Frame { inset: Len::ZERO, node, role: &theme.roles.body, indent: true };
        self.last = ending(&article.blocks);
        self.blocks(&article.blocks, frame);
        let at_end = match self.setter.issue.type_.notes {
            NotesPlace::Page => self.notes_on_pages(article, node),
            NotesPlace::Article => (0..article.notes.len()).collect(),
        };
        self.notes(article, &at_end, node);
    }

    pub fn blocks(&mut self, blocks: &[Block], frame: Frame) {
        let mut rest = blocks.iter().peekable();
        while let Some(block) = rest.next() {
            match rest.next_if(|next| runs_in(block, next)) {
                Some(paragraph) => self.run_in(block, paragraph, frame),
                None => self.block(block, frame),
            }
        }
    }

    /// A heading in its paragraph's first line, an em before the text (夹排标题).
    fn run_in(&mut self, heading: &Block, paragraph: &Block, frame: Frame) {
        let (BlockKind::Heading { level, text: title, .. }, BlockKind::Para { text }) =
            (&heading.kind, &paragraph.kind)
        else {
            return;
        };
        let Role { family, weight, ink, .. } = self.theme().roles.subheading;
        let role = Role { family, weight, ink, ..*frame.role };
        let node = self.add(frame.node, NodeRole::Heading((*level).clamp(2, 6)));
        let mut runs = self.setter.runs(title, &role);
        runs.push(plain_run("\u{3000}", &role));
        runs.iter_mut().for_each(|run| run.counts = false);
        let own = runs.len();
        runs.extend(self.setter.runs(text, frame.role));
        let (first, id) = (self.flow.pieces.len(), self.set_paragraph(paragraph, runs, frame));
        let set = &mut self.setter.texts[id.0];
        for (of_run, style) in set.nodes.iter_mut().zip(&set.paragraph.runs).take(own) {
            *of_run = if style.link.is_none() { Some(node) } else { *of_run };
        }
        self.lines(id, frame);
        if let Some(piece) = self.flow.pieces.get_mut(first) {
            piece.begins = Some(heading.id);
        }
    }

    fn block(&mut self, block: &Block, frame: Frame) {
        let theme = self.theme();
        let cap = std::mem::take(&mut self.drop_cap);
        self.setter.tree.source = Some(block.span);
        match &block.kind {
            _ if self.taken == Some(block.id) => self.drop_cap = cap,
            BlockKind::Para { text } if cap > 1 && drop_cap::compose(self, block, text, (cap, frame)) => {}
            BlockKind::Heading { level, text, .. } => self.heading(block, *level, text, frame),
            BlockKind::Para { text } => self.paragraph(block, text, frame),
            BlockKind::Figures { figures, place } => {
                self.drop_cap = cap;
                figure::compose(self, figures, *place, frame)
            }
            BlockKind::Quote { blocks } => {
                let node = self.add(frame.node, NodeRole::BlockQuote);
                let inset = self.held(frame, frame.role.size * 2).inset + frame.role.size * 2;
                self.spaced(|c| c.blocks(blocks, Frame { inset, node, role: &theme.roles.quote, indent: false }));
            }
            BlockKind::Div { kind, blocks } => div::compose(self, *kind, blocks, frame),
            BlockKind::List { start, items } => self.list(*start, items, frame),
            BlockKind::Table(table) => table::compose(self, block.id, table, frame),
            BlockKind::Code { lines } => self.code(lines, frame),
            BlockKind::Rule => self.rule(frame),
        }
    }

    pub fn add(&mut self, parent: NodeId, role: NodeRole) -> NodeId {
        self.setter.tree.add(parent, role)
    }

    pub fn measure(&self, frame: Frame) -> Len {
        self.theme().grid.measure - frame.inset - self.narrow
    }

    /// What `compose` sets ends `by` before the column's edge.
    pub fn narrowed(&mut self, by: Len, compose: impl FnOnce(&mut Self)) {
        self.narrow += by;
        compose(self);
        self.narrow -= by;
    }

    /// A blank line above and below what `compose` adds.
    pub fn spaced(&mut self, compose: impl FnOnce(&mut Self)) {
        let first = self.flow.pieces.len();
        compose(self);
        if let Some(piece) = self.flow.pieces.get_mut(first) {
            piece.before = piece.before.max(1);
        }
        self.flow.gap = true;
    }

    fn paragraph(&mut self, block: &Block, text: &[Inline], frame: Frame) {
        if is_mark(block) {
            return;
        }
        let runs = self.setter.runs(text, frame.role);
        let (first, apart) = (self.flow.pieces.len(), !self.after_heading);
        let text = self.set_paragraph(block, runs, frame);
        self.lines(text, frame);
        // Without indents a blank line tells paragraphs apart.
        let parted = frame.indent && self.setter.issue.type_.indent == 0 && apart && first > 0;
        if let Some(piece) = self.flow.pieces.get_mut(first).filter(|_| parted) {
            piece.before = piece.before.max(1);
        }
    }

    fn set_paragraph(&mut self, block: &Block, mut runs: Vec<TextRun>, frame: Frame) -> TextId {
        let node = self.add(frame.node, NodeRole::Paragraph);
        self.end_mark(block, &mut runs, frame.role);
        let ems = i32::from(self.setter.issue.type_.indent);
        let indent = if frame.indent { frame.role.size * ems } else { Len::ZERO };
        let shape = LineShape::justified(self.measure(frame), indent);
        self.setter.set(&runs, Setting { role: frame.role, shape, node: Some(node), block: Some(block.id) })
    }

    /// The end mark behind the article's last paragraph.
    pub fn end_mark(&self, block: &Block, runs: &mut Vec<TextRun>, role: &Role) {
        let mark = &self.theme().text.end_mark;
        let wanted = self.setter.issue.articles[self.article as usize].end_mark != Some(false);
        if wanted && self.last == Some(block.id) && !mark.is_empty() {
            runs.extend(half_em(runs, role));
            runs.push(end_mark(mark, role, self.theme().roles.section.ink));
        }
    }

    /// The lines of a text on the grid, a piece each.
    pub fn lines(&mut self, text: TextId, frame: Frame) {
        self.lines_from(text, 0, frame);
    }

    /// The lines from `first` on.
    pub fn lines_from(&mut self, text: TextId, first: usize, frame: Frame) {
        let count = self.setter.text(text).lines.len();
        for line in first..count {
            let lone = line == 1 || line + 1 == count && line > 0;
            let break_cost = match (line, self.after_heading) {
                (0, true) => Cost::FORBIDDEN,
                (1, true) => Cost::AFTER_HEADING,
                _ if lone => Cost::LONE_LINE,
                _ => Cost::FREE,
            };
            let at = Logical { inline: frame.inset, block: self.baseline(frame.role) };
            let pos = self.setter.text(text).pos(line, self.article);
            let marks = vec![Mark::Line { text, line, at }];
            self.flow.push(Piece { rows: 1, marks, break_cost, pos, ..Piece::default() });
        }
        if count > 0 {
            self.after_heading = false;
        }
    }

    /// From a line's top to its baseline. Lines of the grid's own pitch stand on the body's baseline whatever their size;
    /// others have their em box in the middle of their own pitch.
    pub fn baseline(&self, role: &Role) -> Len {
        let theme = self.theme();
        let size = if role.pitch == Pitch::ONE { theme.roles.body.size } else { role.size };
        baseline_in(role.pitch.of(theme.grid.pitch), size)
    }

    fn heading(&mut self, block: &Block, level: u8, text: &[Inline], frame: Frame) {
        let roles = &self.theme().roles;
        let role = if level <= 2 { &roles.heading } else { &roles.subheading };
        let node = self.add(frame.node, NodeRole::Heading(level.clamp(2, 6)));
        let runs = self.setter.runs(text, role);
        let shape = LineShape::balanced(self.measure(frame));
        let text = self.setter.set(&runs, Setting { role, shape, node: Some(node), block: Some(block.id) });
        let lines = self.setter.text(text).lines.len();
        let mut marks = vec![];
        for line in 0..lines {
            let block = self.theme().grid.row_y(line as u16) + self.baseline(role);
            marks.push(Mark::Line { text, line, at: Logical { inline: frame.inset, block } });
        }
        let pos = (lines > 0).then(|| self.setter.text(text).pos(0, self.article)).flatten();
        let break_cost = if self.after_heading { Cost::FORBIDDEN } else { Cost::FREE };
        self.flow.push(Piece { before: 1, rows: lines as u16, marks, break_cost, pos, ..Piece::default() });
        self.after_heading = true;
    }

    /// The frame with no more inset than leaves `more` and eight em: deeper nesting goes no further in.
    fn held<'r>(&self, frame: Frame<'r>, more: Len) -> Frame<'r> {
        let most = (self.theme().grid.measure - more - frame.role.size * 8).max(Len::ZERO);
        Frame { inset: frame.inset.min(most), ..frame }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], frame: Frame) {
        let list = self.add(frame.node, NodeRole::List { ordered: start.is_some() });
        let last = start.map_or(0, |s| s + items.len() as u64);
        // Room for the widest number and its stop: half an em a digit.
        let hang = if start.is_none() { 2 } else { 3 + i32::from(last > 10) };
        let hang = frame.role.size * hang / 2 + frame.role.size / 2;
        let frame = self.held(frame, hang);
        let inset = frame.inset + hang;
        for (i, item) in items.iter().enumerate() {
            let node = self.add(list, NodeRole::ListItem);
            let label = match start {
                Some(s) if self.theme().grid.is_vertical() => format!("{}、", han_number(s + i as u64)),
                Some(s) => format!("{}.", s + i as u64),
                None => "•".to_string(),
            };
            let marker = self.marker(&label, node, frame);
            let body = self.add(node, NodeRole::ListBody);
            let first = self.flow.pieces.len();
            self.blocks(item, Frame { inset, node: body, indent: false, ..frame });
            if self.flow.pieces.len() == first {
                self.flow.push(Piece { rows: 1, ..Piece::default() });
            }
            self.flow.pieces[first].marks.insert(0, marker);
        }
    }

    fn marker(&mut self, label: &str, item: NodeId, frame: Frame) -> Mark {
        let node = self.add(item, NodeRole::ListLabel);
        let shape = LineShape::ragged(self.measure(frame));
        let text = self.setter.plain(label, Setting { role: frame.role, shape, node: Some(node), block: None });
        let at = Logical { inline: frame.inset + frame.role.size / 2, block: self.baseline(frame.role) };
        Mark::Line { text, line: 0, at }
    }

    fn code(&mut self, lines: &[String], frame: Frame) {
        let role = &self.theme().roles.code;
        let node = self.add(frame.node, NodeRole::Code);
        let inset = frame.inset + role.size;
        self.spaced(|c| {
            for line in lines {
                // A blank line keeps its place.
                let text = if line.trim().is_empty() { "\u{a0}".to_string() } else { spaced(line) };
                // What goes on in a further line is seen to.
                let shape = LineShape { hang: role.size * 2, ..LineShape::ragged(c.theme().grid.measure - inset) };
                let text = c.setter.plain(&text, Setting { role, shape, node: Some(node), block: None });
                c.lines(text, Frame { inset, role, ..frame });
            }
        });
    }

    /// A thematic break in a blank line of its own: the theme's ornament, or a short rule.
    fn rule(&mut self, frame: Frame) {
        // It has its own white.
        self.flow.gap = false;
        let (theme, ornament) = (self.theme(), self.theme().text.ornament.clone());
        let (pitch, measure) = (theme.grid.pitch, theme.grid.measure);
        if ornament.is_empty() {
            let length = frame.role.size * 4;
            let at = Logical { inline: (measure - length) / 2, block: pitch * 3 / 2 };
            let mark = Mark::Rule { at, length, thickness: Len::pt(50), ink: Theme::GREY };
            self.flow.push(Piece { rows: 3, marks: vec![mark], ..Piece::default() });
            return;
        }
        let setting = Setting { role: frame.role, shape: LineShape::ragged(measure), node: None, block: None };
        let text = self.setter.plain(&ornament, setting);
        let inline = (measure - self.setter.text(text).width()) / 2;
        let at = Logical { inline, block: pitch + self.baseline(frame.role) };
        let marks = vec![Mark::Line { text, line: 0, at }];
        self.flow.push(Piece { rows: 3, marks, ..Piece::default() });
    }

    /// Notes stand at the article's end, small, below a short rule.
    fn notes(&mut self, article: &Article, notes: &[usize], node: NodeId) {
        if notes.is_empty() {
            return;
        }
        let thickness = Len::pt(35);
        let at = Logical { inline: Len::ZERO, block: self.theme().grid.pitch / 2 };
        let rule = Mark::Rule { at, length: self.theme().roles.body.size * 5, thickness, ink: Ink::BLACK };
        self.flow.push(Piece { before: 1, rows: 1, marks: vec![rule], ends_text: true, ..Piece::default() });
        for &i in notes {
            let pieces = self.note(article, i, node);
            pieces.into_iter().for_each(|p| self.flow.push(p));
        }
    }

    /// Notes on the page of their mark: each piece of the flow learns which notes it has. Those whose marks are in none
    /// (in captions across columns) are returned.
    fn notes_on_pages(&mut self, article: &Article, node: NodeId) -> Vec<usize> {
        for i in 0..article.notes.len() {
            let mut whole = Piece::default();
            for piece in self.note(article, i, node) {
                let down = self.theme().grid.row_y(whole.rows);
                whole.marks.extend(piece.marks.into_iter().map(|m| m.lowered(down)));
                whole.rows += piece.rows;
                whole.begins = whole.begins.or(piece.begins);
            }
            self.flow.notes.push(whole);
        }
        let mut left: Vec<usize> = (0..article.notes.len()).collect();
        let texts = &self.setter.texts;
        let notes_in = |piece: &Piece, left: &[usize]| -> Vec<usize> {
            let lines = piece.marks.iter().filter_map(|mark| match mark {
                Mark::Line { text, line, .. } => Some(texts[text.0].notes_in(*line)),
                _ => None,
            });
            lines.flatten().filter(|note| left.contains(note)).collect()
        };
        for piece in &mut self.flow.pieces {
            piece.notes = notes_in(piece, &left);
            left.retain(|n| !piece.notes.contains(n));
        }
        // A picture that may stand across columns has no column at whose foot its note could stand.
        for illustration in self.flow.illustrations.iter_mut().filter(|i| i.forms.iter().all(|f| f.columns == 1)) {
            illustration.forms.iter_mut().for_each(|form| form.piece.notes = notes_in(&form.piece, &left));
            left.retain(|n| !illustration.forms[0].piece.notes.contains(n));
        }
        left
    }

    /// A note's paragraphs run together after its number; three small lines take two of the grid.
    fn note(&mut self, article: &Article, number: usize, parent: NodeId) -> Vec<Piece> {
        let role = &self.theme().roles.note;
        let note = self.add(parent, NodeRole::Note);
        let node = self.add(note, NodeRole::Paragraph);
        let block = article.notes[number].blocks.first().map(|b| b.id);
        let mut runs = vec![self.setter.note_number(number, role), plain_run("\u{a0}", role)];
        for (i, text) in article.note_text(number).into_iter().enumerate() {
            if i > 0 {
                runs.push(TextRun { counts: false, ..plain_run("\n", role) });
            }
            runs.extend(self.setter.runs(text, role));
        }
        let shape = LineShape::justified(self.theme().grid.measure, Len::ZERO);
        let text = self.setter.set(&runs, Setting { role, shape, node: Some(node), block });
        let mut pieces = self.small_lines(text, role);
        if let Some(first) = pieces.first_mut() {
            first.begins = block;
        }
        pieces
    }

    /// Lines of a pitch other than the grid's, in pieces that end on the grid.
    pub fn small_lines(&self, text: TextId, role: &Role) -> Vec<Piece> {
        let count = self.setter.text(text).lines.len();
        let of = usize::from(role.pitch.of);
        let line = |i: usize| {
            let block = role.pitch.of(self.theme().grid.pitch) * (i % of) as i32 + self.baseline(role);
            Mark::Line { text, line: i, at: Logical { inline: Len::ZERO, block } }
        };
        let piece = |first: usize| {
            let n = of.min(count - first);
            Piece { rows: role.pitch.rows(n), marks: (first..first + n).map(line).collect(), ..Piece::default() }
        };
        (0..count).step_by(of).map(piece).collect()
    }

    /// Generated text after the article: sources, authors' notes, editors.
    pub fn foot(&mut self, lines: &[String], node: NodeId) {
        let role = &self.theme().roles.caption;
        for (i, line) in lines.iter().enumerate() {
            let node = self.add(node, NodeRole::Paragraph);
            let shape = LineShape::ragged(self.theme().grid.measure);
            let text = self.setter.plain(line, Setting { role, shape, node: Some(node), block: None });
            let mut pieces = self.small_lines(text, role);
            if let Some(piece) = pieces.first_mut().filter(|_| i == 0) {
                piece.before = 1;
                piece.ends_text = true;
            }
            self.flow.pieces.append(&mut pieces);
        }
    }

    pub fn pos_of(&self, text: TextId) -> Option<Pos> {
        let set = self.setter.text(text);
        (!set.lines.is_empty()).then(|| set.pos(0, self.article)).flatten()
    }
}

/// The paragraph that ends a text, if one does; pictures may follow it.
fn ending(blocks: &[Block]) -> Option<BlockId> {
    let end = blocks.iter().rev().find(|b| !matches!(b.kind, BlockKind::Figures { .. }) && !is_mark(b))?;
    match &end.kind {
        BlockKind::Para { .. } => Some(end.id),
        BlockKind::Div { kind: DivKind::Interview | DivKind::Continuation, blocks } => ending(blocks),
        _ => None,
    }
}

/// Headings of the lowest levels stand in the line of the paragraph that follows.
fn runs_in(heading: &Block, next: &Block) -> bool {
    let low = matches!(heading.kind, BlockKind::Heading { level: 4.., .. });
    low && matches!(next.kind, BlockKind::Para { .. }) && !is_mark(next)
}

/// A line of code, every space of it: those of its indent and all but the last between words don't break.
fn spaced(line: &str) -> String {
    let line = line.replace('\t', "    ");
    let indent = line.len() - line.trim_start_matches(' ').len();
    ["\u{a0}".repeat(indent), line[indent..].replace("  ", "\u{a0} ")].concat()
}

/// Nothing but marks of earlier pages: it is in the EPUB's page list alone.
fn is_mark(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Para { text } if text.iter().all(|i| matches!(i, Inline::PageMark { .. })))
}

/// A small square after the last character, never alone on a line (U+2060 forbids the break).
fn end_mark(mark: &str, role: &Role, accent: Ink) -> TextRun {
    let mut run = plain_run(&format!("\u{2060}{mark}"), role);
    run.family = Family::Hei;
    run.style = RunStyle { size: role.size.scale(3, 5), ink: accent, artifact: true, ..run.style };
    run.style.rise = role.size.scale(1, 8);
    run
}

/// What keeps the end mark half an em from a text whose last character brings no blank (R18.3: 。 and ” bring one).
fn half_em(runs: &[TextRun], role: &Role) -> Option<TextRun> {
    let last = runs.last()?.text.chars().last()?;
    let mut run = plain_run("\u{2060}\u{a0}\u{a0}", role);
    run.style.artifact = true;
    (!"。！？”’」』）》〉】".contains(last)).then_some(run)
}

/// The baseline of a line of `pitch` whose em box of `size` stands in its middle (the ascent of the shipped faces is
/// 0.88 em).
pub fn baseline_in(pitch: Len, size: Len) -> Len {
    (pitch - size) / 2 + size.scale(88, 100)
}
