//! Marks typed with a Chinese input method: `＃ 标题`, `！［图］（a.jpg）`, `[^1]：`. They are text to Markdown; each
//! gets a warning whose hint is the corrected line.

use super::Source;
use super::chars::is_cjk;
use super::lines::{Lines, numbered};
use crate::base::{Code, Diagnostic, Report, words};
use std::collections::BTreeMap;

pub fn scan(source: Source, lines: &Lines, report: &mut Report) {
    for (start, line) in numbered(source.body) {
        if lines.in_code(start) {
            continue;
        }
        if let Some(mended) = corrected(line) {
            let trimmed = line.trim_start();
            let from = start + line.len() - trimmed.len();
            let message = words(
                "像是用中文输入法打的标记，照文字排了",
                "looks like a mark typed with a Chinese input method; set as text",
            );
            report.push(
                Diagnostic::at(Code::MarkdownSlip, source.span(from..from + trimmed.trim_end().len()), message)
                    .hint(format!("改成：{mended}"), format!("write: {mended}"))
                    .edit(source.span(start..start + line.len()), mended),
            );
        }
    }
}

/// Control characters have no form and no place in XML. One finding a character and file, at its first place.
pub fn controls(source: Source, report: &mut Report) {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let mut met: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    for (at, c) in source.body.char_indices().filter(|(_, c)| odd(*c)) {
        met.entry(c).or_insert((at, 0)).1 += 1;
    }
    for (c, (at, count)) in met {
        let code = u32::from(c);
        let message = words(
            format!("控制字符 U+{code:04X} 不能排印，共 {count} 处，略去"),
            format!("the control character U+{code:04X} can't be set and is left out, {count} in all"),
        );
        report.push(
            Diagnostic::at(Code::TextControl, source.span(at..at + c.len_utf8()), message)
                .hint("删去它；它多半是复制时带进来的", "delete it; it most likely came with a copy"),
        );
    }
}

/// The line as its author meant it, when it holds such a mark.
pub fn corrected(line: &str) -> Option<String> {
    let mended = bold(&notes(&brackets(&opening(line))));
    (mended != line).then_some(mended)
}

/// Marks that open a line: headings, quotations, div fences.
fn opening(line: &str) -> String {
    let text = line.trim_start_matches([' ', '　']);
    let hashes = text.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    let after = text.trim_start_matches(['#', '＃']);
    let full_width = text.starts_with('＃') || text.trim_start_matches('#').starts_with('＃');
    // `#话题#` is a tag of the social networks, not a heading.
    let glued = after.starts_with(is_cjk) && !after.starts_with('　') && !after.contains(['#', '＃']);
    if (1..=6).contains(&hashes) && !after.trim().is_empty() && (full_width || glued || after.starts_with('　')) {
        return format!("{} {}", "#".repeat(hashes), after.trim_start());
    }
    if let Some(quoted) = text.strip_prefix('＞') {
        return format!("> {}", quoted.trim_start());
    }
    match text.strip_prefix("：：：") {
        Some(label) => format!("::: {}", label.trim_start_matches('：').trim()).trim_end().to_string(),
        None => line.to_string(),
    }
}

/// Images and links: `！［图］（a.jpg）` in any mixture of widths.
fn brackets(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '［', '【']) {
        let bang = rest[..at].chars().next_back().filter(|c| matches!(c, '!' | '！'));
        match target(&rest[at..]) {
            Some((mended, length)) if is_mixed(&rest[at..at + length]) || bang == Some('！') => {
                out.push_str(&rest[..at - bang.map_or(0, char::len_utf8)]);
                out.extend(bang.map(|_| '!'));
                out.push_str(&mended);
                rest = &rest[at + length..];
            }
            _ => {
                let next = at + rest[at..].chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..next]);
                rest = &rest[next..];
            }
        }
    }
    out + rest
}

fn is_mixed(mark: &str) -> bool {
    mark.starts_with(['［', '【'])
        || mark.ends_with('）')
        || mark.contains("]（")
        || mark.contains("］(")
        || mark.contains("】(")
}

/// `［文］（a.jpg）` at the start of `text`: the half-width form and the length of what was written.
fn target(text: &str) -> Option<(String, usize)> {
    let open = text.chars().next()?.len_utf8();
    let close = text.find([']', '］', '】'])?;
    let label = &text[open..close];
    let after = close + text[close..].chars().next()?.len_utf8();
    let paren = text[after..].chars().next().filter(|c| matches!(c, '(' | '（'))?.len_utf8();
    let body = &text[after + paren..];
    // A caption may hold full-width brackets: only where no half-width one closes do they close.
    let half = paren == 1;
    let end = body.find(')').filter(|_| half).or_else(|| body.find([')', '）']))?;
    let dest = body[..end].trim();
    let path = dest.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let is_target = path.contains("://")
        || [".jpg", ".jpeg", ".png", ".tif", ".webp", ".svg", ".md"].iter().any(|e| path.ends_with(e));
    let length = after + paren + end + body[end..].chars().next()?.len_utf8();
    is_target.then(|| (format!("[{label}]({})", quotes(dest)), length))
}

/// The quotation marks around a title.
fn quotes(dest: &str) -> String {
    if dest.contains('"') { dest.to_string() } else { dest.replace(['“', '”', '＂'], "\"") }
}

/// `［^1］`, `【^1】` and `[^1]：`.
fn notes(line: &str) -> String {
    let mut out = line.to_string();
    for (open, close) in [('［', '］'), ('【', '】')] {
        while let Some(at) = out.find(&format!("{open}^")) {
            let Some(end) = out[at..].find(close).map(|e| at + e) else { break };
            let label = out[at + open.len_utf8()..end].to_string();
            out.replace_range(at..end + close.len_utf8(), &format!("[{label}]"));
        }
    }
    match out.split_once("]：") {
        Some((label, text)) if label.starts_with("[^") && !label.contains(']') => format!("{label}]: {text}"),
        _ => out,
    }
}

fn bold(line: &str) -> String {
    if line.matches("＊＊").count() >= 2 { line.replace("＊＊", "**") } else { line.to_string() }
}

#[cfg(test)]
mod tests {
    use super::corrected;

    #[test]
    fn slips_get_their_corrected_line() {
        for (written, meant) in [
            ("＃ 标题", "# 标题"),
            ("##小标题", "## 小标题"),
            ("＞ 引文", "> 引文"),
            ("！［图］（photos/a.jpg）", "![图](photos/a.jpg)"),
            ("！[图](photos/a.jpg)", "![图](photos/a.jpg)"),
            ("见![图]（photos/a.jpg “题”）后", "见![图](photos/a.jpg \"题\")后"),
            ("［网站］（https://example.org）", "[网站](https://example.org)"),
            ("正文［^1］。", "正文[^1]。"),
            ("[^1]：注文", "[^1]: 注文"),
            ("＊＊注意＊＊", "**注意**"),
            ("：：： quote", "::: quote"),
        ] {
            assert_eq!(corrected(written).as_deref(), Some(meant), "{written}");
        }
        for fine in [
            "# 标题",
            "#话题#很热",
            "《书》（上）［注］",
            "【快讯】（记者王明）",
            "[图](a.jpg)（摄影：甲）",
            "![图](a.jpg \"题（摄影：甲）\"){.span}",
            "5＊3",
            "#1",
        ] {
            assert_eq!(corrected(fine), None, "{fine}");
        }
    }
}
