//! `qikan proof`: pages as pictures, and contact sheets of them.
//!
//! In: a book. Out: `NNN-<page>.png` and `sheet-N.png`, staged. An error of the issue doesn't keep them from being made: they
//! are for those who mend it.

use super::output::{Finished, Made, put_all};
use super::select::select;
use super::{Outcome, Request, Stage, Written, prepare};
use crate::base::{Len, in_parallel};
use crate::font::Library;
use crate::page::Book;
use crate::picture::Darkroom;
use crate::write::raster::{self, Canvas, Dpi, Scene, Sheets};
use crate::write::{Error, Staged};
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// How page images are made.
#[derive(Clone, Debug)]
pub struct Proofing {
    pub dpi: u16,
    /// Labels and ranges of them, as `封面,1-8`; None: all pages, and contact sheets.
    pub pages: Option<String>,
    /// Columns and baselines drawn over the pages.
    pub grid: bool,
}

impl Default for Proofing {
    fn default() -> Self {
        Proofing { dpi: 110, pages: None, grid: false }
    }
}

/// Draws an issue's pages into `request.out`. `Err`: pages were asked for that it doesn't have.
pub fn proof(
    request: &Request,
    proofing: &Proofing,
    library: &Library,
    progress: &mut dyn FnMut(Stage),
) -> Result<Outcome, String> {
    let (mut outcome, made) = prepare(request, library, progress);
    let Some(made) = made else { return Ok(outcome) };
    let numbers = match &proofing.pages {
        Some(asked) => select(&made.book, asked)?,
        None => (0..made.book.pages.len()).collect(),
    };
    progress(Stage::Write(super::Format::Proof));
    let drawn = draw(&made, proofing, &numbers, (&request.out, request.threads));
    match drawn.and_then(put_all) {
        Ok(files) => {
            if proofing.pages.is_none() {
                forget_others(&request.out, &files);
            }
            outcome.files = files;
        }
        Err((path, error)) => outcome.report.push(error.into_diagnostic(&path)),
    }
    Ok(outcome)
}

/// Every page and the contact sheets, as `build --only proof` wants them.
pub(super) fn whole(made: &Made, place: (&Path, NonZeroUsize)) -> Finished {
    let all: Vec<usize> = (0..made.book.pages.len()).collect();
    draw(made, &Proofing::default(), &all, place)
}

/// The pictures of some pages; contact sheets where they are all.
fn draw(
    Made { issue, book, library, .. }: &Made,
    proofing: &Proofing,
    numbers: &[usize],
    (out, threads): (&Path, NonZeroUsize),
) -> Finished {
    let at_out = |e: Error| (out.to_path_buf(), e);
    std::fs::create_dir_all(out).map_err(|e| at_out(e.into()))?;
    let darkroom = Darkroom { photos: &issue.photos, threads, cache: None };
    let pictures = |id, size| raster::photo(&darkroom, id, size);
    let labels: Vec<_> = book.pages.iter().map(|page| raster::label(&page.label, library, Len::pt(1300))).collect();
    let scene = Scene::new(book, library, &labels, (&pictures, Dpi(proofing.dpi))).map_err(at_out)?;
    let all = numbers.len() == book.pages.len();
    let drawn = in_parallel(threads, numbers.len(), |i| {
        let mut canvas = scene.page(numbers[i]);
        if let Some(area) = book.pages[numbers[i]].area.as_ref().filter(|_| proofing.grid) {
            raster::grid(&mut canvas, area, scene.dpi);
        }
        let file = stage(out.join(page_name(book, numbers[i])), &canvas)?;
        Ok((file, all.then(|| canvas.shrunk(Sheets::page_size(book)))))
    });
    let (mut files, mut small) = (vec![], vec![]);
    for one in drawn {
        let (file, canvas) = one?;
        files.push(file);
        small.extend(canvas);
    }
    let sheets = Sheets::new(&scene, &labels);
    for number in (0..sheets.count()).filter(|_| all) {
        files.push(stage(out.join(format!("sheet-{}.png", number + 1)), &sheets.sheet(number, &small))?);
    }
    Ok(files)
}

pub(super) fn stage(path: PathBuf, canvas: &Canvas) -> Result<(PathBuf, Staged), (PathBuf, Error)> {
    let write = || {
        let png = canvas.to_png()?;
        Staged::write(&path, |out| Ok(out.write_all(&png)?))
    };
    match write() {
        Ok(staged) => Ok((path, staged)),
        Err(error) => Err((path, error)),
    }
}

/// `003-1.png`: its number among all pages, and its label.
fn page_name(book: &Book, number: usize) -> String {
    let label = &book.pages[number].label;
    let label: String = label.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("{:03}-{label}.png", number + 1)
}

/// Pictures of an earlier proof that had more pages.
fn forget_others(out: &Path, files: &[Written]) {
    let ours = |name: &str| {
        let numbered = name.get(..4).is_some_and(|n| n.ends_with('-') && n[..3].bytes().all(|b| b.is_ascii_digit()));
        name.ends_with(".png") && (numbered || name.starts_with("sheet-"))
    };
    let is_new = |path: &Path| files.iter().any(|file| file.path.file_name() == path.file_name());
    for entry in std::fs::read_dir(out).into_iter().flatten().flatten() {
        if ours(&entry.file_name().to_string_lossy()) && !is_new(&entry.path()) {
            // A picture that stays is no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    #[test]
    fn a_picture_is_named_by_its_place_and_label() {
        let page = |label: &str| Page { label: label.into(), ..Page::default() };
        let book = Book { pages: ["封面", "1"].map(page).to_vec(), ..Book::default() };
        assert_eq!(page_name(&book, 1), "002-1.png");
    }
}
