//! `[cover]`, `[[ads]]`, `[[errata]]`.

use super::keys::{ADS, COVER, ERRATA};
use super::{AdRule, CODES, identifier};
use crate::base::{Report, words as say};
use crate::doc::{Ad, AdPlace, CoverSetup, CoverTemplate, Erratum, Placed, ean13};
use crate::read::markdown::focus;
use crate::source::Fields;
use crate::source::keyed::{Kind, Value};

pub fn placed(f: &mut Fields, key: &'static str) -> Option<Placed> {
    let name = f.text(key)?;
    let span = f.value(key)?.span;
    Some(Placed { name, span, photo: None })
}

const TEMPLATES: [(&str, CoverTemplate); 6] = [
    ("photo", CoverTemplate::Photo),
    ("framed", CoverTemplate::Framed),
    ("type", CoverTemplate::Type),
    ("满版", CoverTemplate::Photo),
    ("留边", CoverTemplate::Framed),
    ("文字", CoverTemplate::Type),
];

pub fn read_cover(tables: &[&Value], report: &mut Report) -> CoverSetup {
    let mut f = Fields::read(tables, &COVER, CODES, report);
    CoverSetup {
        front: placed(&mut f, "front"),
        inside_front: placed(&mut f, "inside_front"),
        inside_back: placed(&mut f, "inside_back"),
        back: placed(&mut f, "back"),
        masthead: placed(&mut f, "masthead"),
        credit: f.text("credit"),
        barcode: f.flag("barcode"),
        barcode_number: identifier(&mut f, "barcode_number", ean13),
        barcode_addon: f.text("barcode_addon"),
        template: f.choice("template", &TEMPLATES),
        focus: f
            .parse("focus", say("两个百分数，如 40% 30%", "two percentages, as 40% 30%"), |v| focus(&v.text()?)),
        spine: f.text("spine"),
    }
}

/// A table that may be written several times.
pub fn tables(value: &Value) -> &[Value] {
    match &value.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

pub fn read_ads(value: &Value, report: &mut Report) -> Vec<AdRule> {
    tables(value).iter().filter_map(|table| read_ad(table, report)).collect()
}

fn read_ad(table: &Value, report: &mut Report) -> Option<AdRule> {
    let mut f = Fields::read(&[table], &ADS, CODES, report);
    let file = placed(&mut f, "file");
    let written = f.text("place").zip(f.value("place").map(|v| v.span));
    let (place, after) = match written.as_ref().map(|(word, _)| word.as_str()) {
        None | Some("end" | "文后") => (AdPlace::End, None),
        Some("inside-front" | "封二") => (AdPlace::InsideFront, None),
        Some("inside-back" | "封三") => (AdPlace::InsideBack, None),
        Some("back" | "封底") => (AdPlace::Back, None),
        Some(_) => (AdPlace::End, written),
    };
    let marked = f.flag("mark").unwrap_or(true);
    let title = f.text("title").unwrap_or_default();
    let Some(file) = file else {
        if matches!(table.kind, Kind::Table(_)) && f.value("file").is_none() {
            f.wrong(table, say("有 file 的表", "a table with a file"));
        }
        return None;
    };
    Some(AdRule { ad: Ad { file, title, place, marked, span: table.span }, after })
}

pub fn read_errata(value: &Value, report: &mut Report) -> Vec<Erratum> {
    tables(value).iter().filter_map(|table| read_erratum(table, report)).collect()
}

/// Both words, or a text.
fn read_erratum(table: &Value, report: &mut Report) -> Option<Erratum> {
    let mut f = Fields::read(&[table], &ERRATA, CODES, report);
    let erratum = Erratum {
        issue: f.text("issue"),
        page: f.text("page"),
        place: f.text("place"),
        wrong: f.text("wrong"),
        right: f.text("right"),
        text: f.text("text"),
        span: table.span,
    };
    let whole = erratum.text.is_some() || erratum.wrong.is_some() && erratum.right.is_some();
    if !whole && matches!(table.kind, Kind::Table(_)) {
        f.wrong(
            table,
            say("有 wrong 和 right（误、正），或有 text 的表", "a table with wrong and right, or with text"),
        );
    }
    whole.then_some(erratum)
}
