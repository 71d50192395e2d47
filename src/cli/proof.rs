//! `qikan proof DIR`

use super::build::{clear_progress, progress};
use super::{Context, tell};
use crate::press::{self, Proofing, Request};
use crate::source::render;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 看样：每页一张图，再加总览 / page images and contact sheets
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan proof 2026-09                        图片放在 2026-09/out/proof/ / into 2026-09/out/proof/
  qikan proof 2026-09 --pages 封面,1-8       只看这几页 / these pages alone
  qikan proof 2026-09 --grid                 画出分栏和基线 / with columns and baselines
  qikan proof 2026-09 --pdf --round 二校     校样：宽页边、行号 / a proof with wide margins and line numbers")]
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
    /// 一份可以用笔校的 PDF：宽页边、行号、校次和原稿行号 / a PDF to be read with a pen: wide margins, line numbers, round, source lines
    #[arg(long)]
    pdf: bool,
    /// 校次，印在页眉上方 / which round it is, printed above each page
    #[arg(long, value_name = "二校", requires = "pdf", default_value = "")]
    round: String,
    /// 画出分栏和基线网格 / draw columns and the baseline grid
    #[arg(long)]
    grid: bool,
}

impl Proof {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(std::slice::from_ref(&self.dir)) {
            Ok(library) => library,
            Err(code) => return code,
        };
        let out = self.out.clone().unwrap_or_else(|| self.dir.join("out").join("proof"));
        let request = Request { out, ..context.request(&self.dir) };
        let proofing = Proofing { dpi: self.dpi, pages: self.pages.clone(), grid: self.grid };
        let mut told = |stage| progress(context, &self.dir, stage);
        let proofed = match self.pdf {
            true => press::paper(&request, (&proofing, &self.round), &library, &mut told),
            false => press::proof(&request, &proofing, &library, &mut told),
        };
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
