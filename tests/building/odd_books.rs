//! Issues that no one expects: their EPUBs are sound books. What would be an error of EPUBCheck's (RSC-005, -007, -012, OPF-014) is
//! looked for in every document.

use super::epub::{tags, value};
use super::issue::{Desk, MANIFEST, jpeg, qikan};
use super::sample::{Entry, entries};
use std::collections::{BTreeMap, BTreeSet};

/// Builds the EPUB of an issue of these files.
fn built(files: &[(&str, &[u8])]) -> Vec<Entry> {
    let desk = Desk::new();
    desk.put("2026-09/issue.toml", MANIFEST);
    for (name, bytes) in files {
        desk.put(&format!("2026-09/{name}"), bytes);
    }
    let run = qikan(&["build", &desk.at("2026-09"), "-o", &desk.at("out"), "--only", "epub"]);
    assert_eq!(run.code, 0, "{}", run.err);
    entries(&std::fs::read(desk.at("out/2026-09.epub")).expect("an EPUB"))
}

fn text<'e>(book: &'e [Entry], name: &str) -> &'e str {
    let entry = book.iter().find(|e| e.name.ends_with(name)).unwrap_or_else(|| panic!("{name} is in the EPUB"));
    std::str::from_utf8(&entry.bytes).expect("UTF-8")
}

/// Well-formed texts, ids once a document, links that lead to a file and an id, a manifest of every file, names of ASCII.
fn assert_sound(book: &[Entry]) {
    let is_text = |e: &&Entry| [".xhtml", ".opf", ".ncx"].iter().any(|end| e.name.ends_with(end));
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in book.iter().filter(is_text) {
        assert!(entry.name.is_ascii(), "{}", entry.name);
        let own = ids.entry(entry.name.clone()).or_default();
        tags(text(book, &entry.name), |s| {
            if let Some(id) = value(s, "id") {
                assert!(!id.starts_with(|c: char| c.is_ascii_digit()), "{}: {id} is no XML name", entry.name);
                assert!(own.insert(id.clone()), "{}: {id} twice", entry.name);
            }
        });
    }
    let names: BTreeSet<&str> = book.iter().map(|e| e.name.as_str()).collect();
    for entry in book.iter().filter(is_text) {
        tags(text(book, &entry.name), |s| {
            for target in ["href", "src"].iter().filter_map(|k| value(s, k)).filter(|t| !t.contains(':')) {
                let (path, id) = target.split_once('#').map_or((target.as_str(), None), |(path, id)| (path, Some(id)));
                let to = if path.is_empty() { entry.name.clone() } else { format!("OEBPS/{path}") };
                assert!(names.contains(to.as_str()), "{}: {target}", entry.name);
                assert!(id.is_none_or(|id| ids[&to].contains(id)), "{}: {target}", entry.name);
            }
        });
    }
    let mut listed = BTreeSet::from(["OEBPS/content.opf".to_string()]);
    tags(text(book, "content.opf"), |s| listed.extend(value(s, "href").map(|href| format!("OEBPS/{href}"))));
    let unlisted: Vec<_> = names.iter().filter(|n| n.starts_with("OEBPS/") && !listed.contains(**n)).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn names_and_marks_that_no_file_could_bear() {
    let odd = r#"---
title: '他说“门”/窗\墙 & <尾>'
author: ['O"Brien/王', "a&b <c>", "D'Arcy, Jr."]
keywords: ["a/b", 'c"d', "&"]
id: '1st/"x"'
---

## 一节 {#1}

见[一节](#1)、[题](#title)、[注](#n1)、[照片](02.md#2x)。

## 又一节 {#title}

![](<photos/照片 1.JPG> "说明 & <b>")

![甲](<photos/照片 1.JPG>){alt=""}
"#;
    let second = "---\ntitle: 二\n---\n\n## 节 {#2x}\n\n只有一行。\n\n## 节 {#2x}\n";
    let book = built(&[
        ("articles/01.md", odd.as_bytes()),
        ("articles/02.md", second.as_bytes()),
        ("articles/长名 A/B.md", "---\ntitle: 三\n---\n\n只有一行。\n".as_bytes()),
        ("articles/长名-a-b.md", "---\ntitle: 三\n---\n\n只有一行。\n".as_bytes()),
        ("photos/照片 1.JPG", &jpeg(60, 40)),
    ]);
    assert_sound(&book);
    let package = text(&book, "content.opf");
    for name in [">O\"Brien/王<", ">a&amp;b &lt;c&gt;<", ">D'Arcy, Jr.<"] {
        assert!(package.contains(name), "{name}: names of a list are whole: {package}");
    }
    let mut decorative = 0;
    tags(text(&book, "a01-1st-x.xhtml"), |s| decorative += usize::from(value(s, "alt").as_deref() == Some("")));
    assert_eq!(decorative, 1, "an alternative text that is empty says that there is nothing to tell");
}

#[test]
fn notes_hold_whatever_articles_hold() {
    let body = "---\ntitle: 注[^a]\n---\n\n正文[^a]又[^b]，再[^a]。\n\n[^a]: 注里有表：\n\n    | 甲 | 乙 |\n    |---|---|\n    | 1 | 2 |\n\n\
        [^b]: 注里有图与注[^c]：\n\n    - 一\n    - 二\n\n    ![图](photos/a.jpg)\n\n    > 引文\n\n[^c]: 三。\n";
    let book = built(&[("articles/01.md", body.as_bytes()), ("photos/a.jpg", &jpeg(60, 40))]);
    assert_sound(&book);
    let document = text(&book, "a01-01.xhtml");
    let notes = document.split("class=\"notes\"").nth(1).expect("notes");
    for part in ["<table", "<ul>", "<img", "<blockquote>"] {
        assert!(notes.contains(part), "{part}");
    }
}

/// Script, text and references to other files stay out of drawings; the document needs no `svg` property.
#[test]
fn a_drawing_is_paths_alone() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100">
        <script>alert(1)</script><rect width="200" height="100" fill="#eee"/><a xlink:href="https://example.org/"><path d="M0 0L200 100" stroke="black"/></a></svg>"##;
    let body = "---\ntitle: 图\n---\n\n![图](photos/a.svg \"一幅图\")\n";
    let book = built(&[("articles/01.md", body.as_bytes()), ("photos/a.svg", svg.as_bytes())]);
    assert_sound(&book);
    let drawing = text(&book, ".svg");
    for part in ["script", "href", "example"] {
        assert!(!drawing.contains(part), "{drawing}");
    }
    assert!(!text(&book, "content.opf").contains("properties=\"svg\""));
}

#[test]
fn five_hundred_articles_of_one_line() {
    let names: Vec<String> = (0..500).map(|i| format!("articles/{i:03}.md")).collect();
    let bodies: Vec<String> = (0..500).map(|i| format!("---\ntitle: 第{i}篇\n---\n\n只有一行。\n")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().zip(&bodies).map(|(n, b)| (n.as_str(), b.as_bytes())).collect();
    let book = built(&files);
    assert_sound(&book);
    let mut entries = 0;
    tags(text(&book, "nav.xhtml"), |s| {
        entries += usize::from(
            s.name().as_ref() == "a" && value(s, "href").is_some_and(|h| h.starts_with('a') && !h.contains('#')),
        );
    });
    assert!(entries >= 500, "{entries}");
}

/// Of one line they would be two million points and more, which no length can say.
#[test]
fn a_paragraph_of_270_000_characters_is_broken_into_lines() {
    let text = "山门在路的尽头，雪停以后才看得见。".repeat(16_000);
    let article = format!("---\ntitle: 一段\n---\n\n{text}\n");
    let book = built(&[("articles/01.md", article.as_bytes())]);
    let shown = self::text(&book, "a01-01.xhtml").matches("雪停以后").count();
    assert_eq!(shown, 16_000);
}
