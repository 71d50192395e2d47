//! issue.toml and magazine.toml: their tables into the parts of `doc::Issue`.
//!
//! In: the tables, the issue's own first. Out: a [`Manifest`]. Every key has its Chinese aliases (`keys`); what
//! nothing reads yet and would change the pages gets a note.

mod agree;
mod files;
pub mod keys;
mod matter;
mod pages;

use super::colophon::{self, Colophon};
use super::words;
use crate::base::{Code, Diagnostic, Report, Span, words as say};
use crate::doc::{
    Ad, ColophonPage, Colour, Contents, CoverSetup, EpubSetup, Erratum, FontsSetup, Frequency, IssueKind, IssueNumber,
    Lock, Magazine, PageSetup, Placed, PrintSetup, PublicationProfile, ScreenSetup, Signoff, Start, TypeSetup, Written,
    numbers,
};
use crate::font::OwnFonts;
use crate::source::keyed::{Kind, Value};
use crate::source::{Codes, Fields, Name, Shape};
pub use files::roles;
pub use keys::MARGINS;
use keys::{ISSUE, MAGAZINE, TOP};
pub use pages::STARTS;

pub const CODES: Codes = Codes { unknown: Code::ManifestUnknownKey, value: Code::ManifestValue, home: keys::home };

/// What the two files say.
#[derive(Default)]
pub struct Manifest {
    pub magazine: Magazine,
    pub slug: Option<String>,
    pub number: IssueNumber,
    pub page: PageSetup,
    pub type_: TypeSetup,
    pub cover: CoverSetup,
    pub contents: Contents,
    pub sections: Vec<SectionRule>,
    pub colophon: Colophon,
    pub colophon_page: ColophonPage,
    pub ads: Vec<AdRule>,
    pub errata: Vec<Erratum>,
    pub print: PrintSetup,
    pub screen: ScreenSetup,
    pub epub: EpubSetup,
    /// `[epub] cover`, as written.
    pub epub_cover: Option<Placed>,
    pub fonts: FontsSetup,
    pub signoff: Signoff,
    pub lock: Option<Lock>,
    pub written: Written,
    /// `[theme]`, or `theme = "…"`: layers of the theme, the issue's own first.
    pub theme: Vec<Value>,
}

/// One `[[section]]`.
#[derive(Clone, Debug, Default)]
pub struct SectionRule {
    pub name: String,
    pub patterns: Vec<(String, Span)>,
    pub start: Option<Start>,
    pub columns: Option<u8>,
    pub colour: Option<Colour>,
    pub template: Option<String>,
    pub span: Span,
}

/// One `[[ads]]`; `after` is the article it follows, as written.
#[derive(Clone, Debug)]
pub struct AdRule {
    pub ad: Ad,
    pub after: Option<(String, Span)>,
}

impl Manifest {
    /// Every file it names, in a fixed order: whoever reads the folder fills them in.
    pub fn placed(&mut self) -> Vec<&mut Placed> {
        let c = &mut self.cover;
        let covers = [&mut c.front, &mut c.inside_front, &mut c.inside_back, &mut c.back, &mut c.masthead];
        let ads = self.ads.iter_mut().map(|rule| &mut rule.ad.file);
        covers.into_iter().flatten().chain(&mut self.epub_cover).chain(ads).collect()
    }
}

pub fn read(tables: &[&Value], own: &OwnFonts, report: &mut Report) -> Manifest {
    let top = Fields::read(tables, &TOP, CODES, report);
    let of = |key| top.values(key);
    let [magazine, issue, page, type_, cover] = ["magazine", "issue", "page", "type", "cover"].map(of);
    let [contents, colophon, signoff, lock, fonts] = ["contents", "colophon", "signoff", "lock", "fonts"].map(of);
    let [print, screen, epub] = ["print", "screen", "epub"].map(of);
    let [section, ads, errata] = ["section", "ads", "errata"].map(|key| top.value(key));
    let theme = of("theme").into_iter().cloned().collect();
    let mut out = Manifest { contents: pages::read_contents(&contents, report), theme, ..Manifest::default() };
    out.cover = matter::read_cover(&cover, report);
    read_magazine(&magazine, &mut out, report);
    out.page = pages::read_page(&page, report);
    read_issue(&issue, &mut out, report);
    out.type_ = pages::read_type(&type_, own, report);
    out.sections = section.map(|v| pages::read_sections(v, report)).unwrap_or_default();
    out.ads = ads.map(|v| matter::read_ads(v, report)).unwrap_or_default();
    out.errata = errata.map(|v| matter::read_errata(v, report)).unwrap_or_default();
    out.print = files::read_print(&print, report);
    out.screen = files::read_screen(&screen, report);
    (out.epub, out.epub_cover) = files::read_epub(&epub, report);
    out.fonts = files::read_fonts(&fonts, own, report);
    out.signoff = files::read_signoff(&signoff, report);
    out.lock = files::read_lock(&lock, report);
    out.colophon = colophon::read(&colophon, out.magazine.lang, report);
    out.colophon_page = colophon::read_page(&colophon, report);
    agree::agree(&mut out, report);
    tables.iter().for_each(|table| written(table, "", &TOP, &mut out.written));
    out
}

/// Every text and every key of a value at `path`, whose keys have these names, with its place.
pub fn written(value: &Value, path: &str, names: &[Name], out: &mut Written) {
    let start = Span { end: value.span.start, ..value.span };
    let place = if path.is_empty() { start } else { value.span };
    out.keys.entry(path.to_string()).or_insert(place);
    match &value.kind {
        Kind::String(text) => out.texts.push((text.clone(), value.span)),
        Kind::List(items) => items.iter().for_each(|item| written(item, path, names, out)),
        Kind::Table(entries) => entries.iter().for_each(|(key, value)| {
            out.texts.push((key.name.clone(), key.span));
            let (name, below) = match names.iter().find(|name| name.means(&key.name)) {
                Some(Name { key, shape: Shape::Table(below) | Shape::Tables(below), .. }) => (*key, *below),
                Some(name) => (name.key, &[][..]),
                None => (key.name.as_str(), &[][..]),
            };
            let dot = if path.is_empty() { "" } else { "." };
            written(value, &format!("{path}{dot}{name}"), below, out);
        }),
        _ => {}
    }
}

const PROFILES: [(&str, PublicationProfile); 10] = [
    ("zine", PublicationProfile::Zine),
    ("cn-periodical", PublicationProfile::CnPeriodical),
    ("cn-internal", PublicationProfile::CnInternal),
    ("tw", PublicationProfile::Tw),
    ("hk", PublicationProfile::Hk),
    ("自办", PublicationProfile::Zine),
    ("期刊", PublicationProfile::CnPeriodical),
    ("内部资料", PublicationProfile::CnInternal),
    ("臺灣", PublicationProfile::Tw),
    ("香港", PublicationProfile::Hk),
];

fn read_magazine(tables: &[&Value], out: &mut Manifest, report: &mut Report) {
    let mut f = Fields::read(tables, &MAGAZINE, CODES, report);
    let m = &mut out.magazine;
    m.title = f.text("title").unwrap_or_default();
    m.title_en = f.text("title_en");
    m.title_pinyin = f.text("title_pinyin");
    m.publisher = f.text("publisher");
    m.rights = f.text("rights");
    m.website = f.text("website");
    m.email = f.text("email");
    m.foreign_code = f.text("foreign_code");
    m.profile = f.choice("profile", &PROFILES).unwrap_or_default();
    let tags = "zh-Hans | zh-Hant | zh-Hant-HK | zh-Hant-CN | ja | en";
    let want = say(format!(" {tags}"), format!("one of: {tags}"));
    m.lang = f.parse("lang", want.clone(), |v| words::lang(&v.text()?)).unwrap_or_default();
    let editions = f.list("editions", words::split_list);
    m.editions = editions.iter().filter_map(|tag| words::lang(tag)).collect();
    if let Some(value) = f.value("editions").filter(|_| m.editions.len() < editions.len()) {
        f.wrong(value, want);
    }
    m.keep = f.list("keep", words::split_list);
    let own = f.list("words", words::split_list);
    m.words =
        own.iter().filter_map(|w| w.split_once(['=', '＝'])).map(|(a, b)| (a.trim().into(), b.trim().into())).collect();
    if let Some(value) = f.value("words").filter(|_| m.words.len() < own.len()) {
        f.wrong(value, say("“原字=改字”，如 \"里面=裏面\"", "\"from=to\", as \"里面=裏面\""));
    }
    m.vocabulary = f.flag("vocabulary").unwrap_or_default();
    m.issn = identifier(&mut f, "issn", numbers::issn);
    m.cn = identifier(&mut f, "cn", words::cn);
    m.postal_code = identifier(&mut f, "postal_code", words::postal_code);
    m.founded = f.whole("founded", 1600..=2999).map(|y| y as u16);
    let all = Frequency::ALL.map(Frequency::key).join(" | ");
    let want = say(format!(" {all}，或月刊、双月刊、季刊等"), format!("one of: {all}"));
    m.frequency = f.parse("frequency", want, |v| words::frequency(&v.text()?));
    out.number.price = f.text("price");
    out.cover.masthead = out.cover.masthead.take().or(matter::placed(&mut f, "masthead"));
    let want = say("只有英文字母、数字和连字符的词", "letters, digits and hyphens");
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
    let name = match key {
        "postal_code" => say("邮发代号", "postal code"),
        "barcode_number" => say("条码号", "EAN"),
        _ => say(format!("{} ", key.to_uppercase()), key.to_uppercase()),
    };
    let message = say(format!("{}不合格式或校验位不对：{text}", name.zh), format!("not a valid {}: {text}", name.en));
    let finding = Diagnostic::at(Code::ManifestIdentifier, span, message);
    match key {
        "issn" => {
            finding.hint("八位，末位是校验位，如 0317-8471", "eight digits, the last a check digit, as 0317-8471")
        }
        "postal_code" => finding
            .hint("形如 2-999，前一部分一两位，后一部分一到四位", "as 2-999: one or two digits, then one to four"),
        "barcode_number" | "isbn" => finding.hint("十三位数，末位是校验位", "thirteen digits, the last a check digit"),
        _ => finding.hint("形如 CN 11-5643/D", "as CN 11-5643/D"),
    }
}

const KINDS: [(&str, IssueKind); 13] = [
    ("regular", IssueKind::Regular),
    ("supplement", IssueKind::Supplement),
    ("special", IssueKind::Special),
    ("combined", IssueKind::Combined),
    ("first-half", IssueKind::FirstHalf),
    ("second-half", IssueKind::SecondHalf),
    ("正刊", IssueKind::Regular),
    ("增刊", IssueKind::Supplement),
    ("专号", IssueKind::Special),
    ("專號", IssueKind::Special),
    ("合刊", IssueKind::Combined),
    ("上半月", IssueKind::FirstHalf),
    ("下半月", IssueKind::SecondHalf),
];

fn read_issue(tables: &[&Value], out: &mut Manifest, report: &mut Report) {
    let mut f = Fields::read(tables, &ISSUE, CODES, report);
    let price = out.number.price.take();
    let date = f.date("date");
    let number = f.text("number").map(|n| words::issue_number(&n));
    let combined = number.as_ref().is_some_and(|n| n.contains('-'));
    let kind = f.choice("kind", &KINDS).unwrap_or(if combined { IssueKind::Combined } else { IssueKind::Regular });
    if let Some(value) = f.value("kind").filter(|_| kind == IssueKind::Combined && !combined) {
        f.wrong(
            value,
            say(
                "与期号相合：合刊的期号写成 number = \"9-10\"",
                "what the number says: a combined issue is number = \"9-10\"",
            ),
        );
    }
    let title = f.text("title");
    out.number = IssueNumber {
        year: f.whole("year", 1..=9999).map(|y| y as u16).or(date.map(|d| d.year)),
        number,
        volume: f.text("volume"),
        serial: f.text("serial"),
        kind,
        date,
        revised: f.date("revised"),
        revision: f.text("revision"),
        price: f.text("price").or(price),
        theme: f.text("theme").or(title.clone()),
        title,
        cover: None,
        cover_lines: f.list("cover_lines", words::whole),
        label: f.text("label"),
    };
    out.cover.front = matter::placed(&mut f, "cover").or(out.cover.front.take());
    out.cover.credit = f.text("cover_credit").or(out.cover.credit.take());
    if let Some(folio) = f.whole("first_folio", 1..=100_000) {
        out.page.first_folio = folio as u32;
    }
}

/// A swatch's name, `#1f4a3d`, or `C80 M40 Y65 K35`.
fn colour(f: &mut Fields, key: &'static str) -> Option<Colour> {
    let want = say("色名、\"#1f4a3d\" 或 \"C80 M40 Y65 K35\"", "a swatch's name, \"#1f4a3d\" or \"C80 M40 Y65 K35\"");
    f.parse(key, want, |v| words::colour(&v.text()?))
}

#[cfg(test)]
mod tests;
