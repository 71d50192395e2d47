//! Tables of data, told from tables that only lay a page out.

use super::super::super::han;
use super::super::raw::{self, Run, Style, Table, TableCell};
use super::collapsed;
use super::events::Event;

/// The table that has just opened, and how many events it holds. None where it holds tables, pictures or long text: layout.
pub fn read<'a>(events: impl Iterator<Item = Event<'a>>) -> Option<(Table, usize)> {
    let mut table = Table::default();
    let mut row: Option<Vec<TableCell>> = None;
    let mut cell: Option<TableCell> = None;
    let mut styles: Vec<Style> = vec![Style::default()];
    let mut head = 0;
    for (at, event) in events.enumerate() {
        match event {
            Event::Open(tag) => match &tag.name[..] {
                "table" | "img" | "h1" | "h2" | "iframe" => return None,
                "tr" => row = Some(vec![]),
                "td" | "th" => {
                    head += usize::from(tag.name == "th" && table.rows.is_empty());
                    cell = Some(TableCell { columns: tag.columns, rows: tag.rows, ..TableCell::default() });
                }
                "br" | "p" | "div" => line_end(cell.as_mut()),
                _ => {
                    let outer = styles.last().copied().unwrap_or_default();
                    styles.push(tag.style(outer).unwrap_or(outer));
                }
            },
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    let last = cell.runs.last().and_then(|r| r.text.chars().next_back());
                    let style = styles.last().copied().unwrap_or_default();
                    cell.runs.push(Run::styled(collapsed(text, last), style));
                } else if !han::trim(text).is_empty() {
                    return None;
                }
            }
            Event::Close(tag) => match &tag.name[..] {
                "td" | "th" => {
                    row.as_mut().zip(cell.take()).into_iter().for_each(|(row, cell)| row.push(trimmed(cell)))
                }
                "tr" => {
                    if let Some(mut row) = row.take().filter(|r| !r.is_empty()) {
                        row.shrink_to_fit();
                        raw::push(&mut table.rows, row);
                    }
                }
                "table" => {
                    table.head = usize::from(head > 0);
                    return is_data(&table).then_some((table, at + 1));
                }
                "br" | "p" | "div" | "tbody" | "thead" | "tfoot" => {}
                _ => drop(styles.pop().filter(|_| styles.len() > 1)),
            },
        }
    }
    None
}

fn line_end(cell: Option<&mut TableCell>) {
    if let Some(cell) = cell.filter(|c| c.runs.iter().any(|r| !han::trim(&r.text).is_empty())) {
        cell.runs.push(Run::plain("\n"));
    }
}

fn trimmed(mut cell: TableCell) -> TableCell {
    while cell.runs.last().is_some_and(|r| han::trim(&r.text).is_empty()) {
        cell.runs.pop();
    }
    cell.runs.shrink_to_fit();
    cell
}

fn is_data(table: &Table) -> bool {
    let columns = |row: &[TableCell]| row.iter().map(|c| u32::from(c.columns)).sum::<u32>();
    let long = table.rows.iter().flatten().any(|c| c.runs.iter().map(|r| r.text.chars().count()).sum::<usize>() > 200);
    table.rows.len() >= 2 && table.rows.iter().any(|r| columns(r) >= 2) && !long
}
