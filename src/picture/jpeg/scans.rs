//! The scans of a JPEG, block by block (ITU-T T.81 Annexes F and G).
//!
//! In: the segments, as they come, and where each scan begins. Out: where it ends, or that it is damaged.

use super::Damage;
use super::bits::Bits;
use super::codes::Table;

#[derive(Default)]
pub struct Scans {
    progressive: bool,
    components: Vec<Component>,
    /// MCUs of an interleaved scan.
    units: usize,
    /// MCUs between two restart markers; 0: there are none.
    interval: usize,
    /// DC and AC, by destination.
    tables: [[Option<Table>; 4]; 2],
}

struct Component {
    id: u8,
    /// Blocks of one MCU.
    blocks: usize,
    /// Blocks of a scan of it alone.
    all: usize,
    /// Of each of these in a progressive frame: the coefficients that aren't zero so far.
    known: Vec<u64>,
}

/// What a scan says of its coefficients (§B.2.3): the band, and whether it refines what earlier scans said.
struct Band {
    from: u32,
    to: u32,
    refines: bool,
}

impl Scans {
    /// Takes a segment that is no scan; None: it can't be.
    pub fn segment(&mut self, marker: u8, content: &[u8]) -> Option<()> {
        match marker {
            0xC0..=0xC2 => self.frame(marker == 0xC2, content),
            0xC4 => self.define(content),
            0xDD => {
                self.interval = pair(content)?;
                Some(())
            }
            _ => Some(()),
        }
    }

    /// §A.1.1, §A.2: how many blocks there are of each component, alone and in MCUs.
    fn frame(&mut self, progressive: bool, content: &[u8]) -> Option<()> {
        let (height, width) = (pair(content.get(1..)?)?, pair(content.get(3..)?)?);
        let stated: Vec<&[u8]> = content.get(6..)?.chunks_exact(3).collect();
        let factors = |component: &&[u8]| (usize::from(component[1] >> 4), usize::from(component[1] & 15));
        if stated.iter().map(factors).any(|(h, v)| h == 0 || v == 0) {
            return None;
        }
        let most = stated.iter().map(factors).fold((1, 1), |most, (h, v)| (most.0.max(h), most.1.max(v)));
        self.units = width.div_ceil(8 * most.0) * height.div_ceil(8 * most.1);
        self.progressive = progressive;
        let component = |stated: &&[u8]| {
            let (h, v) = factors(stated);
            let across = (width * h).div_ceil(most.0).div_ceil(8);
            let all = across * (height * v).div_ceil(most.1).div_ceil(8);
            let known = if progressive { vec![0; all] } else { vec![] };
            Component { id: stated[0], blocks: h * v, all, known }
        };
        self.components = stated.iter().map(component).collect();
        Some(())
    }

    /// §B.2.4.2.
    fn define(&mut self, mut content: &[u8]) -> Option<()> {
        while let [head, rest @ ..] = content {
            let (table, length) = Table::read(rest)?;
            *self.tables.get_mut(usize::from(head >> 4))?.get_mut(usize::from(head & 15))? = Some(table);
            content = &rest[length..];
        }
        Some(())
    }

    /// Goes over the scan whose header is `header` and whose data begins at `at`: where the next marker is.
    pub fn scan(&mut self, header: &[u8], (bytes, at): (&[u8], usize)) -> Result<usize, Damage> {
        let mut bits = Bits::new(bytes, at);
        let whole = self.parts(header).and_then(|(parts, band)| self.walk(&parts, &band, &mut bits));
        whole.and_then(|()| bits.end()).ok_or_else(|| Damage(bits.position()))
    }

    /// The scan's components, with the tables of each, and its band.
    fn parts(&self, header: &[u8]) -> Option<(Vec<[usize; 3]>, Band)> {
        let (count, rest) = header.split_first()?;
        let (stated, last) = rest.split_at_checked(usize::from(*count) * 2)?;
        let part = |stated: &[u8]| {
            let component = self.components.iter().position(|component| component.id == stated[0])?;
            Some([component, usize::from(stated[1] >> 4), usize::from(stated[1] & 15)])
        };
        let parts: Vec<[usize; 3]> = stated.chunks_exact(2).map(part).collect::<Option<_>>()?;
        let [from, to, approximation] = *last.first_chunk()?;
        let band = Band { from: from.into(), to: to.into(), refines: approximation >> 4 > 0 };
        (!parts.is_empty() && to < 64).then_some((parts, band))
    }

    fn walk(&mut self, parts: &[[usize; 3]], band: &Band, bits: &mut Bits) -> Option<()> {
        let alone = parts.len() == 1;
        let units = if alone { self.components[parts[0][0]].all } else { self.units };
        let blocks = |part: &[usize; 3]| if alone { 1 } else { self.components[part[0]].blocks };
        let table = |class: usize, n: usize| self.tables[class].get(n)?.as_ref();
        if self.progressive && band.from > 0 {
            let (known, table) = (&mut self.components[parts[0][0]].known, self.tables[1].get(parts[0][2])?.as_ref());
            let mut run = 0;
            return each(units, self.interval, bits, |bits, unit| {
                // No run goes over a restart (§G.1.2.2).
                if self.interval > 0 && unit % self.interval == 0 {
                    run = 0;
                }
                band.block(table?, bits, (&mut known[unit], &mut run))
            });
        }
        if self.progressive && band.refines {
            let all: usize = parts.iter().map(blocks).sum();
            return each(units, self.interval, bits, |bits, _| {
                bits.skip_many(all as u32);
                Some(())
            });
        }
        let mut order = vec![];
        for part in parts {
            let tables = (table(0, part[1])?, if self.progressive { None } else { Some(table(1, part[2])?) });
            order.extend(std::iter::repeat_n(tables, blocks(part)));
        }
        each(units, self.interval, bits, |bits, _| order.iter().try_for_each(|(dc, ac)| block(dc, *ac, bits)))
    }
}

fn pair(bytes: &[u8]) -> Option<usize> {
    Some(u16::from_be_bytes(*bytes.first_chunk()?).into())
}

/// Every MCU of a scan, with the restart markers between them.
fn each(
    units: usize,
    interval: usize,
    bits: &mut Bits,
    mut unit: impl FnMut(&mut Bits, usize) -> Option<()>,
) -> Option<()> {
    for n in 0..units {
        if interval > 0 && n > 0 && n % interval == 0 && !bits.restart(((n / interval - 1) % 8) as u8) {
            return None;
        }
        unit(bits, n)?;
        if bits.is_short() {
            return None;
        }
    }
    Some(())
}

/// A block of a sequential scan (§F.1.2), or the first bits of its DC coefficient alone.
#[inline]
fn block(dc: &Table, ac: Option<&Table>, bits: &mut Bits) -> Option<()> {
    let size = dc.symbol(bits).filter(|size| *size <= 11)?;
    bits.skip(size.into());
    ac.map_or(Some(()), |ac| ac.block(bits))
}

impl Band {
    /// A block's AC coefficients in a progressive scan. `run`: blocks from here on that have nothing more.
    fn block(&self, table: &Table, bits: &mut Bits, (known, run): (&mut u64, &mut usize)) -> Option<()> {
        match (self.refines, *run) {
            (false, 0) => self.first(table, bits, (known, run)),
            (false, _) => {
                *run -= 1;
                Some(())
            }
            (true, _) => self.refined(table, bits, (known, run)),
        }
    }

    /// §G.1.2.2.
    fn first(&self, table: &Table, bits: &mut Bits, (known, run): (&mut u64, &mut usize)) -> Option<()> {
        let mut k = self.from;
        while k <= self.to {
            let symbol = table.symbol(bits)?;
            match (u32::from(symbol >> 4), u32::from(symbol & 15)) {
                (15, 0) => k += 16,
                (wide, 0) => {
                    *run = (1 << wide) - 1 + bits.take(wide);
                    return Some(());
                }
                (zeros, size) => {
                    k += zeros;
                    *known |= 1u64.checked_shl(k)?;
                    bits.skip(size);
                    k += 1;
                }
            }
        }
        (k == self.to + 1).then_some(())
    }

    /// §G.1.2.3: a bit for each coefficient that isn't zero, between the codes for those that are.
    fn refined(&self, table: &Table, bits: &mut Bits, (known, run): (&mut u64, &mut usize)) -> Option<()> {
        let mut k = self.from;
        while *run == 0 && k <= self.to {
            let symbol = table.symbol(bits)?;
            let (zeros, size) = (symbol >> 4, symbol & 15);
            match (zeros, size) {
                (15, 0) => {}
                (_, 0) => {
                    *run = (1 << zeros) + bits.take(zeros.into());
                    break;
                }
                (_, 1) => bits.skip(1),
                _ => return None,
            }
            let mut free = !*known & self.rest(k);
            (0..zeros).for_each(|_| free &= free.wrapping_sub(1));
            let next = free.trailing_zeros().min(self.to + 1);
            bits.skip_many((*known & self.rest(k) & !self.rest(next)).count_ones());
            k = next;
            if size > 0 {
                (k <= self.to).then_some(())?;
                *known |= 1 << k;
            }
            k += 1;
        }
        if *run > 0 {
            bits.skip_many((*known & self.rest(k)).count_ones());
            *run -= 1;
        }
        Some(())
    }

    /// The band's coefficients from `k` on.
    fn rest(&self, k: u32) -> u64 {
        u64::MAX.checked_shl(k).unwrap_or(0) & (u64::MAX >> (63 - self.to))
    }
}
