//! Every key is read, and wrong values are told.

use super::*;
use crate::base::FileId;
use crate::base::{Lang, Len};
use crate::doc::{AdPlace, ColophonPosition, Kinsoku, PartColour, PhotoColour, PrintStandard, VerticalDigits, Writing};
use crate::source::Shape;
use crate::source::keyed::toml;

fn manifest(text: &str) -> (Manifest, Vec<(&'static str, String)>) {
    let value = toml(text, FileId(0), 0).unwrap();
    let mut report = Report::default();
    let manifest = read(&[&value], &OwnFonts::default(), &mut report);
    let found =
        report.findings.iter().map(|d| (d.code.name(), d.hints.first().map_or(String::new(), |h| h.en.clone())));
    (manifest, found.collect())
}

/// Every key there is, with a value that is not the default.
const WHOLE: &str = r##"
theme = "jikan"
[magazine]
title = "山行"
title_en = "Mountain Walk"
title_pinyin = "SHAN XING"
slug = "shanxing"
lang = "zh-Hant-CN"
editions = ["zh-Hans", "zh-Hant"]
keep = ["工业和信息化部"]
words = ["里面=裏面"]
vocabulary = true
profile = "zine"
issn = "0317-8471"
cn = "11-0000/D"
postal_code = "2-999"
foreign_code = "M999"
frequency = "双月刊"
founded = 1994
publisher = "山行杂志社"
rights = "© 山行"
price = "¥20"
website = "https://example.org"
email = "editor@example.org"
masthead = "masthead.svg"
[issue]
year = 2024
number = "9—10"
volume = 31
serial = 369
kind = "合刊"
label = "秋季号"
date = 2024-09-15
revised = 2024-10-01
revision = "第2版"
price = "¥25.00"
title = "山路专号"
theme = "走向|山野"
cover = "cover.jpg"
cover_lines = ["一", "二"]
cover_credit = "林远 摄"
first_folio = 97
[page]
trim = "A4"
bleed = "5mm"
marks = false
binding = "胶订"
margins = { top = "20mm", bottom = "22mm", inner = "18mm", outer = "16mm" }
columns = 2
column_gap = "8mm"
baseline = "16pt"
writing = "直排"
first_folio = 1
[type]
body = "宋体"
heading = "黑体"
kai = "楷体"
fangsong = "仿宋"
latin = "黑体"
size = "9pt"
indent = 1
kinsoku = "gb"
punctuation = "开明式"
hanging = "stops"
autospace = false
digits_han_space = false
grid_align = true
emphasis = "dots"
quotes = "keep"
notes = "page"
vertical_digits = "han"
[cover]
front = "other.jpg"
inside_front = "f2.pdf#3"
inside_back = "f3.jpg"
back = "f4.jpg"
masthead = "m.svg"
credit = "甲"
barcode = true
barcode_number = "977-0317-84700-1"
barcode_addon = "09"
template = "type"
focus = "40% 30%"
spine = "山行"
[contents]
title = "目录"
show_authors = false
show_section = false
dots = false
folio = true
summary = true
[[section]]
name = "专题"
articles = ["articles/01-*.md"]
start = "continue"
columns = 2
colour = "C80 M40 Y65 K35"
template = "essay"
[colophon]
主编 = "林远"
[colophon.page]
aggregate = ["编辑", "签发"]
basic_parameters = true
position = "封二"
[[errata]]
issue = "2024年第8期"
page = 12
place = "《山路》"
wrong = "甲"
right = "乙"
text = "谨致歉意。"
[[ads]]
file = "ad.pdf#2"
title = "某厂"
place = "封底"
mark = false
[print]
standard = "pdf-x1a"
output_intent = "printer.icc"
photos = "cmyk"
min_ppi = 180
want_ppi = 280
max_ink = 280
black = "镂空"
inner = "k+spot"
cover = "k"
spot = "PANTONE 348 C"
spot_colour = "#00843d"
paper = "80g"
caliper = "0.1mm"
spine = "6mm"
files = "cover+inner"
[screen]
ppi = 150
budget = "20MB"
[epub]
id = "urn:x:1"
fonts = "none"
cover = "epub.jpg"
pictures = "full"
budget = "50MB"
certified_by = "山行"
[fonts]
epub = true
fallback = ["宋体"]
[signoff]
require = ["编辑", "签发"]
[lock]
pages = "1-48, 封面"
"##;

/// The keys of a table and of those within it, as `page.margins.top`.
fn paths(names: &[crate::source::Name], above: &str, out: &mut Vec<String>) {
    for name in names {
        let path = format!("{above}{}", name.key);
        out.push(path.clone());
        if let Shape::Table(inner) | Shape::Tables(inner) = name.shape {
            paths(inner, &format!("{path}."), out);
        }
    }
}

fn has(value: &Value, path: &str) -> bool {
    let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
    let tables = match &value.kind {
        Kind::List(items) => &items[..],
        _ => std::slice::from_ref(value),
    };
    let found = tables.iter().flat_map(Value::entries).find(|(key, _)| key.name == first);
    found.is_some_and(|(_, inner)| rest.is_none_or(|rest| has(inner, rest)))
}

#[test]
fn every_key_is_read() {
    let value = toml(WHOLE, FileId(0), 0).unwrap();
    let mut all = vec![];
    paths(&super::keys::TOP, "", &mut all);
    let missing: Vec<_> = all.iter().filter(|path| !has(&value, path)).collect();
    assert!(missing.is_empty(), "not in the test's manifest: {missing:?}");
    let (m, found) = manifest(WHOLE);
    assert_eq!(found, [], "each key is sound");
    let x = &m.magazine;
    assert_eq!((x.cn.as_deref(), x.lang, x.founded), (Some("CN 11-0000/D"), Lang::ZhHantCn, Some(1994)));
    assert_eq!((x.frequency, x.editions.len(), x.keep.len()), (Some(Frequency::Bimonthly), 2, 1));
    assert_eq!((x.words.clone(), x.vocabulary), (vec![("里面".into(), "裏面".into())], true));
    let n = &m.number;
    assert_eq!((n.number.as_deref(), n.kind, n.volume.as_deref()), (Some("9-10"), IssueKind::Combined, Some("31")));
    assert_eq!((n.title.as_deref(), n.revision.as_deref()), (Some("山路专号"), Some("第2版")));
    assert_eq!((m.page.margins.unwrap().inner, m.page.writing), (Len::mm(1800), Writing::Vertical));
    assert_eq!((m.page.column_gap, m.page.first_folio), (Some(Len::mm(800)), 97));
    assert_eq!(m.theme[0].text().as_deref(), Some("jikan"));
    assert_eq!((m.type_.size, m.type_.kinsoku), (Some(Len::pt(900)), Some(Kinsoku::Gb)));
    assert_eq!((m.type_.latin.as_deref(), m.type_.vertical_digits), (Some("黑体"), VerticalDigits::Han));
    let placed = |p: &Option<Placed>| p.as_ref().map(|p| p.name.clone());
    assert_eq!(placed(&m.cover.front), Some("cover.jpg".into()), "[issue] cover wins");
    assert_eq!(placed(&m.cover.inside_front), Some("f2.pdf#3".into()));
    assert_eq!(m.cover.barcode_number.as_deref(), Some("9770317847001"));
    assert_eq!(
        m.contents,
        Contents {
            title: "目录".into(),
            show_authors: false,
            show_section: false,
            dots: Some(false),
            folio: Some(true),
            summary: Some(true)
        }
    );
    assert_eq!(m.sections[0].colour, Some(Colour::Cmyk([80, 40, 65, 35])));
    let roles: Vec<_> = m.colophon_page.aggregate.iter().map(|e| e.key).collect();
    assert_eq!((roles, m.colophon_page.position), (vec!["editor", "approved_by"], ColophonPosition::InsideFront));
    assert_eq!(m.errata[0].line(), "2024年第8期第12页《山路》：“甲”应为“乙”。谨致歉意。");
    assert_eq!(
        (m.ads[0].ad.file.name.as_str(), &m.ads[0].ad.place, m.ads[0].ad.marked),
        ("ad.pdf#2", &AdPlace::Back, false)
    );
    let p = &m.print;
    assert_eq!((p.standard, p.photos, p.inner), (PrintStandard::PdfX1a, Some(PhotoColour::Cmyk), PartColour::KSpot));
    assert_eq!(p.spot.as_ref().unwrap().colour, Some(Colour::Rgb([0, 0x84, 0x3d])));
    assert_eq!((m.screen.budget, m.epub.budget), (Some(20_000_000), Some(50_000_000)));
    assert_eq!((m.epub.id.as_deref(), m.epub_cover.unwrap().name.as_str()), (Some("urn:x:1"), "epub.jpg"));
    assert_eq!((m.fonts.epub, m.fonts.fallback.len(), m.signoff.require.len()), (true, 1, 2));
    assert_eq!(m.lock.unwrap().pages, ["1-48", "封面"]);
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
