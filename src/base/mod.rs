//! What every other module may name: lengths, places, languages, inks and findings.
//!
//! In: nothing. Out: value types without behaviour of their own beyond arithmetic and parsing.

mod color;
mod date;
mod diag;
mod kept;
mod lang;
mod len;
mod orientation;
mod parallel;
mod span;
mod token;

pub use color::{Ink, Swatch};
pub use date::Date;
pub use diag::{Axis, Code, Diagnostic, Edit, Label, Place, Report, Severity, Words, words};
pub use kept::keep;
pub use lang::{Convention, Lang, Script, is_bopomofo};
pub use len::{Em, Len, Logical, Point, Rect};
pub use orientation::Orientation;
pub use parallel::in_parallel;
pub use span::{BlockId, FileId, Pos, Span, Spanned};
pub use token::{Token, token};
