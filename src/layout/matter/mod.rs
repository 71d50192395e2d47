//! What is made rather than written: cover, contents, colophon.

pub mod colophon;
pub mod contents;
pub mod cover;

use super::paint::Leaf;
use super::set::{Setter, Setting};
use crate::base::{Len, Point, Report};
use crate::page::{NodeId, Tree};
use crate::style::Role;
use crate::text::LineShape;

/// Pages of matter with their structure.
pub struct Matter {
    pub leaves: Vec<Leaf>,
    pub tree: Tree,
    pub report: Report,
}

/// Where a line of matter is anchored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    End,
}

/// Sets one or more lines of plain text with the first baseline at `at`; returns how many there were.
pub fn put(
    setter: &mut Setter,
    leaf: &mut Leaf,
    text: &str,
    role: &Role,
    place: (Point, Len, Anchor, Option<NodeId>),
) -> usize {
    let (at, measure, anchor, node) = place;
    let id = setter.plain(text, Setting { role, shape: LineShape::ragged(measure), node, block: None });
    let pitch = role.pitch.of(setter.theme.grid.pitch);
    let lines: Vec<Len> = setter.text(id).lines.iter().map(|l| l.target).collect();
    for (i, width) in lines.iter().enumerate() {
        let x = if anchor == Anchor::End { at.x - *width } else { at.x };
        leaf.line(&setter.texts, id, i, Point { x, y: at.y + pitch * i as i32 });
    }
    lines.len()
}
