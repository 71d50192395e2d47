//! Photos, known by their bytes: two paths with the same bytes are one photo.

use crate::base::Len;
use std::ops::Range;
use std::path::PathBuf;

/// An index into `Issue::photos`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoId(pub u32);

/// What a picture's header says. Its pixels are decoded only by a writer that needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// Where it was first met; the bytes are read again when they are written.
    pub path: PathBuf,
    /// As the author wrote it, for messages.
    pub name: String,
    pub bytes: u64,
    pub format: PhotoFormat,
    /// Pixels as stored, before `orientation`. A drawing and a PDF page have none: their proportions, the longer side
    /// [`Photo::DRAWN`]; one that is still to come: the shape its author expects.
    pub stored: (u32, u32),
    /// EXIF 1–8 (TIFF 6.0 §8, tag 274).
    pub orientation: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoFormat {
    Jpeg {
        components: u8,
        /// Adobe's APP14 marker is there: CMYK samples are stored inverted.
        adobe: bool,
        /// Byte ranges of the ICC profile's pieces in the file, in order (ICC.1 §B.4); empty: none.
        icc: Vec<Range<u64>>,
    },
    Png {
        alpha: bool,
        depth: u8,
        grey: bool,
    },
    /// `components` without alpha: 1 grey, 3 RGB, 4 CMYK (TIFF 6.0, tags 262 and 277).
    Tiff {
        components: u8,
        depth: u8,
        alpha: bool,
    },
    WebP {
        alpha: bool,
    },
    /// A drawing, set as paths in the PDFs.
    Svg,
    /// A page of a PDF file: the finished page, and what there is beyond it at the top, right, bottom, left.
    Pdf {
        /// From 1.
        page: u16,
        size: (Len, Len),
        over: [Len; 4],
    },
    /// Not there yet (待补): there are no bytes, `hash` is the name's.
    Pending,
}

/// Where a picture comes from and who allows it, as the author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    pub source: Option<String>,
    pub licence: Option<String>,
    /// 审图号 of a map.
    pub map_approval: Option<String>,
    /// Made by a generator of images: the caption says so.
    pub ai: bool,
}

/// The point of a picture that no crop may lose, in percent of its width and height from the upper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    pub x: u8,
    pub y: u8,
}

impl Photo {
    /// The longer side of a drawing in `stored`: as many pixels as a full page has at 300 ppi.
    pub const DRAWN: u32 = 3000;

    pub fn is_drawing(&self) -> bool {
        self.format == PhotoFormat::Svg
    }
    /// Without pixels: it is as sharp as it is printed, whatever its size.
    pub fn is_sharp(&self) -> bool {
        matches!(self.format, PhotoFormat::Svg | PhotoFormat::Pdf { .. })
    }
    /// Whether there is no file yet.
    pub fn is_pending(&self) -> bool {
        self.format == PhotoFormat::Pending
    }
    /// Width and height in pixels as a reader sees them.
    pub fn size(&self) -> (u32, u32) {
        let (w, h) = self.stored;
        if self.orientation >= 5 { (h, w) } else { (w, h) }
    }
    /// The first eight hexadecimal digits of the hash, for file names.
    pub fn short_hash(&self) -> String {
        self.hash[..4].iter().map(|b| format!("{b:02x}")).collect()
    }
}
