//! [`Pixels`] → a JPEG or PNG file without metadata.

use super::pixels::{Kind, Pixels};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::ColorType;

impl Pixels {
    /// A baseline JPEG; the encoder halves colour below a quality of 90. Opacity is set on white.
    ///
    /// Standard Huffman tables: with optimised ones the encoder writes a scan a component, which not every decoder reads
    /// rightly. CMYK is stored Adobe's way, inverted, and says so.
    pub fn to_jpeg(self, quality: u8) -> Result<Vec<u8>, String> {
        let side = |n: u32| u16::try_from(n).map_err(|_| format!("{n} pixels are more than a JPEG holds"));
        let pixels = self.flat();
        let color = match pixels.kind {
            Kind::Grey => ColorType::Luma,
            Kind::Rgb | Kind::Rgba => ColorType::Rgb,
            Kind::Cmyk => ColorType::Cmyk,
        };
        let mut out = vec![];
        let encoder = jpeg_encoder::Encoder::new(&mut out, quality);
        encoder
            .encode(&pixels.samples, side(pixels.size.0)?, side(pixels.size.1)?, color)
            .map_err(|e| e.to_string())?;
        Ok(out)
    }

    pub fn to_png(&self) -> Result<Vec<u8>, String> {
        let color = match self.kind {
            Kind::Grey => ExtendedColorType::L8,
            Kind::Rgb => ExtendedColorType::Rgb8,
            Kind::Rgba => ExtendedColorType::Rgba8,
            Kind::Cmyk => return Err("a PNG holds no inks".into()),
        };
        let mut out = vec![];
        let encoder = PngEncoder::new(&mut out);
        encoder.write_image(&self.samples, self.size.0, self.size.1, color).map_err(|e| e.to_string())?;
        Ok(out)
    }
}
