#![doc = include_str!("../ARCHITECTURE.md")]
#![forbid(unsafe_code)]

pub mod base;
pub mod check;
pub mod cli;
pub mod color;
pub mod convert;
pub mod doc;
pub mod font;
pub mod layout;
pub mod page;
pub mod picture;
pub mod press;
pub mod profile;
pub mod read;
pub mod source;
pub mod style;
pub mod text;
pub mod write;
