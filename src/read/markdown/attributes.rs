//! Pandoc's attribute grammar: `{.class #id key="value"}`, behind images, spans, headings and div fences.

/// Attributes in the order they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    pub id: Option<String>,
    pub classes: Vec<String>,
    pub pairs: Vec<(String, String)>,
}

/// Reads attributes at the start of `text`; the length includes the braces. None where the braces hold something else.
pub fn attributes(text: &str) -> Option<(Attributes, usize)> {
    let inner = text.strip_prefix('{')?;
    let mut found = Attributes::default();
    let mut rest = inner.trim_start_matches([' ', '\t']);
    loop {
        if let Some(after) = rest.strip_prefix('}') {
            let any = found.id.is_some() || !found.classes.is_empty() || !found.pairs.is_empty();
            return any.then_some((found, text.len() - after.len()));
        }
        let word =
            |s: &str| s.find(|c: char| c.is_whitespace() || matches!(c, '}' | '=' | '"' | '{')).unwrap_or(s.len());
        let sign = rest.chars().next()?;
        let start = usize::from(matches!(sign, '.' | '#'));
        let end = start + word(&rest[start..]);
        let name = rest[start..end].to_string();
        rest = &rest[end..];
        if name.is_empty() {
            return None;
        }
        match (sign, rest.strip_prefix('=')) {
            ('.', None) => found.classes.push(name),
            ('#', None) => found.id = Some(name),
            (_, Some(value)) if start == 0 => {
                let (value, after) = match value.strip_prefix('"') {
                    Some(quoted) => quoted.split_once('"').filter(|(v, _)| !v.contains('\n'))?,
                    None => value.split_at(word(value)),
                };
                found.pairs.push((name, value.to_string()));
                rest = after;
            }
            _ => return None,
        }
        rest = rest.trim_start_matches([' ', '\t']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_ids_and_pairs() {
        let (found, length) = attributes("{.span #tu alt=\"山 门\" place=inline} 后").unwrap();
        assert_eq!(found.classes, ["span"]);
        assert_eq!(found.id.as_deref(), Some("tu"));
        assert_eq!(found.pairs, [("alt".into(), "山 门".into()), ("place".into(), "inline".into())]);
        assert_eq!(length, "{.span #tu alt=\"山 门\" place=inline}".len());
        for bad in ["{漢|かん}", "{}", "{.a", "{ . }", "{a b}", "", "{x=\"}"] {
            assert_eq!(attributes(bad), None, "{bad}");
        }
    }
}
