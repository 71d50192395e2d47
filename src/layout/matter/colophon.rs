//! 版权页: the magazine's people and particulars, at the foot of its page. Labels are justified on four em, two-character
//! names set on three.

use super::{Anchor, Matter, put};
use crate::base::{Em, Ink, Len, Logical, Point};
use crate::doc::{ColophonLine, Entry, Issue};
use crate::font::Library;
use crate::layout::article::name_run;
use crate::layout::column::{Cursor, Slot, balance};
use crate::layout::flow::{Flow, Mark, Piece};
use crate::layout::paint::Leaf;
use crate::layout::set::{Setter, Setting, plain_run};
use crate::page::{Item, NodeId, Role as NodeRole, Shape, ShapeKind, Tree};
use crate::style::{Pitch, Role, Theme};
use crate::text::{LineShape, is_cjk};

/// One page; as many columns as the body has.
///
/// `pages`: how many the issue has inside, for the line 期刊基本参数.
pub fn lay(issue: &Issue, theme: &Theme, library: &Library, pages: usize) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let section = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let heading = setter.tree.add(section, NodeRole::Heading(1));
    let mut flow = Flow::default();
    for line in &issue.colophon {
        flow.push(entry(&mut setter, line, section));
    }
    if issue.colophon_page.basic_parameters {
        flow.push(entry(&mut setter, &parameters(issue, pages), section));
    }
    let grid = &theme.grid;
    let top = HEAD_ROWS;
    let slots: Vec<Slot> = (0..grid.columns).map(|column| Slot { column, top, rows: grid.rows - top }).collect();
    let filled = balance(&flow, &Cursor::default(), &slots)
        .unwrap_or_else(|| super::super::column::fill(&flow, &Cursor::default(), &slots));
    let used = filled.placed.iter().map(|p| p.row + flow.pieces[p.piece].rows).max().unwrap_or(top);
    // The block sits at the foot of its page.
    let down = grid.row_y(grid.rows - used.min(grid.rows));
    let mut leaf = Leaf::default();
    head(&mut setter, &mut leaf, down, heading);
    for p in &filled.placed {
        let at = Point { x: grid.column_x(p.column), y: grid.row_y(p.row) + down };
        leaf.piece(&setter.texts, &flow.pieces[p.piece], at);
    }
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}

const HEAD_ROWS: u16 = 4;

fn head(setter: &mut Setter, leaf: &mut Leaf, y: Len, node: NodeId) {
    let (theme, issue) = (setter.theme, setter.issue);
    let kind = ShapeKind::Rule {
        from: Point { x: Len::ZERO, y },
        to: Point { x: theme.grid.width, y },
        thickness: Len::pt(120),
    };
    leaf.items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
    let role = &theme.roles.colophon_title;
    let at = Point { x: Len::ZERO, y: y + theme.grid.pitch * 2 };
    put(setter, leaf, &issue.magazine.title, role, (at, theme.grid.width, Anchor::Start, Some(node)));
    let line = Role { pitch: Pitch::ONE, ..theme.roles.byline };
    let at = Point { x: theme.grid.width, ..at };
    put(setter, leaf, &issue.issue_line(), &line, (at, theme.grid.width, Anchor::End, Some(node)));
}

/// A paragraph without a label.
fn parameters(issue: &Issue, pages: usize) -> ColophonLine {
    let values = vec![format!("[期刊基本参数] {}", issue.basic_parameters(pages))];
    ColophonLine { values, ..ColophonLine::default() }
}

/// `主　　编　林　远`: a label on four em and its values.
fn entry(setter: &mut Setter, line: &ColophonLine, parent: NodeId) -> Piece {
    let role = setter.theme.roles.byline;
    let grid = setter.theme.grid.clone();
    let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
    let mut label = plain_run(&line.label, &role);
    label.weight = crate::font::Weight::Bold;
    let count = line.label.chars().count() as i32;
    if (2..4).contains(&count) && line.label.chars().all(is_cjk) {
        label.style.tracking = Em((4 - count) * 1000 / (count - 1)).of(role.size);
    }
    let inset = if count == 0 { Len::ZERO } else { role.size * count.max(4) + role.size };
    let setting = |shape| Setting { role: &role, shape, node, block: None };
    let label = setter.set(&[label], setting(LineShape::ragged(grid.measure)));
    let mut runs = vec![];
    for (i, value) in line.values.iter().enumerate() {
        if i > 0 {
            runs.push(plain_run("\u{3000}", &role));
        }
        let person = line.entry.is_some_and(Entry::is_people);
        runs.push(if person { name_run(value, &role) } else { plain_run(value, &role) });
    }
    let value = setter.set(&runs, setting(LineShape::ragged((grid.measure - inset).max(role.size * 4))));
    let baseline = crate::layout::compose::baseline_in(grid.pitch, role.size);
    let rows = setter.text(value).lines.len().max(1);
    let mut marks = vec![Mark::Line { text: label, line: 0, at: Logical { inline: Len::ZERO, block: baseline } }];
    marks.extend((0..rows).map(|i| {
        let at = Logical { inline: inset, block: grid.row_y(i as u16) + baseline };
        Mark::Line { text: value, line: i, at }
    }));
    Piece { rows: rows as u16, marks, ..Piece::default() }
}
