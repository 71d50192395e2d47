//! Files: what a finished book becomes.
//!
//! In: `doc::Issue`, `page::Book` and the font library. Out: the bytes of one format.

pub mod epub;
