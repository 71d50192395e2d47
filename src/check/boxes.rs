//! Edges: bleed, pictures that stop at the trim, text too near to it.

use super::Found;
use super::limits::{BLEED, BLEED_LEAST, SAFE, SAFE_GUTTER, SAFE_SADDLE};
use crate::base::{Code, Len, Orientation, Rect, Severity, Words, words};
use crate::doc::Binding;
use crate::page::{GlyphRun, Item, Page, PageKind, ShapeKind};

pub fn check(found: &mut Found) {
    bleed(found);
    for page in found.pages() {
        for item in &page.items {
            match item {
                Item::Picture(p) if short_of_bleed(found, page, p.frame, p.full) => {
                    found.on_picture(Code::PrintShortOfBleed, (page, p), message()).also_hint(HINT.0, HINT.1);
                }
                Item::Shape(s) => {
                    if let ShapeKind::Fill(rect) = s.kind
                        && short_of_bleed(found, page, rect, rect)
                    {
                        let span = s.node.and_then(|node| found.work.book.tree.source(node));
                        let span = span.or_else(|| found.work.issue.written.key("theme"));
                        found.seen_on(Code::PrintShortOfBleed, page, span, message()).also_hint(HINT.0, HINT.1);
                    }
                }
                Item::Glyphs(run) => near_trim(found, page, run),
                Item::Picture(_) | Item::Link(_) => {}
            }
        }
    }
}

fn bleed(found: &mut Found) {
    let bleed = found.work.book.bleed;
    if bleed >= BLEED {
        return;
    }
    let mm = super::binding::millimetres(bleed);
    let message = words(format!("出血只有 {mm} 毫米"), format!("the bleed is {mm} mm"));
    let finding = found.on_key(Code::PrintBleed, "page.bleed", message);
    finding.also_hint("一般要 3 毫米：[page] bleed = \"3mm\"", "3 mm is usual: [page] bleed = \"3mm\"");
    if bleed < BLEED_LEAST {
        finding.severity = Severity::Error;
    }
}

/// How near to the trim counts as touching it, and to the bleed as reaching it.
const TOUCH: Len = Len::mm(10);

/// What touches an edge must go on to the bleed: paper shows where the knife is a little off. At the spine nothing is cut, and
/// there half of a photo ends that goes on, in `full`, over the facing page; loose leaves have no spine.
fn short_of_bleed(found: &mut Found, page: &Page, frame: Rect, full: Rect) -> bool {
    let book = found.work.book;
    let wanted = book.bleed.min(BLEED) - TOUCH;
    let (width, height) = book.trim;
    let over = |r: Rect| [Len::ZERO - r.y, r.right() - width, r.bottom() - height, Len::ZERO - r.x];
    let stops = over(frame).into_iter().zip(over(full)).enumerate().any(|(edge, (shown, whole))| {
        let bound = found.work.issue.page.binding != Binding::None;
        let goes_on = bound && edge == spine(page) && whole > wanted;
        shown >= -TOUCH && shown < wanted && !goes_on
    });
    stops && found.first(Code::PrintShortOfBleed, format!("{}{frame:?}", page.label))
}

fn message() -> Words {
    words("贴着裁切边，却没有铺到出血线", "it touches the trim and stops short of the bleed")
}

const HINT: (&str, &str) = ("让它多出 3 毫米，或离开裁切边", "let it run 3 mm over, or keep it away from the edge");

/// Top, right, bottom, left.
const EDGES: [(&str, &str); 4] = [("天头", "top"), ("右边", "right"), ("地脚", "bottom"), ("左边", "left")];

fn spine(page: &Page) -> usize {
    if page.recto { 3 } else { 1 }
}

fn near_trim(found: &mut Found, page: &Page, run: &GlyphRun) {
    if run.text.trim().is_empty() {
        return;
    }
    let (width, height) = found.work.book.trim;
    let [top, right, bottom, left] = sides(run, advance(found, run));
    let away = [top, width - right, height - bottom, left];
    let binding = found.work.issue.page.binding;
    for (edge, distance) in away.into_iter().enumerate() {
        let at_spine = edge == spine(page) && binding != Binding::None;
        let safe = safe(binding, at_spine, page.kind);
        // What runs off the page is another finding.
        if distance >= safe || distance < Len::ZERO || !found.first(Code::PrintNearTrim, EDGES[edge].1) {
            continue;
        }
        let mm = super::binding::millimetres(distance);
        let text: String = run.text.chars().take(12).collect();
        let message = words(
            format!("“{text}”离{} {mm} 毫米", if at_spine { "订口" } else { EDGES[edge].0 }),
            format!("“{text}” is {mm} mm from the {}", if at_spine { "spine" } else { EDGES[edge].1 }),
        );
        let least = super::binding::millimetres(safe);
        found.on_text(Code::PrintNearTrim, (page, run), "page.margins", message).also_hint(
            &format!("至少离开 {least} 毫米：改 [page] margins"),
            &format!("keep {least} mm away: change [page] margins"),
        );
    }
}

/// Top, right, bottom and left edge of the em boxes on the page.
fn sides(run: &GlyphRun, advance: Len) -> [Len; 4] {
    let last = run.glyphs.last().map_or(run.origin, |g| run.place(g));
    let (size, from) = (run.size, run.origin);
    let (above, below) = (size.scale(88, 100), size.scale(12, 100));
    match run.orientation {
        Orientation::Horizontal => [from.y - above, last.x + advance, from.y + below, from.x],
        Orientation::Sideways => [from.y, from.x + above, last.y + advance, from.x - below],
        _ => [from.y, from.x + size / 2, last.y + size, from.x - size / 2],
    }
}

fn advance(found: &Found, run: &GlyphRun) -> Len {
    let face = found.work.library.face(run.face);
    let units = i32::from(face.metrics.units_per_em.max(1));
    run.glyphs.last().map_or(Len::ZERO, |g| run.size.scale(face.advance(g.id), units))
}

fn safe(binding: Binding, spine: bool, kind: PageKind) -> Len {
    match (binding, spine) {
        (Binding::Perfect, true) if kind != PageKind::Cover => SAFE_GUTTER,
        // The fold of a stapled sheet isn't cut.
        (Binding::Saddle, true) => Len::ZERO,
        (Binding::Saddle, false) => SAFE_SADDLE,
        _ => SAFE,
    }
}
