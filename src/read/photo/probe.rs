//! What a picture file is, from its bytes; pixels are never decoded.
//!
//! In: a file's bytes. Out: format, pixel size, orientation and colour facts, or why it can't be used.

use super::embedded::Embedded;
use super::{jpeg, png, raster};
use crate::base::{Words, words};
use crate::doc::{Photo, PhotoFormat};
use crate::picture::{Drawing, MOST_PIXELS, PlacedPage, Unplaceable, Unset};
use std::collections::BTreeSet;

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub format: PhotoFormat,
    pub stored: (u32, u32),
    pub orientation: u8,
    pub embedded: Embedded,
    /// What of a drawing isn't set.
    pub unset: BTreeSet<Unset>,
}

impl Header {
    pub fn new(format: PhotoFormat, stored: (u32, u32), orientation: u8) -> Header {
        Header { format, stored, orientation, embedded: Embedded::default(), unset: BTreeSet::new() }
    }
}

/// Why a file is no photo for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Damaged, cut short, or no picture at all: what was found.
    Broken(Words),
    /// A picture in a format that isn't supported: its name.
    Format(&'static str),
    /// Of so many pixels, wide and high.
    TooLarge(u32, u32),
}

pub(super) fn broken(zh: impl Into<String>, en: impl Into<String>) -> Unusable {
    Unusable::Broken(words(zh, en))
}

/// `page`: of a PDF file, from 1.
pub fn probe(bytes: &[u8], page: u16) -> Result<Header, Unusable> {
    let header = match kind(bytes)? {
        "JPEG" => jpeg::probe(bytes)?,
        "PNG" => png::probe(bytes)?,
        "TIFF" => raster::tiff(bytes)?,
        "WebP" => raster::webp(bytes)?,
        "SVG" => return drawing(bytes),
        "PDF" => return placed(bytes, page),
        other => return Err(Unusable::Format(other)),
    };
    match header.stored {
        (0, _) | (_, 0) => Err(broken("图片的宽或高是零", "the picture has no width or height")),
        (w, h) if u64::from(w) * u64::from(h) > MOST_PIXELS => Err(Unusable::TooLarge(w, h)),
        _ => Ok(header),
    }
}

fn drawing(bytes: &[u8]) -> Result<Header, Unusable> {
    let drawing = Drawing::open(bytes)
        .map_err(|why| broken(format!("SVG 读不出来：{why}"), format!("the SVG can't be read: {why}")))?;
    let stored = drawing.size(Photo::DRAWN);
    Ok(Header { unset: drawing.unset, ..Header::new(PhotoFormat::Svg, stored, 1) })
}

fn placed(bytes: &[u8], number: u16) -> Result<Header, Unusable> {
    let page = PlacedPage::open(bytes, number).map_err(|why| match why {
        Unplaceable::Encrypted => broken(
            "加了密码的 PDF 排不进来：请来稿人导出不加密的",
            "the PDF is encrypted: ask for one without a password",
        ),
        Unplaceable::NoPage(pages) => broken(
            format!("只有 {pages} 页，没有第 {number} 页"),
            format!("its last page is {pages}; there is no page {number}"),
        ),
        Unplaceable::Broken(why) => broken(format!("PDF 读不出来：{why}"), format!("the PDF can't be read: {why}")),
    })?;
    let (width, height) = page.size();
    let longer = width.max(height).raw().max(1);
    let side = |length: crate::base::Len| (length.scale(Photo::DRAWN as i32, longer).raw() as u32).max(1);
    let format = PhotoFormat::Pdf { page: number, size: (width, height), over: page.over() };
    Ok(Header::new(format, (side(width), side(height)), 1))
}

/// The format by its signature.
fn kind(bytes: &[u8]) -> Result<&'static str, Unusable> {
    let brand = bytes.get(4..12).unwrap_or_default();
    Ok(match bytes {
        [] => return Err(broken("空文件", "the file is empty")),
        [0xFF, 0xD8, ..] => "JPEG",
        [0x89, b'P', b'N', b'G', ..] => "PNG",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "TIFF",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "WebP",
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        [b'B', b'M', ..] if bytes.len() > 54 && bytes[6..10] == [0; 4] => "BMP",
        [b'8', b'B', b'P', b'S', ..] => "PSD",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        _ if brand.starts_with(b"ftypavi") => "AVIF",
        _ if brand.starts_with(b"ftyphei") || brand.starts_with(b"ftyphev") || brand.starts_with(b"ftypmif") => "HEIC",
        _ => return text_kind(bytes),
    })
}

fn text_kind(bytes: &[u8]) -> Result<&'static str, Unusable> {
    let head = &bytes[..bytes.len().min(1024)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default(),
        Err(_) => return Err(broken("不是能认出的图片", "not a picture of any known kind")),
    };
    let start = text.trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if start.contains("<svg") {
        return Ok("SVG");
    }
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return Err(broken("这是一个网页（HTML），不是图片", "it is a web page (HTML), not a picture"));
    }
    if start.contains('\0') {
        return Err(broken("不是能认出的图片", "not a picture of any known kind"));
    }
    Err(broken("这是一个文本文件，不是图片", "it is a text file, not a picture"))
}

/// The orientation (1–8) in a TIFF header's first directory, as EXIF carries it (TIFF 6.0 §2, tag 274).
pub(super) fn exif_orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => false,
        [b'M', b'M', 0, 42] => true,
        _ => return None,
    };
    let short = |at: usize| {
        let b: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(b) } else { u16::from_le_bytes(b) })
    };
    let first: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory = if big { u32::from_be_bytes(first) } else { u32::from_le_bytes(first) } as usize;
    let count = short(directory)? as usize;
    let entry = (0..count).map(|i| directory + 2 + 12 * i).find(|at| short(*at) == Some(274))?;
    u8::try_from(short(entry + 8)?).ok().filter(|o| (1..=8).contains(o))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_photo_say_what_they_are() {
        let said = |bytes: &[u8]| match probe(bytes, 1) {
            Err(Unusable::Broken(words)) => words.en,
            Err(Unusable::Format(name)) => name.to_string(),
            Err(Unusable::TooLarge(w, h)) => format!("{w} × {h}"),
            Ok(header) => format!("{header:?}"),
        };
        assert_eq!(said(b""), "the file is empty");
        assert_eq!(said("照片待补".as_bytes()), "it is a text file, not a picture");
        assert_eq!(said(b"<!DOCTYPE html>"), "it is a web page (HTML), not a picture");
        assert!(said(b"<?xml version='1.0'?><svg>").starts_with("the SVG can't be read"));
        assert_eq!(said(b"\0\0\0\x18ftypheic"), "HEIC");
        assert!(said(b"RIFF\0\0\0\0WEBPVP8 ").starts_with("the WebP can't be read"));
        assert!(said(b"II*\0\x08\0\0\0\0\0").starts_with("the TIFF can't be read"));
        assert_eq!(said(&jpeg::tests::tiny(65535, 65535)), "65535 × 65535");
        assert_eq!(said(b"\x01\x02\xFF\xFE"), "not a picture of any known kind");
    }

    #[test]
    fn orientation_is_read_in_both_byte_orders() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(exif_orientation(little), Some(6));
        assert_eq!(exif_orientation(big), Some(8));
        assert_eq!(exif_orientation(&little[..15]), None);
    }
}
