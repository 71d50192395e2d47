//! Rough manuscripts: `tests/manuscripts/NN-name.md`, each beside the whole list of its findings, `NN-name.txt`, a line
//! each: severity, code, line. Each is built alone, and every character of it must be in the PDF and in the EPUB, but for
//! marks, addresses, and what its list names on lines that begin with `gone`. Where the list has an error, nothing may be
//! written.
//!
//! `QIKAN_ACCEPT=1 cargo test --test manuscripts` writes the lists anew and keeps the `gone` lines: read the difference.

#[path = "manuscripts/reading_back.rs"]
mod reading_back;

use qikan::base::{Diagnostic, Place, Severity};
use qikan::font::Library;
use qikan::press::{self, Format, Printing, Request};
use qikan::source::Sources;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

const MANIFEST: &str =
    "[magazine]\ntitle = \"渡口\"\nlang = \"zh-Hans\"\n[issue]\nyear = 2026\nnumber = 9\n[page]\nbinding = \"none\"\n";
/// The least JPEG that is one: a grey pixel.
const PHOTO: &[u8] = include_bytes!("findings/photo-no-alt/issue/photos/a.jpg");

#[test]
fn every_manuscript_is_understood_and_none_loses_a_character() {
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let all = manuscripts();
    assert!(all.len() >= 40, "{} manuscripts", all.len());
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(String::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let said = judged(path, &library);
                    wrong.lock().expect("no thread fails").push_str(&said);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread fails");
    assert!(wrong.is_empty(), "{wrong}");
}

fn manuscripts() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/manuscripts").expect("the manuscripts").map(|e| e.expect("an entry").path());
    let mut all: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    all.sort();
    all
}

/// What is wrong with a manuscript's findings or files.
fn judged(path: &Path, library: &Library) -> String {
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let desk = tempfile::tempdir().expect("a directory");
    let put = |name: &str, bytes: &[u8]| {
        let path = desk.path().join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("directories");
        fs::write(path, bytes).expect("writes");
    };
    let source = fs::read(path).expect("the manuscript");
    put("issue.toml", MANIFEST.as_bytes());
    put("articles/01.md", &source);
    put("photos/a.jpg", PHOTO);
    let request = Request {
        dir: desk.path().into(),
        out: desk.path().join("out"),
        formats: vec![Format::Screen, Format::Epub],
        strict: false,
        threads: NonZeroUsize::MIN,
        epoch: None,
        printing: Printing::default(),
    };
    let outcome = press::build(&request, library, &mut |_| {});
    let mut wrong = String::new();
    let list = path.with_extension("txt");
    let expected = fs::read_to_string(&list).unwrap_or_default().replace("\r\n", "\n");
    let gone: String = expected.lines().filter(|l| l.starts_with("gone")).map(|l| format!("{l}\n")).collect();
    let found: String = outcome.report.findings.iter().map(|f| line(f, &outcome.sources)).collect::<String>() + &gone;
    if found != expected && std::env::var_os("QIKAN_ACCEPT").is_some() {
        fs::write(&list, &found).expect("writes the list");
    } else if found != expected {
        writeln!(wrong, "== {name}\n{found}-- expected\n{expected}").expect("a string");
    }
    let stops = outcome.report.findings.iter().any(|f| f.severity == Severity::Error);
    let file = |extension: &str| {
        let written = fs::read_dir(desk.path().join("out")).into_iter().flatten().flatten();
        written.map(|e| e.path()).find(|p| p.to_string_lossy().ends_with(extension))
    };
    match (file("screen.pdf"), file("epub")) {
        (Some(pdf), Some(epub)) if !stops => {
            let source = String::from_utf8_lossy(&source);
            let texts = [
                ("PDF", reading_back::pdf_text(&fs::read(pdf).expect("the PDF"))),
                ("EPUB", reading_back::epub_text(&fs::read(epub).expect("the EPUB"))),
            ];
            texts.iter().for_each(|(kind, text)| lost(&mut wrong, (&name, kind), &source, text, &gone));
        }
        (None, None) if stops => {}
        _ => writeln!(wrong, "== {name}: files and findings disagree\n{found}").expect("a string"),
    }
    wrong
}

/// `warning photo/remote 5`: a finding's severity, code and line.
fn line(finding: &Diagnostic, sources: &Sources) -> String {
    let place = match &finding.at {
        Place::Source(span) => sources.file(span.file).line_col(span.start).0.to_string(),
        Place::File(_) => "file".into(),
        Place::Issue => "issue".into(),
        Place::Page(label) => format!("page {label}"),
    };
    format!("{:?} {} {place}\n", finding.severity, finding.code.name()).to_lowercase()
}

/// Every character of the manuscript's text, as often as it stands there.
fn lost(wrong: &mut String, (name, kind): (&str, &str), source: &str, text: &str, gone: &str) {
    let count = |text: &str| {
        let mut counts: BTreeMap<char, i64> = BTreeMap::new();
        text.chars().filter(|c| counts_as_text(*c)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (there, excused) = (count(text), count(&gone.replace("gone", "")));
    let mut missing = String::new();
    for (c, n) in count(&without_marks(source)) {
        let left = n - there.get(&c).unwrap_or(&0) - excused.get(&c).unwrap_or(&0);
        (0..left).for_each(|_| missing.push(c));
    }
    if !missing.is_empty() {
        writeln!(wrong, "== {name}: the {kind} lacks {missing:?}").expect("a string");
    }
}

/// Letters, digits and signs of every script; not white space, controls, ASCII marks and what has no form.
fn counts_as_text(c: char) -> bool {
    let formless = matches!(u32::from(c), 0xAD | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xFFFD);
    let private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF);
    !c.is_whitespace() && !c.is_control() && !c.is_ascii_punctuation() && !formless && !private
}

/// A manuscript without what is mark and not text: keys of the front matter, targets, tags, attributes, labels of notes,
/// numbers of lists, fences. Found by signs alone: no parser of ours is asked.
fn without_marks(source: &str) -> String {
    let mut out = String::new();
    let mut front = None;
    let (mut fence, mut numbered) = (None, String::new());
    for (i, line) in source.trim_start_matches('\u{feff}').lines().enumerate() {
        let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c));
        if i == 0 && matches!(line, "---" | "+++") {
            front = Some(line);
        } else if front == Some(line) {
            front = None;
        } else if front.is_some() {
            out.push_str(line.split_once([':', '=', '：']).map_or(line, |(_, value)| value));
        } else if let Some(sign) = fence {
            out.push_str(if bare.starts_with(sign) { "" } else { line });
            fence = Some(sign).filter(|s| !bare.starts_with(*s));
        } else if let Some(sign) = ["```", "~~~"].into_iter().find(|s| bare.starts_with(s)) {
            fence = Some(sign);
        } else if let Some(rest) = bare.strip_prefix(":::") {
            out.push_str(&rest.chars().filter(|c| !c.is_ascii()).collect::<String>());
        } else {
            numbered.clear();
            numbered.push_str(bare);
            out.push_str(&strip(&numbered));
        }
        out.push('\n');
    }
    out
}

fn strip(line: &str) -> String {
    let mut text = format!("{line} ");
    const MARKS: [(&str, &str, &str); 9] = [
        ("](", ")", "]"),
        ("]: http", " ", ""),
        ("][", "]", ""),
        ("<", ">", ""),
        ("{.", "}", ""),
        ("{#", "}", ""),
        ("{lang=", "}", ""),
        ("{page=", "}", ""),
        ("[^", "]", ""),
    ];
    for (open, close, keep) in MARKS {
        let mut from = 0;
        while let Some(at) = text[from..].find(open).map(|n| n + from) {
            let Some(end) = text[at + open.len()..].find(close).map(|n| at + open.len() + n + close.len()) else {
                break;
            };
            let inner = &text[at..end];
            // A caption in quotes is text; `<` before anything but a tag is too.
            let caption = inner.split('"').nth(1).filter(|_| open == "](").unwrap_or("").to_string();
            if open == "<" && !inner[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c)) {
                from = at + 1;
                continue;
            }
            text.replace_range(at..end, &format!("{keep}{caption}"));
            from = at;
        }
    }
    for entity in ["&copy;", "&lt;", "&gt;", "&amp;", "&nbsp;", "&#23665;"] {
        text = text.replace(entity, "");
    }
    text
}
