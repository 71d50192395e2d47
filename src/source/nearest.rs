//! Did you mean: the known word nearest to a written one.

/// The nearest of `known` within a third of the word's length (at least one change), ignoring case; ties go to the first.
///
/// `nearest("titel", ["title", "trim"])` is `Some("title")`.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word: Vec<char> = written.to_lowercase().chars().collect();
    let limit = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let far = distance(&word, &name.to_lowercase().chars().collect::<Vec<_>>());
        // A word of two characters changed in one is another word.
        let near = far <= limit && (far == 0 || word.len() > 2 || name.chars().count() > 2);
        if near && best.is_none_or(|(d, _)| far < d) {
            best = Some((far, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Edits between two words: insertions, deletions, substitutions and swaps of neighbours (Damerau's four slips).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: [Vec<usize>; 3] = [vec![0; b.len() + 1], vec![0; b.len() + 1], (0..=b.len()).collect()];
    for i in 1..=a.len() {
        rows.rotate_left(1);
        rows[2][0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[1][j] + 1).min(rows[2][j - 1] + 1).min(rows[1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = least;
        }
    }
    rows[2][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_find_their_word() {
        let known = ["title", "trim", "columns", "责任编辑", "校对"];
        assert_eq!(nearest("titel", known), Some("title"), "a swap is one slip");
        assert_eq!(nearest("Colums", known), Some("columns"));
        assert_eq!(nearest("责任编缉", known), Some("责任编辑"));
        assert_eq!(nearest("校样", known), None, "half of a two-character word is another word");
        assert_eq!(nearest("whatever", known), None);
    }
}
