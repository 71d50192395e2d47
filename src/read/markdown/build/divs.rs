//! What stands between the fences of a div becomes one block.
//!
//! In: the blocks of one container, fences among them as thematic breaks. Out: the same with divs nested. A fence whose
//! partner stands in another container closes at its own container's end.

use super::Builder;
use crate::base::{BlockId, Span};
use crate::doc::{Block, BlockKind, Inline, Style};
use crate::read::markdown::lines::Opening;

/// A div in the making.
struct Open {
    opening: Opening,
    /// The fence's place; the div's span once it is closed.
    span: Span,
    blocks: Vec<Block>,
}

impl Builder<'_, '_> {
    pub(super) fn gathered(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        let lines = self.lines;
        let mut out = vec![];
        let mut open: Vec<Open> = vec![];
        for block in blocks {
            let at = (block.span.start - self.source.base) as usize;
            let fence = lines.fence(at).filter(|_| block.kind == BlockKind::Rule);
            match fence.map(|fence| fence.opens.clone()) {
                None => open.last_mut().map_or(&mut out, |o| &mut o.blocks).push(block),
                Some(Some(opening)) => open.push(Open { opening, span: block.span, blocks: vec![] }),
                Some(None) => self.close(&mut open, &mut out),
            }
        }
        while !open.is_empty() {
            self.close(&mut open, &mut out);
        }
        out
    }

    fn close(&mut self, open: &mut Vec<Open>, out: &mut Vec<Block>) {
        let Some(Open { opening, mut span, mut blocks }) = open.pop() else { return };
        let outer = open.last_mut().map_or(out, |o| &mut o.blocks);
        if let Some(title) = opening.title {
            self.covered.add(title.clone());
            let at = self.source.span(title.clone());
            let text = self.source.text(title).to_string();
            let text = vec![Inline::Text { text, style: Style::default(), link: None, span: at }];
            let kind = BlockKind::Heading { level: 3, text, anchor: None };
            blocks.insert(0, Block { id: BlockId(0), span: at, kind });
        }
        match opening.kind {
            Some(kind) if !blocks.is_empty() => {
                self.draft.anchors.extend(opening.id.map(|id| (id, span.start)));
                span.end = blocks.last().map_or(span.end, |b| b.span.end);
                outer.push(Block { id: BlockId(0), span, kind: BlockKind::Div { kind, blocks } });
            }
            _ => outer.append(&mut blocks),
        }
    }
}
