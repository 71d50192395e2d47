//! A sorted table of phrases and the longest match in it.
//!
//! In: lines `from<TAB>to`, sorted by bytes; a phrase without `to` converts as its characters do, and counts in the match.

use std::sync::OnceLock;

pub struct Table {
    rows: Vec<(&'static str, Option<&'static str>)>,
}

/// A match: bytes of the text, and what stands there instead; None: character by character.
pub type Match = (usize, Option<&'static str>);

impl Table {
    fn parse(text: &'static str) -> Table {
        let row = |line: &'static str| match line.split_once('\t') {
            Some((from, to)) => (from, Some(to)),
            None => (line, None),
        };
        Table { rows: text.lines().filter(|l| !l.is_empty()).map(row).collect() }
    }

    /// The rows of our own file for one direction.
    fn exceptions(direction: &str) -> Table {
        let rows = include_str!("../../../assets/opencc/exceptions.txt").lines().filter_map(|line| {
            let (way, rest) = line.split_once('\t')?;
            let (from, to) = rest.split_once('\t')?;
            (way == direction).then_some((from, Some(to)))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable();
        Table { rows }
    }

    /// The longest phrase that `text` begins with.
    pub fn longest(&self, text: &str) -> Option<Match> {
        let (mut lo, mut hi) = (0, self.rows.len());
        let mut found = None;
        let mut end = 0;
        for c in text.chars().take(24) {
            end += c.len_utf8();
            let prefix = &text[..end];
            lo += self.rows[lo..hi].partition_point(|(from, _)| *from < prefix);
            hi = lo + self.rows[lo..hi].partition_point(|(from, _)| from.starts_with(prefix));
            if lo == hi {
                break;
            }
            if self.rows[lo].0.len() == end {
                found = Some((end, self.rows[lo].1));
            }
        }
        found
    }
}

macro_rules! tables {
    ($($name:ident $file:literal)*) => {
        $(pub fn $name() -> &'static Table {
            static TABLE: OnceLock<Table> = OnceLock::new();
            TABLE.get_or_init(|| Table::parse(include_str!(concat!("../../../assets/opencc/", $file))))
        })*
    };
}

tables! {
    s2t "s2t.txt"
    t2s "t2s.txt"
    t2tw "t2tw.txt"
    t2hk "t2hk.txt"
    tw2t "tw2t.txt"
    hk2t "hk2t.txt"
    words_tw "words-tw.txt"
    words_cn "words-cn.txt"
}

pub fn s2t_exceptions() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::exceptions("s2t"))
}

/// One form of those that the tables mix.
pub fn forms() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::exceptions("form"))
}

pub fn t2s_exceptions() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::exceptions("t2s"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_the_longest_match_wins() {
        for table in [
            s2t(),
            t2s(),
            t2tw(),
            t2hk(),
            tw2t(),
            hk2t(),
            words_tw(),
            words_cn(),
            s2t_exceptions(),
            t2s_exceptions(),
            forms(),
        ] {
            assert!(table.rows.is_sorted_by(|a, b| a.0 < b.0));
        }
        assert_eq!(s2t().longest("皇后镇上"), Some(("皇后镇".len(), Some("皇后鎮"))));
        assert_eq!(s2t().longest("abc"), None);
    }
}
