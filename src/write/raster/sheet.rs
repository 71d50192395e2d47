//! Contact sheets: all pages small, as the spreads a reader opens.
//!
//! In: small pictures of the pages, in order, with their sides. Out: [`Canvas`]es, so many spreads each, page labels below.

use super::canvas::{Area, Canvas, PIXEL, Rgb, Sub};
use super::{Dpi, PAPER, Scene};
use crate::base::{Ink, Len, Orientation, Point, Script};
use crate::font::{Family, Library, Weight};
use crate::page::{Book, Glyph, GlyphRun, Item};

/// A desk that white paper stands out on.
const DESK: Rgb = [226; 3];
const ACROSS: usize = 4;
const DOWN: usize = 5;
/// Pixels: a page's width, around spreads, and for a label.
const PAGE: u32 = 240;
const SPACE: u32 = 28;
const LABEL: u32 = 22;
/// A pixel is a point on a sheet.
const ONE: Dpi = Dpi(72);

/// A spread's pages, left and right, by their numbers in the book.
type Spread = [Option<usize>; 2];

/// The contact sheets of a book.
pub struct Sheets<'a> {
    scene: &'a Scene<'a>,
    labels: &'a [GlyphRun],
    spreads: Vec<Spread>,
}

impl<'a> Sheets<'a> {
    /// `labels` are the pages' as [`label`] made them, and were given to the scene.
    pub fn new(scene: &'a Scene<'a>, labels: &'a [GlyphRun]) -> Self {
        Sheets { scene, labels, spreads: spreads(scene.book) }
    }

    pub fn count(&self) -> usize {
        self.spreads.len().div_ceil(ACROSS * DOWN)
    }

    /// Pixels of a small page.
    pub fn page_size(book: &Book) -> (u32, u32) {
        let (width, height) = book.trim;
        (PAGE, (i64::from(PAGE) * i64::from(height.raw()) / i64::from(width.raw().max(1))) as u32)
    }

    /// Sheet `number`, of the small pages of the whole book.
    pub fn sheet(&self, number: usize, pages: &[Canvas]) -> Canvas {
        let mine: Vec<&Spread> = self.spreads.iter().skip(number * ACROSS * DOWN).take(ACROSS * DOWN).collect();
        let (width, height) = Self::page_size(self.scene.book);
        let cell = (2 * width + SPACE, height + LABEL + SPACE);
        let rows = mine.len().div_ceil(ACROSS) as u32;
        let size = (SPACE + cell.0 * ACROSS as u32, SPACE + cell.1 * rows);
        let (mut canvas, mut words) = (Canvas::new(size, DESK), vec![]);
        for (i, spread) in mine.iter().enumerate() {
            let column = if self.scene.book.meta.right_to_left { ACROSS - 1 - i % ACROSS } else { i % ACROSS };
            let (left, top) = (SPACE + cell.0 * column as u32, SPACE + cell.1 * (i / ACROSS) as u32);
            for (side, page) in spread.iter().enumerate().filter_map(|(side, page)| Some((side, (*page)?))) {
                let at = (left + width * side as u32, top);
                place(&mut canvas, &pages[page], at);
                words.push(Item::Glyphs(self.label_under(page, at, (width, height))));
            }
        }
        self.scene.draw_at(canvas, &words, ONE)
    }

    fn label_under(&self, page: usize, (x, y): (u32, u32), (width, height): (u32, u32)) -> GlyphRun {
        let run = &self.labels[page];
        let length = run.glyphs.last().map_or(Len::ZERO, |g| g.x) + run.size;
        let pixels = |n: u32| Len::pt(100) * n as i32;
        let origin = Point { x: pixels(x) + (pixels(width) - length) / 2, y: pixels(y + height + LABEL - 5) };
        GlyphRun { origin, ..run.clone() }
    }
}

fn spreads(book: &Book) -> Vec<Spread> {
    let first = usize::from(book.meta.right_to_left);
    let mut out: Vec<Spread> = vec![];
    for (number, page) in book.pages.iter().enumerate() {
        let side = usize::from(page.recto);
        match out.last_mut() {
            Some(open) if side != first && open[side].is_none() => open[side] = Some(number),
            _ => {
                let mut spread = [None; 2];
                spread[side] = Some(number);
                out.push(spread);
            }
        }
    }
    out
}

/// A page with a hair of shadow, so that spreads show their fold.
fn place(canvas: &mut Canvas, page: &Canvas, (x, y): (u32, u32)) {
    let sub = |n: u32| n as Sub * PIXEL;
    let area = Area { left: sub(x), top: sub(y), right: sub(x + page.size.0), bottom: sub(y + page.size.1) };
    canvas.paste(page, (x, y));
    canvas.fill(Area { right: area.left + PIXEL / 2, ..area }, [128; 3], 255);
    canvas.fill(Area { left: area.right - PIXEL / 2, ..area }, [128; 3], 255);
}

impl Canvas {
    /// The same picture in fewer pixels.
    pub fn shrunk(&self, size: (u32, u32)) -> Canvas {
        let mean = |x: u32, y: u32| {
            let span = |at: u32, of: u32, from: u32| {
                let start = u64::from(at) * u64::from(from) / u64::from(of);
                let end = (u64::from(at + 1) * u64::from(from)).div_ceil(u64::from(of));
                (start as u32, (end as u32).max(start as u32 + 1).min(from))
            };
            let ((left, right), (top, bottom)) = (span(x, size.0, self.size.0), span(y, size.1, self.size.1));
            let mut sum = [0_u32; 3];
            for (v, u) in (top..bottom).flat_map(|v| (left..right).map(move |u| (v, u))) {
                sum.iter_mut().zip(self.pixel(u, v)).for_each(|(s, c)| *s += u32::from(c));
            }
            let count = (right - left) * (bottom - top);
            sum.map(|s| ((s + count / 2) / count.max(1)) as u8)
        };
        let mut small = Canvas::new(size, PAPER);
        let pixels = (0..size.1).flat_map(|y| (0..size.0).map(move |x| (x, y)));
        small.pixels = pixels.flat_map(|(x, y)| mean(x, y)).collect();
        small
    }
}

/// Words of a tool, not of the magazine: one face, unshaped, at the origin. Characters that it lacks are left out.
pub fn label(text: &str, library: &Library, size: Len) -> GlyphRun {
    let id = library.find(Family::Hei, Weight::Regular, Script::Sc);
    let face = library.face(id);
    let (mut x, mut glyphs) = (Len::ZERO, vec![]);
    for c in text.chars() {
        let Some(glyph) = face.glyph(c) else { continue };
        glyphs.push(Glyph { id: glyph, x, y: Len::ZERO, len: c.len_utf8() as u8 });
        x += size.scale(face.advance(glyph), i32::from(face.metrics.units_per_em));
    }
    let text = text.to_string();
    let (orientation, origin) = (Orientation::Horizontal, Point::default());
    GlyphRun { face: id, size, ink: Ink::BLACK, node: None, orientation, origin, glyphs, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn book(rectos: &[bool], right_to_left: bool) -> Book {
        let pages = rectos.iter().map(|recto| Page { recto: *recto, ..Page::default() }).collect();
        let mut book = Book { pages, ..Book::default() };
        book.meta.right_to_left = right_to_left;
        book
    }

    #[test]
    fn pages_that_lie_open_together_are_a_spread() {
        let left_to_right = spreads(&book(&[true, false, true, false], false));
        assert_eq!(left_to_right, [[None, Some(0)], [Some(1), Some(2)], [Some(3), None]]);
        let vertical = spreads(&book(&[false, true, false, true], true));
        assert_eq!(vertical, [[Some(0), None], [Some(2), Some(1)], [None, Some(3)]]);
    }

    #[test]
    fn a_shrunk_picture_keeps_its_tone() {
        let mut canvas = Canvas::new((100, 10), [200; 3]);
        canvas.fill(Area { left: 0, top: 0, right: 50 * PIXEL, bottom: 10 * PIXEL }, [0; 3], 255);
        let small = canvas.shrunk((4, 1));
        assert_eq!((small.pixel(0, 0), small.pixel(3, 0)), ([0; 3], [200; 3]));
    }
}
