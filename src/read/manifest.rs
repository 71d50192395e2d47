//! issue.toml and magazine.toml: their tables into the parts of `doc::Issue`.
//!
//! In: the tables, the issue's own first. Out: a [`Manifest`]. Every key has its Chinese aliases (`keys`); what
//! nothing reads yet and would change the pages gets a note.

mod keys;

use super::colophon::{self, Colophon};
use super::words;
use crate::base::{Code, Diagnostic, Len, Report, Span};
use crate::doc::{
    Binding, Contents, Emphasis, IssueNumber, Kinsoku, Magazine, Margins, NotesPlace, PageSetup, PunctuationStyle,
    Start, TypeSetup,
};
use crate::source::keyed::{Kind, Value};
use crate::source::{Codes, Fields};
pub use keys::MARGINS;
use keys::{CONTENTS, EPUB, ISSUE, MAGAZINE, PAGE, PRINT, SECTION, SIGNOFF, TOP, TYPE};

pub const CODES: Codes = Codes { unknown: Code::ManifestUnknownKey, value: Code::ManifestValue };

/// What the two files say.
#[derive(Default)]
pub struct Manifest {
    pub magazine: Magazine,
    pub slug: Option<String>,
    pub number: IssueNumber,
    /// The cover's path, as written.
    pub cover: Option<(String, Span)>,
    pub page: PageSetup,
    pub type_: TypeSetup,
    pub contents: Contents,
    pub sections: Vec<SectionRule>,
    pub colophon: Colophon,
    /// `[theme]`, or `theme = "…"`: layers of the theme, the issue's own first.
    pub theme: Vec<Value>,
}

/// One `[[section]]`.
#[derive(Clone, Debug)]
pub struct SectionRule {
    pub name: String,
    pub patterns: Vec<(String, Span)>,
    pub start: Option<Start>,
    pub span: Span,
}

pub fn read(tables: &[&Value], report: &mut Report) -> Manifest {
    let top = Fields::read(tables, &TOP, CODES, report);
    let of = |key| top.values(key);
    let (magazine, issue, page, type_) = (of("magazine"), of("issue"), of("page"), of("type"));
    let (section, contents, colophon, theme) = (top.value("section"), of("contents"), of("colophon"), of("theme"));
    for (tables, names) in [(of("print"), &PRINT[..]), (of("epub"), &EPUB), (of("signoff"), &SIGNOFF)] {
        Fields::read(&tables, names, CODES, report);
    }
    let theme = theme.into_iter().cloned().collect();
    let mut out = Manifest { contents: read_contents(&contents, report), theme, ..Manifest::default() };
    read_magazine(&magazine, &mut out, report);
    out.page = read_page(&page, report);
    read_issue(&issue, &mut out, report);
    out.type_ = read_type(&type_, report);
    out.sections = section.map(|v| read_sections(v, report)).unwrap_or_default();
    out.colophon = colophon::read(&colophon, out.magazine.lang, report);
    agree(&mut out, report);
    out
}

fn read_magazine(tables: &[&Value], out: &mut Manifest, report: &mut Report) {
    let mut f = Fields::read(tables, &MAGAZINE, CODES, report);
    let m = &mut out.magazine;
    m.title = f.text("title").unwrap_or_default();
    m.title_en = f.text("title_en");
    m.title_pinyin = f.text("title_pinyin");
    m.publisher = f.text("publisher");
    m.rights = f.text("rights");
    let tags = "zh-Hans | zh-Hant | zh-Hant-HK | zh-Hant-CN | ja | en";
    let want = crate::base::words(format!(" {tags}"), format!("one of: {tags}"));
    m.lang = f.parse("lang", want, |v| words::lang(&v.text()?)).unwrap_or_default();
    m.issn = identifier(&mut f, "issn", words::issn);
    m.cn = identifier(&mut f, "cn", words::cn);
    out.number.price = f.text("price");
    let want = crate::base::words("只有英文字母、数字和连字符的词", "letters, digits and hyphens");
    out.slug = f.parse("slug", want, |v| v.text().filter(|t| words::slug(t).as_deref() == Some(&t.to_lowercase())));
}

fn identifier(f: &mut Fields, key: &'static str, parse: fn(&str) -> Option<String>) -> Option<String> {
    let value = f.value(key)?;
    let text = f.text(key)?;
    let parsed = parse(&text);
    if parsed.is_none() {
        f.report.push(bad_identifier(key, &text, value.span));
    }
    parsed
}

fn bad_identifier(key: &str, text: &str, span: Span) -> Diagnostic {
    let message = crate::base::words(
        format!("{} 不合格式或校验位不对：{text}", key.to_uppercase()),
        format!("not a valid {}: {text}", key.to_uppercase()),
    );
    let finding = Diagnostic::at(Code::ManifestIdentifier, span, message);
    match key {
        "issn" => {
            finding.hint("八位，末位是校验位，如 0317-8471", "eight digits, the last a check digit, as 0317-8471")
        }
        _ => finding.hint("形如 CN 11-5643/D", "as CN 11-5643/D"),
    }
}

fn read_issue(tables: &[&Value], out: &mut Manifest, report: &mut Report) {
    let mut f = Fields::read(tables, &ISSUE, CODES, report);
    let price = out.number.price.take();
    let date = f.date("date");
    out.number = IssueNumber {
        year: f.whole("year", 1..=9999).map(|y| y as u16).or(date.map(|d| d.year)),
        number: f.text("number"),
        volume: f.text("volume"),
        serial: f.text("serial"),
        date,
        revised: f.date("revised"),
        price: f.text("price").or(price),
        theme: f.text("theme").or_else(|| f.text("title")),
        cover: None,
        cover_lines: f.list("cover_lines", words::whole),
        label: f.text("label"),
    };
    let kinds = ["regular", "supplement", "special", "combined", "增刊", "专号", "專號", "合刊"].map(|k| (k, ()));
    f.choice("kind", &kinds);
    out.cover = f.text("cover").zip(f.value("cover")).map(|(path, value)| (path, value.span));
    if let Some(folio) = f.whole("first_folio", 1..=100_000) {
        out.page.first_folio = folio as u32;
    }
}

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

fn read_page(tables: &[&Value], report: &mut Report) -> PageSetup {
    let mut f = Fields::read(tables, &PAGE, CODES, report);
    let default = PageSetup::default();
    let want = crate::base::words(
        "尺寸，如 \"210x285mm\"、\"大16开\"、\"A4\"",
        "a size, as \"210x285mm\", \"大16开\", \"A4\"",
    );
    let bindings = [
        ("saddle", Binding::Saddle),
        ("perfect", Binding::Perfect),
        ("none", Binding::None),
        ("骑马订", Binding::Saddle),
        ("騎馬釘", Binding::Saddle),
        ("胶订", Binding::Perfect),
        ("膠裝", Binding::Perfect),
        ("散页", Binding::None),
    ];
    let mut page = PageSetup {
        trim: f.parse("trim", want, |v| trim(&v.text()?)).unwrap_or(default.trim),
        bleed: f.length("bleed").unwrap_or(default.bleed),
        marks: f.flag("marks").unwrap_or(default.marks),
        binding: f.choice("binding", &bindings).unwrap_or(default.binding),
        margins: None,
        columns: f.whole("columns", 1..=3).map(|n| n as u8),
        baseline: f.length("baseline"),
        first_folio: f.whole("first_folio", 1..=100_000).map_or(default.first_folio, |n| n as u32),
    };
    let margins = f.values("margins");
    let place = f.value("margins").map(|v| v.span);
    let mut m = Fields::read(&margins, &MARGINS, CODES, report);
    let sides = (m.length("top"), m.length("bottom"), m.length("inner"), m.length("outer"));
    match (sides, place) {
        ((Some(top), Some(bottom), Some(inner), Some(outer)), _) => {
            page.margins = Some(Margins { top, bottom, inner, outer })
        }
        (_, Some(span)) => {
            let message = crate::base::words("margins 四边要写全", "margins need all four sides");
            let finding = Diagnostic::at(Code::ManifestValue, span, message);
            report.push(finding.hint("写全 top、bottom、inner、outer", "write top, bottom, inner and outer"));
        }
        _ => {}
    }
    page
}

/// The styles by their trade names (clreq §Punctuation Width Adjustment); `auto`: by convention.
const PUNCTUATION: [(&str, Option<PunctuationStyle>); 13] = [
    ("auto", None),
    ("fixed", Some(PunctuationStyle::Fixed)),
    ("quanjiao", Some(PunctuationStyle::Quanjiao)),
    ("hangmo", Some(PunctuationStyle::Hangmo)),
    ("kaiming", Some(PunctuationStyle::Kaiming)),
    ("banjiao", Some(PunctuationStyle::Banjiao)),
    ("tight", Some(PunctuationStyle::Tight)),
    ("固定", Some(PunctuationStyle::Fixed)),
    ("全身式", Some(PunctuationStyle::Quanjiao)),
    ("行末半角", Some(PunctuationStyle::Hangmo)),
    ("开明式", Some(PunctuationStyle::Kaiming)),
    ("全部半角", Some(PunctuationStyle::Banjiao)),
    ("紧排", Some(PunctuationStyle::Tight)),
];

fn read_type(tables: &[&Value], report: &mut Report) -> TypeSetup {
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
        body: f.text("body").filter(|t| t != "auto"),
        heading: f.text("heading").filter(|t| t != "auto"),
        size: f.length("size"),
        indent: f.whole("indent", 0..=4).map_or(default.indent, |n| n as u8),
        kinsoku: f.choice("kinsoku", &levels).flatten(),
        autospace: f.flag("autospace").unwrap_or(default.autospace),
        emphasis: f.choice("emphasis", &marks).unwrap_or(default.emphasis),
        punctuation: f.choice("punctuation", &PUNCTUATION).flatten(),
        hanging: f.choice("hanging", &[("none", false), ("stops", true)]).unwrap_or(default.hanging),
        notes: f
            .choice("notes", &[("page", NotesPlace::Page), ("article", NotesPlace::Article)])
            .unwrap_or(default.notes),
    }
}

fn read_contents(tables: &[&Value], report: &mut Report) -> Contents {
    let mut f = Fields::read(tables, &CONTENTS, CODES, report);
    let default = Contents::default();
    Contents {
        title: f.text("title").unwrap_or(default.title),
        show_authors: f.flag("show_authors").unwrap_or(default.show_authors),
    }
}

/// Words for where an article begins, in the manifest and in front matter.
pub const STARTS: [(&str, Start); 6] = [
    ("new-page", Start::NewPage),
    ("new-spread", Start::NewSpread),
    ("continue", Start::Continue),
    ("另页", Start::NewPage),
    ("另面", Start::NewSpread),
    ("接排", Start::Continue),
];

fn read_sections(value: &Value, report: &mut Report) -> Vec<SectionRule> {
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
    let patterns = match f.value("articles") {
        Some(Value { kind: Kind::List(items), .. }) => items.iter().filter_map(|v| Some((v.text()?, v.span))).collect(),
        Some(value) => value.text().map(|t| (t, value.span)).into_iter().collect(),
        None => vec![],
    };
    let Some(name) = f.text("name") else {
        if matches!(table.kind, Kind::Table(_)) {
            let message = crate::base::words("栏目没有名称", "a section without a name");
            report.push(
                Diagnostic::at(Code::ManifestValue, table.span, message).hint("加上 name = \"…\"", "add name = \"…\""),
            );
        }
        return None;
    };
    Some(SectionRule { name, patterns, start, span: table.span })
}

/// What the colophon says of the magazine and the issue fills what they don't; where both speak they must agree.
fn agree(out: &mut Manifest, report: &mut Report) {
    let Manifest { magazine, number, colophon, .. } = out;
    let one = |key: &str, field: &mut Option<String>, parse: fn(&str) -> Option<String>, report: &mut Report| {
        let Some((written, span)) = colophon.value(key) else { return };
        match (parse(written), field.as_ref()) {
            (None, _) => report.push(bad_identifier(key, written, span)),
            (Some(value), None) => *field = Some(value),
            (Some(value), Some(known)) if value != *known => report.push(conflict(written, known, span)),
            _ => {}
        }
    };
    let any = |t: &str| Some(t.to_string());
    one("issn", &mut magazine.issn, words::issn, report);
    one("cn", &mut magazine.cn, words::cn, report);
    one("publisher", &mut magazine.publisher, any, report);
    one("price", &mut number.price, any, report);
    if let Some((written, span)) = colophon.value("date")
        && let Ok(date) = written.parse()
    {
        match number.date {
            Some(known) if known != date => report.push(conflict(written, &known.to_string(), span)),
            _ => number.date = Some(date),
        }
    }
}

fn conflict(written: &str, known: &str, span: Span) -> Diagnostic {
    let message = crate::base::words(
        format!("版权页写 {written}，清单里是 {known}"),
        format!("the colophon says {written}, the manifest {known}"),
    );
    Diagnostic::at(Code::ColophonConflict, span, message)
        .hint("改成一致，或只写一处", "make them agree, or write it once")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::source::keyed::toml;

    fn manifest(text: &str) -> (Manifest, Vec<(&'static str, String)>) {
        let value = toml(text, FileId(0), 0).unwrap();
        let mut report = Report::default();
        let manifest = read(&[&value], &mut report);
        let found =
            report.findings.iter().map(|d| (d.code.name(), d.hints.first().map_or(String::new(), |h| h.en.clone())));
        (manifest, found.collect())
    }

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

    #[test]
    fn every_key_of_the_sketch_is_known() {
        let (manifest, found) = manifest(
            "[magazine]\ntitle='山行'\ntitle_pinyin='SHAN XING'\ntitle_en='Mountain Walk'\nissn='0317-8471'\ncn='11-0000/D'\npostal_code='2-999'\nfrequency='monthly'\nfounded=1994\nlang='zh-Hans'\nprofile='zine'\n\
             [issue]\nyear=2024\nnumber='9-10'\nserial=69\ndate=2024-09-15\nprice='¥25.00'\ncover='cover.jpg'\ncover_lines=['…']\ntheme='走向山野'\n\
             [page]\ntrim='210x285mm'\nbleed='3mm'\nmarks=true\nbinding='saddle'\ncolumns=3\nmargins={top='20mm',bottom='22mm',inner='18mm',outer='16mm'}\nbaseline='15.75pt'\n\
             [type]\nbody='Noto Serif CJK SC'\nheading='Noto Sans CJK SC'\nsize='9pt'\nindent=2\nkinsoku='gb'\nautospace=true\nemphasis='kai'\nquotes='keep'\n\
             [[section]]\nname='专题'\narticles=['articles/01-*.md']\nstart='new-page'\n\
             [contents]\ntitle='目次'\nshow_authors=true\n\
             [colophon]\nsupervisor='…'\neditor=['周南']\naggregate=['编辑']\nbasic_parameters=true\nposition='back-cover-inside'\n\
             [print]\nstandard='pdf-x4'\nmin_ppi=200\nblack='k100-overprint'\n[epub]\nid='auto'\nfonts='subset'\n[signoff]\nrequire=['编辑']\n[lock]\nx=1\n",
        );
        assert_eq!(found, []);
        assert_eq!(manifest.magazine.cn.as_deref(), Some("CN 11-0000/D"));
        assert_eq!(manifest.number.number.as_deref(), Some("9-10"));
        assert_eq!(manifest.page.margins.unwrap().inner, Len::mm(1800));
        assert_eq!(manifest.type_.size, Some(Len::pt(900)));
        assert_eq!(manifest.type_.kinsoku, Some(Kinsoku::Gb));
        assert_eq!(manifest.sections[0].patterns[0].0, "articles/01-*.md");
        assert_eq!(manifest.cover.unwrap().0, "cover.jpg");
    }

    #[test]
    fn aliases_slips_and_wrong_values() {
        let (manifest, found) = manifest(
            "[刊物]\n刊名 = \"山行\"\nlangg = \"ja\"\n[page]\ncolumns = 7\n[版权页]\n国际标准刊号 = \"ISSN 1234-5678\"\n",
        );
        assert_eq!(manifest.magazine.title, "山行");
        let found: Vec<_> = found.iter().map(|(code, hint)| (*code, hint.as_str())).collect();
        assert_eq!(
            found,
            [
                ("manifest/unknown-key", "did you mean lang?"),
                ("manifest/value", "write a whole number from 1 to 3"),
                ("manifest/identifier", "eight digits, the last a check digit, as 0317-8471"),
            ]
        );
    }

    #[test]
    fn the_colophon_fills_and_must_agree() {
        let (manifest, found) = manifest(
            "[magazine]\ntitle='x'\n[issue]\ndate=2026-08-01\n[colophon]\n国际标准刊号='ISSN 1234-5679'\n定价='￥25'\n出版日期='2026年9月1日'\n",
        );
        assert_eq!(manifest.magazine.issn.as_deref(), Some("1234-5679"));
        assert_eq!(manifest.number.price.as_deref(), Some("￥25"));
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), ["colophon/conflict"]);
    }
}
