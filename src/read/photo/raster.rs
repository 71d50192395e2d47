//! TIFF and WebP headers, and what PNG, TIFF and WebP say of themselves, by the decoders' own readers.

use super::embedded::Embedded;
use super::probe::{Header, Unusable, broken};
use crate::doc::PhotoFormat;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ExtendedColorType, ImageDecoder, ImageError};
use std::io::Cursor;
use std::panic::catch_unwind;

pub(super) fn tiff(bytes: &[u8]) -> Result<Header, Unusable> {
    guarded("TIFF", bytes, |bytes| {
        let decoder = TiffDecoder::new(Cursor::new(bytes))?;
        let colour = decoder.color_type();
        let components = match decoder.original_color_type() {
            ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16 => 4,
            _ if colour.has_color() => 3,
            _ => 1,
        };
        let depth = if colour.bytes_per_pixel() / colour.channel_count() > 1 { 16 } else { 8 };
        Ok(header(decoder, PhotoFormat::Tiff { components, depth, alpha: colour.has_alpha() }))
    })
}

pub(super) fn webp(bytes: &[u8]) -> Result<Header, Unusable> {
    guarded("WebP", bytes, |bytes| {
        let decoder = WebPDecoder::new(Cursor::new(bytes))?;
        let alpha = decoder.color_type() == ColorType::Rgba8;
        Ok(header(decoder, PhotoFormat::WebP { alpha }))
    })
}

/// What a PNG says of itself; nothing where that can't be read.
pub(super) fn png_embedded(bytes: &[u8]) -> Embedded {
    let read = catch_unwind(|| PngDecoder::new(Cursor::new(bytes)).ok().map(embedded));
    read.ok().flatten().unwrap_or_default()
}

fn header(mut decoder: impl ImageDecoder, format: PhotoFormat) -> Header {
    let stored = decoder.dimensions();
    let orientation = decoder.orientation().map_or(1, |o| o.to_exif());
    Header { embedded: embedded(decoder), ..Header::new(format, stored, orientation) }
}

fn embedded(mut decoder: impl ImageDecoder) -> Embedded {
    let (xmp, iptc) = (decoder.xmp_metadata().ok().flatten(), decoder.iptc_metadata().ok().flatten());
    Embedded::of(xmp.as_deref(), iptc.as_deref())
}

/// A defect of a decoder must not end the reading of an issue.
fn guarded(
    format: &str,
    bytes: &[u8],
    read: impl Fn(&[u8]) -> Result<Header, ImageError> + std::panic::RefUnwindSafe,
) -> Result<Header, Unusable> {
    let why = match catch_unwind(|| read(bytes)) {
        Ok(Ok(header)) => return Ok(header),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "?".into(),
    };
    Err(broken(format!("{format} 读不出来：{why}"), format!("the {format} can't be read: {why}")))
}
