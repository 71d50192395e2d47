//! `qikan fonts [DIR]`

use super::plan::table;
use super::{Context, tell};
use crate::base::{Code, Script};
use crate::font::{Family, Weight};
use crate::press::{self, BLOCKS, FaceRow};
use crate::source::render;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// 有哪些字体、各有多少字；给出目录时，再说这一期用了什么、缺什么 / faces and coverage; with a directory, what the issue uses and lacks
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan fonts
  qikan fonts 2026-09
  qikan fonts --fonts ../fonts     看另一个目录里的字体 / the fonts of another directory")]
pub struct Fonts {
    /// 刊期目录 / the directory
    dir: Option<PathBuf>,
}

impl Fonts {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(self.dir.as_slice()) {
            Ok(library) => library,
            Err(code) => return code,
        };
        let asked = self.dir.as_ref().map(|dir| context.request(dir));
        let (rows, outcome) = press::fonts(asked.as_ref(), &library);
        let mut head = vec![context.say("字体", "face"), context.say("字种", "family"), context.say("字形", "forms")];
        head.extend(BLOCKS.iter().map(|(name, _)| *name));
        if outcome.is_some() {
            head.push(context.say("本期用字", "in this issue"));
        }
        tell(&table(&head, rows.iter().map(|row| cells(row, context)).collect(), context.screen()));
        tell(&format!("\n{}\n", context.say(
            "缺字时依次找：同字形的宋体、别的字形的宋体、黑体、楷体；楷体只有简体字形，繁体与日文的楷体改用宋体；都没有就报 text/missing-glyph。",
            "Where a face lacks a character: Song of the same forms, Song of other forms, Hei, Kai; Kai has Simplified forms alone, \
             for others Song stands in; where no face has it, text/missing-glyph says so.",
        )));
        let Some(outcome) = outcome else { return ExitCode::SUCCESS };
        let about = [Code::TextMissingGlyph, Code::TextPrivateUse, Code::TextEmoji, Code::TextFallback];
        let mut lacks = outcome.report.clone();
        lacks.findings.retain(|finding| about.contains(&finding.code));
        tell("\n");
        match lacks.findings.is_empty() {
            true => tell(context.say("这一期不缺字。\n", "The issue lacks no character.\n")),
            false => tell(&render::report(&lacks, &outcome.sources, context.screen())),
        }
        ExitCode::from(u8::from(lacks.has_errors()))
    }
}

fn cells(row: &FaceRow, context: &Context) -> Vec<String> {
    let family = match row.family {
        Family::Song => context.say("宋", "Song"),
        Family::Hei => context.say("黑", "Hei"),
        Family::Kai => context.say("楷", "Kai"),
        Family::Fangsong => context.say("仿宋", "Fangsong"),
        Family::Own(_) => context.say("自带", "own"),
    };
    let forms = match row.script {
        Script::Sc => context.say("简体", "SC"),
        Script::Tc => context.say("繁体（台）", "TC"),
        Script::Hk => context.say("繁体（港）", "HK"),
        Script::Jp => context.say("日文", "JP"),
    };
    let weight = if row.weight == Weight::Bold { context.say("粗", " bold") } else { "" };
    let mut cells = vec![row.name.clone(), format!("{family}{weight}"), forms.to_string()];
    if !row.may_embed {
        cells[0] += context.say("（不许嵌入）", " (may not be embedded)");
    }
    cells.extend(row.covers.iter().map(|n| n.to_string()));
    cells.extend(row.used.map(|(count, kinds)| match (count, context.lang) {
        (0, _) => String::new(),
        (_, render::UiLang::Zh) => format!("{count} 字，{kinds} 种"),
        (_, render::UiLang::En) => format!("{count}, {kinds} different"),
    }));
    cells
}
