//! The magazine and this number of it.

use super::photo::PhotoId;
use crate::base::{Date, Lang};

/// 刊物: what stays from number to number.
#[derive(Clone, Debug, Default)]
pub struct Magazine {
    pub title: String,
    pub title_en: Option<String>,
    pub title_pinyin: Option<String>,
    pub lang: Lang,
    /// Which items its colophon must have.
    pub profile: PublicationProfile,
    /// Eight characters with a hyphen, check digit verified by the reader.
    pub issn: Option<String>,
    /// `CN 11-5643/D`.
    pub cn: Option<String>,
    /// 邮发代号: `2-999`.
    pub postal_code: Option<String>,
    /// 国外代号.
    pub foreign_code: Option<String>,
    pub frequency: Option<Frequency>,
    /// The year of the first number.
    pub founded: Option<u16>,
    pub publisher: Option<String>,
    pub rights: Option<String>,
    pub website: Option<String>,
    pub email: Option<String>,
    /// Languages that are built from the one source; empty: `lang` alone.
    pub editions: Vec<Lang>,
    /// Words that no conversion between scripts may change.
    pub keep: Vec<String>,
    /// Words with a conversion of their own.
    pub words: Vec<(String, String)>,
    /// Conversion replaces vocabulary too.
    pub vocabulary: bool,
}

/// The kind of publication, by what is asked of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublicationProfile {
    /// Nothing is required.
    #[default]
    Zine,
    /// A mainland periodical with a CN number (期刊出版形式规范).
    CnPeriodical,
    /// 内部资料性出版物: a permit, no price, no CN or ISSN, 免费交流 on the cover.
    CnInternal,
    Tw,
    Hk,
}

/// 刊期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    Daily,
    Weekly,
    Biweekly,
    /// 旬刊: three a month.
    TenDaily,
    Semimonthly,
    Monthly,
    Bimonthly,
    Quarterly,
    Semiannual,
    Annual,
    Irregular,
}

impl Frequency {
    pub const ALL: [Frequency; 11] = [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Biweekly,
        Frequency::TenDaily,
        Frequency::Semimonthly,
        Frequency::Monthly,
        Frequency::Bimonthly,
        Frequency::Quarterly,
        Frequency::Semiannual,
        Frequency::Annual,
        Frequency::Irregular,
    ];

    /// As the manifest writes it.
    pub const fn key(self) -> &'static str {
        self.row().0
    }
    /// 月刊, monthly.
    pub fn name(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.row().0,
            lang if lang.is_traditional() => self.row().2,
            _ => self.row().1,
        }
    }
    /// The letter of the line 期刊基本参数 (the codes of MARC 21, field 008/18).
    pub const fn code(self) -> char {
        self.row().3
    }
    /// Numbers in a year; None: not to be told.
    pub const fn a_year(self) -> Option<u32> {
        match self.row().4 {
            0 => None,
            n => Some(n),
        }
    }
    const fn row(self) -> (&'static str, &'static str, &'static str, char, u32) {
        match self {
            Frequency::Daily => ("daily", "日刊", "日刊", 'd', 0),
            Frequency::Weekly => ("weekly", "周刊", "週刊", 'w', 52),
            Frequency::Biweekly => ("biweekly", "双周刊", "雙週刊", 'e', 26),
            Frequency::TenDaily => ("ten-daily", "旬刊", "旬刊", 'j', 36),
            Frequency::Semimonthly => ("semimonthly", "半月刊", "半月刊", 's', 24),
            Frequency::Monthly => ("monthly", "月刊", "月刊", 'm', 12),
            Frequency::Bimonthly => ("bimonthly", "双月刊", "雙月刊", 'b', 6),
            Frequency::Quarterly => ("quarterly", "季刊", "季刊", 'q', 4),
            Frequency::Semiannual => ("semiannual", "半年刊", "半年刊", 'f', 2),
            Frequency::Annual => ("annual", "年刊", "年刊", 'a', 1),
            Frequency::Irregular => ("irregular", "不定期", "不定期", 'z', 0),
        }
    }
}

/// 本期.
#[derive(Clone, Debug, Default)]
pub struct IssueNumber {
    pub year: Option<u16>,
    /// `9`, or `9-10` for a combined issue.
    pub number: Option<String>,
    /// 卷.
    pub volume: Option<String>,
    /// 总期号.
    pub serial: Option<String>,
    pub kind: IssueKind,
    pub date: Option<Date>,
    pub revised: Option<Date>,
    /// What a revision is called: `第2版`, `修订本`.
    pub revision: Option<String>,
    pub price: Option<String>,
    /// A name of this number's own: of a special issue, a supplement.
    pub title: Option<String>,
    /// The headline of the cover; `|` marks where it may be divided.
    pub theme: Option<String>,
    pub cover: Option<PhotoId>,
    pub cover_lines: Vec<String>,
    /// Overrides the words made from year and number.
    pub label: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueKind {
    #[default]
    Regular,
    /// 增刊.
    Supplement,
    /// 专号.
    Special,
    /// 合刊: follows from a number like `9-10` too.
    Combined,
    /// 上半月.
    FirstHalf,
    /// 下半月.
    SecondHalf,
}

impl IssueKind {
    /// For identifiers and file names; empty where the number alone tells the issues of a year apart.
    pub const fn key(self) -> &'static str {
        match self {
            IssueKind::Regular | IssueKind::Combined => "",
            IssueKind::Supplement => "supplement",
            IssueKind::Special => "special",
            IssueKind::FirstHalf => "first-half",
            IssueKind::SecondHalf => "second-half",
        }
    }
    /// The word that stands behind the number; none where the number says it.
    pub fn word(self, lang: Lang) -> Option<&'static str> {
        let (hans, hant, en) = match self {
            IssueKind::Regular | IssueKind::Combined => return None,
            IssueKind::Supplement => ("增刊", "增刊", "Supplement"),
            IssueKind::Special => ("专号", "專號", "Special issue"),
            IssueKind::FirstHalf => ("上半月", "上半月", "First half"),
            IssueKind::SecondHalf => ("下半月", "下半月", "Second half"),
        };
        Some(match lang {
            Lang::En => en,
            lang if lang.is_traditional() => hant,
            _ => hans,
        })
    }
}

impl IssueNumber {
    /// The cover's headline in one line: without the marks where it may be divided.
    pub fn plain_theme(&self) -> Option<String> {
        self.theme.as_ref().map(|theme| theme.replace(['|', '\u{200b}'], ""))
    }

    /// `2026年第9期`, `2026年增刊`, `Issue 9, 2026`, or the manifest's own label; empty when nothing is known.
    pub fn line(&self, lang: Lang) -> String {
        if let Some(label) = &self.label {
            return label.clone();
        }
        let word = self.kind.word(lang).unwrap_or_default();
        let (year, number) = (self.year, self.number.as_deref());
        if lang == Lang::En {
            let volume = self.volume.as_ref().map(|v| format!("Volume {v}"));
            let number = number.map(|n| format!("Issue {n}"));
            let parts = [volume, number, year.map(|y| y.to_string()), Some(word.to_string()).filter(|w| !w.is_empty())];
            return parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        let volume = self.volume.as_ref().map(|v| format!("第{v}卷")).unwrap_or_default();
        let year = year.map(|y| format!("{y}年{volume}")).unwrap_or(volume);
        let number = match (self.kind, number) {
            // 增刊1: a supplement's number is counted by itself.
            (IssueKind::Supplement, number) => return format!("{year}{word}{}", number.unwrap_or_default()),
            (_, Some(number)) => format!("第{number}期"),
            (_, None) => String::new(),
        };
        match word {
            "" => format!("{year}{number}"),
            word => format!("{year}{number}（{word}）"),
        }
    }
}

/// The thirteen digits of an EAN, hyphens and spaces taken out; None where their number or the check digit is wrong
/// (ISO/IEC 15420).
pub fn ean13(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let (body, check) = digits.split_at_checked(12)?;
    (digits.bytes().all(|b| b.is_ascii_digit()) && check == ean_check(body)?.to_string()).then_some(digits)
}

/// The check digit of twelve: with it, the sum of all digits, every second one counted three times, is a multiple of 10.
fn ean_check(twelve: &str) -> Option<u32> {
    let values: Vec<u32> = twelve.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    let sum: u32 = values.iter().enumerate().map(|(i, d)| d * [1, 3][i % 2]).sum();
    (values.len() == 12).then_some((10 - sum % 10) % 10)
}

impl Magazine {
    /// The EAN of a periodical: 977, the ISSN's seven digits, a variant of two (GB/T 16827).
    pub fn ean(&self, variant: u8) -> Option<String> {
        let issn: String = self.issn.as_ref()?.chars().filter(char::is_ascii_digit).take(7).collect();
        let twelve = format!("977{issn}{variant:02}");
        Some(format!("{twelve}{}", ean_check(&twelve)?))
    }
}

impl IssueNumber {
    /// The add-on's two digits: the number, of a combined issue the first.
    pub fn ean_addon(&self) -> Option<String> {
        let first = self.number.as_deref()?.split('-').next()?;
        first.parse::<u8>().ok().filter(|n| (1..=99).contains(n)).map(|n| format!("{n:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eans_are_made_and_checked() {
        let magazine = Magazine { issn: Some("0317-8471".into()), ..Magazine::default() };
        assert_eq!(magazine.ean(0).as_deref(), Some("9770317847001"));
        assert_eq!(ean13("977-0317-84700-1").as_deref(), Some("9770317847001"));
        assert_eq!((ean13("9770317847002"), ean13("977031784700"), ean13("97703178470O1")), (None, None, None));
        let combined = IssueNumber { number: Some("9-10".into()), ..IssueNumber::default() };
        assert_eq!(combined.ean_addon().as_deref(), Some("09"));
    }

    #[test]
    fn a_volume_stands_between_year_and_number() {
        let number =
            |year| IssueNumber { year, number: Some("9".into()), volume: Some("31".into()), ..IssueNumber::default() };
        assert_eq!(number(Some(2026)).line(Lang::ZhHans), "2026年第31卷第9期");
        assert_eq!(number(None).line(Lang::ZhHans), "第31卷第9期");
        assert_eq!(number(Some(2026)).line(Lang::En), "Volume 31, Issue 9, 2026");
    }

    #[test]
    fn numbers_are_written_by_kind() {
        let line = |kind, number: Option<&str>, lang| {
            let number =
                IssueNumber { year: Some(2026), number: number.map(String::from), kind, ..IssueNumber::default() };
            number.line(lang)
        };
        assert_eq!(line(IssueKind::Regular, Some("9"), Lang::ZhHans), "2026年第9期");
        assert_eq!(line(IssueKind::Combined, Some("9-10"), Lang::ZhHans), "2026年第9-10期");
        assert_eq!(line(IssueKind::Supplement, Some("1"), Lang::ZhHans), "2026年增刊1");
        assert_eq!(line(IssueKind::Supplement, None, Lang::ZhHans), "2026年增刊");
        assert_eq!(line(IssueKind::Special, Some("9"), Lang::ZhHant), "2026年第9期（專號）");
        assert_eq!(line(IssueKind::FirstHalf, Some("9"), Lang::ZhHans), "2026年第9期（上半月）");
        assert_eq!(line(IssueKind::Special, Some("9"), Lang::En), "Issue 9, 2026, Special issue");
    }
}
