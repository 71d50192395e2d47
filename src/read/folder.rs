//! An issue's directory: which files are the manifest, the articles, and where a written path leads.
//!
//! In: a directory. Out: a [`Folder`]. Articles are `articles/*.md` where there is an `articles/` directory, else the
//! `.md` files of the directory itself without its READMEs, licences and the like, always in byte order of their names.

use crate::base::{Code, Diagnostic, Place, Report, words};
use crate::source::nearest;
use std::fs;
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// Canonical.
    pub root: PathBuf,
    /// The directory's own name.
    pub name: String,
    pub manifest: Option<PathBuf>,
    /// Standing matter: here or in the nearest directory above that has it.
    pub magazine: Option<PathBuf>,
    /// The issue's theme.toml, else the one beside magazine.toml.
    pub theme: Option<PathBuf>,
    pub articles: Vec<PathBuf>,
}

/// Words a file of the directory itself begins with when it is about the issue and not in it.
const NOT_ARTICLES: [&str; 10] = [
    "readme",
    "license",
    "licence",
    "licenses",
    "licences",
    "copying",
    "changelog",
    "contributing",
    "notice",
    "credits",
];

/// Opens an issue's directory; None where it can't be read or holds no article.
pub fn open(dir: &Path, report: &mut Report) -> Option<Folder> {
    let listed = dir.canonicalize().and_then(|root| Ok((names(&root)?, root)));
    let (entries, root) = match listed {
        Ok(found) => found,
        Err(error) => {
            let shown = dir.display();
            let message =
                words(format!("读不出目录 {shown}：{error}"), format!("can't read the directory {shown}: {error}"));
            report.push(Diagnostic::new(Code::IssueUnreadable, Place::Issue, message));
            return None;
        }
    };
    let name = root.file_name().map(|n| n.to_string_lossy().nfc().collect()).unwrap_or_default();
    let own = Some(root.join("issue.toml")).filter(|p| p.is_file());
    let magazine = root.ancestors().map(|up| up.join("magazine.toml")).find(|p| p.is_file());
    let homes = [Some(root.as_path()), magazine.as_deref().and_then(Path::parent)];
    let theme = homes.into_iter().flatten().map(|home| home.join("theme.toml")).find(|p| p.is_file());
    let inner = names(&root.join("articles")).ok();
    let (home, candidates) = match &inner {
        Some(inner) => (root.join("articles"), inner),
        None => (root.clone(), &entries),
    };
    let articles: Vec<PathBuf> = candidates
        .iter()
        .filter(|n| has_extension(n, &["md", "markdown"]) && (inner.is_some() || !is_about(n)))
        .map(|n| home.join(n))
        .filter(|p| p.is_file())
        .collect();
    if articles.is_empty() {
        report.push(empty(dir, &entries, inner.as_deref()));
        return None;
    }
    Some(Folder { root, name, manifest: own, magazine, theme, articles })
}

/// The names in a directory in byte order; hidden files are not listed.
fn names(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = vec![];
    for entry in fs::read_dir(dir)? {
        names.extend(entry?.file_name().into_string().ok().filter(|n| !n.starts_with('.')));
    }
    names.sort();
    Ok(names)
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, e)| extensions.iter().any(|x| e.eq_ignore_ascii_case(x)))
}

fn is_about(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.split(['.', '-', '_', ' ']).next().unwrap_or_default();
    NOT_ARTICLES.contains(&stem)
}

fn empty(dir: &Path, entries: &[String], inner: Option<&[String]>) -> Diagnostic {
    let shown = dir.display();
    let message = words(format!("{shown} 里没有文章"), format!("{shown} holds no article"));
    let finding = Diagnostic::new(Code::IssueEmpty, Place::Issue, message);
    let raw = |names: &[String], base: &str| -> Vec<String> {
        let importable = names.iter().filter(|n| has_extension(n, &["txt", "html", "htm", "docx"]));
        importable.map(|n| quoted(&format!("{shown}/{base}{n}"))).collect()
    };
    let files = [raw(entries, ""), raw(inner.unwrap_or_default(), "articles/")].concat();
    if files.is_empty() {
        return finding.hint("把文章写成 articles/01.md", "write the articles as articles/01.md");
    }
    let line = format!("qikan import {} -o {}", files.join(" "), quoted(&format!("{shown}/articles")));
    finding.hint(
        format!("这里有别的格式的稿件，先运行：{line}"),
        format!("there are manuscripts of other kinds; run: {line}"),
    )
}

fn quoted(path: &str) -> String {
    let plain = path.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    if plain { path.to_string() } else { format!("\"{path}\"") }
}

/// Where a written path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    File(PathBuf),
    /// Nothing there; the nearest name beside it, as one would write it.
    Missing(Option<String>),
    /// Out of the issue's directory, by `..`, by an absolute path or by a link.
    Outside,
    /// `https://…`: nothing is fetched.
    Remote,
}

impl Folder {
    /// A path as written in an article in `home` (or in the manifest): relative to the article, then to the issue.
    pub fn find(&self, home: &Path, written: &str) -> Found {
        if written.contains("://") || written.starts_with("data:") {
            return Found::Remote;
        }
        let path = written.replace('\\', "/");
        let forms = [path.clone(), percent_decoded(&path)];
        let mut inside = false;
        for form in &forms {
            for file in [home, &self.root].into_iter().filter_map(|base| self.resolve(base, form)) {
                inside = true;
                match file.canonicalize() {
                    Ok(real) if !real.starts_with(&self.root) => return Found::Outside,
                    Ok(real) if real.is_file() => return Found::File(file),
                    _ => {
                        if let Some(file) = same_name(&file) {
                            return Found::File(file);
                        }
                    }
                }
            }
        }
        if inside { Found::Missing(self.near(home, &forms[1])) } else { Found::Outside }
    }

    /// `base/path` with `.` and `..` taken out; None where it leaves the issue.
    fn resolve(&self, base: &Path, path: &str) -> Option<PathBuf> {
        if path.starts_with('/') || path.get(1..2) == Some(":") {
            return None;
        }
        let mut out = base.to_path_buf();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(name) => out.push(name),
                Component::CurDir => {}
                Component::ParentDir => {
                    out.pop();
                    if !out.starts_with(&self.root) {
                        return None;
                    }
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(out)
    }

    /// The file most like the missing one in its directory.
    fn near(&self, home: &Path, path: &str) -> Option<String> {
        let (dir, name) = path.rsplit_once('/').map_or(("", path), |(d, n)| (d, n));
        [home, &self.root].into_iter().find_map(|base| {
            let there = names(&self.resolve(base, dir)?).ok()?;
            let stem = |n: &str| n.rsplit_once('.').map_or(n.to_string(), |(s, _)| s.to_lowercase());
            let same = there.iter().find(|n| stem(n) == stem(name)).map(String::as_str);
            let near = same.or_else(|| nearest(name, there.iter().map(String::as_str)))?;
            Some(if dir.is_empty() { near.to_string() } else { format!("{dir}/{near}") })
        })
    }

    /// The path relative to the issue, with `/` and composed characters (NFC), as globs see it.
    pub fn shown(&self, path: &Path) -> String {
        let parts = path.strip_prefix(&self.root).unwrap_or(path).components();
        parts.map(|c| c.as_os_str().to_string_lossy().nfc().collect::<String>()).collect::<Vec<_>>().join("/")
    }
}

/// The file whose name is the same characters in another normal form: macOS writes NFD, editors type NFC.
fn same_name(path: &Path) -> Option<PathBuf> {
    let wanted: String = path.file_name()?.to_str()?.nfc().collect();
    let dir = path.parent()?;
    let found = names(dir).ok()?.into_iter().find(|n| n.nfc().eq(wanted.chars()))?;
    Some(dir.join(found)).filter(|p| p.is_file())
}

fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = vec![];
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, Option<Folder>, Report) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let mut report = Report::default();
        let folder = open(dir.path(), &mut report);
        (dir, folder, report)
    }

    fn articles(files: &[&str]) -> Vec<String> {
        let (_dir, folder, _) = folder(files);
        let folder = folder.unwrap();
        folder.articles.iter().map(|p| folder.shown(p)).collect()
    }

    #[test]
    fn articles_are_in_their_directory_or_beside_the_manifest() {
        assert_eq!(articles(&["articles/02.md", "articles/01.md", "notes.md"]), ["articles/01.md", "articles/02.md"]);
        assert_eq!(
            articles(&["乙.md", "甲 一（上）.md", "README.md", "LICENCES.md", ".x.md"]),
            ["乙.md", "甲 一（上）.md"]
        );
    }

    #[test]
    fn manuscripts_of_other_kinds_get_the_line_to_run() {
        let (dir, folder, report) = folder(&["a b.txt", "c.docx", "d.jpg"]);
        assert!(folder.is_none());
        let shown = dir.path().display();
        let [finding] = &report.findings[..] else { panic!() };
        assert_eq!(finding.code, Code::IssueEmpty);
        let line = format!("qikan import \"{shown}/a b.txt\" {shown}/c.docx -o {shown}/articles");
        assert!(finding.hints[0].en.ends_with(&line), "{}", finding.hints[0].en);
    }

    #[test]
    fn paths_are_relative_to_the_article_then_to_the_issue() {
        let (dir, folder, _) = folder(&["i/articles/01.md", "i/photos/a b.jpg", "i/photos/がく.jpg", "secret.jpg"]);
        drop(folder);
        let folder = open(&dir.path().join("i"), &mut Report::default()).unwrap();
        let home = folder.root.join("articles");
        let photo = Found::File(folder.root.join("articles").parent().unwrap().join("photos/a b.jpg"));
        for written in ["photos/a b.jpg", "photos/a%20b.jpg", "../photos/a b.jpg", "photos\\a b.jpg"] {
            assert_eq!(folder.find(&home, written), photo, "{written}");
        }
        let decomposed: String = "photos/がく.jpg".nfd().collect();
        assert!(matches!(folder.find(&home, &decomposed), Found::File(_)), "NFD");
        for written in ["../../secret.jpg", "/etc/passwd", "C:/a.jpg", "../../../../x.jpg"] {
            assert_eq!(folder.find(&home, written), Found::Outside, "{written}");
        }
        assert_eq!(folder.find(&home, "photos/a-b.jpg"), Found::Missing(Some("photos/a b.jpg".into())));
        assert_eq!(folder.find(&home, "photos/zzzzzz.jpg"), Found::Missing(None));
        assert_eq!(folder.find(&home, "https://example.org/a.jpg"), Found::Remote);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_issue_is_outside() {
        let (dir, _, _) = folder(&["i/01.md", "secret.jpg"]);
        std::os::unix::fs::symlink(dir.path().join("secret.jpg"), dir.path().join("i/a.jpg")).unwrap();
        let folder = open(&dir.path().join("i"), &mut Report::default()).unwrap();
        assert_eq!(folder.find(&folder.root.clone(), "a.jpg"), Found::Outside);
    }
}
