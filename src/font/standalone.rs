//! A subset as a font file that stands alone, for readers that load fonts by themselves (EPUB, browsers).
//!
//! In: a face and the text set in it. Out: an OpenType file with every table that browsers' sanitizers ask for (cmap, head,
//! hhea, hmtx, maxp, name, OS/2, post) and the features that the text uses, without hints, under a neutral name: a subset may not
//! bear a name that its licence reserves (OFL §3).

use super::face::Face;
use super::features::{Features, Text};
use super::sfnt;
use super::subset::{Subset, subset};
use super::{cff, glyf};
use std::collections::BTreeMap;

type Table = ([u8; 4], Vec<u8>);

/// The part of `face` that draws `text`, called `family`, with the features that it uses. Characters that the face lacks are left
/// out.
pub fn standalone(face: &Face, text: &Text, family: &str) -> Result<Vec<u8>, String> {
    let features = Features::of(face, text);
    let cut = subset(face, &features.all())?;
    let pairs: Vec<(u32, u16)> =
        features.glyphs.iter().filter_map(|(c, old)| Some((u32::from(*c), cut.glyph(*old)?))).collect();
    let mut tables = outlines(&cut).ok_or("the subset is no font")?;
    tables.push((*b"cmap", charmap(&pairs)));
    tables.push((*b"OS/2", os2(face, &pairs).ok_or("no OS/2 table")?));
    tables.push((*b"post", post(face)));
    tables.push((*b"name", names(face, &cut, family)));
    tables.extend(features.tables(face, &cut));
    Ok(sfnt::build(std::array::from_fn(|i| cut.data[i]), tables))
}

/// Outlines and metrics, without hints.
fn outlines(cut: &Subset) -> Option<Vec<Table>> {
    let source = |tag: &[u8; 4]| sfnt::table(&cut.data, 0, tag);
    let whole = |tags: &[[u8; 4]]| -> Vec<Table> {
        tags.iter().filter_map(|tag| Some((*tag, source(tag)?.to_vec()))).collect()
    };
    let is_long = sfnt::be16(source(b"head")?, 50)? != 0;
    let cubic = || Some(vec![(*b"CFF ", cff::unhinted(source(b"CFF ")?)?)]);
    let quadratic = || {
        let (glyf, loca) = glyf::unhinted(source(b"glyf")?, source(b"loca")?, is_long)?;
        Some(vec![(*b"glyf", glyf), (*b"loca", loca)])
    };
    // Tables that are not understood stay whole, hints and all.
    let hinted = || whole(&[*b"CFF ", *b"glyf", *b"loca", *b"cvt ", *b"fpgm", *b"prep"]);
    let drawn = cubic().or_else(quadratic).unwrap_or_else(hinted);
    Some([drawn, whole(&[*b"head", *b"hhea", *b"hmtx", *b"maxp"])].concat())
}

/// The face's own, with the range of characters it now has (OpenType §OS/2 usFirstCharIndex, usLastCharIndex).
fn os2(face: &Face, pairs: &[(u32, u16)]) -> Option<Vec<u8>> {
    let mut table = sfnt::table(&face.data, face.index, b"OS/2")?.to_vec();
    let bmp = |pair: Option<&(u32, u16)>| pair.map_or(0, |p| p.0.min(0xffff) as u16);
    table.get_mut(64..66)?.copy_from_slice(&bmp(pairs.first()).to_be_bytes());
    table.get_mut(66..68)?.copy_from_slice(&bmp(pairs.last()).to_be_bytes());
    Some(table)
}

/// Version 3: no glyph names; the underline is the face's.
fn post(face: &Face) -> Vec<u8> {
    let mut table = 0x0003_0000_u32.to_be_bytes().to_vec();
    let underline = sfnt::table(&face.data, face.index, b"post").and_then(|t| t.get(8..12));
    table.extend([0; 4]);
    table.extend(underline.unwrap_or(&[0xff, 0x83, 0, 50]));
    table.resize(32, 0);
    table
}

/// Copyright and licence stay the maker's (OFL §2); every name is ours.
fn names(face: &Face, cut: &Subset, family: &str) -> Vec<u8> {
    let style = if face.weight == super::Weight::Bold { "Bold" } else { "Regular" };
    let postscript: String = format!("{family}-{style}").chars().filter(|c| *c != ' ').collect();
    // The tag says which glyphs: two subsets are two fonts.
    let unique = format!("{}+{postscript}", cut.name.split('+').next().unwrap_or_default());
    let ours = [
        (1, family),
        (2, style),
        (3, &unique),
        (4, &format!("{family} {style}")),
        (5, "Version 1.0"),
        (6, &postscript),
    ];
    let notices = [0, 13, 14].into_iter().filter_map(|id| Some((notice(&name(face, id)?), id)));
    let mut all: BTreeMap<(Kind, u16), Vec<u8>> = ours.iter().map(|(id, text)| ((WINDOWS, *id), utf16(text))).collect();
    all.extend(notices.map(|((kind, text), id)| ((kind, id), text)));
    let mut table: Vec<u8> =
        [0, all.len() as u16, 6 + 12 * all.len() as u16].iter().flat_map(|n| n.to_be_bytes()).collect();
    let mut from = 0;
    for (([platform, encoding, language], id), text) in &all {
        let record = [*platform, *encoding, *language, *id, text.len() as u16, from];
        table.extend(record.iter().flat_map(|n| n.to_be_bytes()));
        from += text.len() as u16;
    }
    table.extend(all.into_values().flatten());
    table
}

/// Platform, encoding and language of a name.
type Kind = [u16; 3];

/// Unicode, English (United States).
const WINDOWS: Kind = [3, 1, 0x409];
/// Roman, English: a byte a character.
const MACINTOSH: Kind = [1, 0, 0];

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// The whole text, in half the bytes where it can be: the licence is the largest part of a font of five characters.
fn notice(text: &str) -> (Kind, Vec<u8>) {
    match text.is_ascii() {
        true => (MACINTOSH, text.as_bytes().to_vec()),
        false => (WINDOWS, utf16(text)),
    }
}

/// A name of the face, as the Windows platform has it.
fn name(face: &Face, wanted: u16) -> Option<String> {
    let table = sfnt::table(&face.data, face.index, b"name")?;
    let storage = sfnt::be16(table, 4)? as usize;
    (0..sfnt::be16(table, 2)? as usize).find_map(|i| {
        let record = table.get(6 + 12 * i..)?.get(..12)?;
        if (sfnt::be16(record, 0)?, sfnt::be16(record, 4)?, sfnt::be16(record, 6)?) != (3, 0x409, wanted) {
            return None;
        }
        let from = storage + sfnt::be16(record, 10)? as usize;
        let text = table.get(from..from + sfnt::be16(record, 8)? as usize)?;
        let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    })
}

/// Format 4, which every reader knows; format 12 too where there are characters beyond the first plane, or too many
/// segments for format 4 (OpenType §cmap).
fn charmap(pairs: &[(u32, u16)]) -> Vec<u8> {
    let four = format4(pairs);
    let twelve = (four.is_none() || pairs.iter().any(|p| p.0 > 0xffff)).then(|| format12(pairs));
    let all: Vec<(u16, Vec<u8>)> =
        four.map(|table| (1, table)).into_iter().chain(twelve.map(|table| (10, table))).collect();
    let mut table: Vec<u8> = [0, all.len() as u16].iter().flat_map(|n| n.to_be_bytes()).collect();
    let mut from = 4 + 8 * all.len() as u32;
    for (encoding, bytes) in &all {
        table.extend([3_u16, *encoding].iter().flat_map(|n| n.to_be_bytes()));
        table.extend(from.to_be_bytes());
        from += bytes.len() as u32;
    }
    all.into_iter().for_each(|(_, bytes)| table.extend(bytes));
    table
}

/// Runs of characters whose glyphs follow one another: first character, last, first glyph.
fn runs(pairs: &[(u32, u16)]) -> Vec<(u32, u32, u16)> {
    let mut runs: Vec<(u32, u32, u16)> = vec![];
    for (c, g) in pairs {
        match runs.last_mut() {
            Some((first, last, glyph)) if *c == *last + 1 && u32::from(*g) == u32::from(*glyph) + (c - *first) => {
                *last = *c
            }
            _ => runs.push((*c, *c, *g)),
        }
    }
    runs
}

/// None where the segments don't fit the format's 16-bit length.
fn format4(pairs: &[(u32, u16)]) -> Option<Vec<u8>> {
    let bmp: Vec<(u32, u16)> = pairs.iter().copied().filter(|p| p.0 < 0xffff).collect();
    let mut segments: Vec<(u16, u16, u16)> = runs(&bmp)
        .iter()
        .map(|(first, last, glyph)| (*first as u16, *last as u16, glyph.wrapping_sub(*first as u16)))
        .collect();
    segments.push((0xffff, 0xffff, 1));
    let count = segments.len() as u16;
    let length = u16::try_from(16 + 8 * segments.len()).ok()?;
    let power = 15 - count.leading_zeros() as u16;
    let mut words = vec![4, length, 0, 2 * count, 2 << power, power, 2 * (count - (1 << power))];
    words.extend(segments.iter().map(|s| s.1));
    words.push(0);
    words.extend(segments.iter().map(|s| s.0));
    words.extend(segments.iter().map(|s| s.2));
    words.extend(segments.iter().map(|_| 0));
    Some(words.into_iter().flat_map(u16::to_be_bytes).collect())
}

fn format12(pairs: &[(u32, u16)]) -> Vec<u8> {
    let runs = runs(pairs);
    let mut table: Vec<u8> = [12_u16, 0].iter().flat_map(|n| n.to_be_bytes()).collect();
    table.extend([16 + 12 * runs.len() as u32, 0, runs.len() as u32].iter().flat_map(|n| n.to_be_bytes()));
    table.extend(runs.iter().flat_map(|(a, b, g)| [*a, *b, u32::from(*g)]).flat_map(u32::to_be_bytes));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Script;
    use crate::font::{Family, Library, Weight};
    use std::path::Path;

    fn made(family: Family, text: &str) -> Vec<u8> {
        written(family, text, false)
    }

    fn written(family: Family, text: &str, is_vertical: bool) -> Vec<u8> {
        let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
        let face = library.face(library.find(family, Weight::Regular, Script::Sc));
        let text = Text { chars: text.chars().collect(), is_vertical, ..Text::default() };
        standalone(face, &text, "Issue Test").expect("the face is sound")
    }

    #[test]
    fn it_has_every_table_that_sanitizers_ask_for_and_finds_its_glyphs() {
        for family in [Family::Song, Family::Hei, Family::Kai] {
            let file = made(family, "山行ABC、\u{20b9f}");
            for tag in [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post"] {
                assert!(sfnt::table(&file, 0, tag).is_some(), "{}", String::from_utf8_lossy(tag));
            }
            let font = harfrust::Font::new(harfrust::font::Blob::from(file.clone()), 0).expect("a font");
            for c in "山行ABC、".chars() {
                assert!(font.charmap().map_unicode(c).is_some_and(|g| g.to_u32() != 0), "{c}");
            }
            assert!(font.charmap().map_unicode('水').is_none_or(|g| g.to_u32() == 0));
            let drawn = fontdue::Font::from_bytes(file, Default::default()).expect("a readable font");
            assert!(drawn.rasterize('行', 32.0).1.iter().any(|v| *v > 200), "行 is drawn");
        }
    }

    /// A magazine's common characters: every second one of GB/T 2312's first level, 3,755 ordered by sound.
    #[test]
    fn sixteen_hundred_characters_stay_below_700_kb_in_the_archive() {
        let level1 = (0xb0_u8..=0xd7).flat_map(|row| (0xa1_u8..=0xfe).map(move |cell| [row, cell])).take(3755);
        let every_other: Vec<u8> = level1.step_by(2).take(1600).flatten().collect();
        let text = encoding_rs::GBK.decode_without_bom_handling(&every_other).0.into_owned();
        assert_eq!(text.chars().count(), 1600);
        for family in [Family::Song, Family::Hei, Family::Kai] {
            let file = made(family, &text);
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
            zip.start_file("font", zip::write::SimpleFileOptions::default()).expect("begun");
            std::io::Write::write_all(&mut zip, &file).expect("written");
            let packed = zip.finish().expect("finished").into_inner().len();
            assert!(packed <= 700_000, "{family:?}: {packed} of {} bytes", file.len());
        }
    }

    #[test]
    fn a_reserved_name_is_not_used_and_the_licence_stays() {
        let file = made(Family::Kai, "山");
        let names = sfnt::table(&file, 0, b"name").expect("a name table");
        // In one byte a character or in two.
        let text: String = names.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
        assert!(text.contains("Issue Test-Regular") || text.contains("IssueTest-Regular"));
        assert!(text.contains("SIL Open Font License"), "{text}");
        assert!(!text.contains("LXGWWenKai"), "the PostScript name is ours");
    }

    /// Shaped top to bottom, the subset does what its face does: brackets have their vertical form, an em is an em.
    #[test]
    fn in_vertical_lines_it_shapes_as_its_face_does() {
        use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont};
        for family in [Family::Song, Family::Hei, Family::Kai] {
            let file = written(family, "山「，」", true);
            let font = harfrust::Font::new(harfrust::font::Blob::from(file), 0).expect("a font");
            let mut buffer = Buffer::new();
            buffer.push_str("山「」");
            buffer.set_direction(Direction::TopToBottom);
            buffer.guess_segment_properties();
            harfrust::shape(&ShaperFont::new(&font), &mut buffer, ShapeOptions::new()).expect("it shapes");
            let level = |c| font.charmap().map_unicode(c).expect("covered").to_u32();
            let glyphs: Vec<u32> = buffer.glyph_infos().iter().map(|i| i.glyph_id).collect();
            assert_eq!(glyphs[0], level('山'));
            assert!(glyphs[1] != level('「') && glyphs[2] != level('」'), "{family:?} {glyphs:?}");
            assert!(buffer.glyph_positions().iter().all(|p| p.y_advance == -1000), "{family:?}");
        }
    }
}
