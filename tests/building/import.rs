//! From raw material to files: `qikan import`, then `qikan build`.

use super::issue::{Desk, names, qikan};
use super::sample::entries;
use std::io::Write;
use std::path::Path;

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

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a name");
        zip.write_all(bytes).expect("packs");
    }
    zip.finish().expect("an archive").into_inner()
}

/// Each is refused with its reason, and nothing is written.
#[test]
fn bombs_climbing_paths_and_files_of_other_programs_are_refused() {
    let document = "<w:document><w:body><w:p><w:r><w:t>山</w:t></w:r></w:p></w:body></w:document>";
    let bomb = "<!DOCTYPE w [<!ENTITY a \"山山\"><!ENTITY b \"&a;&a;\">]><w:document/>";
    let relation = "<Relationships><Relationship Id=\"r1\" Target=\"../../../etc/passwd\"/></Relationships>";
    let inner = |zip: Vec<u8>, name: &str| packed(&[(name, &zip)]);
    let nested = (0..4).fold(packed(&[("a.txt", b"x")]), |zip, _| inner(zip, "a.zip"));
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &[0; 600][..]].concat();
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("炸弹.zip", packed(&[("稿.txt", &vec![b' '; 20 << 20])]), "looks like a zip bomb"),
        ("层层.zip", nested, "archives within archives, too deep"),
        ("外面.zip", packed(&[("../../稿.txt", "山".as_bytes())]), "climbs out of it: ../../稿.txt"),
        ("炸弹.docx", packed(&[("word/document.xml", bomb.as_bytes())]), "it may be an XML bomb"),
        (
            "外面.docx",
            packed(&[
                ("word/document.xml", document.as_bytes()),
                ("word/_rels/document.xml.rels", relation.as_bytes()),
            ]),
            "climbs out of it: ../../../etc/passwd",
        ),
        ("深.html", "<div>".repeat(4000).into_bytes(), "nests deeper than any page does"),
        ("旧.doc", old.clone(), "soffice --headless --convert-to docx"),
        ("旧.wps", old, "is WPS, which can't be imported as it is"),
        ("版.pdf", b"%PDF-1.7\n".to_vec(), "pdftotext -raw"),
        ("版.idml", packed(&[("designmap.xml", b"<Document/>")]), "export it from InDesign"),
        ("空.txt", b" \n".to_vec(), "there is no text in it"),
    ];
    let desk = Desk::new();
    for (name, bytes, reason) in cases {
        desk.put(name, bytes);
        let run = qikan(&["import", &desk.at(name), "-o", &desk.at("2026-09")]);
        assert_eq!(run.code, 1, "{name}: {}", run.err);
        assert!(run.err.contains("error[import/refused]") && run.err.contains(reason), "{name}: {}", run.err);
        assert!(!Path::new(&desk.at("2026-09")).exists(), "{name}: something was written");
    }
}

const MECHANICAL: &str = "山裡的路\n\n作者：周里京\n\n會議以后，黨員干部在村里挂出標語，匯編成册四百余篇，其余的准備制作成小冊子。\n\n他們采取措施，把系統聯系起來；周里京說，回去以后還要再走一遍，把后山的路也看一看。\n";

/// Repair: told with score and places, written only on request, names of people never.
#[test]
fn mechanical_conversion_is_told_and_mended_on_request() {
    let desk = Desk::new();
    desk.put("會議.txt", MECHANICAL);
    let file = desk.at("會議.txt");
    let article = |dir: &str| std::fs::read_to_string(desk.at(&format!("{dir}/articles/會議.md"))).expect("imported");
    let run = qikan(&["import", &file, "-o", &desk.at("told")]);
    assert!(run.err.contains("warning[convert/repair]") && run.err.contains("后→後×3 (line 5, 7)"), "{}", run.err);
    assert!(article("told").contains("會議以后，黨員干部在村里挂出"), "nothing is changed unasked");
    let run = qikan(&["import", &file, "-o", &desk.at("mended"), "--repair", "apply"]);
    assert!(run.err.contains("mended: 后→後×3"), "{}", run.err);
    let mended = article("mended");
    assert!(mended.contains("會議以後，黨員幹部在村裡掛出標語，彙編成册四百餘篇"), "{mended}");
    assert!(mended.contains("author: 周里京") && mended.contains("；周里京說"), "{mended}");
    let run = qikan(&["import", &file, "-o", &desk.at("off"), "--repair", "off"]);
    assert!(!run.err.contains("convert/repair"), "{}", run.err);
}

/// Articles that stand in an issue already: the same, by `fmt`.
#[test]
fn fmt_tells_and_mends_mechanical_conversion_too() {
    let desk = Desk::new();
    let article = MECHANICAL.replace("山裡的路\n\n作者：周里京\n", "---\ntitle: 山裡的路\nauthor: 周里京\n---\n");
    desk.put("01.md", &article);
    let run = qikan(&["fmt", &desk.at("01.md")]);
    assert!(run.err.contains("warning[convert/repair]") && run.err.contains("--repair apply"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(desk.at("01.md")).expect("there"), article);
    assert_eq!(qikan(&["fmt", &desk.at("01.md"), "--repair", "apply"]).code, 0);
    let mended = std::fs::read_to_string(desk.at("01.md")).expect("there");
    assert!(mended.contains("會議以後，黨員幹部在村裡掛出標語") && mended.contains("；周里京說"), "{mended}");
}

/// `[magazine] editions`, with words of its own; where one edition can't be made, none is.
#[test]
fn editions_are_made_together() {
    let desk = Desk::new();
    let manifest = "[magazine]\ntitle = \"山行\"\neditions = [\"zh-Hans\", \"zh-Hant\"]\nkeep = [\"信息中心\"]\nwords = [\"山里=山裏\"]\nvocabulary = true\n[issue]\nyear = 2026\nnumber = 9\n";
    desk.put("2026-09/issue.toml", manifest)
        .put("2026-09/articles/01.md", "---\ntitle: 山里的信息\n---\n\n信息中心在山里，“信息”不多。\n");
    let run = qikan(&["build", &desk.at("2026-09"), "--only", "epub"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("山里→山裏"), "{}", run.err);
    let files = desk.files("2026-09/out");
    let built: Vec<&str> = names(&files).into_iter().filter(|n| n.ends_with(".epub")).collect();
    assert_eq!(built, ["2026-09-zh-Hans.epub", "2026-09-zh-Hant.epub"]);
    let report: serde_json::Value =
        serde_json::from_slice(&files[Path::new("2026-09-zh-Hant.report.json")]).expect("JSON");
    let all = report["conversion"]["phrases"].as_array().expect("what was changed");
    assert!(all.contains(&serde_json::json!({ "from": "山里", "to": "山裏", "times": 2 })), "{all:?}");
    assert!(!String::from_utf8_lossy(&files[Path::new("2026-09-zh-Hans.report.json")]).contains("conversion"));
    let text: String = entries(&files[Path::new("2026-09-zh-Hant.epub")])
        .iter()
        .map(|entry| String::from_utf8_lossy(&entry.bytes).into_owned())
        .collect();
    assert!(text.contains("信息中心在山裏，「資訊」不多。"), "{text}");
    desk.put("2026-09/articles/02.md", "![](photos/none.jpg)\n");
    assert_eq!(qikan(&["build", &desk.at("2026-09"), "--only", "epub"]).code, 1);
    assert!(desk.files("2026-09/out") == files, "the good files of before are as they were");
}
