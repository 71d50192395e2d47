//! Page labels (ISO 32000-1 §12.4.2): a reader shows for every page what `page::Page::label` says.

use super::catalog;
use crate::page::Page;
use lopdf::{Dictionary, Document, Object, dictionary};

/// Writes the number tree of labels.
pub fn set(document: &mut Document, pages: &[Page]) {
    let nums: Vec<Object> =
        ranges(pages).into_iter().flat_map(|(first, range)| [Object::Integer(first as i64), range.into()]).collect();
    catalog(document).set("PageLabels", dictionary! { "Nums" => nums });
}

/// Runs of counting numbers; any other label stands alone, as a prefix without a number.
fn ranges(pages: &[Page]) -> Vec<(usize, Dictionary)> {
    let mut found = vec![];
    let mut next = None;
    for (i, page) in pages.iter().enumerate() {
        let number = counting(&page.label);
        if number.is_none() || number != next {
            found.push((i, range(&page.label, number)));
        }
        next = number.map(|n| n + 1);
    }
    found
}

fn range(label: &str, number: Option<i64>) -> Dictionary {
    match number {
        Some(n) => dictionary! { "S" => "D", "St" => n },
        None => dictionary! { "P" => lopdf::text_string(label) },
    }
}

/// A label that is a number as PDF's style D would write it.
fn counting(label: &str) -> Option<i64> {
    label.parse().ok().filter(|n: &i64| *n >= 1 && n.to_string() == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(labels: &[&str]) -> Vec<(usize, bool)> {
        let pages: Vec<Page> = labels.iter().map(|l| Page { label: l.to_string(), ..Page::default() }).collect();
        ranges(&pages).into_iter().map(|(i, range)| (i, range.has(b"S"))).collect()
    }

    #[test]
    fn numbers_run_and_names_stand_alone() {
        assert_eq!(starts(&["封面", "封二", "1", "2", "3", "封底"]), [(0, false), (1, false), (2, true), (5, false)]);
        assert_eq!(starts(&["7", "8", "3", "4"]), [(0, true), (2, true)]);
        assert_eq!(starts(&["01", "0", "+2", ""]), [(0, false), (1, false), (2, false), (3, false)]);
    }
}
