//! Tables with merged cells (ECMA-376-1 §17.4: `gridSpan`, `vMerge`).

use super::super::raw::{Block, Kind, Run, Table, TableCell};
use super::body::{Line, Reader};
use super::xml::Element;
use crate::base::Words;

/// Reads a table; one of a single cell is a frame around paragraphs.
pub fn read(reader: &mut Reader, table: &Element) -> Result<(), Words> {
    let rows: Vec<&Element> = table.children.iter().filter(|c| c.is("tr")).collect();
    if let [only] = &rows[..]
        && let [frame] = &cells(only).collect::<Vec<_>>()[..]
    {
        return reader.blocks(frame);
    }
    let mut out = Table::default();
    // Which cell of the table stands at a column of the grid.
    let mut above: Vec<Option<(usize, usize)>> = vec![];
    let mut after = After::default();
    for row in rows {
        let mut made: Vec<TableCell> = vec![];
        let mut at = row
            .child("trPr")
            .and_then(|p| p.value("gridBefore"))
            .and_then(|v| v.parse().ok())
            .unwrap_or(0_usize)
            .min(100);
        let heads = row.child("trPr").and_then(|p| p.on("tblHeader")).unwrap_or(false);
        for cell in cells(row) {
            let properties = cell.child("tcPr");
            let span = properties
                .and_then(|p| p.value("gridSpan"))
                .and_then(|v| v.parse().ok())
                .unwrap_or(1_usize)
                .clamp(1, 100);
            let merge = properties.and_then(|p| p.child("vMerge"));
            let continues = merge.is_some_and(|m| m.attribute("val") != Some("restart"));
            above.resize(above.len().max(at + span), None);
            match above[at].filter(|_| continues) {
                Some((row, cell)) => out.rows[row][cell].rows += 1,
                None => {
                    made.push(TableCell {
                        runs: words(reader, cell, &mut after)?.into_iter().collect(),
                        columns: span as u16,
                        rows: 1,
                    });
                    above[at..at + span].fill(Some((out.rows.len(), made.len() - 1)));
                }
            }
            at += span;
        }
        out.head += usize::from(heads);
        out.rows.push(made);
    }
    if out.rows.iter().any(|r| !r.is_empty()) {
        reader.push(Block::new(Kind::Table(out.into()), [], 0), false);
    }
    for picture in after.pictures {
        reader.push(Block::new(Kind::Figure { picture }, [], 0), false);
    }
    after.boxes.iter().try_for_each(|text| reader.blocks(text))?;
    after.tables.iter().try_for_each(|nested| read(reader, nested))
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.children.iter().filter(|c| c.is("tc"))
}

/// What cells hold beside words: it follows the table.
#[derive(Default)]
struct After {
    pictures: Vec<usize>,
    boxes: Vec<Element>,
    tables: Vec<Element>,
}

/// The paragraphs of a cell with line ends between; tables within it come after.
fn words(reader: &mut Reader, cell: &Element, after: &mut After) -> Result<Vec<Run>, Words> {
    let mut line = Line::default();
    for child in &cell.children {
        match &child.name[..] {
            "p" => {
                if !line.runs.is_empty() {
                    line.text("\n", Default::default());
                }
                reader.inline(child, &mut line)?;
            }
            "tbl" => after.tables.push(child.clone()),
            _ => {}
        }
    }
    after.pictures.append(&mut line.pictures);
    after.boxes.append(&mut line.boxes);
    while line.runs.last().is_some_and(|r| r.text.trim().is_empty() && r.note().is_none()) {
        line.runs.pop();
    }
    Ok(line.runs)
}
