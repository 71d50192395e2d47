//! The cover's picture: the printed front cover, with masthead and lines, as booksellers show it.
//!
//! In: the book's first page. Out: a JPEG of 1600 pixels across, drawn once and kept until the page changes.

use super::error::Error;
use super::plan::{Cover, Plan};
use crate::base::Len;
use crate::font::Library;
use crate::page::{Book, Item, Page, PageKind};
use crate::picture::{Darkroom, Kind, Pixels};
use crate::write::raster::{self, Dpi, Scene};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Booksellers want covers of 1600 pixels across.
const WIDTH: i64 = 1600;
/// Letters on a photo: a little better than the photos of the text.
const QUALITY: u8 = 85;

/// The page that is the cover, where the issue has one with something on it.
pub fn page(book: &Book) -> Option<&Page> {
    let has_size = book.trim.0 > Len::ZERO && book.trim.1 > Len::ZERO;
    let shows = |page: &&Page| page.kind == PageKind::Cover && page.first.is_none() && !page.items.is_empty();
    book.pages.first().filter(|page| has_size && shows(page))
}

/// The cover as drawn now, or earlier where nothing on it has changed since; None where it isn't drawn.
pub fn drawn(plan: &Plan, library: &Library, darkroom: &Darkroom) -> Result<Option<Vec<u8>>, Error> {
    let Some(page) = page(plan.book).filter(|_| plan.cover == Some(Cover::Page)) else { return Ok(None) };
    let cover =
        Book { pages: vec![page.clone()], trim: plan.book.trim, inks: plan.book.inks.clone(), ..Book::default() };
    let sum = fingerprint(&cover, library, darkroom);
    let name = format!("cover-{}", plan.book.meta.uuid("epub").simple());
    darkroom.made(&name, &sum, || draw(&cover, library, darkroom)).map(Some)
}

fn draw(cover: &Book, library: &Library, darkroom: &Darkroom) -> Result<Vec<u8>, Error> {
    let failed = |reason: String| Error::Picture { name: cover.pages[0].label.clone(), reason };
    let width = i64::from(cover.trim.0.raw()).max(1);
    let dpi = Dpi((WIDTH * 72 * 1024 / width).clamp(36, 600) as u16);
    let pictures = |id, size| raster::photo(darkroom, id, size);
    let scene = Scene::new(cover, library, &[], (&pictures, dpi)).map_err(|e| failed(e.to_string()))?;
    let canvas = scene.page(0);
    let pixels = Pixels { size: canvas.size, kind: Kind::Rgb, samples: canvas.pixels, icc: None };
    pixels.to_jpeg(QUALITY).map_err(failed)
}

/// Changes with everything that is to be seen: items, inks, size, photos, faces.
fn fingerprint(cover: &Book, library: &Library, darkroom: &Darkroom) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}{:?}{:?}", cover.trim, cover.inks, cover.pages[0].items));
    let mut faces = BTreeSet::new();
    for item in &cover.pages[0].items {
        match item {
            Item::Picture(picture) => hash.update(darkroom.photo(picture.photo).hash),
            Item::Glyphs(run) => {
                faces.insert(run.face);
            }
            _ => {}
        }
    }
    faces.into_iter().for_each(|face| hash.update(library.face(face).fingerprint().finalize()));
    hash.finalize().into()
}
