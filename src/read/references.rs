//! Links and page references that lead nowhere.
//!
//! In: the issue, its anchors known. Out: a finding for each. Their words are set all the same.

use crate::base::{Code, Diagnostic, Report, Span, words};
use crate::doc::{Article, BlockKind, Inline, Issue};
use crate::source::nearest;

pub fn check(issue: &Issue, report: &mut Report) {
    for (from, article) in issue.articles.iter().enumerate() {
        let mut last = None;
        each_inline(article, &mut |inline| {
            let (target, span, page) = match inline {
                Inline::Text { link: Some(link), span, .. } | Inline::Ruby { link: Some(link), span, .. } => {
                    (link, *span, false)
                }
                Inline::PageRef { target, span, .. } => (target, *span, true),
                _ => return last = None,
            };
            // A link over several runs is one link.
            let again = last.replace(target.clone()).as_ref() == Some(target) && !page;
            if !again && (page || !is_address(target)) && issue.place(from, target).is_none() {
                report.push(nowhere(issue, target, span));
            }
        });
    }
}

/// `https://…`, `mailto:…`: a scheme of more than a drive's letter.
fn is_address(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    target.starts_with("//") || scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || c == '+')
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

fn each_inline<'a>(article: &'a Article, visit: &mut dyn FnMut(&'a Inline)) {
    article.walk(&mut |block| match &block.kind {
        BlockKind::Heading { text, .. } | BlockKind::Para { text } => text.iter().for_each(&mut *visit),
        BlockKind::Figures { figures, .. } => figures.iter().flat_map(|f| &f.caption).for_each(&mut *visit),
        BlockKind::Table(table) => {
            table.caption.iter().chain(table.cells().flat_map(|c| &c.text)).for_each(&mut *visit);
        }
        _ => {}
    });
}
