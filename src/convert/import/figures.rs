//! T9: pictures and their captions.
//!
//! A page's text has a picture's alternative text and its caption as two equal paragraphs in a row; that is one figure.
//! A line that names its photographer or says 图为 is a caption by itself.

use super::super::han;
use super::log::Log;
use super::raw::{self, Block, Kind, Picture, Run};
use super::{Work, dates};
use crate::base::words;
use smallvec::smallvec;

/// Makes figures.
pub fn make(work: &mut Work) {
    named(work);
    doubled(work);
    attached(work);
    shown(work);
    signed(work);
    lone(work);
    signed(work);
    brackets(work);
    counters(work);
}

/// `C:\\照片\\微信图片_1.jpg`: the name of a file describes nothing.
fn named(work: &mut Work) {
    const ENDS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"];
    let is_file = |alt: &mut String| ENDS.iter().any(|e| alt.to_ascii_lowercase().ends_with(e));
    for picture in &mut work.pictures {
        if let Some(name) = picture.alt.take_if(is_file) {
            work.log.dropped("T9", 0, name, words("文件名不是替代文字", "the name of a file is no description"));
        }
    }
}

/// `图片`: what a copied page leaves of a picture within the text.
pub fn placeholders(work: &mut Work) {
    for block in work.blocks.iter_mut().filter(|b| b.is_para()) {
        let text = block.text();
        let plain = text.trim_matches(['[', ']', '【', '】', '（', '）', '(', ')']);
        if matches!(plain, "图片" | "圖片" | "插图" | "此处插图" | "配图") {
            work.log.dropped("T9", block.line, text, words("图片的位置", "the place of a picture"));
            block.runs.clear();
            figure(&mut work.pictures, block, Picture::default());
        }
    }
}

/// Pictures in the order of their figures; those that no figure shows any more are gone.
pub fn number(work: &mut Work) {
    let old = std::mem::take(&mut work.pictures);
    for block in &mut work.blocks {
        if let Kind::Figure { picture } = &mut block.kind {
            work.pictures.push(old.get(*picture).cloned().unwrap_or_default());
            *picture = work.pictures.len() - 1;
        }
    }
}

/// `江一苇摄` on a line of its own below a caption belongs to it.
fn signed(work: &mut Work) {
    let credit = |figure: &Block, next: &Block| {
        is_alone(next) && matches!(figure.kind, Kind::Figure { .. }) && !ends_in_credit(&figure.text())
    };
    work.blocks.dedup_by(|next, figure| {
        let belongs = credit(figure, next);
        if belongs {
            if !figure.runs.is_empty() {
                figure.runs.push(Run::plain("\u{3000}"));
            }
            figure.runs.append(&mut next.runs);
        }
        belongs
    });
}

/// A photo's credit on a line of its own.
fn is_alone(block: &Block) -> bool {
    let text = block.text();
    block.is_para()
        && text.chars().count() <= 16
        && !text.contains(['。', '，'])
        && !speaks_of_all(&text)
        && ends_in_credit(&format!("。{text}"))
}

/// Whether a short line and the credit right below it say what a photo shows and who took it.
pub fn is_shown(line: &Block, credit: &Block) -> bool {
    let text = line.text();
    let short = line.is_para() && (6..=40).contains(&han::count(&text)) && super::fields::fields(&text).is_none();
    short && (!han::ends_sentence(&text) || opens_with_day(&text)) && is_alone(credit) && !text.starts_with(['（', '('])
}

/// `9月17日，……`: a caption of the press is a sentence that says when.
fn opens_with_day(text: &str) -> bool {
    let number = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let day = text.split_once('月').and_then(|(month, rest)| Some((month, rest.split_once('日')?.0)));
    day.is_some_and(|(month, day)| number(month.rsplit('年').next().unwrap_or(month)) && number(day))
}

fn shown(work: &mut Work) {
    for at in 1..work.blocks.len() {
        let (line, credit) = (&work.blocks[at - 1], &work.blocks[at]);
        if !credit.gap && is_shown(line, credit) {
            figure(&mut work.pictures, &mut work.blocks[at - 1], Picture::default());
        }
    }
}

/// A caption that stands wholly in brackets: they are the page's, not the caption's.
fn brackets(work: &mut Work) {
    for block in work.blocks.iter_mut().filter(|b| matches!(b.kind, Kind::Figure { .. })) {
        let text = block.text();
        let inner = text.strip_prefix(['（', '(']).and_then(|t| t.strip_suffix(['）', ')']));
        let Some(inner) = inner.filter(|i| !i.contains(['（', '(', '）', ')']) && i.contains('。')) else {
            continue;
        };
        let gone = han::squeezed(&text.replacen(inner, "", 1));
        let inner = inner.to_string();
        block.runs = smallvec![Run::plain(inner)];
        work.log.dropped("T9", block.line, gone, words("图注的括号", "brackets around a caption"));
    }
}

/// Which picture of a page's gallery it was says nothing in print.
fn counters(work: &mut Work) {
    for block in work.blocks.iter_mut().filter(|b| matches!(b.kind, Kind::Figure { .. })) {
        let text = block.text();
        let length = counter(&text);
        if length > 0 {
            let gone = super::headings::strip(block, length);
            work.log.dropped("T9", block.line, gone, words("图集的序号", "the number in a gallery"));
        }
    }
}

/// Bytes of `[1/4]`, `（1/4）`, `图1/4` or `1/4` and a blank before a caption.
fn counter(text: &str) -> usize {
    const CLOSE: [char; 5] = [']', '］', '】', '）', ')'];
    let digits = |t: &str| t.len() - t.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let named = text.strip_prefix(['图', '圖']);
    let bracketed = text.strip_prefix(['[', '［', '【', '（', '(']);
    let inner = bracketed.or(named).unwrap_or(text);
    let (number, rest) = inner.split_at(digits(inner));
    let rest = rest.strip_prefix(['/', '／']).unwrap_or_default();
    let (total, rest) = rest.split_at(digits(rest));
    let closed = if bracketed.is_some() { rest.strip_prefix(CLOSE) } else { Some(rest) };
    let Some((closed, number, total)) =
        closed.and_then(|rest| Some((rest, number.parse::<u8>().ok()?, total.parse::<u8>().ok()?)))
    else {
        return 0;
    };
    let bare = closed.trim_start_matches(|c: char| matches!(c, '：' | ':') || han::is_blank(c));
    // `1/4的船`: a fraction.
    let apart = bracketed.is_some() || named.is_some() || bare.len() < closed.len();
    let sound = (1..=total).contains(&number) && total > 1 && apart && !bare.is_empty();
    if sound { text.len() - bare.len() } else { 0 }
}

/// The words again, and behind them who took it.
fn is_signed_copy(words: &str, copy: &str) -> bool {
    let credit = copy.strip_prefix(words).filter(|rest| !rest.is_empty() && rest.chars().count() <= 16);
    credit.is_some_and(|rest| ends_in_credit(&format!("。{rest}")))
}

/// Whether a line is a caption by its words: `图为……`, `图1：……`, `▲……`, a dated sentence with its photographer.
pub fn is_caption(text: &str) -> bool {
    let count = han::count(text);
    if !(2..=90).contains(&count) {
        return false;
    }
    let numbered = text
        .strip_prefix(['图', '圖'])
        .map(|t| t.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨".contains(c)));
    const NAMED: &str =
        "上图 下图 左图 右图 题图 配图 图片说明 图说 图注 上圖 下圖 左圖 右圖 題圖 配圖 圖片說明 圖說 圖註";
    let named = |text: &str| {
        let rest = NAMED.split(' ').find_map(|n| text.strip_prefix(n));
        rest.is_some_and(|r| r.starts_with(['：', ':', '为', '為']))
    };
    if speaks_of_all(text) {
        return false;
    }
    let figure = text.starts_with("图为")
        || text.starts_with("圖為")
        || named(text.trim_start_matches(['（', '(']))
        || numbered.is_some_and(|rest| {
            rest.len() + 3 < text.len() && rest.starts_with(['：', ':', ' ', '\u{3000}', '/', '丨'])
        });
    let arrow = text.starts_with(['▲', '△', '▼', '↑', '↓', '◀', '▶', '←', '→']) && count <= 60;
    let credited = ends_in_credit(text);
    const SOURCES: [&str; 5] = ["图片来源", "圖片來源", "图源", "圖源", "截图来自"];
    let bar = |t: &str| han::trim(t).starts_with(['|', '｜', '丨']);
    let sourced = SOURCES.iter().any(|w| text.starts_with(w)) || text.strip_prefix(['图', '圖']).is_some_and(bar);
    let sourced = sourced && count <= 24;
    let shot = ["截图", "截圖", "截图）", "截圖）", "截图)"].iter().any(|e| text.ends_with(e)) && count <= 24;
    let says = text.contains("图为") || text.contains("圖為");
    let dated = dates::find(text).is_some_and(|d| d.range.start == 0) && count <= 60 && (says || credited);
    figure
        || arrow
        || sourced
        || shot && !text.contains('，')
        || dated
        || credited
            && count <= 60
            && (text.contains(['。', '（', '(']) || text.contains(han::is_blank) && !super::names::is_byline(text))
}

/// `（本版图片均由本刊记者骆驰摄）`: of every picture, a caption of none.
fn speaks_of_all(text: &str) -> bool {
    let bare = text.trim_start_matches(['（', '(', '*', '※']);
    const WHERE: [&str; 10] = ["本版", "本文", "文中", "文内", "以上", "本组", "本刊", "均为", "除署名", "除注明"];
    let photos = bare.split(['由', '为', '均', '系', '，']).next().unwrap_or(bare);
    WHERE.iter().any(|w| bare.starts_with(w)) && ["图", "圖", "照片"].iter().any(|w| photos.contains(w))
}

/// `（王明 摄）`, `王明/摄`, `本刊供图`, `摄影：王明`.
pub fn ends_in_credit(text: &str) -> bool {
    // `周寧攝　115年5月9日`: the day it was taken.
    let undated = text.trim_end_matches(|c: char| c.is_ascii_digit() || "年月日".contains(c) || han::is_blank(c));
    let text = if text.ends_with('日') { undated } else { text };
    let bare = text.trim_end_matches(['）', ')', '。']);
    let tail = bare.rsplit(['（', '(', '。', ' ', '\u{3000}']).next().unwrap_or_default();
    if han::count(tail) > 14 {
        return false;
    }
    let whole = bare.rsplit(['（', '(', '。']).next().unwrap_or_default();
    let names = [
        "供图/",
        "供图／",
        "摄：",
        "摄:",
        "攝:",
        "攝：",
        "摄影：",
        "摄影:",
        "攝影：",
        "摄影/",
        "摄影／",
        "图：",
        "图/",
        "圖：",
        "供图：",
        "图源：",
        "图片来源：",
        "图片：",
        "来源：图",
    ];
    let ends =
        ["摄", "攝", "摄影", "攝影", "供图", "供圖", "提供图片", "图/文", "资料图片", "資料圖片", "资料图", "资料照片"];
    if tail.ends_with("提供") && ["图片", "照片", "图均由"].iter().any(|w| tail.contains(w)) {
        return true;
    }
    let sentence = han::count(whole) > 24;
    ends.iter().any(|e| tail.ends_with(e)) && tail.chars().count() > usize::from(tail == whole) && !sentence
        || names.iter().any(|n| whole.contains(n))
}

/// The same words: blanks and the width of marks aside.
fn plain(text: &str) -> String {
    let wide = |c: char| match c {
        ',' => '，',
        ':' => '：',
        '(' => '（',
        ')' => '）',
        ';' => '；',
        '"' | '”' => '“',
        c => c,
    };
    text.chars().filter(|c| !han::is_blank(*c)).map(wide).collect()
}

/// At least nine characters in ten the same, in order.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (plain(a), plain(b));
    if a == b {
        return true;
    }
    let (x, y) = (a.chars().count(), b.chars().count());
    let near = x.abs_diff(y) * 10 <= x.max(y) && x.max(y) <= 150;
    near && shared(&a, &b) * 20 >= (x + y) * 9 && similar::TextDiff::from_chars(a.as_str(), b.as_str()).ratio() >= 0.9
}

/// Characters that both have, in any order: more can't be the same in order, and counting them is cheap.
fn shared(a: &str, b: &str) -> usize {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    let (a, b) = (sorted(a), sorted(b));
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        both += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both
}

/// Two equal paragraphs in a row: alternative text and caption.
fn doubled(work: &mut Work) {
    let Work { blocks, log, pictures, .. } = work;
    // A page that prints one picture's words twice prints them all so.
    let long = |pair: &[Block]| {
        let (a, b) = (pair[0].text(), pair[1].text());
        pair.iter().all(Block::is_para) && (12..=60).contains(&han::count(&a)) && a == b
    };
    let twice = blocks.windows(2).filter(|pair| long(pair)).count() > 0;
    blocks.dedup_by(|second, first| {
        let both = first.is_para() && matches!(second.kind, Kind::Para | Kind::Caption);
        if !both {
            return false;
        }
        let (a, b) = (first.text(), second.text());
        let size = han::count(&a);
        if size > 150 && plain(&a) == plain(&b) {
            log.doubt("T9", second.line, words("这一段与上一段相同", "this paragraph repeats the one before"));
        }
        // A caption by its number is one where a few words are a refrain.
        let least = if is_numbered(&b) || twice { 4 } else { 12 };
        let twins =
            (least..=150).contains(&size) && (alike(&a, &b) || alike(&a, unnumbered(&b)) || is_signed_copy(&a, &b));
        if twins {
            let same = han::squeezed(&a) == han::squeezed(&b);
            if same {
                let note = words("图注的另一份（替代文字）", "the caption's other copy (alternative text)");
                log.dropped("T9", first.line, a.as_str(), note);
            }
            std::mem::swap(first, second);
            figure(pictures, first, Picture { alt: (!same).then_some(a), ..Picture::default() });
        }
        twins
    });
}

fn is_numbered(text: &str) -> bool {
    unnumbered(text).len() < text.len()
}

/// A caption without its `图①：`.
fn unnumbered(text: &str) -> &str {
    let rest = text.strip_prefix(['图', '圖']).unwrap_or_default();
    let number = |c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳') || "一二三四五六七八九十".contains(c);
    let bare =
        rest.trim_start_matches(number).trim_start_matches(|c: char| matches!(c, '：' | ':') || han::is_blank(c));
    if bare.is_empty() || bare.len() == rest.len() { text } else { bare }
}

/// The block becomes the caption of a new picture.
fn figure(pictures: &mut Vec<Picture>, block: &mut Block, picture: Picture) {
    pictures.push(picture);
    block.kind = Kind::Figure { picture: pictures.len() - 1 };
}

/// A picture that came along, and the caption behind it.
fn attached(work: &mut Work) {
    let (log, pictures) = (&mut work.log, &mut work.pictures);
    work.blocks.dedup_by(|next, block| {
        let Kind::Figure { picture } = block.kind else { return false };
        let belongs = block.text().is_empty() && captions(next, &pictures[picture]);
        if belongs {
            let text = next.text();
            let alt = &mut pictures[picture].alt;
            if alt.as_deref().is_some_and(|a| han::squeezed(a) == han::squeezed(&text)) {
                let gone = alt.take().unwrap_or_default();
                let note = words("与图注相同的替代文字", "alternative text equal to the caption");
                log.dropped("T9", next.line, gone, note);
            }
            block.runs = std::mem::take(&mut next.runs);
            arrow(log, block);
        }
        belongs
    });
}

fn captions(next: &Block, picture: &Picture) -> bool {
    let text = next.text();
    let twin = picture.alt.as_deref().is_some_and(|alt| han::count(&text) >= 4 && alike(alt, &text));
    let shaped = next.is_para() && han::count(&text) <= 60 && next.centred && !text.is_empty();
    next.kind == Kind::Caption || next.is_para() && (twin || is_caption(&text) || shaped || counter(&text) > 0)
}

/// Captions whose picture did not come along.
fn lone(work: &mut Work) {
    let titled = work.front.title.is_some();
    for (at, block) in work.blocks.iter_mut().enumerate() {
        if block.kind == Kind::Caption && !block.text().starts_with(['表', '附'])
            || block.is_para() && (at > 0 || titled) && is_caption(&block.text())
        {
            figure(&mut work.pictures, block, Picture::default());
            arrow(&mut work.log, block);
        } else if block.kind == Kind::Caption {
            block.kind = Kind::Para;
        }
    }
}

/// ▲ before a caption points at a picture of the page.
fn arrow(log: &mut Log, block: &mut Block) {
    let text = block.text();
    let bare = text.trim_start_matches(|c: char| "▲△▼↑↓◀▶←→".contains(c) || han::is_blank(c));
    if bare.len() < text.len() {
        let gone = super::headings::strip(block, text.len() - bare.len());
        log.dropped("T9", block.line, gone, words("图注前的箭头", "the arrow before a caption"));
    }
}

/// The words of a caption.
pub fn caption(runs: &[Run]) -> String {
    han::trim(&raw::text(runs).replace('\n', " ")).to_string()
}
