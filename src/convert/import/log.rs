//! What import did to a manuscript: `import.log`.
//!
//! In: entries of the steps. Out: lines for an editor. The log balances: characters in, less `gone`, plus `came`, are the
//! characters of the article (blanks aside).

use crate::base::Words;
use std::collections::BTreeMap;

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Words left out: furniture of a page, labels, the second copy of a caption.
    Dropped,
    /// Words that became a value of the front matter or of issue.toml.
    Moved,
    /// Characters replaced.
    Changed,
    /// Left as it was; an editor should look.
    Doubt,
    /// An encoding, a time zone.
    Guessed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub what: What,
    /// `T1` … `T13`, `N1` … `N18`.
    pub rule: &'static str,
    /// 0 where it is about the whole file.
    pub line: u32,
    /// Where the same was done again.
    pub again: Vec<u32>,
    pub gone: String,
    pub came: String,
    pub note: Words,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub entries: Vec<Entry>,
    /// Which entry tells a change.
    told: BTreeMap<(&'static str, String, String), usize>,
}

impl Log {
    pub fn dropped(&mut self, rule: &'static str, line: u32, gone: impl Into<String>, note: Words) {
        self.push(What::Dropped, (rule, line), (gone.into(), String::new()), note);
    }
    pub fn moved(&mut self, rule: &'static str, line: u32, gone: impl Into<String>, note: Words) {
        self.push(What::Moved, (rule, line), (gone.into(), String::new()), note);
    }
    pub fn changed(&mut self, rule: &'static str, line: u32, change: (String, String), note: Words) {
        self.push(What::Changed, (rule, line), change, note);
    }
    /// A change that a text has in many places: one entry tells them all.
    pub fn repeated(&mut self, rule: &'static str, line: u32, change: (String, String), note: impl Fn() -> Words) {
        let key = (rule, change.0, change.1);
        match self.told.get(&key) {
            Some(at) => self.entries[*at].again.push(line),
            None => {
                self.changed(rule, line, (key.1.clone(), key.2.clone()), note());
                self.told.insert(key, self.entries.len() - 1);
            }
        }
    }
    pub fn doubt(&mut self, rule: &'static str, line: u32, note: Words) {
        self.push(What::Doubt, (rule, line), Default::default(), note);
    }
    pub fn guessed(&mut self, rule: &'static str, line: u32, note: Words) {
        self.push(What::Guessed, (rule, line), Default::default(), note);
    }

    fn push(&mut self, what: What, (rule, line): (&'static str, u32), change: (String, String), note: Words) {
        if change.0.is_empty() && change.1.is_empty() && !matches!(what, What::Doubt | What::Guessed) {
            return;
        }
        self.entries.push(Entry { what, rule, line, again: vec![], gone: change.0, came: change.1, note });
    }

    /// One line an entry, in the order of the steps.
    pub fn render(&self) -> String {
        let mut out = String::new();
        for e in &self.entries {
            let (zh, _) = e.what.name();
            let words = match (e.gone.is_empty(), e.came.is_empty()) {
                (true, true) => String::new(),
                (false, true) if e.what != What::Changed => format!("「{}」", one_line(&e.gone)),
                _ => format!("{} → {}", super::super::clean::shown(&e.gone), super::super::clean::shown(&e.came)),
            };
            let place = e.places();
            out += &format!("{}\t{place}\t{zh}\t{words}\t{} / {}\n", e.rule, e.note.zh, e.note.en);
        }
        out
    }
}

impl Entry {
    /// `3,8×2`: lines, each with how often.
    fn places(&self) -> String {
        let mut all: Vec<u32> = self.again.iter().copied().chain([self.line]).collect();
        all.sort_unstable();
        let lines = all.chunk_by(|a, b| a == b).map(|same| {
            let line = if same[0] == 0 { "—".to_string() } else { same[0].to_string() };
            if same.len() > 1 { format!("{line}×{}", same.len()) } else { line }
        });
        lines.collect::<Vec<_>>().join(",")
    }
}

impl What {
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            What::Dropped => ("删去", "dropped"),
            What::Moved => ("移作元数据", "moved"),
            What::Changed => ("改动", "changed"),
            What::Doubt => ("存疑", "doubt"),
            What::Guessed => ("推测", "guessed"),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
