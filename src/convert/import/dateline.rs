//! T5, T6: what stands before a report and its title: who sent it, who wrote it.
//!
//! In: a title, or the first sentence of the body. Out: the title alone, the reporter.

use super::super::han;
use super::{Work, body, info, names};
use crate::base::words;

/// `山行社水尾2月12日电 题：山里的路`: how an agency sends it.
pub fn off(work: &mut Work, title: String, line: u32) -> String {
    let title = site_off(work, title, line);
    let split = ["题：", "题:", "題：", "題:"].iter().find_map(|sign| Some((sign, title.split_once(sign)?)));
    let sent =
        |before: &str| han::trim(before).ends_with(['电', '電']) && before.contains('日') && han::count(before) <= 20;
    let Some((sign, (before, rest))) = split.filter(|(_, (before, _))| sent(before)) else { return title };
    let gone = han::squeezed(&format!("{before}{sign}"));
    work.log.dropped("T5", line, gone, words("题名前的电头", "dateline before the title"));
    han::trim(rest).to_string()
}

/// `方言与山歌_江声`: what a page calls itself.
fn site_off(work: &mut Work, title: String, line: u32) -> String {
    let Some((rest, site)) = title.split_once('_').filter(|(rest, _)| han::count(rest) >= 4) else { return title };
    work.log.dropped("T5", line, format!("_{site}"), words("题名后的网站名", "the site behind the title"));
    rest.to_string()
}

/// `林远 周宁：方言与山歌`, `林远丨方言与山歌`, `方言与山歌（水尾文化馆林远）`: who wrote it. One name before a colon may be who
/// speaks.
pub fn authors(work: &mut Work, title: String, line: u32) -> String {
    let many = |names: &str| names.contains(|c| han::is_blank(c) || c == '、');
    let named = |names: &str| names::split(names).iter().all(|n| names::is_name(n));
    let colon = title.split_once(['：', ':']).filter(|(names, _)| many(names) && named(names));
    let split = colon.or_else(|| title.split_once(['丨', '｜', '|']).filter(|(name, _)| named(name)));
    let (authors, rest) = match (split, bracketed(&title)) {
        (Some((authors, rest)), _) => (authors.to_string(), rest),
        (None, Some((rest, name))) => (name.to_string(), rest),
        _ => return title,
    };
    if work.front.author.is_some() || han::count(rest) < 4 {
        return title;
    }
    let signs = han::squeezed(&title.replacen(rest, "", 1).replacen(&authors, "", 1));
    work.log.moved("T6", line, signs, words("题名旁的作者", "authors beside the title"));
    info::author(work, &authors, line);
    han::trim(rest).to_string()
}

/// The title and the name at the end of the bracket behind it.
fn bracketed(title: &str) -> Option<(&str, &str)> {
    let (rest, inner) = title.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    let (_, name) = names::behind_office(inner)?;
    Some((rest, name))
}

/// `山行社水尾9月18日电（记者周宁、江一苇）`: the first sentence says who reports, where no line did; it stays as it is.
pub fn reporter(work: &mut Work) {
    let Some(block) = work.blocks.iter().find(|b| body::is_body(b)).filter(|_| work.front.author.is_none()) else {
        return;
    };
    let (text, line) = (block.text(), block.line);
    let opens = ["电（", "电 （", "电(", "讯（", "讯(", "電（", "訊（", "电", "讯"];
    let Some(open) = opens.iter().find_map(|o| Some(text.find(o)? + o.len())) else { return };
    // `本报水尾1月28日电 记者周宁报道：`
    let (close, opened) = match text[..open].ends_with(['（', '(']) {
        true => (text[open..].find(['）', ')']), true),
        false => (text[open..].find("报道"), false),
    };
    let Some(close) =
        close.filter(|at| opened || text[open + at..].trim_start_matches("报道").starts_with(['：', ':']))
    else {
        return;
    };
    let inner = han::trim(&text[open..open + close]);
    let led = ["记者", "記者", "通讯员", "通訊員"].iter().find_map(|r| inner.strip_prefix(r));
    let Some(names) = led.map(han::trim).filter(|n| han::count(&text[..open]) <= 24 && names::is_byline(n)) else {
        return;
    };
    let author = names::split(names).join("、");
    let note = words("电头里的记者，正文未动", "the reporter of the dateline; the text is as it was");
    work.log.changed("T6", line, (String::new(), author.clone()), note);
    work.front.author = Some(author);
}
