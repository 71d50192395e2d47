//! Dates, times and issue numbers as Chinese pages write them.

use crate::base::Date;
use std::ops::Range;

/// A date in a text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub date: Date,
    /// Hours, minutes, seconds.
    pub time: Option<(u8, u8, u8)>,
}

impl Found {
    /// RFC 3339; China's time zone where there is a time (it is assumed, and said so).
    pub fn rfc3339(&self) -> String {
        let Date { year, month, day } = self.date;
        match self.time {
            Some((h, m, s)) => format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}+08:00"),
            None => format!("{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The first date: `2024年08月16日14:52`, `2024-08-16 14:52:10`, `2024/8/16`, `2024.8.16`.
pub fn find(text: &str) -> Option<Found> {
    let starts =
        text.char_indices().filter(|(i, c)| c.is_ascii_digit() && !text[..*i].ends_with(|p: char| p.is_ascii_digit()));
    starts.into_iter().find_map(|(at, _)| date_at(text, at)).or_else(|| english(text))
}

/// `Aug. 16, 2024`, `16 August 2024`.
fn english(text: &str) -> Option<Found> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words = |from: usize| text.split_ascii_whitespace().skip(from);
    let number = |word: &str| word.trim_end_matches([',', '.']).parse::<u16>().ok();
    words(0).zip(words(1)).zip(words(2)).map(|((a, b), c)| [a, b, c]).find_map(|w| {
        let month = |word: &str| {
            let lower = word.trim_end_matches([',', '.']).to_ascii_lowercase();
            MONTHS
                .iter()
                .position(|m| lower.starts_with(m) && lower.len() <= 9 && lower.is_ascii())
                .map(|m| m as u8 + 1)
        };
        let (month, day) = match (month(w[0]), month(w[1])) {
            (Some(m), _) => (m, number(w[1])?),
            (_, Some(m)) => (m, number(w[0])?),
            _ => return None,
        };
        let year = number(w[2]).filter(|y| (1900..2100).contains(y))?;
        let date = Date::new(year, month, u8::try_from(day).ok()?)?;
        let from = w[0].as_ptr() as usize - text.as_ptr() as usize;
        let to = w[2].as_ptr() as usize - text.as_ptr() as usize + w[2].len();
        Some(Found { range: from..to, date, time: None })
    })
}

/// The whole text is a date.
pub fn whole(text: &str) -> Option<Found> {
    let text = super::super::han::trim(text).trim_matches(['（', '）', '(', ')', '[', ']']);
    find(text).filter(|f| f.range == (0..text.len()))
}

fn date_at(text: &str, at: usize) -> Option<Found> {
    let mut scan = Scan { text, at };
    let year: u16 = scan.number(4, 4)?.try_into().ok().filter(|y| (1900..2100).contains(y))?;
    // `2026 09/18`: the year on a line of its own, the day below it.
    let sign = scan.one(&['年', '-', '/', '.', '－', ' '])?;
    scan.blanks();
    let month = scan.number(1, 2)?;
    scan.one(match sign {
        '年' => &['月'],
        ' ' => &['/'],
        _ => std::slice::from_ref(&sign),
    })?;
    scan.blanks();
    let day = scan.number(1, 2)?;
    if sign == '年' {
        scan.one(&['日'])?;
    }
    let date = Date::new(year, month as u8, day as u8)?;
    let end = scan.at;
    scan.blanks();
    scan.one(&['T']);
    match scan.time() {
        Some(time) => Some(Found { range: at..scan.at, date, time: Some(time) }),
        None => Some(Found { range: at..end, date, time: None }),
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl Scan<'_> {
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let taken = (least..=most).contains(&length).then_some(length)?;
        self.at += taken;
        rest[..taken].parse().ok()
    }
    fn one(&mut self, signs: &[char]) -> Option<char> {
        let c = self.text[self.at..].chars().next().filter(|c| signs.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }
    fn blanks(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(super::super::han::is_blank).len();
    }
    fn time(&mut self) -> Option<(u8, u8, u8)> {
        let hour = self.number(1, 2).filter(|h| *h < 24)?;
        self.one(&[':', '：', '时'])?;
        let minute = self.number(2, 2).filter(|m| *m < 60)?;
        let end = self.at;
        let second = self.one(&[':', '：']).and_then(|_| self.number(2, 2)).filter(|s| *s < 60);
        if second.is_none() {
            self.at = end;
            self.one(&['分']);
        }
        Some((hour as u8, minute as u8, second.unwrap_or(0) as u8))
    }
}

/// Year, number and serial of an issue in a text: `2024年第7期（总第123期）`, `2024/16`, `2024年7-8期`.
pub fn issue(text: &str) -> Option<(Option<String>, String, Option<String>)> {
    let text = super::super::han::squeezed(text);
    let digits = |s: &str| {
        s.chars().rev().take_while(char::is_ascii_digit).collect::<String>().chars().rev().collect::<String>()
    };
    if let Some(at) =
        text.find('期').filter(|at| text[..*at].contains('第') || text[..*at].ends_with(|c: char| c.is_ascii_digit()))
    {
        let before = &text[..at];
        let number = before.rsplit('第').next().unwrap_or(before);
        let number = number.rsplit('年').next().unwrap_or(number);
        let number = numeral(number)?;
        let year = before.find('年').map(|y| digits(&before[..y])).filter(|y| y.len() == 4);
        let serial = text[at..]
            .split_once("总第")
            .or_else(|| text[at..].split_once("總第"))
            .and_then(|(_, rest)| rest.split_once('期'));
        return Some((year, number, serial.map(|(n, _)| n.to_string())));
    }
    let (year, number) = text.split_once('/')?;
    let year = digits(year);
    let number: String = number.chars().take_while(char::is_ascii_digit).collect();
    (year.len() == 4 && (1..=2).contains(&number.len()))
        .then(|| (Some(year), number.trim_start_matches('0').to_string(), None))
}

/// `7`, `07`, `7-8`, `七`, `十二`.
fn numeral(text: &str) -> Option<String> {
    if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—' | '、' | '～' | '~')) && !text.is_empty() {
        let parts = text.split(['-', '—', '、', '～', '~']).map(|p| p.trim_start_matches('0'));
        return Some(parts.collect::<Vec<_>>().join("-")).filter(|n| n.len() <= 5 && !n.starts_with('-'));
    }
    let value = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c);
    let n = match text.chars().collect::<Vec<_>>()[..] {
        ['十'] => 10,
        ['十', b] => 10 + value(b)?,
        [a, '十'] => value(a)? * 10,
        [a, '十', b] => value(a)? * 10 + value(b)?,
        [a] => value(a)?,
        _ => return None,
    };
    Some(n.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_of_many_forms() {
        for (text, meant) in [
            ("山行网2024年08月16日14:52", "2024-08-16T14:52:00+08:00"),
            ("2024-08-16 14:52:10 来源", "2024-08-16T14:52:10+08:00"),
            ("2024/8/6", "2024-08-06"),
            ("2024.08.16", "2024-08-16"),
            ("2024年8月16日 9时05分", "2024-08-16T09:05:00+08:00"),
            ("央视网2025 2024年8月16日", "2024-08-16"),
            ("Aug. 16, 2024", "2024-08-16"),
            ("on 16 August 2024", "2024-08-16"),
        ] {
            assert_eq!(find(text).map(|f| f.rfc3339()).as_deref(), Some(meant), "{text}");
        }
        assert!(find("第20240816号、3.5.1、2024年").is_none());
    }

    #[test]
    fn issue_numbers() {
        let of = |text: &str| issue(text).map(|(y, n, s)| (y.unwrap_or_default(), n, s.unwrap_or_default()));
        assert_eq!(of("2024年第07期（总第123期）"), Some(("2024".into(), "7".into(), "123".into())));
        assert_eq!(of("2024年第7-8期"), Some(("2024".into(), "7-8".into(), String::new())));
        assert_eq!(of("第十二期"), Some((String::new(), "12".into(), String::new())));
        assert_eq!(of("《山行》2024/16"), Some(("2024".into(), "16".into(), String::new())));
        assert_eq!(of("两个学期"), None);
    }
}
