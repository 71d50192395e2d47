//! Pages as pictures: for proofs, contact sheets and comparisons.
//!
//! In: a `page::Book`, the faces, the photos as pixels, a resolution. Out: a [`Canvas`] a page, trimmed, in sRGB: what the
//! screen PDF shows in a reader, drawn without one.

mod canvas;
mod glyphs;
mod grid;
mod sheet;
mod slices;

pub use canvas::{Canvas, Raster, Rgb};
pub use glyphs::Faces;
pub use grid::grid;
pub use sheet::{Sheets, label};

use crate::base::{Ink, Len, Point, Rect};
use crate::doc::PhotoId;
use crate::font::Library;
use crate::page::{Book, GlyphRun, Item, Picture, Shape, ShapeKind};
use crate::picture::{Coding, Darkroom, Recipe};
use crate::write::Error;
use canvas::{Area, PIXEL, Sub};
use glyphs::{Masks, QUARTERS};
use image::ImageEncoder;
use image::codecs::png::PngEncoder;

/// Pixels per inch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dpi(pub u16);

impl Dpi {
    fn sub(self, len: Len) -> Sub {
        // 72 · 1024 units an inch, 256 parts a pixel.
        (i64::from(len.raw()) * i64::from(self.0) / 288) as Sub
    }
    /// Whole pixels that a length reaches into.
    pub fn pixels(self, len: Len) -> u32 {
        (self.sub(len) + PIXEL - 1).div_euclid(PIXEL).max(0) as u32
    }
    fn area(self, r: Rect) -> Area {
        Area { left: self.sub(r.x), top: self.sub(r.y), right: self.sub(r.right()), bottom: self.sub(r.bottom()) }
    }
}

/// Gives a photo, upright, about so many pixels large; None: it can't be shown.
pub type Pictures<'a> = &'a (dyn Fn(PhotoId, (u32, u32)) -> Option<Raster> + Sync);

/// A photo as the page wants it; what can't be decoded is said elsewhere, and a box stands for it.
pub fn photo(darkroom: &Darkroom, id: PhotoId, (width, height): (u32, u32)) -> Option<Raster> {
    let photo = darkroom.photos.get(id.0 as usize)?;
    let (w, h) = if photo.orientation >= 5 { (height, width) } else { (width, height) };
    let size = (w.clamp(1, photo.stored.0.max(1)), h.clamp(1, photo.stored.1.max(1)));
    let developed =
        darkroom.develop(photo, &Recipe { size, upright: true, coding: Coding::Samples, inks: None }).ok()?;
    Some(Raster { size: developed.size, grey: developed.grey, samples: developed.bytes, alpha: developed.alpha })
}

/// What all pages of a book have in common.
pub struct Scene<'a> {
    pub book: &'a Book,
    pub faces: Faces,
    pub pictures: Pictures<'a>,
    pub dpi: Dpi,
}

impl<'a> Scene<'a> {
    /// `more` are runs that will be drawn besides the book's.
    pub fn new(
        book: &'a Book,
        library: &Library,
        more: &[GlyphRun],
        (pictures, dpi): (Pictures<'a>, Dpi),
    ) -> Result<Self, Error> {
        let items = book.pages.iter().flat_map(|page| &page.items);
        let runs = items.filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        });
        let faces = Faces::of(runs.chain(more), library)?;
        Ok(Scene { book, faces, pictures, dpi })
    }

    /// A page by its index in the book.
    pub fn page(&self, number: usize) -> Canvas {
        let (width, height) = self.book.trim;
        let canvas = Canvas::new((self.dpi.pixels(width), self.dpi.pixels(height)), PAPER);
        self.draw_at(canvas, &self.book.pages[number].items, self.dpi)
    }

    /// Draws items upon a canvas.
    pub fn draw_at(&self, canvas: Canvas, items: &[Item], dpi: Dpi) -> Canvas {
        let mut painter = Painter { scene: self, canvas, masks: Masks::new(&self.faces), dpi };
        items.iter().for_each(|item| painter.item(item));
        painter.canvas
    }
}

pub const PAPER: Rgb = [255; 3];
/// What stands for a picture that can't be shown.
const ABSENT: Rgb = [208; 3];

struct Painter<'a> {
    scene: &'a Scene<'a>,
    canvas: Canvas,
    masks: Masks<'a>,
    dpi: Dpi,
}

impl Painter<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Glyphs(run) => self.glyphs(run),
            Item::Picture(picture) => self.picture(picture),
            Item::Shape(shape) => self.shape(shape),
            Item::Link(_) => {}
        }
    }

    fn colour(&self, ink: Ink, tint: u8) -> Rgb {
        let rgb = self.scene.book.inks.get(usize::from(ink.0)).map_or([0; 3], |swatch| swatch.rgb);
        rgb.map(|v| (255 - (255 - u32::from(v)) * u32::from(tint.min(100)) / 100) as u8)
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let dpi = self.dpi;
        let (colour, size) = (self.colour(run.ink, 100), dpi.sub(run.size).max(0) as u32 * 4);
        for glyph in &run.glyphs {
            let part = PIXEL / QUARTERS;
            let place = |len: Len| (dpi.sub(len) + part / 2).div_euclid(part);
            let at = run.place(glyph);
            let (x, y) = (place(at.x), place(at.y));
            let quarter = (x.rem_euclid(QUARTERS) as u8, y.rem_euclid(QUARTERS) as u8);
            let stands = (size, run.orientation);
            let Some(mask) = self.masks.get(run.face, glyph.id, stands, quarter) else { continue };
            let at = (x.div_euclid(QUARTERS) + mask.left, y.div_euclid(QUARTERS) + mask.top);
            self.canvas.mask(at, mask.width, &mask.coverage, colour);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        let (dpi, colour) = (self.dpi, self.colour(shape.ink, shape.tint));
        match &shape.kind {
            ShapeKind::Fill(rect) => self.canvas.fill(dpi.area(*rect), colour, 255),
            // A hairline is seen: readers draw none thinner than a pixel.
            ShapeKind::Rule { from, to, thickness } => {
                self.canvas.fill(dpi.area(rule(*from, *to, *thickness)).snapped(), colour, 255);
            }
            ShapeKind::Wave { from, to, height, thickness } => {
                let boxes = slices::wave((*from, *to), *height, *thickness);
                boxes.into_iter().for_each(|r| self.canvas.fill(dpi.area(r), colour, 255));
            }
            ShapeKind::Dot { centre, radius } => {
                slices::dot(*centre, *radius).for_each(|r| self.canvas.fill(dpi.area(r), colour, 255));
            }
            ShapeKind::Veil(veil) => self
                .canvas
                .veil(dpi.area(veil.rect), |down| veil.opacity(veil.rect.y + veil.rect.height.scale(down, 65536))),
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let dpi = self.dpi;
        let (full, frame) = (dpi.area(picture.full).snapped(), dpi.area(picture.frame).snapped());
        let size = |from: Sub, to: Sub| ((to - from) / PIXEL) as u32;
        let wanted = (size(full.left, full.right), size(full.top, full.bottom));
        match (self.scene.pictures)(picture.photo, wanted) {
            Some(raster) => self.canvas.picture(&raster, full, frame),
            None => self.canvas.fill(frame, ABSENT, 255),
        }
    }
}

/// The box of a rule along an axis; there are no others.
fn rule(from: Point, to: Point, thickness: Len) -> Rect {
    let (x, y) = (from.x.min(to.x), from.y.min(to.y));
    let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
    match width >= height {
        true => Rect::new(x, y - thickness / 2, width, thickness),
        false => Rect::new(x - thickness / 2, y, thickness, height),
    }
}

impl Canvas {
    /// A colour over a box of a page.
    pub fn tint(&mut self, dpi: Dpi, rect: Rect, colour: Rgb, alpha: u8) {
        self.fill(dpi.area(rect), colour, alpha);
    }

    /// As a PNG file.
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![];
        let (width, height) = self.size;
        PngEncoder::new(&mut bytes)
            .write_image(&self.pixels, width, height, image::ExtendedColorType::Rgb8)
            .map_err(|e| Error::Io(std::io::Error::other(e)))?;
        Ok(bytes)
    }
}
