//! T5, T6, T7: title, author, source and time, from the lines before the body.
//!
//! In: blocks whose furniture is gone. Out: front matter. A line with labels is taken by its labels; the title is the line
//! that the document names, or the one right before author and source.

use super::super::han;
use super::dates;
use super::fields::{self, Field, Label};
use super::names;
use super::raw::{Block, Kind};
use super::{Work, body};
use crate::base::words;

/// Takes title, author, source and time away.
pub fn take(work: &mut Work) {
    let first = head_end(work);
    let mut head: Vec<Option<Block>> = work.blocks.drain(..first).map(Some).collect();
    let anchor = labelled(work, &mut head);
    title(work, &mut head, anchor);
    let rest: Vec<Block> = head.into_iter().flatten().collect();
    work.blocks.splice(0..0, rest);
    notes_at_start(work);
}

/// Summaries and notes of the editors count as head, though they are long.
fn head_end(work: &Work) -> usize {
    let (mut first, _) = body::bounds(&work.blocks);
    if let Some(title) = work.blocks.iter().position(|b| b.kind == Kind::Title) {
        first = first.max(title + 1);
    }
    first.min(work.blocks.len())
}

/// T6, T7: lines made of labels, dates alone. Returns the first such line.
fn labelled(work: &mut Work, head: &mut [Option<Block>]) -> Option<usize> {
    let mut anchor = None;
    for (at, slot) in head.iter_mut().enumerate() {
        let Some(block) = slot.as_ref().filter(|b| matches!(b.kind, Kind::Para | Kind::Item { .. })) else {
            continue;
        };
        let text = block.text();
        let line = block.line;
        let taken = match fields::fields(&text) {
            Some(found) if found.iter().any(|f| f.label != Label::Credit || f.value.chars().count() <= 12) => {
                let subject = found.iter().all(|f| matches!(f.label, Label::Subject | Label::Chrome));
                found.into_iter().for_each(|f| field(work, f, line));
                if subject {
                    *slot = None;
                    continue;
                }
                true
            }
            _ => dated(work, &text, line),
        };
        if taken {
            anchor.get_or_insert(at);
            *slot = None;
        }
    }
    anchor
}

/// `2024-08-16 14:52 山行网`, `山行网 2024年08月16日`, a date alone.
fn dated(work: &mut Work, text: &str, line: u32) -> bool {
    let Some(found) = dates::find(text).filter(|_| work.front.published.is_none()) else { return false };
    let rest = format!("{} {}", &text[..found.range.start], &text[found.range.end..]);
    let rest = han::trim(rest.trim_matches(|c: char| han::is_blank(c) || "|｜丨[]()（）·".contains(c)));
    if han::count(rest) > 12 || rest.contains(['，', '。', '：', '《']) {
        return false;
    }
    if !rest.is_empty() && work.front.source.is_none() {
        work.front.source = Some(rest.to_string());
    } else if !rest.is_empty() {
        return false;
    }
    publish(work, text[found.range.clone()].to_string(), &found, line);
    true
}

fn publish(work: &mut Work, written: String, found: &dates::Found, line: u32) {
    work.front.published = Some(found.rfc3339());
    work.log.moved("T7", line, written, words("发布时间", "time of publication"));
    if found.time.is_some() {
        work.log.guessed("T7", line, words("时区按 +08:00", "time zone taken as +08:00"));
    }
}

/// One label of the head.
fn field(work: &mut Work, field: Field, line: u32) {
    let Field { label, name, value } = field;
    let sign = "：";
    let label_gone = |work: &mut Work, note| work.log.moved("T7", line, format!("{name}{sign}"), note);
    match label {
        Label::Source => source(work, &name, &value, line),
        Label::Author => {
            let old = work.front.author.take();
            let value = names::tidy(&value);
            work.front.author = Some(old.filter(|o| *o != value).map_or(value.clone(), |o| format!("{o}、{value}")));
            let role = matches!(name.as_str(), "本刊记者" | "记者" | "記者" | "文/图" | "文／图" | "图/文" | "采写");
            if role {
                work.front.author = work.front.author.take().map(|a| format!("{name} {a}"));
            }
            work.log.moved(
                "T6",
                line,
                if role { sign.into() } else { format!("{name}{sign}") },
                words("作者", "author"),
            );
        }
        Label::Time => match dates::find(&value) {
            Some(found) if work.front.published.is_none() => {
                publish(work, format!("{name}{sign}{}", &value[found.range.clone()]), &found, line);
                leftover(work, &value[..found.range.start], &value[found.range.end..], line);
            }
            _ => work.log.dropped("T7", line, format!("{name}{sign}{value}"), words("另一个时间", "another time")),
        },
        Label::Print => set_print(work, &name, &value, line),
        Label::Section => {
            label_gone(work, words("栏目", "section"));
            work.front.section = Some(value);
        }
        Label::Keywords => {
            label_gone(work, words("关键词", "keywords"));
            let split = |c: char| han::is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '、');
            work.front.keywords = value.split(split).filter(|k| !k.is_empty()).map(String::from).collect();
            let signs: String = value.chars().filter(|c| matches!(c, '；' | ';' | '，' | ',' | '、')).collect();
            work.log.dropped("T7", line, signs, words("分隔号", "separators"));
        }
        Label::Summary => note(&mut work.front.summary, &value),
        Label::EditorsNote => note(&mut work.front.editors_note, &value),
        Label::AuthorNote => note(&mut work.front.author_note, &value),
        Label::Credit => credit(work, name.clone(), &value, line),
        Label::Subject => {
            work.log.moved("T7", line, format!("{name}{sign}"), words("邮件主题", "subject of the mail"));
            work.log.doubt(
                "T5",
                line,
                words(format!("邮件主题作题名：{value}"), format!("the subject stands for the title: {value}")),
            );
            work.subject = Some((value, line));
            return;
        }
        Label::Chrome | Label::Email => {
            work.log.dropped("T3", line, format!("{name}{sign}{value}"), words("网页装饰", "site furniture"));
        }
    }
    if matches!(label, Label::Summary | Label::EditorsNote | Label::AuthorNote) {
        work.log.moved("T7", line, format!("{name}{sign}"), words("进元数据", "into the front matter"));
    }
}

fn note(slot: &mut Option<String>, value: &str) {
    let old = slot.take().map(|o| o + "\n").unwrap_or_default();
    *slot = Some(old + value);
}

/// T7: a source whose value may end in a date, or be a printed issue.
fn source(work: &mut Work, name: &str, value: &str, line: u32) {
    let mut rest = value.to_string();
    if let Some(found) = dates::find(value) {
        let written = value[found.range.clone()].to_string();
        rest = format!("{} {}", &value[..found.range.start], &value[found.range.end..]);
        match work.front.published {
            None => publish(work, written, &found, line),
            Some(_) => work.log.dropped("T7", line, written, words("另一个时间", "another time")),
        }
    }
    let rest = rest.trim_matches(|c: char| han::is_blank(c) || "|｜丨[]()（）".contains(c)).to_string();
    if rest.starts_with('《') && (dates::issue(&rest).is_some() || rest.ends_with('》')) {
        return set_print(work, name, &rest, line);
    }
    work.log.moved("T7", line, format!("{name}："), words("来源", "source"));
    match &work.front.source {
        _ if rest.is_empty() => {}
        None => work.front.source = Some(rest),
        Some(old) if *old == rest => work.log.dropped("T7", line, rest, words("来源的重复", "the source again")),
        Some(old) => work.front.source = Some(format!("{old}、{rest}")),
    }
}

/// The printed source, and what it says of the issue.
pub fn set_print(work: &mut Work, name: &str, value: &str, line: u32) {
    if !name.is_empty() {
        work.log.moved("T7", line, format!("{name}："), words("原载", "printed source"));
    }
    let old = work.front.source_print.take();
    work.front.source_print = Some(old.filter(|o| o != value).map_or(value.to_string(), |o| format!("{o}；{value}")));
}

/// Words that stood in a value beside what was taken.
fn leftover(work: &mut Work, before: &str, after: &str, line: u32) {
    let rest = han::trim(&format!("{before} {after}")).to_string();
    if rest.is_empty() {
        return;
    }
    if work.front.source.is_none() && han::count(&rest) <= 12 && han::count(&rest) >= 2 {
        work.front.source = Some(rest);
    } else {
        work.log.dropped("T7", line, rest, words("时间旁的字", "words beside the time"));
    }
}

/// A credit: names split, order and repetitions kept.
pub fn credit(work: &mut Work, label: String, value: &str, line: u32) {
    let names = names::split(value);
    let kept: usize = names.iter().map(|n| han::squeezed(n).chars().count()).sum();
    let gone: String = han::squeezed(value).chars().filter(|c| "、，,；;/／".contains(*c)).collect();
    debug_assert!(kept + gone.chars().count() <= han::squeezed(value).chars().count() + 1);
    work.log.moved("T11", line, format!("：{gone}"), words(format!("{label}：{value}"), format!("credit {label}")));
    match work.front.credits.iter_mut().find(|(l, _)| *l == label) {
        Some((_, old)) => {
            work.log.moved("T11", line, label, words("同一分工", "the same role"));
            old.extend(names);
        }
        None => work.front.credits.push((label, names)),
    }
}

/// T5: the title among what is left of the head.
fn title(work: &mut Work, head: &mut [Option<Block>], anchor: Option<usize>) {
    let Some(at) = find_title(work, head, anchor) else {
        if let Some((subject, _)) = work.subject.take() {
            work.front.title = Some(subject);
        } else {
            work.log.doubt("T5", 0, words("没有认出题名", "no title was recognised"));
        }
        return;
    };
    if let Some((subject, line)) = work.subject.take() {
        work.log.dropped("T5", line, subject, words("邮件主题，另有题名", "subject of the mail; there is a title"));
    }
    before_title(work, head, at);
    let block = head[at].take().expect("a candidate is there");
    work.front.title = Some(spaced(&block.text()));
    after_title(work, head, at, anchor);
}

fn is_candidate(block: &Block) -> bool {
    let text = block.text();
    let shaped =
        matches!(block.kind, Kind::Para | Kind::Title | Kind::Heading(_) | Kind::Item { .. }) && !text.is_empty();
    shaped
        && han::count(&text) + text.split_whitespace().count() >= 2
        && text.chars().count() <= 80
        && !text.ends_with(['。', '，', '；', '、', '：'])
}

fn find_title(work: &Work, head: &[Option<Block>], anchor: Option<usize>) -> Option<usize> {
    let is = |at: usize| head[at].as_ref().is_some_and(is_candidate);
    let kind = |at: usize| head[at].as_ref().map(|b| b.kind.clone());
    let all: Vec<usize> = (0..head.len()).filter(|at| is(*at)).collect();
    if let Some(at) = all.iter().copied().find(|at| kind(*at) == Some(Kind::Title)) {
        return Some(at);
    }
    if let Some(at) = work.named.as_deref().and_then(|named| named_title(named, head, &all)) {
        return Some(at);
    }
    if let Some(at) = all.iter().copied().find(|at| kind(*at) == Some(Kind::Heading(1))) {
        return Some(at);
    }
    let end = anchor.filter(|a| all.iter().any(|at| at < a)).unwrap_or(head.len());
    // The run of lines right before author and source.
    let mut group: Vec<usize> = vec![];
    match anchor.filter(|_| end < head.len()) {
        Some(_) => {
            for at in all.iter().copied().filter(|at| *at < end).rev() {
                if group.last().is_some_and(|next| next - at > 1) {
                    break;
                }
                group.push(at);
            }
            group.reverse();
        }
        None => group = all.clone(),
    }
    pick(head, &group)
}

/// The longest candidate that the document's own name begins with or holds.
fn named_title(named: &str, head: &[Option<Block>], all: &[usize]) -> Option<usize> {
    let named = han::squeezed(named);
    let fits = |at: &usize| {
        let text = head[*at].as_ref().map(|b| han::squeezed(&b.text())).unwrap_or_default();
        text.chars().count() >= 4 && (named.starts_with(&text) || named.contains(&text) && text.chars().count() >= 6)
    };
    let length = |at: &usize| head[*at].as_ref().map_or(0, |b| b.text().chars().count());
    all.iter().copied().filter(fits).max_by_key(|at| (length(at), std::cmp::Reverse(*at)))
}

/// Among adjacent lines: not the site, not the author, not the subtitle, not a short label above a longer line.
fn pick(head: &[Option<Block>], group: &[usize]) -> Option<usize> {
    let text = |at: &usize| head[*at].as_ref().map(Block::text).unwrap_or_default();
    let mut lines: Vec<usize> = group.to_vec();
    if lines.len() > 1 {
        lines.retain(|at| !is_site(&text(at)));
    }
    while lines.len() > 1
        && lines.last().is_some_and(|at| names::is_byline(&text(at)) || text(at).starts_with(['—', '-', '―', '─']))
    {
        lines.pop();
    }
    let first = *lines.first().or(group.first())?;
    match lines.get(1) {
        Some(next)
            if han::count(&text(&first)) <= 6
                && han::count(&text(next)) > han::count(&text(&first)) + 2
                && next - first == 1 =>
        {
            Some(*next)
        }
        _ => Some(first),
    }
}

fn is_site(text: &str) -> bool {
    let ends = [
        "网",
        "網",
        "网站",
        "網站",
        "杂志社",
        "雜誌社",
        "在线",
        "客户端",
        "频道",
        "日报",
        "编辑部",
        "期刊网",
        "党建网",
        "杂志",
        "公众号",
        "学刊",
        "网刊",
    ];
    han::count(text) <= 14 && ends.iter().any(|e| text.ends_with(e))
        || text.starts_with("www.")
        || text.starts_with("http")
}

/// Lines above the title: the last is a kicker when it stands alone with it, others are the page's.
fn before_title(work: &mut Work, head: &mut [Option<Block>], title: usize) {
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
        if last && above.len() == 1 && !is_site(&text) && (2..=24).contains(&han::count(&text)) && !work.clutter {
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
            work.log.dropped("T3", block.line, text, words("题名之前的短行", "a short line before the title"));
        }
    }
}

/// Lines below it: subtitle, author.
fn after_title(work: &mut Work, head: &mut [Option<Block>], title: usize, anchor: Option<usize>) {
    let below: Vec<usize> = (title + 1..head.len())
        .filter(|at| {
            head[*at]
                .as_ref()
                .is_some_and(|b| matches!(b.kind, Kind::Para | Kind::Subtitle | Kind::Heading(_) | Kind::Item { .. }))
        })
        .collect();
    let mut expects = true;
    for (n, at) in below.iter().enumerate() {
        let Some(block) = head[*at].as_ref() else { continue };
        let (text, line) = (block.text(), block.line);
        let dash = text.starts_with(['—', '―', '─']) || text.starts_with("--");
        let before_anchor = anchor.is_some_and(|a| *at < a);
        if han::squeezed(&text) == han::squeezed(&work.front.title.clone().unwrap_or_default()) {
            work.log.dropped("T5", line, text, words("题名的重复", "the title again"));
        } else if expects && work.front.subtitle.is_none() && (dash || block.kind == Kind::Subtitle) {
            let bare = text.trim_start_matches(['—', '―', '─', '-', ' ']);
            let gone: String = han::squeezed(&text[..text.len() - bare.len()]);
            work.front.subtitle = Some(spaced(bare));
            work.log.moved("T5", line, gone, words("副题的破折号", "the subtitle's dash"));
        } else if work.front.author.is_none()
            && expects
            && (names::is_byline(&text) || before_anchor && names::is_office(&text))
        {
            let (author, gone) = names::author(&text);
            work.front.author = Some(author);
            work.log.moved("T6", line, gone, words("作者", "author"));
        } else if before_anchor && expects && n == 0 && work.front.subtitle.is_none() && is_candidate(block) {
            work.front.subtitle = Some(spaced(&text));
            work.log.doubt("T5", line, words("题名下的一行作副题", "the line below the title stands as subtitle"));
        } else {
            expects = false;
            continue;
        }
        head[*at] = None;
    }
}

/// T5: one blank between two clauses of four characters or more is U+3000; `|` would be a break.
pub fn spaced(title: &str) -> String {
    let parts: Vec<&str> = title.split(han::is_blank).filter(|p| !p.is_empty()).collect();
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

/// Summary and editor's note that open the body.
fn notes_at_start(work: &mut Work) {
    for _ in 0..4 {
        let Some(block) = work.blocks.first().filter(|b| matches!(b.kind, Kind::Para | Kind::Quote)) else { return };
        let (text, line) = (block.text(), block.line);
        let Some(found) = fields::fields(&text) else { return };
        let [one] = &found[..] else { return };
        if !matches!(one.label, Label::Summary | Label::EditorsNote | Label::AuthorNote | Label::Keywords) {
            return;
        }
        field(work, one.clone(), line);
        work.blocks.remove(0);
    }
}
