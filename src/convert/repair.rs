//! T13: repair of Traditional text that a machine made from Simplified.
//!
//! In: Traditional text. Out: the places where a merged Simplified form stands for one of several Traditional ones, and how
//! many there are to a thousand Han. A round trip through Simplified finds them; only the pairs of a list count, in one
//! direction, since the round trip itself would spoil genuine text (注 → 註, 占 → 佔). Names are never touched.

use super::han;
use super::script::{Changes, Converter, Options, phrases};
use crate::base::{Lang, Words, words};
use std::collections::BTreeMap;
use std::ops::Range;

/// What to do about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repair {
    Off,
    /// Report score and places.
    #[default]
    Report,
    /// Write the repaired text.
    Apply,
}

/// Merged forms and what each may stand for.
const PAIRS: &str = "后後 准準 制製 匯彙 挂掛 斗鬥 干幹 干乾 余餘 系繫 系係 志誌 里裡 里裏 面麵 只隻 谷穀 松鬆 卷捲 范範 征徵 冲衝 采採 回迴 致緻 周週 游遊 丑醜 云雲 朱硃";

/// Left sides that are family names too: alone they prove nothing.
const NAMES: &str = "后余范周游谷松卷朱干云丑征";

/// One place: bytes of the text, and the form that belongs there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub range: Range<usize>,
    pub with: char,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub slips: Vec<Slip>,
    /// To a thousand Han, in tenths.
    pub score: usize,
}

impl Found {
    /// Three to a thousand: genuine Traditional text has a tenth of that.
    pub fn is_mechanical(&self) -> bool {
        self.score >= 30
    }
    /// Score and places, for an editor: `每千字 18.7 处：后→後×3（第 3、7 行）`, the most frequent first. `origin` gives a
    /// line of the text its number where the editor has it; 0: none.
    pub fn told(&self, text: &str, how: Repair, origin: &dyn Fn(u32) -> u32) -> Words {
        let mut places: BTreeMap<(&str, char), Vec<u32>> = BTreeMap::new();
        let (mut line, mut at) = (1, 0);
        for slip in &self.slips {
            line += text[at..slip.range.start].matches('\n').count() as u32;
            at = slip.range.start;
            places.entry((&text[slip.range.clone()], slip.with)).or_default().push(origin(line));
        }
        let mut places: Vec<_> = places.into_iter().collect();
        places.sort_by_key(|(pair, lines)| (std::cmp::Reverse(lines.len()), *pair));
        let list = |comma: &str, (open, close): (&str, &str)| -> String {
            let one = |((from, to), lines): &((&str, char), Vec<u32>)| {
                let count = if lines.len() > 1 { format!("×{}", lines.len()) } else { String::new() };
                let mut seen: Vec<String> = lines.iter().filter(|n| **n > 0).map(u32::to_string).collect();
                seen.dedup();
                let at = if seen.is_empty() { String::new() } else { format!("{open}{}{close}", seen.join(comma)) };
                format!("{from}→{to}{count}{at}")
            };
            places.iter().map(one).collect::<Vec<_>>().join(if comma == "、" { "，" } else { ", " })
        };
        let score = format!("{}.{}", self.score / 10, self.score % 10);
        let (zh, en) = match how {
            Repair::Apply => ("已改", "mended: "),
            _ => ("", ""),
        };
        words(
            format!("像是机器转的繁体，每千字 {score} 处；{zh}{}", list("、", ("（第 ", " 行）"))),
            format!(
                "looks mechanically converted, {score} slips to a thousand characters; {en}{}",
                list(", ", (" (line ", ")"))
            ),
        )
    }
}

/// The people that an article's front matter names: words of two to four Han behind a key.
pub fn people(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return vec![];
    }
    let front = lines.take_while(|line| line.trim_end() != "---");
    let words = front.flat_map(|line| line.split(|c: char| !han::is_han(c)).map(String::from).collect::<Vec<_>>());
    words.filter(|w| (2..=4).contains(&w.chars().count()) && w.starts_with(han::is_surname)).collect()
}

/// Looks for slips; `names` are people whose names the text may hold.
pub fn find(text: &str, lang: Lang, names: &[String]) -> Found {
    let mut found = Found::default();
    let count = han::count(text);
    if !lang.is_traditional() || count == 0 {
        return found;
    }
    let mut at = 0;
    // A line at a time: phrases end with it, and characters on their way through the tables take many times their room.
    for line in text.split_inclusive('\n') {
        found.slips.extend(in_line(text, at..at + line.len(), lang, names));
        at += line.len();
    }
    found.score = found.slips.len() * 10_000 / count;
    found
}

fn in_line(text: &str, line: Range<usize>, lang: Lang, names: &[String]) -> Vec<Slip> {
    let mut slips = vec![];
    let options = Options { keep: names.to_vec(), ..Options::default() };
    let words = &text[line.clone()];
    let chars: Vec<(usize, char)> = words.char_indices().map(|(i, c)| (line.start + i, c)).collect();
    let simplified = Converter::new(Lang::ZhHantCn, Lang::ZhHans, &options).characters(words, &mut Changes::default());
    let plain: String = simplified.iter().map(|(_, c)| *c).collect();
    for (at, from, to) in phrases(&plain) {
        for (n, result) in (0..from).zip(to.chars()) {
            let Some((owner, _)) = simplified.get(at + n) else { continue };
            let Some((byte, source)) = chars.get(*owner as usize).copied() else { continue };
            let alone = from == 1 && NAMES.contains(source);
            let with = region(result, lang);
            if !alone && is_pair(source, with) && !in_name(text, byte, names) {
                slips.push(Slip { range: byte..byte + source.len_utf8(), with });
            }
        }
    }
    slips
}

fn is_pair(from: char, to: char) -> bool {
    PAIRS.split(' ').any(|pair| pair.chars().eq([from, to]))
}

/// 裏 is Hong Kong's, 裡 everybody else's.
fn region(c: char, lang: Lang) -> char {
    if c == '裏' && lang != Lang::ZhHantHk { '裡' } else { c }
}

fn in_name(text: &str, at: usize, names: &[String]) -> bool {
    names.iter().filter(|n| !n.is_empty()).any(|name| {
        let from = (0..=at).rev().take(name.len() + 1).filter(|i| text.is_char_boundary(*i));
        from.into_iter().any(|i| text[i..].starts_with(name.as_str()) && i + name.len() > at)
    })
}

/// The text with its slips mended.
pub fn apply(text: &str, slips: &[Slip]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for slip in slips {
        out.push_str(&text[at..slip.range.start]);
        out.push(slip.with);
        at = slip.range.end;
    }
    out + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each of these is what a machine leaves behind; the second column is genuine and must stay.
    #[test]
    fn merged_forms_are_found_and_genuine_text_is_left_alone() {
        let mechanical =
            "會議以后，黨員干部在村里挂出標語，匯編成册400余篇，其余的准備制作成小冊子，采取措施，系統聯系。";
        let found = find(mechanical, Lang::ZhHant, &[]);
        assert!(found.is_mechanical(), "{found:?}");
        let mended = apply(mechanical, &found.slips);
        assert_eq!(
            mended,
            "會議以後，黨員幹部在村裡掛出標語，彙編成册400餘篇，其餘的準備製作成小冊子，採取措施，系統聯繫。"
        );
        assert_eq!(find(&mended, Lang::ZhHant, &[]).slips, []);
        let genuine = "皇后在山谷裡注意到，制度占了很大的系統；乾隆年間，周先生盡力於公里之外回信。";
        assert_eq!(
            find(genuine, Lang::ZhHant, &[]).slips,
            [],
            "{:?}",
            find(genuine, Lang::ZhHant, &[]).told(genuine, Repair::Report, &|n| n)
        );
    }

    #[test]
    fn people_are_known_by_the_front_matter() {
        let text = "---\ntitle: 后山\nauthor: 本刊記者 周里京\ncredits:\n  編輯: [余谷, 方小滿]\n---\n\n正文";
        assert_eq!(people(text), ["周里京", "余谷", "方小滿"]);
    }

    #[test]
    fn names_are_never_touched() {
        let text = "余秋雨和范仲淹以后的周里京說";
        let found = find(text, Lang::ZhHant, &["周里京".into()]);
        assert_eq!(found.told(text, Repair::Report, &|n| n).zh, "像是机器转的繁体，每千字 71.4 处；后→後（第 1 行）");
    }
}
