//! What each output kind wants and permits: a row of answers that a writer asks, never a code path of its own.
//!
//! In: nothing. Out: the rows [`Profile::PDF_X4`], [`Profile::PDF_X1A`], [`Profile::SCREEN`] …; another kind of PDF is another
//! row. What the printer asked for (`[print]`) changes single answers of a row.

/// How far a page reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// To the trim: what a reader sees.
    Trim,
    /// Over the bleed, and over a margin for printer's marks where the book wants them.
    Bleed,
}

/// The colour space that inks are resolved in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InkSpace {
    /// DeviceCMYK: the text ink is K alone.
    Cmyk,
    /// sRGB through the output intent; neutral inks are DeviceGray.
    Rgb,
}

/// The plates that a page is printed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Plates {
    #[default]
    Cmyk,
    /// Black alone: inks and photos are DeviceGray.
    Black,
    /// Black, and the theme's accent as a spot colour.
    BlackAndSpot,
}

/// What becomes of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Photos {
    /// The file's own bytes with its own colour profile.
    AsTheyAre,
    /// In the colours of the printing condition: CMYK, JPEG at `quality` percent. Photos that are CMYK or grey already are
    /// passed through.
    Separated { quality: u8 },
    /// At most `ppi` pixels per inch of the largest placement, JPEG at `quality` percent; never CMYK.
    Resampled { ppi: u16, quality: u8 },
}

/// The printing condition that a print file is made for: what the output intent names and embeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Condition {
    /// Offset on coated paper (ISO 12647-2:2004/Amd 1), characterised by FOGRA39L; its profile is in the program.
    #[default]
    Fogra39,
    /// The printer's own profile: its bytes, and its description for those who read the file.
    Own { name: String, icc: Vec<u8> },
}

/// A standard that the file says it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// ISO 15930-7.
    PdfX4,
    /// ISO 15930-4, PDF/X-1a:2003.
    PdfX1a,
    /// ISO 19005-2, level A.
    PdfA2a,
    /// ISO 14289-1.
    PdfUa1,
}

/// One output kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The file's infix: `slug.print.pdf`.
    pub name: &'static str,
    /// The header's version (ISO 32000-1 §7.5.2).
    pub version: &'static str,
    pub area: Area,
    pub inks: InkSpace,
    /// The plates of the inside pages, and of the four cover pages.
    pub inside: Plates,
    pub cover: Plates,
    /// The theme's accent is printed as this spot colour.
    pub spot: Option<String>,
    pub condition: Condition,
    /// Text in the black ink prints over what lies below it, so that no white shows where plates shift.
    pub overprint_black: bool,
    pub photos: Photos,
    /// Soft masks and blending; without them, what would need them is flattened.
    pub transparency: bool,
    /// Link annotations. PDF/X forbids them inside the bleed (ISO 15930-7 §6.17).
    pub links: bool,
    pub outline: bool,
    /// A structure tree and marked content (ISO 32000-1 §14.7, §14.8).
    pub tags: bool,
    pub claims: &'static [Claim],
    /// Two pages on a side of a sheet, in the order that sheets folded into each other bring right.
    pub imposed: bool,
}

impl Profile {
    /// For the printer, without a claim: as PDF/X-4.
    pub const PRINT: Profile = Profile {
        name: "print",
        version: "1.6",
        area: Area::Bleed,
        inks: InkSpace::Cmyk,
        inside: Plates::Cmyk,
        cover: Plates::Cmyk,
        spot: None,
        condition: Condition::Fogra39,
        overprint_black: true,
        photos: Photos::AsTheyAre,
        transparency: true,
        links: false,
        outline: false,
        tags: false,
        claims: &[],
        imposed: false,
    };

    /// For the printer.
    pub const PDF_X4: Profile = Profile { claims: &[Claim::PdfX4], ..Profile::PRINT };

    /// For a printer whose workflow knows no transparency and no colour management.
    pub const PDF_X1A: Profile = Profile {
        version: "1.4",
        photos: Photos::Separated { quality: Profile::PRINT_QUALITY },
        transparency: false,
        claims: &[Claim::PdfX1a],
        ..Profile::PRINT
    };

    /// For readers.
    pub const SCREEN: Profile = Profile {
        name: "screen",
        version: "1.7",
        area: Area::Trim,
        inks: InkSpace::Rgb,
        overprint_black: false,
        photos: Photos::Resampled { ppi: 180, quality: Profile::SCREEN_QUALITY },
        links: true,
        outline: true,
        tags: true,
        claims: &[Claim::PdfA2a, Claim::PdfUa1],
        ..Profile::PRINT
    };

    /// To be printed on both sides in the office, folded and stapled: the issue in the hand before the plant has it.
    pub const SADDLE: Profile = Profile {
        name: "saddle",
        version: "1.7",
        area: Area::Trim,
        inks: InkSpace::Rgb,
        overprint_black: false,
        photos: Photos::Resampled { ppi: 180, quality: Profile::SCREEN_QUALITY },
        imposed: true,
        ..Profile::PRINT
    };

    pub const ALL: [Profile; 5] = [Profile::PRINT, Profile::PDF_X4, Profile::PDF_X1A, Profile::SCREEN, Profile::SADDLE];

    /// Photos made anew for print: the loss is below what a screen of 175 lines shows.
    pub const PRINT_QUALITY: u8 = 95;

    pub const SCREEN_QUALITY: u8 = 82;

    pub fn claims(&self, claim: Claim) -> bool {
        self.claims.contains(&claim)
    }

    /// PDF/X, whichever.
    pub fn is_pdf_x(&self) -> bool {
        self.claims(Claim::PdfX4) || self.claims(Claim::PdfX1a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 14289-1 §7.1 (tagged), §7.18 (links tagged); ISO 19005-2 §6.2.4.3 (no DeviceCMYK under an RGB intent).
    #[test]
    fn a_row_permits_what_its_claims_need() {
        for row in Profile::ALL.iter().filter(|row| row.claims(Claim::PdfA2a) || row.claims(Claim::PdfUa1)) {
            assert!(row.tags, "{}: level A and UA are tagged", row.name);
            assert_eq!(row.inks, InkSpace::Rgb, "{}: its output intent is sRGB", row.name);
            assert!(matches!(row.photos, Photos::Resampled { .. }), "{}: no CMYK photos", row.name);
        }
    }

    /// ISO 15930-4 §6.1 (PDF 1.4), §6.2 (no RGB, no colour profiles but the intent's), §6.3 (no transparency).
    #[test]
    fn pdf_x_1a_has_no_transparency_and_no_rgb() {
        let row = Profile::PDF_X1A;
        assert!(!row.transparency && row.version == "1.4" && matches!(row.photos, Photos::Separated { .. }));
    }

    /// ISO 15930-7 §6.17.
    #[test]
    fn a_page_with_bleed_has_no_annotations() {
        assert!(Profile::ALL.iter().all(|row| row.area == Area::Trim || !row.links));
    }
}
