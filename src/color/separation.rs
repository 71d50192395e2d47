//! Tables from RGB pixels to plates.
//!
//! In: the photo's profile and the press. Out: bytes of C, M, Y, K, or of grey. The tables are made in double precision once
//! for each pair of profiles; pixels take integers alone.

use super::SRGB;
use super::lab::{lightness, luminance};
use super::press::Press;
use moxcms::{ColorProfile, DataColorSpace};

/// Points of the grid along each axis.
const GRID: usize = 33;

/// RGB to CMYK of one press: a grid of inks in 1/256 of a byte.
pub struct Separation {
    grid: Vec<[u16; 4]>,
}

/// RGB to the black plate alone, as DeviceGray: 0 is full black.
pub struct Greys {
    /// Share of each channel's value in the luminance; all three full are 65280.
    light: [[u32; 256]; 3],
    /// DeviceGray by luminance in 1/4096.
    grey: Vec<u8>,
}

/// What RGB numbers mean: curves and a matrix to XYZ.
pub(super) struct Source {
    curves: [[f64; 256]; 3],
    matrix: [[f64; 3]; 3],
}

impl Source {
    /// The meaning of the profile, or sRGB where it is no RGB profile of curves and a matrix.
    pub(super) fn of(icc: Option<&[u8]>) -> Source {
        let own = icc.and_then(|icc| ColorProfile::new_from_slice(icc).ok()).and_then(|p| Source::shaper(&p));
        own.unwrap_or_else(|| {
            let srgb = ColorProfile::new_from_slice(SRGB).expect("the shipped profile is sound");
            Source::shaper(&srgb).expect("sRGB is curves and a matrix")
        })
    }

    fn shaper(profile: &ColorProfile) -> Option<Source> {
        if profile.color_space != DataColorSpace::Rgb {
            return None;
        }
        let trc = [profile.red_trc.as_ref()?, profile.green_trc.as_ref()?, profile.blue_trc.as_ref()?];
        let mut curves = [[0.0; 256]; 3];
        for (curve, trc) in curves.iter_mut().zip(trc) {
            let evaluator = trc.make_linear_evaluator().ok()?;
            *curve = std::array::from_fn(|v| f64::from(evaluator.evaluate_value(v as f32 / 255.0)));
        }
        let columns = [profile.red_colorant, profile.green_colorant, profile.blue_colorant];
        let matrix = [columns.map(|c| c.x), columns.map(|c| c.y), columns.map(|c| c.z)];
        (matrix[1].iter().sum::<f64>() > 0.5).then_some(Source { curves, matrix })
    }

    pub(super) fn xyz(&self, rgb: [usize; 3]) -> [f64; 3] {
        let linear: [f64; 3] = std::array::from_fn(|i| self.curves[i][rgb[i]]);
        self.matrix.map(|row| row.iter().zip(linear).map(|(m, v)| m * v).sum())
    }
}

impl Separation {
    /// `icc` is the photo's own profile.
    pub fn new(icc: Option<&[u8]>, press: &Press) -> Separation {
        let source = Source::of(icc);
        // Grid points at 0, 8, 16 … 248, 255 (the last cell is a little narrower).
        let value = |i: usize| (i * 8).min(255);
        let point = |i: usize| {
            let rgb = [value(i / GRID / GRID), value(i / GRID % GRID), value(i % GRID)];
            press.compensated(source.xyz(rgb)).map(|v| (v.clamp(0.0, 1.0) * 65280.0 + 0.5) as u16)
        };
        Separation { grid: (0..GRID * GRID * GRID).map(point).collect() }
    }

    /// The most ink that any colour becomes, in percent: between the grid's points there is never more.
    pub fn densest(&self) -> u32 {
        let total = |inks: &[u16; 4]| inks.iter().map(|v| u32::from(*v)).sum::<u32>();
        self.grid.iter().map(total).max().unwrap_or(0) * 100 / 65280
    }

    /// The inks of one pixel: tetrahedral between the grid's points.
    pub fn pixel(&self, rgb: [u8; 3]) -> [u8; 4] {
        let (cell, share) = (rgb.map(|v| usize::from(v / 8)), rgb.map(share));
        let step = [GRID * GRID, GRID, 1];
        let mut order = [0usize, 1, 2];
        order.sort_by_key(|i| std::cmp::Reverse(share[*i]));
        let mut at = cell[0] * step[0] + cell[1] * step[1] + cell[2];
        let mut before = 256;
        let mut sum = [0u32; 4];
        for axis in order.iter().map(|i| Some(*i)).chain([None]) {
            let next = axis.map_or(0, |i| share[i]);
            for (total, ink) in sum.iter_mut().zip(self.grid[at]) {
                *total += (before - next) * u32::from(ink);
            }
            at += axis.map_or(0, |i| step[i]);
            before = next;
        }
        sum.map(|v| ((v + 32768) >> 16) as u8)
    }

    /// The inks of interleaved RGB.
    pub fn cmyk(&self, rgb: &[u8]) -> Vec<u8> {
        rgb.chunks_exact(3).flat_map(|p| self.pixel([p[0], p[1], p[2]])).collect()
    }
}

/// Where a value stands in its cell, in 1/256.
fn share(v: u8) -> u32 {
    let width = if v >= 248 { 7 } else { 8 };
    u32::from(v % 8) * 256 / width
}

impl Greys {
    /// `icc` is the photo's own profile.
    pub fn new(icc: Option<&[u8]>, press: &Press) -> Greys {
        let source = Source::of(icc);
        let whole: f64 = source.matrix[1].iter().sum();
        let light = std::array::from_fn(|c| {
            std::array::from_fn(|v| (source.curves[c][v] * source.matrix[1][c] / whole * 65280.0 + 0.5) as u32)
        });
        let ramp: [f64; 256] = std::array::from_fn(|k| press.lab([0.0, 0.0, 0.0, k as f64 / 255.0])[0]);
        let (white, black) = (ramp[0], ramp[255]);
        let grey = |i: usize| {
            let y = luminance(black) + (luminance(white) - luminance(black)) * i as f64 / 4095.0;
            let wanted = lightness(y);
            // The ramp falls: the first amount of black that is as dark as wanted.
            255 - ramp.iter().position(|l| *l <= wanted + 1e-9).unwrap_or(255) as u8
        };
        Greys { light, grey: (0..4096).map(grey).collect() }
    }

    pub fn pixel(&self, rgb: [u8; 3]) -> u8 {
        let y: u32 = (0..3).map(|c| self.light[c][usize::from(rgb[c])]).sum();
        self.grey[((y * 4095 + 32640) / 65280).min(4095) as usize]
    }

    /// DeviceGray of interleaved RGB.
    pub fn grey(&self, rgb: &[u8]) -> Vec<u8> {
        rgb.chunks_exact(3).map(|p| self.pixel([p[0], p[1], p[2]])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::FOGRA39;

    fn press() -> Press {
        Press::open(FOGRA39).expect("the shipped profile")
    }

    #[test]
    fn white_is_paper_and_black_is_dark_within_the_limit() {
        let separation = Separation::new(None, &press());
        assert_eq!(separation.pixel([255; 3]), [0; 4]);
        let black = separation.pixel([0; 3]);
        let total: u32 = black.iter().map(|v| u32::from(*v)).sum();
        assert!(black[3] > 215 && total > 600 && total <= 300 * 255 / 100 + 6, "{black:?}");
    }

    /// The table against the profile itself, at colours that are no points of the grid.
    #[test]
    fn between_the_points_the_table_follows_the_profile() {
        let press = press();
        let (separation, source) = (Separation::new(None, &press), Source::of(None));
        let mut worst = 0.0f64;
        for rgb in [[200usize, 180, 160], [37, 91, 53], [250, 251, 253], [12, 14, 9], [180, 60, 41], [99, 130, 201]] {
            let exact = press.compensated(source.xyz(rgb));
            let table = separation.pixel(rgb.map(|v| v as u8));
            for (a, b) in exact.iter().zip(table) {
                worst = worst.max((a * 255.0 - f64::from(b)).abs());
            }
        }
        assert!(worst < 4.0, "{worst} of 255");
    }

    #[test]
    fn every_grey_grows_lighter_and_spans_the_plate() {
        let greys = Greys::new(None, &press());
        assert_eq!((greys.pixel([0; 3]), greys.pixel([255; 3])), (0, 255));
        assert!((1..=255u8).all(|v| greys.pixel([v; 3]) >= greys.pixel([v - 1; 3])));
        // L* 50 reflects 18 %: the dot that leaves as much grows by 15 % on press (ISO 12647-2), so about two thirds of black.
        let middle = greys.pixel([118; 3]);
        assert!((75..105).contains(&middle), "{middle}");
        assert!(
            greys.pixel([0, 255, 0]) > greys.pixel([255, 0, 0]) && greys.pixel([255, 0, 0]) > greys.pixel([0, 0, 255])
        );
    }
}
