//! Blocks → XHTML flow content.

use super::article::ArticleWriter;
use super::xml::Attributes;
use crate::base::BlockId;
use crate::doc::{Align, Block, BlockKind, Cell, DivKind, Figure, Inline, Table, group_caption, plain_text};

impl ArticleWriter<'_> {
    /// A block of the article's flow: pages may begin in it.
    pub fn block(&mut self, block: &Block) {
        self.write_block(block, true);
    }

    /// A block of a note: no page begins in it.
    pub fn outside_flow(&mut self, block: &Block) {
        self.write_block(block, false);
    }

    fn write_block(&mut self, block: &Block, flow: bool) {
        let at = flow.then_some(block.id);
        let has_text =
            matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Para { .. } | BlockKind::Code { .. });
        // A page that begins with a block that has no text of its own begins before it.
        if flow && !has_text {
            self.markers(block.id, u32::MAX);
        }
        match &block.kind {
            BlockKind::Heading { level, text, .. } => self.heading_block(block.id, *level, text, at),
            // Marks of pages alone: their markers are all there is.
            BlockKind::Para { text } if text.iter().all(|i| matches!(i, Inline::PageMark { .. })) => {
                at.into_iter().for_each(|id| self.markers(id, u32::MAX));
            }
            BlockKind::Para { text } => self.text_element("p", block.id, text, at),
            BlockKind::Figures { figures, .. } => self.figure_group(block.id, figures),
            BlockKind::Quote { blocks } => self.quote(block.id, blocks, flow),
            BlockKind::Div { kind, blocks } => self.div(block.id, *kind, blocks, flow),
            BlockKind::List { start, items } => self.list(block.id, *start, items, flow),
            BlockKind::Table(table) => self.table(block.id, table, flow),
            BlockKind::Code { lines } => self.code(block.id, lines, at),
            BlockKind::Rule => self.rule(block.id),
        }
        self.xml.line();
    }

    /// An element with the block's anchor.
    fn element(&mut self, name: &'static str, id: BlockId, more: Attributes, body: impl FnOnce(&mut Self)) {
        let anchor = self.anchor(id);
        let attributes: Vec<_> = more.iter().copied().chain(anchor.as_deref().map(|a| ("id", a))).collect();
        self.xml.open(name, &attributes);
        body(self);
        self.xml.close();
    }

    fn rule(&mut self, id: BlockId) {
        let anchor = self.anchor(id);
        let attributes: Vec<_> = anchor.as_deref().map(|a| ("id", a)).into_iter().collect();
        self.xml.empty("hr", &attributes);
    }

    fn text_element(&mut self, name: &'static str, id: BlockId, text: &[Inline], at: Option<BlockId>) {
        self.element(name, id, &[], |w| w.runs(at, text));
    }

    /// Levels follow the author's, but none is left out on the way down (WCAG 1.3.1; h1 is the title).
    fn heading_block(&mut self, id: BlockId, level: u8, text: &[Inline], at: Option<BlockId>) {
        if plain_text(text).trim().is_empty() {
            return self.text_element("p", id, text, at);
        }
        self.level = level.clamp(2, 6).min(self.level + 1);
        let name = ["h2", "h3", "h4", "h5", "h6"][usize::from(self.level) - 2];
        self.text_element(name, id, text, at);
    }

    fn quote(&mut self, id: BlockId, blocks: &[Block], flow: bool) {
        self.element("blockquote", id, &[], |w| {
            w.xml.line();
            blocks.iter().for_each(|b| w.write_block(b, flow));
        });
    }

    fn div(&mut self, id: BlockId, kind: DivKind, blocks: &[Block], flow: bool) {
        let (name, attributes): (_, Attributes) = match kind {
            DivKind::PullQuote => {
                ("aside", &[("class", "pull-quote"), ("epub:type", "pullquote"), ("role", "doc-pullquote")])
            }
            DivKind::Box => ("aside", &[("class", "box")]),
            DivKind::Verse => ("div", &[("class", "verse")]),
            DivKind::Interview => ("div", &[("class", "interview")]),
            DivKind::Continuation => ("div", &[("class", "continue")]),
        };
        self.element(name, id, attributes, |w| {
            w.xml.line();
            blocks.iter().for_each(|b| w.write_block(b, flow));
        });
    }

    fn list(&mut self, id: BlockId, start: Option<u64>, items: &[Vec<Block>], flow: bool) {
        let number = start.filter(|n| *n != 1 && i32::try_from(*n).is_ok()).map(|n| n.to_string());
        let attributes: Vec<(&str, &str)> = number.as_deref().map(|n| ("start", n)).into_iter().collect();
        self.element(if start.is_some() { "ol" } else { "ul" }, id, &attributes, |w| {
            w.xml.line();
            for item in items {
                w.xml.open("li", &[]);
                item.iter().for_each(|b| w.write_block(b, flow));
                w.xml.close();
                w.xml.line();
            }
        });
    }

    fn table(&mut self, id: BlockId, table: &Table, flow: bool) {
        let shares = shares(table).filter(|_| !self.plan.is_vertical());
        let class: Attributes = match shares.as_ref().map(Vec::len) {
            None => &[],
            Some(..WIDE) => &[("class", "fixed")],
            Some(WIDE..WIDEST) => &[("class", "fixed wide")],
            Some(_) => &[("class", "fixed widest")],
        };
        self.element("table", id, class, |w| {
            if !table.caption.is_empty() {
                w.xml.open("caption", &[]);
                w.runs(None, &table.caption);
                w.xml.close();
            }
            if let Some(shares) = shares {
                w.xml.open("colgroup", &[]);
                for share in shares {
                    w.xml.empty("col", &[("style", &format!("width: {}.{}%", share / 10, share % 10))]);
                }
                w.xml.close();
            }
            if !table.head.is_empty() {
                w.xml.open("thead", &[]);
                table.head.iter().for_each(|row| w.row(row, &table.align, true, flow));
                w.xml.close();
            }
            if !table.rows.is_empty() {
                w.xml.open("tbody", &[]);
                table.rows.iter().for_each(|row| w.row(row, &table.align, false, flow));
                w.xml.close();
            }
        });
    }

    fn row(&mut self, cells: &[Cell], align: &[Align], head: bool, flow: bool) {
        self.xml.open("tr", &[]);
        for (i, cell) in cells.iter().enumerate() {
            let class = match cell.align.or(align.get(i).copied()).unwrap_or_default() {
                Align::Start => None,
                Align::Center => Some(("class", "center")),
                Align::End => Some(("class", "end")),
            };
            // A blank corner heads no column.
            let heads = (head || cell.heads_row) && !plain_text(&cell.text).trim().is_empty();
            let scope = heads.then_some(("scope", if head { "col" } else { "row" }));
            let numbers = [("colspan", cell.columns), ("rowspan", cell.rows)].map(|(key, n)| (key, n, n.to_string()));
            let spans = numbers.iter().filter(|(_, n, _)| *n > 1).map(|(key, _, shown)| (*key, shown.as_str()));
            let attributes: Vec<(&str, &str)> = class.into_iter().chain(scope).chain(spans).collect();
            self.element(if heads { "th" } else { "td" }, cell.id, &attributes, |w| {
                w.runs(flow.then_some(cell.id), &cell.text);
            });
        }
        self.xml.close();
        self.xml.line();
    }

    /// Lines count in `Pos` as text with one character for each line end.
    fn code(&mut self, id: BlockId, lines: &[String], at: Option<BlockId>) {
        let inline =
            Inline::Text { text: lines.join("\n"), style: Default::default(), link: None, span: Default::default() };
        self.element("pre", id, &[], |w| {
            w.xml.open("code", &[]);
            w.runs(at, &[inline]);
            w.xml.close();
        });
    }

    fn figure_group(&mut self, id: BlockId, figures: &[Figure]) {
        let class: Attributes = if figures.len() > 1 { &[("class", "group")] } else { &[("class", "plate")] };
        self.element("div", id, class, |w| match group_caption(figures) {
            Some(captioned) => w.figure(figures, captioned),
            None => figures.iter().for_each(|f| w.figure(std::slice::from_ref(f), f)),
        });
    }

    /// One or several pictures with one caption.
    fn figure(&mut self, pictures: &[Figure], captioned: &Figure) {
        self.figures += 1;
        let caption_id = format!("c{}", self.figures);
        let credit = captioned.credit_line(self.article.lang);
        let has_caption = !plain_text(&captioned.caption).trim().is_empty() || credit.is_some();
        self.xml.open("figure", &[]);
        pictures.iter().for_each(|figure| self.picture(figure, has_caption.then_some(caption_id.as_str())));
        if has_caption {
            self.xml.open("figcaption", &[("id", &caption_id)]);
            self.runs(None, &captioned.caption);
            if let Some(credit) = credit {
                self.xml.leaf("span", &[("class", "credit")], &credit);
            }
            self.xml.close();
        }
        self.xml.close();
        self.xml.line();
    }

    /// The picture's name is the alternative text the author gave. Where there is none it is the caption, by reference
    /// and not by copying: nothing is invented, and a screen reader doesn't hear it twice.
    fn picture(&mut self, figure: &Figure, caption: Option<&str>) {
        let photo = self.plan.issue.photos.get(figure.photo.0 as usize);
        if let Some(photo) = photo.filter(|p| p.is_pending()) {
            let name = photo.name.rsplit('/').next().unwrap_or(&photo.name);
            let text = [self.plan.words.pending, self.plan.words.colon, name].concat();
            return self.xml.leaf("p", &[("class", "pending")], &text);
        }
        let Some(picture) = self.plan.pictures.get(&figure.photo) else { return };
        let alt = figure.alt.as_deref().map(|a| a.replace(['\n', '\r', '\t'], " "));
        let name = match (&alt, caption) {
            (Some(alt), _) => ("alt", alt.as_str()),
            (None, Some(caption)) => ("aria-labelledby", caption),
            (None, None) => ("aria-label", self.plan.words.picture),
        };
        self.xml.empty("img", &[("src", &picture.href), name]);
    }
}

/// Columns from which on a table is wider than a telephone, from which on it takes the smallest type, and what a telephone
/// holds, in half em of a table's small type.
const WIDE: usize = 5;
const WIDEST: usize = 10;
const TELEPHONE: u32 = 54;
/// Half em of a word that must be cut: an address.
const UNWIELDY: u32 = 24;

/// The columns' shares of the width, in thousandths, where a table has many or unwieldy words: numbers and words that
/// can't be broken first, what is left by what the cells hold. None where cells go over several columns.
fn shares(table: &Table) -> Option<Vec<u32>> {
    let rows = || table.head.iter().chain(&table.rows);
    let unwieldy = || table.cells().any(|cell| longest_word(&plain_text(&cell.text)) > UNWIELDY);
    let columns = rows().map(Vec::len).max().filter(|n| *n >= WIDE || unwieldy())?;
    if table.cells().any(|cell| cell.columns > 1 || cell.rows > 1) {
        return None;
    }
    let texts = |column: usize| rows().filter_map(move |row| row.get(column)).map(|cell| plain_text(&cell.text));
    let least = |column| texts(column).map(|t| longest_word(&t)).max().unwrap_or(0).clamp(3, 10) + 1;
    let whole = |column| texts(column).map(|t| halves(&t)).max().unwrap_or(0).min(20) + 1;
    let least: Vec<u32> = (0..columns).map(least).collect();
    let more: Vec<u32> = (0..columns).map(|i| u32::saturating_sub(whole(i), least[i])).collect();
    let (needed, wanted) = (least.iter().sum::<u32>(), more.iter().sum::<u32>().max(1));
    let room = TELEPHONE.saturating_sub(needed).min(wanted);
    let widths: Vec<u32> =
        least.iter().zip(&more).map(|(least, more)| least * 100 + more * room * 100 / wanted).collect();
    let all: u32 = widths.iter().sum();
    Some(widths.iter().map(|own| own * 1000 / all).collect())
}

/// The width of a text in half em.
fn halves(text: &str) -> u32 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// That of what stays on one line: a number, a Latin word.
fn longest_word(text: &str) -> u32 {
    text.split(|c: char| !c.is_ascii_graphic()).map(halves).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_columns_share_the_width_by_what_they_hold() {
        let text =
            |t: &str| Inline::Text { text: t.into(), style: Default::default(), link: None, span: Default::default() };
        let cell = |t: &str| Cell::plain(vec![text(t)]);
        let row = |texts: &[&str]| texts.iter().map(|t| cell(t)).collect::<Vec<_>>();
        let table = |texts: &[&str]| Table { rows: vec![row(texts)], ..Table::default() };
        let found = shares(&table(&["1964", "12", "31", "0", "头一年，大家都不信能收"])).expect("five columns");
        assert!(found[0] > found[1] && found[4] > found[0] * 2, "{found:?}");
        assert!((980..=1000).contains(&found.iter().sum::<u32>()));
        // Four digits and the air beside them, of what a telephone holds.
        let eight =
            shares(&table(&["1964", "10月21日", "1133", "1133", "1133", "1133", "5月2日", "头一年，大家都不信能收"]));
        assert!(eight.expect("eight columns")[0] >= 80);
        assert_eq!(shares(&table(&["甲", "乙", "丙", "丁"])), None);
    }
}
