//! A page's items as a content stream's operators (ISO 32000-1 §8, §14.6).
//!
//! In: a page, the fonts, the sheet. Out: [`Content`]: printpdf's operators, the node of every marked-content sequence
//! by its MCID, and the veils whose resources the post-pass makes.

use super::curves;
use super::flatten::{self, Flat};
use super::fonts::Fonts;
use super::images::{Look, Shown};
use super::ink::{Inks, Paint};
use super::marks;
use super::roles;
use super::sheet::{Mil, Sheet, mil, pt};
use super::text::{self, LineStart};
use crate::base::{Ink, Len, Point, Rect};
use crate::color::Tables;
use crate::doc::PhotoFormat;
use crate::page::{Book, GlyphRun, Item, NodeId, Page, PageKind, Picture, Shape, ShapeKind, Veil};
use crate::picture::Darkroom;
use crate::profile::{InkSpace, Plates, Profile};
use printpdf::{
    CurTransMat, DictItem, ExtendedGraphicsStateId, FontId, Line, LinePoint, Op, PaintMode, PdfFontHandle, Polygon,
    PolygonRing, Pt, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;

/// Resource names that the post-pass fills in.
pub const OVERPRINT: &str = "Overprint";
pub const KNOCKOUT: &str = "Knockout";

/// The grey of a photo that is still to come, in percent of black.
const PENDING: u8 = 15;

/// What all pages of a file have in common.
pub struct Setting<'a> {
    pub book: &'a Book,
    pub darkroom: &'a Darkroom<'a>,
    pub fonts: &'a Fonts,
    pub sheet: Sheet,
    pub profile: &'a Profile,
    /// What photos are separated with, where any is.
    pub press: Option<Tables>,
    /// Each page's veils, where the file has no transparency.
    pub flat: Vec<Flat>,
}

/// An area of black from this size on, both ways, is of four inks.
const LARGE: Len = Len::mm(1000);

impl Setting<'_> {
    /// What a page is printed with.
    pub fn plates(&self, page: &Page) -> Plates {
        if page.kind == PageKind::Cover { self.profile.cover } else { self.profile.inside }
    }

    pub fn press(&self) -> Result<&Tables, String> {
        self.press.as_ref().ok_or_else(|| "the printing condition has no usable profile".into())
    }

    /// How a page's picture is shown; None where there is no such photo.
    pub fn shown(&self, number: usize, item: usize, picture: &Picture) -> Option<Shown> {
        self.darkroom.photos.get(picture.photo.0 as usize)?;
        let veiled = self.flat.get(number).is_some_and(|flat| flat.on.contains_key(&item));
        let look = match self.plates(&self.book.pages[number]) {
            Plates::Cmyk if veiled => Look::Veiled { page: number, item },
            Plates::Cmyk => Look::Colour,
            Plates::Black | Plates::BlackAndSpot => Look::Black,
        };
        Some(Shown { photo: picture.photo, look })
    }
}

/// One page's stream and what stands beside it.
#[derive(Default)]
pub struct Content {
    pub ops: Vec<Op>,
    /// The node of each marked-content sequence; its index is the MCID.
    pub marked: Vec<NodeId>,
    pub veils: Vec<NamedVeil>,
}

/// A veil and the name of the graphics state that makes it.
pub struct NamedVeil {
    pub name: String,
    /// Left, bottom, right, top.
    pub corners: [Mil; 4],
    pub veil: Veil,
}

/// The operators of page `number`; `slug` is what stands outside the bleed.
pub fn page(setting: &Setting, number: usize, slug: Vec<Op>) -> Content {
    let page: &Page = &setting.book.pages[number];
    let inks = Inks { swatches: &setting.book.inks, profile: setting.profile, plates: setting.plates(page) };
    let mut writer = Writer { setting, inks, number, content: Content::default(), state: State::default() };
    for (index, item) in page.items.iter().enumerate() {
        writer.item(index, item);
    }
    if setting.sheet.margin > Len::ZERO {
        writer.mark(None);
        writer.end_text();
        marks::draw(&setting.sheet, &setting.book.folds, &mut writer.content.ops);
        writer.content.ops.extend(slug);
    }
    writer.close();
    writer.content
}

/// The graphics state as the operators so far have left it; what is set already is not set again.
#[derive(Default)]
struct State {
    /// The open marked-content sequence; `Some(None)` is an artifact.
    mark: Option<Option<NodeId>>,
    text: Option<LineStart>,
    font: Option<(FontId, Len)>,
    fill: Option<Paint>,
    overprint: bool,
}

struct Writer<'a> {
    setting: &'a Setting<'a>,
    inks: Inks<'a>,
    number: usize,
    content: Content,
    state: State,
}

impl Writer<'_> {
    fn item(&mut self, index: usize, item: &Item) {
        match item {
            Item::Glyphs(run) => {
                self.mark(run.node);
                self.glyphs(run);
            }
            Item::Picture(picture) => {
                self.mark(picture.node);
                self.end_text();
                self.picture(index, picture);
            }
            Item::Shape(_) if self.setting.flat.get(self.number).is_some_and(|flat| flat.done.contains(&index)) => {}
            Item::Shape(shape) => {
                self.mark(shape.node);
                self.end_text();
                self.shape(shape);
            }
            Item::Link(_) => {}
        }
    }

    fn push(&mut self, op: Op) {
        self.content.ops.push(op);
    }

    /// Opens the marked-content sequence of a node, or an artifact's, unless it is open.
    fn mark(&mut self, node: Option<NodeId>) {
        if !self.setting.profile.tags || self.state.mark == Some(node) {
            return;
        }
        self.close();
        let op = match node {
            None => Op::BeginMarkedContent { tag: "Artifact".into() },
            Some(id) => {
                let mcid = DictItem::Int(self.content.marked.len() as i64);
                self.content.marked.push(id);
                let map = BTreeMap::from([("MCID".to_string(), mcid)]);
                let tag = roles::name(self.setting.book.tree.node(id).role).to_string();
                Op::BeginMarkedContentWithProperties { tag, properties: DictItem::Dict { map } }
            }
        };
        self.push(op);
        self.state.mark = Some(node);
    }

    fn close(&mut self) {
        self.end_text();
        if self.state.mark.take().is_some() {
            self.push(Op::EndMarkedContent);
        }
    }

    fn end_text(&mut self) {
        if self.state.text.take().is_some() {
            self.push(Op::EndTextSection);
        }
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let font = self.setting.fonts.get(run);
        let turned: Option<TextMatrix> = text::matrix(run, &self.setting.sheet);
        if turned.is_some() {
            self.end_text();
        }
        self.overprint(run.ink == Ink::BLACK);
        self.fill(self.inks.paint(run.ink, 100));
        if self.state.text.is_none() {
            self.push(Op::StartTextSection);
        }
        let wanted = (font.id.clone(), run.size);
        if self.state.font.as_ref() != Some(&wanted) {
            let size = Pt(pt(mil(run.size)));
            self.push(Op::SetFont { font: PdfFontHandle::External(font.id.clone()), size });
            self.state.font = Some(wanted);
        }
        if let Some(matrix) = turned {
            self.push(Op::SetTextMatrix { matrix });
        }
        let mut at = self.state.text.unwrap_or((0, 0));
        text::show(run, font, &self.setting.sheet, &mut at, &mut self.content.ops);
        self.state.text = Some(at);
        if turned.is_some() {
            self.end_text();
        }
    }

    /// Overprinting is for text in the black ink alone: a box would let the picture below show through.
    fn overprint(&mut self, on: bool) {
        let on = on && self.setting.profile.overprint_black;
        if self.state.overprint != on {
            let name = if on { OVERPRINT } else { KNOCKOUT };
            self.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name.into()) });
            self.state.overprint = on;
        }
    }

    fn fill(&mut self, paint: Paint) {
        if self.state.fill.as_ref() != Some(&paint) {
            self.content.ops.extend(paint.fill());
            self.state.fill = Some(paint);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        self.overprint(false);
        match &shape.kind {
            ShapeKind::Fill(rect) => {
                let large = rect.width >= LARGE && rect.height >= LARGE;
                let inks = self.inks;
                self.fill(if large { inks.area(shape.ink, shape.tint) } else { inks.paint(shape.ink, shape.tint) });
                self.rectangle(*rect, PaintMode::Fill);
            }
            ShapeKind::Rule { from, to, thickness } => {
                self.stroke(shape, vec![(*from, false), (*to, false)], *thickness);
            }
            ShapeKind::Wave { from, to, height, thickness } => {
                let points = curves::wave((*from, *to), *height);
                self.stroke(shape, points, *thickness);
            }
            ShapeKind::Dot { centre, radius } => {
                self.fill(self.inks.paint(shape.ink, shape.tint));
                let points = curves::circle(*centre, *radius);
                let ring = PolygonRing { points: points.into_iter().map(|(p, b)| self.curve_point(p, b)).collect() };
                let (mode, winding_order) = (PaintMode::Fill, WindingOrder::NonZero);
                self.push(Op::DrawPolygon { polygon: Polygon { rings: vec![ring], mode, winding_order } });
            }
            ShapeKind::Veil(veil) => self.veil(*veil),
        }
    }

    fn stroke(&mut self, shape: &Shape, points: Vec<(Point, bool)>, thickness: Len) {
        self.content.ops.extend(self.inks.paint(shape.ink, shape.tint).stroke());
        self.push(Op::SetOutlineThickness { pt: Pt(pt(mil(thickness))) });
        let points = points.into_iter().map(|(p, bezier)| self.curve_point(p, bezier)).collect();
        self.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }

    /// `bezier`: it is a control point.
    fn curve_point(&self, p: Point, bezier: bool) -> LinePoint {
        let (x, y) = self.setting.sheet.point(p);
        LinePoint { p: printpdf::Point { x: Pt(pt(x)), y: Pt(pt(y)) }, bezier }
    }

    fn rectangle(&mut self, rect: Rect, mode: PaintMode) {
        let [left, bottom, right, top] = self.setting.sheet.corners(rect);
        self.push(Op::DrawRectangle { rectangle: rectangle([left, bottom, right, top], mode) });
    }

    /// Black through a soft mask: K alone in print, so that the photo below keeps its colours.
    fn veil(&mut self, veil: Veil) {
        if !self.setting.profile.transparency {
            self.overprint(true);
            for (strip, percent) in flatten::strips(&veil) {
                self.fill(self.inks.paint(Ink::BLACK, percent));
                self.rectangle(strip, PaintMode::Fill);
            }
            return;
        }
        let name = format!("V{}-{}", self.number, self.content.veils.len());
        self.push(Op::SaveGraphicsState);
        self.push(Op::LoadGraphicsState { gs: ExtendedGraphicsStateId(name.clone()) });
        self.content.ops.extend(self.inks.paint(Ink::BLACK, 100).fill());
        self.rectangle(veil.rect, PaintMode::Fill);
        self.push(Op::RestoreGraphicsState);
        let corners = self.setting.sheet.corners(veil.rect);
        self.content.veils.push(NamedVeil { name, corners, veil });
    }

    fn picture(&mut self, index: usize, picture: &Picture) {
        let Some(shown) = self.setting.shown(self.number, index, picture) else { return };
        let photo = self.setting.darkroom.photo(shown.photo);
        self.overprint(false);
        if photo.is_pending() {
            self.fill(self.inks.paint(Ink::BLACK, PENDING));
            return self.rectangle(picture.frame, PaintMode::Fill);
        }
        // Under veils it has been turned upright already.
        let veiled = matches!(shown.look, Look::Veiled { .. });
        let orientation = if veiled { 1 } else { photo.orientation };
        self.push(Op::SaveGraphicsState);
        // A placed page goes on beyond its trim.
        if picture.frame != picture.full || matches!(photo.format, PhotoFormat::Pdf { .. }) {
            self.rectangle(picture.frame, PaintMode::Clip);
        }
        let matrix = upright(self.setting.sheet.corners(picture.full), orientation).map(pt);
        self.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        self.push(Op::UseXobject { id: XObjectId(shown.name()), transform: XObjectTransform::default() });
        self.push(Op::RestoreGraphicsState);
    }
}

/// A filled or clipping box.
pub fn rectangle([left, bottom, right, top]: [Mil; 4], mode: PaintMode) -> printpdf::Rect {
    printpdf::Rect {
        x: Pt(pt(left)),
        y: Pt(pt(bottom)),
        width: Pt(pt(right - left)),
        height: Pt(pt(top - bottom)),
        mode: Some(mode),
        winding_order: Some(WindingOrder::NonZero),
    }
}

/// The matrix that puts an image's unit square upright into a box (TIFF 6.0 §8, tag 274: where row 0 and column 0 of
/// the stored picture are to be seen).
fn upright([left, bottom, right, top]: [Mil; 4], orientation: u8) -> [Mil; 6] {
    let (w, h) = (right - left, top - bottom);
    match orientation {
        2 => [-w, 0, 0, h, right, bottom],
        3 => [-w, 0, 0, -h, right, top],
        4 => [w, 0, 0, -h, left, top],
        5 => [0, -h, -w, 0, right, top],
        6 => [0, -h, w, 0, left, top],
        7 => [0, h, w, 0, left, bottom],
        8 => [0, h, -w, 0, right, bottom],
        _ => [w, 0, 0, h, left, bottom],
    }
}

/// The colour space of the group of a page that blends (ISO 32000-1 §11.6.6).
pub fn group_space(space: InkSpace) -> &'static str {
    match space {
        InkSpace::Cmyk => "DeviceCMYK",
        InkSpace::Rgb => "DeviceRGB",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// TIFF 6.0 §8, tag 274: where the stored picture's upper left corner, unit square (0, 1), is to be seen.
    #[test]
    fn the_first_pixel_comes_to_its_corner() {
        let corner = |orientation| {
            let [_, _, c, d, e, f] = upright([0, 0, 4, 3], orientation);
            (c + e, d + f)
        };
        let (top_left, top_right, bottom_right, bottom_left) = ((0, 3), (4, 3), (4, 0), (0, 0));
        let seen = [top_left, top_right, bottom_right, bottom_left, top_left, top_right, bottom_right, bottom_left];
        for (orientation, place) in (1..=8).zip(seen) {
            assert_eq!(corner(orientation), place, "orientation {orientation}");
        }
    }
}
