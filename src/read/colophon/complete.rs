//! The colophon is completed: people of the articles by role, identity from `[magazine]` and `[issue]`, corrections.
//!
//! In: an issue with the lines as written. Out: the lines as printed. Only a colophon that is there is completed;
//! corrections are printed in any case.

use crate::base::{Date, Lang};
use crate::doc::{ColophonLine, Entry, Erratum, Issue};

pub fn complete(issue: &mut Issue) {
    if !issue.colophon.is_empty() {
        fill(issue);
    }
    let label = if issue.lang() == Lang::En { "Corrections" } else { "更正" };
    let values = issue.errata.iter().map(Erratum::line).collect();
    let corrections =
        |first: &Erratum| ColophonLine { entry: None, label: label.into(), values, listed: true, span: first.span };
    let corrections = issue.errata.first().map(corrections);
    issue.colophon.extend(corrections);
}

fn fill(issue: &mut Issue) {
    for role in issue.colophon_page.aggregate.clone() {
        let names = people(issue, role);
        gather(issue, role, names);
    }
    for (key, value) in identity(issue) {
        let entry = Entry::of(key);
        if !issue.colophon.iter().any(|line| line.entry == Some(entry)) {
            insert(issue, entry, vec![value]);
        }
    }
    issue.colophon.extend(revision(issue));
}

/// `修订　第2版，2026年10月1日`.
fn revision(issue: &Issue) -> Option<ColophonLine> {
    let (n, lang) = (&issue.number, issue.lang());
    let day = n.revised.map(|date| written(date, lang));
    let (label, comma) = match lang {
        Lang::En => ("Revised", ", "),
        lang if lang.is_traditional() => ("修訂", "，"),
        _ => ("修订", "，"),
    };
    let parts: Vec<String> = [n.revision.clone(), day].into_iter().flatten().collect();
    let line = ColophonLine { label: label.to_string(), values: vec![parts.join(comma)], ..ColophonLine::default() };
    (!parts.is_empty()).then_some(line)
}

/// Everyone who has the role in an article, in credits or on the byline, in the order they first appear.
fn people(issue: &Issue, role: &'static Entry) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for article in &issue.articles {
        let has_role = |written: &Option<String>| written.as_deref().and_then(Entry::find) == Some(role);
        let on_byline = article.authors.iter().filter(|a| has_role(&a.role)).map(|a| a.name.as_str());
        for name in on_byline.chain(article.credited(role)) {
            if !names.iter().any(|n| n == name) {
                names.push(name.to_string());
            }
        }
    }
    names
}

/// The manifest's people stand first; the line keeps the label it was given.
fn gather(issue: &mut Issue, role: &'static Entry, names: Vec<String>) {
    let lines = &mut issue.colophon;
    let named = |lines: &[ColophonLine], name: &String| {
        lines.iter().filter(|l| l.entry == Some(role)).any(|l| l.values.contains(name))
    };
    let names: Vec<String> = names.into_iter().filter(|name| !named(lines, name)).collect();
    match lines.iter_mut().find(|line| line.entry == Some(role)) {
        Some(line) => line.values.extend(names),
        None if names.is_empty() => {}
        None => insert(issue, role, names),
    }
}

/// A line of its own before the first that usually stands after it.
fn insert(issue: &mut Issue, entry: &'static Entry, values: Vec<String>) {
    let after = |line: &ColophonLine| line.entry.is_some_and(|e| e.rank() > entry.rank());
    let at = issue.colophon.iter().position(after).unwrap_or(issue.colophon.len());
    let label = entry.label(issue.lang()).to_string();
    issue.colophon.insert(at, ColophonLine { entry: Some(entry), label, values, ..ColophonLine::default() });
}

/// What the tables of identity say, by the colophon's keys.
fn identity(issue: &Issue) -> Vec<(&'static str, String)> {
    let (m, n, lang) = (&issue.magazine, &issue.number, issue.lang());
    let year = m.founded.map(|y| if lang == Lang::En { y.to_string() } else { format!("{y}年") });
    let values = [
        ("publisher", m.publisher.clone()),
        ("cn", m.cn.clone()),
        ("issn", m.issn.as_ref().map(|issn| format!("ISSN {issn}"))),
        ("postal_code", m.postal_code.clone()),
        ("foreign_code", m.foreign_code.clone()),
        ("price", n.price.clone()),
        ("founded", year),
        ("frequency", m.frequency.map(|f| f.name(lang).to_string())),
        ("date", n.date.map(|date| written(date, lang))),
        ("submission_email", m.email.clone()),
        ("website", m.website.clone()),
        ("copyright", m.rights.clone()),
        ("picture_licences", picture_licences(issue)),
    ];
    values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

/// `CC BY 4.0（赵蓉、方宁）；CC0`: who gave pictures under a licence that asks to be named.
fn picture_licences(issue: &Issue) -> Option<String> {
    let (comma, semicolon, marks) = match issue.lang() {
        Lang::En => (", ", "; ", [" (", ")"]),
        _ => ("、", "；", ["（", "）"]),
    };
    let one = |(licence, makers): (&str, Vec<String>)| match makers.is_empty() {
        true => licence.to_string(),
        false => [licence, marks[0], &makers.join(comma), marks[1]].concat(),
    };
    let all: Vec<String> = issue.licences().into_iter().map(one).collect();
    (!all.is_empty()).then(|| all.join(semicolon))
}

/// 2026年9月15日: no leading zeros (GB/T 15835).
fn written(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        _ => format!("{}年{}月{}日", date.year, date.month, date.day),
    }
}
