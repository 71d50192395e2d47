//! Compression and the file itself (ISO 32000-1 §7.4.4, §7.5).

use crate::write::Error;
use lopdf::{Document, Object, SaveOptions, Stream};
use std::io::Write;
use std::thread;

/// Compresses what may be compressed and writes the document with object streams and a cross-reference stream.
pub fn save(mut document: Document, mut out: &mut dyn Write) -> Result<(), Error> {
    compress(&mut document);
    let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut out, options)?;
    Ok(())
}

/// Every stream on one of as many threads as there are; a stream's bytes don't depend on which.
fn compress(document: &mut Document) {
    let mut streams: Vec<&mut Stream> = document.objects.values_mut().filter_map(compressible).collect();
    // Largest first, dealt out in turn, so that the threads end together.
    streams.sort_by_key(|s| std::cmp::Reverse(s.content.len()));
    let threads = thread::available_parallelism().map_or(1, |n| n.get());
    let mut shares: Vec<Vec<&mut Stream>> = (0..threads).map(|_| vec![]).collect();
    for (i, stream) in streams.into_iter().enumerate() {
        shares[i % threads].push(stream);
    }
    thread::scope(|scope| {
        for share in shares {
            // Compressing into memory doesn't fail; a stream that won't shrink stays as it is.
            scope.spawn(move || share.into_iter().for_each(|stream| drop(stream.compress())));
        }
    });
}

fn compressible(object: &mut Object) -> Option<&mut Stream> {
    object.as_stream_mut().ok().filter(|s| s.allows_compression)
}
