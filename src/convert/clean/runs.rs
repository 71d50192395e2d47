//! N6, N7, N9, N10, N14: marks written with several signs, and signs between numbers or names.

use super::super::han::{is_han, is_mark, is_shared_mark};
use super::cells::{At, Role, Unit};

pub fn clean(unit: &mut Unit) {
    // Most texts have none of these signs, and looking for one takes a pass.
    const SIGNS: &str = ".。…⋯·・．-―─－–—~•∙⋅<＜";
    let signs: Vec<char> = SIGNS.chars().collect();
    let mut found: Vec<char> = vec![];
    for cell in &unit.cells {
        let Some(c) = cell.now() else { continue };
        if !is_han(c) && signs.contains(&c) && !found.contains(&c) {
            found.push(c);
        }
    }
    let any = |signs: &[char]| signs.iter().any(|s| found.contains(s));
    ellipses(unit, &found);
    dashes(unit, &found);
    if any(&['~']) {
        ranges(unit);
    }
    if any(&['•', '・', '∙', '⋅', '.', '．']) {
        dots(unit);
    }
    if any(&['<', '＜']) {
        book_titles(unit);
    }
}

/// Beside Chinese: Han or a Chinese mark, through marks that both scripts share.
fn chinese(unit: &Unit, mut cells: impl Iterator<Item = At>) -> bool {
    cells.find_map(|cell| match unit.char(cell) {
        _ if unit.is_gone(cell) => None,
        c if is_han(c) || is_mark(c) => Some(true),
        c if is_shared_mark(c) || matches!(c, ' ' | '"' | '\'') => None,
        _ => Some(false),
    }) == Some(true)
}

fn beside_chinese(unit: &Unit, view: &[At], from: usize, to: usize) -> bool {
    chinese(unit, view[..from].iter().rev().copied()) || chinese(unit, view[to..].iter().copied())
}

/// Runs of characters that satisfy `is`, as ranges of the view.
fn runs(unit: &Unit, view: &[At], is: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = vec![];
    for at in (0..view.len()).filter(|at| is(unit.char(view[*at]))) {
        match out.last_mut() {
            Some((_, to)) if *to == at => *to = at + 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

/// A run that became Chinese is what the next one waits for, on either side: `... ... 好`.
fn there_and_back(runs: Vec<(usize, usize)>) -> impl Iterator<Item = (usize, usize)> {
    let back: Vec<(usize, usize)> = runs.iter().rev().copied().collect();
    runs.into_iter().chain(back)
}

/// Writes `char` on the first two cells of a run and deletes the rest.
fn pair(unit: &mut Unit, cells: &[At], char: char, rule: &'static str) {
    for (n, cell) in cells.iter().enumerate() {
        if n < 2 { unit.set(*cell, char, rule) } else { unit.delete(*cell, rule) }
    }
    if let [only] = cells {
        unit.double(*only, rule);
    }
}

/// N6 (GB/T 15834 §4.11: six dots, two characters).
fn ellipses(unit: &mut Unit, found: &[char]) {
    let signs: Vec<char> = ['.', '。', '…', '⋯', '·', '・', '．'].into_iter().filter(|s| found.contains(s)).collect();
    if signs.is_empty() {
        return;
    }
    let view = unit.view();
    for sign in signs {
        for (from, to) in there_and_back(runs(unit, &view, |c| c == sign)) {
            if unit.char(view[from]) != sign {
                continue;
            }
            let length = to - from;
            let wrong = match sign {
                '…' => length == 1,
                '⋯' => true,
                _ => length >= 3,
            };
            let beside = beside_chinese(unit, &view, from, to);
            // One … between Latin words is Latin.
            if wrong && (beside || sign == '。') {
                pair(unit, &view[from..to], '…', "N6");
            }
        }
    }
}

/// N7 (GB/T 15834 §4.12): the dash of two em. A single — without blanks is the sign of a range and stays.
fn dashes(unit: &mut Unit, found: &[char]) {
    let signs: Vec<char> = ['-', '―', '─', '－', '–', '—'].into_iter().filter(|s| found.contains(s)).collect();
    if signs.is_empty() {
        return;
    }
    let view = unit.view();
    for sign in signs {
        for (from, to) in there_and_back(runs(unit, &view, |c| c == sign)) {
            if unit.char(view[from]) != sign {
                continue;
            }
            let at = |i: Option<usize>| i.and_then(|i| view.get(i)).map_or('\0', |cell| unit.char(*cell));
            let (before, after) = (at(from.checked_sub(1)), at(Some(to)));
            let beside = beside_chinese(unit, &view, from, to);
            let spaced = before == ' ' && after == ' ';
            // `用 --dry-run 看`: an option of a program.
            let option = before == ' ' && after.is_ascii_alphabetic();
            let long = match sign {
                '—' => to - from == 1 && spaced,
                '–' | '-' => to - from >= 2 && !before.is_ascii_alphanumeric() && !option,
                _ => to - from >= 2,
            };
            if long && beside {
                pair(unit, &view[from..to], '—', "N7");
                if spaced {
                    unit.delete(view[from - 1], "N7");
                    unit.delete(view[to], "N7");
                }
            }
        }
    }
}

/// N9: `3~5天`, `10%~20%`, `8月~9月`.
fn ranges(unit: &mut Unit) {
    let view = unit.view();
    for at in 1..view.len().saturating_sub(1) {
        let (before, sign, after) = (unit.char(view[at - 1]), unit.char(view[at]), unit.char(view[at + 1]));
        if sign != '~' {
            continue;
        }
        let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万零〇".contains(c);
        let measured =
            before == '%' || "年月日时时分秒元度℃".contains(before) && at > 1 && numeral(unit.char(view[at - 2]));
        if (numeral(before) || measured) && numeral(after) {
            unit.set(view[at], '～', "N9");
        }
    }
}

/// Syllables that foreign names are written with.
const SYLLABLES: &str = "吐玛丽瑪麗阿埃艾安奥巴贝本比伯博布查达丹德迪蒂杜多厄恩尔法菲费弗夫福盖戈格古哈海赫亨霍基吉加杰金卡凯康科克肯库拉莱兰朗劳勒雷里利列林琳留卢鲁路罗洛马迈曼梅蒙米莫姆穆纳娜南内尼诺欧帕佩皮普齐乔琼日让萨塞森沙舍圣史斯松索苏塔泰坦特提托瓦威韦维温沃乌西希夏谢辛休雅亚耶叶伊英约泽詹兹爾羅爾維蘭勞萊盧魯馬邁納蘇塞澤韋亞奧貝達費蓋哈凱庫萊裡諾歐喬薩";

/// N10: • ・ and . within a name. A bullet at the start of a line is a list's.
fn dots(unit: &mut Unit) {
    let view = unit.view();
    for at in 1..view.len().saturating_sub(1) {
        let (before, sign, after) = (unit.char(view[at - 1]), unit.char(view[at]), unit.char(view[at + 1]));
        let syllable = |at: usize| view.get(at).is_some_and(|cell| SYLLABLES.contains(unit.char(*cell)));
        // One alone may be a word: `到达.卡车来了`.
        let name = || [at - 1, at + 1, at + 2].into_iter().all(syllable);
        let dot = match sign {
            '•' | '・' | '∙' | '⋅' => is_han(before) && is_han(after),
            '.' | '．' => name(),
            _ => false,
        };
        if dot {
            unit.set(view[at], '·', "N10");
        }
    }
}

/// N14: `<<红楼梦>>`, where all between is Chinese and not a path of a site.
fn book_titles(unit: &mut Unit) {
    let view = unit.view();
    let is = |at: usize, signs: [char; 2]| view.get(at).is_some_and(|cell| signs.contains(&unit.char(*cell)));
    let mut found = vec![];
    let mut at = 0;
    while at + 1 < view.len() {
        if is(at, ['<', '＜']) && is(at + 1, ['<', '＜']) {
            let close = (at + 2..view.len().min(at + 42)).find(|i| is(*i, ['>', '＞']));
            let inner = |close: usize| view[at + 2..close].iter().map(|cell| unit.char(*cell)).collect::<Vec<_>>();
            let chinese = |c: &char| is_han(*c) || is_mark(*c) || is_shared_mark(*c) || c.is_ascii_digit();
            if let Some(close) =
                close.filter(|c| is(*c + 1, ['>', '＞']) && *c > at + 2 && inner(*c).iter().all(chinese))
            {
                found.push((at, close));
                at = close + 1;
            }
        }
        at += 1;
    }
    if unit.role == Role::Verse {
        return;
    }
    for (open, close) in found {
        unit.set(view[open], '《', "N14");
        unit.delete(view[open + 1], "N14");
        unit.set(view[close], '》', "N14");
        unit.delete(view[close + 1], "N14");
    }
}
