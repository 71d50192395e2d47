//! Files out of other files: pieces cut, doubled, moved, swapped with what parsers stumble over.
//!
//! In: a seed and sound files. Out: bytes. The same seed gives the same files.

use qikan::convert::import::decode::decode;
use qikan::convert::import::log::Log;
use std::io::{Cursor, Read, Write};

/// A linear congruential generator (Knuth's MMIX constants).
pub struct Seed(pub u64);

impl Seed {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

const SCRAPS: [&str; 60] = [
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{3000}",
    "\u{a0}",
    "\r\n",
    "\n\n",
    "\n",
    "\t",
    " ",
    "，",
    "。",
    "：",
    "“",
    "”",
    "「",
    "」",
    "（",
    "）",
    "《",
    "》",
    "——",
    "……",
    "...",
    "--",
    ",",
    ".",
    ":",
    "\"",
    "'",
    "(",
    ")",
    "来源：",
    "作者：",
    "( 编辑:甲  送签:乙 )",
    "2024年8月16日",
    "一、",
    "（一）",
    "1. ",
    "【专题】",
    ">>",
    "王明 摄",
    "图为",
    "---\n",
    "```",
    "**",
    "[^1]",
    "![](a.jpg)",
    "|",
    "\\",
    "<p>",
    "</p>",
    "<br>",
    "<table><tr><td rowspan=99>",
    "</td></tr></table>",
    "<ul><li>",
    "<!--",
    "<svg>",
    "&#x110000;",
    "\u{10ffff}",
];

/// One input: small mostly, sometimes of megabytes.
pub fn input(seed: &mut Seed, corpus: &[Vec<u8>], office: bool) -> Vec<u8> {
    let first = corpus.get(seed.below(corpus.len())).cloned().unwrap_or_default();
    let other = corpus.get(seed.below(corpus.len())).cloned().unwrap_or_default();
    if office && seed.below(4) > 0 {
        return repacked(seed, &first, &other);
    }
    let mut bytes = mangled(seed, first, &other);
    if !office && seed.below(200) == 0 && !bytes.is_empty() {
        bytes = bytes.repeat((5 << 18) / bytes.len() + 1);
    }
    bytes
}

fn mangled(seed: &mut Seed, mut bytes: Vec<u8>, other: &[u8]) -> Vec<u8> {
    for _ in 0..=seed.below(12) {
        let (at, length) = (seed.below(bytes.len() + 1), seed.below(40));
        let end = (at + length).min(bytes.len());
        match seed.below(9) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece.repeat(1 + seed.below(20)));
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << seed.below(8);
                }
            }
            3 => {
                let from = seed.below(other.len() + 1);
                let piece = &other[from..(from + seed.below(400)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => bytes.truncate(at.max(1)),
            5 => {
                let scrap = SCRAPS[seed.below(SCRAPS.len())].repeat(1 + seed.below(30) * seed.below(3));
                bytes.splice(at..at, scrap.into_bytes());
            }
            6 => drop(bytes.splice(at..end, std::iter::repeat_n(seed.below(256) as u8, length))),
            7 => {
                let lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
                let (a, b) = (seed.below(lines.len()), seed.below(lines.len()));
                let mut lines = lines;
                lines.swap(a, b);
                bytes = lines.join(&b'\n');
            }
            _ => {
                let scrap = SCRAPS[seed.below(SCRAPS.len())].as_bytes();
                bytes.splice(at..end, scrap.iter().copied());
            }
        }
    }
    bytes
}

/// An office file whose parts are mangled and packed again: the archive is sound, what is in it is not.
fn repacked(seed: &mut Seed, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let (files, others) = (files(bytes), files(other));
    let chosen = seed.below(files.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (n, (name, bytes)) in files.into_iter().enumerate() {
        let document = name == "word/document.xml" && seed.below(3) > 0;
        let other = others.iter().find(|(o, _)| *o == name).map(|(_, b)| b.as_slice()).unwrap_or_default();
        let large = document && seed.below(60) == 0;
        let bytes = if n == chosen || document { mangled(seed, bytes, other) } else { bytes };
        let bytes = if large { grown(&bytes) } else { bytes };
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a name");
        zip.write_all(&bytes).expect("packs");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The paragraphs of a document many times over.
fn grown(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    match (text.find("<w:p"), text.rfind("</w:p>")) {
        (Some(from), Some(to)) if from < to => {
            let body = &text[from..to + 6];
            [&text[..from], &body.repeat((1 << 20) / body.len() + 1), &text[to + 6..]].concat().into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return vec![] };
    let mut out = vec![];
    for n in 0..zip.len() {
        let Ok(mut file) = zip.by_index(n) else { continue };
        let mut bytes = vec![];
        if file.read_to_end(&mut bytes).is_ok() {
            out.push((file.name().to_string(), bytes));
        }
    }
    out
}

/// What an input has to hold when it is read: its own bytes, those of the files in it, or its text, which in UTF-8 is larger
/// than in GB 18030.
pub fn unpacked(bytes: &[u8]) -> usize {
    if bytes.starts_with(b"PK") {
        return bytes.len().max(files(bytes).iter().map(|(_, b)| b.len()).sum());
    }
    bytes.len().max(decode(bytes, None, &mut Log::default()).len())
}
