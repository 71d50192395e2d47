//! Printer's marks outside the bleed: crop marks, registration targets, the slug line (ISO 32000-1 §14.11.3).
//!
//! In: the sheet, a page's names. Out: operators: marks in the colour All, which prints on every plate (§8.6.6.4), the slug
//! in black.

use super::sheet::{MARK_LENGTH, MARK_OFFSET, Mil, Sheet, mil, pt};
use crate::base::{Len, Script};
use crate::font::{Coverage, Face, FaceId, Family, Library, Weight};
use crate::page::{Book, Page};
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use printpdf::{Cmyk, Color, DictItem, Line, LinePoint, Op, Pt};

/// The resource name of `[/Separation /All …]`.
pub const REGISTRATION: &str = "All";

const MARK_WIDTH: f32 = 0.25;
const SLUG_SIZE: Len = Len::pt(700);

/// Eight crop marks, four targets, two marks a fold.
pub fn draw(sheet: &Sheet, folds: &[Len], ops: &mut Vec<Op>) {
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::SetColorSpaceStroke { id: REGISTRATION.into() });
    ops.push(Op::Unknown { key: "SCN".into(), value: vec![DictItem::Real(1.0)] });
    ops.push(Op::SetOutlineThickness { pt: Pt(MARK_WIDTH) });
    for [from, to] in crop_marks(sheet).into_iter().chain(targets(sheet)).chain(fold_marks(sheet, folds)) {
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

/// Above and below, in line with the fold.
fn fold_marks<'s>(sheet: &'s Sheet, folds: &'s [Len]) -> impl Iterator<Item = Segment> + 's {
    let [_, bottom, _, top] = sheet.bleed_box();
    let (near, far) = (mil(MARK_OFFSET), mil(MARK_OFFSET + MARK_LENGTH));
    let marks = move |x: Mil| [[(x, bottom - near), (x, bottom - far)], [(x, top + near), (x, top + far)]];
    folds.iter().flat_map(move |fold| marks(sheet.x(*fold)))
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

/// `山行 2026年第9期　12`: which page this sheet is, to the right of the lower left crop mark. It is drawn, not written: the
/// text of the file is the magazine's alone.
pub fn slug(book: &Book, page: &Page, library: &Library, sheet: &Sheet) -> Vec<Op> {
    if sheet.margin == Len::ZERO {
        return vec![];
    }
    let wished = library.find(Family::Hei, Weight::Regular, Script::Sc);
    let y = sheet.trim.1 + sheet.bleed + MARK_OFFSET + MARK_LENGTH;
    let mut x = MARK_LENGTH;
    let black = Color::Cmyk(Cmyk::new(0.0, 0.0, 0.0, 1.0, None));
    let mut ops = vec![Op::SaveGraphicsState, Op::SetFillColor { col: black }];
    for c in format!("{}\u{3000}{}", book.meta.title, page.label).chars() {
        let Some((face, id)) = glyph(library, wished, c) else { continue };
        let face = library.face(face);
        let origin = (sheet.x(x), sheet.y(y));
        outline(face, id, origin, &mut ops);
        x += advance(face, id);
    }
    ops.push(Op::RestoreGraphicsState);
    ops
}

/// A glyph as a filled path (ISO 32000-1 §8.5.2).
fn outline(face: &Face, glyph: u16, (x, y): (Mil, Mil), ops: &mut Vec<Op>) {
    let mut path: Vec<PathElement> = vec![];
    let glyphs = face.font.outline_glyphs();
    let Some(drawn) = glyphs.get(harfrust::GlyphId::from(glyph)) else { return };
    if drawn.draw(&DrawOptions::default(), DrawMemory::default(), &mut path).is_err() || path.is_empty() {
        return;
    }
    let units = i32::from(face.metrics.units_per_em);
    // Font units to thousandths of a point, y upward in both.
    let to = |at: f32, from: Mil| pt(from + mil(SLUG_SIZE.scale(at as i32, units)));
    let op = |key: &str, points: &[(f32, f32)]| {
        let value = points.iter().flat_map(|(px, py)| [to(*px, x), to(*py, y)]).map(DictItem::Real).collect();
        Op::Unknown { key: key.into(), value }
    };
    let mut at = (0.0, 0.0);
    for element in path {
        ops.push(match element {
            PathElement::MoveTo { x, y } => op("m", &[(x, y)]),
            PathElement::LineTo { x, y } => op("l", &[(x, y)]),
            // A quadratic curve's control point lies two thirds of the way along a cubic one's.
            PathElement::QuadTo { cx0, cy0, x, y } => {
                let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
                op("c", &[(third(at.0, cx0), third(at.1, cy0)), (third(x, cx0), third(y, cy0)), (x, y)])
            }
            PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => op("c", &[(cx0, cy0), (cx1, cy1), (x, y)]),
            PathElement::Close => Op::Unknown { key: "h".into(), value: vec![] },
        });
        if let PathElement::MoveTo { x, y }
        | PathElement::LineTo { x, y }
        | PathElement::QuadTo { x, y, .. }
        | PathElement::CurveTo { x, y, .. } = element
        {
            at = (x, y);
        }
    }
    ops.push(Op::Unknown { key: "f".into(), value: vec![] });
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
