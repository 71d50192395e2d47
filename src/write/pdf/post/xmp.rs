//! The XMP packet (ISO 16684-1): Info's facts again, the identifiers, and the standards that the file follows.

use super::metadata::{PRODUCER, stamp};
use crate::page::BookMeta;
use crate::profile::{Claim, Profile};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesPI, BytesStart, BytesText, Event};
use uuid::Uuid;

const NAMESPACES: [(&str, &str); 12] = [
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmlns:xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
    ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
    ("xmlns:pdfxid", "http://www.npes.org/pdfx/ns/id/"),
    ("xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
    ("xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/"),
    ("xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
    ("xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
    ("xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
    ("xmlns:x", "adobe:ns:meta/"),
];

/// The packet's bytes. `id` is the trailer's; the document's identifier is the issue's own, the same for every build.
pub fn packet(meta: &BookMeta, id: &[u8; 16], profile: &Profile) -> Vec<u8> {
    let mut xml = Xml(Writer::new(vec![]));
    xml.event(Event::PI(BytesPI::new("xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"")));
    xml.open_with("x:xmpmeta", &NAMESPACES);
    xml.open("rdf:RDF");
    xml.open_with("rdf:Description", &[("rdf:about", "")]);
    describe(&mut xml, meta, profile);
    identify(&mut xml, meta.uuid(profile.name), id);
    claim(&mut xml, profile);
    ["rdf:Description", "rdf:RDF", "x:xmpmeta"].iter().for_each(|name| xml.close(name));
    xml.event(Event::PI(BytesPI::new("xpacket end=\"r\"")));
    xml.0.into_inner()
}

fn describe(xml: &mut Xml, meta: &BookMeta, profile: &Profile) {
    xml.text("dc:format", "application/pdf");
    xml.array("dc:title", "rdf:Alt", &[&meta.title]);
    if !meta.authors.is_empty() {
        xml.array("dc:creator", "rdf:Seq", &meta.authors.iter().map(String::as_str).collect::<Vec<_>>());
    }
    if let Some(publisher) = &meta.publisher {
        xml.array("dc:publisher", "rdf:Bag", &[publisher]);
    }
    xml.array("dc:language", "rdf:Bag", &[meta.lang.tag()]);
    xml.text("pdf:Producer", PRODUCER);
    if !profile.claims(Claim::PdfA2a) {
        // Not one of the properties that PDF/A knows of (ISO 19005-2 §6.6.2.3).
        xml.text("pdf:Trapped", "False");
    }
    xml.text("xmp:CreatorTool", PRODUCER);
    if let Some(date) = stamp(meta, profile) {
        for name in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
            xml.text(name, &format!("{date}T00:00:00Z"));
        }
    }
}

fn identify(xml: &mut Xml, document: Uuid, id: &[u8; 16]) {
    xml.text("xmpMM:DocumentID", &format!("uuid:{document}"));
    xml.text("xmpMM:InstanceID", &format!("uuid:{}", Uuid::new_v5(&document, id)));
    xml.text("xmpMM:VersionID", "1");
    xml.text("xmpMM:RenditionClass", "default");
}

fn claim(xml: &mut Xml, profile: &Profile) {
    if profile.claims(Claim::PdfX4) {
        xml.text("pdfxid:GTS_PDFXVersion", "PDF/X-4");
    }
    if profile.claims(Claim::PdfA2a) {
        xml.text("pdfaid:part", "2");
        xml.text("pdfaid:conformance", "A");
    }
    if profile.claims(Claim::PdfUa1) {
        xml.text("pdfuaid:part", "1");
    }
    if profile.claims(Claim::PdfA2a) && profile.claims(Claim::PdfUa1) {
        describe_ua(xml);
    }
}

/// PDF/A wants to be told of any schema it doesn't know, PDF/UA's among them (ISO 19005-2 §6.6.2.3.3).
fn describe_ua(xml: &mut Xml) {
    xml.open("pdfaExtension:schemas");
    xml.open("rdf:Bag");
    xml.open_with("rdf:li", &[("rdf:parseType", "Resource")]);
    xml.text("pdfaSchema:schema", "PDF/UA Universal Accessibility Schema");
    xml.text("pdfaSchema:namespaceURI", "http://www.aiim.org/pdfua/ns/id/");
    xml.text("pdfaSchema:prefix", "pdfuaid");
    xml.open("pdfaSchema:property");
    xml.open("rdf:Seq");
    xml.open_with("rdf:li", &[("rdf:parseType", "Resource")]);
    xml.text("pdfaProperty:name", "part");
    xml.text("pdfaProperty:valueType", "Integer");
    xml.text("pdfaProperty:category", "internal");
    xml.text("pdfaProperty:description", "The part of ISO 14289 that the file follows");
    let open = ["rdf:li", "rdf:Seq", "pdfaSchema:property", "rdf:li", "rdf:Bag", "pdfaExtension:schemas"];
    open.iter().for_each(|name| xml.close(name));
}

/// Events into memory, where nothing fails.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn event(&mut self, event: Event) {
        self.0.write_event(event).expect("a Vec takes every byte");
    }
    fn open(&mut self, name: &str) {
        self.open_with(name, &[]);
    }
    fn open_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }
    fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }
    fn text(&mut self, name: &str, text: &str) {
        self.open(name);
        self.event(Event::Text(BytesText::new(text)));
        self.close(name);
    }
    /// `kind` is rdf:Alt, whose one item is the default language's, rdf:Seq or rdf:Bag.
    fn array(&mut self, name: &str, kind: &str, items: &[&str]) {
        self.open(name);
        self.open(kind);
        for item in items {
            let lang: &[_] = if kind == "rdf:Alt" { &[("xml:lang", "x-default")] } else { &[] };
            self.open_with("rdf:li", lang);
            self.event(Event::Text(BytesText::new(item)));
            self.close("rdf:li");
        }
        self.close(kind);
        self.close(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_escaped_and_identity_outlives_the_bytes() {
        let meta = BookMeta { title: "山 & <行>".into(), identity: "山行/2026/9".into(), ..BookMeta::default() };
        let [a, b] =
            [[0; 16], [1; 16]].map(|id| String::from_utf8(packet(&meta, &id, &Profile::SCREEN)).expect("UTF-8"));
        assert!(a.contains("山 &amp; &lt;行&gt;"));
        let of = |packet: &str, name: &str| packet.split(name).nth(1).map(str::to_string);
        assert_eq!(of(&a, "xmpMM:DocumentID"), of(&b, "xmpMM:DocumentID"));
        assert_ne!(of(&a, "xmpMM:InstanceID"), of(&b, "xmpMM:InstanceID"));
    }
}
