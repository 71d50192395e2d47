//! 下转 and 上接: what an article's first page doesn't hold is continued behind a later article, on the rest of its last
//! page where there is room.
//!
//! In: articles laid out, those that share a page among them. Out: those that say `continue_on` laid out again in two
//! parts. Only pages have jump lines: a reflowable edition has the text in one piece.

use super::article::{Laid, Sharing, lay};
use super::compose::baseline_in;
use super::matter::TextBlock;
use super::order::{Order, Sheet};
use super::pages::Rest;
use super::paint::{Jump, Leaf};
use super::set::Setter;
use crate::base::{Code, Diagnostic, Lang, Point, Report, words};
use crate::doc::Issue;
use crate::font::Library;
use crate::style::{Grid, Role, Theme};

/// Lines that must be free on a page for more than a jump line and a few lines of text.
const LEAST: u16 = 10;
/// Lines of text that must stand before the jump.
const FOOTHOLD: u16 = 10;

/// `contents`: how many pages the contents take.
pub fn pages(
    issue: &Issue,
    (theme, library): (&Theme, &Library),
    contents: usize,
    laid: &mut [Laid],
    report: &mut Report,
) {
    for index in 0..laid.len() {
        let Some(wish) = &issue.articles[index].continue_on else { continue };
        let sheets = Order::of(issue, (theme, contents), laid).sheets;
        let after = host(issue, &sheets, wish).filter(|after| *after > index && !theme.grid.is_vertical());
        let Some(after) = after else {
            report.push(lost(issue, index, wish));
            continue;
        };
        let texts = texts(&laid[index]);
        if texts < 2 {
            continue;
        }
        let below = room(laid, after, theme.grid.rows);
        let divided = |kept| {
            let sharing = Sharing { rest: Some(Rest { after, below, kept }), ..Sharing::default() };
            lay(issue, index, (theme, library), sharing)
        };
        // The halves of a photo over two pages stay together.
        let halves = laid[index].leaves.iter().any(|leaf| leaf.follows && !leaf.is_full());
        match (1 + usize::from(halves)..texts).map(divided).find(begins) {
            Some(divided) => laid[index] = divided,
            None => report.push(too_short(issue, index)),
        }
    }
}

/// A jump below a head alone would send readers away before anything is said.
fn begins(divided: &Laid) -> bool {
    let lines = |leaves: &[Leaf]| leaves.iter().map(|leaf| leaf.lines).sum::<u16>();
    divided.tail.is_none_or(|tail| lines(&divided.leaves[..tail.first]) >= FOOTHOLD)
}

/// The article behind which it goes on: the one that is named, or that stands on the page of this number.
fn host(issue: &Issue, sheets: &[(Sheet, String)], wish: &str) -> Option<usize> {
    if let Some((article, _)) = issue.place(usize::MAX, wish) {
        return Some(article);
    }
    let page = sheets.iter().position(|(_, label)| label == wish.trim())?;
    sheets[..=page].iter().rev().find_map(|(sheet, _)| match sheet {
        Sheet::Article { article, .. } => Some(*article),
        _ => None,
    })
}

fn lost(issue: &Issue, index: usize, wish: &str) -> Diagnostic {
    let article = &issue.articles[index];
    let title = article.plain_title();
    let message = words(format!("《{title}》不能转到“{wish}”"), format!("“{title}” can't be continued on “{wish}”"));
    let place = article.written.key("continue_on").into();
    Diagnostic::new(Code::LayoutContinue, place, message).hint(
        "写后面某一篇所在的页码，或它的文件名；直排不转页",
        "write the page of a later article, or its file; vertical text is not divided",
    )
}

fn too_short(issue: &Issue, index: usize) -> Diagnostic {
    let article = &issue.articles[index];
    let title = article.plain_title();
    let message = words(
        format!("《{title}》前面的页放不下几行正文，没有转页"),
        format!("the first pages of “{title}” hold too few lines to be continued elsewhere: it stays whole"),
    );
    Diagnostic::new(Code::LayoutContinue, article.written.key("continue_on").into(), message)
        .hint("删去 continue_on，或把题头的照片改小", "remove continue_on, or make the photo at its head smaller")
}

fn texts(laid: &Laid) -> usize {
    laid.leaves.iter().filter(|leaf| !leaf.is_full()).count()
}

/// The last that stands on the last page of `after`, and the first line below it, where enough are free.
fn room(laid: &[Laid], after: usize, rows: u16) -> Option<(usize, u16)> {
    let mut host = after;
    while let Some(next) = laid.iter().position(|l| l.leaves.iter().any(|leaf| leaf.joins == Some(host))) {
        host = next;
    }
    let last = laid[host].leaves.last().filter(|leaf| !leaf.is_full())?;
    (last.end + LEAST <= rows).then_some((host, last.end))
}

/// The line that says where to go on, at the foot of the last column; or where the beginning was, above the rest.
pub fn line(setter: &mut Setter, leaf: &mut Leaf, (title, jump, label): (&str, Jump, &str), grid: &Grid) {
    let theme = setter.theme;
    let (role, small) = (theme.roles.heading, theme.roles.caption);
    let words = said(setter.lang(), jump, label);
    let y = |row: u16| grid.row_y(row) + baseline_in(grid.pitch, theme.roles.body.size);
    let small = Role { ink: role.ink, ..small };
    match jump {
        Jump::To => {
            let block = TextBlock::plain(setter, &words, &small, (grid.width, None));
            let x = grid.width - block.width(setter);
            block.paint_baseline(setter, leaf, Point { x, y: y(grid.rows - 1) });
        }
        Jump::From(row) => {
            let runs = [super::set::plain_run(title, &role), super::set::plain_run(&words, &small)];
            let block = TextBlock::set(setter, &runs, &role, (grid.width, None));
            block.paint_baseline(setter, leaf, Point { x: grid.column_x(0), y: y(row) });
        }
    }
}

fn said(lang: Lang, jump: Jump, label: &str) -> String {
    match (jump, lang.is_chinese(), lang.is_traditional()) {
        (Jump::To, true, false) => format!("（下转第{label}页）"),
        (Jump::To, true, true) => format!("（下轉第{label}頁）"),
        (Jump::From(_), true, false) => format!("（上接第{label}页）"),
        (Jump::From(_), true, true) => format!("（上接第{label}頁）"),
        (Jump::To, ..) => format!("Continued on page {label}"),
        (Jump::From(_), ..) => format!("\u{2003}Continued from page {label}"),
    }
}
