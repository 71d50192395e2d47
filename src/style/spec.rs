//! A theme as its file states it, before it is fitted to a page.

use super::parts::{Contents, Cover, Credits, Figures, Furniture, Opener, SectionStyle, Text};
use super::role::{Align, Pitch, Role};
use super::roles::Roles;
use crate::base::{Em, Ink, Len, Swatch};
use crate::doc::Margins;
use crate::font::{Family, OwnFonts, Weight};
use std::str::FromStr;

/// Every value is there: what a file leaves open comes from the theme it starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub name: String,
    pub page: PageSpec,
    /// Black, paper, the accent, the grey, then the theme's own.
    pub swatches: Vec<Swatch>,
    pub roles: Roles<RoleSpec>,
    pub opener: Opener,
    pub text: Text,
    pub figures: Figures,
    pub furniture: Furniture,
    pub cover: Cover,
    pub contents: Contents,
    pub credits: Credits,
    pub sections: Vec<SectionStyle>,
    /// The issue's own fonts and what they stand for.
    pub fonts: OwnFonts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSpec {
    /// On a page 210 mm wide; others in proportion.
    pub margins: Margins,
    /// Columns on pages of at least 200 mm, of at least 160 mm, and on narrower ones.
    pub columns: [u8; 3],
    /// Body size for one, two and three columns.
    pub sizes: [Len; 3],
    /// Line pitch of the grid for one, two and three columns.
    pub pitches: [Len; 3],
    /// Between columns, in em, at least.
    pub gutter: u8,
}

impl PageSpec {
    pub fn size(&self, columns: u8) -> Len {
        self.sizes[usize::from(columns.clamp(1, 3)) - 1]
    }
    pub fn pitch(&self, columns: u8) -> Len {
        self.pitches[usize::from(columns.clamp(1, 3)) - 1]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleSpec {
    pub family: Family,
    pub weight: Weight,
    pub size: Size,
    /// The size is for a page 210 mm wide and follows the page's width: display type.
    pub scales: bool,
    pub pitch: Pitch,
    pub ink: Ink,
    pub tracking: Em,
    pub align: Align,
}

/// A type size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Fixed(Len),
    /// A share of the body's.
    Body(u16, u16),
}

impl RoleSpec {
    /// The role on a page of a given width with a given body size.
    pub fn fit(&self, body: Len, width: Len) -> Role {
        let size = match self.size {
            Size::Fixed(size) => size,
            Size::Body(num, den) => body.scale(i32::from(num), i32::from(den)),
        };
        let size = if self.scales { size.scale(width.raw(), super::grid::NOMINAL_WIDTH.raw()) } else { size };
        Role {
            family: self.family,
            weight: self.weight,
            size,
            pitch: self.pitch,
            ink: self.ink,
            tracking: self.tracking,
            align: self.align,
        }
    }
}

impl FromStr for Size {
    type Err = ();
    /// `"34pt"`, `"五号"`, `"1.05em"` or `"7/6em"` of the body's size.
    fn from_str(s: &str) -> Result<Size, ()> {
        match s.trim().strip_suffix("em") {
            Some(share) => share.trim().parse().map(|Fraction(num, den)| Size::Body(num, den)),
            None => s.parse().map(Size::Fixed),
        }
    }
}

impl FromStr for Pitch {
    type Err = ();
    /// Lines of the grid: `"1"`, `"2/3"`, `"1.5"`.
    fn from_str(s: &str) -> Result<Pitch, ()> {
        let Fraction(lines, of) = s.parse()?;
        Ok(Pitch::new(u8::try_from(lines).map_err(drop)?, u8::try_from(of).map_err(drop)?))
    }
}

/// `"2/3"`, `"1.05"`, in lowest terms and above zero.
struct Fraction(u16, u16);

impl FromStr for Fraction {
    type Err = ();
    fn from_str(s: &str) -> Result<Fraction, ()> {
        let whole = |t: &str| t.trim().parse::<u32>().map_err(drop);
        let (num, den) = match (s.split_once('/'), s.split_once('.')) {
            (Some((a, b)), _) => (whole(a)?, whole(b)?),
            (None, Some((a, b))) if (1..=3).contains(&b.len()) => {
                let den = 10_u32.pow(b.len() as u32);
                (whole(a)?.checked_mul(den).ok_or(())? + whole(b)?, den)
            }
            _ => (whole(s)?, 1),
        };
        let (mut a, mut b) = (num, den);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let fit = |n: u32| u16::try_from(n / a.max(1)).map_err(drop);
        if num == 0 || den == 0 { Err(()) } else { Ok(Fraction(fit(num)?, fit(den)?)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_pitches_are_exact() {
        assert_eq!("7/6em".parse(), Ok(Size::Body(7, 6)));
        assert_eq!("1.05em".parse(), Ok(Size::Body(21, 20)));
        assert_eq!("小五".parse(), Ok(Size::Fixed(Len::pt(900))));
        assert_eq!("2/3".parse(), Ok(Pitch::new(2, 3)));
        assert_eq!("1.5".parse(), Ok(Pitch::new(3, 2)));
        for bad in ["", "0", "1/0", "x", "-1", "1.2345"] {
            assert_eq!(bad.parse::<Pitch>(), Err(()), "{bad}");
        }
    }
}
