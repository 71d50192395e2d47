//! The editions of an issue: which are built, and what each changed.
//!
//! In: the issue as it was read. Out: the issue of one edition, with its own slug where there are several.

use super::Request;
use crate::base::{Code, Diagnostic, Lang, Place, Report, words};
use crate::convert::edition::edition;
use crate::convert::script::Changes;
use crate::doc::Issue;

/// The edition to lay out: the one asked for, else the first.
pub fn choose(issue: Issue, request: &Request, report: &mut Report) -> Issue {
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
    made
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
