//! T8: headings that nothing marks, verse, and numbered lists.
//!
//! A heading is an isolated short line without an end mark before a paragraph. One such line proves nothing: there must be
//! two, or a number, or bold. Short lines that follow each other are verse, an address or a list, never headings.

use super::super::han::{self, is_han};
use super::lists::List;
use super::log::Log;
use super::raw::{Block, Kind, Run};
use super::{Work, body, figures, names};
use crate::base::words;
use std::collections::BTreeMap;

/// The signs a heading may be numbered with, from the outermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// 第一章
    Chapter,
    /// 一、
    Han,
    /// 1 总则, 1.1 范围: how many numbers.
    Decimal(u8),
    /// No number.
    Bare,
    /// 【一张地图】
    Boxed,
    /// （一）
    Bracket,
    /// 1.
    Digit,
    /// 参考文献: as high as the first of the others.
    Apparatus,
}

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

/// `【一张地图】`: one pair of brackets around the whole.
fn is_boxed(text: &str) -> bool {
    let inner = text.strip_prefix(['【', '〖']).and_then(|t| t.strip_suffix(['】', '〗']));
    inner.is_some_and(|i| !i.contains(['【', '】', '〖', '〗']))
}

/// Takes the brackets off the runs at both ends: marks of notes, links and readings stay.
fn unbox(runs: &mut [Run]) {
    let worded = |run: &&mut Run| !han::trim(&run.text).is_empty();
    if let Some(first) = runs.iter_mut().find(worded) {
        first.text = first.text.trim_start_matches(|c| han::is_blank(c) || "【〖".contains(c)).to_string();
    }
    if let Some(last) = runs.iter_mut().rev().find(worded) {
        last.text = last.text.trim_end_matches(|c| han::is_blank(c) || "】〗".contains(c)).to_string();
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

fn style(text: &str) -> Style {
    if is_boxed(text) {
        return Style::Boxed;
    }
    let numeral = |c: char| "一二三四五六七八九十百".contains(c);
    let after = text.trim_start_matches(numeral);
    if after.len() < text.len() && after.starts_with(['、', '．', '.', '，', ' ', '\u{3000}']) {
        return Style::Han;
    }
    let inner = text.strip_prefix(['（', '(']).unwrap_or_default();
    if inner.trim_start_matches(numeral).starts_with(['）', ')']) && inner.starts_with(numeral) {
        return Style::Bracket;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len()
        && digits.starts_with(['.', '、', '．'])
        && !digits[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return Style::Digit;
    }
    if let Some(depth) = decimal(text) {
        return Style::Decimal(depth);
    }
    let chapter = text.strip_prefix('第').map(|t| t.trim_start_matches(|c: char| numeral(c) || c.is_ascii_digit()));
    match chapter {
        Some(rest) if rest.starts_with(['章', '节', '節', '部', '篇']) => Style::Chapter,
        _ => Style::Bare,
    }
}

/// `0 引言`, `1.1 石阶`: numbers, a blank, then a word.
fn decimal(text: &str) -> Option<u8> {
    let (numbers, rest) = text.split_once(han::is_blank)?;
    let parts: Vec<&str> = numbers.split('.').collect();
    let numbered = parts.iter().all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    (numbered && parts.len() <= 4 && rest.trim_start().starts_with(is_han)).then_some(parts.len() as u8)
}

fn is_bold(block: &Block) -> bool {
    block.all(|r| r.style.strong)
}

fn candidate(blocks: &[Block], at: usize) -> Option<Style> {
    let block = &blocks[at];
    let text = block.text();
    let (count, bold) = (han::count(&text), is_bold(block));
    if count == 0 {
        return english(blocks, at);
    }
    if is_apparatus(blocks, at) {
        return Some(Style::Apparatus);
    }
    let style = style(&text);
    let numbered = !matches!(style, Style::Bare | Style::Boxed);
    let most = if numbered || bold { 28 } else { 24 };
    let end = text.chars().next_back()?;
    let stops = matches!(end, '。' | '，' | '；' | '：' | '、' | '…' | '.' | ',' | ';' | ':')
        || !bold && (end == '—' || matches!(end, '”' | '」') && !names_end(&text) && !is_said(&text))
        || !bold && !numbered && matches!(end, '？' | '！' | '?' | '!');
    let clauses = text.chars().filter(|c| *c == '，').count();
    let inner = text.contains('。') || clauses > if numbered || bold { 2 } else { 1 } || text.contains("：“");
    let bracketed = style == Style::Bare && text.starts_with(['（', '(', '[']) && text.ends_with(['）', ')', ']']);
    let shape = block.is_para()
        && !bracketed
        && (2..=most).contains(&count)
        && text.chars().count() <= most * 2
        && !stops
        && !inner;
    if !shape
        || figures::is_caption(&text)
        || signs_off(&text)
        || names::is_byline(&text) && style == Style::Bare && !bold
    {
        return None;
    }
    let same = |other: Option<&Block>| other.is_some_and(|o| han::squeezed(&o.text()) == han::squeezed(&text));
    if same(blocks.get(at + 1)) || same(at.checked_sub(1).and_then(|i| blocks.get(i))) {
        return None;
    }
    let next = blocks.get(at + 1)?;
    let leads = body::is_body(next)
        || matches!(next.kind, Kind::Figure { .. } | Kind::Item { .. } | Kind::Quote | Kind::Heading(_));
    let deeper = next.is_para()
        && style < self::style(&next.text())
        && !matches!(self::style(&next.text()), Style::Bare | Style::Boxed);
    let spoken = han::ends_sentence(&next.text()) && han::count(&next.text()) >= 6;
    let above = numbered && next.is_para() && self::style(&next.text()) != style;
    (leads || deeper || spoken || above).then_some(style)
}

/// `“打卡15小时，够走30户”`: words of the text; who speaks in a dialogue ends with a stop.
fn is_said(text: &str) -> bool {
    let inner = text.strip_prefix(['“', '「']).and_then(|t| t.strip_suffix(['”', '」']));
    inner.is_some_and(|i| !han::ends_sentence(i) && !i.ends_with(['，', '—']) && !i.contains(['”', '」']))
}

/// `参考文献` above numbered entries.
fn is_apparatus(blocks: &[Block], at: usize) -> bool {
    static NAMES: List =
        List::new("参考文献 參考文獻 参考书目 參考書目 引用文献 主要参考文献 注释 註釋 注釋 附注 附錄 附录");
    let text = han::squeezed(&blocks[at].text());
    let entry = |b: &Block| {
        let text = b.text();
        matches!(b.kind, Kind::Item { .. })
            || text.starts_with(['[', '［', '〔', '①']) && han::count(&text) > 0
            || text.starts_with(|c: char| c.is_ascii_digit())
    };
    blocks[at].is_para()
        && at > 0
        && NAMES.has(text.trim_end_matches(['：', ':']))
        && blocks.get(at + 1).is_some_and(entry)
}

/// `建强“主心骨”`: the marks at the end hold a word, no speech.
fn names_end(text: &str) -> bool {
    let inner = text.rsplit(['“', '「']).next().unwrap_or_default();
    !text.starts_with(['“', '「']) && han::count(inner) <= 8 && inner.chars().filter(|c| !is_han(*c)).count() == 1
}

/// `A Tea House in the Mist` between English paragraphs.
fn english(blocks: &[Block], at: usize) -> Option<Style> {
    let text = blocks[at].text();
    let prose = |b: Option<&Block>| b.is_some_and(|b| body::is_body(b) && han::count(&b.text()) == 0);
    let shaped = blocks[at].is_para()
        && (1..=10).contains(&text.split_whitespace().count())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '?')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " ,:'’-?".contains(c));
    (shaped && at > 0 && prose(blocks.get(at - 1)) && prose(blocks.get(at + 1))).then_some(Style::Bare)
}

/// `01` above `绳子`, both set apart, and a `一` alone between paragraphs: numbers of sections.
pub fn numbers(work: &mut Work) {
    let apart = |b: &Block| b.is_para() && (is_bold(b) || b.centred);
    let short = |b: &Block| {
        b.is_para()
            && number_of(b).is_none()
            && (1..=20).contains(&han::count(&b.text()))
            && !han::ends_sentence(&b.text())
    };
    let counted = counted(&work.blocks);
    let prose = |b: Option<&Block>| b.is_some_and(|b| body::is_body(b) || han::ends_sentence(&b.text()));
    let blocks = &mut work.blocks;
    let is_head = |at: usize| {
        let next = blocks.get(at + 1).filter(|next| number_of(&blocks[at]).is_some() && short(next));
        next.is_some_and(|next| apart(&blocks[at]) && apart(next) || counted[at] && prose(blocks.get(at + 2)))
    };
    let heads: Vec<bool> = (0..blocks.len()).map(is_head).collect();
    for at in 0..blocks.len() {
        if heads[at] {
            let (line, runs) = (blocks[at].line, std::mem::take(&mut blocks[at].runs));
            let heading = &mut blocks[at + 1];
            heading.line = line;
            heading.runs.splice(0..0, runs.into_iter().chain([Run::plain("\u{3000}")]));
            heading.kind = Kind::Heading(1);
        } else if counted[at] {
            blocks[at].kind = Kind::Heading(1);
        }
    }
    let mut heads = heads.into_iter();
    blocks.retain(|_| heads.next() != Some(true));
}

/// `●`, `＊＊＊` alone between paragraphs: a division without a name.
pub fn divisions(work: &mut Work) {
    let is = |b: &Block| {
        let text = han::squeezed(&b.text());
        b.is_para()
            && (1..=9).contains(&text.chars().count())
            && text.chars().all(|c| "●○◆◇■□★☆◎※＊*~～—-_＿=".contains(c))
    };
    let count = work.blocks.len();
    for at in (1..count.saturating_sub(1)).filter(|at| is(&work.blocks[*at])).collect::<Vec<_>>() {
        let block = &mut work.blocks[at];
        work.log.dropped("T8", block.line, han::squeezed(&block.text()), words("分段的符号", "the sign of a division"));
        (block.kind, block.runs) = (Kind::Rule, vec![]);
    }
}

/// What a block counts that holds a number alone: `01`, `二`, `Part 3`.
fn number_of(block: &Block) -> Option<usize> {
    let text = block.text().to_ascii_lowercase();
    let bare = text.trim_start_matches("part").trim_start_matches(['.', ' ']).trim_end_matches(['.', '、']);
    let bare = bare.trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
    let han = |digits: &str| {
        let mut chars = bare.chars();
        let first = chars.next()?;
        chars.next().is_none().then(|| digits.chars().position(|d| d == first)).flatten().map(|n| n + 1)
    };
    let plain = block.is_para() && (1..=2).contains(&bare.chars().count());
    let number = || bare.parse().ok().or(han("一二三四五六七八九十")).or(han("壹贰叁肆伍陆柒捌玖拾"));
    plain.then(number).flatten()
}

/// Numbers alone that count 1, 2, 3 … through the article.
fn counted(blocks: &[Block]) -> Vec<bool> {
    let mut out = vec![false; blocks.len()];
    let mut next = 1;
    for (at, block) in blocks.iter().enumerate() {
        if number_of(block) == Some(next) && blocks.get(at + 1).is_some_and(|b| number_of(b).is_none()) {
            out[at] = true;
            next += 1;
        }
    }
    if next > 2 { out } else { vec![false; blocks.len()] }
}

fn signs_off(text: &str) -> bool {
    let begins = [
        "此致",
        "读者",
        "讀者",
        "敬礼",
        "敬禮",
        "祝好",
        "谨启",
        "（完",
        "（未完",
        "（本文",
        "（作者",
        "（来源",
        "（編輯",
        "（编辑",
        "来源：",
        "注：",
    ];
    begins.iter().any(|b| text.starts_with(b)) || super::dates::find(text).is_some_and(|d| d.range.start == 0)
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

/// `云岭夜钟（外一首）`, `澜江渡（组诗）`: the poems have their titles alone between stanzas. So many there must be, or the
/// first is right at the start.
pub fn poems(work: &mut Work) {
    let title = work.front.title.clone().unwrap_or_default();
    let series = ["（组诗）", "（組詩）", "（组章）"].iter().any(|e| title.ends_with(e));
    let lone = |at: &usize| {
        let b = &work.blocks[*at];
        let text = b.text();
        let next = work.blocks.get(at + 1).is_some_and(|n| n.gap && n.is_para());
        let apart = (*at == 0 || b.gap) && next && b.is_para();
        apart && han::count(&text) <= 12 && !text.contains(|c: char| c.is_ascii_digit()) && !han::ends_sentence(&text)
    };
    let found: Vec<usize> = (0..work.blocks.len()).filter(lone).collect();
    let first = found.first() == Some(&0);
    let fits = match others(&title) {
        Some(more) => found.len() == more + usize::from(first),
        None => series && first && found.len() >= 2,
    };
    for at in found.into_iter().filter(|_| fits) {
        let block = &mut work.blocks[at];
        block.kind = Kind::Heading(1);
        // Letters set apart are one word.
        let text = block.text();
        if text.split(han::is_blank).all(|p| p.chars().count() <= 1) {
            block.runs.iter_mut().for_each(|run| run.text = han::squeezed(&run.text));
        }
    }
}

/// How many poems follow the first: `（外二首）`, `（三首）`.
fn others(title: &str) -> Option<usize> {
    let inner = title.strip_suffix(['）', ')'])?.rsplit(['（', '(']).next()?;
    let (inner, first) = inner.strip_prefix('外').map_or((inner, 1), |rest| (rest, 0));
    let number = inner.strip_suffix('首').or(inner.strip_suffix('章'))?;
    let n = "一二三四五六七八九".chars().position(|c| number.chars().eq([c]))?;
    Some(n + 1 - first)
}

/// Three short lines or more without an end mark, or two of classical verse: they keep their ends.
pub fn verse(work: &mut Work) {
    let mut at = 0;
    while at < work.blocks.len() {
        let to = run(&work.blocks, at);
        if to - at >= 3 || to - at >= 2 && work.blocks[at..to].iter().all(|b| is_metrical(&b.text())) {
            let gaps = (at..to).filter(|i| *i > at && work.blocks[*i].gap).count();
            // Lines that blank lines part are paragraphs, unless all are.
            if gaps == 0 || gaps + 1 < to - at {
                work.blocks[at..to].iter_mut().for_each(|b| b.kind = Kind::Verse);
            }
        }
        at = to.max(at + 1);
    }
}

fn run(blocks: &[Block], from: usize) -> usize {
    let is = |b: &Block| {
        let text = b.text();
        let short = b.is_para() && text.chars().count() <= 18 && han::count(&text) >= 2;
        let open = !text.ends_with(['。', '！', '？', '”', '：', '」', '!', '?']) || is_metrical(&text);
        let year = text.bytes().take(4).all(|b| b.is_ascii_digit()) && text.chars().nth(4) == Some('年');
        let labelled =
            year || text.contains(['：', ':']) || super::dates::whole(&text).is_some() || names::is_byline(&text);
        short && open && !labelled && !super::figures::is_caption(&text) && style(&text) == Style::Bare && !is_bold(b)
    };
    (from..blocks.len()).find(|i| !is(&blocks[*i])).unwrap_or(blocks.len())
}

/// Clauses of five or seven characters: `床前明月光，疑是地上霜。`
fn is_metrical(text: &str) -> bool {
    let clauses: Vec<&str> = text.split(|c: char| !is_han(c)).filter(|c| !c.is_empty()).collect();
    let length = clauses.first().map_or(0, |c| c.chars().count());
    matches!(length, 4 | 5 | 7)
        && clauses.iter().all(|c| c.chars().count() == length)
        && text.ends_with(['，', '。', '；', '？', '！'])
}

/// `1. 甲`, `2. 乙`: two or more numbered lines in sequence are a list.
pub fn lists(work: &mut Work) {
    let number = |b: &Block| -> Option<(u64, usize)> {
        let text = b.text();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let sign = text[digits..].chars().next().filter(|c| matches!(c, '.' | ')' | '、' | '．'))?;
        let rest = &text[digits + sign.len_utf8()..];
        let fits = b.is_para() && (1..=2).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit());
        fits.then_some((text[..digits].parse().ok()?, digits + sign.len_utf8()))
    };
    let bullet = |b: &Block| {
        let text = b.text();
        let sign = text
            .chars()
            .next()
            .filter(|c| matches!(c, '•' | '●' | '▪' | '■' | '◆' | '◇' | '○' | '·' | '-' | '*' | '◦' | '►'))?;
        let rest = text[sign.len_utf8()..].trim_start();
        (b.is_para() && !rest.is_empty() && !rest.starts_with(sign)).then_some(text.len() - rest.len())
    };
    let numbers: Vec<Option<(u64, usize)>> = work.blocks.iter().map(number).collect();
    let bullets: Vec<Option<usize>> = work.blocks.iter().map(bullet).collect();
    for at in 0..numbers.len() {
        let near = |step: i64| {
            at.checked_add_signed(step as isize).and_then(|i| numbers.get(i)).and_then(|n| n.map(|n| n.0 as i64))
        };
        let (item, cut) = match (numbers[at], bullets[at]) {
            (Some((n, cut)), _) if near(1) == Some(n as i64 + 1) || near(-1) == Some(n as i64 - 1) => (Some(n), cut),
            (_, Some(cut))
                if at > 0 && bullets[at - 1].is_some() || bullets.get(at + 1).is_some_and(Option::is_some) =>
            {
                (None, bullets[at].unwrap_or(cut))
            }
            _ => continue,
        };
        let block = &mut work.blocks[at];
        let gone = strip(block, cut);
        block.kind = Kind::Item { number: item, depth: 0 };
        work.log.moved("T2", block.line, gone, words("列表的序号", "the mark of a list item"));
    }
}

/// Takes `bytes` off the start of a block's text.
pub fn strip(block: &mut Block, bytes: usize) -> String {
    let mut left = bytes;
    let mut gone = String::new();
    for run in &mut block.runs {
        let lead = run.text.len() - run.text.trim_start_matches(han::is_blank).len();
        let from = if gone.is_empty() { lead } else { 0 };
        let cut = left.min(run.text.len() - from);
        gone.push_str(&run.text[from..from + cut]);
        run.text.replace_range(..from + cut, "");
        left -= cut;
        if left == 0 {
            break;
        }
    }
    gone.chars().filter(|c| !han::is_blank(*c)).collect()
}
