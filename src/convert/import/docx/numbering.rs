//! Numbers that Word makes: they stand in no text run and are text to a reader (ECMA-376-1 §17.9).

use super::super::raw::MOST;
use super::xml::Element;
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Numbering {
    /// List → its levels.
    lists: BTreeMap<String, Vec<Level>>,
    /// How far each list has counted.
    counts: BTreeMap<String, Vec<u32>>,
}

#[derive(Clone, Default)]
struct Level {
    format: String,
    /// `%1、`, `（%1）`, `%1.%2`.
    text: String,
    start: u32,
}

/// What stands before a numbered paragraph.
pub enum Label {
    Bullet,
    /// `1.` and the like, which Markdown has too.
    Number(u32),
    /// Anything else, as text.
    Text(String),
}

impl Numbering {
    pub fn read(root: Option<&Element>) -> Numbering {
        let mut abstracts: BTreeMap<&str, Vec<Level>> = BTreeMap::new();
        let mut out = Numbering::default();
        let Some(root) = root.and_then(|r| r.child("numbering")) else { return out };
        for e in &root.children {
            if let Some(id) = e.attribute("abstractNumId").filter(|_| e.is("abstractNum")) {
                abstracts.insert(id, e.children.iter().filter(|c| c.is("lvl")).map(level).collect());
            }
        }
        for e in root.children.iter().filter(|e| e.is("num")) {
            let levels = e.value("abstractNumId").and_then(|id| abstracts.get(id));
            if let Some((id, levels)) = e.attribute("numId").zip(levels) {
                out.lists.insert(id.to_string(), levels.clone());
            }
        }
        out
    }

    /// Counts one paragraph on; None for a list that is not there or says "none".
    pub fn next(&mut self, list: &str, depth: usize) -> Option<Label> {
        let levels = self.lists.get(list)?;
        let level = levels.get(depth)?;
        let counts = self
            .counts
            .entry(list.to_string())
            .or_insert_with(|| levels.iter().map(|l| l.start.saturating_sub(1)).collect());
        counts[depth] = MOST.min(counts[depth] + 1);
        for (below, count) in counts.iter_mut().enumerate().skip(depth + 1) {
            *count = levels[below].start.saturating_sub(1);
        }
        match &level.format[..] {
            "bullet" => Some(Label::Bullet),
            "none" => None,
            "decimal" if level.text == format!("%{}.", depth + 1) || level.text == format!("%{})", depth + 1) => {
                Some(Label::Number(counts[depth]))
            }
            _ => Some(Label::Text(label(levels, counts, &level.text))),
        }
    }
}

fn level(e: &Element) -> Level {
    let value = |name: &str| e.value(name).unwrap_or_default().to_string();
    Level {
        format: value("numFmt"),
        text: value("lvlText"),
        start: value("start").parse().map_or(1, |n: u32| n.min(MOST)),
    }
}

fn label(levels: &[Level], counts: &[u32], text: &str) -> String {
    let mut out = text.to_string();
    for (n, (level, count)) in levels.iter().zip(counts).enumerate() {
        out = out.replace(&format!("%{}", n + 1), &written(&level.format, *count));
    }
    out
}

/// A count in one of Word's formats.
fn written(format: &str, n: u32) -> String {
    match format {
        f if f.starts_with("chinese")
            || f.starts_with("japanese")
            || f.starts_with("taiwanese")
            || f.starts_with("ideograph") && !f.contains("Enclosed") =>
        {
            han(n)
        }
        "upperLetter" => letter(n, 'A'),
        "lowerLetter" => letter(n, 'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle"
            if (1..=20).contains(&n) =>
        {
            char::from_u32(0x245F + n).map(String::from).unwrap_or_default()
        }
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

fn letter(n: u32, first: char) -> String {
    let at = (n.max(1) - 1) % 26;
    char::from_u32(first as u32 + at).map(String::from).unwrap_or_default()
}

fn roman(mut n: u32) -> String {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    n = n.min(3999);
    for (value, sign) in signs {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// 1 to 99 as 一 … 九十九; beyond, digits.
fn han(n: u32) -> String {
    let digit = |d: u32| "〇一二三四五六七八九".chars().nth(d as usize).map(String::from).unwrap_or_default();
    match n {
        0..10 => digit(n),
        10 => "十".into(),
        11..20 => format!("十{}", digit(n - 10)),
        20..100 => format!("{}十{}", digit(n / 10), if n.is_multiple_of(10) { String::new() } else { digit(n % 10) }),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_written_as_word_does() {
        assert_eq!([1, 10, 11, 20, 35].map(han), ["一", "十", "十一", "二十", "三十五"]);
        assert_eq!(
            (roman(14), letter(3, 'a'), written("decimalEnclosedCircle", 2)),
            ("XIV".into(), "c".into(), "②".into())
        );
    }
}
