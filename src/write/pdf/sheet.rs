//! The sheet a page stands on: its boxes and the way from the page's axes to PDF's (ISO 32000-1 §14.11.2, §8.3.2).
//!
//! In: a book's trim and bleed and the profile. Out: [`Sheet`], whose lengths are thousandths of a point: a third of a
//! micrometre, and short to write.

use crate::base::{Len, Point, Rect};
use crate::page::Book;
use crate::profile::{Area, Profile};

/// Thousandths of a point.
pub type Mil = i32;

/// From the bleed's edge to the inner end of a mark, and from there to its outer end.
pub const MARK_OFFSET: Len = Len::mm(300);
pub const MARK_LENGTH: Len = Len::mm(500);
/// Paper beyond the bleed where there are marks.
const MARGIN: Len = Len::mm(1000);

/// One size for all pages of a file. PDF's origin is the lower left corner of the paper.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    pub trim: (Len, Len),
    pub bleed: Len,
    /// Beyond the bleed; zero without marks.
    pub margin: Len,
}

impl Sheet {
    pub fn new(book: &Book, profile: &Profile) -> Sheet {
        let (bleed, margin) = match profile.area {
            Area::Trim => (Len::ZERO, Len::ZERO),
            Area::Bleed => (book.bleed, if book.marks { MARGIN } else { Len::ZERO }),
        };
        Sheet { trim: book.trim, bleed, margin }
    }

    /// Lower left and upper right corner, as PDF writes boxes.
    pub fn media_box(&self) -> [Mil; 4] {
        self.grown(self.bleed + self.margin)
    }
    pub fn bleed_box(&self) -> [Mil; 4] {
        self.grown(self.bleed)
    }
    pub fn trim_box(&self) -> [Mil; 4] {
        self.grown(Len::ZERO)
    }

    fn grown(&self, by: Len) -> [Mil; 4] {
        let origin = self.bleed + self.margin;
        let (width, height) = self.trim;
        [origin - by, origin - by, origin + width + by, origin + height + by].map(mil)
    }

    pub fn x(&self, x: Len) -> Mil {
        mil(self.margin + self.bleed + x)
    }
    pub fn y(&self, y: Len) -> Mil {
        mil(self.margin + self.bleed + self.trim.1 - y)
    }
    pub fn point(&self, p: Point) -> (Mil, Mil) {
        (self.x(p.x), self.y(p.y))
    }
    /// Left, bottom, right, top.
    pub fn corners(&self, r: Rect) -> [Mil; 4] {
        [self.x(r.x), self.y(r.bottom()), self.x(r.right()), self.y(r.y)]
    }
}

/// 1/1024 pt to 1/1000 pt.
pub fn mil(len: Len) -> Mil {
    len.scale(1000, 1024).raw()
}

/// As PDF wants it: at most three decimals survive the shortest form of an `f32` up to 16 m.
pub fn pt(mil: Mil) -> f32 {
    mil as f32 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        let trim = (Len::mm(21000), Len::mm(28500));
        Book { trim, bleed: Len::mm(300), marks: true, ..Book::default() }
    }

    #[test]
    fn boxes_nest_and_measure_to_a_hundredth_of_a_millimetre() {
        let sheet = Sheet::new(&book(), &Profile::PRINT);
        let mm = |m: Mil| m as f32 / 1000.0 * 25.4 / 72.0;
        let [left, bottom, right, top] = sheet.trim_box();
        assert!((mm(right - left) - 210.0).abs() < 0.01 && (mm(top - bottom) - 285.0).abs() < 0.01);
        let bleed = sheet.bleed_box();
        assert!((mm(left - bleed[0]) - 3.0).abs() < 0.01 && (mm(bleed[3] - top) - 3.0).abs() < 0.01);
        let media = sheet.media_box();
        assert_eq!((media[0], media[1]), (0, 0));
        assert!(media[2] > bleed[2] + mil(MARK_OFFSET + MARK_LENGTH), "marks fit on the paper");
    }

    #[test]
    fn the_screen_page_is_the_trimmed_page() {
        let sheet = Sheet::new(&book(), &Profile::SCREEN);
        assert_eq!(sheet.media_box(), sheet.trim_box());
        assert_eq!(sheet.point(Point { x: Len::ZERO, y: Len::ZERO }), (0, mil(Len::mm(28500))));
    }
}
