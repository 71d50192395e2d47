//! Figures: their width by shape and pixels, their height in grid lines, captions close below.

use super::compose::{Compose, FigureSize, Frame};
use super::flow::{FullPage, Mark, Piece, Spanner};
use super::set::{Setting, plain_run};
use crate::base::{Lang, Len, Logical};
use crate::doc::{Figure, FigurePlace, group_caption};
use crate::page::{NodeId, Role as NodeRole};
use crate::style::Theme;
use crate::text::{LineShape, TextRun};

/// Between a picture and its caption.
const CAPTION_GAP: Len = Len::pt(350);

/// Between pictures side by side.
const BESIDE: Len = Len::pt(600);

/// A figure with the node that stands for it.
#[derive(Clone, Copy)]
struct Shown<'f> {
    figure: &'f Figure,
    node: NodeId,
    /// Whose caption stands below it: its own, that of the group, none.
    caption: Option<&'f Figure>,
}

/// Adds a figure block: it flows in its column, stands across several, or fills a page. Several pictures stand side by side
/// where they are not too small so.
pub fn compose(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    let shared = group_caption(figures);
    let last = figures.len().saturating_sub(1);
    let shown: Vec<Shown> = figures
        .iter()
        .enumerate()
        .map(|(i, figure)| {
            c.setter.tree.source = Some(figure.span);
            let node = c.add(frame.node, NodeRole::Figure);
            c.setter.tree.node_mut(node).alt = alt(figure);
            let caption = if shared.is_some() { shared.filter(|_| i == last) } else { Some(figure) };
            Shown { figure, node, caption }
        })
        .collect();
    let full = matches!(place, FigurePlace::Full | FigurePlace::Spread);
    let columns = if figures.len() > 1 && place == FigurePlace::Auto {
        2.min(c.theme().grid.columns)
    } else {
        figures.first().map_or(1, |figure| columns(c, figure, place, figures.len()))
    };
    let width = c.theme().grid.span_width(columns);
    if !full && let Some(height) = row_height(c, &shown, width) {
        let piece = row(c, &shown, (width, height), shared.is_some());
        return add(c, piece, columns, place != FigurePlace::Inline);
    }
    for shown in shown {
        let columns = self::columns(c, shown.figure, place, figures.len());
        let piece = piece(c, shown, c.theme().grid.span_width(columns));
        if full {
            let (anchor, full) = (c.flow.pieces.len(), Some(FullPage { photo: shown.figure.photo, node: shown.node }));
            c.flow.spanners.push(Spanner { anchor, columns, piece, leads: true, full });
        } else {
            add(c, piece, columns, place != FigurePlace::Inline);
        }
    }
}

fn add(c: &mut Compose, piece: Piece, columns: u8, floats: bool) {
    if columns > 1 {
        let anchor = c.flow.pieces.len();
        c.flow.spanners.push(Spanner { anchor, columns, piece, leads: true, full: None });
    } else {
        c.flow.push(Piece { floats, ..piece });
    }
}

/// Thousandths of the height that a picture is wide.
fn ratio(c: &Compose, figure: &Figure) -> i32 {
    let (w, h) = c.setter.issue.photo(figure.photo).size();
    (u64::from(w) * 1000 / u64::from(h.max(1))).clamp(100, 10_000) as i32
}

/// The height that several pictures side by side have in this width; None where each would be lower than six lines, or there
/// is but one.
fn row_height(c: &Compose, shown: &[Shown], width: Len) -> Option<Len> {
    let gaps = BESIDE * (shown.len() as i32 - 1);
    let ratios: i32 = shown.iter().map(|s| ratio(c, s.figure)).sum();
    let grid = &c.theme().grid;
    let height = (width - gaps).scale(1000, ratios.max(1)).min(grid.row_y(grid.rows) * 6 / 10);
    (shown.len() > 1 && gaps < width && height >= grid.pitch * 6).then_some(height)
}

/// Pictures of one height side by side, one caption below them all or one below each.
fn row(c: &mut Compose, shown: &[Shown], (width, height): (Len, Len), shared: bool) -> Piece {
    let top = (c.theme().grid.pitch - c.theme().roles.body.size) / 2;
    let (mut marks, mut inline, mut below) = (vec![], Len::ZERO, Len::ZERO);
    for (i, one) in shown.iter().enumerate() {
        let own = height.scale(ratio(c, one.figure), 1000);
        // What rounding has left over is the last one's.
        let own = if i + 1 == shown.len() && (width - inline - own).raw().abs() < 64 { width - inline } else { own };
        let at = Logical { inline, block: top };
        marks.extend(picture(c, *one, at, Logical { inline: own, block: height }));
        let (across, from) = if shared { (width, Len::ZERO) } else { (own, inline) };
        let (lines, tall) = caption_below(c, *one, across, Logical { inline: from, block: top + height });
        marks.extend(lines);
        below = below.max(tall);
        inline += own + BESIDE;
    }
    closed(c, marks, top + height + below)
}

/// The marks of a picture; one that is still to come says so in its box.
fn picture(c: &mut Compose, Shown { figure, node, .. }: Shown, at: Logical<Len>, size: Logical<Len>) -> Vec<Mark> {
    let mut marks = vec![Mark::Picture { photo: figure.photo, at, size, node }];
    let photo = c.setter.issue.photo(figure.photo);
    if photo.is_pending() {
        let role = c.theme().roles.caption;
        let name = photo.name.rsplit('/').next().unwrap_or(&photo.name);
        let text = format!("{}　{name}", pending_word(c.setter.lang()));
        let shape = LineShape::justified(size.inline - BESIDE * 2, Len::ZERO);
        let text = c.setter.set(&[plain_run(&text, &role)], Setting { role: &role, shape, node: None, block: None });
        let (inline, block) = (at.inline + BESIDE, at.block + size.block / 2);
        marks.push(Mark::Line { text, line: 0, at: Logical { inline, block } });
    }
    marks
}

fn pending_word(lang: Lang) -> &'static str {
    match (lang.is_chinese(), lang.is_traditional()) {
        (true, true) => "待補",
        (true, false) => "待补",
        _ => "To come",
    }
}

/// The lines of a figure's caption with the picture's lower edge at `from`, and how much they take below it.
fn caption_below(c: &mut Compose, shown: Shown, width: Len, from: Logical<Len>) -> (Vec<Mark>, Len) {
    let role = c.theme().roles.caption;
    let pitch = role.pitch.of(c.theme().grid.pitch);
    let text = shown.caption.and_then(|captioned| caption(c, captioned, width, shown.node));
    let lines = text.map_or(0, |t| c.setter.text(t).lines.len());
    let Some(text) = text.filter(|_| lines > 0) else { return (vec![], Len::ZERO) };
    let line = |line: usize| {
        let block = from.block + CAPTION_GAP + pitch * line as i32 + role.size.scale(88, 100);
        Mark::Line { text, line, at: Logical { inline: from.inline, block } }
    };
    ((0..lines).map(line).collect(), CAPTION_GAP + pitch * lines as i32)
}

/// A piece of whole grid lines whose content ends at `end`.
fn closed(c: &Compose, marks: Vec<Mark>, end: Len) -> Piece {
    let grid = &c.theme().grid;
    let rows = (end + grid.pitch / 2).count_up(grid.pitch) as u16;
    Piece { rows, slack: grid.row_y(rows) - end, marks, ..Piece::default() }
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
fn piece(c: &mut Compose, shown: Shown, width: Len) -> Piece {
    let top = (c.theme().grid.pitch - c.theme().roles.body.size) / 2;
    let (mut lines, below) = caption_below(c, shown, width, Logical { inline: Len::ZERO, block: Len::ZERO });
    let (pw, ph) = c.setter.issue.photo(shown.figure.photo).size();
    // At most seven tenths of the type area: a tall picture gets narrower, never cropped.
    let tallest = c.theme().grid.row_y(c.theme().grid.rows) * 7 / 10 - below;
    let natural = width.scale(ph.max(1) as i32, pw.max(1) as i32);
    let height = natural.min(tallest);
    let across = if natural > tallest { height.scale(pw as i32, ph as i32) } else { width };
    let at = Logical { inline: Len::ZERO, block: top };
    let mut marks = picture(c, shown, at, Logical { inline: across, block: height });
    marks.extend(lines.drain(..).map(|line| line.lowered(top + height)));
    closed(c, marks, top + height + below)
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
