//! The rules on lines of their own: what each must change and what it must not.

use super::{apply, edits};
use crate::base::Lang;

fn cleaned(text: &str, lang: Lang) -> String {
    let once = apply(text, &edits(text, lang));
    assert_eq!(edits(&once, lang), [], "cleaning a clean text: {once}");
    once
}

/// Rule, manuscript, clean: the dangers of design stand beside the rules.
#[test]
fn every_rule_and_its_dangers() {
    let cases = include_str!("../../../tests/import/clean.tsv");
    for line in cases.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let [rule, lang, before, after] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let unescape = |text: &str| text.replace("\\n", "\n").replace("\\z", "\u{200b}").replace("\\s", "\u{a0}");
        let lang: Lang = lang.parse().expect("a language");
        assert_eq!(cleaned(&unescape(before), lang), unescape(after), "{rule}: {before}");
    }
}

#[test]
fn each_edit_names_its_rule_and_place() {
    let text = "甲,乙 ，丙";
    let found = edits(text, Lang::ZhHans);
    let shown: Vec<_> = found.iter().map(|e| (e.rule, &text[e.range.clone()], e.with.as_str())).collect();
    assert_eq!(shown, [("N1", ",", "，"), ("N18", " ", "")]);
}

#[test]
fn private_use_characters_are_named_by_their_encoding() {
    assert_eq!(super::forms::private_use('\u{E81E}', Lang::ZhHans), Some('\u{9FB4}'));
    assert_eq!(super::forms::private_use('\u{E863}', Lang::ZhHans), Some('\u{4DAE}'));
    assert_eq!(super::forms::private_use('\u{E7C7}', Lang::ZhHans), Some('\u{1E3F}'));
    assert_eq!(super::forms::private_use('\u{E78D}', Lang::ZhHans), Some('，'));
    assert_eq!(super::forms::private_use('\u{F8F0}', Lang::ZhHans), None);
}
