//! `issue.toml` from what manuscripts say of their issue, each value with where it was read.

use crate::base::{FileId, Lang};
use crate::convert::import::raw::{Fact, Facts};
use crate::source::keyed;
use std::path::Path;

/// A value of an existing manifest.
pub fn value(path: &Path, table: &str, keys: &[&str]) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let whole = keyed::toml(&text, FileId(0), 0).ok()?;
    let (_, table) = whole.entries().iter().find(|(k, _)| k.name == table)?;
    let (_, value) = table.entries().iter().find(|(k, _)| keys.contains(&k.name.as_str()))?;
    value.text()
}

/// A new manifest. The first manuscript that knows a fact says it.
pub fn write(facts: &[(String, Facts)], lang: Lang) -> String {
    let find = |of: fn(&Facts) -> &Option<Fact>| facts.iter().find_map(|(name, f)| Some((name, of(f).as_ref()?)));
    let line = |key: &str, fact: Option<(&String, &Fact)>, number: bool, example: &str| match fact {
        Some((name, fact)) => {
            let origin = fact.origin.split_whitespace().collect::<Vec<_>>().join(" ");
            let bare = number && fact.value.bytes().all(|b| b.is_ascii_digit());
            let value = if bare { fact.value.clone() } else { quoted(&fact.value) };
            format!("{key} = {value}    # {name}:{} {origin}\n", fact.line)
        }
        None => format!("# {key} = {example}\n"),
    };
    [
        "# 导入时新建；# 后面是出处。 / Made by import; behind # is where each value was read.\n\n[magazine]\n"
            .to_string(),
        line("title", find(|f| &f.magazine), false, "\"刊名\""),
        format!("lang = \"{}\"    # 按文字推测 / guessed from the text\n", lang.tag()),
        line("email", find(|f| &f.email), false, "\"editor@example.org\""),
        "\n[issue]\n".to_string(),
        line("year", find(|f| &f.year), true, "2026"),
        line("number", find(|f| &f.number), true, "1"),
        line("serial", find(|f| &f.serial), true, "1"),
    ]
    .concat()
}

fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", escaped.chars().filter(|c| !c.is_control()).collect::<String>())
}
