//! PNG headers (ISO/IEC 15948 §5, §11): IHDR, transparency, orientation, and every chunk to IEND.

use super::probe::{Header, Unusable, broken, exif_orientation};
use super::raster::png_embedded;
use crate::doc::PhotoFormat;

pub(super) fn probe(bytes: &[u8]) -> Result<Header, Unusable> {
    let cut_short = || broken("PNG 被截断：没有结束块", "the PNG is cut short: it has no end chunk");
    if bytes.get(..8) != Some(b"\x89PNG\r\n\x1A\n") {
        return Err(broken("PNG 的文件头坏了", "the PNG's signature is damaged"));
    }
    let (mut head, mut transparent, mut orientation, mut data, mut at) = (None, false, 1, false, 8);
    loop {
        let (name, content) = chunk(bytes, at).ok_or_else(cut_short)?;
        match (name, content) {
            (b"IHDR", [w3, w2, w1, w0, h3, h2, h1, h0, depth, colour, ..]) => {
                let size = (u32::from_be_bytes([*w3, *w2, *w1, *w0]), u32::from_be_bytes([*h3, *h2, *h1, *h0]));
                head = Some((size, *depth, *colour));
            }
            (b"tRNS", _) => transparent = true,
            (b"eXIf", exif) => orientation = exif_orientation(exif).unwrap_or(1),
            (b"IDAT", _) => data = true,
            (b"IEND", _) => break,
            _ => {}
        }
        at += content.len() + 12;
    }
    match head {
        Some((stored, depth, colour)) if data => {
            // Colour types 0 and 4 are grey, 4 and 6 have alpha (§11.2.2).
            let alpha = transparent || matches!(colour, 4 | 6);
            let format = PhotoFormat::Png { alpha, depth, grey: matches!(colour, 0 | 4) };
            Ok(Header { embedded: png_embedded(bytes), ..Header::new(format, stored, orientation) })
        }
        _ => Err(broken("PNG 里没有图像数据", "the PNG holds no image data")),
    }
}

fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8; 4], &[u8])> {
    let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
    let name = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    let content = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
    bytes.get(at + 8 + length..at + 12 + length).map(|_| (name, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(colour: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let head = [0, 0, 0, 9, 0, 0, 0, 7, 8, colour, 0, 0, 0];
        let mut out = b"\x89PNG\r\n\x1A\n".to_vec();
        for (name, content) in [(b"IHDR", &head[..])].iter().chain(chunks).chain(&[(b"IEND", &[][..])]) {
            out.extend((content.len() as u32).to_be_bytes());
            out.extend(*name);
            out.extend(*content);
            out.extend([0; 4]);
        }
        out
    }

    #[test]
    fn header_and_transparency_are_read() {
        let header = probe(&png(0, &[(b"tRNS", &[0, 0]), (b"IDAT", &[1])])).unwrap();
        assert_eq!(header.stored, (9, 7));
        assert_eq!(header.format, PhotoFormat::Png { alpha: true, depth: 8, grey: true });
    }

    #[test]
    fn a_png_without_its_end_or_its_data_is_broken() {
        let whole = png(2, &[(b"IDAT", &[1, 2, 3])]);
        assert!(probe(&whole).is_ok());
        for cut in 4..whole.len() {
            assert!(matches!(probe(&whole[..cut]), Err(Unusable::Broken(_))), "cut at {cut}");
        }
        assert!(probe(&png(2, &[])).is_err());
    }
}
