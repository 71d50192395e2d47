//! Photos as image XObjects (ISO 32000-1 §8.9.5).
//!
//! In: the photos that pages place. Out: one [`Encoded`] a photo, however often it is placed. Print passes a JPEG's file
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
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
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

/// What an image stream holds.
pub enum Samples {
    /// The photo's file, byte for byte; it is read when its turn to be written comes, so that memory never holds it.
    File,
    Bytes(Vec<u8>),
}

/// An image stream to be.
pub struct Encoded {
    /// Everything but the colour space and the mask.
    pub dict: Dictionary,
    pub content: Samples,
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
    let wanted = match photos {
        Photos::AsTheyAre | Photos::Separated { .. } => None,
        Photos::Resampled { ppi, .. } => pixels_for(photo, placed, ppi),
    };
    match (&photo.format, photos) {
        (PhotoFormat::Jpeg { components: 4, .. }, Photos::Resampled { quality, .. }) => {
            jpeg_again(photo, wanted, quality)
        }
        (PhotoFormat::Jpeg { .. }, Photos::Resampled { quality, .. }) if wanted.is_some() => {
            jpeg_again(photo, wanted, quality)
        }
        (PhotoFormat::Jpeg { components, adobe, icc }, _) => jpeg_through(photo, *components, *adobe, icc),
        (_, _) => {
            let (pixels, alpha) = decoded(photo, wanted)?.split_alpha();
            let space = if pixels.channels == 1 { Space::Gray } else { Space::Srgb };
            Ok(Encoded { dict: dict(pixels.size, None), content: Samples::Bytes(pixels.samples), space, alpha })
        }
    }
}

/// The file as it is. Adobe's CMYK samples are stored inverted (its technical note 5116).
fn jpeg_through(photo: &Photo, components: u8, adobe: bool, icc: &[Range<u64>]) -> Result<Encoded, Error> {
    let mut file = open(photo)?;
    let mut dict = dict(photo.stored, Some("DCTDecode"));
    if components == 4 && adobe {
        dict.set("Decode", [1, 0].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>());
    }
    let space = space(components, profile(&mut file, icc));
    Ok(Encoded { dict, content: Samples::File, space, alpha: None })
}

/// The photo decoded, resized and coded anew. Its samples stay in the space they were in, except CMYK, which the decoder
/// has made RGB.
fn jpeg_again(photo: &Photo, wanted: Option<(u32, u32)>, quality: u8) -> Result<Encoded, Error> {
    let pixels = decoded(photo, wanted)?;
    let content = pixels.to_jpeg(quality).map_err(|reason| broken(photo, &reason))?;
    let space = match &photo.format {
        PhotoFormat::Jpeg { components, icc, .. } if *components == pixels.channels => {
            space(*components, profile(&mut open(photo)?, icc))
        }
        _ => Space::Srgb,
    };
    Ok(Encoded { dict: dict(pixels.size, Some("DCTDecode")), content: Samples::Bytes(content), space, alpha: None })
}

fn decoded(photo: &Photo, wanted: Option<(u32, u32)>) -> Result<Pixels, Error> {
    let mut bytes = vec![];
    copy(photo, &mut bytes)?;
    let pixels = Pixels::decode(&bytes, &photo.format);
    drop(bytes);
    let pixels = match wanted {
        Some(size) => pixels.and_then(|p| p.resized(size)),
        None => pixels,
    };
    pixels.map_err(|reason| broken(photo, &reason).into())
}

/// The file that `read` probed; what it found holds for no other.
fn open(photo: &Photo) -> Result<File, Error> {
    let opened = File::open(&photo.path).and_then(|file| Ok((file.metadata()?.len(), file)));
    match opened {
        Ok((length, file)) if length == photo.bytes => Ok(file),
        Ok((length, _)) => Err(broken(photo, &format!("{} → {length} bytes", photo.bytes)).into()),
        Err(error) => Err(broken(photo, &error.to_string()).into()),
    }
}

/// Writes the photo's file into `out`, all of it or an error.
pub fn copy(photo: &Photo, out: &mut dyn Write) -> Result<(), Error> {
    let mut file = open(photo)?;
    let copied = io::copy(&mut (&mut file).take(photo.bytes), out)?;
    if copied != photo.bytes {
        return Err(broken(photo, &format!("{} → {copied} bytes", photo.bytes)).into());
    }
    Ok(())
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

/// Stored pixels for `ppi` at the placed size; None where the photo has no more than that: it is never enlarged.
fn pixels_for(photo: &Photo, (width, height): (Len, Len), ppi: u16) -> Option<(u32, u32)> {
    let turned = photo.orientation >= 5;
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let wanted = |len: Len| (len.raw().max(1) as u64 * u64::from(ppi)).div_ceil(1024 * 72) as u32;
    let (w, h) = (wanted(width), wanted(height));
    // Both sides at once: a placement keeps the picture's proportions.
    (w < photo.stored.0 && h < photo.stored.1).then_some((w, h))
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

/// The profile whose pieces stand at `ranges`; None where there is none or one can't be read.
fn profile(file: &mut File, ranges: &[Range<u64>]) -> Option<Vec<u8>> {
    let mut icc = vec![];
    for range in ranges {
        file.seek(SeekFrom::Start(range.start)).ok()?;
        let length = range.end.checked_sub(range.start)?;
        (file.take(length).read_to_end(&mut icc).ok()? as u64 == length).then_some(())?;
    }
    (!icc.is_empty()).then_some(icc)
}

/// The space that a JPEG's profile or, without a usable one, its number of components says.
fn space(components: u8, profile: Option<Vec<u8>>) -> Space {
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
        assert_eq!(space(3, Some(icc.clone())), Space::Icc(icc.clone(), 3));
        assert_eq!(space(1, Some(icc.clone())), Space::Gray);
        assert_eq!(space(4, Some(icc[..50].to_vec())), Space::Cmyk);
        assert_eq!(space(3, Some(icc[..30].to_vec())), Space::Srgb);
    }

    #[test]
    fn a_profile_is_put_together_from_its_pieces() {
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(b"..abc..def").expect("writes");
        assert_eq!(profile(&mut file, &[2..5, 7..10]).as_deref(), Some(b"abcdef".as_slice()));
        assert_eq!(profile(&mut file, &[2..5, 7..11]), None);
        assert_eq!(profile(&mut file, &[]), None);
    }
}
