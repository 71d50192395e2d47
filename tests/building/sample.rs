//! The sample issue, built once for all that look at it.

use super::issue::{Desk, jpeg, qikan};
use lopdf::Document;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::OnceLock;

pub const DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shanxing-2026-09");

pub struct Sample {
    /// With the photos as they are: they pass through.
    pub print: Document,
    /// With smaller ones of the same proportions.
    pub screen: Document,
    /// The same, in the archive's order.
    pub epub: Vec<Entry>,
}

pub struct Entry {
    pub name: String,
    pub bytes: Vec<u8>,
    pub stored: bool,
}

impl Sample {
    /// A text file of the EPUB.
    pub fn text(&self, name: &str) -> &str {
        let entry = self.epub.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("{name} is in the EPUB"));
        std::str::from_utf8(&entry.bytes).expect("UTF-8")
    }
}

pub fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(build)
}

fn build() -> Sample {
    let desk = Desk::new();
    let small = small_copy(&desk);
    let run = qikan(&["build", DIR, "--only", "print", "-o", &desk.at("print")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = qikan(&["build", &small, "--only", "screen,epub", "-o", &desk.at("others")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let read = |name: &str| fs::read(desk.at(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let pdf = |name| Document::load_mem(&read(name)).expect("a PDF that lopdf reads");
    Sample {
        print: pdf("print/shanxing-2026-09.print.pdf"),
        screen: pdf("others/shanxing-2026-09.screen.pdf"),
        epub: entries(&read("others/shanxing-2026-09.epub")),
    }
}

/// The sample with photos an eighth as wide: without optimisation, resizing those of 6 megapixels takes a minute.
pub fn small_copy(desk: &Desk) -> String {
    for (name, bytes) in super::issue::files(Path::new(DIR)) {
        let name = name.to_str().expect("UTF-8");
        if name.starts_with("out/") {
            continue;
        }
        let target = format!("shanxing-2026-09/{name}");
        if !name.ends_with(".jpg") {
            desk.put(&target, bytes);
            continue;
        }
        let reader = image::ImageReader::new(Cursor::new(&bytes)).with_guessed_format().expect("reads");
        let (width, height) = reader.into_dimensions().expect("a photo");
        desk.put(&target, jpeg((width / 8) as u16, (height / 8) as u16));
    }
    desk.at("shanxing-2026-09")
}

/// An archive's files in their order.
pub fn entries(epub: &[u8]) -> Vec<Entry> {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("an archive");
    let count = zip.len();
    let entry = |i| {
        let mut file = zip.by_index(i).expect("an entry");
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).expect("its checksum is right");
        let stored = file.compression() == zip::CompressionMethod::Stored;
        Entry { name: file.name().into(), bytes, stored }
    };
    (0..count).map(entry).collect()
}
