//! theme.toml, and `[theme]` in the manifest, into a [`Spec`].
//!
//! In: tables, the issue's own first. Out: a whole theme: what they leave open comes from the built-in theme that `base`
//! names, and in the end from `shan`, which names everything.

mod keys;

use super::manifest::{CODES, MARGINS};
use crate::base::{Em, FileId, Ink, Len, Report, Span, Swatch, words};
use crate::doc::Margins;
use crate::font::{OwnFonts, Weight};
use crate::source::keyed::{Key, Kind, Value, toml};
use crate::source::{Fields, nearest};
use crate::style::{
    Align, BUILTIN, Contents, Cover, Credits, DEFAULT, Figures, Furniture, Opener, OpenerTemplate, PageSpec, Pitch,
    RoleSpec, Roles, SectionStyle, Side, Size, Spec, Template, Text, builtin, swatch,
};
use std::collections::BTreeMap;

/// The built-in themes' own text: no finding ever points there.
const BUILT_IN: FileId = FileId(u32::MAX);

/// Reads the layers, the first winning; a layer that is a text names a built-in theme.
pub fn read(layers: &[&Value], fonts: &OwnFonts, report: &mut Report) -> Spec {
    let (name, standing) = bases(layers, report);
    let own = layers.iter().copied().filter(|v| matches!(v.kind, Kind::Table(_)));
    let tables: Vec<&Value> = own.chain(&standing).collect();
    spec(name, &tables, fonts, report)
}

/// The built-in theme that the layers start from, and its tables down to the one that names everything.
fn bases(layers: &[&Value], report: &mut Report) -> (String, Vec<Value>) {
    let named = |v: &Value| match &v.kind {
        Kind::Table(entries) => {
            entries.iter().find(|(k, _)| keys::TOP[0].means(&k.name)).map(|(_, v)| (v.text(), v.span))
        }
        _ => Some((v.text(), v.span)),
    };
    let chosen = layers.iter().find_map(|v| named(v));
    let known = chosen.and_then(|(text, span)| {
        let found = text.as_deref().and_then(builtin);
        if found.is_none() {
            report.push(unknown(text.unwrap_or_default(), span));
        }
        found
    });
    let first = known.map_or(DEFAULT, |b| b.name);
    let (mut next, mut tables) = (Some(first), vec![]);
    while let Some(theme) = next.and_then(builtin) {
        let table = toml(theme.text, BUILT_IN, 0).expect("a built-in theme is TOML: tested");
        next = named(&table).and_then(|(base, _)| builtin(&base?)).map(|b| b.name);
        tables.push(table);
    }
    (first.to_string(), tables)
}

fn unknown(name: String, span: Span) -> crate::base::Diagnostic {
    let names = || BUILTIN.iter().map(|b| b.name);
    let message = words(format!("没有名叫“{name}”的主题"), format!("there is no theme “{name}”"));
    let finding = crate::base::Diagnostic::at(CODES.value, span, message);
    let all = names().collect::<Vec<_>>().join(" | ");
    match nearest(&name, names()) {
        Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        None => finding.hint(format!("可用的主题：{all}"), format!("themes: {all}")),
    }
}

fn spec(name: String, tables: &[&Value], fonts: &OwnFonts, report: &mut Report) -> Spec {
    let top = Fields::read(tables, &keys::TOP, CODES, report);
    let of = |key| top.values(key);
    let (page, inks, roles, opener) = (of("page"), of("inks"), of("roles"), of("opener"));
    let (text, figures, furniture, cover) = (of("text"), of("figures"), of("furniture"), of("cover"));
    let (contents, credits, sections) = (of("contents"), of("credits"), of("sections"));
    let inks = read_inks(&inks, report);
    Spec {
        name,
        page: read_page(&page, report),
        roles: read_roles(&roles, (&inks, fonts), report),
        opener: read_opener(&opener, report),
        text: read_text(&text, report),
        figures: read_figures(&figures, report),
        furniture: read_furniture(&furniture, report),
        cover: read_cover(&cover, &inks, report),
        contents: read_contents(&contents, report),
        credits: read_credits(&credits, report),
        sections: read_sections(&sections, report),
        swatches: inks.swatches,
        fonts: fonts.clone(),
    }
}

fn read_page(tables: &[&Value], report: &mut Report) -> PageSpec {
    let mut f = Fields::read(tables, &keys::PAGE, CODES, report);
    let columns = f.parse("columns", words("三个 1 到 3 的整数", "three numbers from 1 to 3"), |v| {
        wholes::<3>(v, 3).filter(|all| all.iter().all(|n| *n > 0))
    });
    let three = || words("三个长度", "three lengths");
    let sizes = f.parse("sizes", three(), lengths::<3>);
    let pitches = f.parse("pitches", three(), lengths::<3>);
    let gutter = f.whole("gutter", 1..=6).unwrap_or(2) as u8;
    let margins = f.values("margins");
    let mut m = Fields::read(&margins, &MARGINS, CODES, report);
    let mut side = |key| m.length(key).unwrap_or(Len::mm(1800));
    let margins = Margins { top: side("top"), bottom: side("bottom"), inner: side("inner"), outer: side("outer") };
    PageSpec {
        margins,
        columns: columns.unwrap_or([3, 2, 2]),
        sizes: sizes.unwrap_or([Len::pt(1050); 3]),
        pitches: pitches.unwrap_or([Len::pt(1575); 3]),
        gutter,
    }
}

/// The inks by name, in the order of their numbers.
struct Inks {
    names: Vec<String>,
    swatches: Vec<Swatch>,
}

/// The four that every theme has, in the order that `style` counts on.
const STANDING: [&str; 4] = ["black", "paper", "accent", "grey"];

fn read_inks(tables: &[&Value], report: &mut Report) -> Inks {
    let mut written: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for (key, value) in tables.iter().flat_map(|t| t.entries()) {
        written.entry(key.name.as_str()).or_default().push(value);
    }
    let others = written.keys().copied().filter(|n| !STANDING.contains(n));
    let names: Vec<String> = STANDING.into_iter().chain(others).map(String::from).collect();
    let mut ink = |name: &String, layers: &[&Value]| {
        let mut f = Fields::read(layers, &keys::INK, CODES, report);
        let cmyk =
            f.parse("cmyk", words("四个 0 到 100 的整数", "four numbers from 0 to 100"), |v| wholes(v, 100));
        let rgb = f.parse("rgb", words("颜色，如 \"#1f4a3d\"", "a colour, as \"#1f4a3d\""), |v| hex(&v.text()?));
        let name = f.text("name").unwrap_or_else(|| name.clone());
        let written = layers.first().map(|layer| layer.span).filter(|span| span.file != BUILT_IN);
        Swatch { written, ..swatch(name, cmyk, rgb) }
    };
    let swatches = names.iter().map(|name| {
        let (seen, hidden) = one_colour(&written[name.as_str()]);
        // A slip below the colour that hides it is told all the same.
        hidden.iter().for_each(|layer| drop(ink(name, &[layer])));
        ink(name, seen)
    });
    let swatches = swatches.collect();
    Inks { names, swatches }
}

/// The layers of an ink down to the first that says its colour, and those below: a theme that states one side of it means that colour on the
/// other side too, not its base's.
fn one_colour<'l, 'v>(layers: &'l [&'v Value]) -> (&'l [&'v Value], &'l [&'v Value]) {
    let says =
        |layer: &&Value| layer.entries().iter().any(|(key, _)| keys::INK[1..].iter().any(|k| k.means(&key.name)));
    let end = layers.iter().position(says).map_or(layers.len(), |i| i + 1);
    layers.split_at(end)
}

impl Inks {
    fn read(&self, f: &mut Fields, key: &'static str) -> Option<Ink> {
        let all = self.names.join(" | ");
        f.parse(key, words(format!("油墨名：{all}"), format!("an ink: {all}")), |v| {
            let name = v.text()?;
            self.names.iter().position(|n| *n == name).map(|i| Ink(i as u8))
        })
    }
}

fn read_roles(tables: &[&Value], with: (&Inks, &OwnFonts), report: &mut Report) -> Roles<RoleSpec> {
    let found: BTreeMap<&str, Vec<&Value>> = {
        let roles = Fields::read(tables, &keys::ROLES, CODES, report);
        keys::ROLES.iter().map(|n| (n.key, roles.values(n.key))).collect()
    };
    Roles::build(|name| read_role(found.get(name).map_or(&[], |v| &v[..]), with, report))
}

const WEIGHTS: [(&str, Weight); 4] =
    [("regular", Weight::Regular), ("bold", Weight::Bold), ("常规", Weight::Regular), ("粗", Weight::Bold)];
const ALIGNS: [(&str, Align); 4] =
    [("start", Align::Start), ("center", Align::Center), ("左", Align::Start), ("居中", Align::Center)];

fn read_role(tables: &[&Value], (inks, fonts): (&Inks, &OwnFonts), report: &mut Report) -> RoleSpec {
    let mut f = Fields::read(tables, &keys::ROLE, CODES, report);
    let families = words(
        "song | hei | kai | fangsong，或 fonts/ 里字体的名字",
        "song, hei, kai, fangsong, or the name of a font in fonts/",
    );
    let sizes = words("字号，如 \"9pt\"、\"五号\"、\"1.2em\"", "a size, as \"9pt\", \"五号\", \"1.2em\"");
    let lines = words("行数，如 \"1\"、\"2/3\"、\"1.5\"", "lines of the grid, as \"1\", \"2/3\", \"1.5\"");
    RoleSpec {
        family: f.parse("family", families, |v| fonts.named(&v.text()?)).unwrap_or_default(),
        weight: f.choice("weight", &WEIGHTS).unwrap_or_default(),
        size: f.parse("size", sizes, |v| v.text()?.parse().ok()).unwrap_or(Size::Body(1, 1)),
        scales: f.flag("scales").unwrap_or(false),
        pitch: f.parse("lines", lines, |v| v.text()?.parse().ok()).unwrap_or(Pitch::ONE),
        ink: inks.read(&mut f, "ink").unwrap_or(Ink::BLACK),
        tracking: f
            .parse("tracking", words("0 到 1 之间的数", "a number from 0 to 1"), thousandths)
            .unwrap_or(Em::ZERO),
        align: f.choice("align", &ALIGNS).unwrap_or_default(),
    }
}

const OPENERS: [(&str, OpenerTemplate); 5] = [
    ("auto", OpenerTemplate::Auto),
    ("type", OpenerTemplate::Type),
    ("photo", OpenerTemplate::Photo),
    ("half", OpenerTemplate::Half),
    ("spread", OpenerTemplate::Spread),
];

fn read_opener(tables: &[&Value], report: &mut Report) -> Opener {
    let mut f = Fields::read(tables, &keys::OPENER, CODES, report);
    Opener {
        template: f.choice("template", &OPENERS).unwrap_or_default(),
        drop_cap: f.whole("drop_cap", 0..=6).unwrap_or(0) as u8,
        byline_first: f.flag("byline_first").unwrap_or(false),
        rule: f.length("rule").unwrap_or(Len::ZERO),
        abstract_rules: f.length("abstract_rules").unwrap_or(Len::ZERO),
        standfirst_width: f.whole("standfirst_width", 40..=100).unwrap_or(100) as u8,
        above: f.whole("above", 0..=20).unwrap_or(0) as u8,
        below: f.whole("below", 0..=20).unwrap_or(1) as u8,
        recto: f.flag("recto").unwrap_or(false),
    }
}

fn read_text(tables: &[&Value], report: &mut Report) -> Text {
    let mut f = Fields::read(tables, &keys::TEXT, CODES, report);
    let rules = f.parse("pull_rules", words("两个长度", "two lengths"), lengths::<2>).unwrap_or_default();
    Text {
        end_mark: f.text("end_mark").unwrap_or_default(),
        ornament: f.text("ornament").unwrap_or_default(),
        pull_rules: (rules[0], rules[1]),
        box_tint: f.whole("box_tint", 0..=100).unwrap_or(0) as u8,
    }
}

fn read_figures(tables: &[&Value], report: &mut Report) -> Figures {
    let mut f = Fields::read(tables, &keys::FIGURES, CODES, report);
    Figures {
        caption_gap: f.length("caption_gap").unwrap_or(Len::pt(350)),
        caption_align: f.choice("caption_align", &ALIGNS).unwrap_or_default(),
        tallest: f.whole("tallest", 20..=100).unwrap_or(70) as u8,
    }
}

const SIDES: [(&str, Side); 3] = [("outer", Side::Outer), ("center", Side::Center), ("none", Side::None)];

fn read_furniture(tables: &[&Value], report: &mut Report) -> Furniture {
    let mut f = Fields::read(tables, &keys::FURNITURE, CODES, report);
    Furniture {
        folio: f.choice("folio", &SIDES).unwrap_or_default(),
        head: f.choice("head", &SIDES).unwrap_or_default(),
        head_rule: f.length("head_rule").unwrap_or(Len::ZERO),
        bare_openers: f.flag("bare_openers").unwrap_or(true),
    }
}

fn read_cover(tables: &[&Value], inks: &Inks, report: &mut Report) -> Cover {
    let mut f = Fields::read(tables, &keys::COVER, CODES, report);
    let veil = f.parse("veil", words("两个 0 到 100 的整数", "two numbers from 0 to 100"), |v| wholes(v, 100));
    let [head, foot] = veil.unwrap_or_default();
    Cover {
        ground: inks.read(&mut f, "ground").unwrap_or(Ink(2)),
        type_on_ground: inks.read(&mut f, "type_on_ground").unwrap_or(Ink::PAPER),
        veil: (head, foot),
        rule: f.length("rule").unwrap_or(Len::ZERO),
        align: f.choice("align", &ALIGNS).unwrap_or_default(),
        framed: f.flag("framed").unwrap_or(false),
        sponsors: f.flag("sponsors").unwrap_or(false),
        endpaper: f.whole("endpaper", 0..=100).unwrap_or(0) as u8,
    }
}

fn read_contents(tables: &[&Value], report: &mut Report) -> Contents {
    let mut f = Fields::read(tables, &keys::CONTENTS, CODES, report);
    Contents {
        photos: f.flag("photos").unwrap_or(true),
        summaries: f.whole("summaries", 0..=6).unwrap_or(2) as u8,
        leaders: f.flag("leaders").unwrap_or(false),
        number_first: f.flag("number_first").unwrap_or(true),
    }
}

fn read_credits(tables: &[&Value], report: &mut Report) -> Credits {
    let mut f = Fields::read(tables, &keys::CREDITS, CODES, report);
    Credits { colon: f.text("colon").unwrap_or_else(|| "／".into()) }
}

/// `[sections."影像"]`: any name is a section's.
fn read_sections(tables: &[&Value], report: &mut Report) -> Vec<SectionStyle> {
    let mut all: Vec<(&Key, Vec<&Value>)> = vec![];
    for (key, value) in tables.iter().flat_map(|t| t.entries()) {
        match all.iter_mut().find(|(k, _)| k.name == key.name) {
            Some((_, values)) => values.push(value),
            None => all.push((key, vec![value])),
        }
    }
    let section = |(key, values): (&Key, Vec<&Value>)| {
        let mut f = Fields::read(&values, &keys::SECTION, CODES, report);
        SectionStyle {
            name: key.name.clone(),
            opener: f.choice("opener", &OPENERS),
            template: f.choice("template", Template::NAMES),
            columns: f.whole("columns", 1..=3).map(|n| n as u8),
            recto: f.flag("recto"),
            ink: None,
        }
    };
    all.into_iter().map(section).collect()
}

fn items<const N: usize>(v: &Value) -> Option<&[Value; N]> {
    match &v.kind {
        Kind::List(items) => items.as_slice().try_into().ok(),
        _ => None,
    }
}

/// Exactly N whole numbers from 0 to `most`.
fn wholes<const N: usize>(v: &Value, most: u8) -> Option<[u8; N]> {
    let mut out = [0; N];
    for (to, item) in out.iter_mut().zip(items::<N>(v)?) {
        *to = item.text()?.parse().ok().filter(|n| *n <= most)?;
    }
    Some(out)
}

fn lengths<const N: usize>(v: &Value) -> Option<[Len; N]> {
    let mut out = [Len::ZERO; N];
    for (to, item) in out.iter_mut().zip(items::<N>(v)?) {
        *to = item.text()?.parse().ok()?;
    }
    Some(out)
}

/// `0.12` of an em.
fn thousandths(v: &Value) -> Option<Em> {
    let text = v.text()?;
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let milli = whole.parse::<i32>().ok()?.checked_mul(1000)? + digits.parse::<i32>().ok()?;
    (0..=1000).contains(&milli).then_some(Em(milli))
}

fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let byte = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).ok();
    Some([byte(0)?, byte(2)?, byte(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{PageSetup, TypeSetup};
    use crate::style::{ROLES, Theme};

    fn read_text(text: &str) -> (Spec, Vec<String>) {
        let value = toml(text, FileId(0), 0).unwrap();
        let mut report = Report::default();
        let spec = read(&[&value], &OwnFonts::default(), &mut report);
        (spec, report.findings.iter().map(|d| d.hints.first().map_or(String::new(), |h| h.en.clone())).collect())
    }

    #[test]
    fn every_role_has_its_key() {
        assert_eq!(keys::ROLES.map(|n| n.key).to_vec(), ROLES);
    }

    #[test]
    fn built_in_themes_have_no_slip_and_shan_names_everything() {
        for theme in BUILTIN {
            let (spec, found) = read_text(&format!("base = \"{}\"", theme.name));
            assert_eq!((spec.name.as_str(), found.len()), (theme.name, 0), "{found:?}");
        }
        let shan = toml(builtin(DEFAULT).unwrap().text, FileId(0), 0).unwrap();
        let of = |table: &str| {
            let found = shan.entries().iter().find(|(k, _)| k.name == table).map(|(_, v)| v.entries()).unwrap();
            found.iter().map(|(k, _)| k.name.clone()).collect::<Vec<_>>()
        };
        let tables: [(&str, &[crate::source::Name]); 8] = [
            ("page", &keys::PAGE),
            ("roles", &keys::ROLES),
            ("opener", &keys::OPENER),
            ("text", &keys::TEXT),
            ("figures", &keys::FIGURES),
            ("furniture", &keys::FURNITURE),
            ("cover", &keys::COVER),
            ("contents", &keys::CONTENTS),
        ];
        for (table, names) in tables {
            assert_eq!(of(table), names.iter().map(|n| n.key).collect::<Vec<_>>(), "[{table}]");
        }
    }

    /// docs/themes/README.md explains every key.
    #[test]
    fn every_key_is_documented() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/themes/README.md");
        let text = std::fs::read_to_string(path).expect("it is there");
        let tables: [(&str, &[crate::source::Name]); 11] = [
            ("`[page]`", &keys::PAGE),
            ("`[inks]`", &keys::INK),
            ("`[roles]`", &keys::ROLE),
            ("`[roles]`", &keys::ROLES),
            ("`[opener]`", &keys::OPENER),
            ("`[text]`", &keys::TEXT),
            ("`[figures]`", &keys::FIGURES),
            ("`[furniture]`", &keys::FURNITURE),
            ("`[cover]`", &keys::COVER),
            ("`[contents]`", &keys::CONTENTS),
            ("`[credits]`", &keys::CREDITS),
        ];
        for (table, names) in tables {
            let from = text.find(&format!("### {table}")).unwrap_or_else(|| panic!("{table} has its part"));
            let part = text[from + 4..].split("\n##").next().expect("a part");
            for key in names.iter().map(|n| n.key) {
                assert!(part.contains(&format!("`{key}")), "{table} {key} is explained");
            }
        }
    }

    #[test]
    fn a_colour_stated_on_one_side_is_not_its_bases_on_the_other() {
        let (own, found) = read_text("[inks]\naccent = { cmyk = [15, 100, 100, 0] }\n");
        assert_eq!(found, Vec::<String>::new());
        let [r, g, b] = own.swatches[2].rgb;
        assert!(r > 150 && g < 80 && b < 80, "red on screens too: {r} {g} {b}");
    }

    #[test]
    fn a_colour_that_hides_another_hides_no_slip() {
        let (own, below) =
            ("[inks]\naccent = { rgb = \"#7a1f2b\" }\n", "[inks]\naccent = { rbg = \"#123456\", cmyk = [1] }\n");
        let layers = [own, below].map(|text| toml(text, FileId(0), 0).expect("is TOML"));
        let mut report = Report::default();
        let spec = read(&[&layers[0], &layers[1]], &OwnFonts::default(), &mut report);
        let codes: Vec<_> = report.findings.iter().map(|f| f.code.name()).collect();
        assert_eq!(codes, ["manifest/unknown-key", "manifest/value"]);
        assert_eq!(spec.swatches[2].rgb, [0x7a, 0x1f, 0x2b]);
    }

    #[test]
    fn a_theme_changes_what_it_names() {
        let (own, found) = read_text(
            "base = \"shan\"\n[roles]\n标题 = { size = \"30pt\" }\n[inks]\nbrick = { cmyk = [20, 80, 70, 10], rgb = \"#a04030\" }\n[sections.\"影像\"]\ntemplate = \"photos\"\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let (shan, _) = read_text("");
        assert_eq!(own.roles.title.size, Size::Fixed(Len::pt(3000)));
        assert_eq!(own.roles.title.pitch, shan.roles.title.pitch);
        assert_eq!(own.swatches[4].name, "brick");
        assert!(own.sections.iter().any(|s| s.name == "影像" && s.template == Some(Template::Photos)));
        assert_eq!((own.opener, own.page), (shan.opener, shan.page));
    }

    fn shan(page: &PageSetup) -> Theme {
        Theme::fit(&read(&[], &OwnFonts::default(), &mut Report::default()), page, &TypeSetup::default())
    }

    /// R11: the measure is a whole number of em and gutters are at least 1.5 em, in every theme on every page.
    #[test]
    fn columns_are_whole_em_on_every_page() {
        for (theme, (w, h)) in
            BUILTIN.iter().flat_map(|b| [(210, 285), (210, 297), (185, 260), (148, 210)].map(|page| (b.name, page)))
        {
            let (spec, _) = read_text(&format!("base = \"{theme}\""));
            for columns in 1..=3 {
                let trim = (Len::mm(w * 100), Len::mm(h * 100));
                let page = PageSetup { trim, columns: Some(columns), ..PageSetup::default() };
                let theme = Theme::fit(&spec, &page, &TypeSetup::default());
                let (grid, em) = (&theme.grid, theme.roles.body.size);
                assert_eq!(grid.measure.raw() % em.raw(), 0, "{w}×{h} in {columns}");
                assert!(columns == 1 || grid.gutter >= em * 3 / 2, "{w}×{h} in {columns}: {}", grid.gutter);
                assert!(grid.width <= grid.trim.0 - grid.margins.inner - grid.margins.outer);
            }
        }
    }

    #[test]
    fn shan_sets_three_columns_of_seventeen_em() {
        let theme = shan(&PageSetup::default());
        assert_eq!((theme.grid.columns, theme.grid.measure), (3, Len::pt(900) * 17));
        assert_eq!(theme.grid.rows, 43);
    }

    #[test]
    fn slips_are_named() {
        let (_, found) = read_text("base = \"shann\"\n[roles]\ntitel = { size = \"3pt\" }\nbody = { ink = \"red\" }\n");
        assert_eq!(found[0], "did you mean shan?");
        assert_eq!(found[1], "did you mean title?");
        assert!(found[2].starts_with("write an ink: black | paper"), "{found:?}");
    }
}
