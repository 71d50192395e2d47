//! What a file is, by its first bytes and then by its name.

use crate::base::{Words, words};
use std::io::Cursor;

/// What import does with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Html,
    Markdown,
    Docx,
    /// A mail, or a page that a browser saved whole.
    Mail,
    Zip,
    Picture,
    /// Known, and not read: its name and how to turn it into something that is.
    Foreign(&'static str, Words),
}

/// Looks at a file. Hints name it as it is called here.
pub fn kind(name: &str, bytes: &[u8]) -> Kind {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let office = |kind: &'static str, to: &str| {
        let line = format!("soffice --headless --convert-to {to} \"{name}\"");
        let program = ["Excel", "PowerPoint"].into_iter().find(|p| kind.starts_with(p)).unwrap_or("Word");
        Kind::Foreign(
            kind,
            words(
                format!("在 {program}、WPS 里另存为 .{to}，或运行：{line}"),
                format!("save it as .{to} in {program} or WPS, or run: {line}"),
            ),
        )
    };
    match bytes {
        [b'P', b'K', 3 | 5, ..] => zipped(name, bytes, &office),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => match &extension[..] {
            "xls" | "et" => office("Excel 97", "html"),
            "ppt" | "dps" => office("PowerPoint 97", "html"),
            "wps" => office("WPS", "docx"),
            _ => office("Word 97 (.doc)", "docx"),
        },
        _ if bytes.starts_with(b"{\\rtf") => office("RTF", "docx"),
        _ if bytes.starts_with(b"%PDF") => {
            let line = format!("pdftotext -raw \"{name}\"");
            Kind::Foreign(
                "PDF",
                words(
                    format!("版面文件里没有段落；向作者要原稿，或运行 {line} 后导入 .txt"),
                    format!("a page file has no paragraphs; ask for the manuscript, or run {line} and import the .txt"),
                ),
            )
        }
        [0xFF, 0xD8, 0xFF, ..]
        | [0x89, b'P', b'N', b'G', ..]
        | [b'I', b'I', b'*', 0, ..]
        | [b'M', b'M', 0, b'*', ..] => Kind::Picture,
        _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") || bytes.starts_with(b"GIF8") => {
            Kind::Picture
        }
        [0x06, 0x06, 0xED, 0xF5, ..] => in_design("InDesign"),
        _ if bytes.starts_with(b"CAJ") || bytes.starts_with(b"KDH") || bytes.starts_with(b"HN\0") => Kind::Foreign(
            "CAJ",
            words("在 CAJViewer 里复制文字，存成 .txt", "copy the text in CAJViewer and save it as .txt"),
        ),
        _ => textual(&extension, bytes),
    }
}

fn zipped(name: &str, bytes: &[u8], office: &dyn Fn(&'static str, &str) -> Kind) -> Kind {
    // By its own list: an archive of manuscripts holds the names of their parts among its bytes.
    let listed = zip::ZipArchive::new(Cursor::new(bytes)).ok();
    let has = |needle: &str| match &listed {
        Some(list) => list.file_names().any(|name| name == needle),
        None => bytes.windows(needle.len()).any(|w| w == needle.as_bytes()),
    };
    let head = &bytes[..bytes.len().min(200)];
    let starts = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
    if starts(b"application/vnd.adobe.indesign-idml") || has("designmap.xml") {
        return in_design("IDML");
    }
    let pages = |list: &zip::ZipArchive<_>| list.file_names().any(|name| name.ends_with(".iwa"));
    if listed.as_ref().is_some_and(pages) || name.to_ascii_lowercase().ends_with(".pages") {
        let hint = words("在 Pages 里导出为 Word（.docx）", "export it from Pages to Word (.docx)");
        return Kind::Foreign("Pages", hint);
    }
    if has("OFD.xml") {
        let hint = words("在 OFD 阅读器里另存为 .txt", "save it as .txt in a reader of OFD files");
        return Kind::Foreign("OFD", hint);
    }
    if starts(b"application/vnd.oasis.opendocument.text") {
        return office("OpenDocument", "docx");
    }
    if starts(b"application/epub+zip") {
        return Kind::Foreign(
            "EPUB",
            words("EPUB 是成品；导入它里面的 .xhtml 文件", "an EPUB is a product; import the .xhtml files in it"),
        );
    }
    match () {
        () if has("word/document.xml") || name.to_ascii_lowercase().ends_with(".docx") => Kind::Docx,
        () if has("xl/workbook.xml") => office("Excel", "html"),
        () if has("ppt/presentation.xml") => office("PowerPoint", "html"),
        () => Kind::Zip,
    }
}

fn in_design(what: &'static str) -> Kind {
    Kind::Foreign(what, words("在 InDesign 里导出为 HTML", "export it from InDesign as HTML"))
}

fn textual(extension: &str, bytes: &[u8]) -> Kind {
    let head: Vec<u8> = bytes.iter().take(4000).map(u8::to_ascii_lowercase).collect();
    let has = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
    let starts = |word: &[u8]| head.starts_with(word) || has(&[b"\n", word].concat());
    if extension == "eml" || starts(b"mime-version:") && (starts(b"from:") || starts(b"subject:")) {
        return Kind::Mail;
    }
    match extension {
        "html" | "htm" | "xhtml" | "shtml" => Kind::Html,
        "md" | "markdown" => Kind::Markdown,
        _ if has(b"<!doctype html") || has(b"<html") => Kind::Html,
        "jpg" | "jpeg" | "png" | "tif" | "tiff" | "webp" | "gif" | "heic" => Kind::Picture,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of one file, stored as it is.
    fn parcel(name: &str) -> Vec<u8> {
        let mut parcel = zip::ZipWriter::new(Cursor::new(vec![]));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        parcel.start_file(name, stored).expect("a name");
        std::io::Write::write_all(&mut parcel, b"PK\x03\x04...word/document.xml").expect("packs");
        parcel.finish().expect("an archive").into_inner()
    }

    #[test]
    fn files_are_known_by_their_bytes_before_their_names() {
        let foreign = |name: &str, bytes: &[u8]| match kind(name, bytes) {
            Kind::Foreign(what, hint) => format!("{what}: {}", hint.en),
            other => format!("{other:?}"),
        };
        assert!(foreign("a.txt", b"\xD0\xCF\x11\xE0\xA1").starts_with("Word 97 (.doc): save it as .docx"));
        assert!(foreign("a.wps", b"\xD0\xCF\x11\xE0\xA1").contains("soffice --headless --convert-to docx"));
        assert!(foreign("a.docx", b"%PDF-1.7").contains("pdftotext"));
        assert!(foreign("a.zip", b"PK\x03\x04....mimetypeapplication/vnd.adobe.indesign-idml").starts_with("IDML"));
        assert!(
            foreign("稿/a.xlsx", &parcel("xl/workbook.xml"))
                .ends_with("run: soffice --headless --convert-to html \"稿/a.xlsx\"")
        );
        assert!(foreign("a", &parcel("Index/Document.iwa")).starts_with("Pages: export it"));
        assert!(foreign("a.pages", &parcel("index.xml")).starts_with("Pages"));
        assert!(foreign("a.zip", &parcel("OFD.xml")).starts_with("OFD"));
        assert!(foreign("a.indd", b"\x06\x06\xED\xF5\xD8").starts_with("InDesign"));
        assert_eq!(kind("a", b"PK\x03\x04...word/document.xml"), Kind::Docx);
        assert_eq!(kind("a.zip", &parcel("稿件/01.docx")), Kind::Zip, "a manuscript in an archive that is not packed");
        assert_eq!(kind("a", b"From: a@b.cn\r\nMIME-Version: 1.0\r\n\r\nx"), Kind::Mail);
        assert_eq!(kind("a.jpg", "不是图片".as_bytes()), Kind::Picture);
        assert_eq!(kind("a.txt", b"<!DOCTYPE html><p>"), Kind::Html);
        assert_eq!((kind("a.md", b"x"), kind("a", b"x")), (Kind::Markdown, Kind::Text));
    }
}
