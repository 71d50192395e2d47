//! What the manifest asks of the files: print, screen, EPUB, fonts, sign-off, locked pages.

use super::colophon::Entry;
use super::matter::Colour;
use super::photo::PhotoId;
use crate::base::{Len, Span};

/// `[print]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintSetup {
    pub standard: PrintStandard,
    /// A name (`FOGRA39L`) or a path to the printer's ICC profile; None: the built-in one.
    pub output_intent: Option<(String, Span)>,
    /// None: CMYK for mainland periodicals, else as they are.
    pub photos: Option<PhotoColour>,
    /// Below it a photo is an error, below `want_ppi` a warning.
    pub min_ppi: u16,
    pub want_ppi: u16,
    /// Total ink in percent.
    pub max_ink: u16,
    pub black: BlackText,
    pub inner: PartColour,
    pub cover: PartColour,
    /// The spot colour of `k+spot` insides.
    pub spot: Option<SpotColour>,
    /// For the printer's ticket: `157g 铜版`.
    pub paper: Option<String>,
    /// Of one leaf, for the spine's width.
    pub caliper: Option<Len>,
    /// The spine's width; None: from pages and caliper.
    pub spine: Option<Len>,
    pub files: PrintFiles,
}

impl PrintSetup {
    /// The width of a glued spine: as the printer measured it, else from the leaves between the covers, of two pages each.
    pub fn spine_width(&self, pages: usize) -> Option<Len> {
        let inside = pages.saturating_sub(4) as i32;
        self.spine.or(self.caliper.map(|caliper| caliper * inside / 2))
    }
}

impl Default for PrintSetup {
    fn default() -> Self {
        PrintSetup {
            standard: PrintStandard::default(),
            output_intent: None,
            photos: None,
            min_ppi: 200,
            want_ppi: 300,
            max_ink: 300,
            black: BlackText::default(),
            inner: PartColour::default(),
            cover: PartColour::default(),
            spot: None,
            paper: None,
            caliper: None,
            spine: None,
            files: PrintFiles::default(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintStandard {
    Plain,
    #[default]
    PdfX4,
    PdfX1a,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoColour {
    /// Bytes as they are, with their profile.
    Icc,
    Cmyk,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlackText {
    /// K alone, printed over what lies below.
    #[default]
    Overprint,
    Knockout,
}

/// The inks of a part of the magazine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartColour {
    #[default]
    Cmyk,
    K,
    KSpot,
}

/// An ink of its own plate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpotColour {
    /// As the printer knows it: `PANTONE 348 C`.
    pub name: String,
    /// What it looks like, for screen and proofs.
    pub colour: Option<Colour>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PrintFiles {
    #[default]
    One,
    /// Cover and inside apart.
    CoverAndInner,
    /// The cover as one sheet around the book (back, spine, front), the inside apart.
    WrapAndInner,
}

/// `[screen]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenSetup {
    /// What photos are reduced to.
    pub ppi: u16,
    /// Bytes the file should keep below.
    pub budget: Option<u64>,
}

impl Default for ScreenSetup {
    fn default() -> Self {
        ScreenSetup { ppi: 180, budget: None }
    }
}

/// `[epub]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EpubSetup {
    /// A URN of the editor's own; None: made from ISSN or title, year, number, kind, edition.
    pub id: Option<String>,
    pub fonts: EpubFonts,
    /// Another cover than the printed one.
    pub cover: Option<PhotoId>,
    pub pictures: EpubPictures,
    pub budget: Option<u64>,
    /// Who asserts conformance to WCAG 2.2 AA; without it no file claims any.
    pub certified_by: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EpubFonts {
    #[default]
    Subset,
    /// The reader's own fonts.
    None,
}

/// Which readers the pictures are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EpubPictures {
    /// Old ones too: about 3.5 million pixels, JPEG and PNG.
    #[default]
    Wide,
    Full,
}

/// `[fonts]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontsSetup {
    /// The issue's own fonts may go into the EPUB: the editor says that their licence allows it.
    pub epub: bool,
    /// Families to look in before the built-in list when a character is missing.
    pub fallback: Vec<String>,
}

/// `[signoff]`: who must have passed every article before the printer gets the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signoff {
    pub require: Vec<&'static Entry>,
    pub span: Span,
}

/// `[lock]`: pages that are at the printer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Labels and ranges of them, both ends included: `1-48`, `封面`.
    pub pages: Vec<String>,
    pub span: Span,
}

/// An article that lacks roles `[signoff]` requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    /// Index into `Issue::articles`.
    pub article: usize,
    pub roles: Vec<&'static Entry>,
}
