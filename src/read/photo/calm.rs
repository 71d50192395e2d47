//! Where the cover's picture is calm and how light it is there.
//!
//! In: a photo. Out: [`Calm`], by integers alone. None for what has no pixels or can't be decoded: the writer tells that.

use crate::doc::{Calm, Photo, PhotoFormat};
use image::metadata::Orientation;

const CELLS: (usize, usize) = (24, 32);
/// Samples of a cell, each way.
const SAMPLES: usize = 6;

pub fn measure(photo: &Photo) -> Option<Calm> {
    if matches!(photo.format, PhotoFormat::Svg | PhotoFormat::Pdf { .. } | PhotoFormat::Pending) {
        return None;
    }
    let mut picture = image::ImageReader::open(&photo.path).ok()?.with_guessed_format().ok()?.decode().ok()?;
    picture.apply_orientation(Orientation::from_exif(photo.orientation).unwrap_or(Orientation::NoTransforms));
    let luma = picture.into_luma8();
    Some(map(luma.as_raw(), (luma.width() as usize, luma.height() as usize)))
}

fn map(luma: &[u8], size: (usize, usize)) -> Calm {
    let samples = samples(luma, size);
    let width = CELLS.0 * SAMPLES;
    let (mut light, mut detail) = (vec![], vec![]);
    for row in 0..CELLS.1 {
        for column in 0..CELLS.0 {
            let (mut sum, mut steps) = (0, 0);
            for y in 0..SAMPLES {
                let line = &samples[(row * SAMPLES + y) * width + column * SAMPLES..][..SAMPLES];
                sum += line.iter().sum::<u32>();
                steps += line.windows(2).map(|w| w[0].abs_diff(w[1])).sum::<u32>();
            }
            light.push((sum / (SAMPLES * SAMPLES) as u32) as u8);
            detail.push((steps / (SAMPLES * (SAMPLES - 1)) as u32) as u8);
        }
    }
    Calm { columns: CELLS.0 as u8, rows: CELLS.1 as u8, light, detail }
}

/// Each sample is the mean of its box of pixels.
fn samples(luma: &[u8], (w, h): (usize, usize)) -> Vec<u32> {
    let (columns, rows) = (CELLS.0 * SAMPLES, CELLS.1 * SAMPLES);
    let range = |i: usize, n: usize, of: usize| {
        let first = (i * of / n).min(of - 1);
        first..((i + 1) * of / n).clamp(first + 1, of)
    };
    let mut out = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        let lines = range(row, rows, h);
        for column in 0..columns {
            let across = range(column, columns, w);
            let sum: u64 = lines.clone().flat_map(|y| &luma[y * w..][across.clone()]).map(|p| u64::from(*p)).sum();
            out.push((sum / (lines.len() * across.len()) as u64) as u32);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Part;

    #[test]
    fn a_flat_half_is_calm_and_a_striped_one_is_not() {
        let (w, h) = (480, 640);
        let pixel = |i: usize| if i % w < w / 2 { 200 } else { ((i / 5) % 2 * 255) as u8 };
        let calm = map(&(0..w * h).map(pixel).collect::<Vec<_>>(), (w, h));
        let half = |x| calm.of(Part { x, y: (0, 1000) });
        assert_eq!(half((0, 499)), (200, 0));
        assert!(half((501, 1000)).1 > 40);
    }

    #[test]
    fn a_picture_smaller_than_the_cells_is_measured_too() {
        assert_eq!(map(&[7; 6], (3, 2)).light, vec![7; 24 * 32]);
    }
}
