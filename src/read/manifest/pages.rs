//! `[page]`, `[type]`, `[contents]`, `[[section]]`.

use super::keys::{CONTENTS, MARGINS, PAGE, SECTION, TYPE};
use super::{CODES, SectionRule, colour};
use crate::base::{Code, Diagnostic, Len, Report, Span, Words, words as say};
use crate::doc::{
    Binding, Contents, Emphasis, Kinsoku, Margins, NotesPlace, PageSetup, PunctuationStyle, Start, TypeSetup,
    VerticalDigits, Writing,
};
use crate::font::OwnFonts;
use crate::source::Fields;
use crate::source::keyed::{Kind, Value};

/// Sheet sizes by the names printers use, in millimetres (GB/T 788, ISO 216; A- and B-series trims).
const SHEETS: [(&str, i32, i32); 10] = [
    ("大16开", 210, 285),
    ("大16開", 210, 285),
    ("正16开", 185, 260),
    ("16开", 185, 260),
    ("大32开", 140, 203),
    ("32开", 130, 184),
    ("A4", 210, 297),
    ("A5", 148, 210),
    ("B5", 176, 250),
    ("国际16开", 210, 285),
];

fn trim(text: &str) -> Option<(Len, Len)> {
    let text = text.trim();
    if let Some((_, w, h)) = SHEETS.iter().find(|(name, ..)| *name == text) {
        return Some((Len::mm(w * 100), Len::mm(h * 100)));
    }
    let (width, height) = text.split_once(['x', 'X', '×', '*', '＊'])?;
    let height: Len = height.trim().parse().ok()?;
    let unit = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic() || matches!(c, 'x' | 'X'));
    let width = width.trim();
    let width: Len = width.parse().or_else(|()| format!("{width}{unit}").parse()).ok()?;
    let sane = |l: Len| (Len::mm(4000)..=Len::mm(100_000)).contains(&l);
    (sane(width) && sane(height)).then_some((width, height))
}

const BINDINGS: [(&str, Binding); 8] = [
    ("saddle", Binding::Saddle),
    ("perfect", Binding::Perfect),
    ("none", Binding::None),
    ("骑马订", Binding::Saddle),
    ("騎馬釘", Binding::Saddle),
    ("胶订", Binding::Perfect),
    ("膠裝", Binding::Perfect),
    ("散页", Binding::None),
];

const WRITINGS: [(&str, Writing); 7] = [
    ("horizontal", Writing::Horizontal),
    ("vertical", Writing::Vertical),
    ("横排", Writing::Horizontal),
    ("橫排", Writing::Horizontal),
    ("直排", Writing::Vertical),
    ("竖排", Writing::Vertical),
    ("豎排", Writing::Vertical),
];

pub fn read_page(tables: &[&Value], report: &mut Report) -> PageSetup {
    let mut f = Fields::read(tables, &PAGE, CODES, report);
    let default = PageSetup::default();
    let want = say("尺寸，如 \"210x285mm\"、\"大16开\"、\"A4\"", "a size, as \"210x285mm\", \"大16开\", \"A4\"");
    let mut page = PageSetup {
        trim: f.parse("trim", want, |v| trim(&v.text()?)).unwrap_or(default.trim),
        bleed: f.length("bleed").unwrap_or(default.bleed),
        marks: f.flag("marks").unwrap_or(default.marks),
        binding: f.choice("binding", &BINDINGS).unwrap_or(default.binding),
        margins: None,
        columns: f.whole("columns", 1..=3).map(|n| n as u8),
        baseline: f.length("baseline"),
        column_gap: f.length("column_gap"),
        writing: f.choice("writing", &WRITINGS).unwrap_or_default(),
        first_folio: f.whole("first_folio", 1..=100_000).map_or(default.first_folio, |n| n as u32),
    };
    let (margins, place) = (f.values("margins"), f.value("margins").map(|v| v.span));
    page.margins = place.and_then(|span| read_margins(&margins, span, report));
    page
}

fn read_margins(tables: &[&Value], span: Span, report: &mut Report) -> Option<Margins> {
    let mut m = Fields::read(tables, &MARGINS, CODES, report);
    let sides = (m.length("top"), m.length("bottom"), m.length("inner"), m.length("outer"));
    let (Some(top), Some(bottom), Some(inner), Some(outer)) = sides else {
        let message = say("margins 四边要写全", "margins need all four sides");
        let finding = Diagnostic::at(Code::ManifestValue, span, message);
        report.push(finding.hint("写全 top、bottom、inner、outer", "write top, bottom, inner and outer"));
        return None;
    };
    Some(Margins { top, bottom, inner, outer })
}

/// The styles by their trade names (clreq §Punctuation Width Adjustment); `auto`: by convention.
const PUNCTUATION: [(&str, Option<PunctuationStyle>); 15] = [
    ("auto", None),
    ("fixed", Some(PunctuationStyle::Fixed)),
    ("fixed+brackets", Some(PunctuationStyle::FixedBrackets)),
    ("quanjiao", Some(PunctuationStyle::Quanjiao)),
    ("hangmo", Some(PunctuationStyle::Hangmo)),
    ("kaiming", Some(PunctuationStyle::Kaiming)),
    ("banjiao", Some(PunctuationStyle::Banjiao)),
    ("tight", Some(PunctuationStyle::Tight)),
    ("固定", Some(PunctuationStyle::Fixed)),
    ("固定+括号", Some(PunctuationStyle::FixedBrackets)),
    ("全身式", Some(PunctuationStyle::Quanjiao)),
    ("行末半角", Some(PunctuationStyle::Hangmo)),
    ("开明式", Some(PunctuationStyle::Kaiming)),
    ("全部半角", Some(PunctuationStyle::Banjiao)),
    ("紧排", Some(PunctuationStyle::Tight)),
];

pub fn read_type(tables: &[&Value], own: &OwnFonts, report: &mut Report) -> TypeSetup {
    let mut f = Fields::read(tables, &TYPE, CODES, report);
    let default = TypeSetup::default();
    let levels = [
        ("auto", None),
        ("none", Some(Kinsoku::None)),
        ("basic", Some(Kinsoku::Basic)),
        ("gb", Some(Kinsoku::Gb)),
        ("strict", Some(Kinsoku::Strict)),
    ];
    let marks = [("kai", Emphasis::Kai), ("dots", Emphasis::Dots), ("楷体", Emphasis::Kai), ("着重号", Emphasis::Dots)];
    f.choice("quotes", &[("keep", ()), ("保留", ())]);
    TypeSetup {
        body: family(&mut f, "body", own),
        heading: family(&mut f, "heading", own),
        kai: family(&mut f, "kai", own),
        fangsong: family(&mut f, "fangsong", own),
        latin: family(&mut f, "latin", own),
        size: f.length("size"),
        indent: f.whole("indent", 0..=4).map_or(default.indent, |n| n as u8),
        kinsoku: f.choice("kinsoku", &levels).flatten(),
        autospace: f.flag("autospace").unwrap_or(default.autospace),
        digits_han_space: f.flag("digits_han_space").unwrap_or(default.digits_han_space),
        grid_align: f.flag("grid_align").unwrap_or(default.grid_align),
        emphasis: f.choice("emphasis", &marks).unwrap_or(default.emphasis),
        punctuation: f.choice("punctuation", &PUNCTUATION).flatten(),
        hanging: f.choice("hanging", &[("none", false), ("stops", true)]).unwrap_or(default.hanging),
        notes: f
            .choice("notes", &[("page", NotesPlace::Page), ("article", NotesPlace::Article)])
            .unwrap_or(default.notes),
        vertical_digits: f
            .choice("vertical_digits", &[("tcy", VerticalDigits::Tcy), ("han", VerticalDigits::Han)])
            .unwrap_or_default(),
    }
}

/// A family's name; `auto` leaves it to the theme.
fn family(f: &mut Fields, key: &'static str, own: &OwnFonts) -> Option<String> {
    let known = |value: &Value| value.text().filter(|name| name == "auto" || own.named(name).is_some());
    f.parse(key, families(own), known).filter(|name| name != "auto")
}

/// What a family may be called, for a finding.
pub fn families(own: &OwnFonts) -> Words {
    let names: Vec<&str> = own.names().collect();
    match names.is_empty() {
        true => say(
            "宋体、黑体、楷体、仿宋，或 fonts/ 里字体的名字",
            "song, hei, kai, fangsong, or the name of a font in fonts/",
        ),
        false => say(
            format!("宋体、黑体、楷体、仿宋，或 fonts/ 里的：{}", names.join("、")),
            format!("song, hei, kai, fangsong, or of fonts/: {}", names.join(", ")),
        ),
    }
}

pub fn read_contents(tables: &[&Value], report: &mut Report) -> Contents {
    let mut f = Fields::read(tables, &CONTENTS, CODES, report);
    let default = Contents::default();
    Contents {
        title: f.text("title").unwrap_or(default.title),
        show_authors: f.flag("show_authors").unwrap_or(default.show_authors),
        show_section: f.flag("show_section").unwrap_or(default.show_section),
        dots: f.flag("dots"),
        folio: f.flag("folio"),
        summary: f.flag("summary"),
    }
}

/// Words for where an article begins, in the manifest and in front matter.
pub const STARTS: [(&str, Start); 8] = [
    ("auto", Start::Auto),
    ("自动", Start::Auto),
    ("new-page", Start::NewPage),
    ("new-spread", Start::NewSpread),
    ("continue", Start::Continue),
    ("另页", Start::NewPage),
    ("另面", Start::NewSpread),
    ("接排", Start::Continue),
];

pub fn read_sections(value: &Value, report: &mut Report) -> Vec<SectionRule> {
    let one = [value.clone()];
    let tables = match &value.kind {
        Kind::List(items) => &items[..],
        _ => &one[..],
    };
    tables.iter().filter_map(|table| read_section(table, report)).collect()
}

fn read_section(table: &Value, report: &mut Report) -> Option<SectionRule> {
    let mut f = Fields::read(&[table], &SECTION, CODES, report);
    let start = f.choice("start", &STARTS);
    let columns = f.whole("columns", 1..=3).map(|n| n as u8);
    let (colour, template) = (colour(&mut f, "colour"), f.text("template"));
    let patterns = match f.value("articles") {
        Some(Value { kind: Kind::List(items), .. }) => items.iter().filter_map(|v| Some((v.text()?, v.span))).collect(),
        Some(value) => value.text().map(|t| (t, value.span)).into_iter().collect(),
        None => vec![],
    };
    let Some(name) = f.text("name") else {
        if matches!(table.kind, Kind::Table(_)) {
            let message = say("栏目没有名称", "a section without a name");
            report.push(
                Diagnostic::at(Code::ManifestValue, table.span, message).hint("加上 name = \"…\"", "add name = \"…\""),
            );
        }
        return None;
    };
    Some(SectionRule { name, patterns, start, columns, colour, template, span: table.span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_are_sizes_or_names() {
        for (written, w, h) in [
            ("210x285mm", 210, 285),
            ("大16开", 210, 285),
            ("正16开", 185, 260),
            ("A5", 148, 210),
            ("17cm × 24cm", 170, 240),
        ] {
            assert_eq!(trim(written), Some((Len::mm(w * 100), Len::mm(h * 100))), "{written}");
        }
        for bad in ["210", "x", "0x0mm", "A9", "210x285"] {
            assert_eq!(trim(bad), None, "{bad}");
        }
    }
}
