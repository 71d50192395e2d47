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
        self.element("table", id, &[], |w| {
            if !table.caption.is_empty() {
                w.xml.open("caption", &[]);
                w.runs(None, &table.caption);
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
        let credit = captioned.credit.as_deref().filter(|c| !c.trim().is_empty());
        let has_caption = !plain_text(&captioned.caption).trim().is_empty() || credit.is_some();
        self.xml.open("figure", &[]);
        pictures.iter().for_each(|figure| self.picture(figure, has_caption.then_some(caption_id.as_str())));
        if has_caption {
            self.xml.open("figcaption", &[("id", &caption_id)]);
            self.runs(None, &captioned.caption);
            if let Some(credit) = credit {
                self.xml.text(" ");
                self.xml.leaf("span", &[("class", "credit")], credit);
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
