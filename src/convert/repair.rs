//! T13: repair of Traditional text that a machine made from Simplified.

/// What to do about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repair {
    Off,
    /// Report score and places.
    #[default]
    Report,
    /// Write the repaired text.
    Apply,
}
