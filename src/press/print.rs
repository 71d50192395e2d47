//! What `[print]` and `[screen]` make of the rows of `profile`, and of the limits of preflight.
//!
//! In: the issue. Out: [`Rows`], [`limits`]; a condition that can't be used is a finding.

use crate::base::{Code, Diagnostic, Report, Swatch, words};
use crate::check::Limits;
use crate::color::{self, Press, Tables, Unfit};
use crate::doc::{BlackText, Colour, Issue, PartColour, PhotoColour, PrintStandard, PublicationProfile};
use crate::profile::{Condition, Photos, Plates, Profile};
use crate::style::Theme;
use std::fs;
use std::path::{Path, PathBuf};

/// The rows of one issue.
pub struct Rows {
    pub print: Profile,
    pub screen: Profile,
}

impl Rows {
    /// `root` is the issue's directory, which the profile's path starts from.
    pub fn of(issue: &Issue, root: &Path, report: &mut Report) -> Rows {
        let print = &issue.print;
        let row = match print.standard {
            PrintStandard::Plain => Profile::PRINT,
            PrintStandard::PdfX4 => Profile::PDF_X4,
            PrintStandard::PdfX1a => Profile::PDF_X1A,
        };
        let photos = match wanted_photos(issue) {
            PhotoColour::Cmyk => Photos::Separated { quality: Profile::PRINT_QUALITY },
            PhotoColour::Icc => row.photos,
        };
        let spot = print.spot.as_ref().map(|spot| spot.name.clone());
        // Two colours without a name for the second: the plate is called by what it prints.
        let spot = spot.or_else(|| [print.inner, print.cover].contains(&PartColour::KSpot).then(|| "Spot".into()));
        let print = Profile {
            photos,
            spot,
            inside: plates(print.inner),
            cover: plates(print.cover),
            condition: condition(issue, root, report),
            overprint_black: print.black == BlackText::Overprint,
            ..row
        };
        let screen = Profile {
            photos: Photos::Resampled { ppi: issue.screen.ppi, quality: Profile::SCREEN_QUALITY },
            ..Profile::SCREEN
        };
        Rows { print, screen }
    }
}

/// `[print] spot_colour`: what the ink of the second plate looks like, where no plate of it is: on screens, and to
/// programs that stand its inks in for it.
pub fn show_spot(issue: &Issue, rows: &Rows, inks: &mut [Swatch]) {
    let Some(wanted) = issue.print.spot.as_ref().and_then(|spot| spot.colour.as_ref()) else { return };
    let (cmyk, rgb) = match wanted {
        Colour::Swatch(name) => match inks.iter().find(|ink| ink.name == *name) {
            Some(ink) => (ink.cmyk, ink.rgb),
            None => return,
        },
        Colour::Rgb(rgb) => match Tables::new(crate::write::pdf::condition(&rows.print.condition)) {
            Ok(press) => (press.separation(None).pixel(*rgb).map(percent), *rgb),
            // A condition that can't be used has its finding.
            Err(_) => return,
        },
        Colour::Cmyk(cmyk) => (*cmyk, color::seen(*cmyk)),
    };
    if let Some(accent) = inks.get_mut(usize::from(Theme::ACCENT.0)) {
        (accent.cmyk, accent.rgb) = (cmyk, rgb);
    }
}

fn percent(sample: u8) -> u8 {
    ((u32::from(sample) * 100 + 127) / 255) as u8
}

/// Mainland plants expect CMYK.
fn wanted_photos(issue: &Issue) -> PhotoColour {
    let mainland = issue.magazine.profile == PublicationProfile::CnPeriodical;
    issue.print.photos.unwrap_or(if mainland { PhotoColour::Cmyk } else { PhotoColour::Icc })
}

fn plates(colour: PartColour) -> Plates {
    match colour {
        PartColour::Cmyk => Plates::Cmyk,
        PartColour::K => Plates::Black,
        PartColour::KSpot => Plates::BlackAndSpot,
    }
}

/// `last`: for the printer.
pub fn limits(issue: &Issue, row: &Profile, last: bool) -> Limits {
    let print = &issue.print;
    Limits {
        min_ppi: u32::from(print.min_ppi),
        want_ppi: u32::from(print.want_ppi.max(print.min_ppi)),
        max_ink: u32::from(print.max_ink),
        overprint: row.overprint_black,
        inside: row.inside,
        rgb_refused: print.standard == PrintStandard::PdfX1a && print.photos == Some(PhotoColour::Icc),
        transparency: row.transparency,
        last,
    }
}

/// The names that the shipped profile goes by.
const SHIPPED: [&str; 4] = ["FOGRA39", "FOGRA39L", "Coated FOGRA39", "ISO Coated v2"];

/// The shipped condition, or the printer's profile: a path from the issue's directory, or a name in the system's own.
fn condition(issue: &Issue, root: &Path, report: &mut Report) -> Condition {
    let Some((wanted, span)) = &issue.print.output_intent else { return Condition::Fogra39 };
    if SHIPPED.iter().any(|name| name.eq_ignore_ascii_case(wanted)) {
        return Condition::Fogra39;
    }
    let found = candidates(root, wanted).into_iter().find_map(|path| fs::read(&path).ok());
    let unfit = match found.as_deref().map(Press::open) {
        Some(Ok(_)) => {
            let name = Path::new(wanted).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            return Condition::Own { name, icc: found.expect("it was opened") };
        }
        Some(Err(unfit)) => reason(unfit),
        None => words("找不到这个文件", "there is no such file"),
    };
    let message = words(
        format!("输出意图 {wanted} 用不了：{}", unfit.zh),
        format!("the output intent {wanted} can't be used: {}", unfit.en),
    );
    report.push(Diagnostic::at(Code::PrintIntent, *span, message).hint(
        "写印厂给的 CMYK 输出配置文件的路径，如 \"profiles/PSOcoated.icc\"；不写就用 FOGRA39",
        "write the path of the printer's CMYK output profile, as \"profiles/PSOcoated.icc\"; without it FOGRA39 is taken",
    ));
    Condition::Fogra39
}

fn reason(unfit: Unfit) -> crate::base::Words {
    match unfit {
        Unfit::Unreadable => words("不是 ICC 配置文件，或已损坏", "it is no ICC profile, or a damaged one"),
        Unfit::NotAPress => words("不是 CMYK 输出设备（prtr）的配置文件", "it is not of a CMYK output device (prtr)"),
        Unfit::NoTables => words(
            "缺少相对色度的分色表，或形式不支持",
            "it lacks relative colorimetric tables of a form that is understood",
        ),
    }
}

/// Where systems keep profiles (macOS, Linux, Windows).
const SYSTEM: [&str; 4] = [
    "/Library/ColorSync/Profiles",
    "/usr/share/color/icc",
    "/usr/local/share/color/icc",
    "C:/Windows/System32/spool/drivers/color",
];

fn candidates(root: &Path, wanted: &str) -> Vec<PathBuf> {
    let mut all = vec![root.join(wanted)];
    let with_ending = |base: &str| {
        [wanted.to_string(), format!("{wanted}.icc"), format!("{wanted}.icm")].map(|n| Path::new(base).join(n))
    };
    // A name is looked for, a path is not: the issue would be another on another machine.
    if !wanted.contains(['/', '\\']) {
        all.extend(SYSTEM.iter().flat_map(|base| with_ending(base)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::SpotColour;

    #[test]
    fn the_accent_looks_like_the_second_ink() {
        let mut issue = Issue::default();
        let rows = Rows::of(&issue, Path::new("."), &mut Report::default());
        let swatch = |name: &str, cmyk, rgb| Swatch { name: name.into(), cmyk, rgb, ..Swatch::default() };
        let mut shown = |colour| {
            issue.print.spot = Some(SpotColour { name: "PANTONE 348 C".into(), colour: Some(colour) });
            let mut inks = vec![swatch("red", [0, 90, 80, 10], [200, 40, 30]); usize::from(Theme::ACCENT.0) + 1];
            show_spot(&issue, &rows, &mut inks);
            inks.pop().map(|ink| (ink.cmyk, ink.rgb)).expect("the accent")
        };
        let (cmyk, rgb) = shown(Colour::Rgb([0, 0x84, 0x3d]));
        assert!(rgb == [0, 0x84, 0x3d] && cmyk[0] > 70 && cmyk[1] < 50 && cmyk[2] > 70, "a green: {cmyk:?}");
        let (cmyk, rgb) = shown(Colour::Cmyk([100, 0, 90, 0]));
        assert!(cmyk == [100, 0, 90, 0] && rgb[1] > rgb[0] && rgb[1] > rgb[2], "a green: {rgb:?}");
        assert_eq!(shown(Colour::Swatch("red".into())).0, [0, 90, 80, 10]);
    }
}
