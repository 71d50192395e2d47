//! The main job: a directory in, three files and a report out.
//!
//! In: an issue directory and what is wanted. Out: [`Outcome`]. `cli` calls one function here per command and names nothing
//! below.

pub mod convert;
mod debug;
mod diff;
mod edition;
mod fix;
mod fonts;
mod handover;
mod lock;
pub mod names;
mod new;
mod output;
mod paper;
mod plan;
mod print;
mod proof;
mod report;
mod select;
#[cfg(test)]
mod upright;

pub use debug::{DebugParagraph, debug_paragraph};
pub use diff::{Changes, Compared, Rewording, Spot, diff, same_place};
pub use fix::{Change, fix};
pub use fonts::{BLOCKS, FaceRow, fonts};
pub use new::{NewIssue, new_issue, theme_file};
pub use paper::paper;
pub use plan::{Plan, PlanArticle, PlanPage, plan};
pub use proof::{Proofing, proof};

use crate::base::{Code, Date, Diagnostic, FileId, Lang, Place, Report, Words, words};
use crate::check;
use crate::color::Tables;
use crate::doc::Issue;
use crate::font::Library;
use crate::layout;
use crate::picture::{Cache, Darkroom};
use crate::read::{self, Shelf};
use crate::source::Sources;
use crate::source::render::UiLang;
use crate::style::{BUILTIN, Theme};
use crate::write;
use output::Made;
use print::Rows;
use select::select;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// An output that `--only` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Print,
    Screen,
    Epub,
    /// Page images, in a directory of their own.
    Proof,
    /// A mock-up to fold and staple.
    Saddle,
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
            Format::Saddle => "saddle",
        }
    }
    /// What follows the issue's name in a file's.
    const fn suffix(self) -> &'static str {
        match self {
            Format::Print => ".print.pdf",
            Format::Screen => ".screen.pdf",
            Format::Epub => ".epub",
            Format::Saddle => ".saddle.pdf",
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
    /// Of the editions this one alone.
    pub edition: Option<Lang>,
    pub printing: Printing,
}

/// What the printer is to get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printing {
    /// The final files: nothing may be open, and `handover/` is written.
    pub last: bool,
    /// Replacement pages alone, by their labels or ranges of them; empty: all.
    pub pages: Vec<String>,
    /// Nobody asked for the print file by name: while a photo is still to come it is left out, the others are built.
    pub if_ready: bool,
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

/// Everything `build` would report, and preflight, without writing.
pub fn check(request: &Request, library: &Library) -> Outcome {
    let (mut outcome, made) = prepare(request, library, &mut |_| {});
    if let Some(made) = made {
        outcome.report.extend(check::damaged(&made.issue, &unaided(request, &made.issue)));
        let slips = convert::slips(&made.issue, &outcome.sources);
        let broken: Vec<FileId> = outcome.report.findings.iter().filter(|f| f.stops()).filter_map(file).collect();
        // Where a file is misread, its slips are none.
        let sound = slips.findings.into_iter().filter(|slip| file(slip).is_none_or(|f| !broken.contains(&f)));
        outcome.report.findings.extend(sound);
        preflight(&made, request, &mut outcome.report);
    }
    outcome
}

fn file(finding: &Diagnostic) -> Option<FileId> {
    match finding.at {
        Place::Source(span) => Some(span.file),
        Place::File(file) => Some(file),
        Place::Issue | Place::Page(_) => None,
    }
}

/// Builds the files of every edition, or of the one that is asked for: of all or, where one has an error, of none. What two
/// of them find alike is told once.
pub fn build(request: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> Outcome {
    let (first, others) = stage_edition(request, library, progress);
    let mut editions = vec![first];
    for lang in others {
        let request = Request { edition: Some(lang), ..request.clone() };
        editions.push(stage_edition(&request, library, progress).0);
    }
    let stopped = editions.iter().any(|edition| edition.stopped);
    let mut all: Option<Outcome> = None;
    for mut edition in editions {
        if stopped && !edition.stopped {
            edition.staged.clear();
        }
        let next = put_edition(request, edition);
        all = Some(match all {
            None => next,
            Some(mut all) => {
                let new = next.report.findings.into_iter().filter(|f| !all.report.findings.contains(f));
                let new: Vec<Diagnostic> = new.collect();
                all.files.extend(next.files);
                all.report.findings.extend(new);
                all
            }
        });
    }
    all.expect("there is one edition at least")
}

/// An edition whose files are written and have not their names yet.
struct Edition {
    outcome: Outcome,
    made: Option<Made>,
    staged: Vec<(PathBuf, write::Staged)>,
    /// It has an error: no final file, only a proof.
    stopped: bool,
}

/// Writes an edition's files. No final one is written while there is an error, and none for the printer while anything is
/// still to come; a proof is.
fn stage_edition(request: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> (Edition, Vec<Lang>) {
    let (mut outcome, made) = prepare(request, library, progress);
    let others = made.as_ref().map(|made| edition::others(&made.issue, request)).unwrap_or_default();
    let left_out = wait_for_photos(request, &mut outcome.report);
    let Some(made) = made else {
        return (Edition { outcome, made: None, staged: vec![], stopped: true }, others);
    };
    outcome.report.extend(check::damaged(&made.issue, &darkroom(request, &made.issue)));
    unknown_pages(&made, &request.printing.pages, &mut outcome.report);
    let last = request.printing.last;
    if last || request.strict {
        preflight(&made, request, &mut outcome.report);
    }
    let stopped = outcome.report.stops(request.strict) || last && handover::refused(&outcome.report, request.strict);
    let wanted = |format: &Format| !stopped && Some(*format) != left_out || *format == Format::Proof;
    let formats: Vec<Format> = request.formats.iter().copied().filter(wanted).collect();
    let staged = match formats.is_empty() {
        true => Ok(vec![]),
        false => output::stage_all(request, &formats, &made, progress).and_then(|mut staged| {
            if !stopped {
                with_them(request, &made, &mut outcome, &mut staged)?;
            }
            Ok(staged)
        }),
    };
    let failed = staged.is_err();
    let staged = staged.unwrap_or_else(|(path, error)| {
        outcome.report.push(error.into_diagnostic(&path));
        vec![]
    });
    (Edition { outcome, made: Some(made), staged, stopped: stopped || failed }, others)
}

/// What goes with the finished files: how large they are, the report, and for the printer the hand-over.
fn with_them(
    request: &Request,
    made: &Made,
    outcome: &mut Outcome,
    staged: &mut Vec<(PathBuf, write::Staged)>,
) -> Result<(), (PathBuf, write::Error)> {
    budget(made, staged, &mut outcome.report)?;
    let said = (&outcome.report, &outcome.sources);
    staged.push(report::staged(&request.out, made, said, staged)?);
    if hands_over(request) {
        let with = (&outcome.sources, &outcome.report);
        staged.extend(handover::staged(&request.out, made, with, staged)?);
    }
    Ok(())
}

fn hands_over(request: &Request) -> bool {
    let printing = &request.printing;
    printing.last && printing.pages.is_empty() && request.formats.contains(&Format::Print)
}

/// Gives an edition's files their names.
fn put_edition(request: &Request, edition: Edition) -> Outcome {
    let Edition { mut outcome, made, staged, stopped } = edition;
    let Some(made) = made.filter(|_| !staged.is_empty()) else { return outcome };
    let handed = !stopped && hands_over(request);
    let earlier = if handed { handover::earlier(&request.out, &made.issue, &staged) } else { vec![] };
    match output::put_all(staged) {
        Ok(files) => {
            outcome.files = files;
            // One that stays is in no list of sums.
            earlier.iter().for_each(|path| drop(std::fs::remove_file(path)));
        }
        Err((path, error)) => outcome.report.push(error.into_diagnostic(&path)),
    }
    outcome
}

fn preflight(made: &Made, request: &Request, report: &mut Report) {
    let Made { issue, book, rows, library, .. } = made;
    let darkroom = unaided(request, issue);
    // A condition that can't be used has been replaced by the shipped one.
    let press = Tables::new(write::pdf::condition(&rows.print.condition)).expect("the rows have a usable condition");
    let limits = print::limits(issue, &rows.print, request.printing.last);
    let work = check::Work { issue, book, library, darkroom: &darkroom, press: &press, limits };
    report.extend(check::preflight(&work));
}

/// A grey box is for proofs and for readers who wait; a printer would print it. Who asks for the print file is refused, who
/// asks for nothing gets the other files. Returns what is left out.
fn wait_for_photos(request: &Request, report: &mut Report) -> Option<Format> {
    let pending = |d: &&mut Diagnostic| d.code == Code::PhotoPending;
    if !request.formats.contains(&Format::Print) {
        return None;
    }
    if request.printing.if_ready && !request.printing.last {
        let last = report.findings.iter_mut().rfind(pending)?;
        last.hints.push(words(
            "照片补齐之前不写印刷 PDF；屏幕 PDF 和 EPUB 里先占着灰框",
            "no print PDF is written until the photos are there; the screen PDF and the EPUB have a grey box instead",
        ));
        return Some(Format::Print);
    }
    for finding in report.findings.iter_mut().filter(pending) {
        finding.severity = crate::base::Severity::Error;
        finding.hints.push(words(
            "印刷文件里不能有待补的照片；现在只要屏幕 PDF 和 EPUB 时加 --only screen,epub",
            "the print file may have no photo still to come; for the screen PDF and the EPUB alone add --only screen,epub",
        ));
    }
    None
}

fn unknown_pages(made: &Made, labels: &[String], report: &mut Report) {
    let unknown = |label: &&String| select(&made.book, label).map_or(true, |pages| pages.is_empty());
    for label in labels.iter().filter(unknown) {
        let message = words(format!("没有第 {label} 页"), format!("there is no page {label}"));
        let all: Vec<&str> = made.book.pages.iter().map(|page| page.label.as_str()).collect();
        let (first, last) = (all.first().unwrap_or(&""), all.last().unwrap_or(&""));
        report.push(Diagnostic::new(Code::PrintNoPage, Place::Issue, message).hint(
            format!("页码照页上的写，连续的写成 12-14；这一期是 {first} … {last}"),
            format!("write labels as the pages bear them, or ranges of them, as 12-14; here they are {first} … {last}"),
        ));
    }
}

/// `[screen] budget`, `[epub] budget`.
fn budget(made: &Made, files: &[(PathBuf, write::Staged)], report: &mut Report) -> Result<(), (PathBuf, write::Error)> {
    let over = |format: Format, most: Option<u64>| {
        let named = files.iter().find(|(path, _)| path.to_string_lossy().ends_with(format.suffix()));
        let Some(((path, file), most)) = named.zip(most) else { return Ok(None) };
        let bytes = file.bytes().map_err(|e| (path.clone(), e.into()))?;
        Ok((bytes > most).then_some((bytes.div_ceil(1000), most / 1000)))
    };
    if let Some((is, most)) = over(Format::Screen, made.issue.screen.budget)? {
        let message = words(
            format!("屏幕 PDF 有 {is} KB，超过了 {most} KB"),
            format!("the screen PDF has {is} KB, more than {most} KB"),
        );
        report.push(
            Diagnostic::new(Code::ScreenBudget, made.issue.written.key("screen.budget").into(), message)
                .hint("降低 [screen] ppi，或去掉几张照片", "lower [screen] ppi, or leave out some photos"),
        );
    }
    if let Some((is, most)) = over(Format::Epub, made.issue.epub.budget)? {
        let message = words(
            format!("EPUB 有 {is} KB，超过了 [epub] budget 的 {most} KB"),
            format!("the EPUB has {is} KB; [epub] budget allows {most} KB"),
        );
        let place = made.issue.written.key("epub.budget").into();
        report.push(Diagnostic::new(Code::EpubBudget, place, message).hint(
            "图片已经缩到最小；减少照片，或写 fonts = \"none\" 不嵌入字体",
            "its pictures are as small as they get: leave photos out, or embed no fonts (fonts = \"none\")",
        ));
    }
    Ok(())
}

/// What builds have learned of photos' files, in the output's directory.
const SHELF: &str = ".cache/photos.json";

/// For who may write nothing, not even into the cache.
fn unaided<'a>(request: &Request, issue: &'a Issue) -> Darkroom<'a> {
    Darkroom { photos: &issue.photos, threads: request.threads, cache: None }
}

/// With what earlier builds have learned of the photos.
fn darkroom<'a>(request: &Request, issue: &'a Issue) -> Darkroom<'a> {
    let cache = Some(Cache::new(request.out.join(".cache/pictures")));
    Darkroom { photos: &issue.photos, threads: request.threads, cache }
}

fn prepare(request: &Request, library: &Library, progress: &mut dyn FnMut(Stage)) -> (Outcome, Option<Made>) {
    progress(Stage::Read);
    let mut sources = Sources::new(&request.dir);
    let mut report = Report::default();
    let stamp = request.epoch.and_then(Date::from_epoch);
    let mut shelf = Shelf::open(request.threads, &request.out.join(SHELF));
    let issue = read::issue(&request.dir, stamp, &mut shelf, &mut sources, &mut report);
    let made = issue.map(|(issue, spec)| {
        let (issue, changes) = edition::choose(issue, request, &mut report);
        progress(Stage::LayOut);
        let theme = Theme::fit(&spec, &issue.page, &issue.type_);
        let library = library.with(&spec.fonts);
        let (mut book, found) = layout::book(&issue, &theme, &library, request.threads);
        report.extend(found);
        report.extend(check::embedding(&book, &library));
        let rows = Rows::of(&issue, &request.dir, &mut report);
        print::show_spot(&issue, &rows, &mut book.inks);
        let made = Made { issue, changes, book, rows, library, shelf };
        lock::check(&request.out, &made, &mut report);
        made
    });
    let pages = made.as_ref().map_or(0, |made| made.book.pages.len());
    (Outcome { sources, report, files: vec![], pages }, made)
}

/// docs/keys.md: every key of the manifests and of front matter.
pub fn key_reference() -> String {
    read::manual::markdown()
}

/// The keys that a word names, for a terminal; None: all of them.
pub fn explain_keys(wanted: Option<&str>, lang: UiLang) -> String {
    read::manual::plain(wanted, lang)
}

/// The built-in themes: name and what it is.
pub fn themes() -> Vec<(&'static str, Words)> {
    BUILTIN.iter().map(|theme| (theme.name, theme.about())).collect()
}
