//! Issue directories and everything that is said of them: each case asserts the whole list of findings.

#[path = "reading/magazine.rs"]
mod magazine;

use qikan::base::{Date, Place, Report};
use qikan::doc::{BlockKind, Issue, Start, plain_text};
use qikan::read;
use qikan::source::Sources;
use qikan::source::render::{UiLang, report as render};
use std::fs;
use tempfile::TempDir;

/// A directory named 2026-09 with these files.
fn issue_dir(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join("2026-09").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

/// The issue, its findings as `code file:line`, and the findings as shown.
fn read(dir: &TempDir) -> (Option<Issue>, Vec<String>, String) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let issue = read::issue(
        &dir.path().join("2026-09"),
        None,
        &mut read::Shelf::new(std::num::NonZeroUsize::MIN),
        &mut sources,
        &mut report,
    )
    .map(|(issue, _)| issue);
    let found = report.findings.iter().map(|finding| {
        let place = match &finding.at {
            Place::Issue => "issue".to_string(),
            Place::File(file) => sources.shown(*file),
            Place::Source(span) => {
                format!("{}:{}", sources.shown(span.file), sources.file(span.file).line_col(span.start).0)
            }
            Place::Page(page) => page.clone(),
        };
        format!("{} {place}", finding.code.name())
    });
    let found = found.collect();
    (issue, found, render(&report, &sources, UiLang::En))
}

const MANIFEST: (&str, &[u8]) =
    ("issue.toml", b"[magazine]\ntitle = \"\xE5\xB1\xB1\xE8\xA1\x8C\"\n[issue]\nyear = 2026\nnumber = 9\n");

/// A file with the shape of a JPEG, 6 by 4 pixels, grey; `tag` makes another picture of it.
fn jpeg(tag: u8) -> Vec<u8> {
    let head = [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 4, 0, 6, 1, 1, 0x11, 0];
    let scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, tag, 0xFF, 0x00, 0x34, 0xFF, 0xD9];
    [&head[..], &scan].concat()
}

/// One article with these findings, beside a sound manifest and `photos/a.jpg`.
fn article(text: &str, expected: &[&str]) -> (Issue, String) {
    let photo = jpeg(1);
    let dir = issue_dir(&[MANIFEST, ("articles/01.md", text.as_bytes()), ("photos/a.jpg", &photo)]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, expected, "{shown}");
    (issue.unwrap(), shown)
}

#[test]
fn a_sound_issue_has_no_findings() {
    let text = "---\ntitle: 山|行\nauthor: 王　明\nsection: 专题\n---\n\n## 一 {#one}\n\n正文[^1]。\n\n- 甲\n- 乙\n\n![山门](photos/a.jpg \"雪后。（摄影：林远）\"){.span #tu}\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n[^1]: 注。\n";
    let (issue, _) = article(text, &[]);
    let article = &issue.articles[0];
    assert_eq!(
        (article.id.as_str(), article.title.as_str(), article.plain_title().as_str()),
        ("01", "山\u{200b}行", "山行")
    );
    assert_eq!(issue.slug, "2026-09");
    assert_eq!(issue.stamp, Date::new(2026, 1, 1));
    assert_eq!(issue.sections[0].articles, 0..1);
    assert_eq!((issue.photos.len(), issue.photos[0].size()), (1, (6, 4)));
    // Ids count in document order, nested blocks and cells too.
    let mut ids = vec![];
    article.walk(&mut |block| {
        ids.push(block.id.0);
        if let BlockKind::Table(table) = &block.kind {
            ids.extend(table.cells().map(|cell| cell.id.0));
        }
    });
    assert_eq!(ids, (0..12).collect::<Vec<_>>());
    assert_eq!((article.anchors["one"], article.anchors["tu"]), (0, 5));
}

#[test]
fn a_missing_photo_names_the_near_one_and_keeps_its_caption() {
    let (issue, shown) = article("# 题\n\n文\n\n![雪后](photos/a.png)\n", &["photo/missing articles/01.md:5"]);
    assert!(shown.contains("did you mean photos/a.jpg?"), "{shown}");
    let BlockKind::Para { text } = &issue.articles[0].blocks[1].kind else { panic!() };
    assert_eq!(plain_text(text), "雪后");
}

#[test]
fn a_photo_to_come_is_no_error() {
    article("# 题\n\n![雪后](photos/z.jpg){.pending}\n", &["photo/pending articles/01.md:3"]);
}

#[test]
fn a_cut_jpeg_and_a_text_named_jpg_are_broken() {
    let whole = jpeg(1);
    let text = "# 题\n\n![甲](photos/cut.jpg \"甲\")\n\n![乙](photos/text.jpg \"乙\")\n";
    let dir = issue_dir(&[
        MANIFEST,
        ("articles/01.md", text.as_bytes()),
        ("photos/cut.jpg", &whole[..whole.len() - 4]),
        ("photos/text.jpg", "照片待补".as_bytes()),
    ]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["photo/broken articles/01.md:3", "photo/broken articles/01.md:5"], "{shown}");
    assert!(shown.contains("cut short") && shown.contains("a text file, not a picture"), "{shown}");
}

#[test]
fn other_formats_say_how_to_convert_them() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let dir = issue_dir(&[MANIFEST, ("01.md", "![甲](a.heic \"甲\")\n".as_bytes()), ("a.heic", heic)]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["photo/format 01.md:1"], "{shown}");
    assert!(shown.contains("heif-convert -q 95 \"a.heic\" \"a.jpg\""), "{shown}");
}

#[test]
fn a_photo_without_alternative_text_is_listed() {
    article("# 题\n\n![雪后](photos/a.jpg)\n", &["photo/no-alt articles/01.md:3"]);
}

#[test]
fn unclosed_front_matter_is_found_at_its_opening_line() {
    article("---\ntitle: 山行\n\n正文\n", &["front/syntax articles/01.md:1"]);
}

#[test]
fn an_unknown_key_is_an_error_with_a_hint() {
    let (_, shown) = article("---\ntitle: 山行\nsubtitel: 记\n---\n正文\n", &["front/unknown-key articles/01.md:3"]);
    assert!(shown.contains("did you mean subtitle?"), "{shown}");
    let dir =
        issue_dir(&[("issue.toml", "[magazine]\ntitle = \"x\"\n[page]\ncolums = 2\n".as_bytes()), ("01.md", b"x")]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["manifest/unknown-key issue.toml:4"]);
    assert!(shown.contains("did you mean columns?"), "{shown}");
}

#[test]
fn a_file_that_is_not_utf8_names_the_encoding() {
    let gbk = b"# \xC9\xBD\xD0\xD0\n\n\xD5\xFD\xCE\xC4\n";
    let dir = issue_dir(&[MANIFEST, ("articles/01.md", gbk), ("articles/02.md", "# 题\n\n文\n".as_bytes())]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, ["source/encoding articles/01.md:1"], "{shown}");
    assert!(shown.contains("GB18030"), "{shown}");
    assert_eq!(issue.unwrap().articles.len(), 1, "the next article is read all the same");
}

#[test]
fn an_empty_directory_and_one_of_raw_text() {
    let dir = issue_dir(&[MANIFEST]);
    let (issue, found, _) = read(&dir);
    assert!(issue.is_none());
    assert_eq!(found, ["issue/empty issue"]);
    let dir = issue_dir(&[MANIFEST, ("稿.docx", b"PK")]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["issue/empty issue"]);
    assert!(shown.contains("qikan import") && shown.contains("稿.docx -o"), "{shown}");
}

#[test]
fn a_missing_directory_is_unreadable() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let dir = tempfile::tempdir().unwrap();
    assert!(
        read::issue(
            &dir.path().join("none"),
            None,
            &mut read::Shelf::new(std::num::NonZeroUsize::MIN),
            &mut sources,
            &mut report
        )
        .is_none()
    );
    assert_eq!(report.findings.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["issue/unreadable"]);
}

#[test]
fn a_path_that_climbs_out_is_outside() {
    let photo = jpeg(1);
    let text = "# 题\n\n![甲](../../secret.jpg)\n\n![乙](/etc/a.jpg)\n";
    let dir = issue_dir(&[MANIFEST, ("articles/01.md", text.as_bytes()), ("../secret.jpg", &photo)]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["path/outside articles/01.md:3", "path/outside articles/01.md:5"], "{shown}");
}

#[test]
fn bad_toml_is_found_and_the_articles_are_read() {
    let dir =
        issue_dir(&[("issue.toml", "[magazine]\ntitle = 山行\n".as_bytes()), ("01.md", "# 题\n\n文[^a]\n".as_bytes())]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(
        found,
        ["manifest/no-title issue", "manifest/syntax issue.toml:2", "markdown/undefined-note 01.md:3"],
        "{shown}"
    );
    assert_eq!(issue.unwrap().articles[0].title, "题");
}

#[test]
fn an_article_in_two_sections_and_one_in_none() {
    let manifest = "[magazine]\ntitle = \"山行\"\n[[section]]\nname = \"甲\"\narticles = [\"articles/01.md\"]\nstart = \"continue\"\n[[section]]\nname = \"乙\"\narticles = [\"articles/0[12].md\", \"articles/02.md\", \"articles/01.md\"]\n";
    let dir = issue_dir(&[
        ("issue.toml", manifest.replace("\"articles/0[12].md\", ", "").as_bytes()),
        ("articles/01.md", "# 一\n\n文\n".as_bytes()),
        ("articles/02.md", "# 二\n\n文\n".as_bytes()),
        ("articles/03.md", "# 三\n\n文\n".as_bytes()),
    ]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, ["section/unassigned issue.toml:7", "section/unassigned articles/03.md"], "{shown}");
    assert!(shown.contains("articles = [\"articles/03.md\"]"), "{shown}");
    let issue = issue.unwrap();
    assert_eq!(issue.articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["一", "二", "三"]);
    assert_eq!(issue.articles[0].start, Start::Continue);
    assert_eq!(issue.section_of(1).map(|s| s.name.as_str()), Some("乙"));
}

#[test]
fn a_held_article_is_left_out_and_said_so() {
    let dir = issue_dir(&[
        MANIFEST,
        ("01.md", "# 一\n\n文\n".as_bytes()),
        ("02.md", "---\n标题: 二\n状态: hold\n---\n文\n".as_bytes()),
    ]);
    let (issue, found, _) = read(&dir);
    assert_eq!(found, ["article/held 02.md"]);
    assert_eq!(issue.unwrap().articles.len(), 1);
}

#[test]
fn without_a_manifest_the_directory_names_the_issue() {
    let dir = issue_dir(&[("b.md", "文\n".as_bytes()), ("a 一（上）.md", "文\n".as_bytes()), ("README.md", b"x")]);
    let (issue, found, _) = read(&dir);
    assert_eq!(found, ["issue/no-manifest issue"]);
    let issue = issue.unwrap();
    assert_eq!((issue.magazine.title.as_str(), issue.slug.as_str()), ("2026-09", "2026-09"));
    assert_eq!(issue.articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["a 一（上）", "b"]);
}

#[test]
fn the_standing_matter_stands_above_and_the_issue_wins() {
    let dir = issue_dir(&[
        ("../magazine.toml", "[magazine]\ntitle = \"总\"\ntitle_en = \"Mountain Walk\"\nlang = \"zh-Hant\"\n[colophon]\n主编 = \"林远\"\n印刷 = \"甲厂\"\n".as_bytes()),
        ("issue.toml", "[magazine]\n刊名 = \"山行\"\n[issue]\nnumber = \"9-10\"\ndate = 2026-09-15\n[colophon]\n印刷 = \"乙厂\"\n".as_bytes()),
        ("01.md", "文\n".as_bytes()),
    ]);
    let (issue, found, shown) = read(&dir);
    assert!(found.is_empty(), "{shown}");
    let issue = issue.unwrap();
    assert_eq!((issue.full_title().as_str(), issue.slug.as_str()), ("山行 2026年第9-10期", "mountain-walk-2026-09-10"));
    let lines: Vec<String> = issue.colophon.iter().map(|l| format!("{}={}", l.label, l.values.join("、"))).collect();
    assert_eq!(lines, ["主编=林远", "印刷=乙厂", "出版日期=2026年9月15日"]);
    assert_eq!(issue.stamp, Date::new(2026, 9, 15));
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let epoch = Date::new(2020, 1, 2);
    let (again, _) = read::issue(
        &dir.path().join("2026-09"),
        epoch,
        &mut read::Shelf::new(std::num::NonZeroUsize::MIN),
        &mut sources,
        &mut report,
    )
    .unwrap();
    assert_eq!(again.stamp, epoch, "SOURCE_DATE_EPOCH wins");
}

#[test]
fn one_picture_under_two_names_is_one_photo_and_front_matter_describes_it() {
    let (a, b) = (jpeg(1), jpeg(2));
    let text = "---\ntitle: 题\nphotos:\n  - file: a.jpg\n    caption: 雪后（摄影：林远）\n    alt: \"\"\n    place: full\n  - file: photos/b.jpg\n    alt: 门\n---\n文\n\n![甲](photos/a.jpg)\n\n![乙](photos/copy.jpg \"丙\")\n";
    let dir = issue_dir(&[
        MANIFEST,
        ("articles/01.md", text.as_bytes()),
        ("photos/a.jpg", &a),
        ("photos/copy.jpg", &a),
        ("photos/b.jpg", &b),
    ]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, ["photo/placement articles/01.md:8"], "{shown}");
    let issue = issue.unwrap();
    assert_eq!(issue.photos.len(), 2);
    let figures: Vec<_> = issue.articles[0]
        .blocks
        .iter()
        .filter_map(|b| match &b.kind {
            BlockKind::Figures { figures, place } => Some((
                figures[0].photo.0,
                plain_text(&figures[0].caption),
                figures[0].credit.clone(),
                figures[0].alt.clone(),
                *place,
            )),
            _ => None,
        })
        .collect();
    use qikan::doc::FigurePlace::{Auto, Full};
    assert_eq!(
        figures,
        [
            (0, "雪后".into(), Some("摄影：林远".into()), Some(String::new()), Full),
            (0, "丙".into(), None, Some("乙".into()), Auto),
            (1, String::new(), None, Some("门".into()), Auto),
        ]
    );
}

#[test]
fn bytes_and_line_ends_do_not_change_what_is_read() {
    let text = "---\ntitle: 题\n---\n\n**甲：**乙\n丙\n\n- 丁\n\n> 戊\n";
    let (plain, _) = article(text, &[]);
    let (crlf, _) = article(&format!("\u{feff}{}", text.replace('\n', "\r\n")), &[]);
    let words = |issue: &Issue| {
        let mut out = vec![];
        issue.articles[0].walk(&mut |b| {
            if let BlockKind::Para { text } = &b.kind {
                out.push(plain_text(text))
            }
        });
        out
    };
    assert_eq!(words(&plain), words(&crlf));
    assert_eq!(words(&plain), ["甲：乙丙", "丁", "戊"]);
}

/// A reprint: `start_page` is the page mark before the first character, those in the text follow.
#[test]
fn an_earlier_printing_begins_at_its_own_page() {
    let (issue, _) = article(
        "---\ntitle: 山行\nstart_page: 37\nsource: 《山行》2001年第3期\n---\n\n雾没有散，{page=38}先过一座桥。\n",
        &[],
    );
    let marks = issue.articles[0].page_marks();
    let marks: Vec<_> = marks.iter().map(|mark| (mark.label, mark.block.0, mark.char)).collect();
    assert_eq!(marks, [("37", 0, 0), ("38", 0, 5)]);
}
