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

pub fn pages(issue: &Issue, (theme, library): (&Theme, &Library), laid: &mut [Laid], report: &mut Report) {
    for index in 0..laid.len() {
        let Some(wish) = &issue.articles[index].continue_on else { continue };
        let sheets = Order::of(issue, (theme, library), laid).sheets;
        let after = host(issue, &sheets, wish).filter(|after| *after > index && !theme.grid.is_vertical());
        let Some(after) = after else {
            report.push(lost(issue, index, wish));
            continue;
        };
        if texts(&laid[index]) < 2 {
            continue;
        }
        let below = room(laid, after, theme.grid.rows);
        let sharing = Sharing { rest: Some(Rest { after, below }), ..Sharing::default() };
        laid[index] = lay(issue, index, (theme, library), sharing);
    }
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
