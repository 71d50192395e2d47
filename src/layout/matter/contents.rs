//! 目次: sections, titles, authors, page numbers, and small photos beside them where the page is wide enough.
//!
//! The numbers stand in slots of fixed width, so that how many pages the contents take never depends on them.

use super::{Anchor, Matter, put};
use crate::base::{Ink, Len, Point, Rect};
use crate::doc::{Article, BlockKind, Figure, Issue, plain_text};
use crate::font::Library;
use crate::layout::article::name_run;
use crate::layout::paint::{Dest, Leaf, Reference};
use crate::layout::set::{Setter, Setting, plain_run};
use crate::page::{Item, NodeId, Picture, Role as NodeRole, Shape, ShapeKind, Tree};
use crate::style::{Pitch, Role, Theme};
use crate::text::LineShape;

/// One entry of the contents.
enum Row<'i> {
    Section(&'i str),
    /// `summary` says how many lines of its standfirst are shown.
    Article {
        index: usize,
        lead: bool,
        summary: u32,
    },
}

/// How many pages the contents take, whatever the numbers.
pub fn pages(issue: &Issue, theme: &Theme) -> usize {
    sheets(issue, theme).len()
}

/// Sets the contents; `label_of(article)` is the label of the page it begins on.
pub fn lay(issue: &Issue, theme: &Theme, library: &Library, label_of: &dyn Fn(usize) -> String) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let section = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let heading = setter.tree.add(section, NodeRole::Heading(1));
    let toc = setter.tree.add(section, NodeRole::Toc);
    let mut leaves = vec![];
    for (page, rows) in sheets(issue, theme).iter().enumerate() {
        let mut sheet = Sheet { setter: &mut setter, leaf: Leaf::default(), toc, label_of };
        if page == 0 {
            sheet.head(heading);
            sheet.photos(section);
        }
        sheet.rows(rows);
        leaves.push(sheet.leaf);
    }
    Matter { leaves, tree: setter.tree, report: setter.report }
}

/// Room for a page number of three digits.
const TITLE_SLOT: Len = Len::pt(3200);

/// Grid lines above the first row on a page.
const HEAD_ROWS: u16 = 4;

fn rows(issue: &Issue, summary: u32) -> Vec<Row<'_>> {
    let mut rows = vec![];
    let mut section = None;
    for index in 0..issue.articles.len() {
        let of = issue.section_of(index).map(|s| s.name.as_str());
        if of != section {
            rows.extend(of.map(Row::Section));
            section = of;
        }
        let summary = if issue.articles[index].summary.is_some() { summary } else { 0 };
        rows.push(Row::Article { index, lead: index == 0, summary });
    }
    rows
}

/// Halves of a grid line.
fn height(row: &Row) -> u32 {
    match row {
        Row::Section(_) => 5,
        Row::Article { lead, summary, .. } => 3 + u32::from(*lead) + 2 * summary + u32::from(*summary > 0),
    }
}

/// Standfirsts are shown, two lines each, where all entries still fit on one page.
const SUMMARY_LINES: u32 = 2;

fn sheets<'i>(issue: &'i Issue, theme: &Theme) -> Vec<Vec<Row<'i>>> {
    let room = 2 * u32::from(theme.grid.rows - HEAD_ROWS);
    let full = rows(issue, SUMMARY_LINES);
    if full.iter().map(height).sum::<u32>() <= room {
        return vec![full];
    }
    let mut sheets: Vec<Vec<Row>> = vec![vec![]];
    let mut used = 0;
    for row in rows(issue, 0) {
        // A section's name is never last on its page.
        let needs = height(&row) + if matches!(row, Row::Section(_)) { 4 } else { 0 };
        if used + needs > room {
            sheets.push(vec![]);
            used = 0;
        }
        used += height(&row);
        sheets.last_mut().expect("never empty").push(row);
    }
    sheets
}

struct Sheet<'s, 'a> {
    setter: &'s mut Setter<'a>,
    leaf: Leaf,
    toc: NodeId,
    label_of: &'s dyn Fn(usize) -> String,
}

impl Sheet<'_, '_> {
    fn role(&self, pick: impl Fn(&crate::style::Roles) -> Role) -> Role {
        pick(&self.setter.theme.roles)
    }

    fn head(&mut self, node: NodeId) {
        let grid = self.setter.theme.grid.clone();
        let issue = self.setter.issue;
        let role = self.role(|r| r.contents_heading);
        let y = role.size.scale(88, 100);
        let title = issue.contents.title.clone();
        put(
            self.setter,
            &mut self.leaf,
            &title,
            &role,
            (Point { x: Len::ZERO, y }, grid.width, Anchor::Start, Some(node)),
        );
        let byline = self.role(|r| r.byline);
        let date = issue.number.date.map(|d| format!("{}月{}日出版", d.month, d.day));
        let lines = [Some(format!("{}　{}", issue.magazine.title, issue.issue_line())), date];
        let mut at = Point { x: grid.width, y: y - Len::pt(1200) };
        for line in lines.iter().flatten() {
            put(self.setter, &mut self.leaf, line.trim(), &byline, (at, grid.width, Anchor::End, None));
            at.y += Len::pt(1200);
        }
        let y = y + Len::pt(1000);
        let kind =
            ShapeKind::Rule { from: Point { x: Len::ZERO, y }, to: Point { x: grid.width, y }, thickness: Len::pt(60) };
        self.leaf.items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
    }

    /// The entries' left edge and width: beside the photos on a page of three columns.
    fn area(&self) -> (Len, Len) {
        let grid = &self.setter.theme.grid;
        if grid.columns < 3 {
            return (Len::ZERO, grid.width);
        }
        let x = grid.column_x(1);
        (x, grid.width - x)
    }

    /// The first photos of the issue's articles, one column wide, with the pages they stand on.
    fn photos(&mut self, parent: NodeId) {
        let grid = self.setter.theme.grid.clone();
        if grid.columns < 3 {
            return;
        }
        let role = self.role(|r| r.caption);
        let mut y = grid.row_y(HEAD_ROWS) + (grid.pitch - role.size) / 2;
        let foot = grid.row_y(grid.rows);
        let issue = self.setter.issue;
        for (index, article) in issue.articles.iter().enumerate() {
            let Some(figure) = first_figure(article) else { continue };
            let (w, h) = issue.photo(figure.photo).size();
            let height = grid.measure.scale(h.max(1) as i32, w.max(1) as i32);
            if y + height + grid.pitch * 3 > foot {
                continue;
            }
            let node = self.setter.tree.add(parent, NodeRole::Figure);
            self.setter.tree.node_mut(node).alt = Some(article.running_title());
            let frame = Rect::new(Len::ZERO, y, grid.measure, height);
            self.leaf.items.push(Item::Picture(Picture { photo: figure.photo, frame, full: frame, node: Some(node) }));
            let caption = self.setter.tree.add(node, NodeRole::Caption);
            y += height + Len::pt(350) + role.size.scale(88, 100);
            let lines = self.caption(index, figure, (y, caption));
            y += role.pitch.of(grid.pitch) * lines as i32 + grid.pitch;
        }
    }

    /// The page number in the accent, then the caption's first sentence.
    fn caption(&mut self, index: usize, figure: &Figure, (y, node): (Len, NodeId)) -> usize {
        let role = self.role(|r| r.caption);
        let mut number = plain_run(&(self.label_of)(index), &role);
        number.weight = crate::font::Weight::Bold;
        number.style.ink = Theme::ACCENT;
        let text = plain_text(&figure.caption);
        let sentence = text.split_inclusive(['。', '！', '？']).next().unwrap_or("").to_string();
        let runs = [number, plain_run(&format!("\u{3000}{sentence}"), &role)];
        let shape = LineShape::justified(self.setter.theme.grid.measure, Len::ZERO);
        let id = self.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: None });
        let lines = self.setter.text(id).lines.len();
        let pitch = role.pitch.of(self.setter.theme.grid.pitch);
        for i in 0..lines {
            self.leaf.line(&self.setter.texts, id, i, Point { x: Len::ZERO, y: y + pitch * i as i32 });
        }
        lines
    }

    fn rows(&mut self, rows: &[Row]) {
        let half = self.setter.theme.grid.pitch / 2;
        let mut used = u32::from(HEAD_ROWS) * 2;
        for (i, row) in rows.iter().enumerate() {
            match row {
                Row::Section(name) => {
                    // Its own line, set low in the room it has; the first needs no air above it.
                    used -= if i == 0 { 2 } else { 0 };
                    self.section(name, half * (used as i32 + 3));
                }
                Row::Article { index, lead, summary } => {
                    let y = half * used as i32;
                    let item = self.entry(*index, *lead, y);
                    if *summary > 0 {
                        self.summary(*index, y + half * (3 + i32::from(*lead)), item);
                    }
                }
            }
            used += height(row);
        }
    }

    fn section(&mut self, name: &str, y: Len) {
        let role = self.role(|r| r.label);
        let (x, width) = self.area();
        let item = self.setter.tree.add(self.toc, NodeRole::TocItem);
        let node = self.setter.tree.add(item, NodeRole::Paragraph);
        put(self.setter, &mut self.leaf, name, &role, (Point { x, y }, width, Anchor::Start, Some(node)));
        let y = y + Len::pt(500);
        let kind = ShapeKind::Rule { from: Point { x, y }, to: Point { x: x + width, y }, thickness: Len::pt(60) };
        self.leaf.items.push(Item::Shape(Shape { kind, ink: Theme::ACCENT, tint: 100, node: None }));
    }

    /// Returns the entry's node.
    fn entry(&mut self, index: usize, lead: bool, y: Len) -> NodeId {
        let article = &self.setter.issue.articles[index];
        let grid = self.setter.theme.grid.clone();
        let role = if lead { self.role(|r| r.contents_lead) } else { self.role(|r| r.contents_entry) };
        let number = Role { size: role.size, ink: Theme::ACCENT, ..self.role(|r| r.folio) };
        let (x, width) = self.area();
        let y = y + crate::layout::compose::baseline_in(role.pitch.of(grid.pitch), role.size);
        let item = self.setter.tree.add(self.toc, NodeRole::TocItem);
        let link = self.setter.tree.add(item, NodeRole::Link);
        let label = (self.label_of)(index);
        put(self.setter, &mut self.leaf, &label, &number, (Point { x, y }, width, Anchor::Start, Some(link)));
        let authors = self.authors(article, (x + width, y), item);
        // A title too long for its line is shortened by its own short title or runs on at a smaller size.
        let room = width - TITLE_SLOT - authors - Len::pt(900);
        let title = article.running_title();
        let mut fitted = role;
        let ems = title.chars().count() as i32;
        fitted.size = fitted.size.min((room / ems.max(1)).max(Len::pt(700)));
        put(
            self.setter,
            &mut self.leaf,
            &title,
            &fitted,
            (Point { x: x + TITLE_SLOT, y }, room, Anchor::Start, Some(link)),
        );
        let rect = Rect::new(x, y - role.size, width, role.size * 3 / 2);
        let contents = format!("{title} {label}");
        self.leaf.links.push(Reference { rect, dest: Dest::Article(index), node: Some(link), contents });
        item
    }

    /// The standfirst's first lines below the title; what doesn't fit ends in an ellipsis.
    fn summary(&mut self, index: usize, y: Len, item: NodeId) {
        let grid = self.setter.theme.grid.clone();
        let role = Role { pitch: Pitch::ONE, size: Len::pt(800), ..self.role(|r| r.caption) };
        let (x, width) = self.area();
        let measure = role.size * (width - TITLE_SLOT).count(role.size);
        let text = self.setter.issue.articles[index].summary.clone().unwrap_or_default();
        let fits = (measure.count(role.size) * SUMMARY_LINES as i32 - 5) as usize;
        let shown = match text.char_indices().nth(fits) {
            Some((end, _)) => format!("{}……", text[..end].trim_end_matches(|c: char| !c.is_alphanumeric())),
            None => text,
        };
        let node = self.setter.tree.add(item, NodeRole::Paragraph);
        let at = Point {
            x: x + TITLE_SLOT,
            y: y + crate::layout::compose::baseline_in(grid.pitch, role.size) - Len::pt(300),
        };
        put(self.setter, &mut self.leaf, &shown, &role, (at, measure, Anchor::Start, Some(node)));
    }

    /// All authors at the right edge; returns the width they take.
    fn authors(&mut self, article: &Article, (right, y): (Len, Len), item: NodeId) -> Len {
        if !self.setter.issue.contents.show_authors || article.authors.is_empty() {
            return Len::ZERO;
        }
        let role = self.role(|r| r.byline);
        let mut runs = vec![];
        for (i, author) in article.authors.iter().enumerate() {
            if i > 0 {
                runs.push(plain_run("\u{3000}\u{3000}", &role));
            }
            runs.push(name_run(&author.name, &role));
        }
        let node = self.setter.tree.add(item, NodeRole::Span);
        let shape = LineShape::ragged(self.area().1 / 2);
        let id = self.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: None });
        let width = self.setter.text(id).width();
        self.leaf.line(&self.setter.texts, id, 0, Point { x: right - width, y });
        width
    }
}

fn first_figure(article: &Article) -> Option<&Figure> {
    article.blocks.iter().find_map(|b| match &b.kind {
        BlockKind::Figures { figures, .. } => figures.first(),
        _ => None,
    })
}
