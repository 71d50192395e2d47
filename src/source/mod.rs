//! Source files and what is said about them.
//!
//! In: paths. Out: [`Sources`] (text by [`FileId`](crate::base::FileId), lines, columns), keyed values with spans from
//! TOML and YAML ([`keyed`]), a typed reader over them ([`Fields`]), and findings as text for people ([`render`]).

mod encoding;
mod fields;
mod files;
pub mod keyed;
mod nearest;
pub mod render;

pub use fields::{Codes, Fields, Name, Shape, name, spellings, texts};
pub use files::{SourceFile, Sources};
pub use nearest::nearest;
