//! What the commands promise beside the files' content.

use super::issue::{ARTICLE, Desk, names, qikan};

#[test]
fn a_new_issue_builds_at_once() {
    let desk = Desk::new();
    let dir = desk.at("2026-10");
    let run = qikan(&["new", &dir]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(names(&desk.files("2026-10")), ["articles/01-kaishi.md", "issue.toml", "photos/README.txt"]);
    assert!(run.out.contains("01-kaishi.md") && run.out.contains("qikan build"), "{}", run.out);
    let run = qikan(&["build", &dir]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.err, "", "nothing to find fault with");
    let files = desk.files("2026-10/out");
    let suffixes: Vec<&str> = names(&files).iter().map(|n| n.split_once('.').expect("a suffix").1).collect();
    assert_eq!(suffixes, ["epub", "print.pdf", "report.json", "screen.pdf"]);
    for name in names(&files) {
        assert!(run.out.contains(name), "{name} is listed:\n{}", run.out);
    }
}

#[test]
fn new_overwrites_nothing() {
    let desk = Desk::new();
    desk.put("2026-10/notes.txt", "mine");
    let before = desk.files("2026-10");
    let run = qikan(&["new", &desk.at("2026-10")]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("2026-10"), "{}", run.err);
    assert!(desk.files("2026-10") == before);
}

#[test]
fn check_writes_nothing_and_says_what_build_says() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/shanxing-2026-09");
    let before = super::issue::files(sample.as_ref());
    let run = qikan(&["check", sample]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(super::issue::files(sample.as_ref()) == before);

    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/01.md", ARTICLE.replace("a.jpg", "b.jpg"));
    let before = desk.files("2026-09");
    let run = qikan(&["check", &desk.at("2026-09")]);
    assert_eq!(run.code, 1);
    assert!(desk.files("2026-09") == before);
    let built = qikan(&["build", &desk.at("2026-09")]);
    let finding = |said: &str| said.split("\n\n").next().expect("a finding").to_string();
    assert_eq!(finding(&run.out), finding(&built.err));
}

#[test]
fn only_writes_that_alone() {
    let desk = Desk::new();
    desk.sound("2026-09");
    for (only, expected) in [
        ("print", vec!["2026-09.print.pdf", "2026-09.report.json"]),
        ("screen,epub", vec!["2026-09.epub", "2026-09.report.json", "2026-09.screen.pdf"]),
    ] {
        let out = desk.at(only);
        let run = qikan(&["build", &desk.at("2026-09"), "--only", only, "-o", &out]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(names(&desk.files(only)), expected);
    }
}

/// A warning, here of a photo without alternative text, is let pass unless `--strict`.
#[test]
fn strict_takes_a_warning_for_an_error() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/01.md", "# 门\n\n山门。\n\n![](photos/a.jpg \"雪后\")\n");
    let build = |more: &[&str]| qikan(&[&["build", &desk.at("2026-09"), "--only", "print"], more].concat());
    let run = build(&["--strict"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("warning[photo/no-alt]"), "{}", run.err);
    assert!(names(&desk.files("2026-09/out")).is_empty());
    assert_eq!(qikan(&["check", &desk.at("2026-09"), "--strict"]).code, 1);
    assert_eq!(build(&[]).code, 0);
    assert_eq!(names(&desk.files("2026-09/out")), ["2026-09.print.pdf", "2026-09.report.json"]);
}

#[test]
fn several_issues_go_each_into_its_own_directory() {
    let desk = Desk::new();
    desk.sound("2026-08").sound("2026-09").put("2026-10/articles/01.md", "---\ntitle: 门\n");
    let dirs = ["2026-08", "2026-09", "2026-10"].map(|d| desk.at(d));
    let run = qikan(&["build", &dirs[0], &dirs[1], &dirs[2], "-o", &desk.at("dist"), "--only", "epub"]);
    assert_eq!(run.code, 1, "one of them is bad: {}", run.err);
    let files = desk.files("dist");
    let epubs: Vec<&str> = names(&files).into_iter().filter(|name| name.ends_with(".epub")).collect();
    assert_eq!(epubs, ["2026-08/2026-08-2026-09.epub", "2026-09/2026-09.epub"]);
    let (dir, place) = run.err.split_once("front/syntax").expect("the finding");
    assert!(dir.starts_with(&format!("{}:\n", dirs[2])), "which of them is said: {}", run.err);
    assert!(place.contains("--> articles/01.md:1:"), "{}", run.err);
}

/// Two directories of one name would write over each other below `-o`.
#[test]
fn issues_that_would_share_an_output_directory_are_refused() {
    let desk = Desk::new();
    desk.sound("a/2026-09").sound("b/2026-09");
    let (a, b) = (desk.at("a/2026-09"), desk.at("b/2026-09"));
    let run = qikan(&["build", &a, &b, "-o", &desk.at("dist"), "--only", "epub"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains(&a) && run.err.contains(&b), "{}", run.err);
    assert!(!std::fs::exists(desk.at("dist")).expect("asks"));
    assert_eq!(qikan(&["build", &a, &b, "--only", "epub"]).code, 0, "each has its own out/");
    assert_eq!(qikan(&["build", &a, &format!("{a}/."), "--only", "epub"]).code, 2, "one issue twice");
}

#[test]
fn no_progress_where_nobody_watches() {
    let desk = Desk::new();
    desk.sound("2026-09");
    let run = qikan(&["build", &desk.at("2026-09")]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(!run.out.contains(['\r', '\x1b']), "{:?}", run.out);
}

#[test]
fn a_code_is_explained_and_a_slip_corrected() {
    let known = qikan(&["--ui-lang", "en", "explain", "photo/missing"]);
    assert_eq!(known.code, 0);
    assert!(known.out.starts_with("photo/missing — error"), "{}", known.out);
    let slip = qikan(&["--ui-lang", "en", "explain", "photo/mising"]);
    assert_eq!(slip.code, 2);
    assert!(slip.err.contains("did you mean photo/missing"), "{}", slip.err);
}

/// What `debug paragraph` answers to a text.
fn debugged(flags: &[&str], text: &str) -> std::process::Output {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_qikan"))
        .args(["--ui-lang", "en", "debug", "paragraph", "--mock-font"])
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // A flag that isn't known ends it before it reads.
    let _ = child.stdin.take().expect("piped").write_all(text.as_bytes());
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_paragraph_is_debugged_from_standard_input() {
    let out = debugged(&["--measure", "6em"], "\u{feff}天地玄黄宇宙，洪荒日月\r\n");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    // R8, clreq 先挤进，后推出: the comma can't be pulled in, so one Han is pushed out and the line opened by 1 em.
    let lines: Vec<&str> = json["lines"].as_array().expect("lines").iter().filter_map(|l| l["text"].as_str()).collect();
    assert_eq!(lines, ["天地玄黄宇", "宙，洪荒日月"]);
    assert_eq!(json["lines"][0]["adjust"], 1.0);
    let nothing = debugged(&["--measure", "6em"], "\n");
    assert!(nothing.status.success() && String::from_utf8_lossy(&nothing.stdout).contains("\"lines\": []"));
}

#[test]
fn debug_paragraph_says_what_it_does_not_know() {
    for (flags, text, said) in [
        (["--level", "loose"], "天", "--level loose: not known; known: none | basic | gb | strict"),
        (["--style", "x"], "天", "--style x: not known; known: fixed | fixed+brackets"),
        (["--lang", "xx"], "天", "--lang xx: not known; known: zh-Hans"),
        (["--measure", "0em"], "天", "--measure 0em: not known"),
        (["--indent", "-1"], "天", "unexpected argument"),
        (["--direction", "up"], "天", "invalid value 'up'"),
        (["--measure", "6em"], "天\n\n地", "one paragraph at a time"),
    ] {
        let out = debugged(&flags, text);
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && out.stdout.is_empty() && err.contains(said), "{flags:?} {err}");
    }
}

#[test]
fn the_next_number_takes_the_standing_matter_and_builds_at_once() {
    let desk = Desk::new();
    desk.put("magazine.toml", "[magazine]\ntitle = \"山行\"\nfrequency = \"月刊\"\n");
    let manifest =
        "[issue]\nyear = 2026\nnumber = \"11-12\"\ndate = 2026-11-01\ntheme = \"山\"\n[colophon]\n主编 = \"林远\"\n";
    desk.put("2026-11/issue.toml", manifest).put("2026-11/articles/01.md", ARTICLE.replace("![", "[!"));
    desk.put("2026-11/theme.toml", "base = \"jikan\"\n");
    let run = qikan(&["new", &desk.at("2027-01"), "--from", &desk.at("2026-11")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        names(&desk.files("2027-01")),
        ["articles/01-kaishi.md", "issue.toml", "photos/README.txt", "theme.toml"],
        "the magazine's matter stands above both"
    );
    let text = std::fs::read_to_string(desk.at("2027-01/issue.toml")).expect("was made");
    let expected =
        "[issue]\nyear = 2027\nnumber = 1\ndate = 2027-01-01\n# theme = \"山\"\n[colophon]\n主编 = \"林远\"\n";
    assert_eq!(text, expected);
    let run = qikan(&["check", &desk.at("2027-01")]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);

    let apart = Desk::new();
    let run = qikan(&["new", &apart.at("x"), "--from", &desk.at("2026-11"), "--combined", "--theme", "wenyi"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(names(&apart.files("x")).contains(&"magazine.toml"), "elsewhere it goes along");
    let text = std::fs::read_to_string(apart.at("x/issue.toml")).expect("was made");
    assert!(text.starts_with("theme = \"wenyi\"\n") && text.contains("number = \"1-2\""), "{text}");

    let run = qikan(&["new", &apart.at("z"), "--theme", "zhi"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = std::fs::read_to_string(apart.at("z/issue.toml")).expect("was made");
    let said = |key: &str| text.lines().filter(|line| line.contains(key)).map(str::to_string).collect::<Vec<_>>();
    assert_eq!(said("theme = \"")[0], "theme = \"zhi\"", "in the place of the line that was struck out");
    assert!(text.contains("\n[page]\n") && said("writing = ")[0].starts_with("writing = \"vertical\""), "{text}");

    for (arguments, said) in
        [(["--from", desk.at("magazine.toml").as_str()], "issue.toml"), (["--theme", "shna"], "shan")]
    {
        let run = qikan(&[&["new", &apart.at("y")][..], &arguments].concat());
        assert!(run.code == 2 && run.err.contains(said), "{}", run.err);
        assert!(!std::path::Path::new(&apart.at("y")).exists(), "nothing was made");
    }
}

/// The report names every final file with its size and hash, every page of the flat plan and every finding.
#[test]
fn a_build_leaves_its_report() {
    let desk = Desk::new();
    let front = "title: 门\npages: 1\n责任编辑: 李苇\n送签: 甲";
    desk.sound("2026-09").put("2026-09/articles/01.md", ARTICLE.replace("title: 门", front));
    let manifest = [super::issue::MANIFEST, "[signoff]\nrequire = [\"送签\", \"签发\"]\n"].concat();
    desk.put("2026-09/issue.toml", manifest);
    assert_eq!(qikan(&["build", &desk.at("2026-09"), "--only", "print,epub"]).code, 0);
    let files = desk.files("2026-09/out");
    let bytes = &files[std::path::Path::new("2026-09.report.json")];
    let report: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    let people = &report["credits"][0]["people"];
    assert_eq!((&people[0]["role"], &people[1]["names"][0]), (&"editor".into(), &"甲".into()));
    assert_eq!(report["credits"][0]["unsigned"], serde_json::json!(["approved_by"]));
    let listed: Vec<(&str, usize)> = report["files"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|file| {
            assert_eq!(file["sha256"].as_str().map(str::len), Some(64));
            (file["name"].as_str().expect("a name"), file["bytes"].as_u64().expect("a size") as usize)
        })
        .collect();
    let size = |name: &str| files[std::path::Path::new(name)].len();
    assert_eq!(listed, [("2026-09.print.pdf", size("2026-09.print.pdf")), ("2026-09.epub", size("2026-09.epub"))]);
    let plan = &report["plan"];
    assert_eq!((plan["pages"].as_array().map(Vec::len), plan["pages"][0]["label"].as_str()), (Some(8), Some("封面")));
    assert_eq!(
        (plan["articles"][0]["wanted_pages"].as_u64(), plan["articles"][0]["photos"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(plan["articles"][0]["characters"].as_u64(), Some(1 + 8 + 6));
    assert!(plan["articles"][0]["over_lines"].as_i64() < Some(0), "{plan}");
    assert_eq!(report["findings"][0]["code"], "layout/copyfit");
}

/// 版位表: pages, articles, and how much an article is over or under.
#[test]
fn the_flat_plan_says_where_everything_stands() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/02.md", "---\ntitle: 碑\nstatus: hold\n---\n碑。\n");
    let run = qikan(&["plan", &desk.at("2026-09")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let line = |start: &str| run.out.lines().find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("{}", run.out));
    assert!(line("1 ").contains("门") && line("2 ").contains("(blank)"), "{}", run.out);
    assert!(run.out.contains("1 articles, 15 characters, 8 pages") && run.out.contains("on hold: "), "{}", run.out);
}

#[test]
fn faces_are_listed_with_what_an_issue_takes_from_them() {
    let desk = Desk::new();
    desk.sound("2026-09").put("2026-09/articles/02.md", "# 碑\n\n碑上有\u{13000}字。\n");
    let run = qikan(&["fonts", &desk.at("2026-09")]);
    assert_eq!(run.code, 1, "a character that no face has");
    assert!(run.out.contains("NotoSerifCJKsc-Regular") && run.out.contains("text/missing-glyph"), "{}", run.out);
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = qikan(&["completions", shell]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.contains("proof") && run.out.contains("ui-lang"), "{shell}");
    }
}
