//! What a page is built on, for those who want to see it.

use super::compose::baseline_in;
use crate::base::{Len, Point, Rect};
use crate::page::TypeArea;
use crate::style::Grid;

/// The type area with its upper left corner at `origin`; `body` is the size whose baselines are the grid's.
pub fn type_area(grid: &Grid, body: Len, origin: Point) -> TypeArea {
    let height = grid.row_y(grid.rows);
    let column = |i| Rect::new(origin.x + grid.column_x(i), origin.y, grid.measure, height);
    let baseline = |row| origin.y + grid.row_y(row) + baseline_in(grid.pitch, body);
    TypeArea {
        frame: Rect::new(origin.x, origin.y, grid.width, height),
        columns: (0..grid.columns).map(column).collect(),
        baselines: (0..grid.rows).map(baseline).collect(),
    }
}
