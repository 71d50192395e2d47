//! Photos as they stand on the page: resolution, colour profile, caption, what their files needed.

use super::Found;
use crate::base::{Code, Diagnostic, Len, Severity, words};
use crate::doc::{Block, BlockKind, Figure, Photo, PhotoFormat};
use crate::page::{Item, Page, Picture};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

pub fn check(found: &mut Found) {
    for page in found.pages() {
        for item in &page.items {
            if let Item::Picture(picture) = item {
                resolution(found, page, picture);
                profile(found, page, picture);
            }
        }
    }
    captions(found);
    stored(found);
}

/// Pixels per inch at the size it is placed: the lesser of both ways.
pub fn effective_ppi(photo: &Photo, full: (Len, Len)) -> u32 {
    let (w, h) = photo.size();
    let ppi = |pixels: u32, length: Len| (u64::from(pixels) * 72 * 1024 / length.raw().max(1) as u64) as u32;
    ppi(w, full.0).min(ppi(h, full.1))
}

/// A picture of one bit a pixel: its edges are seen, where a photo's are screened.
fn is_line_art(photo: &Photo) -> bool {
    matches!(photo.format, PhotoFormat::Png { depth: 1, .. } | PhotoFormat::Tiff { depth: 1, .. })
}

fn resolution(found: &mut Found, page: &Page, picture: &Picture) {
    let photo = found.work.issue.photo(picture.photo);
    if photo.is_sharp() || photo.is_pending() {
        return;
    }
    let limits = &found.work.limits;
    let art = is_line_art(photo);
    // Line art wants twice a photo's resolution; half of that again is an error.
    let (code, least, wanted) = match art {
        true => (Code::PhotoLineArt, limits.want_ppi, limits.want_ppi * 2),
        false => (Code::PhotoResolution, limits.min_ppi, limits.want_ppi),
    };
    let ppi = effective_ppi(photo, (picture.full.width, picture.full.height));
    if ppi >= wanted {
        return;
    }
    let name = &photo.name;
    // Both halves of a photo over two pages have its size and are mended by one change.
    if !found.first(code, format!("{name} {:?}", picture.full.width)) {
        return;
    }
    let message = words(format!("{name} 只有 {ppi} ppi"), format!("{name} has only {ppi} ppi here"));
    let finding = found.on_picture(code, (page, picture), message);
    weigh_ppi(finding, ppi, (least, wanted));
}

/// How much too few pixels weigh, and what to do.
pub fn weigh_ppi(finding: &mut Diagnostic, ppi: u32, (least, wanted): (u32, u32)) {
    let (zh, en) = match ppi < least {
        true => (format!("印刷至少要 {least} ppi"), format!("print needs {least} ppi at least")),
        false => (format!("印刷最好有 {wanted} ppi"), format!("{wanted} ppi print best")),
    };
    finding.also_hint(
        &format!("{zh}：换更大的原图，或排小一些"),
        &format!("{en}: take a larger original, or set it smaller"),
    );
    finding.severity = if ppi < least { Severity::Error } else { Severity::Warning };
}

/// A profile that can't be used: the photo's colours are guessed.
fn profile(found: &mut Found, page: &Page, picture: &Picture) {
    let photo = found.work.issue.photo(picture.photo);
    let PhotoFormat::Jpeg { components, icc, .. } = &photo.format else { return };
    let Some(first) = icc.first() else { return };
    let wanted: &[u8] = match components {
        1 => b"GRAY",
        4 => b"CMYK",
        _ => b"RGB ",
    };
    let mut header = [0; 40];
    let read = File::open(&photo.path).and_then(|mut file| {
        file.seek(SeekFrom::Start(first.start))?;
        file.read_exact(&mut header)
    });
    // ICC.1:2010 §7.2: colour space at byte 16, `acsp` at 36.
    if read.is_ok() && &header[16..20] == wanted && &header[36..40] == b"acsp" {
        return;
    }
    let name = &photo.name;
    let message =
        words(format!("{name} 里的色彩配置文件用不了"), format!("the colour profile in {name} can't be used"));
    if found.first(Code::PhotoProfile, name) {
        found.on_picture(Code::PhotoProfile, (page, picture), message).also_hint(
            "按 sRGB（或灰度、CMYK）处理了；用图片软件重新嵌入配置文件",
            "it is taken as sRGB (grey, CMYK); embed its profile anew in an image program",
        );
    }
}

/// Readers are owed what a picture shows and who made it.
fn captions(found: &mut Found) {
    let mut bare: Vec<&Figure> = vec![];
    for article in &found.work.issue.articles {
        article.walk(&mut |block: &Block| {
            if let BlockKind::Figures { figures, .. } = &block.kind
                && figures.iter().all(|f| f.caption.is_empty() && f.credit.is_none() && f.alt.as_deref() != Some(""))
            {
                bare.extend(figures.first());
            }
        });
    }
    for figure in bare {
        let name = &found.work.issue.photo(figure.photo).name;
        let message = words(format!("{name} 没有图注，也没有署名"), format!("{name} has neither caption nor credit"));
        let shows = |page: &&Page| {
            page.items.iter().any(|item| {
                matches!(item, Item::Picture(p) if p.photo == figure.photo
                && p.node.and_then(|n| found.work.book.tree.source(n)) == Some(figure.span))
            })
        };
        let label = found.pages().iter().find(shows).map(|page| page.label.clone());
        let finding = found.push(Diagnostic::at(Code::PhotoNoCaption, figure.span, message));
        finding.page = label;
        finding.also_hint(
            "写进方括号：![图注（摄影：某某）](…)；只作装饰的写 alt=\"\"",
            "write it in the brackets: ![caption (photo: name)](…); for mere decoration alt=\"\"",
        );
    }
}

/// What was done to files so that they print: told once each, with the first names.
fn stored(found: &mut Found) {
    let photos = &found.work.issue.photos;
    let deep =
        |p: &&Photo| matches!(p.format, PhotoFormat::Png { depth: 16, .. } | PhotoFormat::Tiff { depth: 16, .. });
    let cmyk = |p: &&Photo| {
        matches!(p.format, PhotoFormat::Jpeg { components: 4, .. } | PhotoFormat::Tiff { components: 4, .. })
    };
    let notes: [(Vec<&Photo>, &str, &str); 2] = [
        (photos.iter().filter(deep).collect(), "每通道 16 位，印刷用 8 位", "16 bits a channel; print takes 8"),
        (photos.iter().filter(cmyk).collect(), "已是 CMYK，油墨数值原样保留", "CMYK already; the ink values are kept"),
    ];
    for (which, zh, en) in notes {
        if which.is_empty() {
            continue;
        }
        let names = which.iter().take(3).map(|p| p.name.as_str()).collect::<Vec<_>>();
        let more = if which.len() > 3 { format!(" … {}", which.len()) } else { String::new() };
        let message = words(format!("{}{more}：{zh}", names.join("、")), format!("{}{more}: {en}", names.join(", ")));
        let shows =
            |picture: &Picture| which.iter().any(|photo| photo.name == found.work.issue.photo(picture.photo).name);
        let mut placed = found.pages().iter().flat_map(|page| page.items.iter().map(move |item| (page, item)));
        let first = placed.find_map(|(page, item)| match item {
            Item::Picture(picture) if shows(picture) => Some((page, picture)),
            _ => None,
        });
        if let Some(first) = first {
            found.on_picture(Code::PhotoStored, first, message);
        }
    }
}
