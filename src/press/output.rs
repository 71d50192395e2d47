//! The files of a build: which there are, and all of them or none.

use super::print::Rows;
use super::{Format, Printing, Request, Stage, Written};
use crate::doc::{Issue, PrintFiles};
use crate::font::Library;
use crate::page::{Book, Page, PageKind};
use crate::picture::{Cache, Darkroom};
use crate::profile::Profile;
use crate::write::{self, Error, Staged};
use std::path::{Path, PathBuf};

/// What files are made of.
pub struct Made {
    pub issue: Issue,
    pub book: Book,
    pub rows: Rows,
}

/// A part of the book in a print file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Cover,
    Inner,
    /// Replacement pages, by their labels.
    Pages(Vec<String>),
}

/// The print files of an issue, in order.
pub fn parts(issue: &Issue, book: &Book, printing: &Printing) -> Vec<Part> {
    let covers = book.pages.iter().filter(|page| page.kind == PageKind::Cover).count();
    match issue.print.files {
        _ if !printing.pages.is_empty() => vec![Part::Pages(printing.pages.clone())],
        PrintFiles::CoverAndInner if covers > 0 => vec![Part::Cover, Part::Inner],
        _ => vec![Part::Whole],
    }
}

impl Part {
    /// Between the issue's stem and `.print.pdf`.
    pub fn infix(&self) -> String {
        match self {
            Part::Whole => String::new(),
            Part::Cover => ".cover".into(),
            Part::Inner => ".inner".into(),
            Part::Pages(labels) => format!(".p{}", labels.join("-")),
        }
    }

    pub fn has(&self, page: &Page) -> bool {
        match self {
            Part::Whole => true,
            Part::Cover => page.kind == PageKind::Cover,
            Part::Inner => page.kind != PageKind::Cover,
            Part::Pages(labels) => labels.contains(&page.label),
        }
    }

    /// The part's pages as a book. Print has neither links nor structure, which would name pages by number.
    fn of(&self, book: &Book) -> Book {
        let mut part = book.clone();
        part.pages.retain(|page| self.has(page));
        part.meta.identity.push_str(&self.infix());
        part
    }
}

/// All files are finished before the first takes the place of an earlier one: what stands in a directory is of one build.
/// An error comes with what could not be written.
pub fn write_all(
    request: &Request,
    made: &Made,
    library: &Library,
    progress: &mut dyn FnMut(Stage),
) -> Result<Vec<Written>, (PathBuf, Error)> {
    std::fs::create_dir_all(&request.out).map_err(|e| (request.out.clone(), e.into()))?;
    let darkroom = Darkroom {
        photos: &made.issue.photos,
        threads: request.threads,
        cache: Some(Cache::new(request.out.join(".cache/pictures"))),
    };
    let mut staged = vec![];
    for format in &request.formats {
        progress(Stage::Write(*format));
        for (name, part) in files(*format, made, &request.printing) {
            let path = request.out.join(name);
            match write_one((*format, &part), made, (library, &darkroom), &path) {
                Ok(file) => staged.push((path, file)),
                Err(e) => return Err((path, e)),
            }
        }
    }
    darkroom.cache.iter().for_each(|cache| cache.keep(darkroom.photos));
    let put = |(path, file): (PathBuf, Staged)| match file.put() {
        Ok(bytes) => Ok(Written { path, bytes }),
        Err(e) => Err((path, e.into())),
    };
    staged.into_iter().map(put).collect()
}

fn files(format: Format, made: &Made, printing: &Printing) -> Vec<(String, Part)> {
    let parts = match format {
        Format::Print => parts(&made.issue, &made.book, printing),
        Format::Screen | Format::Epub => vec![Part::Whole],
    };
    let name = |part: &Part| format!("{}{}{}", made.issue.slug, part.infix(), format.suffix());
    parts.into_iter().map(|part| (name(&part), part)).collect()
}

fn write_one(
    (format, part): (Format, &Part),
    made: &Made,
    (library, darkroom): (&Library, &Darkroom),
    path: &Path,
) -> Result<Staged, Error> {
    let pdf =
        |book: &Book, row: &Profile| Staged::write(path, |out| write::pdf::pdf(book, darkroom, library, row, out));
    match format {
        Format::Print if *part == Part::Whole => pdf(&made.book, &made.rows.print),
        Format::Print => pdf(&part.of(&made.book), &made.rows.print),
        Format::Screen => pdf(&made.book, &made.rows.screen),
        Format::Epub => Staged::write(path, |out| {
            write::epub::epub(&made.issue, &made.book, library, darkroom, out)?;
            Ok(())
        }),
    }
}
