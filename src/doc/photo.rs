//! Photos, known by their bytes: two paths with the same bytes are one photo.

use std::ops::Range;
use std::path::PathBuf;

/// An index into `Issue::photos`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Pixels as stored, before `orientation`.
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
}

impl Photo {
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
