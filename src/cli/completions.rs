//! `qikan completions SHELL`

use super::{Arguments, tell};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use std::process::ExitCode;

/// 命令行补全脚本 / completions for a shell
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan completions bash > ~/.local/share/bash-completion/completions/qikan
  qikan completions zsh > \"${fpath[1]}/_qikan\"
  qikan completions fish > ~/.config/fish/completions/qikan.fish
  qikan completions powershell >> $PROFILE")]
pub struct Completions {
    shell: Shell,
}

impl Completions {
    pub fn run(&self) -> ExitCode {
        let mut script = vec![];
        generate(self.shell, &mut Arguments::command(), "qikan", &mut script);
        tell(&String::from_utf8_lossy(&script));
        ExitCode::SUCCESS
    }
}
