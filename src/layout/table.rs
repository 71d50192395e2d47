//! Tables: cells in their grid, widths by content, rows in whole grid lines, rules above, below and under the head.
//!
//! In: a `doc::Table`. Out: pieces of the flow, a row each, whose head stands again above a further column; a table that
//! would be squeezed in one column becomes spanners across several, and is set smaller where that isn't enough.

mod fit;

use super::compose::{Compose, Frame};
use super::flow::{Cost, Form, Mark, Piece};
use super::set::{Setting, TextId};
use crate::base::{BlockId, Ink, Len, Logical};
use crate::doc::{Align, Cell, Table};
use crate::font::Weight;
use crate::page::{CellSpan, NodeId, Role as NodeRole};
use crate::style::Role;
use crate::text::LineShape;
use fit::Fit;

/// A row beyond this many lines may be cut.
const TALL: u16 = 14;

/// A cell in the grid of columns and rows.
struct Placed<'t> {
    cell: &'t Cell,
    row: usize,
    column: usize,
    columns: usize,
    rows: usize,
    head: bool,
}

/// The table's cells by row, and how many columns and rows there are.
struct Grid<'t> {
    cells: Vec<Placed<'t>>,
    columns: usize,
    head: usize,
    rows: usize,
}

impl<'t> Grid<'t> {
    /// The table model of HTML: a cell takes the next columns that no cell above reaches into.
    fn of(table: &'t Table) -> Grid<'t> {
        let mut grid = Grid { cells: vec![], columns: 1, head: table.head.len(), rows: 0 };
        for (rows, head) in [(&table.head, true), (&table.rows, false)] {
            let mut taken: Vec<usize> = vec![];
            for (i, row) in rows.iter().enumerate() {
                let mut column = 0;
                for cell in row {
                    while taken.get(column).is_some_and(|n| *n > 0) {
                        column += 1;
                    }
                    let columns = usize::from(cell.columns).max(1);
                    let down = usize::from(cell.rows).clamp(1, rows.len() - i);
                    taken.resize(taken.len().max(column + columns), 0);
                    taken[column..column + columns].fill(down);
                    grid.cells.push(Placed { cell, row: grid.rows, column, columns, rows: down, head });
                    column += columns;
                }
                grid.columns = grid.columns.max(taken.len());
                taken.iter_mut().for_each(|n| *n = n.saturating_sub(1));
                grid.rows += 1;
            }
        }
        grid
    }
}

/// Adds a table.
pub fn compose(c: &mut Compose, id: BlockId, table: &Table, frame: Frame) {
    let grid = Grid::of(table);
    let fit = Fit::of(c, &grid, table, frame);
    let node = c.add(frame.node, NodeRole::Table);
    let mut bands = Vec::from_iter(caption(c, table, &fit, node));
    let captions = bands.len();
    let mut setting = Rows { c, grid: &grid, fit: &fit, table, node: Some(node) };
    bands.extend(setting.bands(0..grid.rows));
    let heads = captions + bands[captions..].iter().take_while(|b| b.first < grid.head).count();
    let head = (grid.head > 0 && heads > captions).then(|| {
        setting.node = None;
        stacked(setting.bands(0..grid.head).into_iter().map(|b| b.piece), setting.c)
    });
    if let Some(first) = bands.first_mut() {
        first.piece.begins = Some(id);
    }
    match fit.across {
        1 => flow(c, bands, heads, head),
        _ => across(c, (bands, heads), head, fit.across),
    }
}

/// Rows that belong together: those that a cell spans are never parted.
struct Band {
    /// Its first row in the grid.
    first: usize,
    piece: Piece,
}

/// In the column, row by row.
fn flow(c: &mut Compose, bands: Vec<Band>, heads: usize, head: Option<Piece>) {
    let number = head.map(|piece| {
        c.flow.heads.push(piece);
        c.flow.heads.len() - 1
    });
    let last = bands.len();
    c.spaced(|c| {
        for (i, band) in bands.into_iter().enumerate() {
            // The head stays with the first row, the last row with the one before it.
            let break_cost = match i {
                0 => Cost::FREE,
                _ if i <= heads => Cost::FORBIDDEN,
                _ if i + 1 == last => Cost::LONE_LINE,
                _ => Cost::FREE,
            };
            let head = number.filter(|_| i > heads);
            let cut = band.piece.rows > TALL;
            let parts = if cut { in_lines(band.piece, c) } else { vec![band.piece] };
            for (n, part) in parts.into_iter().enumerate() {
                let break_cost = if n == 0 { break_cost } else { Cost::LONE_LINE };
                let head = number.filter(|_| n > 0).or(head);
                c.flow.push(Piece { break_cost, head, ..part });
            }
        }
    });
}

/// Across columns: as many rows at a time as a page holds, each part under the head.
fn across(c: &mut Compose, (bands, heads): (Vec<Band>, usize), head: Option<Piece>, columns: u8) {
    let most = (c.theme().grid.rows * 3 / 4).max(6);
    let mut parts: Vec<Vec<Piece>> = vec![vec![]];
    for (i, band) in bands.into_iter().enumerate() {
        for piece in if band.piece.rows > most { in_lines(band.piece, c) } else { vec![band.piece] } {
            let rows: u16 = parts.last().map_or(0, |p| p.iter().map(|p| p.rows).sum());
            if rows + piece.rows > most && i > heads {
                parts.push(Vec::from_iter(head.clone()));
            }
            parts.last_mut().expect("there is one").push(piece);
        }
    }
    for part in parts {
        let begins = part.iter().find_map(|p| p.begins);
        let mut piece = stacked(part.into_iter(), c);
        piece.begins = begins;
        // A line of air towards the text.
        piece.rows += 1;
        piece.slack = c.theme().grid.pitch;
        c.flow.illustrate(vec![Form { leads: false, ..Form::new(columns, piece) }]);
    }
}

/// One below the other as one piece.
fn stacked(pieces: impl Iterator<Item = Piece>, c: &Compose) -> Piece {
    let mut whole = Piece::default();
    for piece in pieces {
        let down = c.theme().grid.row_y(whole.rows);
        whole.marks.extend(piece.marks.into_iter().map(|m| m.lowered(down)));
        whole.rows += piece.rows;
        whole.pos = whole.pos.or(piece.pos);
    }
    whole
}

/// Cut into pieces of one grid line.
fn in_lines(piece: Piece, c: &Compose) -> Vec<Piece> {
    let grid = &c.theme().grid;
    let mut lines: Vec<Piece> = (0..piece.rows).map(|_| Piece { rows: 1, ..Piece::default() }).collect();
    let last = lines.len() - 1;
    for mark in piece.marks {
        let (Mark::Line { at, .. } | Mark::Rule { at, .. }) = &mark else { continue };
        let n = (at.block.count(grid.pitch) as usize).min(last);
        lines[n].marks.push(mark.lowered(-grid.row_y(n as u16)));
    }
    lines[0] = Piece { pos: piece.pos, begins: piece.begins, before: piece.before, ..lines[0].clone() };
    lines
}

/// 表题, above the table.
fn caption(c: &mut Compose, table: &Table, fit: &Fit, node: NodeId) -> Option<Band> {
    if table.caption.is_empty() {
        return None;
    }
    let role = Role { weight: Weight::Bold, ..fit.role };
    let node = c.add(node, NodeRole::Caption);
    let runs = c.setter.runs(&table.caption, &role);
    let runs: Vec<_> = runs.into_iter().map(|r| crate::text::TextRun { counts: false, ..r }).collect();
    let shape = LineShape::ragged(fit.width);
    let text = c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: None });
    let lines = c.setter.text(text).lines.len();
    let mark = |line: usize| {
        let block = c.theme().grid.row_y(line as u16) + c.baseline(&role);
        Mark::Line { text, line, at: Logical { inline: fit.inset, block } }
    };
    Some(Band {
        first: 0,
        piece: Piece { rows: lines as u16, marks: (0..lines).map(mark).collect(), ..Piece::default() },
    })
}

/// Sets rows of the grid.
struct Rows<'r, 's, 'a, 't> {
    c: &'r mut Compose<'s, 'a>,
    grid: &'r Grid<'t>,
    fit: &'r Fit,
    table: &'t Table,
    /// None: a head that is repeated, an artifact without marks of notes and links.
    node: Option<NodeId>,
}

impl Rows<'_, '_, '_, '_> {
    fn bands(&mut self, rows: std::ops::Range<usize>) -> Vec<Band> {
        let mut bands = vec![];
        let mut first = rows.start;
        for row in rows.clone() {
            let crossed = self.grid.cells.iter().any(|p| p.row <= row && p.row + p.rows > row + 1);
            if !crossed || row + 1 == rows.end {
                let piece = self.band(first..row + 1);
                bands.push(Band { first, piece });
                first = row + 1;
            }
        }
        bands
    }

    fn band(&mut self, rows: std::ops::Range<usize>) -> Piece {
        let mut texts: Vec<(usize, TextId)> = vec![];
        let mut heights = vec![1_u16; rows.len()];
        for row in rows.clone() {
            let node = self.node.map(|table| self.c.add(table, NodeRole::TableRow));
            for i in (0..self.grid.cells.len()).filter(|i| self.grid.cells[*i].row == row) {
                texts.push((i, self.cell(i, node)));
            }
        }
        let lines = |c: &Compose, text: TextId| c.setter.text(text).lines.len() as u16;
        for single in [true, false] {
            for (i, text) in texts.iter().filter(|(i, _)| (self.grid.cells[*i].rows == 1) == single) {
                let cell = &self.grid.cells[*i];
                let own = cell.row - rows.start..(cell.row - rows.start + cell.rows).min(rows.len());
                let there: u16 = heights[own.clone()].iter().sum();
                heights[own.end - 1] += lines(self.c, *text).saturating_sub(there);
            }
        }
        let mut piece = Piece { rows: heights.iter().sum(), ..Piece::default() };
        for (i, text) in &texts {
            let above: u16 = heights[..self.grid.cells[*i].row - rows.start].iter().sum();
            self.lines(*i, *text, above, &mut piece);
        }
        if self.node.is_some() {
            piece.pos = texts.iter().find_map(|(_, t)| self.c.pos_of(*t));
        }
        self.rules(rows, &mut piece);
        piece
    }

    fn cell(&mut self, i: usize, row: Option<NodeId>) -> TextId {
        let placed = &self.grid.cells[i];
        let span = CellSpan { columns: placed.columns as u16, rows: placed.rows as u16 };
        let of_row = !placed.head && placed.cell.heads_row;
        let kind = if placed.head || of_row { NodeRole::TableHead { of_row, span } } else { NodeRole::TableCell(span) };
        let role = self.fit.cell_role(placed);
        let mut runs = self.c.setter.runs(&placed.cell.text, &role);
        let node = row.map(|row| self.c.add(row, kind));
        if node.is_none() {
            runs.retain(|r| r.style.note.is_none());
            runs.iter_mut().for_each(|r| r.style.link = None);
        }
        let shape = LineShape::ragged(self.fit.span(placed.column, placed.columns).1);
        self.c.setter.set(&runs, Setting { role: &role, shape, node, block: node.map(|_| placed.cell.id) })
    }

    fn lines(&self, i: usize, text: TextId, above: u16, piece: &mut Piece) {
        let placed = &self.grid.cells[i];
        let (x, width) = self.fit.span(placed.column, placed.columns);
        let align = placed.cell.align.or(self.table.align.get(placed.column).copied()).unwrap_or_default();
        let align = if placed.columns > 1 && placed.head { Align::Center } else { align };
        let grid = &self.c.theme().grid;
        for (line, set) in self.c.setter.text(text).lines.iter().enumerate() {
            let slack = width - set.target;
            let shift = match align {
                Align::Center => slack / 2,
                Align::End => slack,
                Align::Start => Len::ZERO,
            };
            let block = grid.row_y(above + line as u16) + self.c.baseline(&self.fit.role);
            let at = Logical { inline: self.fit.inset + x + shift, block };
            piece.marks.push(Mark::Line { text, line, at });
        }
    }

    /// A rule at the table's head and foot, a thin one under its head.
    fn rules(&self, rows: std::ops::Range<usize>, piece: &mut Piece) {
        let rule = |block, hundredths| {
            let at = Logical { inline: self.fit.inset, block };
            Mark::Rule { at, length: self.fit.width, thickness: Len::pt(hundredths), ink: Ink::BLACK }
        };
        if rows.start == 0 {
            piece.marks.push(rule(Len::ZERO, 80));
        } else if rows.start == self.grid.head {
            piece.marks.push(rule(Len::ZERO, 35));
        }
        if rows.end == self.grid.rows {
            piece.marks.push(rule(self.c.theme().grid.row_y(piece.rows), 80));
        }
    }
}
