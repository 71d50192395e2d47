//! How things look: a theme's grid, roles, inks and templates.
//!
//! In: a theme as its file states it ([`Spec`], which `read` fills) and the page and type setup. Out: [`Theme`], which
//! layout and the EPUB's style sheet read.

mod builtin;
mod colour;
mod grid;
mod parts;
mod role;
mod roles;
mod spec;
mod theme;

pub use builtin::{BUILTIN, Builtin, DEFAULT, builtin};
pub use colour::swatch;
pub use grid::Grid;
pub use parts::{
    Contents, Cover, Credits, Figures, Furniture, Opener, OpenerTemplate, SectionStyle, Side, Template, Text,
};
pub use role::{Align, Pitch, Role};
pub use roles::{ROLES, Roles};
pub use spec::{PageSpec, RoleSpec, Size, Spec};
pub use theme::Theme;
