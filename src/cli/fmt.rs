//! `qikan fmt FILE...`

use super::import::RepairChoice;
use super::{Context, tell};
use crate::base::Lang;
use crate::press::convert::{Change, Done, Fmt as Request, fmt};
use crate::source::{Sources, render};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 清理标点、空格和字形 / clean marks, blanks and character forms
#[derive(Args)]
#[command(
    after_help = "例 / Examples:\n  qikan fmt 2026-09/articles/*.md\n  qikan fmt --dry-run a.md        只看改动 / show the changes, write nothing"
)]
pub struct Fmt {
    /// Markdown 文件 / Markdown files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 只显示改动，不写文件 / show the changes, write nothing
    #[arg(long)]
    dry_run: bool,
    /// 稿件的语言；默认看文字 / the manuscripts' language; default: by their text
    #[arg(long, value_name = "TAG", value_parser = lang)]
    lang: Option<Lang>,
    /// 机器转成的繁体：报告、改正或不查 / mechanically converted Traditional text: report, mend, or don't look
    #[arg(long, value_enum, default_value = "report")]
    repair: RepairChoice,
}

/// A language tag, for clap.
pub fn lang(tag: &str) -> Result<Lang, String> {
    tag.parse().map_err(|()| "zh-Hans, zh-Hant-TW, zh-Hant-HK, zh-Hant-CN, ja, en".to_string())
}

impl Fmt {
    pub fn run(&self, context: &Context) -> ExitCode {
        let (mut sources, mut report) = (Sources::new("."), Default::default());
        let (files, repair) = (self.files.clone(), self.repair.into());
        let request = Request { files, lang: self.lang, dry_run: self.dry_run, repair };
        let changes = fmt(&request, &mut sources, &mut report);
        changes.iter().for_each(|change| say(change, context));
        eprint!("{}", render::report(&report, &sources, context.screen()));
        ExitCode::from(u8::from(report.has_errors()))
    }
}

/// One line a file, then its changes; a dry run shows the difference.
pub fn say(change: &Change, context: &Context) {
    let count = change.log.len();
    let what = match change.done {
        Done::Written => context.say("已写", "written"),
        Done::Unchanged => context.say("没有改动", "unchanged"),
        Done::Would => context.say("会改", "would change"),
    };
    tell(&format!("{}  {what} ({count})\n", change.path.display()));
    match change.done {
        Done::Would => tell(&change.diff),
        _ => change.log.iter().for_each(|line| tell(&format!("  {}\n", context.words(line)))),
    }
}
