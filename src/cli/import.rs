//! `qikan import FILE... -o DIR`

use super::fmt::say;
use super::{Context, tell};
use crate::press::convert::{Change, Done, Import as Request, Repair, import};
use crate::source::{Sources, render};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// 把 .txt、.html、.docx、.eml、.md 或它们的 .zip 变成干净的文章 / raw text, web pages, Word files and mails into clean articles
#[derive(Args)]
#[command(
    after_help = "例 / Examples:\n  qikan import 稿件/*.docx -o 2026-10\n  qikan import 网页.txt 1.jpg 2.jpg -o 2026-10   照片按次序配给图注 / photos go to the captions in order\n  qikan import 稿.html -o 2026-10 --dry-run     只看结果 / show what would be written\n\n删去、移动、存疑的都记在 DIR/import.log / what was dropped, moved or doubted is in DIR/import.log"
)]
pub struct Import {
    /// 原稿，照片可以一起给 / manuscripts; photos may come along
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 刊期目录；没有就新建 / the directory; made where there is none
    #[arg(short, long, value_name = "DIR")]
    out: PathBuf,
    /// 只显示，不写文件 / show, write nothing
    #[arg(long)]
    dry_run: bool,
    /// 覆盖已有而不同的文章 / overwrite articles that exist and differ
    #[arg(long)]
    force: bool,
    /// 机器转成的繁体：报告、改正或不查 / mechanically converted Traditional text: report, mend, or don't look
    #[arg(long, value_enum, default_value = "report")]
    repair: RepairChoice,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum RepairChoice {
    Report,
    Apply,
    Off,
}

impl From<RepairChoice> for Repair {
    fn from(choice: RepairChoice) -> Repair {
        match choice {
            RepairChoice::Report => Repair::Report,
            RepairChoice::Apply => Repair::Apply,
            RepairChoice::Off => Repair::Off,
        }
    }
}

impl Import {
    pub fn run(&self, context: &Context) -> ExitCode {
        let (mut sources, mut report) = (Sources::new(""), Default::default());
        let request = Request {
            files: self.files.clone(),
            out: self.out.clone(),
            dry_run: self.dry_run,
            force: self.force,
            repair: self.repair.into(),
        };
        let changes = import(&request, &mut sources, &mut report);
        changes.iter().for_each(|change| say(change, context));
        eprint!("{}", render::report(&report, &sources, context.screen()));
        if changes.iter().any(|c: &Change| c.done == Done::Written) && !report.has_errors() {
            tell(&format!("{} qikan build {}\n", context.say("下一步：", "next:"), self.out.display()));
        }
        ExitCode::from(u8::from(report.has_errors()))
    }
}
