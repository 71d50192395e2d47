//! `qikan themes`

use super::{Context, tell};
use crate::press;
use clap::Args;
use std::process::ExitCode;

/// 有哪些主题，怎么选 / which themes there are and how to choose one
#[derive(Args)]
pub struct Themes {}

impl Themes {
    pub fn run(&self, context: &Context) -> ExitCode {
        for (name, about) in press::themes() {
            tell(&format!("{name:<8}{}\n", context.words(&about)));
        }
        tell(context.say(
            "\n在 issue.toml 最前面写 theme = \"jikan\"；要改动，在本期目录放 theme.toml，只写不同的键。\n新建时：qikan new 2026-10 --theme jikan\n样张与每个键的说明：docs/themes/README.md\n",
            "\nWrite theme = \"jikan\" at the head of issue.toml; to change it, put a theme.toml with the keys that differ beside it.\nFor a new issue: qikan new 2026-10 --theme jikan\nPictures and every key: docs/themes/README.md\n",
        ));
        ExitCode::SUCCESS
    }
}
