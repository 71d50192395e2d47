//! Figures: how many columns by shape and pixels, their height in grid lines, captions close below.
//!
//! A block of several pictures is one figure: rows of one height, each picture whole, side by side.

use super::compose::{Compose, FigureSize, Frame};
use super::flow::{FullPage, Mark, Piece, Spanner};
use super::plate;
use super::set::{Setter, Setting, TextId, plain_run};
use crate::base::{Ink, Lang, Len, Logical};
use crate::doc::{Figure, FigurePlace, group_caption};
use crate::page::{NodeId, Role as NodeRole};
use crate::style::{Align, Role};
use crate::text::{LineShape, TextRun};

/// Pixels an inch below which print shows the pixels (preflight P07): no picture is placed larger of our own accord.
pub const SHARP: i64 = 200;

/// Pictures that are set together and where they stand.
struct Block<'f> {
    figures: &'f [Figure],
    place: FigurePlace,
    columns: u8,
}

/// Adds a figure block: it flows in its column, stands across several, or fills a page.
pub fn compose(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    if matches!(place, FigurePlace::Full | FigurePlace::Spread) {
        figures.iter().for_each(|figure| full(c, figure, place, frame));
        return;
    }
    if c.theme().grid.is_vertical() {
        return plates(c, figures, place, frame);
    }
    let block = Block { figures, place, columns: columns(c, figures, place) };
    c.figures += 1;
    c.sized += usize::from(matches!(place, FigurePlace::Auto | FigurePlace::Span));
    let width = c.theme().grid.span_width(block.columns);
    let piece = piece(c, &block, width, frame.node);
    let anchor = c.flow.pieces.len();
    if block.columns > 1 {
        c.flow.spanners.push(Spanner { anchor, columns: block.columns, piece, leads: true, full: None });
    } else {
        c.flow.push(Piece { floats: place != FigurePlace::Inline, ..piece });
    }
}

/// On a vertical page each picture of a group is one by itself; what is said of all stands below the last.
fn plates(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    let together = group_caption(figures);
    for (i, figure) in figures.iter().enumerate() {
        let said = match together {
            Some(of_all) if figures.len() > 1 => Some(of_all).filter(|_| i + 1 == figures.len()),
            _ => Some(figure),
        };
        c.setter.tree.source = Some(figure.span);
        let columns = plate::tiers(c, figure, place);
        let piece = plate::piece(c, (figure, said), columns, frame.node);
        let anchor = c.flow.pieces.len();
        if columns > 1 {
            c.flow.spanners.push(Spanner { anchor, columns, piece, leads: true, full: None });
        } else {
            c.flow.push(Piece { floats: place != FigurePlace::Inline, ..piece });
        }
    }
    c.figures += 1;
}

/// A page of its own, or two facing ones; the caption stands on the picture's foot.
fn full(c: &mut Compose, figure: &Figure, place: FigurePlace, frame: Frame) {
    c.setter.tree.source = Some(figure.span);
    let node = c.add(frame.node, NodeRole::Figure);
    c.setter.tree.node_mut(node).alt = alt(figure);
    let role = Role { ink: Ink::PAPER, ..c.theme().roles.caption };
    let width = c.theme().grid.across().0;
    let text = c.setter.across(|s| caption(s, figure, width, (node, role)));
    let lines = text.map_or(0, |t| c.setter.text(t).lines.len());
    let marks =
        text.into_iter().flat_map(|text| (0..lines).map(move |line| Mark::Line { text, line, at: Logical::default() }));
    let piece = Piece { marks: marks.collect(), ..Piece::default() };
    let full = Some(FullPage { photo: figure.photo, node });
    let (anchor, columns) = (c.flow.pieces.len(), c.theme().grid.columns);
    let spread = place == FigurePlace::Spread;
    c.flow.spanners.push(Spanner {
        anchor,
        columns: if spread { columns + 1 } else { columns },
        piece,
        leads: true,
        full,
    });
}

/// PDF needs a description; where the author gave none the caption stands in, and the reader of the manuscript has been
/// told (00: alt is never invented).
pub fn alt(figure: &Figure) -> Option<String> {
    let caption = crate::doc::plain_text(&figure.caption);
    figure.alt.clone().filter(|a| !a.is_empty()).or(Some(caption)).filter(|a| !a.is_empty()).or(Some("图片".into()))
}

/// Pixels an inch of a picture `pixels` wide on `width`.
pub fn ppi(pixels: u32, width: Len) -> i64 {
    i64::from(pixels) * 72 * 1024 / i64::from(width.raw().max(1))
}

/// What the author says overrules. Else an article's first wide picture takes all columns, others two of three; a tall one
/// keeps to its column, and no picture is given more columns than it has pixels for.
fn columns(c: &Compose, figures: &[Figure], place: FigurePlace) -> u8 {
    let grid = &c.theme().grid;
    let all = grid.columns;
    match place {
        FigurePlace::Column | FigurePlace::Inline => return 1,
        FigurePlace::Span if c.figure_size == FigureSize::Small && all > 2 => return 2,
        FigurePlace::Auto => {}
        _ => return all,
    }
    if figures.len() > 1 {
        return if figures.len() == 2 && c.figure_size != FigureSize::Large { all.min(2) } else { all };
    }
    let (w, h) = c.setter.issue.photo(figures[0].photo).size();
    let (w64, h64) = (u64::from(w), u64::from(h));
    let wish = match c.figure_size {
        _ if c.photos => all,
        FigureSize::Grand if w64 >= h64 => all,
        _ if w64 * 10 < h64 * 13 => 1,
        FigureSize::Large if c.figures == 0 || w64 >= h64 * 2 => all,
        FigureSize::Large | FigureSize::Medium if all > 2 => 2,
        _ => 1,
    };
    (1..=wish).rev().find(|n| *n == 1 || ppi(w, grid.span_width(*n)) >= SHARP).unwrap_or(1)
}

/// Between pictures of a group.
fn gap(c: &Compose) -> Len {
    c.theme().grid.pitch * 2 / 3
}

/// A picture in its place, from the block's top left corner, with its caption below it.
struct Placed<'f> {
    figure: &'f Figure,
    node: NodeId,
    at: (Len, Len),
    size: (Len, Len),
}

/// Pictures in the given width with their captions. Their heights are their own; the block's is whole grid lines, and what
/// is left over stands between it and the text.
fn piece(c: &mut Compose, block: &Block, width: Len, parent: NodeId) -> Piece {
    let grid = c.theme().grid.clone();
    let role = c.theme().roles.caption;
    let top = (grid.pitch - c.theme().roles.body.size) / 2;
    let together = group_caption(block.figures);
    let mut marks = vec![];
    let mut y = top;
    let rows = rows(block.figures.len());
    let count = rows.len() as i32;
    let tallest = if c.photos {
        grid.row_y(grid.rows) * 9 / 10
    } else {
        grid.row_y(grid.rows) * i32::from(c.theme().figures.tallest) / 100
    };
    for (i, range) in rows.into_iter().enumerate() {
        let figures = &block.figures[range];
        let room = (tallest - grid.pitch * 2 * count) / count;
        let placed = row(c, figures, (width, room, y), (parent, block.place));
        y += placed.iter().map(|p| p.size.1).max().unwrap_or(Len::ZERO);
        let mut below = Len::ZERO;
        for p in &placed {
            let at = Logical { inline: p.at.0, block: p.at.1 };
            let size = Logical { inline: p.size.0, block: p.size.1 };
            marks.push(Mark::Picture { photo: p.figure.photo, at, size, node: p.node });
            marks.extend(to_come(c, p.figure, at, size));
            let own = together.is_none() || figures.len() == 1 && block.figures.len() == 1;
            let measure = if figures.len() == 1 { width } else { p.size.0 };
            if let Some(text) = own.then(|| caption(c.setter, p.figure, measure, (p.node, role))).flatten() {
                below = below.max(put_caption(c, text, (p.at.0, y, measure), &mut marks));
            }
        }
        y += below;
        let last_row = i as i32 + 1 == count;
        if let Some(figure) = together.filter(|_| last_row && block.figures.len() > 1)
            && let Some(text) = caption(c.setter, figure, width, (placed[0].node, role))
        {
            y += put_caption(c, text, (Len::ZERO, y, width), &mut marks);
        }
        y += if last_row { Len::ZERO } else { gap(c) };
    }
    let rows = (y + grid.pitch / 2).count_up(grid.pitch) as u16;
    Piece { rows, slack: grid.row_y(rows) - y, marks, ..Piece::default() }
}

/// How many stand side by side: three below a large one, four in two rows.
fn rows(count: usize) -> Vec<std::ops::Range<usize>> {
    match count {
        0..=2 => std::iter::once(0..count).collect(),
        3 => vec![0..1, 1..3],
        _ => {
            let rows = count.div_ceil(3).max(2);
            (0..rows).map(|r| r * count / rows..(r + 1) * count / rows).collect()
        }
    }
}

/// Pictures side by side at one height, whole, as wide together as `width`; lower, and narrower, where they would be taller
/// than `room`. A picture alone is never enlarged beyond its pixels.
fn row<'f>(
    c: &mut Compose,
    figures: &'f [Figure],
    (width, room, y): (Len, Len, Len),
    (parent, place): (NodeId, FigurePlace),
) -> Vec<Placed<'f>> {
    let gaps = gap(c) * (figures.len() as i32 - 1);
    let sizes: Vec<(i64, i64)> = figures
        .iter()
        .map(|f| c.setter.issue.photo(f.photo).size())
        .map(|(w, h)| (i64::from(w.max(1)), i64::from(h.max(1))))
        .collect();
    // Widths at a common height of 4096.
    let shares: Vec<i64> = sizes.iter().map(|(w, h)| w * 4096 / h).collect();
    let total: i64 = shares.iter().sum::<i64>().max(1);
    let natural = Len::from_raw((i64::from((width - gaps).raw()) * 4096 / total) as i32);
    let tiny = if figures.len() == 1 && place == FigurePlace::Auto {
        Len::from_raw((sizes[0].1 * 72 * 1024 / 120).min(i64::from(i32::MAX)) as i32)
    } else {
        Len::MAX
    };
    let height = natural.min(room).min(tiny);
    let mut x = Len::ZERO;
    let mut out = vec![];
    for (figure, share) in figures.iter().zip(shares) {
        let own = if height == natural && figures.len() == 1 {
            width
        } else {
            Len::from_raw((i64::from(height.raw()) * share / 4096) as i32)
        };
        c.setter.tree.source = Some(figure.span);
        let node = c.add(parent, NodeRole::Figure);
        c.setter.tree.node_mut(node).alt = alt(figure);
        out.push(Placed { figure, node, at: (x, y), size: (own, height) });
        x += own + gap(c);
    }
    out
}

/// What the box of a picture says that isn't there yet.
fn to_come(c: &mut Compose, figure: &Figure, at: Logical<Len>, size: Logical<Len>) -> Option<Mark> {
    let photo = c.setter.issue.photo(figure.photo);
    if !photo.is_pending() {
        return None;
    }
    let (role, inset) = (c.theme().roles.caption, gap(c) / 2);
    let name = photo.name.rsplit('/').next().unwrap_or(&photo.name);
    let text = format!("{}　{name}", pending_word(c.setter.lang()));
    let shape = LineShape::justified(size.inline - inset * 2, Len::ZERO);
    let text = c.setter.set(&[plain_run(&text, &role)], Setting { role: &role, shape, node: None, block: None });
    let at = Logical { inline: at.inline + inset, block: at.block + size.block / 2 };
    Some(Mark::Line { text, line: 0, at })
}

fn pending_word(lang: Lang) -> &'static str {
    match (lang.is_chinese(), lang.is_traditional()) {
        (true, true) => "待補",
        (true, false) => "待补",
        _ => "To come",
    }
}

/// Puts a caption below its picture; returns the height it takes.
fn put_caption(c: &Compose, text: TextId, (x, y, measure): (Len, Len, Len), marks: &mut Vec<Mark>) -> Len {
    let (role, style) = (c.theme().roles.caption, &c.theme().figures);
    let pitch = role.pitch.of(c.theme().grid.pitch);
    let lines = &c.setter.text(text).lines;
    let centred = style.caption_align == Align::Center && lines.len() == 1;
    marks.extend(lines.iter().enumerate().map(|(line, set)| {
        let inline = if centred { x + (measure - set.target) / 2 } else { x };
        let block = y + style.caption_gap + pitch * line as i32 + role.size.scale(88, 100);
        Mark::Line { text, line, at: Logical { inline, block } }
    }));
    style.caption_gap + pitch * lines.len() as i32
}

/// Caption and credit in one block: the credit in brackets and in its own role's ink.
pub fn caption(s: &mut Setter, figure: &Figure, width: Len, (parent, role): (NodeId, Role)) -> Option<TextId> {
    let mut runs: Vec<TextRun> = s.runs(&figure.caption, &role);
    runs.iter_mut().for_each(|r| r.counts = false);
    if let Some(credit) = &figure.credit {
        let words = credit_words(credit, s.lang());
        let text = if runs.is_empty() { words } else { format!("（{words}）") };
        let ink = if role.ink == Ink::PAPER { Ink::PAPER } else { s.theme.roles.credit.ink };
        runs.push(plain_run(&text, &Role { ink, size: role.size, ..s.theme.roles.credit }));
    }
    if runs.is_empty() {
        return None;
    }
    let node = s.tree.add(parent, NodeRole::Caption);
    let shape = LineShape::justified(width, Len::ZERO);
    Some(s.set(&runs, Setting { role: &role, shape, node: Some(node), block: None }))
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
