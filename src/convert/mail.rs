//! Mails as files (RFC 5322, MIME), and pages that a browser saved whole (MHTML, RFC 2557).
//!
//! In: bytes. Out: its files as if it were an archive: the letter with its subject above it, and what is attached, each with
//! a name. Transfer encodings and character sets are the parser's business.

use crate::base::{Words, words};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// The most a mail may hold; servers refuse more than a tenth of it.
const MOST_FILES: usize = 400;

/// The letter first, then its attachments in order.
pub fn open(name: &str, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Words> {
    let broken = || words("邮件坏了，读不出来", "the mail is broken and can't be read");
    let message = MessageParser::default().parse(bytes).ok_or_else(broken)?;
    if message.parts.len() > MOST_FILES {
        return Err(words("邮件里的文件太多", "the mail holds too many files"));
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let attached: Vec<(String, Option<String>, Vec<u8>)> = message
        .attachments()
        .enumerate()
        .map(|(n, part)| (file_name(part, n), part.content_id().map(String::from), contents(part)))
        .collect();
    let mut out: Vec<(String, Vec<u8>)> = letter(&message, stem, &attached).into_iter().collect();
    out.extend(attached.into_iter().map(|(name, _, bytes)| (name, bytes)));
    if out.is_empty() { Err(broken()) } else { Ok(out) }
}

/// The words of the mail; a picture within them is named as its attachment is.
fn letter(message: &Message, stem: &str, attached: &[(String, Option<String>, Vec<u8>)]) -> Option<(String, Vec<u8>)> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.to_string()),
        _ => None,
    });
    let subject = message.subject().unwrap_or_default().trim();
    // A browser's own files have the page's address where a mail has its sender.
    let saved = message.header_raw("Snapshot-Content-Location").is_some() || message.from().is_none();
    if let Some(mut html) = html {
        for (name, id, _) in attached {
            if let Some(id) = id {
                html = html.replace(&format!("cid:{id}"), name);
            }
        }
        let subject = subject.replace('&', "&amp;").replace('<', "&lt;");
        let head = if saved || subject.is_empty() { String::new() } else { format!("<p>主题：{subject}</p>") };
        return Some((format!("{stem}.html"), format!("<meta charset=utf-8>{head}{html}").into_bytes()));
    }
    let texts: Vec<String> =
        (0..message.text_body_count()).filter_map(|n| message.body_text(n)).map(String::from).collect();
    let text = texts.join("\n\n");
    let head = if subject.is_empty() { String::new() } else { format!("主题：{subject}\n\n") };
    (!text.trim().is_empty()).then(|| (format!("{stem}.txt"), format!("{head}{text}").into_bytes()))
}

fn contents(part: &MessagePart) -> Vec<u8> {
    match &part.body {
        PartType::Message(message) => message.raw_message().to_vec(),
        _ => part.contents().to_vec(),
    }
}

/// What it calls itself, without a path; else by what it is.
fn file_name(part: &MessagePart, n: usize) -> String {
    let named = part.attachment_name().or_else(|| part.content_location());
    let last = named
        .and_then(|name| name.split(['?', '#']).next()?.rsplit(['/', '\\']).next())
        .filter(|name| !name.is_empty());
    let kind = part.content_type().and_then(|kind| kind.subtype()).unwrap_or("dat");
    let kind = if kind == "rfc822" { "eml" } else { kind };
    last.map_or_else(|| format!("{}.{kind}", n + 1), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 主题 in GBK by B encoding, a body in quoted-printable GBK, a picture in base64 with a GBK name.
    const MAIL: &str = "From: =?gbk?B?wdbUtg==?= <lin@example.org>\r\nTo: editor@example.org\r\nSubject: =?gbk?B?yq+91w==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=CA=AF=BD=D7=C9=CF=B5=C4=\r\n=D4=E7=B3=BF=A1=A3\r\n--x\r\nContent-Type: image/png; name=\"=?gbk?B?yq+91y5wbmc=?=\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\niVBORw0KGgo=\r\n--x--\r\n";

    #[test]
    fn a_mail_of_a_chinese_client_is_read() {
        let files = open("来稿.eml", MAIL.as_bytes()).unwrap();
        let text = |at: usize| String::from_utf8_lossy(&files[at].1).trim().to_string();
        assert_eq!((files[0].0.as_str(), text(0).as_str()), ("来稿.txt", "主题：石阶\n\n石阶上的早晨。"));
        assert_eq!((files[1].0.as_str(), &files[1].1[..]), ("石阶.png", &b"\x89PNG\r\n\x1a\n"[..]));
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        assert!(open("a.eml", b"").is_err());
    }
}
