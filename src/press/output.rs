//! The files of a build: which there are, and all of them or none.

use super::print::Rows;
use super::select::select;
use super::{Format, Printing, Request, Stage, Written, proof};
use crate::convert::script::Changes;
use crate::doc::{Issue, PrintFiles};
use crate::font::Library;
use crate::layout;
use crate::page::{Book, Page, PageKind};
use crate::picture::Darkroom;
use crate::profile::Profile;
use crate::read::Shelf;
use crate::write::{self, Error, Staged};
use std::borrow::Cow;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

/// What files are made of.
pub struct Made {
    pub issue: Issue,
    /// What conversion changed, where this is an edition.
    pub changes: Changes,
    pub book: Book,
    pub rows: Rows,
    /// The shipped faces and the issue's own.
    pub library: Library,
    /// The photos' files, as they were when they were read.
    pub shelf: Shelf,
}

/// A part of the book in a print file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Cover,
    /// The cover pages on one sheet around the book.
    Wrap,
    Inner,
    /// Replacement pages.
    Pages {
        asked: String,
        labels: Vec<String>,
    },
}

/// The print files of an issue, in order.
pub fn parts(issue: &Issue, book: &Book, printing: &Printing) -> Vec<Part> {
    let covers = book.pages.iter().filter(|page| page.kind == PageKind::Cover).count();
    match issue.print.files {
        _ if !printing.pages.is_empty() => vec![Part::pages(&printing.pages, book)],
        PrintFiles::WrapAndInner if book.spine.is_some() && covers == 4 => vec![Part::Wrap, Part::Inner],
        PrintFiles::CoverAndInner | PrintFiles::WrapAndInner if covers > 0 => vec![Part::Cover, Part::Inner],
        _ => vec![Part::Whole],
    }
}

impl Part {
    /// By labels and ranges of them; what names no page is a finding (`unknown_pages`).
    fn pages(words: &[String], book: &Book) -> Part {
        let numbers = select(book, &words.join(",")).unwrap_or_default();
        let labels = numbers.into_iter().map(|i| book.pages[i].label.clone()).collect();
        Part::Pages { asked: words.join("+"), labels }
    }

    /// Between the issue's stem and `.print.pdf`.
    pub fn infix(&self) -> String {
        match self {
            Part::Whole => String::new(),
            Part::Cover | Part::Wrap => ".cover".into(),
            Part::Inner => ".inner".into(),
            Part::Pages { asked, .. } => format!(".p{asked}"),
        }
    }

    pub fn has(&self, page: &Page) -> bool {
        match self {
            Part::Whole => true,
            Part::Cover | Part::Wrap => page.kind == PageKind::Cover,
            Part::Inner => page.kind != PageKind::Cover,
            Part::Pages { labels, .. } => labels.contains(&page.label),
        }
    }

    /// The part's pages as a book. Print has neither links nor structure, which would name pages by number.
    fn of<'b>(&self, book: &'b Book) -> Cow<'b, Book> {
        if *self == Part::Whole {
            return Cow::Borrowed(book);
        }
        let wrap = if *self == Part::Wrap { layout::wrapped(book) } else { None };
        let mut part = wrap.unwrap_or_else(|| {
            let mut part = book.clone();
            part.pages.retain(|page| self.has(page));
            part
        });
        part.meta.identity.push_str(&self.infix());
        Cow::Owned(part)
    }
}

/// Files that are finished and wait for their names; an error comes with what could not be written.
pub type Finished = Result<Vec<(PathBuf, Staged)>, (PathBuf, Error)>;

/// All files are finished before the first takes the place of an earlier one: what stands in a directory is of one build.
pub fn stage_all(request: &Request, formats: &[Format], made: &Made, progress: &mut dyn FnMut(Stage)) -> Finished {
    std::fs::create_dir_all(&request.out).map_err(|e| (request.out.clone(), e.into()))?;
    let darkroom = super::darkroom(request, &made.issue);
    let mut staged = vec![];
    for format in formats {
        progress(Stage::Write(*format));
        staged.extend(write_one(*format, request, made, &darkroom)?);
    }
    darkroom.cache.iter().for_each(|cache| cache.keep(darkroom.photos));
    made.shelf.save(&request.out.join(super::SHELF));
    Ok(staged)
}

/// Gives finished files their names.
pub fn put_all(staged: Vec<(PathBuf, Staged)>) -> Result<Vec<Written>, (PathBuf, Error)> {
    let put = |(path, file): (PathBuf, Staged)| match file.put() {
        Ok(bytes) => Ok(Written { path, bytes }),
        Err(e) => Err((path, e.into())),
    };
    staged.into_iter().map(put).collect()
}

fn write_one(format: Format, request: &Request, made: &Made, darkroom: &Darkroom) -> Finished {
    let library = &made.library;
    let path = |infix: &str| request.out.join(format!("{}{infix}{}", made.issue.slug, format.suffix()));
    let stage =
        |path: PathBuf, write: &dyn Fn(&mut BufWriter<File>) -> Result<(), Error>| match Staged::write(&path, write) {
            Ok(file) => Ok((path, file)),
            Err(error) => Err((path, error)),
        };
    let pdf = |path: PathBuf, book: &Book, row: &Profile| {
        stage(path, &|out| write::pdf::pdf(book, darkroom, library, row, out))
    };
    match format {
        Format::Print => {
            let parts = parts(&made.issue, &made.book, &request.printing);
            parts.iter().map(|part| pdf(path(&part.infix()), &part.of(&made.book), &made.rows.print)).collect()
        }
        Format::Screen => Ok(vec![pdf(path(""), &made.book, &made.rows.screen)?]),
        Format::Saddle => Ok(vec![pdf(path(""), &made.book, &Profile::SADDLE)?]),
        Format::Epub => {
            let epub = |out: &mut BufWriter<File>| {
                write::epub::epub(&made.issue, &made.book, library, darkroom, out)?;
                Ok(())
            };
            Ok(vec![stage(path(""), &epub)?])
        }
        Format::Proof => proof::whole(made, (&request.out.join("proof"), darkroom.threads)),
    }
}
