//! Raw material into clean articles, and one source into its editions.
//!
//! [`import`] reads manuscripts (T1–T13), [`clean`] mends their marks and blanks (N1–N18), [`script`] converts between
//! Simplified and Traditional, [`edition`] does so with an issue, [`repair`] finds what a machine converted badly.

pub mod archive;
pub mod clean;
pub mod edition;
pub mod han;
pub mod import;
pub mod mail;
pub mod repair;
pub mod script;
