//! `qikan debug paragraph`

use super::{Context, tell};
use crate::base::Lang;
use crate::press::{DebugParagraph, debug_paragraph, names};
use clap::{Args, Subcommand, ValueEnum};
use std::io::Read;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Debug {
    Paragraph(Paragraph),
}

/// 从标准输入读一段，用 JSON 说出每个字的类、可断处、宽度和分行 / one paragraph on standard input, as JSON: classes, breaks, widths, lines
#[derive(Args)]
#[command(
    after_help = "断行有错时，请把它的输出和原文一起发来 / send its output with a report of a wrong break:\n  echo '他说：“好。”' | qikan debug paragraph --measure 10em"
)]
pub struct Paragraph {
    #[arg(long, default_value = "zh-Hans")]
    lang: String,
    /// none | basic | gb | strict
    #[arg(long)]
    level: Option<String>,
    /// fixed | fixed+brackets | quanjiao | hangmo | kaiming | banjiao | tight
    #[arg(long)]
    style: Option<String>,
    /// 行长 / the measure: 20em
    #[arg(long)]
    measure: Option<String>,
    /// 首行缩进 / first-line indent in em
    #[arg(long, default_value = "0")]
    indent: String,
    #[arg(long, value_enum, default_value_t = Hanging::None)]
    hanging: Hanging,
    #[arg(long, value_enum, default_value_t = Switch::Off)]
    orphans: Switch,
    /// line-start | line-end | paragraph-start | mid-line
    #[arg(long)]
    position: Option<String>,
    /// horizontal | vertical
    #[arg(long)]
    direction: Option<String>,
    /// 直排的数字 / digits of vertical lines: tcy | han
    #[arg(long)]
    digits: Option<String>,
    /// 汉字一字宽、西文半字宽 / Han one em wide, Latin half an em
    #[arg(long)]
    mock_font: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Hanging {
    None,
    Stops,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Debug {
    pub fn run(&self, context: &Context) -> ExitCode {
        let Debug::Paragraph(paragraph) = self;
        paragraph.run(context)
    }
}

impl Paragraph {
    fn run(&self, context: &Context) -> ExitCode {
        let asked = match self.asked() {
            Ok(asked) => asked,
            Err(wrong) => {
                eprintln!("{}{wrong}", context.say("不认识：", "not known: "));
                return ExitCode::from(2);
            }
        };
        let mut text = String::new();
        if let Err(e) = std::io::stdin().read_to_string(&mut text) {
            eprintln!("{}{e}", context.say("标准输入读不出来：", "can't read standard input: "));
            return ExitCode::from(2);
        }
        let library = if self.mock_font { None } else { Some(context.library_for(&[])) };
        let library = match library.transpose() {
            Ok(library) => library,
            Err(code) => return code,
        };
        let text = text.trim_end_matches(['\n', '\r']);
        tell(&format!("{:#}\n", debug_paragraph(text, &asked, library.as_ref())));
        ExitCode::SUCCESS
    }

    fn asked(&self) -> Result<DebugParagraph, String> {
        let lang: Lang = self.lang.parse().map_err(|()| self.lang.clone())?;
        let level = self.level.as_deref().map(|n| names::kinsoku(n).ok_or(n)).transpose()?;
        let style = self.style.as_deref().map(|n| names::punctuation(n).ok_or(n)).transpose()?;
        let measure = self.measure.as_deref().map(|n| milli_em(n).ok_or(n)).transpose()?;
        let indent = milli_em(&self.indent).ok_or(&*self.indent)?;
        let standing = names::standing(self.position.as_deref().unwrap_or("mid-line")).ok_or("--position")?;
        Ok(DebugParagraph {
            lang,
            level,
            style,
            measure,
            indent,
            hanging: self.hanging == Hanging::Stops,
            orphans: self.orphans == Switch::On,
            standing,
            vertical: one_of(self.direction.as_deref(), ["horizontal", "vertical"])?,
            han_digits: one_of(self.digits.as_deref(), ["tcy", "han"])?,
        })
    }
}

/// Whether the second of two words was said; the first is what holds where nothing is.
fn one_of(said: Option<&str>, words: [&str; 2]) -> Result<bool, String> {
    match said {
        Some(word) if !words.contains(&word) => Err(word.to_string()),
        said => Ok(said == Some(words[1])),
    }
}

/// `20em`, `20`, `2.5em` in thousandths of an em.
fn milli_em(text: &str) -> Option<i32> {
    let number = text.trim().trim_end_matches("em").trim();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |s: &str| s.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 5 || !digits(whole) || !digits(part) {
        return None;
    }
    let fraction: i32 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    Some(whole.parse::<i32>().ok()? * 1000 + fraction)
}
