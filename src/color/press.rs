//! A printing condition: the output profile of a press, read.

use super::lab::{D50, lab, luminance};
use super::lut::Lut;
use moxcms::{ColorProfile, DataColorSpace, ProfileClass};

/// Why a file is no profile that photos can be separated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Not an ICC profile, or a damaged one.
    Unreadable,
    /// Not the profile of an output device (`prtr`) in CMYK.
    NotAPress,
    /// It lacks the tables of the relative colorimetric intent, or has them in a form other than lut8 and lut16.
    NoTables,
}

/// Colours to inks and back.
pub struct Press {
    to_inks: Lut,
    to_lab: Lut,
    /// The luminance of its darkest neutral.
    black: f64,
}

impl Press {
    pub fn open(icc: &[u8]) -> Result<Press, Unfit> {
        let profile = ColorProfile::new_from_slice(icc).map_err(|_| Unfit::Unreadable)?;
        if profile.profile_class != ProfileClass::OutputDevice
            || profile.color_space != DataColorSpace::Cmyk
            || profile.pcs != DataColorSpace::Lab
        {
            return Err(Unfit::NotAPress);
        }
        // A profile of one intent has its table under the first (ICC.1:2010 §9.2.26).
        let back = profile.lut_b_to_a_colorimetric.as_ref().or(profile.lut_b_to_a_perceptual.as_ref());
        let forth = profile.lut_a_to_b_colorimetric.as_ref().or(profile.lut_a_to_b_perceptual.as_ref());
        let (to_inks, to_lab) = (Lut::new(back, 3, 4), Lut::new(forth, 4, 3));
        let mut press = to_inks.zip(to_lab).map(|(to_inks, to_lab)| Press { to_inks, to_lab, black: 0.0 });
        if let Some(press) = &mut press {
            // As dark as it gets without a cast; no press prints lighter than half (Adobe, black-point compensation §4).
            let darkest = press.lab(press.inks([0.0; 3]))[0];
            press.black = luminance(darkest.clamp(0.0, 50.0));
        }
        press.ok_or(Unfit::NoTables)
    }

    /// C, M, Y, K, shares of one, for L*a*b*.
    pub fn inks(&self, [l, a, b]: [f64; 3]) -> [f64; 4] {
        let point = if self.to_inks.wide {
            [l * 652.8, (a + 128.0) * 256.0, (b + 128.0) * 256.0].map(|v| v / 65535.0)
        } else {
            [l / 100.0, (a + 128.0) / 255.0, (b + 128.0) / 255.0]
        };
        self.to_inks.at(point)
    }

    /// L*a*b* of inks.
    pub fn lab(&self, inks: [f64; 4]) -> [f64; 3] {
        let [l, a, b] = self.to_lab.at(inks);
        if self.to_lab.wide {
            let [l, a, b] = [l, a, b].map(|v: f64| v * 65535.0);
            [l / 652.8, a / 256.0 - 128.0, b / 256.0 - 128.0]
        } else {
            [l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0]
        }
    }

    /// Inks for a colour of a source whose black is black: luminances are brought between the paper and the darkest print.
    pub fn compensated(&self, xyz: [f64; 3]) -> [f64; 4] {
        let brought = [0, 1, 2].map(|i| xyz[i] * (1.0 - self.black) + D50[i] * self.black);
        self.inks(lab(brought))
    }

    /// The light of a print as a source whose black is black has it: what [`Self::compensated`] undoes.
    pub fn stretched(&self, xyz: [f64; 3]) -> [f64; 3] {
        [0, 1, 2].map(|i| (xyz[i] - D50[i] * self.black) / (1.0 - self.black))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::{FOGRA39, SRGB};

    fn fogra() -> Press {
        Press::open(FOGRA39).expect("the shipped profile")
    }

    /// The values that the characterisation data gives solids of FOGRA39: black ink alone, cyan, magenta and yellow
    /// (ISO 12647-2:2004/Amd 1, table 3, on white backing as measured there: within 4 of each).
    #[test]
    fn solids_have_the_colours_of_the_standard() {
        // Relative to the paper, whose own L* is 95: solids of the standard are lighter by up to 5 here.
        for (inks, [l, a, b]) in [
            ([0.0, 0.0, 0.0, 1.0], [16.0, 0.0, 0.0]),
            ([1.0, 0.0, 0.0, 0.0], [55.0, -37.0, -50.0]),
            ([0.0, 1.0, 0.0, 0.0], [48.0, 74.0, -3.0]),
            ([0.0, 0.0, 1.0, 0.0], [89.0, -5.0, 93.0]),
        ] {
            let found = fogra().lab(inks);
            assert!(
                (found[0] - l).abs() < 7.0 && (found[1] - a).abs() < 7.0 && (found[2] - b).abs() < 9.0,
                "{inks:?}: {found:?}"
            );
        }
    }

    #[test]
    fn paper_is_white_and_no_colour_has_more_ink_than_the_profile_allows() {
        let press = fogra();
        assert!(press.compensated(D50).iter().all(|v| *v < 0.005), "{:?}", press.compensated(D50));
        for i in 0..=20 {
            let l = f64::from(i) * 5.0;
            let total: f64 = press.inks([l, 0.0, 0.0]).iter().sum();
            assert!(total < 3.06, "L* {l}: {total}");
        }
        let black = press.compensated([0.0; 3]);
        assert!(black[3] > 0.85 && black.iter().sum::<f64>() > 2.5, "{black:?}");
    }

    #[test]
    fn what_is_no_press_is_refused() {
        assert_eq!(Press::open(b"not a profile").err(), Some(Unfit::Unreadable));
        assert_eq!(Press::open(SRGB).err(), Some(Unfit::NotAPress));
    }
}
