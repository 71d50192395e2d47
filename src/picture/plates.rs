//! [`Pixels`] in the inks of a press.

use super::pixels::{Kind, Pixels};
use super::recipe::Inks;

impl Pixels {
    /// CMYK or grey, and the opacity apart. Inks that a photo was separated into already are kept, whatever press they are
    /// for: whoever made them meant them; grey stays the grey of its numbers.
    pub fn to_inks(self, inks: &Inks) -> (Pixels, Option<Vec<u8>>) {
        let pixels = if self.kind == Kind::Cmyk && inks.black { self.to_srgb() } else { self };
        let (mut pixels, alpha) = pixels.split_alpha();
        if pixels.kind != Kind::Rgb {
            return (pixels, alpha);
        }
        let icc = pixels.icc.take();
        (pixels.kind, pixels.samples) = if inks.black {
            (Kind::Grey, inks.press.greys(icc.as_deref()).grey(&pixels.samples))
        } else {
            (Kind::Cmyk, inks.press.separation(icc.as_deref()).cmyk(&pixels.samples))
        };
        (pixels, alpha)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::{FOGRA39, Tables};

    #[test]
    fn rgb_is_separated_and_inks_are_kept() {
        let press = Tables::new(FOGRA39).expect("the shipped profile");
        let pixels = |kind, samples| Pixels { size: (1, 1), kind, samples, icc: None };
        let four = Inks { press: &press, black: false };
        let (white, _) = pixels(Kind::Rgb, vec![255; 3]).to_inks(&four);
        assert_eq!((white.kind, white.samples), (Kind::Cmyk, vec![0; 4]));
        let (kept, _) = pixels(Kind::Cmyk, vec![9, 8, 7, 6]).to_inks(&four);
        assert_eq!(kept.samples, [9, 8, 7, 6]);
        let (half, alpha) = pixels(Kind::Rgba, vec![0, 0, 0, 77]).to_inks(&Inks { press: &press, black: true });
        assert_eq!((half.kind, half.samples, alpha), (Kind::Grey, vec![0], Some(vec![77])));
    }
}
