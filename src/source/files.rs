//! The files of an issue, by number: text, path, lines.
//!
//! In: a path. Out: a [`FileId`] whose text is UTF-8 without a byte order mark; line ends stay as they were written
//! (`\n`, `\r\n` or `\r`), so that every byte span points into the file as its author sees it.

use super::encoding;
use crate::base::{Code, Diagnostic, FileId, Place, Report, Span, words};
use std::fs;
use std::path::{Path, PathBuf};

/// Every file that was opened for one issue.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    root: PathBuf,
    files: Vec<SourceFile>,
}

/// One file. A file that could not be read, or is not UTF-8, is here too, so that a finding can name it.
#[derive(Clone, Debug)]
pub struct SourceFile {
    pub path: PathBuf,
    pub text: String,
    /// Byte offset of the start of each line.
    lines: Vec<u32>,
}

impl Sources {
    /// `root` is the issue's directory: paths are shown relative to it.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Sources { root: root.into(), files: vec![] }
    }

    /// Reads a file. None, with one finding, when it can't be read (`issue/unreadable`) or decoded (`source/encoding`).
    pub fn load(&mut self, path: &Path, report: &mut Report) -> Option<FileId> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let file = self.add(path, String::new());
                let shown = self.shown(file);
                let message = words(format!("读不出 {shown}：{error}"), format!("can't read {shown}: {error}"));
                report.push(Diagnostic::new(Code::IssueUnreadable, Place::File(file), message));
                return None;
            }
        };
        let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        if body.len() > u32::MAX as usize / 2 {
            let file = self.add(path, String::new());
            let message = words("文件大得不像稿件", "the file is too large to be a manuscript");
            report.push(Diagnostic::new(Code::IssueUnreadable, Place::File(file), message));
            return None;
        }
        match std::str::from_utf8(body) {
            Ok(text) => Some(self.add(path, text.to_string())),
            Err(error) => {
                // The text up to the first bad byte is unchanged by the lossy copy, so line and offset hold.
                let file = self.add(path, String::from_utf8_lossy(body).into_owned());
                report.push(encoding::finding(self, file, body, error.valid_up_to()));
                None
            }
        }
    }

    /// Takes a text that is already in memory.
    pub fn add(&mut self, path: &Path, text: String) -> FileId {
        let lines = line_starts(&text);
        self.files.push(SourceFile { path: path.to_path_buf(), text, lines });
        FileId(self.files.len() as u32 - 1)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }
    pub fn text(&self, id: FileId) -> &str {
        &self.file(id).text
    }
    /// All files in the order they were opened.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// The path relative to the issue's directory, with `/` on every system; `../magazine.toml` for one above it.
    pub fn shown(&self, id: FileId) -> String {
        relative(&self.file(id).path, &self.root)
    }

    /// The words a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

impl SourceFile {
    /// Line and column of a byte offset, both from 1; columns count characters.
    pub fn line_col(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines[line - 1] as usize;
        let end = floor_char(&self.text, offset as usize).max(start);
        (line as u32, self.text[start..end].chars().count() as u32 + 1)
    }

    /// The text of a line (from 1) without its end, and where it starts.
    pub fn line(&self, line: u32) -> (u32, &str) {
        let index = (line.max(1) as usize - 1).min(self.lines.len() - 1);
        let start = self.lines[index];
        let end = self.lines.get(index + 1).map_or(self.text.len(), |next| *next as usize);
        (start, self.text[start as usize..end].trim_end_matches(['\n', '\r']))
    }
}

/// The nearest character boundary at or before `at`.
pub(super) fn floor_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends =
        bytes.iter().enumerate().filter(|(i, b)| **b == b'\n' || **b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|(i, _)| i as u32 + 1)).collect()
}

fn relative(path: &Path, root: &Path) -> String {
    let (mut up, mut base) = (String::new(), root);
    loop {
        if let Ok(rest) = path.strip_prefix(base) {
            let parts: Vec<_> = rest.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            return up + &parts.join("/");
        }
        match base.parent() {
            Some(parent) if !root.as_os_str().is_empty() => {
                up.push_str("../");
                base = parent;
            }
            _ => return path.to_string_lossy().into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_any_of_the_three_line_ends() {
        let mut sources = Sources::new("/issue");
        let id = sources.add(Path::new("/issue/a.md"), "一\r\n二三\n四\r五".into());
        let file = sources.file(id);
        assert_eq!(file.line_col(0), (1, 1));
        assert_eq!(file.line_col(8), (2, 2));
        assert_eq!(file.line(2), (5, "二三"));
        assert_eq!(file.line(4).1, "五");
        assert_eq!(file.line_col(9), (2, 2), "an offset inside a character counts as its start");
    }

    #[test]
    fn paths_are_shown_from_the_issue() {
        let mut sources = Sources::new("/mag/2026-09");
        let a = sources.add(Path::new("/mag/2026-09/articles/01.md"), String::new());
        let b = sources.add(Path::new("/mag/magazine.toml"), String::new());
        assert_eq!((sources.shown(a), sources.shown(b)), ("articles/01.md".into(), "../magazine.toml".into()));
    }

    #[test]
    fn a_byte_order_mark_is_not_text_and_other_encodings_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let (bom, gbk) = (dir.path().join("bom.md"), dir.path().join("gbk.md"));
        fs::write(&bom, "\u{feff}山行").unwrap();
        fs::write(&gbk, b"title\n:\xB9\xFD\xB5\xC4\xC8\xCB").unwrap();
        let (mut sources, mut report) = (Sources::new(dir.path()), Report::default());
        let id = sources.load(&bom, &mut report).unwrap();
        assert_eq!(sources.text(id), "山行");
        assert!(report.findings.is_empty());
        assert!(sources.load(&gbk, &mut report).is_none());
        let [finding] = &report.findings[..] else { panic!("{report:?}") };
        assert_eq!(finding.code, Code::SourceEncoding);
        assert!(finding.message.en.contains("line 2, byte 7"), "{}", finding.message.en);
        assert!(finding.hints[0].en.contains("GB18030"));
    }
}
