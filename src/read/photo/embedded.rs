//! What a picture file says of itself: caption and credit in XMP and in IPTC.
//!
//! In: the XMP packet and the IPTC records, where the file has them. Out: [`Embedded`]. XMP wins: it says how it is encoded.
//! IPTC without a character set is UTF-8 where it can be, else GB18030: what Chinese agencies' programs write.

use usvg::roxmltree::{Document, Node};

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";

/// Caption and credit, where they say something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embedded {
    pub caption: Option<String>,
    pub credit: Option<String>,
}

/// What cameras write when nobody has written anything.
const CAMERAS: [&str; 6] =
    ["olympus digital camera", "dcim", "sony dsc", "default", "kodak digital still camera", "dji"];

impl Embedded {
    pub fn of(xmp: Option<&[u8]>, iptc: Option<&[u8]>) -> Embedded {
        let (xmp, iptc) = (xmp.map(from_xmp).unwrap_or_default(), iptc.map(from_iptc).unwrap_or_default());
        Embedded { caption: xmp.caption.or(iptc.caption), credit: xmp.credit.or(iptc.credit) }
    }
}

/// A text that a person wrote, in one line.
fn written(text: &str) -> Option<String> {
    let text = text.replace('\0', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let camera = CAMERAS.iter().any(|word| text.to_lowercase().starts_with(word));
    (!text.is_empty() && !camera).then_some(text)
}

/// `dc:description`, `photoshop:Credit`, `dc:creator` (XMP part 1 §8.3, part 2 §1.2.1).
fn from_xmp(packet: &[u8]) -> Embedded {
    let text = String::from_utf8_lossy(packet);
    let Ok(xml) = Document::parse(text.trim_matches(['\0', '\u{feff}', ' '])) else { return Embedded::default() };
    let all = |space: &str, name: &str| -> Vec<String> {
        let elements =
            xml.descendants().filter(|n| n.tag_name().namespace() == Some(space) && n.tag_name().name() == name);
        let attributes = xml.descendants().filter_map(|n| n.attribute((space, name)));
        attributes.filter_map(written).chain(elements.flat_map(texts)).collect()
    };
    let caption = all(DC, "description").into_iter().next();
    let credit = all(PHOTOSHOP, "Credit").into_iter().next();
    let creators = all(DC, "creator");
    let creators = (!creators.is_empty()).then(|| creators.join("、"));
    Embedded { caption, credit: creators.or(credit) }
}

/// The texts of a property: its own, or those of its list's items.
fn texts(property: Node) -> Vec<String> {
    let items: Vec<String> =
        property.descendants().filter(|n| n.tag_name().name() == "li").filter_map(|n| written(n.text()?)).collect();
    if items.is_empty() { property.text().and_then(written).into_iter().collect() } else { items }
}

/// 2:120 Caption/Abstract, 2:80 By-line, 2:110 Credit, 1:90 Coded Character Set (IIM 4.1 §1.6, §6).
fn from_iptc(records: &[u8]) -> Embedded {
    let mut utf8 = false;
    let (mut caption, mut by_line, mut credit) = (None, vec![], None);
    let mut at = 0;
    while let Some([0x1c, record, dataset, high, low]) = records.get(at..at + 5) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(data) = records.get(at + 5..at + 5 + length) else { break };
        match (record, dataset) {
            (1, 90) => utf8 = data == b"\x1b%G",
            (2, 120) => caption = caption.or(Some(data)),
            (2, 80) => by_line.push(data),
            (2, 110) => credit = credit.or(Some(data)),
            _ => {}
        }
        at += 5 + length;
    }
    let text = |data: &[u8]| written(&decoded(data, utf8));
    let by_line: Vec<String> = by_line.into_iter().filter_map(text).collect();
    let by_line = (!by_line.is_empty()).then(|| by_line.join("、"));
    Embedded { caption: caption.and_then(text), credit: by_line.or_else(|| credit.and_then(text)) }
}

fn decoded(data: &[u8], utf8: bool) -> String {
    match std::str::from_utf8(data) {
        Ok(text) => text.to_string(),
        Err(_) if utf8 => String::from_utf8_lossy(data).into_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(data).0.into_owned(),
    }
}

/// The IPTC records among Photoshop's image resources: number 0x0404 (Photoshop file formats §Image Resources Section).
pub fn iptc_of_photoshop(resources: &[u8]) -> Option<&[u8]> {
    let mut rest = resources.strip_prefix(b"Photoshop 3.0\0").unwrap_or(resources);
    loop {
        let body = rest.strip_prefix(b"8BIM")?;
        let (number, body) = body.split_at_checked(2)?;
        // A name with its length, padded to even.
        let name = usize::from(*body.first()?) / 2 * 2 + 2;
        let body = body.get(name..)?;
        let (length, body) = body.split_at_checked(4)?;
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        let data = body.get(..length)?;
        if number == [4, 4] {
            return Some(data);
        }
        rest = body.get(length + length % 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(record: u8, number: u8, data: &[u8]) -> Vec<u8> {
        [&[0x1c, record, number], &(data.len() as u16).to_be_bytes()[..], data].concat()
    }

    #[test]
    fn iptc_without_a_character_set_is_gb18030() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("雾散以前的茶园。");
        let (name, _, _) = encoding_rs::GB18030.encode("赵若水");
        let records = [dataset(2, 120, &gbk), dataset(2, 80, &name)].concat();
        let found = Embedded::of(None, Some(&records));
        assert_eq!(found.caption.as_deref(), Some("雾散以前的茶园。"));
        assert_eq!(found.credit.as_deref(), Some("赵若水"));
        let utf8 = [dataset(1, 90, b"\x1b%G"), dataset(2, 120, "茶园".as_bytes()), dataset(2, 110, b"Xinhua")].concat();
        let found = Embedded::of(None, Some(&utf8));
        assert_eq!((found.caption.as_deref(), found.credit.as_deref()), (Some("茶园"), Some("Xinhua")));
    }

    #[test]
    fn xmp_wins_and_knows_lists_and_attributes() {
        let xmp = "<?xpacket begin='\u{feff}'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
            xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
            xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='图片社'>\
            <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>渡口 &amp; 船</rdf:li></rdf:Alt></dc:description>\
            <dc:creator><rdf:Seq><rdf:li>甲</rdf:li><rdf:li>乙</rdf:li></rdf:Seq></dc:creator>\
            </rdf:Description></rdf:RDF></x:xmpmeta>\0\0";
        let found = Embedded::of(Some(xmp.as_bytes()), Some(&dataset(2, 120, b"other")));
        assert_eq!((found.caption.as_deref(), found.credit.as_deref()), (Some("渡口 & 船"), Some("甲、乙")));
        let credit = xmp.replace("<rdf:li>甲</rdf:li><rdf:li>乙</rdf:li>", "");
        assert_eq!(Embedded::of(Some(credit.as_bytes()), None).credit.as_deref(), Some("图片社"));
    }

    #[test]
    fn what_a_camera_writes_is_no_caption() {
        let records = dataset(2, 120, b"OLYMPUS DIGITAL CAMERA         ");
        assert_eq!(Embedded::of(Some(b"<broken"), Some(&records)), Embedded::default());
    }

    #[test]
    fn iptc_is_found_among_other_resources() {
        let resource = |number: [u8; 2], data: &[u8]| {
            let pad = if data.len() % 2 == 1 { &[0][..] } else { &[] };
            [b"8BIM", &number[..], &[0, 0], &(data.len() as u32).to_be_bytes()[..], data, pad].concat()
        };
        let all = [b"Photoshop 3.0\0".to_vec(), resource([3, 0xed], b"abc"), resource([4, 4], b"iptc")].concat();
        assert_eq!(iptc_of_photoshop(&all), Some(b"iptc".as_slice()));
        assert!((0..all.len()).all(|cut| iptc_of_photoshop(&all[..cut]).is_none_or(|d| d == b"iptc")));
    }
}
