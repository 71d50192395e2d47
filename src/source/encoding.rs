//! What a file that is not UTF-8 most likely is: GB18030, Big5 or UTF-16, by the shape of its bytes.
//!
//! In: bytes and the offset of the first that is not UTF-8. Out: one `source/encoding` finding that says what to do.
//! Shapes: GB 18030-2022 §6 (two-byte 81–FE, 40–7E | 80–FE; four-byte 81–FE 30–39 81–FE 30–39).

use super::Sources;
use crate::base::{Code, Diagnostic, FileId, Span, words};

pub(super) fn finding(sources: &Sources, file: FileId, bytes: &[u8], at: usize) -> Diagnostic {
    let shown = sources.shown(file);
    let (line, _) = sources.file(file).line_col(at as u32);
    let span = Span { file, start: at as u32, end: at as u32 + 3 };
    let message = words(
        format!("{shown} 不是 UTF-8：第 {line} 行，第 {at} 字节"),
        format!("{shown} is not UTF-8: line {line}, byte {at}"),
    );
    let finding = Diagnostic::at(Code::SourceEncoding, span, message);
    match guess(bytes) {
        Some(name) => finding.hint(
            format!("看上去是 {name}：在编辑器里另存为 UTF-8，或运行 iconv -f {name} -t UTF-8 {shown}"),
            format!("it looks like {name}: save it as UTF-8 in an editor, or run iconv -f {name} -t UTF-8 {shown}"),
        ),
        None => finding.hint("在编辑器里另存为 UTF-8", "save it as UTF-8 in an editor"),
    }
}

fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some("UTF-16");
    }
    let (mut pairs, mut low, mut at) = (0_usize, 0_usize, 0);
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest {
            [0..=0x7F, ..] => 1,
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => 4,
            [0x81..=0xFE, trail @ (0x40..=0x7E | 0x80..=0xFE), ..] => {
                pairs += 1;
                low += usize::from(*trail < 0x80);
                2
            }
            _ => return None,
        };
    }
    // GB 2312 characters have no trail byte below A1; in running Big5 text two in five have one.
    match pairs {
        0 => None,
        _ if low * 5 > pairs => Some("Big5"),
        _ => Some("GB18030"),
    }
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn encodings_are_known_by_the_shape_of_their_bytes() {
        assert_eq!(guess(b"\xC9\xBD\xD0\xD0"), Some("GB18030"));
        assert_eq!(guess(b"\xA4\x40\xA4\xA4\xB0\xEA\xA4\x48"), Some("Big5"));
        assert_eq!(guess(b"\xFF\xFEa\0"), Some("UTF-16"));
        assert_eq!(guess(b"caf\xE9"), None, "Latin-1");
    }
}
