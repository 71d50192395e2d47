//! Links and page references that lead nowhere or can't be followed.
//!
//! In: the issue, its anchors known. Out: a finding for each. Their words are set all the same.

use crate::base::{Code, Diagnostic, Report, Span, words};
use crate::doc::{Inline, Issue, address};
use crate::source::nearest;

pub fn check(issue: &Issue, report: &mut Report) {
    for (from, article) in issue.articles.iter().enumerate() {
        let mut last: Option<Link> = None;
        article.walk(&mut |block| {
            for inline in block.texts().into_iter().flatten() {
                match (link(inline), &mut last) {
                    // A link over several runs is one link.
                    (Some(next), Some(last)) if last.target == next.target && !last.page && !next.page => {
                        last.named |= next.named;
                    }
                    (next, last) => {
                        std::mem::replace(last, next).iter().for_each(|link| judge(issue, from, link, report));
                    }
                }
            }
        });
        last.iter().for_each(|link| judge(issue, from, link, report));
    }
}

fn link(inline: &Inline) -> Option<Link<'_>> {
    match inline {
        Inline::Text { text, link: Some(target), span, .. } => {
            Some(Link { target, span: *span, named: !text.trim().is_empty(), page: false })
        }
        Inline::Ruby { link: Some(target), span, .. } => Some(Link { target, span: *span, named: true, page: false }),
        Inline::PageRef { target, span, .. } => Some(Link { target, span: *span, named: true, page: true }),
        _ => None,
    }
}

struct Link<'a> {
    target: &'a str,
    span: Span,
    /// Whether it has words.
    named: bool,
    /// A page reference: its words are made.
    page: bool,
}

fn judge(issue: &Issue, from: usize, link: &Link, report: &mut Report) {
    let lost = match !link.page && is_address(link.target) {
        true if address(link.target).is_none() => Some(unsound(link)),
        true => None,
        false => issue.place(from, link.target).is_none().then(|| nowhere(issue, link.target, link.span)),
    };
    report.findings.extend(lost);
    if !link.named {
        let target = link.target;
        let message =
            words(format!("链接 {target} 没有文字，点不到"), format!("the link {target} has no words to click"));
        report.push(
            Diagnostic::at(Code::MarkdownLink, link.span, message)
                .hint("在方括号里写上链接的文字", "write the link's words in the brackets"),
        );
    }
}

/// `https://…`, `mailto:…`: a scheme of more than a drive's letter.
fn is_address(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    target.starts_with("//") || scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+')
}

/// An address that EPUBCheck would refuse: no reading system could open it.
fn unsound(link: &Link) -> Diagnostic {
    let target = link.target;
    let message =
        words(format!("网址 {target} 写得不对，不做链接"), format!("the address {target} is not sound and no link"));
    Diagnostic::at(Code::MarkdownLink, link.span, message).hint(
        "写全：https://example.org/… 或 mailto:name@example.org",
        "write it whole: https://example.org/… or mailto:name@example.org",
    )
}

fn nowhere(issue: &Issue, target: &str, span: Span) -> Diagnostic {
    let message = words(format!("链接 {target} 没有着落"), format!("the link {target} leads nowhere"));
    let finding = Diagnostic::at(Code::MarkdownLink, span, message);
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let ids = issue.articles.iter().map(|a| a.id.as_str());
    let anchors = issue.articles.iter().flat_map(|a| a.anchors.keys()).map(String::as_str);
    let near = if anchor.is_empty() { nearest(path.trim_end_matches(".md"), ids) } else { nearest(anchor, anchors) };
    match near {
        Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        None => match meant_address(target) {
            Some(whole) => finding.hint(format!("写全：{whole}"), format!("write it whole: {whole}")),
            None => finding.hint(
                "指向文章写 02.md，指向其中一处写 02.md#id，并在那里标上 {#id}",
                "write 02.md for an article, 02.md#id for a place in it that is marked {#id}",
            ),
        },
    }
}

/// `example.org/a` and `：https://example.org`: an address without its scheme, or with something before it.
fn meant_address(target: &str) -> Option<String> {
    if let Some(at) = target.find("https://").or_else(|| target.find("http://")) {
        return Some(target[at..].to_string());
    }
    let host = target.split(['/', '?', '#']).next().unwrap_or_default();
    let (_, top) = host.rsplit_once('.')?;
    let is_file = ["md", "html", "htm", "txt", "pdf", "jpg", "png"].contains(&top);
    let is_host = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')) && top.len() >= 2;
    (is_host && !is_file && top.chars().all(|c| c.is_ascii_alphabetic())).then(|| format!("https://{target}"))
}
