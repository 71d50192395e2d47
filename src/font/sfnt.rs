//! The table directory of OpenType files: reading it, and putting a file together (OpenType 1.9 §Font file).

/// The length of a table record.
const RECORD: usize = 16;

/// The bytes of one table of the `index`th face.
pub fn table<'a>(data: &'a [u8], index: u32, tag: &[u8; 4]) -> Option<&'a [u8]> {
    tables(data, index)?.into_iter().find(|(t, _)| t == tag).map(|(_, bytes)| bytes)
}

/// Every table of the `index`th face, in directory order.
pub fn tables(data: &[u8], index: u32) -> Option<Vec<([u8; 4], &[u8])>> {
    directory(data, index)?
        .chunks_exact(RECORD)
        .map(|record| {
            let (from, length) = (be32(record, 8)? as usize, be32(record, 12)? as usize);
            Some(([record[0], record[1], record[2], record[3]], data.get(from..from.checked_add(length)?)?))
        })
        .collect()
}

/// The table records of the `index`th face: tag, checksum, offset and length of each.
pub fn directory(data: &[u8], index: u32) -> Option<&[u8]> {
    let start = match data.get(..4)? {
        b"ttcf" => be32(data, 12 + 4 * index as usize)? as usize,
        _ if index == 0 => 0,
        _ => return None,
    };
    let count = be16(data, start + 4)? as usize;
    data.get(start + 12..)?.get(..RECORD * count)
}

/// A file of these tables, sorted by tag, with checksums; `head.checkSumAdjustment` is set.
pub fn build(version: [u8; 4], mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort_by_key(|(tag, _)| *tag);
    let count = tables.len() as u16;
    let power = 15 - count.leading_zeros() as u16;
    let mut file = version.to_vec();
    for n in [count, 16 << power, power, (count - (1 << power)) * 16] {
        file.extend(n.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, bytes) in &mut tables {
        if tag == b"head" && bytes.len() >= 12 {
            bytes[8..12].fill(0);
        }
        file.extend(*tag);
        for n in [checksum(bytes), offset as u32, bytes.len() as u32] {
            file.extend(n.to_be_bytes());
        }
        offset += bytes.len().next_multiple_of(4);
    }
    let mut head = None;
    for (tag, bytes) in &tables {
        if tag == b"head" {
            head = Some(file.len());
        }
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    if let Some(head) = head {
        let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
        file[head + 8..head + 12].copy_from_slice(&adjustment.to_be_bytes());
    }
    file
}

fn checksum(bytes: &[u8]) -> u32 {
    bytes
        .chunks(4)
        .map(|c| u32::from_be_bytes(std::array::from_fn(|i| c.get(i).copied().unwrap_or(0))))
        .fold(0, u32::wrapping_add)
}

pub fn be16(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

pub fn be32(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?))
}
