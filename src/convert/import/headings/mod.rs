//! T8: headings that nothing marks, verse, and numbered lists.
//!
//! A heading is an isolated short line without an end mark before a paragraph. One such line proves nothing: there must be
//! two, or a number, or bold. Short lines that follow each other are verse, an address or a list, never headings.

mod candidate;
mod items;
mod numbers;
mod style;
mod verse;

pub use items::{lists, strip};
pub use numbers::{divisions, numbers};
pub use verse::{poems, verse};

use super::super::han;
use super::Work;
use super::log::Log;
use super::raw::{Block, Kind, Run};
use crate::base::words;
use candidate::{candidate, is_bold};
use std::collections::BTreeMap;
use style::{Style, is_boxed};

/// Marks headings.
pub fn mark(work: &mut Work) {
    let found: Vec<Option<Style>> = (0..work.blocks.len()).map(|at| candidate(&work.blocks, at)).collect();
    let mut lengths: BTreeMap<(Style, usize), usize> = BTreeMap::new();
    let mut alike: BTreeMap<Style, usize> = BTreeMap::new();
    for (at, style) in found.iter().enumerate().filter_map(|(at, s)| Some((at, (*s)?))) {
        *lengths.entry((style, han::count(&work.blocks[at].text()))).or_default() += 1;
        *alike.entry(style).or_default() += 1;
    }
    let confirm = |at| confirmed(work, &found, at, (&alike, &lengths));
    let chosen: Vec<Option<Style>> = (0..found.len()).map(confirm).collect();
    let mut styles: Vec<Style> = chosen.iter().flatten().copied().collect();
    styles.sort();
    styles.dedup();
    let base = marked_level(&work.blocks);
    for (at, style) in chosen.iter().enumerate() {
        if let Some(level) = style.and_then(|s| styles.iter().position(|x| *x == s || s == Style::Apparatus)) {
            work.blocks[at].kind = Kind::Heading(base + level as u8);
            unmarked(&mut work.blocks[at], &mut work.log);
        }
    }
    for (at, block) in work.blocks.iter().enumerate() {
        if found[at].is_some() && chosen[at].is_none() && !block.gap_list() {
            work.log.doubt(
                "T8",
                block.line,
                words(format!("像小标题，没有改：{}", block.text()), "looks like a heading; left as a paragraph"),
            );
        }
    }
    level(work);
}

/// How many of each there are.
type Counts<K> = BTreeMap<K, usize>;

/// Whether a candidate is a heading: bold, or one of at least two of its style.
fn confirmed(
    work: &Work,
    found: &[Option<Style>],
    at: usize,
    (alike, lengths): (&Counts<Style>, &Counts<(Style, usize)>),
) -> Option<Style> {
    let style = found[at]?;
    if is_bold(&work.blocks[at]) || style == Style::Apparatus {
        return Some(style);
    }
    let near = |i: Option<usize>| i.and_then(|i| found.get(i)).is_some_and(|f| *f == Some(style));
    // Lines that follow each other are a list or verse.
    if near(Some(at + 1)) || near(at.checked_sub(1)) {
        return None;
    }
    // As long as another one.
    let parallel = lengths.get(&(style, han::count(&work.blocks[at].text()))).is_some_and(|n| *n > 1);
    let first_bare = at == 0 && style == Style::Bare && !parallel;
    let long = style == Style::Bare && han::count(&work.blocks[at].text()) > 20 && !parallel;
    (!long && alike.get(&style).is_some_and(|n| *n >= 2) && !first_bare).then_some(style)
}

/// A heading without the brackets or the sign that stood for its size.
fn unmarked(block: &mut Block, log: &mut Log) {
    let text = block.text();
    if is_boxed(&text) {
        let gone = text.chars().filter(|c| "【】〖〗".contains(*c)).collect::<String>();
        log.dropped("T8", block.line, gone, words("小标题的括号", "brackets around a heading"));
        return unbox(&mut block.runs);
    }
    let bare = text.trim_start_matches(|c: char| "■◆●▲◇○☆★►▶◎□※▍▎丨｜".contains(c) || han::is_blank(c));
    if bare.len() < text.len() && !bare.is_empty() {
        let gone = strip(block, text.len() - bare.len());
        log.dropped("T8", block.line, gone, words("小标题前的符号", "the sign before a heading"));
    }
}

/// Takes the brackets off the runs at both ends: marks of notes, links and readings stay.
fn unbox(runs: &mut [Run]) {
    let worded = |run: &&mut Run| !han::trim(&run.text).is_empty();
    if let Some(first) = runs.iter_mut().find(worded) {
        first.text = first.text.trim_start_matches(|c| han::is_blank(c) || "【〖".contains(c)).into();
    }
    if let Some(last) = runs.iter_mut().rev().find(worded) {
        last.text = last.text.trim_end_matches(|c| han::is_blank(c) || "】〗".contains(c)).into();
    }
}

impl Block {
    fn gap_list(&self) -> bool {
        !self.is_para()
    }
}

/// One below the deepest marked heading that all bare ones must be under; the first level where none is marked.
fn marked_level(blocks: &[Block]) -> u8 {
    let marked = blocks.iter().filter_map(|b| if let Kind::Heading(n) = b.kind { Some(n) } else { None });
    marked.min().unwrap_or(1)
}

/// Levels without a step left out, the outermost first.
fn level(work: &mut Work) {
    let mut used: Vec<u8> =
        work.blocks.iter().filter_map(|b| if let Kind::Heading(n) = b.kind { Some(n) } else { None }).collect();
    used.sort_unstable();
    used.dedup();
    for block in &mut work.blocks {
        if let Kind::Heading(n) = &mut block.kind {
            *n = used.iter().position(|u| u == n).map_or(1, |i| i as u8 + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Lang;
    use crate::convert::import::{Repair, finish, html, markdown};

    /// T8: the brackets around a heading go; the mark of its note, its reading and its link stay, a second time too.
    #[test]
    fn a_boxed_heading_keeps_what_it_holds() {
        let page = "<h1>井台三记</h1><p>村里的井有三口，一口在村头，一口在祠堂后面。三口井的水味道不同，泡出来的茶也不同，老人一喝就知道。</p>\
            <p>【村头的井<a href='#n1' id='r1'>[1]</a>】</p><p>村头的井最深，井绳要放十七把。夏天打上来的水冰手，孩子们放学经过，把西瓜泡在桶里。</p>\
            <p>【 祠堂后的<ruby>罱<rt>lǎn</rt></ruby>井 】</p><p>祠堂后面的井用青砖砌口，砖缝里长着蕨。每年清明前族里出人淘井，淘出来的泥堆在菜地边上。</p>\
            <p>【<a href='https://shanxing.example/river'>河滩</a>上的井】</p><p>河滩上的井最浅，发大水就没了，水退了再挖。挖井的人换了三代，位置没有换过，仍在乌桕树底下。</p>\
            <p id='n1'><a href='#r1'>[1]</a> 井圈上刻着“乾隆四十年”五个字，井却比井圈更老。</p>";
        let work = html(page.as_bytes()).expect("a page");
        let article = finish(work, None, Repair::Off, &|_| Default::default()).markdown;
        let heads: Vec<&str> = article.lines().filter(|l| l.starts_with("## ")).collect();
        let river = "## [河滩](https://shanxing.example/river)上的井";
        assert_eq!(heads, ["## 村头的井[^1]", "## 祠堂后的{罱|lǎn}井", river], "{article}");
        assert!(article.contains("[^1]: 井圈上刻着"), "{article}");
        assert_eq!(markdown(article.as_bytes(), Some(Lang::ZhHans)).markdown, article);
    }
}
