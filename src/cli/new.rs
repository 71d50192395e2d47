//! `qikan new DIR`

use super::{Context, tell};
use crate::base::{Date, Report};
use crate::press;
use crate::source::{Sources, render};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 新建一期：马上就能 build / start an issue that builds at once
#[derive(Args)]
#[command(after_help = "例 / Example:\n  qikan new 2026-10 && qikan build 2026-10\n  qikan new 2026-11 --from 2026-10")]
pub struct New {
    /// 要新建的目录 / the directory to make
    dir: PathBuf,
    /// 年份 / the issue's year
    #[arg(long, value_parser = clap::value_parser!(u16).range(1800..=2999))]
    year: Option<u16>,
    /// 从这一期接着做：沿用刊物的固定内容，期号加一 / go on from this issue: its standing matter, the next number
    #[arg(long, value_name = "ISSUE")]
    from: Option<PathBuf>,
    /// 与 --from 同用：做成合刊，如 11-12 / with --from: two numbers in one, as 11-12
    #[arg(long, requires = "from")]
    combined: bool,
    /// 主题，见 qikan themes / the theme: see qikan themes
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
}

impl New {
    pub fn run(&self, context: &Context) -> ExitCode {
        let wanted = press::NewIssue {
            dir: self.dir.clone(),
            year: self.year.or_else(|| year_in(&self.dir)).unwrap_or(2026),
            from: self.from.clone(),
            combined: self.combined,
            theme: self.theme.clone(),
        };
        match press::new_issue(&wanted) {
            Ok(files) => {
                files.iter().for_each(|f| tell(&format!("{}\n", f.display())));
                tell(&format!("{} qikan build {}\n", context.say("下一步：", "next:"), self.dir.display()));
                ExitCode::SUCCESS
            }
            Err(finding) => {
                let report = Report { findings: vec![*finding] };
                eprint!("{}", render::report(&report, &Sources::new(&self.dir), context.screen()));
                ExitCode::from(2)
            }
        }
    }
}

/// `2026-10` names its year; there is no clock to ask.
fn year_in(dir: &std::path::Path) -> Option<u16> {
    let name = dir.file_name()?.to_str()?;
    let digits: String = name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let year = digits.parse().ok().filter(|y| (1800..3000).contains(y))?;
    Date::new(year, 1, 1).map(|d| d.year)
}
