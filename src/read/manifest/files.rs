//! `[print]`, `[screen]`, `[epub]`, `[fonts]`, `[signoff]`, `[lock]`.

use super::keys::{EPUB, FONTS, LOCK, PRINT, SCREEN, SIGNOFF};
use super::{CODES, colour, matter, pages};
use crate::base::{Report, words as say};
use crate::doc::{
    BlackText, Entry, EpubFonts, EpubPictures, EpubSetup, FontsSetup, Lock, PartColour, PhotoColour, Placed,
    PrintFiles, PrintSetup, PrintStandard, ScreenSetup, Signoff, SpotColour,
};
use crate::font::OwnFonts;
use crate::read::words;
use crate::source::keyed::Value;
use crate::source::{Fields, texts};

const STANDARDS: [(&str, PrintStandard); 3] =
    [("plain", PrintStandard::Plain), ("pdf-x4", PrintStandard::PdfX4), ("pdf-x1a", PrintStandard::PdfX1a)];
const PHOTOS: [(&str, Option<PhotoColour>); 3] =
    [("auto", None), ("icc", Some(PhotoColour::Icc)), ("cmyk", Some(PhotoColour::Cmyk))];
const BLACKS: [(&str, BlackText); 4] = [
    ("k100-overprint", BlackText::Overprint),
    ("k100-knockout", BlackText::Knockout),
    ("叠印", BlackText::Overprint),
    ("镂空", BlackText::Knockout),
];
const PARTS: [(&str, PartColour); 6] = [
    ("cmyk", PartColour::Cmyk),
    ("k", PartColour::K),
    ("k+spot", PartColour::KSpot),
    ("四色", PartColour::Cmyk),
    ("单色", PartColour::K),
    ("双色", PartColour::KSpot),
];
const FILES: [(&str, PrintFiles); 6] = [
    ("one", PrintFiles::One),
    ("cover+inner", PrintFiles::CoverAndInner),
    ("wrap+inner", PrintFiles::WrapAndInner),
    ("合一", PrintFiles::One),
    ("分开", PrintFiles::CoverAndInner),
    ("展开封面", PrintFiles::WrapAndInner),
];

pub fn read_print(tables: &[&Value], report: &mut Report) -> PrintSetup {
    let mut f = Fields::read(tables, &PRINT, CODES, report);
    let default = PrintSetup::default();
    let spot = f.text("spot");
    let spot_colour = colour(&mut f, "spot_colour");
    PrintSetup {
        standard: f.choice("standard", &STANDARDS).unwrap_or_default(),
        output_intent: f.text("output_intent").zip(f.value("output_intent").map(|v| v.span)),
        photos: f.choice("photos", &PHOTOS).flatten(),
        min_ppi: f.whole("min_ppi", 36..=2400).map_or(default.min_ppi, |n| n as u16),
        want_ppi: f.whole("want_ppi", 36..=2400).map_or(default.want_ppi, |n| n as u16),
        max_ink: f.whole("max_ink", 100..=400).map_or(default.max_ink, |n| n as u16),
        black: f.choice("black", &BLACKS).unwrap_or_default(),
        inner: f.choice("inner", &PARTS).unwrap_or_default(),
        cover: f.choice("cover", &PARTS).unwrap_or_default(),
        spot: spot.map(|name| SpotColour { name, colour: spot_colour }),
        paper: f.text("paper"),
        caliper: f.length("caliper"),
        spine: f.length("spine"),
        files: f.choice("files", &FILES).unwrap_or_default(),
    }
}

pub fn read_screen(tables: &[&Value], report: &mut Report) -> ScreenSetup {
    let mut f = Fields::read(tables, &SCREEN, CODES, report);
    let default = ScreenSetup::default();
    ScreenSetup { ppi: f.whole("ppi", 72..=600).map_or(default.ppi, |n| n as u16), budget: bytes(&mut f, "budget") }
}

fn bytes(f: &mut Fields, key: &'static str) -> Option<u64> {
    f.parse(key, say("大小，如 \"20MB\"", "a size, as \"20MB\""), |v| words::bytes(&v.text()?))
}

/// The setup, and the cover as written.
pub fn read_epub(tables: &[&Value], report: &mut Report) -> (EpubSetup, Option<Placed>) {
    let mut f = Fields::read(tables, &EPUB, CODES, report);
    let setup = EpubSetup {
        id: f
            .parse(
                "id",
                say(
                    "标识，如 urn:uuid:…（UUID 要写全）、urn:isbn:…",
                    "an identifier, as urn:uuid:… (a whole UUID) or urn:isbn:…",
                ),
                |v| v.text().filter(|id| is_sound(id)),
            )
            .filter(|id| id != "auto"),
        fonts: f.choice("fonts", &[("subset", EpubFonts::Subset), ("none", EpubFonts::None)]).unwrap_or_default(),
        cover: None,
        pictures: f
            .choice("pictures", &[("wide", EpubPictures::Wide), ("full", EpubPictures::Full)])
            .unwrap_or_default(),
        budget: bytes(&mut f, "budget"),
        certified_by: f.text("certified_by"),
    };
    (setup, matter::placed(&mut f, "cover"))
}

/// What calls itself a UUID has to be one (EPUBCheck OPF-085).
fn is_sound(id: &str) -> bool {
    let id = id.trim().to_ascii_lowercase();
    id.strip_prefix("urn:uuid:").is_none_or(|uuid| uuid.parse::<uuid::Uuid>().is_ok())
}

pub fn read_fonts(tables: &[&Value], own: &OwnFonts, report: &mut Report) -> FontsSetup {
    let mut f = Fields::read(tables, &FONTS, CODES, report);
    let known = |value: &Value| {
        let names = texts(value, &|text: &str| words::split_list(text));
        names.filter(|names| names.iter().all(|name| own.named(name).is_some()))
    };
    FontsSetup {
        epub: f.flag("epub").unwrap_or_default(),
        fallback: f.parse("fallback", pages::families(own), known).unwrap_or_default(),
    }
}

pub fn read_signoff(tables: &[&Value], report: &mut Report) -> Signoff {
    let mut f = Fields::read(tables, &SIGNOFF, CODES, report);
    let require = roles(&mut f, "require").unwrap_or_default();
    Signoff { require, span: f.value("require").map(|v| v.span).unwrap_or_default() }
}

/// Roles that people have, by any spelling; one that is none is a wrong value. None: not written.
pub fn roles(f: &mut Fields, key: &'static str) -> Option<Vec<&'static Entry>> {
    let value = f.value(key)?;
    let written = f.list(key, words::split_list);
    let known: Vec<&'static Entry> =
        written.iter().filter_map(|role| Entry::find(role)).filter(|entry| entry.is_people()).collect();
    if known.len() < written.len() {
        f.wrong(value, say("角色，如 编辑、校对、摄影、送签、签发", "roles, as 编辑, 校对, 摄影, 送签, 签发"));
    }
    Some(known)
}

pub fn read_lock(tables: &[&Value], report: &mut Report) -> Option<Lock> {
    let mut f = Fields::read(tables, &LOCK, CODES, report);
    let value = f.value("pages")?;
    Some(Lock { pages: f.list("pages", words::split_list), span: value.span })
}
