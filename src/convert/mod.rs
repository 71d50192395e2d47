//! Raw material into clean articles, and one source into its editions.
//!
//! [`clean`] mends marks and blanks of a manuscript (N1–N18).

pub mod clean;
pub mod han;
pub mod script;
