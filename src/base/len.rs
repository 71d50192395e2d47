//! Lengths: integers all the way from the manifest to the writer, so that a layout is the same on every machine.
//!
//! `"15.75pt".parse::<Len>()` is `Len::from_raw(16128)`: 1/1024 pt, rounded half to even.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

/// A length in 1/1024 pt (1 pt = 1/72 in). 2³¹ of them are 740 m.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Len(i32);

impl Len {
    pub const ZERO: Len = Len(0);
    pub const MAX: Len = Len(i32::MAX);

    pub const fn from_raw(raw: i32) -> Self {
        Len(raw)
    }
    pub const fn raw(self) -> i32 {
        self.0
    }
    /// `hundredths` of a point: `Len::pt(1575)` is 15.75 pt.
    pub const fn pt(hundredths: i32) -> Self {
        Len(div_round_i64(hundredths as i64 * 1024, 100) as i32)
    }
    /// `hundredths` of a millimetre: `Len::mm(21000)` is 210 mm.
    pub const fn mm(hundredths: i32) -> Self {
        Len(div_round_i64(hundredths as i64 * 1024 * 72, 2540) as i32)
    }
    /// `self · num / den`, rounded half to even.
    pub const fn scale(self, num: i32, den: i32) -> Self {
        Len(div_round_i64(self.0 as i64 * num as i64, den as i64) as i32)
    }
    /// Points for a writer; layout never calls this.
    pub fn to_pt(self) -> f32 {
        self.0 as f32 / 1024.0
    }
    /// Hundredths of a millimetre, for reports.
    pub fn to_mm_hundredths(self) -> i32 {
        div_round_i64(self.0 as i64 * 2540, 72 * 1024) as i32
    }
    pub fn abs(self) -> Self {
        Len(self.0.abs())
    }
    /// How many whole `unit`s fit.
    pub const fn count(self, unit: Len) -> i32 {
        self.0 / unit.0
    }
    /// How many `unit`s cover this length.
    pub const fn count_up(self, unit: Len) -> i32 {
        (self.0 + unit.0 - 1) / unit.0
    }
}

const fn div_round_i64(n: i64, d: i64) -> i64 {
    let (q, r) = (n.div_euclid(d), n.rem_euclid(d));
    match (2 * r).checked_sub(d) {
        Some(0) => q + (q & 1),
        Some(x) if x > 0 => q + 1,
        _ => q,
    }
}

impl Add for Len {
    type Output = Len;
    fn add(self, o: Len) -> Len {
        Len(self.0 + o.0)
    }
}
impl Sub for Len {
    type Output = Len;
    fn sub(self, o: Len) -> Len {
        Len(self.0 - o.0)
    }
}
impl Neg for Len {
    type Output = Len;
    fn neg(self) -> Len {
        Len(-self.0)
    }
}
impl Mul<i32> for Len {
    type Output = Len;
    fn mul(self, n: i32) -> Len {
        Len(self.0 * n)
    }
}
impl Div<i32> for Len {
    type Output = Len;
    fn div(self, n: i32) -> Len {
        Len(self.0 / n)
    }
}
impl AddAssign for Len {
    fn add_assign(&mut self, o: Len) {
        self.0 += o.0
    }
}
impl SubAssign for Len {
    fn sub_assign(&mut self, o: Len) {
        self.0 -= o.0
    }
}
impl Sum for Len {
    fn sum<I: Iterator<Item = Len>>(it: I) -> Len {
        it.fold(Len::ZERO, Add::add)
    }
}

impl fmt::Display for Len {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let h = div_round_i64(self.0 as i64 * 100, 1024);
        write!(f, "{}{}.{:02}pt", if h < 0 { "-" } else { "" }, h.abs() / 100, h.abs() % 100)
    }
}

/// Chinese type sizes by name (号数制), in hundredths of a point, as printers in China use them.
const CHINESE_SIZES: [(&str, i32); 16] = [
    ("初号", 4200),
    ("小初", 3600),
    ("一号", 2600),
    ("小一", 2400),
    ("二号", 2200),
    ("小二", 1800),
    ("三号", 1600),
    ("小三", 1500),
    ("四号", 1400),
    ("小四", 1200),
    ("五号", 1050),
    ("小五", 900),
    ("六号", 750),
    ("小六", 650),
    ("七号", 550),
    ("八号", 500),
];

impl FromStr for Len {
    type Err = ();
    /// `"20mm"`, `"9pt"`, `"12.5 Q"` (¼ mm), `"1cm"`, `"1in"`, `"五号"`. Units of the text (`em`, `lines`) are the caller's.
    fn from_str(s: &str) -> Result<Len, ()> {
        let s = s.trim();
        if let Some((_, h)) = CHINESE_SIZES.iter().find(|(name, _)| *name == s) {
            return Ok(Len::pt(*h));
        }
        let cut = s.find(|c: char| c.is_ascii_alphabetic()).ok_or(())?;
        let (number, unit) = (s[..cut].trim(), &s[cut..]);
        let (num, den) = decimal(number)?;
        let (a, b): (i64, i64) = match unit {
            "pt" => (1024, 1),
            "mm" => (1024 * 72 * 10, 254),
            "cm" => (1024 * 72 * 100, 254),
            "in" => (1024 * 72, 1),
            "Q" | "q" => (1024 * 72 * 10, 254 * 4),
            _ => return Err(()),
        };
        let raw = div_round_i64(num.checked_mul(a).ok_or(())?, den * b);
        i32::try_from(raw).map(Len).map_err(|_| ())
    }
}

/// `"15.75"` as (1575, 100).
fn decimal(s: &str) -> Result<(i64, i64), ()> {
    let (sign, digits) = s.strip_prefix('-').map_or((1, s), |d| (-1, d));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 6 || whole.len() > 7 || (whole.is_empty() && part.is_empty()) {
        return Err(());
    }
    let all: String = [whole, part].concat();
    let n: i64 = all.parse().map_err(|_| ())?;
    if !all.bytes().all(|b| b.is_ascii_digit()) {
        return Err(());
    }
    Ok((sign * n, 10_i64.pow(part.len() as u32)))
}

/// A share of the type size, in 1/1000 em.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(pub i32);

impl Em {
    pub const ZERO: Em = Em(0);
    pub const EIGHTH: Em = Em(125);
    pub const QUARTER: Em = Em(250);
    pub const HALF: Em = Em(500);
    pub const ONE: Em = Em(1000);

    pub const fn of(self, size: Len) -> Len {
        size.scale(self.0, 1000)
    }
}

/// A pair along the line (inline) and across the lines (block); `page` alone speaks of x and y.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Logical<T> {
    pub inline: T,
    pub block: T,
}

/// A place on a page: x rightward from the left trim edge, y downward from the top trim edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    pub x: Len,
    pub y: Len,
}

/// A box on a page, in the same axes as [`Point`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    pub x: Len,
    pub y: Len,
    pub width: Len,
    pub height: Len,
}

impl Rect {
    pub const fn new(x: Len, y: Len, width: Len, height: Len) -> Self {
        Rect { x, y, width, height }
    }
    pub fn right(&self) -> Len {
        self.x + self.width
    }
    pub fn bottom(&self) -> Len {
        self.y + self.height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_parse_exactly() {
        assert_eq!("15.75pt".parse(), Ok(Len::from_raw(16128)));
        assert_eq!("210mm".parse(), Ok(Len::mm(21000)));
        assert_eq!("4Q".parse::<Len>(), "1mm".parse());
        assert_eq!("五号".parse(), Ok(Len::pt(1050)));
        for bad in ["", "pt", "9", "9.em", "1..2pt", "1e3pt", "99999999pt", "+-1pt"] {
            assert_eq!(bad.parse::<Len>(), Err(()), "{bad}");
        }
    }

    #[test]
    fn rounding_is_half_to_even() {
        assert_eq!(Len::from_raw(5).scale(1, 2).raw(), 2);
        assert_eq!(Len::from_raw(7).scale(1, 2).raw(), 4);
        assert_eq!(Len::from_raw(-5).scale(1, 2).raw(), -2);
    }

    #[test]
    fn a_millimetre_survives_the_round_trip() {
        assert_eq!(Len::mm(21000).to_mm_hundredths(), 21000);
        assert_eq!(Len::pt(-25).to_string(), "-0.25pt");
    }
}
