//! The command line: one file a command.
//!
//! In: arguments. Out: files, words on the terminal, an exit code: 0 done, 1 the issue has errors, 2 could not run.

mod build;
mod check;
mod completions;
mod convert;
mod debug;
mod diff;
mod explain;
mod fmt;
mod fonts;
mod import;
mod new;
mod plan;
mod proof;
mod themes;

use crate::font::Library;
use crate::press::{Printing, Request};
use crate::source::render::{Ambiguous, Screen, UiLang};
use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the binary brings along.
pub struct Resources {
    /// Opens the faces, from the binary or from the given directory.
    pub library: fn(Option<&Path>) -> Result<Library, String>,
}

#[derive(Parser)]
#[command(
    name = "qikan",
    version,
    about = "期刊：把一个目录的文章和照片做成印刷 PDF、屏幕 PDF 和 EPUB\nCompiles a directory of articles and captioned photos into a print PDF, a screen PDF and an EPUB",
    after_help = "例 / Examples:\n  qikan new 2026-10              新建一期 / start an issue\n  qikan build 2026-09            做出三个文件，放在 2026-09/out/ / make the three files\n  qikan check 2026-09            只检查，不写文件 / report, write nothing"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 提示用的语言；默认随系统 / language of messages; default: the system's
    #[arg(long, global = true, value_name = "zh|en")]
    ui_lang: Option<UiChoice>,
    /// 线程数；结果不因此而变 / threads; the result doesn't depend on them
    #[arg(long, global = true, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// 用这个目录里的字体 / take the fonts from this directory
    #[arg(long, global = true, value_name = "DIR")]
    fonts: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    New(new::New),
    Themes(themes::Themes),
    Build(build::Build),
    Check(check::Check),
    Import(import::Import),
    Proof(proof::Proof),
    Plan(plan::Plan),
    Diff(diff::Diff),
    Fonts(fonts::Fonts),
    Fmt(fmt::Fmt),
    Convert(convert::Convert),
    Explain(explain::Explain),
    Completions(completions::Completions),
    /// 排版引擎看到了什么 / what the typesetter saw
    #[command(subcommand)]
    Debug(debug::Debug),
}

#[derive(Clone, Copy, ValueEnum)]
enum UiChoice {
    Zh,
    En,
}

/// What every command needs.
struct Context {
    lang: UiLang,
    threads: NonZeroUsize,
    fonts: Option<PathBuf>,
    resources: Resources,
}

/// Runs the program.
pub fn run(resources: Resources) -> ExitCode {
    let arguments = Arguments::parse();
    let lang = match arguments.ui_lang {
        Some(UiChoice::Zh) => UiLang::Zh,
        Some(UiChoice::En) => UiLang::En,
        None => system_lang(),
    };
    let cores = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = arguments.threads.unwrap_or(cores);
    let context = Context { lang, threads, fonts: arguments.fonts, resources };
    match arguments.command {
        Command::New(new) => new.run(&context),
        Command::Themes(themes) => themes.run(&context),
        Command::Build(build) => build.run(&context),
        Command::Check(check) => check.run(&context),
        Command::Import(import) => import.run(&context),
        Command::Proof(proof) => proof.run(&context),
        Command::Plan(plan) => plan.run(&context),
        Command::Diff(diff) => diff.run(&context),
        Command::Fonts(fonts) => fonts.run(&context),
        Command::Fmt(fmt) => fmt.run(&context),
        Command::Convert(convert) => convert.run(&context),
        Command::Explain(explain) => explain.run(&context),
        Command::Completions(completions) => completions.run(),
        Command::Debug(debug) => debug.run(&context),
    }
}

/// Chinese where the locale says so.
fn system_lang() -> UiLang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|k| std::env::var(k).ok().filter(|v| !v.is_empty()));
    if locale.is_some_and(|l| l.starts_with("zh")) { UiLang::Zh } else { UiLang::En }
}

impl Context {
    /// The faces, once every directory is known to be readable. Exit code 2: nothing can be run.
    fn library_for(&self, dirs: &[PathBuf]) -> Result<Library, ExitCode> {
        if let Some(bad) = dirs.iter().find(|dir| std::fs::read_dir(dir).is_err()) {
            eprintln!("{}{}", self.say("打不开目录：", "can't open the directory: "), bad.display());
            return Err(ExitCode::from(2));
        }
        (self.resources.library)(self.fonts.as_deref()).map_err(|e| {
            let say = self.say("字体打不开：", "can't open the fonts: ");
            eprintln!("{say}{e}");
            ExitCode::from(2)
        })
    }
    /// A request that writes nothing.
    fn request(&self, dir: &Path) -> Request {
        Request {
            dir: dir.to_path_buf(),
            out: dir.join("out"),
            formats: vec![],
            strict: false,
            threads: self.threads,
            epoch: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok()),
            edition: None,
            printing: Printing::default(),
        }
    }
    /// `QIKAN_AMBIGUOUS=wide` is for terminals that show “” … — on two columns each.
    fn screen(&self) -> Screen {
        let wide = std::env::var("QIKAN_AMBIGUOUS").is_ok_and(|v| v == "wide" || v == "2");
        Screen { lang: self.lang, ambiguous: if wide { Ambiguous::Wide } else { Ambiguous::Narrow } }
    }
    fn words<'a>(&self, words: &'a crate::base::Words) -> &'a str {
        self.lang.pick(words)
    }
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            UiLang::Zh => zh,
            UiLang::En => en,
        }
    }
}

/// To standard output. A reader that stops listening (`| head`) is no failure of ours.
fn tell(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
