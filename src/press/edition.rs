//! The editions of an issue: which are built, and what each changed.
//!
//! In: the issue as it was read. Out: one issue an edition, each with its own slug where there are several.

use super::Request;
use crate::base::{Code, Diagnostic, Lang, Place, Report, words};
use crate::convert::edition::edition;
use crate::convert::script::Changes;
use crate::doc::Issue;

/// The issues to lay out; with `--edition` that one alone.
pub fn editions(issue: Issue, request: &Request, report: &mut Report) -> Vec<Issue> {
    let langs = wanted(&issue, request.edition, report);
    let several = issue.magazine.editions.len() > 1;
    if let [only] = langs[..]
        && only == issue.magazine.lang
        && !several
    {
        return vec![issue];
    }
    let make = |lang: &Lang| {
        let (mut made, changes) = edition(&issue, *lang);
        if several {
            made.slug = format!("{}-{}", made.slug, lang.tag());
        }
        told(*lang, &changes).into_iter().for_each(|finding| report.push(finding));
        made
    };
    langs.iter().map(make).collect()
}

fn wanted(issue: &Issue, asked: Option<Lang>, report: &mut Report) -> Vec<Lang> {
    let mut all = issue.magazine.editions.clone();
    all.dedup();
    if all.is_empty() {
        all.push(issue.magazine.lang);
    }
    let Some(lang) = asked else { return all };
    if !all.contains(&lang) {
        let tags: Vec<&str> = all.iter().map(|l| l.tag()).collect();
        let tags = tags.join(", ");
        let message = words(
            format!("issue.toml 里没有 {} 这一版", lang.tag()),
            format!("issue.toml has no edition {}", lang.tag()),
        );
        let finding = Diagnostic::new(Code::ManifestValue, Place::Issue, message);
        report.push(finding.hint(format!("有的是：{tags}"), format!("it has: {tags}")));
    }
    vec![lang]
}

/// What changed by phrase, the words of several characters first: there conversion had to choose.
fn told(lang: Lang, changes: &Changes) -> Option<Diagnostic> {
    let total: usize = changes.values().sum();
    let shown = listed(changes, 24);
    let message = words(
        format!("{} 版改动 {total} 处：{shown}", lang.tag()),
        format!("edition {}: {total} changes: {shown}", lang.tag()),
    );
    (total > 0).then(|| Diagnostic::new(Code::ConvertChanged, Place::Issue, message))
}

/// `以后→以後×3 里面→裡面`, phrases before single characters, the frequent first.
pub fn listed(changes: &Changes, most: usize) -> String {
    let mut rows: Vec<_> = changes.iter().collect();
    rows.sort_by_key(|((from, _), n)| (from.chars().count() < 2, std::cmp::Reverse(**n)));
    let one = |((from, to), n): &(&(String, String), &usize)| match n {
        1 => format!("{from}→{to}"),
        n => format!("{from}→{to}×{n}"),
    };
    let more = if rows.len() > most { " …" } else { "" };
    rows.iter().take(most).map(one).collect::<Vec<_>>().join(" ") + more
}
