//! What goes to the printer: the print files under names he knows, a ticket, the preflight report, the sums.
//!
//! In: the finished files of a build. Out: those of `handover/`, staged: they take their names with the build's or not at all.

use super::Printing;
use super::lock;
use super::output::{Finished, Made, Part, parts};
use crate::base::{Code, Report};
use crate::check::millimetres;
use crate::doc::{Binding, Issue, PrintStandard};
use crate::page::{Item, PageKind};
use crate::profile::{Condition, Photos, Plates, Profile};
use crate::source::Sources;
use crate::source::render;
use crate::write::{Error, Staged};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why the printer may not have the files yet.
pub fn refused(report: &Report, strict: bool) -> bool {
    let open = |code| report.findings.iter().any(|finding| finding.code == code);
    report.stops(strict) || open(Code::PhotoPending) || open(Code::PrintSignoff)
}

/// The issue's own directory for the printer; one for each edition where there are several.
pub fn home(out: &Path, issue: &Issue) -> PathBuf {
    let dir = out.join("handover");
    if issue.magazine.editions.len() > 1 { dir.join(&issue.slug) } else { dir }
}

const SUMS: &str = "SHA256SUMS";

/// The print files of `files` once more and what goes with them, the sums last.
pub fn staged(
    out: &Path,
    made: &Made,
    (sources, report): (&Sources, &Report),
    files: &[(PathBuf, Staged)],
) -> Finished {
    let dir = home(out, &made.issue);
    fs::create_dir_all(&dir).map_err(|e| (dir.clone(), e.into()))?;
    let (mut all, mut sums, mut rows) = (vec![], String::new(), vec![]);
    let mut put = |name: &str, write: &dyn Fn(&mut BufWriter<File>) -> Result<(), Error>| {
        let path = dir.join(name);
        let file = Staged::write(&path, write).map_err(|e| (path.clone(), e))?;
        let (_, sum) = file.sha256().map_err(|e| (path.clone(), e.into()))?;
        let _ = writeln!(sums, "{sum}  {name}");
        all.push((path, file));
        Ok(sum)
    };
    for part in parts(&made.issue, &made.book, &Printing::default()) {
        let name = format!("{}{}.print.pdf", made.issue.slug, part.infix());
        let Some((_, file)) = files.iter().find(|(path, _)| path.ends_with(&name)) else { continue };
        let sum = put(&name, &|out| Ok(file.copy(out)?))?;
        rows.push((name, part, sum));
    }
    let texts = [
        ("ticket.txt", ticket(made, &rows, report)),
        ("preflight.txt", preflight(report, sources)),
        (lock::RECORD, lock::record(made)),
    ];
    for (name, text) in &texts {
        put(name, &|out| Ok(out.write_all(text.as_bytes())?))?;
    }
    let path = dir.join(SUMS);
    let file = Staged::write(&path, |out| Ok(out.write_all(sums.as_bytes())?)).map_err(|e| (path.clone(), e))?;
    all.push((path, file));
    Ok(all)
}

/// Files of an earlier hand-over under names that this one has not: a printer would take them for part of it. Only what its
/// own list of sums names is ours to take away.
pub fn earlier(out: &Path, issue: &Issue, files: &[(PathBuf, Staged)]) -> Vec<PathBuf> {
    let dir = home(out, issue);
    let list = fs::read_to_string(dir.join(SUMS)).unwrap_or_default();
    let names = list.lines().filter_map(|line| line.split_once("  ")).map(|(_, name)| name);
    let plain = names.filter(|name| !name.contains(['/', '\\']));
    plain.map(|name| dir.join(name)).filter(|path| files.iter().all(|(new, _)| new != path)).collect()
}

fn preflight(report: &Report, sources: &Sources) -> String {
    let screen = render::Screen { lang: render::UiLang::Zh, ..render::Screen::default() };
    match render::report(report, sources, screen) {
        text if text.is_empty() => "没有发现问题 / nothing found\n".into(),
        text => text,
    }
}

/// 印制单, in both languages: what the plant asks on the telephone.
fn ticket(made: &Made, files: &[(String, Part, String)], report: &Report) -> String {
    let (issue, book, row) = (&made.issue, &made.book, &made.rows.print);
    let mm = |(w, h)| format!("{} × {} mm", millimetres(w), millimetres(h));
    let covers = book.pages.iter().filter(|p| p.kind == PageKind::Cover).count();
    let pads: Vec<&str> = book.pages.iter().filter(|p| p.kind == PageKind::Pad).map(|p| p.label.as_str()).collect();
    let mut out = String::new();
    let mut line = |zh: &str, en: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{zh} / {en}: {value}");
        }
    };
    line("印制单", "ticket", book.meta.title.clone());
    line("成品尺寸", "trim", mm(book.trim));
    line("出血", "bleed", format!("{} mm", millimetres(book.bleed)));
    line(
        "页数",
        "pages",
        format!("{}（封面 / cover {covers}，内页 / inside {}）", book.pages.len(), book.pages.len() - covers),
    );
    line("空白页", "blank pages", pads.join(", "));
    line("装订", "binding", binding(made).into());
    let width = issue.print.spine_width(book.pages.len());
    if issue.page.binding == Binding::Perfect {
        line("书脊", "spine", width.map_or("?".into(), |w| format!("{} mm", millimetres(w))));
        line("书脊文字", "spine text", issue.cover.spine.clone().unwrap_or_else(|| issue.full_title()));
    }
    line("用纸", "paper", issue.print.paper.clone().unwrap_or_default());
    line("封面颜色", "cover inks", inks(row.cover, row));
    line("内页颜色", "inside inks", inks(row.inside, row));
    line("照片", "photos", if matches!(row.photos, Photos::Separated { .. }) { "CMYK" } else { "ICC" }.into());
    line("标准", "standard", standard(issue.print.standard).into());
    line("印刷条件", "printing condition", condition(row));
    line("总墨量上限", "ink limit", format!("{} %", issue.print.max_ink));
    line("透明", "transparency", transparency(report));
    line("字体", "fonts", fonts(made));
    for (name, part, sum) in files {
        let pages = book.pages.iter().filter(|page| part.has(page)).count();
        let wrap = if *part == Part::Wrap { "，展开成两面 / as two sides of one sheet" } else { "" };
        line("文件", "file", format!("{name}，{pages} 页 / pages{wrap}，SHA-256 {sum}"));
    }
    out
}

fn binding(made: &Made) -> &'static str {
    match made.issue.page.binding {
        Binding::Saddle => "骑马订 / saddle stitched",
        Binding::Perfect => "胶订 / perfect bound",
        Binding::None => "散页 / loose",
    }
}

fn standard(standard: PrintStandard) -> &'static str {
    match standard {
        PrintStandard::Plain => "PDF 1.6",
        PrintStandard::PdfX4 => "PDF/X-4",
        PrintStandard::PdfX1a => "PDF/X-1a:2003",
    }
}

fn inks(plates: Plates, row: &Profile) -> String {
    let spot = row.spot.clone().unwrap_or_default();
    match plates {
        Plates::Black => "K".into(),
        Plates::BlackAndSpot => format!("K + {spot}"),
        Plates::Cmyk if spot.is_empty() => "CMYK".into(),
        Plates::Cmyk => format!("CMYK + {spot}"),
    }
}

fn condition(row: &Profile) -> String {
    match &row.condition {
        Condition::Fogra39 => "FOGRA39 (ISO 12647-2:2004/Amd 1)".into(),
        Condition::Own { name, .. } => name.clone(),
    }
}

/// Some workflows want to be told of live transparency: preflight knows what of it there is.
fn transparency(report: &Report) -> String {
    let told = report.findings.iter().filter(|finding| finding.code == Code::PrintTransparency);
    let live: Vec<String> = told.map(|f| format!("{} / {}", f.message.zh, f.message.en)).collect();
    if live.is_empty() { "无 / none".into() } else { live.join("；") }
}

fn fonts(made: &Made) -> String {
    let runs = made.book.pages.iter().flat_map(|p| &p.items).filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.face),
        _ => None,
    });
    let names: BTreeSet<&str> = runs.map(|face| made.library.face(face).postscript_name.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}
