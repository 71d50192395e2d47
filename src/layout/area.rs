//! What a page is built on, for those who want to see it.

use super::axes::Axes;
use super::compose::baseline_in;
use crate::base::{Len, Point, Rect};
use crate::page::TypeArea;
use crate::style::Grid;

/// The type area in `axes` of the page; `body` is the size whose baselines are the grid's. A vertical line's is its middle.
pub fn type_area(grid: &Grid, body: Len, axes: &Axes) -> TypeArea {
    let column = |i| Rect::new(grid.column_x(i), Len::ZERO, grid.measure, grid.depth());
    let in_row = if grid.is_vertical() { grid.pitch / 2 } else { baseline_in(grid.pitch, body) };
    let baseline = |row| grid.row_y(row) + in_row;
    let place = |row| axes.point(Point { x: Len::ZERO, y: baseline(row) });
    TypeArea {
        frame: axes.rect(Rect::new(Len::ZERO, Len::ZERO, grid.width, grid.depth())),
        columns: (0..grid.columns).map(|i| axes.rect(column(i))).collect(),
        baselines: (0..grid.rows).map(place).map(|p| if grid.is_vertical() { p.x } else { p.y }).collect(),
        vertical: grid.is_vertical(),
    }
}
