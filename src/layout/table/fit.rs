//! How wide a table is and what its columns take of that.
//!
//! In: the grid of cells. Out: [`Fit`]: the columns of the page it stands across, its type, its columns' widths.

use super::{Grid, Placed};
use crate::base::Len;
use crate::doc::Table;
use crate::font::Weight;
use crate::layout::compose::{Compose, Frame};
use crate::style::Role;

/// A column of text is read with ease from this many em on; what is narrower by nature keeps its width.
const EASY: i32 = 7;
/// Shares of the table's type that are tried where a whole page's width isn't enough.
const SMALLER: [(i32, i32); 3] = [(1, 1), (7, 8), (3, 4)];

pub struct Fit {
    /// Columns of the page.
    pub across: u8,
    pub inset: Len,
    pub width: Len,
    pub role: Role,
    /// Left edge and width of each column, from the table's left edge.
    at: Vec<(Len, Len)>,
}

impl Fit {
    /// The fewest columns of the page in which no column of the table is squeezed; else the whole width and smaller type.
    /// Within a quotation, a list or a box a table stays where it is.
    pub fn of(c: &mut Compose, grid: &Grid, table: &Table, frame: Frame) -> Fit {
        let role = c.theme().roles.table;
        let page = c.theme().grid.columns;
        let free = frame.inset == Len::ZERO && c.measure(frame) == c.theme().grid.measure;
        let most = if free { page } else { 1 };
        let natural = natural_widths(c, grid, table, &role);
        let width =
            |c: &Compose, across: u8| if across == 1 { c.measure(frame) } else { c.theme().grid.span_width(across) };
        let least: Len = natural.iter().map(|w| (*w).min(role.size * EASY)).sum();
        let fits = |width: Len, (n, of): (i32, i32)| (least + gaps(grid, &role)).scale(n, of) <= width;
        let across = (1..=most).find(|n| fits(width(c, *n), SMALLER[0])).unwrap_or(most);
        let total = width(c, across);
        let share = SMALLER.into_iter().find(|share| fits(total, *share)).unwrap_or(SMALLER[2]);
        let role = Role { size: role.size.scale(share.0, share.1), ..role };
        let widths = natural.iter().map(|w| w.scale(share.0, share.1)).collect();
        let inset = if across == 1 { frame.inset } else { Len::ZERO };
        Fit { across, inset, width: total, role, at: columns(widths, total, &role) }
    }

    /// Left edge and width of a cell.
    pub fn span(&self, column: usize, columns: usize) -> (Len, Len) {
        let (x, _) = self.at[column];
        let (last, width) = self.at[(column + columns - 1).min(self.at.len() - 1)];
        (x, last + width - x)
    }

    pub fn cell_role(&self, placed: &Placed) -> Role {
        if placed.head || placed.cell.heads_row { Role { weight: Weight::Bold, ..self.role } } else { self.role }
    }
}

/// An em between two columns.
fn gaps(grid: &Grid, role: &Role) -> Len {
    role.size * (grid.columns as i32 - 1)
}

/// Each column as wide as its widest cell; a cell over several widens the last of them where it must.
fn natural_widths(c: &mut Compose, grid: &Grid, table: &Table, role: &Role) -> Vec<Len> {
    debug_assert!(grid.rows == table.head.len() + table.rows.len());
    let mut widths = vec![role.size * 2; grid.columns];
    for single in [true, false] {
        for placed in grid.cells.iter().filter(|p| (p.columns == 1) == single) {
            let bold = placed.head || placed.cell.heads_row;
            let role = if bold { Role { weight: Weight::Bold, ..*role } } else { *role };
            let runs = c.setter.runs(&placed.cell.text, &role);
            let wide = c.setter.natural_width(&runs, role.size);
            let own = &mut widths[placed.column..placed.column + placed.columns];
            let there = own.iter().copied().sum::<Len>() + role.size * (placed.columns as i32 - 1);
            if let Some(last) = own.last_mut().filter(|_| single || there < role.size * EASY) {
                *last = if single { (*last).max(wide) } else { *last + (wide - there).max(Len::ZERO) };
            }
        }
    }
    widths
}

/// The widest give way until all fit, none under three em while there is room; what is left over is shared out.
fn columns(mut widths: Vec<Len>, total: Len, role: &Role) -> Vec<(Len, Len)> {
    let count = widths.len() as i32;
    // Beyond forty columns or so the em between them would leave nothing for the cells.
    let gap = role.size.min(total / (count * 4));
    let room = total - gap * (count - 1);
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by_key(|i| widths[*i]);
    let mut left = room;
    for (k, i) in order.iter().enumerate() {
        let share = left / (order.len() - k) as i32;
        widths[*i] = widths[*i].min(share.max((role.size * 3).min(share)));
        left -= widths[*i];
    }
    let spare = (room - widths.iter().copied().sum()).max(Len::ZERO) / count;
    let mut x = Len::ZERO;
    let place = |width: Len| {
        let column = (x, width + spare);
        x += width + spare + gap;
        column
    };
    widths.into_iter().map(place).collect()
}
