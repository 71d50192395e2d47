//! The words of a book by its structure, and what two of them differ in.

use super::{Rewording, Spot};
use crate::base::{Len, Orientation, Rect};
use crate::page::{Book, GlyphRun, Item, NodeId, Page, TypeArea};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;

/// A run of a paragraph's text on a page.
struct Piece<'b> {
    page: usize,
    run: &'b GlyphRun,
    /// Where its text begins in the paragraph's, in characters.
    start: usize,
}

/// One node's words, wherever they stand.
pub struct Paragraph<'b> {
    text: String,
    pieces: Vec<Piece<'b>>,
}

/// All words of a book but those that every page repeats.
pub struct Text<'b>(Vec<Paragraph<'b>>);

impl<'b> Text<'b> {
    pub fn of(book: &'b Book) -> Text<'b> {
        let mut nodes: BTreeMap<NodeId, Paragraph> = BTreeMap::new();
        for (number, page) in book.pages.iter().enumerate() {
            for item in &page.items {
                let Item::Glyphs(run) = item else { continue };
                let Some(node) = run.node else { continue };
                let paragraph = nodes.entry(node).or_insert_with(|| Paragraph { text: String::new(), pieces: vec![] });
                let start = paragraph.text.chars().count();
                paragraph.pieces.push(Piece { page: number, run, start });
                paragraph.text.push_str(&run.text);
            }
        }
        Text(nodes.into_values().collect())
    }
}

/// What changed, and the boxes it fills on old and new pages.
#[derive(Default)]
pub struct Marked {
    pub words: Vec<Rewording>,
    /// Page and box.
    pub old: Vec<(usize, Rect)>,
    pub new: Vec<(usize, Rect)>,
    /// Pages to be seen side by side.
    pub pairs: std::collections::BTreeSet<(Option<usize>, Option<usize>)>,
}

pub fn compare(old: &Text, new: &Text, books: (&Book, &Book)) -> Marked {
    let words = |text: &'_ Text| text.0.iter().map(|p| squeezed(&p.text)).collect::<Vec<_>>();
    let (before, after) = (words(old), words(new));
    let ops = similar::capture_diff_slices(similar::Algorithm::Patience, &before, &after);
    let changed: Vec<_> = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal).collect();
    let gone = changed.iter().flat_map(|op| op.old_range());
    let moved =
        moved(gone.map(|i| (i, &before[i])), changed.iter().flat_map(|op| op.new_range()).map(|i| (i, &after[i])));
    let mut marked = Marked::default();
    for op in changed {
        let a: Vec<usize> = op.old_range().filter(|i| !moved.iter().any(|(from, _)| from == i)).collect();
        let b: Vec<usize> = op.new_range().filter(|i| !moved.iter().any(|(_, to)| to == i)).collect();
        for i in 0..a.len().max(b.len()) {
            marked.paragraph((a.get(i).map(|i| &old.0[*i]), b.get(i).map(|i| &new.0[*i])), books);
        }
    }
    for (from, to) in moved {
        match before[from] == after[to] {
            true => marked.moved((&old.0[from], &new.0[to]), books),
            false => marked.paragraph((Some(&old.0[from]), Some(&new.0[to])), books),
        }
    }
    marked.words.sort_by(|a, b| a.new.as_ref().or(a.old.as_ref()).cmp(&b.new.as_ref().or(b.old.as_ref())));
    marked
}

/// Paragraphs that are gone from one place and have come to another: word for word, else with the same beginning. Short ones
/// are no paragraphs.
fn moved<'t>(
    gone: impl Iterator<Item = (usize, &'t String)>,
    come: impl Iterator<Item = (usize, &'t String)>,
) -> Vec<(usize, usize)> {
    let mut gone: Vec<(usize, &String)> = gone.filter(|(_, text)| head(text).is_some()).collect();
    let mut come: Vec<(usize, &String)> = come.collect();
    let mut found = vec![];
    let alike: [fn(&String, &String) -> bool; 2] = [|a, b| a == b, |a, b| head(a) == head(b)];
    for same in alike {
        gone.retain(|(from, text)| match come.iter().position(|(_, other)| same(text, other)) {
            Some(at) => {
                found.push((*from, come.remove(at).0));
                false
            }
            None => true,
        });
    }
    found
}

/// How a paragraph begins.
fn head(text: &str) -> Option<&str> {
    text.char_indices().nth(SHORTEST_MOVED).map(|(end, _)| &text[..end])
}

const SHORTEST_MOVED: usize = 8;

/// Line ends and justification change blanks; words don't change by them.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{ad}')).collect()
}

/// Characters shown before and behind a change.
const AROUND: usize = 8;

impl Marked {
    /// The same words at both places.
    fn moved(&mut self, (old, new): (&Paragraph, &Paragraph), books: (&Book, &Book)) {
        let all = |p: &Paragraph| 0..p.text.chars().count();
        let (old_at, new_at) = (old.mark(all(old), &mut self.old), new.mark(all(new), &mut self.new));
        self.pairs.insert((old_at.map(|at| at.0), new_at.map(|at| at.0)));
        self.words.push(Rewording {
            old: old_at.map(|at| spot(books.0, at)),
            new: new_at.map(|at| spot(books.1, at)),
            gone: new.text.clone(),
            come: new.text.clone(),
            around: Default::default(),
        });
    }

    fn paragraph(&mut self, (old, new): (Option<&Paragraph>, Option<&Paragraph>), books: (&Book, &Book)) {
        let text = |p: Option<&Paragraph>| p.map(|p| p.text.clone()).unwrap_or_default();
        let (before, after) = (text(old), text(new));
        let diff = TextDiff::from_chars(&before, &after);
        for group in diff.grouped_ops(0) {
            let first = group.iter().find(|op| op.tag() != similar::DiffTag::Equal);
            let Some(first) = first else { continue };
            let changed = |tag: ChangeTag| -> String {
                let changes = group.iter().flat_map(|op| diff.iter_changes(op));
                changes.filter(|c| c.tag() == tag).map(|c| c.value()).collect()
            };
            let (gone, come) = (changed(ChangeTag::Delete), changed(ChangeTag::Insert));
            if squeezed(&gone) == squeezed(&come) {
                continue;
            }
            let (a, b) = (first.old_range().start, first.new_range().start);
            let old_at = old.and_then(|p| p.mark(a..a + gone.chars().count(), &mut self.old));
            let new_at = new.and_then(|p| p.mark(b..b + come.chars().count(), &mut self.new));
            self.pairs.insert((old_at.map(|at| at.0), new_at.map(|at| at.0)));
            let around = around(&after, b, come.chars().count());
            self.words.push(Rewording {
                old: old_at.map(|at| spot(books.0, at)),
                new: new_at.map(|at| spot(books.1, at)),
                gone,
                come,
                around,
            });
        }
    }
}

fn around(text: &str, at: usize, length: usize) -> (String, String) {
    let before: String = text.chars().take(at).skip(at.saturating_sub(AROUND)).collect();
    (before, text.chars().skip(at + length).take(AROUND).collect())
}

impl Paragraph<'_> {
    /// The boxes of some characters, added to `boxes`; the page and box of the first. Where none are left, as where words
    /// were taken out, it is a hair at that place.
    fn mark(&self, chars: std::ops::Range<usize>, boxes: &mut Vec<(usize, Rect)>) -> Option<(usize, Rect)> {
        let mut first = None;
        for piece in &self.pieces {
            let length = piece.run.text.chars().count();
            let from = chars.start.max(piece.start);
            let to = chars.end.min(piece.start + length);
            let hair = chars.is_empty() && (piece.start..=piece.start + length).contains(&chars.start);
            if from < to || hair {
                let found = (piece.page, extent(piece.run, from - piece.start, to.max(from) - piece.start));
                boxes.push(found);
                first = first.or(Some(found));
                if hair {
                    break;
                }
            }
        }
        first
    }
}

/// The box of the characters from one to another of a run.
fn extent(run: &GlyphRun, from: usize, to: usize) -> Rect {
    let byte = |char: usize| run.text.char_indices().nth(char).map_or(run.text.len(), |(at, _)| at);
    let end = run.glyphs.last().map_or(Len::ZERO, |g| g.x) + run.size;
    let x = |byte: usize| {
        let mut at = 0;
        let glyph = run.glyphs.iter().find(|g| {
            let here = at >= byte;
            at += usize::from(g.len);
            here
        });
        glyph.map_or(end, |g| g.x)
    };
    let (left, right) = (x(byte(from)), x(byte(to)));
    let hair = Len::pt(150);
    let (at, length, wide) = (run.origin, (right - left).max(hair), run.size * 6 / 5);
    match run.orientation {
        Orientation::Horizontal => Rect::new(at.x + left, at.y - run.size * 9 / 10, length, wide),
        _ => Rect::new(at.x - wide / 2, at.y + left, wide, length),
    }
}

fn spot(book: &Book, (number, rect): (usize, Rect)) -> Spot {
    let page: &Page = &book.pages[number];
    let area = page.area.as_ref();
    let within = |area: &TypeArea, c: &Rect| match area.vertical {
        true => (c.y..c.bottom()).contains(&rect.y),
        false => (c.x..c.right()).contains(&rect.x),
    };
    let reached = |area: &TypeArea, at: Len| match area.vertical {
        true => at <= rect.x + rect.width / 2 + Len::pt(100),
        false => at + Len::pt(100) >= rect.bottom() - rect.height / 4,
    };
    let column = area.and_then(|area| area.columns.iter().position(|c| within(area, c)));
    let line = area.and_then(|area| area.baselines.iter().position(|at| reached(area, *at)));
    Spot { page: number, label: page.label.clone(), column: column.map(|c| c + 1), line: line.map(|l| l + 1) }
}
