//! A new issue's directory that builds at once: from nothing, or from an earlier issue.
//!
//! In: [`NewIssue`]. Out: the files made. Nothing that exists is overwritten.

use crate::base::{Code, Diagnostic, Place, words};
use crate::read::next;
use crate::source::nearest;
use crate::style::{BUILTIN, builtin};
use std::fs;
use std::path::{Path, PathBuf};

/// What to make.
#[derive(Clone, Debug, Default)]
pub struct NewIssue {
    pub dir: PathBuf,
    pub year: u16,
    /// The earlier issue whose standing matter it takes, and the number after its.
    pub from: Option<PathBuf>,
    /// It is two numbers in one.
    pub combined: bool,
    /// A built-in theme.
    pub theme: Option<String>,
}

type Failed = Box<Diagnostic>;

pub fn new_issue(new: &NewIssue) -> Result<Vec<PathBuf>, Failed> {
    let dir = &new.dir;
    if dir.exists() && fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_some()) {
        let hint = words("换一个还不存在的目录名", "name a directory that doesn't exist yet");
        return Err(failed(dir, "已存在 / it exists", Some(hint)));
    }
    let (mut manifest, copies) = match &new.from {
        Some(issue) => from(issue, new)?,
        None => (include_str!("../../assets/new/issue.toml").replace("{year}", &new.year.to_string()), vec![]),
    };
    if let Some(theme) = &new.theme {
        manifest = with_theme(&manifest, theme)?;
    }
    let texts = [
        ("issue.toml", manifest.as_str()),
        ("articles/01-kaishi.md", include_str!("../../assets/new/01-kaishi.md")),
        ("photos/README.txt", include_str!("../../assets/new/photos.txt")),
    ];
    let mut made = vec![];
    for (name, text) in texts {
        made.push(put(&dir.join(name), |path| fs::write(path, text))?);
    }
    for (source, name) in copies {
        made.push(put(&dir.join(name), |path| fs::copy(&source, path).map(|_| ()))?);
    }
    Ok(made)
}

fn put(path: &Path, write: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<PathBuf, Failed> {
    let parent = path.parent().expect("joined to a directory");
    fs::create_dir_all(parent).and_then(|()| write(path)).map_err(|e| failed(path, &e.to_string(), None))?;
    Ok(path.to_path_buf())
}

fn failed(path: &Path, why: &str, hint: Option<crate::base::Words>) -> Failed {
    let shown = path.display();
    let message = words(format!("不能新建 {shown}：{why}"), format!("can't create {shown}: {why}"));
    let mut finding = Diagnostic::new(Code::WriteFailed, Place::Issue, message);
    finding.hints.extend(hint);
    finding.into()
}

/// Files to copy: where from, and where to in the new directory.
type Copies = Vec<(PathBuf, PathBuf)>;

/// The next number's manifest, and the files of the standing matter.
fn from(issue: &Path, new: &NewIssue) -> Result<(String, Copies), Failed> {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|e| {
            let shown = path.display();
            let message = words(format!("读不出 {shown}：{e}"), format!("can't read {shown}: {e}"));
            let finding = Diagnostic::new(Code::IssueUnreadable, Place::Issue, message);
            Box::new(
                finding.hint("--from 要一个有 issue.toml 的目录", "--from takes a directory that has an issue.toml"),
            )
        })
    };
    let own = read(&issue.join("issue.toml"))?;
    let standing = above(issue);
    let standing_text = standing.as_ref().map(|path| read(path)).transpose()?;
    let manifest = next::manifest(own.trim_start_matches('\u{feff}'), standing_text.as_deref(), new.combined)
        .map_err(|finding| unsound(issue, *finding))?;
    let mut copies = standing_files(issue);
    // The new directory may stand elsewhere: then the magazine's matter goes along.
    if let Some(path) = standing.filter(|path| above(&new.dir).as_ref() != Some(path)) {
        copies.push((path, "magazine.toml".into()));
    }
    Ok((manifest, copies))
}

/// A finding's place is in a file that nobody has open here: the message names it.
fn unsound(issue: &Path, finding: Diagnostic) -> Failed {
    let shown = issue.display();
    let message = words(
        format!("{shown}/issue.toml：{}", finding.message.zh),
        format!("{shown}/issue.toml: {}", finding.message.en),
    );
    let fresh = Diagnostic::new(finding.code, Place::Issue, message);
    fresh.hint(format!("先运行 qikan check {shown}"), format!("run qikan check {shown} first")).into()
}

/// The magazine.toml of a directory: in it, or in the nearest above.
fn above(dir: &Path) -> Option<PathBuf> {
    let whole = dir.canonicalize().ok().or_else(|| {
        let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        parent.canonicalize().ok()
    })?;
    whole.ancestors().map(|up| up.join("magazine.toml")).find(|path| path.is_file())
}

/// theme.toml, fonts and drawings at the head of the directory: what an issue brings that isn't its own content.
fn standing_files(issue: &Path) -> Copies {
    let mut copies: Copies = ["theme.toml"].into_iter().map(|n| (issue.join(n), n.into())).collect();
    for sub in ["fonts", ""] {
        let names = fs::read_dir(issue.join(sub))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|e| e.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|n| !n.starts_with('.')).collect();
        names.sort();
        names.retain(|n| !sub.is_empty() || n.ends_with(".svg") || n.ends_with(".icc"));
        copies.extend(names.into_iter().map(|n| (issue.join(sub).join(&n), Path::new(sub).join(n))));
    }
    copies.retain(|(source, _)| source.is_file());
    copies
}

/// The `theme.toml` of a built-in theme.
pub fn theme_file(theme: &str) -> Result<&'static str, Failed> {
    if let Some(theme) = builtin(theme) {
        return Ok(theme.text);
    }
    let all = BUILTIN.iter().map(|b| b.name).collect::<Vec<_>>().join(" | ");
    let message = words(format!("没有名叫“{theme}”的主题"), format!("there is no theme “{theme}”"));
    let finding = Diagnostic::new(Code::ManifestValue, Place::Issue, message);
    let finding = match nearest(theme, BUILTIN.iter().map(|b| b.name)) {
        Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        None => finding.hint(format!("可用的主题：{all}"), format!("themes: {all}")),
    };
    Err(finding.into())
}

/// The manifest with `theme = "…"` at its head, in place of the one that is there.
fn with_theme(manifest: &str, theme: &str) -> Result<String, Failed> {
    theme_file(theme)?;
    let line = format!("theme = \"{theme}\"");
    let lines: Vec<&str> = manifest.lines().collect();
    let first_table = lines.iter().position(|l| l.trim_start().starts_with('[')).unwrap_or(lines.len());
    let is_theme = |l: &&str| {
        l.split('=').next().is_some_and(|key| THEME_KEYS.contains(&key.trim_start_matches(['#', ' ']).trim()))
    };
    let kept = lines[..first_table].iter().filter(|l| !is_theme(l)).copied();
    let all: Vec<&str> = kept.chain([line.as_str(), ""]).chain(lines[first_table..].iter().copied()).collect();
    let manifest = all.join("\n") + "\n";
    // A new issue in a vertical theme has vertical lines; one that follows another keeps that one's.
    Ok(match builtin(theme).is_some_and(|theme| theme.vertical) {
        true => manifest.replace("# [page]\n", "[page]\n").replace("# writing = ", "writing = "),
        false => manifest,
    })
}

/// How a theme may be named at the head of a manifest, or has been struck out.
const THEME_KEYS: [&str; 3] = ["theme", "主题样式", "主題樣式"];
