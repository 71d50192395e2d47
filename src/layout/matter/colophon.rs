//! 版权页: the magazine's people and particulars, at the foot of its page. Labels are justified on four em, two-character
//! names set on three.

use super::{Matter, TextBlock, rule};
use crate::base::{Em, Ink, Len, Logical, Point};
use crate::doc::{ColophonLine, Entry, Issue};
use crate::font::Library;
use crate::layout::article::name_run;
use crate::layout::column::{Cursor, Slot, balance};
use crate::layout::flow::{Flow, Mark, Piece};
use crate::layout::paint::Leaf;
use crate::layout::set::{Setter, Setting, plain_run};
use crate::page::{NodeId, Role as NodeRole, Tree};
use crate::style::{Role, Theme};
use crate::text::{LineShape, is_cjk};

/// One page: short lines in as many columns as the body has, long ones across them, all at the page's foot.
/// `pages` how many the issue has inside, for the line 期刊基本参数.
pub fn lay(issue: &Issue, theme: &Theme, library: &Library, pages: usize) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let section = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let heading = setter.tree.add(section, NodeRole::Heading(1));
    let list = setter.tree.add(section, NodeRole::Particulars);
    let (grid, role) = (&theme.grid, theme.roles.colophon);
    let mut flow = Flow::default();
    let chars = |line: &ColophonLine| line.values.iter().map(|v| v.chars().count()).sum::<usize>();
    let long = |line: &&ColophonLine| line.listed || chars(line) > LONG;
    for line in issue.colophon.iter().filter(|l| !long(l)) {
        let piece = entry(&mut setter, line, (list, grid.measure));
        flow.push(piece);
    }
    let said: Vec<ColophonLine> = issue.colophon.iter().filter(long).cloned().collect();
    let said = said.into_iter().chain(cover(issue));
    let mut statements: Vec<Piece> = said.map(|l| entry(&mut setter, &l, (list, grid.width))).collect();
    let parameters = parameters(issue, pages);
    statements.extend(parameters.map(|l| setter.unspaced(|s| entry(s, &l, (list, grid.width)))));
    let below: u16 = statements.iter().map(|p| p.rows).sum::<u16>() + u16::from(!statements.is_empty());
    let top = HEAD_ROWS;
    let rows = grid.rows.saturating_sub(top + below).max(1);
    let slots: Vec<Slot> = (0..grid.columns).map(|column| Slot { column, top, rows }).collect();
    let filled = balance(&flow, &Cursor::default(), &slots)
        .unwrap_or_else(|| super::super::column::fill(&flow, &Cursor::default(), &slots));
    let used = filled.placed.iter().map(|p| p.row + flow.pieces[p.piece].rows).max().unwrap_or(top);
    let down = grid.row_y(grid.rows.saturating_sub(used + below));
    let mut leaf = Leaf::default();
    head(&mut setter, &mut leaf, down, heading);
    for p in &filled.placed {
        let at = Point { x: grid.column_x(p.column), y: grid.row_y(p.row) + down };
        leaf.piece(&setter.texts, &flow.pieces[p.piece], at);
    }
    let mut y = grid.row_y(used + 1) + down;
    if !statements.is_empty() {
        let at = Point { x: Len::ZERO, y: y - grid.pitch / 2 };
        rule(&mut leaf, at, grid.width, (Len::pt(50), role.ink));
    }
    for piece in &statements {
        leaf.piece(&setter.texts, piece, Point { x: Len::ZERO, y });
        y += grid.row_y(piece.rows);
    }
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}

/// What the cover shows and who made it.
fn cover(issue: &Issue) -> Option<ColophonLine> {
    let credit = issue.cover.credit.clone()?;
    let label = if issue.lang().is_chinese() { "封面" } else { "Cover" };
    Some(ColophonLine { label: label.into(), values: vec![credit], ..ColophonLine::default() })
}

/// The line 期刊基本参数: a paragraph without a label.
fn parameters(issue: &Issue, pages: usize) -> Option<ColophonLine> {
    let line = || format!("[期刊基本参数] {}", issue.basic_parameters(pages));
    let asked = issue.colophon_page.basic_parameters;
    asked.then(|| ColophonLine { values: vec![line()], ..ColophonLine::default() })
}

const HEAD_ROWS: u16 = 4;
/// Characters beyond which a line stands across the columns: declarations.
const LONG: usize = 22;

fn head(setter: &mut Setter, leaf: &mut Leaf, y: Len, node: NodeId) {
    let (theme, issue) = (setter.theme, setter.issue);
    let (grid, role) = (&theme.grid, theme.roles.colophon_title);
    rule(leaf, Point { x: Len::ZERO, y }, grid.width, (Len::pt(60), Ink::BLACK));
    let title = TextBlock::plain(setter, &issue.magazine.title, &role, (grid.width, Some(node)));
    let y = y + grid.pitch;
    title.paint(setter, leaf, Point { x: Len::ZERO, y });
    let line = Role { pitch: role.pitch, ..theme.roles.colophon };
    let line = TextBlock::plain(setter, &issue.issue_line(), &line, (grid.width, Some(node)));
    line.paint_end(setter, leaf, Point { x: grid.width, y });
}

/// `主　　编　林　远`: a label on four em and its values.
fn entry(setter: &mut Setter, line: &ColophonLine, (parent, measure): (NodeId, Len)) -> Piece {
    let role = setter.theme.roles.colophon;
    let grid = setter.theme.grid.clone();
    let item = setter.tree.add(parent, NodeRole::ListItem);
    let named = (!line.label.is_empty()).then(|| setter.tree.add(item, NodeRole::ListLabel));
    let body = setter.tree.add(item, NodeRole::ListBody);
    let mut label = plain_run(&line.label, &role);
    label.weight = crate::font::Weight::Bold;
    let count = line.label.chars().count() as i32;
    if (2..4).contains(&count) && line.label.chars().all(is_cjk) {
        label.style.tracking = Em((4 - count) * 1000 / (count - 1)).of(role.size);
    }
    let inset = if count == 0 { Len::ZERO } else { role.size * count.max(4) + role.size };
    let setting = |shape, node| Setting { role: &role, shape, node, block: None };
    let label = setter.set(&[label], setting(LineShape::ragged(measure), named));
    let mut runs = vec![];
    for (i, value) in line.values.iter().enumerate() {
        if i > 0 {
            runs.push(plain_run(if line.listed { "\n" } else { "\u{3000}" }, &role));
        }
        let person = line.entry.is_some_and(Entry::is_people);
        runs.push(if person { name_run(value, &role) } else { plain_run(value, &role) });
    }
    let value = setter.set(&runs, setting(LineShape::ragged((measure - inset).max(role.size * 4)), Some(body)));
    let baseline = crate::layout::compose::baseline_in(grid.pitch, role.size);
    let rows = setter.text(value).lines.len().max(1);
    let mut marks = vec![Mark::Line { text: label, line: 0, at: Logical { inline: Len::ZERO, block: baseline } }];
    marks.extend((0..rows).map(|i| {
        let at = Logical { inline: inset, block: grid.row_y(i as u16) + baseline };
        Mark::Line { text: value, line: i, at }
    }));
    Piece { rows: rows as u16, marks, ..Piece::default() }
}
