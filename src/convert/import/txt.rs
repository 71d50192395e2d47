//! T2 for plain text: lines into paragraphs.
//!
//! In: a text. Out: a block for each paragraph. Lines of one width that end in mid-sentence are wraps and are joined; short
//! lines without an end mark (verse, addresses) never are.

use super::super::han::{self, is_han};
use super::log::Log;
use super::raw::{Block, Kind, Raw, Run, Table, TableCell};
use crate::base::words;
use smallvec::smallvec;

/// Reads plain text.
pub fn read(text: &str, log: &mut Log) -> Raw {
    let width = wrap_width(text);
    let mut blocks = Vec::with_capacity(text.lines().filter(|line| !han::trim(line).is_empty()).count());
    let mut gap = false;
    let mut last: Option<&str> = None;
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        let bare = han::trim(line);
        if let Some(table) = table(line, lines.clone().map(|(_, line)| line)) {
            lines.nth(table.rows.len() - 2);
            let mut block = Block::new(Kind::Table(table.into()), [], number);
            block.gap = std::mem::take(&mut gap);
            blocks.push(block);
            last = None;
            continue;
        }
        if bare.is_empty() {
            gap = true;
            last = None;
            continue;
        }
        if let Some((before, block)) = last.zip(blocks.last_mut()).filter(|(b, _)| wraps(b, line, width)) {
            let glue = if joins_bare(before, bare) { "" } else { " " };
            block.runs[0].text.push_str(glue);
            block.runs[0].text.push_str(bare);
            log.repeated("T2", number, ("\n".into(), glue.into()), || words("接上硬换行", "hard wrap joined"));
        } else {
            let mut block = Block::para(bare, number);
            block.gap = gap;
            block.centred = centred(line, width);
            blocks.push(block);
        }
        gap = false;
        last = Some(line);
    }
    blocks.shrink_to_fit();
    Raw { blocks, ..Raw::default() }
}

/// Two lines or more of as many cells, three at least, with tabs between: what a copied table leaves. Tabs before a line
/// are its indent, so two cells of the head hold words, and a row has its first cell or two of them.
fn table<'a>(first: &'a str, below: impl Iterator<Item = &'a str>) -> Option<Table> {
    let cells = |line: &str| -> Vec<TableCell> {
        let words = |text| TableCell { runs: smallvec![Run::plain(han::trim(text))], columns: 1, rows: 1 };
        let mut row: Vec<TableCell> = line.trim_matches([' ', '\u{3000}']).split('\t').map(words).collect();
        row.shrink_to_fit();
        row
    };
    let worded = |cell: &&TableCell| !cell.runs[0].text.is_empty();
    let filled = |row: &[TableCell]| row.iter().filter(worded).count() >= 2;
    let head = Some(cells(first)).filter(|row| row.len() >= 3 && filled(row))?;
    let is_row = |row: &Vec<TableCell>| row.len() == head.len() && (worded(&&row[0]) || filled(row));
    let rows: Vec<Vec<TableCell>> = [first].into_iter().chain(below).map(cells).take_while(is_row).collect();
    (rows.len() >= 2).then(|| Table { rows, head: 1, ..Table::default() })
}

/// Columns a line takes: Han two, others one.
fn columns(line: &str) -> usize {
    line.trim_end().chars().map(|c| if is_han(c) || han::is_mark(c) || c == '\u{3000}' { 2 } else { 1 }).sum()
}

/// The width lines were wrapped at. None where each line is a paragraph: lines then have all lengths, or are long.
fn wrap_width(text: &str) -> Option<usize> {
    const WIDEST: usize = 120;
    if text.lines().any(|line| columns(line) > WIDEST && line.contains(is_han)) {
        return None;
    }
    let pairs = || text.lines().zip(text.lines().skip(1)).filter(|(_, next)| !han::trim(next).is_empty());
    let prose = |line: &str| !han::trim(line).is_empty() && super::fields::fields(line).is_none();
    let widths: Vec<u16> = pairs()
        .map(|(line, _)| (line, columns(line)))
        .filter(|(line, w)| *w >= 30 && prose(line))
        .map(|(_, w)| w.min(WIDEST + 1) as u16)
        .collect();
    let widest = widths.iter().copied().max().map(usize::from).filter(|w| *w <= WIDEST)?;
    let full = widths.iter().filter(|w| usize::from(**w) + 6 >= widest).count();
    let broken = pairs().filter(|(line, _)| columns(line) + 6 >= widest);
    let mid_sentence = broken.filter(|(line, _)| !han::ends_sentence(line)).count();
    (full >= 2 && full * 2 >= widths.len() && mid_sentence * 2 >= full).then_some(widest)
}

fn wraps(before: &str, line: &str, width: Option<usize>) -> bool {
    let indented = line.starts_with(['\u{3000}', '\t']) || line.starts_with("    ");
    width.is_some_and(|w| columns(before) + 6 >= w) && !indented && super::fields::fields(line).is_none()
}

fn joins_bare(before: &str, after: &str) -> bool {
    let cjk = |c: char| is_han(c) || han::is_mark(c) || han::is_shared_mark(c);
    before.trim_end().chars().next_back().is_some_and(cjk) || after.chars().next().is_some_and(cjk)
}

/// Blanks of more than an indent before a short line.
fn centred(line: &str, width: Option<usize>) -> bool {
    let lead = columns(line) - columns(line.trim_start());
    lead > 6 && columns(line.trim()) < width.unwrap_or(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        read(text, &mut Log::default()).blocks.iter().map(Block::text).collect()
    }

    #[test]
    fn hard_wraps_are_joined_and_short_lines_are_not() {
        let wrapped = "小满在路边等我的时候，正用一把旧镰刀刮石阶上的青苔。她刮得慢，\n刮下来的苔不扔，捧在手里，垫到外侧的石缝中去。她说扔了可惜，给它\n挪个地方，它自己会长。\n\n第二段。";
        assert_eq!(paragraphs(wrapped).len(), 2);
        assert!(paragraphs(wrapped)[0].contains("她刮得慢，刮下来"));
        assert_eq!(paragraphs("天地玄黄\n宇宙洪荒\n日月盈昃"), ["天地玄黄", "宇宙洪荒", "日月盈昃"]);
        let by_line = "第一段说完了一件事，这一段不短，有三十个字以上才好比较长短。\n第二段也说完了一件事。\n第三段说完了又一件事，写得比第二段长一些。";
        assert_eq!(paragraphs(by_line).len(), 3);
    }

    /// T2: tabs before a line are its indent; between words they part the cells of a table.
    #[test]
    fn lines_with_two_tabs_before_them_are_no_table() {
        assert_eq!(paragraphs("\t\t第一段。\n\t\t第二段。"), ["第一段。", "第二段。"]);
        assert_eq!(paragraphs("第一段。\t\t\n第二段。\t\t"), ["第一段。", "第二段。"]);
        let rows = |text| match &read(text, &mut Log::default()).blocks[0].kind {
            Kind::Table(table) => table.rows.len(),
            _ => 0,
        };
        assert_eq!(rows("村\t户数\t人口\n沙坪\t12\t40\n合计\t\t\n\t\t下一段。"), 3);
        assert_eq!(rows("\t户数\t人口\n沙坪\t12\t40"), 2);
    }
}
