//! Printer's marks outside the bleed: crop marks, registration targets, the slug line (ISO 32000-1 §14.11.3).
//!
//! In: the sheet, a page's names. Out: operators in the colour All, which prints on every plate (§8.6.6.4), and the slug
//! as an ordinary glyph run.

use super::sheet::{MARK_LENGTH, MARK_OFFSET, Mil, Sheet, mil, pt};
use crate::base::{Ink, Len, Point, Script};
use crate::font::{Coverage, Face, FaceId, Family, Library, Weight};
use crate::page::{Book, Glyph, GlyphRun, Page};
use printpdf::{DictItem, Line, LinePoint, Op, Pt};

/// The resource name of `[/Separation /All …]`.
pub const REGISTRATION: &str = "All";

const MARK_WIDTH: f32 = 0.25;
const SLUG_SIZE: Len = Len::pt(700);

/// Eight crop marks and four targets.
pub fn draw(sheet: &Sheet, ops: &mut Vec<Op>) {
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::SetColorSpaceStroke { id: REGISTRATION.into() });
    ops.push(Op::Unknown { key: "SCN".into(), value: vec![DictItem::Real(1.0)] });
    ops.push(Op::SetOutlineThickness { pt: Pt(MARK_WIDTH) });
    for [from, to] in crop_marks(sheet).into_iter().chain(targets(sheet)) {
        let points =
            [from, to].map(|(x, y)| LinePoint { p: printpdf::Point { x: Pt(pt(x)), y: Pt(pt(y)) }, bezier: false });
        ops.push(Op::DrawLine { line: Line { points: points.to_vec(), is_closed: false } });
    }
    ops.push(Op::RestoreGraphicsState);
}

type Segment = [(Mil, Mil); 2];

/// Two at each corner, in line with the trim.
fn crop_marks(sheet: &Sheet) -> Vec<Segment> {
    let [left, bottom, right, top] = sheet.trim_box();
    let bleed = sheet.bleed_box();
    let (near, far) = (mil(MARK_OFFSET), mil(MARK_OFFSET + MARK_LENGTH));
    let mut marks = vec![];
    for x in [left, right] {
        marks.push([(x, bleed[1] - near), (x, bleed[1] - far)]);
        marks.push([(x, bleed[3] + near), (x, bleed[3] + far)]);
    }
    for y in [bottom, top] {
        marks.push([(bleed[0] - near, y), (bleed[0] - far, y)]);
        marks.push([(bleed[2] + near, y), (bleed[2] + far, y)]);
    }
    marks
}

/// A cross in the middle of each side.
fn targets(sheet: &Sheet) -> Vec<Segment> {
    let [left, bottom, right, top] = sheet.bleed_box();
    let arm = mil(MARK_LENGTH) / 2;
    let away = mil(MARK_OFFSET) + arm;
    let (x, y) = ((left + right) / 2, (bottom + top) / 2);
    [(x, bottom - away), (x, top + away), (left - away, y), (right + away, y)]
        .into_iter()
        .flat_map(|(x, y)| [[(x - arm, y), (x + arm, y)], [(x, y - arm), (x, y + arm)]])
        .collect()
}

/// `山行 2026年第9期　12`: which page this sheet is, to the right of the lower left crop mark.
pub fn slug(book: &Book, page: &Page, library: &Library, sheet: &Sheet) -> Vec<GlyphRun> {
    if sheet.margin == Len::ZERO {
        return vec![];
    }
    let wished = library.find(Family::Hei, Weight::Regular, Script::Sc);
    let y = sheet.trim.1 + sheet.bleed + MARK_OFFSET + MARK_LENGTH;
    let mut x = MARK_LENGTH;
    let mut runs: Vec<GlyphRun> = vec![];
    for c in format!("{}\u{3000}{}", book.meta.title, page.label).chars() {
        let Some((face, id)) = glyph(library, wished, c) else { continue };
        if runs.last().is_none_or(|run| run.face != face) {
            let (origin, text) = (Point { x, y }, String::new());
            runs.push(GlyphRun { face, size: SLUG_SIZE, ink: Ink::BLACK, node: None, origin, glyphs: vec![], text });
        }
        let Some(run) = runs.last_mut() else { continue };
        run.glyphs.push(Glyph { id, x: x - run.origin.x, y: Len::ZERO, len: c.len_utf8() as u8 });
        run.text.push(c);
        x += advance(library.face(face), id);
    }
    runs
}

fn advance(face: &Face, glyph: u16) -> Len {
    let units = harfrust::ShaperFont::new(&face.font).glyph_h_advance(harfrust::GlyphId::from(glyph)).max(0);
    SLUG_SIZE.scale(units, i32::from(face.metrics.units_per_em))
}

fn glyph(library: &Library, face: FaceId, c: char) -> Option<(FaceId, u16)> {
    let face = match library.coverage(face, c) {
        Coverage::Here => face,
        Coverage::Fallback(other) => other,
        Coverage::Nowhere => return None,
    };
    Some((face, library.face(face).glyph(c)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn no_mark_comes_nearer_to_the_bleed_than_its_offset() {
        let book = Book { trim: (Len::mm(21000), Len::mm(28500)), bleed: Len::mm(300), marks: true, ..Book::default() };
        let sheet = Sheet::new(&book, &Profile::PRINT);
        let ([left, bottom, right, top], media) = (sheet.bleed_box(), sheet.media_box());
        let near = mil(MARK_OFFSET);
        for (x, y) in crop_marks(&sheet).into_iter().chain(targets(&sheet)).flatten() {
            let outside = [left - x, bottom - y, x - right, y - top].into_iter().max().expect("four");
            assert!(outside >= near - 1, "({x}, {y}) is {outside} away");
            assert!(x > 0 && y > 0 && x < media[2] && y < media[3], "({x}, {y}) is on the paper");
        }
    }
}
