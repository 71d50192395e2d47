//! Columns are filled by cost: ends that leave lone lines or short columns are paid for, and the cheapest set of ends on a
//! page wins. Counts of grid lines only; no width is looked at here.

use super::flow::{Cost, Flow};

/// Free lines of one column of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub column: u8,
    /// Its first free line on the page.
    pub top: u16,
    pub rows: u16,
}

/// How far a flow has been placed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub next: usize,
    /// Floats met already and not yet placed; they go to the next column's head.
    pub waiting: Vec<usize>,
}

impl Cursor {
    pub fn is_done(&self, flow: &Flow) -> bool {
        self.next >= flow.pieces.len() && self.waiting.is_empty()
    }
}

/// A piece at its line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    pub piece: usize,
    pub column: u8,
    pub row: u16,
    pub kind: Kind,
}

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Flow,
    /// A float at its column's foot: its slack belongs above it.
    FootFloat,
    /// `Flow::notes`, by the piece's number.
    Note,
    /// The short rule above a column's notes.
    NoteRule,
    /// `Flow::heads`, by number: the head of a table that goes on.
    TableHead,
}

/// The columns of one page, filled.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub placed: Vec<Placement>,
    pub after: Cursor,
    pub cost: Cost,
}

/// How many ends of a column are followed up.
const WIDTH: usize = 4;

/// Fills the slots in order with the cheapest column ends.
pub fn fill(flow: &Flow, from: &Cursor, slots: &[Slot]) -> Filled {
    let Some((slot, rest)) = slots.split_first() else {
        return Filled { after: from.clone(), ..Filled::default() };
    };
    ends(flow, from, *slot)
        .into_iter()
        .map(|column| {
            let tail = fill(flow, &column.after, rest);
            let placed = column.placed.iter().chain(&tail.placed).copied().collect();
            Filled { placed, after: tail.after, cost: column.cost.plus(tail.cost) }
        })
        .min_by_key(|f| f.cost)
        .expect("a column has at least one end")
}

/// Fills the slots so that all columns end level and the flow is used up: the fewest lines that hold it, or a few more
/// where that avoids a lone line. None where the flow doesn't end on this page.
pub fn balance(flow: &Flow, from: &Cursor, slots: &[Slot]) -> Option<Filled> {
    let room: usize = slots.iter().map(|s| usize::from(s.rows)).sum();
    if !fits(flow, from, room) {
        return None;
    }
    let foot = slots.iter().map(|s| s.top + s.rows).max()?;
    let ended = |bottom: u16| {
        let cut: Vec<Slot> =
            slots.iter().map(|s| Slot { rows: s.rows.min(bottom.saturating_sub(s.top)), ..*s }).collect();
        Some(fill(flow, from, &cut)).filter(|f| f.after.is_done(flow))
    };
    let head = slots.iter().map(|s| s.top).min()?;
    let least = (head..=foot).find(|b| ended(*b).is_some())?;
    (least..=foot.min(least + 3))
        .filter_map(|b| ended(b).map(|f| (f.cost.plus(Cost::short(2 * (b - least))), f)))
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, f)| f)
}

/// What is left has no more lines than there are; most pages are no article's last, and that is all they need to know.
fn fits(flow: &Flow, from: &Cursor, room: usize) -> bool {
    let waiting = from.waiting.iter().map(|float| &flow.pieces[*float]);
    let left = waiting.chain(&flow.pieces[from.next.min(flow.pieces.len())..]);
    left.scan(0, |rows, piece| {
        *rows += usize::from(piece.rows);
        Some(*rows)
    })
    .all(|rows| rows <= room)
}

/// A column while it is filled.
#[derive(Clone)]
struct Column {
    placed: Vec<Placement>,
    foot: Vec<usize>,
    notes: Vec<usize>,
    /// Lines used from the top, and lines left for text once the foot's floats are taken off.
    row: u16,
    limit: u16,
}

/// The likeliest ends of a column, cheapest first; at least one, which may leave the column empty.
fn ends(flow: &Flow, from: &Cursor, slot: Slot) -> Vec<Filled> {
    let mut column = Column { placed: vec![], foot: vec![], notes: vec![], row: 0, limit: slot.rows };
    let mut waiting = column.place_waiting(flow, from, slot);
    let bare = column.end(flow, from.next, &waiting, slot);
    let mut found = vec![];
    let mut next = from.next;
    while let Some(piece) = flow.pieces.get(next) {
        if piece.ends_text {
            column.settle(flow, slot);
        }
        let lead = if column.row == 0 { 0 } else { piece.before };
        let head = piece.head.filter(|_| next == from.next);
        let head_rows = head.map_or(0, |h| flow.heads[h].rows);
        if piece.floats {
            column.place_float(flow, next, slot, &mut waiting);
        } else if column.row + lead + head_rows + piece.rows + column.note_rows(flow, next) <= column.limit {
            if let Some(head) = head {
                let row = slot.top + column.row;
                column.placed.push(Placement { piece: head, column: slot.column, row, kind: Kind::TableHead });
                column.row += head_rows;
            }
            column.limit -= column.note_rows(flow, next);
            column.notes.extend(&piece.notes);
            column.place(next, lead, piece.rows, slot);
        } else {
            break;
        }
        next += 1;
        found.push(column.end(flow, next, &waiting, slot));
    }
    // Below something else a column rather stays empty than divides what belongs together.
    if found.is_empty() || slot.top > 0 && found.iter().all(|end| end.cost >= Cost::FORBIDDEN) {
        found.push(bare);
    }
    found.sort_by_key(|f| f.cost);
    found.truncate(WIDTH);
    found
}

impl Column {
    /// Floats from the column before stand at the head; those that don't fit wait on.
    fn place_waiting(&mut self, flow: &Flow, from: &Cursor, slot: Slot) -> Vec<usize> {
        let mut waiting = vec![];
        for &float in &from.waiting {
            let rows = flow.pieces[float].rows;
            if waiting.is_empty() && self.row + rows <= self.limit {
                self.place(float, 0, rows, slot);
            } else {
                waiting.push(float);
            }
        }
        waiting
    }

    fn place(&mut self, piece: usize, lead: u16, rows: u16, slot: Slot) {
        let row = slot.top + self.row + lead;
        self.placed.push(Placement { piece, column: slot.column, row, kind: Kind::Flow });
        self.row += lead + rows;
    }

    /// Floats at the foot join the text: what follows is not part of it.
    fn settle(&mut self, flow: &Flow, slot: Slot) {
        for float in std::mem::take(&mut self.foot) {
            let rows = flow.pieces[float].rows;
            self.limit += rows;
            let lead = u16::from(self.row + 1 + rows <= self.limit);
            self.place(float, lead, rows, slot);
        }
    }

    /// Lines that a piece's notes take, the rule above the first of the column among them.
    fn note_rows(&self, flow: &Flow, piece: usize) -> u16 {
        let notes = &flow.pieces[piece].notes;
        let rule = u16::from(self.notes.is_empty() && !notes.is_empty());
        rule + notes.iter().map(|n| flow.notes[*n].rows).sum::<u16>()
    }

    /// At the head if the column is empty, else at the foot if there is room, else in the next column.
    fn place_float(&mut self, flow: &Flow, float: usize, slot: Slot, waiting: &mut Vec<usize>) {
        let rows = flow.pieces[float].rows;
        if self.row + rows > self.limit || !waiting.is_empty() {
            waiting.push(float);
        } else if self.row == 0 {
            self.place(float, 0, rows, slot);
        } else {
            self.foot.push(float);
            self.limit -= rows;
        }
    }

    /// The column as it stands, ended before piece `next`.
    fn end(&self, flow: &Flow, next: usize, waiting: &[usize], slot: Slot) -> Filled {
        let mut placed = self.placed.clone();
        let mut row = self.limit;
        // Where the text is over, a foot float follows it instead of standing at the foot of an empty column.
        let over = next >= flow.pieces.len() && waiting.is_empty();
        if over {
            row = self.row;
        }
        for &float in &self.foot {
            placed.push(Placement { piece: float, column: slot.column, row: slot.top + row, kind: Kind::FootFloat });
            row += flow.pieces[float].rows;
        }
        for (i, &note) in self.notes.iter().enumerate() {
            if i == 0 {
                placed.push(Placement { piece: note, column: slot.column, row: slot.top + row, kind: Kind::NoteRule });
                row += 1;
            }
            placed.push(Placement { piece: note, column: slot.column, row: slot.top + row, kind: Kind::Note });
            row += flow.notes[note].rows;
        }
        let cost = match flow.pieces.get(next) {
            None => Cost::FREE,
            Some(piece) => piece.break_cost.plus(Cost::short(self.limit - self.row)),
        };
        let cost = waiting.iter().fold(cost, |cost, _| cost.plus(Cost::AWAY));
        Filled { placed, after: Cursor { next, waiting: waiting.to_vec() }, cost }
    }
}

#[cfg(test)]
mod tests {
    use super::super::flow::Piece;
    use super::*;

    fn lines(n: usize) -> Flow {
        let mut flow = Flow::default();
        for i in 0..n {
            let lone = i == 1 || i + 1 == n;
            let break_cost = if lone { Cost::LONE_LINE } else { Cost::FREE };
            flow.push(Piece { rows: 1, break_cost, ..Piece::default() });
        }
        flow
    }

    fn slots(columns: u8, rows: u16) -> Vec<Slot> {
        (0..columns).map(|column| Slot { column, top: 0, rows }).collect()
    }

    fn heights(filled: &Filled, columns: u8) -> Vec<usize> {
        (0..columns).map(|c| filled.placed.iter().filter(|p| p.column == c).count()).collect()
    }

    /// R11.3: at an article's end the columns are level, only the last shorter.
    #[test]
    fn thirty_one_lines_balance_as_eleven_eleven_nine() {
        let filled = balance(&lines(31), &Cursor::default(), &slots(3, 40)).expect("fits");
        assert_eq!(heights(&filled, 3), [11, 11, 9]);
    }

    /// R9.4: no lone line at a column's foot or head while a shorter column avoids it.
    #[test]
    fn a_lone_last_line_is_avoided() {
        let flow = lines(11);
        let filled = fill(&flow, &Cursor::default(), &slots(1, 10));
        assert_eq!(filled.after.next, 9);
    }

    /// A column that could as well end before a figure's place does so rather than send the figure away from it.
    #[test]
    fn a_figure_stays_with_its_place() {
        let mut flow = lines(20);
        flow.pieces.insert(9, Piece { rows: 4, floats: true, ..Piece::default() });
        let filled = fill(&flow, &Cursor::default(), &slots(2, 10));
        let float = filled.placed.iter().find(|p| p.piece == 9).expect("placed");
        assert_eq!((filled.placed[8].column, float.column, float.row), (0, 1, 0));
        assert!(filled.placed.iter().all(|p| p.piece < 9 || p.column == 1), "its line is beside it");
    }

    #[test]
    fn a_float_goes_to_the_foot_and_the_text_goes_on() {
        let mut flow = lines(12);
        flow.pieces.insert(3, Piece { rows: 4, floats: true, ..Piece::default() });
        let filled = fill(&flow, &Cursor::default(), &slots(1, 10));
        let float = filled.placed.iter().find(|p| p.piece == 3).expect("placed");
        assert_eq!((float.row, float.kind), (6, Kind::FootFloat));
        assert_eq!(filled.placed.len(), 7);
    }

    /// What is never divided goes on whole to the next column; one below something else ends before it.
    #[test]
    fn a_box_is_not_begun_where_it_has_no_room() {
        let mut flow = lines(12);
        flow.pieces[3..9].iter_mut().for_each(|p| p.break_cost = Cost::FORBIDDEN);
        let from = Cursor { next: 2, waiting: vec![] };
        let slots = [Slot { column: 0, top: 6, rows: 4 }, Slot { column: 1, top: 0, rows: 10 }];
        let filled = fill(&flow, &from, &slots);
        assert!(filled.placed.iter().all(|p| p.column == 1), "{:?}", filled.placed);
        assert_eq!(filled.after.next, 12);
    }

    /// R19: a note stands in the column of its mark, below the text, under a rule of its own line.
    #[test]
    fn a_note_stands_at_the_foot_of_its_marks_column() {
        let mut flow = lines(20);
        flow.pieces[5].notes = vec![0];
        flow.notes = vec![Piece { rows: 2, ..Piece::default() }];
        let filled = fill(&flow, &Cursor::default(), &slots(2, 12));
        let note = filled.placed.iter().find(|p| p.kind == Kind::Note).expect("placed");
        assert_eq!((note.column, note.row), (0, 10));
        assert_eq!(filled.placed.iter().filter(|p| p.column == 0 && p.kind == Kind::Flow).count(), 9);
    }

    #[test]
    fn a_tables_head_stands_again_above_the_rows_of_the_next_column() {
        let mut flow = lines(10);
        flow.pieces[2..].iter_mut().for_each(|p| p.head = Some(0));
        flow.heads = vec![Piece { rows: 1, ..Piece::default() }];
        let filled = fill(&flow, &Cursor::default(), &slots(2, 6));
        let heads: Vec<_> = filled.placed.iter().filter(|p| p.kind == Kind::TableHead).collect();
        assert_eq!(heads.iter().map(|p| (p.column, p.row)).collect::<Vec<_>>(), [(1, 0)]);
        assert!(filled.placed.iter().filter(|p| p.column == 1 && p.kind == Kind::Flow).all(|p| p.row > 0));
    }

    #[test]
    fn a_float_comes_before_what_follows_the_text() {
        let mut flow = lines(6);
        flow.pieces.insert(3, Piece { rows: 4, floats: true, ..Piece::default() });
        flow.push(Piece { rows: 1, ends_text: true, ..Piece::default() });
        let filled = fill(&flow, &Cursor::default(), &slots(1, 20));
        let row = |piece| filled.placed.iter().find(|p| p.piece == piece).expect("placed").row;
        assert!(row(3) > row(6) && row(3) < row(7), "text, float, notes");
    }
}
