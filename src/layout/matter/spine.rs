//! The spine of a cover that is printed in one piece: the name of the magazine at its head, the issue at its foot, down the
//! middle (期刊出版形式规范), on the ground of the back cover.

use super::TextBlock;
use crate::base::{Ink, Len, Point, Rect, Report};
use crate::doc::{Binding, Issue, PrintFiles};
use crate::font::Library;
use crate::layout::axes::{Axes, Turn};
use crate::layout::paint::{Leaf, MIDDLE};
use crate::layout::set::Setter;
use crate::page::{Item, Shape, ShapeKind, Spine};
use crate::style::{Align, Role, Theme};

/// Folding is out by a millimetre: type keeps as much away from either edge.
const AWAY: Len = Len::mm(100);
const LARGEST: Len = Len::pt(1600);
/// From the page's head and foot.
const MARGIN: Len = Len::mm(1500);

/// None where the cover isn't in one piece, or nobody knows how thick the issue is.
pub fn lay(issue: &Issue, theme: &Theme, library: &Library, pages: usize) -> Option<(Spine, Report)> {
    let width = match issue.page.binding {
        _ if issue.print.files != PrintFiles::WrapAndInner => return None,
        Binding::None => return None,
        Binding::Saddle => Len::ZERO,
        Binding::Perfect => issue.print.spine_width(pages)?,
    };
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let mut leaf = Leaf { vertical: true, ..Leaf::default() };
    if width >= Spine::WITH_TEXT {
        words(&mut setter, &mut leaf, width);
    }
    let middle = Axes { origin: Point { x: width / 2, y: Len::ZERO }, turn: Turn::Right };
    let type_ = leaf.items.into_iter().map(|item| middle.item(item, 0));
    let items = ground(issue, theme, width).into_iter().chain(type_).collect();
    Some((Spine { width, items }, setter.report))
}

fn ground(issue: &Issue, theme: &Theme, width: Len) -> Option<Item> {
    let (ink, bleed) = (theme.cover.ground, issue.page.bleed);
    let rect = Rect::new(Len::ZERO, -bleed, width, theme.grid.trim.1 + bleed * 2);
    (ink != Ink::PAPER).then_some(Item::Shape(Shape { kind: ShapeKind::Fill(rect), ink, tint: 100, node: None }))
}

/// In the axes of a vertical line: along it from the head of the page, across it from the spine's middle.
fn words(setter: &mut Setter, leaf: &mut Leaf, width: Len) {
    let (issue, theme) = (setter.issue, setter.theme);
    let long = theme.grid.trim.1 - MARGIN * 2;
    let ink = if theme.cover.ground == Ink::PAPER { Ink::BLACK } else { theme.cover.type_on_ground };
    let size = (width - AWAY * 2).min(LARGEST);
    let name = Role { size, ink, align: Align::Start, ..theme.roles.cover_headline };
    let line = Role { size: size.scale(4, 5), ink, align: Align::Start, ..theme.roles.cover_line };
    let (first, last) = match &issue.cover.spine {
        Some(own) => (own.clone(), String::new()),
        None => (issue.magazine.title.clone(), issue.issue_line()),
    };
    let mut set = |text: &str, role: &Role| {
        let natural = setter.in_lines(true, |s| TextBlock::plain(s, text, role, (long * 8, None))).width(setter);
        // Both fit, with an em between them.
        let room = long / 2 - size / 2;
        let size = if natural > room { role.size.scale(room.raw(), natural.raw()) } else { role.size };
        let role = Role { size, ..*role };
        setter.in_lines(true, |s| TextBlock::plain(s, text, &role, (long, None)))
    };
    let (first, last) = (set(&first, &name), set(&last, &line));
    let across = |block: &TextBlock| MIDDLE.of(block.size);
    first.paint_baseline(setter, leaf, Point { x: MARGIN, y: across(&first) });
    let foot = MARGIN + long - last.width(setter);
    last.paint_baseline(setter, leaf, Point { x: foot, y: across(&last) });
}
