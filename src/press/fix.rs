//! `check --fix`: the edits that findings carry, and the rules of cleaning, made in the files.
//!
//! In: an issue directory. Out: changed files, each replaced whole, and what was changed. A second run changes nothing.

use super::Request;
use super::convert::typing;
use crate::base::{Date, Edit, FileId, Report};
use crate::read::{self, Shelf};
use crate::source::Sources;
use crate::write::{Error, Staged};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Lines that were changed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As the issue calls it.
    pub file: String,
    /// The number of the first line, after the change.
    pub line: usize,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// One mended line may show another slip: so many times an issue is read again. Edits that undo each other end there.
const ROUNDS: usize = 16;

/// Mends what is safe. An error comes with the file that could not be written; files before it are mended.
pub fn fix(request: &Request) -> Result<Vec<Change>, (PathBuf, Error)> {
    let mut first: BTreeMap<PathBuf, (String, String)> = BTreeMap::new();
    let mut last: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut shelf = Shelf::new(request.threads);
    for _ in 0..ROUNDS {
        let (mut sources, mut report) = (Sources::new(&request.dir), Report::default());
        let epoch = request.epoch.and_then(Date::from_epoch);
        let issue = read::issue(&request.dir, epoch, &mut shelf, &mut sources, &mut report);
        report.extend(issue.map(|(issue, _)| typing(&issue, &sources)).unwrap_or_default());
        let mended = mended(&report, &sources);
        if mended.is_empty() {
            break;
        }
        for (file, text) in mended {
            let (path, old) = (sources.file(file).path.clone(), sources.text(file));
            replace(&path, &text).map_err(|e| (path.clone(), e))?;
            first.entry(path.clone()).or_insert_with(|| (sources.shown(file), old.to_string()));
            last.insert(path, text);
        }
    }
    Ok(first.iter().flat_map(|(path, (shown, old))| changes(shown, old, &last[path])).collect())
}

/// The new text of every file that has edits and is on the disk as it was read.
fn mended(report: &Report, sources: &Sources) -> BTreeMap<FileId, String> {
    let mut taken: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for finding in &report.findings {
        let all = &finding.edits;
        let free = |edit: &Edit| {
            let others = taken.get(&edit.span.file).into_iter().flatten();
            others.into_iter().all(|o| edit.span.end < o.span.start || o.span.end < edit.span.start)
        };
        if all.iter().all(|edit| free(edit) && is_sound(edit, sources)) {
            all.iter().for_each(|edit| taken.entry(edit.span.file).or_default().push(edit));
        }
    }
    taken
        .into_iter()
        .filter(|(file, _)| is_as_read(sources, *file))
        .map(|(file, edits)| (file, apply(sources.text(file), edits)))
        .filter(|(file, text)| text != sources.text(*file))
        .collect()
}

fn is_sound(edit: &Edit, sources: &Sources) -> bool {
    sources.text(edit.span.file).get(edit.span.start as usize..edit.span.end as usize).is_some()
}

fn apply(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.replacement);
        at = edit.span.end as usize;
    }
    out + &text[at..]
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A file in another encoding, or one that someone has saved in the meantime, is left alone.
fn is_as_read(sources: &Sources, file: FileId) -> bool {
    let bytes = fs::read(&sources.file(file).path).unwrap_or_default();
    bytes.strip_prefix(BOM).unwrap_or(&bytes) == sources.text(file).as_bytes()
}

/// The file that a link points to is replaced, not the link; a byte order mark and the permissions stay.
fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let path = fs::canonicalize(path)?;
    let bom = if fs::read(&path)?.starts_with(BOM) { BOM } else { b"" };
    let permissions = fs::metadata(&path)?.permissions();
    let staged = Staged::write(&path, |out| {
        out.write_all(bom)?;
        out.write_all(text.as_bytes())?;
        Ok(out.get_ref().set_permissions(permissions)?)
    })?;
    staged.put()?;
    Ok(())
}

fn changes(shown: &str, old: &str, new: &str) -> Vec<Change> {
    let diff = similar::TextDiff::from_lines(old, new);
    let lines = |range: std::ops::Range<usize>, all: &[&str]| {
        all[range].iter().map(|line| line.trim_end_matches(['\r', '\n']).to_string()).collect()
    };
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let changed = diff.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let change = |op: &similar::DiffOp| Change {
        file: shown.to_string(),
        line: op.new_range().start + 1,
        before: lines(op.old_range(), &before),
        after: lines(op.new_range(), &after),
    };
    changed.map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroUsize;

    fn request(dir: &Path) -> Request {
        let (out, formats) = (dir.join("out"), vec![]);
        Request {
            dir: dir.into(),
            out,
            formats,
            strict: false,
            threads: NonZeroUsize::MIN,
            epoch: None,
            printing: Default::default(),
            edition: None,
        }
    }

    #[test]
    fn slips_are_mended_once_and_the_rest_of_the_file_stays() {
        let dir = tempfile::tempdir().expect("a directory");
        let article = dir.path().join("01.md");
        let slips = "\u{feff}---\r\n标题：山门\r\n---\r\n\r\n＃ 路上\r\n\r\n门［^1］在。\r\n\r\n[^1]：＊＊注＊＊。\r\n";
        fs::write(&article, slips).expect("writes");
        let done = fix(&request(dir.path())).expect("mends");
        let mended = "\u{feff}---\r\n标题: 山门\r\n---\r\n\r\n# 路上\r\n\r\n门[^1]在。\r\n\r\n[^1]: **注**。\r\n";
        assert_eq!(fs::read_to_string(&article).expect("reads"), mended);
        let lines: Vec<usize> = done.iter().map(|change| change.line).collect();
        assert_eq!(lines, [2, 5, 7, 9]);
        assert_eq!(
            (done[1].before.as_slice(), done[1].after.as_slice()),
            (&["＃ 路上".to_string()][..], &["# 路上".to_string()][..])
        );
        assert_eq!(fix(&request(dir.path())).expect("mends"), []);
        assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_sound_file_is_not_written() {
        let dir = tempfile::tempdir().expect("a directory");
        let article = dir.path().join("01.md");
        fs::write(&article, "# 山门\n\n门在雪里。\n").expect("writes");
        let before = fs::metadata(&article).expect("there").modified().expect("a time");
        assert_eq!(fix(&request(dir.path())).expect("mends"), []);
        assert_eq!(fs::metadata(&article).expect("there").modified().expect("a time"), before);
    }
}
