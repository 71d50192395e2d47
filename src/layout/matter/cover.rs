//! The front cover: photo to the edges, masthead over its top, headline and lines over its foot. Without a photo the
//! accent fills the page. The back cover is that ink with the magazine's name.

use super::{Anchor, Matter, put};
use crate::base::{Ink, Len, Point, Rect};
use crate::doc::Issue;
use crate::font::Library;
use crate::layout::paint::Leaf;
use crate::layout::set::Setter;
use crate::page::{Item, Picture, Role as NodeRole, Shape, ShapeKind, Tree};
use crate::style::Theme;

/// Coordinates of both covers are the page's own: the origin is the trim's top left corner.
pub fn front(issue: &Issue, theme: &Theme, library: &Library) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let mut leaf = Leaf::default();
    let (width, height) = theme.grid.trim;
    ground(&mut setter, &mut leaf, node);
    let margin = theme.grid.margins.outer;
    let roles = &theme.roles;
    let paragraph = |s: &mut Setter, role| Some(s.tree.add(node, role));
    let title = &issue.magazine.title;
    // The masthead fills at most the page's width.
    let mut masthead = roles.masthead;
    let ems = title.chars().count().max(1) as i32;
    masthead.size = masthead.size.min((width - margin * 2) / ems);
    let heading = paragraph(&mut setter, NodeRole::Heading(1));
    let baseline = Len::mm(1300).scale(width.raw(), Len::mm(21000).raw()) + masthead.size.scale(88, 100);
    put(&mut setter, &mut leaf, title, &masthead, (Point { x: margin, y: baseline }, width, Anchor::Start, heading));
    issue_lines(&mut setter, &mut leaf, node);
    let rule = baseline + masthead.size.scale(30, 100);
    let (from, to) = (Point { x: margin, y: rule }, Point { x: width - margin, y: rule });
    let kind = ShapeKind::Rule { from, to, thickness: Len::pt(60) };
    leaf.items.push(Item::Shape(Shape { kind, ink: Ink::PAPER, tint: 100, node: None }));
    foot(&mut setter, &mut leaf, node, height);
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}

/// The photo cropped around its middle to trim and bleed with a veil, or the accent ink.
fn ground(setter: &mut Setter, leaf: &mut Leaf, parent: crate::page::NodeId) {
    let (width, height) = setter.theme.grid.trim;
    let bleed = setter.issue.page.bleed;
    let page = Rect::new(-bleed, -bleed, width + bleed * 2, height + bleed * 2);
    let Some(photo) = setter.issue.number.cover else {
        let kind = ShapeKind::Fill(page);
        leaf.items.push(Item::Shape(Shape { kind, ink: Theme::ACCENT, tint: 100, node: None }));
        return;
    };
    let node = setter.tree.add(parent, NodeRole::Figure);
    setter.tree.node_mut(node).alt = Some(format!("{}封面照片", setter.issue.full_title()));
    let full = covering(setter.issue.photo(photo).size(), page);
    leaf.items.push(Item::Picture(Picture { photo, frame: page, full, node: Some(node) }));
    for (y, h, top, bottom) in
        [(page.y, page.height / 3, 55, 0), (page.y + page.height * 3 / 5, page.height * 2 / 5, 0, 60)]
    {
        let kind = ShapeKind::Veil { rect: Rect::new(page.x, y, page.width, h), top, bottom };
        leaf.items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
    }
}

/// The picture's whole box when it covers `page` and is centred on it.
pub fn covering((w, h): (u32, u32), page: Rect) -> Rect {
    let (w, h) = (w.max(1) as i32, h.max(1) as i32);
    let by_width = page.width.scale(h, w);
    let (width, height) =
        if by_width >= page.height { (page.width, by_width) } else { (page.height.scale(w, h), page.height) };
    Rect::new(page.x - (width - page.width) / 2, page.y - (height - page.height) / 2, width, height)
}

/// Year and number, serial number, the name in pinyin or English: at the right of the masthead.
fn issue_lines(setter: &mut Setter, leaf: &mut Leaf, parent: crate::page::NodeId) {
    let (issue, theme) = (setter.issue, setter.theme);
    let serial = issue.number.serial.as_ref().map(|s| format!("总第{s}期"));
    let name = issue.magazine.title_pinyin.clone().or(issue.magazine.title_en.clone());
    let lines = [Some(issue.issue_line()), serial, name, issue.number.price.clone()];
    let role = crate::style::Role { tracking: crate::base::Em(60), size: Len::pt(850), ..theme.roles.cover_line };
    let x = theme.grid.trim.0 - theme.grid.margins.outer;
    let mut y = Len::mm(2000).scale(theme.grid.trim.0.raw(), Len::mm(21000).raw());
    for line in lines.iter().flatten().filter(|l| !l.is_empty()) {
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        put(setter, leaf, line, &role, (Point { x, y }, theme.grid.trim.0, Anchor::End, node));
        y += Len::pt(1400);
    }
}

/// The headline in its lines, then the cover lines, upward from the foot.
fn foot(setter: &mut Setter, leaf: &mut Leaf, parent: crate::page::NodeId, height: Len) {
    let (issue, theme) = (setter.issue, setter.theme);
    let (x, width) = (theme.grid.margins.outer, theme.grid.trim.0 - theme.grid.margins.outer * 2);
    let pitch = theme.roles.cover_line.pitch.of(theme.grid.pitch) + Len::pt(125);
    let mut y = height - Len::mm(2000);
    let first = y - pitch * (issue.number.cover_lines.len() as i32 - 1).max(0);
    for (i, line) in issue.number.cover_lines.iter().enumerate() {
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        let at = Point { x, y: first + pitch * i as i32 };
        put(setter, leaf, line, &theme.roles.cover_line, (at, width, Anchor::Start, node));
    }
    y = first - if issue.number.cover_lines.is_empty() { Len::ZERO } else { Len::mm(1800) };
    let Some(headline) = &issue.number.theme else { return };
    let role = &theme.roles.cover_headline;
    let lines: Vec<&str> = headline.split(['|', '\u{200b}', '\n']).filter(|l| !l.is_empty()).collect();
    let step = role.pitch.of(theme.grid.pitch);
    for (i, line) in lines.iter().enumerate() {
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        let at = Point { x, y: y - step * (lines.len() - 1 - i) as i32 };
        put(setter, leaf, line, role, (at, width, Anchor::Start, node));
    }
}

/// The accent to the edges, the magazine's name and issue at the foot.
pub fn back(issue: &Issue, theme: &Theme, library: &Library) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let mut leaf = Leaf::default();
    let (width, height) = theme.grid.trim;
    let bleed = issue.page.bleed;
    let page = Rect::new(-bleed, -bleed, width + bleed * 2, height + bleed * 2);
    leaf.items.push(Item::Shape(Shape { kind: ShapeKind::Fill(page), ink: Theme::ACCENT, tint: 100, node: None }));
    let name = crate::style::Role { size: Len::pt(2200), ..theme.roles.cover_headline };
    let x = theme.grid.margins.outer;
    let measure = width - x * 2;
    let of_name = Some(setter.tree.add(node, NodeRole::Paragraph));
    let at = Point { x, y: height - Len::mm(2800) };
    put(&mut setter, &mut leaf, &issue.magazine.title, &name, (at, measure, Anchor::Start, of_name));
    let line = issue.issue_line();
    if !line.is_empty() {
        let of_line = Some(setter.tree.add(node, NodeRole::Paragraph));
        let at = Point { x, y: height - Len::mm(2000) };
        put(&mut setter, &mut leaf, &line, &theme.roles.cover_line, (at, measure, Anchor::Start, of_line));
    }
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}
