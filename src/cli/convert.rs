//! `qikan convert FILE...`

use super::Context;
use super::fmt::{lang, say};
use crate::base::Lang;
use crate::press::convert::{Convert as Request, Options, convert};
use crate::source::{Sources, render};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 简繁转换 / between Simplified and Traditional
#[derive(Args)]
#[command(
    after_help = "例 / Examples:\n  qikan convert 01.md --to zh-Hant-TW            写成 01.zh-Hant.md / writes 01.zh-Hant.md\n  qikan convert *.md --to zh-Hans -o 简体/ --keep 工業和信息化部\n\n整期出几个版本，在 issue.toml 里写 editions / for whole issues: editions = [...] in issue.toml"
)]
pub struct Convert {
    /// Markdown 或纯文本 / Markdown or plain text
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// 转成什么 / into what
    #[arg(long, value_name = "TAG", value_parser = lang)]
    to: Lang,
    /// 从什么转；默认看文字 / from what; default: by the text
    #[arg(long, value_name = "TAG", value_parser = lang)]
    from: Option<Lang>,
    /// 写到这个目录；默认在原文件旁 / write here; default: beside the source
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 不转换的词 / words to keep
    #[arg(long, value_delimiter = ',', value_name = "WORD,…")]
    keep: Vec<String>,
    /// 自定的转换：里=裏 / conversions of your own: 里=裏
    #[arg(long = "word", value_name = "FROM=TO", value_parser = pair)]
    words: Vec<(String, String)>,
    /// 词汇也换：信息 → 資訊 / vocabulary too
    #[arg(long)]
    vocabulary: bool,
    /// 只显示，不写文件 / show, write nothing
    #[arg(long)]
    dry_run: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (from, to) = text.split_once('=').ok_or("FROM=TO")?;
    Ok((from.to_string(), to.to_string()))
}

impl Convert {
    pub fn run(&self, context: &Context) -> ExitCode {
        let (mut sources, mut report) = (Sources::new("."), Default::default());
        let options = Options { keep: self.keep.clone(), instead: self.words.clone(), vocabulary: self.vocabulary };
        let request = Request {
            files: self.files.clone(),
            to: self.to,
            from: self.from,
            options,
            out: self.out.clone(),
            dry_run: self.dry_run,
        };
        let changes = convert(&request, &mut sources, &mut report);
        changes.iter().for_each(|change| say(change, context));
        eprint!("{}", render::report(&report, &sources, context.screen()));
        ExitCode::from(u8::from(report.has_errors()))
    }
}
