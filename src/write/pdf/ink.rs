//! Inks in the colour space of a file (`profile::InkSpace`).

use crate::base::{Ink, Swatch};
use crate::profile::InkSpace;
use printpdf::{Cmyk, Color, Greyscale, Rgb};

/// The colour of `tint` percent of an ink. An ink without a swatch is black: nothing of a page may go unseen.
pub fn color(inks: &[Swatch], ink: Ink, tint: u8, space: InkSpace) -> Color {
    let (cmyk, rgb) = inks.get(usize::from(ink.0)).map_or(([0, 0, 0, 100], [0, 0, 0]), |s| (s.cmyk, s.rgb));
    let tint = u32::from(tint.min(100));
    match space {
        InkSpace::Cmyk => {
            let [c, m, y, k] = cmyk.map(|v| share(u32::from(v.min(100)) * tint, 10_000));
            Color::Cmyk(Cmyk::new(c, m, y, k, None))
        }
        InkSpace::Rgb => {
            let [r, g, b] = rgb.map(|v| share(255 * 100 - (255 - u32::from(v)) * tint, 25_500));
            if r == g && g == b {
                return Color::Greyscale(Greyscale::new(r, None));
            }
            Color::Rgb(Rgb::new(r, g, b, None))
        }
    }
}

/// Three decimals: finer than eight bits, and short.
fn share(n: u32, of: u32) -> f32 {
    ((n * 1000 + of / 2) / of) as f32 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inks() -> Vec<Swatch> {
        let black = Swatch { name: "black".into(), cmyk: [0, 0, 0, 100], rgb: [0, 0, 0] };
        let red = Swatch { name: "red".into(), cmyk: [0, 90, 80, 10], rgb: [200, 40, 30] };
        vec![black.clone(), black, red]
    }

    #[test]
    fn black_is_k_in_print_and_grey_on_screen() {
        assert_eq!(color(&inks(), Ink::BLACK, 100, InkSpace::Cmyk).into_vec(), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(color(&inks(), Ink::BLACK, 100, InkSpace::Rgb), Color::Greyscale(Greyscale::new(0.0, None)));
    }

    #[test]
    fn a_tint_is_a_share_of_the_ink() {
        assert_eq!(color(&inks(), Ink(2), 50, InkSpace::Cmyk).into_vec(), [0.0, 0.45, 0.4, 0.05]);
        assert_eq!(color(&inks(), Ink(2), 0, InkSpace::Rgb), Color::Greyscale(Greyscale::new(1.0, None)));
    }

    #[test]
    fn an_ink_without_a_swatch_is_black() {
        assert_eq!(color(&[], Ink(9), 100, InkSpace::Cmyk).into_vec(), [0.0, 0.0, 0.0, 1.0]);
    }
}
