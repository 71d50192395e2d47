//! What goes to the printer: `--final`, `handover/`, `[lock]`, `[signoff]`, `--pages`.

use super::issue::{ARTICLE, Desk, MANIFEST, Run, names, qikan};
use std::collections::BTreeMap;
use std::path::PathBuf;

const DATED: &str = "date = 2026-09-15\n";

fn desk(more: &str) -> Desk {
    let desk = Desk::new();
    desk.sound("a").put("a/issue.toml", format!("{MANIFEST}{DATED}{more}"));
    desk
}

fn printed(desk: &Desk, more: &[&str]) -> Run {
    qikan(&[&["build", &desk.at("a"), "--only", "print"], more].concat())
}

/// Nothing of what was there is another, and nothing is new.
fn refused(desk: &Desk, before: &BTreeMap<PathBuf, Vec<u8>>, run: &Run, code: i32, says: &str) {
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    assert!(run.err.contains(says), "{says} is not in: {}", run.err);
    assert!(desk.files("a/out") == *before, "a refused build leaves what was there: {:?}", names(&desk.files("a/out")));
}

#[test]
fn a_refused_build_leaves_the_hand_over_as_it_was() {
    let desk = desk("");
    let run = printed(&desk, &["--final"]);
    let before = desk.files("a/out");
    assert!(before.contains_key(&PathBuf::from("handover/SHA256SUMS")), "{}", run.err);
    let set = |more: &str| {
        desk.put("a/issue.toml", format!("{MANIFEST}{DATED}{more}"));
    };

    set("[lock]\npages = \"1\"\n");
    desk.put("a/articles/01.md", ARTICLE.replace("尽头", "那一头"));
    refused(&desk, &before, &printed(&desk, &[]), 1, "page 1 is locked and has changed");
    refused(&desk, &before, &printed(&desk, &["--final"]), 1, "page 1 is locked and has changed");
    set("[lock]\npages = [\"封面\", \"1-48\"]\n");
    refused(&desk, &before, &printed(&desk, &[]), 1, "page 1-48 is locked, and the issue doesn't have it");

    set("[signoff]\nrequire = [\"签发\"]\n");
    refused(&desk, &before, &printed(&desk, &["--final"]), 1, "lacks the sign-off of: Approved by");
    set("");
    refused(&desk, &before, &printed(&desk, &["--pages", "99"]), 1, "there is no page 99");
    let epub = qikan(&["build", &desk.at("a"), "--only", "epub", "--pages", "1"]);
    refused(&desk, &before, &epub, 2, "--pages is of the print PDF");
}

/// A print PDF that is newer than the hand-over beside it would be taken for the one that was sent.
#[test]
fn what_cannot_be_handed_over_is_not_written_at_all() {
    let desk = desk("");
    desk.put("a/out/handover", "a file where the directory should be");
    let before = desk.files("a/out");
    refused(&desk, &before, &printed(&desk, &["--final"]), 1, "can't write");
}

#[test]
fn replacement_pages_are_written_alone() {
    let desk = desk("");
    printed(&desk, &["--final"]);
    let before = desk.files("a/out");
    let run = qikan(&["build", &desk.at("a"), "--pages", "封面,1-2"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let after = desk.files("a/out");
    let new: Vec<&str> = names(&after).into_iter().filter(|name| !before.contains_key(&PathBuf::from(name))).collect();
    assert_eq!(new, ["a-2026-09.p封面+1-2.print.pdf"]);
    let pdf = lopdf::Document::load_mem(&after[&PathBuf::from(new[0])]).expect("a PDF");
    assert_eq!(pdf.get_pages().len(), 3);
    assert!(before.iter().all(|(name, bytes)| name.ends_with("a-2026-09.report.json") || after[name] == *bytes));
}

/// The first hand-over was one file, the second is two: the one must not lie beside them.
#[test]
fn an_earlier_hand_over_leaves_no_file_behind() {
    let desk = desk("");
    printed(&desk, &["--final"]);
    desk.put("a/out/handover/letter.txt", "to the plant");
    desk.put("a/issue.toml", format!("{MANIFEST}{DATED}[print]\nfiles = \"cover+inner\"\n"));
    printed(&desk, &["--final"]);
    let files = desk.files("a/out/handover");
    let found = names(&files);
    let wanted = ["SHA256SUMS", "a-2026-09.cover.print.pdf", "a-2026-09.inner.print.pdf", "letter.txt", "pages.sha256"];
    assert_eq!(found, [&wanted[..], &["preflight.txt", "ticket.txt"]].concat());
}

/// One directory for two editions would hold the ticket and the record of the second alone.
#[test]
fn each_edition_has_a_hand_over_of_its_own() {
    let manifest = MANIFEST.replace("[issue]", "lang = \"zh-Hans\"\neditions = [\"zh-Hans\", \"zh-Hant\"]\n[issue]");
    let desk = Desk::new();
    desk.sound("a").put("a/issue.toml", format!("{manifest}{DATED}"));
    let run = printed(&desk, &["--final"]);
    let files = desk.files("a/out/handover");
    let tickets = names(&files).into_iter().filter(|name| name.ends_with("ticket.txt")).count();
    assert_eq!((tickets, files.len()), (2, 10), "{:?} {}", names(&files), run.err);
}
