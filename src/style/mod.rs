//! How things look: a theme's grid, roles and inks.
//!
//! In: the manifest's page and type setup. Out: [`Theme`], which layout and the EPUB's style sheet read.

mod role;
mod theme;

pub use role::{Pitch, Role};
pub use theme::{Grid, Roles, Theme};
