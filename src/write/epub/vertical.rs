//! Numbers of vertical text: what reading systems set side by side only when they are told.
//!
//! In: a run's characters. Out: its [`Part`]s. The rule is that of the PDFs: two or three digits by themselves.

/// A part of a run.
#[derive(Debug, PartialEq, Eq)]
pub enum Part<'t> {
    Plain(&'t str),
    /// Two or three digits that no other Western character stands beside.
    Digits(&'t str),
}

pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = vec![];
    let mut rest = text;
    let western = |c: char| c.is_ascii() || c.is_alphabetic() && u32::from(c) < 0x2E80;
    while let Some(start) = rest.find(western) {
        let end = rest[start..].find(|c| !western(c)).map_or(rest.len(), |length| start + length);
        let token = &rest[start..end];
        if (2..=3).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit()) {
            parts.extend((start > 0).then(|| Part::Plain(&rest[..start])));
            parts.push(Part::Digits(token));
        } else {
            parts.push(Part::Plain(&rest[..end]));
        }
        rest = &rest[end..];
    }
    parts.extend((!rest.is_empty()).then_some(Part::Plain(rest)));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// VT-04, VT-05 (clreq §Mixed Text Composition in Vertical Writing Mode).
    #[test]
    fn two_or_three_digits_stand_side_by_side() {
        use Part::{Digits, Plain};
        assert_eq!(parts("第26屆"), [Plain("第"), Digits("26"), Plain("屆")]);
        assert_eq!(parts("365天"), [Digits("365"), Plain("天")]);
        assert_eq!(parts("在2024年3月 15 Pro"), [Plain("在2024"), Plain("年3"), Plain("月 15 Pro")]);
    }
}
