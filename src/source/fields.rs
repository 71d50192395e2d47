//! A typed reader over keyed values: known keys with their aliases, unknown keys with did-you-mean, value errors.
//!
//! In: one table, or several where the first that has a key wins (issue.toml before magazine.toml). Out: values of the
//! asked type; a missing key is None, a wrong value is None and a finding.

use super::keyed::{Key, Kind, Value};
use super::nearest;
use crate::base::{Code, Date, Diagnostic, Len, Report, Words, words};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A known key: its canonical spelling, the others (Chinese, mostly) that mean the same, and what the reference of keys says.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    pub key: &'static str,
    pub aliases: &'static [&'static str],
    pub shape: Shape,
    /// As written; empty: none.
    pub default: &'static str,
    /// What it means: Chinese, English.
    pub about: [&'static str; 2],
}

/// What a key's value is. A reader asks for the same ([`Fields`] checks it where assertions are on).
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Not said.
    Any,
    Text,
    /// Text, or a list of texts.
    Texts,
    /// A name, a list of names, or tables of `{ name, role, affiliation }`.
    People,
    /// A path to a file of the issue.
    Path,
    Flag,
    /// A whole number within these bounds.
    Whole(i64, i64),
    Length,
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    Table(&'static [Name]),
    /// A table that may be written several times: `[[section]]`.
    Tables(&'static [Name]),
}

pub const fn name(key: &'static str, aliases: &'static [&'static str]) -> Name {
    Name { key, aliases, shape: Shape::Any, default: "", about: [""; 2] }
}
impl Name {
    /// Whether a written key is this one.
    pub fn means(&self, written: &str) -> bool {
        self.key == written || self.aliases.contains(&written)
    }
}

impl Name {
    pub const fn is(self, shape: Shape) -> Name {
        Name { shape, ..self }
    }
    /// What holds where nothing is written.
    pub const fn or(self, default: &'static str) -> Name {
        Name { default, ..self }
    }
    pub const fn says(self, zh: &'static str, en: &'static str) -> Name {
        Name { about: [zh, en], ..self }
    }
}

/// All spellings of all keys, canonical ones first.
pub fn spellings(names: &[Name]) -> impl Iterator<Item = &'static str> + '_ {
    names.iter().map(|n| n.key).chain(names.iter().flat_map(|n| n.aliases.iter().copied()))
}

/// What the two kinds of error are called where these keys stand.
#[derive(Clone, Copy, Debug)]
pub struct Codes {
    pub unknown: Code,
    pub value: Code,
    /// The table that a key written in the wrong one belongs to: `[page]`.
    pub home: fn(&str) -> Option<String>,
}

/// The entries of a table, by canonical key.
pub struct Fields<'v, 'r> {
    found: BTreeMap<&'static str, Vec<(&'v Key, &'v Value)>>,
    shapes: BTreeMap<&'static str, Shape>,
    codes: Codes,
    pub report: &'r mut Report,
}

impl<'v, 'r> Fields<'v, 'r> {
    /// Sorts the entries of `tables` by key. Each unknown key, and each key written twice, is a finding.
    pub fn read(tables: &[&'v Value], names: &[Name], codes: Codes, report: &'r mut Report) -> Self {
        let shapes = names.iter().map(|n| (n.key, n.shape)).collect();
        let mut fields = Fields { found: BTreeMap::new(), shapes, codes, report };
        for table in tables {
            if !matches!(table.kind, Kind::Table(_)) {
                fields.wrong(table, words("一个表（键 = 值）", "a table (key = value)"));
                continue;
            }
            let mut here: BTreeMap<&str, &Key> = BTreeMap::new();
            for (key, value) in table.entries() {
                match names.iter().find(|n| n.means(&key.name)) {
                    None => fields.unknown(key, names),
                    Some(name) => match here.insert(name.key, key) {
                        Some(first) => fields.twice(first, key),
                        None => fields.keep(name, key, value),
                    },
                }
            }
        }
        fields
    }

    fn keep(&mut self, name: &Name, key: &'v Key, value: &'v Value) {
        self.found.entry(name.key).or_default().push((key, value));
    }

    fn unknown(&mut self, key: &Key, names: &[Name]) {
        let message = words(format!("不认识的键：{}", key.name), format!("unknown key: {}", key.name));
        let finding = Diagnostic::at(self.codes.unknown, key.span, message);
        if let Some(home) = (self.codes.home)(&key.name) {
            let (zh, en) = (format!("这个键写在 {home} 里"), format!("this key belongs in {home}"));
            return self.report.push(finding.hint(zh, en));
        }
        self.report.push(match nearest(&key.name, spellings(names)) {
            Some(known) => finding.hint(format!("是不是 {known}？"), format!("did you mean {known}?")),
            None => {
                let all = names.iter().map(|n| n.key).collect::<Vec<_>>().join(", ");
                finding.hint(format!("这里可用的键：{all}"), format!("keys known here: {all}"))
            }
        });
    }

    fn twice(&mut self, first: &Key, second: &Key) {
        let (a, b) = (&first.name, &second.name);
        let message = words(format!("{a} 与 {b} 是同一个键"), format!("{a} and {b} are the same key"));
        let finding = Diagnostic::at(self.codes.value, second.span, message)
            .label(first.span, words("第一次写在这里", "first written here"))
            .hint("留下一个", "keep one of them");
        self.report.push(finding);
    }

    /// One value error, for a value that is not `want`.
    pub fn wrong(&mut self, value: &Value, want: Words) {
        let got = value.text().map_or_else(|| value.kind_name(), |t| words(format!("“{t}”"), format!("“{t}”")));
        let message = words(format!("值不合要求：{}", got.zh), format!("not a valid value: {}", got.en));
        let finding = Diagnostic::at(self.codes.value, value.span, message);
        self.report.push(finding.hint(format!("应为{}", want.zh), format!("write {}", want.en)));
    }

    /// The value that wins.
    pub fn value(&self, key: &'static str) -> Option<&'v Value> {
        self.found.get(key).and_then(|all| all.first()).map(|(_, v)| *v).filter(|v| v.kind != Kind::Null)
    }
    /// The values of all tables that have the key, the winner first: for tables within tables.
    pub fn values(&self, key: &'static str) -> Vec<&'v Value> {
        self.found.get(key).map(|all| all.iter().map(|(_, v)| *v).collect()).unwrap_or_default()
    }
    /// The key as it was written.
    pub fn key(&self, key: &'static str) -> Option<&'v Key> {
        self.found.get(key).and_then(|all| all.first()).map(|(k, _)| *k)
    }

    /// The value by `parse`; where that is None, an error that says what is wanted.
    pub fn parse<T>(&mut self, key: &'static str, want: Words, parse: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.value(key)?;
        let parsed = parse(value);
        if parsed.is_none() {
            self.wrong(value, want);
        }
        parsed
    }

    /// The reference of keys says what the program reads.
    fn declared(&self, key: &'static str, fits: impl Fn(&Shape) -> bool) {
        let shape = self.shapes.get(key);
        debug_assert!(shape.is_some_and(|s| matches!(s, Shape::Any) || fits(s)), "{key} is declared {shape:?}");
    }

    /// Text; an empty one counts as not given.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.declared(key, |s| matches!(s, Shape::Text | Shape::Path));
        let text = self.parse(key, words("文字", "text"), Value::text)?;
        Some(text.trim().to_string()).filter(|t| !t.is_empty())
    }
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        self.declared(key, |s| matches!(s, Shape::Flag));
        self.parse(key, words(" true 或 false", "true or false"), |v| match &v.kind {
            Kind::Bool(b) => Some(*b),
            Kind::String(s) if s == "是" => Some(true),
            Kind::String(s) if s == "否" => Some(false),
            _ => None,
        })
    }
    pub fn whole(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let (low, high) = (*range.start(), *range.end());
        self.declared(key, |s| matches!(s, Shape::Whole(a, b) if (*a, *b) == (low, high)));
        let want = words(format!(" {low} 到 {high} 的整数"), format!("a whole number from {low} to {high}"));
        self.parse(key, want, |v| {
            let int = match &v.kind {
                Kind::Number { int, .. } => *int,
                Kind::String(s) => s.trim().parse().ok(),
                _ => None,
            };
            int.filter(|n| range.contains(n))
        })
    }
    pub fn length(&mut self, key: &'static str) -> Option<Len> {
        self.declared(key, |s| matches!(s, Shape::Length));
        let want = words("长度，如 \"3mm\"、\"9pt\"、\"五号\"", "a length, as \"3mm\", \"9pt\", \"五号\"");
        self.parse(key, want, |v| v.text()?.parse().ok())
    }
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        self.declared(key, |s| matches!(s, Shape::Date));
        self.parse(key, words("日期，如 2026-09-15", "a date, as 2026-09-15"), |v| match &v.kind {
            Kind::Date(date) => Some(*date),
            _ => v.text()?.parse().ok(),
        })
    }
    /// One of a few words; `choices` has each with its meaning, aliases included.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.declared(key, |s| {
            matches!(s, Shape::Choice(words) if words.len() == choices.len() && choices.iter().all(|(w, _)| words.contains(w)))
        });
        let all = choices.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" | ");
        self.parse(key, words(format!(" {all}"), format!("one of: {all}")), |v| {
            let text = v.text()?;
            choices.iter().find(|(word, _)| *word == text.trim()).map(|(_, meaning)| *meaning)
        })
    }
    /// A list of texts; a single text counts as a list of one, split by `split`.
    pub fn list(&mut self, key: &'static str, split: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        self.declared(key, |s| matches!(s, Shape::Texts | Shape::People));
        let want = words("文字或文字的列表", "text, or a list of texts");
        self.parse(key, want, |v| texts(v, &split)).unwrap_or_default()
    }
}

/// A text, split; or every text of a list.
pub fn texts(value: &Value, split: &impl Fn(&str) -> Vec<String>) -> Option<Vec<String>> {
    match &value.kind {
        Kind::List(items) => items.iter().map(Value::text).collect(),
        _ => value.text().map(|t| split(&t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::source::keyed::toml;

    const NAMES: [Name; 3] = [name("title", &["标题"]), name("bleed", &["出血"]), name("marks", &[])];
    const CODES: Codes = Codes { unknown: Code::ManifestUnknownKey, value: Code::ManifestValue, home: |_| None };

    #[test]
    fn aliases_are_one_key_and_slips_are_named() {
        let value = toml("标题 = 1984\ntitle = \"x\"\nbled = \"3mm\"\nmarks = \"yes\"\n", FileId(0), 0).unwrap();
        let mut report = Report::default();
        let mut fields = Fields::read(&[&value], &NAMES, CODES, &mut report);
        assert_eq!(fields.text("title").as_deref(), Some("1984"));
        assert_eq!(fields.flag("marks"), None);
        let codes: Vec<_> = report.findings.iter().map(|d| d.code.name()).collect();
        assert_eq!(codes, ["manifest/value", "manifest/unknown-key", "manifest/value"]);
        assert_eq!(report.findings[1].hints[0].en, "did you mean bleed?");
    }

    #[test]
    fn the_first_table_wins() {
        let own = toml("title = \"本期\"", FileId(0), 0).unwrap();
        let standing = toml("title = \"总\"\nbleed = \"3mm\"", FileId(1), 0).unwrap();
        let mut report = Report::default();
        let mut fields = Fields::read(&[&own, &standing], &NAMES, CODES, &mut report);
        assert_eq!(fields.text("title").as_deref(), Some("本期"));
        assert_eq!(fields.length("bleed"), Some(Len::mm(300)));
        assert_eq!(report.findings, []);
    }
}
