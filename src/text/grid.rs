//! 纵横对齐: Han above and below each other stand in one column of the grid.
//!
//! In: a paragraph. Out: the gaps beside its Western text widened or narrowed, up to half an em each, so that it takes whole
//! em between Han (clreq §Handling of Grid Alignment in Chinese and Western Mixed Text Composition). Beside a mark the gap is
//! the mark's own: such text stays as it is.

use super::paragraph::{Gap, Paragraph};
use super::spacing::SHRINK_RANKS;
use crate::base::Len;

pub fn align(p: &mut Paragraph) {
    let han = |p: &Paragraph, i: Option<usize>| i.and_then(|i| p.clusters.get(i)).is_some_and(|c| c.class.is_han());
    let mut start = 0;
    while start < p.clusters.len() {
        let end = (start..p.clusters.len()).find(|i| han(p, Some(*i))).unwrap_or(p.clusters.len());
        let western = p.clusters[start..end].iter().all(|c| c.class.is_western() || c.advance == Len::ZERO);
        if end > start && western && han(p, start.checked_sub(1)) && han(p, Some(end)) {
            let inner: Len = p.gaps[start + 1..end].iter().map(|gap| gap.natural).sum();
            let width = inner + p.clusters[start..end].iter().map(|c| c.advance).sum::<Len>();
            // Never close to the Han: a text of whole em gets half an em on both sides.
            let blank = p.em * (width.count(p.em) + 1) - width;
            set(&mut p.gaps[start], blank / 2);
            set(&mut p.gaps[end], blank - blank / 2);
        }
        start = end + 1;
    }
}

fn set(gap: &mut Gap, natural: Len) {
    *gap = Gap { natural, shrink: [Len::ZERO; SHRINK_RANKS], stretch: [Len::ZERO; 2], ..*gap };
}
