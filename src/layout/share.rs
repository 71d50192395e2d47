//! Several articles on one page (接排): each begins below the end of the one before, under a rule.
//!
//! In: articles laid out alone. Out: those that share a page laid out again, from the line at which they begin.

use super::article::{Below, Laid, Sharing, lay};
use super::order::recto;
use crate::doc::{AdPlace, Issue, Start};
use crate::font::Library;
use crate::style::Theme;

/// Lines of text in each column, at least, below the head of an article that goes on over the page.
const FOOTHOLD: u16 = 5;
/// Tiny is what fills no more than a page by so many.
const TINY: u16 = 3;

pub fn pages(issue: &Issue, (theme, library): (&Theme, &Library), laid: &mut [Laid]) {
    for index in 1..laid.len() {
        if joins(&laid[index]) {
            continue;
        }
        let Some(wish) = wish(issue, theme, (index, laid)) else { continue };
        let below = |host: &Laid| {
            let below = room(issue, theme, (index - 1, host), wish == Wish::Whole)?;
            let shared = lay(issue, index, (theme, library), Sharing { below: Some(below), ..Sharing::default() });
            let level = host.leaves.last().is_some_and(|l| l.vertical == shared.leaves[0].vertical);
            (level && wish.is_met(&shared, theme)).then_some(shared)
        };
        if let Some(shared) = below(&laid[index - 1]) {
            laid[index] = shared;
        } else if let Some(host) = yielding(issue, index, (theme, library), laid)
            && let Some(shared) = below(&host)
        {
            (laid[index - 1], laid[index]) = (host, shared);
        }
    }
}

/// The article before a piece that would leave more than half of its page empty, laid out so that it leaves that piece room, where it
/// takes no more pages for that.
fn yielding(issue: &Issue, index: usize, (theme, library): (&Theme, &Library), laid: &[Laid]) -> Option<Laid> {
    let (host, alone) = (&laid[index - 1], &laid[index]);
    let free = issue.articles[index].start == Start::Auto && alone.leaves.len() == 1;
    let spare = alone.leaves[0].end;
    if !free || joins(host) || spare * 2 > theme.grid.rows {
        return None;
    }
    let sharing = Sharing { spare: Some(spare), ..Sharing::default() };
    Some(lay(issue, index - 1, (theme, library), sharing)).filter(|yielding| yielding.leaves.len() <= host.leaves.len())
}

fn joins(laid: &Laid) -> bool {
    laid.leaves.iter().any(|leaf| leaf.joins.is_some())
}

/// How far an article may go on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// The manuscript asks for it: over the page too.
    Begin,
    /// Nobody said anything: only where all of it stands on the page.
    Whole,
}

impl Wish {
    fn is_met(self, shared: &Laid, theme: &Theme) -> bool {
        let first = &shared.leaves[0];
        let whole = shared.leaves.len() == 1 && first.end <= theme.grid.rows;
        let foothold = FOOTHOLD * u16::from(theme.grid.columns);
        whole || self == Wish::Begin && first.lines >= foothold && first.end <= theme.grid.rows
    }
}

/// Short is what fills no more than two thirds of a page by itself, its head included; it goes on below another piece of its
/// own section, and below one of any section where either would leave its page almost empty.
fn wish(issue: &Issue, theme: &Theme, (index, laid): (usize, &[Laid])) -> Option<Wish> {
    let (article, alone) = (&issue.articles[index], &laid[index]);
    // What is to fill pages has them to itself.
    let fills = |third: u16| alone.leaves[0].end * TINY <= theme.grid.rows * third;
    let alone = article.pages.is_none() && alone.leaves.len() == 1 && !alone.leaves[0].is_full();
    let host = laid[index - 1].leaves.last().filter(|leaf| !leaf.is_full());
    let (short, tiny) = (alone && fills(2), fills(1) || host.is_some_and(|leaf| leaf.end * TINY <= theme.grid.rows));
    match article.start {
        Start::Continue => Some(Wish::Begin),
        Start::Auto if short && (tiny || issue.same_section(index - 1, index)) && !recto(issue, theme, index) => {
            Some(Wish::Whole)
        }
        _ => None,
    }
}

/// The rest of an article's last page; none where a photo fills it, an advertisement follows, or its end
/// stands elsewhere.
fn room(issue: &Issue, theme: &Theme, (article, laid): (usize, &Laid), short: bool) -> Option<Below> {
    let last = laid.leaves.last().filter(|leaf| !leaf.is_full())?;
    let followed = issue.ads.iter().any(|ad| ad.place == AdPlace::After(article));
    let continued = issue.articles[article].continue_on.is_some();
    (!followed && !continued && last.end < theme.grid.rows).then_some(Below { article, end: last.end, short })
}
