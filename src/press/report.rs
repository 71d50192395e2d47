//! `<issue>.report.json`: what a build found and made, for archives and for the next program.
//!
//! In: an outcome and its finished files. Out: JSON without a path or a time of this machine: the same input gives the same
//! bytes.

use super::{Made, edition, plan};
use crate::base::Report;
use crate::doc::Issue;
use crate::source::{Sources, render};
use crate::write::{Error, Staged};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn staged(
    out: &Path,
    made: &Made,
    (report, sources): (&Report, &Sources),
    files: &[(PathBuf, Staged)],
) -> Result<(PathBuf, Staged), (PathBuf, Error)> {
    let Made { issue, book, changes, .. } = made;
    let path = out.join(format!("{}.report.json", issue.slug));
    let write = || {
        let files = files.iter().map(|(path, file)| of_file(path, file)).collect::<Result<Vec<_>, Error>>()?;
        let mut whole = render::json::report(report, sources);
        whole["qikan"] = env!("CARGO_PKG_VERSION").into();
        whole["issue"] = issue.full_title().into();
        whole["files"] = files.into();
        whole["credits"] = credits(issue);
        if changes.total() > 0 {
            whole["conversion"] = edition::json(changes);
        }
        whole["plan"] = plan::of(issue, book).json();
        Staged::write(&path, |out| Ok(writeln!(out, "{whole:#}")?))
    };
    match write() {
        Ok(file) => Ok((path, file)),
        Err(error) => Err((path, error)),
    }
}

/// Who worked on each article, those who let it pass among them, and what `[signoff]` still misses.
fn credits(issue: &Issue) -> Value {
    let unsigned = issue.missing_signoff();
    let articles = issue.articles.iter().enumerate().map(|(i, article)| {
        let lacks = unsigned.iter().filter(|u| u.article == i).flat_map(|u| &u.roles);
        let people = article
            .credits
            .iter()
            .map(|credit| json!({ "role": credit.entry.map(|e| e.key), "label": credit.label, "names": credit.names }));
        json!({
            "article": article.id,
            "people": people.collect::<Vec<_>>(),
            "unsigned": lacks.map(|role| role.key).collect::<Vec<_>>(),
        })
    });
    articles.collect()
}

fn of_file(path: &Path, file: &Staged) -> Result<Value, Error> {
    let (bytes, hash) = file.sha256()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(json!({ "name": name, "bytes": bytes, "sha256": hash }))
}
