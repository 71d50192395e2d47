//! 栏目色: an ink for a section's labels, subheads and rules in the place of the theme's accent.
//!
//! In: the sections of an issue. Out: a theme with their inks, and the theme of one section's articles.

use super::parts::SectionStyle;
use super::theme::Theme;
use crate::base::{Ink, Swatch};
use crate::color;
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
            Colour::Rgb(rgb @ [r, g, b]) => swatch(format!("#{r:02x}{g:02x}{b:02x}"), None, Some(*rgb)),
            Colour::Cmyk(ink @ [c, m, y, k]) => swatch(format!("C{c} M{m} Y{y} K{k}"), Some(*ink), None),
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

/// A colour that may be stated on one side alone, for screens or in inks: the other is what coated paper makes of it.
pub fn swatch(name: String, cmyk: Option<[u8; 4]>, rgb: Option<[u8; 3]>) -> Swatch {
    let (cmyk, rgb) = match (cmyk, rgb) {
        (Some(cmyk), None) => (cmyk, color::seen(cmyk)),
        (None, Some(rgb)) => (color::inks(rgb), rgb),
        (cmyk, rgb) => (cmyk.unwrap_or([0, 0, 0, 100]), rgb.unwrap_or_default()),
    };
    Swatch { name, cmyk, rgb, ..Swatch::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stated_follows_from_what_is() {
        let of = |cmyk, rgb| swatch("a".into(), cmyk, rgb);
        let (pine, ink) = ([31, 74, 61], [80, 40, 65, 35]);
        assert_eq!(of(Some(ink), Some(pine)), Swatch { name: "a".into(), cmyk: ink, rgb: pine, ..Swatch::default() });
        assert_eq!(of(None, Some([0; 3])).cmyk, [0, 0, 0, 100]);
        let [r, g, b] = of(Some(ink), None).rgb;
        assert!(g > r && g > b && g < 110, "a dark green: {r} {g} {b}");
    }
}
