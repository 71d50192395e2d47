//! The type area and its baseline grid.

use super::spec::PageSpec;
use crate::base::Len;
use crate::doc::{Margins, PageSetup, Writing};

/// The type area in logical terms: lines have a measure and follow each other, whether they run to the right and down the
/// page or down and to the left (`vertical`: its columns are tiers, one below the other). The spine's side is settled when
/// pages are bound.
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
    /// Along the lines: columns and gutters.
    pub width: Len,
    pub writing: Writing,
}

/// The width of page that a theme's margins and display sizes are given for.
pub const NOMINAL_WIDTH: Len = Len::mm(21000);

impl Grid {
    /// The manifest's page wins over the theme's.
    pub fn fit(spec: &PageSpec, page: &PageSetup, columns: u8, size: Len) -> Grid {
        let width = page.trim.0;
        let share = |side: Len| side.scale(width.raw(), NOMINAL_WIDTH.raw());
        let m = spec.margins;
        let default =
            Margins { top: share(m.top), bottom: share(m.bottom), inner: share(m.inner), outer: share(m.outer) };
        let ems = (i32::from(columns), size, page.column_gap.unwrap_or(size * i32::from(spec.gutter)));
        let margins = page.margins.unwrap_or_else(|| Self::yielding(default, page, ems));
        let pitch = page.baseline.unwrap_or(spec.pitch(columns)).max(size.scale(5, 4));
        let (along, across) = Self::area(page, margins);
        let rows = across.count(pitch).max(4) as u16;
        let (measure, gutter) = Self::columns(along, ems);
        let n = i32::from(columns);
        let grid_width = measure * n + gutter * (n - 1);
        let writing = page.writing;
        Grid { trim: page.trim, margins, pitch, rows, columns, measure, gutter, width: grid_width, writing }
    }

    /// What margins leave along the lines and across them.
    fn area(page: &PageSetup, m: Margins) -> (Len, Len) {
        let (width, height) = (page.trim.0 - m.inner - m.outer, page.trim.1 - m.top - m.bottom);
        if page.writing == Writing::Vertical { (height, width) } else { (width, height) }
    }

    /// Columns of whole em with the theme's gutters or a little more: what is left over goes to the gutters.
    fn columns(area: Len, (n, size, gutter): (i32, Len, Len)) -> (Len, Len) {
        let ems = (area - gutter * (n - 1)).count(size * n).max(4);
        let left = area - size * ems * n;
        (size * ems, if n == 1 { Len::ZERO } else { left / (n - 1) })
    }

    /// A theme's margins give up to 4 mm where that makes every column an em wider: 版心 is made of whole em and margins
    /// follow it (clreq §Considerations when Designing the Type Area); the em would else lie in the gutters. Those keep a
    /// third of an em more than the theme's: the em boxes of trimmed marks reach into them from both sides, and who
    /// extracts the text must still find the columns apart.
    fn yielding(margins: Margins, page: &PageSetup, (n, size, gutter): (i32, Len, Len)) -> Margins {
        let area = Self::area(page, margins).0;
        let (measure, _) = Self::columns(area, (n, size, gutter));
        let lacking = (measure + size) * n + (gutter + size / 3) * (n - 1) - area;
        if n == 1 || lacking > Len::mm(400) {
            return margins;
        }
        let first = lacking / 2;
        match page.writing {
            Writing::Horizontal => {
                Margins { inner: margins.inner - first, outer: margins.outer - (lacking - first), ..margins }
            }
            Writing::Vertical => {
                Margins { top: margins.top - first, bottom: margins.bottom - (lacking - first), ..margins }
            }
        }
    }

    pub fn is_vertical(&self) -> bool {
        self.writing == Writing::Vertical
    }
    /// Across the lines: all rows.
    pub fn depth(&self) -> Len {
        self.row_y(self.rows)
    }
    /// The type area's width and height on the page.
    pub fn across(&self) -> (Len, Len) {
        if self.is_vertical() { (self.depth(), self.width) } else { (self.width, self.depth()) }
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
