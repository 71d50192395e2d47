//! T5, T6: title, subtitle, section and author, from the lines before the body.
//!
//! In: blocks whose furniture is gone. Out: front matter. A line with labels is taken by its labels ([`info`]); the title is
//! the line that the document names, or the one right before author and source.

use super::super::han;
use super::fields::{self, Label};
use super::lists::List;
use super::raw::{Block, Kind, Run, Zone};
use super::{Work, body, dateline, dates, figures, info, names, opening, titles};
use crate::base::words;
use smallvec::smallvec;
use std::ops::Range;

/// Takes title, author, source and time away.
pub fn take(work: &mut Work) {
    let first = head_end(work);
    let mut head: Vec<Option<Block>> = work.blocks.drain(..first).map(Some).collect();
    pictureless(work, &mut head);
    let anchors = labelled(work, &mut head);
    column(work, &mut head);
    title(work, &mut head, &anchors);
    let rest: Vec<Block> = head.into_iter().flatten().collect();
    work.blocks.splice(0..0, rest);
    opening::take(work);
    dateline::reporter(work);
}

/// Summaries and notes of the editors count as head, though they are long.
fn head_end(work: &Work) -> usize {
    let (mut first, _) = body::bounds(&work.blocks);
    if let Some(title) = work.blocks.iter().position(|b| b.kind == Kind::Title) {
        first = first.max(title + 1);
    }
    first.min(work.blocks.len())
}

/// `文/图🖊 王明`: an account's little pictures are no part of a byline.
fn pictureless(work: &mut Work, head: &mut [Option<Block>]) {
    for block in head.iter_mut().flatten().filter(|b| b.is_para()) {
        let text = block.text();
        if let Some(plain) = names::pictureless(&text) {
            let gone: String = text.chars().filter(|c| !plain.contains(*c)).collect();
            work.log.dropped("T6", block.line, gone, words("署名里的小图", "little pictures in a byline"));
            block.runs = smallvec![Run::plain(plain)];
        }
    }
}

/// T6, T7: lines made of labels and times. Returns where they stood.
fn labelled(work: &mut Work, head: &mut [Option<Block>]) -> Vec<usize> {
    let mut anchors = vec![];
    named(work, head);
    todays(work, head);
    let book = book(head);
    for (at, slot) in head.iter_mut().enumerate().filter(|(at, _)| !book.contains(at)) {
        let Some(block) = slot.as_ref().filter(|b| matches!(b.kind, Kind::Para | Kind::Item { .. } | Kind::Heading(_)))
        else {
            continue;
        };
        let (text, line) = (block.text(), block.line);
        let mail = fields::fields(&text)
            .is_some_and(|found| found.iter().all(|f| matches!(f.label, Label::Subject | Label::Chrome)));
        // What it names stands on the line below.
        if opening::is_label(&text) {
            continue;
        }
        let dated = work.front.published.is_some();
        if info::take(work, &text, line) {
            // The line that says when is the article's; a site's own labels stand above it.
            if !dated && work.front.published.is_some() {
                anchors.clear();
            }
            if !mail {
                anchors.push(at);
            }
            *slot = None;
        }
    }
    anchors
}

/// `《澜江水文志》`, `作者：许慎之`, `出版社：……`: what a review says of its book, in lines without a gap from the book's name
/// to who sells it. The author there is the book's.
fn book(head: &[Option<Block>]) -> Range<usize> {
    static TRADE: List = List::new("出版社 出版单位 出版时间 出版日期 出版年 定价 ISBN 书号 页数 出版 定價 書號 頁數");
    static NAMES: List = List::new("书名 書名");
    let is = |at: usize, list: &List| {
        head[at].as_ref().is_some_and(|b| list.begins(&b.text()).is_some() && b.text().contains(['：', ':']))
    };
    let named = |at: usize| {
        let text = head[at].as_ref().map(Block::text).unwrap_or_default();
        is(at, &NAMES) || text.starts_with('《') && text.ends_with('》') && text.matches('《').count() == 1
    };
    let close = |at: &usize| head[*at].as_ref().is_some_and(|b| !b.gap);
    let from = (0..head.len()).filter(|at| named(*at));
    let blocks = from.map(|at| at..(at + 1..head.len()).take_while(close).last().unwrap_or(at) + 1);
    blocks.into_iter().find(|lines| lines.clone().any(|at| is(at, &TRADE))).unwrap_or_default()
}

/// `标题：让青春在一线绽放`: what follows is the title.
fn named(work: &mut Work, head: &mut [Option<Block>]) {
    for block in head.iter_mut().flatten().filter(|b| b.is_para()) {
        let text = block.text();
        let found = fields::fields(&text).unwrap_or_default();
        let [one] = &found[..] else { continue };
        if one.label == Label::Title && !one.value.is_empty() {
            let label = han::squeezed(&text.replacen(&one.value, "", 1));
            work.log.moved("T5", block.line, label, words("题名", "the title"));
            (block.kind, block.runs) = (Kind::Title, smallvec![Run::plain(&one.value)]);
        }
    }
}

/// `2024年9月3日 星期二`: the day that a page was looked at, where another line says when the article was published.
fn todays(work: &mut Work, head: &mut [Option<Block>]) {
    let published = |b: &Block| dates::find(&b.text()).is_some() && !is_today(&b.text());
    if !head.iter().flatten().any(published) {
        return;
    }
    for slot in head.iter_mut() {
        if let Some(block) = slot.take_if(|b| is_today(&b.text())) {
            work.log.dropped("T3", block.line, block.text(), words("看网页的日子", "the day the page was looked at"));
        }
    }
}

fn is_today(text: &str) -> bool {
    let Some(found) = dates::find(text) else { return false };
    let rest = han::squeezed(&format!("{}{}", &text[..found.range.start], &text[found.range.end..]));
    let rest = rest.strip_prefix("今天是").unwrap_or(&rest).trim_start_matches(['：', ':', '，']);
    let day = rest.strip_prefix("星期").or(rest.strip_prefix("周")).or(rest.strip_prefix("週"));
    day.is_some_and(|d| d.starts_with(['一', '二', '三', '四', '五', '六', '日', '天'])) && rest.chars().count() <= 24
}

/// More lines than stand above a title where no page has its menu.
const MENU: usize = 10;

/// T5: `【专题·机关党建】`, `■ 特别策划 ■`: the section, where another line can be the title.
fn column(work: &mut Work, head: &mut [Option<Block>]) {
    let others =
        head.iter().flatten().filter(|b| titles::is_candidate(b) && titles::column(&b.text()).is_none()).count();
    for slot in head.iter_mut().filter(|_| others > 0) {
        let Some(block) = slot.as_ref().filter(|b| matches!(b.kind, Kind::Para | Kind::Heading(_))) else { continue };
        let text = block.text();
        // A word of a menu is no section of the article's.
        if others > MENU && titles::column(&text) == Some(&text) {
            continue;
        }
        let Some(name) = titles::column(&text).filter(|_| work.front.section.is_none()) else { continue };
        let signs = han::squeezed(&text.replacen(name, "", 1));
        work.log.moved("T5", block.line, signs, words("题名上方的栏目名", "section above the title"));
        work.front.section = Some(name.to_string());
        *slot = None;
    }
}

/// T5: the title among what is left of the head.
fn title(work: &mut Work, head: &mut [Option<Block>], anchors: &[usize]) {
    if work.front.title.is_some() {
        return;
    }
    let Some(found) = titles::find(work, head, anchors.first().copied()) else {
        if let Some((subject, line)) = work.subject.take() {
            let note =
                words(format!("邮件主题作题名：{subject}"), format!("the subject stands for the title: {subject}"));
            work.log.doubt("T5", line, note);
            work.front.title = Some(subject);
        } else {
            work.log.doubt("T5", 0, words("没有认出题名", "no title was recognised"));
        }
        return;
    };
    if let Some((subject, line)) = work.subject.take() {
        work.log.dropped("T5", line, subject, words("邮件主题，另有题名", "subject of the mail; there is a title"));
    }
    before_title(work, head, found.start);
    banners(work, &mut head[..found.start]);
    let lines: Vec<Block> = found.clone().filter_map(|at| head[at].take()).collect();
    if let [first, _, ..] = &lines[..] {
        work.log.doubt("T5", first.line, words("两行题名合成一行", "two lines of the title became one"));
    }
    let whole: Vec<String> = lines.iter().map(Block::text).collect();
    let whole = section_off(work, whole.join("\u{3000}"), lines[0].line);
    let whole = dateline::off(work, whole, lines[0].line);
    let whole = dateline::authors(work, whole, lines[0].line);
    work.front.title = Some(spaced(&whole));
    let anchor = anchors.iter().find(|a| **a >= found.end).or(anchors.first()).copied();
    after_title(work, head, found.end - 1, anchor);
}

/// Pictures above the title that did not come along are the page's: its banner, its logo.
fn banners(work: &mut Work, above: &mut [Option<Block>]) {
    for slot in above {
        let Some(Block { kind: Kind::Figure { picture }, line, .. }) = slot else { continue };
        let picture = &mut work.pictures[*picture];
        if picture.bytes.is_none() {
            let alt = picture.alt.take().unwrap_or_default();
            let note = words(
                format!("题名之前的图：{}", picture.source),
                format!("a picture above the title: {}", picture.source),
            );
            work.log.dropped("T3", *line, alt, note);
            *slot = None;
        }
    }
}

/// `【机关党建】把支部建在路上`: the section is no part of the title.
fn section_off(work: &mut Work, title: String, line: u32) -> String {
    let split = title.strip_prefix(['【', '［']).and_then(|rest| rest.split_once(['】', '］']));
    let (split, signs) = match titles::genre_off(&title) {
        Some(genre) if split.is_none() => (Some(genre), "："),
        _ => (split, "【】"),
    };
    match split.filter(|(name, rest)| (2..=12).contains(&han::count(name)) && han::count(rest) >= 4) {
        Some((name, rest)) if work.front.section.is_none() => {
            work.log.moved("T5", line, signs, words("题名前的栏目名", "section before the title"));
            work.front.section = Some(name.to_string());
            han::trim(rest).to_string()
        }
        _ => title,
    }
}

/// Lines above the title: the last is a kicker when it stands alone with it, others are the page's.
fn before_title(work: &mut Work, head: &mut [Option<Block>], title: usize) {
    let headed = head[title].as_ref().is_some_and(|b| matches!(b.kind, Kind::Heading(_)));
    let above: Vec<usize> = (0..title)
        .filter(|at| {
            head[*at]
                .as_ref()
                .is_some_and(|b| b.kind == Kind::Para || matches!(b.kind, Kind::Item { .. } | Kind::Heading(_)))
        })
        .collect();
    for (n, at) in above.iter().enumerate() {
        let Some(block) = head[*at].take() else { continue };
        let text = block.text();
        let last = n + 1 == above.len() && *at + 1 == title;
        let site = |w: &str| titles::is_site(w) || super::chrome::is_furniture(w, false);
        let named = (2..=24).contains(&han::count(&text))
            && !text.split(han::is_blank).any(site)
            && !block.all(|r| r.link().is_some());
        // A kicker may lead into the title by its dash, count a series, or be a heading as the title is.
        let heads = matches!(block.kind, Kind::Heading(_)) && headed;
        let leads = last && named && (text.ends_with("——") || titles::is_series(&text) || heads);
        if leads || last && above.len() == 1 && named && !work.clutter {
            let section = text.trim_matches(['【', '】', '[', ']', '■', '□', '●', '◆', '|', '｜']);
            if section != text || han::count(&text) <= 4 {
                let gone: String = han::squeezed(&text.replace(section, ""));
                work.front.section = Some(section.to_string());
                work.log.moved("T5", block.line, gone, words("题名上方的栏目名", "section above the title"));
            } else {
                work.front.kicker = Some(spaced(&text));
            }
        } else if han::ends_sentence(&text) && han::count(&text) > 14 {
            work.log.doubt(
                "T5",
                block.line,
                words("题名之前的一句，留在正文", "a sentence before the title, kept in the body"),
            );
            head[*at] = Some(block);
        } else {
            if last && named && han::count(&text) > 4 {
                let note = words(
                    format!("题名上方的一行没有用：{text}"),
                    format!("the line above the title was left out: {text}"),
                );
                work.log.doubt("T5", block.line, note);
            }
            work.log.dropped("T3", block.line, text, words("题名之前的短行", "a short line before the title"));
        }
    }
}

/// Lines below it: subtitle, author, where the author works.
fn after_title(work: &mut Work, head: &mut [Option<Block>], title: usize, anchor: Option<usize>) {
    let below: Vec<usize> = (title + 1..head.len())
        .filter(|at| {
            head[*at]
                .as_ref()
                .is_some_and(|b| matches!(b.kind, Kind::Para | Kind::Subtitle | Kind::Heading(_) | Kind::Item { .. }))
        })
        .collect();
    for (n, at) in below.iter().enumerate() {
        if repeated(work, &head[*at..]) {
            for block in [*at, at + 1].into_iter().filter_map(|i| head.get_mut(i)?.take()) {
                work.log.dropped("T5", block.line, block.text(), words("题名的重复", "the title again"));
            }
        }
        let Some(block) = head[*at].take() else { continue };
        let before = anchor.is_some_and(|a| *at < a);
        // A photo's words may stand between title and byline.
        if before && (figures::is_caption(&block.text()) || doubled(&head[*at + 1..], &block)) {
            head[*at] = Some(block);
            continue;
        }
        let offices = head.get(at + 1).and_then(Option::as_ref).map(Block::text).unwrap_or_default();
        if let Some(names) = numbered_names(&block.text(), &offices).filter(|_| work.front.author.is_none()) {
            let marks = (String::new(), "、".repeat(names.matches('、').count()));
            work.log.changed("T6", block.line, marks, words("作者之间的顿号", "marks between authors"));
            info::author(work, &names, block.line);
            continue;
        }
        let place = Below { first: n == 0, last: n + 1 == below.len(), before_anchor: anchor.is_some_and(|a| *at < a) };
        if !line_below(work, &block, &place) {
            head[*at] = Some(block);
            return;
        }
    }
}

/// `印遐心1　官厚德2` above `（1. 水尾大学；2. 山行杂志社）`: whoever bears the numbers of offices is an author.
fn numbered_names(text: &str, offices: &str) -> Option<String> {
    let bare = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_digit()).chars().count();
    let named = |part: &&str| {
        (2..=4).contains(&bare(part))
            && part.chars().all(|c| han::is_han(c) || c.is_ascii_digit())
            && !part.ends_with(han::is_han)
    };
    let parts: Vec<&str> = text.split(han::is_blank).filter(|p| !p.is_empty()).collect();
    let placed = fields::bare(offices).starts_with('1') && (is_places(offices) || is_bracketed_office(offices));
    (parts.len() >= 2 && placed && parts.iter().all(named)).then(|| parts.join("、"))
}

/// The block below says the same: a caption and its other copy.
fn doubled(behind: &[Option<Block>], block: &Block) -> bool {
    let next = behind.first().and_then(Option::as_ref);
    next.is_some_and(|next| han::squeezed(&next.text()).starts_with(&han::squeezed(&block.text())))
}

/// The title again, on two lines.
fn repeated(work: &Work, head: &[Option<Block>]) -> bool {
    let [Some(first), Some(second), ..] = head else { return false };
    let whole = han::squeezed(&(first.text() + &second.text()));
    work.front.title.as_deref().is_some_and(|t| han::squeezed(t) == whole)
}

/// Where a line below the title stands.
struct Below {
    first: bool,
    last: bool,
    before_anchor: bool,
}

fn line_below(work: &mut Work, block: &Block, place: &Below) -> bool {
    let (text, line) = (block.text(), block.line);
    let dash = text.starts_with(['—', '―', '─']) || text.starts_with("--");
    let signed = work.front.author.is_some();
    let plain = |text: &str| han::squeezed(text.trim_end_matches(['*', '＊', '※']));
    if work.front.title.as_deref().is_some_and(|t| plain(t) == plain(&text)) {
        work.log.dropped("T5", line, text, words("题名的重复", "the title again"));
    } else if work.front.source.as_ref() == Some(&text) {
        work.log.dropped("T7", line, text, words("来源的重复", "the source again"));
    } else if work.front.subtitle.is_none() && (dash || block.kind == Kind::Subtitle) {
        let bare = text.trim_start_matches(['—', '―', '─', '-', ' ']);
        let gone: String = han::squeezed(&text[..text.len() - bare.len()]);
        work.front.subtitle = Some(spaced(bare));
        work.log.moved("T5", line, gone, words("副题的破折号", "the subtitle's dash"));
    } else if place.before_anchor && is_lead(&text) && work.front.summary.is_none() {
        work.log.doubt(
            "T5",
            line,
            words("题名与来源之间的一段作摘要", "a paragraph above the source stands as summary"),
        );
        work.front.summary = Some(text);
    } else if block.zone == Zone::Around && is_standfirst(&text) && work.front.summary.is_none() {
        work.log.doubt("T5", line, words("正文之上的一句作摘要", "a sentence above the text stands as summary"));
        work.front.summary = Some(text);
    } else if names::is_byline(&text) || place.first && !signed && is_spread(&text) {
        info::author(work, &text, line);
    } else if signed && (is_places(&text) || is_bracketed_office(&text)) {
        info::affiliation(work, &text, line);
    } else if !signed
        && names::is_office(&text)
        && (place.before_anchor || place.first && names::is_board(&text) || place.last)
    {
        info::author(work, &text, line);
    } else if place.before_anchor && names::is_office(&text) && work.front.source.is_none() {
        // The account that published it.
        work.front.source = Some(text);
    } else if let Some((name, source)) =
        text.split_once('/').filter(|(name, _)| place.before_anchor && names::is_name(name))
    {
        // `林远/山行日报`.
        info::author(work, name, line);
        work.log.moved("T7", line, "/", words("来源", "source"));
        work.front.source.get_or_insert_with(|| source.to_string());
    } else if place.before_anchor && place.first && work.front.subtitle.is_none() && titles::is_candidate(block) {
        work.front.subtitle = Some(spaced(&text));
        work.log.doubt("T5", line, words("题名下的一行作副题", "the line below the title stands as subtitle"));
    } else {
        return false;
    }
    true
}

/// What leads into an article: a paragraph above the line that says where and when.
fn is_lead(text: &str) -> bool {
    (30..=200).contains(&han::count(text)) && han::ends_sentence(text)
}

/// A sentence or two between the title and the text of a page.
fn is_standfirst(text: &str) -> bool {
    (16..=200).contains(&han::count(text)) && han::ends_sentence(text)
}

/// `阿　槿`: a pen name set on three em.
fn is_spread(text: &str) -> bool {
    let parts: Vec<&str> = text.split(han::is_blank).filter(|p| !p.is_empty()).collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|p| p.chars().count() == 1 && p.starts_with(han::is_han))
}

/// `1. 澜江大学社会学院  2. 澜阳县委党校` below authors that bear these numbers.
fn is_places(text: &str) -> bool {
    let digit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = info::places(text).collect();
    digit.len() < text.len() && !parts.is_empty() && parts.iter().all(|p| names::is_office(p))
}

fn is_bracketed_office(text: &str) -> bool {
    text.starts_with(['（', '('])
        && text.ends_with(['）', ')'])
        && han::count(text) >= 4
        && !han::ends_sentence(fields::bare(text))
}

/// T5: one blank between two clauses of four characters or more is U+3000; `|` would be a break.
pub fn spaced(title: &str) -> String {
    let parts: Vec<&str> = title.split(han::is_blank).filter(|p| !p.is_empty()).collect();
    // Letters set apart over the line: 山 路.
    if parts.len() > 1 && parts.iter().all(|p| p.chars().count() == 1 && p.starts_with(han::is_han)) {
        return parts.concat();
    }
    // `山 路 上（外二首）`.
    if let Some(at) = title.find('（')
        && title[..at].contains(han::is_blank)
        && title[..at].split(han::is_blank).all(|p| p.chars().count() == 1 && p.starts_with(han::is_han))
    {
        return title.split(han::is_blank).collect();
    }
    let mut out = String::new();
    for part in parts {
        let left = out.chars().rev().take_while(|c| han::is_han(*c)).count();
        let right = part.chars().take_while(|c| han::is_han(*c)).count();
        if !out.is_empty() {
            out.push(if left >= 4 && right >= 4 { '\u{3000}' } else { ' ' });
        }
        out.push_str(part);
    }
    out
}
