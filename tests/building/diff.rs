//! `diff`: what changed between two states of an issue, whatever flowed elsewhere.

use super::issue::{Desk, jpeg, names, qikan};

/// A paragraph that fills some lines.
fn paragraph(n: usize) -> String {
    format!("第{n}段说的是路上的事。{}\n\n", "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了。".repeat(6))
}

fn two_states(desk: &Desk, change: impl Fn(&str) -> String) {
    let text: String = (1..40).map(paragraph).collect();
    let article = |text: &str| format!("---\ntitle: 门\n---\n\n{text}![山门](photos/a.jpg \"雪后。\")\n");
    for (dir, text) in [("old", text.clone()), ("new", change(&text))] {
        desk.sound(dir).put(&format!("{dir}/articles/01.md"), article(&text));
    }
}

fn diff(desk: &Desk) -> super::issue::Run {
    qikan(&["diff", &desk.at("old"), &desk.at("new")])
}

#[test]
fn nothing_changed() {
    let desk = Desk::new();
    two_states(&desk, str::to_string);
    let run = diff(&desk);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "nothing changed\n", ""));
}

/// Words put in near the beginning move every line after them; they alone are a change.
#[test]
fn what_only_flowed_elsewhere_is_no_change() {
    let desk = Desk::new();
    two_states(&desk, |text| {
        text.replace("第2段说的是路上的事。", "第2段说的是路上的事，守门的人听了三遍才听懂，笑着摆手让我们进去。")
            .replace("第30段说的是", "第30段讲的是")
    });
    let run = diff(&desk);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("  + ，守门的人听了三遍才听懂，笑着摆手让我们进去\n"), "{}", run.out);
    assert!(run.out.contains("  - 说\n  + 讲\n"), "{}", run.out);
    assert!(run.out.contains("2 changes\n"), "{}", run.out);
    let first = run.out.lines().next().expect("a place");
    assert!(first.starts_with("page 1, column 1, line ") || first.starts_with("page 2, column 1, line "), "{first}");
    let files = desk.files("new/out/diff");
    assert_eq!(names(&files).len(), 2, "each change on its pages: {:?}", names(&files));
}

/// A paragraph put elsewhere is told once, from where to where; of one that was mended there too, the words alone.
#[test]
fn what_was_moved_is_neither_gone_nor_new() {
    let desk = Desk::new();
    two_states(&desk, |text| {
        let (five, nine) = (paragraph(5), paragraph(9));
        let mended = nine.replace("路上的事。", "路上的事情。");
        let end = paragraph(30);
        text.replace(&five, "").replace(&nine, "").replace(&end, &format!("{end}{five}{mended}"))
    });
    let run = diff(&desk);
    assert_eq!(run.out.matches("  moved 第5段").count(), 1, "{}", run.out);
    assert!(
        run.out.contains("  - 路上\n  + 渡口\n") && run.out.ends_with("diff/\n") || run.out.contains("2 changes\n"),
        "{}",
        run.out
    );
}

#[test]
fn photos_and_pages_that_changed_are_told() {
    let desk = Desk::new();
    two_states(&desk, |text| text.repeat(4));
    desk.put("new/photos/a.jpg", jpeg(90, 60));
    let run = diff(&desk);
    assert!(run.out.contains("photo photos/a.jpg: ") && run.out.contains("pages 《门》: "), "{}", run.out);
    assert!(run.out.contains("pages in all "), "{}", run.out);
}

#[test]
fn one_directory_twice_is_refused() {
    let desk = Desk::new();
    desk.sound("old");
    let run = qikan(&["diff", &desk.at("old"), &format!("{}/.", desk.at("old"))]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("the same directory"), "{}", run.err);
}
