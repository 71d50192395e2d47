//! The manuscripts of `tests/import/raw` against the articles they must become, and the balance of their characters.
//!
//! With QIKAN_BLESS set the expected articles are written anew; look at the difference before it is committed.

use super::log::Log;
use super::raw;
use super::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

fn manuscripts() -> Vec<(String, Vec<u8>)> {
    let mut names: Vec<String> = std::fs::read_dir(dir().join("raw"))
        .expect("the manuscripts are there")
        .map(|e| e.expect("readable").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names.into_iter().map(|n| (n.clone(), std::fs::read(dir().join("raw").join(n)).expect("readable"))).collect()
}

/// What a manuscript holds, and the article.
fn import(name: &str, bytes: &[u8]) -> (Option<Raw>, Work, Article) {
    let mut log = Log::default();
    let raw = match kind::kind(name, bytes) {
        kind::Kind::Html => html::read(&decode::decode(bytes, decode::charset(bytes), &mut log)),
        kind::Kind::Docx => docx::read(bytes, &mut log).expect("a sound file"),
        kind::Kind::Mail => {
            let files = crate::convert::mail::open(name, bytes).expect("a sound mail");
            return import(&files[0].0, &files[0].1);
        }
        kind::Kind::Text => txt::read(&decode::decode(bytes, None, &mut log), &mut log),
        _ => return (None, Work::default(), markdown(bytes, None)),
    };
    let work = understand(raw.clone(), log);
    let article = finish(work.clone(), None, Repair::Report, &|n| (format!("photos/{n}.jpg"), false));
    (Some(raw), work, article)
}

#[test]
fn manuscripts_become_the_articles_that_editors_expect() {
    let mut wrong = vec![];
    for (name, bytes) in manuscripts() {
        let path = dir().join("expected").join(format!("{name}.md"));
        let (_, _, article) = import(&name, &bytes);
        if std::env::var_os("QIKAN_BLESS").is_some() {
            std::fs::create_dir_all(dir().join("expected")).expect("makes directories");
            std::fs::write(&path, &article.markdown).expect("writes");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != article.markdown {
            wrong.push(format!(
                "== {name}\n{}",
                similar::TextDiff::from_lines(&expected, &article.markdown).unified_diff()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Characters in, less those the log has gone, plus those that came, are the article's characters (before its cleaning).
#[test]
fn nothing_is_lost_that_the_log_does_not_tell() {
    let mut wrong = vec![];
    for (name, bytes) in manuscripts() {
        let (Some(raw), work, _) = import(&name, &bytes) else { continue };
        let mut balance: BTreeMap<char, i64> = BTreeMap::new();
        let mut count = |text: &str, sign: i64| {
            text.chars()
                .filter(|c| !crate::convert::han::is_blank(*c) && !matches!(c, '[' | '【' | '［'))
                .for_each(|c| *balance.entry(sign_of(c)).or_default() += sign);
        };
        count(&raw::characters(&raw), 1);
        // What decoding and reading the file logged is not in `raw` any more.
        let own = work.log.entries.iter().filter(|e| {
            !matches!(e.rule, "T1" | "T2")
                || matches!(e.note.en.as_str(), "outside the main text block" | "the mark of a list item")
        });
        own.for_each(|e| {
            count(&e.gone, -1);
            count(&e.came, 1);
        });
        count(&words_of(&work), -1);
        balance.retain(|_, n| *n != 0);
        if !balance.is_empty() {
            wrong.push((name, balance));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A label's colon, bar or bracket (`[摘要]`) is told as the colon it means.
fn sign_of(c: char) -> char {
    match c {
        ':' | '｜' | '|' | '丨' | '／' | '/' | '】' | ']' | '］' | '-' | '_' => '：',
        c => c,
    }
}

/// Every text of an article in the making but its time, which has another form.
fn words_of(work: &Work) -> String {
    let f = &work.front;
    let heads = [
        &f.kicker,
        &f.title,
        &f.subtitle,
        &f.author,
        &f.section,
        &f.source,
        &f.source_print,
        &f.author_note,
        &f.editors_note,
        &f.summary,
    ];
    let mut out: String = heads.into_iter().flatten().cloned().collect();
    out.extend(f.keywords.iter().chain(f.paper.values()).cloned());
    f.credits.iter().for_each(|(label, names)| out += &format!("{label}{}", names.concat()));
    let blocks = raw::characters(&Raw {
        blocks: work.blocks.clone(),
        notes: work.notes.clone(),
        pictures: work.pictures.clone(),
        named: None,
        dated: None,
    });
    out + &blocks
}

/// Importing an article again changes nothing.
#[test]
fn an_imported_article_is_left_alone() {
    for (name, bytes) in manuscripts() {
        let (_, _, article) = import(&name, &bytes);
        assert_eq!(markdown(article.markdown.as_bytes(), Some(article.lang)).markdown, article.markdown, "{name}");
    }
}

#[test]
fn facts_of_the_issue_are_learned_from_the_page() {
    let (_, bytes) = manuscripts().into_iter().find(|(n, _)| n == "01-portal.txt").expect("there");
    let facts = text(&bytes).facts;
    let value = |fact: &Option<raw::Fact>| fact.as_ref().map(|f| (f.value.clone(), f.line)).unwrap_or_default();
    assert_eq!(value(&facts.magazine), ("山行".into(), 4));
    assert_eq!((value(&facts.year), value(&facts.number)), (("2024".into(), 4), ("7".into(), 4)));
    assert_eq!(value(&facts.email), ("tougao@shanxing.example".into(), 1));
}

/// Seeded scraps of what manuscripts are made of, in every order: no panic, and cleaning settles.
#[test]
fn scraps_in_any_order_are_read() {
    const SCRAPS: [&str; 28] = [
        "山",
        "路，",
        "。",
        "\n",
        "\n\n",
        "　",
        " ",
        "\"",
        "“",
        "...",
        "--",
        "(",
        ")",
        "：",
        "来源：",
        "2024年8月16日",
        "<p>",
        "</p>",
        "<table><tr><td>",
        "**",
        "[x](",
        "\\",
        "1.",
        "王明 摄",
        "12评论",
        "|",
        "5、",
        "责任编辑：",
    ];
    let mut seed = 20_260_901_u64;
    for _ in 0..400 {
        let mut scrap = String::new();
        for _ in 0..40 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            scrap.push_str(SCRAPS[(seed >> 33) as usize % SCRAPS.len()]);
        }
        for name in ["a.txt", "a.html"] {
            let (_, _, article) = import(name, scrap.as_bytes());
            assert!(!matches!(article.markdown.as_str(), ""), "{scrap}");
        }
        let clean = markdown(scrap.as_bytes(), Some(Lang::ZhHans)).markdown;
        assert_eq!(markdown(clean.as_bytes(), Some(Lang::ZhHans)).markdown, clean, "{scrap:?}");
    }
}
