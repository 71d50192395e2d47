//! Inks: how much of them, in how many plates, how thin.

use super::Found;
use super::limits::{HAIRLINE, REVERSED, SMALL_TEXT, TINTED_RULE};
use crate::base::{Code, Ink, Len, Severity, Swatch, words};
use crate::doc::PhotoFormat;
use crate::page::{GlyphRun, Item, Page, PageKind, Shape, ShapeKind};
use crate::profile::Plates;

/// What the writer makes large areas of black of, in percent.
const RICH_BLACK: u32 = 200;

pub fn check(found: &mut Found) {
    settings(found);
    for page in found.pages() {
        for item in &page.items {
            match item {
                Item::Glyphs(run) => {
                    text(found, page, run);
                    used(found, page, run.ink);
                }
                Item::Shape(shape) => {
                    rule(found, page, shape);
                    area(found, page, shape);
                    used(found, page, shape.ink);
                }
                _ => {}
            }
        }
    }
}

fn settings(found: &mut Found) {
    if !found.work.limits.overprint {
        let message = words("黑色文字不叠印", "black text doesn't overprint");
        let black = |item: &Item| matches!(item, Item::Glyphs(run) if run.ink == Ink::BLACK);
        found.on_setting(Code::PrintKnockout, "print.black", black, message).also_hint(
            "套印稍有不准，字边会露白；一般去掉 black = \"k100-knockout\"",
            "white shows at its edges where plates shift: leave black = \"k100-knockout\" out",
        );
    }
    if found.work.limits.rgb_refused {
        let message = words("PDF/X-1a 不收 RGB 照片，已转成 CMYK", "PDF/X-1a takes no RGB photos: they are made CMYK");
        let issue = found.work.issue;
        let rgb = |item: &Item| matches!(item, Item::Picture(p) if is_rgb(&issue.photo(p.photo).format));
        found.on_setting(Code::PrintRgb, "print.photos", rgb, message).also_hint(
            "写 photos = \"cmyk\"，或用 standard = \"pdf-x4\"",
            "write photos = \"cmyk\", or take standard = \"pdf-x4\"",
        );
    }
}

fn is_rgb(format: &PhotoFormat) -> bool {
    let pixels = !matches!(format, PhotoFormat::Pdf { .. } | PhotoFormat::Svg | PhotoFormat::Pending);
    pixels
        && !matches!(format, PhotoFormat::Jpeg { components: 1 | 4, .. } | PhotoFormat::Tiff { components: 1 | 4, .. })
}

fn swatch<'a>(found: &Found<'a>, ink: Ink) -> Option<&'a Swatch> {
    found.work.book.inks.get(usize::from(ink.0))
}

fn total(swatch: &Swatch) -> u32 {
    swatch.cmyk.iter().map(|v| u32::from(*v)).sum()
}

/// An ink as it is used: too much of it, or colour where there is no plate for it.
fn used(found: &mut Found, page: &Page, ink: Ink) {
    let Some(swatch) = swatch(found, ink) else { return };
    let (sum, most) = (total(swatch), found.work.limits.max_ink);
    if sum > most && found.first(Code::PrintInk, &swatch.name) {
        let name = &swatch.name;
        let message = words(
            format!("颜色 {name} 总墨量 {sum}%，上限 {most}%"),
            format!("the colour {name} has {sum} % of ink, more than {most} %"),
        );
        let span = swatch.written.or_else(|| found.work.issue.written.key("print.max_ink"));
        let finding = found.seen_on(Code::PrintInk, page, span, message);
        finding.also_hint("减少油墨，或与印厂商定上限", "take less ink, or agree on the limit with the printer");
        if sum > most + 20 {
            finding.severity = Severity::Error;
        }
    }
    let coloured = swatch.cmyk[..3].iter().any(|v| *v > 0);
    let black = found.work.limits.inside == Plates::Black && page.kind != PageKind::Cover;
    if black && coloured && found.first(Code::PrintColour, &swatch.name) {
        let name = &swatch.name;
        let message =
            words(format!("内页单色，颜色 {name} 印成灰"), format!("inside pages are black: {name} prints grey"));
        found.seen_on(Code::PrintColour, page, found.work.issue.written.key("print.inner"), message);
    }
}

/// Meant to be black, and made of several plates.
fn is_mixed_black(swatch: &Swatch) -> bool {
    let [c, m, y, k] = swatch.cmyk;
    k >= 80 && (c > 0 || m > 0 || y > 0)
}

fn text(found: &mut Found, page: &Page, run: &GlyphRun) {
    let Some(swatch) = swatch(found, run.ink) else { return };
    let start: String = run.text.chars().take(12).collect();
    if run.size <= SMALL_TEXT && is_mixed_black(swatch) && found.first(Code::PrintMixedBlack, &swatch.name) {
        let name = &swatch.name;
        let message = words(
            format!("小字“{start}”用了几色套印的黑：{name}"),
            format!("small text “{start}” is in a black of several plates: {name}"),
        );
        found
            .on_text(Code::PrintMixedBlack, (page, run), "theme.inks", message)
            .also_hint("文字用单色黑：cmyk = [0, 0, 0, 100]", "set text in black alone: cmyk = [0, 0, 0, 100]");
    }
    if run.ink == Ink::PAPER && run.size < REVERSED && found.first(Code::PrintReversed, format!("{:?}", run.size)) {
        let message = words(
            format!("反白字“{start}”只有 {} 点", points(run.size)),
            format!("white text “{start}” is {} pt", points(run.size)),
        );
        found
            .on_text(Code::PrintReversed, (page, run), "theme.roles", message)
            .also_hint("反白字至少 6 点", "white text needs 6 pt");
    }
}

/// `5.25`.
pub fn points(len: Len) -> String {
    let hundredths = (i64::from(len.raw()) * 100 + 512).div_euclid(1024);
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn rule(found: &mut Found, page: &Page, shape: &Shape) {
    let ShapeKind::Rule { thickness, .. } = shape.kind else { return };
    let solid = swatch(found, shape.ink).is_none_or(|s| shape.ink == Ink::PAPER || s.cmyk.contains(&100));
    let tinted = shape.tint < 100 || !solid;
    let least = if tinted { TINTED_RULE } else { HAIRLINE };
    if thickness >= least || !found.first(Code::PrintHairline, format!("{thickness:?} {tinted}")) {
        return;
    }
    let wide = points(thickness);
    let message = words(format!("线只有 {wide} 点粗"), format!("a rule is {wide} pt thick"));
    let written = &found.work.issue.written;
    let span = written.length(thickness).or_else(|| written.key("theme"));
    let finding = found.seen_on(Code::PrintHairline, page, span, message);
    finding.also_hint(
        &format!("{}线至少 {} 点", if tinted { "淡色" } else { "" }, points(least)),
        &format!("a {}rule needs {} pt", if tinted { "tinted " } else { "" }, points(least)),
    );
    if thickness < HAIRLINE {
        finding.severity = Severity::Error;
    }
}

fn area(found: &mut Found, page: &Page, shape: &Shape) {
    let ShapeKind::Fill(rect) = shape.kind else { return };
    let large = rect.width >= Len::mm(1000) && rect.height >= Len::mm(1000);
    let most = found.work.limits.max_ink;
    let black = swatch(found, shape.ink).is_some_and(|s| s.cmyk == [0, 0, 0, 100]) && shape.tint >= 100;
    if large && black && most < RICH_BLACK && found.first(Code::PrintRichBlack, "") {
        let message = words(
            format!("大块黑底要 {RICH_BLACK}% 油墨，上限 {most}%"),
            format!("a large black area takes {RICH_BLACK} % of ink, more than {most} %"),
        );
        let span = found.work.issue.written.key("print.max_ink");
        found
            .seen_on(Code::PrintRichBlack, page, span, message)
            .also_hint("改小黑底，或用别的颜色", "make it smaller, or take another colour");
    }
}
