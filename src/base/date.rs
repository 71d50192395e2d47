//! Calendar dates from the manifest. There is no clock in this crate.

use std::fmt;
use std::str::FromStr;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Date { year, month, day })
    }

    /// The same day some months later, or the last of a shorter month.
    pub fn plus_months(self, months: u32) -> Option<Date> {
        let all = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        let (year, month) = (u16::try_from(all / 12).ok()?, (all % 12) as u8 + 1);
        (1..=self.day).rev().find_map(|day| Date::new(year, month, day))
    }

    /// Some days later.
    pub fn plus_days(self, days: u32) -> Option<Date> {
        (0..days).try_fold(self, |date, _| {
            let (year, month) = (date.year, date.month);
            Date::new(year, month, date.day + 1)
                .or_else(|| Date::new(year, month + 1, 1))
                .or_else(|| Date::new(year.checked_add(1)?, 1, 1))
        })
    }

    /// The day that holds `seconds` after 1970-01-01T00:00:00Z (SOURCE_DATE_EPOCH).
    pub fn from_epoch(seconds: u64) -> Option<Date> {
        let mut days = seconds / 86_400;
        let mut year = 1970_u16;
        loop {
            let length = if Date::new(year, 2, 29).is_some() { 366 } else { 365 };
            if days < length {
                break;
            }
            days -= length;
            year = year.checked_add(1)?;
        }
        let mut month = 1;
        while Date::new(year, month, 1).is_some() {
            let length = (28..=31).rev().find(|d| Date::new(year, month, *d).is_some())? as u64;
            if days < length {
                return Date::new(year, month, days as u8 + 1);
            }
            days -= length;
            month += 1;
        }
        None
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = ();
    /// `2026-09-15` or `2026年9月15日`.
    fn from_str(s: &str) -> Result<Date, ()> {
        let plain: String =
            s.trim().chars().map(|c| if matches!(c, '年' | '月' | '/' | '.') { '-' } else { c }).collect();
        let parts: Vec<&str> = plain.trim_end_matches('日').split('-').collect();
        let [y, m, d] = parts[..] else { return Err(()) };
        Date::new(y.parse().map_err(|_| ())?, m.parse().map_err(|_| ())?, d.parse().map_err(|_| ())?).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_parse_and_refuse_the_impossible() {
        assert_eq!("2026-09-15".parse(), Ok(Date { year: 2026, month: 9, day: 15 }));
        assert_eq!("2026年9月15日".parse::<Date>(), "2026-09-15".parse());
        for bad in ["2025-02-29", "2026-13-01", "2026-9", "today", ""] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn months_and_days_are_added_by_the_calendar() {
        let day = |y, m, d| Date::new(y, m, d).unwrap();
        assert_eq!(day(2026, 1, 31).plus_months(1), Date::new(2026, 2, 28));
        assert_eq!(day(2026, 11, 15).plus_months(2), Date::new(2027, 1, 15));
        assert_eq!(day(2026, 12, 28).plus_days(7), Date::new(2027, 1, 4));
        assert_eq!(day(2028, 2, 28).plus_days(1), Date::new(2028, 2, 29));
    }

    #[test]
    fn epochs_become_days() {
        assert_eq!(Date::from_epoch(0), Date::new(1970, 1, 1));
        assert_eq!(Date::from_epoch(1_709_164_800), Date::new(2024, 2, 29));
    }
}
