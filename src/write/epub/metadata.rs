//! The package's metadata: what epub-builder takes, and what the finishing pass adds (EPUB 3.3 §5.5, EPUB Accessibility
//! 1.1 §2).
//!
//! In: the plan. Out: [`Metadata`], all of it true of the content: an accessibility feature is named where it is there.

use super::plan::Plan;
use super::xml::Xml;
use crate::base::Date;
use crate::doc::{Article, Inline};
use uuid::Uuid;

pub struct Metadata {
    /// Of this EPUB.
    pub uuid: Uuid,
    /// The editor's own identifier, or the UUID's URN.
    pub identifier: String,
    pub title: String,
    pub authors: Vec<String>,
    pub subjects: Vec<String>,
    /// `2026-09-15T00:00:00Z`.
    pub modified: String,
    /// The elements that epub-builder has no place for.
    pub more: String,
}

impl Metadata {
    pub fn of(plan: &Plan) -> Metadata {
        let title = super::matter::name(plan);
        let people = people(plan);
        let authors = people.iter().filter(|p| p.role == AUTHOR).map(|p| p.name.clone()).collect();
        let mut xml = Xml::default();
        descriptive(plan, &people, &mut xml);
        sort_keys(plan, &people, &mut xml);
        pages(plan, &mut xml);
        accessibility(plan, &mut xml);
        if plan.is_vertical() {
            // Kindle reads the direction of lines here.
            xml.leaf("meta", &[("name", "primary-writing-mode"), ("content", "vertical-rl")], "");
        }
        conformance(plan, &mut xml);
        let uuid = plan.book.meta.uuid("epub");
        let own = plan.issue.epub.id.as_deref().map(|id| super::xml::allowed(id.trim())).filter(|id| !id.is_empty());
        Metadata {
            uuid,
            identifier: own.unwrap_or_else(|| uuid.urn().to_string()),
            title,
            authors,
            subjects: subjects(plan),
            modified: format!("{}T00:00:00Z", stamp(plan)),
            more: xml.finish(),
        }
    }
}

/// The date that the file carries; the year's first day where the manifest has none.
pub fn stamp(plan: &Plan) -> Date {
    let year = plan.issue.number.year.and_then(|y| Date::new(y, 1, 1));
    let dates = [plan.book.meta.stamp, plan.issue.stamp, year];
    // The form of W3CDTF has four digits for the year.
    let dated = dates.into_iter().flatten().find(|d| (1..=9999).contains(&d.year));
    dated.unwrap_or(Date { year: 2000, month: 1, day: 1 })
}

const AUTHOR: &str = "aut";

#[derive(Clone, Debug, PartialEq, Eq)]
struct Person {
    name: String,
    /// A code of the MARC relators list.
    role: &'static str,
}

/// Authors and others, each role of a name once, in order of appearance; then the people of the colophon.
fn people(plan: &Plan) -> Vec<Person> {
    let mut all: Vec<Person> = vec![];
    let mut add = |name: &str, role| {
        let person = Person { name: super::xml::allowed(name.trim()), role };
        if !person.name.trim().is_empty() && !all.contains(&person) {
            all.push(person);
        }
    };
    for article in &plan.issue.articles {
        for author in &article.authors {
            add(&author.name, author.role.as_deref().and_then(relator).unwrap_or(AUTHOR));
        }
        for credit in &article.credits {
            relator(&credit.label).into_iter().for_each(|code| credit.names.iter().for_each(|n| add(n, code)));
        }
    }
    for name in plan.issue.photographers() {
        add(&name, "pht");
    }
    for line in &plan.issue.colophon {
        relator(&line.label).into_iter().for_each(|code| line.values.iter().for_each(|n| add(n, code)));
    }
    all
}

/// Labels of bylines and colophons whose meaning is sure, and their MARC relator codes.
const RELATORS: &[(&str, &[&str])] = &[
    (AUTHOR, &["文", "撰文", "作者", "著", "记者", "本刊记者", "記者", "本刊記者"]),
    (
        "edt",
        &[
            "主编",
            "主編",
            "副主编",
            "副主編",
            "执行主编",
            "執行主編",
            "编辑",
            "編輯",
            "责任编辑",
            "責任編輯",
            "責編",
            "责编",
            "編集",
            "編集長",
            "editor",
        ],
    ),
    ("trl", &["译", "譯", "译者", "譯者", "翻译", "翻譯", "訳", "翻訳", "translator"]),
    ("pht", &["摄影", "攝影", "摄", "攝", "撮影", "photo", "photographer"]),
    ("ill", &["插图", "插圖", "插画", "插畫", "绘", "繪", "绘图", "繪圖", "illustrator"]),
    ("pfr", &["校对", "校對", "校正", "proofreader"]),
    ("bkd", &["设计", "設計", "美术编辑", "美術編輯", "美编", "美編", "装帧", "デザイン", "designer"]),
    ("cov", &["封面设计", "封面設計"]),
    ("ivr", &["采访", "採訪"]),
];

fn relator(label: &str) -> Option<&'static str> {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    RELATORS.iter().find(|(_, labels)| labels.contains(&label.as_str())).map(|(code, _)| *code)
}

fn subjects(plan: &Plan) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    let scholarly = plan.book.hands.scholarly;
    let english = |a: &Article| if scholarly { a.paper.english.keywords.clone() } else { vec![] };
    let of = |a: &Article| [a.keywords.clone(), english(a)].concat();
    for word in plan.issue.articles.iter().flat_map(of) {
        let word = super::xml::allowed(word.trim());
        if !word.trim().is_empty() && !all.contains(&word) {
            all.push(word);
        }
    }
    all
}

/// How a title and names are sorted where it isn't as they are written: by pinyin, by the family name (EPUB 3.3 §D.3.4).
fn sort_keys(plan: &Plan, people: &[Person], xml: &mut Xml) {
    if let Some(pinyin) = plan.issue.magazine.title_pinyin.as_deref().filter(|t| !t.trim().is_empty()) {
        refine(xml, "#title", "file-as", pinyin);
    }
    let (authors, others): (Vec<&Person>, Vec<&Person>) = people.iter().partition(|p| p.role == AUTHOR);
    let ids = |prefix: &'static str, from: usize| move |(i, person)| (format!("#{prefix}-{}", i + from), person);
    let authors = authors.into_iter().enumerate().map(ids("epub-creator", 0));
    for (id, person) in authors.chain(others.into_iter().enumerate().map(ids("contributor", 1))) {
        if let Some(key) = sort_key(&person.name) {
            refine(xml, &id, "file-as", &key);
        }
    }
}

/// `Ludwig van Beethoven` → `Beethoven, Ludwig van`: a European name's last word is the family's, with what is written large
/// before it (`Le Guin, Ursula`). Chinese names begin with the family.
fn sort_key(name: &str) -> Option<String> {
    const FAMILYS: [&str; 10] = ["Le", "La", "Du", "Des", "De", "Del", "Di", "Da", "Van", "Von"];
    let latin =
        name.chars().all(|c| c.is_ascii_alphabetic() || " .-'".contains(c) || ('\u{c0}'..='\u{250}').contains(&c));
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = words.iter().skip(1).rev().skip(1).take_while(|word| FAMILYS.contains(word)).count();
    let (given, family) = words.split_at_checked(words.len().checked_sub(1 + small)?)?;
    (latin && !given.is_empty()).then(|| format!("{}, {}", family.join(" "), given.join(" ")))
}

/// A claim that an editor makes and no program: only where he names who asserts it, and where no picture lacks its
/// alternative text (EPUB Accessibility 1.1 §2.4).
fn conformance(plan: &Plan, xml: &mut Xml) {
    let described = plan.issue.articles.iter().flat_map(Article::figures).all(|f| f.alt.is_some());
    let Some(by) = plan.issue.epub.certified_by.as_deref().filter(|by| described && !by.trim().is_empty()) else {
        return;
    };
    let attributes = [("property", "dcterms:conformsTo"), ("id", "conformance")];
    xml.leaf("meta", &attributes, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA");
    xml.line();
    xml.leaf("meta", &[("refines", "#conformance"), ("property", "a11y:certifiedBy"), ("id", "certifier")], by);
    xml.line();
    refine(xml, "#conformance", "dcterms:date", &stamp(plan).to_string());
}

fn meta(xml: &mut Xml, property: &str, text: &str) {
    xml.leaf("meta", &[("property", property)], text);
    xml.line();
}

fn refine(xml: &mut Xml, id: &str, property: &str, text: &str) {
    xml.leaf("meta", &[("refines", id), ("property", property)], text);
    xml.line();
}

fn descriptive(plan: &Plan, people: &[Person], xml: &mut Xml) {
    let (magazine, number) = (&plan.issue.magazine, &plan.issue.number);
    if let Some(issn) = issn(plan) {
        xml.leaf("dc:identifier", &[("id", "issn")], &issn);
        xml.line();
    }
    let date = number.date.filter(|d| (1..=9999).contains(&d.year)).map(|d| d.to_string());
    let year = number.year.filter(|y| (1..=9999).contains(y)).map(|y| format!("{y:04}"));
    let rest = [
        ("dc:publisher", magazine.publisher.clone()),
        ("dc:date", date.or(year)),
        ("dc:type", Some("periodical".into())),
    ];
    for (name, text) in rest {
        if let Some(text) = text.filter(|t| !super::xml::allowed(t).trim().is_empty()) {
            xml.leaf(name, &[], &text);
            xml.line();
        }
    }
    for (i, person) in people.iter().filter(|p| p.role != AUTHOR).enumerate() {
        let id = format!("contributor-{}", i + 1);
        xml.leaf("dc:contributor", &[("id", &id)], &person.name);
        let refines = format!("#{id}");
        xml.leaf("meta", &[("refines", &refines), ("property", "role"), ("scheme", "marc:relators")], person.role);
        xml.line();
    }
    series(plan, xml);
}

fn issn(plan: &Plan) -> Option<String> {
    let issn = plan.issue.magazine.issn.as_deref()?;
    let sound = issn.len() == 9 && issn.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'X');
    sound.then(|| format!("urn:issn:{issn}"))
}

/// The magazine as the collection that the issue belongs to, and its place there: the running number, else year and
/// number.
fn series(plan: &Plan, xml: &mut Xml) {
    let (magazine, number) = (&plan.issue.magazine, &plan.issue.number);
    if super::xml::allowed(&magazine.title).trim().is_empty() {
        return;
    }
    xml.leaf("meta", &[("property", "belongs-to-collection"), ("id", "series")], &magazine.title);
    xml.line();
    refine(xml, "#series", "collection-type", "series");
    let digits =
        |s: &Option<String>| s.clone().filter(|s| (1..=9).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()));
    let place = digits(&number.serial).or_else(|| {
        let number = digits(&number.number)?;
        Some(plan.issue.number.year.map_or(number.clone(), |y| format!("{y}.{number}")))
    });
    place.iter().for_each(|place| refine(xml, "#series", "group-position", place));
    issn(plan).iter().for_each(|issn| refine(xml, "#series", "dcterms:identifier", issn));
}

/// What the page numbers are those of: the print PDF (EPUB Accessibility 1.1 §4.1.3).
fn pages(plan: &Plan, xml: &mut Xml) {
    if plan.marks.0.is_empty() {
        return;
    }
    let print = plan.book.meta.uuid("print").urn().to_string();
    xml.leaf("dc:source", &[("id", "print")], &print);
    xml.line();
    meta(xml, "pageBreakSource", &print);
    for (n, source) in (1..).zip(earlier_printings(plan)) {
        let id = format!("earlier-{n}");
        xml.leaf("dc:source", &[("id", &id)], source);
        xml.line();
        meta(xml, "pageBreakSource", source);
    }
}

/// Where articles were printed before whose page marks stand in the page list.
fn earlier_printings<'a>(plan: &'a Plan) -> Vec<&'a str> {
    let mut found: Vec<&str> = vec![];
    for (i, article) in plan.issue.articles.iter().enumerate() {
        let marked = plan.marks.in_article(i).any(|(_, mark)| mark.id.starts_with("e-"));
        let source = article.source_print.as_deref().or(article.source.as_deref());
        found.extend(source.filter(|s| marked && !s.trim().is_empty() && !found.contains(s)));
    }
    found
}

fn accessibility(plan: &Plan, xml: &mut Xml) {
    let shown: Vec<_> = plan.issue.articles.iter().flat_map(Article::figures).collect();
    let pictures = !plan.pictures.is_empty() || plan.cover.is_some();
    let described = shown.iter().all(|f| f.alt.is_some());
    meta(xml, "schema:accessMode", "textual");
    if pictures {
        meta(xml, "schema:accessMode", "visual");
    }
    meta(xml, "schema:accessModeSufficient", if described { "textual" } else { "textual,visual" });
    let features = [
        ("alternativeText", pictures && described),
        ("tableOfContents", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("displayTransformability", true),
        ("ARIA", true),
        ("rubyAnnotations", plan.issue.articles.iter().any(has_ruby)),
        (if plan.is_vertical() { "verticalWriting" } else { "horizontalWriting" }, true),
        ("pageBreakMarkers", !plan.marks.0.is_empty()),
        ("pageNavigation", !plan.marks.0.is_empty()),
    ];
    for (feature, _) in features.iter().filter(|f| f.1) {
        meta(xml, "schema:accessibilityFeature", feature);
    }
    for hazard in ["noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"] {
        meta(xml, "schema:accessibilityHazard", hazard);
    }
    let summary = &plan.words.summary;
    let words = if !pictures {
        summary[2]
    } else if described {
        summary[0]
    } else {
        summary[1]
    };
    meta(xml, "schema:accessibilitySummary", words);
}

fn has_ruby(article: &Article) -> bool {
    let mut found = false;
    article.walk(&mut |block| {
        found |= block.texts().into_iter().flatten().any(|inline| matches!(inline, Inline::Ruby { .. }));
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_names_are_sorted_by_the_family() {
        assert_eq!(sort_key("Jean-Luc Moreau").as_deref(), Some("Moreau, Jean-Luc"));
        assert_eq!(sort_key("Ursula K. Le Guin").as_deref(), Some("Le Guin, Ursula K."));
        assert_eq!(sort_key("Ludwig van Beethoven").as_deref(), Some("Beethoven, Ludwig van"));
        assert_eq!([sort_key("王明"), sort_key("阿来 尼玛"), sort_key("Reuters")], [None, None, None]);
    }
}
