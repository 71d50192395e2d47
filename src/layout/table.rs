//! Tables in a column: widths by content, rows in whole grid lines, rules above, below and under the head.

use super::compose::{Compose, Frame};
use super::flow::{Cost, Mark, Piece};
use super::set::{Setting, TextId};
use crate::base::{Ink, Len, Logical};
use crate::doc::{Align, Cell, Table};
use crate::font::Weight;
use crate::page::{NodeId, Role as NodeRole};
use crate::style::Role;
use crate::text::LineShape;

struct Columns {
    /// Left edge and width of each, from the table's left edge.
    at: Vec<(Len, Len)>,
    align: Vec<Align>,
}

/// Adds a table row by row; a row is never cut.
pub fn compose(c: &mut Compose, table: &Table, frame: Frame) {
    let node = c.add(frame.node, NodeRole::Table);
    let columns = Columns::of(c, table, c.measure(frame));
    let rows = table.rows.len();
    let rule = |block, thickness| {
        let at = Logical { inline: frame.inset, block };
        Mark::Rule { at, length: c.theme().grid.measure - frame.inset, thickness, ink: Ink::BLACK }
    };
    let (top, thin) = (rule(Len::ZERO, Len::pt(80)), rule(Len::ZERO, Len::pt(35)));
    for (i, cells) in table.head.iter().enumerate() {
        let mut piece = row(c, cells, &columns, (node, true), frame);
        if i == 0 {
            piece.marks.push(top.clone());
        }
        c.flow.push(piece);
    }
    for (i, cells) in table.rows.iter().enumerate() {
        let mut piece = row(c, cells, &columns, (node, false), frame);
        if i == 0 {
            piece.marks.push(if table.head.is_empty() { top.clone() } else { thin.clone() });
        }
        if i + 1 == rows {
            let mut foot = top.clone();
            if let Mark::Rule { at, .. } = &mut foot {
                at.block = c.theme().grid.row_y(piece.rows);
            }
            piece.marks.push(foot);
        }
        // The head stays with the first row, the last row with the one before it.
        piece.break_cost = if i == 0 && !table.head.is_empty() { Cost::FORBIDDEN } else { Cost::LONE_LINE };
        c.flow.push(piece);
    }
}

impl Columns {
    /// Each as wide as its widest cell if all fit; else the wide ones give way, none under three em.
    fn of(c: &mut Compose, table: &Table, measure: Len) -> Columns {
        let role = c.theme().roles.table;
        let count = table.head.iter().chain(&table.rows).map(Vec::len).max().unwrap_or(0).max(1);
        let mut widths = vec![role.size * 2; count];
        let heads = table.head.iter().map(|r| (r, true));
        for (cells, head) in table.rows.iter().map(|r| (r, false)).chain(heads) {
            for (width, cell) in widths.iter_mut().zip(cells) {
                let runs = c.setter.runs(&cell.text, &of_row(role, head));
                *width = (*width).max(c.setter.natural_width(&runs, role.size));
            }
        }
        let room = measure - role.size * (count as i32 - 1);
        fit(&mut widths, room, role.size * 3);
        let spare = (room - widths.iter().copied().sum()).max(Len::ZERO) / count as i32;
        let mut x = Len::ZERO;
        let place = |width: &Len| {
            let column = (x, *width + spare);
            x += *width + spare + role.size;
            column
        };
        Columns { at: widths.iter().map(place).collect(), align: table.align.clone() }
    }
}

/// Lowers the widest columns to one common width until all fit.
fn fit(widths: &mut [Len], room: Len, least: Len) {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|i| widths[*i]);
    let mut left = room;
    for (k, i) in order.iter().enumerate() {
        let share = left / (order.len() - k) as i32;
        widths[*i] = widths[*i].min(share.max(least.min(share)));
        left -= widths[*i];
    }
}

fn of_row(role: Role, head: bool) -> Role {
    if head { Role { weight: Weight::Bold, ..role } } else { role }
}

fn row(c: &mut Compose, cells: &[Cell], columns: &Columns, (table, head): (NodeId, bool), frame: Frame) -> Piece {
    let role = of_row(c.theme().roles.table, head);
    let node = c.add(table, NodeRole::TableRow);
    let mut texts: Vec<(TextId, usize)> = vec![];
    for (i, cell) in cells.iter().enumerate().take(columns.at.len()) {
        let node = c.add(node, if head { NodeRole::TableHead } else { NodeRole::TableCell });
        let runs = c.setter.runs(&cell.text, &role);
        let shape = LineShape::ragged(columns.at[i].1);
        texts.push((c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: Some(cell.id) }), i));
    }
    let rows = texts.iter().map(|(t, _)| c.setter.text(*t).lines.len()).max().unwrap_or(1).max(1);
    let mut marks = vec![];
    for (text, i) in &texts {
        let (x, width) = columns.at[*i];
        for (line, set) in c.setter.text(*text).lines.iter().enumerate() {
            let slack = width - set.target;
            let shift = match columns.align.get(*i) {
                Some(Align::Center) => slack / 2,
                Some(Align::End) => slack,
                _ => Len::ZERO,
            };
            let block = c.theme().grid.row_y(line as u16) + c.baseline(&role);
            marks.push(Mark::Line { text: *text, line, at: Logical { inline: frame.inset + x + shift, block } });
        }
    }
    let pos = texts.iter().find_map(|(t, _)| c.pos_of(*t));
    Piece { rows: rows as u16, marks, pos, ..Piece::default() }
}
