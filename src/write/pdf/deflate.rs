//! Streams compressed (ISO 32000-1 §7.4.4). lopdf would take the highest level: four times the work for one byte in a hundred.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::Stream;
use std::io::Write;

/// Beyond it, time grows and files hardly shrink (docs/decisions/print-speed.md).
const LEVEL: u32 = 6;

/// What an entry for the filter takes.
const ENTRY: usize = 20;

/// Compresses a stream that has no filter yet; one that won't shrink stays as it is.
pub fn deflate(stream: &mut Stream) {
    if stream.dict.has(b"Filter") {
        return;
    }
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 2), Compression::new(LEVEL));
    // Into memory: it doesn't fail.
    let Ok(packed) = encoder.write_all(&stream.content).and_then(|()| encoder.finish()) else { return };
    if packed.len() + ENTRY < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(packed);
    }
}
