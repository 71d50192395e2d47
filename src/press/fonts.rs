//! `qikan fonts`: the faces there are, what each covers, who stands in for whom, and what an issue asks of them.

use super::{Outcome, Request, prepare};
use crate::base::Script;
use crate::font::{Face, Family, Library, Weight};
use crate::page::Item;
use std::collections::{BTreeMap, BTreeSet};

/// One face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceRow {
    pub name: String,
    pub family: Family,
    pub weight: Weight,
    pub script: Script,
    /// Characters of each of [`BLOCKS`] that it draws.
    pub covers: Vec<usize>,
    pub may_embed: bool,
    /// Characters that the issue is set in with it, and different ones among them.
    pub used: Option<(usize, usize)>,
}

/// Blocks of Han characters, named as editors know them: Unicode 16, chapter 18.
pub const BLOCKS: [(&str, std::ops::RangeInclusive<u32>); 4] =
    [("基本", 0x4E00..=0x9FFF), ("扩A", 0x3400..=0x4DBF), ("扩B", 0x2_0000..=0x2_A6DF), ("扩C–I", 0x2_A700..=0x2_EE5D)];

/// The faces of the library, with their use in an issue where one is given.
pub fn fonts(issue: Option<&Request>, library: &Library) -> (Vec<FaceRow>, Option<Outcome>) {
    let (outcome, made) = match issue.map(|request| prepare(request, library, &mut |_| {})) {
        Some((outcome, made)) => (Some(outcome), made),
        None => (None, None),
    };
    let mut used: BTreeMap<_, (usize, BTreeSet<char>)> = BTreeMap::new();
    for item in made.iter().flat_map(|made| &made.book.pages).flat_map(|page| &page.items) {
        if let Item::Glyphs(run) = item {
            let (count, kinds) = used.entry(run.face).or_default();
            *count += run.text.chars().count();
            kinds.extend(run.text.chars());
        }
    }
    let row = |(id, face): (_, &Face)| FaceRow {
        name: face.postscript_name.clone(),
        family: face.family,
        weight: face.weight,
        script: face.script,
        covers: BLOCKS.iter().map(|(_, block)| covered(face, block.clone())).collect(),
        may_embed: face.may_embed_subset(),
        used: made.as_ref().map(|_| used.get(&id).map_or((0, 0), |(count, kinds)| (*count, kinds.len()))),
    };
    let library = made.as_ref().map_or(library, |made| &made.library);
    (library.faces().map(row).collect(), outcome)
}

fn covered(face: &Face, block: std::ops::RangeInclusive<u32>) -> usize {
    block.filter_map(char::from_u32).filter(|c| face.glyph(*c).is_some()).count()
}
