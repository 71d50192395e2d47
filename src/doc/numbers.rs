//! Numbers that libraries and registries give to serials and papers: as written, and as they are stored.

/// An ISSN as `0317-8471`, with or without its prefix; None where form or check digit is wrong (ISO 3297 §4, mod 11).
pub fn issn(text: &str) -> Option<String> {
    let plain = text.trim().trim_start_matches("ISSN").trim_start_matches([' ', ':', '：']);
    let signs: Vec<char> = plain.chars().filter(|c| !matches!(c, '-' | ' ' | '－' | '–')).collect();
    let digits: Option<Vec<u32>> = signs
        .iter()
        .enumerate()
        .map(|(i, c)| if i == 7 && matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect();
    let digits = digits.filter(|d| d.len() == 8)?;
    let sum: u32 = digits.iter().zip((1..=8).rev()).map(|(d, weight)| d * weight).sum();
    let shown: String = signs.iter().collect::<String>().to_uppercase();
    sum.is_multiple_of(11).then(|| format!("{}-{}", &shown[..4], &shown[4..]))
}

/// 文章编号 as `1000-0003(2026)09-0012-08`: ISSN, year, number, first page, pages (CAJ-CD B/T 1 §6.4).
pub fn article_number(text: &str) -> Option<String> {
    let plain = text.trim().replace('（', "(").replace('）', ")").replace(['－', '–', '—'], "-");
    let (serial, rest) = plain.split_once('(')?;
    let (year, rest) = rest.split_once(')')?;
    let parts: Vec<&str> = rest.split('-').collect();
    let digits = |s: &str, (least, most): (usize, usize)| {
        (least..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
    };
    let [number, first, pages] = parts[..] else { return None };
    let sound = digits(year, (4, 4)) && digits(number, (2, 3)) && digits(first, (4, 4)) && digits(pages, (2, 2));
    (issn(serial).as_deref() == Some(serial) && sound).then_some(plain)
}

/// A class of the Chinese Library Classification, or several: `D625; F320.3`. L, M, W and Y begin none.
pub fn clc(text: &str) -> Option<String> {
    let class = |c: &str| {
        let letter = c.chars().next().is_some_and(|c| c.is_ascii_uppercase() && !"LMWY".contains(c));
        letter && c.chars().all(|c| c.is_ascii_alphanumeric() || ".-=()\"<>:+/".contains(c))
    };
    let all: Vec<&str> = text.split([';', '；', '、', ' ', '　']).map(str::trim).filter(|c| !c.is_empty()).collect();
    (!all.is_empty() && all.iter().all(|c| class(c))).then(|| all.join("; "))
}

/// A DOI without what is often written before it (ISO 26324).
pub fn doi(text: &str) -> Option<String> {
    let plain = text.trim();
    let lower = plain.to_ascii_lowercase();
    let before = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:", "doi："];
    let bare = before.iter().find(|b| lower.starts_with(**b)).map_or(plain, |b| plain[b.len()..].trim());
    let (prefix, suffix) = bare.split_once('/')?;
    let sound = prefix.starts_with("10.") && prefix[3..].bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let graphic = !suffix.is_empty() && suffix.chars().all(|c| c.is_ascii_graphic());
    (sound && prefix.len() > 3 && graphic).then(|| bare.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CAJ-CD B/T 1 §6: 分类号, 文章编号; ISO 26324: DOI.
    #[test]
    fn a_papers_numbers_are_checked() {
        assert_eq!(article_number("0317-8471（2026）09-0012-08").as_deref(), Some("0317-8471(2026)09-0012-08"));
        for wrong in ["0317-8472(2026)09-0012-08", "0317-8471(26)09-0012-08", "0317-8471(2026)09-12-08", "0317-8471"] {
            assert_eq!(article_number(wrong), None, "{wrong}");
        }
        assert_eq!(clc("D625；F320.3").as_deref(), Some("D625; F320.3"));
        assert_eq!((clc("625"), clc("L12"), clc("政治")), (None, None, None));
        assert_eq!(doi("https://doi.org/10.1000/182").as_deref(), Some("10.1000/182"));
        assert_eq!(doi("DOI: 10.1000/182").as_deref(), Some("10.1000/182"));
        assert_eq!((doi("11.1000/182"), doi("10.1000"), doi("10./x")), (None, None, None));
    }

    #[test]
    fn serials_numbers_are_checked() {
        assert_eq!(issn("ISSN 0317-8471").as_deref(), Some("0317-8471"));
        assert_eq!(issn("2434561X").as_deref(), Some("2434-561X"));
        assert_eq!(issn("0317-8472"), None, "check digit");
        assert_eq!(issn("0317-847"), None);
    }
}
