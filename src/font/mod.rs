//! Faces: which file and index gives which glyphs, and what of it is embedded.
//!
//! In: font files. Out: [`OwnFonts`] (those of an issue), [`Library`] (faces by family, script and weight), [`Subset`] (the bytes a PDF embeds),
//! [`standalone()`] (an EPUB's font files).

mod cff;
mod face;
mod features;
mod glyf;
mod library;
mod lookups;
mod own;
mod sfnt;
mod shaper;
mod standalone;
mod subset;

pub use harfrust::font::Blob;

pub use face::{Face, Metrics};
pub use features::Text;
pub use library::{Coverage, FaceId, Family, Library, LoadError, Weight};
pub use own::{OwnFace, OwnFonts, hand};
pub use standalone::standalone;
pub use subset::{Subset, subset, subset_once};
