//! Photos as an EPUB wants them: JPEG or PNG, sRGB, upright, no larger than a reader can use, without metadata.
//!
//! In: photo files. Out: their new bytes, in the plan's order. As many threads as the machine has; what they give
//! doesn't depend on their number.

use super::error::Error;
use super::plan::{Limit, Picture, PictureKind, Plan};
use crate::doc::{Photo, PhotoFormat};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder};
use jpeg_encoder::ColorType;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

/// A usual setting for photographs on screens; the encoder halves colour below 90.
const QUALITY: u8 = 82;

/// Prepares every picture and hands each to `write`, in order.
pub fn each(plan: &Plan, mut write: impl FnMut(&Picture, Vec<u8>) -> Result<(), Error>) -> Result<(), Error> {
    let pictures: Vec<&Picture> = plan.cover.iter().chain(plan.pictures.values()).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(pictures.len());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(threads);
        for _ in 0..threads {
            let (sender, next, pictures) = (sender.clone(), &next, &pictures);
            scope.spawn(move || {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(picture) = pictures.get(i) else { return };
                    let bytes = prepare(plan.issue.photo(picture.photo), picture);
                    // The other end has gone away after an error.
                    if sender.send((i, bytes)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut early, mut due) = (BTreeMap::new(), 0);
        for (i, bytes) in receiver {
            early.insert(i, bytes);
            while let Some(bytes) = early.remove(&due) {
                write(pictures[due], bytes?)?;
                due += 1;
            }
        }
        Ok(())
    })
}

fn prepare(photo: &Photo, picture: &Picture) -> Result<Vec<u8>, Error> {
    let failed = |reason: String| Error::Picture { name: photo.name.clone(), reason };
    let bytes = std::fs::read(&photo.path).map_err(|e| failed(e.to_string()))?;
    if is_ready(photo, picture, &bytes) {
        return Ok(bytes);
    }
    let (pixels, icc) = decode(photo, &bytes).map_err(|e| failed(e.to_string()))?;
    let size = fitted(photo, picture.limit);
    let mut pixels = resized(pixels, size).map_err(&failed)?;
    if let Some(icc) = icc {
        to_srgb(&mut pixels, &icc);
    }
    pixels.apply_orientation(Orientation::from_exif(photo.orientation).unwrap_or(Orientation::NoTransforms));
    match picture.kind {
        PictureKind::Jpeg => jpeg(&pixels).map_err(|e| failed(e.to_string())),
        PictureKind::Png => png(&pixels).map_err(|e| failed(e.to_string())),
    }
}

/// Whether the file can go in as it is: right format and size, upright, sRGB or untagged, nothing in it but the
/// picture.
fn is_ready(photo: &Photo, picture: &Picture, bytes: &[u8]) -> bool {
    if photo.orientation > 1 || fitted(photo, picture.limit) != photo.stored {
        return false;
    }
    match (&photo.format, picture.kind) {
        (PhotoFormat::Jpeg { components: 1 | 3, icc, .. }, PictureKind::Jpeg) => icc.is_empty() && jpeg_is_bare(bytes),
        (PhotoFormat::Png { depth: 1..=8, .. }, PictureKind::Png) => png_is_bare(bytes),
        _ => false,
    }
}

/// No segment before the scan but JFIF (APP0), Adobe's (APP14) and what decoding needs (ITU-T T.81 §B.1.1.3).
fn jpeg_is_bare(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 4) {
            Some([0xff, 0xda, ..]) => return true,
            Some([0xff, 0xe1..=0xed | 0xef | 0xfe, ..]) => return false,
            Some([0xff, 0xc0..=0xfd, high, low]) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            _ => return false,
        }
    }
}

/// Only the chunks that are pixels, palette, transparency and resolution (PNG §11).
fn png_is_bare(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some(&[a, b, c, d, ref kind @ ..]) = bytes.get(at..at + 8) {
        if !matches!(kind, b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" | b"sRGB" | b"pHYs" | b"bKGD") {
            return false;
        }
        at += 12 + u32::from_be_bytes([a, b, c, d]) as usize;
    }
    at == bytes.len()
}

fn decode(photo: &Photo, bytes: &[u8]) -> image::ImageResult<(DynamicImage, Option<Vec<u8>>)> {
    match photo.format {
        PhotoFormat::Jpeg { .. } => pixels(image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes))?),
        _ => pixels(image::codecs::png::PngDecoder::new(Cursor::new(bytes))?),
    }
}

/// Pixels of eight bits in one of three forms (grey, RGB, RGBA), and the profile they are meant in.
fn pixels(mut decoder: impl ImageDecoder) -> image::ImageResult<(DynamicImage, Option<Vec<u8>>)> {
    let icc = decoder.icc_profile()?;
    let image = DynamicImage::from_decoder(decoder)?;
    let image = match (image.color().has_alpha(), image.color().has_color()) {
        (true, _) => DynamicImage::ImageRgba8(image.into_rgba8()),
        (false, true) => DynamicImage::ImageRgb8(image.into_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(image.into_luma8()),
    };
    Ok((image, icc))
}

/// Width and height within the limit, as stored (before the picture is turned upright); never enlarged.
fn fitted(photo: &Photo, limit: Limit) -> (u32, u32) {
    let (width, height) = (u64::from(photo.stored.0), u64::from(photo.stored.1));
    // Scale by num / den.
    let (num, den) = match limit {
        Limit::Area(most) if width * height > most => (most.isqrt(), (width * height).isqrt()),
        Limit::Width(most) if photo.size().0 > most => (u64::from(most), u64::from(photo.size().0)),
        _ => return photo.stored,
    };
    let scaled = |v: u64| (v * num / den).max(1) as u32;
    (scaled(width), scaled(height))
}

fn resized(source: DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, String> {
    if (source.width(), source.height()) == (width, height) {
        return Ok(source);
    }
    let (kind, bytes) = match &source {
        DynamicImage::ImageLuma8(p) => (PixelType::U8, p.as_raw()),
        DynamicImage::ImageRgb8(p) => (PixelType::U8x3, p.as_raw()),
        DynamicImage::ImageRgba8(p) => (PixelType::U8x4, p.as_raw()),
        _ => return Err("unexpected pixels".into()),
    };
    let view = ImageRef::new(source.width(), source.height(), bytes, kind).map_err(|e| e.to_string())?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&view, &mut target, &options).map_err(|e| e.to_string())?;
    let bytes = target.into_vec();
    let image = match kind {
        PixelType::U8 => image::GrayImage::from_raw(width, height, bytes).map(DynamicImage::ImageLuma8),
        PixelType::U8x3 => image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
        _ => image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8),
    };
    image.ok_or_else(|| "unexpected size".into())
}

/// Colours from the picture's own profile to sRGB. A profile that can't be used, or that isn't RGB (the decoder has
/// left CMYK behind by then), is passed over: the pixels are then taken as sRGB, as readers would.
fn to_srgb(pixels: &mut DynamicImage, icc: &[u8]) -> Option<()> {
    let profile = ColorProfile::new_from_slice(icc).ok().filter(|p| p.color_space == DataColorSpace::Rgb)?;
    let (layout, width) = match pixels {
        DynamicImage::ImageRgb8(p) => (Layout::Rgb, p.width() as usize * 3),
        DynamicImage::ImageRgba8(p) => (Layout::Rgba, p.width() as usize * 4),
        _ => return None,
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
    let samples: &mut [u8] = match pixels {
        DynamicImage::ImageRgb8(p) => p,
        DynamicImage::ImageRgba8(p) => p,
        _ => return None,
    };
    for row in samples.chunks_exact_mut(width) {
        let source = row.to_vec();
        transform.transform(&source, row).ok()?;
    }
    Some(())
}

fn jpeg(pixels: &DynamicImage) -> Result<Vec<u8>, String> {
    let (width, height) = (u16::try_from(pixels.width()), u16::try_from(pixels.height()));
    let (Ok(width), Ok(height)) = (width, height) else { return Err("more than 65535 pixels on a side".into()) };
    let flat;
    let (bytes, colour): (&[u8], _) = match pixels {
        DynamicImage::ImageLuma8(p) => (p, ColorType::Luma),
        DynamicImage::ImageRgb8(p) => (p, ColorType::Rgb),
        other => {
            flat = other.to_rgb8();
            (&flat, ColorType::Rgb)
        }
    };
    let mut out = vec![];
    // Standard tables: with optimised ones the encoder writes a scan a component, which not every decoder reads
    // rightly.
    let encoder = jpeg_encoder::Encoder::new(&mut out, QUALITY);
    encoder.encode(bytes, width, height, colour).map_err(|e| e.to_string())?;
    Ok(out)
}

fn png(pixels: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut out = vec![];
    image::codecs::png::PngEncoder::new(&mut out)
        .write_image(pixels.as_bytes(), pixels.width(), pixels.height(), pixels.color().into())
        .map_err(|e| e.to_string())?;
    Ok(out)
}
