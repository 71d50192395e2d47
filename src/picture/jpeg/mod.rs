//! JPEG files as segments and scans (ITU-T T.81 Annex B), and whether their scans are sound.
//!
//! In: a file's bytes. Out: markers, segments, the first damage. Codes are read and the values behind them skipped: no coefficient is
//! kept, no pixel made, so that this takes a fraction of a decoder's time. What was cut and closed again, or lost a sector
//! on its way, is found; a changed bit that leaves as many blocks as there should be isn't, by decoders neither.

mod bits;
mod codes;
mod scans;

use memchr::memchr;
use scans::Scans;
use std::ops::Range;

/// Data that isn't code, or ends too early or too late; seen so far into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage(pub usize);

/// More scans than this no encoder writes.
const MOST_SCANS: usize = 1000;

/// Goes over every scan up to EOI.
pub fn sound(bytes: &[u8]) -> Result<(), Damage> {
    let (mut scans, mut at) = (Scans::default(), 2);
    for _ in 0..MOST_SCANS * 4 {
        let (marker, next) = next_marker(bytes, at).ok_or(Damage(at))?;
        at = next;
        match marker {
            0xD9 => return Ok(()),
            0xD8 | 0x01 | 0xD0..=0xD7 => continue,
            _ => {}
        }
        let segment = segment(bytes, at).ok_or(Damage(at))?;
        let content = &bytes[segment.clone()];
        at = segment.end;
        match marker {
            0xDA => at = scans.scan(content, (bytes, at))?,
            _ => scans.segment(marker, content).ok_or(Damage(at))?,
        }
    }
    Err(Damage(at))
}

/// The next marker at or after `at` and the place behind it; within a scan, stuffed bytes (FF 00) are data.
pub fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += memchr(0xFF, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0x00 => at += 2,
            0xFF => at += 1,
            marker => return Some((marker, at + 2)),
        }
    }
}

/// The range of a segment's content; its length field counts itself.
pub fn segment(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let length = u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?) as usize;
    let end = at + length.max(2);
    (end <= bytes.len()).then_some(at + 2..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

    /// Noise, which has many coefficients.
    fn picture(progressive: bool, interval: u16, (kind, channels): (ColorType, usize)) -> Vec<u8> {
        let (width, height) = (75, 53);
        let sample = |i: usize| (i * i * 31 % 251 + i / 7 % 5) as u8;
        let samples: Vec<u8> = (0..width * height * channels).map(sample).collect();
        let mut bytes = vec![];
        let mut encoder = Encoder::new(&mut bytes, 90);
        encoder.set_progressive(progressive);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        if interval > 0 {
            encoder.set_restart_interval(interval);
        }
        encoder.encode(&samples, width as u16, height as u16, kind).expect("encodes");
        bytes
    }

    #[test]
    fn scans_of_every_kind_are_gone_over() {
        for progressive in [false, true] {
            for interval in [0, 1, 7] {
                for kind in
                    [(ColorType::Luma, 1), (ColorType::Rgb, 3), (ColorType::Cmyk, 4), (ColorType::CmykAsYcck, 4)]
                {
                    let bytes = picture(progressive, interval, kind);
                    assert_eq!(sound(&bytes), Ok(()), "{progressive} {interval} {kind:?}");
                }
            }
        }
    }

    /// Issue: a photo that would be printed with grey bands is an error before it is printed.
    #[test]
    fn data_that_is_missing_or_overwritten_is_damage() {
        for progressive in [false, true] {
            let whole = picture(progressive, 0, (ColorType::Rgb, 3));
            let middle = whole.len() * 2 / 3;
            let cut = [&whole[..middle], &[0xFF, 0xD9]].concat();
            assert!(sound(&cut).is_err(), "cut and closed again");
            assert!(sound(&whole[..middle]).is_err() && sound(&[]).is_err());
        }
        let mut blank = picture(false, 0, (ColorType::Rgb, 3));
        let middle = blank.len() * 2 / 3;
        blank[middle..middle + 512].fill(0);
        assert!(sound(&blank).is_err(), "a lost sector");
    }
}
