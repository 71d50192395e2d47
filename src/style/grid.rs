//! The type area and its baseline grid.

use super::spec::PageSpec;
use crate::base::Len;
use crate::doc::{Margins, PageSetup};

/// The type area in logical terms: the spine's side is settled when pages are bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    pub trim: (Len, Len),
    pub margins: Margins,
    /// One line of the grid.
    pub pitch: Len,
    /// Lines of the type area.
    pub rows: u16,
    pub columns: u8,
    /// A whole number of em.
    pub measure: Len,
    pub gutter: Len,
    /// The type area's width: columns and gutters.
    pub width: Len,
}

/// The width of page that a theme's margins and display sizes are given for.
pub const NOMINAL_WIDTH: Len = Len::mm(21000);

impl Grid {
    /// The manifest's page wins over the theme's.
    pub fn fit(spec: &PageSpec, page: &PageSetup, columns: u8, size: Len) -> Grid {
        let (width, height) = page.trim;
        let share = |side: Len| side.scale(width.raw(), NOMINAL_WIDTH.raw());
        let m = spec.margins;
        let default =
            Margins { top: share(m.top), bottom: share(m.bottom), inner: share(m.inner), outer: share(m.outer) };
        let margins = page.margins.unwrap_or(default);
        let pitch = page.baseline.unwrap_or(spec.pitch(columns)).max(size.scale(5, 4));
        let rows = (height - margins.top - margins.bottom).count(pitch).max(4) as u16;
        let area = width - margins.inner - margins.outer;
        let (measure, gutter) = Self::columns(area, columns, (size, spec.gutter));
        let n = i32::from(columns);
        let grid_width = measure * n + gutter * (n - 1);
        Grid { trim: page.trim, margins, pitch, rows, columns, measure, gutter, width: grid_width }
    }

    /// Columns of whole em with the theme's gutters or a little more: what is left over goes to the gutters.
    fn columns(area: Len, columns: u8, (size, gutter): (Len, u8)) -> (Len, Len) {
        let n = i32::from(columns);
        if n == 1 {
            return (size * area.count(size).max(4), Len::ZERO);
        }
        let ems = (area - size * i32::from(gutter) * (n - 1)).count(size * n).max(4);
        (size * ems, (area - size * ems * n) / (n - 1))
    }

    /// Where column `i` begins, from the type area's left edge.
    pub fn column_x(&self, i: u8) -> Len {
        (self.measure + self.gutter) * i32::from(i)
    }
    /// The width of `n` columns with their gutters.
    pub fn span_width(&self, n: u8) -> Len {
        self.measure * i32::from(n) + self.gutter * (i32::from(n) - 1)
    }
    /// The top of a line, from the type area's top.
    pub fn row_y(&self, row: u16) -> Len {
        self.pitch * i32::from(row)
    }
}
