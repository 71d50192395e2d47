//! The editions of an issue: which are built, and what each changed.
//!
//! In: the issue as it was read. Out: the issue of one edition, with its own slug where there are several, and its changes.

use super::Request;
use crate::base::{Code, Diagnostic, Lang, Place, Report, Words, words};
use crate::convert::edition::edition;
use crate::convert::script::{Changes, has_several_forms};
use crate::doc::Issue;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The edition to lay out: the one asked for, else the first.
pub fn choose(issue: Issue, request: &Request, report: &mut Report) -> (Issue, Changes) {
    let editions = issue.magazine.editions.clone();
    let lang = request.edition.or(editions.first().copied()).unwrap_or(issue.magazine.lang);
    if request.edition.is_some() && !editions.contains(&lang) && lang != issue.magazine.lang {
        report.push(unknown(lang, &issue));
    }
    let (mut made, changes) = edition(&issue, lang);
    if editions.len() > 1 {
        made.slug = format!("{}-{}", made.slug, lang.tag());
    }
    told(lang, &changes).into_iter().for_each(|finding| report.push(finding));
    (made, changes)
}

/// The editions that are built after the first.
pub fn others(issue: &Issue, request: &Request) -> Vec<Lang> {
    let rest = issue.magazine.editions.iter().skip(1).copied();
    if request.edition.is_some() { vec![] } else { rest.collect() }
}

fn unknown(lang: Lang, issue: &Issue) -> Diagnostic {
    let tags: Vec<&str> = issue.magazine.editions.iter().map(|l| l.tag()).collect();
    let tags = tags.join(", ");
    let message =
        words(format!("issue.toml 里没有 {} 这一版", lang.tag()), format!("issue.toml has no edition {}", lang.tag()));
    Diagnostic::new(Code::ManifestValue, Place::Issue, message)
        .hint(format!("有的是：{tags}"), format!("it has: {tags}"))
}

fn told(lang: Lang, changes: &Changes) -> Option<Diagnostic> {
    let what = words(format!("{} 版", lang.tag()), format!("edition {}: ", lang.tag()));
    (changes.total() > 0).then(|| changed(what, changes, 24, Place::Issue))
}

/// What was converted; a build's report has all of it.
pub fn changed(what: Words, changes: &Changes, most: usize, at: Place) -> Diagnostic {
    let (total, shown) = (changes.total(), phrases(changes, most));
    let mut message =
        words(format!("{}改动 {total} 处：{shown}", what.zh), format!("{}{total} changes: {shown}", what.en));
    if !changes.doubts.is_empty() {
        let (count, shown) = (changes.doubts.values().sum::<usize>(), listed(changes.doubts.iter().collect(), most));
        message.zh += &format!("；没有词可依的单字 {count} 处，请看一遍：{shown}");
        message.en += &format!("; {count} characters that no word settled, to be looked at: {shown}");
    }
    Diagnostic::new(Code::ConvertChanged, at, message)
}

/// What conversion had to choose first: words with a character of several forms; then words before single characters.
fn phrases(changes: &Changes, most: usize) -> String {
    let mut rows: Vec<_> = changes.phrases.iter().collect();
    rows.sort_by_key(|((from, _), n)| {
        (!from.contains(has_several_forms), from.chars().count() < 2, std::cmp::Reverse(**n))
    });
    listed(rows, most)
}

/// `以后→以後×3 里面→裡面`
fn listed(rows: Vec<(&(String, String), &usize)>, most: usize) -> String {
    let one = |((from, to), n): &(&(String, String), &usize)| match n {
        1 => format!("{from}→{to}"),
        n => format!("{from}→{to}×{n}"),
    };
    let more = if rows.len() > most { " …" } else { "" };
    rows.iter().take(most).map(one).collect::<Vec<_>>().join(" ") + more
}

/// All that changed, for the report.
pub fn json(changes: &Changes) -> Value {
    let rows = |rows: &BTreeMap<(String, String), usize>| -> Value {
        rows.iter().map(|((from, to), n)| json!({ "from": from, "to": to, "times": n })).collect()
    };
    json!({ "phrases": rows(&changes.phrases), "doubts": rows(&changes.doubts) })
}
