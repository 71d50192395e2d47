//! The module graph, as a test: a module names only the modules listed beside it (ARCHITECTURE.md §Layers).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the lowest layer to the highest: a module and what it may name.
const LAYERS: &[(&str, &str)] = &[
    ("base", ""),
    ("profile", ""),
    ("color", ""),
    ("doc", "base"),
    ("picture", "base color doc"),
    ("font", "base"),
    ("page", "base doc font"),
    ("style", "base color doc font page"),
    ("source", "base"),
    ("read", "base source doc font picture style"),
    ("convert", "base source doc"),
    ("text", "base doc font"),
    ("layout", "base doc font style text page"),
    ("write", "base color doc font page picture profile style"),
    ("check", "base color doc font page picture profile"),
    ("press", "base check color doc font style page picture profile source read convert text layout write"),
    ("cli", "base font source profile press"),
];

#[test]
fn a_module_names_only_the_layers_below() {
    let mut wrong = vec![];
    for (module, allowed) in LAYERS {
        for path in sources(module) {
            let source = fs::read_to_string(&path).expect("a source file is UTF-8");
            for (number, line) in (1..).zip(source.lines()) {
                for name in named(line) {
                    let known = LAYERS.iter().any(|(m, _)| *m == name);
                    if known && name != *module && !allowed.split(' ').any(|a| a == name) {
                        wrong.push(format!("{}:{number}: {module} names {name}", path.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A module may name only what stands above it in the table, so that there is no cycle.
#[test]
fn the_layers_have_no_cycle() {
    let mut seen = BTreeSet::new();
    for (module, allowed) in LAYERS {
        let early = allowed.split_whitespace().find(|a| !seen.contains(a));
        assert_eq!(early, None, "{module} names a layer that is not below it");
        seen.insert(*module);
    }
}

#[test]
fn every_module_is_in_the_table() {
    let entries = fs::read_dir(src()).expect("src/ is there");
    for entry in entries {
        let path = entry.expect("readable").path();
        let name = path.file_stem().and_then(|s| s.to_str()).expect("a UTF-8 name").to_string();
        let known = LAYERS.iter().any(|(m, _)| *m == name) || ["lib", "main", "ARCHITECTURE"].contains(&name.as_str());
        assert!(known, "src/{name} is in no layer");
    }
}

/// Sizes (ARCHITECTURE.md §House rules): a file is read at a sitting.
#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    for (module, _) in LAYERS {
        for path in sources(module) {
            let lines = fs::read_to_string(&path).expect("UTF-8").lines().count();
            assert!(lines <= 600, "{} has {lines} lines", path.display());
        }
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `crate::x` and each member of `crate::{x, y::z}` on one line of code.
fn named(line: &str) -> Vec<&str> {
    if line.trim_start().starts_with("//") {
        return vec![];
    }
    let word = |s: &'_ str| s.len() - s.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    let mut names = vec![];
    for rest in line.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group.split(',').map(str::trim_start).map(|s| &s[..word(s)])),
            None => names.push(&rest[..word(rest)]),
        }
    }
    names
}

fn sources(module: &str) -> Vec<PathBuf> {
    let mut stack = vec![src().join(module), src().join(format!("{module}.rs"))];
    let mut found = vec![];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(fs::read_dir(&path).expect("readable").map(|e| e.expect("readable").path()));
        } else if path.extension().is_some_and(|e| e == "rs") && path.exists() {
            found.push(path);
        }
    }
    found
}
