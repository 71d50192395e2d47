//! From styled runs to set lines: `shape → Paragraph → break_lines → set_line`.
//!
//! In: a block's text in its language and typeface. Out: [`Paragraph`] (clusters and gaps) and [`Line`]s. CJK facts live in
//! two tables, [`class`] and [`spacing`]; the breaker reads only gaps.

mod address;
mod adjust;
mod breaking;
mod breaks;
#[cfg(test)]
mod cases;
mod class;
mod emoji;
mod glyphs;
mod grid;
mod hyphenation;
mod paragraph;
#[cfg(test)]
mod properties;
mod ruby;
mod shape;
mod spacing;
mod vertical;
mod zhuyin;

pub use adjust::{Placed, set_line};
pub use breaking::Break;
pub use breaks::{Line, LineShape, break_lines};
pub use class::{Class, is_cjk};
pub use emoji::is_symbol;
pub use paragraph::{Cluster, Gap, PageOf, Paragraph, Ruby, RubyGlyph, RunStyle, Standing};
pub use shape::{Composer, Missing, REPLACEMENT, TextRun, is_private_use};
pub use spacing::Conventions;
pub use vertical::han_number;
