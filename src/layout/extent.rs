//! How many pages each article takes of those that it could take: so many that none stays blank, that a photo over two pages
//! falls on two facing ones, and that one on a page of its own faces its text.
//!
//! In: articles laid out, each with what other numbers of pages would cost it. Out: those laid out again that take another
//! number. The cheapest sequence is found article by article; a state is the pages so far.

use super::article::{Laid, Sharing, lay};
use super::choice::Extent;
use super::flow::Cost;
use super::order::{Order, Sheet, recto, wants_verso};
use crate::doc::{AdPlace, Binding, Issue};
use crate::font::Library;
use crate::style::Theme;
use std::collections::BTreeMap;

/// Says whether any article takes another number now. `contents`: how many pages the contents take.
pub fn settle(issue: &Issue, (theme, library): (&Theme, &Library), contents: usize, laid: &mut [Laid]) -> bool {
    let sheets = Order::of(issue, (theme, contents), laid).sheets;
    let mut changed = false;
    for (index, leaves) in wanted(issue, theme, (laid, &sheets)).into_iter().enumerate() {
        if leaves != laid[index].leaves.len() {
            let sharing = Sharing { leaves: Some(leaves), ..Sharing::default() };
            laid[index] = lay(issue, index, (theme, library), sharing);
            changed = true;
        }
    }
    changed
}

/// The cheapest ways to so many pages, each with the leaves that the articles take.
type Ways = BTreeMap<usize, (Cost, Vec<usize>)>;

fn wanted(issue: &Issue, theme: &Theme, (laid, sheets): (&[Laid], &[(Sheet, String)])) -> Vec<usize> {
    let covers = if issue.page.binding == Binding::None { (1, 0) } else { (2, 2) };
    let inside = &sheets[covers.0..sheets.len() - covers.1];
    let is_article = |sheet: &Sheet| matches!(sheet, Sheet::Article { .. });
    let others = |of: &[(Sheet, String)]| of.iter().filter(|(s, _)| !is_article(s) && *s != Sheet::Pad).count();
    let first = inside.iter().position(|(sheet, _)| is_article(sheet)).unwrap_or(inside.len());
    let between = issue.ads.iter().filter(|ad| matches!(ad.place, AdPlace::After(_))).count();
    let before = others(&inside[..first]);
    let after = others(&inside[first..]) - between;
    let mut ways = Ways::from([(before, (Cost::FREE, vec![]))]);
    for index in 0..laid.len() {
        ways = on(issue, theme, (index, laid), &ways);
    }
    let multiple = issue.page.binding.multiple();
    let blank = |pages: usize| {
        let all = pages + after + covers.0 + covers.1;
        Cost::blank(all.next_multiple_of(multiple) - all)
    };
    let best = ways.into_iter().min_by_key(|(pages, (cost, _))| cost.plus(blank(*pages)));
    best.map(|(_, (_, leaves))| leaves).unwrap_or_default()
}

/// The ways one article further.
fn on(issue: &Issue, theme: &Theme, (index, laid): (usize, &[Laid]), ways: &Ways) -> Ways {
    let ads = issue.ads.iter().filter(|ad| ad.place == AdPlace::After(index)).count();
    let verso = wants_verso(issue, (index, &laid[index]));
    let recto = !verso && recto(issue, theme, index);
    let mut next = Ways::new();
    for (pages, (cost, taken)) in ways {
        for extent in extents(issue, (index, laid)) {
            let own = extent.leaves - laid[index].leaves.iter().filter(|leaf| leaf.joins.is_some()).count();
            let blank = own > 0 && (verso && pages.is_multiple_of(2) || recto && !pages.is_multiple_of(2));
            let start = pages + usize::from(blank);
            let turned = extent.left.iter().filter(|leaf| (start + **leaf).is_multiple_of(2)).count();
            let here = Cost::blank(usize::from(blank)).plus(Cost(Cost::TURNED.0 * turned as u32));
            let cost = cost.plus(extent.cost).plus(here);
            let end = start + own + ads;
            if next.get(&end).is_none_or(|(known, _)| cost < *known) {
                next.insert(end, (cost, [taken.as_slice(), &[extent.leaves]].concat()));
            }
        }
    }
    next
}

/// What an article may take: as it stands where it shares a page, goes on elsewhere, or its length is asked for.
fn extents(issue: &Issue, (index, laid): (usize, &[Laid])) -> Vec<Extent> {
    let of = &laid[index];
    let hosts = laid.iter().flat_map(|l| &l.leaves).any(|leaf| leaf.joins == Some(index));
    let joins = of.leaves.iter().any(|leaf| leaf.joins.is_some());
    let article = &issue.articles[index];
    let fixed = hosts || joins || article.continue_on.is_some() || article.pages.is_some();
    let stands = of.leaves.len();
    of.extents.iter().filter(|e| e.leaves == stands || !fixed).cloned().collect()
}
