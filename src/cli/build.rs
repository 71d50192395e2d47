//! `qikan build DIR...`

use super::{Context, tell};
use crate::base::{Severity, in_parallel};
use crate::font::Library;
use crate::press::{self, Format, Outcome, Printing, Request, Stage};
use crate::source::render;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 做出一期或几期的文件 / make the files of one issue or several
#[derive(Args)]
#[command(
    after_help = "例 / Examples:\n  qikan build 2026-09\n  qikan build 2026-0* -o dist        每期放进 dist/<目录名>/ / each into dist/<directory>/\n  qikan build 2026-09 --only print,epub\n  qikan build 2026-09 --impose saddle   折页样 / a mock-up to fold"
)]
pub struct Build {
    /// 刊期目录 / issue directories
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// 成品放在哪里；默认 DIR/out / where the files go; default: DIR/out
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 只做这几种 / only these
    #[arg(long, value_delimiter = ',', value_name = "print,screen,epub,proof")]
    only: Vec<Only>,
    /// 折页样：两页一面，双面（短边翻转）打印、对折、骑马钉 / a mock-up: two pages a side, to print on both (short edge), fold and staple
    #[arg(long, value_name = "saddle")]
    impose: Option<Impose>,
    /// 只做这一版（editions 里的一个）/ only this one of the editions
    #[arg(long, value_name = "TAG", value_parser = super::fmt::lang)]
    edition: Option<crate::base::Lang>,
    /// 有警告也不写文件 / warnings stop the files too
    #[arg(long)]
    strict: bool,
    /// 付印：照片、签字都齐了才写，连同 handover/ 交给印厂 / for the printer: nothing may be missing; writes handover/ too
    #[arg(long = "final")]
    last: bool,
    /// 只出这几页的印刷 PDF，作替换页 / a print PDF of these pages alone, to replace them
    #[arg(long, value_delimiter = ',', value_name = "12,14-16")]
    pages: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    Print,
    Screen,
    Epub,
    Proof,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Impose {
    Saddle,
}

impl Build {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(&self.dirs) {
            Ok(library) => library,
            Err(code) => return code,
        };
        if let Some(code) = self.shared_output(context).or_else(|| self.pages_of_what(context)) {
            return code;
        }
        let worst = self.build_all(context, &library);
        ExitCode::from(worst)
    }

    /// Several issues at a time, one thread each; what is said comes in the order of the arguments.
    fn build_all(&self, context: &Context, library: &Library) -> u8 {
        let several = self.dirs.len() > 1;
        let workers = if several { context.threads } else { NonZeroUsize::MIN };
        let outcomes = in_parallel(workers, self.dirs.len(), |i| {
            let dir = &self.dirs[i];
            let threads = if several { NonZeroUsize::MIN } else { context.threads };
            press::build(&self.request(dir, threads, context), library, &mut |stage| progress(context, dir, stage))
        });
        clear_progress();
        self.dirs.iter().zip(&outcomes).map(|(dir, outcome)| self.tell(dir, outcome, context)).max().unwrap_or(0)
    }

    fn output(&self, dir: &Path) -> PathBuf {
        match &self.out {
            Some(out) if self.dirs.len() > 1 => out.join(directory_name(dir)),
            Some(out) => out.clone(),
            None => dir.join("out"),
        }
    }

    /// Exit code 2 where two issues would write over each other.
    fn shared_output(&self, context: &Context) -> Option<ExitCode> {
        let mut taken = BTreeMap::new();
        let (first, second) = self.dirs.iter().find_map(|dir| {
            let whole = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.clone());
            taken.insert(self.output(&whole), dir).map(|first| (first, dir))
        })?;
        let say = context.say("成品会放进同一个目录：", "their files would go into the same directory: ");
        eprintln!("{say}{}, {}", first.display(), second.display());
        Some(ExitCode::from(2))
    }

    /// Replacement pages are of the print file: exit code 2 where another is asked for.
    fn pages_of_what(&self, context: &Context) -> Option<ExitCode> {
        let other = !self.pages.is_empty() && !self.only.is_empty() && !self.only.contains(&Only::Print);
        other.then(|| {
            let say = context
                .say("--pages 只用于印刷 PDF：加上 --only print", "--pages is of the print PDF: add --only print");
            eprintln!("{say}");
            ExitCode::from(2)
        })
    }

    fn request(&self, dir: &Path, threads: NonZeroUsize, context: &Context) -> Request {
        let named = |only: &Only| match only {
            Only::Print => Format::Print,
            Only::Screen => Format::Screen,
            Only::Epub => Format::Epub,
            Only::Proof => Format::Proof,
        };
        let if_ready = self.only.is_empty() && self.pages.is_empty();
        let mut formats: Vec<Format> = self.only.iter().map(named).collect();
        formats.extend(self.impose.map(|Impose::Saddle| Format::Saddle));
        if formats.is_empty() {
            let alone = !self.pages.is_empty();
            formats.extend(Format::ALL.into_iter().filter(|format| !alone || *format == Format::Print));
        }
        formats.sort();
        formats.dedup();
        Request {
            out: self.output(dir),
            formats,
            strict: self.strict,
            threads,
            edition: self.edition,
            printing: Printing { last: self.last, pages: self.pages.clone(), if_ready },
            ..context.request(dir)
        }
    }

    fn tell(&self, dir: &Path, outcome: &Outcome, context: &Context) -> u8 {
        // Places in an issue are told from its own directory.
        if self.dirs.len() > 1 && !outcome.report.findings.is_empty() {
            eprintln!("{}:", dir.display());
        }
        eprint!("{}", render::report(&outcome.report, &outcome.sources, context.screen()));
        let pictures = |file: &&press::Written| file.path.extension().is_some_and(|e| e == "png");
        for file in outcome.files.iter().filter(|file| !pictures(file)) {
            tell(&format!("{}  {}\n", file.path.display(), size(file.bytes)));
        }
        if let Some(first) = outcome.files.iter().find(pictures).and_then(|file| file.path.parent()) {
            let count = outcome.files.iter().filter(pictures).count();
            tell(&format!("{}  {count} PNG\n", first.display()));
        }
        // Preflight findings let the final files be written, and are told by the exit code.
        let open = self.last && outcome.report.count(Severity::Warning) + outcome.report.count(Severity::Error) > 0;
        let none = outcome.files.is_empty();
        let failed = outcome.report.stops(self.strict) || open;
        if failed && none {
            eprintln!(
                "{}",
                context.say("没有写成品文件：先改正上面的错误。", "no final files: mend the errors above first.")
            );
        } else {
            let pages = context.say("页", " pages");
            tell(&format!("{}{pages}\n", outcome.pages));
        }
        u8::from(failed)
    }
}

fn directory_name(dir: &Path) -> PathBuf {
    let whole = std::fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf());
    whole.file_name().map_or_else(|| PathBuf::from("issue"), PathBuf::from)
}

/// One line on a terminal, overwritten; nothing anywhere else.
pub fn progress(context: &Context, dir: &Path, stage: Stage) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let what = match stage {
        Stage::Read => context.say("读稿", "reading"),
        Stage::LayOut => context.say("排版", "laying out"),
        Stage::Write(format) => format.name(),
    };
    eprint!("\r\x1b[K{} {what}…", dir.display());
    let _ = std::io::stderr().flush();
}

pub fn clear_progress() {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
