//! What an output wants of a picture, and the way there: the one path from a photo's file to new bytes.

use super::pixels::{Kind, Pixels};
use super::placed::PlacedPage;
use crate::color::Tables;
use crate::doc::{Photo, PhotoFormat};

/// How the new bytes are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// At this quality, in percent.
    Jpeg(u8),
    Png,
    /// Rows of samples, opacity apart, as a PDF's image streams hold them.
    Samples,
}

/// The plates that a picture is printed with.
#[derive(Clone, Copy)]
pub struct Inks<'p> {
    pub press: &'p Tables,
    /// Black alone, as grey; else four inks.
    pub black: bool,
}

/// sRGB, grey, or the inks of a press, of this size.
#[derive(Clone, Copy)]
pub struct Recipe<'p> {
    /// Before the picture is turned.
    pub size: (u32, u32),
    /// Turned as EXIF says; else the output turns it.
    pub upright: bool,
    pub coding: Coding,
    /// None: for screens.
    pub inks: Option<Inks<'p>>,
}

/// A picture as an output wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Developed {
    pub size: (u32, u32),
    pub grey: bool,
    pub bytes: Vec<u8>,
    /// Of [`Coding::Samples`]: opacity, one byte a pixel.
    pub alpha: Option<Vec<u8>>,
}

impl Coding {
    /// A drawing or a picture with transparency keeps its exact pixels; a photo that was stored without loss takes more than
    /// three bits a pixel and becomes JPEG.
    pub fn loses_nothing(photo: &Photo) -> bool {
        let pixels = u64::from(photo.stored.0) * u64::from(photo.stored.1);
        let large = photo.bytes.saturating_mul(8) > pixels.saturating_mul(3);
        match photo.format {
            PhotoFormat::Jpeg { .. } => false,
            PhotoFormat::Png { alpha, .. } => alpha || !large,
            PhotoFormat::Tiff { components, alpha, .. } => alpha || components != 4 && !large,
            PhotoFormat::WebP { alpha } => alpha,
            PhotoFormat::Pdf { .. } => false,
            PhotoFormat::Svg | PhotoFormat::Pending => true,
        }
    }
}

impl Recipe<'_> {
    /// Develops a picture from its file's bytes.
    pub fn develop(&self, photo: &Photo, bytes: &[u8]) -> Result<Developed, String> {
        let mut pixels = match photo.format {
            PhotoFormat::Pdf { page, .. } => PlacedPage::pixels(bytes, page, self.size)?,
            _ => self.decoded(photo, bytes)?,
        };
        if self.upright {
            pixels = pixels.upright(photo.orientation)?;
        }
        if self.coding != Coding::Samples && self.inks.is_some() {
            pixels = pixels.flat();
        }
        let (pixels, alpha) = match self.inks {
            Some(inks) => pixels.to_inks(&inks),
            None => (pixels.to_srgb(), None),
        };
        let (size, grey) = (pixels.size, pixels.kind == Kind::Grey);
        let (bytes, alpha) = match self.coding {
            Coding::Jpeg(quality) => (pixels.to_jpeg(quality)?, None),
            Coding::Png => (pixels.to_png()?, None),
            Coding::Samples => {
                let (pixels, own) = pixels.split_alpha();
                (pixels.samples, alpha.or(own))
            }
        };
        Ok(Developed { size, grey, bytes, alpha })
    }

    fn decoded(&self, photo: &Photo, bytes: &[u8]) -> Result<Pixels, String> {
        let pixels = Pixels::decode(bytes, &photo.format)?;
        if pixels.size != photo.stored {
            return Err("its size is another than its header says".into());
        }
        pixels.resized(self.size)
    }

    /// The recipe in letters that a file name may have. What another version would make of it is another recipe.
    pub(super) fn name(&self) -> String {
        let (width, height) = self.size;
        let coding = match self.coding {
            Coding::Jpeg(quality) => format!("j{quality}"),
            Coding::Png => "png".into(),
            Coding::Samples => "raw".into(),
        };
        let turned = if self.upright { "-up" } else { "" };
        let inks =
            self.inks.map_or(String::new(), |i| format!("-{}{}", if i.black { "k" } else { "cmyk" }, i.press.name()));
        format!("{width}x{height}{turned}-{coding}{inks}-{}", env!("CARGO_PKG_VERSION"))
    }
}
