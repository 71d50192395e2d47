//! 版权页: any label is allowed; canonical keys and their Chinese aliases are known (`doc::Entry`).
//!
//! In: the `[colophon]` tables. Out: lines in printing order, the settings of the page, and what the lines say about the
//! magazine (ISSN, price, …).

mod complete;
mod required;

pub use complete::complete;
pub use required::required;

use super::manifest::CODES;
use super::manifest::keys::{COLOPHON, COLOPHON_PAGE};
use super::manifest::roles;
use super::words::{clean_name, split_list, whole};
use crate::base::{Code, Diagnostic, Lang, Report, Span, words};
use crate::doc::{ColophonLine, ColophonPage, ColophonPosition, ENTRIES, Entry, EntryKind};
use crate::source::keyed::{Key, Kind, Value};
use crate::source::{Fields, nearest, texts};

/// Settings that may stand among the labels, where the page has no table of its own for them.
const SETTINGS: [&str; 3] = ["aggregate", "basic_parameters", "position"];

fn is_setting(key: &str) -> bool {
    SETTINGS.contains(&key) || COLOPHON.iter().any(|name| name.means(key))
}

/// A colophon read: lines as printed.
#[derive(Default)]
pub struct Colophon {
    /// Where `[colophon]` begins, the issue's own before the magazine's.
    pub span: Option<Span>,
    pub lines: Vec<ColophonLine>,
}

impl Colophon {
    /// The first value of a known entry.
    pub fn value(&self, key: &str) -> Option<(&str, Span)> {
        let line = self.lines.iter().find(|line| line.entry.is_some_and(|e| e.key == key))?;
        line.values.first().map(|v| (v.as_str(), line.span))
    }
}

/// Reads the tables, the issue's own first. The standing matter's order holds; the values replace its values.
pub fn read(tables: &[&Value], lang: Lang, report: &mut Report) -> Colophon {
    let mut out = Colophon { span: tables.first().map(|t| t.span), lines: vec![] };
    for table in tables.iter().rev() {
        if !matches!(table.kind, Kind::Table(_)) {
            Fields::read(&[table], &COLOPHON, CODES, report);
        }
        for (key, value) in table.entries().iter().filter(|(k, _)| !is_setting(&k.name)) {
            let entry = Entry::find(&key.name);
            let Some(values) = values(value, entry, report) else { continue };
            if entry.is_none() {
                slip(key, report);
            }
            let label = entry.filter(|e| e.key == key.name).map_or(key.name.clone(), |e| e.label(lang).to_string());
            let line = ColophonLine { entry, label, values, span: value.span, ..ColophonLine::default() };
            match out.lines.iter_mut().find(|l| l.entry == entry && l.label == line.label) {
                Some(before) => *before = line,
                None => out.lines.push(line),
            }
        }
    }
    out
}

const POSITIONS: [(&str, ColophonPosition); 12] = [
    ("auto", ColophonPosition::Auto),
    ("last-page", ColophonPosition::LastPage),
    ("contents", ColophonPosition::Contents),
    ("inside-front", ColophonPosition::InsideFront),
    ("inside-back", ColophonPosition::InsideBack),
    ("back-cover", ColophonPosition::BackCover),
    ("back-cover-inside", ColophonPosition::InsideBack),
    ("末页", ColophonPosition::LastPage),
    ("目次页", ColophonPosition::Contents),
    ("封二", ColophonPosition::InsideFront),
    ("封三", ColophonPosition::InsideBack),
    ("封底", ColophonPosition::BackCover),
];

/// `[colophon.page]`; its keys are understood in `[colophon]` too.
pub fn read_page(tables: &[&Value], report: &mut Report) -> ColophonPage {
    let entries = |table: &&Value| table.entries().to_vec();
    let inner: Vec<Value> = tables
        .iter()
        .flat_map(entries)
        .filter(|(key, _)| COLOPHON[0].means(&key.name))
        .map(|(_, value)| value)
        .collect();
    let among = |table: &&Value| {
        let own = table.entries().iter().filter(|(key, _)| SETTINGS.contains(&key.name.as_str())).cloned().collect();
        Value { kind: Kind::Table(own), span: table.span }
    };
    let among: Vec<Value> = tables.iter().map(among).collect();
    let both: Vec<&Value> = inner.iter().chain(&among).collect();
    let mut f = Fields::read(&both, &COLOPHON_PAGE, CODES, report);
    let default = ColophonPage::default();
    ColophonPage {
        aggregate: roles(&mut f, "aggregate").unwrap_or(default.aggregate),
        basic_parameters: f.flag("basic_parameters").unwrap_or(default.basic_parameters),
        position: f.choice("position", &POSITIONS).unwrap_or(default.position),
    }
}

fn values(value: &Value, entry: Option<&Entry>, report: &mut Report) -> Option<Vec<String>> {
    let values = match entry {
        Some(entry) if entry.kind != EntryKind::Text => {
            texts(value, &|t: &str| split_list(t).iter().map(|n| clean_name(n)).collect())
        }
        _ => texts(value, &|t: &str| whole(t)),
    };
    if values.is_none() && value.kind != Kind::Null {
        let got = value.kind_name();
        let message = words(
            format!("版权页的值应为文字或列表，这里是{}", got.zh),
            format!("a colophon value is text or a list, not {}", got.en),
        );
        report.push(Diagnostic::at(Code::ManifestValue, value.span, message));
    }
    values.filter(|v| !v.is_empty())
}

/// A note for a label one slip away from a known one of three characters or more.
fn slip(key: &Key, report: &mut Report) {
    let known = ENTRIES.iter().flat_map(|e| e.spellings().chain([e.key]));
    let Some(near) = nearest(&key.name, known.filter(|k| k.chars().count() > 2)) else { return };
    // 美术指导 is no slip of 美术总监: one character may differ.
    let differ = near.chars().filter(|c| !key.name.contains(*c)).count();
    if differ <= 1 && key.name.chars().count() > 2 {
        let message = words(
            format!("版权页的标签“{}”照印", key.name),
            format!("the colophon label “{}” is printed as written", key.name),
        );
        report.push(
            Diagnostic::at(Code::ColophonLabel, key.span, message)
                .hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::source::keyed::toml;

    #[test]
    fn any_label_is_printed_and_lists_are_split() {
        let own = toml("责任编辑 = \"王采薇、李　苇\"\neditor_in_chief = \"林远\"\n特约撰稿 = \"甲，乙\"\naddress = \"北京，东城\"\naggregate = [\"编辑\"]\n责任编缉 = \"丙\"\n", FileId(0), 0).unwrap();
        let standing = toml("印刷 = \"甲厂\"\n责任编辑 = \"旧\"\n", FileId(1), 0).unwrap();
        let mut report = Report::default();
        let colophon = read(&[&own, &standing], Lang::ZhHans, &mut report);
        let lines: Vec<String> = colophon.lines.iter().map(|l| format!("{}={}", l.label, l.values.join("|"))).collect();
        assert_eq!(
            lines,
            ["印刷=甲厂", "责任编辑=王采薇|李苇", "主编=林远", "特约撰稿=甲，乙", "地址=北京，东城", "责任编缉=丙"]
        );
        assert_eq!(colophon.value("editor_in_chief").map(|v| v.0), Some("林远"));
        let codes: Vec<_> = report.findings.iter().map(|d| (d.code.name(), d.hints[0].en.as_str())).collect();
        assert_eq!(codes, [("colophon/label", "did you mean 责任编辑?")]);
    }
}
