//! The built-in theme `shan`: a modern monthly on a 15.75 pt grid. Sizes take few, strong steps; one ink beside black.

use super::role::{Pitch, Role};
use crate::base::{Em, Ink, Len, Swatch};
use crate::doc::{Margins, PageSetup, TypeSetup};
use crate::font::{Family, Weight};

/// A theme fitted to an issue's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub name: &'static str,
    /// `Ink` indexes it.
    pub swatches: Vec<Swatch>,
    pub grid: Grid,
    pub roles: Roles,
}

/// The type area and its baseline grid, in logical terms: the spine's side is settled when pages are bound.
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

/// Every kind of text there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    pub body: Role,
    pub quote: Role,
    pub code: Role,
    /// 小标题, first and second level.
    pub heading: Role,
    pub subheading: Role,
    pub kicker: Role,
    pub title: Role,
    pub subtitle: Role,
    pub standfirst: Role,
    pub byline: Role,
    pub caption: Role,
    pub note: Role,
    pub table: Role,
    pub running_head: Role,
    pub folio: Role,
    pub label: Role,
    pub contents_heading: Role,
    pub contents_lead: Role,
    pub contents_entry: Role,
    pub masthead: Role,
    pub cover_headline: Role,
    pub cover_line: Role,
    pub colophon_title: Role,
}

impl Theme {
    /// The theme's own ink beside black: section names, numbers, subheads.
    pub const ACCENT: Ink = Ink(2);
    /// Quiet text: captions, running heads.
    pub const GREY: Ink = Ink(3);

    /// `shan` on the page. What the manifest leaves open is the theme's: three columns of 9 pt, two of 10.5 pt.
    pub fn shan(page: &PageSetup, type_: &TypeSetup) -> Theme {
        let columns = page.columns.unwrap_or(if page.trim.0 >= Len::mm(20000) { 3 } else { 2 });
        let size = type_.size.unwrap_or(if columns >= 3 { Len::pt(900) } else { Len::pt(1050) });
        let grid = Grid::fit(page, columns, size);
        let swatch = |name: &str, cmyk, rgb| Swatch { name: name.to_string(), cmyk, rgb };
        let swatches = vec![
            swatch("black", [0, 0, 0, 100], [0x1d, 0x1d, 0x1b]),
            swatch("paper", [0, 0, 0, 0], [0xff, 0xff, 0xff]),
            swatch("pine", [80, 40, 65, 35], [0x1f, 0x4a, 0x3d]),
            swatch("grey", [0, 0, 0, 70], [0x5a, 0x5a, 0x58]),
        ];
        let roles = Roles::shan(size, &grid);
        Theme { name: "shan", swatches, grid, roles }
    }
}

impl Grid {
    fn fit(page: &PageSetup, columns: u8, size: Len) -> Grid {
        let (width, height) = page.trim;
        // On a 210 × 285 mm page: top 20, inner 18, outer 15, at least 24 below; smaller pages in proportion.
        let share = |mm: i32| Len::mm(mm * 100).scale(width.raw(), Len::mm(21000).raw());
        let default = Margins { top: share(20), bottom: share(24), inner: share(18), outer: share(15) };
        let margins = page.margins.unwrap_or(default);
        let pitch = page.baseline.unwrap_or(Len::pt(1575)).max(size.scale(5, 4));
        let rows = (height - margins.top - margins.bottom).count(pitch).max(4) as u16;
        let area = width - margins.inner - margins.outer;
        let (measure, gutter) = Self::columns(area, columns, size);
        let n = i32::from(columns);
        let grid_width = measure * n + gutter * (n - 1);
        Grid { trim: page.trim, margins, pitch, rows, columns, measure, gutter, width: grid_width }
    }

    /// Columns of whole em with gutters of two em or a little more; what is left over goes to the gutters.
    fn columns(area: Len, columns: u8, size: Len) -> (Len, Len) {
        let n = i32::from(columns);
        if n == 1 {
            return (size * area.count(size).max(4), Len::ZERO);
        }
        let ems = (area - size * 2 * (n - 1)).count(size * n).max(4);
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

impl Roles {
    fn shan(body: Len, grid: &Grid) -> Roles {
        use Family::{Hei, Kai, Song};
        use Weight::{Bold, Regular};
        // Display sizes follow the page's width; text sizes never do.
        let display = |hundredths| Len::pt(hundredths).scale(grid.trim.0.raw(), Len::mm(21000).raw());
        let role = Role::new;
        let (two_thirds, one) = (Pitch::new(2, 3), Pitch::ONE);
        Roles {
            body: role(Song, Regular, body, one),
            // Kai is drawn small on its em: a twentieth more makes it look of one size with Song.
            quote: role(Kai, Regular, body.scale(21, 20), one),
            code: role(Hei, Regular, body.scale(8, 9), one),
            heading: role(Hei, Bold, body.scale(7, 6), one).ink(Theme::ACCENT),
            subheading: role(Hei, Bold, body.scale(15, 14), one),
            kicker: role(Hei, Bold, Len::pt(900), one).ink(Theme::ACCENT).tracking(Em(120)),
            title: role(Song, Bold, display(3400), Pitch::new(3, 1)),
            subtitle: role(Song, Regular, display(1800), Pitch::new(2, 1)),
            standfirst: role(Kai, Regular, Len::pt(1200), Pitch::new(3, 2)).ink(Theme::GREY),
            byline: role(Hei, Regular, Len::pt(800), one),
            caption: role(Hei, Regular, Len::pt(700), two_thirds).ink(Theme::GREY),
            note: role(Song, Regular, Len::pt(700), two_thirds),
            table: role(Hei, Regular, body.scale(5, 6), one),
            running_head: role(Hei, Regular, Len::pt(700), two_thirds).ink(Theme::GREY).tracking(Em(80)),
            folio: role(Hei, Bold, Len::pt(900), one),
            label: role(Hei, Bold, Len::pt(800), one).ink(Theme::ACCENT).tracking(Em(200)),
            contents_heading: role(Song, Bold, display(4000), Pitch::new(3, 1)),
            contents_lead: role(Song, Bold, Len::pt(1400), Pitch::new(2, 1)),
            contents_entry: role(Song, Regular, Len::pt(1050), Pitch::new(3, 2)),
            masthead: role(Song, Bold, display(9200), Pitch::new(6, 1)).ink(Ink::PAPER),
            cover_headline: role(Song, Bold, display(3800), Pitch::new(3, 1)).ink(Ink::PAPER),
            cover_line: role(Hei, Regular, Len::pt(950), one).ink(Ink::PAPER),
            colophon_title: role(Song, Bold, Len::pt(1600), Pitch::new(2, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R11: the measure is a whole number of em and gutters are at least 1.5 em.
    #[test]
    fn columns_are_whole_em_on_every_page() {
        for (w, h) in [(210, 285), (210, 297), (185, 260), (148, 210)] {
            for columns in 1..=3 {
                let page = PageSetup {
                    trim: (Len::mm(w * 100), Len::mm(h * 100)),
                    columns: Some(columns),
                    ..PageSetup::default()
                };
                let theme = Theme::shan(&page, &TypeSetup::default());
                let (grid, em) = (&theme.grid, theme.roles.body.size);
                assert_eq!(grid.measure.raw() % em.raw(), 0, "{w}×{h} in {columns}");
                assert!(columns == 1 || grid.gutter >= em * 3 / 2, "{w}×{h} in {columns}: {}", grid.gutter);
                assert!(grid.width <= grid.trim.0 - grid.margins.inner - grid.margins.outer);
            }
        }
    }

    #[test]
    fn the_default_page_is_three_columns_of_seventeen_em() {
        let theme = Theme::shan(&PageSetup::default(), &TypeSetup::default());
        assert_eq!((theme.grid.columns, theme.grid.measure), (3, Len::pt(900) * 17));
        assert_eq!(theme.grid.rows, 43);
    }
}
