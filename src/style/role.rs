//! A role: how one kind of text is set, wherever it occurs.

use crate::base::{Em, Ink, Len};
use crate::font::{Family, Weight};

/// Type of one kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    pub family: Family,
    pub weight: Weight,
    pub size: Len,
    pub pitch: Pitch,
    pub ink: Ink,
    /// Added after every character. Labels are letterspaced; text never is.
    pub tracking: Em,
    pub align: Align,
}

/// Where lines shorter than their measure stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Center,
}

/// A distance between baselines as a share of the grid's line, so that heights stay whole lines: 2/3 for captions, 3 for a
/// title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pitch {
    pub lines: u8,
    pub of: u8,
}

impl Pitch {
    pub const ONE: Pitch = Pitch { lines: 1, of: 1 };

    pub const fn new(lines: u8, of: u8) -> Self {
        Pitch { lines, of }
    }
    /// A share of it, in whole lines of the grid, one at least.
    pub const fn tightened(self, n: u8, of: u8) -> Self {
        let lines = (self.lines as u16 * n as u16).div_ceil(self.of as u16 * of as u16) as u8;
        if n == of { self } else { Pitch::new(if lines == 0 { 1 } else { lines }, 1) }
    }
    pub const fn of(self, grid_line: Len) -> Len {
        grid_line.scale(self.lines as i32, self.of as i32)
    }
    /// Grid lines that `n` lines of this pitch need.
    pub const fn rows(self, n: usize) -> u16 {
        (n * self.lines as usize).div_ceil(self.of as usize) as u16
    }
}
