//! Leaves are bound: order, left and right, numbers, heads, links.
//!
//! In: laid articles and matter. Out: a [`Book`]. The one place that knows which side the spine is on.

use super::area::type_area;
use super::article::{Laid, Sharing, lay};
use super::axes::{Axes, Turn, shifted};
use super::continued;
use super::extent;
use super::filling::{Filling, covering, filling};
use super::matter::{self, Matter};
use super::order::{Order, Sheet, joined, page_of};
use super::paint::{Bleed, Dest, Jump, Leaf, Reference};
use super::set::Setter;
use super::share;
use super::slots;
use crate::base::{Code, Diagnostic, Ink, Len, Orientation, Place, Point, Rect, Report, words};
use crate::doc::{Binding, Block, BlockKind, Issue, PhotoId, plain_text};
use crate::font::Library;
use crate::page::{
    Book, BookMeta, GlyphRun, Item, LinkArea, OutlineEntry, Page, PageKind, Picture, Shape, ShapeKind, Target, Tree,
    Veil,
};
use crate::style::{Align, Grid, Role, Side, Theme};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// From the head of a page to the word 广告 on an advertisement: no nearer to the knife than text may be.
const NOTICE: Len = Len::mm(500);

/// Lays an issue out on `threads` threads; the book doesn't depend on how many.
pub fn book(issue: &Issue, theme: &Theme, library: &Library, threads: NonZeroUsize) -> (Book, Report) {
    let (theme, unknown) = theme.clone().coloured(&issue.sections);
    let theme = &theme;
    let mut laid = lay_all(issue, theme, library, threads);
    let contents = matter::contents::pages(issue, theme, library);
    share::pages(issue, (theme, library), &mut laid);
    // An article that takes another number of pages may have room for a short piece now.
    if extent::settle(issue, (theme, library), contents, &mut laid) {
        share::pages(issue, (theme, library), &mut laid);
        extent::settle(issue, (theme, library), contents, &mut laid);
    }
    let mut report = Report::default();
    report.findings.extend(unknown.iter().map(|name| no_swatch(issue, name, theme)));
    for article in &mut laid {
        report.extend(std::mem::take(&mut article.report));
    }
    let flat = theme.horizontal(&issue.page, &issue.type_);
    continued::pages(issue, (theme, library), contents, &mut laid, &mut report);
    let sheets = Order::of(issue, (theme, contents), &laid).sheets;
    let binder = Binder { issue, theme, flat: &flat, library, laid: &laid, sheets: &sheets };
    let book = binder.bind(&mut report);
    report.findings.extend(narrow(issue, theme));
    off_page(&book).for_each(|finding| report.push(finding));
    (book, report)
}

/// A section's colour that the theme has no ink for.
fn no_swatch(issue: &Issue, name: &str, theme: &Theme) -> Diagnostic {
    let message = words(format!("主题没有油墨“{name}”，栏目照主题色排"), format!("the theme has no ink “{name}”"));
    let all: Vec<&str> = theme.swatches.iter().map(|s| s.name.as_str()).collect();
    let all = all.join(" | ");
    Diagnostic::new(Code::ThemeInk, issue.written.text(name).into(), message).hint(
        format!("用 accent | grey | {all}，或写 \"#1f4a3d\""),
        format!("take one of accent | grey | {all}, or write \"#1f4a3d\""),
    )
}

/// What matter and running heads find. They repeat titles and names, whose findings an article may have told already, with
/// their place.
fn extend_with_new(report: &mut Report, found: Report) {
    for finding in found.findings {
        if report.findings.iter().all(|f| (f.code, &f.message) != (finding.code, &finding.message)) {
            report.push(finding);
        }
    }
}

/// Columns that the manifest asked for and that hold fewer than 16 characters a line.
fn narrow(issue: &Issue, theme: &Theme) -> Option<Diagnostic> {
    let ems = theme.grid.measure.count(theme.roles.body.size);
    let asked = issue.page.columns.is_some() || issue.type_.size.is_some();
    (asked && ems < 16).then(|| {
        let columns = theme.grid.columns;
        let key = if issue.page.columns.is_some() { "page.columns" } else { "type.size" };
        let place = issue.written.key(key).into();
        let message = words(
            format!("每页 {columns} 栏，一行只有 {ems} 个字"),
            format!("{columns} columns a page leave {ems} characters a line"),
        );
        Diagnostic::new(Code::LayoutNarrow, place, message).hint(
            "减少 [page] 的 columns，缩小 [type] 的 size，或改 margins",
            "take fewer columns under [page], a smaller size under [type], or smaller margins",
        )
    })
}

/// Text beyond a page's edges would be lost in silence: an error names the page and its first characters.
fn off_page(book: &Book) -> impl Iterator<Item = Diagnostic> + '_ {
    book.pages.iter().filter_map(|page| {
        let lost = page.items.iter().find_map(|item| match item {
            Item::Glyphs(run) if is_off(run, book.trim) => Some(run),
            _ => None,
        })?;
        let text: String = lost.text.chars().take(12).collect();
        let label = &page.label;
        let message = words(format!("第{label}页的“{text}”排到了页外"), format!("“{text}” runs off page {label}"));
        let hint = ("缩短它，或加大开本、减少栏数", "shorten it, or take a larger page or fewer columns");
        let finding = match lost.node.and_then(|node| book.tree.source(node)) {
            Some(span) => Diagnostic::at(Code::LayoutOffPage, span, message).on_page(label),
            None => Diagnostic::new(Code::LayoutOffPage, Place::Page(label.clone()), message),
        };
        Some(finding.hint(hint.0, hint.1))
    })
}

fn is_off(run: &GlyphRun, (width, height): (Len, Len)) -> bool {
    let (first, half) = (run.origin, run.size / 2);
    let last = run.glyphs.last().map_or(first, |g| run.place(g));
    match run.orientation {
        Orientation::Horizontal => {
            first.x < Len::ZERO || last.x > width || first.y - half < Len::ZERO || first.y > height
        }
        _ => first.y < Len::ZERO || last.y > height || first.x - half < Len::ZERO || first.x > width,
    }
}

/// Articles are independent of each other; results come back in their order.
fn lay_all(issue: &Issue, theme: &Theme, library: &Library, threads: NonZeroUsize) -> Vec<Laid> {
    let count = issue.articles.len();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = vec![];
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= count {
                return done;
            }
            done.push((i, lay(issue, i, (theme, library), Sharing::default())));
        }
    };
    let mut all: Vec<(usize, Laid)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.get().min(count.max(1))).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, laid)| laid).collect()
}

struct Binder<'b> {
    issue: &'b Issue,
    theme: &'b Theme,
    /// The same theme with horizontal lines: what covers, heads and folios are set in.
    flat: &'b Theme,
    library: &'b Library,
    laid: &'b [Laid],
    sheets: &'b [(Sheet, String)],
}

/// Where each part's nodes begin in the book's tree.
struct Merged {
    tree: Tree,
    cover: u32,
    contents: u32,
    articles: Vec<u32>,
    colophon: u32,
    back: u32,
}

impl Binder<'_> {
    fn bind(&self, report: &mut Report) -> Book {
        let (issue, theme, library) = (self.issue, self.flat, self.library);
        let has = |sheet| self.sheets.iter().any(|(s, _)| *s == sheet);
        let cover = matter::cover::front(issue, theme, library);
        let label_of = |article| self.sheets[self.first_page(article)].1.clone();
        let contents = has(Sheet::Contents(0)).then(|| matter::contents::lay(issue, self.theme, library, &label_of));
        let cover_pages = if issue.page.binding == Binding::None { 0 } else { 4 };
        let inside = self.sheets.len() - cover_pages;
        let colophon = has(Sheet::Colophon).then(|| matter::colophon::lay(issue, theme, library, inside));
        let back = has(Sheet::Back).then(|| matter::cover::back(issue, theme, library));
        let parts = Parts { cover, contents, colophon, back };
        let merged = self.merge(&parts);
        let mut folios = Setter::new(issue, theme, library, issue.lang());
        let spine = matter::spine::lay(issue, theme, library, self.sheets.len());
        let pages = (0..self.sheets.len()).map(|i| self.page(i, &parts, &merged, &mut folios)).collect();
        let matter = [Some(parts.cover), parts.contents, parts.colophon, parts.back].into_iter().flatten();
        matter.map(|m| m.report).chain([folios.report]).for_each(|found| extend_with_new(report, found));
        let (spine, found) = spine.map_or((None, Report::default()), |(spine, found)| (Some(spine), found));
        extend_with_new(report, found);
        Book {
            meta: self.meta(),
            trim: theme.grid.trim,
            bleed: issue.page.bleed,
            marks: issue.page.marks,
            folds: vec![],
            spine,
            pages,
            tree: merged.tree,
            outline: self.outline(),
            inks: theme.swatches.clone(),
            hands: theme.hands(),
            fits: self.laid.iter().map(|laid| laid.fit).collect(),
        }
    }

    fn meta(&self) -> BookMeta {
        let issue = self.issue;
        let n = &issue.number;
        let names = issue.articles.iter().flat_map(|a| &a.authors).map(|b| b.name.clone());
        let mut authors: Vec<String> = vec![];
        names.for_each(|name| {
            if !authors.contains(&name) {
                authors.push(name)
            }
        });
        let key = issue.magazine.issn.clone().unwrap_or_else(|| issue.magazine.title.clone());
        let year = n.year.map(|y| y.to_string()).unwrap_or_default();
        let number = [n.number.as_deref().unwrap_or_default(), n.kind.key()].concat();
        BookMeta {
            title: issue.full_title(),
            authors,
            lang: issue.lang(),
            publisher: issue.magazine.publisher.clone(),
            stamp: issue.stamp,
            identity: [key, year, number, issue.lang().tag().into()].join("/"),
            right_to_left: self.theme.grid.is_vertical(),
        }
    }

    /// Parts in reading order: cover, contents, articles, colophon, back.
    fn merge(&self, parts: &Parts) -> Merged {
        let mut tree = Tree::default();
        let mut add = |part: Option<&Tree>| part.map_or(0, |t| graft(&mut tree, t));
        let cover = add(Some(&parts.cover.tree));
        let contents = add(parts.contents.as_ref().map(|m| &m.tree));
        let articles = self.laid.iter().map(|l| add(Some(&l.tree))).collect();
        let colophon = add(parts.colophon.as_ref().map(|m| &m.tree));
        let back = add(parts.back.as_ref().map(|m| &m.tree));
        Merged { tree, cover, contents, articles, colophon, back }
    }

    fn first_page(&self, article: usize) -> usize {
        let leaves = 0..self.laid[article].leaves.len();
        leaves.filter_map(|leaf| page_of(self.sheets, self.laid, (article, leaf))).min().unwrap_or(0)
    }

    fn page(&self, index: usize, parts: &Parts, merged: &Merged, folios: &mut Setter) -> Page {
        let (sheet, label) = &self.sheets[index];
        let recto = self.is_recto(index);
        let empty = Leaf::default();
        let of = |part: &Option<Matter>, i: usize| part.as_ref().map_or(empty.clone(), |m| m.leaves[i].clone());
        let (leaf, offset, own) = match sheet {
            Sheet::Front => (parts.cover.leaves[0].clone(), merged.cover, true),
            Sheet::Back => (of(&parts.back, 0), merged.back, true),
            Sheet::Contents(i) => (of(&parts.contents, *i), merged.contents, false),
            Sheet::Colophon => (of(&parts.colophon, 0), merged.colophon, false),
            Sheet::Article { article, leaf } => {
                (self.laid[*article].leaves[*leaf].clone(), merged.articles[*article], false)
            }
            Sheet::InsideCover(photo) => (self.inside_cover(*photo), 0, true),
            Sheet::Ad(i) => (self.advertisement(*i, folios), 0, true),
            Sheet::Pad => (self.pad(recto, folios), 0, true),
        };
        let grid = if leaf.vertical { &self.theme.grid } else { &self.flat.grid };
        let axes = match sheet {
            _ if own => Axes::default(),
            Sheet::Article { article, .. } => self.axes(recto, (grid, self.laid[*article].grid.width)),
            _ => self.axes(recto, (grid, grid.width)),
        };
        let article = if let Sheet::Article { article, .. } = sheet { Some(*article) } else { None };
        let mut articles: Vec<u32> = article.map(|a| a as u32).into_iter().collect();
        let mut first = leaf.first;
        let mut items = self.placed(&leaf, (article, axes, offset), folios);
        for (article, leaf) in joined(self.sheets, self.laid, index) {
            let (laid, offset) = (&self.laid[article], merged.articles[article]);
            let axes = self.axes(recto, (grid, laid.grid.width));
            items.extend(self.placed(&laid.leaves[leaf], (Some(article), axes, offset), folios));
            first = first.or(laid.leaves[leaf].first);
            articles.push(article as u32);
        }
        if !leaf.is_full() && matches!(sheet, Sheet::Article { .. } | Sheet::Contents(_)) {
            items.extend(self.furniture(*sheet, label, recto, folios));
        }
        let kind = match sheet {
            Sheet::Front | Sheet::Back | Sheet::InsideCover(_) => PageKind::Cover,
            Sheet::Pad => PageKind::Pad,
            _ if self.is_cover(index) => PageKind::Cover,
            _ => PageKind::Inside,
        };
        let built = !own && !leaf.is_full();
        let (of, body) = match article {
            Some(article) => (&self.laid[article].grid, self.laid[article].body),
            None => (grid, self.theme.roles.body.size),
        };
        let area = built.then(|| type_area(of, body, &axes));
        Page { label: label.clone(), kind, recto, items, first, articles, area }
    }

    /// 下转第N页, 上接第N页.
    fn jump_line(&self, leaf: &mut Leaf, article: usize, setter: &mut Setter) {
        let laid = &self.laid[article];
        let Some((jump, tail)) = leaf.jump.zip(laid.tail) else { return };
        let other = if jump == Jump::To { tail.first } else { tail.from };
        let Some(page) = page_of(self.sheets, self.laid, (article, other)) else { return };
        let title = self.issue.articles[article].running_title();
        continued::line(setter, leaf, (&title, jump, &self.sheets[page].1), &laid.grid);
    }

    /// What a leaf shows, with its page numbers and links.
    fn placed(
        &self,
        leaf: &Leaf,
        (article, axes, offset): (Option<usize>, Axes, u32),
        folios: &mut Setter,
    ) -> Vec<Item> {
        let mut leaf = leaf.clone();
        article.into_iter().for_each(|article| self.jump_line(&mut leaf, article, folios));
        slots::fill(&mut leaf, folios, &|target| match self.written(target, article)? {
            Target::Page { page, .. } => Some(self.sheets[page].1.clone()),
            Target::Url(_) => None,
        });
        let mut items = self.bound_items(&leaf, &axes, offset);
        items.extend(leaf.links.iter().filter_map(|l| self.link(l, article, &axes, offset)).map(Item::Link));
        items
    }

    fn is_cover(&self, index: usize) -> bool {
        let outer = if self.issue.page.binding == Binding::None { (1, 0) } else { (2, 2) };
        index < outer.0 || index + outer.1 >= self.sheets.len()
    }

    /// An inside cover: a picture to the edges, or the theme's ground.
    fn inside_cover(&self, photo: Option<PhotoId>) -> Leaf {
        let mut leaf = Leaf::default();
        match photo {
            Some(photo) => leaf.bleed = Some((photo, Tree::ROOT, Bleed::Page)),
            None => matter::cover::endpaper(&mut leaf, self.issue, self.theme, self.theme.cover.endpaper),
        }
        leaf
    }

    /// A blank page that fills the sheet is ruled, for the reader's notes: every second line of the grid.
    fn pad(&self, recto: bool, setter: &mut Setter) -> Leaf {
        let mut leaf = Leaf::default();
        let (grid, roles) = (&self.flat.grid, &self.flat.roles);
        let (x, width) = self.sides(recto);
        let y = |row: u16| grid.margins.top + grid.row_y(row);
        let words = if self.issue.lang().is_chinese() { "随记" } else { "Notes" };
        let label = Role { align: Align::Start, ..roles.section };
        let block = matter::TextBlock::plain(setter, words, &label, (width, None));
        block.paint(setter, &mut leaf, Point { x, y: y(0) });
        matter::rule(&mut leaf, Point { x, y: y(2) }, width, (Len::pt(60), label.ink));
        for row in (4..=grid.rows).step_by(2) {
            matter::rule(&mut leaf, Point { x, y: y(row) }, width, (Len::pt(50), Theme::GREY));
        }
        leaf
    }

    /// An advertisement fills its page; the word 广告 stands on paper at its upper edge.
    fn advertisement(&self, ad: usize, setter: &mut Setter) -> Leaf {
        let (mut leaf, ad) = (Leaf::default(), &self.issue.ads[ad]);
        let w = self.theme.grid.trim.0;
        if let Some(photo) = ad.file.photo {
            let Filling { frame, full } =
                filling(self.issue.photo(photo), None, (self.theme.grid.trim, self.issue.page.bleed));
            leaf.items.push(Item::Picture(Picture { photo, frame, full, node: None }));
        }
        if ad.marked {
            let role = Role { ink: Ink::BLACK, ..self.theme.roles.label };
            let block = matter::TextBlock::plain(setter, "广告", &role, (w, None));
            let (width, size) = (block.width(setter), role.size);
            let x = w - self.theme.grid.margins.outer - width;
            let rect = Rect::new(x - size / 2, NOTICE, width + size, size * 5 / 3);
            leaf.items.push(Item::Shape(Shape { kind: ShapeKind::Fill(rect), ink: Ink::PAPER, tint: 100, node: None }));
            block.paint_at(setter, &mut leaf, Point { x, y: NOTICE + size / 3 });
        }
        leaf
    }

    /// The front is a right-hand page, and so is the first inside page, whatever stands between them; with the spine at the
    /// right they are left-hand ones.
    fn is_recto(&self, index: usize) -> bool {
        let before = if self.issue.page.binding == Binding::None { 1 } else { 2 };
        index.checked_sub(before).unwrap_or(index).is_multiple_of(2) != self.theme.grid.is_vertical()
    }

    /// The corner of the type area from which its lines start: a right-hand page has its spine, and its inner margin, at the
    /// left. `length` is how far the lines go, with all columns.
    fn axes(&self, recto: bool, (grid, length): (&Grid, Len)) -> Axes {
        let (inner, y) = (grid.margins.inner, grid.margins.top);
        if grid.is_vertical() {
            let x = if recto { inner + grid.depth() } else { grid.trim.0 - inner };
            return Axes { origin: Point { x, y }, turn: Turn::Right };
        }
        let x = if recto { inner } else { grid.trim.0 - inner - length };
        Axes { origin: Point { x, y }, turn: Turn::None }
    }

    fn bound_items(&self, leaf: &Leaf, axes: &Axes, offset: u32) -> Vec<Item> {
        let mut items = vec![];
        if let Some((photo, node, covers)) = leaf.bleed {
            let Filling { frame, full } = self.bleeding(photo, covers);
            items.push(Item::Picture(Picture { photo, frame, full, node: Some(shifted(node, offset)) }));
            let covers_foot = frame.bottom() >= self.theme.grid.trim.1 && !matches!(covers, Bleed::Foot(_));
            if leaf.is_full() && covers_foot && !leaf.items.is_empty() {
                let rect = Rect { y: frame.bottom() - frame.height / 5, height: frame.height / 5, ..frame };
                let kind = ShapeKind::Veil(Veil { rect, dark: 65, fades: (rect.height, Len::ZERO) });
                items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
            }
        }
        items.extend(leaf.items.iter().map(|i| axes.item(i.clone(), offset)));
        items
    }

    fn bleeding(&self, photo: PhotoId, covers: Bleed) -> Filling {
        let (bleed, (w, h)) = (self.issue.page.bleed, self.theme.grid.trim);
        let (photo, focus) = (self.issue.photo(photo), self.issue.focus(photo));
        let over = |width: Len| filling(photo, focus, ((width, h), bleed));
        let page = Rect::new(-bleed, -bleed, w + bleed * 2, h + bleed * 2);
        let head = |width: Len, height: Len| {
            let frame = Rect::new(-bleed, -bleed, width + bleed * 2, height + bleed);
            Filling { frame, full: covering(photo.size(), focus, frame) }
        };
        match covers {
            Bleed::Page => over(w),
            Bleed::Left => over(w * 2).seen(Rect { width: w + bleed, ..page }),
            Bleed::Right => over(w * 2).shifted(-w).seen(Rect { x: Len::ZERO, width: w + bleed, ..page }),
            Bleed::Head(height) => head(w, height),
            Bleed::HeadLeft(height) => head(w * 2, height).seen(Rect { width: w + bleed, ..page }),
            Bleed::Foot(height) => {
                let frame = Rect { y: h - height, height: height + bleed, ..page };
                Filling { frame, full: covering(photo.size(), focus, frame) }
            }
            Bleed::HeadRight(height) => {
                head(w * 2, height).shifted(-w).seen(Rect { x: Len::ZERO, width: w + bleed, ..page })
            }
        }
    }

    /// Running head and folio: the magazine and issue on left pages, the article on right ones (GB/T 3179), at the outer
    /// corners or in the middle.
    fn furniture(&self, sheet: Sheet, label: &str, recto: bool, setter: &mut Setter) -> Vec<Item> {
        let (roles, style) = (&self.theme.roles, &self.theme.furniture);
        let opens = matches!(sheet, Sheet::Article { leaf: 0, .. } | Sheet::Contents(_));
        let head = match sheet {
            _ if opens && style.bare_openers => String::new(),
            Sheet::Article { article, .. } if recto => {
                let section = self.issue.section_of(article).map(|s| format!("{} · ", s.name)).unwrap_or_default();
                section + &self.issue.articles[article].running_title()
            }
            _ => self.issue.full_title(),
        };
        let height = self.theme.grid.trim.1;
        let half = self.theme.grid.margins.top / 2;
        let mut leaf = Leaf::default();
        let y = half + roles.running_head.size;
        self.outside(setter, &mut leaf, (&head, &roles.running_head), (y, recto, style.head));
        if !head.is_empty() && style.head != Side::None {
            let (left, width) = self.sides(recto);
            let at = Point { x: left, y: y + roles.running_head.size / 2 };
            matter::rule(&mut leaf, at, width, (style.head_rule, Ink::BLACK));
        }
        let below = height - self.theme.grid.margins.bottom.min(self.theme.grid.margins.top) / 2;
        let bare = matches!(sheet, Sheet::Contents(_)) && self.issue.contents.folio == Some(false);
        let side = if bare { Side::None } else { style.folio };
        self.outside(setter, &mut leaf, (label, &roles.folio), (below, recto, side));
        leaf.items
    }

    /// A line outside the type area.
    fn outside(
        &self,
        setter: &mut Setter,
        leaf: &mut Leaf,
        (text, role): (&str, &Role),
        (y, recto, side): (Len, bool, Side),
    ) {
        if text.is_empty() || side == Side::None {
            return;
        }
        let (left, width) = self.sides(recto);
        let block = matter::TextBlock::plain(setter, text, &Role { align: Align::Start, ..*role }, (width, None));
        let slack = width - block.width(setter);
        let shift = match side {
            Side::Center => slack / 2,
            _ if recto => slack,
            _ => Len::ZERO,
        };
        block.paint_baseline(setter, leaf, Point { x: left + shift, y });
    }

    /// The type area's left edge and width on the page.
    fn sides(&self, recto: bool) -> (Len, Len) {
        let grid = &self.theme.grid;
        let width = grid.across().0;
        (if recto { grid.margins.inner } else { grid.trim.0 - grid.margins.inner - width }, width)
    }

    fn link(&self, reference: &Reference, article: Option<usize>, axes: &Axes, offset: u32) -> Option<LinkArea> {
        let target = match &reference.dest {
            Dest::Article(i) => Target::Page { page: self.first_page(*i), y: Len::ZERO },
            Dest::Note(n) => {
                let note = &self.issue.articles[article?].notes[*n];
                self.spot(article?, note.blocks.first()?.id)?
            }
            Dest::Written(link) => self.written(link, article)?,
        };
        let rect = axes.rect(reference.rect);
        let node = reference.node.map(|n| shifted(n, offset));
        Some(LinkArea { rect, target, node, contents: reference.contents.clone() })
    }

    /// `#id`, `02.md`, `articles/02.md#id`, or a URL.
    fn written(&self, link: &str, article: Option<usize>) -> Option<Target> {
        if link.contains("://") || link.starts_with("mailto:") {
            return Some(Target::Url(link.to_string()));
        }
        let (found, block) = self.issue.place(article.unwrap_or(usize::MAX), link)?;
        let spot = block.and_then(|b| self.spot(found, b));
        Some(spot.unwrap_or(Target::Page { page: self.first_page(found), y: Len::ZERO }))
    }

    /// The page and height where a block begins.
    fn spot(&self, article: usize, block: crate::base::BlockId) -> Option<Target> {
        self.laid[article].leaves.iter().enumerate().find_map(|(leaf, of)| {
            let (_, y) = of.starts.iter().find(|(b, _)| *b == block)?;
            let page = page_of(self.sheets, self.laid, (article, leaf))?;
            Some(Target::Page { page, y: *y + self.theme.grid.margins.top })
        })
    }

    /// Sections, their articles, and the articles' subheads.
    fn outline(&self) -> Vec<OutlineEntry> {
        let entry = |title: String, sheet: Sheet| {
            let page = self.sheets.iter().position(|(s, _)| *s == sheet)?;
            Some(OutlineEntry { title, page, y: Len::ZERO, children: vec![] })
        };
        let mut outline: Vec<OutlineEntry> = vec![];
        outline.extend(entry(self.sheets[0].1.clone(), Sheet::Front));
        outline.extend(entry(self.issue.contents.title.clone(), Sheet::Contents(0)));
        let mut open: Option<&str> = None;
        for i in 0..self.issue.articles.len() {
            let of = self.article_entry(i);
            match self.issue.section_of(i).map(|s| s.name.as_str()) {
                Some(name) if open == Some(name) => outline.last_mut().expect("opened").children.push(of),
                Some(name) => {
                    outline.push(OutlineEntry { title: name.into(), page: of.page, y: Len::ZERO, children: vec![of] });
                    open = Some(name);
                }
                None => {
                    outline.push(of);
                    open = None;
                }
            }
        }
        outline.extend(entry("版权页".into(), Sheet::Colophon));
        outline
    }

    fn article_entry(&self, i: usize) -> OutlineEntry {
        let article = &self.issue.articles[i];
        let page = self.first_page(i);
        let heading = |b: &Block| match &b.kind {
            BlockKind::Heading { text, .. } => Some((b.id, plain_text(text))),
            _ => None,
        };
        let children = article.blocks.iter().filter_map(heading).filter_map(|(id, title)| match self.spot(i, id)? {
            Target::Page { page, y } => Some(OutlineEntry { title, page, y, children: vec![] }),
            Target::Url(_) => None,
        });
        OutlineEntry { title: article.plain_title(), page, y: Len::ZERO, children: children.collect() }
    }
}

struct Parts {
    cover: Matter,
    contents: Option<Matter>,
    colophon: Option<Matter>,
    back: Option<Matter>,
}

/// Adds a part's nodes below the book's root; returns the offset of its node numbers.
fn graft(tree: &mut Tree, part: &Tree) -> u32 {
    let offset = tree.nodes.len() as u32 - 1;
    for node in &part.nodes[1..] {
        let mut node = node.clone();
        node.parent = node.parent.map(|p| shifted(p, offset));
        node.children.iter_mut().for_each(|c| *c = shifted(*c, offset));
        tree.nodes.push(node);
    }
    let children = part.nodes[0].children.iter().map(|c| shifted(*c, offset));
    tree.nodes[0].children.extend(children);
    offset
}
