//! Font descriptors (ISO 32000-1 §9.8).

use crate::font::{Family, Library};
use crate::write::pdf::fonts::Fonts;
use lopdf::{Document, Object};

/// Descriptor flags (§9.8.2, table 123).
const SERIF: i64 = 1 << 1;
const SYMBOLIC: i64 = 1 << 2;

/// printpdf gives the ascent as the height of capitals, and calls every font nonsymbolic; a font whose codes are glyph
/// numbers is symbolic.
pub fn correct(document: &mut Document, fonts: &Fonts, library: &Library) {
    for descriptor in document.objects.values_mut().filter_map(|o| o.as_dict_mut().ok()) {
        let Ok(name) = descriptor.get(b"FontName").and_then(Object::as_name) else { continue };
        let Some(face) = fonts.face_named(name).map(|id| library.face(id)) else { continue };
        let scaled = i64::from(face.metrics.cap_height) * 1000 / i64::from(face.metrics.units_per_em);
        descriptor.set("CapHeight", scaled);
        descriptor.set("Flags", SYMBOLIC | if face.family == Family::Hei { 0 } else { SERIF });
    }
}

/// Fonts of upright glyphs have vertical writing: the CMap Identity-V, and the shipped faces' metrics (an em down, from
/// 0.88 em above the baseline) are DW2's default (§9.7.4.3).
pub fn set_vertical(document: &mut Document, fonts: &Fonts) {
    let names: Vec<&str> = fonts.vertical_names().collect();
    for font in document.objects.values_mut().filter_map(|o| o.as_dict_mut().ok()) {
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|subtype| subtype == b"Type0");
        if composite && names.iter().any(|n| n.as_bytes() == name) {
            font.set("Encoding", Object::Name(b"Identity-V".to_vec()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf::post::upstream;
    use printpdf::{Codepoint, FontId, FontMetrics, Op, ParsedFont, PdfFont, PdfFontHandle, Pt, TextItem};
    use std::collections::BTreeMap;

    #[test]
    fn upstream_gives_the_ascent_for_the_capitals_and_calls_glyph_codes_nonsymbolic() {
        let id = FontId("F0".into());
        let shown = TextItem::GlyphIds(vec![Codepoint::with_cid(1, 0.0, "a".into())]);
        let mut document = upstream::document(vec![
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(10.0) },
            Op::ShowText { items: vec![shown] },
            Op::EndTextSection,
        ]);
        let metrics = FontMetrics { ascent: 880, descent: -120 };
        let font =
            ParsedFont::with_glyph_data(vec![0, 1, 0, 0], 0, None, BTreeMap::new(), [(1, 500)].into(), 1000, metrics);
        document.resources.fonts.map.insert(id, PdfFont::new(font));
        let written = upstream::written(&document);
        let descriptor =
            written.objects.values().filter_map(|o| o.as_dict().ok()).find(|d| d.has(b"FontName")).expect("one");
        assert_eq!(descriptor.get(b"CapHeight").and_then(Object::as_i64).ok(), Some(880));
        assert_eq!(descriptor.get(b"Flags").and_then(Object::as_i64).ok(), Some(32));
    }
}
