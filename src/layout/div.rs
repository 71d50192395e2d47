//! Blocks in the flow that look otherwise: pull quotes, boxes, verse, interviews.

use super::compose::{Compose, Frame};
use super::flow::{Cost, Mark, Piece};
use super::set::{Setting, TextId};
use crate::base::{Len, Logical};
use crate::doc::{Block, BlockKind, DivKind, Inline};
use crate::page::{NodeId, Role as NodeRole};
use crate::style::{Align, Role};
use crate::text::LineShape;

pub fn compose(c: &mut Compose, kind: DivKind, blocks: &[Block], frame: Frame) {
    match kind {
        DivKind::PullQuote => pull_quote(c, blocks, frame),
        DivKind::Box => boxed(c, blocks, frame),
        DivKind::Verse => verse(c, blocks, frame),
        DivKind::Interview => interview(c, blocks, frame),
        DivKind::Continuation => {
            // What goes on has no indent (clreq §First-line Indents); what follows it has.
            let (on, rest) = blocks.split_at(blocks.len().min(1));
            c.blocks(on, Frame { indent: false, ..frame });
            c.blocks(rest, frame);
        }
    }
}

/// Large lines between two rules, never cut; it leaves its place for the column's head or foot.
fn pull_quote(c: &mut Compose, blocks: &[Block], frame: Frame) {
    let theme = c.theme();
    let (role, grid) = (theme.roles.pull_quote, &theme.grid);
    let node = c.add(frame.node, NodeRole::BlockQuote);
    let pitch = role.pitch.of(grid.pitch);
    let mut marks = vec![];
    let mut y = grid.pitch / 2;
    let first = paragraphs(blocks).next().map(|b| b.id);
    for block in paragraphs(blocks) {
        let BlockKind::Para { text } = &block.kind else { continue };
        let node = c.add(node, NodeRole::Paragraph);
        let runs = c.setter.runs(text, &role);
        let shape = LineShape::balanced(c.measure(frame));
        let id = c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: Some(block.id) });
        for (line, set) in c.setter.text(id).lines.iter().enumerate() {
            let slack = if role.align == Align::Center { (c.measure(frame) - set.target) / 2 } else { Len::ZERO };
            let block = y + super::compose::baseline_in(pitch, role.size);
            marks.push(Mark::Line { text: id, line, at: Logical { inline: frame.inset + slack, block } });
            y += pitch;
        }
    }
    let rows = (y + grid.pitch / 2).count_up(grid.pitch) as u16;
    let (above, below) = theme.text.pull_rules;
    for (block, thickness) in [(grid.pitch / 4, above), (grid.row_y(rows) - grid.pitch / 4, below)] {
        if thickness > Len::ZERO {
            let at = Logical { inline: frame.inset, block };
            marks.push(Mark::Rule { at, length: c.measure(frame), thickness, ink: role.ink });
        }
    }
    c.flow.push(Piece { before: 1, rows, marks, begins: first, ..Piece::default() });
    c.flow.gap = true;
}

fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|b| matches!(b.kind, BlockKind::Para { .. }))
}

/// A sidebar: smaller type on a tint of the accent, or between hairlines, an em in from both sides. Its lines may be
/// divided between columns; the tint goes with each.
fn boxed(c: &mut Compose, blocks: &[Block], frame: Frame) {
    let theme = c.theme();
    let role = &theme.roles.box_text;
    let node = c.add(frame.node, NodeRole::BlockQuote);
    let measure = c.measure(frame);
    let first = c.flow.pieces.len();
    let mut titled = 0;
    c.flow.push(Piece { before: 1, rows: 1, break_cost: Cost::FREE, ..Piece::default() });
    c.narrowed(role.size, |c| {
        let inner = Frame { inset: frame.inset + role.size, node, role, indent: frame.indent };
        for block in blocks {
            match &block.kind {
                BlockKind::Heading { text, .. } => {
                    let before = c.flow.pieces.len();
                    title(c, block, text, inner);
                    titled = if before == first + 1 { c.flow.pieces.len() - before } else { titled };
                }
                _ => c.blocks(std::slice::from_ref(block), inner),
            }
        }
    });
    c.flow.push(Piece { rows: 1, break_cost: Cost::FORBIDDEN, ..Piece::default() });
    // A short box is kept whole; of a long one the head has two lines below it at a column's foot.
    let rows = c.flow.rows_from(first);
    let kept = if rows <= theme.grid.rows / 2 { usize::MAX } else { titled + 2 };
    for piece in c.flow.pieces[first..].iter_mut().skip(1).take(kept) {
        piece.break_cost = Cost::FORBIDDEN;
    }
    let last = c.flow.pieces.len() - 1;
    let tint = theme.text.box_tint;
    for (i, piece) in c.flow.pieces.iter_mut().enumerate().skip(first) {
        // Air within the box is tinted too, so it is part of its piece.
        if i > first && piece.before > 0 {
            let by = theme.grid.row_y(piece.before);
            piece.marks = std::mem::take(&mut piece.marks).into_iter().map(|m| m.lowered(by)).collect();
            piece.rows += std::mem::take(&mut piece.before);
        }
        let size = Logical { inline: measure, block: theme.grid.row_y(piece.rows) };
        let at = Logical { inline: frame.inset, block: Len::ZERO };
        if tint > 0 && piece.rows > 0 {
            piece.marks.insert(0, Mark::Tint { at, size, ink: theme.accent, tint });
        }
        if i == first || i == last {
            let block = if i == first { Len::ZERO } else { theme.grid.row_y(piece.rows) };
            let at = Logical { inline: frame.inset, block };
            let thickness = if i == first { theme.text.pull_rules.0 } else { theme.text.pull_rules.1 };
            piece.marks.push(Mark::Rule { at, length: measure, thickness, ink: theme.roles.box_title.ink });
        }
    }
    c.flow.gap = true;
}

fn title(c: &mut Compose, block: &Block, text: &[Inline], frame: Frame) {
    let role = c.theme().roles.box_title;
    let node = c.add(frame.node, NodeRole::Heading(3));
    let runs = c.setter.runs(text, &role);
    let shape = LineShape::balanced(c.measure(frame));
    let id = c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: Some(block.id) });
    c.lines(id, Frame { role: &role, ..frame });
}

/// Stanzas: lines as the author ended them, centred together by the longest, with a blank line between stanzas.
fn verse(c: &mut Compose, blocks: &[Block], frame: Frame) {
    let role = c.theme().roles.verse;
    let node = c.add(frame.node, NodeRole::BlockQuote);
    let measure = c.measure(frame);
    let mut stanzas = vec![];
    for block in blocks {
        let BlockKind::Para { text } = &block.kind else {
            stanzas.push(Err(block));
            continue;
        };
        let node = c.add(node, NodeRole::Paragraph);
        let runs = c.setter.runs(text, &role);
        // A line that goes on over the measure hangs by two em.
        let shape = LineShape { orphans: false, hang: role.size * 2, ..LineShape::ragged(measure) };
        stanzas.push(Ok(c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: Some(block.id) })));
    }
    let widths = stanzas.iter().filter_map(|s| s.as_ref().ok()).map(|id| c.setter.text(*id).width());
    let widest = widths.max().unwrap_or(measure);
    let inset = frame.inset + ((measure - widest) / 2).max(Len::ZERO).min(role.size * 4);
    let frame = Frame { inset, node, role: &role, indent: false };
    c.spaced(|c| {
        let start = c.flow.pieces.len();
        for stanza in stanzas {
            let first = c.flow.pieces.len();
            match stanza {
                Ok(id) => whole_lines(c, id, frame),
                Err(block) => c.blocks(std::slice::from_ref(block), frame),
            }
            if let Some(piece) = c.flow.pieces.get_mut(first) {
                piece.before = piece.before.max(1);
            }
        }
        whole_poem(c, start);
    });
}

/// A poem that a column holds is not divided between its stanzas without need.
fn whole_poem(c: &mut Compose, first: usize) {
    let rows = c.flow.rows_from(first);
    if rows <= c.theme().grid.rows {
        let between = c.flow.pieces[first..].iter_mut().skip(1).filter(|p| p.before > 0);
        between.for_each(|piece| piece.break_cost = piece.break_cost.plus(Cost::POEM));
    }
}

/// A stanza's lines: divided between columns only where the loss would be greater.
fn whole_lines(c: &mut Compose, id: TextId, frame: Frame) {
    let first = c.flow.pieces.len();
    c.lines(id, frame);
    for piece in c.flow.pieces.iter_mut().skip(first + 1) {
        piece.break_cost = piece.break_cost.plus(Cost::STANZA);
    }
}

/// Turns: the speaker in the question's type, the turn's further lines hung behind it. Who speaks first asks, and what is
/// asked rather stays with its answer.
fn interview(c: &mut Compose, blocks: &[Block], frame: Frame) {
    let hang = hang(blocks, frame.role);
    let asks = blocks.first().and_then(speaker);
    let mut asked = false;
    for block in blocks {
        let BlockKind::Para { text } = &block.kind else {
            c.blocks(std::slice::from_ref(block), frame);
            continue;
        };
        let named: &Role = &c.theme().roles.question;
        let mut runs = c.setter.runs(text, frame.role);
        for (run, inline) in runs.iter_mut().zip(text) {
            if let Inline::Text { style, .. } = inline
                && style.speaker
            {
                (run.family, run.weight) = (named.family, named.weight);
                run.style.ink = named.ink;
            }
        }
        let node: NodeId = c.add(frame.node, NodeRole::Paragraph);
        c.end_mark(block, &mut runs, frame.role);
        let shape = LineShape { hang, ..LineShape::justified(c.measure(frame), Len::ZERO) };
        let id = c.setter.set(&runs, Setting { role: frame.role, shape, node: Some(node), block: Some(block.id) });
        let first = c.flow.pieces.len();
        c.lines(id, frame);
        if let Some(piece) = c.flow.pieces.get_mut(first).filter(|_| asked) {
            piece.break_cost = piece.break_cost.plus(Cost::ASKED);
        }
        asked = asks.is_some() && speaker(block) == asks;
    }
}

/// Who speaks.
fn speaker(block: &Block) -> Option<&str> {
    let BlockKind::Para { text } = &block.kind else { return None };
    text.iter().find_map(|inline| match inline {
        Inline::Text { text, style, .. } if style.speaker => Some(text.as_str()),
        _ => None,
    })
}

/// How far in the further lines of turns stand (凸排): as far as the longest name with its colon, up to four em; else two.
fn hang(blocks: &[Block], role: &Role) -> Len {
    let named = |inline: &Inline| matches!(inline, Inline::Text { style, .. } if style.speaker);
    let name = |block: &Block| match &block.kind {
        BlockKind::Para { text } => text.iter().filter(|i| named(i)).map(Inline::chars).sum(),
        _ => 0,
    };
    let longest = blocks.iter().map(name).max().unwrap_or(0);
    role.size * if (2..=4).contains(&longest) { longest as i32 } else { 2 }
}
