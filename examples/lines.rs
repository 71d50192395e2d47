//! How long text → lines takes: `cargo run --release --example lines -- ISSUE [--chars N]`.
//!
//! In: an issue's directory, or `--chars N` for one paragraph of N characters made of its text. Out: CPU milliseconds of one
//! thread for shaping and breaking every paragraph, heading, caption and note at the theme's measure, best and median of
//! nine. Reading files and opening faces are not counted.

use qikan::base::{Lang, Len, Report};
use qikan::doc::{Article, BlockKind, Inline, Issue};
use qikan::font::{Family, Library, Weight};
use qikan::source::Sources;
use qikan::style::Theme;
use qikan::text::{Composer, Conventions, LineShape, RunStyle, TextRun, break_lines};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::{env, fs};

const ROUNDS: usize = 9;

/// A paragraph's runs: style changes cut it as they do on a page.
type Runs = Vec<TextRun>;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let dir = PathBuf::from(arguments.first().expect("ISSUE [--chars N]"));
    let wanted: Option<usize> = arguments.get(2).map(|n| n.parse().expect("a number of characters"));
    let (mut sources, mut report) = (Sources::new(&dir), Report::default());
    let one = NonZeroUsize::MIN;
    let (issue, spec) =
        qikan::read::issue(&dir, None, &mut qikan::read::Shelf::new(one), &mut sources, &mut report).expect("an issue");
    let theme = Theme::fit(&spec, &issue.page, &issue.type_);
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let library = Library::from_dir(&fonts).expect("the faces of fonts/");
    let size = theme.roles.body.size;
    let mut paragraphs = texts(&issue, size);
    if let Some(wanted) = wanted {
        paragraphs = vec![(issue.lang(), one_paragraph(&paragraphs, wanted))];
    }
    let chars: usize = paragraphs.iter().flat_map(|(_, runs)| runs).map(|run| run.text.chars().count()).sum();
    let mut spent: Vec<(f64, usize)> = vec![];
    for _ in 0..if wanted.is_some() { 1 } else { ROUNDS } {
        let before = cpu();
        let lines = set(&paragraphs, &library, (theme.grid.measure, size));
        spent.push((cpu() - before, lines));
    }
    spent.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (best, middle) = (spent[0], spent[spent.len() / 2]);
    println!(
        "{} paragraphs, {chars} characters → {} lines: {:.1} ms, median {:.1} ms; {:.2} µs a character",
        paragraphs.len(),
        best.1,
        best.0,
        middle.0,
        best.0 * 1000.0 / chars as f64
    );
}

/// Milliseconds that this thread has run; Linux alone says so.
fn cpu() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: u64 = stat.split(' ').next().and_then(|n| n.parse().ok()).expect("a count of nanoseconds");
    nanoseconds as f64 / 1e6
}

fn set(paragraphs: &[(Lang, Runs)], library: &Library, (measure, size): (Len, Len)) -> usize {
    let lang = paragraphs[0].0;
    let mut composer = Composer::new(library, lang.script(), Conventions::of(lang));
    let shape = LineShape::justified(measure, size * 2);
    paragraphs.iter().map(|(_, runs)| break_lines(&composer.paragraph(runs, size).0, shape).len()).sum()
}

fn texts(issue: &Issue, size: Len) -> Vec<(Lang, Runs)> {
    let mut out = vec![];
    for article in &issue.articles {
        let mut push = |text: &[Inline]| out.push((article.lang, runs(text, size)));
        walk(article, &mut push);
    }
    out.retain(|(_, runs)| !runs.is_empty());
    out
}

fn walk(article: &Article, push: &mut dyn FnMut(&[Inline])) {
    article.walk(&mut |block| match &block.kind {
        BlockKind::Para { text } | BlockKind::Heading { text, .. } => push(text),
        BlockKind::Figures { figures, .. } => figures.iter().for_each(|f| push(&f.caption)),
        BlockKind::Table(table) => table.cells().for_each(|cell| push(&cell.text)),
        _ => {}
    });
}

fn runs(text: &[Inline], size: Len) -> Runs {
    let run = |text: &str, family, weight| TextRun {
        text: text.to_string(),
        family,
        weight,
        style: RunStyle { size, ..RunStyle::default() },
        counts: true,
        ..TextRun::default()
    };
    let of = |inline: &Inline| match inline {
        Inline::Text { text, style, .. } if style.strong => Some(run(text, Family::Hei, Weight::Bold)),
        Inline::Text { text, style, .. } if style.emphasis => Some(run(text, Family::Kai, Weight::Regular)),
        Inline::Text { text, .. } => Some(run(text, Family::Song, Weight::Regular)),
        Inline::Break { .. } => Some(run("\n", Family::Song, Weight::Regular)),
        _ => None,
    };
    text.iter().filter_map(of).collect()
}

/// The issue's text over and over as one paragraph.
fn one_paragraph(paragraphs: &[(Lang, Runs)], wanted: usize) -> Runs {
    let text: String = paragraphs.iter().flat_map(|(_, runs)| runs).map(|r| r.text.replace('\n', "")).collect();
    let mut run = paragraphs[0].1[0].clone();
    run.text = text.chars().cycle().take(wanted).collect();
    vec![run]
}
