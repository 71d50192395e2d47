//! `qikan proof DIR`

use super::build::{clear_progress, progress, unreadable};
use super::{Context, epoch, tell};
use crate::press::{self, Printing, Proofing, Request};
use crate::source::render;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 看样：每页一张图，再加总览 / page images and contact sheets
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan proof 2026-09                        图片放在 2026-09/out/proof/ / into 2026-09/out/proof/
  qikan proof 2026-09 --pages 封面,1-8       只看这几页 / these pages alone
  qikan proof 2026-09 --grid                 画出分栏和基线 / with columns and baselines")]
pub struct Proof {
    /// 刊期目录 / the directory
    dir: PathBuf,
    /// 图片放在哪里；默认 DIR/out/proof / where the pictures go; default: DIR/out/proof
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 只要这几页 / these pages alone
    #[arg(long, value_name = "1-8,封面")]
    pages: Option<String>,
    /// 每英寸多少像素 / pixels per inch
    #[arg(long, default_value_t = 110, value_parser = clap::value_parser!(u16).range(20..=600))]
    dpi: u16,
    /// 画出分栏和基线网格 / draw columns and the baseline grid
    #[arg(long)]
    grid: bool,
}

impl Proof {
    pub fn run(&self, context: &Context) -> ExitCode {
        if let Some(code) = unreadable(std::slice::from_ref(&self.dir), context) {
            return code;
        }
        let library = match context.library() {
            Ok(library) => library,
            Err(code) => return code,
        };
        let request = Request {
            dir: self.dir.clone(),
            out: self.out.clone().unwrap_or_else(|| self.dir.join("out").join("proof")),
            formats: vec![],
            strict: false,
            threads: context.threads,
            epoch: epoch(),
            printing: Printing::default(),
        };
        let proofing = Proofing { dpi: self.dpi, pages: self.pages.clone(), grid: self.grid };
        let proofed = press::proof(&request, &proofing, &library, &mut |stage| progress(context, &self.dir, stage));
        clear_progress();
        let outcome = match proofed {
            Ok(outcome) => outcome,
            Err(page) => {
                eprintln!("{}{page}", context.say("没有这一页：", "no such page: "));
                return ExitCode::from(2);
            }
        };
        eprint!("{}", render::report(&outcome.report, &outcome.sources, context.screen()));
        outcome.files.iter().for_each(|file| tell(&format!("{}\n", file.path.display())));
        ExitCode::from(u8::from(outcome.files.is_empty()))
    }
}
