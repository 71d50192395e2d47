//! `qikan fmt`: cleaning as a step of its own.

use super::{Change, Done, diff, put};
use crate::base::{Code, Diagnostic, FileId, Lang, Place, Report, Words, words};
use crate::convert::repair::{self, Repair};
use crate::convert::{clean, script};
use crate::source::Sources;
use std::path::PathBuf;

/// What to clean.
pub struct Fmt {
    pub files: Vec<PathBuf>,
    /// None: by the text itself.
    pub lang: Option<Lang>,
    /// Say what would change, write nothing.
    pub dry_run: bool,
    /// Traditional text that a machine made.
    pub repair: Repair,
}

/// Cleans Markdown files in place. A file that can't be read or written is a finding; the others are still done.
pub fn fmt(request: &Fmt, sources: &mut Sources, report: &mut Report) -> Vec<Change> {
    let ids: Vec<FileId> = request.files.iter().filter_map(|path| sources.load(path, report)).collect();
    ids.into_iter().filter_map(|id| one(request, id, sources, report)).collect()
}

fn one(request: &Fmt, id: FileId, sources: &Sources, report: &mut Report) -> Option<Change> {
    let (text, path) = (sources.text(id), sources.file(id).path.clone());
    let lang = request.lang.unwrap_or_else(|| script::guess(text));
    let edits = clean::edits(text, lang);
    let clean = repaired(request, clean::apply(text, &edits), (id, lang), report);
    let log = edits.iter().map(|edit| line(edit, id, sources)).collect();
    let shown = if request.dry_run { diff(text, &clean, &path) } else { String::new() };
    let mut change = Change { log, diff: shown, done: Done::Unchanged, path };
    if clean != text {
        change.done = if request.dry_run { Done::Would } else { Done::Written };
    }
    if change.done == Done::Written {
        put(&change.path, clean.as_bytes()).map_err(|finding| report.push(*finding)).ok()?;
    }
    Some(change)
}

/// Told, or mended where that is asked for; the people of the front matter are left alone.
fn repaired(request: &Fmt, text: String, (id, lang): (FileId, Lang), report: &mut Report) -> String {
    if request.repair == Repair::Off || !lang.is_traditional() {
        return text;
    }
    let found = repair::find(&text, lang, &repair::people(&text));
    if !found.is_mechanical() {
        return text;
    }
    let told = found.told(&text, request.repair, &|line| line);
    let finding = Diagnostic::new(Code::ConvertRepair, Place::File(id), told);
    if request.repair == Repair::Apply {
        report.push(finding);
        return repair::apply(&text, &found.slips);
    }
    report.push(finding.hint(
        "加 --repair apply 改正这些字；人名不动",
        "mend these characters with --repair apply; names of people are left alone",
    ));
    text
}

/// `12:5 N1 , → ，`
fn line(edit: &clean::Edit, id: FileId, sources: &Sources) -> Words {
    let text = sources.text(id);
    let (line, column) = sources.file(id).line_col(edit.range.start as u32);
    let (_, zh, en) = clean::RULES.iter().find(|(name, ..)| *name == edit.rule).copied().unwrap_or_default();
    let before = clean::shown(&text[edit.range.clone()]);
    let change = format!("{line}:{column} {} {before} → {}", edit.rule, clean::shown(&edit.with));
    words(format!("{change}（{zh}）"), format!("{change} ({en})"))
}
