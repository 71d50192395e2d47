//! Tables as Markdown: pipes where each cell is one square, `<table>` with `colspan` and `rowspan` where some are merged.

use super::raw::{Table, TableCell};
use super::serialise::{cell, is_plain};

pub fn write(table: &Table) -> String {
    if is_plain(table) { pipes(table) } else { html(table) }
}

fn pipes(table: &Table) -> String {
    let row = |cells: &[TableCell]| -> String {
        let texts = cells.iter().map(|c| cell(&c.runs).replace('|', "\\|"));
        texts.fold(String::from("|"), |line, text| line + &format!(" {text} |")) + "\n"
    };
    let rule = "|".to_string() + &" --- |".repeat(table.rows[0].len()) + "\n";
    let rest: String = table.rows[1..].iter().map(|r| row(r)).collect();
    row(&table.rows[0]) + &rule + &rest
}

fn html(table: &Table) -> String {
    let mut out = String::from("<table>\n");
    for (n, row) in table.rows.iter().enumerate() {
        let tag = if n < table.head.max(1) && table.rows.len() > 1 { "th" } else { "td" };
        out.push_str("<tr>");
        for c in row {
            let span = |name: &str, n: usize| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
            out +=
                &format!("<{tag}{}{}>{}</{tag}>", span("colspan", c.columns), span("rowspan", c.rows), cell(&c.runs));
        }
        out.push_str("</tr>\n");
    }
    out + "</table>\n"
}
