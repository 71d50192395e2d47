//! A file's bytes → [`Pixels`].
//!
//! Sixteen bits become eight, one bit becomes grey. CMYK stays CMYK: the decoders' plain formulas would spoil its colours.

use super::pixels::{Kind, Pixels};
use crate::doc::PhotoFormat;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::tiff::TiffDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, Limits};
use std::io::Cursor;
use std::panic::catch_unwind;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

/// More pixels than this no picture may have: a file of a few bytes can claim four thousand million.
pub const MOST_PIXELS: u64 = 300_000_000;

/// A decoder may take this much: the pixels of the largest picture in sixteen bits.
const MOST_BYTES: u64 = MOST_PIXELS * 8;

impl Pixels {
    /// Decodes a picture. The reason of a failure is in the decoder's own words.
    pub fn decode(bytes: &[u8], format: &PhotoFormat) -> Result<Pixels, String> {
        // Decoders meet files of any origin; a defect in one of them must not end the build of an issue.
        catch_unwind(|| match format {
            PhotoFormat::Jpeg { components: 4, adobe, .. } => cmyk_jpeg(bytes, *adobe),
            PhotoFormat::Jpeg { .. } => JpegDecoder::new(Cursor::new(bytes)).map_err(text).and_then(pixels),
            PhotoFormat::Png { .. } => {
                PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(text).and_then(pixels)
            }
            PhotoFormat::Tiff { components: 4, .. } => cmyk_tiff(bytes),
            PhotoFormat::Tiff { .. } => TiffDecoder::new(Cursor::new(bytes)).map_err(text).and_then(pixels),
            PhotoFormat::WebP { .. } => WebPDecoder::new(Cursor::new(bytes)).map_err(text).and_then(pixels),
            PhotoFormat::Svg | PhotoFormat::Pdf { .. } | PhotoFormat::Pending => Err("it has no pixels".into()),
        })
        .unwrap_or_else(|_| Err("the decoder gave up".into()))
    }
}

fn text(error: impl ToString) -> String {
    error.to_string()
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

fn too_large((width, height): (u32, u32)) -> Result<(), String> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS { Err(format!("{width} × {height} pixels are too many")) } else { Ok(()) }
}

fn pixels(mut decoder: impl ImageDecoder) -> Result<Pixels, String> {
    let size = decoder.dimensions();
    too_large(size)?;
    decoder.set_limits(limits()).map_err(text)?;
    let icc = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(text)?;
    let (kind, samples) = match (image.color().has_alpha(), image.color().has_color()) {
        (true, _) => (Kind::Rgba, image.into_rgba8().into_raw()),
        (false, true) => (Kind::Rgb, image.into_rgb8().into_raw()),
        (false, false) => (Kind::Grey, image.into_luma8().into_raw()),
    };
    Ok(Pixels { size, kind, samples, icc })
}

/// Inks as stored, Adobe's put right: its files hold what is left of white (Adobe technical note 5116).
fn cmyk_jpeg(bytes: &[u8], adobe: bool) -> Result<Pixels, String> {
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(65535).set_max_height(65535);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| e.to_string())?;
    let (width, height) = decoder.dimensions().ok_or("no size")?;
    let size = (width as u32, height as u32);
    too_large(size)?;
    let stored = decoder.input_colorspace().ok_or("no colour space")?;
    decoder.set_options(options.jpeg_set_out_colorspace(stored));
    let icc = decoder.icc_profile();
    let mut samples = decoder.decode().map_err(|e| e.to_string())?;
    match stored {
        ColorSpace::YCCK => samples.chunks_exact_mut(4).for_each(ycck),
        ColorSpace::CMYK => {}
        other => return Err(format!("four components that are {other:?}")),
    }
    if adobe {
        samples.iter_mut().for_each(|v| *v = 255 - *v);
    }
    Ok(Pixels { size, kind: Kind::Cmyk, samples, icc })
}

/// Inks as stored. Of inks image makes RGB by a plain formula; what calls itself RGB and opacity it leaves as it is.
fn cmyk_tiff(bytes: &[u8]) -> Result<Pixels, String> {
    let mut renamed = bytes.to_vec();
    let big = bytes.starts_with(b"MM");
    let at = photometric(bytes, big).ok_or("no photometric interpretation")?;
    renamed[at..at + 2].copy_from_slice(if big { &[0, 2] } else { &[2, 0] });
    let pixels = TiffDecoder::new(Cursor::new(&renamed)).map_err(text).and_then(pixels)?;
    if pixels.kind == Kind::Rgba { Ok(Pixels { kind: Kind::Cmyk, ..pixels }) } else { Err("inks and more".into()) }
}

/// Where the value of tag 262 is in the first directory (TIFF 6.0 §2; of BigTIFF, version 43, numbers are of eight bytes).
fn photometric(bytes: &[u8], big: bool) -> Option<usize> {
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if big { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
    };
    let is_wide = number(2, 2)? == 43;
    let (start, count, entry, value) = if is_wide { (number(8, 8)?, 8, 20, 12) } else { (number(4, 4)?, 2, 12, 8) };
    let (entries, first) = (number(start, count)?, start.checked_add(count)?);
    (first..bytes.len()).step_by(entry).take(entries).find(|at| number(*at, 2) == Some(262)).map(|at| at + value)
}

/// Luminance and two colour differences become C, M, Y as 255 − R, G, B (JFIF 1.02 §Conversion, in 1/65536).
fn ycck(pixel: &mut [u8]) {
    let (y, cb, cr) = (i32::from(pixel[0]) << 16, i32::from(pixel[1]) - 128, i32::from(pixel[2]) - 128);
    let rgb = [y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb];
    for (sample, value) in pixel.iter_mut().zip(rgb) {
        *sample = 255 - ((value + 32_768) >> 16).clamp(0, 255) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pixels of inks in one strip, uncompressed (TIFF 6.0 §16: tag 262 is 5).
    fn inks(big: bool) -> Vec<u8> {
        let short = |v: u16| if big { v.to_be_bytes() } else { v.to_le_bytes() };
        let long = |v: u32| if big { v.to_be_bytes() } else { v.to_le_bytes() };
        let tags = [(256, 2), (257, 1), (259, 1), (262, 5), (273, 8), (277, 4), (278, 1), (279, 8)];
        let mut out = [if big { &b"MM"[..] } else { b"II" }, &short(42), &long(16)].concat();
        out.extend([255, 0, 0, 10, 0, 128, 255, 200]);
        out.extend(short(tags.len() as u16 + 1));
        let bits = 18 + 12 * (tags.len() as u32 + 1) + 4;
        for (tag, value) in tags {
            out.extend([&short(tag)[..], &short(3), &long(1), &short(value), &[0; 2]].concat());
            if tag == 257 {
                out.extend([&short(258)[..], &short(3), &long(4), &long(bits)].concat());
            }
        }
        out.extend(long(0));
        out.extend([short(8); 4].concat());
        out
    }

    #[test]
    fn inks_of_a_tiff_stay_as_they_are() {
        let format = PhotoFormat::Tiff { components: 4, depth: 8, alpha: false };
        for big in [false, true] {
            let pixels = Pixels::decode(&inks(big), &format).expect("a sound file");
            assert_eq!((pixels.kind, pixels.size), (Kind::Cmyk, (2, 1)));
            assert_eq!(pixels.samples, [255, 0, 0, 10, 0, 128, 255, 200]);
        }
    }

    /// BigTIFF: version 43, numbers of eight bytes, and the four depths fit their entry.
    #[test]
    fn inks_of_a_tiff_of_wide_numbers_are_read() {
        let long = |v: u64| v.to_le_bytes();
        let mut file = [&b"II\x2b\x00\x08\x00\x00\x00"[..], &long(24)].concat();
        file.extend([255, 0, 0, 10, 0, 128, 255, 200]);
        let tags = [(256, 2), (257, 1), (258, 0), (259, 1), (262, 5), (273, 16), (277, 4), (278, 1), (279, 8)];
        file.extend(long(tags.len() as u64));
        for (tag, value) in tags {
            let (count, value) = if tag == 258 { (4, 0x0008_0008_0008_0008) } else { (1, value) };
            file.extend([&u16::to_le_bytes(tag)[..], &3_u16.to_le_bytes(), &long(count), &long(value)].concat());
        }
        file.extend(long(0));
        let format = PhotoFormat::Tiff { components: 4, depth: 8, alpha: false };
        let pixels = Pixels::decode(&file, &format).expect("a sound file");
        assert_eq!((pixels.kind, pixels.samples), (Kind::Cmyk, vec![255, 0, 0, 10, 0, 128, 255, 200]));
    }
}
