//! Resources that printpdf's own types can't say rightly: overprint, separations, soft masks.

use super::{box_array, dict};
use crate::base::Len;
use crate::page::{Book, Veil};
use crate::profile::Profile;
use crate::style::Theme;
use crate::write::pdf::content::{Content, KNOCKOUT, NamedVeil, OVERPRINT, group_space};
use crate::write::pdf::ink::SPOT;
use crate::write::pdf::marks::REGISTRATION;
use crate::write::pdf::sheet::pt;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// One kind of resources: printpdf gives all pages the same dictionary.
pub fn shared(document: &Document, page: ObjectId, kind: &[u8]) -> ObjectId {
    let resources = document.get_dictionary(page).and_then(|p| p.get_deref(b"Resources", document));
    let kind = resources.and_then(Object::as_dict).and_then(|r| r.get(kind)).and_then(Object::as_reference);
    kind.expect("printpdf gives every page a reference to each kind of resources")
}

/// The graphics states that black text is set with (§8.6.7). printpdf writes OP for fills and op for strokes, the wrong
/// way round; both are the same here.
pub fn overprint(document: &mut Document, first_page: ObjectId) {
    let states = shared(document, first_page, b"ExtGState");
    for (name, on) in [(OVERPRINT, true), (KNOCKOUT, false)] {
        let state = dictionary! { "Type" => "ExtGState", "OP" => on, "op" => on, "OPM" => i64::from(on) };
        dict(document, states).set(name, state);
    }
}

/// The separations of a print file (§8.6.6.4): `/All`, the colour of marks, which is every plate at full strength, and the
/// spot colour, which a device without its ink shows as the theme's accent.
pub fn separations(document: &mut Document, pages: &[ObjectId], book: &Book, profile: &Profile) {
    let all = separation(document, "All", [100; 4]);
    let mut spaces = dictionary! { REGISTRATION => all };
    if let Some(name) = &profile.spot {
        let accent = book.inks.get(usize::from(Theme::ACCENT.0)).map_or([0, 0, 0, 100], |s| s.cmyk);
        spaces.set(SPOT, separation(document, name, accent));
    }
    for page in pages {
        let resources = dict(document, *page).get(b"Resources").and_then(Object::as_reference);
        let resources = resources.expect("printpdf gives every page resources");
        dict(document, resources).set("ColorSpace", spaces.clone());
    }
}

fn separation(document: &mut Document, name: &str, cmyk: [u8; 4]) -> ObjectId {
    let full = cmyk.map(|v| Object::Real(f32::from(v) / 100.0)).to_vec();
    let tint = document.add_object(ramp(vec![0.into(); 4], full));
    let space: Vec<Object> =
        vec!["Separation".into(), Object::Name(name.as_bytes().to_vec()), "DeviceCMYK".into(), tint.into()];
    document.add_object(space)
}

/// A linear function of one input (§7.10.3).
fn ramp(from: Vec<Object>, to: Vec<Object>) -> Dictionary {
    dictionary! { "FunctionType" => 2, "Domain" => vec![0.into(), 1.into()], "N" => 1, "C0" => from, "C1" => to }
}

/// A veil's opacity from its foot to its head: ramps stitched together (§7.10.4).
fn profile_of(veil: &Veil) -> Dictionary {
    let (height, dark) = (veil.rect.height.raw().max(1) as f32, f32::from(veil.dark.min(100)) / 100.0);
    let share = |fade: Len| (fade.raw() as f32 / height).clamp(0.0, 1.0);
    let (head, foot) = (share(veil.fades.0), share(veil.fades.1));
    let level = |fade: f32| if fade > 0.0 { 0.0 } else { dark };
    let mut stops = vec![(0.0, level(foot)), (foot, dark), (1.0 - head, dark), (1.0, level(head))];
    stops.dedup_by(|next, before| next.0 <= before.0);
    let number = |v: f32| Object::Real(v);
    let pieces: Vec<Object> =
        stops.windows(2).map(|pair| ramp(vec![number(pair[0].1)], vec![number(pair[1].1)]).into()).collect();
    let bounds: Vec<Object> = stops[1..stops.len() - 1].iter().map(|stop| number(stop.0)).collect();
    let encode: Vec<Object> = pieces.iter().flat_map(|_| [0.into(), 1.into()]).collect();
    dictionary! {
        "FunctionType" => 3, "Domain" => vec![0.into(), 1.into()], "Functions" => pieces, "Bounds" => bounds, "Encode" => encode,
    }
}

/// The veils' soft masks (§11.6.5.2): a grey ramp, whose luminosity is the opacity of what is painted through it.
pub fn veils(document: &mut Document, pages: &[ObjectId], contents: &[Content], profile: &Profile) {
    for (page, content) in pages.iter().zip(contents).filter(|(_, c)| !c.veils.is_empty()) {
        let states = shared(document, *page, b"ExtGState");
        for veil in &content.veils {
            let mask = document.add_object(mask(veil));
            let soft = dictionary! { "Type" => "Mask", "S" => "Luminosity", "G" => mask };
            dict(document, states).set(veil.name.as_str(), dictionary! { "Type" => "ExtGState", "SMask" => soft });
        }
        let group = dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => group_space(profile.inks) };
        dict(document, *page).set("Group", group);
    }
}

fn mask(named: &NamedVeil) -> Stream {
    let [_, bottom, _, top] = named.corners;
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => "DeviceGray", "Function" => profile_of(&named.veil),
        "Coords" => vec![0.into(), Object::Real(pt(bottom)), 0.into(), Object::Real(pt(top))],
    };
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => box_array(named.corners),
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" },
        "Resources" => dictionary! { "Shading" => dictionary! { "S" => shading } },
    };
    Stream::new(form, b"/S sh".to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::pdf::post::upstream;
    use printpdf::{ExtendedGraphicsState, Op, SpotColor};

    /// ISO 32000-1 table 58: OP is for strokes, op for everything else.
    #[test]
    fn upstream_swaps_the_two_overprints() {
        let mut document = upstream::document(vec![]);
        let gs = document.add_graphics_state(ExtendedGraphicsState::default().with_overprint_fill(true));
        let written = upstream::written(&document);
        let states = written.get_dictionary(shared(&written, written.get_pages()[&1], b"ExtGState")).expect("states");
        let state = states.get(gs.0.as_bytes()).and_then(Object::as_dict).expect("the state");
        assert!(state.has(b"OP") && !state.has(b"op"));
    }

    /// ISO 32000-1 §8.6.6.4: a spot colour is a Separation.
    #[test]
    fn upstream_flattens_spot_colours() {
        let col = printpdf::Color::SpotColor(SpotColor { c: 0.0, m: 1.0, y: 1.0, k: 0.0 });
        let written = upstream::written(&upstream::document(vec![Op::SetFillColor { col }]));
        let content = written.get_page_content(written.get_pages()[&1]);
        assert_eq!(String::from_utf8_lossy(&content).trim(), "0 1 1 0 k");
    }
}
