//! Markup written by us: every tag is closed, every character is escaped, nothing that XML 1.0 forbids gets in.
//!
//! `xml.leaf("p", &[("class", "label")], "书评 & 书话")` gives `<p class="label">书评 &amp; 书话</p>`.

use quick_xml::escape::{escape, partial_escape};

/// A document or a part of one, in the making.
#[derive(Default)]
pub struct Xml {
    out: String,
    open: Vec<&'static str>,
}

/// Names and values of one element's attributes.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    pub fn open(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }
    /// Ends the innermost open element.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.extend(["</", name, ">"]);
        }
    }
    pub fn empty(&mut self, name: &'static str, attributes: Attributes) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&partial_escape(allowed(text)));
    }
    /// An element that holds text alone.
    pub fn leaf(&mut self, name: &'static str, attributes: Attributes, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }
    /// A line end in the file, where white space means nothing.
    pub fn line(&mut self) {
        self.out.push('\n');
    }
    /// Closes what is open and gives the markup.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn tag(&mut self, name: &'static str, attributes: Attributes) {
        self.out.extend(["<", name]);
        for (key, value) in attributes {
            self.out.extend([" ", key, "=\"", &escape(allowed(value)), "\""]);
        }
    }
}

/// The text without the characters that no XML 1.0 document can hold (§2.2 Char): controls and non-characters, which no
/// reader could show.
pub fn allowed(text: &str) -> String {
    text.chars().filter(|c| is_allowed(*c)).collect()
}

fn is_allowed(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    let non_character = (u32::from(c) & 0xfffe) == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c);
    !control && !non_character
}

/// A whole XHTML document. `body` writes what stands in the body.
pub fn xhtml(lang: &str, title: &str, body_type: &str, body: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml::default();
    let namespaces = [("xmlns", "http://www.w3.org/1999/xhtml"), ("xmlns:epub", "http://www.idpf.org/2007/ops")];
    xml.open("html", &[namespaces[0], namespaces[1], ("lang", lang), ("xml:lang", lang)]);
    xml.line();
    xml.open("head", &[]);
    xml.empty("meta", &[("charset", "utf-8")]);
    xml.leaf("title", &[], title);
    xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", super::skeleton::STYLESHEET)]);
    xml.close();
    xml.line();
    xml.open("body", &[("epub:type", body_type)]);
    xml.line();
    body(&mut xml);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n{}\n", xml.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text() {
        let mut xml = Xml::default();
        xml.leaf("p", &[("title", "a\"<&>'b")], "</p>&amp;\u{0}\u{8}\u{fffe}\u{1F600}");
        xml.open("p", &[]);
        assert_eq!(
            xml.finish(),
            "<p title=\"a&quot;&lt;&amp;&gt;&apos;b\">&lt;/p&gt;&amp;amp;\u{1F600}</p><p></p>",
            "escaped, forbidden characters gone, closed"
        );
    }
}
