//! `qikan check DIR...`

use super::build::unreadable;
use super::{Context, epoch, tell};
use crate::base::Severity;
use crate::press::{self, Request};
use crate::source::render;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 检查一期，不写文件 / report everything, write nothing
#[derive(Args)]
#[command(after_help = "例 / Example:\n  qikan check 2026-09")]
pub struct Check {
    /// 刊期目录 / issue directories
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// 有警告也算不通过 / warnings fail too
    #[arg(long)]
    strict: bool,
}

impl Check {
    pub fn run(&self, context: &Context) -> ExitCode {
        if let Some(code) = unreadable(&self.dirs, context) {
            return code;
        }
        let library = match context.library() {
            Ok(library) => library,
            Err(code) => return code,
        };
        let mut failed = false;
        for dir in &self.dirs {
            let request = Request {
                dir: dir.clone(),
                out: dir.join("out"),
                formats: vec![],
                strict: self.strict,
                threads: context.threads,
                epoch: epoch(),
            };
            let outcome = press::check(&request, &library);
            tell(&render::report(&outcome.report, &outcome.sources, context.lang));
            let summary = render::summary(&outcome.report, context.lang);
            let summary = match summary.trim() {
                "" => context.say("没有发现问题", "nothing found"),
                words => words,
            };
            tell(&format!("{}: {summary}\n", dir.display()));
            failed |= outcome.report.has_errors() || self.strict && outcome.report.count(Severity::Warning) > 0;
        }
        ExitCode::from(u8::from(failed))
    }
}
