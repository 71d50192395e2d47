//! What a journal sets round a paper's text: the notes at its first page's foot, its head in English behind the text.
//!
//! In: an article's [`Paper`](crate::doc::Paper), its flow. Out: pieces of that flow. The line of its numbers is the opener's.

use super::compose::{Compose, Frame};
use super::flow::{Cost, Mark, Piece};
use super::set::{Setting, TextId, plain_run};
use crate::base::{Ink, Lang, Len, Logical};
use crate::doc::{Article, EnglishHead};
use crate::font::{Family, Weight};
use crate::page::{NodeId, Role as NodeRole};
use crate::style::{Pitch, Role};
use crate::text::{LineShape, TextRun};

/// 收稿日期, 基金项目, 作者简介 below the first column, as a note without a number.
pub fn first_page_notes(compose: &mut Compose, article: &Article, parent: NodeId) {
    let notes = article.first_page_notes();
    let Some(first) = compose.flow.pieces.iter().position(|p| !p.floats && p.rows > 0).filter(|_| !notes.is_empty())
    else {
        return;
    };
    let role = compose.theme().roles.note;
    let (mut runs, mut nodes) = (vec![], vec![]);
    for (i, (word, text)) in notes.into_iter().enumerate() {
        let node = compose.add(parent, NodeRole::Paragraph);
        let end = plain_run(if i > 0 { "\n" } else { "" }, &role);
        runs.extend([end, bold(word, &role), plain_run(&text, &role)]);
        nodes.extend([Some(node); 3]);
    }
    let shape = LineShape::justified(compose.theme().grid.measure, Len::ZERO);
    let text = compose.setter.set(&runs, Setting { role: &role, shape, node: nodes[0], block: None });
    compose.setter.texts[text.0].nodes = nodes;
    let mut whole = Piece::default();
    for piece in compose.small_lines(text, &role) {
        let down = compose.theme().grid.row_y(whole.rows);
        whole.marks.extend(piece.marks.into_iter().map(|m| m.lowered(down)));
        whole.rows += piece.rows;
    }
    let number = compose.flow.notes.len();
    compose.flow.notes.push(whole);
    compose.flow.pieces[first].notes.insert(0, number);
}

/// Title, names, abstract and keywords in English, below a rule.
pub fn english(compose: &mut Compose, head: &EnglishHead, parent: NodeId) {
    if head.is_empty() {
        return;
    }
    let theme = compose.theme();
    let node = compose.add(parent, NodeRole::Section);
    compose.setter.tree.node_mut(node).lang = Some(Lang::En);
    let small = theme.roles.keywords.size.scale(9, 10);
    let role = Role { family: Family::Song, pitch: Pitch::ONE, ink: Ink::BLACK, size: small, ..theme.roles.keywords };
    let title = Role { weight: Weight::Bold, size: theme.roles.body.size.scale(8, 7), ..role };
    let at = Logical { inline: Len::ZERO, block: theme.grid.pitch / 2 };
    let rule = Mark::Rule { at, length: theme.grid.measure, thickness: theme.opener.abstract_rules, ink: Ink::BLACK };
    let marks = if theme.opener.abstract_rules > Len::ZERO { vec![rule] } else { vec![] };
    compose.flow.push(Piece { before: 1, rows: 1, marks, ends_text: true, ..Piece::default() });
    let lines = [(head.title.clone(), title), (Some(head.names()), role), (head.affiliation.clone(), role)];
    let lines = lines.into_iter().filter_map(|(text, role)| Some((text.filter(|t| !t.is_empty())?, role)));
    for (text, role) in lines {
        line(compose, &text, (&role, node));
    }
    for (word, text) in head.labelled() {
        paragraph(compose, &[bold(word, &role), plain_run(&text, &role)], (&role, node));
    }
}

/// Lines in the middle of the column that no column's end divides from what follows.
fn line(compose: &mut Compose, text: &str, (role, parent): (&Role, NodeId)) {
    let measure = compose.theme().grid.measure;
    let node = compose.add(parent, NodeRole::Paragraph);
    let setting = Setting { role, shape: LineShape::balanced(measure), node: Some(node), block: None };
    let id = compose.setter.in_lang(Lang::En, |s| s.plain(text, setting));
    let marks = centred(compose, id, role);
    compose.flow.push(Piece { rows: marks.len() as u16, marks, break_cost: Cost::FORBIDDEN, ..Piece::default() });
}

fn centred(compose: &Compose, id: TextId, role: &Role) -> Vec<Mark> {
    let grid = &compose.theme().grid;
    let lines = &compose.setter.text(id).lines;
    let mark = |(line, set): (usize, &crate::text::Line)| {
        let block = grid.row_y(line as u16) + compose.baseline(role);
        let inline = (grid.measure - set.target).max(Len::ZERO) / 2;
        Mark::Line { text: id, line, at: Logical { inline, block } }
    };
    lines.iter().enumerate().map(mark).collect()
}

fn paragraph(compose: &mut Compose, runs: &[TextRun], (role, parent): (&Role, NodeId)) {
    let node = compose.add(parent, NodeRole::Paragraph);
    let shape = LineShape::justified(compose.theme().grid.measure, Len::ZERO);
    let setting = Setting { role, shape, node: Some(node), block: None };
    let id = compose.setter.in_lang(Lang::En, |s| s.set(runs, setting));
    compose.lines(id, Frame { inset: Len::ZERO, node, role, indent: false });
}

/// The word before a text.
fn bold(word: &str, role: &Role) -> TextRun {
    TextRun { family: Family::Hei, weight: Weight::Bold, ..plain_run(word, role) }
}
