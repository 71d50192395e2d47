//! An issue's own fonts: in the PDFs always, in the EPUB only where the editor says that their licence allows it, in no file
//! where their makers forbid it (OpenType §OS/2, fsType).

use super::issue::{Desk, MANIFEST, qikan};
use super::sample::entries;
use lopdf::{Document, Object};

const FREE: &[u8] = include_bytes!("../findings/text-fallback/issue/fonts/dukou.ttf");
const FORBIDDEN: &[u8] = include_bytes!("../findings/font-embedding/issue/fonts/dukou.ttf");

/// The name the font gives itself, and text that it holds every character of.
fn issue(desk: &Desk, font: &[u8], more: &str) {
    desk.put("a/issue.toml", format!("{MANIFEST}[type]\nbody = \"dukou song\"\n{more}"))
        .put("a/fonts/dukou.ttf", font)
        .put("a/articles/01.md", "---\ntitle: 渡口\n---\n\n船工姓吴，今年六十二岁。\n");
}

fn faces(pdf: &[u8]) -> Vec<String> {
    let pdf = Document::load_mem(pdf).expect("a PDF");
    let name = |object: &Object| {
        Some(String::from_utf8_lossy(object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok()?).into_owned())
    };
    pdf.objects.values().filter_map(name).collect()
}

fn fonts_of_epub(desk: &Desk) -> Vec<String> {
    let files = desk.files("a/out");
    let epub = files.iter().find(|(path, _)| path.extension().is_some_and(|e| e == "epub")).expect("an EPUB").1;
    entries(epub).into_iter().map(|entry| entry.name).filter(|name| name.contains("fonts/own")).collect()
}

#[test]
fn they_are_embedded_where_they_may_be() {
    let desk = Desk::new();
    issue(&desk, FREE, "");
    let run = qikan(&["build", &desk.at("a")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let files = desk.files("a/out");
    for kind in ["print.pdf", "screen.pdf"] {
        let pdf = files.iter().find(|(path, _)| path.to_string_lossy().ends_with(kind)).expect("a PDF").1;
        assert!(faces(pdf).iter().any(|name| name.ends_with("+DukouSong-Regular")), "{kind}: {:?}", faces(pdf));
    }
    assert_eq!(fonts_of_epub(&desk), [""; 0]);

    issue(&desk, FREE, "[fonts]\nepub = true\n");
    assert_eq!(qikan(&["build", &desk.at("a")]).code, 0);
    assert_eq!(fonts_of_epub(&desk).len(), 1);
}

#[test]
fn a_font_that_may_not_be_embedded_stops_the_build() {
    let desk = Desk::new();
    issue(&desk, FORBIDDEN, "");
    let run = qikan(&["build", &desk.at("a")]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[font/embedding]"), "{}", run.err);
    assert!(std::fs::read_dir(desk.at("a/out")).map_or(0, |files| files.count()) == 0);
}
