//! How glyphs stand on a page (the names are those of CSS Writing Modes 4 §5.1).

/// How the glyphs of a run stand and follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Orientation {
    /// Rightward on a baseline.
    #[default]
    Horizontal,
    /// Downward in the middle of a vertical line, each as it is read.
    Upright,
    /// Downward, the whole run turned a quarter clockwise.
    Sideways,
    /// 縱中橫: side by side and upright in one em of a vertical line, each so many percent of its own width.
    Combined(u8),
}

impl Orientation {
    /// Whether glyphs stand as they are read, in a line that runs down.
    pub const fn is_upright(self) -> bool {
        matches!(self, Orientation::Upright | Orientation::Combined(_))
    }
}
