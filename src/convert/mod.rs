//! Raw material into clean articles, and one source into its editions.
//!
//! [`clean`] mends marks and blanks of a manuscript (N1–N18).

pub mod archive;
pub mod clean;
pub mod han;
pub mod import;
pub mod repair;
pub mod script;
