//! Copyfitting: whether an article fills the pages it should.
//!
//! In: its leaves and the grid. Out: [`Fit`], and a finding where it is too long or too short.

use super::paint::Leaf;
use super::set::SetText;
use crate::base::{BlockId, Code, Diagnostic, Place, words};
use crate::doc::{Article, Block};
use crate::page::Fit;
use crate::style::Grid;

/// `shift` is what the white of its head gave to the text: it takes it back where nothing presses.
pub fn fit(article: &Article, (leaves, shift): (&[Leaf], i16), grid: &Grid, text: (i32, i32)) -> Fit {
    let room = i32::from(grid.rows) * i32::from(grid.columns);
    let given = i32::from(shift) * i32::from(grid.columns);
    let over = article.pages.map(|wanted| {
        let wanted = usize::from(wanted);
        let beyond: i32 = leaves.iter().skip(wanted).map(|leaf| i32::from(leaf.lines.max(1))).sum();
        let missing = wanted.saturating_sub(leaves.len()) as i32 * room;
        let open = if leaves.len() > wanted { 0 } else { leaves.last().map_or(0, |leaf| i32::from(leaf.free)) };
        beyond - missing - open + given
    });
    Fit { leaves: leaves.len(), wanted: article.pages, over, text }
}

/// The characters of its text and the lines that they take: its paragraphs begin with blanks and end short. Of a few lines
/// no average is made: they count as `full`.
pub fn text(texts: &[SetText], full: i32) -> (i32, i32) {
    let of_text = texts.iter().filter(|text| text.block.is_some());
    let (characters, lines) = of_text.fold((0, 0), |(characters, lines), text| {
        (characters + text.paragraph.clusters.len() as i32, lines + text.lines.len() as i32)
    });
    if lines < FEW { (full, 1) } else { (characters, lines) }
}

const FEW: i32 = 20;

/// Too long, told where the last page that it should fill ends; or so short that more than a quarter of a page stays
/// empty, told at its last block.
pub fn finding(article: &Article, leaves: &[Leaf], fit: &Fit, grid: &Grid) -> Option<Diagnostic> {
    let (wanted, over) = (fit.wanted?, fit.over?);
    let quarter = i32::from(grid.rows) * i32::from(grid.columns) / 4;
    if (-quarter..=0).contains(&over) {
        return None;
    }
    let (lines, characters) = (over.abs(), fit.characters(over.abs()));
    let title = article.plain_title();
    let place = if over > 0 { leaves[usize::from(wanted)..].iter().find_map(|leaf| leaf.first) } else { None };
    let at = block(article, place.map(|pos| pos.block)).map_or(Place::File(article.file), |b| Place::Source(b.span));
    let finding = |zh: String, en: String| Diagnostic::new(Code::LayoutCopyfit, at.clone(), words(zh, en));
    Some(if over > 0 {
        finding(
            format!("《{title}》应占 {wanted} 页，超出 {lines} 行（约 {characters} 字）"),
            format!(
                "“{title}” should fill {wanted} pages and is {lines} lines too long (some {characters} characters)"
            ),
        )
        .hint(
            "从这里起超出；删短，或改小照片，或改文章里的 pages",
            "what follows here is too much: cut it, make a photo smaller, or change the article's pages",
        )
    } else {
        finding(
            format!("《{title}》应占 {wanted} 页，还差 {lines} 行（约 {characters} 字）"),
            format!("“{title}” should fill {wanted} pages and is {lines} lines short (some {characters} characters)"),
        )
        .hint(
            "补写，或加照片、提要，或改文章里的 pages",
            "add text, a photo or a pull quote, or change the article's pages",
        )
    })
}

/// A block of an article; without a number its last.
fn block(article: &Article, id: Option<BlockId>) -> Option<&Block> {
    let mut found = None;
    article.blocks.iter().for_each(|block| {
        block.walk(&mut |b| {
            if id.is_none_or(|id| id == b.id) {
                found = Some(b);
            }
        });
    });
    found
}
