//! What a colophon must have by the magazine's profile (期刊出版形式规范; 内部资料性出版物管理办法; the usage of Taiwan and Hong
//! Kong), and what it must not have.
//!
//! In: the issue, its colophon complete. Out: preflight findings; none for a zine.

use crate::base::{Code, Diagnostic, Place, Report, Severity, Span, words};
use crate::doc::{Entry, Issue, PublicationProfile};

/// What one profile asks for, by the colophon's keys.
struct Rules {
    name: &'static str,
    /// The title page's year and number.
    numbered: bool,
    must: &'static [&'static str],
    should: &'static [&'static str],
    never: &'static [&'static str],
}

const fn rules(profile: PublicationProfile) -> Option<Rules> {
    Some(match profile {
        PublicationProfile::Zine => return None,
        PublicationProfile::CnPeriodical => Rules {
            name: "cn-periodical",
            numbered: true,
            must: &[
                "supervisor",
                "sponsor",
                "publisher",
                "editor_in_chief",
                "printer",
                "distributor",
                "cn",
                "price",
                "frequency",
                "date",
                "address",
            ],
            should: &["issn", "postal_code"],
            never: &[],
        },
        PublicationProfile::CnInternal => Rules {
            name: "cn-internal",
            numbered: true,
            must: &["editor_office", "printer", "permit", "recipients", "print_run", "date"],
            should: &[],
            never: &["cn", "issn", "price", "postal_code"],
        },
        PublicationProfile::Tw => Rules {
            name: "tw",
            numbered: true,
            must: &["publisher_person", "publisher", "date"],
            should: &["editor_in_chief", "printer", "price", "issn", "address", "phone"],
            never: &[],
        },
        PublicationProfile::Hk => Rules {
            name: "hk",
            numbered: true,
            must: &["publisher", "printer", "address"],
            should: &["editor_in_chief", "date", "price", "issn"],
            never: &[],
        },
    })
}

/// `span` is where the colophon begins.
pub fn required(issue: &Issue, span: Option<Span>, report: &mut Report) {
    let Some(rules) = rules(issue.magazine.profile) else { return };
    let at = Place::from(span.or_else(|| issue.written.key("magazine.profile")));
    if rules.numbered && (issue.number.year.is_none() || issue.number.number.is_none()) {
        let message = words("没有年份或期号", "the issue has no year or no number");
        let finding = Diagnostic::new(Code::ColophonMissing, at.clone(), message);
        report.push(finding.hint("在 [issue] 里写 year 和 number", "write year and number under [issue]"));
    }
    let absent = |keys: &[&'static str]| -> Vec<&'static Entry> {
        let has = |entry: &Entry| issue.colophon.iter().any(|line| line.entry == Some(entry));
        keys.iter().map(|key| Entry::of(key)).filter(|entry| !has(entry)).collect()
    };
    let (must, should) = (absent(rules.must), absent(rules.should));
    report.findings.extend(missing(issue, &must, rules.name, at.clone()));
    let advice = missing(issue, &should, rules.name, at);
    report.findings.extend(advice.map(|finding| finding.weighing(Severity::Warning)));
    for line in issue.colophon.iter().filter(|l| l.entry.is_some_and(|e| rules.never.contains(&e.key))) {
        let message = words(
            format!("内部资料不得有{}", line.label),
            format!("an internal publication (内部资料) must not have {}", line.entry.map_or("", |e| e.labels[2])),
        );
        // What the magazine's own table says stands in the colophon without having been written there.
        let own = (line.span != Span::default()).then_some(line.span);
        let key = line.entry.map_or("", |entry| entry.key);
        let at = Place::from(own.or_else(|| issue.written.key(&format!("magazine.{key}"))));
        report.push(
            Diagnostic::new(Code::ColophonForbidden, at, message)
                .hint("删去这一项，或改正 [magazine] 的 profile", "delete it, or correct profile under [magazine]"),
        );
    }
}

/// One finding for all, with the lines to add.
fn missing(issue: &Issue, entries: &[&'static Entry], profile: &str, at: Place) -> Option<Diagnostic> {
    if entries.is_empty() {
        return None;
    }
    let labels: Vec<&str> = entries.iter().map(|e| e.label(issue.lang())).collect();
    let english: Vec<&str> = entries.iter().map(|e| e.labels[2]).collect();
    let message = words(
        format!("版权页缺 {}（{profile}）", labels.join("、")),
        format!("the colophon lacks: {} ({profile})", english.join(", ")),
    );
    let lines: String = labels.iter().map(|label| format!("\n{label} = \"…\"")).collect();
    let hint = (format!("在 [colophon] 里加上：{lines}"), format!("add under [colophon]:{lines}"));
    Some(Diagnostic::new(Code::ColophonMissing, at, message).hint(hint.0, hint.1))
}
