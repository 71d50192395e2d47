//! `qikan plan DIR`

use super::{Context, tell};
use crate::press::{self, Plan as Flat, PlanArticle, PlanPage};
use crate::source::render::{self, Screen};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// 版位表：每页排什么，每篇多长 / the flat plan: what stands on each page, how long each article is
#[derive(Args)]
#[command(after_help = "例 / Examples:
  qikan plan 2026-09
  qikan plan 2026-09 --format json
文章开头写 pages: 3，就报告它超出或不足多少行、多少字
With `pages: 3` in an article's front matter, over and under are told in lines and characters")]
pub struct Plan {
    /// 刊期目录 / the directory
    dir: PathBuf,
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

impl Plan {
    pub fn run(&self, context: &Context) -> ExitCode {
        let library = match context.library_for(std::slice::from_ref(&self.dir)) {
            Ok(library) => library,
            Err(code) => return code,
        };
        let (outcome, plan) = press::plan(&context.request(&self.dir), &library);
        eprint!("{}", render::report(&outcome.report, &outcome.sources, context.screen()));
        let Some(plan) = plan else { return ExitCode::from(1) };
        match self.format {
            Format::Json => tell(&format!("{:#}\n", plan.json())),
            Format::Human => tell(&human(&plan, context)),
        }
        ExitCode::SUCCESS
    }
}

fn human(plan: &Flat, context: &Context) -> String {
    let head = [context.say("页", "page"), context.say("内容", "what"), context.say("照片", "photos")];
    let pages = plan.pages.iter().map(|page| {
        let photos = if page.photos > 0 { page.photos.to_string() } else { String::new() };
        vec![page.label.clone(), what(page, plan, context), photos]
    });
    let mut out = table(&head, pages.collect(), context.screen()) + "\n";
    let head = [
        context.say("文章", "article"),
        context.say("栏目", "section"),
        context.say("页码", "pages"),
        context.say("字数", "characters"),
        context.say("照片", "photos"),
        context.say("定页", "should fill"),
        "",
    ];
    let articles = plan.articles.iter().map(|article| row(article, context));
    out += &table(&head, articles.collect(), context.screen());
    let sum: usize = plan.articles.iter().map(|article| article.characters).sum();
    let (count, pages) = (plan.articles.len(), plan.pages.len());
    out += &match context.lang {
        render::UiLang::Zh => format!("\n{count} 篇，{sum} 字，{pages} 页（含封面）\n"),
        render::UiLang::En => format!("\n{count} articles, {sum} characters, {pages} pages with covers\n"),
    };
    plan.held.iter().for_each(|title| out += &format!("{}{title}\n", context.say("留稿：", "on hold: ")));
    out
}

fn what(page: &PlanPage, plan: &Flat, context: &Context) -> String {
    let titles: Vec<&str> = page.articles.iter().map(|i| plan.articles[*i].title.as_str()).collect();
    match titles.is_empty() {
        false => titles.join("／"),
        true if page.is_empty => context.say("（空白）", "(blank)").to_string(),
        true if page.is_cover => String::new(),
        true => context.say("目次、版权页等", "contents, colophon").to_string(),
    }
}

fn row(article: &PlanArticle, context: &Context) -> Vec<String> {
    let pages = match &article.pages {
        Some((first, last)) if first == last => first.clone(),
        Some((first, last)) => format!("{first}–{last}"),
        None => String::new(),
    };
    let fit = match (article.over, context.lang) {
        (None, _) => String::new(),
        (Some((0, _)), _) => context.say("正好", "fits").to_string(),
        (Some((lines, n)), render::UiLang::Zh) if lines > 0 => format!("超 {lines} 行（约 {n} 字）"),
        (Some((lines, n)), render::UiLang::Zh) => format!("余 {} 行（约 {} 字）", -lines, -n),
        (Some((lines, n)), _) if lines > 0 => format!("{lines} lines over (some {n} characters)"),
        (Some((lines, n)), _) => format!("{} lines free (some {} characters)", -lines, -n),
    };
    vec![
        article.title.clone(),
        article.section.clone().unwrap_or_default(),
        pages,
        article.characters.to_string(),
        article.photos.to_string(),
        article.wanted.map(|n| n.to_string()).unwrap_or_default(),
        fit,
    ]
}

/// Columns as wide as their widest entry on a terminal.
pub fn table(head: &[&str], rows: Vec<Vec<String>>, screen: Screen) -> String {
    let head: Vec<String> = head.iter().map(|h| h.to_string()).collect();
    let all: Vec<&Vec<String>> = std::iter::once(&head).chain(&rows).collect();
    let wide = |column: usize| all.iter().map(|row| screen.ambiguous.width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(wide).collect();
    let line = |row: &&Vec<String>| {
        let cell =
            |(text, width): (&String, &usize)| format!("{text}{}  ", " ".repeat(width - screen.ambiguous.width(text)));
        row.iter().zip(&widths).map(cell).collect::<String>().trim_end().to_string() + "\n"
    };
    all.iter().map(line).collect()
}
