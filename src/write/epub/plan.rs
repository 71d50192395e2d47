//! What the EPUB consists of, before anything is written: file names, page markers and pictures.
//!
//! In: the issue and its book. Out: [`Plan`], which every writer of a part reads.

use super::pages::{Mark, Marks, Spot};
use super::parts::{Part, part_of, parts};
use super::words::{Words, words};
use crate::base::{BlockId, Lang};
use crate::doc::{Article, EpubPictures, Issue, Photo, PhotoFormat, PhotoId};
use crate::page::Book;
use crate::picture::Coding;
use std::collections::{BTreeMap, BTreeSet};

pub const COVER: &str = "cover.xhtml";
pub const COLOPHON: &str = "colophon.xhtml";

pub struct Plan<'a> {
    pub issue: &'a Issue,
    pub book: &'a Book,
    pub words: &'static Words,
    /// The documents of each article: one at least.
    pub articles: Vec<Vec<Part>>,
    pub marks: Marks,
    /// Every photo that is shown, once.
    pub pictures: BTreeMap<PhotoId, Picture>,
    pub cover: Option<Cover>,
}

/// A picture file in the EPUB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub photo: PhotoId,
    pub href: String,
    pub kind: PictureKind,
    pub limit: Limit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    Jpeg,
    Png,
    Svg,
}

/// What the cover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cover {
    Photo(Picture),
    /// The book's first page, drawn.
    Page,
}

impl Cover {
    /// The file of the drawn page.
    pub const PAGE: &str = "images/cover.jpg";

    pub fn href(&self) -> &str {
        match self {
            Cover::Photo(picture) => &picture.href,
            Cover::Page => Cover::PAGE,
        }
    }

    pub fn media_type(&self) -> &'static str {
        match self {
            Cover::Photo(picture) => picture.kind.media_type(),
            Cover::Page => PictureKind::Jpeg.media_type(),
        }
    }

    pub fn photo(&self) -> Option<&Picture> {
        match self {
            Cover::Photo(picture) => Some(picture),
            Cover::Page => None,
        }
    }
}

/// How large a picture may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// All of it, in pixels.
    Area(u64),
    Width(u32),
}

/// 《台灣 EPUB 3 製作指引》: about 3.5 million pixels a picture.
const WIDE: u64 = 3_500_000;
/// For readers on large screens, who may zoom in.
const FULL: u64 = 12_000_000;
/// Booksellers want covers of 1600 pixels across.
const COVER_WIDTH: Limit = Limit::Width(1600);

impl<'a> Plan<'a> {
    pub fn new(issue: &'a Issue, book: &'a Book) -> Plan<'a> {
        let articles = (1..).zip(&issue.articles).map(|(n, article)| parts(n, article)).collect();
        let marks = Marks::of(book, issue.articles.len(), !issue.colophon.is_empty()).with_earlier(issue);
        // The editor's own, the printed one, or where none is printed its photo.
        let photo = |id: Option<PhotoId>| id.and_then(|id| cover_picture(issue, id)).map(Cover::Photo);
        let printed = || super::cover::page(book).map(|_| Cover::Page);
        let cover = photo(issue.epub.cover).or_else(printed).or_else(|| photo(issue.number.cover));
        Plan { issue, book, words: words(issue.lang()), articles, marks, pictures: pictures(issue), cover }
    }

    /// Lines run down and pages turn to the right.
    pub fn is_vertical(&self) -> bool {
        self.book.meta.right_to_left
    }

    pub fn lang(&self) -> Lang {
        self.issue.lang()
    }

    /// The document in which a block of an article stands.
    pub fn document(&self, article: usize, block: BlockId) -> &str {
        let parts = &self.articles[article];
        &parts[part_of(parts, &self.issue.articles[article], block)].file
    }

    /// The document and anchor of a page's marker.
    pub fn place(&self, mark: &Mark) -> String {
        let document = match mark.spot {
            Spot::Cover => COVER,
            Spot::Text(pos) => self.document(pos.article as usize, pos.block),
            Spot::Colophon | Spot::End => COLOPHON,
        };
        format!("{document}#{}", mark.id)
    }
}

/// The anchor of a block.
pub fn block_id(block: BlockId) -> String {
    format!("b{}", block.0)
}

/// `a02-dawn`: ASCII and lower case, unique by its number, readable by the article's id.
pub fn file_name(number: usize, id: &str) -> String {
    let plain: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).take(60).collect();
    let words: Vec<&str> = plain.split('-').filter(|w| !w.is_empty()).collect();
    let tail = if words.is_empty() { String::new() } else { format!("-{}", words.join("-")) };
    format!("a{number:02}{tail}")
}

fn pictures(issue: &Issue) -> BTreeMap<PhotoId, Picture> {
    let limit = Limit::Area(if issue.epub.pictures == EpubPictures::Full { FULL } else { WIDE });
    let mut found = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for id in issue.articles.iter().flat_map(shown) {
        let Some(photo) = issue.photos.get(id.0 as usize).filter(|p| !p.is_pending()) else { continue };
        found.entry(id).or_insert_with(|| {
            let kind = kind(photo);
            let name = (1..)
                .map(|n| if n == 1 { photo.short_hash() } else { format!("{}-{n}", photo.short_hash()) })
                .find(|name| taken.insert(name.clone()))
                .expect("numbers don't end");
            Picture { photo: id, href: format!("images/img-{name}.{}", kind.extension()), kind, limit }
        });
    }
    found
}

fn cover_picture(issue: &Issue, id: PhotoId) -> Option<Picture> {
    let kind = kind(issue.photos.get(id.0 as usize).filter(|p| !p.is_pending())?);
    Some(Picture { photo: id, href: format!("images/cover.{}", kind.extension()), kind, limit: COVER_WIDTH })
}

/// The photos of an article, in order, repetitions included.
fn shown(article: &Article) -> Vec<PhotoId> {
    article.figures().iter().map(|f| f.photo).collect()
}

fn kind(photo: &Photo) -> PictureKind {
    match photo.format {
        PhotoFormat::Svg => PictureKind::Svg,
        _ if Coding::loses_nothing(photo) => PictureKind::Png,
        _ => PictureKind::Jpeg,
    }
}

impl PictureKind {
    pub fn extension(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "jpg",
            PictureKind::Png => "png",
            PictureKind::Svg => "svg",
        }
    }
    pub fn media_type(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "image/jpeg",
            PictureKind::Png => "image/png",
            PictureKind::Svg => "image/svg+xml",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn file_names_are_ascii_and_lower_case() {
        assert_eq!(file_name(2, "山行 Notes"), "a02-notes");
        assert_eq!(file_name(12, "山行"), "a12");
        assert!(file_name(1, &"x".repeat(300)).len() < 80);
    }
}
