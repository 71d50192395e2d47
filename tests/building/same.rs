//! The same input gives the same bytes.

use super::issue::{Desk, qikan_at};
use super::sample::{entries, small_copy};
use lopdf::{Document, Object};
use std::collections::BTreeMap;
use std::path::PathBuf;

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn build(desk: &Desk, dir: &str, out: &str, more: &[&str]) -> Files {
    build_at(None, desk, &[&["build", dir, "-o", &desk.at(out)], more].concat(), out)
}

fn build_at(epoch: Option<u64>, desk: &Desk, arguments: &[&str], out: &str) -> Files {
    let run = qikan_at(epoch, arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    let files = desk.files(out);
    assert_eq!(files.len(), 4);
    files
}

fn assert_same(a: &Files, b: &Files, what: &str) {
    assert!(a.keys().eq(b.keys()), "{what}");
    a.iter().zip(b).for_each(|((name, a), (_, b))| assert!(a == b, "{what}: {} differs", name.display()));
}

#[test]
fn the_least_sample_twice_and_on_any_number_of_threads() {
    let desk = Desk::new();
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/minimal");
    let first = build(&desk, dir, "first", &["--threads", "1"]);
    assert_same(&first, &build(&desk, dir, "again", &["--threads", "1"]), "a second time");
    assert_same(&first, &build(&desk, dir, "two", &["--threads", "2"]), "two threads");
}

/// Four articles and nine photos give threads something to do in another order; where the files lie says nothing.
#[test]
fn a_whole_issue_on_any_number_of_threads_from_any_place() {
    let (desk, elsewhere) = (Desk::new(), Desk::new());
    let dir = small_copy(&desk);
    let first = build(&desk, &dir, "one", &["--threads", "1"]);
    assert_same(&first, &build(&desk, &dir, "five", &["--threads", "5"]), "five threads");
    let dir = small_copy(&elsewhere);
    assert_same(&first, &build(&elsewhere, &dir, "out", &[]), "another place");
}

/// What the cache gives is what was put there; where it is damaged, the picture is made anew.
#[test]
fn a_second_build_from_the_cache_and_one_from_a_damaged_cache() {
    let desk = Desk::new();
    let dir = small_copy(&desk);
    let first = build(&desk, &dir, "out", &[]);
    let entries = || std::fs::read_dir(desk.at("out/.cache/pictures")).expect("a cache").flatten();
    assert!(entries().count() > 0);
    assert_same(&first, &build(&desk, &dir, "out", &[]), "from the cache");
    entries().for_each(|entry| std::fs::write(entry.path(), b"damaged").expect("writes"));
    assert_same(&first, &build(&desk, &dir, "out", &[]), "from a damaged cache");
}

/// 2023-11-14, where the manifest says 2026-09-15.
const EPOCH: u64 = 1_700_000_000;

/// reproducible-builds.org/specs/source-date-epoch: the dates in the files are those, and nothing else changes.
#[test]
fn source_date_epoch_changes_dates_alone() {
    let desk = Desk::new();
    let dir = desk.sound("2026-09").at("2026-09");
    desk.put("2026-09/issue.toml", format!("{}date = 2026-09-15\n", super::issue::MANIFEST));
    let plain = build(&desk, &dir, "plain", &[]);
    let dated = build_at(Some(EPOCH), &desk, &["build", &dir, "-o", &desk.at("dated")], "dated");
    // The report has the hashes of the files.
    for (name, dated) in dated.iter().filter(|(name, _)| name.extension().is_none_or(|e| e != "json")) {
        let plain = &plain[name];
        assert!(plain != dated, "{} has a date", name.display());
        let parts = if name.extension().is_some_and(|e| e == "epub") { archive_parts } else { pdf_parts };
        let (plain, dated) = (parts(plain), parts(dated));
        assert!(plain.keys().eq(dated.keys()), "{}", name.display());
        for (part, plain) in &plain {
            let back = dated[part].replace("2023-11-14", "2026-09-15").replace("20231114", "20260915");
            assert!(&back == plain, "{}: {part} differs in more than dates:\n{plain}\n{back}", name.display());
        }
    }
}

/// Files of an archive as text, where they are such.
fn archive_parts(epub: &[u8]) -> BTreeMap<String, String> {
    let text = |bytes| String::from_utf8(bytes).unwrap_or_else(|e| format!("{:?}", e.as_bytes()));
    entries(epub).into_iter().map(|entry| (entry.name, text(entry.bytes))).collect()
}

/// Objects by number, as text, but for what names this very file and changes with its dates: the trailer's ID (ISO 32000-1
/// §14.4) and `xmpMM:InstanceID` (ISO 16684-1 §8.4).
fn pdf_parts(pdf: &[u8]) -> BTreeMap<String, String> {
    let pdf = Document::load_mem(pdf).expect("a PDF");
    let shown = |object: &Object| match object {
        Object::Stream(stream) => format!("{:?} {}", stream.dict, String::from_utf8_lossy(&stream.content)),
        other => format!("{other:?}"),
    };
    let unnamed = |shown: String| match shown.split_once("<xmpMM:InstanceID>") {
        Some((before, after)) => [before, after.split_once("</xmpMM:InstanceID>").expect("closed").1].concat(),
        None => shown,
    };
    // A cross-reference stream is the trailer too (§7.5.8).
    let objects = pdf.objects.iter().filter(|(_, object)| object.type_name().ok() != Some(b"XRef".as_slice()));
    objects.map(|(id, object)| (format!("{id:?}"), unnamed(shown(object)))).collect()
}
