//! Type: too small to print, faces that may not be embedded.

use super::ink::points;
use super::limits::{BODY_LEAST, REVERSED_SONG, TYPE_LEAST};
use super::{Found, at};
use crate::base::{Code, Ink, Len, Report, Severity, words};
use crate::font::{Family, Library};
use crate::page::{Book, GlyphRun, Item, Page};
use std::collections::{BTreeMap, BTreeSet};

pub fn check(found: &mut Found) {
    let body = body_size(found.pages());
    for page in found.pages() {
        for item in &page.items {
            if let Item::Glyphs(run) = item {
                size(found, page, run, body);
            }
        }
    }
}

/// Fewer characters than this aren't read at length.
const AT_LENGTH: usize = 500;

/// The size that most characters have.
fn body_size(pages: &[Page]) -> Option<Len> {
    let mut counts: BTreeMap<Len, usize> = BTreeMap::new();
    for item in pages.iter().flat_map(|p| &p.items) {
        if let Item::Glyphs(run) = item {
            *counts.entry(run.size).or_default() += run.glyphs.len();
        }
    }
    counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= AT_LENGTH).map(|(size, _)| size)
}

fn size(found: &mut Found, page: &Page, run: &GlyphRun, body: Option<Len>) {
    let song = found.work.library.face(run.face).family == Family::Song;
    let reversed = run.ink == Ink::PAPER && song;
    let least = match () {
        () if run.size < TYPE_LEAST => TYPE_LEAST,
        () if Some(run.size) == body && run.size < BODY_LEAST => BODY_LEAST,
        () if reversed && run.size < REVERSED_SONG => REVERSED_SONG,
        () => return,
    };
    // Marks and note numbers are small by their nature.
    let text = run.text.trim();
    let words_of_it = text.chars().filter(|c| c.is_alphabetic()).count();
    if words_of_it < 2 || !found.first(Code::PrintSmallText, format!("{:?} {reversed}", run.size)) {
        return;
    }
    let start: String = text.chars().take(12).collect();
    let message =
        words(format!("“{start}”只有 {} 点", points(run.size)), format!("“{start}” is {} pt", points(run.size)));
    let finding = found.on_text(Code::PrintSmallText, (page, run), "theme.roles", message);
    finding.also_hint(
        &format!("{}至少 {} 点", if reversed { "反白宋体" } else { "" }, points(least)),
        &format!("{} needs {} pt", if reversed { "white Song" } else { "it" }, points(least)),
    );
    if least == TYPE_LEAST {
        finding.severity = Severity::Error;
    }
}

/// OS/2 fsType: fonts whose makers forbid what every output does. Asked of every build, not of preflight alone.
pub fn embedding(book: &Book, library: &Library) -> Report {
    let mut seen = BTreeSet::new();
    let mut report = Report::default();
    for page in &book.pages {
        for item in &page.items {
            let Item::Glyphs(run) = item else { continue };
            let face = library.face(run.face);
            if !seen.insert(run.face) || face.may_embed_subset() {
                continue;
            }
            let name = &face.postscript_name;
            let message = words(format!("字体 {name} 不许嵌入"), format!("the font {name} may not be embedded"));
            report.push(at(Code::FontEmbedding, (book, page), run.node, message).hint(
                "换一种字体，或向字体厂商取得嵌入许可",
                "take another font, or ask its maker for the right to embed it",
            ));
        }
    }
    report
}
