//! Small readings of written words that several tables share: lists of names, identifiers, file stems.

use crate::base::Lang;
use crate::doc::{Colour, Frequency};

/// Splits a list at 、 ， , ； ; ／ / and line ends; each part trimmed, empty ones dropped.
pub fn split_list(text: &str) -> Vec<String> {
    let parts = text.split(['、', '，', ',', '；', ';', '／', '/', '\n']);
    parts.map(str::trim).filter(|p| !p.is_empty()).map(String::from).collect()
}

/// A list of names, each stored clean.
pub fn split_names(text: &str) -> Vec<String> {
    split_list(text).iter().map(|name| clean_name(name)).collect()
}

/// A text that is no list.
pub fn whole(text: &str) -> Vec<String> {
    vec![text.trim().to_string()].into_iter().filter(|t| !t.is_empty()).collect()
}

/// A name without the spaces that set a two-character name on three em: 王　明 is 王明. Western names keep theirs.
pub fn clean_name(name: &str) -> String {
    let name = name.trim();
    let han = name.chars().any(|c| matches!(c as u32, 0x3400..=0x9FFF | 0x20000..=0x3FFFD));
    match han && !name.chars().any(|c| c.is_ascii_alphabetic()) {
        true => name.chars().filter(|c| !c.is_whitespace()).collect(),
        false => name.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// A CN number as `CN 11-5643/D`, with or without its prefix (GB/T 9999.1).
pub fn cn(text: &str) -> Option<String> {
    let plain = text.trim().trim_start_matches("CN").trim();
    let (number, class) = plain.split_once('/').map_or((plain, None), |(n, c)| (n, Some(c)));
    let (region, serial) = number.split_once('-')?;
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let class_ok = class.is_none_or(|c| {
        c.starts_with(|c: char| c.is_ascii_uppercase())
            && c.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    });
    (digits(region, 2) && digits(serial, 4) && class_ok).then(|| format!("CN {plain}"))
}

/// A postal subscription code as `2-999`; an odd first part is a newspaper's.
pub fn postal_code(text: &str) -> Option<String> {
    let plain = text.trim().replace(['－', '–', '—'], "-");
    let (region, serial) = plain.split_once('-')?;
    let digits = |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    (digits(region, 2) && digits(serial, 4)).then_some(plain)
}

/// 刊期 by its key or any Chinese name.
pub fn frequency(text: &str) -> Option<Frequency> {
    let plain: String = text.trim().to_lowercase().replace([' ', '_'], "-");
    let alias = match plain.as_str() {
        "周报" | "週報" | "周刊" => Some(Frequency::Weekly),
        "双周" | "fortnightly" => Some(Frequency::Biweekly),
        "半月" => Some(Frequency::Semimonthly),
        "半年" | "half-yearly" => Some(Frequency::Semiannual),
        "年鉴" | "yearly" => Some(Frequency::Annual),
        _ => None,
    };
    let named = |f: &Frequency| f.key() == plain || [Lang::ZhHans, Lang::ZhHant].iter().any(|l| f.name(*l) == plain);
    Frequency::ALL.into_iter().find(named).or(alias)
}

/// `第9—10期` is `9-10`.
pub fn issue_number(text: &str) -> String {
    let plain = text.trim().trim_start_matches('第').trim_end_matches('期');
    plain.replace(['－', '–', '—', '～', '~', '/', '、'], "-").replace(' ', "")
}

/// A size in bytes: `50MB`, `800 KB`.
pub fn bytes(text: &str) -> Option<u64> {
    let plain = text.trim().to_ascii_uppercase();
    let (number, unit) = plain.split_at(plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len()));
    let unit = match unit.trim() {
        "" | "B" => 1,
        "K" | "KB" => 1000,
        "M" | "MB" => 1_000_000,
        "G" | "GB" => 1_000_000_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit).filter(|n| *n > 0)
}

/// `#1f4a3d`, `C80 M40 Y65 K35`, or a swatch's name.
pub fn colour(text: &str) -> Option<Colour> {
    let text = text.trim();
    if let Some(hex) = text.strip_prefix('#') {
        let byte = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
        return Some(Colour::Rgb([byte(0)?, byte(2)?, byte(4)?])).filter(|_| hex.len() == 6);
    }
    let parts: Vec<&str> = text.split([' ', ',', '，', '/']).filter(|p| !p.is_empty()).collect();
    let part = |letter: char| {
        let written = parts.iter().find_map(|p| p.strip_prefix([letter, letter.to_ascii_lowercase()]))?;
        written.trim_end_matches('%').parse().ok().filter(|n: &u8| *n <= 100)
    };
    if let [Some(c), Some(m), Some(y), Some(k)] = ['C', 'M', 'Y', 'K'].map(part) {
        return Some(Colour::Cmyk([c, m, y, k]));
    }
    let is_name =
        !text.is_empty() && !text.contains(char::is_whitespace) && !text.starts_with(|c: char| c.is_ascii_digit());
    is_name.then(|| Colour::Swatch(text.to_string()))
}

/// `Mountain Walk` as `mountain-walk`; None when nothing of it is ASCII.
pub fn slug(text: &str) -> Option<String> {
    let lower: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = lower.split('-').filter(|p| !p.is_empty()).collect();
    Some(parts.join("-")).filter(|s| !s.is_empty())
}

/// `9` as `09`, `9-10` as `09-10`, for file names that sort.
pub fn padded(number: &str) -> String {
    let parts = number.split(['-', '–', '－', '—', '/']).map(str::trim);
    let two =
        |p: &str| if p.len() == 1 && p.bytes().all(|b| b.is_ascii_digit()) { format!("0{p}") } else { p.to_string() };
    parts.map(two).collect::<Vec<_>>().join("-")
}

/// Languages by the tags and names editors write.
pub fn lang(text: &str) -> Option<Lang> {
    match text.trim() {
        "简体" | "简体中文" => Some(Lang::ZhHans),
        "繁體" | "正體" | "繁体" => Some(Lang::ZhHant),
        tag => tag.parse().ok(),
    }
}

/// Matches a path against a glob: `*` and `?` stay within a directory, `**` does not.
pub fn glob(pattern: &str, path: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => path.is_empty(),
        Some('*') if pattern.starts_with("**") => {
            let after = pattern[2..].trim_start_matches('/');
            path.char_indices().map(|(i, _)| i).chain([path.len()]).any(|i| glob(after, &path[i..]))
        }
        Some('*') => {
            let end = path.find('/').unwrap_or(path.len());
            path[..end].char_indices().map(|(i, _)| i).chain([end]).any(|i| glob(rest.as_str(), &path[i..]))
        }
        Some(p) => path
            .chars()
            .next()
            .is_some_and(|c| (p == c || p == '?' && c != '/') && glob(rest.as_str(), &path[c.len_utf8()..])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_checked() {
        assert_eq!(cn("11-5643/D").as_deref(), Some("CN 11-5643/D"));
        assert_eq!(cn("CN 11-1234/G0").as_deref(), Some("CN 11-1234/G0"));
        assert_eq!((cn("CN 1-1234"), cn("CN 11-1234/d")), (None, None));
    }

    #[test]
    fn codes_frequencies_sizes_and_colours_are_read() {
        assert_eq!(postal_code("2-999").as_deref(), Some("2-999"));
        assert_eq!((postal_code("2999"), postal_code("200-1"), postal_code("2-")), (None, None, None));
        assert_eq!(frequency("双月刊"), Some(Frequency::Bimonthly));
        assert_eq!(frequency("monthly"), Some(Frequency::Monthly));
        assert_eq!(frequency("时有时无"), None);
        assert_eq!((bytes("50MB"), bytes("800 kb"), bytes("MB")), (Some(50_000_000), Some(800_000), None));
        assert_eq!(colour("#1f4a3d"), Some(Colour::Rgb([0x1f, 0x4a, 0x3d])));
        assert_eq!(colour("C80 M40 Y65 K35"), Some(Colour::Cmyk([80, 40, 65, 35])));
        assert_eq!(colour("accent"), Some(Colour::Swatch("accent".into())));
        assert_eq!((colour("#12"), colour("C80 M40")), (None, None));
        assert_eq!(issue_number("第9—10期"), "9-10");
    }

    #[test]
    fn names_are_stored_clean() {
        assert_eq!(split_names("王　明、李一苇，Jane  Doe"), ["王明", "李一苇", "Jane Doe"]);
    }

    #[test]
    fn file_stems_sort() {
        assert_eq!((padded("9"), padded("9-10"), padded("12")), ("09".into(), "09-10".into(), "12".into()));
        assert_eq!(slug("Mountain  Walk!").as_deref(), Some("mountain-walk"));
        assert_eq!(slug("山行"), None);
    }

    #[test]
    fn globs_stay_in_their_directory() {
        assert!(glob("articles/01-*.md", "articles/01-山.md"));
        assert!(glob("articles/0?.md", "articles/02.md"));
        assert!(!glob("*.md", "articles/01.md"));
        assert!(glob("**/*.md", "articles/a/01.md") && glob("**/*.md", "01.md"));
    }
}
