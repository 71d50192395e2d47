//! T1: bytes into text.
//!
//! In: a file's bytes. Out: its text, composed (NFC, never NFKC), and how it was decoded. A byte order mark decides, then
//! strict UTF-8, then a guess: GB18030, Big5-HKSCS or UTF-16, by chardetng and by how ordinary the characters are.

use super::super::han::is_han;
use super::log::Log;
use crate::base::words;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Decodes a manuscript; `label` is the encoding it names itself, if any. UTF-8 that needs no change is not copied.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>, log: &mut Log) -> Cow<'a, str> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0,
        None => match std::str::from_utf8(bytes) {
            // Two small letters are a Han character to UTF-16; of what is UTF-8 too, controls tell.
            Ok(text) if !(text.contains(is_control) && is_utf16(bytes)) => Cow::Borrowed(text),
            _ => guessed(bytes, label, log),
        },
    };
    tidy(text, log)
}

fn guessed<'a>(bytes: &'a [u8], label: Option<&str>, log: &mut Log) -> Cow<'a, str> {
    let named = label.and_then(|l| Encoding::for_label(l.trim().as_bytes())).map(gb18030);
    let encoding = match named {
        Some(encoding) if decodes(encoding, bytes) => encoding,
        _ => guess(bytes),
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let name = if encoding == BIG5 { "Big5-HKSCS" } else { encoding.name() };
    log.guessed("T1", 0, words(format!("编码按 {name} 读"), format!("read as {name}")));
    if broken {
        let line = text.split('\u{FFFD}').next().map_or(1, |before| before.matches('\n').count() as u32 + 1);
        log.doubt("T1", line, words("有字节解不出来，成了“�”", "bytes that could not be decoded became “�”"));
    }
    // Programs that write Big5 take the division slash for the full-width one.
    if encoding == BIG5 { text.replace('\u{2215}', "／").into() } else { text }
}

/// A part of an Office document: UTF-8, or UTF-16 with its mark.
pub fn xml(bytes: Vec<u8>) -> String {
    let (encoding, skip) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
    if skip > 0 || std::str::from_utf8(&bytes).is_err() {
        return encoding.decode_without_bom_handling(&bytes[skip..]).0.into_owned();
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The encoding that a page names in its head.
pub fn charset(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = head.windows(8).position(|w| w.eq_ignore_ascii_case(b"charset="))? + 8;
    let rest = head[at..].strip_prefix(b"\"").unwrap_or(&head[at..]);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// GB2312 and GBK files are read by the standard that contains them.
fn gb18030(encoding: &'static Encoding) -> &'static Encoding {
    if encoding.name() == "GBK" { GB18030 } else { encoding }
}

fn decodes(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// The encoding of bytes that are neither marked nor UTF-8.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_utf16(bytes) {
        return if ordinary(UTF_16LE, bytes) >= ordinary(UTF_16BE, bytes) { UTF_16LE } else { UTF_16BE };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let theirs = gb18030(detector.guess(Some(b"cn"), Utf8Detection::Deny));
    // A cut or damaged UTF-8 file is still UTF-8.
    let best = [GB18030, BIG5, UTF_8].into_iter().max_by_key(|e| (ordinary(e, bytes), usize::from(*e == theirs)));
    let best = best.filter(|e| ordinary(e, bytes) > 0);
    best.unwrap_or(if decodes(theirs, bytes) { theirs } else { WINDOWS_1252 })
}

/// Per mille of Han that are among the ordinary, 0 where bytes don't decode: a short GBK file looks like Latin-1, and
/// Big5 bytes are legal GBK of very rare characters.
fn ordinary(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    let head = &bytes[..bytes.len().min(20_000)];
    let (text, _) = encoding.decode_without_bom_handling(head);
    let (mut all, mut common, mut wrong) = (0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '\u{FFFD}' | '\u{E000}'..='\u{F8FF}' => wrong += 1,
            c if is_han(c) => {
                all += 1;
                common += usize::from(COMMON.contains(c));
            }
            _ => {}
        }
    }
    // One broken character is a cut file, more are another encoding.
    if all == 0 || wrong * 20 > all + 20 { 0 } else { common * 1000 / all + 1 }
}

/// The most frequent characters of running text in both scripts.
const COMMON: &str = "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于着著下自之年过過发發后後作里裡裏用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運党黨";

/// Text in two-byte units: line ends and digits have a zero beside them, or nearly all units are Han.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return false;
    }
    let head = &bytes[..bytes.len().min(4000)];
    let units = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let han = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| (0x4E..=0x9F).contains(*b)).count();
    // 一 is U+4E00: its low byte is a zero too.
    let one_sided = |high: usize| {
        let (a, b) = (zeros(high), zeros(1 - high));
        a * 50 > units && a > b && (han(high) * 3 > units || a * 2 > units)
            || han(high) * 10 > units * 7 && ordinary(if high == 1 { UTF_16LE } else { UTF_16BE }, bytes) > 300
    };
    one_sided(0) || one_sided(1)
}

/// What is a line end or a blank to other programs.
pub const BREAKS: [char; 5] = ['\u{85}', '\u{2028}', '\u{2029}', '\u{0B}', '\u{0C}'];

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Line ends are \n, characters composed, control characters gone. References (`&#3;`) bring them in behind the decoder.
pub fn tidy<'a>(text: Cow<'a, str>, log: &mut Log) -> Cow<'a, str> {
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
    let text = if text.contains(BREAKS) { text.replace(BREAKS, "\n").into() } else { text };
    let text = match text.chars().filter(|c| is_control(*c)).collect::<String>() {
        gone if gone.is_empty() => text,
        gone => {
            let note = words(format!("{} 个控制字符", gone.chars().count()), "control characters");
            log.dropped("T1", 0, gone, note);
            text.replace(is_control, "").into()
        }
    };
    if is_nfc(&text) {
        return text;
    }
    let composed: String = text.nfc().collect();
    let line = text.lines().zip(composed.lines()).position(|(a, b)| a != b).map_or(0, |n| n as u32 + 1);
    let differ = text.lines().zip(composed.lines()).filter(|(a, b)| a != b);
    let (gone, came): (String, String) = differ.map(|(a, b)| (a.to_string(), b.to_string())).unzip();
    log.changed("T1", line, (gone, came), words("合成字符（NFC）", "characters composed (NFC)"));
    composed.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found_by_mark_by_form_or_by_their_characters() {
        let text = "这是一篇文章，我们在山里走了两天。\n来源：山行2026年";
        let traditional = "這是一篇文章，我們在山裡走了兩天。\n來源：山行2026年";
        let utf16 = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let mut log = Log::default();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            utf16(text, false),
            utf16(text, true),
            [&b"\xFF\xFE"[..], &utf16(text, false)].concat(),
        ] {
            assert_eq!(decode(&bytes, None, &mut log), text);
        }
        assert_eq!(decode(&BIG5.encode(traditional).0, None, &mut log), traditional);
        assert_eq!(decode(b"\xC9\xBD\xD0\xD0", None, &mut log), "山行", "a short GBK file looks like Latin-1");
        let damaged = [text.as_bytes(), b"\x85\xE5", text.as_bytes()].concat();
        assert_eq!(decode(&damaged, None, &mut log), format!("{text}\u{FFFD}{text}").replace("\u{FFFD}", "��"));
        assert_eq!(decode(b"caf\xE9 noir", None, &mut log), "café noir");
        assert_eq!(decode("上\n\nOOOOOOOO content".as_bytes(), None, &mut log), "上\n\nOOOOOOOO content");
        let latin = "walking as a rule is slower than riding";
        assert_eq!(decode(latin.as_bytes(), None, &mut log), latin, "letters are no halves of Han");
    }

    #[test]
    fn line_ends_and_control_characters() {
        let mut log = Log::default();
        assert_eq!(decode("甲\r\n乙\r丙\u{2028}丁\u{1}e\u{301}".as_bytes(), None, &mut log), "甲\n乙\n丙\n丁é");
        let rules: Vec<_> = log.entries.iter().map(|e| (e.rule, e.line)).collect();
        assert_eq!(rules, [("T1", 0), ("T1", 4)]);
    }
}
