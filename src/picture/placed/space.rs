//! What kind of colours a colour space has (ISO 32000-1 §8.6).

use lopdf::{Dictionary, Document, Object};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Space {
    Grey,
    Cmyk,
    DeviceRgb,
    /// By a profile, or as a device-independent colour.
    Managed {
        grey: bool,
    },
    /// Separations, by their names.
    Inks(Vec<String>),
    Pattern,
    Unknown,
}

/// Spaces within spaces.
const MOST_LEVELS: usize = 8;

/// `named`: the spaces that the resources name.
pub fn space(document: &Document, object: &Object, named: Option<&Dictionary>, level: usize) -> Space {
    let Ok((_, object)) = document.dereference(object) else { return Space::Unknown };
    if level > MOST_LEVELS {
        return Space::Unknown;
    }
    match object {
        Object::Name(name) => by_name(document, name, named, level),
        Object::Array(parts) => family(document, parts, named, level),
        _ => Space::Unknown,
    }
}

fn by_name(document: &Document, name: &[u8], named: Option<&Dictionary>, level: usize) -> Space {
    match name {
        b"DeviceGray" | b"G" | b"CalGray" => Space::Grey,
        b"DeviceCMYK" | b"CMYK" => Space::Cmyk,
        b"DeviceRGB" | b"RGB" => Space::DeviceRgb,
        b"Pattern" => Space::Pattern,
        other => match named.and_then(|all| all.get(other).ok()) {
            Some(found) => space(document, found, named, level + 1),
            None => Space::Unknown,
        },
    }
}

fn family(document: &Document, parts: &[Object], named: Option<&Dictionary>, level: usize) -> Space {
    let name = parts.first().and_then(|n| n.as_name().ok()).unwrap_or_default();
    let second = parts.get(1).and_then(|p| document.dereference(p).ok()).map(|(_, p)| p);
    let word = |object: &Object| object.as_name().ok().map(|n| String::from_utf8_lossy(n).into_owned());
    match (name, second) {
        (b"ICCBased", Some(Object::Stream(profile))) => {
            Space::Managed { grey: profile.dict.get(b"N").and_then(Object::as_i64).is_ok_and(|n| n == 1) }
        }
        (b"CalGray", _) => Space::Managed { grey: true },
        (b"CalRGB" | b"Lab", _) => Space::Managed { grey: false },
        (b"Indexed" | b"I", Some(base)) => space(document, base, named, level + 1),
        (b"Separation", Some(ink)) => word(ink).map_or(Space::Unknown, |ink| Space::Inks(vec![ink])),
        (b"DeviceN", Some(Object::Array(inks))) => Space::Inks(inks.iter().filter_map(word).collect()),
        (b"Pattern", _) => Space::Pattern,
        (_, None) => by_name(document, name, None, level),
        _ => Space::Unknown,
    }
}
