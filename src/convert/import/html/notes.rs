//! Notes of a page: a mark that leads to its note, and the note below the text.
//!
//! In: blocks whose runs still link within the page, and where each name stands. Out: blocks with marks of notes, and the
//! notes by the order of their marks. A link within the page that is no such mark is plain text.

use super::super::super::han;
use super::super::raw::{Raw, Run};
use std::collections::{BTreeMap, BTreeSet};

/// Makes notes of what `names` (a name within the page and the block it opens) shows to be one.
pub fn link(raw: &mut Raw, names: &BTreeMap<String, usize>) {
    let mut taken = BTreeSet::new();
    for at in 0..raw.blocks.len() {
        for run in 0..raw.blocks[at].runs.len() {
            let mark = &raw.blocks[at].runs[run];
            let Some(target) = within(mark).and_then(|name| names.get(name)).copied().filter(|t| *t > at) else {
                continue;
            };
            let Some(sign) = sign(&mark.text) else { continue };
            let Some(note) = raw.blocks.get(target).and_then(|b| without_sign(&b.runs, &sign)) else { continue };
            if taken.insert(target) {
                raw.notes.push(note);
                raw.blocks[at].runs[run] = Run::mark(raw.notes.len() - 1);
            }
        }
    }
    let mut at = 0;
    raw.blocks.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    let runs = raw.blocks.iter_mut().flat_map(|b| &mut b.runs).chain(raw.notes.iter_mut().flatten());
    runs.filter(|r| within(r).is_some()).for_each(|r| *r = std::mem::take(r).linked(None));
}

fn within(run: &Run) -> Option<&str> {
    run.link()?.strip_prefix('#')
}

/// `[1]`, `①`, `注2`: the number alone.
fn sign(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| han::is_blank(c) || "[]［］〔〕()（）注".contains(c));
    let number = (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let ring = bare.chars().count() == 1
        && bare.starts_with(|c| matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '*' | '†'));
    (number || ring).then(|| bare.to_string())
}

/// The words of a note that begins with its sign and leads back by it; None where it does not.
fn without_sign(runs: &[Run], wanted: &str) -> Option<Vec<Run>> {
    let mut lead = String::new();
    let opens = runs.iter().position(|run| {
        lead.push_str(&run.text);
        sign(&lead).is_some_and(|s| s == wanted)
    })?;
    runs[..=opens].iter().any(|r| within(r).is_some()).then(|| {
        let mut rest = runs[opens + 1..].to_vec();
        if let Some(first) = rest.first_mut() {
            first.text =
                first.text.trim_start_matches(|c| han::is_blank(c) || matches!(c, '.' | '．' | '、' | '^')).into();
        }
        rest
    })
}
