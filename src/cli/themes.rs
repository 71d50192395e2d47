//! `qikan themes [NAME]`

use super::{Context, tell};
use crate::base::Report;
use crate::press;
use crate::source::{Sources, render};
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

/// 有哪些主题，怎么选 / which themes there are and how to choose one
#[derive(Args)]
#[command(after_help = "例 / Example:\n  qikan themes\n  qikan themes shan > theme.toml")]
pub struct Themes {
    /// 印出这个主题的 theme.toml：每个键和它的值 / prints this theme's theme.toml: its keys and their values
    name: Option<String>,
}

impl Themes {
    pub fn run(&self, context: &Context) -> ExitCode {
        match &self.name {
            Some(name) => print(name, context),
            None => list(context),
        }
    }
}

fn print(name: &str, context: &Context) -> ExitCode {
    match press::theme_file(name) {
        Ok(text) => {
            tell(text);
            ExitCode::SUCCESS
        }
        Err(finding) => {
            let report = Report { findings: vec![*finding] };
            eprint!("{}", render::report(&report, &Sources::new(Path::new(".")), context.screen()));
            ExitCode::from(2)
        }
    }
}

fn list(context: &Context) -> ExitCode {
    for (name, about) in press::themes() {
        tell(&format!("{name:<8}{}\n", context.words(&about)));
    }
    tell(context.say(
        "\n在 issue.toml 最前面写 theme = \"jikan\"；要改动，在本期目录放 theme.toml，只写不同的键。\n新建时：qikan new 2026-10 --theme jikan\n每个键和它的值：qikan themes shan\n样张与说明：docs/themes/README.md\n",
        "\nWrite theme = \"jikan\" at the head of issue.toml; to change it, put a theme.toml with the keys that differ beside it.\nFor a new issue: qikan new 2026-10 --theme jikan\nEvery key and its value: qikan themes shan\nPictures and what the keys mean: docs/themes/README.md\n",
    ));
    ExitCode::SUCCESS
}
