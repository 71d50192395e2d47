//! What the plant asks for, and what no plant can do without.

use crate::base::Len;
use crate::profile::Plates;

/// The limits of `[print]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Below it a photo is an error.
    pub min_ppi: u32,
    /// Below it a warning.
    pub want_ppi: u32,
    /// Total ink in percent.
    pub max_ink: u32,
    /// Black text overprints.
    pub overprint: bool,
    pub inside: Plates,
    /// RGB can't stay RGB (PDF/X-1a), though the manifest asks for it.
    pub rgb_refused: bool,
    /// The file may have live transparency.
    pub transparency: bool,
    /// For the printer: what he should merely know is told too.
    pub last: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            min_ppi: 200,
            want_ppi: 300,
            max_ink: 300,
            overprint: true,
            inside: Plates::Cmyk,
            rgb_refused: false,
            transparency: true,
            last: false,
        }
    }
}

/// Bleed that is usual, and the least that a guillotine forgives.
pub const BLEED: Len = Len::mm(300);
pub const BLEED_LEAST: Len = Len::mm(200);

/// From text to a trimmed edge; saddle-stitched sheets creep less than three millimetres but are trimmed as one.
pub const SAFE: Len = Len::mm(500);
pub const SAFE_SADDLE: Len = Len::mm(300);
/// From text to the spine of a glued book, which doesn't lie flat.
pub const SAFE_GUTTER: Len = Len::mm(1000);

/// 七号, the smallest type that is printed; 六号 for text that is read at length.
pub const TYPE_LEAST: Len = Len::pt(525);
pub const BODY_LEAST: Len = Len::pt(788);
/// Song in white on a ground: its hairlines fill with ink.
pub const REVERSED_SONG: Len = Len::pt(800);
/// White type on more than one ink: a plate that is off by a tenth of a millimetre closes it.
pub const REVERSED: Len = Len::pt(600);
/// Text up to this size is set in black alone if it is meant to be black.
pub const SMALL_TEXT: Len = Len::pt(1200);

pub const HAIRLINE: Len = Len::pt(25);
/// A rule in a tint is a row of dots.
pub const TINTED_RULE: Len = Len::pt(50);

/// More sheets than this can't be folded into each other; paper decides (64 to 80).
pub const SADDLE_MOST: usize = 64;
/// Fewer pages than this give glue no spine.
pub const PERFECT_LEAST: usize = 40;
