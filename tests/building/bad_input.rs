//! Bad input: an exit code, the file and the line, the finding's code; and what was built before stays as it was.

use super::issue::{ARTICLE, Desk, MANIFEST, jpeg, qikan};

const OUTPUTS: [&str; 4] =
    ["out/2026-09.epub", "out/2026-09.print.pdf", "out/2026-09.screen.pdf", "out/2026-09.report.json"];

/// Builds `2026-09` over an earlier output, and expects one error, there, and that output untouched. Gives what was said.
fn refused(desk: &Desk, code: &str, place: &str) -> String {
    for name in OUTPUTS {
        desk.put(name, format!("the earlier {name}"));
    }
    let before = desk.files("out");
    let run = qikan(&["build", &desk.at("2026-09"), "-o", &desk.at("out")]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let errors: Vec<&str> = run.err.lines().filter(|l| l.starts_with("error[")).collect();
    assert!(errors.len() == 1 && errors[0].starts_with(&format!("error[{code}]: ")), "{}", run.err);
    let after_it = run.err.split_once(errors[0]).expect("found in it").1;
    let arrow = after_it.lines().nth(1).unwrap_or_default().trim_start();
    assert!(place.is_empty() || arrow.starts_with(&format!("--> {place}")), "{arrow} is not {place}\n{}", run.err);
    assert!(desk.files("out") == before, "{code}: the earlier output was touched");
    run.err
}

/// A sound issue but for this file.
fn with(name: &str, bytes: impl AsRef<[u8]>) -> Desk {
    let desk = Desk::new();
    desk.sound("2026-09").put(&format!("2026-09/{name}"), bytes);
    desk
}

/// The names that the other tests put an earlier output under are those that a build writes.
#[test]
fn a_sound_issue_replaces_the_earlier_output() {
    let desk = with("photos/b.jpg", jpeg(6, 4));
    for name in OUTPUTS {
        desk.put(name, "earlier");
    }
    let run = qikan(&["build", &desk.at("2026-09"), "-o", &desk.at("out")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let files = desk.files("out");
    assert_eq!(files.len(), 4, "nothing else is left there");
    for (name, bytes) in &files {
        assert!(OUTPUTS.contains(&format!("out/{}", name.display()).as_str()), "{}", name.display());
        assert!(
            bytes.starts_with(b"%PDF-") || bytes.starts_with(b"PK") || bytes.starts_with(b"{"),
            "{}",
            name.display()
        );
    }
}

#[test]
fn a_missing_photo() {
    let desk = with("articles/01.md", ARTICLE.replace("a.jpg", "b.jpg"));
    let said = refused(&desk, "photo/missing", "articles/01.md:7:");
    assert!(said.contains("photos/b.jpg") && said.contains("did you mean photos/a.jpg?"), "{said}");
}

/// ITU-T T.81 §B.2.1: a file ends with EOI.
#[test]
fn a_jpeg_cut_short() {
    let whole = jpeg(60, 40);
    assert_eq!(whole[whole.len() - 2..], [0xff, 0xd9]);
    for keep in [whole.len() - 2, whole.len() / 2] {
        let desk = with("photos/a.jpg", &whole[..keep]);
        let said = refused(&desk, "photo/broken", "articles/01.md:7:");
        assert!(said.contains("photos/a.jpg") && said.contains("cut short"), "{said}");
    }
}

#[test]
fn text_named_jpg() {
    let desk = with("photos/a.jpg", "照片待补");
    let said = refused(&desk, "photo/broken", "articles/01.md:7:");
    assert!(said.contains("a text file, not a picture"), "{said}");
}

#[test]
fn an_empty_photo() {
    refused(&with("photos/a.jpg", ""), "photo/broken", "articles/01.md:7:");
}

#[test]
fn unclosed_front_matter() {
    let desk = with("articles/01.md", "---\ntitle: 门\n\n山门在路的尽头。\n");
    refused(&desk, "front/syntax", "articles/01.md:1:");
}

#[test]
fn an_unknown_key() {
    let desk = with("issue.toml", format!("{MANIFEST}[page]\ncolums = 2\n"));
    let said = refused(&desk, "manifest/unknown-key", "issue.toml:7:");
    assert!(said.contains("did you mean columns?"), "{said}");
    let desk = with("articles/01.md", ARTICLE.replace("---\n\n", "auther: 林远\n---\n\n"));
    let said = refused(&desk, "front/unknown-key", "articles/01.md:3:");
    assert!(said.contains("did you mean author?"), "{said}");
}

#[test]
fn broken_toml() {
    let desk = with("issue.toml", "[magazine]\ntitle = 山行\n");
    refused(&desk, "manifest/syntax", "issue.toml:2:");
}

/// “山门” in GB 18030.
#[test]
fn not_utf8() {
    let desk = with("articles/02.md", b"# \xC9\xBD\xC3\xC5\n\n\xC9\xBD\xC3\xC5\n");
    let said = refused(&desk, "source/encoding", "articles/02.md:1");
    assert!(said.contains("GB18030"), "{said}");
}

/// U+13000 EGYPTIAN HIEROGLYPH A001: no shipped face has it. A title is known by its file.
#[test]
fn a_character_that_no_face_has() {
    let cases = [
        ("尽头。", "尽头。\u{13000}", "articles/01.md:5:"),
        ("雪后", "雪\u{13000}后", "articles/01.md:7:"),
        ("title: 门", "title: 门\u{13000}", "articles/01.md"),
    ];
    for (plain, changed, place) in cases {
        let desk = with("articles/01.md", ARTICLE.replace(plain, changed));
        let said = refused(&desk, "text/missing-glyph", place);
        assert!(said.contains("U+13000"), "{said}");
    }
    let desk = with("issue.toml", format!("{MANIFEST}theme = \"门\u{13000}\"\n[colophon]\n\"主编\" = \"林远\"\n"));
    refused(&desk, "text/missing-glyph", "");
    let desk = with("issue.toml", format!("{MANIFEST}[colophon]\n\"主编\" = \"林\u{13000}\"\n"));
    refused(&desk, "text/missing-glyph", "");
}

#[test]
fn an_empty_directory() {
    let desk = Desk::new();
    std::fs::create_dir(desk.at("2026-09")).expect("makes it");
    refused(&desk, "issue/empty", "");
}

#[test]
fn a_path_that_climbs_out() {
    for path in ["../../x.jpg", "/etc/x.jpg"] {
        let desk = with("articles/01.md", ARTICLE.replace("photos/a.jpg", path));
        desk.put("x.jpg", jpeg(6, 4));
        let said = refused(&desk, "path/outside", "articles/01.md:7:");
        assert!(said.contains(path), "{said}");
    }
}

/// An editor mends everything in one round.
#[test]
fn all_errors_are_said_at_once() {
    let desk = with("articles/01.md", ARTICLE.replace("a.jpg", "b.jpg"));
    desk.put("2026-09/articles/02.md", "# 题\n\n\u{13000}\n")
        .put("2026-09/articles/03.md", "---\ntitel: 题\n---\n文\n");
    let run = qikan(&["build", &desk.at("2026-09")]);
    assert_eq!(run.code, 1);
    for code in ["photo/missing", "text/missing-glyph", "front/unknown-key"] {
        assert!(run.err.contains(&format!("error[{code}]")), "{code}\n{}", run.err);
    }
    assert!(!std::fs::exists(desk.at("2026-09/out")).expect("asks"), "no output directory for nothing");
}

/// A picture whose head is sound and whose pixels are not is found only when it is decoded: no file is replaced then.
#[test]
fn a_photo_that_fails_while_files_are_written() {
    let desk = with("articles/01.md", ARTICLE.replace("a.jpg", "a.png"));
    let mut png = vec![];
    let pixels = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
    pixels.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).expect("encodes");
    let at = png.windows(4).position(|w| w == b"IDAT").expect("pixels") + 12;
    png[at..at + 40].fill(0xff);
    desk.put("2026-09/photos/a.png", png);
    let said = refused(&desk, "photo/broken", "");
    assert!(said.contains("photos/a.png"), "{said}");
}

/// A file stands where the output directory should be.
#[test]
fn an_output_that_cannot_be_written() {
    let desk = Desk::new();
    desk.sound("2026-09").put("out", "a file");
    let run = qikan(&["build", &desk.at("2026-09"), "-o", &desk.at("out")]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[write/failed]") && run.err.contains(&desk.at("out")), "{}", run.err);
}

/// 1 is an issue with errors, 2 a program that could not run.
#[test]
fn a_directory_that_is_not_there() {
    let desk = Desk::new();
    for command in ["build", "check"] {
        let run = qikan(&[command, &desk.at("2026-13")]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("2026-13"), "{}", run.err);
    }
}

#[test]
fn bad_arguments() {
    let desk = Desk::new();
    let dir = desk.sound("2026-09").at("2026-09");
    let cases: [&[&str]; 7] = [
        &[],
        &["build"],
        &["print"],
        &["build", &dir, "--onyl", "print"],
        &["build", &dir, "--only", "pdf"],
        &["build", &dir, "--threads", "0"],
        &["build", &dir, "--fonts", &dir],
    ];
    for arguments in cases {
        let run = qikan(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
        assert!(!run.err.is_empty() && run.out.is_empty(), "{arguments:?} says why on stderr");
    }
    assert!(!std::fs::exists(desk.at("2026-09/out")).expect("asks"));
}

/// Photos across all columns that leave no line free below them, and no text to follow: each has its page.
#[test]
fn tall_pictures_at_an_end_are_set() {
    let figures = "![图（摄影：某）](../photos/tall.jpg){.span alt=\"图\"}\n\n".repeat(3);
    let desk = with("articles/01.md", format!("# 图\n\n雪是夜里停的。\n\n{figures}"));
    desk.put("2026-09/photos/tall.jpg", jpeg(1500, 2200));
    let run = qikan(&["check", &desk.at("2026-09")]);
    assert!(run.code <= 1 && !run.err.contains("panicked"), "{}", run.err);
}
