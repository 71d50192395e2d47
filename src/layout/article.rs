//! One article becomes leaves: its opener, its columns, what stands across them.
//!
//! In: a [`doc::Article`](crate::doc::Article). Out: [`Laid`]. Page breaking works on counts of grid lines; the last page's
//! columns are level.

use super::column::{Cursor, Filled, Kind, Placement, Slot, balance, fill};
use super::compose::{Compose, FigureSize, baseline_in};
use super::fit::{finding, fit};
use super::flow::{Flow, Mark, Spanner};
use super::paint::{Leaf, Numbers};
use super::set::{Circled, SetText, Setter, Setting, plain_run};
use crate::base::{Code, Diagnostic, Em, Ink, Len, Logical, Place, Point, Report, words};
use crate::doc::{Article, Issue};
use crate::font::Library;
use crate::page::{Fit, NodeId, Role as NodeRole, Tree};
use crate::style::{Grid, Role, Theme};
use crate::text::LineShape;

/// An article in its pages, with its own structure tree.
pub struct Laid {
    pub leaves: Vec<Leaf>,
    pub tree: Tree,
    pub report: Report,
    pub fit: Fit,
}

/// Lays one article out, its photos as large as they may be; smaller where the last page would else be almost empty.
pub fn lay(issue: &Issue, index: usize, theme: &Theme, library: &Library) -> Laid {
    let room = u32::from(theme.grid.rows) * u32::from(theme.grid.columns);
    let stranded =
        |laid: &Laid| laid.leaves.len() > 1 && laid.leaves.last().is_some_and(|l| u32::from(l.lines) * 4 < room);
    let mut best = lay_with(issue, index, (theme, library), FigureSize::Large);
    for size in [FigureSize::Medium, FigureSize::Small] {
        if !stranded(&best) || !best.leaves.iter().any(|l| l.across) {
            break;
        }
        let smaller = lay_with(issue, index, (theme, library), size);
        if smaller.leaves.len() < best.leaves.len() || !stranded(&smaller) {
            best = smaller;
        }
    }
    let article = &issue.articles[index];
    best.fit = fit(article, &best.leaves, &theme.grid, theme.roles.body.size);
    best.report.findings.extend(finding(article, &best.fit, &theme.grid));
    best
}

fn lay_with(issue: &Issue, index: usize, (theme, library): (&Theme, &Library), size: FigureSize) -> Laid {
    let article = &issue.articles[index];
    let mut setter = Setter::new(issue, theme, library, article.lang).within(article);
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    setter.tree.node_mut(node).lang = Some(article.lang);
    let opener = Opener::set(&mut setter, article, issue.section_of(index).map(|s| s.name.as_str()), node);
    let mut compose = Compose::new(&mut setter, index as u32);
    compose.figure_size = size;
    compose.article(article, node);
    let foot: Vec<String> = issue.foot(article).into_iter().map(|foot| foot.text).collect();
    compose.foot(&foot, node);
    let flow = compose.flow;
    let circled = setter.circled_glyphs();
    let pages = Pages { flow: &flow, grid: &theme.grid, opener: &opener, texts: &setter.texts, circled: &circled };
    let (leaves, overfull) = pages.run();
    let mut report = setter.report;
    if overfull {
        let message = words("有内容比一栏还高", "something is taller than a column");
        report.push(
            Diagnostic::new(Code::LayoutOverflow, Place::File(article.file), message)
                .hint("把表格或段落拆开，或减少栏数", "divide the table or paragraph, or take fewer columns"),
        );
    }
    Laid { leaves, tree: setter.tree, report, fit: Fit::default() }
}

/// Title, standfirst and byline across the first page's columns.
struct Opener {
    marks: Vec<Mark>,
    rows: u16,
}

impl Opener {
    fn set(setter: &mut Setter, article: &Article, section: Option<&str>, node: NodeId) -> Opener {
        let roles = &setter.theme.roles;
        let width = setter.theme.grid.width;
        let mut opener = Opener { marks: vec![], rows: 0 };
        let paragraph = |s: &mut Setter| Some(s.tree.add(node, NodeRole::Paragraph));
        for label in section.into_iter().chain(article.kicker.as_deref()) {
            let node = paragraph(setter);
            opener.add(setter, label, &roles.kicker, (LineShape::ragged(width), node));
        }
        let title = Some(setter.tree.add(node, NodeRole::Heading(1)));
        let role = setter.fitted(&article.title, roles.title, (width, setter.theme.grid.rows / 2));
        opener.add(setter, &article.title, &role, (LineShape::balanced(width), title));
        if let Some(subtitle) = &article.subtitle {
            let node = paragraph(setter);
            opener.add(setter, subtitle, &roles.subtitle, (LineShape::balanced(width), node));
        }
        let standfirsts: Vec<&String> = article.summary.iter().chain(&article.editors_note).collect();
        opener.rows += u16::from(!standfirsts.is_empty() && article.subtitle.is_some());
        for text in standfirsts {
            let node = paragraph(setter);
            let measure = roles.standfirst.size * (width * 3 / 4).count(roles.standfirst.size);
            let shape = LineShape { orphans: true, ..LineShape::justified(measure, Len::ZERO) };
            opener.add(setter, text, &roles.standfirst, (shape, node));
        }
        opener.byline(setter, article, node);
        opener.rows += 1;
        opener
    }

    /// Sets a text below what is there, in whole grid lines.
    fn add(&mut self, setter: &mut Setter, text: &str, role: &Role, (shape, node): (LineShape, Option<NodeId>)) {
        let grid = &setter.theme.grid;
        let id = setter.plain(text, Setting { role, shape, node, block: None });
        let lines = setter.text(id).lines.len();
        let pitch = role.pitch.of(grid.pitch);
        let top = grid.row_y(self.rows);
        self.marks.extend((0..lines).map(|line| {
            let block = top + pitch * line as i32 + baseline_in(pitch, role.size);
            Mark::Line { text: id, line, at: Logical { inline: Len::ZERO, block } }
        }));
        self.rows += role.pitch.rows(lines);
    }

    /// A hairline, then the names: two-character names on three em.
    fn byline(&mut self, setter: &mut Setter, article: &Article, parent: NodeId) {
        let grid = setter.theme.grid.clone();
        let role = setter.theme.roles.byline;
        let at = Logical { inline: Len::ZERO, block: grid.row_y(self.rows) + grid.pitch * 3 / 4 };
        self.marks.push(Mark::Rule { at, length: grid.width, thickness: Len::pt(60), ink: Ink::BLACK });
        self.rows += 1;
        if article.authors.is_empty() {
            return;
        }
        let mut runs = vec![];
        for (i, author) in article.authors.iter().enumerate() {
            let before = i.checked_sub(1).map(|b| &article.authors[b]);
            let plain = i == 0 && author.role.is_none() && article.lang.is_chinese();
            let lead = author.lead(before).or(plain.then(|| "文／".to_string())).unwrap_or_default();
            let gap = if i > 0 { "\u{3000}" } else { "" };
            runs.push(plain_run(&format!("{gap}{lead}"), &role));
            runs.push(name_run(&author.name, &role));
            if let Some(affiliation) = &author.affiliation {
                runs.push(plain_run(&format!("（{affiliation}）"), &role));
            }
        }
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        let shape = LineShape::ragged(grid.width);
        let id = setter.set(&runs, Setting { role: &role, shape, node, block: None });
        let lines = setter.text(id).lines.len();
        for line in 0..lines {
            let block = grid.row_y(self.rows + line as u16) + baseline_in(grid.pitch, role.size);
            self.marks.push(Mark::Line { text: id, line, at: Logical { inline: Len::ZERO, block } });
        }
        self.rows += lines as u16;
    }
}

/// A name: two Han characters are set on three em, by spacing alone.
pub fn name_run(name: &str, role: &Role) -> crate::text::TextRun {
    let mut run = plain_run(name, role);
    if name.chars().count() == 2 && name.chars().all(crate::text::is_cjk) {
        run.style.tracking = Em::ONE.of(role.size);
    }
    run
}

/// The pages of one article.
struct Pages<'p> {
    flow: &'p Flow,
    grid: &'p Grid,
    opener: &'p Opener,
    texts: &'p [SetText],
    circled: &'p Circled,
}

/// One page's free lines, and what stands across it.
#[derive(Clone)]
struct Plan {
    top: Vec<u16>,
    bottom: Vec<u16>,
    /// Spanner and its row.
    across: Vec<(usize, u16, bool)>,
    opener_row: Option<u16>,
}

impl Pages<'_> {
    fn run(&self) -> (Vec<Leaf>, bool) {
        let mut leaves = vec![];
        let mut cursor = Cursor::default();
        let mut placed = vec![false; self.flow.spanners.len()];
        let mut overfull = false;
        while leaves.is_empty() || !cursor.is_done(self.flow) || placed.contains(&false) {
            let mut plan = self.open_page(leaves.is_empty(), &mut placed);
            self.place_waiting(&mut plan, &cursor, &mut placed);
            let mut filled = self.fill(&plan, &cursor);
            while let Some(spanner) = self.due(&filled, &placed) {
                let Some((with, refilled)) = self.place_due(&plan, &cursor, &filled, spanner) else { break };
                (plan, filled) = (with, refilled);
                placed[spanner] = true;
            }
            if filled.after == cursor && plan.across.is_empty() && plan.opener_row.is_none() {
                filled = self.force(&cursor, &filled);
                overfull = true;
            }
            leaves.push(self.paint(&plan, &filled));
            cursor = filled.after;
            self.full_pages(&cursor, &mut placed, &mut leaves);
        }
        (leaves, overfull)
    }

    /// A full page follows the page on which its place in the text was reached.
    fn full_pages(&self, cursor: &Cursor, placed: &mut [bool], leaves: &mut Vec<Leaf>) {
        for (i, spanner) in self.flow.spanners.iter().enumerate() {
            if let Some(full) = spanner.full.as_ref().filter(|_| !placed[i] && spanner.anchor <= cursor.next) {
                leaves.push(Leaf { full: Some((full.photo, full.node)), ..Leaf::default() });
                let mut caption = Leaf::default();
                let lines = spanner.piece.marks.iter().filter(|m| matches!(m, Mark::Line { .. }));
                let foot = self.grid.row_y(self.grid.rows);
                lines.enumerate().for_each(|(n, mark)| {
                    if let Mark::Line { text, line, .. } = mark {
                        let y = foot + self.grid.pitch * 2 / 3 * n as i32;
                        caption.line(self.texts, *text, *line, Point { x: Len::ZERO, y });
                    }
                });
                leaves.last_mut().expect("just pushed").items = caption.items;
                placed[i] = true;
            }
        }
    }

    /// The first page has the opener, below the photo that the article begins with.
    fn open_page(&self, first: bool, placed: &mut [bool]) -> Plan {
        let columns = usize::from(self.grid.columns);
        let rows = self.grid.rows;
        let mut plan = Plan { top: vec![0; columns], bottom: vec![rows; columns], across: vec![], opener_row: None };
        if !first {
            return plan;
        }
        let mut head = 0;
        let lead = self
            .flow
            .spanners
            .iter()
            .position(|s| s.anchor == 0 && s.leads && s.full.is_none() && usize::from(s.columns) == columns);
        if let Some(i) = lead.filter(|i| self.flow.spanners[*i].piece.rows + self.opener.rows + 6 <= rows) {
            plan.across.push((i, 0, true));
            placed[i] = true;
            head = self.flow.spanners[i].piece.rows + 1;
        }
        plan.opener_row = Some(head);
        plan.top = vec![(head + self.opener.rows).min(rows); columns];
        plan
    }

    /// What found no room on the page before stands at this one's head.
    fn place_waiting(&self, plan: &mut Plan, cursor: &Cursor, placed: &mut [bool]) {
        for (i, spanner) in self.flow.spanners.iter().enumerate() {
            let due = spanner.full.is_none() && !placed[i] && spanner.anchor <= cursor.next && cursor.next > 0;
            if let Some(with) = due.then(|| self.across(plan, i, spanner, true)).flatten() {
                *plan = with;
                placed[i] = true;
            }
        }
    }

    /// The first spanner whose place in the text is on this page.
    fn due(&self, filled: &Filled, placed: &[bool]) -> Option<usize> {
        let reached = |s: &Spanner| s.anchor < filled.after.next || filled.after.is_done(self.flow);
        (0..placed.len()).find(|i| {
            let spanner = &self.flow.spanners[*i];
            !placed[*i] && spanner.full.is_none() && reached(spanner)
        })
    }

    /// Tries head and foot; its place in the text must stay on the page.
    fn place_due(&self, plan: &Plan, cursor: &Cursor, filled: &Filled, i: usize) -> Option<(Plan, Filled)> {
        let spanner = &self.flow.spanners[i];
        let foot_first = plan.opener_row.is_some() && !filled.after.is_done(self.flow) || !plan.across.is_empty();
        let order = if foot_first { [false, true] } else { [true, false] };
        order.into_iter().find_map(|head| {
            let with = self.across(plan, i, spanner, head)?;
            let refilled = self.fill(&with, cursor);
            (spanner.anchor <= refilled.after.next).then_some((with, refilled))
        })
    }

    /// The plan with a spanner at the head or foot of its columns, if at least five lines stay free there, or none.
    fn across(&self, plan: &Plan, i: usize, spanner: &Spanner, head: bool) -> Option<Plan> {
        let columns = usize::from(spanner.columns).min(plan.top.len());
        let rows = spanner.piece.rows;
        let top = *plan.top[..columns].iter().max()?;
        let bottom = *plan.bottom[..columns].iter().min()?;
        let free = bottom.checked_sub(top)?.checked_sub(rows)?;
        if free > 0 && free < 5 {
            return None;
        }
        let mut with = plan.clone();
        let row = if head { top } else { bottom - rows };
        for c in 0..columns {
            if head {
                with.top[c] = top + rows;
            } else {
                with.bottom[c] = row;
            }
        }
        with.across.push((i, row, head));
        Some(with)
    }

    fn slots(&self, plan: &Plan) -> Vec<Slot> {
        plan.top
            .iter()
            .zip(&plan.bottom)
            .enumerate()
            .map(|(c, (top, bottom))| Slot { column: c as u8, top: *top, rows: bottom.saturating_sub(*top) })
            .collect()
    }

    fn fill(&self, plan: &Plan, cursor: &Cursor) -> Filled {
        let slots = self.slots(plan);
        balance(self.flow, cursor, &slots).unwrap_or_else(|| fill(self.flow, cursor, &slots))
    }

    /// A piece taller than an empty page is placed all the same.
    fn force(&self, cursor: &Cursor, empty: &Filled) -> Filled {
        let mut filled = empty.clone();
        let piece = cursor.waiting.first().copied().unwrap_or(cursor.next);
        filled.placed.push(Placement { piece, column: 0, row: 0, kind: Kind::Flow });
        filled.after = match cursor.waiting.split_first() {
            Some((_, rest)) => Cursor { next: cursor.next, waiting: rest.to_vec() },
            None => Cursor { next: cursor.next + 1, waiting: vec![] },
        };
        filled
    }

    /// In reading order: what stands across the head, the opener, the columns, what stands across the foot.
    fn paint(&self, plan: &Plan, filled: &Filled) -> Leaf {
        let lines = filled.placed.iter().filter(|p| p.kind == Kind::Flow).map(|p| self.flow.pieces[p.piece].rows).sum();
        let numbers = self.numbers(filled);
        let room: u16 = plan.top.iter().zip(&plan.bottom).map(|(top, bottom)| bottom.saturating_sub(*top)).sum();
        let taken = |p: &Placement| match p.kind {
            Kind::Note => self.flow.notes[p.piece].rows,
            Kind::Flow | Kind::FootFloat => self.flow.pieces[p.piece].rows,
            Kind::TableHead => self.flow.heads[p.piece].rows,
            Kind::NoteRule => 1,
        };
        let free = room.saturating_sub(filled.placed.iter().map(taken).sum());
        let mut leaf = Leaf { lines, free, across: !plan.across.is_empty(), numbers, ..Leaf::default() };
        let across = |leaf: &mut Leaf, head: bool| {
            for (i, row, _) in plan.across.iter().filter(|(_, _, h)| *h == head) {
                let piece = &self.flow.spanners[*i].piece;
                let down = if head { Len::ZERO } else { self.foot_shift(piece.slack) };
                leaf.piece(self.texts, piece, Point { x: Len::ZERO, y: self.grid.row_y(*row) + down });
            }
        };
        across(&mut leaf, true);
        if let Some(row) = plan.opener_row {
            let origin = Point { x: Len::ZERO, y: self.grid.row_y(row) };
            self.opener.marks.iter().for_each(|m| leaf.mark(self.texts, m, origin));
        }
        for p in &filled.placed {
            self.place(&mut leaf, p);
        }
        across(&mut leaf, false);
        leaf
    }

    fn place(&self, leaf: &mut Leaf, p: &Placement) {
        let mut at = Point { x: self.grid.column_x(p.column), y: self.grid.row_y(p.row) };
        match p.kind {
            Kind::Flow => leaf.piece(self.texts, &self.flow.pieces[p.piece], at),
            Kind::FootFloat => {
                let piece = &self.flow.pieces[p.piece];
                at.y += self.foot_shift(piece.slack);
                leaf.piece(self.texts, piece, at);
            }
            Kind::TableHead => leaf.piece(self.texts, &self.flow.heads[p.piece], at),
            Kind::Note => leaf.piece(self.texts, &self.flow.notes[p.piece], at),
            Kind::NoteRule => {
                let rule = Logical { inline: Len::ZERO, block: self.grid.pitch * 2 / 3 };
                let mark =
                    Mark::Rule { at: rule, length: self.grid.measure / 4, thickness: Len::pt(35), ink: Ink::BLACK };
                leaf.mark(self.texts, &mark, at);
            }
        }
    }

    /// Notes are numbered in the order they stand on the page.
    fn numbers(&self, filled: &Filled) -> Numbers {
        let notes = filled.placed.iter().filter(|p| p.kind == Kind::Note);
        let order = notes.enumerate().map(|(i, p)| (p.piece, i)).collect();
        Numbers { order, glyphs: self.circled.clone() }
    }

    /// At a foot the block's slack stands above it; its last line keeps the grid's own share below.
    fn foot_shift(&self, slack: Len) -> Len {
        (slack - self.grid.pitch / 4).max(Len::ZERO)
    }
}
