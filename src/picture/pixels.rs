//! Rows of samples, eight bits each.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};

/// What the samples of a pixel are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Grey,
    Rgb,
    /// RGB and opacity.
    Rgba,
    /// Inks: 255 is all of it.
    Cmyk,
}

impl Kind {
    /// Samples in a pixel.
    pub const fn channels(self) -> usize {
        match self {
            Kind::Grey => 1,
            Kind::Rgb => 3,
            Kind::Rgba | Kind::Cmyk => 4,
        }
    }
}

/// Rows from the top, samples interleaved.
pub struct Pixels {
    pub size: (u32, u32),
    pub kind: Kind,
    pub samples: Vec<u8>,
    /// The profile that gives the samples their meaning; None: sRGB, its grey, or the usual printing condition.
    pub icc: Option<Vec<u8>>,
}

impl Pixels {
    /// The same picture in `size` pixels (Lanczos 3; fixed-point arithmetic, the same on every machine).
    pub fn resized(self, size: (u32, u32)) -> Result<Pixels, String> {
        if size == self.size {
            return Ok(self);
        }
        let kind = match self.kind {
            Kind::Grey => PixelType::U8,
            Kind::Rgb => PixelType::U8x3,
            Kind::Rgba | Kind::Cmyk => PixelType::U8x4,
        };
        let source = Image::from_vec_u8(self.size.0, self.size.1, self.samples, kind).map_err(|e| e.to_string())?;
        let mut target = Image::new(size.0, size.1, kind);
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            .use_alpha(self.kind == Kind::Rgba);
        Resizer::new().resize(&source, &mut target, &options).map_err(|e| e.to_string())?;
        Ok(Pixels { size, samples: target.into_vec(), ..self })
    }

    /// Colour and, where there is one, opacity, apart.
    pub fn split_alpha(self) -> (Pixels, Option<Vec<u8>>) {
        if self.kind != Kind::Rgba {
            return (self, None);
        }
        let alpha = self.samples.chunks_exact(4).map(|p| p[3]).collect();
        let samples = self.samples.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        (Pixels { kind: Kind::Rgb, samples, ..self }, Some(alpha))
    }

    /// On white paper: no pixel is transparent any more.
    pub fn flat(mut self) -> Pixels {
        if self.kind == Kind::Rgba {
            let over = |v: u8, a: u8| ((u32::from(v) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8;
            self.samples = self.samples.chunks_exact(4).flat_map(|p| [0, 1, 2].map(|i| over(p[i], p[3]))).collect();
            self.kind = Kind::Rgb;
        }
        self
    }

    /// Turned as EXIF says (TIFF 6.0 §8, tag 274).
    pub fn upright(self, orientation: u8) -> Result<Pixels, String> {
        let Some(turn) = Orientation::from_exif(orientation).filter(|_| orientation > 1) else { return Ok(self) };
        let ((width, height), kind, icc) = (self.size, self.kind, self.icc);
        let image = match kind {
            Kind::Grey => GrayImage::from_raw(width, height, self.samples).map(DynamicImage::ImageLuma8),
            Kind::Rgb => RgbImage::from_raw(width, height, self.samples).map(DynamicImage::ImageRgb8),
            Kind::Rgba | Kind::Cmyk => RgbaImage::from_raw(width, height, self.samples).map(DynamicImage::ImageRgba8),
        };
        let mut image = image.ok_or("rows of another length")?;
        image.apply_orientation(turn);
        Ok(Pixels { size: (image.width(), image.height()), kind, samples: image.into_bytes(), icc })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparent_pixels_lose_their_colour_to_the_paper() {
        let pixels =
            Pixels { size: (2, 1), kind: Kind::Rgba, samples: vec![9, 9, 9, 0, 10, 20, 30, 255], icc: None }.flat();
        assert_eq!((pixels.kind, pixels.samples), (Kind::Rgb, vec![255, 255, 255, 10, 20, 30]));
    }

    /// Opacity is no ink: four inks are resized alone, colours with their opacity.
    #[test]
    fn black_ink_is_not_taken_for_opacity() {
        let samples = [[200, 0, 0, 0], [200, 0, 0, 255]].concat();
        let small = |kind| {
            let pixels = Pixels { size: (2, 1), kind, samples: samples.clone(), icc: None };
            pixels.resized((1, 1)).expect("resizes").samples
        };
        assert_eq!(small(Kind::Cmyk)[0], 200);
        assert_eq!(small(Kind::Cmyk)[3], 128);
    }

    /// TIFF 6.0 §8, tag 274, value 6: row 0 is the right side.
    #[test]
    fn upright_turns_rows_into_columns() {
        let pixels = Pixels { size: (2, 1), kind: Kind::Cmyk, samples: vec![1, 1, 1, 1, 2, 2, 2, 2], icc: None };
        let turned = pixels.upright(6).expect("turns");
        assert_eq!((turned.size, turned.samples), ((1, 2), vec![1, 1, 1, 1, 2, 2, 2, 2]));
    }
}
