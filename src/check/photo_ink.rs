//! Total ink of photos, by the press's own profile.
//!
//! Most are never decoded: what RGB is separated into has at most the ink of the profile's densest colour. The others are
//! sampled, and counted pixel by pixel where the samples come near the limit.

use super::Found;
use crate::base::{Code, Len, Severity, words};
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::page::{Item, Page, Picture};
use crate::picture::{Inks, Kind, Pixels};
use crate::profile::Plates;
use std::collections::BTreeMap;

/// Every so many pixels, both ways.
const SAMPLED: usize = 5;

/// A spot that is too dark dries all the same below this many square millimetres in all.
const TOO_SMALL: u64 = 15;

pub fn check(found: &mut Found) {
    let jobs: Vec<(PhotoId, (&Page, &Picture))> = placed(found).into_iter().collect();
    let (work, limit) = (found.work, found.work.limits.max_ink);
    let darkroom = work.darkroom;
    let measure = |(id, (_, picture)): &(PhotoId, (&Page, &Picture))| {
        let photo = darkroom.photo(*id);
        let pixels = Pixels::decode(&darkroom.read(photo).ok()?, &photo.format).ok()?;
        let (pixels, _) = pixels.flat().to_inks(&Inks { press: work.press, black: false });
        (pixels.kind == Kind::Cmyk).then(|| Dense::of(&pixels, limit, (picture.full.width, picture.full.height)))
    };
    let pixels = |(id, _): &(PhotoId, _)| {
        let (w, h) = darkroom.photo(*id).stored;
        u64::from(w) * u64::from(h)
    };
    let told = darkroom.each(&jobs, pixels, measure, |(id, (page, picture)), dense| {
        if let Some(dense) = dense.filter(Dense::is_seen) {
            tell(found, darkroom.photo(*id), (page, picture), dense);
        }
        Ok::<(), ()>(())
    });
    told.expect("nothing stops the measuring");
}

/// The photos that may have too much ink, where they are largest.
fn placed<'a>(found: &Found<'a>) -> BTreeMap<PhotoId, (&'a Page, &'a Picture)> {
    let mut largest: BTreeMap<PhotoId, (&Page, &Picture)> = BTreeMap::new();
    let densest = found.work.press.separation(None).densest();
    for page in found.pages() {
        for item in &page.items {
            let Item::Picture(picture) = item else { continue };
            let one_plate = found.work.limits.inside != Plates::Cmyk && page.kind != crate::page::PageKind::Cover;
            if one_plate || !may_exceed(found.work.issue.photo(picture.photo), densest, found.work.limits.max_ink) {
                continue;
            }
            let entry = largest.entry(picture.photo).or_insert((page, picture));
            if picture.full.width > entry.1.full.width {
                *entry = (page, picture);
            }
        }
    }
    largest
}

fn may_exceed(photo: &Photo, densest: u32, limit: u32) -> bool {
    match photo.format {
        PhotoFormat::Jpeg { components: 4, .. } | PhotoFormat::Tiff { components: 4, .. } => true,
        PhotoFormat::Jpeg { components: 1, .. } | PhotoFormat::Svg | PhotoFormat::Pdf { .. } | PhotoFormat::Pending => {
            false
        }
        _ => densest > limit,
    }
}

/// Where a photo has too much ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dense {
    /// Percent.
    pub most: u32,
    /// Square millimetres above the limit, as placed.
    pub area: u64,
}

impl Dense {
    pub fn is_seen(&self) -> bool {
        self.area >= TOO_SMALL
    }

    pub fn of(pixels: &Pixels, limit: u32, placed: (Len, Len)) -> Dense {
        let (width, height) = (pixels.size.0 as usize, pixels.size.1 as usize);
        let count = |step: usize| {
            let (mut most, mut above, mut seen) = (0, 0u64, 0u64);
            for row in pixels.samples.chunks_exact(width * 4).step_by(step) {
                for pixel in row.chunks_exact(4).step_by(step) {
                    let ink: u32 = pixel.iter().map(|v| u32::from(*v)).sum();
                    most = most.max(ink);
                    above += u64::from(ink * 100 > limit * 255);
                    seen += 1;
                }
            }
            (most * 100 / 255, above, seen.max(1))
        };
        let (mut most, mut above, mut seen) = count(SAMPLED);
        if most + 10 > limit && width * height > 1 {
            (most, above, seen) = count(1);
        }
        let square =
            |a: Len, b: Len| (a.to_mm_hundredths().max(0) as u64) * (b.to_mm_hundredths().max(0) as u64) / 10_000;
        Dense { most, area: square(placed.0, placed.1) * above / seen }
    }
}

fn tell(found: &mut Found, photo: &Photo, (page, picture): (&Page, &Picture), dense: Dense) {
    let (name, limit) = (&photo.name, found.work.limits.max_ink);
    let Dense { most, area } = dense;
    let message = words(
        format!("{name} 总墨量到 {most}%，超过 {limit}% 的有 {area} 平方毫米"),
        format!("{name} has up to {most} % of ink, and more than {limit} % on {area} mm²"),
    );
    let finding = found.on_picture(Code::PrintInk, (page, picture), message);
    finding.also_hint(
        "用印厂的配置文件重新分色，或换 RGB 原图交给程序分色",
        "separate it anew by the printer's profile, or give the RGB original and let it be separated here",
    );
    if most > limit + 20 {
        finding.severity = Severity::Error;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dense(samples: Vec<u8>, size: (u32, u32)) -> Dense {
        let pixels = Pixels { size, kind: Kind::Cmyk, samples, icc: None };
        Dense::of(&pixels, 300, (Len::mm(1000), Len::mm(1000)))
    }

    #[test]
    fn ink_is_counted_where_samples_come_near_the_limit() {
        assert_eq!(dense([200, 200, 200, 100].repeat(400), (20, 20)), Dense { most: 274, area: 0 });
        let mut half = [200, 200, 200, 100].repeat(400);
        half[..800].copy_from_slice(&[255, 255, 255, 255].repeat(200));
        assert_eq!(dense(half, (20, 20)), Dense { most: 400, area: 50 });
    }
}
