//! Which forms an article's illustrations take, and how much white its head has: what an art director tries out until the last
//! page is no longer almost empty and pictures stand well.
//!
//! In: a composed flow. Out: its pages in the set of forms that costs least. Sets are tried from the cheapest on, and no
//! further than where the forms alone cost more than the best pages found.

use super::column::{Filled, Kind};
use super::flow::{Cost, Flow};
use super::pages::{Pages, Plan, Sheet};
use super::paint::Bleed;
use std::collections::BTreeSet;

/// Sets of forms that are tried at most.
const TRIALS: usize = 40;
/// A page's own costs count up to this much.
const MOST: u32 = 6_000;
/// A last page should be full to so many percent.
const FULL: u16 = 60;
/// Lines of text in each column that a last page has at least.
const LINES: u16 = 5;

/// What an article may be made of.
pub struct Choice<'c> {
    /// Everything but the forms, which its flow has all, and the shift.
    pub pages: Pages<'c>,
    /// Lines that the head may give, and take.
    pub head: (u16, u16),
    /// Something follows on the last page: it may be short.
    pub hosts: bool,
    /// So many lines of the last page are for what follows.
    pub spare: Option<u16>,
    /// Of pictures, with little text or none.
    pub photos: bool,
    /// So many pages, if it can be had.
    pub wanted: Option<usize>,
}

/// Pages that an article may take, and what that costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    pub leaves: usize,
    pub cost: Cost,
    /// Leaves that should be left pages.
    pub left: Vec<usize>,
}

/// An article in pages.
pub struct Chosen {
    pub flow: Flow,
    pub forms: Vec<usize>,
    pub shift: i16,
    pub sheets: Vec<Sheet>,
    pub overfull: bool,
    /// What other numbers of pages would cost, each once.
    pub extents: Vec<Extent>,
}

impl Choice<'_> {
    /// The cheapest pages, of the wanted number where there are any.
    pub fn best(&self) -> Chosen {
        let shifts = self.shifts();
        let illustrations = self.pages.flow.illustrations.iter();
        let mut costs: Vec<Vec<Cost>> = illustrations.map(|i| i.forms.iter().map(|f| f.cost).collect()).collect();
        costs.push(shifts.iter().map(|n| Cost(Cost::SHIFTED.0 * u32::from(n.unsigned_abs()))).collect());
        let mut best: Option<((bool, Cost), Chosen)> = None;
        let mut extents: Vec<Extent> = vec![];
        for (own, mut forms) in Ways::of(&costs).take(TRIALS) {
            let shift = shifts[forms.pop().unwrap_or(0)];
            if self.is_idle(&forms) {
                continue;
            }
            let flow = self.pages.flow.arranged(&forms);
            let tried = Pages { flow: &flow, shift, ..self.pages };
            let (sheets, overfull) = tried.run();
            let misfit = if overfull { Cost::OVERFULL } else { Cost::FREE };
            let cost = own.plus(misfit).plus(self.faults(&tried, &sheets));
            let extent = Extent { leaves: sheets.len(), cost, left: left(&self.pages, &sheets) };
            match extents.iter_mut().find(|known| known.leaves == extent.leaves) {
                Some(known) if known.cost <= cost => continue,
                Some(known) => *known = extent,
                None => extents.push(extent),
            }
            let rank = (self.wanted.is_some_and(|n| n != sheets.len()), cost);
            if best.as_ref().is_none_or(|(found, _)| rank < *found) {
                best = Some((rank, Chosen { flow, forms, shift, sheets, overfull, extents: vec![] }));
            }
        }
        let best = best.expect("the first way is tried").1;
        Chosen { extents, ..best }
    }

    /// What the head has of its own first; steps of two lines.
    fn shifts(&self) -> Vec<i16> {
        let (give, take) = (self.head.0 as i16, self.head.1 as i16);
        let mut shifts: Vec<i16> = (-take..=give).filter(|n| n % 2 == 0).collect();
        shifts.sort_by_key(|n| (n.unsigned_abs(), *n));
        shifts
    }

    /// The same as another way: one that stands beside the one before has no form of its own.
    fn is_idle(&self, forms: &[usize]) -> bool {
        let shown: Vec<*const _> = self.pages.flow.shown(forms).map(|(i, _)| std::ptr::from_ref(i)).collect();
        let hidden = |(i, form): (&_, &usize)| !shown.contains(&std::ptr::from_ref(i)) && *form > 0;
        self.pages.flow.illustrations.iter().zip(forms).any(hidden)
    }

    /// What an art director would mark on the pages.
    fn faults(&self, pages: &Pages, sheets: &[Sheet]) -> Cost {
        let columns = sheets.iter().filter_map(columns);
        let each = |(plan, filled): (&Plan, &Filled)| {
            let own = Cost(filled.cost.0.min(MOST) / 4);
            own.plus(uneven(pages, filled)).plus(textless(pages, plan, filled))
        };
        let within = columns.clone().map(each).fold(Cost::FREE, Cost::plus);
        let length = Cost(Cost::PAGE.0 * sheets.len() as u32);
        let end = if let Some(spare) = self.spare {
            columns.clone().next_back().map_or(Cost::FREE, |(plan, filled)| {
                Cost::few((pages.stands(plan, filled).1 + spare).saturating_sub(pages.grid.rows))
            })
        } else {
            self.white(pages, sheets).plus(self.few(pages, sheets))
        };
        within.plus(late(pages, columns)).plus(end).plus(length)
    }

    /// Pages on which the text has ended and that have little on them, but where something follows.
    fn white(&self, pages: &Pages, sheets: &[Sheet]) -> Cost {
        let own = if self.hosts { &sheets[..sheets.len() - 1] } else { sheets };
        let ended = own.iter().skip(1).filter_map(columns).filter(|(_, filled)| filled.after.is_done(pages.flow));
        let white = |(plan, filled)| FULL.saturating_sub(pages.stands(plan, filled).1 * 100 / pages.grid.rows);
        ended.map(white).map(Cost::sparse).fold(Cost::FREE, Cost::plus)
    }

    /// A last page with a few lines of text.
    fn few(&self, pages: &Pages, sheets: &[Sheet]) -> Cost {
        match sheets {
            [_, .., Sheet::Columns(_, filled)] if !self.hosts && !self.photos => {
                let columns = u16::from(pages.grid.columns);
                Cost::few((LINES * columns).saturating_sub(text_lines(pages, filled)) / columns)
            }
            _ => Cost::FREE,
        }
    }
}

fn columns(sheet: &Sheet) -> Option<(&Plan, &Filled)> {
    if let Sheet::Columns(plan, filled) = sheet { Some((plan, filled)) } else { None }
}

/// Lines of the page's columns that text takes.
fn text_lines(pages: &Pages, filled: &Filled) -> u16 {
    let pieces = &pages.flow.pieces;
    let ends = pieces.iter().position(|piece| piece.ends_text).unwrap_or(pieces.len());
    let text = filled.placed.iter().filter(|p| p.kind == Kind::Flow && p.piece < ends && !pieces[p.piece].floats);
    text.map(|p| pieces[p.piece].rows).sum()
}

/// A page with pictures alone should be filled by them.
fn textless(pages: &Pages, plan: &Plan, filled: &Filled) -> Cost {
    if plan.is_bare() && filled.placed.is_empty() || plan.opens() || text_lines(pages, filled) > 0 {
        return Cost::FREE;
    }
    let (_, end) = pages.stands(plan, filled);
    Cost::TEXTLESS.plus(Cost::sparse(100_u16.saturating_sub(end * 100 / pages.grid.rows)))
}

/// The leaves that should be the first of two facing pages: left ones, or right ones where a book is bound at the right.
fn left(pages: &Pages, sheets: &[Sheet]) -> Vec<usize> {
    let [first, _] = pages.halves();
    let wants = |sheet: &Sheet| match sheet {
        Sheet::Hero(Bleed::Page | Bleed::Foot(_)) => true,
        Sheet::Hero(half) | Sheet::Full(_, half) => *half == first,
        Sheet::Columns(plan, _) => plan.is_left_half(),
    };
    sheets.iter().enumerate().filter(|(_, sheet)| wants(sheet)).map(|(i, _)| i).collect()
}

/// Pictures in different columns of a page should stand at one height.
fn uneven(pages: &Pages, filled: &Filled) -> Cost {
    if pages.grid.is_vertical() {
        return Cost::FREE;
    }
    let floats = filled
        .placed
        .iter()
        .filter(|p| matches!(p.kind, Kind::Flow | Kind::FootFloat) && pages.flow.pieces[p.piece].floats);
    let spots: Vec<(u8, u16, u16)> =
        floats.map(|p| (p.column, p.row, p.row + pages.flow.pieces[p.piece].rows)).collect();
    let level = |a: &(u8, u16, u16), b: &(u8, u16, u16)| a.0 == b.0 || a.1 == b.1 || a.2 == b.2;
    let pairs = spots.iter().enumerate().flat_map(|(i, a)| spots[i + 1..].iter().map(move |b| (a, b)));
    pairs.filter(|(a, b)| !level(a, b)).fold(Cost::FREE, |cost, _| cost.plus(Cost::UNEVEN))
}

/// Pictures across columns that came to a later page than their place in the text.
fn late<'s>(pages: &Pages, columns: impl Iterator<Item = (&'s Plan, &'s Filled)>) -> Cost {
    let (mut cost, mut from) = (Cost::FREE, 0);
    for (plan, filled) in columns {
        let late = plan.across.iter().filter(|(i, ..)| pages.flow.spanners[*i].anchor < from);
        cost = late.fold(cost, |cost, _| cost.plus(Cost::AWAY));
        from = filled.after.next;
    }
    cost
}

/// Ways to take one of each list, the cheapest sum first; each list begins with its cheapest.
struct Ways<'c> {
    costs: &'c [Vec<Cost>],
    /// Sum, what is taken, and the first list whose choice may still rise.
    open: BTreeSet<(Cost, Vec<usize>, usize)>,
}

impl<'c> Ways<'c> {
    fn of(costs: &'c [Vec<Cost>]) -> Self {
        let first = costs.iter().fold(Cost::FREE, |sum, list| sum.plus(list[0]));
        Ways { costs, open: BTreeSet::from([(first, vec![0; costs.len()], 0)]) }
    }
}

impl Iterator for Ways<'_> {
    type Item = (Cost, Vec<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (sum, way, from) = self.open.pop_first()?;
        for list in from..way.len() {
            let Some(next) = self.costs[list].get(way[list] + 1) else { continue };
            let mut dearer = way.clone();
            dearer[list] += 1;
            let sum = Cost(sum.0 - self.costs[list][way[list]].0 + next.0);
            self.open.insert((sum, dearer, list));
        }
        Some((sum, way))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_come_in_the_order_of_their_cost_and_once_each() {
        let costs: Vec<Vec<Cost>> =
            [vec![0, 300, 600], vec![0, 200], vec![0, 80, 80, 160]].map(|l| l.into_iter().map(Cost).collect()).into();
        let all: Vec<(Cost, Vec<usize>)> = Ways::of(&costs).collect();
        assert_eq!(all.len(), 3 * 2 * 4);
        assert!(all.is_sorted_by_key(|(cost, _)| *cost));
        let different: BTreeSet<&Vec<usize>> = all.iter().map(|(_, way)| way).collect();
        assert_eq!(different.len(), all.len());
    }
}
