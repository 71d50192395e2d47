//! An issue's directory into `doc::Issue` and the theme it names.
//!
//! In: a directory. Out: the issue, its theme, the files that were read, and everything there is to say about
//! them: reading is total, a broken article doesn't hide the findings of the next.
//!
//! The steps: [`folder`] finds the files, [`manifest`] and [`front`] read keyed values, [`markdown`] the bodies,
//! [`photo`] the pictures, [`sections`] orders the articles, and this module puts them together.

mod article;
mod byline;
mod captions;
mod colophon;
mod folder;
mod fonts;
mod front;
mod manifest;
pub mod manual;
mod markdown;
pub mod next;
mod paper;
mod photo;
mod references;
mod sections;
mod structure;
mod theme;
mod words;

pub use photo::Shelf;

use crate::base::{Code, Date, Diagnostic, FileId, Place, Report, words as say};
use crate::doc::{Binding, Issue, PhotoId};
use crate::font::OwnFonts;
use crate::source::Sources;
use crate::source::keyed::{self, Value};
use crate::style::Spec;
use article::Reading;
use captions::Captions;
use folder::Folder;
use manifest::Manifest;
use std::path::Path;

/// Reads an issue. `epoch` is the day of SOURCE_DATE_EPOCH, where it is set; photos that the shelf knows aren't read again.
///
/// None when there is nothing to set: the directory can't be read or has no article. Otherwise there is an issue, as
/// whole as the files allow; whether it may be printed is for `report` to say.
pub fn issue(
    dir: &Path,
    epoch: Option<Date>,
    shelf: &mut Shelf,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<(Issue, Spec)> {
    let mut found = Report::default();
    let folder = folder::open(dir, &mut found);
    let issue = folder.and_then(|folder| {
        *sources = Sources::new(&folder.root);
        read(&folder, epoch, shelf, sources, &mut found)
    });
    // In the order of the files: photos are probed last and belong beside their lines.
    found.findings.sort_by_key(|finding| match finding.at {
        Place::Issue | Place::Page(_) => (0, 0),
        Place::File(FileId(file)) => (file + 1, 0),
        Place::Source(span) => (span.file.0 + 1, span.start),
    });
    report.extend(found);
    issue
}

fn read(
    folder: &Folder,
    epoch: Option<Date>,
    shelf: &mut Shelf,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<(Issue, Spec)> {
    let own = folder.manifest.as_ref().and_then(|path| toml_file(path, sources, report));
    let standing = folder.magazine.as_ref().and_then(|path| toml_file(path, sources, report));
    if folder.manifest.is_none() {
        let message = say(
            "没有 issue.toml：用目录名作题名，文章按文件名排序",
            "no issue.toml: the directory's name is the title, articles follow file names",
        );
        report.push(Diagnostic::new(Code::IssueNoManifest, Place::Issue, message));
    }
    let tables: Vec<&Value> = own.iter().chain(&standing).collect();
    let fonts = fonts::open(folder, report);
    let mut manifest = manifest::read(&tables, &fonts, report);
    let mut theme = theme(folder, (&mut manifest, &fonts), sources, report);
    fonts::choose(fonts, &manifest.type_, &manifest.fonts, &mut theme);
    let files: Vec<FileId> = folder.articles.iter().filter_map(|path| sources.load(path, report)).collect();
    let captions = Captions::read(folder, sources, report);
    let mut reading = Reading::new(folder, &captions, sources, report);
    for file in files {
        reading.article(file, manifest.magazine.lang);
    }
    manifest.placed().into_iter().for_each(|placed| reading.place(placed));
    let rules = std::mem::take(&mut manifest.sections);
    let (issue, photos) = reading.finish(&rules, shelf);
    manifest.placed().into_iter().zip(photos).for_each(|(placed, photo)| placed.photo = photo);
    let bare = tables.is_empty();
    let ads = std::mem::take(&mut manifest.ads);
    let ads = sections::place_ads(
        ads,
        |i| folder.shown(&sources.file(issue.articles[i].file).path),
        issue.articles.len(),
        report,
    );
    let colophon_span = manifest.colophon.span;
    let mut issue = with_manifest(issue, manifest, folder, epoch, report);
    issue.ads = ads;
    colophon::complete(&mut issue);
    colophon::required(&issue, colophon_span, report);
    Some((if bare { leaflet(issue) } else { issue }, theme))
}

/// What the manifests say of the theme, then the issue's theme.toml or the one beside magazine.toml.
fn theme(
    folder: &Folder,
    (manifest, fonts): (&mut Manifest, &OwnFonts),
    sources: &mut Sources,
    report: &mut Report,
) -> Spec {
    let file = folder.theme.as_ref().and_then(|path| toml_file(path, sources, report));
    file.iter().for_each(|file| manifest::written(file, "theme", &[], &mut manifest.written));
    let layers: Vec<&Value> = manifest.theme.iter().chain(&file).collect();
    theme::read(&layers, fonts, report)
}

/// Articles without any manifest are handed out as loose pages: no cover sheet to fill, the first photo on the front.
fn leaflet(mut issue: Issue) -> Issue {
    issue.page.binding = Binding::None;
    issue.number.cover = (!issue.photos.is_empty()).then_some(PhotoId(0));
    issue
}

fn toml_file(path: &Path, sources: &mut Sources, report: &mut Report) -> Option<Value> {
    let file = sources.load(path, report)?;
    keyed::toml(sources.text(file), file, 0).map_err(|error| report.push(error.finding(Code::ManifestSyntax))).ok()
}

fn with_manifest(issue: Issue, manifest: Manifest, folder: &Folder, epoch: Option<Date>, report: &mut Report) -> Issue {
    let slug = stem(&manifest, folder);
    let Manifest { mut magazine, mut number, mut epub, colophon, .. } = manifest;
    if magazine.title.is_empty() {
        magazine.title.clone_from(&folder.name);
        if folder.manifest.is_some() {
            let message = say("没有刊名：用目录名代替", "the magazine has no title: the directory's name stands in");
            report.push(
                Diagnostic::new(Code::ManifestNoTitle, manifest.written.key("magazine.title").into(), message).hint(
                    "在 issue.toml 的 [magazine] 里写 title = \"…\"",
                    "write title = \"…\" under [magazine] in issue.toml",
                ),
            );
        }
    }
    number.cover = manifest.cover.front.as_ref().and_then(|front| front.photo);
    epub.cover = manifest.epub_cover.and_then(|cover| cover.photo);
    let cover_calm = number.cover.and_then(|id| photo::calm(issue.photo(id)));
    let first_day = number.year.and_then(|year| Date::new(year, 1, 1));
    let stamp = epoch.or(number.revised).or(number.date).or(first_day);
    Issue {
        magazine,
        number,
        page: manifest.page,
        type_: manifest.type_,
        cover: manifest.cover,
        cover_calm,
        contents: manifest.contents,
        print: manifest.print,
        screen: manifest.screen,
        epub,
        fonts: manifest.fonts,
        signoff: manifest.signoff,
        lock: manifest.lock,
        errata: manifest.errata,
        colophon: colophon.lines,
        colophon_page: manifest.colophon_page,
        slug,
        stamp,
        written: manifest.written,
        ..issue
    }
}

/// The stem of every output file: `<slug>-<year>-<number>`; without a manifest the directory's name.
fn stem(manifest: &Manifest, folder: &Folder) -> String {
    if folder.manifest.is_none() && folder.magazine.is_none() {
        return folder.name.clone();
    }
    let magazine = &manifest.magazine;
    let named = [&manifest.slug, &magazine.title_en, &magazine.title_pinyin].into_iter().flatten();
    let base =
        named.map(String::as_str).chain([folder.name.as_str()]).find_map(words::slug).unwrap_or_else(|| "issue".into());
    let year = manifest.number.year.map(|y| y.to_string());
    let number = manifest.number.number.as_deref().map(words::padded).and_then(|n| words::slug(&n));
    let kind = Some(manifest.number.kind.key().to_string()).filter(|k| !k.is_empty());
    let tail: Vec<String> = year.into_iter().chain(number).chain(kind).collect();
    let tail = tail.join("-");
    // A directory that is named 2026-09 says it already.
    if tail.is_empty() || base.ends_with(&tail) { base } else { format!("{base}-{tail}") }
}
