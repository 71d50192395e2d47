//! Sheets: page count, spine, blank pages, right and left, what the files say of themselves.

use super::Found;
use super::limits::{PERFECT_LEAST, SADDLE_MOST, SPINE_TEXT};
use crate::base::{Code, Len, words};
use crate::doc::Binding;
use crate::page::{Page, PageKind};

pub fn check(found: &mut Found) {
    count(found);
    spine(found);
    pads(found);
    parity(found);
    date(found);
}

fn count(found: &mut Found) {
    let pages = found.pages().len();
    match found.work.issue.page.binding {
        Binding::Saddle if pages > SADDLE_MOST => {
            let message =
                words(format!("骑马订 {pages} 页太厚"), format!("{pages} pages are too thick for saddle stitching"));
            found.issue(Code::PrintPageCount, message).also_hint(
                &format!("超过 {SADDLE_MOST} 页一般改胶订：binding = \"perfect\"；纸薄的先问印厂"),
                &format!("beyond {SADDLE_MOST} glue it: binding = \"perfect\"; with thin paper ask the printer first"),
            );
        }
        Binding::Perfect if pages < PERFECT_LEAST => {
            let message =
                words(format!("胶订 {pages} 页太薄"), format!("{pages} pages are too thin for a glued spine"));
            found.issue(Code::PrintPageCount, message).also_hint(
                &format!("不到 {PERFECT_LEAST} 页一般用骑马订：binding = \"saddle\""),
                &format!("below {PERFECT_LEAST} staple it: binding = \"saddle\""),
            );
        }
        _ => {}
    }
}

/// The width of a glued spine: a leaf is two pages.
pub fn spine_width(pages: usize, caliper: Len) -> Len {
    let inside = pages.saturating_sub(4);
    caliper * (inside as i32) / 2
}

fn spine(found: &mut Found) {
    if found.work.issue.page.binding != Binding::Perfect {
        return;
    }
    let pages = found.pages().len();
    match found.work.limits.caliper {
        None => {
            let message =
                words("不知道纸有多厚，算不出书脊", "the paper's thickness is not known: there is no spine width");
            found.issue(Code::PrintSpine, message).also_hint(
                "在 [print] 里写 caliper，一张纸的厚度，如 \"0.1mm\"",
                "write caliper under [print], the thickness of a leaf, as \"0.1mm\"",
            );
        }
        Some(caliper) if spine_width(pages, caliper) >= SPINE_TEXT => {
            let width = spine_width(pages, caliper);
            let message = words(
                format!("书脊宽 {} 毫米，要印刊名、年期", millimetres(width)),
                format!("the spine is {} mm wide: it must bear the name and the issue", millimetres(width)),
            );
            found.issue(Code::PrintSpine, message).also_hint(
                "请设计封面的人按这个宽度补上书脊",
                "have whoever makes the cover add a spine of this width",
            );
        }
        Some(_) => {}
    }
}

/// `5.25`.
pub fn millimetres(len: Len) -> String {
    let hundredths = len.to_mm_hundredths();
    let text = format!("{}.{:02}", hundredths / 100, hundredths.abs() % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn pads(found: &mut Found) {
    let labels: Vec<&str> =
        found.pages().iter().filter(|p| p.kind == PageKind::Pad).map(|p| p.label.as_str()).collect();
    if !labels.is_empty() {
        let list = labels.join("、");
        let message = words(format!("空白页：{list}"), format!("blank pages: {}", labels.join(", ")));
        found.issue(Code::PrintBlankPages, message);
    }
}

/// Odd folios stand on right-hand pages, where a book opens to the left.
fn parity(found: &mut Found) {
    let right_to_left = found.work.book.meta.right_to_left;
    let wrong = |page: &&Page| {
        let number = page.label.parse::<u32>().ok().filter(|_| page.kind != PageKind::Cover);
        number.is_some_and(|n| (n % 2 == 1) != (page.recto != right_to_left))
    };
    if let Some(page) = found.pages().iter().find(wrong) {
        let label = &page.label;
        let message = words(
            format!("页码 {label} 落在{}", if page.recto { "右页" } else { "左页" }),
            format!("folio {label} is on a {} page", if page.recto { "right-hand" } else { "left-hand" }),
        );
        found.on_page(Code::PrintParity, page, None, message).also_hint(
            "单数页码在右页：first_folio 改成单数",
            "odd folios are on right-hand pages: make first_folio odd",
        );
    }
}

/// PDF/X wants a date of every file.
fn date(found: &mut Found) {
    let issue = found.work.issue;
    if issue.stamp.is_none() && issue.page.binding != Binding::None {
        let message = words("没有出版日期：PDF 里写的是 1980-01-01", "there is no date: the PDF says 1980-01-01");
        found
            .issue(Code::PrintMetadata, message)
            .also_hint("在 [issue] 里写 date 或 year", "write date or year under [issue]");
    }
}
