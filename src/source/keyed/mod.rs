//! Keyed values: TOML and YAML as one tree with spans, so that aliases, did-you-mean and carets are written once.
//!
//! In: text. Out: a [`Value`], or the one place where the text is [`Malformed`].

mod toml;
mod yaml;

pub use toml::toml;
pub use yaml::yaml;

use crate::base::{Code, Date, Diagnostic, Span, Words};

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub kind: Kind,
    pub span: Span,
}

/// What a value is. A table keeps the order of its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool(bool),
    /// As written, and its value when it is a whole number: a volume may be `09`, a version `1.10`.
    Number {
        text: String,
        int: Option<i64>,
    },
    Date(Date),
    String(String),
    List(Vec<Value>),
    Table(Vec<(Key, Value)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: String,
    pub span: Span,
}

/// Why a text is no TOML or YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub span: Span,
    pub message: Words,
    pub hint: Option<Words>,
}

impl Malformed {
    pub fn finding(self, code: Code) -> Diagnostic {
        let mut finding = Diagnostic::at(code, self.span, self.message);
        finding.hints.extend(self.hint);
        finding
    }
}

impl Value {
    /// An empty table at a place.
    pub fn empty(span: Span) -> Value {
        Value { kind: Kind::Table(vec![]), span }
    }
    pub fn entries(&self) -> &[(Key, Value)] {
        match &self.kind {
            Kind::Table(entries) => entries,
            _ => &[],
        }
    }
    /// A scalar as text: `title = 1984` is a title too.
    pub fn text(&self) -> Option<String> {
        match &self.kind {
            Kind::String(s) => Some(s.clone()),
            Kind::Number { text, .. } => Some(text.clone()),
            Kind::Date(date) => Some(date.to_string()),
            _ => None,
        }
    }
    /// What it is, for messages.
    pub fn kind_name(&self) -> Words {
        let (zh, en) = match self.kind {
            Kind::Null => ("空值", "nothing"),
            Kind::Bool(_) => ("真假值", "a boolean"),
            Kind::Number { .. } => ("数", "a number"),
            Kind::Date(_) => ("日期", "a date"),
            Kind::String(_) => ("文字", "text"),
            Kind::List(_) => ("列表", "a list"),
            Kind::Table(_) => ("表", "a table"),
        };
        crate::base::words(zh, en)
    }
}

/// A line with its full-width signs made half-width, when it has any: what a Chinese input method typed for a mark.
/// Text between quotation marks is left alone.
pub(crate) fn half_width(line: &str) -> Option<String> {
    let mut quoted = None;
    let mended: String = line
        .chars()
        .map(|c| match (quoted, c) {
            (None, '"' | '“' | '”' | '＂') => {
                quoted = Some('"');
                '"'
            }
            (Some('"'), '"' | '”' | '＂') => {
                quoted = None;
                '"'
            }
            (None, '　') => ' ',
            (None, '，') => ',',
            (None, '【') => '[',
            (None, '】') => ']',
            (None, '！'..='～') => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    (mended != line).then_some(mended)
}
