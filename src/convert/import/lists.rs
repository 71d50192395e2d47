//! Lists of words that lines are compared with.
//!
//! In: words with blanks between. Out: answers by binary search, since every line of a manuscript asks several lists.

use std::sync::OnceLock;

pub struct List {
    text: &'static str,
    sorted: OnceLock<Vec<&'static str>>,
}

impl List {
    pub const fn new(text: &'static str) -> List {
        List { text, sorted: OnceLock::new() }
    }

    fn words(&self) -> &[&'static str] {
        self.sorted.get_or_init(|| {
            let mut words: Vec<&str> = self.text.split(' ').filter(|w| !w.is_empty()).collect();
            words.sort_unstable();
            words
        })
    }

    pub fn has(&self, text: &str) -> bool {
        self.words().binary_search(&text).is_ok()
    }

    /// The longest word that the text begins with.
    pub fn begins(&self, text: &str) -> Option<&'static str> {
        let first = text.chars().next()?.len_utf8();
        let words = self.words();
        let from = words.partition_point(|w| *w < &text[..first]);
        let alike = words[from..].iter().take_while(|w| w.starts_with(&text[..first]));
        alike.filter(|w| text.starts_with(**w)).max_by_key(|w| w.len()).copied()
    }

    /// Whether the text ends with one of them.
    pub fn ends(&self, text: &str) -> bool {
        self.words().iter().any(|w| text.ends_with(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_at_the_start_the_end_and_as_a_whole() {
        static LIST: List = List::new("分享 分享到 打印 上一篇");
        assert!(LIST.has("打印") && !LIST.has("打") && !LIST.has(""));
        assert_eq!((LIST.begins("分享到微信"), LIST.begins("上一页")), (Some("分享到"), None));
        assert!(LIST.ends("【打印") && !LIST.ends("打印】"));
    }
}
