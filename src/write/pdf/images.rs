//! Photos as image XObjects (ISO 32000-1 §8.9.5).
//!
//! In: the photos that pages place. Out: one [`Encoded`] a photo, however often it is placed. Print passes a JPEG's bytes
//! through untouched with the profile it carries; screen brings a photo down to the profile's resolution. They never go
//! through printpdf, which would copy each stream while it saves.

use super::content::Setting;
use super::pixels::Pixels;
use crate::base::{Code, Diagnostic, Len, Place, words};
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::page::Item;
use crate::profile::Photos;
use crate::write::Error;
use lopdf::{Dictionary, Object, dictionary};
use std::collections::BTreeMap;
use std::thread;

/// The colour space of a photo's samples.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    Gray,
    Cmyk,
    /// RGB without a profile of its own is sRGB: the writer's profile stands for it.
    Srgb,
    /// The photo's own profile.
    Icc(Vec<u8>, u8),
}

/// An image stream to be.
pub struct Encoded {
    /// Everything but the colour space and the mask.
    pub dict: Dictionary,
    pub content: Vec<u8>,
    pub space: Space,
    /// Opacity, one byte a pixel.
    pub alpha: Option<Vec<u8>>,
}

/// Every placed photo, encoded; on as many threads as there are, in the order of their numbers.
pub fn encode_all(setting: &Setting) -> Result<Vec<(PhotoId, Encoded)>, Error> {
    let jobs: Vec<_> = placements(setting).into_iter().collect();
    let threads = thread::available_parallelism().map_or(1, |n| n.get()).min(jobs.len().max(1));
    let encode = |(id, size): &(PhotoId, (Len, Len))| {
        let photo = &setting.photos[id.0 as usize];
        encode(photo, *size, setting.profile.photos).map(|encoded| (*id, encoded))
    };
    let (jobs, encode) = (&jobs, &encode);
    let mut shares: Vec<_> = thread::scope(|scope| {
        let spawn = |k| scope.spawn(move || jobs.iter().skip(k).step_by(threads).map(encode).collect::<Vec<_>>());
        let handles: Vec<_> = (0..threads).map(spawn).collect();
        handles.into_iter().map(|h| h.join().expect("a photo's thread doesn't panic").into_iter()).collect()
    });
    (0..jobs.len()).map(|i| shares[i % threads].next().expect("one result a job")).collect()
}

/// The largest size each photo is placed at, upright.
fn placements(setting: &Setting) -> BTreeMap<PhotoId, (Len, Len)> {
    let mut sizes: BTreeMap<PhotoId, (Len, Len)> = BTreeMap::new();
    for item in setting.book.pages.iter().flat_map(|p| &p.items) {
        if let Item::Picture(picture) = item
            && (picture.photo.0 as usize) < setting.photos.len()
        {
            let (w, h) = sizes.entry(picture.photo).or_default();
            *w = (*w).max(picture.full.width);
            *h = (*h).max(picture.full.height);
        }
    }
    sizes
}

fn encode(photo: &Photo, placed: (Len, Len), photos: Photos) -> Result<Encoded, Error> {
    let bytes = read(photo)?;
    let broken = |reason: String| Error::from(broken(photo, &reason));
    let small = |ppi| pixels_for(photo, placed, ppi).is_none();
    match (&photo.format, photos) {
        (PhotoFormat::Jpeg { .. }, Photos::AsTheyAre) => Ok(jpeg_through(photo, bytes)),
        (PhotoFormat::Jpeg { components: 1 | 3, .. }, Photos::Resampled { ppi, .. }) if small(ppi) => {
            Ok(jpeg_through(photo, bytes))
        }
        (PhotoFormat::Jpeg { components, icc, .. }, Photos::Resampled { ppi, quality }) => {
            let pixels = decoded(photo, &bytes, pixels_for(photo, placed, ppi)).map_err(broken)?;
            let content = pixels.to_jpeg(quality).map_err(broken)?;
            // The samples stay in the photo's own space, except CMYK, which the decoder has made sRGB.
            let space = if *components == pixels.channels { space(*components, icc, &bytes) } else { Space::Srgb };
            Ok(Encoded { dict: dict(pixels.size, Some("DCTDecode")), content, space, alpha: None })
        }
        (PhotoFormat::Png { .. }, photos) => {
            let wanted = match photos {
                Photos::AsTheyAre => None,
                Photos::Resampled { ppi, .. } => pixels_for(photo, placed, ppi),
            };
            let (pixels, alpha) = decoded(photo, &bytes, wanted).map_err(broken)?.split_alpha();
            let space = if pixels.channels == 1 { Space::Gray } else { Space::Srgb };
            Ok(Encoded { dict: dict(pixels.size, None), content: pixels.samples, space, alpha })
        }
    }
}

/// The bytes that `read` probed; what it found holds for no others.
fn read(photo: &Photo) -> Result<Vec<u8>, Error> {
    let bytes = std::fs::read(&photo.path).map_err(|e| broken(photo, &e.to_string()))?;
    if bytes.len() as u64 != photo.bytes {
        let reason = format!("{} → {} bytes", photo.bytes, bytes.len());
        return Err(broken(photo, &reason).into());
    }
    Ok(bytes)
}

fn broken(photo: &Photo, reason: &str) -> Diagnostic {
    let name = &photo.name;
    let message =
        words(format!("照片 {name} 写不进 PDF：{reason}"), format!("photo {name} can't go into the PDF: {reason}"));
    Diagnostic::new(Code::PhotoBroken, Place::Issue, message).hint(
        "照片可能在生成期间改过或已损坏；换回完好的文件再生成。",
        "It may have changed while the issue was built, or be damaged; put a sound file back and build again.",
    )
}

fn decoded(photo: &Photo, bytes: &[u8], wanted: Option<(u32, u32)>) -> Result<Pixels, String> {
    let pixels = Pixels::decode(bytes, &photo.format)?;
    match wanted {
        Some(size) => pixels.resized(size),
        None => Ok(pixels),
    }
}

/// Stored pixels for `ppi` at the placed size; None where the photo has no more than that: it is never enlarged.
fn pixels_for(photo: &Photo, (width, height): (Len, Len), ppi: u16) -> Option<(u32, u32)> {
    let turned = photo.orientation >= 5;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let wanted = |len: Len| (len.raw().max(1) as u64 * u64::from(ppi)).div_ceil(1024 * 72) as u32;
    let (w, h) = (wanted(width), wanted(height));
    // Both sides at once: a placement keeps the picture's proportions.
    (w < photo.stored.0 && h < photo.stored.1).then_some((w, h))
}

fn jpeg_through(photo: &Photo, bytes: Vec<u8>) -> Encoded {
    let PhotoFormat::Jpeg { components, adobe, icc } = &photo.format else { unreachable!("asked of JPEGs alone") };
    let mut dict = dict(photo.stored, Some("DCTDecode"));
    if *components == 4 && *adobe {
        dict.set("Decode", [1, 0].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>());
    }
    Encoded { dict, space: space(*components, icc, &bytes), content: bytes, alpha: None }
}

fn dict((width, height): (u32, u32), filter: Option<&str>) -> Dictionary {
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height, "BitsPerComponent" => 8,
    };
    if let Some(filter) = filter {
        dict.set("Filter", filter);
    }
    dict
}

/// The space that a JPEG's profile or, without a usable one, its number of components says.
fn space(components: u8, icc: &[std::ops::Range<u64>], bytes: &[u8]) -> Space {
    let piece = |r: &std::ops::Range<u64>| bytes.get(r.start as usize..r.end as usize);
    let profile: Option<Vec<u8>> = icc.iter().map(piece).collect::<Option<Vec<_>>>().map(|pieces| pieces.concat());
    let signature: &[u8] = match components {
        1 => b"GRAY",
        4 => b"CMYK",
        _ => b"RGB ",
    };
    // ICC.1:2010 §7.2: colour space at byte 16, `acsp` at 36. A profile of another space would spoil the file.
    match profile {
        Some(p) if p.get(16..20) == Some(signature) && p.get(36..40) == Some(b"acsp") => Space::Icc(p, components),
        _ if components == 1 => Space::Gray,
        _ if components == 4 => Space::Cmyk,
        _ => Space::Srgb,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(stored: (u32, u32), orientation: u8) -> Photo {
        let format = PhotoFormat::Jpeg { components: 3, adobe: false, icc: vec![] };
        Photo { hash: [0; 32], path: "a.jpg".into(), name: "a.jpg".into(), bytes: 0, format, stored, orientation }
    }

    #[test]
    fn a_photo_is_brought_down_and_never_up() {
        let inch = Len::pt(7200);
        assert_eq!(pixels_for(&photo((3000, 2000), 1), (inch * 3, inch * 2), 200), Some((600, 400)));
        assert_eq!(pixels_for(&photo((3000, 2000), 6), (inch * 2, inch * 3), 200), Some((600, 400)));
        assert_eq!(pixels_for(&photo((600, 400), 1), (inch * 3, inch * 2), 200), None);
        assert_eq!(pixels_for(&photo((30, 20), 1), (inch * 3, inch * 2), 200), None);
    }

    /// ICC.1:2010 §7.2.
    #[test]
    fn a_profile_of_another_space_is_left_out() {
        let mut icc = vec![0; 128];
        icc[16..20].copy_from_slice(b"RGB ");
        icc[36..40].copy_from_slice(b"acsp");
        let (head, tail) = (0..50, 50..128);
        assert_eq!(space(3, &[head.clone(), tail.clone()], &icc), Space::Icc(icc.clone(), 3));
        assert_eq!(space(1, &[head.clone(), tail], &icc), Space::Gray);
        assert_eq!(space(4, &[head], &icc), Space::Cmyk);
        assert_eq!(space(3, &[0..999], &icc), Space::Srgb);
    }
}
