//! Figures: their width by shape and pixels, their height in grid lines, captions close below.

use super::compose::{Compose, FigureSize, Frame};
use super::flow::{FullPage, Mark, Piece, Spanner};
use super::set::{Setting, plain_run};
use crate::base::{Lang, Len, Logical};
use crate::doc::{Figure, FigurePlace};
use crate::page::{NodeId, Role as NodeRole};
use crate::style::Theme;
use crate::text::{LineShape, TextRun};

/// Between a picture and its caption.
const CAPTION_GAP: Len = Len::pt(350);

/// Adds a figure block: it flows in its column, stands across several, or fills a page.
pub fn compose(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    for figure in figures {
        let columns = columns(c, figure, place, figures.len());
        let full = matches!(place, FigurePlace::Full | FigurePlace::Spread);
        c.setter.tree.source = Some(figure.span);
        let node = c.add(frame.node, NodeRole::Figure);
        c.setter.tree.node_mut(node).alt = alt(figure);
        let piece = piece(c, figure, c.theme().grid.span_width(columns), node);
        let anchor = c.flow.pieces.len();
        if full {
            let full = Some(FullPage { photo: figure.photo, node });
            c.flow.spanners.push(Spanner { anchor, columns, piece, leads: true, full });
        } else if columns > 1 {
            c.flow.spanners.push(Spanner { anchor, columns, piece, leads: true, full: None });
        } else {
            let floats = place != FigurePlace::Inline;
            c.flow.push(Piece { floats, ..piece });
        }
    }
}

/// PDF needs a description; where the author gave none the caption stands in, and the reader of the manuscript has been
/// told (00: alt is never invented).
fn alt(figure: &Figure) -> Option<String> {
    let caption = crate::doc::plain_text(&figure.caption);
    figure.alt.clone().filter(|a| !a.is_empty()).or(Some(caption)).filter(|a| !a.is_empty()).or(Some("图片".into()))
}

/// A wide picture with the pixels for it takes two columns of three; what the author says overrules.
fn columns(c: &Compose, figure: &Figure, place: FigurePlace, group: usize) -> u8 {
    let grid = &c.theme().grid;
    match place {
        FigurePlace::Span if c.figure_size == FigureSize::Small && grid.columns > 2 => 2,
        FigurePlace::Span | FigurePlace::Full | FigurePlace::Spread => grid.columns,
        FigurePlace::Column | FigurePlace::Inline => 1,
        FigurePlace::Auto => {
            let (w, h) = c.setter.issue.photo(figure.photo).size();
            let wide = u64::from(w) * 10 >= u64::from(h) * 13;
            let pixels = u64::from(w) * 72 >= 200 * grid.span_width(2.min(grid.columns)).to_pt() as u64;
            if wide && pixels && grid.columns == 3 && group == 1 && c.figure_size == FigureSize::Large { 2 } else { 1 }
        }
    }
}

/// The picture in the given width with its caption. Its height is its own; the block's is whole grid lines, and what is
/// left over stands between it and the text.
fn piece(c: &mut Compose, figure: &Figure, width: Len, node: NodeId) -> Piece {
    let grid = c.theme().grid.clone();
    let caption_role = c.theme().roles.caption;
    let text = caption(c, figure, width, node);
    let lines = text.map_or(0, |t| c.setter.text(t).lines.len());
    let caption_pitch = caption_role.pitch.of(grid.pitch);
    let caption_height = if lines == 0 { Len::ZERO } else { CAPTION_GAP + caption_pitch * lines as i32 };
    let (pw, ph) = c.setter.issue.photo(figure.photo).size();
    // At most seven tenths of the type area: a tall picture gets narrower, never cropped.
    let tallest = grid.row_y(grid.rows) * 7 / 10 - caption_height;
    let natural = width.scale(ph.max(1) as i32, pw.max(1) as i32);
    let height = natural.min(tallest);
    let shown = if natural > tallest { height.scale(pw as i32, ph as i32) } else { width };
    let top = (grid.pitch - c.theme().roles.body.size) / 2;
    let rows = (top + height + caption_height + grid.pitch / 2).count_up(grid.pitch) as u16;
    let at = Logical { inline: Len::ZERO, block: top };
    let mut marks =
        vec![Mark::Picture { photo: figure.photo, at, size: Logical { inline: shown, block: height }, node }];
    if let Some(text) = text {
        let first = top + height + CAPTION_GAP;
        marks.extend((0..lines).map(|line| {
            let block = first + caption_pitch * line as i32 + caption_role.size.scale(88, 100);
            Mark::Line { text, line, at: Logical { inline: Len::ZERO, block } }
        }));
    }
    let slack = grid.row_y(rows) - top - height - caption_height;
    Piece { rows, slack, marks, ..Piece::default() }
}

/// Caption and credit in one block: the credit in brackets and in the accent.
fn caption(c: &mut Compose, figure: &Figure, width: Len, figure_node: NodeId) -> Option<super::set::TextId> {
    let role = c.theme().roles.caption;
    let mut runs: Vec<TextRun> = c.setter.runs(&figure.caption, &role);
    runs.iter_mut().for_each(|r| r.counts = false);
    if let Some(credit) = &figure.credit {
        let words = credit_words(credit, c.setter.lang());
        let text = if runs.is_empty() { words } else { format!("（{words}）") };
        let mut run = plain_run(&text, &role);
        run.style.ink = Theme::ACCENT;
        runs.push(run);
    }
    if runs.is_empty() {
        return None;
    }
    let node = c.add(figure_node, NodeRole::Caption);
    let shape = LineShape::justified(width, Len::ZERO);
    Some(c.setter.set(&runs, Setting { role: &role, shape, node: Some(node), block: None }))
}

/// `何溪` becomes `摄影：何溪`; a credit that says more is kept as it is.
fn credit_words(credit: &str, lang: Lang) -> String {
    let said = ["摄", "攝", "图", "圖", "绘", "繪", "供"].iter().any(|w| credit.contains(w));
    match (said, lang.is_traditional(), lang.is_chinese()) {
        (true, ..) => credit.to_string(),
        (false, true, _) => format!("攝影：{credit}"),
        (false, false, true) => format!("摄影：{credit}"),
        (false, false, false) => credit.to_string(),
    }
}
