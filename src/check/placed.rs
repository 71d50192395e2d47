//! Placed PDF pages: what the standard or the plates can't take, what would print badly, whether they fit their place.

use super::Found;
use super::ink::points;
use super::limits::{HAIRLINE, REVERSED, SMALL_TEXT, TINTED_RULE, TYPE_LEAST};
use super::photo_ink::Dense;
use super::photos::weigh_ppi;
use crate::base::{Code, Len, Severity, Words, words};
use crate::doc::{Photo, PhotoFormat};
use crate::page::{Item, Page, PageKind, Picture};
use crate::picture::{Facts, Obstacle, Pixels, PlacedPage, PlacedPhoto, Standard};
use crate::profile::Plates;
use lopdf::Object;

/// A page that is scaled by less keeps its size.
const NEAR: Len = Len::mm(100);

pub fn check(found: &mut Found) {
    for page in found.pages() {
        for item in &page.items {
            if let Item::Picture(picture) = item {
                placed(found, page, picture);
            }
        }
    }
}

fn placed(found: &mut Found, page: &Page, picture: &Picture) {
    let photo = found.work.issue.photo(picture.photo);
    let PhotoFormat::Pdf { page: number, size, .. } = photo.format else { return };
    resized(found, (page, picture), (photo, size));
    let name = format!("{} {:?}", photo.name, black(found, page));
    if !found.first(Code::PrintPlacedDrawn, name) {
        return;
    }
    // It could be read when the issue was; a file that has changed since is the writer's finding.
    let bytes = found.work.darkroom.read(photo).unwrap_or_default();
    let Ok(opened) = PlacedPage::open(&bytes, number) else { return };
    let facts = opened.facts();
    fonts(found, (page, picture), (photo, &facts));
    drawn(found, (page, picture), (photo, &facts));
    colours(found, (page, picture), (photo, &facts));
    blends(found, (page, picture), (photo, &facts));
    ink(found, (page, picture), (photo, &facts));
    photos(found, (page, picture), (photo, &facts, size), &opened);
    thin(found, (page, picture), (photo, &facts, size));
    small(found, (page, picture), (photo, &facts, size));
    resolution(found, (page, picture), (photo, &facts, size));
}

type Where<'a> = (&'a Page, &'a Picture);

fn black(found: &Found, page: &Page) -> bool {
    found.work.limits.inside != Plates::Cmyk && page.kind != PageKind::Cover
}

/// A page that fills ours was made for its size: scaled, its type and its edges are others.
fn resized(found: &mut Found, at: Where, (photo, size): (&Photo, (Len, Len))) {
    let (trim, full) = (found.work.book.trim, at.1.full);
    let fills = full.width == trim.0 && full.height <= trim.1 || full.height == trim.1 && full.width <= trim.0;
    let near = |a: Len, b: Len| (a - b).abs() <= NEAR;
    if !fills
        || near(full.width, size.0) && near(full.height, size.1)
        || !found.first(Code::PrintPlacedSize, &photo.name)
    {
        return;
    }
    let mm = |(w, h): (Len, Len)| format!("{} × {}", super::millimetres(w), super::millimetres(h));
    let (is, wants, name) = (mm(size), mm(trim), &photo.name);
    let message = words(
        format!("{name} 的成品尺寸是 {is} 毫米，这里要 {wants} 毫米，已缩放"),
        format!("{name} is a page of {is} mm; here it takes {wants} mm, and was scaled"),
    );
    found.on_picture(Code::PrintPlacedSize, at, message).also_hint(
        "请来稿人按成品尺寸加 3 毫米出血重新导出（设好 TrimBox）",
        "have it exported anew at the trim size with 3 mm of bleed (and its TrimBox set)",
    );
}

fn fonts(found: &mut Found, at: Where, (photo, facts): (&Photo, &Facts)) {
    if facts.bare_fonts.is_empty() {
        return;
    }
    let list = |with: &str| facts.bare_fonts.iter().map(String::as_str).collect::<Vec<_>>().join(with);
    let message = words(
        format!("{} 里的字体没有嵌入：{}；用别的字体画成了图", photo.name, list("、")),
        format!("{} doesn't embed its fonts: {}; it is drawn as a picture, in others", photo.name, list(", ")),
    );
    found.on_picture(Code::PrintPlacedFont, at, message).also_hint(
        "请来稿人嵌入字体或转成轮廓后重新导出",
        "have it exported anew with its fonts embedded or as outlines",
    );
}

fn drawn(found: &mut Found, at: Where, (photo, facts): (&Photo, &Facts)) {
    let standard = Standard { modern: found.work.limits.transparency, black: black(found, at.0) };
    let reasons: Vec<Words> = facts.obstacles(standard).into_iter().filter_map(reason).collect();
    if reasons.is_empty() {
        return;
    }
    let all = |of: fn(&Words) -> &str, with: &str| reasons.iter().map(of).collect::<Vec<_>>().join(with);
    let message = words(
        format!("{} {}：画成了图", photo.name, all(|w| &w.zh, "、")),
        format!("{} {}: it is drawn as a picture", photo.name, all(|w| &w.en, ", ")),
    );
    found.on_picture(Code::PrintPlacedDrawn, at, message).also_hint(
        "能印，文字不如原来锐利；请来稿人按印厂要的标准导出",
        "it prints, its type less sharply; have it exported to the printer's standard",
    );
}

/// Fonts have a finding of their own.
fn reason(obstacle: Obstacle) -> Option<Words> {
    Some(match obstacle {
        Obstacle::BareFonts => return None,
        Obstacle::HiddenLayers => words("有关掉的图层", "has layers that are switched off"),
        Obstacle::PostScript => words("含有 PostScript", "holds PostScript"),
        Obstacle::Unread => words("有读不懂的部分", "has a part that can't be read"),
        Obstacle::Transparency => words("有透明，PDF/X-1a 不收", "has transparency, which PDF/X-1a doesn't take"),
        Obstacle::ManagedColour => words(
            "有 RGB 或带配置文件的颜色，PDF/X-1a 不收",
            "has RGB or profiled colours, which PDF/X-1a doesn't take",
        ),
        Obstacle::Jpeg2000 => words("有 JPEG 2000，PDF/X-1a 不收", "has JPEG 2000, which PDF/X-1a doesn't take"),
        Obstacle::Colour => words("有彩色，内页只印黑色", "has colours, and inside pages are black"),
    })
}

fn colours(found: &mut Found, at: Where, (photo, facts): (&Photo, &Facts)) {
    let name = &photo.name;
    let message = words(
        format!("{name} 有不带配置文件的 RGB：按 sRGB 处理"),
        format!("{name} has RGB without a profile: it is taken as sRGB"),
    );
    if facts.device_rgb && found.work.limits.transparency {
        found
            .on_picture(Code::PrintPlacedColour, at, message)
            .also_hint("请来稿人转成 CMYK 或嵌入配置文件", "have it made CMYK, or its profile embedded");
    }
    if facts.spots.is_empty() {
        return;
    }
    let list = |with: &str| facts.spots.iter().map(String::as_str).collect::<Vec<_>>().join(with);
    let message = words(
        format!("{name} 用了专色 {}：会多出印版", list("、")),
        format!("{name} uses the spot colours {}: plates of their own", list(", ")),
    );
    found
        .on_picture(Code::PrintPlacedColour, at, message)
        .also_hint("不印专色就请来稿人转成 CMYK", "unless they are printed, have them made CMYK");
}

/// For the printer: what an old workflow must know.
fn blends(found: &mut Found, at: Where, (photo, facts): (&Photo, &Facts)) {
    let limits = &found.work.limits;
    if !(facts.transparent && limits.transparency && limits.last) {
        return;
    }
    let message = words(format!("{} 里有透明", photo.name), format!("{} has transparency", photo.name));
    found.on_picture(Code::PrintTransparency, at, message).also_hint(
        "PDF/X-4 的流程会处理；旧流程请用 standard = \"pdf-x1a\"",
        "PDF/X-4 workflows take it; for an old one choose standard = \"pdf-x1a\"",
    );
}

fn ink(found: &mut Found, at: Where, (photo, facts): (&Photo, &Facts)) {
    let (name, is, most) = (&photo.name, facts.ink, found.work.limits.max_ink);
    if is <= most {
        return;
    }
    let message = words(
        format!("{name} 的颜色总墨量到 {is}%，上限 {most}%"),
        format!("{name} has colours of {is} % of ink, more than {most} %"),
    );
    let finding = found.on_picture(Code::PrintInk, at, message);
    finding.also_hint(
        "请来稿人减少油墨：大块的黑用 C40 M30 Y30 K100",
        "have it take less ink: large blacks as C40 M30 Y30 K100",
    );
    if is > most + 20 {
        finding.severity = Severity::Error;
    }
}

/// At the size it is placed in.
fn as_placed(at: Where, (own, size): (Len, (Len, Len))) -> Len {
    own.scale(at.1.full.width.raw(), size.0.raw().max(1))
}

fn photos(found: &mut Found, at: Where, (photo, facts, size): (&Photo, &Facts, (Len, Len)), opened: &PlacedPage) {
    let limit = found.work.limits.max_ink;
    let measure = |placed: &PlacedPhoto| {
        let stream = opened.document.get_object(placed.id).and_then(Object::as_stream).ok()?;
        let format = PhotoFormat::Jpeg { components: 4, adobe: placed.inverted, icc: vec![] };
        let pixels = Pixels::decode(&stream.content, &format).ok()?;
        let side = |own| as_placed(at, (own, size));
        Some(Dense::of(&pixels, limit, (side(placed.size.0), side(placed.size.1))))
    };
    let dense = facts.photos.iter().filter_map(measure).filter(Dense::is_seen).max_by_key(|dense| dense.most);
    let Some(Dense { most, area }) = dense else { return };
    let name = &photo.name;
    let message = words(
        format!("{name} 里的照片总墨量到 {most}%，超过 {limit}% 的有 {area} 平方毫米"),
        format!("a photo in {name} has up to {most} % of ink, and more than {limit} % on {area} mm²"),
    );
    let finding = found.on_picture(Code::PrintInk, at, message);
    finding.also_hint("请来稿人用印厂的配置文件重新分色", "have it separated anew by the printer's profile");
    if most > limit + 20 {
        finding.severity = Severity::Error;
    }
}

fn thin(found: &mut Found, at: Where, (photo, facts, size): (&Photo, &Facts, (Len, Len))) {
    let name = &photo.name;
    let thin = |line: Option<Len>, least: Len| line.map(|own| as_placed(at, (own, size))).filter(|own| *own < least);
    let stroked = thin(facts.line, HAIRLINE);
    // Flattening leaves slivers, which are no rules.
    let filled = thin(facts.bar, HAIRLINE).filter(|_| stroked.is_none());
    let tinted = thin(facts.tinted_line, TINTED_RULE);
    let all = [
        (stroked, HAIRLINE, false, Severity::Error),
        (filled, HAIRLINE, false, Severity::Warning),
        (tinted, TINTED_RULE, true, Severity::Warning),
    ];
    for (line, least, tinted, severity) in all {
        let Some(line) = line else { continue };
        let (wide, least) = (points(line), points(least));
        let message = words(format!("{name} 里有 {wide} 点粗的线"), format!("{name} has a line of {wide} pt"));
        let finding = found.on_picture(Code::PrintHairline, at, message);
        finding.also_hint(
            &format!("请来稿人加粗：{}线至少 {least} 点", if tinted { "淡色" } else { "" }),
            &format!("have it made thicker: a {}rule needs {least} pt", if tinted { "tinted " } else { "" }),
        );
        finding.severity = severity;
    }
}

fn small(found: &mut Found, at: Where, (photo, facts, size): (&Photo, &Facts, (Len, Len))) {
    let name = &photo.name;
    let type_ = |own: Option<Len>, most: Len| own.map(|own| as_placed(at, (own, size))).filter(|own| *own < most);
    if let Some(own) = type_(facts.type_, TYPE_LEAST) {
        let (is, least) = (points(own), points(TYPE_LEAST));
        let message = words(format!("{name} 里有 {is} 点的字"), format!("{name} has type of {is} pt"));
        let finding = found.on_picture(Code::PrintSmallText, at, message);
        finding
            .also_hint(&format!("请来稿人改大：至少 {least} 点"), &format!("have it made larger: {least} pt at least"));
        finding.severity = Severity::Error;
    }
    if let Some(own) = type_(facts.white_type, REVERSED) {
        let is = points(own);
        let message = words(format!("{name} 里有 {is} 点的反白字"), format!("{name} has white type of {is} pt"));
        found
            .on_picture(Code::PrintReversed, at, message)
            .also_hint("请来稿人改大：反白字至少 6 点", "have it made larger: white text needs 6 pt");
    }
    if let Some(own) = type_(facts.mixed_type, SMALL_TEXT + Len::pt(1)) {
        let is = points(own);
        let message = words(
            format!("{name} 里有 {is} 点的字用了几色套印的黑"),
            format!("{name} has type of {is} pt in a black of several plates"),
        );
        found
            .on_picture(Code::PrintMixedBlack, at, message)
            .also_hint("请来稿人改成单色黑：C0 M0 Y0 K100", "have it made black alone: C0 M0 Y0 K100");
    }
}

/// At the size it is placed in.
fn resolution(found: &mut Found, at: Where, (photo, facts, size): (&Photo, &Facts, (Len, Len))) {
    let Some(own) = facts.least_ppi else { return };
    let ppi = (u64::from(own) * size.0.raw().max(1) as u64 / at.1.full.width.raw().max(1) as u64) as u32;
    let (least, wanted) = (found.work.limits.min_ppi, found.work.limits.want_ppi);
    if ppi >= wanted {
        return;
    }
    let name = &photo.name;
    let message = words(format!("{name} 里的图只有 {ppi} ppi"), format!("a picture in {name} has only {ppi} ppi"));
    let finding = found.on_picture(Code::PhotoResolution, at, message);
    weigh_ppi(finding, ppi, (least, wanted));
}
