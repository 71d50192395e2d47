//! What each output kind wants and permits: a row of answers that a writer asks, never a code path of its own.
//!
//! In: nothing. Out: [`Profile::PRINT`] and [`Profile::SCREEN`]; another kind of PDF is another row.

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

/// What becomes of a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Photos {
    /// The file's own bytes with its own colour profile.
    AsTheyAre,
    /// At most `ppi` pixels per inch of the largest placement, JPEG at `quality` percent; never CMYK.
    Resampled { ppi: u16, quality: u8 },
}

/// A standard that the file says it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// ISO 19005-2, level A.
    PdfA2a,
    /// ISO 14289-1.
    PdfUa1,
}

/// One output kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The file's infix: `slug.print.pdf`.
    pub name: &'static str,
    /// The header's version (ISO 32000-1 §7.5.2).
    pub version: &'static str,
    pub area: Area,
    pub inks: InkSpace,
    /// Text in the black ink prints over what lies below it, so that no white shows where plates shift.
    pub overprint_black: bool,
    pub photos: Photos,
    /// Link annotations. PDF/X forbids them inside the bleed (ISO 15930-7 §6.17).
    pub links: bool,
    pub outline: bool,
    /// A structure tree and marked content (ISO 32000-1 §14.7, §14.8).
    pub tags: bool,
    pub claims: &'static [Claim],
}

impl Profile {
    /// For the printer. It claims no standard yet: that needs the press's output intent.
    pub const PRINT: Profile = Profile {
        name: "print",
        version: "1.6",
        area: Area::Bleed,
        inks: InkSpace::Cmyk,
        overprint_black: true,
        photos: Photos::AsTheyAre,
        links: false,
        outline: false,
        tags: false,
        claims: &[],
    };

    /// For readers.
    pub const SCREEN: Profile = Profile {
        name: "screen",
        version: "1.7",
        area: Area::Trim,
        inks: InkSpace::Rgb,
        overprint_black: false,
        photos: Photos::Resampled { ppi: 200, quality: 85 },
        links: true,
        outline: true,
        tags: true,
        claims: &[Claim::PdfA2a, Claim::PdfUa1],
    };

    pub const ALL: [Profile; 2] = [Profile::PRINT, Profile::SCREEN];

    pub fn claims(&self, claim: Claim) -> bool {
        self.claims.contains(&claim)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 14289-1 §7.1 (tagged), §7.18 (links tagged); ISO 19005-2 §6.2.4.3 (no DeviceCMYK under an RGB intent).
    #[test]
    fn a_row_permits_what_its_claims_need() {
        for row in Profile::ALL.iter().filter(|row| !row.claims.is_empty()) {
            assert!(row.tags, "{}: level A and UA are tagged", row.name);
            assert_eq!(row.inks, InkSpace::Rgb, "{}: its output intent is sRGB", row.name);
            assert_ne!(row.photos, Photos::AsTheyAre, "{}: no CMYK photos", row.name);
        }
    }

    /// ISO 15930-7 §6.17.
    #[test]
    fn a_page_with_bleed_has_no_annotations() {
        assert!(Profile::ALL.iter().all(|row| row.area == Area::Trim || !row.links));
    }
}
