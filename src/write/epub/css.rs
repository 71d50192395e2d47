//! The style sheet: `assets/epub/issue.css`, and which hand each element is set in.
//!
//! [`rules`] is read twice: it becomes the font rules of the style sheet, and it says which characters go into which
//! font.

use super::plan::Plan;
use crate::base::Script;
use crate::doc::Emphasis;
use crate::font::{Family, Weight};
use crate::page::{Hand, Hands};

const BASE: &str = include_str!("../../../assets/epub/issue.css");
/// What vertical lines change.
const VERTICAL: &str = include_str!("../../../assets/epub/vertical.css");

/// What text without a rule of its own is set in.
/// Behind every family: the shipped face of text.
pub const SONG: Hand = (Family::Song, Weight::Regular);
const BOLD: Hand = (Family::Song, Weight::Bold);
const HEI: Hand = (Family::Hei, Weight::Regular);
const KAI: Hand = (Family::Kai, Weight::Regular);

type Rule = (&'static [&'static str], Hand);

/// Elements and classes (with a dot) and their hand, by the theme; what has none inherits it. No element matches two.
fn rules(hands: &Hands) -> [Rule; 14] {
    [
        (&["body"], hands.body),
        (&[".speaker"], hands.question),
        (&["strong", "b"], BOLD),
        (&["h1"], hands.title),
        (&["h2", "h3", "h4", "h5", "h6"], hands.heading),
        (&[".label", ".kicker", ".section"], hands.label),
        (&[".byline"], hands.byline),
        (&["figcaption"], hands.caption),
        (&["th", "caption"], hands.table),
        (&["blockquote"], hands.quote),
        (&[".pull-quote"], hands.pull_quote),
        (&[".verse"], hands.verse),
        (&[".standfirst", ".editors-note"], hands.standfirst),
        (&[".note-number", ".mark", ".source", ".credits", ".issue", ".cover-line", "dt", ".pending", ".box"], HEI),
    ]
}

/// The author's note keeps its Kai whatever the theme does with quotations.
const NOTE: Rule = (&[".author-note"], KAI);

/// Han is never slanted: emphasis is Kai, or dots.
fn emphasis(plan: &Plan) -> Option<Hand> {
    (plan.issue.type_.emphasis == Emphasis::Kai).then_some(KAI)
}

/// The hand of an element, where it has one of its own. `english`: emphasis is italic there and stays in the hand
/// around it.
pub fn hand(plan: &Plan, element: &str, class: Option<&str>, english: bool) -> Option<Hand> {
    if element == "em" {
        return emphasis(plan).filter(|_| !english);
    }
    let matches = |s: &&&str| s.strip_prefix('.').map_or(**s == element, |c| Some(c) == class);
    let all = rules(&plan.book.hands).into_iter().chain([NOTE]);
    all.into_iter().find(|(selectors, _)| selectors.iter().any(|s| matches(&s))).map(|r| r.1)
}

/// The whole style sheet. `name` gives the CSS family of a family in a script; `others` are the languages whose script
/// differs from the issue's.
pub fn style_sheet(
    plan: &Plan,
    faces: &str,
    others: &[(&str, Script)],
    name: impl Fn(Family, Script) -> String,
) -> String {
    let mut css = format!("{faces}{BASE}");
    let base = plan.lang().script();
    let em: [&str; 1] = ["em:not(:lang(en))"];
    let rules: Vec<(&[&str], Hand)> = rules(&plan.book.hands)
        .into_iter()
        .chain([NOTE])
        .chain(emphasis(plan).map(|hand| (em.as_slice(), hand)))
        .collect();
    for (selectors, hand) in &rules {
        css.push_str(&rule(&selectors.join(", "), *hand, &name(hand.0, base)));
    }
    for (tag, script) in others {
        css.push_str(&rule(
            &format!("span[lang]:lang({tag})"),
            plan.book.hands.body,
            &name(plan.book.hands.body.0, *script),
        ));
        for (selectors, hand) in &rules {
            let selectors: Vec<String> = selectors.iter().map(|s| format!("{s}:lang({tag})")).collect();
            css.push_str(&rule(&selectors.join(", "), *hand, &name(hand.0, *script)));
        }
    }
    css.push_str(&settings(plan));
    if plan.is_vertical() {
        css.push_str(VERTICAL);
    }
    css
}

fn rule(selectors: &str, (family, weight): Hand, names: &str) -> String {
    let generic = if family == Family::Hei { "sans-serif" } else { "serif" };
    let weight = if weight == Weight::Bold { "bold" } else { "normal" };
    let stack = if names.is_empty() { generic.to_string() } else { format!("{names}, {generic}") };
    format!("{selectors} {{ font-family: {stack}; font-weight: {weight}; }}\n")
}

/// What the issue's own settings decide: indent, emphasis, accent.
fn settings(plan: &Plan) -> String {
    let mut css = format!(".article > p, .box p, .notes p {{ text-indent: {}em; }}\n", plan.issue.type_.indent.min(9));
    css.push_str(".article > .author-note, .article > .source, .article > .credits { text-indent: 0; }\n");
    if plan.issue.type_.emphasis == Emphasis::Dots {
        css.push_str(
            "em:lang(zh), em:lang(ja) { -webkit-text-emphasis: filled dot; text-emphasis: filled dot; \
             -webkit-text-emphasis-position: under right; text-emphasis-position: under right; }\n\
             em:lang(ja) { -webkit-text-emphasis-position: over right; text-emphasis-position: over right; }\n",
        );
    }
    css.push_str(&manner(&plan.book.hands));
    // Inks 0 and 1 are black and paper; the theme's accent follows.
    if let Some(accent) = plan.book.inks.get(2) {
        let [r, g, b] = by_day_and_night(accent.rgb);
        let accented = plan.book.hands.accented.iter().map(|role| shown(role));
        let accented: Vec<&str> = std::iter::once("a.section").chain(accented).collect();
        css.push_str(&format!(
            "{} {{ color: #{r:02x}{g:02x}{b:02x}; }}\naside.box, aside.pull-quote, header {{ border-color: #{r:02x}{g:02x}{b:02x}; }}\n",
            accented.join(", "),
        ));
    }
    css
}

/// What is set in a role here.
fn shown(role: &str) -> &'static str {
    match role {
        "section" => ".label",
        "kicker" => ".kicker",
        "heading" => "h2, h3",
        "pull_quote" => ".pull-quote",
        "box_title" => ".box h2, .box h3, .box h4",
        _ => ".interview .speaker",
    }
}

/// Where the theme's heads, abstracts and boxes differ from the rest.
fn manner(hands: &Hands) -> String {
    let mut css = String::new();
    if hands.centred {
        css.push_str("h1, .english h2, .kicker, .subtitle, .byline, figcaption { text-align: center; }\n");
    }
    if hands.ruled {
        css.push_str("header { padding-bottom: 1.2em; border-bottom: 1px solid; }\n");
    }
    if hands.scholarly {
        css.push_str(
            ".standfirst { margin: 0; padding: 0.4em 0; font-size: 0.95em; }\n\
             .byline + .standfirst { margin-top: 1.4em; padding-top: 0.8em; border-top: 1px solid; }\n\
             .english { margin-top: 3em; padding-top: 1em; border-top: 1px solid; }\n\
             .english h2 { margin-top: 0; } .english .byline { margin-top: 0.6em; } .english .abstract { margin-top: 0.8em; font-size: 0.9em; text-indent: 0; }\n",
        );
    }
    if hands.tinted {
        // A grey that is seen by day and by night.
        css.push_str("aside.box { background: rgba(127, 127, 127, 0.13); border-bottom: 0; }\n");
    }
    css
}

/// The accent at the lightness that has 4.5 : 1 (WCAG 1.4.3) against white and against black: reading systems turn paper and
/// text round by night without telling, and leave colours as they are.
fn by_day_and_night(rgb: [u8; 3]) -> [u8; 3] {
    let mixed = |with: u32, part: u32| rgb.map(|v| ((u32::from(v) * (256 - part) + with * part) / 256) as u8);
    let is_dark = luminance(rgb) < NIGHT;
    let all = (0..=256).map(|part| mixed(if is_dark { 255 } else { 0 }, part));
    let fits = |rgb: &[u8; 3]| if is_dark { luminance(*rgb) >= NIGHT } else { luminance(*rgb) <= DAY };
    all.into_iter().find(fits).unwrap_or(rgb)
}

/// Relative luminances, in 1/10000: (L + 0.05) / 0.05 ≥ 4.5, and 1.05 / (L + 0.05) ≥ 4.5.
const NIGHT: u64 = 1750;
const DAY: u64 = 1833;

/// WCAG's relative luminance, in 1/10000. The sRGB curve is within 1 % of ¾ v² + ¼ v³.
fn luminance([r, g, b]: [u8; 3]) -> u64 {
    let linear = |v: u8| {
        let v = u64::from(v);
        (3 * v * v * 255 + v * v * v) * 10_000 / (4 * 255 * 255 * 255)
    };
    (2126 * linear(r) + 7152 * linear(g) + 722 * linear(b)) / 10_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_legible_by_day_and_by_night() {
        for accent in
            [[31, 79, 63], [160, 40, 40], [0, 0, 120], [250, 210, 60], [0, 0, 0], [255, 255, 255], [128, 128, 128]]
        {
            let tone = by_day_and_night(accent);
            let exact = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            };
            let l = 0.2126 * exact(tone[0]) + 0.7152 * exact(tone[1]) + 0.0722 * exact(tone[2]);
            let (day, night) = (1.05 / (l + 0.05), (l + 0.05) / 0.05);
            assert!(day >= 4.4 && night >= 4.4, "{accent:?} → {tone:?}: {day:.2} {night:.2}");
        }
    }
}
