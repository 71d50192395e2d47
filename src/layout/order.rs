//! The book's pages in order, with their labels: covers, contents, articles, advertisements, colophon, blank pages.
//!
//! In: the issue, how many pages each part takes. Out: [`Order`]. What is meant for a left or a right page gets it by
//! changing places with its neighbour where it can; a blank page is the last resort.

use super::article::Laid;
use super::paint::Bleed;
use crate::doc::{AdPlace, Binding, ColophonPosition, Issue, PhotoId, Start};
use crate::style::Theme;

/// A page of the book before its items exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Front,
    Back,
    /// 封二 or 封三 with a picture that fills it, or with nothing on it.
    InsideCover(Option<PhotoId>),
    Contents(usize),
    Article {
        article: usize,
        leaf: usize,
    },
    /// `Issue::ads`, by number.
    Ad(usize),
    Colophon,
    Pad,
}

pub struct Order {
    pub sheets: Vec<(Sheet, String)>,
}

impl Order {
    /// `contents`: how many pages the contents take.
    pub fn of(issue: &Issue, (theme, contents): (&Theme, usize), laid: &[Laid]) -> Order {
        let covers = issue.page.binding != Binding::None;
        let names = cover_names(issue);
        let mut sheets = vec![(Sheet::Front, names[0].to_string())];
        if covers {
            sheets.push((inside_cover(issue, AdPlace::InsideFront), names[1].to_string()));
        }
        let inside = Self::inside(issue, (theme, contents), laid, covers);
        let first = issue.page.first_folio;
        sheets.extend(inside.into_iter().enumerate().map(|(i, s)| (s, (first + i as u32).to_string())));
        if covers {
            sheets.push((inside_cover(issue, AdPlace::InsideBack), names[2].to_string()));
            let colophon = issue.colophon_page.position == ColophonPosition::BackCover && has_colophon(issue);
            let own = if colophon { Sheet::Colophon } else { Sheet::Back };
            let back = ad_at(issue, &AdPlace::Back).map_or(own, Sheet::Ad);
            sheets.push((back, names[3].to_string()));
        }
        Order { sheets }
    }

    /// Contents, articles with the advertisements after them, blank pages up to the binding's multiple, and the colophon
    /// where no cover bears it.
    fn inside(issue: &Issue, (theme, contents): (&Theme, usize), laid: &[Laid], covers: bool) -> Vec<Sheet> {
        let mut inside: Vec<Sheet> = (0..contents).map(Sheet::Contents).collect();
        let last_page = has_colophon(issue) && !on_cover(issue);
        if issue.colophon_page.position == ColophonPosition::Contents && last_page {
            inside.push(Sheet::Colophon);
        }
        for (article, of) in laid.iter().enumerate() {
            let verso_next = !inside.len().is_multiple_of(2);
            let wants_verso = wants_verso(issue, (article, of));
            let wants_recto = !wants_verso && recto(issue, theme, article);
            if wants_verso && !verso_next || wants_recto && verso_next {
                inside.push(Sheet::Pad);
            }
            let kept = of.tail.map_or(of.leaves.len(), |tail| tail.first);
            leaves(&mut inside, (article, of), 0..kept);
            for (other, of) in laid.iter().enumerate() {
                if let Some(tail) = of.tail.filter(|tail| tail.after == article) {
                    leaves(&mut inside, (other, of), tail.first..of.leaves.len());
                }
            }
            inside.extend(ads_at(issue, &AdPlace::After(article)).map(Sheet::Ad));
        }
        inside.extend(ads_at(issue, &AdPlace::End).map(Sheet::Ad));
        let last = last_page && !inside.contains(&Sheet::Colophon);
        let all = inside.len() + usize::from(last) + if covers { 4 } else { 1 };
        let pads = all.next_multiple_of(issue.page.binding.multiple()) - all;
        inside.extend(std::iter::repeat_n(Sheet::Pad, pads));
        inside.extend(last.then_some(Sheet::Colophon));
        inside
    }
}

/// The page on which a leaf stands: its own, or the last of the article that it goes on below.
pub fn page_of(sheets: &[(Sheet, String)], laid: &[Laid], (article, leaf): (usize, usize)) -> Option<usize> {
    match laid[article].leaves[leaf].joins {
        Some(host) => page_of(sheets, laid, (host, laid[host].leaves.len() - 1)),
        None => sheets.iter().position(|(s, _)| *s == Sheet::Article { article, leaf }),
    }
}

/// The leaves that stand on a page below another's end, from above.
pub fn joined(sheets: &[(Sheet, String)], laid: &[Laid], page: usize) -> Vec<(usize, usize)> {
    let leaves = laid.iter().enumerate().flat_map(|(article, of)| {
        of.leaves.iter().enumerate().filter(|(_, l)| l.joins.is_some()).map(move |(leaf, _)| (article, leaf))
    });
    leaves.filter(|at| page_of(sheets, laid, *at) == Some(page)).collect()
}

/// Whether there is anything to print in the colophon.
pub fn has_colophon(issue: &Issue) -> bool {
    !issue.colophon.is_empty() || !issue.errata.is_empty()
}

fn on_cover(issue: &Issue) -> bool {
    use ColophonPosition::{BackCover, InsideBack, InsideFront};
    let asked = matches!(issue.colophon_page.position, InsideFront | InsideBack | BackCover);
    asked && issue.page.binding != Binding::None
}

/// Whether it begins on a left-hand page: it is to, or its head stands under a photo that goes on over the facing page.
pub fn wants_verso(issue: &Issue, (article, of): (usize, &Laid)) -> bool {
    let under = matches!(of.leaves[0].bleed, Some((_, _, Bleed::HeadLeft(_))));
    issue.articles[article].start == Start::NewSpread || under
}

/// Whether it begins on a right-hand page.
pub fn recto(issue: &Issue, theme: &Theme, article: usize) -> bool {
    let section = issue.section_of(article).and_then(|s| theme.section(&s.name));
    section.and_then(|s| s.recto).unwrap_or(theme.opener.recto)
}

/// An article's leaves; one that wants a left page lets the next one go first where it would fall on a right one. The halves
/// of a photo over two pages never part: without a next one the leaf before goes behind them, or a page stays blank.
fn leaves(inside: &mut Vec<Sheet>, (article, of): (usize, &Laid), range: std::ops::Range<usize>) {
    let mut left: Vec<usize> = range.filter(|leaf| of.leaves[*leaf].joins.is_none()).collect();
    let free = |leaf: usize| !of.leaves[leaf].wants_verso && !of.leaves[leaf].follows;
    while !left.is_empty() {
        let recto_next = inside.len().is_multiple_of(2);
        let halves = left.get(1).is_some_and(|l| of.leaves[*l].follows);
        let mut behind = None;
        if recto_next && of.leaves[left[0]].wants_verso {
            if let Some(next) = left.iter().position(|l| free(*l)) {
                inside.push(Sheet::Article { article, leaf: left.remove(next) });
                continue;
            }
            let own = |s: &&mut Sheet| matches!(s, Sheet::Article { article: a, leaf } if *a == article && free(*leaf));
            behind = inside.last_mut().filter(own).filter(|_| halves).map(|last| std::mem::replace(last, Sheet::Pad));
            match behind {
                Some(_) => drop(inside.pop()),
                None if halves => inside.push(Sheet::Pad),
                None => {}
            }
        }
        inside.extend(left.drain(..1 + usize::from(halves)).map(|leaf| Sheet::Article { article, leaf }));
        inside.extend(behind);
    }
}

fn ads_at<'i>(issue: &'i Issue, place: &'i AdPlace) -> impl Iterator<Item = usize> + 'i {
    issue.ads.iter().enumerate().filter(move |(_, ad)| ad.place == *place).map(|(i, _)| i)
}

fn ad_at(issue: &Issue, place: &AdPlace) -> Option<usize> {
    ads_at(issue, place).next()
}

/// The colophon, an advertisement, a picture, or nothing.
fn inside_cover(issue: &Issue, place: AdPlace) -> Sheet {
    let front = place == AdPlace::InsideFront;
    let colophon = match issue.colophon_page.position {
        ColophonPosition::InsideFront => front,
        ColophonPosition::InsideBack => !front,
        _ => false,
    };
    if colophon && has_colophon(issue) {
        return Sheet::Colophon;
    }
    let placed = if front { &issue.cover.inside_front } else { &issue.cover.inside_back };
    ad_at(issue, &place).map_or(Sheet::InsideCover(placed.as_ref().and_then(|p| p.photo)), Sheet::Ad)
}

/// 封面, 封二, 封三, 封底: covers bear no folio and aren't counted (GB/T 3179).
const fn cover_names(issue: &Issue) -> [&'static str; 4] {
    match issue.magazine.lang {
        crate::base::Lang::En => ["Cover", "Inside front cover", "Inside back cover", "Back cover"],
        crate::base::Lang::Ja => ["表紙1", "表紙2", "表紙3", "表紙4"],
        _ => ["封面", "封二", "封三", "封底"],
    }
}
