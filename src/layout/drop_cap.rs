//! 首字下沉: an article's first character over several lines, the lines beside it shorter.

use super::compose::{Compose, Frame};
use super::flow::{Mark, Piece};
use super::set::{Setting, plain_run};
use crate::base::{Len, Logical, Span};
use crate::doc::{Block, Inline, Style};
use crate::page::Role as NodeRole;
use crate::style::Role;
use crate::text::{LineShape, TextRun, is_cjk};

/// Sets a paragraph with its first character over `lines` lines. False, and nothing is set, where it begins with anything
/// but a plain Han character or is shorter than the drop cap is deep.
pub fn compose(c: &mut Compose, block: &Block, text: &[Inline], (lines, frame): (u8, Frame)) -> bool {
    let Some(first) = plain_han(text) else { return false };
    let (body, pitch) = (frame.role.size, c.theme().grid.pitch);
    let mut runs = c.setter.runs(text, frame.role);
    let whole = cut_first(&mut runs[0], first);
    c.end_mark(block, &mut runs, frame.role);
    // From the head of the first line's em box to the foot of the last one's.
    let size = pitch * i32::from(lines - 1) + body;
    let inset = body * (size + body / 3).count_up(body);
    let measure = c.measure(frame);
    let shape = LineShape { beside: Some((lines, inset)), ..LineShape::justified(measure, Len::ZERO) };
    let node = c.add(frame.node, NodeRole::Paragraph);
    let role = Role { size, ..c.theme().roles.drop_cap };
    let cap = TextRun { counts: true, span: whole, ..plain_run(&first.to_string(), &role) };
    let setting = Setting { role: &role, shape: LineShape::ragged(inset), node: Some(node), block: Some(block.id) };
    let cap = c.setter.set(&[cap], setting);
    let setting = Setting { role: frame.role, shape, node: Some(node), block: Some(block.id) };
    let rest = c.setter.set(&runs, setting);
    c.setter.texts[rest.0].before = 1;
    let count = c.setter.text(rest).lines.len();
    if count < usize::from(lines) {
        return undo(c, node, cap.0);
    }
    let down = c.baseline(frame.role) - body.scale(88, 100);
    let at = Logical { inline: frame.inset, block: down + size.scale(88, 100) };
    let mut marks = vec![Mark::Line { text: cap, line: 0, at }];
    marks.extend((0..usize::from(lines)).map(|line| {
        let block = pitch * line as i32 + c.baseline(frame.role);
        Mark::Line { text: rest, line, at: Logical { inline: frame.inset, block } }
    }));
    let pos = c.setter.text(cap).pos(0, c.article);
    c.flow.push(Piece { rows: u16::from(lines), marks, pos, ..Piece::default() });
    c.lines_from(rest, usize::from(lines), frame);
    true
}

/// Takes back what was set: the paragraph is too short.
fn undo(c: &mut Compose, node: crate::page::NodeId, texts: usize) -> bool {
    c.setter.texts.truncate(texts);
    let tree = &mut c.setter.tree;
    let parent = tree.node(node).parent.expect("a paragraph has a parent");
    tree.node_mut(parent).children.retain(|child| child.0 < node.0);
    tree.nodes.truncate(node.0 as usize);
    false
}

/// Takes the first character off a run; returns where it was written. Findings keep their exact places.
fn cut_first(run: &mut TextRun, first: char) -> Option<Span> {
    let (width, length) = (first.len_utf8(), run.text.len());
    run.text.drain(..width);
    let span = run.span?;
    if (span.end - span.start) as usize != length {
        return Some(span);
    }
    let cut = span.start + width as u32;
    run.span = Some(Span { start: cut, ..span });
    Some(Span { end: cut, ..span })
}

fn plain_han(text: &[Inline]) -> Option<char> {
    let Inline::Text { text, style, link: None, .. } = text.first()? else { return None };
    let first = text.chars().next()?;
    let letter = first.is_alphabetic() && is_cjk(first);
    (*style == Style::default() && letter && text.chars().count() > 1).then_some(first)
}
