//! Outlines of a `glyf` table without their instructions.
//!
//! In: `glyf`, `loca` and the format of its offsets. Out: the first two anew; `cvt `, `fpgm` and `prep` serve instructions alone
//! (OpenType 1.9 §glyf).

use super::sfnt::be16;

/// None where the tables contradict each other; then they stay as they are.
pub fn unhinted(glyf: &[u8], loca: &[u8], is_long: bool) -> Option<(Vec<u8>, Vec<u8>)> {
    let offsets: Vec<usize> = match is_long {
        true => loca.chunks_exact(4).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]) as usize).collect(),
        false => loca.chunks_exact(2).map(|b| 2 * usize::from(u16::from_be_bytes([b[0], b[1]]))).collect(),
    };
    let (mut out, mut places) = (vec![], vec![]);
    let mut place = |at: usize| match is_long {
        true => places.extend((at as u32).to_be_bytes()),
        false => places.extend(((at / 2) as u16).to_be_bytes()),
    };
    for pair in offsets.windows(2) {
        place(out.len());
        out.extend(outline(glyf.get(pair[0]..pair[1])?)?);
        out.resize(out.len().next_multiple_of(2), 0);
    }
    place(out.len());
    Some((out, places))
}

/// One glyph's description.
fn outline(glyph: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 10;
    match be16(glyph, 0).map(|contours| contours as i16) {
        None => Some(vec![]),
        Some(contours @ 0..) => {
            let at = HEAD + 2 * contours as usize;
            let length = usize::from(be16(glyph, at)?);
            Some([&glyph[..at], &[0, 0], glyph.get(at + 2 + length..)?].concat())
        }
        Some(_) => {
            let mut out = glyph.to_vec();
            let mut at = HEAD;
            loop {
                let flags = be16(glyph, at)?;
                const INSTRUCTIONS: u16 = 0x0100;
                out.get_mut(at..at + 2)?.copy_from_slice(&(flags & !INSTRUCTIONS).to_be_bytes());
                at += 4 + component(flags);
                if flags & 0x0020 == 0 {
                    out.truncate(at);
                    return Some(out);
                }
            }
        }
    }
}

/// How many bytes a component's place and scale take.
fn component(flags: u16) -> usize {
    let place = if flags & 0x0001 == 0 { 2 } else { 4 };
    let scale = match flags & 0x00c8 {
        0x0008 => 2,
        0x0040 => 4,
        0x0080 => 8,
        _ => 0,
    };
    place + scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_go_and_outlines_stay() {
        // One contour of a point, three bytes of instructions; then a composite of two, scaled, with two bytes.
        let box_ = [0_u8; 8];
        let simple = [&[0, 1], &box_[..], &[0, 0], &[0, 3], &[7, 7, 7], &[1, 9, 9]].concat();
        let composite = [
            &[0xff, 0xff],
            &box_[..],
            &[0, 0x29],
            &[0, 5],
            &[0; 4],
            &[0x40, 0],
            &[1, 0],
            &[0, 6],
            &[1, 2],
            &[0, 2, 7, 7],
        ]
        .concat();
        let glyf = [simple.as_slice(), &composite].concat();
        let (first, second) = (simple.len() as u16, glyf.len() as u16);
        let loca: Vec<u8> = [0, first / 2, first / 2, second / 2].iter().flat_map(|n| n.to_be_bytes()).collect();
        let (bare, places) = unhinted(&glyf, &loca, false).expect("sound");
        let bare_simple = [&[0, 1], &box_[..], &[0, 0], &[0, 0], &[1, 9, 9], &[0]].concat();
        let bare_composite =
            [&[0xff, 0xff], &box_[..], &[0, 0x29], &[0, 5], &[0; 4], &[0x40, 0], &[0, 0], &[0, 6], &[1, 2]].concat();
        assert_eq!(bare, [bare_simple.as_slice(), &bare_composite].concat());
        let ends: Vec<u16> = places.chunks_exact(2).map(|b| 2 * u16::from_be_bytes([b[0], b[1]])).collect();
        assert_eq!(ends, [0, bare_simple.len() as u16, bare_simple.len() as u16, bare.len() as u16]);
    }
}
