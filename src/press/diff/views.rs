//! Old and new page side by side, with what changed marked: red where it was, green where it is.

use super::text::Marked;
use crate::base::{Len, Rect, in_parallel};
use crate::page::Book;
use crate::picture::Darkroom;
use crate::press::Request;
use crate::press::output::{Finished, Made};
use crate::press::proof::stage;
use crate::write::raster::{self, Canvas, Dpi, Rgb, Scene};
use std::path::PathBuf;

const DPI: Dpi = Dpi(90);
const GONE: Rgb = [220, 30, 30];
const COME: Rgb = [0, 150, 60];

pub fn draw((old, new): (&Made, &Made), marked: &Marked, request: &Request) -> Finished {
    let out = &request.out;
    std::fs::create_dir_all(out).map_err(|e| (out.clone(), e.into()))?;
    let rooms = [old, new].map(|made| Darkroom { photos: &made.issue.photos, threads: request.threads, cache: None });
    let old_pictures = |id, size| raster::photo(&rooms[0], id, size);
    let new_pictures = |id, size| raster::photo(&rooms[1], id, size);
    let scenes = (
        Scene::new(&old.book, &old.library, &[], (&old_pictures, DPI)).map_err(|e| (out.clone(), e))?,
        Scene::new(&new.book, &new.library, &[], (&new_pictures, DPI)).map_err(|e| (out.clone(), e))?,
    );
    let pairs: Vec<_> = marked.pairs.iter().collect();
    in_parallel(request.threads, pairs.len(), |i| {
        let (a, b) = *pairs[i];
        let left = a.map(|page| side(&scenes.0, page, &marked.old, GONE));
        let right = b.map(|page| side(&scenes.1, page, &marked.new, COME));
        let name = |book: &Book, page: Option<usize>| page.map_or("_".into(), |p| book.pages[p].label.clone());
        let path: PathBuf = out.join(format!("{:03}-{}-{}.png", i + 1, name(&old.book, a), name(&new.book, b)));
        stage(path, &beside(left, right))
    })
    .into_iter()
    .collect()
}

fn side(scene: &Scene, page: usize, boxes: &[(usize, Rect)], colour: Rgb) -> Canvas {
    let mut canvas = scene.page(page);
    for (_, rect) in boxes.iter().filter(|(p, _)| *p == page) {
        canvas.tint(scene.dpi, *rect, colour, 70);
        let edge = Rect { y: rect.bottom(), height: Len::pt(120), ..*rect };
        canvas.tint(scene.dpi, edge, colour, 255);
    }
    canvas
}

/// Two pages with a gap between them; a page that isn't there is left grey.
fn beside(left: Option<Canvas>, right: Option<Canvas>) -> Canvas {
    const GAP: u32 = 16;
    let size = |page: &Option<Canvas>| page.as_ref().map(|c| c.size);
    let (a, b) = (size(&left), size(&right));
    let (a, b) = (a.or(b).unwrap_or((1, 1)), b.or(a).unwrap_or((1, 1)));
    let mut canvas = Canvas::new((a.0 + GAP + b.0, a.1.max(b.1)), [206; 3]);
    left.iter().for_each(|page| canvas.paste(page, (0, 0)));
    right.iter().for_each(|page| canvas.paste(page, (a.0 + GAP, 0)));
    canvas
}
