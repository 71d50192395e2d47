//! The finishing pass: epub-builder's package, navigation document and NCX → EPUB 3.3 with accessibility.
//!
//! In: the skeleton's texts. Out: the same as XML events, corrected and written again. One function a correction;
//! beside each stands a test of the skeleton itself that fails when epub-builder has mended the defect, so that the
//! pass shrinks (docs/decisions/epub-writer.md).

mod events;
mod nav;
mod ncx;
mod package;

pub use nav::nav;
pub use ncx::ncx;
pub use package::package;
