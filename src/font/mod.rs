//! Faces: which file and index gives which glyphs, and what of it is embedded.
//!
//! In: font files. Out: [`Library`] (faces by family, script and weight), [`Subset`] (the bytes a file embeds).

mod face;
mod library;
mod sfnt;
mod subset;

pub use face::{Face, Metrics};
pub use library::{Coverage, FaceId, Family, Library, LoadError, Weight};
pub use subset::{Subset, subset};
