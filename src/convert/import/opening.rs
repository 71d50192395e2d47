//! T7: summaries, keywords and editors' notes that open the body.
//!
//! In: blocks whose title and author are taken. Out: front matter; a label on a line of its own names the paragraph below.

use super::super::han;
use super::fields::{self, Label};
use super::lists::List;
use super::raw::{Kind, Run};
use super::{Work, body, info};
use crate::base::words;

/// `编者按`, `摘要：` on a line of its own.
pub fn is_label(text: &str) -> bool {
    static NAMES: List =
        List::new("编者按 編者按 编者荐语 编者的话 编者注 摘要 内容提要 核心提示 导读 导语 【编者按】 【摘要】");
    NAMES.has(han::squeezed(text).trim_end_matches(['：', ':']))
}

/// `编者按` on a line of its own: the paragraph below is what it names.
fn join_label(work: &mut Work) {
    let is_label = work.blocks.first().is_some_and(|b| b.is_para() && is_label(&b.text()));
    if is_label && work.blocks.get(1).is_some_and(body::is_body) {
        let label = work.blocks.remove(0);
        let name = han::squeezed(&label.text());
        let signed = name.ends_with(['：', ':', '】']);
        if !signed {
            work.log.changed(
                "T7",
                label.line,
                (String::new(), "：".into()),
                words("标签的冒号", "the colon of a label"),
            );
        }
        work.blocks[0].runs.insert(0, Run::plain(if signed { name } else { name + "：" }));
    }
}

/// Summary and editor's note that open the body.
pub fn take(work: &mut Work) {
    for _ in 0..12 {
        join_label(work);
        let Some(block) = work.blocks.first().filter(|b| matches!(b.kind, Kind::Para | Kind::Quote)) else { return };
        let (text, line) = (block.text(), block.line);
        let Some(found) = fields::fields(&text) else { return };
        let [one] = &found[..] else { return };
        match one.label {
            Label::Summary
            | Label::EditorsNote
            | Label::AuthorNote
            | Label::Keywords
            | Label::Dates
            | Label::Paper(_)
            | Label::Chrome => {}
            _ => return,
        }
        info::field(work, one.clone(), line);
        work.blocks.remove(0);
    }
}
