//! Leaves are bound: order, left and right, numbers, heads, links.
//!
//! In: laid articles and matter. Out: a [`Book`]. The one place that knows which side the spine is on.

use super::article::{Laid, lay};
use super::matter::{self, Matter};
use super::paint::{Bleed, Dest, Leaf, Reference};
use super::set::{Setter, Setting};
use crate::base::{Code, Diagnostic, Ink, Len, Place, Point, Rect, Report, words};
use crate::doc::{Binding, Block, BlockKind, Issue, PhotoId, Start, plain_text};
use crate::font::Library;
use crate::page::{
    Book, BookMeta, GlyphRun, Item, LinkArea, NodeId, OutlineEntry, Page, PageKind, Picture, Shape, ShapeKind, Target,
    Tree,
};
use crate::style::{Role, Theme};
use crate::text::LineShape;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lays an issue out on `threads` threads; the book doesn't depend on how many.
pub fn book(issue: &Issue, theme: &Theme, library: &Library, threads: NonZeroUsize) -> (Book, Report) {
    let mut laid = lay_all(issue, theme, library, threads);
    let mut report = Report::default();
    for article in &mut laid {
        report.extend(std::mem::take(&mut article.report));
    }
    let sheets = Order::of(issue, (theme, library), &laid).sheets;
    let binder = Binder { issue, theme, library, laid: &laid, sheets: &sheets };
    let book = binder.bind(&mut report);
    off_page(&book).for_each(|finding| report.push(finding));
    (book, report)
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
        Some(Diagnostic::new(Code::LayoutOffPage, Place::Page(label.clone()), message).hint(hint.0, hint.1))
    })
}

fn is_off(run: &GlyphRun, (width, height): (Len, Len)) -> bool {
    let last = run.glyphs.last().map_or(Len::ZERO, |g| g.x);
    let (x, y) = (run.origin.x, run.origin.y);
    x < Len::ZERO || x + last > width || y - run.size / 2 < Len::ZERO || y > height
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
            done.push((i, lay(issue, i, theme, library)));
        }
    };
    let mut all: Vec<(usize, Laid)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.get().min(count.max(1))).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, laid)| laid).collect()
}

/// A page of the book before its items exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Front,
    Back,
    /// A cover page with nothing on it.
    Blank,
    Contents(usize),
    Article {
        article: usize,
        leaf: usize,
    },
    Colophon,
    Pad,
}

/// The book's pages in order, with their labels.
struct Order {
    sheets: Vec<(Sheet, String)>,
}

impl Order {
    fn of(issue: &Issue, (theme, library): (&Theme, &Library), laid: &[Laid]) -> Order {
        let covers = issue.page.binding != Binding::None;
        let names = cover_names(issue);
        let mut sheets = vec![(Sheet::Front, names[0].to_string())];
        if covers {
            sheets.push((Sheet::Blank, names[1].to_string()));
        }
        let pages = if issue.articles.len() > 1 { matter::contents::pages(issue, theme, library) } else { 0 };
        let inside = Self::inside(issue, pages, laid, (sheets.len(), covers));
        let first = issue.page.first_folio;
        sheets.extend(inside.into_iter().enumerate().map(|(i, s)| (s, (first + i as u32).to_string())));
        if covers {
            let third = if issue.colophon.is_empty() { Sheet::Blank } else { Sheet::Colophon };
            sheets.push((third, names[2].to_string()));
            sheets.push((Sheet::Back, names[3].to_string()));
        }
        Order { sheets }
    }

    /// Contents, articles, colophon where no cover bears it, and blank pages up to the binding's multiple.
    fn inside(issue: &Issue, contents: usize, laid: &[Laid], (before, covers): (usize, bool)) -> Vec<Sheet> {
        let mut inside: Vec<Sheet> = (0..contents).map(Sheet::Contents).collect();
        for (article, of) in laid.iter().enumerate() {
            let verso_next = !inside.len().is_multiple_of(2);
            if issue.articles[article].start == Start::NewSpread && !verso_next {
                inside.push(Sheet::Pad);
            }
            inside.extend((0..of.leaves.len()).map(|leaf| Sheet::Article { article, leaf }));
        }
        if !covers && !issue.colophon.is_empty() {
            inside.push(Sheet::Colophon);
        }
        let all = before + inside.len() + if covers { 2 } else { 0 };
        let pads = all.next_multiple_of(issue.page.binding.multiple()) - all;
        inside.extend(std::iter::repeat_n(Sheet::Pad, pads));
        inside
    }
}

/// 封面, 封二, 封三, 封底: covers bear no folio and aren't counted (GB/T 3179).
const fn cover_names(issue: &Issue) -> [&'static str; 4] {
    match issue.magazine.lang {
        crate::base::Lang::En => ["Cover", "Inside front cover", "Inside back cover", "Back cover"],
        crate::base::Lang::Ja => ["表紙1", "表紙2", "表紙3", "表紙4"],
        _ => ["封面", "封二", "封三", "封底"],
    }
}

struct Binder<'b> {
    issue: &'b Issue,
    theme: &'b Theme,
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
        let (issue, theme, library) = (self.issue, self.theme, self.library);
        let has = |sheet| self.sheets.iter().any(|(s, _)| *s == sheet);
        let cover = matter::cover::front(issue, theme, library);
        let label_of = |article| self.sheets[self.first_page(article)].1.clone();
        let contents = has(Sheet::Contents(0)).then(|| matter::contents::lay(issue, theme, library, &label_of));
        let colophon = has(Sheet::Colophon).then(|| matter::colophon::lay(issue, theme, library));
        let back = has(Sheet::Back).then(|| matter::cover::back(issue, theme, library));
        let parts = Parts { cover, contents, colophon, back };
        let merged = self.merge(&parts);
        let mut folios = Setter::new(issue, theme, library, issue.lang());
        let pages = (0..self.sheets.len()).map(|i| self.page(i, &parts, &merged, &mut folios)).collect();
        let matter = [Some(parts.cover), parts.contents, parts.colophon, parts.back].into_iter().flatten();
        matter.map(|m| m.report).chain([folios.report]).for_each(|found| extend_with_new(report, found));
        Book {
            meta: self.meta(),
            trim: theme.grid.trim,
            bleed: issue.page.bleed,
            marks: issue.page.marks,
            pages,
            tree: merged.tree,
            outline: self.outline(),
            inks: theme.swatches.clone(),
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
        BookMeta {
            title: issue.full_title(),
            authors,
            lang: issue.lang(),
            publisher: issue.magazine.publisher.clone(),
            stamp: issue.stamp,
            identity: [key, year, n.number.clone().unwrap_or_default(), issue.lang().tag().into()].join("/"),
            right_to_left: false,
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
        let first = Sheet::Article { article, leaf: 0 };
        self.sheets.iter().position(|(s, _)| *s == first).unwrap_or(0)
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
            Sheet::Blank | Sheet::Pad => (empty.clone(), 0, true),
        };
        let origin = if own { Point::default() } else { self.origin(recto) };
        let mut items = self.bound_items(&leaf, origin, offset);
        let article = if let Sheet::Article { article, .. } = sheet { Some(*article) } else { None };
        items.extend(leaf.links.iter().filter_map(|l| self.link(l, article, origin, offset)).map(Item::Link));
        if !leaf.is_full() && matches!(sheet, Sheet::Article { .. } | Sheet::Contents(_)) {
            items.extend(self.furniture(*sheet, label, recto, folios));
        }
        let kind = match sheet {
            Sheet::Front | Sheet::Back | Sheet::Blank => PageKind::Cover,
            Sheet::Pad => PageKind::Pad,
            Sheet::Colophon if self.issue.page.binding != Binding::None => PageKind::Cover,
            _ => PageKind::Inside,
        };
        Page { label: label.clone(), kind, recto, items, first: leaf.first }
    }

    /// The front is a right-hand page, and so is the first inside page, whatever stands between them.
    fn is_recto(&self, index: usize) -> bool {
        let before = if self.issue.page.binding == Binding::None { 1 } else { 2 };
        index.checked_sub(before).unwrap_or(index).is_multiple_of(2)
    }

    /// The type area's top left corner: a right-hand page has its spine, and its inner margin, at the left.
    fn origin(&self, recto: bool) -> Point {
        let grid = &self.theme.grid;
        let left = if recto { grid.margins.inner } else { grid.trim.0 - grid.margins.inner - grid.width };
        Point { x: left, y: grid.margins.top }
    }

    fn bound_items(&self, leaf: &Leaf, origin: Point, offset: u32) -> Vec<Item> {
        let mut items = vec![];
        if let Some((photo, node, covers)) = leaf.bleed {
            let (frame, full) = self.bleeding(photo, covers);
            items.push(Item::Picture(Picture { photo, frame, full, node: Some(shifted(node, offset)) }));
            if leaf.is_full() && !leaf.items.is_empty() {
                let rect = Rect { y: frame.bottom() - frame.height / 5, height: frame.height / 5, ..frame };
                let kind = ShapeKind::Veil { rect, top: 0, bottom: 65 };
                items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
            }
        }
        items.extend(leaf.items.iter().map(|i| moved(i.clone(), origin, offset)));
        items
    }

    /// The visible part of a photo that bleeds, and its whole box.
    fn bleeding(&self, photo: PhotoId, covers: Bleed) -> (Rect, Rect) {
        let (bleed, (w, h)) = (self.issue.page.bleed, self.theme.grid.trim);
        let page = Rect::new(-bleed, -bleed, w + bleed * 2, h + bleed * 2);
        let spread = |x: Len| Rect::new(x, -bleed, w * 2 + bleed * 2, h + bleed * 2);
        let covering = |area: Rect| matter::cover::covering(self.issue.photo(photo).size(), area);
        match covers {
            Bleed::Page => (page, covering(page)),
            Bleed::Left => (Rect { width: w + bleed, ..page }, covering(spread(-bleed))),
            Bleed::Right => (Rect { x: Len::ZERO, width: w + bleed, ..page }, covering(spread(-w - bleed))),
            Bleed::Head(height) => {
                let frame = Rect { height: height + bleed, ..page };
                (frame, covering(frame))
            }
        }
    }

    /// Running head and folio at the outer corners: the magazine and issue on left pages, the article on right ones
    /// (GB/T 3179).
    fn furniture(&self, sheet: Sheet, label: &str, recto: bool, setter: &mut Setter) -> Vec<Item> {
        let roles = &self.theme.roles;
        let opens = matches!(sheet, Sheet::Article { leaf: 0, .. } | Sheet::Contents(_));
        let head = match sheet {
            _ if opens => String::new(),
            Sheet::Article { article, .. } if recto => {
                let section = self.issue.section_of(article).map(|s| format!("{} · ", s.name)).unwrap_or_default();
                section + &self.issue.articles[article].running_title()
            }
            _ => self.issue.full_title(),
        };
        let height = self.theme.grid.trim.1;
        let third = self.theme.grid.margins.top / 2;
        let mut leaf = Leaf::default();
        self.corner(setter, &mut leaf, (&head, &roles.running_head), (third + roles.running_head.size, recto));
        self.corner(setter, &mut leaf, (label, &roles.folio), (height - third, recto));
        leaf.items
    }

    /// A line at the page's outer edge.
    fn corner(&self, setter: &mut Setter, leaf: &mut Leaf, (text, role): (&str, &Role), (y, recto): (Len, bool)) {
        if text.is_empty() {
            return;
        }
        let grid = &self.theme.grid;
        let shape = LineShape::ragged(grid.width);
        let id = setter.plain(text, Setting { role, shape, node: None, block: None });
        let width = setter.text(id).width();
        let origin = self.origin(recto).x;
        let x = if recto { origin + grid.width - width } else { origin };
        leaf.line(&setter.texts, id, 0, Point { x, y });
    }

    fn link(&self, reference: &Reference, article: Option<usize>, origin: Point, offset: u32) -> Option<LinkArea> {
        let target = match &reference.dest {
            Dest::Article(i) => Target::Page { page: self.first_page(*i), y: Len::ZERO },
            Dest::Note(n) => {
                let note = &self.issue.articles[article?].notes[*n];
                self.spot(article?, note.blocks.first()?.id)?
            }
            Dest::Written(link) => self.written(link, article)?,
        };
        let rect = Rect { x: reference.rect.x + origin.x, y: reference.rect.y + origin.y, ..reference.rect };
        let node = reference.node.map(|n| shifted(n, offset));
        Some(LinkArea { rect, target, node, contents: reference.contents.clone() })
    }

    /// `#id`, `02.md`, `articles/02.md#id`, or a URL.
    fn written(&self, link: &str, article: Option<usize>) -> Option<Target> {
        if link.contains("://") || link.starts_with("mailto:") {
            return Some(Target::Url(link.to_string()));
        }
        let (file, anchor) = link.split_once('#').map_or((link, None), |(f, a)| (f, Some(a)));
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
        let found = if file.is_empty() { article } else { self.issue.articles.iter().position(|a| a.id == stem) }?;
        let block = anchor.and_then(|a| self.issue.articles[found].anchors.get(a));
        let spot = block.and_then(|b| self.spot(found, crate::base::BlockId(*b)));
        Some(spot.unwrap_or(Target::Page { page: self.first_page(found), y: Len::ZERO }))
    }

    /// The page and height where a block begins.
    fn spot(&self, article: usize, block: crate::base::BlockId) -> Option<Target> {
        self.laid[article].leaves.iter().enumerate().find_map(|(i, leaf)| {
            let (_, y) = leaf.starts.iter().find(|(b, _)| *b == block)?;
            let page = self.first_page(article) + i;
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

/// Node 0, the document, is shared.
fn shifted(node: NodeId, offset: u32) -> NodeId {
    if node == Tree::ROOT { node } else { NodeId(node.0 + offset) }
}

fn moved(item: Item, by: Point, offset: u32) -> Item {
    let point = |p: Point| Point { x: p.x + by.x, y: p.y + by.y };
    let rect = |r: Rect| Rect { x: r.x + by.x, y: r.y + by.y, ..r };
    let node = |n: Option<NodeId>| n.map(|n| shifted(n, offset));
    match item {
        Item::Glyphs(mut run) => {
            run.origin = point(run.origin);
            run.node = node(run.node);
            Item::Glyphs(run)
        }
        Item::Picture(p) => {
            Item::Picture(Picture { frame: rect(p.frame), full: rect(p.full), node: node(p.node), ..p })
        }
        Item::Shape(s) => {
            let kind = match s.kind {
                ShapeKind::Fill(r) => ShapeKind::Fill(rect(r)),
                ShapeKind::Rule { from, to, thickness } => {
                    ShapeKind::Rule { from: point(from), to: point(to), thickness }
                }
                ShapeKind::Veil { rect: r, top, bottom } => ShapeKind::Veil { rect: rect(r), top, bottom },
            };
            Item::Shape(Shape { kind, node: node(s.node), ..s })
        }
        Item::Link(l) => Item::Link(LinkArea { rect: rect(l.rect), node: node(l.node), ..l }),
    }
}
