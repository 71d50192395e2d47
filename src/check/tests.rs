//! Findings of pages made by hand, where no issue can be wrong in this way.
