//! 期刊: compiles a directory of articles and captioned photos into a print PDF, a screen PDF and an EPUB.

pub mod base;
pub mod doc;
pub mod font;
pub mod page;
pub mod write;
