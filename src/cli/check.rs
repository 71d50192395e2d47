//! `qikan check DIR...`

use super::{Context, tell};
use crate::base::Report;
use crate::press::{self, Change, Outcome, Request};
use crate::source::Sources;
use crate::source::render::{self, UiLang, github, json, sarif};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 检查一期，不写成品 / report everything, write no file of the issue
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan check 2026-09
  qikan check 2026-09 --fix              改好输入法打错的标记等，并列出改了什么 / mend slips, and say what was changed
  qikan check 2026-09 --format sarif     给别的程序读 / for other programs
退出码 / Exit code: 0 没有错误 / no error; 1 有错误 / errors; 2 没能运行 / could not run")]
pub struct Check {
    /// 刊期目录 / issue directories
    #[arg(required = true)]
    dirs: Vec<PathBuf>,
    /// 有警告也算不通过 / warnings fail too
    #[arg(long)]
    strict: bool,
    /// 改好能放心改的（原文件直接改） / mend in the files what is safe to mend
    #[arg(long)]
    fix: bool,
    /// 结果写成什么样 / how findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

/// One directory, checked.
struct Checked<'a> {
    dir: &'a Path,
    changes: Vec<Change>,
    outcome: Outcome,
}

impl Check {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(&self.dirs) {
            Ok(library) => library,
            Err(code) => return code,
        };
        let mut all = vec![];
        for dir in &self.dirs {
            let request = Request { strict: self.strict, ..context.request(dir) };
            let changes = match if self.fix { press::fix(&request) } else { Ok(vec![]) } {
                Ok(changes) => changes,
                Err((path, error)) => {
                    let report = Report { findings: vec![error.into_diagnostic(&path)] };
                    eprint!("{}", render::report(&report, &Sources::new(dir), context.screen()));
                    return ExitCode::from(2);
                }
            };
            all.push(Checked { dir, changes, outcome: press::check(&request, &library) });
        }
        tell(&self.told(&all, context));
        let failed = |c: &Checked| c.outcome.report.has_errors() || c.outcome.report.stops(self.strict);
        ExitCode::from(u8::from(all.iter().any(failed)))
    }

    fn told(&self, all: &[Checked], context: &Context) -> String {
        match self.format {
            Format::Human => all.iter().map(|checked| checked.human(context)).collect(),
            Format::Json => {
                let issues: Vec<serde_json::Value> = all.iter().map(Checked::json).collect();
                format!("{:#}\n", json!({ "issues": issues }))
            }
            Format::Github => all.iter().map(|checked| checked.github(context.lang)).collect(),
            Format::Sarif => {
                let dirs: Vec<String> = all.iter().map(|checked| checked.name()).collect();
                let issue = |(checked, dir)| {
                    let Outcome { report, sources, .. } = &(checked as &Checked).outcome;
                    sarif::Issue { dir, report, sources }
                };
                let issues: Vec<sarif::Issue> = all.iter().zip(dirs.iter().map(String::as_str)).map(issue).collect();
                format!("{:#}\n", sarif::log(&issues, context.lang))
            }
        }
    }
}

impl Checked<'_> {
    fn name(&self) -> String {
        self.dir.display().to_string()
    }

    fn human(&self, context: &Context) -> String {
        let Outcome { report, sources, .. } = &self.outcome;
        let mut out: String = self.changes.iter().map(|change| shown(change, context)).collect();
        out += &render::findings(report, sources, context.screen());
        let summary = render::summary(report, context.lang);
        let summary = match summary.trim() {
            "" => context.say("没有发现问题", "nothing found"),
            words => words,
        };
        out + &format!("{}: {summary}\n", self.name())
    }

    fn json(&self) -> serde_json::Value {
        let mut issue = json::report(&self.outcome.report, &self.outcome.sources);
        issue["dir"] = self.name().into();
        let change = |c: &Change| json!({ "file": c.file, "line": c.line, "before": c.before, "after": c.after });
        issue["changes"] = self.changes.iter().map(change).collect::<Vec<_>>().into();
        issue
    }

    fn github(&self, lang: UiLang) -> String {
        github::report(&self.outcome.report, &self.outcome.sources, &self.name(), lang)
    }
}

fn shown(change: &Change, context: &Context) -> String {
    let mut out = format!("{}{}:{}\n", context.say("已改 ", "mended "), change.file, change.line);
    change.before.iter().for_each(|line| out += &format!("  - {line}\n"));
    change.after.iter().for_each(|line| out += &format!("  + {line}\n"));
    out + "\n"
}
