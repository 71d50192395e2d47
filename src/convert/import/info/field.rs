//! One label and its value.

use super::super::super::han;
use super::super::fields::{Field, Label};
use super::super::lists::List;
use super::super::{Work, chrome, dates, head};
use super::author::{affiliation, credit, signed, undated};
use super::source::{set_print, source};
use super::{leftover, publish};
use crate::base::words;
use crate::doc::numbers;

/// One label of the head.
pub fn field(work: &mut Work, field: Field, line: u32) {
    let Field { label, name, value, signs, signed: sign_there } = field;
    work.log.dropped("T7", line, signs, words("分隔号", "separators"));
    let value = match label {
        Label::Source | Label::Author => without_buttons(work, value, line),
        _ => value,
    };
    let sign = if sign_there { "：" } else { "" };
    let label_gone = |work: &mut Work, note| work.log.moved("T7", line, format!("{name}{sign}"), note);
    match label {
        Label::Source => source(work, &name, &value, line),
        Label::Author => return signed(work, (&name, sign_there), value, line),
        Label::Title => {
            label_gone(work, words("题名", "the title"));
            match work.front.title {
                Some(_) => work.log.dropped("T5", line, value, words("题名的重复", "the title again")),
                None => work.front.title = Some(head::spaced(&value)),
            }
        }
        Label::Office => {
            label_gone(work, words("作者的单位", "where the authors work"));
            match work.front.author {
                Some(_) => affiliation(work, &value, line),
                None => note(&mut work.front.author_note, &value),
            }
        }
        Label::OldTitle => {
            let same = work.front.title.as_deref().is_none_or(|t| han::squeezed(t) == han::squeezed(&value));
            if !same {
                work.log.doubt(
                    "T5",
                    line,
                    words(format!("另有原标题：{value}"), format!("its first title was: {value}")),
                );
            }
            work.log.dropped("T5", line, format!("{name}{sign}{value}"), words("原标题", "the first title"));
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
            work.front.section = Some(value).filter(|v| !v.is_empty()).or(work.front.section.take());
        }
        Label::Keywords if !work.front.keywords.is_empty() => {
            work.log.dropped("T7", line, format!("{name}{sign}{value}"), words("关键词的重复", "keywords again"));
        }
        Label::Keywords => {
            label_gone(work, words("关键词", "keywords"));
            let split = |c: char| han::is_blank(c) || matches!(c, '；' | ';' | '，' | ',' | '、');
            work.front.keywords = value.split(split).filter(|k| !k.is_empty()).map(String::from).collect();
            let signs: String = value.chars().filter(|c| matches!(c, '；' | ';' | '，' | ',' | '、')).collect();
            work.log.dropped("T7", line, signs, words("分隔号", "separators"));
        }
        Label::Paper(key) => paper(work, key, (&name, value), line),
        Label::Dates => match work.front.paper.get_mut("received") {
            Some(received) => {
                *received += &format!("；{name}{sign}{value}");
                let note = words("日期之间的分号", "between dates");
                work.log.changed("T7", line, (String::new(), "；".into()), note);
            }
            None => note(&mut work.front.author_note, &format!("{name}{sign}{value}")),
        },
        Label::Summary => note(&mut work.front.summary, &value),
        Label::EditorsNote => note(&mut work.front.editors_note, &value),
        Label::AuthorNote => note(&mut work.front.author_note, &value),
        Label::Credit => {
            let value = undated(work, value, line);
            credit(work, name, &value, line);
            return;
        }
        Label::Subject => return subject(work, &name, value, line),
        Label::Chrome | Label::Email => {
            work.log.dropped("T3", line, format!("{name}{sign}{value}"), words("网页装饰", "site furniture"));
        }
    }
    if matches!(label, Label::Summary | Label::EditorsNote | Label::AuthorNote) {
        work.log.moved("T7", line, format!("{name}{sign}"), words("进元数据", "into the front matter"));
    }
}

/// `山行网 举报`, `王明 1164次阅读`: what a page has to press and to count beside a source and an author.
fn without_buttons(work: &mut Work, value: String, line: u32) -> String {
    static NAMES: List = List::new("举报 参与互动 分享 收藏 打印 纠错 关闭 关注 订阅 字号 我要评论 檢舉 分享到");
    let count = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let pressed = |word: &str| NAMES.has(word) || count(word) || chrome::is_counter(word);
    let mut kept = &value[..];
    while let Some((before, last)) = kept.rsplit_once(han::is_blank).filter(|(_, last)| pressed(last)) {
        work.log.dropped("T3", line, last, words("网页装饰", "site furniture"));
        kept = before.trim_end_matches(han::is_blank);
    }
    kept.to_string()
}

/// `中图分类号：S157`, `基金项目：…`; a number that is none goes, so that the article builds.
fn paper(work: &mut Work, key: &'static str, (name, value): (&str, String), line: u32) {
    let sound = match key {
        "clc" => numbers::clc(&value).is_some(),
        "document_code" => matches!(&value[..], "A" | "B" | "C" | "D" | "E"),
        "article_number" => numbers::article_number(&value).is_some(),
        "doi" => numbers::doi(&value).is_some(),
        _ => !value.is_empty(),
    };
    let gone = |work: &mut Work, note| work.log.dropped("T7", line, format!("{name}：{value}"), note);
    if !sound {
        return gone(work, words("编号不合规定", "no such number"));
    }
    if work.front.paper.contains_key(key) {
        return gone(work, words("同一项的重复", "the same again"));
    }
    work.log.moved("T7", line, format!("{name}："), words(format!("{name}进元数据"), format!("{key} of the paper")));
    work.front.paper.insert(key, value);
}

/// The subject of a mail, without what clients and habits put before it.
fn subject(work: &mut Work, name: &str, value: String, line: u32) {
    let sign = "：";
    work.log.moved("T7", line, format!("{name}{sign}"), words("邮件主题", "subject of the mail"));
    let bare = value.trim_start_matches(|c: char| han::is_blank(c));
    let lead = [
        "投稿：",
        "投稿:",
        "稿件：",
        "来稿：",
        "【投稿】",
        "Fwd:",
        "Fw:",
        "转发：投稿",
        "转发: 投稿",
        "转发：",
        "转发:",
        "Re:",
        "回复：",
        "答复：",
    ]
    .iter()
    .find_map(|l| Some((l, bare.strip_prefix(*l)?)));
    let (gone, subject) = lead.map_or(("", bare), |(l, rest)| (*l, rest));
    work.log.dropped("T5", line, gone, words("邮件主题的前缀", "before the subject"));
    work.subject = Some((han::trim(subject).to_string(), line));
}

pub(super) fn note(slot: &mut Option<String>, value: &str) {
    let old = slot.take().map(|o| o + "\n").unwrap_or_default();
    *slot = Some(old + value);
}
