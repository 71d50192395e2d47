//! `GSUB` and `GPOS` put together (OpenType 1.9, chapter 2 and §GSUB).
//!
//! In: lookups, and the features that use them. Out: a table for every script, and for English where it has features of its own.

use std::collections::BTreeMap;

/// A lookup of one subtable.
pub struct Lookup {
    kind: u16,
    subtable: Vec<u8>,
}

/// A table in the making.
#[derive(Default)]
pub struct Layout {
    /// Each with the number of its lookup.
    features: Vec<(&'static [u8; 4], u16)>,
    lookups: Vec<Lookup>,
}

const SCRIPTS: [&[u8; 4]; 4] = [b"DFLT", b"hani", b"kana", b"latn"];

impl Layout {
    /// Adds a lookup that these features use, and gives its number. Lookups work in the order in which they are added.
    pub fn add(&mut self, tags: &[&'static [u8; 4]], lookup: Lookup) -> u16 {
        let number = self.lookups.len() as u16;
        self.features.extend(tags.iter().map(|tag| (*tag, number)));
        self.lookups.push(lookup);
        number
    }

    /// The table, if there is anything in it.
    pub fn table(mut self) -> Option<Vec<u8>> {
        self.features.sort_by_key(|feature| feature.0);
        let script = 2 + 6 * SCRIPTS.len() as u16;
        let mut scripts = words([SCRIPTS.len() as u16]);
        for tag in SCRIPTS {
            scripts.extend(tag);
            scripts.extend(words([script]));
        }
        scripts.extend(self.languages());
        let features = self.feature_list();
        let at = |before: &[&[u8]]| 10 + before.iter().map(|b| b.len()).sum::<usize>() as u16;
        let head = words([1, 0, 10, at(&[&scripts]), at(&[&scripts, &features])]);
        (!self.lookups.is_empty()).then(|| [head, scripts, features, self.lookup_list()].concat())
    }

    /// A script's table: what is on by default, and for English. `locl` is English's alone: for a region there is a face.
    fn languages(&self) -> Vec<u8> {
        let is_english = |tag: &[u8; 4]| tag == b"locl";
        let system = |english: bool| {
            let on = (0..).zip(&self.features).filter(|(_, f)| english || !is_english(f.0)).map(|(i, _)| i);
            let on: Vec<u16> = on.collect();
            words([0, 0xffff, on.len() as u16].into_iter().chain(on))
        };
        let default = system(false);
        if !self.features.iter().any(|feature| is_english(feature.0)) {
            return [words([4, 0]), default].concat();
        }
        let records = [words([10, 1]), b"ENG ".to_vec(), words([10 + default.len() as u16])].concat();
        [records, default, system(true)].concat()
    }

    fn feature_list(&self) -> Vec<u8> {
        let count = self.features.len() as u16;
        let mut list = words([count]);
        for (i, (tag, _)) in (0..).zip(&self.features) {
            list.extend(*tag);
            list.extend(words([2 + 6 * count + 6 * i]));
        }
        list.extend(self.features.iter().flat_map(|(_, lookup)| words([0, 1, *lookup])));
        list
    }

    fn lookup_list(&self) -> Vec<u8> {
        let mut list = words([self.lookups.len() as u16]);
        let mut offset = 2 + 2 * self.lookups.len() as u16;
        for lookup in &self.lookups {
            list.extend(words([offset]));
            offset += 8 + lookup.subtable.len() as u16;
        }
        let bytes = |lookup: &Lookup| [words([lookup.kind, 0, 1, 8]), lookup.subtable.clone()].concat();
        list.extend(self.lookups.iter().flat_map(bytes));
        list
    }
}

/// A glyph in the place of another.
pub fn single(forms: &BTreeMap<u16, u16>) -> Lookup {
    Lookup { kind: 1, subtable: by_glyph(&[2], forms.iter().map(|(from, to)| (*from, vec![*to]))) }
}

/// Values of a glyph's position, those that `format` names.
pub fn adjustment(format: u16, values: &BTreeMap<u16, [i16; 2]>) -> Lookup {
    let rows = values.iter().map(|(glyph, values)| (*glyph, values.map(|v| v as u16).to_vec()));
    Lookup { kind: 1, subtable: by_glyph(&[2, format], rows) }
}

/// Two, three… of the same glyph become one: `joined` has them in this order.
pub fn ligature(glyph: u16, joined: &[u16]) -> Lookup {
    let count = joined.len() as u16;
    let mut set = words([count]);
    let mut offset = 2 + 2 * count;
    let mut ligatures = vec![];
    // The longest is tried first.
    for (i, whole) in joined.iter().enumerate().rev() {
        let parts = i as u16 + 2;
        set.extend(words([offset]));
        ligatures.extend(words([*whole, parts].into_iter().chain((1..parts).map(|_| glyph))));
        offset += 2 * (parts + 1);
    }
    let length = (8 + set.len() + ligatures.len()) as u16;
    Lookup { kind: 4, subtable: [words([1, length, 1, 8]), set, ligatures, coverage(&[glyph])].concat() }
}

/// `glyph`, between two of `around`, goes through another lookup.
pub fn between(around: &[u16], glyph: u16, lookup: u16) -> Lookup {
    let (beside, middle) = (coverage(around), coverage(&[glyph]));
    let after = 20 + beside.len() as u16;
    let head = words([3, 1, 20, 1, after, 1, 20, 1, 0, lookup]);
    Lookup { kind: 6, subtable: [head, beside, middle].concat() }
}

/// A subtable of format 2: its head, where its coverage is, a row for each glyph.
fn by_glyph(head: &[u16], rows: impl Iterator<Item = (u16, Vec<u16>)>) -> Vec<u8> {
    let (glyphs, rows): (Vec<u16>, Vec<Vec<u16>>) = rows.unzip();
    let rows = rows.concat();
    let after = 2 * (head.len() + 2 + rows.len()) as u16;
    let [format, more @ ..] = head else { return vec![] };
    let head = [&[*format, after], more, &[glyphs.len() as u16]].concat();
    [words(head), words(rows), coverage(&glyphs)].concat()
}

/// Format 1; glyphs in their order.
fn coverage(glyphs: &[u16]) -> Vec<u8> {
    words([1, glyphs.len() as u16].into_iter().chain(glyphs.iter().copied()))
}

pub fn words(numbers: impl IntoIterator<Item = u16>) -> Vec<u8> {
    numbers.into_iter().flat_map(u16::to_be_bytes).collect()
}
