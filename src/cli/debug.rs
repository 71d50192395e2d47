//! `qikan debug paragraph`

use super::{Context, tell};
use crate::press::{DebugParagraph, debug_paragraph, names};
use clap::{Args, Subcommand, ValueEnum};
use std::io::Read;
use std::process::ExitCode;

const LANGUAGES: &str = "zh-Hans | zh-Hant | zh-Hant-HK | zh-Hant-CN | ja | en";
const LEVELS: &str = "none | basic | gb | strict";
const STYLES: &str = "fixed | fixed+brackets | quanjiao | hangmo | kaiming | banjiao | tight";
const POSITIONS: &str = "line-start | line-end | paragraph-start | mid-line";

#[derive(Subcommand)]
pub enum Debug {
    Paragraph(Paragraph),
}

/// 从标准输入读一段，用 JSON 说出每个字的类、可断处、宽度和分行 / one paragraph on standard input, as JSON: classes, breaks, widths, lines
#[derive(Args)]
#[command(
    after_help = "断行有错时，请把它的输出和原文一起发来；换行是段内的强制换行 / send its output with a report of a wrong break; a line end is a forced break within the paragraph:\n  echo '他说：“好。”' | qikan debug paragraph --measure 10em"
)]
pub struct Paragraph {
    #[arg(long, default_value = "zh-Hans", help = LANGUAGES)]
    lang: String,
    #[arg(long, help = LEVELS)]
    level: Option<String>,
    #[arg(long, help = STYLES)]
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
    #[arg(long, help = POSITIONS)]
    position: Option<String>,
    #[arg(long, value_enum, default_value_t = Direction::Horizontal)]
    direction: Direction,
    /// 直排的数字 / digits of vertical lines
    #[arg(long, value_enum, default_value_t = Digits::Tcy)]
    digits: Digits,
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Direction {
    Horizontal,
    Vertical,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Digits {
    Tcy,
    Han,
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
            Err(Wrong { flag, said, words }) => {
                eprintln!("{flag} {said}{}{words}", context.say("：不认识；可用：", ": not known; known: "));
                return ExitCode::from(2);
            }
        };
        let mut text = String::new();
        if let Err(e) = std::io::stdin().read_to_string(&mut text) {
            eprintln!("{}{e}", context.say("标准输入读不出来：", "can't read standard input: "));
            return ExitCode::from(2);
        }
        let text = text.trim_start_matches('\u{feff}').trim_matches(['\n', '\r']);
        if text.lines().any(str::is_empty) {
            eprintln!("{}", context.say("一次只读一段：文中有空行", "one paragraph at a time: there is an empty line"));
            return ExitCode::from(2);
        }
        let library = if self.mock_font { None } else { Some(context.library_for(&[])) };
        let library = match library.transpose() {
            Ok(library) => library,
            Err(code) => return code,
        };
        tell(&format!("{:#}\n", debug_paragraph(text, &asked, library.as_ref())));
        ExitCode::SUCCESS
    }

    fn asked(&self) -> Result<DebugParagraph, Wrong> {
        const EMS: &str = "20em, 2.5em";
        let lang = known("--lang", Some(&self.lang), LANGUAGES, |tag| tag.parse().ok())?.unwrap_or_default();
        let measure = known("--measure", self.measure.as_deref(), EMS, |em| milli_em(em).filter(|n| *n >= 1000))?;
        let less = |indent: &i32| measure.is_none_or(|measure| *indent < measure);
        let indent = known("--indent", Some(&self.indent), EMS, |em| milli_em(em).filter(less))?;
        let standing = known("--position", self.position.as_deref(), POSITIONS, names::standing)?;
        Ok(DebugParagraph {
            lang,
            level: known("--level", self.level.as_deref(), LEVELS, names::kinsoku)?,
            style: known("--style", self.style.as_deref(), STYLES, names::punctuation)?,
            measure,
            indent: indent.unwrap_or_default(),
            hanging: self.hanging == Hanging::Stops,
            orphans: self.orphans == Switch::On,
            standing: standing.unwrap_or_default(),
            vertical: self.direction == Direction::Vertical,
            han_digits: self.digits == Digits::Han,
        })
    }
}

/// What was said to a flag that doesn't know it, and what it knows.
struct Wrong {
    flag: &'static str,
    said: String,
    words: &'static str,
}

fn known<T>(
    flag: &'static str,
    said: Option<&str>,
    words: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Wrong> {
    said.map(|said| read(said).ok_or(Wrong { flag, said: said.to_string(), words })).transpose()
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
