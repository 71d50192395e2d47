//! Page numbers in the text, set when pages are known.
//!
//! In: a leaf with rooms for them and the label of each target. Out: the same leaf with the labels in their middle. A
//! target that doesn't exist, which the reader of the manuscript has told, leaves a question mark.

use super::paint::Leaf;
use super::set::{Setter, Setting};
use crate::base::{Em, Point};
use crate::style::{Align, Pitch, Role};
use crate::text::LineShape;

pub fn fill(leaf: &mut Leaf, setter: &mut Setter, label: &dyn Fn(&str) -> Option<String>) {
    for slot in std::mem::take(&mut leaf.slots) {
        let of = &slot.of;
        let (size, ink, pitch) = (slot.size, slot.ink, Pitch::ONE);
        let role =
            Role { family: of.family, weight: of.weight, size, pitch, ink, tracking: Em::ZERO, align: Align::Start };
        let text = label(&of.target).unwrap_or_else(|| "?".into());
        let shape = LineShape::ragged(setter.theme.grid.width);
        let setting = Setting { role: &role, shape, node: slot.node, block: None };
        let id = setter.in_lines(slot.vertical, |s| s.plain(&text, setting));
        let slack = (slot.width - setter.text(id).width()) / 2;
        // A horizontal line on a vertical page runs across it.
        let at = match leaf.vertical && !slot.vertical {
            true => Point { y: slot.at.y - slack, ..slot.at },
            false => Point { x: slot.at.x + slack, ..slot.at },
        };
        leaf.line(&setter.texts, id, 0, at);
    }
}
