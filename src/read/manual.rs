//! The reference of keys, made of the tables that read them.
//!
//! In: nothing. Out: a row a key of issue.toml, magazine.toml and front matter; all as Markdown (docs/keys.md), all or one
//! for a terminal.

use super::front;
use super::manifest::keys::TOP;
use crate::doc::ENTRIES;
use crate::source::render::UiLang;
use crate::source::{Name, Shape};
use std::fmt::Write;

/// A table of keys: where it is written, its spellings, its keys.
pub struct Table {
    /// `[page]`, `[[section]]`, `---` for front matter.
    pub head: String,
    pub name: Name,
    pub keys: &'static [Name],
}

/// Every table, those within a table behind it.
pub fn tables() -> Vec<Table> {
    let mut out = vec![];
    let top = |name: &Name| Table { head: String::new(), name: *name, keys: &[] };
    TOP.iter().for_each(|name| add(top(name), "", &mut out));
    out.push(Table { head: "---".into(), name: FRONT, keys: &front::KEYS });
    for name in &front::KEYS {
        if let Shape::Table(keys) | Shape::Tables(keys) = name.shape {
            out.push(Table { head: format!("--- {}", name.key), name: *name, keys });
        }
    }
    out
}

const FRONT: Name = crate::source::name("front matter", &["元数据", "元資料"]).says(
    "文章开头的元数据：--- 之间的 YAML，或 +++ 之间的 TOML",
    "front matter of an article: YAML between ---, or TOML between +++",
);

fn add(table: Table, above: &str, out: &mut Vec<Table>) {
    let path = format!("{above}{}", table.name.key);
    let (head, keys) = match table.name.shape {
        Shape::Table(keys) => (format!("[{path}]"), keys),
        Shape::Tables(keys) => (format!("[[{path}]]"), keys),
        _ => (path.clone(), &[][..]),
    };
    out.push(Table { head, keys, ..table });
    for name in keys.iter().filter(|n| matches!(n.shape, Shape::Table(_) | Shape::Tables(_))) {
        add(Table { head: String::new(), name: *name, keys: &[] }, &format!("{path}."), out);
    }
}

/// What a value is, in both languages.
fn shape(shape: Shape) -> [String; 2] {
    let [zh, en] = match shape {
        Shape::Any => ["值", "value"],
        Shape::Text => ["文字", "text"],
        Shape::Texts => ["文字或列表", "text or list"],
        Shape::People => ["人名", "names"],
        Shape::Path => ["路径", "path"],
        Shape::Flag => ["true、false", "true, false"],
        Shape::Length => ["长度", "length"],
        Shape::Date => ["日期", "date"],
        Shape::Table(_) | Shape::Tables(_) => ["表", "table"],
        Shape::Whole(low, high) => {
            return [format!("{low}–{high}"), format!("{low}–{high}")];
        }
        Shape::Choice(words) => {
            return [words.join(" "), words.iter().filter(|w| w.is_ascii()).copied().collect::<Vec<_>>().join(" ")];
        }
    };
    [zh.into(), en.into()]
}

/// docs/keys.md.
pub fn markdown() -> String {
    let mut out = String::from(
        "# 全部的键 / All keys\n\n\
         issue.toml、magazine.toml 与文章元数据里能写的键。由程序生成：`QIKAN_ACCEPT=1 cargo test --test keys`。  \n\
         Every key of issue.toml, magazine.toml and front matter, generated from the program.\n\n\
         magazine.toml 放在本期目录或它上面的目录里，键相同，本期自己写的优先。  \n\
         magazine.toml stands in the issue's directory or above it and has the same keys; the issue's own win.\n",
    );
    for table in tables() {
        let also = table.name.aliases.join(" ");
        write!(out, "\n## {}\n\n{}  \n{}\n", table.head, table.name.about[0], table.name.about[1]).expect("a string");
        if !also.is_empty() {
            writeln!(out, "\n也可写作 / also: {also}").expect("a string");
        }
        if !table.keys.is_empty() {
            out.push_str("\n| 键 key | 别名 also | 值 value | 默认 default | 意思 meaning |\n|---|---|---|---|---|\n");
            table.keys.iter().for_each(|name| out.push_str(&row(name)));
        }
    }
    out.push_str("\n## [colophon] 认得的标签 / labels that are known\n\n| 键 key | 标签 label | 别名 also | English |\n|---|---|---|---|\n");
    for entry in &ENTRIES {
        let [hans, hant, en] = entry.labels;
        let label = if hans == hant { hans.to_string() } else { format!("{hans} {hant}") };
        writeln!(out, "| `{}` | {label} | {} | {en} |", entry.key, entry.aliases.join(" ")).expect("a string");
    }
    out
}

fn row(name: &Name) -> String {
    let [zh, en] = shape(name.shape);
    let value = if zh == en || matches!(name.shape, Shape::Choice(_)) { zh } else { format!("{zh} / {en}") };
    let default = if name.default.is_empty() { String::new() } else { format!("`{}`", name.default) };
    let cells = [
        format!("`{}`", name.key),
        name.aliases.join(" "),
        value,
        default,
        format!("{}<br>{}", name.about[0], name.about[1]),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

/// For a terminal: every key, or those that `wanted` names (`page.trim`, `trim`, `开本`). Empty: there is none.
pub fn plain(wanted: Option<&str>, lang: UiLang) -> String {
    let mut out = String::new();
    for table in tables() {
        let inside = table.head.trim_matches(['[', ']', '-', ' ']);
        let asked = |name: &&Name| {
            wanted
                .is_none_or(|w| name.means(w) || w.rsplit_once('.').is_some_and(|(t, k)| t == inside && name.means(k)))
        };
        let keys: Vec<&Name> = table.keys.iter().filter(asked).collect();
        let whole = wanted.is_none()
            || wanted == Some(inside)
            || wanted.is_some_and(|w| table.name.means(w) && inside == table.name.key);
        if keys.is_empty() && !whole {
            continue;
        }
        writeln!(out, "{}  {}", table.head, say(table.name.about, lang)).expect("a string");
        let keys = if whole { table.keys.iter().collect() } else { keys };
        keys.into_iter().for_each(|name| out.push_str(&lines(name, lang)));
    }
    out
}

fn lines(name: &Name, lang: UiLang) -> String {
    let value = say(shape(name.shape), lang);
    let also = if name.aliases.is_empty() { String::new() } else { format!("  ({})", name.aliases.join(" ")) };
    let default = match (name.default, lang) {
        ("", _) => String::new(),
        (d, UiLang::Zh) => format!("；默认 {d}"),
        (d, UiLang::En) => format!("; default {d}"),
    };
    format!("  {}{also}\n      {}\n      {value}{default}\n", name.key, say(name.about, lang))
}

fn say<T: Into<String>>([zh, en]: [T; 2], lang: UiLang) -> String {
    match lang {
        UiLang::Zh => zh.into(),
        UiLang::En => en.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_says_what_it_means_in_both_languages_and_has_an_alias() {
        for table in tables() {
            for name in table.keys.iter().chain([&table.name]) {
                assert!(name.about.iter().all(|t| !t.is_empty()), "{} of {}", name.key, table.head);
                assert!(!name.aliases.is_empty(), "{} of {} has no Chinese spelling", name.key, table.head);
            }
        }
    }

    #[test]
    fn spellings_of_a_table_are_unique() {
        for table in tables() {
            let mut all: Vec<&str> = crate::source::spellings(table.keys).collect();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{}", table.head);
        }
    }

    #[test]
    fn one_key_is_found_by_path_name_or_alias() {
        for wanted in ["page.trim", "trim", "开本"] {
            assert!(plain(Some(wanted), UiLang::En).contains("trimmed size"), "{wanted}");
        }
        assert!(plain(Some("screen"), UiLang::Zh).contains("budget"));
        assert_eq!(plain(Some("nonsense"), UiLang::Zh), "");
    }
}
