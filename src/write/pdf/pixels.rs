//! Photos as pixels, for the outputs that don't pass a file's bytes through.
//!
//! In: a photo file's bytes and the size wanted. Out: [`Pixels`] of eight bits a sample.

use crate::doc::PhotoFormat;
use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::{DynamicImage, ImageFormat, ImageReader};
use std::io::Cursor;

/// Rows from the top, samples interleaved.
pub struct Pixels {
    pub size: (u32, u32),
    /// 1 grey, 3 RGB, 4 RGB and alpha.
    pub channels: u8,
    pub samples: Vec<u8>,
}

impl Pixels {
    /// Decodes a photo; sixteen bits become eight, CMYK becomes RGB by the decoder's plain formula.
    pub fn decode(bytes: &[u8], format: &PhotoFormat) -> Result<Pixels, String> {
        let kind = match format {
            PhotoFormat::Jpeg { .. } => ImageFormat::Jpeg,
            PhotoFormat::Png { .. } => ImageFormat::Png,
            PhotoFormat::Tiff { .. } => ImageFormat::Tiff,
            PhotoFormat::WebP { .. } => ImageFormat::WebP,
            PhotoFormat::Svg | PhotoFormat::Pending => return Err("it has no pixels".into()),
        };
        let decoded = ImageReader::with_format(Cursor::new(bytes), kind).decode().map_err(|e| e.to_string())?;
        let size = (decoded.width(), decoded.height());
        let color = decoded.color();
        let (channels, samples) = match (color.has_alpha(), color.has_color()) {
            (true, _) => (4, decoded.into_rgba8().into_raw()),
            (false, true) => (3, DynamicImage::into_rgb8(decoded).into_raw()),
            (false, false) => (1, decoded.into_luma8().into_raw()),
        };
        Ok(Pixels { size, channels, samples })
    }

    /// The same picture in `size` pixels (Lanczos 3; fixed-point arithmetic, the same on every machine).
    pub fn resized(self, size: (u32, u32)) -> Result<Pixels, String> {
        let kind = match self.channels {
            1 => PixelType::U8,
            3 => PixelType::U8x3,
            _ => PixelType::U8x4,
        };
        let source = Image::from_vec_u8(self.size.0, self.size.1, self.samples, kind).map_err(|e| e.to_string())?;
        let mut target = Image::new(size.0, size.1, kind);
        Resizer::new().resize(&source, &mut target, None).map_err(|e| e.to_string())?;
        Ok(Pixels { size, channels: self.channels, samples: target.into_vec() })
    }

    /// Colour and, where there is one, alpha, apart.
    pub fn split_alpha(self) -> (Pixels, Option<Vec<u8>>) {
        if self.channels != 4 {
            return (self, None);
        }
        let alpha = self.samples.chunks_exact(4).map(|p| p[3]).collect();
        let samples = self.samples.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        (Pixels { size: self.size, channels: 3, samples }, Some(alpha))
    }

    /// A baseline JPEG of grey or RGB pixels.
    pub fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, String> {
        let side = |n: u32| u16::try_from(n).map_err(|_| format!("{n} pixels are more than a JPEG holds"));
        let color = if self.channels == 1 { jpeg_encoder::ColorType::Luma } else { jpeg_encoder::ColorType::Rgb };
        let mut out = vec![];
        let encoder = jpeg_encoder::Encoder::new(&mut out, quality);
        encoder.encode(&self.samples, side(self.size.0)?, side(self.size.1)?, color).map_err(|e| e.to_string())?;
        Ok(out)
    }
}
