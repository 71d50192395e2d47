//! Where the body of an article begins and ends among the blocks.

use super::super::han;
use super::chrome;
use super::fields;
use super::figures;
use super::raw::{Block, Kind, Zone};

/// A paragraph of running text.
pub fn is_body(block: &Block) -> bool {
    if block.zone == Zone::Around || !matches!(block.kind, Kind::Para | Kind::Quote) {
        return matches!(block.kind, Kind::Table(_) | Kind::Verse | Kind::Code);
    }
    let text = block.text();
    let count = han::count(&text);
    let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let running = count >= 30 && (han::ends_sentence(&text) || text.contains(['。', '，']))
        || count >= 12 && text.contains('。')
        || count == 0 && text.ends_with(['.', '!', '?']) && text.split_whitespace().count() >= 10;
    running
        && !bracketed
        && !figures::is_caption(&text)
        && fields::fields(&text).is_none()
        && !chrome::is_furniture(&text, true)
}

/// The first and the last block of the body; the first is behind the last where there is none.
pub fn bounds(blocks: &[Block]) -> (usize, usize) {
    let is = |b: &Block| is_body(b);
    match (blocks.iter().position(is), blocks.iter().rposition(is)) {
        (Some(first), Some(last)) => (first, last),
        // Verse and dialogue have no such paragraph: all behind the first lines may be body.
        _ => (blocks.len().min(8), blocks.len()),
    }
}
