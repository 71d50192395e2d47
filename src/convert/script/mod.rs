//! Simplified and Traditional, and the forms of Taiwan and Hong Kong.
//!
//! In: text and two languages. Out: text, and what changed by phrase. Characters by OpenCC's tables (assets/opencc, Apache
//! 2.0) with forward maximum match, exceptions of ours, words to keep, then marks by region (R16). Vocabulary (信息 → 資訊) is
//! replaced only when asked for.

mod chain;
mod doubt;
mod guess;
mod marks;
mod table;

pub use chain::{Changes, Converter, Options, phrases};
pub use doubt::has_several_forms;
pub use guess::guess;
