//! Tables as Markdown: pipes where each cell is one square, `<table>` with `colspan` and `rowspan` where some are merged.

use super::raw::Table;
use super::serialise::{cell, is_plain};

pub fn write(out: &mut String, table: &Table) {
    if is_plain(table) { pipes(out, table) } else { html(out, table) }
}

fn pipes(out: &mut String, table: &Table) {
    for (n, row) in table.rows.iter().enumerate() {
        out.push('|');
        row.iter().for_each(|c| out.extend([" ", &cell(&c.runs).replace('|', "\\|"), " |"]));
        out.push('\n');
        if n == 0 {
            out.extend(["|", &" --- |".repeat(row.len()), "\n"]);
        }
    }
}

fn html(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    for (n, row) in table.rows.iter().enumerate() {
        let tag = if n < table.head.max(1) && table.rows.len() > 1 { "th" } else { "td" };
        out.push_str("<tr>");
        for c in row {
            let span = |name: &str, n: u16| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
            let (columns, rows) = (span("colspan", c.columns), span("rowspan", c.rows));
            out.extend(["<", tag, &columns, &rows, ">", &cell(&c.runs), "</", tag, ">"]);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}
