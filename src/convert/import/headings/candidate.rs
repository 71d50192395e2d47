//! Which block may be a heading, by its length, its signs and what stands behind it.

use super::super::super::han::{self, is_han};
use super::super::lists::List;
use super::super::raw::{Block, Kind};
use super::super::{body, dates, fields, figures, names, table};
use super::style::{self, Style, style};

pub(super) fn candidate(blocks: &[Block], at: usize) -> Option<Style> {
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
        || text.starts_with(['—', '―'])
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
    // A link to another article, a button.
    let elsewhere = block.all(|r| r.link().is_some());
    // `柳小满《水声》、方塘《橡皮》`, `评委：江声、林远、周宁`: a list.
    let listed = text.matches('《').count() >= 2 && text.contains('、')
        || text.contains(['：', ':']) && text.matches('、').count() >= 2;
    // In the middle below a picture stand its words.
    let below = |b: &Block| matches!(b.kind, Kind::Figure { .. }) && b.centred && b.runs.is_empty();
    let caption = block.centred && !bold && at.checked_sub(1).is_some_and(|i| below(&blocks[i]));
    let credit = count <= 14 && figures::ends_in_credit(&format!("。{text}"));
    // `图 | 山行供图`, `编辑|林远`.
    let labelled = style == Style::Bare && !bold && fields::fields(&text).is_some();
    if !shape
        || caption
        || labelled
        || credit
        || table::is_caption(&text)
        || elsewhere && style == Style::Bare
        || listed && !numbered && !bold
        || figures::is_caption(&text)
        || signs_off(&text)
        || names::is_byline(&text) && style == Style::Bare && !bold && !is_of(&text)
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
        && style < style::style(&next.text())
        && !matches!(style::style(&next.text()), Style::Bare | Style::Boxed);
    let spoken = han::ends_sentence(&next.text()) && han::count(&next.text()) >= 6;
    let above = numbered && next.is_para() && style::style(&next.text()) != style;
    (leads || deeper || spoken || above).then_some(style)
}

/// `石之变`: a name by its first character alone.
fn is_of(text: &str) -> bool {
    matches!(text.chars().collect::<Vec<_>>()[..], [_, '之', _])
}

pub(super) fn is_bold(block: &Block) -> bool {
    block.all(|r| r.style.strong)
}

/// `“打卡15小时，够走30户”`: words of the text; who speaks in a dialogue ends with a stop.
fn is_said(text: &str) -> bool {
    let inner = text.strip_prefix(['“', '「']).and_then(|t| t.strip_suffix(['”', '」']));
    inner.is_some_and(|i| !han::ends_sentence(i) && !i.ends_with(['，', '—']) && !i.contains(['”', '」']))
}

/// `参考文献` above numbered entries, `结语` above a paragraph: as high as the first of the others.
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
    static PARTS: List = List::new("引言 前言 绪论 导言 导论 结语 结论 结束语 余论 緒論 導論 結語 結論 餘論");
    let next = |is: &dyn Fn(&Block) -> bool| blocks.get(at + 1).is_some_and(is);
    let part = PARTS.has(&text) && next(&body::is_body);
    blocks[at].is_para() && at > 0 && (part || NAMES.has(text.trim_end_matches(['：', ':'])) && next(&entry))
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
    begins.iter().any(|b| text.starts_with(b)) || dates::find(text).is_some_and(|d| d.range.start == 0)
}
