//! A page of a PDF file that somebody else made: an advertisement, a designer's cover, a chart.
//!
//! In: the file's bytes and a page number. Out: [`PlacedPage`]: its boxes as a reader sees them, what is on it
//! ([`PlacedPage::facts`]), its objects for a PDF, its pixels ([`PlacedPage::draw`]) for whatever can't hold a PDF page.

mod draw;
mod facts;
mod paint;
mod space;

pub use facts::{Facts, Obstacle, PlacedPhoto, Standard};

use crate::base::Len;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::panic::catch_unwind;

/// Lower left and upper right corner in the page's own units.
pub type Corners = [f64; 4];

/// What a stream of the file may unpack to: more is a trap.
const MOST_BYTES: usize = 256 << 20;

/// Nodes between a page and the root of the page tree.
const MOST_PARENTS: usize = 64;

pub struct PlacedPage {
    pub document: Document,
    pub id: ObjectId,
    /// TrimBox, else ArtBox, CropBox, MediaBox (ISO 32000-1 §14.11.2).
    pub trim: Corners,
    /// What there is beyond the trim.
    pub bleed: Corners,
    /// Clockwise, in quarter turns.
    turns: u8,
    /// Points in a unit (§7.7.3.3, UserUnit).
    unit: f64,
}

/// Why a page can't be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplaceable {
    /// In the parser's own words.
    Broken(String),
    /// It wants a password, or forbids its use without one.
    Encrypted,
    /// The file has so many pages.
    NoPage(usize),
}

impl PlacedPage {
    /// Page `number` counts from 1.
    pub fn open(bytes: &[u8], number: u16) -> Result<PlacedPage, Unplaceable> {
        let options = || LoadOptions { max_decompressed_size: Some(MOST_BYTES), ..LoadOptions::default() };
        // Files of any origin: a defect of the parser must not end the build of an issue.
        let document = catch_unwind(|| Document::load_mem_with_options(bytes, options()))
            .map_err(|_| Unplaceable::Broken("the parser gave up".into()))?
            .map_err(|error| match error {
                lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Unplaceable::Encrypted,
                other => Unplaceable::Broken(other.to_string()),
            })?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(Unplaceable::Encrypted);
        }
        let pages = document.get_pages();
        let id = *pages.get(&u32::from(number)).ok_or(Unplaceable::NoPage(pages.len()))?;
        PlacedPage::of(document, id).ok_or_else(|| Unplaceable::Broken("a page without a size".into()))
    }

    fn of(document: Document, id: ObjectId) -> Option<PlacedPage> {
        let own = |name: &[u8]| corners(&document, inherited(&document, id, name)?);
        let media = own(b"MediaBox")?;
        let within = |name: &[u8]| own(name).and_then(|b| common(b, media));
        let crop = within(b"CropBox").unwrap_or(media);
        let trim = within(b"TrimBox").or_else(|| within(b"ArtBox"));
        let bleed = match trim {
            Some(trim) => around(within(b"BleedBox").unwrap_or(crop), trim),
            None => crop,
        };
        let turns = inherited(&document, id, b"Rotate").and_then(|r| r.as_i64().ok()).unwrap_or(0);
        let unit = document.get_dictionary(id).ok()?.get(b"UserUnit").and_then(Object::as_float).unwrap_or(1.0);
        let turns = (turns / 90).rem_euclid(4) as u8;
        Some(PlacedPage { trim: trim.unwrap_or(crop), bleed, turns, unit: f64::from(unit.max(0.001)), document, id })
    }

    /// Width and height of the finished page.
    pub fn size(&self) -> (Len, Len) {
        let [left, bottom, right, top] = self.trim;
        let (width, height) = (self.length(right - left), self.length(top - bottom));
        if self.turns % 2 == 1 { (height, width) } else { (width, height) }
    }

    /// What there is beyond the trim: at the top, right, bottom, left.
    pub fn over(&self) -> [Len; 4] {
        let (t, b) = (self.trim, self.bleed);
        let mut sides = [b[3] - t[3], b[2] - t[2], t[1] - b[1], t[0] - b[0]].map(|v| self.length(v));
        sides.rotate_right(usize::from(self.turns));
        sides
    }

    /// The matrix from the page's units to a square of side 1 that `area` fills, upright.
    pub fn upright(&self, area: Corners) -> [f64; 6] {
        let [x, y, right, top] = area;
        let (w, h) = (right - x, top - y);
        match self.turns {
            0 => [1.0 / w, 0.0, 0.0, 1.0 / h, -x / w, -y / h],
            1 => [0.0, -1.0 / w, 1.0 / h, 0.0, -y / h, 1.0 + x / w],
            2 => [-1.0 / w, 0.0, 0.0, -1.0 / h, 1.0 + x / w, 1.0 + y / h],
            _ => [0.0, 1.0 / w, -1.0 / h, 0.0, 1.0 + y / h, -x / w],
        }
    }

    /// The resources that its content names (they may be the page tree's).
    pub fn resources(&self) -> Dictionary {
        let found = inherited(&self.document, self.id, b"Resources");
        found.and_then(|r| r.as_dict().ok()).cloned().unwrap_or_default()
    }

    /// Its content, unpacked.
    pub fn content(&self) -> Result<Vec<u8>, String> {
        self.document.get_page_content_with_limit(self.id, MOST_BYTES).map_err(|e| e.to_string())
    }

    fn length(&self, units: f64) -> Len {
        Len::from_raw((units * self.unit * 1024.0).round() as i32)
    }
}

/// An entry of a page, or of the nodes above it (ISO 32000-1 §7.7.3.4).
fn inherited<'d>(document: &'d Document, page: ObjectId, name: &[u8]) -> Option<&'d Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MOST_PARENTS {
        if let Ok(found) = node.get_deref(name, document) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}

/// A rectangle may name any two opposite corners (§7.9.5).
fn corners(document: &Document, object: &Object) -> Option<Corners> {
    let numbers = object.as_array().ok()?.iter().map(|n| {
        let (_, n) = document.dereference(n).ok()?;
        n.as_float().ok().map(f64::from)
    });
    let [a, b, c, d] = numbers.collect::<Option<Vec<f64>>>()?[..] else { return None };
    let all = [a.min(c), b.min(d), a.max(c), b.max(d)];
    (all.iter().all(|v| v.is_finite() && v.abs() < 1e5) && all[2] - all[0] >= 1.0 && all[3] - all[1] >= 1.0)
        .then_some(all)
}

fn common(a: Corners, b: Corners) -> Option<Corners> {
    let all = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (all[2] - all[0] >= 1.0 && all[3] - all[1] >= 1.0).then_some(all)
}

fn around(a: Corners, b: Corners) -> Corners {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// A file of one page: its content, its resources, and further entries.
    pub fn file(content: &str, resources: Dictionary, entries: Dictionary) -> Vec<u8> {
        let mut document = Document::with_version("1.6");
        let content = document.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = dictionary! { "Type" => "Page", "Contents" => content };
        page.extend(&entries);
        let page = document.add_object(page);
        let pages = document.add_object(dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 120.into(), 220.into()],
        });
        document.get_dictionary_mut(page).expect("a page").set("Parent", pages);
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = vec![];
        document.save_to(&mut bytes).expect("writes into memory");
        bytes
    }

    pub fn boxed(name: &str, corners: [i64; 4]) -> Dictionary {
        dictionary! { name => corners.map(Object::Integer).to_vec() }
    }

    /// ISO 32000-1 §14.11.2 (boxes), §7.7.3.3 (Rotate: clockwise).
    #[test]
    fn boxes_are_as_a_reader_sees_them() {
        let mut entries = boxed("TrimBox", [10, 20, 110, 200]);
        entries.extend(&boxed("BleedBox", [7, 16, 112, 201]));
        let sides = |page: &PlacedPage| page.over().map(|l| l.raw() / 1024);
        let page = PlacedPage::open(&file("", Dictionary::new(), entries.clone()), 1).expect("a page");
        assert_eq!(page.size(), (Len::pt(10000), Len::pt(18000)));
        assert_eq!(sides(&page), [1, 2, 4, 3], "top, right, bottom, left");
        entries.set("Rotate", 90);
        let turned = PlacedPage::open(&file("", Dictionary::new(), entries), 1).expect("a page");
        assert_eq!(turned.size(), (Len::pt(18000), Len::pt(10000)));
        assert_eq!(sides(&turned), [3, 1, 2, 4], "its left side is up");
        let [a, b, c, d, e, f] = turned.upright(turned.trim);
        let at = |x: f64, y: f64| ((a * x + c * y + e).round(), (b * x + d * y + f).round());
        assert_eq!((at(10.0, 20.0), at(10.0, 200.0)), ((0.0, 1.0), (1.0, 1.0)));
    }

    /// ISO 32000-1 §9.3.6: what a scan's recognised words are written with is not seen. §8.5.3: a filled sliver isn't stroked.
    #[test]
    fn words_below_a_scan_are_no_type_and_slivers_no_lines() {
        let facts = |content: &str| {
            let bytes = file(content, Dictionary::new(), Dictionary::new());
            PlacedPage::open(&bytes, 1).expect("a page").facts()
        };
        assert_eq!(facts("BT /F 3 Tf 3 Tr (words) Tj ET").type_, None);
        assert_eq!(facts("BT /F 3 Tf 3 Tr (words) Tj 0 Tr (more words) Tj ET").type_, Some(Len::pt(300)));
        let sliver = facts("10 10 40 0.1 re f");
        assert_eq!((sliver.line, sliver.bar), (None, Some(Len::pt(10))));
        assert_eq!(facts("0.1 w 10 10 m 50 10 l S").line, Some(Len::pt(10)));
    }

    #[test]
    fn what_can_not_be_placed_says_why() {
        let bytes = file("", Dictionary::new(), Dictionary::new());
        assert_eq!(PlacedPage::open(&bytes, 2).err(), Some(Unplaceable::NoPage(1)));
        assert!(matches!(PlacedPage::open(b"%PDF-1.4\n", 1), Err(Unplaceable::Broken(_))));
    }
}
