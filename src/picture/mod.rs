//! Picture files as pixels and as paths, and back to the bytes that an output wants.
//!
//! In: a file's bytes and what `read` found in its header. Out: [`Pixels`], a [`Drawing`], a [`PlacedPage`], or — by one [`Recipe`] for all
//! outputs — a [`Developed`] picture. [`Darkroom`] develops many at once, within a bound on memory, and remembers the results
//! from one run to the next.
//!
//! ```text
//! bytes ─ decode ─▶ Pixels ─ resized ─ upright ─ to_srgb or to_inks ─ encode ─▶ Developed
//! ```

mod cache;
mod color;
mod darkroom;
mod decode;
mod drawing;
mod encode;
pub mod jpeg;
mod pixels;
mod placed;
mod plates;
mod recipe;

pub use cache::Cache;
pub use darkroom::Darkroom;
pub use decode::MOST_PIXELS;
pub use drawing::{Drawing, Unset};
pub use pixels::{Kind, Pixels};
pub use placed::{Facts, Obstacle, PlacedPage, PlacedPhoto, Standard, Unplaceable};
pub use recipe::{Coding, Developed, Inks, Recipe};
