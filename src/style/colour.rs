//! 栏目色: an ink for a section's labels, subheads and rules in the place of the theme's accent.
//!
//! In: the sections of an issue. Out: a theme with their inks, and the theme of one section's articles.

use super::parts::SectionStyle;
use super::theme::Theme;
use crate::base::{Ink, Swatch};
use crate::doc::{Colour, Section};

impl Theme {
    /// The theme with an ink for each section that has a colour; and the names that no swatch of it bears.
    pub fn coloured(mut self, sections: &[Section]) -> (Theme, Vec<String>) {
        let mut unknown = vec![];
        for section in sections {
            let Some(colour) = &section.colour else { continue };
            let Some(ink) = self.ink(colour) else {
                unknown.extend(named(colour));
                continue;
            };
            match self.sections.iter_mut().find(|s| s.name == section.name) {
                Some(style) => style.ink = Some(ink),
                None => {
                    let style = SectionStyle { name: section.name.clone(), ink: Some(ink), ..SectionStyle::default() };
                    self.sections.push(style);
                }
            }
        }
        (self, unknown)
    }

    /// The ink of a colour; one that is no swatch yet becomes one.
    fn ink(&mut self, colour: &Colour) -> Option<Ink> {
        let swatch = match colour {
            Colour::Swatch(name) => {
                let standing = ["black", "paper", "accent", "grey"].iter().position(|n| n == name);
                let at = standing.or(self.swatches.iter().position(|s| s.name == *name))?;
                return Some(Ink(at as u8));
            }
            Colour::Rgb([r, g, b]) => {
                Swatch { name: format!("#{r:02x}{g:02x}{b:02x}"), cmyk: separated([*r, *g, *b]), rgb: [*r, *g, *b] }
            }
            Colour::Cmyk([c, m, y, k]) => {
                Swatch { name: format!("C{c} M{m} Y{y} K{k}"), cmyk: [*c, *m, *y, *k], rgb: mixed([*c, *m, *y, *k]) }
            }
        };
        let at = self.swatches.iter().position(|s| s.name == swatch.name).unwrap_or(self.swatches.len());
        if at == self.swatches.len() {
            self.swatches.push(swatch);
        }
        u8::try_from(at).ok().map(Ink)
    }

    /// The theme with another ink in the place of the accent.
    pub fn accented(mut self, ink: Ink) -> Theme {
        let swap = |of: Ink| if of == Theme::ACCENT { ink } else { of };
        self.roles = self.roles.map(|role| super::Role { ink: swap(role.ink), ..*role });
        self.accent = ink;
        self
    }
}

fn named(colour: &Colour) -> Option<String> {
    if let Colour::Swatch(name) = colour { Some(name.clone()) } else { None }
}

/// The grey part in black, the rest in colours: type in three inks and a black needs no finer separation.
fn separated(rgb: [u8; 3]) -> [u8; 4] {
    let most = rgb.into_iter().max().unwrap_or(0);
    let part = |v: u8| if most == 0 { 0 } else { (u32::from(most - v) * 100 / u32::from(most)) as u8 };
    let black = (u32::from(255 - most) * 100 / 255) as u8;
    [part(rgb[0]), part(rgb[1]), part(rgb[2]), black]
}

fn mixed([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    let left = |v: u8| (255 * (100 - u32::from(v.min(100))) * (100 - u32::from(k.min(100))) / 10_000) as u8;
    [left(c), left(m), left(y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_on_screen_and_in_ink() {
        assert_eq!(separated([0, 0, 0]), [0, 0, 0, 100]);
        assert_eq!(separated([255, 255, 255]), [0, 0, 0, 0]);
        assert_eq!(separated([31, 74, 61]), [58, 0, 17, 70]);
        assert_eq!(mixed([0, 100, 100, 0]), [255, 0, 0]);
        assert_eq!(mixed([0, 0, 0, 100]), [0, 0, 0]);
    }
}
