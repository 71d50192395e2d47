//! Every theme on every trim with every sample: nothing stands outside the type area or on something else, nothing is lost,
//! the grid is kept, every photo and caption is there once, contents fill their pages. Asked of the book itself.
//!
//! `QIKAN_ISSUES=DIR,DIR cargo test --test matrix` asks the same of other issues.

use qikan::base::{Code, Len, Orientation, Point, Rect, Report};
use qikan::doc::{Article, Issue, PhotoId, plain_text};
use qikan::font::Library;
use qikan::page::{Book, GlyphRun, Item, NodeId, Page, Picture, Role};
use qikan::source::Sources;
use qikan::style::Theme;
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const TRIMS: [&str; 4] = ["A4", "210x285mm", "185x260mm", "A5"];
const THEMES: [&str; 3] = ["shan", "jikan", "wenyi"];
/// Rounding of positions.
const NEAR: Len = Len::pt(5);

/// What is asked about, and what was found wrong.
struct Asked<'a> {
    issue: &'a Issue,
    book: &'a Book,
    faults: Vec<String>,
}

#[test]
fn every_theme_on_every_trim() {
    let mut jobs: Vec<(PathBuf, &str, &str)> = vec![];
    let rough = rough_issue();
    for trim in TRIMS {
        for sample in ["shanxing-2026-09", "minimal"] {
            jobs.extend(THEMES.map(|theme| (Path::new("samples").join(sample), theme, trim)));
        }
        jobs.push(("samples/chuiliu-vertical".into(), "zhi", trim));
        jobs.extend(THEMES.map(|theme| (rough.path().into(), theme, trim)));
        let others = std::env::var("QIKAN_ISSUES").unwrap_or_default();
        for other in others.split(',').filter(|dir| !dir.is_empty()) {
            jobs.extend(THEMES.map(|theme| (other.into(), theme, trim)));
        }
    }
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = vec![];
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(faults(job, &library));
        }
        found
    };
    let found: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|w| w.join().expect("no panic")).collect()
    });
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

/// The photos that the rough manuscript names, from a few pixels to more than a press can use.
const ROUGH: [(&str, u16, u16); 7] = [
    ("tiny.png", 24, 24),
    ("icon.jpg", 64, 64),
    ("small.jpg", 300, 180),
    ("huge.jpg", 6000, 4000),
    ("banner.jpg", 4000, 220),
    ("tower.jpg", 260, 3600),
    ("normal.jpg", 1800, 1200),
];

/// A manuscript that nobody has tidied, with its photos.
fn rough_issue() -> tempfile::TempDir {
    let desk = tempfile::Builder::new().prefix("rough").tempdir().expect("a temporary directory");
    copy(Path::new("tests/rough"), desk.path());
    fs::copy("tests/rough/issue.toml", desk.path().join("issue.toml")).expect("copies");
    fs::create_dir_all(desk.path().join("photos")).expect("makes directories");
    for (name, width, height) in ROUGH {
        let pixels = vec![128; usize::from(width) * usize::from(height)];
        let mut bytes = vec![];
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 50);
        encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Luma).expect("encodes");
        fs::write(desk.path().join("photos").join(name), bytes).expect("writes");
    }
    desk
}

/// The issue with another theme and trim, laid out.
fn faults((dir, theme, trim): &(PathBuf, &str, &str), library: &Library) -> Vec<String> {
    let desk = tempfile::tempdir().expect("a temporary directory");
    let written = fs::read_to_string(dir.join("issue.toml")).unwrap_or_default();
    fs::write(desk.path().join("issue.toml"), adapted(&written, theme, trim)).expect("writes");
    copy(dir, desk.path());
    let (mut sources, mut report) = (Sources::new(desk.path()), Report::default());
    let one = NonZeroUsize::MIN;
    let (issue, spec) =
        qikan::read::issue(desk.path(), None, &mut qikan::read::Shelf::new(one), &mut sources, &mut report)
            .expect("an issue");
    let fitted = Theme::fit(&spec, &issue.page, &issue.type_);
    let (book, said) = qikan::layout::book(&issue, &fitted, library, one);
    let mut asked = Asked { issue: &issue, book: &book, faults: vec![] };
    book.pages.iter().for_each(|page| asked.page(page));
    asked.text();
    asked.photos();
    asked.captions();
    asked.contents();
    let over = said.findings.iter().filter(|f| [Code::LayoutOverflow, Code::LayoutOffPage].contains(&f.code));
    asked.faults.extend(over.map(|finding| finding.message.en.clone()));
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    asked.faults.into_iter().map(|fault| format!("{name} {theme} {trim}: {fault}")).collect()
}

/// The manifest with theme and trim; what it says of columns and sizes was meant for its own page.
fn adapted(written: &str, theme: &str, trim: &str) -> String {
    let own = ["theme = \"zhi\"", "base = \"zhi\"", "trim =", "columns =", "baseline =", "size ="];
    let mut lines: Vec<&str> =
        written.lines().filter(|line| !own.iter().any(|key| line.trim_start().starts_with(key))).collect();
    let trim = format!("trim = \"{trim}\"");
    match lines.iter().position(|line| line.trim() == "[page]") {
        Some(at) => lines.insert(at + 1, &trim),
        None => lines.extend(["[page]", &trim]),
    }
    format!("theme = \"{theme}\"\n{}\n", lines.join("\n"))
}

/// Everything but the manifest and what was built.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a directory").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "out" && !name.starts_with('.') {
            fs::create_dir_all(&target).expect("makes directories");
            copy(&path, &target);
        } else if path.is_file() && !target.exists() {
            fs::hard_link(&path, &target).or_else(|_| fs::copy(&path, &target).map(|_| ())).expect("copies");
        }
    }
}

fn runs(page: &Page) -> impl Iterator<Item = &GlyphRun> {
    page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    })
}

fn pictures(page: &Page) -> impl Iterator<Item = &Picture> {
    page.items.iter().filter_map(|item| match item {
        Item::Picture(picture) => Some(picture),
        _ => None,
    })
}

fn holds(rect: &Rect, point: Point, by: Len) -> bool {
    point.x >= rect.x - by && point.x <= rect.right() + by && point.y >= rect.y - by && point.y <= rect.bottom() + by
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.x + NEAR < b.right() && b.x + NEAR < a.right() && a.y + NEAR < b.bottom() && b.y + NEAR < a.bottom()
}

impl Asked<'_> {
    fn fault(&mut self, page: &Page, what: String) {
        self.faults.push(format!("page {}: {what}", page.label));
    }

    fn page(&mut self, page: &Page) {
        let Some(area) = page.area.as_ref().filter(|_| !page.articles.is_empty()) else { return };
        let (width, height) = self.book.trim;
        for picture in pictures(page) {
            let frame = &picture.frame;
            let corners = [Point { x: frame.x, y: frame.y }, Point { x: frame.right(), y: frame.bottom() }];
            let inside = corners.iter().all(|corner| holds(&area.frame, *corner, NEAR));
            let bleeds =
                frame.y < Len::ZERO && (frame.x < Len::ZERO || frame.right() > width) && frame.bottom() < height;
            if !inside && !bleeds {
                self.fault(page, format!("a picture stands outside the type area: {frame:?}"));
            }
        }
        let all: Vec<&Picture> = pictures(page).collect();
        for (i, a) in all.iter().enumerate() {
            if all[i + 1..].iter().any(|b| overlap(&a.frame, &b.frame)) {
                self.fault(page, "two pictures overlap".into());
            }
        }
        for run in runs(page).filter(|run| run.node.is_some()) {
            self.run(page, run, (&area.frame, area.vertical), &all);
        }
        self.grid(page);
    }

    fn run(&mut self, page: &Page, run: &GlyphRun, (frame, vertical): (&Rect, bool), pictures: &[&Picture]) {
        let text: String = run.text.chars().take(10).collect();
        let ends = [run.glyphs.first(), run.glyphs.last()].into_iter().flatten().map(|glyph| run.place(glyph));
        for end in ends {
            if !holds(frame, end, run.size) {
                return self.fault(page, format!("“{text}” stands outside the type area"));
            }
            // The middle of the first and the last character.
            let (across, up) = (run.size / 2, run.size / 3);
            let middle = match run.orientation {
                Orientation::Horizontal => Point { x: end.x + across, y: end.y - up },
                _ => Point { x: end.x, y: end.y + across },
            };
            let pending = |p: &&&Picture| self.issue.photo(p.photo).is_pending();
            if pictures.iter().filter(|p| !pending(p)).any(|p| holds(&p.frame, middle, -NEAR)) && !vertical {
                return self.fault(page, format!("“{text}” stands on a picture"));
            }
        }
    }

    /// Text of the article's body has its baselines on the grid: of the size that most of its characters have.
    fn grid(&mut self, page: &Page) {
        let Some(area) = &page.area else { return };
        let role = |run: &GlyphRun| run.node.map(|node| self.book.tree.node(node).role);
        let paragraphs = || runs(page).filter(|run| role(run) == Some(Role::Paragraph));
        let mut sizes: BTreeMap<Len, usize> = BTreeMap::new();
        let same = self.book.pages.iter().filter(|other| other.articles.first() == page.articles.first());
        let all = same.flat_map(runs).filter(|run| role(run) == Some(Role::Paragraph));
        all.for_each(|run| *sizes.entry(run.size).or_default() += run.glyphs.len());
        let body = sizes.into_iter().max_by_key(|(_, glyphs)| *glyphs).map(|(size, _)| size);
        let is_body = |run: &&GlyphRun| Some(run.size) == body;
        let lines =
            paragraphs().filter(is_body).filter(|run| (run.orientation != Orientation::Horizontal) == area.vertical);
        let off = lines.filter(|run| {
            let at = if area.vertical { run.origin.x } else { run.origin.y };
            // Of upright glyphs the middle is known, and the baseline half an em from it.
            !area.vertical && area.baselines.iter().all(|line| (*line - at).abs() > NEAR)
        });
        let off: Vec<String> = off.map(|run| run.text.chars().take(10).collect()).collect();
        if let Some(first) = off.first() {
            let message = format!("{} lines off the grid, the first “{first}”", off.len());
            self.fault(page, message);
        }
    }

    /// Every character of the articles is in the book.
    fn text(&mut self) {
        let mut left: BTreeMap<char, i64> = BTreeMap::new();
        for article in &self.issue.articles {
            written(article).chars().filter(|c| is_han(*c)).for_each(|c| *left.entry(c).or_default() += 1);
        }
        for run in self.book.pages.iter().filter(|page| !page.articles.is_empty()).flat_map(runs) {
            run.text.chars().for_each(|c| {
                left.entry(c).and_modify(|n| *n -= 1);
            });
        }
        let lost: Vec<char> = left.into_iter().filter(|(_, n)| *n > 0).map(|(c, _)| c).collect();
        if !lost.is_empty() {
            self.faults.push(format!("characters are lost: {lost:?}"));
        }
    }

    /// Every figure's photo once, over two pages in two halves that meet at the spine.
    fn photos(&mut self) {
        let mut wanted: BTreeMap<PhotoId, usize> = BTreeMap::new();
        self.issue.articles.iter().flat_map(Article::figures).for_each(|f| *wanted.entry(f.photo).or_default() += 1);
        let mut shown: BTreeMap<PhotoId, Vec<Rect>> = BTreeMap::new();
        for page in self.book.pages.iter().filter(|page| !page.articles.is_empty()) {
            pictures(page).for_each(|p| shown.entry(p.photo).or_default().push(p.full));
        }
        for (photo, count) in wanted {
            let found = shown.remove(&photo).unwrap_or_default();
            let spread = count == 1 && found.len() == 2 && (found[0].x - found[1].x - self.book.trim.0).abs() < NEAR;
            if found.len() != count && !spread {
                let name = &self.issue.photo(photo).name;
                self.faults.push(format!("{name} is shown {} times, not {count}", found.len()));
            }
        }
    }

    /// Contents take one page, or two that are about as full as each other; on small pages three at most.
    fn contents(&mut self) {
        let tree = &self.book.tree;
        let listed = |n: NodeId| {
            std::iter::successors(Some(n), |n| tree.node(*n).parent).any(|n| tree.node(n).role == Role::Toc)
        };
        let foot = |page: &Page| runs(page).filter(|r| r.node.is_some_and(listed)).map(|r| r.origin.y).max();
        let area = |page: &Page| page.area.as_ref().map_or(Len::ZERO, |area| area.frame.height);
        let feet: Vec<(Len, Len)> = self.book.pages.iter().filter_map(|page| Some((foot(page)?, area(page)))).collect();
        if feet.len() > if self.book.trim.0 < Len::mm(16000) { 3 } else { 2 } {
            self.faults.push(format!("{} pages of contents", feet.len()));
        }
        if let [(first, height), (second, _)] = feet[..]
            && (first - second).abs() * 4 > height
        {
            self.faults.push(format!("contents end at {first} and {second} of {height}"));
        }
    }

    fn captions(&mut self) {
        let figures = self.issue.articles.iter().flat_map(Article::figures);
        let wanted: usize = figures.map(|f| plain_text(&f.caption).chars().filter(|c| is_han(*c)).count()).sum();
        let tree = &self.book.tree;
        let in_caption = |run: &&GlyphRun| {
            let own = run.node.map(|id| tree.node(id));
            let above = own.and_then(|node| node.parent).map(|id| tree.node(id));
            let figure = |id| tree.node(id).role == Role::Figure;
            own.into_iter().chain(above).any(|n| n.role == Role::Caption && n.parent.is_some_and(figure))
        };
        let runs = self.book.pages.iter().flat_map(runs).filter(in_caption);
        let shown: usize = runs.map(|run| run.text.chars().filter(|c| is_han(*c)).count()).sum();
        // Credits are set too: words of their own.
        if shown < wanted || shown > wanted * 2 + 200 {
            self.faults.push(format!("captions have {wanted} characters, {shown} are shown"));
        }
    }
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The title and all paragraphs, headings, captions and cells.
fn written(article: &Article) -> String {
    let mut text = article.plain_title();
    article.walk(&mut |block| block.texts().into_iter().for_each(|inlines| text.push_str(&plain_text(inlines))));
    text
}
