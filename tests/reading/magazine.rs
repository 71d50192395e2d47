//! What surrounds the articles: the colophon and its people, sign-off, covers, advertisements, corrections, held articles.

use super::*;
use lopdf::{Document, Object, dictionary};
use qikan::doc::{AdPlace, FootKind, PhotoFormat, PhotoId};

fn lines(issue: &Issue) -> Vec<String> {
    issue.colophon.iter().map(|l| format!("{}={}", l.label, l.values.join("、"))).collect()
}

fn manifest(rest: &str) -> Vec<u8> {
    format!("[magazine]\ntitle = \"山行\"\n[issue]\nyear = 2026\nnumber = 9\n{rest}").into_bytes()
}

/// An issue of two articles with these front matters, without any finding.
fn two(rest: &str, first: &str, second: &str) -> Issue {
    let text = |front: &str| format!("---\n{front}\n---\n\n文。\n");
    let (manifest, a, b) = (manifest(rest), text(first), text(second));
    let dir =
        issue_dir(&[("issue.toml", &manifest), ("articles/01.md", a.as_bytes()), ("articles/02.md", b.as_bytes())]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, Vec::<String>::new(), "{shown}");
    issue.unwrap()
}

#[test]
fn people_are_gathered_by_role_once_in_order_of_appearance() {
    let rest = "[colophon]\n主编 = \"林远\"\n责任编辑 = \"王采薇\"\n印刷 = \"某厂\"\n";
    let issue = two(
        rest,
        "编辑: 李苇\n责任校对: 方　宁\n送签: 甲\nauthor: 文／乙 摄影／丙",
        "credits:\n  责编: [王采薇, 赵五]\n  校对: 方宁、季安\n  插图: 丁",
    );
    let expected = ["主编=林远", "责任编辑=王采薇、李苇、赵五", "摄影=丙", "校对=方宁、季安", "印刷=某厂"];
    assert_eq!(lines(&issue), expected, "approvals and roles that aggregate doesn't name are not printed");
}

#[test]
fn approvals_are_printed_where_the_settings_name_them() {
    let rest = "[colophon]\n主编 = \"林远\"\n[colophon.page]\naggregate = [\"签发\", \"译者\"]\n";
    let issue = two(rest, "送签: 甲\n签发: 乙\n编辑: 丙", "translator: 丁");
    assert_eq!(lines(&issue), ["主编=林远", "签发=乙"], "译 on a byline is a word of its own");
    let foot = |i: usize| issue.foot(&issue.articles[i], false).into_iter().map(|f| f.text).collect::<Vec<_>>();
    assert_eq!(foot(0), ["签发：乙\u{3000}编辑：丙"]);
}

#[test]
fn the_foot_has_note_sources_and_editors_and_no_approvals() {
    let front =
        "author_note: 作者住在山里。\nsource: 山行网\n首发: 2001年2月\n原载: 《山》2001年第2期\n编辑: 李苇\n签发: 乙";
    let issue = two("", front, "lang: en\nsource: A book\n编辑: [Jane Doe, John Roe]");
    let foot =
        |i: usize| issue.foot(&issue.articles[i], false).into_iter().map(|f| (f.kind, f.text)).collect::<Vec<_>>();
    assert_eq!(
        foot(0),
        [
            (FootKind::AuthorNote, "作者住在山里。".to_string()),
            (FootKind::Source, "来源：山行网，2001年2月".into()),
            (FootKind::Source, "原载：《山》2001年第2期".into()),
            (FootKind::Credits, "编辑：李苇".into()),
        ]
    );
    assert_eq!(foot(1)[0].1, "Source: A book");
    assert_eq!(foot(1)[1].1, "编辑: Jane Doe, John Roe");
    assert!(issue.colophon.is_empty(), "no colophon is made where none was asked for");
}

#[test]
fn articles_that_lack_a_signature_are_named_with_what_they_lack() {
    let rest = "[signoff]\nrequire = [\"编辑\", \"签发\"]\n";
    let issue = two(rest, "责任编辑: 甲\n签发: 乙", "编辑: 甲");
    let lacking: Vec<_> = issue
        .missing_signoff()
        .into_iter()
        .map(|u| (u.article, u.roles.iter().map(|r| r.key).collect::<Vec<_>>()))
        .collect();
    assert_eq!(lacking, [(1, vec!["approved_by"])]);
}

#[test]
fn identity_fills_the_colophon_and_the_line_of_basic_parameters() {
    let rest = "serial = 369\nrevised = 2026-10-01\nrevision = \"第2版\"\ndate = 2026-09-15\nprice = \"¥16.00\"\n[page]\ntrim = \"A4\"\n\
                [colophon]\n主办 = \"某社\"\n印数 = \"2300 册\"\n国际标准刊号 = \"0317-8471\"\n\
                [colophon.page]\nbasic_parameters = true\n";
    let text = format!(
        "founded = 1994\ncn = \"CN 11-5643/D\"\nfrequency = \"月刊\"\npostal_code = \"2-999\"\n[issue]\nyear = 2026\nnumber = 9\n{rest}"
    );
    let text = format!("[magazine]\ntitle = \"山行\"\n{text}");
    let dir = issue_dir(&[("issue.toml", text.as_bytes()), ("01.md", "文\n".as_bytes())]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, Vec::<String>::new(), "{shown}");
    let issue = issue.unwrap();
    let expected = [
        "主办=某社",
        "国内统一连续出版物号=CN 11-5643/D",
        "邮发代号=2-999",
        "定价=¥16.00",
        "印数=2300 册",
        "创刊=1994年",
        "刊期=月刊",
        "出版日期=2026年9月15日",
        "国际标准刊号=0317-8471",
        "修订=第2版，2026年10月1日",
    ];
    let mut shown_lines = lines(&issue);
    shown_lines.sort();
    let mut wanted = expected.map(String::from).to_vec();
    wanted.sort();
    assert_eq!(shown_lines, wanted);
    assert_eq!(issue.basic_parameters(128), "CN 11-5643/D*1994*m*A4*128*zh*P*¥16.00*2300*1*2026-09");
}

/// Two pages of 140 × 210 mm.
fn pdf() -> Vec<u8> {
    let mut document = Document::with_version("1.6");
    let size = [0.0, 0.0, 396.85, 595.276].map(Object::Real).to_vec();
    let pages: Vec<Object> = (0..2).map(|_| document.add_object(dictionary! { "Type" => "Page" }).into()).collect();
    let tree = dictionary! { "Type" => "Pages", "Kids" => pages.clone(), "Count" => 2, "MediaBox" => size };
    let tree = document.add_object(tree);
    for page in pages {
        let page = document.get_dictionary_mut(page.as_reference().expect("a page")).expect("a page");
        page.set("Parent", tree);
    }
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = vec![];
    document.save_to(&mut bytes).expect("writes into memory");
    bytes
}

#[test]
fn advertisements_corrections_and_cover_pages_know_their_files_and_places() {
    let rest = "cover = \"photos/a.jpg\"\n[cover]\ninside_front = \"ads/a.pdf#2\"\n[colophon]\n主编 = \"林远\"\n\
                [[errata]]\nissue = \"2026年第8期\"\npage = 12\nwrong = \"甲\"\nright = \"乙\"\n\
                [[ads]]\nfile = \"ads/b.jpg\"\ntitle = \"某厂\"\nplace = \"articles/01.md\"\n\
                [[ads]]\nfile = \"ads/a.pdf\"\nplace = \"封底\"\nmark = false\n";
    let (manifest, a, b, ad) = (manifest(rest), jpeg(1), jpeg(2), pdf());
    let dir = issue_dir(&[
        ("issue.toml", &manifest),
        ("articles/01.md", "文\n".as_bytes()),
        ("articles/02.md", "文\n".as_bytes()),
        ("photos/a.jpg", &a),
        ("ads/a.pdf", &ad),
        ("ads/b.jpg", &b),
    ]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, Vec::<String>::new(), "{shown}");
    let issue = issue.unwrap();
    assert_eq!(issue.number.cover, issue.cover.front.as_ref().unwrap().photo);
    let inside = issue.cover.inside_front.as_ref().unwrap();
    assert_eq!(inside.name, "ads/a.pdf#2");
    let page = |photo: Option<PhotoId>| match issue.photo(photo.expect("a picture")).format {
        PhotoFormat::Pdf { page, size, .. } => (page, size.0.to_mm_hundredths()),
        _ => panic!("a page of a PDF"),
    };
    assert_eq!((page(inside.photo), page(issue.ads[1].file.photo)), ((2, 14_000), (1, 14_000)), "two pages of a file");
    let places: Vec<_> = issue.ads.iter().map(|ad| (ad.place.clone(), ad.title.as_str(), ad.marked)).collect();
    assert_eq!(places, [(AdPlace::After(0), "某厂", true), (AdPlace::Back, "", false)]);
    assert_eq!(issue.photo(issue.ads[0].file.photo.unwrap()).name, "ads/b.jpg");
    assert_eq!(lines(&issue), ["主编=林远", "更正=2026年第8期第12页：“甲”应为“乙”。"]);
}

#[test]
fn kinds_of_issue_tell_names_apart() {
    let slug = |rest: &str| two(rest, "title: 一", "title: 二").slug;
    assert_eq!(slug(""), "2026-09");
    assert_eq!(slug("kind = \"下半月\"\n"), "2026-09-09-second-half".replace("2026-09-09", "2026-09-2026-09"));
}

#[test]
fn an_internal_publication_says_so_on_its_cover() {
    let rest = "date = 2026-09-01\n[colophon]\n编印单位 = \"某单位\"\n发送对象 = \"本系统\"\n准印证号 = \"（京）字第0000号\"\n印刷 = \"某厂\"\n印数 = 500\n";
    let text =
        format!("[magazine]\ntitle = \"通讯\"\nprofile = \"cn-internal\"\n[issue]\nyear = 2026\nnumber = 9\n{rest}");
    let dir = issue_dir(&[("issue.toml", text.as_bytes()), ("01.md", "文\n".as_bytes())]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, Vec::<String>::new(), "{shown}");
    let notices = issue.unwrap().cover_notices();
    assert_eq!(notices, ["内部资料\u{3000}免费交流", "准印证号\u{3000}（京）字第0000号"]);
}

#[test]
fn empty_files_are_told_and_only_those_without_a_title_left_out() {
    let dir = issue_dir(&[
        MANIFEST,
        ("articles/01.md", "文\n".as_bytes()),
        ("articles/02.md", "\n\n".as_bytes()),
        ("articles/03.md", "---\ntitle: 三\n---\n".as_bytes()),
    ]);
    let (issue, found, shown) = read(&dir);
    assert_eq!(found, ["article/empty articles/02.md", "article/empty articles/03.md"], "{shown}");
    let titles: Vec<_> = issue.unwrap().articles.iter().map(|a| a.title.clone()).collect();
    assert_eq!(titles, ["01", "三"]);
}

#[test]
fn a_key_in_the_wrong_table_is_told_its_own() {
    let dir = issue_dir(&[
        ("issue.toml", "[magazine]\ntitle = \"x\"\n封面要目 = [\"甲\"]\n[issue]\ntrim = \"A4\"\n".as_bytes()),
        ("01.md", "文\n".as_bytes()),
    ]);
    let (_, found, shown) = read(&dir);
    assert_eq!(found, ["manifest/unknown-key issue.toml:3", "manifest/unknown-key issue.toml:5"]);
    assert!(shown.contains("this key belongs in [issue]") && shown.contains("this key belongs in [page]"), "{shown}");
}

#[test]
fn a_section_speaks_for_its_articles_where_they_are_silent() {
    let rest = "[[section]]\nname = \"甲\"\narticles = [\"articles/*.md\"]\nstart = \"接排\"\ncolumns = 2\ntemplate = \"brief\"\n";
    let manifest = manifest(rest);
    let dir = issue_dir(&[
        ("issue.toml", &manifest),
        ("articles/01.md", "文\n".as_bytes()),
        ("articles/02.md", "---\nstart: 另页\ncolumns: 1\ntemplate: photos\n---\n文\n".as_bytes()),
    ]);
    let (issue, _, shown) = read(&dir);
    let all = |i: usize| {
        let a = &issue.as_ref().unwrap().articles[i];
        (a.start, a.columns, a.template.clone().unwrap_or_default())
    };
    assert_eq!(all(0), (Start::Continue, Some(2), "brief".into()), "{shown}");
    assert_eq!(all(1), (Start::NewPage, Some(1), "photos".into()));
}
