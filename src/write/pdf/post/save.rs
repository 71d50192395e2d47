//! Compression and the file itself (ISO 32000-1 §7.4.4, §7.5).
//!
//! In: the finished document and the photos whose files its streams are. Out: the bytes, object by object. `lopdf` would
//! want every photo in memory; here each passes from its file to the output.

use super::images::FileStreams;
use crate::doc::PhotoId;
use crate::picture::Darkroom;
use crate::write::Error;
use crate::write::pdf::deflate::deflate;
use crate::write::pdf::images;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::thread;

/// Objects in one object stream (§7.5.7): few enough for a reader that wants one of them.
const PACK: usize = 200;

/// Compresses what may be compressed and writes the document with object streams and a cross-reference stream.
pub fn save(
    mut document: Document,
    files: &FileStreams,
    darkroom: &Darkroom,
    out: &mut dyn Write,
) -> Result<(), Error> {
    compress(&mut document, darkroom.threads.get());
    let mut file = File { darkroom, out: Counted { out, at: 0 }, entries: BTreeMap::new() };
    // Four bytes above 127 tell transfer programs that the file is binary (§7.5.2).
    file.out.write_all(format!("%PDF-{}\n%", document.version).as_bytes())?;
    file.out.write_all(&[0xE2, 0xE3, 0xCF, 0xD3, b'\n'])?;
    let mut plain = vec![];
    for (id, object) in std::mem::take(&mut document.objects) {
        match object {
            Object::Stream(stream) => match files.get(&id) {
                Some(photo) => file.photo(id.0, stream, *photo)?,
                None => file.stream(id.0, &stream)?,
            },
            object => plain.push((id.0, object)),
        }
    }
    if document.version.as_str() < "1.5" {
        plain.iter().try_for_each(|(id, object)| file.object(*id, object))?;
        return file.finish_plainly(document.max_id, document.trailer);
    }
    let mut next = document.max_id + 1;
    for pack in plain.chunks(PACK) {
        file.pack(next, pack)?;
        next += 1;
    }
    file.finish(next, document.trailer)
}

/// Where an object stands (§7.5.8.3, table 18).
enum Entry {
    At(u64),
    InPack { pack: u32, index: usize },
}

struct File<'a> {
    darkroom: &'a Darkroom<'a>,
    out: Counted<'a>,
    entries: BTreeMap<u32, Entry>,
}

impl File<'_> {
    fn stream(&mut self, number: u32, stream: &Stream) -> Result<(), Error> {
        self.begin_stream(number, stream)?;
        self.out.write_all(&stream.content)?;
        Ok(self.out.write_all(b"\nendstream\nendobj\n")?)
    }

    /// A stream whose content is the photo's file.
    fn photo(&mut self, number: u32, mut stream: Stream, photo: PhotoId) -> Result<(), Error> {
        let photo = self.darkroom.photo(photo);
        stream.dict.set("Length", photo.bytes as i64);
        self.begin_stream(number, &stream)?;
        images::copy(self.darkroom, photo, &mut self.out)?;
        Ok(self.out.write_all(b"\nendstream\nendobj\n")?)
    }

    fn begin_stream(&mut self, number: u32, stream: &Stream) -> Result<(), Error> {
        self.entries.insert(number, Entry::At(self.out.at));
        writeln!(self.out, "{number} 0 obj")?;
        self.out.write_all(&bytes(&Object::Dictionary(stream.dict.clone()))?)?;
        Ok(self.out.write_all(b"stream\n")?)
    }

    fn object(&mut self, number: u32, object: &Object) -> Result<(), Error> {
        self.entries.insert(number, Entry::At(self.out.at));
        writeln!(self.out, "{number} 0 obj")?;
        self.out.write_all(&bytes(object)?)?;
        Ok(self.out.write_all(b"\nendobj\n")?)
    }

    /// The cross-reference table of versions that know no streams of objects (§7.5.4).
    fn finish_plainly(mut self, last: u32, mut trailer: lopdf::Dictionary) -> Result<(), Error> {
        let start = self.out.at;
        write!(self.out, "xref\n0 {}\n0000000000 65535 f \n", last + 1)?;
        for id in 1..=last {
            match self.entries.get(&id) {
                Some(Entry::At(offset)) => writeln!(self.out, "{offset:010} 00000 n ")?,
                _ => writeln!(self.out, "0000000000 65535 f ")?,
            }
        }
        trailer.set("Size", i64::from(last) + 1);
        let trailer = bytes(&Object::Dictionary(trailer))?;
        self.out.write_all(b"trailer\n")?;
        self.out.write_all(&trailer)?;
        Ok(write!(self.out, "\nstartxref\n{start}\n%%EOF\n")?)
    }

    /// An object stream of objects that are no streams.
    fn pack(&mut self, number: u32, objects: &[(u32, Object)]) -> Result<(), Error> {
        let (mut index, mut content) = (String::new(), vec![]);
        for (i, (id, object)) in objects.iter().enumerate() {
            index.push_str(&format!("{id} {} ", content.len()));
            content.extend(bytes(object)?);
            self.entries.insert(*id, Entry::InPack { pack: number, index: i });
        }
        let dict = dictionary! { "Type" => "ObjStm", "N" => objects.len() as i64, "First" => index.len() as i64 };
        let mut stream = Stream::new(dict, [index.into_bytes(), content].concat());
        deflate(&mut stream);
        self.stream(number, &stream)
    }

    /// The cross-reference stream: type, offset or pack, index (§7.5.8).
    fn finish(mut self, number: u32, trailer: lopdf::Dictionary) -> Result<(), Error> {
        let start = self.out.at;
        self.entries.insert(number, Entry::At(start));
        let mut rows = vec![];
        for id in 0..=number {
            let (kind, place, index): (u8, u64, u16) = match self.entries.get(&id) {
                Some(Entry::At(offset)) => (1, *offset, 0),
                Some(Entry::InPack { pack, index }) => (2, u64::from(*pack), *index as u16),
                None => (0, 0, u16::MAX),
            };
            rows.push(kind);
            rows.extend(&place.to_be_bytes()[3..]);
            rows.extend(index.to_be_bytes());
        }
        let mut dict = trailer;
        dict.extend(&dictionary! {
            "Type" => "XRef", "Size" => i64::from(number) + 1, "W" => vec![1.into(), 5.into(), 2.into()],
        });
        let mut stream = Stream::new(dict, rows);
        deflate(&mut stream);
        self.stream(number, &stream)?;
        Ok(write!(self.out, "startxref\n{start}\n%%EOF\n")?)
    }
}

/// An object as it stands in a file, with a blank after it. A content stream's encoder is the way that `lopdf` opens to its
/// object writer.
fn bytes(object: &Object) -> io::Result<Vec<u8>> {
    let operations = [Operation::new("", vec![object.clone()])];
    Content { operations }.encode().map_err(io::Error::other)
}

/// Knows how much it has written.
struct Counted<'a> {
    out: &'a mut dyn Write,
    at: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.at += n as u64;
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Every stream on one of the threads; a stream's bytes don't depend on which.
fn compress(document: &mut Document, threads: usize) {
    let mut streams: Vec<&mut Stream> = document.objects.values_mut().filter_map(compressible).collect();
    // Largest first, dealt out in turn, so that the threads end together.
    streams.sort_by_key(|s| std::cmp::Reverse(s.content.len()));
    let mut shares: Vec<Vec<&mut Stream>> = (0..threads).map(|_| vec![]).collect();
    for (i, stream) in streams.into_iter().enumerate() {
        shares[i % threads].push(stream);
    }
    thread::scope(|scope| {
        for share in shares {
            scope.spawn(move || share.into_iter().for_each(deflate));
        }
    });
}

fn compressible(object: &mut Object) -> Option<&mut Stream> {
    object.as_stream_mut().ok().filter(|s| s.allows_compression)
}
