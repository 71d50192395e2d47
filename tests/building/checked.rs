//! `check`: the formats of its findings, and what `--fix` does.

use super::issue::{ARTICLE, Desk, qikan};
use serde_json::Value;

const SLIPS: &str = "---\n标题：门\n---\n\n＃ 路上\n\n山门在路的尽头［^1］。\n\n[^1]：县志，卷三。\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn json_has_both_languages_places_and_edits() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/02.md", SLIPS);
    let run = qikan(&["check", &desk.at("2026-09"), "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let issue = &json(&run.out)["issues"][0];
    assert_eq!((issue["errors"].as_u64(), issue["notes"].as_u64()), (Some(1), Some(0)));
    let first = &issue["findings"][0];
    assert_eq!(first["code"], "front/syntax");
    assert_eq!(first["at"]["file"], "articles/02.md");
    assert_eq!((first["at"]["start"]["line"].as_u64(), first["at"]["start"]["column"].as_u64()), (Some(2), Some(3)));
    assert_eq!(first["edits"][0]["replacement"], ": ");
    assert_eq!(first["stops_the_build"], true);
    for finding in issue["findings"].as_array().expect("a list") {
        assert!(finding["message"]["zh"].is_string() && finding["message"]["en"].is_string());
    }
}

/// Workflow commands: a property's `:` and `,` and every line end are escaped.
#[test]
fn github_gets_a_line_a_finding() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/01.md", ARTICLE.replace("a.jpg", "b.jpg"));
    let dir = desk.at("2026-09");
    let run = qikan(&["check", &dir, "--format", "github"]);
    assert_eq!(run.code, 1);
    let [line] = run.out.lines().collect::<Vec<_>>()[..] else { panic!("{}", run.out) };
    let head = format!("::error file={dir}/articles/01.md,line=7,endLine=7,col=1,endColumn=");
    assert!(line.starts_with(&head) && line.contains(",title=photo/missing::no such photo: photos/b.jpg%0A"), "{line}");
}

/// SARIF 2.1.0 §3.13.2, §3.19, §3.27.5 (a rule's index), §3.30 (regions from 1), §3.55 (fixes).
#[test]
fn sarif_names_rules_regions_and_fixes() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/02 门.md", SLIPS).sound("2026-10");
    let run = qikan(&["check", &desk.at("2026-09"), &desk.at("2026-10"), "--format", "sarif"]);
    let log = json(&run.out);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(uri.is_ascii() && uri.ends_with("articles/02%20%E9%97%A8.md"), "{uri}");
        assert!(place["region"]["startLine"].as_u64() > Some(0));
    }
    let change = &run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], ": ");
}

#[test]
fn fix_mends_says_what_it_changed_and_has_nothing_to_do_the_second_time() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/02.md", SLIPS);
    let dir = desk.at("2026-09");
    let run = qikan(&["check", &dir, "--fix"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("mended articles/02.md:5\n  - ＃ 路上\n  + # 路上\n"), "{}", run.out);
    let mended = "---\n标题: 门\n---\n\n# 路上\n\n山门在路的尽头[^1]。\n\n[^1]: 县志，卷三。\n";
    assert_eq!(std::fs::read_to_string(desk.at("2026-09/articles/02.md")).expect("reads"), mended);
    let files = desk.files("2026-09");
    let again = qikan(&["check", &dir, "--fix"]);
    assert_eq!((again.code, again.out.as_str()), (0, format!("{dir}: nothing found\n").as_str()));
    assert!(desk.files("2026-09") == files);
}
