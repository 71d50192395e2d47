//! T10, T11: the source note, the author's note and the sign-off behind the body.
//!
//! `（来源：《山行》2024年第7期；作者系山行编辑室编辑）`, `( 编辑:甲 送签:乙 签发:丙 )`, `责任编辑：王明`. Order and repetitions
//! of names are kept.

use super::super::han;
use super::fields::{self, Field, Label};
use super::lists::List;
use super::raw::{Block, Kind, Run};
use super::{Work, body, info, names};
use crate::base::words;

/// Takes the notes behind the body away.
pub fn take(work: &mut Work) {
    let (_, last) = body::bounds(&work.blocks);
    let last = last.min(work.blocks.len());
    split_off(work, last);
    let from = if last + 1 < work.blocks.len() { last + 1 } else { work.blocks.len().saturating_sub(6) };
    let at = from;
    if work.blocks.last().is_some_and(|b| b.is_para() && is_about(work, &b.text())) {
        let block = work.blocks.pop().expect("it was there");
        about(work, &block);
    }
    finished(work);
    let behind = work.blocks.split_off(at.min(work.blocks.len()));
    for block in behind {
        let (text, line) = (block.text(), block.line);
        let signs = is_signature(&text) && (!is_sign_off(&text) || names::is_reported(fields::bare(&text)));
        if block.is_para() && work.front.author.is_none() && signs {
            signature(work, &text, line);
            continue;
        }
        if block.is_para() && is_about(work, &text) {
            about(work, &block);
            continue;
        }
        let below = !block.gap && work.blocks.last().is_some_and(|b| super::figures::is_shown(b, &block));
        let shaped = !below && matches!(block.kind, Kind::Para | Kind::Item { .. } | Kind::Quote | Kind::Caption);
        if !(shaped && (note(work, &text, line) || info::printed(work, &text) || sign_off(work, &text, line))) {
            work.blocks.push(block);
        }
    }
}

/// `（完）` closes an article that has an end mark of its own in print.
fn finished(work: &mut Work) {
    let done = |b: &mut Block| matches!(fields::bare(&b.text()), "完" | "全文完" | "本文完") && b.is_para();
    if let Some(block) = work.blocks.pop_if(done) {
        work.log.dropped("T3", block.line, block.text(), words("文末的“完”", "the word at the end"));
    }
}

/// A note that closes the last paragraph: `……。（责任编辑：王明）`.
fn split_off(work: &mut Work, last: usize) {
    let Some(block) = work.blocks.get_mut(last).filter(|b| b.is_para()) else { return };
    let Some(run) = block.runs.last_mut() else { return };
    let trimmed = run.text.trim_end_matches(han::is_blank);
    let marked = trimmed.rfind(['□', '■', '◎']).filter(|at| names::is_byline(&trimmed[*at..]) && *at > 0);
    if let Some(at) = marked.filter(|_| work.front.author.is_none()) {
        let (signed, line) = (trimmed[at..].to_string(), block.line);
        run.text.truncate(at);
        return info::author(work, &signed, line);
    }
    // `（編輯：周寧）1150930`: an agency has the day behind it.
    let day = trimmed.len() - trimmed.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let end = trimmed.len() - if matches!(day, 6..=8) { day } else { 0 };
    let Some(open) = trimmed.rfind(['（', '(']).filter(|_| trimmed[..end].ends_with(['）', ')'])) else { return };
    let before = run.text[..open].trim_end_matches(han::is_blank);
    let (note, line) = (run.text[open..end].to_string(), block.line);
    let stands = before.ends_with(['。', '！', '？', '”', '…', '」']) || before.is_empty();
    let name = han::squeezed(fields::bare(&note));
    let known = work.front.author.as_deref().is_none_or(|a| han::squeezed(a).contains(&name));
    if stands && !before.is_empty() && known && is_signature(&note) {
        run.text.truncate(before.len());
        return signature(work, &note, line);
    }
    if stands && (is_note(&note) || is_sign_off(&note)) {
        work.log.dropped("T11", line, &run.text[end..], words("署名后的日子", "the day behind a sign-off"));
        run.text.truncate(before.len());
        let mut rest = Block::new(Kind::Para, [Run::plain(note)], line);
        rest.gap = true;
        work.blocks.insert(last + 1, rest);
    }
}

static PRINTED: List = List::new(
    "来源 來源 原载 原載 摘自 选自 選自 原文刊于 原刊于 刊载于 本文原载 本文刊于 本文选自 本文摘自 本文来源 本文来源于 出自 载于 刊于 本文发表于 原文载 本文刊载于 本文原刊 本文原刊于 本文首发于 原文刊载于 刊发于",
);
static AUTHORS: List = List::new(
    "作者系 作者單位 作者单位 作者为 作者為 作者是 作者： 作者: 作者简介 作者簡介 本文作者 作者系 执笔 執筆 作者均 作者分别 ◎作者 口述者系 口述人系 整理者系 采访者系 受访者系",
);

/// `Lin Yuan is an editor of …`, `（白鹭，本名许静波，现居澜阳。）` behind an article of hers.
fn is_about(work: &Work, text: &str) -> bool {
    const SAID: &str =
        "本名 原名 笔名 年生 生于 现居 现任 毕业 协会 教授 研究员 博士 著有 作品 作家 供职 任职 男， 女，";
    let author = work.front.author.as_deref().unwrap_or_default();
    let names = names::split(author);
    let each = names.iter().flat_map(|n| n.split(han::is_blank)).filter(|n| names::is_name(n));
    let behind = each.into_iter().find_map(|n| without_label(fields::bare(text)).strip_prefix(n));
    if behind.is_some_and(|b| b.starts_with('，') && SAID.split(' ').any(|w| b.contains(w)) && han::count(b) <= 150) {
        return true;
    }
    let names = author.split([',', '、']).map(han::trim).filter(|n| n.is_ascii() && n.len() > 3);
    text.split_whitespace().count() <= 60
        && names.into_iter().any(|n| text.strip_prefix(n).is_some_and(|t| t.starts_with(" is ") || t.starts_with(", ")))
}

fn about(work: &mut Work, block: &Block) {
    let text = block.text();
    let bare = without_label(fields::bare(&text));
    let edges = han::squeezed(&text.replacen(bare, "", 1));
    work.log.moved("T10", block.line, edges, words("注的括号", "brackets of the note"));
    add(work, bare, block.line);
}

/// `作者白鹭，……`: a label without a sign.
fn without_label(text: &str) -> &str {
    text.strip_prefix("本文作者").or(text.strip_prefix("作者")).unwrap_or(text)
}

/// `（江一苇）`, `（本报记者 周宁）` behind the last sentence.
fn is_signature(text: &str) -> bool {
    let inner = fields::bare(text);
    inner.len() < han::trim(text).len() && (names::is_byline(inner) || names::is_office(inner))
}

/// Takes a signature: the author again, or the author where there was none.
fn signature(work: &mut Work, text: &str, line: u32) {
    let inner = fields::bare(text);
    if work.front.author.is_some() {
        work.log.dropped("T6", line, text, words("作者的重复", "the author again"));
        return;
    }
    let edges = han::squeezed(&han::trim(text).replacen(inner, "", 1));
    work.log.moved("T6", line, edges, words("作者", "author"));
    info::author(work, inner, line);
}

fn is_note(text: &str) -> bool {
    let inner = fields::bare(text);
    let bracketed = inner.len() < han::trim(text).len();
    let book = inner.contains('《') || super::dates::issue(inner).is_some() || super::dates::find(inner).is_some();
    bracketed
        && (PRINTED.begins(inner).is_some() && (book || han::count(inner) <= 24) || AUTHORS.begins(inner).is_some())
        || !bracketed && AUTHORS.begins(inner).is_some() && han::count(inner) <= 120
        || !bracketed && is_printed(inner)
}

/// `本文刊载于《山行》2024年第10期，转载请注明出处。`
pub fn is_printed(text: &str) -> bool {
    let said = ["本文", "原载", "原載", "原文", "摘自", "选自"].iter().any(|w| text.starts_with(w));
    said && PRINTED.begins(text).is_some() && text.contains('《') && han::count(text) <= 60
}

/// T10: parts divided by ；, each the printed source or the author's note.
fn note(work: &mut Work, text: &str, line: u32) -> bool {
    if !is_note(text) {
        return false;
    }
    let inner = fields::bare(text);
    let trimmed = han::trim(text);
    if inner.len() < trimmed.len() {
        let edges: String = trimmed.replacen(inner, "", 1);
        work.log.moved("T10", line, han::squeezed(&edges), words("注的括号", "brackets of the note"));
    }
    let (inner, private) = inner.split_at(private(inner).unwrap_or(inner.len()));
    work.log.dropped("T3", line, private, words("作者的联系办法", "how to reach the author"));
    let notice =
        ["，转载请", "。转载请", "；转载请", "，欢迎转载", "，未经", "，版权"].iter().find_map(|n| inner.find(n));
    let (mut rest, notice) = inner.split_at(notice.unwrap_or(inner.len()));
    work.log.dropped("T3", line, notice, words("版权声明", "a copyright notice"));
    while !rest.is_empty() {
        let (part, after) = divide(rest);
        one(work, han::trim(part), line);
        if after.len() + part.len() < rest.len() {
            let sign = &rest[part.len()..rest.len() - after.len()];
            work.log.moved("T10", line, han::squeezed(sign), words("注中的分隔", "separator in the note"));
        }
        rest = after;
    }
    true
}

/// Where a note on the author turns to how to reach him: the office's, never printed.
fn private(text: &str) -> Option<usize> {
    static LABELS: List =
        List::new("电话 手机 联系电话 邮箱 邮编 电子邮箱 E-mail Email 微信 QQ 通讯地址 地址 联系方式");
    let stops = text.char_indices().filter(|(_, c)| matches!(c, '，' | '；' | '。' | ',' | ';' | ' ' | '\u{3000}'));
    let labelled = |rest: &str| LABELS.begins(rest).is_some_and(|l| rest[l.len()..].starts_with(['：', ':']));
    stops.into_iter().find(|(at, c)| labelled(&text[at + c.len_utf8()..])).map(|(at, _)| at)
}

/// At the first stop behind which another kind of note begins.
fn divide(text: &str) -> (&str, &str) {
    for (i, c) in
        text.char_indices().filter(|(_, c)| matches!(c, '；' | ';' | '，' | '。' | ' ' | '\u{3000}' | '\u{a0}'))
    {
        let after = text[i + c.len_utf8()..].trim_start_matches(han::is_blank);
        if PRINTED.begins(after).is_some()
            || AUTHORS.begins(after).is_some()
            || fields::fields(after).is_some_and(|f| f[0].label == Label::Credit)
        {
            return (&text[..i], after);
        }
    }
    (text, "")
}

fn one(work: &mut Work, part: &str, line: u32) {
    let bare = part.trim_end_matches(['。', '；']);
    if bare.len() < part.len() {
        work.log.moved("T10", line, &part[bare.len()..], words("注末的句号", "stop of the note"));
    }
    let printed = PRINTED.begins(bare);
    if let Some(label) = printed {
        let value =
            bare[label.len()..].trim_start_matches(|c: char| han::is_blank(c) || matches!(c, '：' | ':' | '自' | '于'));
        let gone = &bare[..bare.len() - value.len()];
        work.log.moved("T10", line, han::squeezed(gone), words("原载", "printed source"));
        if work.front.source.as_deref() == Some(value) {
            work.log.dropped("T7", line, value, words("来源的重复", "the source again"));
        } else if value.contains('《') || super::dates::issue(value).is_some() || work.front.source.is_some() {
            info::set_print(work, "", value, line);
        } else {
            work.front.source = Some(value.to_string());
        }
        // What was printed elsewhere says nothing of this issue.
        if label.starts_with(['来', '來']) {
            learn(work, value, line);
        }
        return;
    }
    if AUTHORS.begins(bare).is_some() {
        let named = ["作者：", "作者:", "本文作者：", "本文作者:"].iter().find_map(|l| bare.strip_prefix(l));
        if named.is_some_and(|a| work.front.author.as_deref() == Some(han::trim(a))) {
            work.log.dropped("T6", line, bare, words("作者的重复", "the author again"));
            return;
        }
        if let Some(author) = named.filter(|a| work.front.author.is_none() && signs(a)) {
            work.log.moved("T10", line, &bare[..bare.len() - author.len()], words("作者", "author"));
            return info::author(work, author, line);
        }
        let label = ["◎", "作者简介：", "作者简介:", "作者簡介：", "作者单位：", "作者单位:", "作者：", "作者:"]
            .iter()
            .find(|l| bare.starts_with(**l));
        let value = &bare[label.map_or(0, |l| l.len())..];
        if let Some(label) = label {
            work.log.moved("T10", line, *label, words("作者简介", "note on the author"));
        }
        add(work, value, line);
        return;
    }
    if !sign_off(work, bare, line) {
        add(work, bare, line);
    }
}

/// A name, or what may be a pen name where a label says that it is one.
fn signs(text: &str) -> bool {
    names::is_byline(text) || (2..=6).contains(&text.chars().count()) && text.chars().all(han::is_han)
}

/// One note on the author after another.
fn add(work: &mut Work, value: &str, line: u32) {
    let note = work.front.author_note.take().map(|old| {
        work.log.changed("T10", line, (String::new(), "；".into()), words("两条简介之间", "between two notes"));
        old + "；" + value
    });
    work.front.author_note = Some(note.unwrap_or_else(|| value.to_string()));
}

/// The printed source names a magazine and its number: facts of the issue where the chrome had none.
fn learn(work: &mut Work, value: &str, line: u32) {
    let Some((year, number, _)) = super::dates::issue(value) else { return };
    let Some(name) = value.split_once('《').and_then(|(_, r)| r.split('》').next()) else { return };
    let fact = |value: String| super::raw::Fact { value, line, origin: format!("《{name}》") };
    let facts = &mut work.facts;
    let same = facts.magazine.as_ref().is_none_or(|m| m.value == name);
    if same {
        facts.magazine.get_or_insert_with(|| fact(name.to_string()));
        facts.number.get_or_insert_with(|| fact(number));
        if let Some(year) = year {
            facts.year.get_or_insert_with(|| fact(year));
        }
    }
}

fn is_sign_off(text: &str) -> bool {
    parts(text).is_some()
}

/// The credits of a line; labels without a sign (`责任编辑 王明`) too.
fn parts(text: &str) -> Option<Vec<(String, String)>> {
    if let Some(found) = fields::fields(text) {
        let credits = found.iter().all(|f| {
            matches!(f.label, Label::Credit)
                && han::count(&f.value) <= 40
                && names::split(&f.value).iter().all(|name| han::count(name) <= 16)
                && !f.value.is_empty()
                && !f.value.contains(['。', '？', '“'])
        });
        return credits.then(|| found.into_iter().map(|f| (f.name, f.value)).collect());
    }
    unsigned(fields::bare(text))
}

/// `责任编辑 王明 校对 李一苇`: labels and names by turns.
fn unsigned(text: &str) -> Option<Vec<(String, String)>> {
    let mut out: Vec<(String, String)> = vec![];
    for word in text.trim_start_matches(['■', '□', '◆', '●', '▪']).split(han::is_blank).filter(|w| !w.is_empty())
    {
        let credit = fields::fields(&format!("{word}：某")).is_some_and(|f| f[0].label == Label::Credit);
        let named = names::split(word).iter().all(|n| names::is_name(n));
        match out.last_mut() {
            _ if credit => out.push((word.to_string(), String::new())),
            Some((_, names)) if named && names.is_empty() => names.push_str(word),
            Some((_, names)) if named => *names += &format!(" {word}"),
            _ => return None,
        }
    }
    (!out.is_empty() && out.iter().all(|(_, names)| !names.is_empty()) && han::count(text) <= 40).then_some(out)
}

/// `（原题为《石阶》）`.
fn first_title(text: &str) -> Option<&str> {
    let rest = ["原题为", "原标题为", "原题：", "原标题：", "本文原题"].iter().find_map(|l| text.strip_prefix(*l))?;
    rest.trim_start_matches(['为', '：', ':']).strip_prefix('《')?.strip_suffix('》')
}

/// T11.
fn sign_off(work: &mut Work, text: &str, line: u32) -> bool {
    if let Some([one]) = fields::fields(text).as_deref()
        && one.label == Label::Author
        && work.front.author.is_none()
        && signs(&one.value)
    {
        work.front.author = Some(names::tidy(&one.value));
        work.log.moved("T6", line, format!("{}：", one.name), words("作者", "author"));
        return true;
    }
    let labels = fields::fields(text).unwrap_or_default();
    if let [one] = &labels[..]
        && one.label == Label::AuthorNote
        && han::count(&one.value) <= 200
    {
        info::field(work, one.clone(), line);
        return true;
    }
    let told = |l: &Label| {
        matches!(
            l,
            Label::Source
                | Label::Print
                | Label::Author
                | Label::Time
                | Label::OldTitle
                | Label::Dates
                | Label::Paper(_)
                | Label::Keywords
        )
    };
    let loose = |l: &Label| matches!(l, Label::Chrome | Label::Email | Label::Credit);
    let mixed = labels.iter().any(|f| f.label != Label::Credit)
        && !labels.iter().any(Field::is_appointment)
        && labels.iter().all(|f| (told(&f.label) || loose(&f.label)) && han::count(&f.value) <= 40);
    if mixed {
        labels.into_iter().for_each(|f| info::field(work, f, line));
        return true;
    }
    if let Some(title) = first_title(fields::bare(text)) {
        work.log.doubt("T5", line, words(format!("另有原标题：{title}"), format!("its first title was: {title}")));
        work.log.dropped("T5", line, text, words("原标题", "the first title"));
        return true;
    }
    if let [one] = &labels[..]
        && one.label == Label::Credit
        && one.value.is_empty()
    {
        work.log.dropped("T11", line, text, words("没有名字的分工", "a role without a name"));
        return true;
    }
    let Some(found) = parts(text) else { return false };
    let inner = fields::bare(text);
    let inner = inner.trim_start_matches(['■', '□', '◆', '●', '▪']);
    let edges = han::squeezed(&han::trim(text).replacen(inner, "", 1));
    work.log.moved("T11", line, edges, words("签发行的括号", "brackets of the sign-off"));
    let signs: String = labels.iter().map(|f| f.signs.as_str()).collect();
    work.log.dropped("T11", line, signs, words("分隔号", "separators"));
    for (label, value) in found {
        if labels.is_empty() {
            work.log.changed(
                "T11",
                line,
                (String::new(), "：".into()),
                words("没有冒号的分工", "a role without a colon"),
            );
        }
        info::credit(work, label, &value, line);
    }
    true
}
