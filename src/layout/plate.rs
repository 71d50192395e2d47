//! Pictures on vertical pages: a picture stands in its tier as high as the tier, its caption below it, horizontal.
//!
//! In: a figure and the tiers it takes. Out: a [`Piece`]: as many lines wide as the picture needs, so that both its sides
//! stand where em boxes do. After clreq §Illustrations and their captions: captions are horizontal on vertical pages too.

use super::compose::Compose;
use super::figure::caption;
use super::flow::{Mark, Piece};
use super::set::TextId;
use crate::base::{Len, Logical};
use crate::doc::{Figure, FigurePlace};
use crate::page::NodeId;
use crate::style::Align;

/// Tiers that a picture takes: one, unless its author or the template gives it the whole height and it is tall enough.
pub fn tiers(c: &Compose, figure: &Figure, place: FigurePlace) -> u8 {
    let grid = &c.theme().grid;
    let (w, h) = c.setter.issue.photo(figure.photo).size();
    let tallest = grid.depth().scale(h.max(1) as i32, w.max(1) as i32);
    let all = if tallest <= grid.measure { 1 } else { grid.columns };
    match place {
        FigurePlace::Column | FigurePlace::Inline => 1,
        FigurePlace::Auto if !c.photos => 1,
        _ => all,
    }
}

/// One picture with its caption; `text` is the figure whose caption stands here, where one speaks for several, `most` the share
/// of the page's width that it may take.
pub fn piece(
    c: &mut Compose,
    (figure, text, node): (&Figure, Option<&Figure>, NodeId),
    tiers: u8,
    most: (i32, i32),
) -> Piece {
    let (grid, role) = (c.theme().grid.clone(), c.theme().roles.caption);
    let room = grid.span_width(tiers);
    let edge = (grid.pitch - c.theme().roles.body.size) / 2;
    let gap = c.theme().figures.caption_gap;
    let below = |lines: usize| match lines {
        0 => Len::ZERO,
        n => gap + role.pitch.of(grid.pitch) * n as i32,
    };
    let most = grid.depth().scale(most.0, most.1);
    let mut rows = rows(c, figure, (room - below(usize::from(text.is_some())), most));
    let width = |rows: u16| grid.row_y(rows) - edge * 2;
    let set = |c: &mut Compose, width: Len| text.and_then(|f| c.setter.across(|s| caption(s, f, width, (node, role))));
    let texts = c.setter.texts.len();
    let mut text = set(c, width(rows));
    let lines = text.map_or(0, |t| c.setter.text(t).lines.len());
    if lines > 1 {
        // A caption of several lines takes height from its picture.
        rows = self::rows(c, figure, (room - below(lines), most));
        c.setter.texts.truncate(texts);
        text = set(c, width(rows));
    }
    let (w, h) = c.setter.issue.photo(figure.photo).size();
    let size = Logical { inline: width(rows).scale(h.max(1) as i32, w.max(1) as i32), block: width(rows) };
    let mut marks =
        vec![Mark::Picture { photo: figure.photo, at: Logical { inline: Len::ZERO, block: edge }, size, node }];
    if let Some(text) = text {
        marks.extend(caption_lines(c, text, (size, edge)));
    }
    Piece { rows, marks, ..Piece::default() }
}

/// The lines that a picture of at most this height and width covers: no more than its pixels are sharp for.
fn rows(c: &Compose, figure: &Figure, (tallest, most): (Len, Len)) -> u16 {
    let grid = &c.theme().grid;
    let (w, h) = c.setter.issue.photo(figure.photo).size();
    let sharp = Len::from_raw((i64::from(w) * 72 * 1024 / 120).min(i64::from(i32::MAX)) as i32);
    let width = tallest.scale(w.max(1) as i32, h.max(1) as i32).min(most).min(sharp);
    let edges = grid.pitch - c.theme().roles.body.size;
    (width + edges).count(grid.pitch).clamp(2, i32::from(grid.rows)) as u16
}

/// Lines below a picture, from its left side rightward; a single one may stand in its middle.
fn caption_lines(c: &Compose, text: TextId, (size, edge): (Logical<Len>, Len)) -> Vec<Mark> {
    let (role, style) = (c.theme().roles.caption, &c.theme().figures);
    let pitch = role.pitch.of(c.theme().grid.pitch);
    let lines = &c.setter.text(text).lines;
    let centred = style.caption_align == Align::Center && lines.len() == 1;
    let place = |(line, set): (usize, &crate::text::Line)| {
        let shift = if centred { (size.block - set.target) / 2 } else { Len::ZERO };
        let inline = size.inline + style.caption_gap + pitch * line as i32 + role.size.scale(88, 100);
        Mark::Line { text, line, at: Logical { inline, block: edge + size.block - shift } }
    };
    lines.iter().enumerate().map(place).collect()
}
