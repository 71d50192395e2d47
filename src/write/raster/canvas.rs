//! Pixels, and what can be put on them.
//!
//! In: areas in 1/256 pixel, colours in sRGB, coverages of 0–255. Out: [`Canvas`], rows of RGB from the top. Integers
//! alone: the same picture on every machine.

/// 1/256 pixel.
pub type Sub = i32;
pub const PIXEL: Sub = 256;

pub type Rgb = [u8; 3];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    pub size: (u32, u32),
    pub pixels: Vec<u8>,
}

/// Left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub left: Sub,
    pub top: Sub,
    pub right: Sub,
    pub bottom: Sub,
}

impl Area {
    /// Edges on whole pixels, none thinner than one.
    pub fn snapped(self) -> Area {
        let round = |v: Sub| (v + PIXEL / 2).div_euclid(PIXEL) * PIXEL;
        let (left, top) = (round(self.left), round(self.top));
        let right = round(self.right).max(left + PIXEL);
        let bottom = round(self.bottom).max(top + PIXEL);
        Area { left, top, right, bottom }
    }
}

/// Whole pixels and how much of each, in 1/256.
fn covered(from: Sub, to: Sub, limit: u32) -> impl Iterator<Item = (u32, i32)> + Clone {
    let (first, last) = (from.max(0) / PIXEL, to.min(limit as i32 * PIXEL) - 1);
    let last = if last < from.max(0) { first - 1 } else { last / PIXEL };
    (first..=last).map(move |p| {
        let (a, b) = (p * PIXEL, (p + 1) * PIXEL);
        (p as u32, (to.min(b) - from.max(a)).max(0))
    })
}

impl Canvas {
    pub fn new((width, height): (u32, u32), paper: Rgb) -> Canvas {
        Canvas { size: (width, height), pixels: paper.repeat(width as usize * height as usize) }
    }

    pub fn pixel(&self, x: u32, y: u32) -> Rgb {
        let at = self.at(x, y);
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    fn at(&self, x: u32, y: u32) -> usize {
        (y as usize * self.size.0 as usize + x as usize) * 3
    }

    /// `alpha` of 255 hides what was there.
    fn blend(&mut self, x: u32, y: u32, colour: Rgb, alpha: i32) {
        let at = self.at(x, y);
        for (channel, new) in self.pixels[at..at + 3].iter_mut().zip(colour) {
            let sum = i32::from(*channel) * (255 - alpha) + i32::from(new) * alpha;
            *channel = ((sum + 127) / 255) as u8;
        }
    }

    pub fn fill(&mut self, area: Area, colour: Rgb, alpha: u8) {
        self.shade(area, colour, |_| i32::from(alpha));
    }

    /// Black of the opacity, in 1/65536, that `at` gives for the share of the area above, in 1/65536 too.
    pub fn veil(&mut self, area: Area, at: impl Fn(i32) -> u32) {
        let height = i64::from((area.bottom - area.top).max(1));
        self.shade(area, [0, 0, 0], |y| {
            let down = (i64::from(y as i32 * PIXEL + PIXEL / 2 - area.top)).clamp(0, height);
            (at((down * 65536 / height) as i32) * 255 / 65536) as i32
        });
    }

    fn shade(&mut self, area: Area, colour: Rgb, alpha: impl Fn(u32) -> i32) {
        for (y, down) in covered(area.top, area.bottom, self.size.1) {
            let row = alpha(y) * down;
            for (x, across) in covered(area.left, area.right, self.size.0) {
                self.blend(x, y, colour, row * across / (PIXEL * PIXEL));
            }
        }
    }

    /// A mask of coverage with its upper left pixel at a place.
    pub fn mask(&mut self, (left, top): (i32, i32), width: u32, coverage: &[u8], colour: Rgb) {
        for (row, y) in coverage.chunks_exact(width.max(1) as usize).zip(top..) {
            for (alpha, x) in row.iter().zip(left..) {
                if *alpha > 0 && x >= 0 && y >= 0 && (x as u32) < self.size.0 && (y as u32) < self.size.1 {
                    self.blend(x as u32, y as u32, colour, i32::from(*alpha));
                }
            }
        }
    }

    /// Another canvas with its upper left corner at a place.
    pub fn paste(&mut self, page: &Canvas, (left, top): (u32, u32)) {
        let width = page.size.0.min(self.size.0.saturating_sub(left)) as usize * 3;
        for y in 0..page.size.1.min(self.size.1.saturating_sub(top)) {
            let (from, to) = (page.at(0, y), self.at(left, top + y));
            self.pixels[to..to + width].copy_from_slice(&page.pixels[from..from + width]);
        }
    }

    /// A picture stretched over `full`, seen within `frame`; both are on whole pixels.
    pub fn picture(&mut self, picture: &Raster, full: Area, frame: Area) {
        let (width, height) = ((full.right - full.left) / PIXEL, (full.bottom - full.top) / PIXEL);
        if width < 1 || height < 1 || picture.size.0 < 1 || picture.size.1 < 1 {
            return;
        }
        for (y, _) in covered(frame.top, frame.bottom, self.size.1) {
            let row = sample(y as i32 - full.top / PIXEL, height, picture.size.1);
            for (x, _) in covered(frame.left, frame.right, self.size.0) {
                let column = sample(x as i32 - full.left / PIXEL, width, picture.size.0);
                let (colour, alpha) = picture.pixel(column, row);
                self.blend(x, y, colour, i32::from(alpha));
            }
        }
    }
}

/// The sample under the middle of a pixel.
fn sample(pixel: i32, pixels: i32, samples: u32) -> u32 {
    let at = (2 * i64::from(pixel) + 1) * i64::from(samples) / (2 * i64::from(pixels));
    at.clamp(0, i64::from(samples) - 1) as u32
}

/// A decoded picture: grey or RGB rows, and perhaps opacity.
#[derive(Clone, Debug)]
pub struct Raster {
    pub size: (u32, u32),
    pub grey: bool,
    pub samples: Vec<u8>,
    pub alpha: Option<Vec<u8>>,
}

impl Raster {
    fn pixel(&self, x: u32, y: u32) -> (Rgb, u8) {
        let at = y as usize * self.size.0 as usize + x as usize;
        let alpha = self.alpha.as_ref().map_or(255, |a| a[at]);
        let colour = match self.grey {
            true => [self.samples[at]; 3],
            false => [self.samples[at * 3], self.samples[at * 3 + 1], self.samples[at * 3 + 2]],
        };
        (colour, alpha)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Rgb = [255; 3];

    fn area(left: Sub, top: Sub, right: Sub, bottom: Sub) -> Area {
        Area { left, top, right, bottom }
    }

    #[test]
    fn an_edge_within_a_pixel_is_a_share_of_it() {
        let mut canvas = Canvas::new((4, 2), WHITE);
        canvas.fill(area(PIXEL / 2, 0, 2 * PIXEL + PIXEL / 4, PIXEL), [0; 3], 255);
        let row: Vec<u8> = (0..4).map(|x| canvas.pixel(x, 0)[0]).collect();
        assert_eq!(row, [128, 0, 192, 255]);
        assert_eq!(canvas.pixel(0, 1), WHITE, "nothing beyond it");
    }

    #[test]
    fn what_lies_outside_is_cut_and_nothing_panics() {
        let mut canvas = Canvas::new((2, 2), WHITE);
        canvas.fill(area(-5000, -5000, 5000, 100), [0; 3], 255);
        canvas.fill(area(5000, 5000, 6000, 6000), [0; 3], 255);
        canvas.fill(area(300, 300, 200, 200), [0; 3], 255);
        canvas.mask((-1, -1), 3, &[255; 9], [9; 3]);
        assert_eq!(canvas.pixel(1, 1), [9; 3]);
    }

    #[test]
    fn a_veil_darkens_downward() {
        let mut canvas = Canvas::new((1, 10), WHITE);
        canvas.veil(area(0, 0, PIXEL, 10 * PIXEL), |down| down as u32);
        let column: Vec<u8> = (0..10).map(|y| canvas.pixel(0, y)[0]).collect();
        assert!(column.windows(2).all(|w| w[0] > w[1]), "{column:?}");
        assert!(column[0] > 240 && column[9] < 15, "{column:?}");
    }

    #[test]
    fn a_picture_is_stretched_and_clipped() {
        let picture = Raster { size: (2, 1), grey: true, samples: vec![10, 20], alpha: Some(vec![255, 0]) };
        let mut canvas = Canvas::new((4, 1), WHITE);
        let full = area(0, 0, 4 * PIXEL, PIXEL);
        canvas.picture(&picture, full, Area { left: PIXEL, ..full });
        let row: Vec<u8> = (0..4).map(|x| canvas.pixel(x, 0)[0]).collect();
        assert_eq!(row, [255, 10, 255, 255]);
    }
}
