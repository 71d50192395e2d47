//! The kinds of pages and blocks that a periodical has, and what each must say.

use super::issue::{Desk, jpeg, qikan};
use super::sample::entries;
use std::fs;

/// The text of each page of the screen PDF and of the whole EPUB, without blanks.
struct Built {
    pages: Vec<String>,
    epub: String,
}

impl Built {
    fn of(desk: &Desk) -> Built {
        let run = qikan(&["build", &desk.at("a"), "-o", &desk.at("out"), "--only", "screen,epub"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let names = desk.files("out");
        let path = |end: &str| {
            let name = names.keys().find(|name| name.to_string_lossy().ends_with(end)).expect("it was written");
            desk.at(&format!("out/{}", name.display()))
        };
        let pdf = lopdf::Document::load(path(".pdf")).expect("a PDF");
        let text = |page: u32| pdf.extract_text(&[page]).unwrap_or_default().split_whitespace().collect();
        let pages = (1..=pdf.get_pages().len() as u32).map(text).collect();
        let all = entries(&fs::read(path(".epub")).expect("reads"));
        let documents = all.iter().filter(|entry| entry.name.ends_with(".xhtml"));
        let epub = documents.map(|entry| String::from_utf8_lossy(&entry.bytes).into_owned()).collect();
        Built { pages, epub }
    }

    fn page_with(&self, words: &str) -> &str {
        self.pages.iter().find(|page| page.contains(words)).unwrap_or_else(|| panic!("no page says {words}"))
    }
}

fn issue(magazine: &str, more: &str, articles: &[&str]) -> Desk {
    let desk = Desk::new();
    let manifest = format!(
        "[magazine]\ntitle = \"江渚\"\n{magazine}\n[issue]\nyear = 2026\nnumber = 9\nprice = \"¥25.00\"\n{more}\n"
    );
    desk.put("a/issue.toml", manifest);
    for (i, text) in articles.iter().enumerate() {
        desk.put(&format!("a/articles/{i:02}.md"), text);
    }
    desk
}

const SHORT: &str = "---\ntitle: 渡口\n---\n\n水不深。\n";

/// GB/T 3179-2009: year and number on the cover, the ISSN at its upper right; a sample bears none.
#[test]
fn the_cover_of_a_periodical_bears_its_issn_and_price() {
    let numbers = "issn = \"0317-8471\"\n";
    let built = Built::of(&issue(&format!("{numbers}profile = \"tw\""), "", &[SHORT]));
    for words in ["ISSN0317-8471", "2026年第9期", "¥25.00"] {
        assert!(built.pages[0].contains(words), "{words}: {}", built.pages[0]);
    }
    assert!(!Built::of(&issue(numbers, "", &[SHORT])).pages[0].contains("ISSN"));
}

/// 期刊出版形式规范: who sponsors a periodical stands on its front; elsewhere where the theme wants it.
#[test]
fn the_cover_of_a_journal_names_its_sponsor() {
    let colophon = "[colophon]\n\"主管\" = \"江渚学会\"\n\"主办\" = \"江渚社\"\n";
    let front = |head: &str| {
        let desk = issue("", colophon, &[SHORT]);
        let manifest = fs::read_to_string(desk.at("a/issue.toml")).expect("reads");
        desk.put("a/issue.toml", format!("{head}{manifest}"));
        Built::of(&desk).pages[0].clone()
    };
    assert!(front("theme = \"jikan\"\n").contains("主管江渚学会主办江渚社"));
    assert!(!front("").contains("主办"));
    let wanted = Built::of(&issue("", &format!("{colophon}[theme.cover]\nsponsors = true\n"), &[SHORT]));
    assert!(wanted.pages[0].contains("主办江渚社"));
}

/// 内部资料性出版物管理办法: 准印证 number and 内部资料　免费交流 on the cover, and no price.
#[test]
fn internal_publications_say_so_on_the_cover() {
    let colophon = "[colophon]\n\"准印证号\" = \"虚构字第 0000 号\"\n";
    let built = Built::of(&issue("profile = \"cn-internal\"", colophon, &[SHORT]));
    for words in ["内部资料免费交流", "虚构字第0000号"] {
        assert!(built.pages[0].contains(words), "{words}: {}", built.pages[0]);
    }
    assert!(!built.pages[0].contains("25.00"));
}

/// 03: particulars in the order of the manifest, then the line of GB/T 3179, on a page of its own at the end.
#[test]
fn the_colophon_has_its_lines_in_order() {
    let colophon = "[colophon]\n\"主办\" = \"江渚社\"\n\"主编\" = \"沈沅\"\n\"印数\" = \"2300\"\n\
                    [colophon.page]\nbasic_parameters = true\n";
    let built = Built::of(&issue("cn = \"11-0000/D\"\nfounded = 1994\nfrequency = \"monthly\"", colophon, &[SHORT]));
    let page = built.page_with("期刊基本参数");
    let order = ["主办江渚社", "主编沈沅", "印数2300", "[期刊基本参数]CN11-0000/D*1994*m*"]
        .map(|words| page.find(words).unwrap_or_else(|| panic!("{words} in {page}")));
    assert!(order.is_sorted(), "{order:?}");
    assert!(built.epub.contains("<dt>主编</dt><dd>沈沅</dd>") && built.epub.contains("*2300*1*"));
}

/// Nothing is lost where a magazine has corrections and no colophon.
#[test]
fn corrections_are_printed_with_a_colophon_and_without() {
    let errata = "[[errata]]\nissue = \"2026年第8期\"\npage = 31\nwrong = \"甲\"\nright = \"乙\"\n";
    let said = "2026年第8期第31页：“甲”应为“乙”。";
    for colophon in ["", "[colophon]\n\"主编\" = \"沈沅\"\n"] {
        let built = Built::of(&issue("", &format!("{colophon}{errata}"), &[SHORT]));
        assert!(built.page_with("更正").contains(said));
        assert!(built.epub.contains(said));
        // The word stands once, the corrections below each other.
        let two = Built::of(&issue("", &format!("{colophon}{errata}{errata}"), &[SHORT]));
        assert_eq!(two.page_with("更正").matches("更正").count(), 1);
        assert!(two.epub.contains(&format!("<dt>更正</dt><dd>{said}</dd><dd>{said}</dd>")));
    }
}

/// CAJ-CD B/T 1, GB/T 7713.2: numbers below the keywords, received, funding and author at the first page's foot, the head in
/// English behind the text and said to be English. A monthly has who paid and the DOI at the end, and no English.
#[test]
fn a_paper_has_its_apparatus_in_a_journal() {
    let paper = "---\ntitle: 渡口考\nsummary: 水不深。\nkeywords: [渡口]\nclc: D638\ndocument_code: A\n\
                 article_number: 0317-8471(2026)09-0001-04\ndoi: https://doi.org/10.1000/182\nreceived: 2026-03-12\n\
                 funding: 江渚学社项目\nauthor_note: 沈沅，研究员。\nenglish:\n  title: On a Ferry\n  author: SHEN Yuan\n  \
                 summary: The water is shallow.\n  keywords: [ferry, water]\n---\n\n水不深，摆渡的人不说话。\n";
    let desk = issue("", "", &[paper]);
    let manifest = fs::read_to_string(desk.at("a/issue.toml")).expect("reads");
    desk.put("a/issue.toml", format!("theme = \"jikan\"\n{manifest}"));
    let built = Built::of(&desk);
    let page = built.page_with("中图分类号");
    let order = [
        "关键词：渡口",
        "中图分类号：D638",
        "文献标识码：A",
        "文章编号：0317-8471(2026)09-0001-04",
        "DOI：10.1000/182",
    ]
    .map(|words| page.find(words).unwrap_or_else(|| panic!("{words} in {page}")));
    assert!(order.is_sorted(), "{order:?}");
    for words in [
        "收稿日期：2026-03-12",
        "基金项目：江渚学社项目",
        "作者简介：沈沅，研究员。",
        "OnaFerry",
        "Keywords:ferry;water",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let english =
        built.epub.split("<section class=\"english\" role=\"doc-abstract\" lang=\"en\" xml:lang=\"en\">").nth(1);
    assert!(english.is_some_and(|e| e.contains("<h2>On a Ferry</h2>")), "{}", built.epub);
    assert!(built.epub.contains("<a href=\"https://doi.org/10.1000/182\">10.1000/182</a>"));
    let bytes = fs::read(desk.at("out/a-2026-09.screen.pdf")).expect("reads");
    let pdf = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let english = pdf.objects.values().filter_map(|o| o.as_dict().ok()).filter(|d| {
        d.get(b"S").and_then(|s| s.as_name()).is_ok_and(|s| s == b"Sect")
            && d.get(b"Lang").and_then(|l| l.as_str()).is_ok_and(|l| l == b"en")
    });
    assert_eq!(english.count(), 1, "the English head's structure element says its language");
    desk.put("a/issue.toml", manifest);
    let monthly = Built::of(&desk);
    let page = monthly.page_with("摆渡的人");
    assert!(page.contains("基金项目：江渚学社项目") && page.contains("DOI：10.1000/182"), "{page}");
    assert!(!monthly.pages.concat().contains("D638") && !monthly.epub.contains("On a Ferry"));
}

/// A table's head stands above each column in which the table goes on; it is one table with one head to those who read it.
#[test]
fn heads_of_tables_are_repeated_on_pages_alone() {
    let rows: String = (0..150).map(|i| format!("| {i} | 晴 |\n")).collect();
    let text = format!("---\ntitle: 水位\n---\n\n日记抄在下面。\n\n| 第几天 | 天色 |\n|---|---|\n{rows}");
    let built = Built::of(&issue("", "", &[&text]));
    assert!(built.pages.concat().matches("第几天").count() >= 3);
    assert_eq!(built.epub.matches("第几天").count(), 1);
}

/// What belongs to pages stays on pages: jump lines, the word 广告, ruled pages. The text is whole in both.
#[test]
fn an_electronic_edition_has_no_page_furniture() {
    let line = "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了，守门的人点了灯出来。\n\n";
    let long = format!("---\ntitle: 山门\ncontinue_on: 01.md\n---\n\n{}", line.repeat(110));
    let desk = issue("", "[[ads]]\nfile = \"ad.jpg\"\n", &[&long, SHORT, SHORT]);
    desk.put("a/ad.jpg", jpeg(700, 950));
    let built = Built::of(&desk);
    for words in ["下转第", "上接第", "广告"] {
        built.page_with(words);
        assert!(!built.epub.contains(words), "{words}");
    }
    assert_eq!(built.epub.matches("守门的人").count(), 110);
    let pads = built.pages.iter().filter(|page| page.starts_with("随记")).count();
    assert!(built.pages.len().is_multiple_of(4) && pads < 4, "{pads} of {}", built.pages.len());
}

/// One manuscript with every kind of block: on the page and in the EPUB each has what tells it apart.
#[test]
fn interviews_verse_boxes_and_quotations_are_told_apart() {
    let text = "---\ntitle: 闸门\nauthor: 韩露\n---\n\n::: qa\n**韩露：** 看哪一只钟？\n\n**罗广生：** 听水。\n:::\n\n\
                ::: quote\n提一寸，停一停。\n:::\n\n::: verse\n雾还没有散\n船先响了一声\n\n等的人在水里\n:::\n\n\
                ::: {.box}\n### 怎样读账\n\n露滩是指露出水面。\n:::\n";
    let built = Built::of(&issue("", "", &[text]));
    let page = built.page_with("看哪一只钟");
    for words in ["韩露：看哪一只钟？", "提一寸，停一停。", "船先响了一声", "怎样读账"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for markup in [
        "<b class=\"speaker\">韩露：</b>",
        "class=\"pull-quote\"",
        "<div class=\"verse\">",
        "<aside class=\"box\">",
        "船先响了一声</p>",
    ] {
        assert!(built.epub.contains(markup), "{markup}");
    }
}
