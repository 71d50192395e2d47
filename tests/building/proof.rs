//! `proof`: page images and contact sheets.

use super::issue::{ARTICLE, Desk, names, qikan};
use image::RgbImage;
use std::process::Command;

fn proof(desk: &Desk, dir: &str, more: &[&str]) -> super::issue::Run {
    qikan(&[&["proof", &desk.at(dir), "-o", &desk.at("proof"), "--dpi", "50"], more].concat())
}

#[test]
fn every_page_and_a_contact_sheet_the_same_on_any_number_of_threads() {
    let desk = Desk::new();
    desk.sound("2026-09").put("proof/009-9.png", "of a longer issue").put("proof/notes.png", "mine");
    let run = proof(&desk, "2026-09", &["--threads", "1"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let first = desk.files("proof");
    let expected = ["001-封面.png", "002-封二.png", "003-1.png", "004-2.png", "005-3.png", "006-4.png", "007-封三.png"];
    assert_eq!(names(&first)[..7], expected);
    assert_eq!(names(&first)[7..], ["008-封底.png", "notes.png", "sheet-1.png"], "an earlier issue's page 9 is gone");
    proof(&desk, "2026-09", &["--threads", "4"]);
    assert!(desk.files("proof") == first);
}

#[test]
fn pages_are_chosen_by_their_labels() {
    let desk = Desk::new();
    desk.sound("2026-09");
    assert_eq!(proof(&desk, "2026-09", &["--pages", "封面,2"]).code, 0);
    assert_eq!(names(&desk.files("proof")), ["001-封面.png", "004-2.png"]);
    let run = proof(&desk, "2026-09", &["--pages", "99"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no such page: 99"), "{}", run.err);
}

/// A proof is for those who mend an error.
#[test]
fn an_error_keeps_no_page_from_being_seen() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/01.md", ARTICLE.replace("a.jpg", "b.jpg"));
    let run = qikan(&["build", &desk.at("2026-09"), "-o", &desk.at("out"), "--only", "print,proof"]);
    assert_eq!(run.code, 1);
    let files = desk.files("out");
    assert!(names(&files).contains(&"proof/sheet-1.png"), "{:?}", names(&files));
    assert!(names(&files).iter().all(|name| name.starts_with("proof/")), "no final file: {:?}", names(&files));
}

#[test]
fn the_grid_is_drawn_over_a_page() {
    let desk = Desk::new();
    desk.sound("2026-09");
    let page = |more: &[&str]| {
        proof(&desk, "2026-09", &[&["--pages", "1"], more].concat());
        image::open(desk.at("proof/003-1.png")).expect("a picture").into_rgb8()
    };
    let (plain, grid) = (page(&[]), page(&["--grid"]));
    let tinted = grid.pixels().filter(|p| p.0[0] != p.0[2]).count();
    assert!(plain.pixels().zip(grid.pixels()).any(|(a, b)| a != b) && tinted > 1000, "{tinted}");
}

/// What fontdue and the canvas draw is what a reader of the PDF shows: over any 24 × 24 pixels the tone differs by less
/// than a tenth, over a page by less than a fiftieth. Only where poppler is installed.
#[test]
fn a_page_looks_as_in_a_reader() {
    if Command::new("pdftoppm").arg("-v").output().is_err() {
        return;
    }
    let desk = Desk::new();
    desk.sound("2026-09");
    let dir = desk.at("2026-09");
    assert_eq!(qikan(&["build", &dir, "--only", "screen", "-o", &desk.at("out")]).code, 0);
    assert_eq!(qikan(&["proof", &dir, "-o", &desk.at("proof"), "--pages", "封面,1"]).code, 0);
    for (page, ours) in [("1", "proof/001-封面.png"), ("3", "proof/003-1.png")] {
        let out = desk.at("reader");
        let pdf = desk.at("out/2026-09.screen.pdf");
        let arguments = ["-r", "110", "-png", "-singlefile", "-f", page, "-l", page, &pdf, &out];
        assert!(Command::new("pdftoppm").args(arguments).status().expect("it ran before").success());
        let open = |path: String| image::open(path).expect("a picture").into_rgb8();
        let (ours, theirs) = (open(desk.at(ours)), open(format!("{out}.png")));
        assert_eq!(ours.dimensions(), theirs.dimensions(), "page {page}");
        let differences = blocks(&ours).into_iter().zip(blocks(&theirs)).map(|(a, b)| (a - b).abs());
        let (worst, sum, count) = differences.fold((0, 0, 0), |(w, s, n), d| (d.max(w), s + d, n + 1));
        assert!(worst < 25 && sum / count < 5, "page {page}: {worst} at worst, {} in the mean", sum / count);
    }
}

/// The mean tone of every 24 × 24 pixels.
fn blocks(page: &RgbImage) -> Vec<i32> {
    let (width, height) = page.dimensions();
    let starts = (0..height / 24).flat_map(|y| (0..width / 24).map(move |x| (x * 24, y * 24)));
    let mean = |(x, y): (u32, u32)| {
        let pixels = (0..24).flat_map(|v| (0..24).map(move |u| (u, v)));
        let sum: i32 =
            pixels.map(|(u, v)| page.get_pixel(x + u, y + v).0.iter().map(|c| i32::from(*c)).sum::<i32>()).sum();
        sum / (24 * 24 * 3)
    };
    starts.map(mean).collect()
}
