//! `import.log`: a section for each manuscript.
//!
//! In: the log as it is, and what an import tells. Out: the log after it. A manuscript that is imported again replaces its own
//! section where it stands; others, and what stands before the first, stay to the letter.

use std::collections::BTreeMap;

pub fn merged(old: &str, told: &[(String, String)]) -> String {
    // Manuscripts of one name, from several directories, share a section.
    let mut new: BTreeMap<&str, String> = BTreeMap::new();
    told.iter().for_each(|(name, text)| *new.entry(name).or_default() += text);
    let mut out = String::with_capacity(old.len());
    let mut replaced = false;
    for line in old.split_inclusive('\n') {
        if let Some(name) = heading(line) {
            let text = new.get(name);
            replaced = text.is_some();
            if let Some(text) = new.remove(name) {
                out += &section(name, &text);
            }
        }
        if !replaced {
            out += line;
        }
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    for (name, _) in told {
        out.extend(new.remove(&name[..]).map(|text| section(name, &text)));
    }
    out
}

/// Entries begin with the name of a rule, so that none looks like it.
fn heading(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix("== ")?.strip_suffix(" ==")
}

fn section(name: &str, text: &str) -> String {
    format!("== {name} ==\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_where_it_stands_and_the_others_stay() {
        let told = |rows: &[(&str, &str)]| rows.iter().map(|(n, t)| (n.to_string(), t.to_string())).collect::<Vec<_>>();
        let first = merged("", &told(&[("a.txt", "T3\t1\t删去\t「== 目录 ==」\n"), ("b.txt", "T5\t2\n")]));
        assert_eq!(first, "== a.txt ==\nT3\t1\t删去\t「== 目录 ==」\n== b.txt ==\nT5\t2\n");
        assert_eq!(merged(&first, &told(&[("b.txt", "T5\t2\n")])), first, "importing twice changes nothing");
        let again = merged(&format!("编辑的话\n{first}"), &told(&[("c.txt", "T6\t1\n"), ("a.txt", "N1\t4\n")]));
        assert_eq!(again, "编辑的话\n== a.txt ==\nN1\t4\n== b.txt ==\nT5\t2\n== c.txt ==\nT6\t1\n");
    }

    #[test]
    fn manuscripts_of_one_name_share_a_section() {
        let told = [("a.txt".to_string(), "T3\t1\n".to_string()), ("a.txt".to_string(), "T4\t2\n".to_string())];
        let once = merged("", &told);
        assert_eq!(once, "== a.txt ==\nT3\t1\nT4\t2\n");
        assert_eq!(merged(&once, &told), once);
    }
}
