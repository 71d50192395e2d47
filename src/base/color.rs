//! Inks: what a page item is printed with is a name; the writer resolves it for its colour space.

use super::span::Span;

/// An index into the theme's swatches (`style::Theme::swatches`), carried to the writer in `page::Book::inks`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ink(pub u8);

impl Ink {
    /// The text ink: K alone in print, black on screen.
    pub const BLACK: Ink = Ink(0);
    /// Paper showing through: nothing printed.
    pub const PAPER: Ink = Ink(1);
}

/// One ink in each colour space a writer may want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swatch {
    pub name: String,
    /// C, M, Y, K in percent.
    pub cmyk: [u8; 4],
    /// sRGB.
    pub rgb: [u8; 3],
    /// Where the issue's own theme states it.
    pub written: Option<Span>,
}
