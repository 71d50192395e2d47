//! Photos and drawings as XObjects (ISO 32000-1 §8.8).
//!
//! In: the pictures that pages place. Out: one [`Encoded`] a picture, however often it is placed. Print passes a JPEG's file
//! through untouched with the profile it carries, or separates its pixels; screen brings a photo down to the profile's
//! resolution. They never go through printpdf, which would copy each stream while it saves.

use super::content::Setting;
use super::deflate::deflate;
use super::drawing;
use super::flatten;
use super::placed::PageForm;
use crate::base::{Code, Diagnostic, Len, Place, Rect, words};
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::page::{Item, Veil};
use crate::picture::{Coding, Darkroom, Drawing, Inks, Kind, Pixels, PlacedPage, Recipe, Standard};
use crate::profile::{Area, Photos, Profile};
use crate::write::Error;
use lopdf::{Dictionary, Object, Stream, dictionary};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;

/// What a page is drawn with that can't be taken over: text in it is still clean.
const DRAWN_PPI: f64 = 400.0;
const MOST_SIDE: u32 = 12_000;

/// Bytes of a photo that are in memory on their way: thirty times fewer calls than by a standard copy.
const CHUNK: usize = 1 << 18;

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

/// An XObject to be.
pub enum Encoded {
    Image(Image),
    /// A drawing's paths.
    Form(drawing::Form),
    /// A PDF page.
    Page(Box<PageForm>),
    /// A PDF page that had to become a picture, bleed and all; where the square of the finished page lies in it.
    Drawn(Image, [f64; 4]),
}

/// An image stream to be.
pub struct Image {
    /// Everything but the colour space and the mask.
    pub dict: Dictionary,
    pub content: Samples,
    pub space: Space,
    /// Opacity, one byte a pixel, as a stream of its own.
    pub alpha: Option<Stream>,
}

/// A photo as pages show it: each is one XObject, however often it is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    pub photo: PhotoId,
    pub look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    Colour,
    /// On a page that has no plate but black.
    Black,
    /// Under veils that are made part of it: the picture of this page's item.
    Veiled {
        page: usize,
        item: usize,
    },
}

impl Shown {
    /// The resource name.
    pub fn name(&self) -> String {
        let photo = self.photo.0;
        match self.look {
            Look::Colour => format!("I{photo}"),
            Look::Black => format!("K{photo}"),
            Look::Veiled { page, item } => format!("V{page}-{item}"),
        }
    }
}

/// Where a picture lies and how large it is, upright: the largest of its places.
type Jobs = Vec<(Shown, Rect)>;

/// Every placed picture, in the order of their numbers.
pub fn encode_all(setting: &Setting) -> Result<Vec<(Shown, Encoded)>, Error> {
    let jobs: Jobs = placements(setting).into_iter().collect();
    let darkroom = setting.darkroom;
    let maker = Maker { darkroom, setting };
    let mut all = vec![];
    darkroom.each(
        &jobs,
        |(shown, full)| maker.pixels(darkroom.photo(shown.photo), shown.look, *full),
        |(shown, full)| maker.encode(*shown, *full),
        |(shown, _), encoded| {
            all.push((*shown, encoded?));
            Ok::<(), Error>(())
        },
    )?;
    Ok(all)
}

fn placements(setting: &Setting) -> BTreeMap<Shown, Rect> {
    let mut largest: BTreeMap<Shown, Rect> = BTreeMap::new();
    for (number, page) in setting.book.pages.iter().enumerate() {
        for (index, item) in page.items.iter().enumerate() {
            let Item::Picture(picture) = item else { continue };
            let Some(shown) = setting.shown(number, index, picture) else { continue };
            if setting.darkroom.photo(shown.photo).is_pending() {
                continue;
            }
            let full = largest.entry(shown).or_insert(picture.full);
            full.width = full.width.max(picture.full.width);
            full.height = full.height.max(picture.full.height);
        }
    }
    largest
}

struct Maker<'a> {
    darkroom: &'a Darkroom<'a>,
    setting: &'a Setting<'a>,
}

impl Maker<'_> {
    fn photos(&self) -> Photos {
        self.setting.profile.photos
    }

    /// Pixels that have to be decoded.
    fn pixels(&self, photo: &Photo, look: Look, full: Rect) -> u64 {
        let through = photo.is_sharp() || self.passes(photo, look, full);
        if through { 0 } else { u64::from(photo.stored.0) * u64::from(photo.stored.1) }
    }

    /// Whether the photo's file is the image stream.
    fn passes(&self, photo: &Photo, look: Look, full: Rect) -> bool {
        let PhotoFormat::Jpeg { components, .. } = photo.format else { return false };
        match (look, self.photos()) {
            (Look::Veiled { .. }, _) => false,
            (Look::Black, _) => components == 1,
            (Look::Colour, Photos::AsTheyAre) => true,
            (Look::Colour, Photos::Separated { .. }) => components != 3,
            (Look::Colour, Photos::Resampled { ppi, .. }) => {
                components != 4 && pixels_for(photo, (full.width, full.height), ppi).is_none()
            }
        }
    }

    fn encode(&self, shown: Shown, full: Rect) -> Result<Encoded, Error> {
        let photo = self.darkroom.photo(shown.photo);
        if photo.is_drawing() {
            let bytes = self.darkroom.read(photo).map_err(|reason| broken(photo, &reason))?;
            let drawing = Drawing::open(&bytes).map_err(|reason| broken(photo, &reason))?;
            let press = self.setting.press.as_ref();
            let press = press.map(|p| drawing::Separated { inks: p.separation(None), black: p.greys(None) });
            let black = shown.look == Look::Black;
            return Ok(Encoded::Form(drawing::form(&drawing, self.setting.profile, black, press.as_ref())));
        }
        if let (PhotoFormat::Pdf { page, .. }, Area::Bleed, Look::Colour | Look::Black) =
            (&photo.format, self.setting.profile.area, shown.look)
        {
            return self.placed(photo, *page, (shown.look, full)).map_err(|reason| broken(photo, &reason).into());
        }
        let image = match (&photo.format, shown.look, self.photos()) {
            (PhotoFormat::Jpeg { components, adobe, icc }, ..) if self.passes(photo, shown.look, full) => {
                self.jpeg_through(photo, (*components, *adobe), if self.in_inks(shown.look) { &[] } else { icc })
            }
            (_, Look::Veiled { page, item }, _) => self.veiled(photo, full, &self.setting.flat[page].on[&item]),
            (_, Look::Black, _) => self.separated(photo, true),
            (_, _, Photos::Separated { .. }) => self.separated(photo, false),
            (_, _, Photos::Resampled { ppi, quality }) => {
                let size = pixels_for(photo, (full.width, full.height), ppi).unwrap_or(photo.stored);
                self.resampled(photo, size, quality)
            }
            (_, _, Photos::AsTheyAre) => self.whole(photo),
        };
        Ok(Encoded::Image(image.map_err(|reason| broken(photo, &reason))?))
    }

    /// A PDF page for print: as it is, or drawn where the standard or the plates forbid what is on it.
    fn placed(&self, photo: &Photo, number: u16, (look, full): (Look, Rect)) -> Result<Encoded, String> {
        let (bytes, profile) = (self.darkroom.read(photo)?, self.setting.profile);
        let page = PlacedPage::open(&bytes, number).map_err(|why| format!("{why:?}"))?;
        let facts = page.facts();
        let standard = Standard { modern: profile.transparency, black: look == Look::Black };
        if facts.obstacles(standard).is_empty() {
            let (bare_rgb, transparent) = (facts.device_rgb, facts.transparent);
            return Ok(Encoded::Page(Box::new(PageForm { page, bare_rgb, transparent })));
        }
        let (over, size) = (page.over(), page.size());
        let [top, right, bottom, left] = [0, 1, 2, 3].map(|i| f64::from(over[i].raw()));
        let (width, height) = (f64::from(size.0.raw()), f64::from(size.1.raw()));
        let square = [-left / width, -bottom / height, 1.0 + right / width, 1.0 + top / height];
        let across = f64::from(full.width.to_pt()) * (square[2] - square[0]);
        let down = f64::from(full.height.to_pt()) * (square[3] - square[1]);
        let pixels = |points: f64| ((points / 72.0 * DRAWN_PPI).round() as u32).clamp(1, MOST_SIDE);
        let drawn = page.draw(&bytes, number, (page.bleed, (pixels(across), pixels(down))))?;
        Ok(Encoded::Drawn(self.drawn(drawn, look)?, square))
    }

    fn drawn(&self, pixels: Pixels, look: Look) -> Result<Image, String> {
        let black = look == Look::Black;
        if !black && !self.in_inks(look) {
            let size = pixels.size;
            return Ok(in_jpeg(size, pixels.to_jpeg(Profile::PRINT_QUALITY)?, Space::Srgb));
        }
        let (pixels, _) = pixels.to_inks(&Inks { press: self.setting.press()?, black });
        let (size, space) = (pixels.size, if pixels.kind == Kind::Grey { Space::Gray } else { Space::Cmyk });
        Ok(in_jpeg(size, pixels.to_jpeg(Profile::PRINT_QUALITY)?, space))
    }

    /// Whether its samples are inks of the printing condition: device colour, without a profile.
    fn in_inks(&self, look: Look) -> bool {
        look == Look::Black || matches!(self.photos(), Photos::Separated { .. })
    }

    /// The file as it is. Adobe's CMYK samples are stored inverted (its technical note 5116).
    fn jpeg_through(
        &self,
        photo: &Photo,
        (components, adobe): (u8, bool),
        icc: &[Range<u64>],
    ) -> Result<Image, String> {
        let mut file = self.darkroom.open(photo)?;
        let mut dict = dict(photo.stored, Some("DCTDecode"));
        if components == 4 && adobe {
            dict.set("Decode", inverted());
        }
        let space = space(components, profile(&mut file, icc));
        Ok(Image { dict, content: Samples::File, space, alpha: None })
    }

    /// In sRGB, as many pixels as are wanted; what should lose nothing is packed, not coded as a JPEG.
    fn resampled(&self, photo: &Photo, size: (u32, u32), quality: u8) -> Result<Image, String> {
        let coding = if Coding::loses_nothing(photo) { Coding::Samples } else { Coding::Jpeg(quality) };
        let developed = self.darkroom.develop(photo, &Recipe { size, upright: false, coding, inks: None })?;
        let space = if developed.grey { Space::Gray } else { Space::Srgb };
        if coding == Coding::Samples {
            return Ok(packed(developed.size, developed.bytes, space, developed.alpha));
        }
        let dict = dict(developed.size, Some("DCTDecode"));
        Ok(Image { dict, content: Samples::Bytes(developed.bytes), space, alpha: None })
    }

    /// All its pixels in the inks of the press.
    fn separated(&self, photo: &Photo, black: bool) -> Result<Image, String> {
        // Opacity, which only samples keep, needs a file that may have it; without, the picture lies on white.
        let keeps = Coding::loses_nothing(photo) && self.setting.profile.transparency;
        let coding = if keeps { Coding::Samples } else { Coding::Jpeg(Profile::PRINT_QUALITY) };
        let inks = Some(Inks { press: self.setting.press()?, black });
        let developed = self.darkroom.develop(photo, &Recipe { size: photo.stored, upright: false, coding, inks })?;
        let space = if developed.grey { Space::Gray } else { Space::Cmyk };
        if coding == Coding::Samples {
            return Ok(packed(developed.size, developed.bytes, space, developed.alpha));
        }
        Ok(in_jpeg(developed.size, developed.bytes, space))
    }

    /// As it looks under its veils, upright; never kept from one run to the next, for there are one or two in an issue.
    fn veiled(&self, photo: &Photo, full: Rect, veils: &[Veil]) -> Result<Image, String> {
        let bytes = self.darkroom.read(photo)?;
        let pixels = match photo.format {
            PhotoFormat::Pdf { page, .. } => PlacedPage::pixels(&bytes, page, photo.stored)?,
            _ => Pixels::decode(&bytes, &photo.format)?.flat().upright(photo.orientation)?,
        };
        let (mut pixels, _) = pixels.to_inks(&Inks { press: self.setting.press()?, black: false });
        flatten::darken(&mut pixels, full, veils);
        let (size, space) = (pixels.size, if pixels.kind == Kind::Grey { Space::Gray } else { Space::Cmyk });
        Ok(in_jpeg(size, pixels.to_jpeg(Profile::PRINT_QUALITY)?, space))
    }

    /// All its pixels in the space they are in, packed without loss.
    fn whole(&self, photo: &Photo) -> Result<Image, String> {
        let (pixels, alpha) = Pixels::decode(&self.darkroom.read(photo)?, &photo.format)?.split_alpha();
        let components = match pixels.kind {
            Kind::Grey => 1,
            Kind::Rgb | Kind::Rgba => 3,
            Kind::Cmyk => 4,
        };
        Ok(packed(pixels.size, pixels.samples, space(components, pixels.icc), alpha))
    }
}

/// A JPEG of our own making: its inks are inverted, as Adobe's are.
fn in_jpeg(size: (u32, u32), bytes: Vec<u8>, space: Space) -> Image {
    let mut dict = dict(size, Some("DCTDecode"));
    if space == Space::Cmyk {
        dict.set("Decode", inverted());
    }
    Image { dict, content: Samples::Bytes(bytes), space, alpha: None }
}

fn inverted() -> Vec<Object> {
    [1, 0].repeat(4).into_iter().map(Object::Integer).collect()
}

/// Samples, compressed here so that memory holds them no longer than it must.
fn packed(size: (u32, u32), samples: Vec<u8>, space: Space, alpha: Option<Vec<u8>>) -> Image {
    let pack = |samples: Vec<u8>| {
        let mut stream = Stream::new(dict(size, None), samples);
        deflate(&mut stream);
        stream
    };
    let colour = pack(samples);
    Image { dict: colour.dict, content: Samples::Bytes(colour.content), space, alpha: alpha.map(pack) }
}

/// Writes the photo's file into `out`, all of it or an error.
pub fn copy(darkroom: &Darkroom, photo: &Photo, out: &mut dyn Write) -> Result<(), Error> {
    let mut file = darkroom.open(photo).map_err(|reason| broken(photo, &reason))?;
    let (mut chunk, mut copied) = (vec![0; CHUNK], 0);
    while let n @ 1.. = file.read(&mut chunk)? {
        copied += n as u64;
        out.write_all(&chunk[..n])?;
    }
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
