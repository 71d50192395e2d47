//! The pages of one article: its opener, what stands across its columns, and the columns.
//!
//! In: a flow and an opener. Out: leaves. Page breaking works on counts of grid lines; the last page's columns are level.

use super::column::{Cursor, Filled, Kind, Placement, Slot, balance, fill};
use super::flow::{Cost, Flow, FullPage, Mark, Spanner};
use super::opener::{Hero, Opener};
use super::paint::{Bleed, Jump, Leaf, Numbers};
use super::set::{Circled, SetText};
use crate::base::{Ink, Len, Logical, Point};
use crate::style::Grid;

#[derive(Clone, Copy)]
pub struct Pages<'p> {
    pub flow: &'p Flow,
    pub grid: &'p Grid,
    pub opener: &'p Opener,
    pub texts: &'p [SetText],
    pub circled: &'p Circled,
    /// The first free line of a page on which another article ends: this one begins there.
    pub from: Option<u16>,
    pub rest: Option<Rest>,
    /// Lines that the head's white gives (or takes, below zero) to the text.
    pub shift: i16,
}

/// Where an article goes on that its first page doesn't hold.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    /// Behind this article.
    pub after: usize,
    /// Below the end of this one, from this line on; None: on a page of its own.
    pub below: Option<(usize, u16)>,
    /// Pages of columns that stand in the article's own place.
    pub kept: usize,
}

/// Lines between an article's end and the next one's head on the same page; a rule stands in their middle.
const BETWEEN: u16 = 2;
/// Lines of text below a photo to three edges, at least.
const LEAST: u16 = 6;
/// Lines of the head above what is continued.
const RESUMED: u16 = 2;

/// A page before it is painted.
pub enum Sheet {
    /// The photo that the article opens with, or half of it.
    Hero(Bleed),
    /// A spanner that fills its page, or half of one that fills two.
    Full(usize, Bleed),
    Columns(Plan, Filled),
}

/// One page's free lines, and what stands across it.
#[derive(Clone)]
pub struct Plan {
    top: Vec<u16>,
    bottom: Vec<u16>,
    /// Spanner and its row.
    pub across: Vec<(usize, u16, bool)>,
    opener_row: Option<u16>,
    /// The line on which the rule stands below another article.
    rule_row: Option<u16>,
    jump: Option<Jump>,
    /// How the photo over the article's head covers this page.
    photo: Option<Bleed>,
    /// A photo of the text that bleeds at the head of this page.
    bleeds: Option<usize>,
}

impl Plan {
    /// Nothing stands on it yet.
    pub fn is_bare(&self) -> bool {
        self.across.is_empty() && self.opener_row.is_none() && self.bleeds.is_none()
    }

    /// The article's head stands on it.
    pub fn opens(&self) -> bool {
        self.opener_row.is_some()
    }

    /// It has the left half of a photo over two pages.
    pub fn is_left_half(&self) -> bool {
        matches!(self.photo, Some(Bleed::HeadLeft(_)))
    }
}

impl Pages<'_> {
    /// The pages, and whether something was taller than a column.
    pub fn run(&self) -> (Vec<Sheet>, bool) {
        let mut sheets = self.hero_pages();
        let (before, mut page) = (sheets.len(), 0);
        let mut cursor = Cursor::default();
        let mut placed = vec![false; self.flow.spanners.len()];
        let mut overfull = false;
        // A head has its page, or its text.
        let own = if self.over_two().is_some() { 2 } else { usize::from(!self.is_headed()) };
        let least = before + own;
        while sheets.len() < least || !cursor.is_done(self.flow) || placed.contains(&false) {
            let mut plan = self.open_page(page, &mut placed);
            self.place_bleeding(&mut plan, cursor.next, &mut placed);
            self.place_waiting(&mut plan, &cursor, &mut placed);
            let mut filled = self.fill(&plan, &cursor);
            // The last text would leave a photo behind it without any.
            if filled.after.is_done(self.flow) && self.place_bleeding(&mut plan, filled.after.next, &mut placed) {
                filled = self.fill(&plan, &cursor);
            }
            while let Some(spanner) = self.due(&filled, &placed) {
                let Some((with, refilled)) = self.place_due(&plan, &cursor, &filled, spanner) else { break };
                (plan, filled) = (with, refilled);
                placed[spanner] = true;
            }
            if filled.after == cursor && plan.is_bare() && sheets.len() + 1 > least {
                match cursor.is_done(self.flow) {
                    true => self.force_across(&mut plan, &mut placed),
                    false => filled = self.force(&cursor, &filled),
                }
                overfull = true;
            }
            cursor = filled.after.clone();
            sheets.push(Sheet::Columns(plan, filled));
            page += 1;
            self.full_pages(&cursor, &mut placed, &mut sheets);
        }
        (sheets, overfull)
    }

    pub fn leaves(&self, sheets: &[Sheet]) -> Vec<Leaf> {
        let leaf = |sheet: &Sheet| match sheet {
            Sheet::Hero(half) => {
                let hero = self.opener.hero.as_ref().expect("it has a page");
                if hero.headed {
                    return self.headed(hero, *half);
                }
                let leaf = self.half((&hero.photo, &hero.caption), *half);
                Leaf { wants_verso: !leaf.follows, ..leaf }
            }
            Sheet::Full(i, half) => {
                let spanner = &self.flow.spanners[*i];
                self.half((spanner.full.as_ref().expect("it fills a page"), &spanner.piece.marks), *half)
            }
            Sheet::Columns(plan, filled) => self.paint(plan, filled),
        };
        sheets.iter().map(leaf).collect()
    }

    /// The article's head above its photo, the caption close to that.
    fn headed(&self, hero: &Hero, bleed: Bleed) -> Leaf {
        let mut leaf = Leaf { bleed: Some((hero.photo.photo, hero.photo.node, bleed)), ..Leaf::default() };
        let marks = self.opener.marks.iter().chain(&hero.caption);
        marks.for_each(|mark| leaf.mark(self.texts, mark, Point::default()));
        leaf
    }

    /// A page, or one of two, whose caption is on the second.
    fn half(&self, (full, caption): (&FullPage, &[Mark]), half: Bleed) -> Leaf {
        let [first, second] = self.halves();
        let caption = if half == first { &[] } else { caption };
        Leaf { wants_verso: half == first, follows: half == second, ..self.full_page((full, caption), half) }
    }

    /// The photo that the article opens with, on pages of its own before the text.
    fn hero_pages(&self) -> Vec<Sheet> {
        match self.opener.hero.as_ref() {
            Some(hero) if hero.height.is_none() && hero.two => self.halves().map(Sheet::Hero).into(),
            Some(hero) if self.is_headed() => vec![Sheet::Hero(Bleed::Foot(hero.photo.foot.unwrap_or_default()))],
            Some(hero) if hero.height.is_none() => vec![Sheet::Hero(Bleed::Page)],
            _ => vec![],
        }
    }

    /// The article's head stands on the page of its photo.
    fn is_headed(&self) -> bool {
        self.opener.hero.as_ref().is_some_and(|hero| hero.headed)
    }

    /// The photo over the head that goes on over the facing page.
    fn over_two(&self) -> Option<&Hero> {
        self.above().filter(|hero| hero.two)
    }

    /// In the order of reading: a book bound at the right has its right-hand page first.
    pub fn halves(&self) -> [Bleed; 2] {
        if self.grid.is_vertical() { [Bleed::Right, Bleed::Left] } else { [Bleed::Left, Bleed::Right] }
    }

    /// A full page follows the page on which its place in the text was reached.
    fn full_pages(&self, cursor: &Cursor, placed: &mut [bool], sheets: &mut Vec<Sheet>) {
        for (i, spanner) in self.flow.spanners.iter().enumerate() {
            if placed[i] || spanner.full.is_none() || spanner.anchor > cursor.next {
                continue;
            }
            if self.shares(spanner).is_some() && !cursor.is_done(self.flow) {
                return;
            }
            if spanner.columns > self.grid.columns {
                sheets.extend(self.halves().map(|half| Sheet::Full(i, half)));
            } else {
                sheets.push(Sheet::Full(i, Bleed::Page));
            }
            placed[i] = true;
        }
    }

    /// A photo to the edges, its caption's lines at the foot.
    fn full_page(&self, (full, caption): (&FullPage, &[Mark]), bleed: Bleed) -> Leaf {
        let mut leaf = Leaf { vertical: self.grid.is_vertical(), ..Leaf::default() };
        self.bleeding(&mut leaf, (full, caption), bleed);
        leaf
    }

    fn bleeding(&self, leaf: &mut Leaf, (full, caption): (&FullPage, &[Mark]), bleed: Bleed) {
        let vertical = self.grid.is_vertical();
        leaf.bleed = Some((full.photo, full.node, bleed));
        let lines: Vec<&Mark> = caption.iter().filter(|m| matches!(m, Mark::Line { .. })).collect();
        let pitch = self.grid.pitch * 2 / 3;
        let (width, height) = self.grid.across();
        let last = pitch * lines.len().saturating_sub(1) as i32;
        // On the photo's foot, or below a photo that leaves the page's foot free.
        let top = match full.foot {
            None => height + self.grid.margins.bottom / 2 - last,
            Some(foot) => foot - self.grid.margins.top + pitch * 3 / 2,
        };
        for (n, mark) in lines.iter().enumerate() {
            if let Mark::Line { text, line, .. } = mark {
                let y = top + pitch * n as i32;
                let at = if vertical { Point { x: y, y: width } } else { Point { x: Len::ZERO, y } };
                leaf.line(self.texts, *text, *line, at);
            }
        }
    }

    /// A page as wide and as high as the type area, less what jump lines take.
    fn new_page(&self, page: usize) -> Plan {
        let (columns, rows) = (usize::from(self.grid.columns), self.grid.rows);
        let (top, bottom) = (vec![0; columns], vec![rows; columns]);
        let mut plan = Plan {
            top,
            bottom,
            across: vec![],
            opener_row: None,
            rule_row: None,
            jump: None,
            photo: None,
            bleeds: None,
        };
        match self.rest {
            Some(rest) if page + 1 == rest.kept => {
                plan.bottom[columns - 1] -= 1;
                plan.jump = Some(Jump::To);
            }
            Some(rest) if page == rest.kept => {
                let head = rest.below.map_or(0, |(_, end)| end + BETWEEN);
                plan.rule_row = rest.below.map(|(_, end)| end + 1);
                plan.top = vec![head + RESUMED; columns];
                plan.jump = Some(Jump::From(head));
            }
            _ => {}
        }
        if let Some((hero, height)) = self.above().and_then(|hero| Some((hero, hero.height?))) {
            plan.photo = match (page, hero.two) {
                (0, false) => Some(Bleed::Head(height)),
                (0, true) => Some(Bleed::HeadLeft(height)),
                (1, true) => Some(Bleed::HeadRight(height)),
                _ => None,
            };
            if page == 1 && hero.two {
                plan.top.fill(hero.rows);
            }
        }
        plan
    }

    /// The first page has the opener, below the photo that the article begins with.
    fn open_page(&self, page: usize, placed: &mut [bool]) -> Plan {
        let (columns, rows) = (usize::from(self.grid.columns), self.grid.rows);
        let mut plan = self.new_page(page);
        if page > 0 {
            return plan;
        }
        if self.is_headed() {
            return plan;
        }
        plan.rule_row = self.from.map(|end| end + 1);
        let mut head = self.from.map_or(0, |end| end + BETWEEN) + self.above().map_or(0, |h| h.rows);
        let lead = self.flow.spanners.iter().position(|s| {
            s.anchor == 0 && s.leads && s.full.is_none() && usize::from(s.columns) == columns && head == 0
        });
        if let Some(i) = lead.filter(|i| self.flow.spanners[*i].piece.rows + self.opener.rows + 6 <= rows) {
            plan.across.push((i, 0, true));
            placed[i] = true;
            head = self.flow.spanners[i].piece.rows + 1;
        }
        plan.opener_row = Some(head);
        plan.top = vec![self.below(head).min(rows); columns];
        plan
    }

    /// The first line below an article's head that begins on this one.
    fn below(&self, head: u16) -> u16 {
        (head + self.opener.rows).saturating_add_signed(-self.shift)
    }

    /// The photo over the opener, where there is one.
    fn above(&self) -> Option<&Hero> {
        self.opener.hero.as_ref().filter(|h| h.height.is_some())
    }

    /// A photo shown whole that would leave its page half white has the text go on below it; whether one stands here whose
    /// place comes before piece `reached`.
    fn place_bleeding(&self, plan: &mut Plan, reached: usize, placed: &mut [bool]) -> bool {
        let next = (0..placed.len()).find(|i| !placed[*i] && self.flow.spanners[*i].full.is_some());
        let due = next.filter(|i| reached > 0 && self.flow.spanners[*i].anchor <= reached);
        let untouched = plan.is_bare() && plan.jump.is_none() && plan.photo.is_none();
        let shared = due.filter(|_| untouched).and_then(|i| Some((i, self.shares(&self.flow.spanners[i])?)));
        if let Some((i, rows)) = shared {
            plan.top.fill(rows);
            plan.bleeds = Some(i);
            placed[i] = true;
        }
        shared.is_some()
    }

    /// The lines that a photo to three edges takes with its caption, where enough are left below it.
    fn shares(&self, spanner: &Spanner) -> Option<u16> {
        let foot = spanner.full.as_ref()?.foot.filter(|_| !self.grid.is_vertical())?;
        let pitch = self.grid.pitch;
        let caption = pitch * 3 / 2 + pitch * 2 / 3 * spanner.piece.marks.len() as i32;
        let rows = ((foot - self.grid.margins.top + caption).count_up(pitch)).max(0) as u16;
        (spanner.columns <= self.grid.columns && rows + LEAST <= self.grid.rows).then_some(rows)
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

    /// Tries head and foot; its place in the text must stay on the page. The first of equals is the head, on an opening page
    /// and where something stands at the head the foot.
    fn place_due(&self, plan: &Plan, cursor: &Cursor, filled: &Filled, i: usize) -> Option<(Plan, Filled)> {
        let spanner = &self.flow.spanners[i];
        let foot_first = plan.opener_row.is_some() && !filled.after.is_done(self.flow) || !plan.across.is_empty();
        let order = if foot_first { [false, true] } else { [true, false] };
        let tried = order.into_iter().filter_map(|head| {
            let with = self.across(plan, i, spanner, head)?;
            let refilled = self.fill(&with, cursor);
            let cost = refilled.cost.plus(self.apart(&with, &refilled, i));
            (spanner.anchor <= refilled.after.next).then_some((cost, with, refilled))
        });
        tried.min_by_key(|(cost, ..)| *cost).map(|(_, with, refilled)| (with, refilled))
    }

    /// What it costs that a spanner stands away from its place in the text.
    fn apart(&self, plan: &Plan, filled: &Filled, i: usize) -> Cost {
        let anchor = self.flow.spanners[i].anchor;
        let place = filled.placed.iter().find(|p| p.kind == Kind::Flow && p.piece == anchor);
        let across = plan.across.iter().find(|(spanner, ..)| *spanner == i);
        let (Some(place), Some(&(_, row, _))) = (place, across) else { return Cost::FREE };
        let end = row + self.flow.spanners[i].piece.rows;
        Cost::apart(row.saturating_sub(place.row).max(place.row.saturating_sub(end)))
    }

    /// The plan with a spanner at the head or foot of its columns, if at least five lines stay free there, or none; a page
    /// that has nothing else takes it in any case.
    fn across(&self, plan: &Plan, i: usize, spanner: &Spanner, head: bool) -> Option<Plan> {
        let columns = usize::from(spanner.columns).min(plan.top.len());
        let rows = spanner.piece.rows;
        let top = *plan.top[..columns].iter().max()?;
        let bottom = *plan.bottom[..columns].iter().min()?;
        let free = bottom.checked_sub(top)?.checked_sub(rows)?;
        if free > 0 && free < 5 && !plan.is_bare() {
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
        // Tiers are filled one after the other, the last one too (clreq §Major Differences (e)).
        let level = if self.grid.is_vertical() { None } else { balance(self.flow, cursor, &slots) };
        level.unwrap_or_else(|| fill(self.flow, cursor, &slots))
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

    /// So is a spanner, when the text is at its end.
    fn force_across(&self, plan: &mut Plan, placed: &mut [bool]) {
        if let Some(spanner) = placed.iter().position(|placed| !placed) {
            plan.across.push((spanner, 0, true));
            placed[spanner] = true;
        }
    }

    /// Lines of its columns that nothing stands on, and the foot of what stands lowest.
    pub fn stands(&self, plan: &Plan, filled: &Filled) -> (u16, u16) {
        let room: u16 = plan.top.iter().zip(&plan.bottom).map(|(top, bottom)| bottom.saturating_sub(*top)).sum();
        let taken = |p: &Placement| match p.kind {
            Kind::Note => self.flow.notes[p.piece].rows,
            Kind::Flow | Kind::FootFloat => self.flow.pieces[p.piece].rows,
            Kind::TableHead => self.flow.heads[p.piece].rows,
            Kind::NoteRule => 1,
        };
        let free = room.saturating_sub(filled.placed.iter().map(taken).sum());
        let stands = filled.placed.iter().map(|p| p.row + taken(p));
        let across = plan.across.iter().map(|(i, row, _)| row + self.flow.spanners[*i].piece.rows);
        let head = plan.opener_row.map(|row| self.below(row));
        let end = stands.chain(across).chain(head).max().unwrap_or(0);
        (free, end)
    }

    /// In reading order: what stands across the head, the opener, the columns, what stands across the foot.
    fn paint(&self, plan: &Plan, filled: &Filled) -> Leaf {
        let lines = filled.placed.iter().filter(|p| p.kind == Kind::Flow).map(|p| self.flow.pieces[p.piece].rows).sum();
        let numbers = self.numbers(filled);
        let (free, end) = self.stands(plan, filled);
        let vertical = self.grid.is_vertical();
        let mut leaf = Leaf { vertical, lines, free, end, numbers, jump: plan.jump, ..Leaf::default() };
        if let Some(row) = plan.rule_row {
            let at = Logical { inline: Len::ZERO, block: self.grid.row_y(row) };
            let rule = Mark::Rule { at, length: self.grid.width, thickness: Len::pt(35), ink: Ink::BLACK };
            leaf.mark(self.texts, &rule, Point::default());
        }
        let across = |leaf: &mut Leaf, head: bool| {
            for (i, row, _) in plan.across.iter().filter(|(_, _, h)| *h == head) {
                let piece = &self.flow.spanners[*i].piece;
                let down = if head { Len::ZERO } else { self.foot_shift(piece.slack) };
                leaf.piece(self.texts, piece, Point { x: Len::ZERO, y: self.grid.row_y(*row) + down });
            }
        };
        if let Some((hero, bleed)) = self.above().zip(plan.photo) {
            leaf.bleed = Some((hero.photo.photo, hero.photo.node, bleed));
            let y = hero.height.unwrap_or_default() - self.grid.margins.top + Len::pt(350);
            if !plan.is_left_half() {
                hero.caption.iter().for_each(|m| leaf.mark(self.texts, m, Point { x: Len::ZERO, y }));
            }
            leaf.wants_verso = plan.is_left_half();
            leaf.follows = matches!(bleed, Bleed::HeadRight(_));
        }
        let own = plan.bleeds.map(|i| &self.flow.spanners[i]);
        if let Some((spanner, full)) = own.and_then(|spanner| Some((spanner, spanner.full.as_ref()?))) {
            let bleed = Bleed::Head(full.foot.unwrap_or_default());
            self.bleeding(&mut leaf, (full, &spanner.piece.marks), bleed);
        }
        across(&mut leaf, true);
        if let Some(row) = plan.opener_row {
            // White is taken from above the head.
            let raised = self.grid.pitch * i32::from(self.shift.max(0));
            let origin = Point { x: Len::ZERO, y: self.grid.row_y(row) - raised };
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
        // What begins no block of the manuscript has no mark in the text and no number: a journal's first page notes.
        let numbered = |p: &&Placement| p.kind == Kind::Note && self.flow.notes[p.piece].begins.is_some();
        let notes = filled.placed.iter().filter(numbered);
        let order = notes.enumerate().map(|(i, p)| (p.piece, i)).collect();
        Numbers { order, glyphs: self.circled.clone() }
    }

    /// At a foot the block's slack stands above it; its last line keeps the grid's own share below.
    fn foot_shift(&self, slack: Len) -> Len {
        (slack - self.grid.pitch / 4).max(Len::ZERO)
    }
}
