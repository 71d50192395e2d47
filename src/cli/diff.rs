//! `qikan diff OLD NEW`

use super::build::{clear_progress, progress};
use super::{Context, tell};
use crate::press::{self, Changes, Request, Rewording, Spot};
use crate::source::Sources;
use crate::source::render::{self, UiLang};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 核红：两次的稿子排出来有什么不同 / what changed between two states of an issue, page by page
#[derive(Args)]
#[command(after_help = "例 / Example:
  cp -r 2026-09 2026-09-一校      改稿之前先留一份 / keep a copy before the manuscripts are changed
  qikan diff 2026-09-一校 2026-09
新旧两页并排的图在 2026-09/out/diff/：红色是改掉的，绿色是改成的
Pictures of old and new pages side by side go to 2026-09/out/diff/: red is what went, green what came")]
pub struct Diff {
    /// 改稿之前的目录 / the directory as it was
    old: PathBuf,
    /// 改稿之后的目录 / the directory as it is
    new: PathBuf,
    /// 图片放在哪里；默认 NEW/out/diff / where the pictures go; default: NEW/out/diff
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Diff {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(&[self.old.clone(), self.new.clone()]) {
            Ok(library) => library,
            Err(code) => return code,
        };
        if let Some(report) = press::same_place(&self.old, &self.new) {
            eprint!("{}", render::report(&report, &Sources::new(&self.new), context.screen()));
            return ExitCode::from(2);
        }
        let out = self.out.clone().unwrap_or_else(|| self.new.join("out").join("diff"));
        let new = Request { out, ..context.request(&self.new) };
        let old = context.request(&self.old);
        let compared = press::diff(&old, &new, &library, &mut |stage| progress(context, &self.new, stage));
        clear_progress();
        let Some(changes) = compared.changes else {
            for outcome in [&compared.old, &compared.new] {
                eprint!("{}", render::report(&outcome.report, &outcome.sources, context.screen()));
            }
            return ExitCode::from(1);
        };
        tell(&told(&changes, context));
        compared.new.files.iter().for_each(|file| tell(&format!("{}\n", file.path.display())));
        ExitCode::SUCCESS
    }
}

fn told(changes: &Changes, context: &Context) -> String {
    if changes.is_empty() {
        return context.say("没有改动\n", "nothing changed\n").to_string();
    }
    let mut out: String = changes.words.iter().map(|words| reworded(words, context)).collect();
    for (name, old, new) in &changes.photos {
        let pages = |labels: &[String]| if labels.is_empty() { "—".to_string() } else { labels.join("、") };
        out += &format!("{}{name}: {} → {}\n", context.say("照片 ", "photo "), pages(old), pages(new));
    }
    for (title, old, new) in &changes.moved {
        out += &format!("{}《{title}》: {old} → {new}\n", context.say("页码 ", "pages "));
    }
    if changes.pages.0 != changes.pages.1 {
        let (old, new) = changes.pages;
        out += &format!("{}{old} → {new}\n", context.say("总页数 ", "pages in all "));
    }
    let count = changes.words.len();
    out + &match context.lang {
        UiLang::Zh => format!("{count} 处改动\n"),
        UiLang::En => format!("{count} change{}\n", if count == 1 { "" } else { "s" }),
    }
}

fn reworded(words: &Rewording, context: &Context) -> String {
    let at = |spot: &Option<Spot>| spot.as_ref().map_or("—".into(), |spot| place(spot, context));
    let (old, new) = (at(&words.old), at(&words.new));
    let place = if old == new { new } else { format!("{old} → {new}") };
    let (before, behind) = &words.around;
    let mut out = format!("{place}\n");
    if words.gone == words.come {
        return out + &format!("  {}{}\n\n", context.say("移动 ", "moved "), words.come);
    }
    if !words.gone.is_empty() {
        out += &format!("  - {}\n", words.gone);
    }
    if !words.come.is_empty() {
        out += &format!("  + {}\n", words.come);
    }
    out + &format!("    …{before}[{}]{behind}…\n\n", words.come)
}

fn place(spot: &Spot, context: &Context) -> String {
    let label = &spot.label;
    match (context.lang, spot.column, spot.line) {
        (UiLang::Zh, Some(column), Some(line)) => format!("{label} 页 {column} 栏 {line} 行"),
        (UiLang::Zh, ..) => format!("{label} 页"),
        (UiLang::En, Some(column), Some(line)) => format!("page {label}, column {column}, line {line}"),
        (UiLang::En, ..) => format!("page {label}"),
    }
}
