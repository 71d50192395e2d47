//! An issue becomes a book of pages.
//!
//! In: `doc::Issue`, a theme, the faces. Out: [`page::Book`](crate::page::Book). Each article is set alone, in logical
//! coordinates on the grid (`compose → flow → column`), so that articles may be laid out in any order and in parallel;
//! `bind` alone knows page numbers, left and right. Two passes, no fixpoint: bodies first, then what refers to them.

mod area;
mod article;
mod axes;
mod bind;
mod choice;
mod column;
mod compose;
mod continued;
mod div;
mod drop_cap;
mod extent;
mod figure;
mod filling;
mod fit;
mod flow;
mod marks;
mod matter;
mod opener;
mod order;
mod pages;
mod paint;
mod paper;
mod plate;
mod proofread;
mod set;
mod share;
mod slots;
mod table;
mod wrap;

pub use bind::book;
pub use wrap::wrapped;
