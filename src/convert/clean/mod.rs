//! Cleaning: rules N1–N18 over a Markdown manuscript.
//!
//! In: the text of an article. Out: the [`Edit`]s that clean it, in order, none overlapping; nothing is applied here but by
//! [`apply`]. Code, addresses, link targets, keys, numbers and names are never touched: [`cells`] sees to that once for all
//! rules. Cleaning a clean text gives no edit.
//!
//! ```
//! use qikan::{base::Lang, convert::clean};
//! let text = "他说:\"好\"...";
//! assert_eq!(clean::apply(text, &clean::edits(text, Lang::ZhHans)), "他说：“好”……");
//! ```

mod cells;
mod forms;
mod inline;
mod marks;
mod quotes;
mod runs;
mod spaces;
#[cfg(test)]
mod tests;

use crate::base::Lang;
use cells::{Role, Unit};
use std::ops::Range;

/// A change of a text, with the rule that asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub with: String,
    /// `N1` … `N18`.
    pub rule: &'static str,
}

/// What each rule does, for logs: name, Chinese, English.
pub const RULES: [(&str, &str, &str); 18] = [
    ("N1", "半角逗号改为全角", "comma to full width"),
    ("N2", "半角冒号改为全角", "colon to full width"),
    ("N3", "半角或小型的分号、问号、叹号改为全角", "semicolon, question and exclamation marks to full width"),
    ("N4", "半角括号改为全角", "brackets to full width"),
    ("N5", "句末的点改为句号", "full stop to 。"),
    ("N6", "省略号", "ellipsis"),
    ("N7", "破折号", "dash"),
    ("N8", "引号配对", "quotation marks paired"),
    ("N9", "数字之间的连接号改为～", "range sign between numbers"),
    ("N10", "人名中的间隔号", "dot within a name"),
    ("N11", "全角字母、数字改为半角", "full-width letters and digits to ASCII"),
    ("N12", "去掉多余的空格和看不见的字符", "surplus blanks and invisible characters"),
    ("N13", "去掉汉字与西文之间的空格（排版时自动留空）", "typed blank between Han and Latin (setting makes it)"),
    ("N14", "<< >> 改为书名号", "angle brackets to book-title marks"),
    ("N15", "部首、兼容字和私用区的字改为通用字", "radicals, compatibility and private-use characters"),
    ("N16", "竖排标点改为基本形式", "vertical forms to their base"),
    ("N17", "接上硬换行", "hard wraps joined"),
    ("N18", "去掉标点旁的空格", "blanks beside marks"),
];

/// What is done to `text`, read as Markdown with or without front matter.
pub fn edits(text: &str, lang: Lang) -> Vec<Edit> {
    let mut edits: Vec<Edit> = vec![];
    each(text, lang, &mut |edit| edits.push(edit));
    edits
}

/// The same, one after the other: a text may have more edits than it has room for.
pub fn each(text: &str, lang: Lang, sink: &mut dyn FnMut(Edit)) {
    let mut captions: Vec<Edit> = vec![];
    cells::units(text, &mut |mut unit| {
        clean(&mut unit, lang);
        // A caption comes before the paragraph that holds it.
        if unit.role == Role::Caption {
            return changed(&unit, &mut |edit| captions.push(edit));
        }
        let mut within = captions.drain(..).peekable();
        changed(&unit, &mut |edit| {
            while let Some(caption) = within.next_if(|c| c.range.start < edit.range.start) {
                sink(caption);
            }
            sink(edit);
        });
        within.for_each(&mut *sink);
    });
}

/// The text with its edits.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out + &text[at..]
}

/// Until nothing changes: a mark that became Chinese may be what its neighbour waits for. Each round settles at least one
/// cell for good; two are what texts need, more what scraps of marks do.
fn clean(unit: &mut Unit, lang: Lang) {
    let settled = |unit: &Unit| unit.cells.iter().filter(|c| c.is_changed()).count();
    for _ in 0..12 {
        let before = settled(unit);
        round(unit, lang);
        if settled(unit) == before {
            return;
        }
    }
}

/// Forms first, so that marks meet marks; blanks last, since marks decide about them.
fn round(unit: &mut Unit, lang: Lang) {
    forms::clean(unit, lang);
    runs::clean(unit);
    marks::clean(unit);
    quotes::clean(unit, lang);
    spaces::clean(unit);
}

/// Neighbouring cells that changed by one rule are one edit.
fn changed(unit: &Unit, sink: &mut dyn FnMut(Edit)) {
    let mut open: Option<Edit> = None;
    for (at, cell) in unit.cells.iter().enumerate() {
        let Some(rule) = cell.rule() else { continue };
        let (range, with) = (unit.range(at), cell.text());
        match &mut open {
            Some(last) if last.range.end == range.start && last.rule == rule => {
                last.range.end = range.end;
                last.with.push_str(&with);
            }
            _ => open.replace(Edit { range, with, rule }).into_iter().for_each(&mut *sink),
        }
    }
    open.into_iter().for_each(sink);
}

/// A text for a log: blanks and line ends made visible.
pub fn shown(text: &str) -> String {
    if text.is_empty() {
        return "∅".into();
    }
    text.chars()
        .map(|c| match c {
            '\n' => "⏎".into(),
            ' ' => "␣".into(),
            c if super::han::is_blank(c) => format!("U+{:04X}", c as u32),
            c => c.to_string(),
        })
        .collect()
}
