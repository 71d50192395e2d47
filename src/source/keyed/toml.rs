//! TOML into keyed values, by toml_edit's spanned document.
//!
//! One thing beyond TOML 1.0: keys may be written in Chinese without quotes (`主编 = "…"`), as editors write them.
//! The text that is parsed has each such character spelled in as many ASCII characters as it has bytes, so every span
//! holds, and key names are read from the original.

use super::{Key, Kind, Malformed, Value, half_width};
use crate::base::{Date, FileId, Span, words};
use std::ops::Range;
use toml_edit::{Datetime, Document, Item, Table, TableLike, Value as Toml};

/// Reads a whole TOML text. `offset` is where it stands in its file (front matter does not start at 0).
pub fn toml(text: &str, file: FileId, offset: u32) -> Result<Value, Malformed> {
    let at = |range: Option<Range<usize>>| span(file, offset, range);
    match Document::parse(spell_bare_keys(text)) {
        Ok(document) => {
            let reader = Reader { text, file, offset };
            Ok(Value { kind: reader.table(document.as_table()), span: at(Some(0..text.len())) })
        }
        Err(error) => {
            let range = error.span().unwrap_or(0..0);
            let line_start = text[..range.start.min(text.len())].rfind('\n').map_or(0, |n| n + 1);
            let line = text[line_start..].lines().next().unwrap_or_default();
            let hint = half_width(line).map(|mended| {
                words(
                    format!("标点要用半角，这一行改成：{mended}"),
                    format!("use half-width punctuation; write the line as: {mended}"),
                )
            });
            let said = error.message().replace('\n', "; ");
            let message = words(format!("TOML 写法有误：{said}"), format!("not valid TOML: {said}"));
            Err(Malformed { span: at(Some(range)), message, hint })
        }
    }
}

fn span(file: FileId, offset: u32, range: Option<Range<usize>>) -> Span {
    let range = range.unwrap_or(0..0);
    Span { file, start: offset + range.start as u32, end: offset + range.end as u32 }
}

/// Every letter beyond ASCII that stands outside strings and comments, spelled by its code point in 64 ASCII signs that
/// a bare key may have: two for two bytes, three for three, four for four, so that different keys stay different.
fn spell_bare_keys(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            '"' | '\'' => string_length(rest),
            _ => c.len_utf8(),
        };
        if c.is_ascii() || !c.is_alphanumeric() {
            out.push_str(&rest[..skipped]);
        } else {
            let digits = (0..skipped).rev().map(|n| SIGNS[(c as usize >> (6 * n)) & 63] as char);
            out.extend(digits);
        }
        rest = &rest[skipped..];
    }
    out
}

/// Bytes of the string that `text` begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let quote = &text[..1];
    let long = quote.repeat(3);
    let (mark, open) = if text.starts_with(&long) { (long.as_str(), 3) } else { (quote, 1) };
    let mut at = open;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(mark) {
            return at + open;
        }
        if open == 1 && rest.starts_with(['\n', '\r']) {
            return at;
        }
        let escape = quote == "\"" && rest.starts_with('\\');
        at += rest.chars().take(1 + usize::from(escape)).map(char::len_utf8).sum::<usize>();
    }
    text.len()
}

struct Reader<'t> {
    text: &'t str,
    file: FileId,
    offset: u32,
}

impl Reader<'_> {
    fn span(&self, range: Option<Range<usize>>) -> Span {
        span(self.file, self.offset, range)
    }

    fn table(&self, table: &dyn TableLike) -> Kind {
        let entries = table.iter().filter_map(|(name, item)| {
            let key = table.key(name)?;
            let value = self.item(item);
            // A table made by a header has its header's span; one made by a dotted key has none of its own.
            let at = key.span().map_or(value.span, |range| self.span(Some(range)));
            let bare = key.span().and_then(|range| self.text.get(range)).filter(|k| !k.starts_with(['"', '\'']));
            let name = bare.unwrap_or(name);
            let span = if value.span.end == self.offset { at } else { value.span };
            Some((Key { name: name.to_string(), span: at }, Value { span, ..value }))
        });
        Kind::Table(entries.collect())
    }

    fn item(&self, item: &Item) -> Value {
        match item {
            Item::None => Value { kind: Kind::Null, span: self.span(None) },
            Item::Value(value) => self.value(value),
            Item::Table(table) => Value { kind: self.table(table), span: self.span(table.span()) },
            Item::ArrayOfTables(tables) => {
                let one = |t: &Table| Value { kind: self.table(t), span: self.span(t.span()) };
                Value { kind: Kind::List(tables.iter().map(one).collect()), span: self.span(tables.span()) }
            }
        }
    }

    fn value(&self, value: &Toml) -> Value {
        let kind = match value {
            Toml::String(s) => Kind::String(s.value().clone()),
            Toml::Integer(n) => Kind::Number { text: n.value().to_string(), int: Some(*n.value()) },
            Toml::Float(x) => Kind::Number { text: x.value().to_string(), int: None },
            Toml::Boolean(b) => Kind::Bool(*b.value()),
            Toml::Datetime(d) => date(d.value()),
            Toml::Array(list) => Kind::List(list.iter().map(|v| self.value(v)).collect()),
            Toml::InlineTable(table) => self.table(table),
        };
        Value { kind, span: self.span(value.span()) }
    }
}

fn date(written: &Datetime) -> Kind {
    let date = written.date.and_then(|d| Date::new(d.year, d.month, d.day));
    date.map_or_else(|| Kind::String(written.to_string()), Kind::Date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_know_their_places() {
        let text = "[issue]\nnumber = 9\ndate = 2026-09-15\n[[section]]\nname = \"专题\"\n";
        let value = toml(text, FileId(3), 100).unwrap();
        let issue = &value.entries()[0].1.entries();
        assert_eq!(issue[0].0.span, Span { file: FileId(3), start: 108, end: 114 });
        assert_eq!(issue[0].1.kind, Kind::Number { text: "9".into(), int: Some(9) });
        assert_eq!(issue[1].1.kind, Kind::Date(Date::new(2026, 9, 15).unwrap()));
        let Kind::List(sections) = &value.entries()[1].1.kind else { panic!() };
        assert_eq!(sections[0].entries()[0].1.text().as_deref(), Some("专题"));
    }

    #[test]
    fn chinese_keys_need_no_quotes() {
        let text = "[版权页]\n主编 = \"林远 # 不是注\" # 主编\n编辑 = ['甲', { 名 = \"乙\" }]\n\"责任编辑\" = \"\"\"多\n行 = 1\"\"\"\n";
        assert_eq!(spell_bare_keys(text).len(), text.len());
        let value = toml(text, FileId(0), 0).unwrap();
        assert_eq!(value.entries()[0].0.name, "版权页");
        let lines = value.entries()[0].1.entries();
        assert_eq!(lines.iter().map(|(k, _)| k.name.as_str()).collect::<Vec<_>>(), ["主编", "编辑", "责任编辑"]);
        let Kind::List(editors) = &lines[1].1.kind else { panic!() };
        assert_eq!(editors[1].entries()[0].0.name, "名");
        assert!(toml("主编 = 林远\n", FileId(0), 0).is_err(), "a value needs its quotes");
    }

    #[test]
    fn full_width_signs_get_the_corrected_line() {
        let error = toml("[issue]\nnumber ＝ “9”\n", FileId(0), 0).unwrap_err();
        assert_eq!(error.hint.unwrap().en.split(": ").last(), Some("number = \"9\""));
    }
}
