//! T3 for mails: the header, the greeting before the article and the farewell behind it.
//!
//! In: blocks. Out: those of the article; the subject as evidence for its title. A mail is what has a subject and, on the
//! lines beside it, who sent it and to whom, or nothing at all above it.

use super::super::han;
use super::Work;
use super::fields::{self, Field, Label};
use super::lists::List;
use super::raw::{Block, Kind};
use super::{dates, names};
use crate::base::{Words, words};

/// Drops what is the letter's.
pub fn take(work: &mut Work) {
    let Some(first) = header(&work.blocks) else { return };
    headed(work, first);
    if let Some((from, count)) = within(work) {
        let size = |blocks: &[Block]| blocks.iter().map(|b| han::count(&b.text())).sum::<usize>();
        // A letter that hands on another, or one that answers it.
        if size(&work.blocks[..from]) < size(&work.blocks[from + count..]) {
            let note = words("转发的人写的话", "what was said by who handed it on");
            dropped(work, 0..from, &note);
            headed(work, count);
        } else {
            let note = words("所答的来信", "the letter that was answered");
            dropped(work, from..work.blocks.len(), &note);
        }
    }
    greeting(work);
    farewell(work);
}

/// Another mail's header within a letter, from the line drawn above it: `-----原始邮件-----`.
fn within(work: &Work) -> Option<(usize, usize)> {
    let at = (1..work.blocks.len()).find_map(|at| Some((at, header(&work.blocks[at..]).filter(|n| *n >= 2)?)))?;
    let drawn = |text: &str| text.contains("邮件") && text.starts_with(['-', '—', '_', '=']);
    let line = usize::from(drawn(&work.blocks[at.0 - 1].text()));
    Some((at.0 - line, at.1 + line))
}

fn dropped(work: &mut Work, blocks: std::ops::Range<usize>, note: &Words) {
    for block in work.blocks.drain(blocks) {
        work.log.dropped("T3", block.line, block.text(), note.clone());
    }
}

/// Takes a header: its subject is evidence for the title.
fn headed(work: &mut Work, count: usize) {
    if let Some((subject, line)) = work.subject.take() {
        let note = words("转发时的主题", "the subject of the mail around it");
        work.log.dropped("T5", line, subject, note);
    }
    for block in work.blocks.drain(..count).collect::<Vec<_>>() {
        let text = block.text();
        let subject = fields::fields(&text).unwrap_or_default().into_iter().find(|f| f.label == Label::Subject);
        // All of the line is the subject's: `转发：` in it is no label.
        let whole = subject.zip(text.split_once(['：', ':']));
        let subject =
            whole.map(|(field, (_, rest))| Field { value: han::trim(rest).to_string(), signed: true, ..field });
        match subject {
            Some(field) => super::info::field(work, field, block.line),
            None => work.log.dropped("T3", block.line, text, words("邮件头", "header of the mail")),
        }
    }
}

/// How many blocks at the start are a mail's header: lines of labels, the subject among them.
fn header(blocks: &[Block]) -> Option<usize> {
    let is = |at: &usize| {
        fields::fields(&blocks[*at].text())
            .is_some_and(|found| found.iter().all(|f| matches!(f.label, Label::Subject | Label::Chrome | Label::Time)))
    };
    let count = (0..blocks.len().min(12)).take_while(is).count();
    let subject = |at: usize| {
        fields::fields(&blocks[at].text()).is_some_and(|found| found.iter().any(|f| f.label == Label::Subject))
    };
    (0..count).any(subject).then_some(count)
}

/// `编辑老师：`, `您好！寄上短文一篇……`: what stands before the article.
fn greeting(work: &mut Work) {
    let Some(title) = named(work).or_else(|| addressed(work)) else { return };
    for block in work.blocks.drain(..title).collect::<Vec<_>>() {
        work.log.dropped("T3", block.line, block.text(), words("信的开头", "greeting of the letter"));
    }
}

/// The line that the subject names.
fn named(work: &Work) -> Option<usize> {
    let (subject, _) = work.subject.as_ref()?;
    let plain = |text: &str| {
        let text = han::squeezed(text).replace(['《', '》'], "");
        text.split_once("（外").map_or(text.clone(), |(head, _)| head.to_string())
    };
    let wanted = plain(subject);
    let named = |at: &usize| {
        let text = plain(&work.blocks[*at].text());
        let size = text.chars().count();
        size >= 2 && (text == wanted || wanted.ends_with(&text) && size * 2 >= wanted.chars().count())
            || size >= 4 && wanted.contains(&text)
    };
    (0..work.blocks.len().min(20)).find(named)
}

/// Behind the wishes of a letter to the editors, its signature, its day and the line drawn below them.
fn addressed(work: &Work) -> Option<usize> {
    static WISHES: List =
        List::new("编安 编祺 撰安 秋安 冬安 春安 夏安 敬礼 敬禮 編安 夏祺 秋祺 冬祺 春祺 工作顺利 顺祝 即颂 此致 祝好");
    let text = |at: usize| work.blocks.get(at).map(Block::text).unwrap_or_default();
    let first = text(0);
    let opens = han::count(&first) <= 24
        && ["编辑", "老师", "主编", "编辑部", "您好", "你好", "編輯", "先生", "同志"].iter().any(|w| first.contains(w))
        && first.ends_with(['：', ':', '！', '!', '，', ',', '好']);
    let wishes = (1..work.blocks.len().min(14)).rev().find(|at| opens && WISHES.begins(&text(*at)).is_some())?;
    let short = |at: &usize| {
        let text = text(*at);
        let line = !text.is_empty() && text.chars().all(|c| "—-_=*·─━～~".contains(c));
        line || names::is_name(&han::squeezed(&text)) || dates::find(&text).is_some() && han::count(&text) < 10
    };
    let behind = (wishes + 1..work.blocks.len()).take_while(short).last().unwrap_or(wishes) + 1;
    let left: usize = work.blocks[behind..].iter().map(|b| han::count(&b.text())).sum();
    (left >= 60).then_some(behind)
}

/// Behind `--` (RFC 3676 §4.3) and what a telephone adds stand the sender's name and the notice of an office.
fn signature(work: &mut Work) {
    static BEGINS: List = List::new("发自 發自 从我的 来自我的 Sent 本邮件 此邮件 本電郵");
    let opens = |b: &Block| b.text() == "--" || BEGINS.begins(&b.text()).is_some() && han::count(&b.text()) <= 60;
    let from = work.blocks.len().saturating_sub(8).max(1);
    if let Some(at) = (from..work.blocks.len()).find(|at| opens(&work.blocks[*at])) {
        let note = words("邮件的签名", "signature of the mail");
        dropped(work, at..work.blocks.len(), &note);
    }
}

/// `此致` `敬礼！` and the signature behind it.
fn farewell(work: &mut Work) {
    signature(work);
    const WORDS: &str = "此致 祝好 祝您 祝编安 祝編安 即颂 顺颂 顺祝 敬祝 谨颂 盼复 敬礼 谢谢 发自";
    let opens = |text: &str| WORDS.split(' ').any(|w| text.starts_with(w)) && han::count(text) <= 20;
    let from = work.blocks.len().saturating_sub(10);
    let short = |at: usize| {
        work.blocks[at..]
            .iter()
            .all(|b| han::count(&b.text()) <= 30 && matches!(b.kind, Kind::Para | Kind::Item { .. }))
    };
    let Some(at) = (from..work.blocks.len()).find(|at| *at > 0 && opens(&work.blocks[*at].text()) && short(*at)) else {
        return;
    };
    for block in work.blocks.drain(at..).collect::<Vec<_>>() {
        work.log.dropped("T3", block.line, block.text(), words("信的结尾", "farewell of the letter"));
    }
}
