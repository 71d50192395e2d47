//! JPEG headers (ITU-T T.81 Annex B): the segments, then the scans to EOI, so that a cut file is found out.

use super::embedded::{Embedded, iptc_of_photoshop};
use super::probe::{Header, Unusable, broken, exif_orientation};
use crate::doc::PhotoFormat;
use crate::picture::jpeg::{next_marker, segment};
use std::ops::Range;

/// What marks an XMP packet (XMP part 3 §1.1.3).
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

#[derive(Default)]
struct Facts {
    size: Option<(u32, u32)>,
    components: u8,
    adobe: bool,
    orientation: Option<u8>,
    /// Baseline or progressive, Huffman-coded, eight bits: what decoders read.
    common: bool,
    xmp: Option<Vec<u8>>,
    /// Photoshop's image resources, put together.
    photoshop: Vec<u8>,
    /// Number, count and byte range of each piece of the ICC profile (ICC.1 §B.4).
    icc: Vec<(u8, u8, Range<u64>)>,
}

pub(super) fn probe(bytes: &[u8]) -> Result<Header, Unusable> {
    let mut facts = Facts::default();
    let mut at = 2;
    let mut scans = 0;
    loop {
        let (marker, next) = next_marker(bytes, at).ok_or_else(|| cut_short(bytes))?;
        at = next;
        match marker {
            0xD9 if scans > 0 => break,
            0xD9 => return Err(broken("JPEG 里没有图像数据", "the JPEG holds no image data")),
            0xD8 | 0x01 | 0xD0..=0xD7 => continue,
            _ => {}
        }
        let segment = segment(bytes, at).ok_or_else(|| cut_short(bytes))?;
        facts.take(marker, bytes, &segment);
        at = segment.end;
        if marker == 0xDA {
            scans += 1;
        }
    }
    let stored = facts.size.ok_or_else(|| broken("JPEG 没有帧头", "the JPEG has no frame header"))?;
    let format = PhotoFormat::Jpeg { components: facts.components, adobe: facts.adobe, icc: profile(facts.icc) };
    if !facts.common {
        return Err(broken(
            "JPEG 的编码方式太少见（算术编码、无损或 12 位）",
            "the JPEG is coded in an uncommon way (arithmetic, lossless or twelve bits)",
        ));
    }
    let iptc = iptc_of_photoshop(&facts.photoshop);
    let embedded = Embedded::of(facts.xmp.as_deref(), iptc);
    Ok(Header { embedded, ..Header::new(format, stored, facts.orientation.unwrap_or(1)) })
}

fn cut_short(bytes: &[u8]) -> Unusable {
    let n = bytes.len();
    broken(
        format!("JPEG 被截断：读了 {n} 字节，没有结束标记"),
        format!("the JPEG is cut short: {n} bytes and no end marker"),
    )
}

impl Facts {
    fn take(&mut self, marker: u8, bytes: &[u8], range: &Range<usize>) {
        let content = &bytes[range.clone()];
        match (marker, content) {
            // SOF0–SOF15 without DHT, JPG and DAC: precision, lines, samples a line, components (T.81 §B.2.2).
            (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF, [precision, h1, h0, w1, w0, n, ..]) => {
                self.common = *precision == 8 && marker <= 0xC2;
                let pair = |a: u8, b: u8| u32::from(u16::from_be_bytes([a, b]));
                self.size = Some((pair(*w1, *w0), pair(*h1, *h0)));
                self.components = *n;
            }
            (0xEE, [b'A', b'd', b'o', b'b', b'e', ..]) => self.adobe = true,
            (0xE1, _) if content.starts_with(b"Exif\0\0") => {
                self.orientation = self.orientation.or(exif_orientation(&content[6..]));
            }
            (0xE1, _) => {
                self.xmp = self.xmp.take().or(content.strip_prefix(XMP).map(<[u8]>::to_vec));
            }
            (0xED, _) => self.photoshop.extend(content.strip_prefix(b"Photoshop 3.0\0").unwrap_or_default()),
            (0xE2, _) if content.starts_with(b"ICC_PROFILE\0") && content.len() > 14 => {
                self.icc.push((content[12], content[13], range.start as u64 + 14..range.end as u64));
            }
            _ => {}
        }
    }
}

/// The profile's pieces in order; none when one is missing.
fn profile(mut pieces: Vec<(u8, u8, Range<u64>)>) -> Vec<Range<u64>> {
    pieces.sort_by_key(|(number, ..)| *number);
    let whole = pieces
        .iter()
        .enumerate()
        .all(|(i, (number, count, _))| *number as usize == i + 1 && *count as usize == pieces.len());
    if whole { pieces.into_iter().map(|(.., range)| range).collect() } else { vec![] }
}

#[cfg(test)]
pub(in crate::read) mod tests {
    use super::*;

    /// The smallest file with the shape of a JPEG: frame header, one scan, EOI.
    pub fn tiny(width: u16, height: u16) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8];
        out.extend(height.to_be_bytes());
        out.extend(width.to_be_bytes());
        out.extend([1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD9]);
        out
    }

    fn with_segments(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        for (marker, content) in segments {
            out.extend([0xFF, *marker]);
            out.extend((content.len() as u16 + 2).to_be_bytes());
            out.extend(*content);
        }
        out.extend(&tiny(6, 4)[2..]);
        out
    }

    #[test]
    fn the_frame_header_gives_the_size() {
        let header = probe(&tiny(3000, 2000)).unwrap();
        assert_eq!((header.stored, header.orientation), ((3000, 2000), 1));
        assert_eq!(header.format, PhotoFormat::Jpeg { components: 1, adobe: false, icc: vec![] });
    }

    #[test]
    fn a_jpeg_without_its_end_is_broken() {
        let whole = tiny(6, 4);
        for cut in 2..whole.len() {
            assert!(matches!(probe(&whole[..cut]), Err(Unusable::Broken(_))), "cut at {cut}");
        }
    }

    #[test]
    fn profile_pieces_come_in_order_and_adobe_is_seen() {
        let bytes = with_segments(&[
            (0xE2, b"ICC_PROFILE\0\x02\x02bb"),
            (0xEE, b"Adobe\0\x64"),
            (0xE2, b"ICC_PROFILE\0\x01\x02aaa"),
        ]);
        let PhotoFormat::Jpeg { adobe, icc, .. } = probe(&bytes).unwrap().format else { panic!() };
        let joined: Vec<u8> = icc.iter().flat_map(|r| &bytes[r.start as usize..r.end as usize]).copied().collect();
        assert_eq!((adobe, joined), (true, b"aaabb".to_vec()));
        let lone = with_segments(&[(0xE2, b"ICC_PROFILE\0\x02\x02bb")]);
        assert_eq!(probe(&lone).unwrap().format, PhotoFormat::Jpeg { components: 1, adobe: false, icc: vec![] });
    }
}
