//! Inks in the colour space of a page: what the profile and the page's plates make of a swatch.
//!
//! In: the book's swatches and the profile. Out: [`Paint`], and its operators.

use crate::base::{Ink, Swatch};
use crate::profile::{InkSpace, Plates, Profile};
use crate::style::Theme;
use printpdf::{Cmyk, Color, DictItem, Greyscale, Op, Rgb};

/// The resource name of the spot colour's `[/Separation …]`.
pub const SPOT: &str = "Spot";

/// What large areas of black are printed with: K alone looks grey on a whole page. 200 % of ink.
const RICH_BLACK: [u8; 4] = [40, 30, 30, 100];

/// The colour of something that is painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    Device(Color),
    /// A share of the spot colour.
    Spot(f32),
}

/// The inks of a file, and what a page is printed with.
#[derive(Clone, Copy)]
pub struct Inks<'a> {
    pub swatches: &'a [Swatch],
    pub profile: &'a Profile,
    pub plates: Plates,
}

impl Inks<'_> {
    /// `tint` percent of an ink. An ink without a swatch is black: nothing of a page may go unseen.
    pub fn paint(&self, ink: Ink, tint: u8) -> Paint {
        let tint = u32::from(tint.min(100));
        let swatch = self.swatches.get(usize::from(ink.0));
        if self.profile.inks == InkSpace::Rgb {
            return Paint::Device(screen(swatch.map_or([0; 3], |s| s.rgb), tint));
        }
        let spot = self.profile.spot.is_some() && self.plates != Plates::Black;
        if spot && ink == Theme::ACCENT {
            return Paint::Spot(share(tint, 100));
        }
        let cmyk = swatch.map_or([0, 0, 0, 100], |s| s.cmyk);
        Paint::Device(if self.plates == Plates::Cmyk { separated(cmyk, tint) } else { grey(cmyk, tint) })
    }

    /// An area wider and higher than ten millimetres: solid black of four inks where there are four plates.
    pub fn area(&self, ink: Ink, tint: u8) -> Paint {
        let four = self.profile.inks == InkSpace::Cmyk && self.plates == Plates::Cmyk;
        let black = self.swatches.get(usize::from(ink.0)).is_some_and(|s| s.cmyk == [0, 0, 0, 100]);
        if four && black && tint >= 100 {
            return Paint::Device(separated(RICH_BLACK, 100));
        }
        self.paint(ink, tint)
    }
}

impl Paint {
    /// The operators that make it the colour of fills.
    pub fn fill(&self) -> Vec<Op> {
        match self {
            Paint::Device(col) => vec![Op::SetFillColor { col: col.clone() }],
            Paint::Spot(share) => vec![Op::SetColorSpaceFill { id: SPOT.into() }, tint("scn", *share)],
        }
    }

    /// The operators that make it the colour of strokes.
    pub fn stroke(&self) -> Vec<Op> {
        match self {
            Paint::Device(col) => vec![Op::SetOutlineColor { col: col.clone() }],
            Paint::Spot(share) => vec![Op::SetColorSpaceStroke { id: SPOT.into() }, tint("SCN", *share)],
        }
    }
}

/// `scn` and `SCN` with one number; printpdf has no type for a separation's tint.
pub fn tint(key: &str, share: f32) -> Op {
    Op::Unknown { key: key.into(), value: vec![DictItem::Real(share)] }
}

fn separated(cmyk: [u8; 4], tint: u32) -> Color {
    let [c, m, y, k] = cmyk.map(|v| share(u32::from(v.min(100)) * tint, 10_000));
    Color::Cmyk(Cmyk::new(c, m, y, k, None))
}

/// As dark in black as the ink is (ISO 32000-1 §10.3.5: luminance of the inks' complements).
fn grey(cmyk: [u8; 4], tint: u32) -> Color {
    let [c, m, y, k] = cmyk.map(|v| u32::from(v.min(100)));
    let dark = (30 * c + 59 * m + 11 * y + 100 * k).min(10_000);
    Color::Greyscale(Greyscale::new(share(1_000_000 - dark * tint, 1_000_000), None))
}

fn screen(rgb: [u8; 3], tint: u32) -> Color {
    let [r, g, b] = rgb.map(|v| share(255 * 100 - (255 - u32::from(v)) * tint, 25_500));
    if r == g && g == b {
        return Color::Greyscale(Greyscale::new(r, None));
    }
    Color::Rgb(Rgb::new(r, g, b, None))
}

/// Three decimals: finer than eight bits, and short.
fn share(n: u32, of: u32) -> f32 {
    let (n, of) = (u64::from(n), u64::from(of));
    ((n * 1000 + of / 2) / of) as f32 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swatches() -> Vec<Swatch> {
        let black = Swatch { name: "black".into(), cmyk: [0, 0, 0, 100], rgb: [0, 0, 0], ..Swatch::default() };
        let red = Swatch { name: "red".into(), cmyk: [0, 90, 80, 10], rgb: [200, 40, 30], ..Swatch::default() };
        vec![black.clone(), black, red]
    }

    fn paint(profile: &Profile, plates: Plates, ink: Ink, tint: u8) -> Vec<f32> {
        let swatches = swatches();
        match (Inks { swatches: &swatches, profile, plates }).paint(ink, tint) {
            Paint::Device(color) => color.into_vec(),
            Paint::Spot(share) => vec![f32::INFINITY, share],
        }
    }

    #[test]
    fn black_is_k_in_print_and_grey_on_screen() {
        assert_eq!(paint(&Profile::PDF_X4, Plates::Cmyk, Ink::BLACK, 100), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(paint(&Profile::SCREEN, Plates::Cmyk, Ink::BLACK, 100), [0.0]);
    }

    #[test]
    fn a_tint_is_a_share_of_the_ink() {
        assert_eq!(paint(&Profile::PDF_X4, Plates::Cmyk, Ink(2), 50), [0.0, 0.45, 0.4, 0.05]);
        assert_eq!(paint(&Profile::SCREEN, Plates::Cmyk, Ink(2), 0), [1.0]);
    }

    #[test]
    fn an_ink_without_a_swatch_is_black() {
        assert_eq!(paint(&Profile::PDF_X4, Plates::Cmyk, Ink(9), 100), [0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn one_plate_has_greys_and_two_have_the_spot_colour() {
        let spot = Profile { spot: Some("PANTONE 348 C".into()), ..Profile::PDF_X4 };
        assert_eq!(paint(&spot, Plates::Black, Ink::BLACK, 100), [0.0]);
        assert_eq!(paint(&spot, Plates::Black, Theme::ACCENT, 100), [0.281], "as dark as the red is");
        assert_eq!(paint(&spot, Plates::BlackAndSpot, Theme::ACCENT, 40), [f32::INFINITY, 0.4]);
        assert_eq!(paint(&spot, Plates::BlackAndSpot, Ink::BLACK, 30), [0.7]);
    }

    #[test]
    fn only_areas_are_of_rich_black() {
        let swatches = swatches();
        let area = |profile: &Profile, plates, ink, tint| match (Inks { swatches: &swatches, profile, plates })
            .area(ink, tint)
        {
            Paint::Device(color) => color.into_vec(),
            Paint::Spot(_) => vec![],
        };
        assert_eq!(area(&Profile::PDF_X4, Plates::Cmyk, Ink::BLACK, 100), [0.4, 0.3, 0.3, 1.0]);
        assert_eq!(area(&Profile::PDF_X4, Plates::Cmyk, Ink::BLACK, 50), [0.0, 0.0, 0.0, 0.5]);
        assert_eq!(area(&Profile::PDF_X4, Plates::Black, Ink::BLACK, 100), [0.0]);
        assert_eq!(area(&Profile::SCREEN, Plates::Cmyk, Ink::BLACK, 100), [0.0]);
    }
}
