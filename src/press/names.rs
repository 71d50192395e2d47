//! The names of conventions as the manifest and the command line write them.

use crate::doc::{Kinsoku, PunctuationStyle};
use crate::text::Standing;

pub fn kinsoku(name: &str) -> Option<Kinsoku> {
    Some(match name {
        "none" => Kinsoku::None,
        "basic" => Kinsoku::Basic,
        "gb" => Kinsoku::Gb,
        "strict" => Kinsoku::Strict,
        _ => return None,
    })
}

pub fn punctuation(name: &str) -> Option<PunctuationStyle> {
    Some(match name {
        "fixed" => PunctuationStyle::Fixed,
        "fixed+brackets" => PunctuationStyle::FixedBrackets,
        "quanjiao" => PunctuationStyle::Quanjiao,
        "hangmo" => PunctuationStyle::Hangmo,
        "kaiming" => PunctuationStyle::Kaiming,
        "banjiao" => PunctuationStyle::Banjiao,
        "tight" => PunctuationStyle::Tight,
        _ => return None,
    })
}

pub fn standing(name: &str) -> Option<Standing> {
    Some(match name {
        "mid-line" => Standing::MidLine,
        "line-start" | "paragraph-start" => Standing::LineStart,
        "line-end" => Standing::LineEnd,
        _ => return None,
    })
}
