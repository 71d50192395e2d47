//! The issue's own fonts: the files of `fonts/`, in the issue's directory and beside magazine.toml.
//!
//! In: a folder, and what `[type]` and `[fonts]` choose. Out: [`OwnFonts`], and the theme's roles in the families that are
//! chosen.

use super::folder::Folder;
use crate::base::{Code, Diagnostic, Place, Report, words};
use crate::doc::{FontsSetup, TypeSetup};
use crate::font::{Blob, Family, OwnFonts};
use crate::style::Spec;
use std::path::Path;

/// Opens every font file, in byte order of their names; the issue's own before the magazine's.
pub fn open(folder: &Folder, report: &mut Report) -> OwnFonts {
    let mut fonts = OwnFonts::default();
    let homes = [Some(folder.root.as_path()), folder.magazine.as_deref().and_then(Path::parent)];
    let mut homes: Vec<&Path> = homes.into_iter().flatten().collect();
    homes.dedup();
    for path in homes.into_iter().flat_map(|home| files(&home.join("fonts"))) {
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        let taken = read.map(|bytes| fonts.take(&Blob::from(bytes)));
        let shown = folder.shown(&path);
        match taken {
            Ok(true) => {}
            Ok(false) => report.push(
                Diagnostic::new(
                    Code::FontUnreadable,
                    Place::Issue,
                    words(format!("{shown} 不是字体，或已损坏"), format!("{shown} is no font, or is damaged")),
                )
                .hint(
                    "要 .ttf、.otf 或 .ttc；网页字体（.woff）要先转换",
                    "take .ttf, .otf or .ttc; convert web fonts (.woff) first",
                ),
            ),
            Err(error) => report.push(Diagnostic::new(
                Code::FontUnreadable,
                Place::Issue,
                words(format!("读不出 {shown}：{error}"), format!("can't read {shown}: {error}")),
            )),
        }
    }
    fonts
}

fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let font = |path: &std::path::PathBuf| {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        ["ttf", "otf", "ttc", "otc", "woff", "woff2"].contains(&extension.as_str())
    };
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut all: Vec<_> = entries.map(|entry| entry.path()).filter(font).collect();
    all.sort();
    all
}

/// What `[type]` and `[fonts]` choose: the text's and the titles' families, and what stands for Kai, Fangsong and Latin.
pub fn choose(mut fonts: OwnFonts, type_: &TypeSetup, setup: &FontsSetup, spec: &mut Spec) {
    let named = |name: &Option<String>| name.as_deref().and_then(|name| fonts.named(name));
    let own = |family: Option<Family>| family.filter(|f| matches!(f, Family::Own(_)));
    if let Some(body) = named(&type_.body) {
        spec.roles.body.family = body;
    }
    if let Some(heading) = named(&type_.heading) {
        for role in [&mut spec.roles.title, &mut spec.roles.heading, &mut spec.roles.subheading] {
            role.family = heading;
        }
    }
    let (kai, fangsong, latin) = (named(&type_.kai), named(&type_.fangsong), named(&type_.latin));
    let fallback = setup.fallback.iter().filter_map(|name| fonts.named(name)).collect();
    (fonts.kai, fonts.fangsong, fonts.latin) = (own(kai), own(fangsong), latin);
    (fonts.fallback, fonts.epub) = (fallback, setup.epub);
    spec.fonts = fonts;
}
