//! Huffman tables (ITU-T T.81 Annex C), as tables that are looked things up in by the next bits.

use super::bits::Bits;

/// Bits that a table is asked by; longer codes are rare.
const WINDOW: u32 = 12;

/// What stands at the beginning of the next bits: one code, and as many as are there whole, with the values behind them.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// Of the one code; 0: it is longer than the window, or none.
    length: u8,
    symbol: u8,
    /// Bits of all of them.
    bits: u8,
    /// Coefficients that they bring.
    advance: u8,
    /// Whether an end of block is the last of them.
    ends: bool,
}

#[derive(Clone)]
pub struct Table {
    entries: Vec<Entry>,
    /// For each length above the window: the first code, how many there are, and the first's place among the symbols.
    long: [(usize, usize, usize); 4],
    symbols: Vec<u8>,
}

impl Table {
    /// From a segment's 16 counts and the symbols behind them; and how many bytes these are.
    pub fn read(segment: &[u8]) -> Option<(Table, usize)> {
        let counts = segment.get(..16)?;
        let total: usize = counts.iter().map(|n| usize::from(*n)).sum();
        let symbols = segment.get(16..16 + total)?.to_vec();
        let mut table = Table { entries: vec![Entry::default(); 1 << WINDOW], long: [(0, 0, 0); 4], symbols };
        let (mut code, mut first) = (0, 0);
        for (length, count) in (1u32..).zip(counts.iter().map(|n| usize::from(*n))) {
            if code + count > 1 << length {
                return None;
            }
            table.put(length, code, first..first + count);
            (code, first) = ((code + count) << 1, first + count);
        }
        table.join();
        Some((table, 16 + total))
    }

    fn put(&mut self, length: u32, code: usize, symbols: std::ops::Range<usize>) {
        if length > WINDOW {
            self.long[(length - WINDOW - 1) as usize] = (code, symbols.len(), symbols.start);
            return;
        }
        let width = 1 << (WINDOW - length);
        for (code, symbol) in (code..).zip(&self.symbols[symbols]) {
            let entry = Entry { length: length as u8, symbol: *symbol, ..Entry::default() };
            self.entries[code * width..(code + 1) * width].fill(entry);
        }
    }

    /// Codes of AC coefficients with their values (§F.1.2.2), as many as a window holds.
    fn join(&mut self) {
        for window in 0..self.entries.len() {
            let (mut bits, mut advance, mut ends) = (0, 0, false);
            while !ends {
                let next = self.entries[(window << bits) & ((1 << WINDOW) - 1)];
                let (run, size) = (next.symbol >> 4, next.symbol & 15);
                let wide = bits + u32::from(next.length) + u32::from(size);
                let known = size > 0 || run == 15 || next.symbol == 0;
                if next.length == 0 || wide > WINDOW || !known {
                    break;
                }
                ends = next.symbol == 0;
                advance += if ends { 0 } else { run + 1 };
                bits = wide;
            }
            let entry = &mut self.entries[window];
            (entry.bits, entry.advance, entry.ends) = (bits as u8, advance, ends);
        }
    }

    /// The next code's symbol. At most 16 bits are used.
    #[inline]
    pub fn symbol(&self, bits: &mut Bits) -> Option<u8> {
        bits.fill();
        let entry = &self.entries[bits.peek(WINDOW)];
        if entry.length > 0 {
            bits.skip(u32::from(entry.length));
            return Some(entry.symbol);
        }
        (WINDOW + 1..).zip(&self.long).find_map(|(length, (code, count, first))| {
            let nth = bits.peek(length).checked_sub(*code).filter(|nth| nth < count)?;
            bits.skip(length);
            Some(self.symbols[first + nth])
        })
    }

    /// Goes over the AC coefficients of a block of a sequential scan.
    #[inline]
    pub fn block(&self, bits: &mut Bits) -> Option<()> {
        let mut k = 1;
        while k < 64 {
            bits.fill();
            let entry = &self.entries[bits.peek(WINDOW)];
            let after = k + u32::from(entry.advance);
            // An end of block is read only where a coefficient is left.
            if entry.bits > 0 && after + u32::from(entry.ends) <= 64 {
                bits.skip(u32::from(entry.bits));
                if entry.ends {
                    break;
                }
                k = after;
                continue;
            }
            match self.symbol(bits).map(|symbol| (u32::from(symbol >> 4), u32::from(symbol & 15)))? {
                (0, 0) => break,
                (15, 0) => k += 16,
                (_, 0) => return None,
                (run, size) => {
                    bits.skip(size);
                    k += run + 1;
                }
            }
        }
        (k <= 64).then_some(())
    }
}
