//! The manifest of the next number, made of this one's.
//!
//! In: the text of an issue.toml and of the magazine.toml above it. Out: the issue.toml's text with the next number in it.
//! What stays from number to number stays as it was written, comments and all; what belongs to one number alone is commented
//! out: headline, cover, sections, advertisements, corrections, locked pages.

use super::manifest::keys::{COVER, EPUB, ISSUE, TOP};
use super::manifest::{self, Manifest};
use crate::base::{Code, Date, Diagnostic, Edit, FileId, Report, Span};
use crate::doc::{Entry, Frequency, IssueNumber};
use crate::font::OwnFonts;
use crate::source::Name;
use crate::source::keyed::{Key, Value, toml};

/// What the next number is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    pub year: Option<u16>,
    pub number: Option<String>,
    pub volume: Option<String>,
    pub serial: Option<String>,
    pub date: Option<Date>,
}

impl Next {
    /// After the last number of a year comes the first of the next; a volume is a year. `combined`: it is two numbers, as far
    /// as the year has them.
    pub fn after(this: &IssueNumber, frequency: Option<Frequency>, combined: bool) -> Next {
        let numbers =
            this.number.as_deref().map(|n| n.split('-').filter_map(|p| p.parse::<u32>().ok()).collect::<Vec<_>>());
        let numbers = numbers.unwrap_or_default();
        // Where nothing is said of the frequency, a year has twelve.
        let a_year = frequency.map_or(Some(12), Frequency::a_year);
        let following = numbers.last().map(|n| n + 1);
        let rolls = following.zip(a_year).is_some_and(|(n, last)| n > last);
        let first = if rolls { Some(1) } else { following };
        let two = |n: u32| combined && a_year.is_none_or(|last| n < last);
        let step = |text: &Option<String>| -> Option<String> {
            let last: u32 = text.as_deref()?.rsplit('-').next()?.trim().parse().ok()?;
            Some((last + 1).to_string())
        };
        Next {
            year: this.year.map(|year| year + u16::from(rolls)),
            number: first.map(|n| if two(n) { format!("{n}-{}", n + 1) } else { n.to_string() }),
            volume: if rolls { step(&this.volume) } else { this.volume.clone() },
            serial: step(&this.serial),
            date: this.date.zip(frequency).and_then(|(date, f)| later(date, f, numbers.len().max(1) as u32)),
        }
    }
}

/// The date of publication `numbers` later; None where the frequency doesn't tell.
fn later(date: Date, frequency: Frequency, numbers: u32) -> Option<Date> {
    let months = |n: u32| date.plus_months(n * numbers);
    match frequency {
        Frequency::Weekly => date.plus_days(7 * numbers),
        Frequency::Biweekly => date.plus_days(14 * numbers),
        Frequency::Monthly => months(1),
        Frequency::Bimonthly => months(2),
        Frequency::Quarterly => months(3),
        Frequency::Semiannual => months(6),
        Frequency::Annual => months(12),
        Frequency::Daily | Frequency::TenDaily | Frequency::Semimonthly | Frequency::Irregular => None,
    }
}

/// Keys of `[issue]` that belong to one number.
const ITS_OWN: [&str; 9] =
    ["kind", "label", "revised", "revision", "title", "theme", "cover", "cover_lines", "cover_credit"];
/// Tables that do.
const WHOLE_TABLES: [&str; 4] = ["section", "ads", "errata", "lock"];

/// The next number's issue.toml; what is wrong with this one's is an error.
///
/// `standing`: the text of magazine.toml.
pub fn manifest(own: &str, standing: Option<&str>, combined: bool) -> Result<String, Box<Diagnostic>> {
    let parse = |text: &str, file| toml(text, FileId(file), 0).map_err(|e| Box::new(e.finding(Code::ManifestSyntax)));
    let table = parse(own, 0)?;
    let above = standing.map(|text| parse(text, 1)).transpose()?;
    let tables: Vec<&Value> = [&table].into_iter().chain(&above).collect();
    let Manifest { number, magazine, page, .. } = manifest::read(&tables, &OwnFonts::default(), &mut Report::default());
    let next = Next::after(&number, magazine.frequency, combined);
    let mut edits = vec![];
    for (key, value) in table.entries() {
        let Some(name) = find(&TOP, key) else { continue };
        match name.key {
            "issue" => renew(value, &next, page.first_folio, own, &mut edits),
            "cover" => comment_keys(
                value,
                &COVER,
                &["front", "inside_front", "inside_back", "back", "credit"],
                own,
                &mut edits,
            ),
            "colophon" => redate(value, &next, own, &mut edits),
            "epub" => comment_keys(value, &EPUB, &["cover", "id"], own, &mut edits),
            "page" => comment_keys(value, &manifest::keys::PAGE, &["first_folio"], own, &mut edits),
            _ => {}
        }
    }
    let headers: Vec<&str> = TOP.iter().filter(|n| WHOLE_TABLES.contains(&n.key)).flat_map(spellings).collect();
    comment_tables(own, &headers, &mut edits);
    Ok(apply(own, edits))
}

fn spellings(name: &Name) -> impl Iterator<Item = &'static str> + use<> {
    [name.key].into_iter().chain(name.aliases.iter().copied())
}

fn find<'n>(names: &'n [Name], key: &Key) -> Option<&'n Name> {
    names.iter().find(|name| name.means(&key.name))
}

fn renew(table: &Value, next: &Next, first_folio: u32, text: &str, edits: &mut Vec<Edit>) {
    for (key, value) in table.entries() {
        let Some(name) = find(&ISSUE, key) else { continue };
        let quoted = |t: &String| if t.bytes().all(|b| b.is_ascii_digit()) { t.clone() } else { format!("\"{t}\"") };
        let renewed = match name.key {
            "year" => next.year.map(|y| y.to_string()),
            "number" => next.number.as_ref().map(quoted),
            "volume" => next.volume.as_ref().map(quoted),
            "serial" => next.serial.as_ref().map(quoted),
            "date" => next.date.map(|d| d.to_string()),
            "first_folio" if first_folio == 1 => continue,
            own if ITS_OWN.contains(&own) || own == "first_folio" => None,
            _ => continue,
        };
        match renewed {
            Some(replacement) => edits.push(Edit { span: value.span, replacement }),
            None => comment(text, key.span.start, value.span.end, edits),
        }
    }
}

/// A date of publication that the colophon spells out; without the next one `[issue] date` will fill it.
fn redate(table: &Value, next: &Next, text: &str, edits: &mut Vec<Edit>) {
    for (key, value) in table.entries() {
        if Entry::find(&key.name).is_some_and(|entry| entry.key == "date") {
            match next.date {
                Some(d) => {
                    let replacement = format!("\"{}年{}月{}日\"", d.year, d.month, d.day);
                    edits.push(Edit { span: value.span, replacement });
                }
                None => comment(text, key.span.start, value.span.end, edits),
            }
        }
    }
}

fn comment_keys(table: &Value, names: &[Name], keys: &[&str], text: &str, edits: &mut Vec<Edit>) {
    for (key, value) in table.entries() {
        if find(names, key).is_some_and(|name| keys.contains(&name.key)) {
            comment(text, key.span.start, value.span.end, edits);
        }
    }
}

/// Comments out every line from one byte to another. What shares its line with something else stays.
fn comment(text: &str, from: u32, to: u32, edits: &mut Vec<Edit>) {
    let line = text[..from as usize].rfind('\n').map_or(0, |n| n + 1);
    if !text[line..from as usize].trim().is_empty() {
        return;
    }
    let starts = text[line..to as usize].match_indices('\n').map(|(n, _)| line + n + 1);
    for at in [line].into_iter().chain(starts) {
        let span = Span { file: FileId(0), start: at as u32, end: at as u32 };
        edits.push(Edit { span, replacement: "# ".into() });
    }
}

/// Comments out tables from their header to the next one's, without the comments between them.
fn comment_tables(text: &str, names: &[&str], edits: &mut Vec<Edit>) {
    let mut inside = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let plain = line.trim();
        if plain.starts_with('[') && !line.starts_with([' ', '\t']) {
            let name = plain.split('#').next().unwrap_or_default().trim().trim_matches(['[', ']', ' ', '"', '\'']);
            inside = names.contains(&name);
        }
        if inside && !plain.is_empty() && !plain.starts_with('#') {
            let span = Span { file: FileId(0), start: at as u32, end: at as u32 };
            edits.push(Edit { span, replacement: "# ".into() });
        }
        at += line.len();
    }
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span.start);
    edits.dedup_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = text.to_string();
    for edit in edits.into_iter().rev() {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(year: u16, number: &str) -> IssueNumber {
        IssueNumber { year: Some(year), number: Some(number.into()), ..IssueNumber::default() }
    }
    fn after(this: &IssueNumber, frequency: Option<Frequency>, combined: bool) -> String {
        let next = Next::after(this, frequency, combined);
        format!("{}/{}", next.year.unwrap(), next.number.unwrap())
    }

    #[test]
    fn years_roll_over_by_frequency() {
        assert_eq!(after(&number(2026, "9"), Some(Frequency::Monthly), false), "2026/10");
        assert_eq!(after(&number(2026, "12"), Some(Frequency::Monthly), false), "2027/1");
        assert_eq!(after(&number(2026, "6"), Some(Frequency::Bimonthly), false), "2027/1");
        assert_eq!(after(&number(2026, "12"), Some(Frequency::Weekly), false), "2026/13");
        assert_eq!(after(&number(2026, "52"), Some(Frequency::Weekly), false), "2027/1");
        assert_eq!(after(&number(2026, "12"), None, false), "2027/1", "twelve where nothing is said");
        assert_eq!(after(&number(2026, "41"), Some(Frequency::Irregular), false), "2026/42");
    }

    #[test]
    fn combined_issues_are_counted_by_their_last_number() {
        assert_eq!(after(&number(2026, "9-10"), Some(Frequency::Monthly), false), "2026/11");
        assert_eq!(after(&number(2026, "6"), Some(Frequency::Monthly), true), "2026/7-8");
        assert_eq!(after(&number(2026, "11-12"), Some(Frequency::Monthly), true), "2027/1-2");
        assert_eq!(
            after(&number(2026, "11"), Some(Frequency::Monthly), true),
            "2026/12",
            "a year ends with its own number"
        );
    }

    #[test]
    fn volume_serial_and_date_follow() {
        let this = IssueNumber {
            volume: Some("31".into()),
            serial: Some("369-370".into()),
            date: Date::new(2026, 11, 30),
            ..number(2026, "11-12")
        };
        let next = Next::after(&this, Some(Frequency::Monthly), false);
        assert_eq!((next.volume.as_deref(), next.serial.as_deref()), (Some("32"), Some("371")));
        assert_eq!(next.date, Date::new(2027, 1, 30), "two numbers later");
        let weekly = IssueNumber { date: Date::new(2026, 12, 28), ..number(2026, "51") };
        assert_eq!(Next::after(&weekly, Some(Frequency::Weekly), false).date, Date::new(2027, 1, 4));
        let end = IssueNumber { date: Date::new(2026, 1, 31), ..number(2026, "1") };
        assert_eq!(Next::after(&end, Some(Frequency::Monthly), false).date, Date::new(2026, 2, 28));
    }

    #[test]
    fn standing_matter_stays_as_written_and_the_rest_is_commented_out() {
        let own = "# 山行\n[magazine]\ntitle = \"山行\"   # 刊名\n\n[本期]\n年 = 2026\n期 = 12  # 期\nserial = 369\ntheme = \"一|二\"\ncover_lines = [\n  \"甲\",\n  \"乙\",\n]\nprice = \"¥20\"\n\n[page]\ncolumns = 2\nfirst_folio = 97\n\n# 栏目\n[[栏目]]\nname = \"专题\"\narticles = [\"articles/01.md\"]\n\n[[ads]]\nfile = \"a.pdf\"\n\n[colophon]\n主编 = \"林远\"\n出版日期 = \"2026年12月1日\"\n[lock]\npages = \"1-4\"\n";
        let next = manifest(own, Some("[magazine]\nfrequency = \"月刊\"\n"), false).unwrap();
        let expected = "# 山行\n[magazine]\ntitle = \"山行\"   # 刊名\n\n[本期]\n年 = 2027\n期 = 1  # 期\nserial = 370\n# theme = \"一|二\"\n# cover_lines = [\n#   \"甲\",\n#   \"乙\",\n# ]\nprice = \"¥20\"\n\n[page]\ncolumns = 2\n# first_folio = 97\n\n# 栏目\n# [[栏目]]\n# name = \"专题\"\n# articles = [\"articles/01.md\"]\n\n# [[ads]]\n# file = \"a.pdf\"\n\n[colophon]\n主编 = \"林远\"\n出版日期 = \"2027年1月1日\"\n# [lock]\n# pages = \"1-4\"\n";
        assert_eq!(next, expected);
        assert!(manifest("[issue\n", None, false).is_err());
    }
}
