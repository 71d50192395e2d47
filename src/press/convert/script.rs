//! `qikan convert`: one file from one Chinese language into another.

use super::{Change, Done, diff, put};
use crate::base::{FileId, Lang, Place, Report, words};
use crate::convert::script::{Changes, Converter, Options, guess};
use crate::source::Sources;
use std::path::{Path, PathBuf};

/// What to convert and into what.
pub struct Convert {
    pub files: Vec<PathBuf>,
    pub to: Lang,
    /// None: by the text itself.
    pub from: Option<Lang>,
    pub options: Options,
    /// None: beside each file, with the language in its name.
    pub out: Option<PathBuf>,
    pub dry_run: bool,
}

/// Converts Markdown and plain text. Sources are never overwritten.
pub fn convert(request: &Convert, sources: &mut Sources, report: &mut Report) -> Vec<Change> {
    let ids: Vec<FileId> = request.files.iter().filter_map(|path| sources.load(path, report)).collect();
    ids.into_iter().filter_map(|id| one(request, id, sources, report)).collect()
}

fn one(request: &Convert, id: FileId, sources: &Sources, report: &mut Report) -> Option<Change> {
    let (text, path) = (sources.text(id), sources.file(id).path.clone());
    let from = request.from.unwrap_or_else(|| guess(text));
    let mut changes = Changes::default();
    let converter = Converter::new(from, request.to, &request.options);
    let made: String = lines(text)
        .map(|(line, is_text)| if is_text { converter.text(line, &mut changes) } else { line.into() })
        .collect();
    let target = target(request, &path);
    let what = format!("{} → {}", from.tag(), request.to.tag());
    let what = words(format!("{what}："), format!("{what}: "));
    report.push(super::super::edition::changed(what, &changes, 200, Place::File(id)));
    let change = |done| Change { path: target.clone(), log: vec![], diff: String::new(), done };
    if request.dry_run {
        // Where every line differs, finding what differs takes far longer than converting.
        return Some(Change { diff: diff(text, &made, &target), ..change(Done::Would) });
    }
    if std::fs::read(&target).is_ok_and(|old| old == made.as_bytes()) {
        return Some(change(Done::Unchanged));
    }
    put(&target, made.as_bytes()).map_err(|finding| report.push(*finding)).ok()?;
    Some(change(Done::Written))
}

/// `a.md` → `a.zh-Hant.md`, or the same name in another directory.
fn target(request: &Convert, path: &Path) -> PathBuf {
    match &request.out {
        Some(out) => out.join(path.file_name().unwrap_or_default()),
        None => {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let extension = path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
            path.with_file_name(format!("{stem}.{}{extension}", request.to.tag()))
        }
    }
}

/// Lines with whether they are text: fenced code is not.
fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut code = false;
    text.split_inclusive('\n').map(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        (line, !code && !fence)
    })
}
