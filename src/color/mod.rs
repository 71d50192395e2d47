//! Colours of photos as inks: what a printing condition makes of RGB.
//!
//! In: ICC profiles. Out: [`Press`], a printing condition; [`Separation`] and [`Greys`], tables that turn pixels into its
//! plates in integer arithmetic, the same on every machine; [`Tables`], those of all profiles of an issue's photos;
//! [`inks`] and [`seen`], single colours both ways. Relative colorimetric with black-point compensation: white is
//! the paper, the darkest RGB is the darkest print.

mod lab;
mod lut;
mod press;
mod separation;
mod swatch;
mod tables;

pub use press::{Press, Unfit};
pub use separation::{Greys, Separation};
pub use swatch::{inks, seen};
pub use tables::Tables;

/// The profile of RGB that has none of its own.
pub const SRGB: &[u8] = include_bytes!("../../assets/icc/sRGB.icc");

/// Offset on coated paper, characterised by FOGRA39L.
pub const FOGRA39: &[u8] = include_bytes!("../../assets/icc/FOGRA39L-coated.icc");
