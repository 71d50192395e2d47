//! `qikan explain CODE`, `qikan explain KEY`

use super::{Context, tell};
use crate::base::{Axis, Code, Severity};
use crate::press;
use crate::source::nearest;
use clap::Args;
use std::process::ExitCode;

/// 一个提示或一个键是什么意思、该怎么办 / what a finding or a key means and what to do
#[derive(Args)]
#[command(
    after_help = "例 / Examples:\n  qikan explain photo/missing\n  qikan explain                 列出全部提示 / list all findings\n  qikan explain page.trim       一个键 / one key\n  qikan explain keys            全部的键 / all keys"
)]
pub struct Explain {
    /// 提示里方括号中的名字，或键名；keys 列出全部的键 / the name in a finding's brackets, or a key; keys lists all keys
    code: Option<String>,
}

impl Explain {
    pub fn run(&self, context: &Context) -> ExitCode {
        let Some(wanted) = &self.code else {
            Code::TABLE
                .iter()
                .for_each(|row| tell(&format!("{:28}{}\n", row.name, context.say(row.explain[0], row.explain[1]))));
            return ExitCode::SUCCESS;
        };
        if wanted == "keys" {
            tell(&press::explain_keys(None, context.lang));
            return ExitCode::SUCCESS;
        }
        let Some(row) = Code::TABLE.iter().find(|row| row.name == wanted) else {
            return explain_key(wanted, context);
        };
        let weight = match (row.severity, row.axis) {
            (Severity::Error, Axis::Input) => {
                context.say("错误：不改就不写成品文件", "error: no final file is written")
            }
            (Severity::Error, Axis::Preflight) => context.say(
                "错误：成品照写，check 与 --strict、--final 不放行",
                "error: files are written; check, --strict and --final fail",
            ),
            (Severity::Warning, _) => context.say("警告", "warning"),
            (Severity::Note, _) => context.say("注意", "note"),
        };
        tell(&format!("{} — {weight}\n{}\n", row.name, context.say(row.explain[0], row.explain[1])));
        ExitCode::SUCCESS
    }
}

/// A key of the manifest or of front matter, by any spelling.
fn explain_key(wanted: &str, context: &Context) -> ExitCode {
    let found = press::explain_keys(Some(wanted), context.lang);
    if !found.is_empty() {
        tell(&found);
        return ExitCode::SUCCESS;
    }
    let near = nearest(wanted, Code::TABLE.iter().map(|row| row.name));
    let hint = near.map(|n| format!("{}{n}", context.say("：是不是 ", ": did you mean "))).unwrap_or_default();
    eprintln!("{}{wanted}{hint}", context.say("没有这个名字：", "no such code or key: "));
    ExitCode::from(2)
}
