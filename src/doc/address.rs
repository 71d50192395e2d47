//! Addresses outside the issue.
//!
//! In: a link's target as its author wrote it. Out: an href that is sound (URL Standard), or nothing.

/// A web or mail address as an href: what the URL Standard doesn't allow in one is percent-encoded; None where it is no
/// such address.
pub fn address(target: &str) -> Option<String> {
    let target = target.trim();
    let (scheme, rest) = target.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let sound = match scheme.as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            let name = host
                .split_once(':')
                .map_or(host, |(name, port)| if !port.is_empty() && port.parse::<u16>().is_ok() { name } else { "" });
            is_host(name)
        }
        "mailto" => rest
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && is_host(host.split('?').next().unwrap_or(host))),
        _ => false,
    };
    sound.then(|| format!("{scheme}:{}", encoded(rest)))
}

fn is_host(name: &str) -> bool {
    !name.is_empty()
        && name.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c.is_alphabetic())
        })
}

fn encoded(rest: &str) -> String {
    let (before, fragment) = rest.split_once('#').map_or((rest, None), |(b, f)| (b, Some(f)));
    let escape = |part: &str| {
        let mut out = String::new();
        for (i, c) in part.char_indices() {
            let hex = |at: usize| part.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
            let plain = match c {
                '%' => hex(i + 1) && hex(i + 2),
                _ if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(c),
                _ => c.is_alphanumeric(),
            };
            if plain {
                out.push(c);
            } else {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
            }
        }
        out
    };
    fragment.map_or_else(|| escape(before), |f| format!("{}#{}", escape(before), escape(f)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_addresses_are_encoded_and_others_refused() {
        for wrong in
            ["02.md", "javascript:alert(1)", "http://", "http:///x", "https://a b/", "https:example.org", "mailto:a"]
        {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        assert_eq!(address("https://例子.中国/a b?q=[1]").as_deref(), Some("https://例子.中国/a%20b?q=%5B1%5D"));
        assert_eq!(address("HTTP://example.org:80/100%").as_deref(), Some("http://example.org:80/100%25"));
        assert_eq!(address("mailto:a@example.org").as_deref(), Some("mailto:a@example.org"));
    }
}
