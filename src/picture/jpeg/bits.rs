//! The bits of one scan, stuffed bytes taken out (ITU-T T.81 §F.1.2.3), up to its next marker.

pub struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// What was read and not used, from the highest bit on.
    held: u64,
    count: u32,
    /// How many of these stand for bits that the scan hasn't.
    made_up: u32,
}

/// After [`Bits::fill`] as many can be taken.
pub const FILLED: u32 = 32;

fn has_ff(word: u64) -> bool {
    let ones = u64::MAX / 255;
    (!word).wrapping_sub(ones) & word & (ones << 7) != 0
}

impl<'a> Bits<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Bits<'a> {
        Bits { bytes, at, held: 0, count: 0, made_up: 0 }
    }

    #[inline]
    pub fn fill(&mut self) {
        if self.count >= FILLED {
            return;
        }
        let word =
            self.bytes.get(self.at..self.at + 8).and_then(|word| Some(u64::from_be_bytes(word.try_into().ok()?)));
        match word {
            Some(word) if !has_ff(word) => {
                // What of the last byte has no room is put in again, and the same, with the next.
                self.held |= word >> self.count;
                let bytes = (64 - self.count) / 8;
                self.at += bytes as usize;
                self.count += bytes * 8;
            }
            _ => self.fill_by_bytes(),
        }
    }

    fn fill_by_bytes(&mut self) {
        while self.count <= 56 {
            let byte = match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF), _) | (None, _) => {
                    self.made_up += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.held |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
    }

    /// The next `n` bits, 1 to 32 of them.
    #[inline]
    pub fn peek(&self, n: u32) -> usize {
        (self.held >> (64 - n)) as usize
    }

    #[inline]
    pub fn skip(&mut self, n: u32) {
        self.held <<= n;
        self.count -= n;
    }

    pub fn skip_many(&mut self, mut n: u32) {
        while n > 0 {
            self.fill();
            let now = n.min(FILLED);
            self.skip(now);
            n -= now;
        }
    }

    pub fn take(&mut self, n: u32) -> usize {
        self.fill();
        let value = if n == 0 { 0 } else { self.peek(n) };
        self.skip(n);
        value
    }

    /// Whether more was used than there is.
    #[inline]
    pub fn is_short(&self) -> bool {
        self.made_up > self.count
    }

    /// About where in the file the next bit is.
    pub fn position(&self) -> usize {
        self.at.saturating_sub((self.count.saturating_sub(self.made_up) / 8) as usize).min(self.bytes.len())
    }

    /// Ends at a marker: where it is. None where data is left over; a few bytes of padding are none.
    pub fn end(&self) -> Option<usize> {
        let (from, mut to) = (self.position(), self.at);
        while self.bytes.get(to).is_some_and(|byte| *byte != 0xFF) || self.bytes.get(to + 1) == Some(&0) {
            to += 1;
        }
        let rest = &self.bytes[from..to.min(self.bytes.len())];
        let padding = rest.len() <= 2 || rest.iter().all(|byte| *byte == rest[0]);
        padding.then_some(to)
    }

    /// Goes on behind the marker RST`n` (§E.1.4), which must be next.
    pub fn restart(&mut self, n: u8) -> bool {
        let Some(mut at) = self.end() else { return false };
        while self.bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        *self = Bits::new(self.bytes, at + 2);
        self.bytes.get(at + 1) == Some(&(0xD0 + n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffed_bytes_are_data_and_a_marker_ends_it() {
        let mut bits = Bits::new(&[0xAB, 0xFF, 0x00, 0xCD, 0xFF, 0xD9], 0);
        assert_eq!([bits.take(8), bits.take(4), bits.take(4), bits.take(8)], [0xAB, 0xF, 0xF, 0xCD]);
        assert_eq!((bits.is_short(), bits.end()), (false, Some(4)));
        bits.take(1);
        assert!(bits.is_short());
    }

    #[test]
    fn many_at_once_are_the_same_as_byte_by_byte() {
        let bytes: Vec<u8> = (0..200u32).map(|n| (n * 37 % 251) as u8).collect();
        let mut bits = Bits::new(&bytes, 0);
        for (i, byte) in bytes.iter().enumerate() {
            let high = bits.take(3);
            assert_eq!((high << 5) + bits.take(5), usize::from(*byte), "byte {i}");
        }
        assert!(!bits.is_short());
    }

    #[test]
    fn what_is_left_over_is_no_end() {
        assert_eq!(Bits::new(&[1, 2, 3, 4, 0xFF, 0xD9], 0).end(), None);
        assert_eq!(Bits::new(&[0, 0, 0, 0, 0xFF, 0xD9], 0).end(), Some(4), "padding");
        let mut bits = Bits::new(&[1, 0xFF, 0xFF, 0xD3, 7], 0);
        bits.take(7);
        assert!(bits.restart(3) && bits.take(8) == 7);
    }
}
