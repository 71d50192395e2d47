//! The main job: a directory in, three files and a report out.
//!
//! In: an issue directory and what is wanted. Out: [`Outcome`]. `cli` calls one function here per command and names nothing
//! below.

pub mod convert;
mod debug;
mod diff;
mod fix;
mod fonts;
pub mod names;
mod new;
mod plan;
mod proof;
mod report;
#[cfg(test)]
mod themes;

pub use debug::{DebugParagraph, debug_paragraph};
pub use diff::{Changes, Compared, Rewording, Spot, diff, same_place};
pub use fix::{Change, fix};
pub use fonts::{BLOCKS, FaceRow, fonts};
pub use new::{NewIssue, new_issue};
pub use plan::{Plan, PlanArticle, PlanPage, plan};
pub use proof::{Proofing, proof};

use crate::base::{Code, Date, Diagnostic, Report, Words, words};
use crate::doc::Issue;
use crate::font::Library;
use crate::layout;
use crate::page::Book;
use crate::picture::{Cache, Darkroom};
use crate::profile::Profile;
use crate::read;
use crate::source::Sources;
use crate::source::render::UiLang;
use crate::style::{BUILTIN, Theme};
use crate::write::{self, Error, Staged};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// An output that `--only` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Print,
    Screen,
    Epub,
    /// Page images, in a directory of their own.
    Proof,
}

impl Format {
    /// What is built where nothing is said: the files for readers and printers.
    pub const ALL: [Format; 3] = [Format::Print, Format::Screen, Format::Epub];

    pub const fn name(self) -> &'static str {
        match self {
            Format::Print => "print",
            Format::Screen => "screen",
            Format::Epub => "epub",
            Format::Proof => "proof",
        }
    }
    /// What follows the issue's name in a file's.
    const fn suffix(self) -> &'static str {
        match self {
            Format::Print => ".print.pdf",
            Format::Screen => ".screen.pdf",
            Format::Epub => ".epub",
            Format::Proof => "",
        }
    }
}

/// What to build from one directory.
#[derive(Clone, Debug)]
pub struct Request {
    pub dir: PathBuf,
    pub out: PathBuf,
    pub formats: Vec<Format>,
    /// A warning is as bad as an error.
    pub strict: bool,
    pub threads: NonZeroUsize,
    /// SOURCE_DATE_EPOCH, in seconds.
    pub epoch: Option<u64>,
}

/// What came of it. Files are whole or were not touched.
pub struct Outcome {
    pub sources: Sources,
    pub report: Report,
    pub files: Vec<Written>,
    pub pages: usize,
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Written {
    pub path: PathBuf,
    pub bytes: u64,
}

/// A stage of a build, for progress on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Read,
    LayOut,
    Write(Format),
}

/// Everything `build` would report, without writing.
pub fn check(request: &Request, library: &Library) -> Outcome {
    prepare(request, library, &mut |_| {}).0
}

/// Builds the files. No final one is written while there is an error; a proof is.
pub fn build(request: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> Outcome {
    let (mut outcome, made) = prepare(request, library, progress);
    if request.formats.contains(&Format::Print) {
        outcome.report.findings.iter_mut().filter(|d| d.code == Code::PhotoPending).for_each(not_for_print);
    }
    let Some((issue, book)) = made else { return outcome };
    let stopped = outcome.report.stops(request.strict);
    let formats: Vec<Format> =
        request.formats.iter().copied().filter(|format| !stopped || *format == Format::Proof).collect();
    if formats.is_empty() {
        return outcome;
    }
    let made = (&issue, &book, library);
    let staged = stage_all(request, &formats, made, progress).and_then(|mut staged| {
        if !stopped {
            let said = (&outcome.report, &outcome.sources);
            staged.push(report::staged(&request.out, (&issue, &book), said, &staged)?);
        }
        put_all(staged)
    });
    match staged {
        Ok(files) => outcome.files = files,
        Err((path, error)) => outcome.report.push(error.into_diagnostic(&path)),
    }
    outcome
}

/// A grey box is for proofs and for readers who wait; a printer would print it.
fn not_for_print(pending: &mut Diagnostic) {
    pending.severity = crate::base::Severity::Error;
    pending.hints.push(words(
        "印刷文件里不能有待补的照片；现在只要屏幕 PDF 和 EPUB 时加 --only screen,epub",
        "the print file may have no photo still to come; for the screen PDF and the EPUB alone add --only screen,epub",
    ));
}

/// Files that are finished and wait for their names; an error comes with what could not be written.
type Finished = Result<Vec<(PathBuf, Staged)>, (PathBuf, Error)>;

/// All files are finished before the first takes the place of an earlier one: what stands in a directory is of one build.
fn stage_all(request: &Request, formats: &[Format], made: Made, progress: &mut dyn FnMut(Stage)) -> Finished {
    std::fs::create_dir_all(&request.out).map_err(|e| (request.out.clone(), e.into()))?;
    let darkroom = Darkroom {
        photos: &made.0.photos,
        threads: request.threads,
        cache: Some(Cache::new(request.out.join(".cache/pictures"))),
    };
    let mut staged = vec![];
    for format in formats {
        progress(Stage::Write(*format));
        staged.extend(write_one(*format, made, &darkroom, &request.out)?);
    }
    darkroom.cache.iter().for_each(|cache| cache.keep(darkroom.photos));
    Ok(staged)
}

/// Gives finished files their names.
fn put_all(staged: Vec<(PathBuf, Staged)>) -> Result<Vec<Written>, (PathBuf, Error)> {
    let put = |(path, file): (PathBuf, Staged)| match file.put() {
        Ok(bytes) => Ok(Written { path, bytes }),
        Err(e) => Err((path, e.into())),
    };
    staged.into_iter().map(put).collect()
}

fn prepare(request: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> (Outcome, Option<(Issue, Book)>) {
    progress(Stage::Read);
    let mut sources = Sources::new(&request.dir);
    let mut report = Report::default();
    let stamp = request.epoch.and_then(Date::from_epoch);
    let issue = read::issue(&request.dir, stamp, request.threads, &mut sources, &mut report);
    let made = issue.map(|(issue, spec)| {
        progress(Stage::LayOut);
        let theme = Theme::fit(&spec, &issue.page, &issue.type_);
        let (book, found) = layout::book(&issue, &theme, library, request.threads);
        report.extend(found);
        (issue, book)
    });
    let pages = made.as_ref().map_or(0, |(_, book)| book.pages.len());
    (Outcome { sources, report, files: vec![], pages }, made)
}

/// What files are made of.
type Made<'a> = (&'a Issue, &'a Book, &'a Library);

fn write_one(format: Format, made: Made, darkroom: &Darkroom, out: &Path) -> Finished {
    let (issue, book, library) = made;
    let path = out.join(format!("{}{}", issue.slug, format.suffix()));
    let pdf = |profile: &Profile| Staged::write(&path, |out| write::pdf::pdf(book, darkroom, library, profile, out));
    let staged = match format {
        Format::Print => pdf(&Profile::PRINT),
        Format::Screen => pdf(&Profile::SCREEN),
        Format::Epub => Staged::write(&path, |out| {
            write::epub::epub(issue, book, library, darkroom, out)?;
            Ok(())
        }),
        Format::Proof => return proof::whole(made, (&out.join("proof"), darkroom.threads)),
    };
    match staged {
        Ok(file) => Ok(vec![(path, file)]),
        Err(error) => Err((path, error)),
    }
}

/// The built-in themes: name and what it is.
pub fn themes() -> Vec<(&'static str, Words)> {
    BUILTIN.iter().map(|theme| (theme.name, theme.about())).collect()
}

/// docs/keys.md: every key of the manifests and of front matter.
pub fn key_reference() -> String {
    read::manual::markdown()
}

/// The keys that a word names, for a terminal; None: all of them.
pub fn explain_keys(wanted: Option<&str>, lang: UiLang) -> String {
    read::manual::plain(wanted, lang)
}
