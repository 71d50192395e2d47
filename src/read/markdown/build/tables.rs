//! Tables: Markdown's, and HTML's with colspan and rowspan.
//!
//! In: events, or the tags and texts of an HTML block. Out: a `doc::Table`. Pictures in cells are set after it.

use super::html::Run;
use super::{Builder, Piece, trimmed};
use crate::base::Code;
use crate::doc::{Align, Block, BlockKind, Cell, Table};
use crate::read::markdown::html::{self, Part};
use pulldown_cmark::{Alignment, Event, Tag};
use std::ops::Range;

impl Builder<'_, '_> {
    pub(super) fn table(&mut self, align: &[Alignment], range: Range<usize>, out: &mut Vec<Block>) {
        let mut table = Table { align: align.iter().map(alignment).collect(), ..Table::default() };
        let mut pictures = vec![];
        loop {
            match self.advance() {
                Some((Event::Start(Tag::TableHead), _)) => {
                    let row = self.cells(&mut pictures);
                    // A head that says nothing is only Markdown's way to begin a table.
                    table.head.extend(Some(row).filter(|r| r.iter().any(|c| !c.text.is_empty())));
                }
                Some((Event::Start(Tag::TableRow), _)) => {
                    let row = self.cells(&mut pictures);
                    table.rows.push(row);
                }
                _ => break,
            }
        }
        self.push_table(table, pictures, range, out);
    }

    fn cells(&mut self, pictures: &mut Vec<Piece>) -> Vec<Cell> {
        let mut cells = vec![];
        while let Some((Event::Start(Tag::TableCell), _)) = self.advance() {
            let pieces = self.pieces(0);
            self.next += 1;
            pictures.extend(pieces.iter().filter(|p| matches!(p, Piece::Picture(_))).cloned());
            let text = self.text(pieces);
            cells.push(Cell::plain(text));
        }
        cells
    }

    fn push_table(&mut self, table: Table, pictures: Vec<Piece>, range: Range<usize>, out: &mut Vec<Block>) {
        let range = trimmed(self.source.body, range);
        out.push(self.block(range.clone(), BlockKind::Table(table)));
        if !pictures.is_empty() {
            self.find(Code::PhotoPlacement, range, "表格里的图片排到表后", "pictures in a table are set after it");
            self.figures(pictures, out);
        }
    }

    /// The parts of a `<table>`, its own tags first and last. What stands in no cell is set before it.
    pub(super) fn html_table(&mut self, parts: &[Part], out: &mut Vec<Block>) {
        let range = parts.first().map_or(0, |p| p.range().start)..parts.last().map_or(0, |p| p.range().end);
        let mut rows = Rows::default();
        for part in parts {
            let Part::Tag(at) = part else {
                self.html_text(&mut rows.run, part);
                continue;
            };
            let source = self.source.text(at.clone());
            let (name, closes) = html::tag(source);
            match name.as_str() {
                "table" | "tbody" | "tfoot" | "thead" | "tr" | "td" | "th" | "caption" => {
                    self.covered.add(at.clone());
                    self.end_cell(&mut rows);
                    rows.tag(&name, closes, source);
                }
                "col" | "colgroup" => self.covered.add(at.clone()),
                "p" | "div" | "li" | "ul" | "ol" | "center" => {
                    self.covered.add(at.clone());
                    rows.run.pieces.push(Piece::Hard(self.source.span(at.clone())));
                }
                _ => self.tag(&mut rows.run, at.clone()),
            }
        }
        self.end_cell(&mut rows);
        let before = std::mem::take(&mut rows.outside);
        if before.iter().any(|p| !p.is_blank()) {
            let message = "表格里有不在格子里的文字，排在表前";
            self.find(
                Code::MarkdownTable,
                range.clone(),
                message,
                "text of a table that is in no cell is set before it",
            );
        }
        self.paragraph(before, range.clone(), out);
        let pictures = std::mem::take(&mut rows.pictures);
        let table = rows.table();
        if table.cells().next().is_some() || !table.caption.is_empty() {
            self.push_table(table, pictures, range, out);
        }
    }

    fn end_cell(&mut self, rows: &mut Rows) {
        let pieces = self.close_run(&mut rows.run);
        let Some(Open { head, columns, rows: down, align, caption }) = rows.open.take() else {
            rows.outside.extend(pieces);
            return;
        };
        rows.pictures.extend(pieces.iter().filter(|p| matches!(p, Piece::Picture(_))).cloned());
        let text = self.text(single_breaks(pieces));
        if caption {
            rows.caption.extend(text);
            return;
        }
        if rows.all.is_empty() {
            rows.all.push((rows.in_head, vec![]));
        }
        let cell = Cell { columns, rows: down, heads_row: head, align, ..Cell::plain(text) };
        rows.all.last_mut().expect("just seen to").1.push(cell);
    }
}

/// One break where tags ask for several, none at the ends.
fn single_breaks(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = vec![];
    for piece in pieces {
        let breaks = matches!(piece, Piece::Hard(_));
        let text_before = out.iter().any(|p| !p.is_blank());
        let doubled = out.iter().rev().find(|p| !p.is_blank() || matches!(p, Piece::Hard(_)));
        if !breaks || text_before && !matches!(doubled, Some(Piece::Hard(_))) {
            out.push(piece);
        }
    }
    out
}

/// The rows of an HTML table so far.
#[derive(Default)]
struct Rows {
    /// With whether they stand in the head.
    all: Vec<(bool, Vec<Cell>)>,
    in_head: bool,
    open: Option<Open>,
    run: Run,
    caption: Vec<crate::doc::Inline>,
    outside: Vec<Piece>,
    pictures: Vec<Piece>,
}

/// A cell or caption whose text is being read.
struct Open {
    head: bool,
    columns: u16,
    rows: u16,
    align: Option<Align>,
    caption: bool,
}

impl Rows {
    fn tag(&mut self, name: &str, closes: bool, source: &str) {
        match (name, closes) {
            ("thead", _) => self.in_head = !closes,
            ("tr", false) => self.all.push((self.in_head, vec![])),
            ("td" | "th" | "caption", false) => {
                let span = |key| html::attribute(source, key).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                let clamped = |n: u16| n.clamp(1, 200);
                self.open = Some(Open {
                    head: name == "th",
                    columns: clamped(span("colspan")),
                    rows: clamped(span("rowspan")),
                    align: alignment_of(source),
                    caption: name == "caption",
                });
            }
            _ => {}
        }
    }

    /// The head is what stands in `thead`, or the rows at the top whose cells are all `th`.
    fn table(self) -> Table {
        let mut table = Table { caption: self.caption, ..Table::default() };
        for (in_head, mut row) in self.all {
            if row.is_empty() {
                continue;
            }
            let heads = in_head || row.iter().all(|c| c.heads_row);
            row.iter_mut().for_each(|c| c.heads_row &= !heads);
            if heads && table.rows.is_empty() { &mut table.head } else { &mut table.rows }.push(row);
        }
        if table.rows.is_empty() {
            std::mem::swap(&mut table.head, &mut table.rows);
        }
        table
    }
}

fn alignment_of(tag: &str) -> Option<Align> {
    let style = html::attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    let said = html::attribute(tag, "align").unwrap_or_default().to_ascii_lowercase();
    let by_style = style.split_once("text-align").map(|(_, rest)| rest.trim_start_matches([':', ' '])).unwrap_or("");
    let is = |word: &str| said == word || by_style.starts_with(word);
    match () {
        () if is("center") => Some(Align::Center),
        () if is("right") || is("end") => Some(Align::End),
        () if is("left") || is("start") => Some(Align::Start),
        () => None,
    }
}

fn alignment(a: &Alignment) -> Align {
    match a {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}
