//! Sheets: page count, spine, blank pages, right and left, what the files say of themselves.

use super::Found;
use super::limits::{PERFECT_LEAST, SADDLE_MOST};
use crate::base::{Code, Len, words};
use crate::doc::{Binding, PrintFiles};
use crate::page::{Item, Page, PageKind, ShapeKind, Spine};

pub fn check(found: &mut Found) {
    count(found);
    spine(found);
    facts(found);
    parity(found);
    date(found);
}

fn count(found: &mut Found) {
    let pages = found.pages().len();
    match found.work.issue.page.binding {
        Binding::Saddle if pages > SADDLE_MOST => {
            let message =
                words(format!("骑马订 {pages} 页太厚"), format!("{pages} pages are too thick for saddle stitching"));
            found.on_key(Code::PrintPageCount, "page.binding", message).also_hint(
                &format!("超过 {SADDLE_MOST} 页一般改胶订：binding = \"perfect\"；纸薄的先问印厂"),
                &format!("beyond {SADDLE_MOST} glue it: binding = \"perfect\"; with thin paper ask the printer first"),
            );
        }
        Binding::Perfect if pages < PERFECT_LEAST => {
            let message =
                words(format!("胶订 {pages} 页太薄"), format!("{pages} pages are too thin for a glued spine"));
            found.on_key(Code::PrintPageCount, "page.binding", message).also_hint(
                &format!("不到 {PERFECT_LEAST} 页一般用骑马订：binding = \"saddle\""),
                &format!("below {PERFECT_LEAST} staple it: binding = \"saddle\""),
            );
        }
        _ => {}
    }
}

fn spine(found: &mut Found) {
    let issue = found.work.issue;
    if issue.page.binding != Binding::Perfect {
        return;
    }
    let Some(width) = issue.print.spine_width(found.pages().len()) else {
        let message =
            words("不知道纸有多厚，算不出书脊", "the paper's thickness is not known: there is no spine width");
        found.on_key(Code::PrintSpine, "page.binding", message).also_hint(
            "在 [print] 里写 caliper，一张纸的厚度，如 \"0.1mm\"",
            "write caliper under [print], the thickness of a leaf, as \"0.1mm\"",
        );
        return;
    };
    if width >= Spine::WITH_TEXT && issue.print.files != PrintFiles::WrapAndInner {
        let mm = millimetres(width);
        let message = words(
            format!("书脊宽 {mm} 毫米，要印刊名、年期"),
            format!("the spine is {mm} mm wide: it must bear the name and the issue"),
        );
        found
            .on_key(Code::PrintSpine, "print.spine", message)
            .also_hint(
                "[print] files = \"wrap+inner\" 把封面展开成一张，排上书脊；或请设计封面的人按这个宽度补上",
                "[print] files = \"wrap+inner\" sets it, on one sheet with the cover; or have whoever makes the cover add it",
            );
    }
}

/// `5.25`.
pub fn millimetres(len: Len) -> String {
    let hundredths = len.to_mm_hundredths();
    let text = format!("{}.{:02}", hundredths / 100, hundredths.abs() % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// What the printer should merely know.
fn facts(found: &mut Found) {
    if !found.work.limits.last {
        return;
    }
    let binding = found.work.issue.written.key("page.binding");
    let pads: Vec<&Page> = found.pages().iter().filter(|page| page.kind == PageKind::Pad).collect();
    if let Some(first) = pads.first() {
        let labels: Vec<&str> = pads.iter().map(|page| page.label.as_str()).collect();
        let message = words(format!("空白页：{}", labels.join("、")), format!("blank pages: {}", labels.join(", ")));
        found.seen_on(Code::PrintBlankPages, first, binding, message);
    }
    let veil = |item: &Item| matches!(item, Item::Shape(s) if matches!(s.kind, ShapeKind::Veil(_)));
    let blends = found.first_with(veil).filter(|_| found.work.limits.transparency);
    if let Some(page) = blends {
        let message = words("封面压暗处有透明", "the cover's veil is transparent");
        let cover = found.work.issue.cover.front.as_ref().map(|placed| placed.span);
        let span = cover.or_else(|| found.work.issue.written.key("issue.cover"));
        found.seen_on(Code::PrintTransparency, page, span, message).also_hint(
            "PDF/X-4 的流程会处理；旧流程请用 standard = \"pdf-x1a\"",
            "PDF/X-4 workflows take it; for an old one choose standard = \"pdf-x1a\"",
        );
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
        // Either table may say it.
        let written = &found.work.issue.written;
        let of_issue = written.keys.get("issue.first_folio").copied();
        let span = of_issue.or_else(|| written.key("page.first_folio"));
        found.seen_on(Code::PrintParity, page, span, message).also_hint(
            "单数页码在右页：first_folio 改成单数",
            "odd folios are on right-hand pages: make first_folio odd",
        );
    }
}

/// PDF/X wants a date of every file.
fn date(found: &mut Found) {
    let issue = found.work.issue;
    if found.work.limits.last && issue.stamp.is_none() {
        let message = words("没有出版日期：PDF 里写的是 1980-01-01", "there is no date: the PDF says 1980-01-01");
        found
            .on_key(Code::PrintMetadata, "issue.date", message)
            .also_hint("在 [issue] 里写 date 或 year", "write date or year under [issue]");
    }
}
