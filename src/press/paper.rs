//! `qikan proof --pdf --round 二校`: a proof to be read with a pen.
//!
//! In: a book. Out: a PDF whose pages have wide margins, a number at every line of the grid, and above them which round,
//! page and manuscript lines they are.

use super::select::select;
use super::{Outcome, Proofing, Request, Stage, Written, prepare};
use crate::base::{Ink, Len, Point, Rect};
use crate::doc::{Article, Issue};
use crate::font::Library;
use crate::page::{Book, GlyphRun, Item, LinkArea, Page, Picture, Shape, ShapeKind, Veil};
use crate::picture::Darkroom;
use crate::profile::Profile;
use crate::source::Sources;
use crate::write::{Error, Staged, pdf::pdf, raster::label};
use std::path::Path;

/// Around the trimmed page: beside, above and below.
const BESIDE: Len = Len::mm(2800);
const ABOVE: Len = Len::mm(1400);
const NUMBERS: Len = Len::pt(600);
const SLUG: Len = Len::pt(850);

/// Neither tags nor claims: it is for paper.
const PROFILE: Profile = Profile { name: "proof", links: false, tags: false, claims: &[], ..Profile::SCREEN };

/// Writes `<issue>.proof.pdf` into `request.out`. `Err`: pages were asked for that the issue doesn't have.
pub fn paper(
    request: &Request,
    (proofing, round): (&Proofing, &str),
    library: &Library,
    progress: &mut dyn FnMut(Stage),
) -> Result<Outcome, String> {
    let (mut outcome, made) = prepare(request, library, progress);
    let Some(super::Made { issue, mut book, library, .. }) = made else { return Ok(outcome) };
    if let Some(asked) = &proofing.pages {
        let chosen = select(&book, asked)?;
        book.pages = chosen.into_iter().map(|number| book.pages[number].clone()).collect();
        // Bookmarks and links count pages of the whole issue.
        book.outline.clear();
    }
    progress(Stage::Write(super::Format::Proof));
    let book = annotated(&issue, book, (&library, &outcome.sources), round);
    let path = request.out.join(format!("{}.proof.pdf", issue.slug));
    match write(&issue, (&book, &library), (request, &path)) {
        Ok(bytes) => outcome.files.push(Written { path, bytes }),
        Err(error) => outcome.report.push(error.into_diagnostic(&path)),
    }
    Ok(outcome)
}

fn write(issue: &Issue, (book, library): (&Book, &Library), (request, path): (&Request, &Path)) -> Result<u64, Error> {
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    let darkroom = Darkroom { photos: &issue.photos, threads: request.threads, cache: None };
    Ok(Staged::write(path, |out| pdf(book, &darkroom, library, &PROFILE, out))?.put()?)
}

/// The same pages on larger paper, with what a proofreader needs around them.
fn annotated(issue: &Issue, mut book: Book, (library, sources): (&Library, &Sources), round: &str) -> Book {
    let (width, height) = book.trim;
    let title = book.meta.title.clone();
    let places: Vec<String> = (0..book.pages.len()).map(|page| place(issue, sources, &book.pages, page)).collect();
    for (page, place) in book.pages.iter_mut().zip(places) {
        let numbers = numbers(page, library, (width, height));
        page.items.extend(numbers);
        page.items.extend(frame(width, height));
        let said = [title.as_str(), round, &page.label, &place].map(str::trim);
        let said: Vec<&str> = said.into_iter().filter(|word| !word.is_empty()).collect();
        page.items.push(Item::Glyphs(GlyphRun {
            origin: Point { x: Len::ZERO, y: -ABOVE / 2 },
            ..label(&said.join("\u{3000}"), library, SLUG)
        }));
        page.items.iter_mut().for_each(shift);
    }
    book.trim = (width + BESIDE * 2, height + ABOVE * 2);
    book.bleed = Len::ZERO;
    book
}

/// The number of every grid line, at both sides, so that a line of any column is near one; of a vertical page above and
/// below.
fn numbers(page: &Page, library: &Library, (width, height): (Len, Len)) -> Vec<Item> {
    let Some(area) = &page.area else { return vec![] };
    let number = |(i, line): (usize, &Len)| {
        let run = label(&(i + 1).to_string(), library, NUMBERS);
        let wide = run.glyphs.last().map_or(Len::ZERO, |g| g.x + NUMBERS / 2);
        let at = |x: Len, y: Len| Item::Glyphs(GlyphRun { origin: Point { x, y }, ..run.clone() });
        match area.vertical {
            true => [-Len::mm(200), height + Len::mm(400)].map(|y| at(*line - wide / 2, y)),
            false => [-Len::mm(700), width + Len::mm(300)].map(|x| at(x, *line)),
        }
    };
    area.baselines.iter().enumerate().flat_map(number).collect()
}

/// Where the paper would be trimmed.
fn frame(width: Len, height: Len) -> impl Iterator<Item = Item> {
    let corner = |x, y| Point { x, y };
    let (o, w, h) = (Len::ZERO, width, height);
    let sides = [(o, o, w, o), (w, o, w, h), (o, h, w, h), (o, o, o, h)];
    sides.into_iter().map(move |(x, y, right, bottom)| {
        let kind = ShapeKind::Rule { from: corner(x, y), to: corner(right, bottom), thickness: Len::pt(25) };
        Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 60, node: None })
    })
}

/// `articles/02.md 12–48`: the manuscript and its lines that begin on a page.
fn place(issue: &Issue, sources: &Sources, pages: &[Page], number: usize) -> String {
    let Some(first) = pages[number].first else { return String::new() };
    let Some(article) = issue.articles.get(first.article as usize) else { return String::new() };
    let line = |block| line_of(article, sources, block);
    let from = line(first.block.0);
    let next = pages[number + 1..].iter().find_map(|page| page.first).filter(|pos| pos.article == first.article);
    let to = match next {
        Some(pos) => line(pos.block.0),
        None => sources.file(article.file).line_col(article.span.end.saturating_sub(1)).0,
    };
    format!("{} {from}–{}", sources.shown(article.file), to.max(from))
}

fn line_of(article: &Article, sources: &Sources, id: u32) -> u32 {
    let mut found = article.span.start;
    article.walk(&mut |block| {
        if block.id.0 <= id && block.span.file == article.file {
            found = found.max(block.span.start);
        }
    });
    sources.file(article.file).line_col(found).0
}

fn shift(item: &mut Item) {
    let point = |p: &mut Point| {
        p.x += BESIDE;
        p.y += ABOVE;
    };
    let rect = |r: &mut Rect| {
        r.x += BESIDE;
        r.y += ABOVE;
    };
    match item {
        Item::Glyphs(run) => point(&mut run.origin),
        Item::Picture(Picture { frame, full, .. }) => [frame, full].into_iter().for_each(rect),
        Item::Link(LinkArea { rect: area, .. }) => rect(area),
        Item::Shape(shape) => match &mut shape.kind {
            ShapeKind::Fill(area) | ShapeKind::Veil(Veil { rect: area, .. }) => rect(area),
            ShapeKind::Rule { from, to, .. } | ShapeKind::Wave { from, to, .. } => {
                [from, to].into_iter().for_each(point);
            }
            ShapeKind::Dot { centre, .. } => point(centre),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::TypeArea;

    /// A vertical page's numbers stand over the middles of its lines, above the page and below it.
    #[test]
    fn lines_of_a_vertical_page_are_numbered_above_and_below() {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let baselines = (0..12).map(|i| Len::pt(20_000 - 1_575 * i)).collect();
        let area = Some(TypeArea { baselines, vertical: true, ..TypeArea::default() });
        let page = Page { area, ..Page::default() };
        let numbers = numbers(&page, &library, (Len::mm(14_800), Len::mm(21_000)));
        let runs: Vec<&GlyphRun> =
            numbers.iter().filter_map(|i| if let Item::Glyphs(r) = i { Some(r) } else { None }).collect();
        assert_eq!(runs.len(), 24);
        let twelfth = runs[22];
        assert_eq!((twelfth.text.as_str(), runs[23].text.as_str()), ("12", "12"));
        assert!(twelfth.origin.y < Len::ZERO && runs[23].origin.y > Len::mm(21_000));
        let middle = twelfth.origin.x + (twelfth.glyphs[1].x + NUMBERS / 2) / 2;
        assert!((middle - Len::pt(20_000 - 1_575 * 11)).abs() < Len::pt(10));
    }
}
