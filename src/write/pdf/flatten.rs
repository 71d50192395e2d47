//! Veils in a file that may have no transparency (PDF/X-1a): each is made part of the picture it lies on.
//!
//! In: a page. Out: [`Flat`], which veils lie on which picture, and [`darken`], what they do to its inks. A veil on no picture
//! becomes strips of black that overprint what is below (`content`).

use crate::base::{Len, Rect};
use crate::page::{Item, Page, ShapeKind, Veil};
use crate::picture::{Kind, Pixels};
use std::collections::{BTreeMap, BTreeSet};

/// A page's veils, by the item of the picture they lie on, and the items that are done with by it.
#[derive(Default)]
pub struct Flat {
    pub on: BTreeMap<usize, Vec<Veil>>,
    pub done: BTreeSet<usize>,
}

impl Flat {
    pub fn of(page: &Page) -> Flat {
        let mut flat = Flat::default();
        for (i, item) in page.items.iter().enumerate() {
            let Item::Shape(shape) = item else { continue };
            let ShapeKind::Veil(veil) = shape.kind else { continue };
            let below = page.items[..i].iter().rposition(|item| match item {
                Item::Picture(picture) => holds(picture.frame, veil.rect),
                _ => false,
            });
            if let Some(picture) = below {
                flat.on.entry(picture).or_default().push(veil);
                flat.done.insert(i);
            }
        }
        flat
    }
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x <= inner.x && outer.y <= inner.y && outer.right() >= inner.right() && outer.bottom() >= inner.bottom()
}

/// Lays veils over the inks of an upright picture whose whole box is `full`.
pub fn darken(pixels: &mut Pixels, full: Rect, veils: &[Veil]) {
    let (width, height) = pixels.size;
    let channels = pixels.kind.channels();
    // A pixel's middle, on the page.
    let place = |i: u32, of: u32, from: Len, length: Len| {
        from + Len::from_raw((i64::from(length.raw()) * (2 * i64::from(i) + 1) / (2 * i64::from(of))) as i32)
    };
    for veil in veils {
        let inside: Vec<bool> = (0..width)
            .map(|x| place(x, width, full.x, full.width))
            .map(|x| x >= veil.rect.x && x < veil.rect.right())
            .collect();
        for (y, row) in (0..height).zip(pixels.samples.chunks_exact_mut(width as usize * channels)) {
            let at = place(y, height, full.y, full.height);
            if at < veil.rect.y || at >= veil.rect.bottom() {
                continue;
            }
            let opacity = veil.opacity(at);
            let pixels_of_row = row.chunks_exact_mut(channels).zip(&inside).filter(|(_, inside)| **inside);
            pixels_of_row.for_each(|(pixel, _)| blacken(pixel, pixels.kind, opacity));
        }
    }
}

/// Strips that stand for a ramp where it can't be part of a picture.
pub const STRIPS: i32 = 64;

/// Boxes from the top with their percent of black.
pub fn strips(veil: &Veil) -> impl Iterator<Item = (Rect, u8)> + '_ {
    let rect = veil.rect;
    let edge = move |i: i32| rect.y + rect.height * i / STRIPS;
    (0..STRIPS).map(move |i| {
        let middle = rect.y + rect.height * (2 * i + 1) / (2 * STRIPS);
        let strip = Rect { y: edge(i), height: edge(i + 1) - edge(i), ..rect };
        (strip, ((veil.opacity(middle) * 100 + 32768) / 65536) as u8)
    })
}

/// Full black shows through with this opacity: other inks give way, black grows.
fn blacken(pixel: &mut [u8], kind: Kind, opacity: u32) {
    let gives = |v: u8| ((u32::from(v) * (65536 - opacity) + 32768) / 65536) as u8;
    let grows = |v: u8| 255 - gives(255 - v);
    match (kind, pixel) {
        (Kind::Cmyk, [c, m, y, k]) => {
            (*c, *m, *y, *k) = (gives(*c), gives(*m), gives(*y), grows(*k));
        }
        // Light: black is zero.
        (_, pixel) => pixel.iter_mut().for_each(|v| *v = gives(*v)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Over ten points, ten from the top.
    fn veil(fades: (i32, i32)) -> Veil {
        let rect = Rect::new(Len::ZERO, Len::pt(1000), Len::pt(1000), Len::pt(1000));
        Veil { rect, dark: 100, fades: (Len::pt(fades.0), Len::pt(fades.1)) }
    }

    #[test]
    fn a_veil_darkens_what_is_below_it_and_nothing_else() {
        let mut pixels = Pixels { size: (1, 4), kind: Kind::Cmyk, samples: [100, 50, 0, 0].repeat(4), icc: None };
        // Four rows of five points each: the veil covers the last two, opaque at its foot.
        let full = Rect::new(Len::ZERO, Len::ZERO, Len::pt(1000), Len::pt(2000));
        darken(&mut pixels, full, &[veil((1000, 0))]);
        assert_eq!(pixels.samples[..8], [100, 50, 0, 0].repeat(2));
        assert_eq!(pixels.samples[8..12], [75, 38, 0, 64]);
        assert_eq!(pixels.samples[12..], [25, 13, 0, 191]);
    }

    #[test]
    fn strips_fill_the_box_and_fade_at_both_ends() {
        let veil = veil((500, 250));
        let strips: Vec<(Rect, u8)> = strips(&veil).collect();
        assert_eq!(strips[0].0.y, veil.rect.y);
        assert!(strips.windows(2).all(|pair| pair[0].0.bottom() == pair[1].0.y));
        assert!(strips[..40].windows(2).all(|pair| pair[0].1 <= pair[1].1), "darker to the middle");
        assert!(strips[40..].windows(2).all(|pair| pair[0].1 >= pair[1].1), "and lighter to the foot");
        assert_eq!(strips[63].0.bottom(), veil.rect.bottom());
        assert_eq!((strips[0].1, strips[40].1, strips[63].1), (2, 100, 3));
    }
}
