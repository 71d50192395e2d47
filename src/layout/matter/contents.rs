//! 目次: sections, titles, all authors, standfirsts, page numbers, and small photos beside them where the page is wide.
//!
//! Every entry is set before it is placed, so that nothing overprints; numbers stand in slots of fixed width, so that how
//! many pages the contents take never depends on them.

use super::{Matter, TextBlock, rule};
use crate::base::{Ink, Lang, Len, Point, Rect};
use crate::doc::{Article, BlockKind, Figure, Issue, PhotoFormat, plain_text};
use crate::font::Library;
use crate::layout::article::name_run;
use crate::layout::paint::{Dest, Leaf, Reference};
use crate::layout::set::{Setter, plain_run};
use crate::page::{Item, NodeId, Picture, Role as NodeRole, Tree};
use crate::style::{Align, Pitch, Role, Theme};
use crate::text::{LineShape, TextRun};

/// How many pages the contents take, whatever the numbers; a single article needs none.
pub fn pages(issue: &Issue, theme: &Theme, library: &Library) -> usize {
    if issue.articles.len() < 2 {
        return 0;
    }
    lay(issue, theme, library, &|_| "000".into()).leaves.len()
}

/// Sets the contents; `label_of(article)` is the label of the page it begins on.
pub fn lay(issue: &Issue, theme: &Theme, library: &Library, label_of: &dyn Fn(usize) -> String) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let section = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let heading = setter.tree.add(section, NodeRole::Heading(1));
    let mut maker = Maker { label_of, toc: setter.tree.add(section, NodeRole::Toc), setter, air: AIRS[1] };
    let sheets = maker.sheets();
    let mut leaves = vec![];
    for (page, rows) in sheets.iter().enumerate() {
        let mut leaf = Leaf { vertical: theme.grid.is_vertical(), ..Leaf::default() };
        match page {
            0 => maker.head(&mut leaf, heading),
            _ => maker.continued(&mut leaf),
        }
        maker.photos(&mut leaf, rows, section);
        maker.rows(&mut leaf, rows);
        leaves.push(leaf);
    }
    Matter { leaves, tree: maker.setter.tree, report: maker.setter.report }
}

/// Room for a page number of three digits.
const NUMBER_SLOT: Len = Len::pt(3200);
/// Half lines above a section's name: more than usual where there is room, fewer where there is none.
const AIRS: [i32; 3] = [3, 2, 1];
/// Lines of a standfirst at most, however much room there is.
const MOST: u8 = 4;
/// What it costs to divide a section between pages, in half lines of difference between these.
const DIVIDED: i32 = 8;
/// Grid lines above the first row on a page.
const HEAD_ROWS: u16 = 4;

/// One entry, set.
enum Row {
    Section { name: TextBlock, ink: Ink },
    Article(Box<Entry>),
}

struct Entry {
    index: usize,
    /// The section's name at the head of its first entry's line, where lines are vertical.
    section: Option<TextBlock>,
    number: TextBlock,
    title: TextBlock,
    authors: Option<TextBlock>,
    summary: Option<TextBlock>,
    link: NodeId,
}

struct Maker<'s, 'a> {
    setter: Setter<'a>,
    toc: NodeId,
    label_of: &'s dyn Fn(usize) -> String,
    /// Half lines above a section's name.
    air: i32,
}

impl Maker<'_, '_> {
    fn theme(&self) -> &Theme {
        self.setter.theme
    }
    fn half(&self) -> Len {
        self.theme().grid.pitch / 2
    }

    /// The most generous way of showing the entries on one page, else on two that are about as full as each other; on as
    /// many as it takes without standfirsts.
    fn sheets(&mut self) -> Vec<Vec<Row>> {
        let room = i32::from(self.theme().grid.rows - HEAD_ROWS) * 2;
        let asked = self.summaries();
        let wanted = self.setter.issue.contents.summary == Some(true);
        let one = [(asked, asked), (asked, 0), (0, 0)].into_iter().filter(|shown| !wanted || shown.1 > 0);
        let two = [asked + 2, asked + 1, asked, 0].into_iter().filter(|lines| *lines <= MOST * asked.min(1));
        for shown in one {
            let fits = |maker: &Self, rows: &[Row]| AIRS.into_iter().find(|air| maker.tall(rows, *air) <= room);
            if let Some((rows, air)) = self.trial(shown, fits) {
                self.air = air;
                return vec![rows];
            }
        }
        for lines in two {
            let fits = |maker: &Self, rows: &[Row]| {
                AIRS.into_iter().find_map(|air| Some((air, maker.halves(rows, air, room)?)))
            };
            if let Some((mut first, (air, end))) = self.trial((lines, lines), fits) {
                self.air = air;
                let second = first.split_off(end);
                return vec![first, second];
            }
        }
        let rows = self.all((0, 0));
        self.divide(rows, room)
    }

    /// Lines of each standfirst: the theme's, unless the manifest wants them or doesn't.
    fn summaries(&self) -> u8 {
        let theme = self.theme().contents.summaries;
        match self.setter.issue.contents.summary {
            Some(false) => 0,
            Some(true) => theme.max(2),
            None => theme,
        }
    }

    /// The rows, if they fit, and how; else what was set is taken back.
    fn trial<T>(&mut self, shown: (u8, u8), fits: impl Fn(&Self, &[Row]) -> Option<T>) -> Option<(Vec<Row>, T)> {
        let (tree, texts) = (self.setter.tree.clone(), self.setter.texts.len());
        let rows = self.all(shown);
        let how = fits(self, &rows);
        if how.is_none() {
            self.setter.tree = tree;
            self.setter.texts.truncate(texts);
        }
        how.map(|how| (rows, how))
    }

    /// Where the second page begins: at a section if that leaves the pages about as full as each other.
    fn halves(&self, rows: &[Row], air: i32, room: i32) -> Option<usize> {
        let is_section = |i: usize| matches!(rows[i], Row::Section { .. });
        let cost = |i: usize| {
            let (first, second) = (self.tall(&rows[..i], air), self.tall(&rows[i..], air));
            let fits = first <= room && second <= room && !is_section(i - 1);
            fits.then_some(first.max(second) + if is_section(i) { 0 } else { DIVIDED })
        };
        (1..rows.len()).filter_map(|i| Some((cost(i)?, i))).min().map(|(_, i)| i)
    }

    /// Pages of at most `room` half lines; a section's name is never last on its page.
    fn divide(&self, rows: Vec<Row>, room: i32) -> Vec<Vec<Row>> {
        let mut sheets: Vec<Vec<Row>> = vec![vec![]];
        let mut used = 0;
        for row in rows {
            let own = self.height(&row, self.air);
            let needs = own + if matches!(row, Row::Section { .. }) { 4 } else { 0 };
            if used + needs > room && !sheets[sheets.len() - 1].is_empty() {
                let last = sheets.last_mut().expect("never empty");
                let name = matches!(last.last(), Some(Row::Section { .. })).then(|| last.pop()).flatten();
                used = name.as_ref().map_or(0, |n| self.height(n, self.air));
                sheets.push(name.into_iter().collect());
            }
            used += own;
            sheets.last_mut().expect("never empty").push(row);
        }
        sheets
    }

    /// Half lines of a page's rows. The first section needs no air above its name.
    fn tall(&self, rows: &[Row], air: i32) -> i32 {
        let first = if matches!(rows.first(), Some(Row::Section { .. })) { air } else { 0 };
        rows.iter().map(|row| self.height(row, air)).sum::<i32>() - first
    }

    /// Half grid lines.
    fn height(&self, row: &Row, air: i32) -> i32 {
        match row {
            Row::Section { .. } => air + 3,
            Row::Article(entry) => {
                let title = entry.title.height().max(entry.authors.map_or(Len::ZERO, |a| a.height()));
                let summary = entry.summary.map_or(Len::ZERO, |s| s.height() + self.half() / 2);
                (title + summary).count_up(self.half())
            }
        }
    }

    /// `summaries`: lines of the leading article's standfirst, and of the others'.
    fn all(&mut self, summaries: (u8, u8)) -> Vec<Row> {
        let issue = self.setter.issue;
        let lead = lead(issue);
        let mut rows = vec![];
        let mut section = None;
        for index in 0..issue.articles.len() {
            let of = issue.section_of(index).map(|s| s.name.as_str());
            let name = of.filter(|_| of != section && issue.contents.show_section).map(|name| self.section(name));
            section = of;
            let inline = self.theme().grid.is_vertical();
            rows.extend(
                name.filter(|_| !inline)
                    .map(|name| Row::Section { name, ink: self.ink(of, self.theme().roles.label.ink) }),
            );
            let lines = if index == lead { summaries.0 } else { summaries.1 };
            let mut entry = self.entry(index, index == lead, lines);
            entry.section = name.filter(|_| inline);
            rows.push(Row::Article(Box::new(entry)));
        }
        rows
    }

    /// Room for the sections' names before the titles of vertical lines.
    fn section_slot(&mut self) -> Len {
        let (issue, role) = (self.setter.issue, self.theme().roles.label);
        if !self.theme().grid.is_vertical() {
            return Len::ZERO;
        }
        let names = (0..issue.articles.len()).filter_map(|i| issue.section_of(i));
        let widths = names.map(|s| self.setter.natural_width(&[plain_run(&s.name, &role)], role.size));
        widths.max().map_or(Len::ZERO, |widest| widest + role.size * 2)
    }

    fn section(&mut self, name: &str) -> TextBlock {
        let (label, width) = (self.theme().roles.label, self.area().1);
        let role = Role { ink: self.ink(Some(name), label.ink), ..label };
        let item = self.setter.tree.add(self.toc, NodeRole::TocItem);
        let node = self.setter.tree.add(item, NodeRole::Paragraph);
        TextBlock::plain(&mut self.setter, name, &role, (width, Some(node)))
    }

    /// The section's own ink in the place of the accent.
    fn ink(&self, section: Option<&str>, ink: Ink) -> Ink {
        let own = section.and_then(|name| self.theme().section(name)).and_then(|s| s.ink);
        own.filter(|_| ink == Theme::ACCENT).unwrap_or(ink)
    }

    fn entry(&mut self, index: usize, lead: bool, summaries: u8) -> Entry {
        let article = &self.setter.issue.articles[index];
        let roles = self.setter.theme.roles.clone();
        let role = if lead { roles.contents_lead } else { roles.contents_entry };
        let section = self.setter.issue.section_of(index).map(|s| s.name.as_str());
        let number_ink = self.ink(section, roles.contents_number.ink);
        let number_role = Role { pitch: role.pitch, ink: number_ink, ..roles.contents_number };
        let item = self.setter.tree.add(self.toc, NodeRole::TocItem);
        let link = self.setter.tree.add(item, NodeRole::Link);
        let label = (self.label_of)(index);
        let number = TextBlock::plain(&mut self.setter, &label, &number_role, (NUMBER_SLOT * 2, Some(link)));
        let width = self.area().1 - NUMBER_SLOT - self.section_slot();
        let authors = self.authors(article, (width * 2 / 5, item), role.pitch);
        let taken = authors.map_or(Len::ZERO, |a| a.width(&self.setter) + Len::pt(1400));
        let title = article.running_title();
        let title = TextBlock::title(&mut self.setter, &title, &role, (width - taken, Some(link)));
        let summary = self.summary(article, summaries, (width, item));
        Entry { index, section: None, number, title, authors, summary, link }
    }

    /// All authors, two-character names on three em.
    fn authors(&mut self, article: &Article, (measure, item): (Len, NodeId), pitch: Pitch) -> Option<TextBlock> {
        if !self.setter.issue.contents.show_authors || article.authors.is_empty() {
            return None;
        }
        let role = self.theme().roles.byline;
        let mut runs: Vec<TextRun> = vec![];
        for (i, author) in article.authors.iter().enumerate() {
            if i > 0 {
                runs.push(plain_run("\u{3000}", &role));
            }
            runs.push(name_run(&author.name, &role));
        }
        let node = Some(self.setter.tree.add(item, NodeRole::Span));
        let block = TextBlock::set(&mut self.setter, &runs, &role, (measure, node));
        let grid = self.theme().grid.pitch;
        Some(block.pitched(if block.lines > 1 { grid } else { pitch.of(grid) }))
    }

    /// The standfirst's first lines; what doesn't fit ends in an ellipsis.
    fn summary(&mut self, article: &Article, lines: u8, (width, item): (Len, NodeId)) -> Option<TextBlock> {
        let text = article.summary.clone().filter(|_| lines > 0)?;
        let role = self.theme().roles.contents_summary;
        let measure = role.size * width.count(role.size);
        let fits = (measure.count(role.size) * i32::from(lines) - 3).max(4) as usize;
        let shown = match text.char_indices().nth(fits) {
            Some((end, _)) => format!("{}……", text[..end].trim_end_matches(|c: char| !c.is_alphanumeric())),
            None => text,
        };
        let node = Some(self.setter.tree.add(item, NodeRole::Paragraph));
        let shape = LineShape::justified(measure, Len::ZERO);
        Some(TextBlock::shaped(&mut self.setter, &[plain_run(&shown, &role)], &role, (shape, node)))
    }

    fn head(&mut self, leaf: &mut Leaf, node: NodeId) {
        let (issue, theme) = (self.setter.issue, self.setter.theme);
        let (grid, role) = (&theme.grid, theme.roles.contents_heading);
        let y = role.size.scale(88, 100);
        let title = TextBlock::plain(&mut self.setter, &issue.contents.title, &role, (grid.width, Some(node)));
        title.paint_baseline(&self.setter, leaf, Point { x: Len::ZERO, y });
        let byline = Role { align: Align::Start, ..theme.roles.byline };
        let date = issue.number.date.map(|d| format!("{}月{}日出版", d.month, d.day));
        let name = format!("{}　{}", issue.magazine.title, issue.issue_line());
        let lines: Vec<String> = [Some(name), date].into_iter().flatten().collect();
        // Below a centred heading they stand on one line.
        let centred = role.align == Align::Center;
        let lines = if centred { vec![lines.join("\u{3000}")] } else { lines };
        let pitch = byline.size * 3 / 2;
        let end = self.head_end();
        for (up, line) in lines.iter().rev().enumerate() {
            let block = TextBlock::plain(&mut self.setter, line.trim(), &byline, (grid.width, None));
            let x = grid.width - block.width(&self.setter);
            let y = if centred { end + pitch } else { y } - pitch * up as i32;
            block.paint_baseline(&self.setter, leaf, Point { x, y });
        }
        self.head_rule(leaf);
    }

    /// The head of a further page: the same rule, and above it the title again, half as large. It is no second heading.
    fn continued(&mut self, leaf: &mut Leaf) {
        let (issue, theme) = (self.setter.issue, self.setter.theme);
        let whole = theme.roles.contents_heading;
        let role = Role { size: whole.size / 2, ..whole };
        let more = match issue.lang() {
            Lang::En => " (continued)",
            lang if lang.is_traditional() => "（續）",
            _ => "（续）",
        };
        let title = [&issue.contents.title, more].concat();
        let title = TextBlock::plain(&mut self.setter, &title, &role, (theme.grid.width, None));
        title.paint_baseline(&self.setter, leaf, Point { x: Len::ZERO, y: whole.size.scale(88, 100) });
        self.head_rule(leaf);
    }

    /// Where the head ends: its rule, below the title's baseline.
    fn head_end(&self) -> Len {
        self.theme().roles.contents_heading.size.scale(88, 100) + Len::pt(1000)
    }

    fn head_rule(&self, leaf: &mut Leaf) {
        let theme = self.theme();
        let thickness = theme.opener.rule.max(Len::pt(35));
        let at = Point { x: Len::ZERO, y: self.head_end() };
        rule(leaf, at, theme.grid.width, (thickness, theme.roles.contents_heading.ink));
    }

    /// The entries' left edge and width: beside the photos on a wide page.
    fn area(&self) -> (Len, Len) {
        let grid = &self.theme().grid;
        match self.photo_width() {
            Some(width) => {
                let x = width + grid.gutter.max(grid.pitch);
                (x, grid.width - x)
            }
            None => (Len::ZERO, grid.width),
        }
    }

    fn photo_width(&self) -> Option<Len> {
        let (theme, issue) = (self.theme(), self.setter.issue);
        let grid = &theme.grid;
        let wide = theme.contents.photos && grid.trim.0 >= Len::mm(20000);
        let any = issue.articles.iter().any(|a| first_figure(issue, a).is_some());
        (wide && any).then_some(if grid.columns == 3 { grid.measure } else { grid.width * 3 / 10 })
    }

    /// The first photos of the articles on this page, with the pages they stand on; the cover's own is not shown again.
    fn photos(&mut self, leaf: &mut Leaf, rows: &[Row], parent: NodeId) {
        let Some(width) = self.photo_width() else { return };
        let (issue, grid) = (self.setter.issue, self.theme().grid.clone());
        let role = self.theme().roles.caption;
        let mut y = grid.row_y(HEAD_ROWS) + (grid.pitch - role.size) / 2;
        let foot = grid.row_y(grid.rows);
        let on_page = rows.iter().filter_map(|r| if let Row::Article(e) = r { Some(e.index) } else { None });
        for index in on_page {
            let Some(figure) = first_figure(issue, &issue.articles[index]) else { continue };
            let (w, h) = issue.photo(figure.photo).size();
            let height = width.scale(h.max(1) as i32, w.max(1) as i32);
            if y + height + grid.pitch * 3 > foot || issue.number.cover == Some(figure.photo) {
                continue;
            }
            let node = self.setter.tree.add(parent, NodeRole::Figure);
            self.setter.tree.node_mut(node).alt = Some(issue.articles[index].running_title());
            let frame = Rect::new(Len::ZERO, y, width, height);
            leaf.items.push(Item::Picture(Picture { photo: figure.photo, frame, full: frame, node: Some(node) }));
            let caption = self.caption(index, figure, (width, node));
            y += height + self.theme().figures.caption_gap;
            caption.paint_at(&self.setter, leaf, Point { x: Len::ZERO, y });
            y += caption.height() + grid.pitch;
        }
    }

    /// The page number in the accent, then the caption's first sentence.
    fn caption(&mut self, index: usize, figure: &Figure, (width, parent): (Len, NodeId)) -> TextBlock {
        let role = self.theme().roles.caption;
        let numbers = Role { size: role.size, pitch: role.pitch, ..self.theme().roles.contents_number };
        let number = plain_run(&(self.label_of)(index), &numbers);
        let text = plain_text(&figure.caption);
        let sentence = text.split_inclusive(['。', '！', '？']).next().unwrap_or("").to_string();
        let runs = [number, plain_run(&format!("\u{3000}{sentence}"), &role)];
        let node = Some(self.setter.tree.add(parent, NodeRole::Caption));
        TextBlock::shaped(&mut self.setter, &runs, &role, (LineShape::justified(width, Len::ZERO), node))
    }

    fn rows(&mut self, leaf: &mut Leaf, rows: &[Row]) {
        let half = self.half();
        let mut used = i32::from(HEAD_ROWS) * 2;
        for (i, row) in rows.iter().enumerate() {
            used -= if i == 0 && matches!(row, Row::Section { .. }) { self.air } else { 0 };
            match row {
                Row::Section { name, ink } => self.paint_section(leaf, (*name, *ink), half * (used + self.air)),
                Row::Article(entry) => self.paint_entry(leaf, entry, half * used),
            }
            used += self.height(row, self.air);
        }
    }

    /// A label and its rule, in the lower part of the room they have.
    fn paint_section(&mut self, leaf: &mut Leaf, (name, ink): (TextBlock, Ink), y: Len) {
        let (x, width) = self.area();
        name.paint(&self.setter, leaf, Point { x, y: y - self.half() / 4 });
        rule(leaf, Point { x, y: y + self.half() * 2 }, width, (Len::pt(50), ink));
    }

    fn paint_entry(&mut self, leaf: &mut Leaf, entry: &Entry, y: Len) {
        let (x, width) = self.area();
        let first = self.theme().contents.number_first;
        let shift = self.section_slot() + if first { NUMBER_SLOT } else { Len::ZERO };
        if let Some(name) = entry.section {
            name.pitched(entry.title.pitch).paint(&self.setter, leaf, Point { x, y });
        }
        let right = x + width - if first { Len::ZERO } else { NUMBER_SLOT };
        let title = Point { x: x + shift, y };
        entry.title.paint(&self.setter, leaf, title);
        if let Some(authors) = entry.authors {
            authors.paint_end(&self.setter, leaf, Point { x: right, y });
        }
        if first {
            entry.number.paint(&self.setter, leaf, Point { x, y });
        } else {
            entry.number.paint_end(&self.setter, leaf, Point { x: x + width, y });
        }
        if self.setter.issue.contents.dots.unwrap_or(self.theme().contents.leaders) {
            self.leaders(leaf, entry, (x + shift, right, y));
        }
        let tall = entry.title.height();
        if let Some(summary) = entry.summary {
            summary.paint(&self.setter, leaf, Point { x: x + shift, y: y + tall });
        }
        let contents =
            format!("{} {}", self.setter.issue.articles[entry.index].running_title(), (self.label_of)(entry.index));
        let rect = Rect::new(x, y, width, tall);
        leaf.links.push(Reference { rect, dest: Dest::Article(entry.index), node: Some(entry.link), contents });
    }

    /// Dots from the title's last line to the authors.
    fn leaders(&mut self, leaf: &mut Leaf, entry: &Entry, (x, right, y): (Len, Len, Len)) {
        let role = Role { ink: Theme::GREY, align: Align::Start, ..self.theme().roles.byline };
        let last = self.setter.text(entry.title.id).lines.last().map_or(Len::ZERO, |l| l.target);
        let authors = entry.authors.map_or(Len::ZERO, |a| a.width(&self.setter) + role.size);
        let (from, to) = (x + last + role.size, right - authors);
        let count = (to - from).count(role.size / 2);
        if count > 3 && entry.authors.is_none_or(|a| a.lines == 1) {
            let dots = TextBlock::plain(
                &mut self.setter,
                &"·".repeat(count as usize),
                &Role { tracking: crate::base::Em::ZERO, ..role },
                (to - from + role.size * 4, None),
            );
            let y = y + entry.title.height() - entry.title.pitch
                + crate::layout::compose::baseline_in(entry.title.pitch, entry.title.size);
            let x = to - dots.width(&self.setter).min(to - from);
            dots.paint_baseline(&self.setter, leaf, Point { x, y });
        }
    }
}

/// The article that the cover names, else the first.
fn lead(issue: &Issue) -> usize {
    let headline = issue.number.plain_theme();
    issue.articles.iter().position(|a| Some(a.plain_title()) == headline).unwrap_or(0)
}

/// An article's first photograph, else its first drawing.
fn first_figure<'a>(issue: &Issue, article: &'a Article) -> Option<&'a Figure> {
    let figures = article.blocks.iter().filter_map(|b| match &b.kind {
        BlockKind::Figures { figures, .. } => figures.first(),
        _ => None,
    });
    figures.min_by_key(|figure| issue.photo(figure.photo).format == PhotoFormat::Svg)
}
