//! A book as a PDF file.
//!
//! In: the finished pages, the photos' files, the faces, and a profile's answers. Out: the bytes of a PDF. printpdf writes
//! content streams, font objects and pages; the subsets are ours; `post` brings the document to the standard
//! (docs/decisions/pdf-writer.md).
//!
//! ```text
//! Book ─ fonts ─ content ─▶ printpdf ─▶ lopdf::Document ─ post ─▶ bytes
//!        images ───────────────────────────────────────────┘
//! ```

mod content;
mod curves;
mod deflate;
mod drawing;
mod flatten;
mod fonts;
mod images;
mod ink;
mod marks;
mod placed;
mod post;
mod roles;
mod sheet;
mod text;

#[cfg(test)]
mod tests;

pub use post::intent::condition;

use crate::base::{Code, Diagnostic, Place, words};
use crate::color::Tables;
use crate::font::Library;
use crate::page::Book;
use crate::picture::Darkroom;
use crate::profile::{Area, InkSpace, Photos, Plates, Profile};
use crate::write::Error;
use content::{Content, Setting};
use flatten::Flat;
use fonts::Fonts;
use lopdf::{Document, ObjectId};
use post::images::{FileStreams, Profiles};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use sheet::Sheet;
use std::io::Write;

/// Writes `book` as `profile` wants it. The darkroom has the issue's photos, by `PhotoId`; their files are read here.
pub fn pdf(
    book: &Book,
    darkroom: &Darkroom,
    library: &Library,
    profile: &Profile,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let sheet = Sheet::new(book, profile);
    let fonts = Fonts::embed(book, library, darkroom)?;
    let flat = if profile.transparency { vec![] } else { book.pages.iter().map(Flat::of).collect() };
    let press = press(profile, darkroom)?;
    let setting = Setting { book, darkroom, fonts: &fonts, sheet, profile, press, flat };
    let page = |(number, page)| content::page(&setting, number, marks::slug(book, page, library, &setting.sheet));
    let mut contents: Vec<Content> = (0..).zip(&book.pages).map(page).collect();
    let mut document = write_pages(&setting, library, &mut contents);
    let files = finish(&mut document, &setting, library, &contents)?;
    post::save::save(document, &files, darkroom, out)
}

/// What photos and drawings are separated with; None where none is.
fn press(profile: &Profile, darkroom: &Darkroom) -> Result<Option<Tables>, Error> {
    let photos =
        matches!(profile.photos, Photos::Separated { .. }) || [profile.inside, profile.cover] != [Plates::Cmyk; 2];
    let drawings = darkroom.photos.iter().any(|photo| photo.is_drawing());
    if profile.inks == InkSpace::Rgb || !photos && !drawings {
        return Ok(None);
    }
    let tables = Tables::new(post::intent::condition(&profile.condition)).map_err(|_| {
        let message = words("输出意图的 ICC 文件不能用来分色", "the output intent's profile can't separate photos");
        Diagnostic::new(Code::WriteFailed, Place::Issue, message)
            .hint("换印厂的 CMYK 输出配置文件", "take the printer's CMYK output profile")
    })?;
    Ok(Some(tables))
}

/// printpdf's part: pages, their streams and the font objects.
fn write_pages(setting: &Setting, library: &Library, contents: &mut [Content]) -> Document {
    let mut document = PdfDocument::new(&setting.book.meta.title);
    setting.fonts.register(library, &mut document);
    // The boxes are the post-pass's; printpdf's would be wrong.
    let page = |c: &mut Content| PdfPage::new(Mm(1.0), Mm(1.0), std::mem::take(&mut c.ops));
    document.with_pages(contents.iter_mut().map(page).collect());
    // `secure` would drop operators that printpdf has no type for.
    let options = PdfSaveOptions { secure: false, image_optimization: None, ..PdfSaveOptions::default() };
    printpdf::to_lopdf_doc(&document, &options, &mut vec![])
}

/// The post-pass. Photos come last, so that they are in memory for as short a time as can be; those that pass through
/// never are.
fn finish(
    document: &mut Document,
    setting: &Setting,
    library: &Library,
    contents: &[Content],
) -> Result<FileStreams, Error> {
    let Setting { book, sheet, profile, .. } = setting;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    post::boxes::set(document, &pages, sheet);
    post::fonts::correct(document, setting.fonts, library);
    post::fonts::set_vertical(document, setting.fonts);
    post::labels::set(document, &book.pages);
    if profile.outline {
        post::outline::set(document, &book.outline, &pages, sheet);
    }
    let links = if profile.links { post::links::add(document, book, &pages, sheet) } else { vec![] };
    if profile.tags {
        post::structure::set(document, (book, sheet), &pages, contents, &links);
    }
    post::resources::veils(document, &pages, contents, profile);
    if profile.area == Area::Bleed {
        post::resources::separations(document, &pages, book, profile);
    }
    let mut profiles = Profiles::default();
    post::intent::set(document, profile, &mut profiles);
    let hashes: Vec<[u8; 32]> = setting.darkroom.photos.iter().map(|p| p.hash).collect();
    post::metadata::set(document, book, &hashes, profile);
    let Some(first) = pages.first() else { return Ok(FileStreams::new()) };
    post::resources::overprint(document, *first);
    let files = post::images::add(document, *first, images::encode_all(setting)?, &mut profiles);
    if profile.imposed {
        post::impose::saddle(document, &pages, sheet, book);
    }
    Ok(files)
}
