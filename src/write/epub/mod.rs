//! The EPUB (EPUB 3.3, EPUB Accessibility 1.1): a reflowable edition that carries the printed pages' numbers.
//!
//! In: the issue, its book and the fonts. Out: the archive. One way through: [`plan`] names every file → `article` and
//! `matter` write the documents → `skeleton` (epub-builder) writes package, navigation and NCX → `finish` brings them
//! to the standard → `fonts` cuts what all of it shows → `zip` streams the bodies, `pictures` last.
//!
//! Why epub-builder and a finishing pass: docs/decisions/epub-writer.md.

mod article;
mod blocks;
mod cover;
mod css;
mod error;
mod finish;
mod fonts;
mod inline;
mod links;
mod matter;
mod metadata;
mod pages;
mod paper;
mod parts;
mod pictures;
mod plan;
mod skeleton;
mod vertical;
mod words;
mod xml;
mod zip;

#[cfg(test)]
mod tests;

pub use error::Error;

use crate::doc::Issue;
use crate::font::Library;
use crate::page::Book;
use crate::picture::Darkroom;
use fonts::Fonts;
use metadata::Metadata;
use plan::{COLOPHON, COVER, Cover, PictureKind, Plan};
use skeleton::{PATHS, Resource, STYLESHEET, Skeleton};
use std::io::{Seek, Write};
use zip::Archive;

/// The fonts' licence, which goes where they go (OFL §2).
const LICENCE: &str = include_str!("../../../fonts/OFL-1.1.txt");
const LICENCE_FILE: &str = "fonts/OFL-1.1.txt";

/// Writes the EPUB of an issue to `out` and gives `out` back. Labels of pages come from `book`, the issue's photos from the
/// darkroom.
///
/// # Errors
/// A photo that can't be read or decoded; a font that can't be cut; `out` failing.
pub fn epub<W: Write + Seek>(
    issue: &Issue,
    book: &Book,
    library: &Library,
    darkroom: &Darkroom,
    out: W,
) -> Result<W, Error> {
    let plan = Plan::new(issue, book);
    let metadata = Metadata::of(&plan);
    let documents = documents(&plan);
    let embeddable = library.for_epub();
    let mut fonts = Fonts::new(&plan, &embeddable);
    for (_, xhtml) in &documents {
        fonts.read(xhtml)?;
    }
    // The contents page may be alone in showing a face, and the package lists every face: so it is made before.
    let nav = finish::nav(&skeleton::build(&plan, &metadata, &[])?.nav, &plan)?;
    fonts.read(&nav)?;
    let skeleton = skeleton::build(&plan, &metadata, &resources(&plan, &fonts))?;
    let skeleton = Skeleton {
        package: finish::package(&skeleton.package, &plan, &metadata)?,
        nav,
        ncx: finish::ncx(&skeleton.ncx, &plan, &metadata)?,
        ..skeleton
    };

    let mut archive = Archive::new(out, metadata::stamp(&plan))?;
    let Skeleton { container, display_options, package, nav, ncx } = skeleton;
    for (path, text) in PATHS.iter().zip([container, display_options, package, nav, ncx]) {
        archive.deflated(path, text.as_bytes())?;
    }
    archive.deflated(&inside(STYLESHEET), fonts.style_sheet().as_bytes())?;
    for (name, xhtml) in &documents {
        archive.deflated(&inside(name), xhtml.as_bytes())?;
    }
    let files = fonts.files(darkroom)?;
    files.iter().try_for_each(|file| archive.packed(file))?;
    if !files.is_empty() {
        archive.deflated(&inside(LICENCE_FILE), LICENCE.as_bytes())?;
    }
    let cover = cover::drawn(&plan, library, darkroom)?;
    let most = match issue.epub.budget {
        // Text shrinks to a third, or less.
        Some(budget) => {
            let text: usize = documents.iter().map(|(_, xhtml)| xhtml.len() / 3).sum();
            let fonts: usize = files.iter().map(Vec::len).sum();
            let known = text + fonts + cover.as_ref().map_or(0, Vec::len);
            pictures::within(&plan, darkroom, budget.saturating_sub(known as u64))?
        }
        None => u64::MAX,
    };
    if let Some(cover) = cover {
        archive.stored(&inside(Cover::PAGE), &cover)?;
    }
    pictures::each(&plan, (darkroom, most), |picture, bytes| match picture.kind {
        PictureKind::Svg => archive.deflated(&inside(&picture.href), &bytes),
        PictureKind::Jpeg | PictureKind::Png => archive.stored(&inside(&picture.href), &bytes),
    })?;
    archive.finish()
}

/// Names and texts of the documents, in reading order; the contents page is the navigation document.
fn documents(plan: &Plan) -> Vec<(String, String)> {
    let cover = (COVER.to_string(), matter::cover(plan));
    let articles = (0..plan.articles.len()).flat_map(|i| article::documents(plan, i));
    let colophon = (!plan.issue.colophon.is_empty()).then(|| (COLOPHON.to_string(), matter::colophon(plan)));
    std::iter::once(cover).chain(articles).chain(colophon).collect()
}

/// What the manifest lists beside documents, style sheet and cover picture.
fn resources(plan: &Plan, fonts: &Fonts) -> Vec<Resource> {
    let pictures = plan.pictures.values().map(|p| Resource { href: p.href.clone(), media_type: p.kind.media_type() });
    let fonts = fonts.resources();
    let licence = (!fonts.is_empty()).then(|| Resource { href: LICENCE_FILE.into(), media_type: "text/plain" });
    fonts.into_iter().chain(licence).chain(pictures).collect()
}

/// A path in the archive; epub-builder fixes the directory.
fn inside(href: &str) -> String {
    format!("OEBPS/{href}")
}
