//! Photos as an EPUB wants them: JPEG or PNG, sRGB, upright, no larger than a reader can use, without metadata; drawings as
//! SVG of paths alone.
//!
//! In: photo files. Out: their new bytes, in the plan's order.

use super::error::Error;
use super::plan::{Cover, Limit, Picture, PictureKind, Plan};
use crate::doc::{Photo, PhotoFormat};
use crate::picture::{Coding, Darkroom, Drawing, Recipe};

/// A usual setting for photographs on screens; the encoder halves colour below 90.
const QUALITY: u8 = 82;

/// The sizes, in pixels, that pictures are brought down to until a budget is met; below the last they would be stamps.
const STEPS: [u64; 6] = [u64::MAX, 3_500_000, 2_400_000, 1_600_000, 1_000_000, 600_000];

/// The most pixels that a picture may have for all to keep within so many bytes; the least there is where none do.
pub fn within(plan: &Plan, darkroom: &Darkroom, budget: u64) -> Result<u64, Error> {
    for most in STEPS {
        let mut total = 0;
        each(plan, (darkroom, most), |_, bytes| {
            total += bytes.len() as u64;
            Ok(())
        })?;
        if total <= budget {
            return Ok(most);
        }
    }
    Ok(STEPS[STEPS.len() - 1])
}

/// Prepares every picture, of `most` pixels at most, and hands each to `write`, in order.
pub fn each(
    plan: &Plan,
    (darkroom, most): (&Darkroom, u64),
    mut write: impl FnMut(&Picture, Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    let pictures: Vec<&Picture> = plan.cover.iter().filter_map(Cover::photo).chain(plan.pictures.values()).collect();
    let pixels = |picture: &&Picture| {
        let (width, height) = plan.issue.photo(picture.photo).stored;
        if picture.kind == PictureKind::Svg { 0 } else { u64::from(width) * u64::from(height) }
    };
    let prepare = |picture: &&Picture| {
        let photo = plan.issue.photo(picture.photo);
        let limit = if let Limit::Area(area) = picture.limit { Limit::Area(area.min(most)) } else { picture.limit };
        prepare(darkroom, photo, (picture, limit)).map_err(|reason| Error::Picture { name: photo.name.clone(), reason })
    };
    darkroom.each(&pictures, pixels, prepare, |picture, bytes| write(picture, bytes?))
}

fn prepare(darkroom: &Darkroom, photo: &Photo, (picture, limit): (&Picture, Limit)) -> Result<Vec<u8>, String> {
    let coding = match picture.kind {
        PictureKind::Svg => return Ok(Drawing::open(&darkroom.read(photo)?)?.to_svg().into_bytes()),
        PictureKind::Jpeg => Coding::Jpeg(QUALITY),
        PictureKind::Png => Coding::Png,
    };
    if may_be_ready(photo, picture, limit) {
        let bytes = darkroom.read(photo)?;
        let bare = if picture.kind == PictureKind::Png { png_is_bare(&bytes) } else { jpeg_is_bare(&bytes) };
        if bare {
            return Ok(bytes);
        }
    }
    let recipe = Recipe { size: fitted(photo, limit), upright: true, coding, inks: None };
    Ok(darkroom.develop(photo, &recipe)?.bytes)
}

/// Whether the file can go in as it is, if there is nothing in it but the picture: right format and size, upright, sRGB or
/// untagged.
fn may_be_ready(photo: &Photo, picture: &Picture, limit: Limit) -> bool {
    if photo.orientation > 1 || fitted(photo, limit) != photo.stored {
        return false;
    }
    match (&photo.format, picture.kind) {
        (PhotoFormat::Jpeg { components: 1 | 3, icc, .. }, PictureKind::Jpeg) => icc.is_empty(),
        (PhotoFormat::Png { depth: 1..=8, .. }, PictureKind::Png) => true,
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
