//! T3 for mails: the header, the greeting before the article and the farewell behind it.
//!
//! In: blocks. Out: those of the article; the subject as evidence for its title. A mail is what has a subject and, on the
//! lines beside it, who sent it and to whom, or nothing at all above it.

use super::super::han;
use super::Work;
use super::fields::{self, Label};
use super::raw::Kind;
use crate::base::words;

/// Drops what is the letter's.
pub fn take(work: &mut Work) {
    let Some(header) = header(work) else { return };
    for block in work.blocks.drain(..header).collect::<Vec<_>>() {
        let text = block.text();
        match fields::fields(&text).unwrap_or_default().into_iter().find(|f| f.label == Label::Subject) {
            Some(field) => super::info::field(work, field, block.line),
            None => work.log.dropped("T3", block.line, text, words("邮件头", "header of the mail")),
        }
    }
    greeting(work);
    farewell(work);
}

/// How many blocks at the start are the mail's header: lines of labels, the subject among them.
fn header(work: &Work) -> Option<usize> {
    let is = |at: &usize| {
        fields::fields(&work.blocks[*at].text())
            .is_some_and(|found| found.iter().all(|f| matches!(f.label, Label::Subject | Label::Chrome | Label::Time)))
    };
    let count = (0..work.blocks.len().min(12)).take_while(is).count();
    let subject = |at: usize| {
        fields::fields(&work.blocks[at].text()).is_some_and(|found| found.iter().any(|f| f.label == Label::Subject))
    };
    (0..count).any(subject).then_some(count)
}

/// `编辑老师：`, `您好！寄上短文一篇……`: what stands before the line that the subject names.
fn greeting(work: &mut Work) {
    let Some((subject, _)) = &work.subject else { return };
    let plain = |text: &str| han::squeezed(text).replace(['《', '》'], "");
    let wanted = plain(subject);
    let named = |at: &usize| {
        let text = plain(&work.blocks[*at].text());
        text.chars().count() >= 2
            && (text == wanted || wanted.ends_with(&text) && text.chars().count() * 2 >= wanted.chars().count())
    };
    let Some(title) = (0..work.blocks.len().min(10)).find(named) else { return };
    for block in work.blocks.drain(..title).collect::<Vec<_>>() {
        work.log.dropped("T3", block.line, block.text(), words("信的开头", "greeting of the letter"));
    }
}

/// `此致` `敬礼！` and the signature behind it.
fn farewell(work: &mut Work) {
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
