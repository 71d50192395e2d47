//! Tables as Markdown: pipes where each cell is one square, `<table>` with `colspan` and `rowspan` where some are merged
//! or the table has a name.

use super::super::han;
use super::Work;
use super::raw::{Kind, Table};
use super::serialise::{cell, is_plain};

/// `表1 各村户数`, `表二：……`.
pub fn is_caption(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('表') else { return false };
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-.一二三四五六七八九十".contains(c));
    let parted = name.starts_with(|c| han::is_blank(c) || matches!(c, '：' | ':' | '．'));
    name.len() < rest.len() && parted && !han::ends_sentence(name)
}

/// What a table is called, above it, becomes its caption.
pub fn name(work: &mut Work) {
    for at in (1..work.blocks.len()).rev() {
        let (above, below) = work.blocks.split_at_mut(at);
        if let Kind::Table(table) = &mut below[0].kind
            && above[at - 1].is_para()
            && is_caption(&above[at - 1].text())
        {
            table.caption = std::mem::take(&mut above[at - 1].runs);
            work.blocks.remove(at - 1);
        }
    }
}

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
    if !table.caption.is_empty() {
        out.extend(["<caption>", &cell(&table.caption), "</caption>\n"]);
    }
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
