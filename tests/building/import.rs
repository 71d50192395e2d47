//! From raw material to files: `qikan import`, then `qikan build`.

use super::issue::{Desk, names, qikan};

const PAGE: &str = "首页 >> 期刊 >> 《山行》杂志 >> 2026年第9期\n\n一条山路\n\n作者：林远\n\n\
    这条路从沙坪起头，翻过磨刀垭，落到水尾，全长十四公里，走完要大半天。\n\n\
    图为磨刀垭的石台，北沿被风吹得发白。（周宁 摄）\n\n\
    过了石台就是下坡，路面铺着松针，踩上去没有声音，到水尾时天还亮着。\n";

/// A photo that the page showed and nobody has: the files for readers are made at once, the printer's when it is there.
#[test]
fn an_imported_article_builds_at_once_and_is_printed_when_its_photos_are_there() {
    let desk = Desk::new();
    desk.put("网页.txt", PAGE);
    let dir = desk.at("2026-09");
    let run = qikan(&["import", &desk.at("网页.txt"), "-o", &dir]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.ends_with(&format!("next: qikan build {dir}\n")), "{}", run.out);
    let run = qikan(&["build", &dir]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("warning[photo/pending]") && run.err.contains("no print PDF"), "{}", run.err);
    let kinds =
        |names: &[&str]| names.iter().filter_map(|n| n.split_once('.')).map(|n| n.1.into()).collect::<Vec<String>>();
    assert_eq!(kinds(&names(&desk.files("2026-09/out"))), ["epub", "report.json", "screen.pdf"]);
    for asked in [&["--only", "print"][..], &["--final"]] {
        let run = qikan(&[&["build", &dir], asked].concat());
        assert_eq!(run.code, 1, "{asked:?}");
        assert!(run.err.contains("error[photo/pending]"), "{}", run.err);
    }
    desk.put("2026-09/photos/网页-1.jpg", super::issue::jpeg(1800, 1200));
    let article = std::fs::read_to_string(desk.at("2026-09/articles/网页.md")).expect("imported");
    desk.put("2026-09/articles/网页.md", article.replace("{.pending}", ""));
    assert_eq!(qikan(&["build", &dir]).code, 0);
    assert_eq!(kinds(&names(&desk.files("2026-09/out"))), ["epub", "print.pdf", "report.json", "screen.pdf"]);
}
