//! Figures: how many columns by shape and pixels, their height in grid lines, captions close below.
//!
//! A block of several pictures is one figure: rows of one height, each picture whole, side by side.

use super::compose::{Compose, Frame};
use super::filling;
use super::flow::{Cost, Form, FullPage, Mark, Piece};
use super::plate;
use super::set::{Setter, Setting, TextId, plain_run};
use crate::base::{Code, Diagnostic, Ink, Lang, Len, Logical, Place, Rect};
use crate::doc::{Figure, FigurePlace, group_caption};
use crate::page::{NodeId, Role as NodeRole, Tree};
use crate::style::{Align, Role};
use crate::text::{LineShape, TextRun};

/// Pixels an inch below which print shows the pixels (preflight P07): no picture is placed larger of our own accord.
pub const SHARP: i64 = 200;

/// Pictures that are set together, with their nodes.
struct Block<'f> {
    figures: &'f [Figure],
    nodes: &'f [NodeId],
}

/// How large they are: the columns they take, of whose width they get a share.
#[derive(Clone, Copy)]
struct Size {
    columns: u8,
    share: (i32, i32),
    cost: Cost,
}

/// A picture alone, beside which the next one may stand if that isn't far.
pub struct Single {
    illustration: usize,
    figure: Figure,
    node: NodeId,
}

/// Adds a figure block: it flows in its column, stands across several, or fills a page. Within a box, a list or a quotation it
/// stays where it is.
pub fn compose(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    if matches!(place, FigurePlace::Full | FigurePlace::Spread) {
        figures.iter().for_each(|figure| full(c, figure, place, frame));
        return;
    }
    if c.theme().grid.is_vertical() {
        return plates(c, figures, place, frame);
    }
    let nodes: Vec<NodeId> = figures.iter().map(|figure| node(c, figure, frame.node)).collect();
    let block = Block { figures, nodes: &nodes };
    if place == FigurePlace::Inline || frame.inset > Len::ZERO {
        c.figures += 1;
        let piece = piece(c, &block, (c.measure(frame), (1, 1)));
        let marks = piece.marks.into_iter().map(|mark| mark.moved(frame.inset)).collect();
        return c.flow.push(Piece { before: 1, marks, ..piece });
    }
    let sizes = sizes(c, figures, place);
    let small = sizes[0].columns == 1;
    let forms = sizes.into_iter().map(|size| form(c, &block, size)).collect();
    // Nothing may stand between the two: a pair takes the place of the next illustration.
    let before = c.single.take().filter(|before| before.illustration + 1 == c.flow.illustrations.len());
    if let ([figure], FigurePlace::Auto, false) = (figures, place, c.photos) {
        let node = nodes[0];
        before.into_iter().for_each(|before| pair(c, &before, (figure, node), small));
        c.single = Some(Single { illustration: c.flow.illustrations.len(), figure: figure.clone(), node });
    }
    c.figures += 1;
    c.flow.illustrate(forms);
}

fn node(c: &mut Compose, figure: &Figure, parent: NodeId) -> NodeId {
    c.setter.tree.source = Some(figure.span);
    let node = c.add(parent, NodeRole::Figure);
    c.setter.tree.node_mut(node).alt = alt(figure);
    node
}

/// What a caption's lines would say of themselves is said only if this form is chosen.
fn form(c: &mut Compose, block: &Block, size: Size) -> Form {
    let before = c.setter.report.findings.len();
    let width = c.theme().grid.span_width(size.columns);
    let piece = piece(c, block, (width, size.share));
    let said = c.setter.report.findings.split_off(before);
    let of_lines = |d: &Diagnostic| matches!(d.code, Code::TextLooseLine | Code::TextForcedBreak);
    let (findings, others) = said.into_iter().partition(of_lines);
    c.setter.report.findings.extend(others);
    Form { cost: size.cost, findings, ..Form::new(size.columns, piece) }
}

/// Two pictures that follow each other closely should stand side by side at one height.
fn pair(c: &mut Compose, first: &Single, (figure, node): (&Figure, NodeId), small: bool) {
    let all = c.theme().grid.columns;
    let before = &c.flow.illustrations[first.illustration];
    if c.flow.rows_from(before.anchor) > c.theme().grid.rows / 2 {
        return;
    }
    let small = small && before.forms[0].columns == 1;
    let figures = [first.figure.clone(), figure.clone()];
    let block = Block { figures: &figures, nodes: &[first.node, node] };
    // Small ones take two columns, others all.
    let mut pairs = vec![];
    for columns in all.min(2)..=all {
        let cost = if small == (columns == all.min(2)) || all < 3 { Cost::FREE } else { Cost::RESIZED };
        let size = Size { columns, share: (1, 1), cost };
        pairs.push(Form { pairs: true, ..form(c, &block, size) });
    }
    let forms = &mut c.flow.illustrations[first.illustration].forms;
    forms.iter_mut().for_each(|form| form.cost = form.cost.plus(Cost::UNPAIRED));
    forms.extend(pairs);
    forms.sort_by_key(|form| form.cost);
}

/// On a vertical page each picture of a group is one by itself; what is said of all stands below the last.
fn plates(c: &mut Compose, figures: &[Figure], place: FigurePlace, frame: Frame) {
    let together = group_caption(figures);
    for (i, figure) in figures.iter().enumerate() {
        let said = match together {
            Some(of_all) if figures.len() > 1 => Some(of_all).filter(|_| i + 1 == figures.len()),
            _ => Some(figure),
        };
        let node = node(c, figure, frame.node);
        let columns = plate::tiers(c, figure, place);
        let mut form = |(most, cost)| {
            let piece = plate::piece(c, (figure, said, node), columns, most);
            Form { cost, ..Form::new(columns, piece) }
        };
        if place == FigurePlace::Inline {
            let piece = form(((1, 1), Cost::FREE)).piece;
            c.flow.push(piece);
        } else {
            let sizes = [((1, 1), Cost::FREE), ((3, 4), Cost::RESIZED), ((1, 2), Cost::RESIZED.plus(Cost::RESIZED))];
            let forms = sizes.into_iter().map(form).collect();
            c.flow.illustrate(forms);
        }
    }
    c.figures += 1;
}

/// A page of its own, or two facing ones; the caption stands on the picture's foot.
fn full(c: &mut Compose, figure: &Figure, place: FigurePlace, frame: Frame) {
    let node = node(c, figure, frame.node);
    let spread = place == FigurePlace::Spread;
    let foot = foot(c.setter, figure, spread);
    let caption_role = c.theme().roles.caption;
    let role = Role { ink: if foot.is_some() { caption_role.ink } else { Ink::PAPER }, ..caption_role };
    let width = c.theme().grid.across().0;
    let text = c.setter.across(|s| caption(s, figure, width, (node, role)));
    let lines = text.map_or(0, |t| c.setter.text(t).lines.len());
    let marks =
        text.into_iter().flat_map(|text| (0..lines).map(move |line| Mark::Line { text, line, at: Logical::default() }));
    let piece = Piece { marks: marks.collect(), ..Piece::default() };
    let columns = c.theme().grid.columns + u8::from(spread);
    let full = Some(FullPage { photo: figure.photo, node, foot });
    c.flow.illustrate(vec![Form { full, ..Form::new(columns, piece) }]);
}

/// How far down its page, or its two pages, a photo comes that has no focus to be cut around and leaves the foot free; it is
/// said that a focus would fill the page.
pub fn foot(s: &mut Setter, figure: &Figure, spread: bool) -> Option<Len> {
    let (trim, photo) = (s.theme.grid.trim, s.issue.photo(figure.photo));
    let trim = if spread { (trim.0 * 2, trim.1) } else { trim };
    let focus = s.issue.focus(figure.photo);
    if focus.is_none() && !filling::nearly_covers(photo.size(), Rect::new(Len::ZERO, Len::ZERO, trim.0, trim.1)) {
        let finding = filling::shown_whole(photo, Place::Source(figure.span));
        s.report.push(finding);
    }
    filling::foot(photo, focus, (trim, s.issue.page.bleed))
}

/// Shown whole on a page of its own, it would leave the page's foot free.
pub fn is_whole(s: &Setter, figure: &Figure) -> bool {
    let place = (s.theme.grid.trim, s.issue.page.bleed);
    filling::foot(s.issue.photo(figure.photo), s.issue.focus(figure.photo), place).is_some()
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

/// The sizes that pictures may have, the one that suits them best first. What the author says overrules, but a picture
/// across the page may be a column narrower.
fn sizes(c: &Compose, figures: &[Figure], place: FigurePlace) -> Vec<Size> {
    let all = c.theme().grid.columns;
    let best = columns(c, figures, place);
    let size = |columns: u8| {
        let steps = u32::from(columns.abs_diff(best));
        Size { columns, share: (1, 1), cost: Cost(Cost::RESIZED.0 * steps) }
    };
    let others = match place {
        FigurePlace::Auto if c.photos => 0..0,
        FigurePlace::Auto if figures.len() == 1 => 1..all + 1,
        FigurePlace::Auto if figures.len() == 2 => 2..all + 1,
        FigurePlace::Span => 2.max(all.saturating_sub(1))..all + 1,
        _ => 0..0,
    };
    let mut sizes: Vec<Size> = others.filter(|n| *n != best && suits(c, figures, *n)).map(size).collect();
    sizes.push(size(best));
    // Where captions are centred a picture may be narrower than its columns.
    let narrower = place != FigurePlace::Column && c.theme().figures.caption_align == Align::Center;
    // What an article of photos shows is not made small.
    let steps = if c.photos { 2 } else { 3 };
    let shares = [((5, 6), 1), ((2, 3), 2), ((1, 2), 3)].into_iter().take(steps).filter(|_| narrower && best == all);
    sizes.extend(shares.map(|(share, steps)| Size { share, cost: Cost(Cost::RESIZED.0 / 2 * steps), ..size(best) }));
    sizes.sort_by_key(|size| size.cost);
    sizes
}

/// Sharp on so many columns, and no taller there than a picture may be.
fn suits(c: &Compose, figures: &[Figure], columns: u8) -> bool {
    let [figure] = figures else { return true };
    let (grid, (w, h)) = (&c.theme().grid, c.setter.issue.photo(figure.photo).size());
    let width = grid.span_width(columns);
    let height = width.scale(h.max(1) as i32, w.max(1) as i32);
    columns == 1 || ppi(w, width) >= SHARP && height <= tallest(c)
}

/// The columns that suit pictures best: an article's first wide picture takes all, others two of three; a tall one keeps to
/// its column, and no picture is given more columns than it has pixels for.
fn columns(c: &Compose, figures: &[Figure], place: FigurePlace) -> u8 {
    let grid = &c.theme().grid;
    let all = grid.columns;
    match place {
        FigurePlace::Column | FigurePlace::Inline => return 1,
        FigurePlace::Auto => {}
        _ => return all,
    }
    if figures.len() > 1 {
        return all;
    }
    let (w, h) = c.setter.issue.photo(figures[0].photo).size();
    let (w64, h64) = (u64::from(w), u64::from(h));
    let wish = match all {
        _ if c.photos => all,
        _ if w64 * 10 < h64 * 12 => 1,
        _ if c.figures == 0 || w64 >= h64 * 2 => all,
        3.. => 2,
        _ => 1,
    };
    (1..=wish).rev().find(|n| *n == 1 || ppi(w, grid.span_width(*n)) >= SHARP).unwrap_or(1)
}

/// The tallest that a picture with its caption may be.
fn tallest(c: &Compose) -> Len {
    let percent = if c.photos { 90 } else { i32::from(c.theme().figures.tallest) };
    c.theme().grid.depth() * percent / 100
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

/// Pictures in a share of the given width with their captions. Their heights are their own; the block's is whole grid lines,
/// and what is left over stands between it and the text.
fn piece(c: &mut Compose, block: &Block, (width, share): (Len, (i32, i32))) -> Piece {
    let grid = c.theme().grid.clone();
    let role = c.theme().roles.caption;
    let top = (grid.pitch - c.theme().roles.body.size) / 2;
    let together = group_caption(block.figures);
    let (mut marks, mut y) = (vec![], top);
    let rows = rows(block.figures.len());
    let count = rows.len() as i32;
    let room = (tallest(c).scale(share.0, share.1) - grid.pitch * 2 * count) / count;
    let narrow = width.scale(share.0, share.1);
    for (i, range) in rows.into_iter().enumerate() {
        let placed = row(c, (&block.figures[range.clone()], &block.nodes[range]), (width, narrow), (room, y));
        y += placed.iter().map(|p| p.size.1).max().unwrap_or(Len::ZERO);
        let mut below = Len::ZERO;
        for p in &placed {
            let at = Logical { inline: p.at.0, block: p.at.1 };
            let size = Logical { inline: p.size.0, block: p.size.1 };
            marks.push(Mark::Picture { photo: p.figure.photo, at, size, node: p.node });
            marks.extend(to_come(c, p.figure, at, size));
            let (left, measure) = caption_room(c, p, (width, placed.len()));
            let beside = left > p.at.0 + p.size.0;
            let text = together.is_none().then(|| caption(c.setter, p.figure, measure, (p.node, role))).flatten();
            match text {
                // Its last line stands on the picture's foot.
                Some(text) if beside && caption_height(c, text) <= p.size.1 => {
                    let top = y - caption_height(c, text);
                    put_caption(c, text, (left, top, measure), &mut marks);
                }
                Some(text) => {
                    let single = centred(c) && c.setter.text(text).lines.len() == 1;
                    let left = match single {
                        true => p.at.0 + (p.size.0 - measure) / 2,
                        false if beside => p.at.0,
                        false => left,
                    };
                    below = below.max(put_caption(c, text, (left, y, measure), &mut marks));
                }
                None => {}
            }
        }
        y += below;
        let last_row = i as i32 + 1 == count;
        if let Some(figure) = together.filter(|_| last_row)
            && let Some(text) = caption(c.setter, figure, width, (placed[0].node, role))
        {
            y += put_caption(c, text, (Len::ZERO, y, width), &mut marks);
        }
        y += if last_row { Len::ZERO } else { gap(c) };
    }
    let rows = (y + grid.pitch / 2).count_up(grid.pitch) as u16;
    Piece { rows, slack: grid.row_y(rows) - y, marks, ..Piece::default() }
}

/// Where a picture's caption stands: below it and as wide; a picture alone lends it no less than twelve em where there are.
/// Beside a picture that leaves at least a column of its width free it stands there.
fn caption_room(c: &Compose, p: &Placed, (width, side_by_side): (Len, usize)) -> (Len, Len) {
    if side_by_side > 1 {
        return (p.at.0, p.size.0);
    }
    let grid = &c.theme().grid;
    let free = (1..grid.columns).map(|i| grid.column_x(i)).find(|x| *x >= p.at.0 + p.size.0 + grid.gutter / 2);
    if let Some(left) = free.filter(|left| !centred(c) && *left < width) {
        return (left, grid.measure);
    }
    let room = if centred(c) { width - p.at.0 } else { width };
    (p.at.0, p.size.0.max(c.theme().roles.caption.size * 12).min(room))
}

fn centred(c: &Compose) -> bool {
    c.theme().figures.caption_align == Align::Center
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

/// Pictures side by side at one height, whole, as wide together as `narrow`, which is in the middle of `width` where captions
/// are; lower, and narrower, where they would be taller than `room`. A picture alone is never enlarged beyond its pixels.
fn row<'f>(
    c: &Compose,
    (figures, nodes): (&'f [Figure], &[NodeId]),
    (width, narrow): (Len, Len),
    (room, y): (Len, Len),
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
    let natural = Len::from_raw((i64::from((narrow - gaps).raw()) * 4096 / total) as i32);
    let tiny = if figures.len() == 1 {
        Len::from_raw((sizes[0].1 * 72 * 1024 / 120).min(i64::from(i32::MAX)) as i32)
    } else {
        Len::MAX
    };
    let height = natural.min(room).min(tiny);
    let own = |share: i64| match figures.len() {
        1 if height == natural => narrow,
        _ => Len::from_raw((i64::from(height.raw()) * share / 4096) as i32),
    };
    let taken: Len = shares.iter().fold(gaps, |sum, share| sum + own(*share));
    let mut x = if centred(c) { (width - taken) / 2 } else { Len::ZERO };
    let mut out = vec![];
    for ((figure, node), share) in figures.iter().zip(nodes).zip(shares) {
        out.push(Placed { figure, node: *node, at: (x, y), size: (own(share), height) });
        x += own(share) + gap(c);
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

fn caption_height(c: &Compose, text: TextId) -> Len {
    let pitch = c.theme().roles.caption.pitch.of(c.theme().grid.pitch);
    c.theme().figures.caption_gap + pitch * c.setter.text(text).lines.len() as i32
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
    if let Some(text) = figure.credit_line(s.lang()) {
        let ink = if role.ink == Ink::PAPER { Ink::PAPER } else { s.theme.roles.credit.ink };
        runs.push(plain_run(&text, &Role { ink, size: role.size, ..s.theme.roles.credit }));
    }
    if runs.is_empty() {
        return None;
    }
    let node = caption_node(&mut s.tree, parent);
    let shape = LineShape::justified(width, Len::ZERO);
    Some(s.set(&runs, Setting { role: &role, shape, node: Some(node), block: None }))
}

/// A figure has one caption, in whatever measure it is set.
fn caption_node(tree: &mut Tree, figure: NodeId) -> NodeId {
    let found = tree.node(figure).children.iter().find(|id| tree.node(**id).role == NodeRole::Caption).copied();
    found.unwrap_or_else(|| tree.add(figure, NodeRole::Caption))
}
