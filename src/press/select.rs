//! Pages by their labels, as `--pages` and `[lock]` name them: `封面,1-8`.
//!
//! In: the book and the words. Out: indices of its pages, or the word that names none.

use crate::page::Book;
use std::collections::BTreeSet;

/// The pages that labels and ranges of them name, in the book's order.
pub fn select(book: &Book, asked: &str) -> Result<Vec<usize>, String> {
    let mut chosen = BTreeSet::new();
    for part in asked.split([',', '，', '、']).filter(|part| !part.trim().is_empty()) {
        chosen.extend(range(book, part).ok_or_else(|| part.trim().to_string())?);
    }
    Ok(chosen.into_iter().collect())
}

fn range(book: &Book, word: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let at = |label: &str| book.pages.iter().position(|page| page.label == label.trim());
    // A label may hold a dash itself.
    if let Some(one) = at(word) {
        return Some(one..=one);
    }
    let (from, to) = word.split_once(['-', '–', '—', '~', '～'])?;
    let (from, to) = (at(from)?, at(to)?);
    (from <= to).then_some(from..=to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    #[test]
    fn pages_are_named_by_their_labels() {
        let page = |label: &str| Page { label: label.into(), ..Page::default() };
        let book = Book { pages: ["封面", "1", "2", "3", "封底"].map(page).to_vec(), ..Book::default() };
        assert_eq!(select(&book, "封面,2-3"), Ok(vec![0, 2, 3]));
        assert_eq!(select(&book, "3、1，1"), Ok(vec![1, 3]));
        assert_eq!(select(&book, "1～封底"), Ok(vec![1, 2, 3, 4]));
        for bad in ["9", "3-1", "1-9", "x"] {
            assert_eq!(select(&book, bad), Err(bad.to_string()));
        }
    }
}
