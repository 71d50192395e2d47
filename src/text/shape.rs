//! Runs of text become clusters: itemised by face, shaped by HarfBuzz's rules, then given their class's body and gaps.
//!
//! In: [`TextRun`]s of one block. Out: a [`Paragraph`]. A cluster's advance is its body alone; its blanks are gaps.

use super::breaking::{Break, breaks};
use super::class::{Class, classify, is_extension};
use super::emoji::{is_symbol, sequence};
use super::glyphs::{Kind, Shaped, collect, combined};
use super::grid;
use super::hyphenation;
use super::paragraph::{Cluster, Gap, Hyphen, LineEnd, Paragraph, PlacedGlyph, RunStyle};
use super::ruby;
use super::spacing::{self, Conventions, Spacing};
use super::vertical::{self, Form};
use crate::base::{Convention, Em, Len, Orientation, Script, Span};
use crate::doc::VerticalDigits;
use crate::font::{Coverage, Face, FaceId, Family, Library, Weight};
use harfrust::{Buffer, ShapeOptions, ShapePlan, ShaperFont, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Characters that are set alike. A line feed in `text` ends the line.
#[derive(Clone, Debug, Default)]
pub struct TextRun {
    pub text: String,
    pub family: Family,
    pub weight: Weight,
    pub style: RunStyle,
    /// Overrides the class of every character: note marks and end marks.
    pub class: Option<Class>,
    /// 縱中橫, whatever it is.
    pub combined: bool,
    /// What stands beside the run as its reading.
    pub reading: Option<String>,
    /// Characters it counts for in `Pos::char`: its own, or none for generated text.
    pub counts: bool,
    /// Where it was written.
    pub span: Option<Span>,
}

/// A character that its face doesn't draw, or a sequence that stands for one picture: in which run, its bytes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub c: char,
    pub run: usize,
    pub bytes: Range<usize>,
    /// The names of the face that lacks it and of the one that draws it; None: no face does.
    pub instead: Option<[String; 2]>,
}

/// How a character takes part in a picture that no face draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pictured {
    Not,
    /// 〓 is drawn in its place.
    First,
    /// It belongs to the one before.
    More,
}

/// 〓: what printers set for a character they have no type for.
const GETA: char = '〓';

/// What a wrong decoding leaves behind.
pub const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// A private-use character means nothing outside the font it was typed with.
pub const fn is_private_use(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0x10FFFD)
}

/// Sets text in one script with one set of conventions.
pub struct Composer<'a> {
    /// None: the mock face, in which Han is one em wide and Latin half an em.
    library: Option<&'a Library>,
    pub script: Script,
    pub conventions: Conventions,
    shapers: BTreeMap<(FaceId, Kind), Shaper<'a>>,
    buffer: Buffer,
}

struct Shaper<'a> {
    font: ShaperFont<'a, 'static>,
    plan: ShapePlan,
}

/// The characters of a paragraph with everything that is known before shaping.
struct Source<'r> {
    runs: &'r [TextRun],
    chars: Vec<char>,
    run_of: Vec<u16>,
    /// How many characters of the manuscript each stands for.
    counts: Vec<u32>,
    classes: Vec<Class>,
    breaks: Vec<Break>,
    pictured: Vec<Pictured>,
    forms: Vec<Form>,
}

impl<'a> Composer<'a> {
    pub fn new(library: &'a Library, script: Script, conventions: Conventions) -> Self {
        Composer { library: Some(library), script, conventions, shapers: BTreeMap::new(), buffer: Buffer::new() }
    }

    /// A composer without fonts: Han is one em wide, everything Latin half an em. For cases that speak of rules alone.
    pub fn mock(script: Script, conventions: Conventions) -> Self {
        Composer { library: None, script, conventions, shapers: BTreeMap::new(), buffer: Buffer::new() }
    }

    /// The same fonts for text of another script.
    pub fn speaking(&self, script: Script, conventions: Conventions) -> Self {
        Composer { library: self.library, script, conventions, shapers: BTreeMap::new(), buffer: Buffer::new() }
    }

    /// `em` is the paragraph's type size: the measure of its gaps. Characters that their face doesn't draw are returned beside it.
    pub fn paragraph(&mut self, runs: &[TextRun], em: Len) -> (Paragraph, Vec<Missing>) {
        let mut missing = vec![];
        let source = self.source(runs, &mut missing);
        let shaped = self.shape(&source, &mut missing);
        let mut paragraph = Assembly::new(&source, &self.conventions, em).assemble(shaped);
        paragraph.hyphens = runs.iter().map(|run| self.hyphen(run)).collect();
        hyphenation::divide(&mut paragraph);
        if self.conventions.grid_align {
            grid::align(&mut paragraph);
        }
        ruby::annotate(self, runs, &mut paragraph, &mut missing);
        (paragraph, missing)
    }

    fn hyphen(&self, run: &TextRun) -> Hyphen {
        let found = self.library.and_then(|library| {
            let id = library.find(run.family, run.weight, self.script);
            let face = library.face(id);
            let glyph = face.glyph('-')?;
            Some((id, glyph, run.style.size.scale(face.advance(glyph), i32::from(face.metrics.units_per_em))))
        });
        match found {
            Some((face, glyph, advance)) => Hyphen { glyph: Some((face, glyph)), advance },
            None => Hyphen { glyph: None, advance: run.style.size / 2 },
        }
    }

    fn source<'r>(&self, runs: &'r [TextRun], missing: &mut Vec<Missing>) -> Source<'r> {
        let mut chars = vec![];
        let mut run_of = vec![];
        for (i, run) in runs.iter().enumerate() {
            for (byte, c) in run.text.char_indices() {
                let c = as_set(c);
                let unknown = (is_private_use(c) || c == REPLACEMENT) && !self.draws(c);
                chars.push(if unknown { GETA } else { c });
                missing.extend(unknown.then(|| Missing { c, run: i, bytes: byte..byte + c.len_utf8(), instead: None }));
            }
            run_of.resize(chars.len(), i as u16);
        }
        let mut counts: Vec<u32> = run_of.iter().map(|run| u32::from(runs[usize::from(*run)].counts)).collect();
        if self.conventions.vertical && self.conventions.vertical_digits == VerticalDigits::Han {
            (chars, run_of, counts) = vertical::in_han((chars, run_of, counts));
        }
        let pictured = self.pictured(&chars, &run_of, missing);
        let mut classes = classify(&chars);
        for i in (1..chars.len()).filter(|i| pictured[*i] == Pictured::More) {
            classes[i] = classes[i - 1];
        }
        for (class, run) in classes.iter_mut().zip(&run_of) {
            *class = runs[*run as usize].class.unwrap_or(*class);
        }
        let forms = self.forms(runs, &mut chars, (&mut classes, &run_of));
        let mut breaks = breaks(&chars, &classes, &self.conventions);
        for i in 1..chars.len() {
            if chars[i - 1] == '\n' {
                breaks[i] = Break::Mandatory;
            }
        }
        // Its class says that it doesn't break; its glyph means a space, and a space is what a reader copies.
        chars.iter_mut().filter(|c| **c == '\u{a0}').for_each(|c| *c = ' ');
        Source { runs, chars, run_of, counts, classes, breaks, pictured, forms }
    }

    /// How characters stand; in a vertical line that settles classes and quotation marks too.
    fn forms(&self, runs: &[TextRun], chars: &mut [char], (classes, run_of): (&mut [Class], &[u16])) -> Vec<Form> {
        if !self.conventions.vertical {
            return vec![Form::Level; chars.len()];
        }
        for (c, class) in chars.iter_mut().zip(classes.iter()) {
            *c = vertical::quote(*c, *class, self.conventions.marks);
        }
        let marked: Vec<bool> = run_of.iter().map(|run| runs[usize::from(*run)].combined).collect();
        vertical::forms(chars, classes, &marked)
    }

    /// Emoji and signs that no face draws, each sequence as one.
    fn pictured(&self, chars: &[char], run_of: &[u16], missing: &mut Vec<Missing>) -> Vec<Pictured> {
        let mut out = vec![Pictured::Not; chars.len()];
        let mut i = 0;
        while i < chars.len() {
            let run = run_of[i];
            let in_run = i + run_of[i..].partition_point(|r| *r == run);
            let length = sequence(&chars[i..in_run]);
            if chars[i..i + length].iter().any(|c| is_symbol(*c) && !self.draws(*c)) {
                out[i] = Pictured::First;
                out[i + 1..i + length].fill(Pictured::More);
                let start = run_of.partition_point(|r| *r < run);
                let bytes = |chars: &[char]| chars.iter().map(|c| c.len_utf8()).sum::<usize>();
                let byte = bytes(&chars[start..i]);
                let range = byte..byte + bytes(&chars[i..i + length]);
                missing.push(Missing { c: chars[i], run: run as usize, bytes: range, instead: None });
            }
            i += length.max(1);
        }
        out
    }

    /// The face for a family and weight in the composer's script.
    pub fn face(&self, family: Family, weight: Weight) -> Option<(FaceId, &'a Face)> {
        let library = self.library?;
        let id = library.find(family, weight, self.script);
        Some((id, library.face(id)))
    }

    fn draws(&self, c: char) -> bool {
        self.library.is_none_or(|l| l.faces().any(|(_, face)| face.glyph(c).is_some()))
    }

    /// Shapes maximal pieces of one face and one kind (Western or not).
    fn shape(&mut self, source: &Source, missing: &mut Vec<Missing>) -> Vec<Shaped> {
        let Some(library) = self.library else { return mock(source) };
        let mut out = Vec::with_capacity(source.chars.len());
        let mut start = 0;
        let scripts: Vec<Script> = (0..source.chars.len()).map(|i| self.script_of(source, i)).collect();
        let kind = |i: usize| (source.run_of[i], is_western(source, i), source.forms[i], scripts[i]);
        let faces: Vec<Option<FaceId>> =
            (0..source.chars.len()).map(|i| self.face_of(library, source, i, missing)).collect();
        while start < source.chars.len() {
            let mut end = start + 1;
            while end < source.chars.len() && kind(end) == kind(start) && faces[end] == faces[start] {
                end += 1;
            }
            if let Some(face) = faces[start] {
                self.shape_piece(library, source, (start..end, face), &mut out);
            }
            start = end;
        }
        out
    }

    /// Traditional text with mainland marks (R16.0) has them at the lower left of their em, as the mainland draws them.
    fn script_of(&self, source: &Source, i: usize) -> Script {
        let mainland = self.conventions.marks == Convention::Cn && !source.classes[i].is_han();
        if mainland { Script::Sc } else { self.script }
    }

    /// The face that draws a character; None for those that are only space or control.
    fn face_of(&self, library: &Library, source: &Source, i: usize, missing: &mut Vec<Missing>) -> Option<FaceId> {
        let c = source.chars[i];
        if is_invisible(c) {
            return None;
        }
        let run = &source.runs[source.run_of[i] as usize];
        let wished = library.find(run.family, run.weight, self.script);
        let c = if source.pictured[i] == Pictured::First { GETA } else { c };
        if i > 0 && (is_extension(c) || source.pictured[i] == Pictured::More) {
            return self.face_of(library, source, i - 1, &mut vec![]);
        }
        let latin = if is_western(source, i) { library.latin(run.weight, self.script) } else { None };
        if let Some(face) = latin.filter(|face| library.face(*face).glyph(c).is_some()) {
            return Some(face);
        }
        let (face, instead) = match library.coverage(wished, c) {
            Coverage::Here => return Some(wished),
            Coverage::Fallback(face) => (face, Some([wished, face].map(|id| library.face(id).postscript_name.clone()))),
            Coverage::Nowhere => (wished, None),
        };
        let run = source.run_of[i] as usize;
        let start = source.run_of.partition_point(|r| (*r as usize) < run);
        let byte: usize = source.chars[start..i].iter().map(|c| c.len_utf8()).sum();
        missing.push(Missing { c, run, bytes: byte..byte + c.len_utf8(), instead });
        Some(face)
    }

    fn shape_piece(
        &mut self,
        library: &'a Library,
        source: &Source,
        (piece, face): (Range<usize>, FaceId),
        out: &mut Vec<Shaped>,
    ) {
        let form = source.forms[piece.start];
        let (western, script) = (is_western(source, piece.start), self.script_of(source, piece.start));
        let kind = Kind { western, script, orientation: form.orientation() };
        let size = source.runs[source.run_of[piece.start] as usize].style.size;
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        for i in piece.clone().filter(|i| source.pictured[*i] != Pictured::More) {
            let drawn = if source.pictured[i] == Pictured::First { GETA } else { self.drawn(source.chars[i]) };
            buffer.push(u32::from(drawn), i as u32);
        }
        let shaper = self.shaper(library, face, kind);
        buffer.set_direction(kind.direction());
        buffer.set_script(shaper.plan.script());
        buffer.set_language(shaper.plan.language().cloned());
        let features = kind.features();
        let done = harfrust::shape(
            &shaper.font,
            &mut buffer,
            ShapeOptions::new().plan(Some(&shaper.plan)).features(&features),
        );
        debug_assert!(done.is_ok(), "the plan was made for this direction and script");
        let first = out.len();
        match kind.orientation {
            Orientation::Combined(_) => out.push(combined(&buffer, piece, (face, library.face(face), size))),
            _ => collect(&buffer, piece, (face, library.face(face), size), (kind.orientation, out)),
        }
        if kind.western && !matches!(kind.orientation, Orientation::Upright | Orientation::Combined(_)) {
            let units = i32::from(library.face(face).metrics.units_per_em);
            let whole = |glyph: u16| size.scale(shaper.font.glyph_h_advance(glyph.into()), units);
            out[first..].iter_mut().for_each(|cluster| cluster.kern = cluster.kern(whole));
        }
        self.buffer = buffer;
    }

    /// ／ on half an em (GB/T 15834 5.1.9) is drawn by the narrow glyph: the wide one would touch its neighbours.
    fn drawn(&self, c: char) -> char {
        if c == '／' && self.conventions.marks != Convention::Tw { '/' } else { c }
    }

    fn shaper(&mut self, library: &'a Library, face: FaceId, kind: Kind) -> &Shaper<'a> {
        self.shapers.entry((face, kind)).or_insert_with(|| {
            let font = &library.face(face).font;
            let tag = if kind.western { *b"Latn" } else { *b"Hani" };
            let language = if kind.western { "en" } else { kind.script.language() };
            let plan = ShapePlan::new(
                font,
                kind.direction(),
                harfrust::Script::from_iso15924_tag(Tag::new(&tag)),
                language.parse().ok().as_ref(),
                &kind.features(),
            );
            Shaper { font: ShaperFont::new(font), plan }
        })
    }
}

fn is_western(source: &Source, i: usize) -> bool {
    source.classes[i].is_western() || source.classes[i] == Class::Space
}

/// A tab is a space in running text; U+2028 and U+2029 end a line.
const fn as_set(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{2028}' | '\u{2029}' => '\n',
        _ => c,
    }
}

/// Characters that have no cluster: what they say is in the gaps, or is nothing here (controls, marks of direction).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}

/// Side by side with the character before it.
fn joined(source: &Source, i: usize) -> bool {
    i > 0 && matches!(source.forms[i], Form::Combined(_)) && source.forms[i] == source.forms[i - 1]
}

/// A cluster a character and its extensions, without glyphs.
fn mock(source: &Source) -> Vec<Shaped> {
    let mut out: Vec<Shaped> = vec![];
    let mut picture = 0;
    for (i, c) in source.chars.iter().enumerate().filter(|(_, c)| !is_invisible(**c)) {
        let size = source.runs[source.run_of[i] as usize].style.size;
        let pictured = i < picture;
        if !pictured {
            picture = i + sequence(&source.chars[i..]);
        }
        match out.last_mut() {
            Some(last) if pictured || is_extension(*c) || joined(source, i) => last.chars.end = i + 1,
            _ => {
                let advance = match source.classes[i] {
                    _ if source.forms[i].orientation().is_upright() => size,
                    Class::Space | Class::NoBreak => size / 4,
                    class if class.is_western() && !matches!(c, '℃' | '℉' | '￥') => size / 2,
                    Class::Connector if matches!(c, '–' | '-' | '‐') => size / 2,
                    // ⸺ and ⸻ are two and three em long by themselves.
                    _ => size * if *c == '⸺' { 2 } else { 1 },
                };
                let orientation = source.forms[i].orientation();
                out.push(Shaped { chars: i..i + 1, glyphs: vec![], advance, orientation, kern: Len::ZERO });
            }
        }
    }
    out
}

/// Puts shaped clusters, classes and breaks together.
struct Assembly<'s> {
    source: &'s Source<'s>,
    conventions: &'s Conventions,
    em: Len,
    paragraph: Paragraph,
    /// `Pos::char` and byte offset before each character.
    offsets: Vec<(u32, u32)>,
}

impl<'s> Assembly<'s> {
    fn new(source: &'s Source<'s>, conventions: &'s Conventions, em: Len) -> Self {
        let mut offsets = Vec::with_capacity(source.chars.len() + 1);
        let (mut count, mut byte) = (0, 0);
        for (c, of) in source.chars.iter().zip(&source.counts) {
            offsets.push((count, byte));
            count += of;
            byte += c.len_utf8() as u32;
        }
        offsets.push((count, byte));
        let paragraph = Paragraph {
            text: source.chars.iter().collect(),
            runs: source.runs.iter().map(|r| r.style.clone()).collect(),
            em,
            vertical: conventions.vertical,
            ..Paragraph::default()
        };
        Assembly { source, conventions, em, paragraph, offsets }
    }

    fn assemble(mut self, shaped: Vec<Shaped>) -> Paragraph {
        let mut shaped: Vec<Shaped> = shaped;
        let keep: Vec<bool> = (0..shaped.len()).map(|i| self.keeps(&shaped, i)).collect();
        let mut kept = keep.iter();
        shaped.retain(|_| *kept.next().expect("one a cluster"));
        for piece in &shaped {
            self.push(piece);
        }
        for i in 0..=self.paragraph.clusters.len() {
            let gap = self.gap(i, &shaped);
            self.paragraph.gaps.push(gap);
        }
        for (i, piece) in shaped.iter().enumerate() {
            self.edges(i, piece.kern);
        }
        self.paragraph
    }

    fn class(&self, piece: &Shaped) -> Class {
        self.source.classes[piece.chars.start]
    }

    /// A typed space beside Han, a full-width mark or an edge is replaced by what the table gives there (clreq §Mixed Text
    /// Composition); runs of spaces are one.
    fn keeps(&self, shaped: &[Shaped], i: usize) -> bool {
        if self.class(&shaped[i]) != Class::Space {
            return true;
        }
        let before = i.checked_sub(1).map(|j| &shaped[j]);
        let after = shaped[i + 1..].iter().find(|s| self.class(s) != Class::Space);
        let (Some(before), Some(after)) = (before, after) else { return false };
        let (a, b) = (self.class(before), self.class(after));
        let mark = |c: Class| c.is_squeezable_mark();
        // What stands upright in a vertical line needs no gap beside Han.
        let number = |s: &Shaped| s.orientation.is_upright() && self.source.chars[s.chars.start].is_ascii();
        let upright = a.is_han() && b.is_han() && (number(before) || number(after));
        let mixed = a.is_han() && b.is_western() || a.is_western() && b.is_han() || upright;
        let replaced = mixed && self.conventions.autospace;
        a != Class::Space && !mark(a) && !mark(b) && !replaced
    }

    fn push(&mut self, piece: &Shaped) {
        let class = self.class(piece);
        let run = self.source.run_of[piece.chars.start];
        let size = self.source.runs[run as usize].style.size;
        let (advance, shift) = self.body(piece, class, size);
        let first = self.paragraph.glyphs.len() as u32;
        self.paragraph.glyphs.extend(piece.glyphs.iter().map(|g| PlacedGlyph { dx: g.dx + shift, ..*g }));
        self.paragraph.clusters.push(Cluster {
            class,
            advance,
            glyphs: first..self.paragraph.glyphs.len() as u32,
            text: self.offsets[piece.chars.start].1..self.offsets[piece.chars.end].1,
            char: self.offsets[piece.chars.start].0,
            run,
            orientation: piece.orientation,
        });
    }

    /// The body's width, and how far the glyph moves so that its ink lies in the body.
    fn body(&self, piece: &Shaped, class: Class, size: Len) -> (Len, Len) {
        if matches!(class, Class::Space | Class::IdeographicSpace) {
            return (Len::ZERO, Len::ZERO);
        }
        let Some(blank) = class.blank(self.conventions) else { return (piece.advance, Len::ZERO) };
        let body = self.exclamations(piece, class).unwrap_or(blank.body).of(size);
        let slack = body - piece.advance;
        let shift = match class {
            Class::Open => slack,
            Class::Interpunct | Class::Solidus => slack / 2,
            _ if self.conventions.marks == Convention::Tw && class != Class::Close => slack / 2,
            _ => Len::ZERO,
        };
        (body, shift)
    }

    /// ？！ take one em together, three such marks two (GB/T 15834 5.1.2).
    fn exclamations(&self, piece: &Shaped, class: Class) -> Option<Em> {
        if class != Class::Exclaim || !self.conventions.joins_exclamations() {
            return None;
        }
        let (classes, i) = (&self.source.classes, piece.chars.start);
        let same = |c: &&Class| **c == Class::Exclaim;
        let run = classes[..i].iter().rev().take_while(same).count() + classes[i..].iter().take_while(same).count();
        match run {
            2 => Some(Em::HALF),
            3 => Some(Em(667)),
            _ => None,
        }
    }

    fn is_exclamation_run(&self, piece: &Shaped) -> bool {
        self.exclamations(piece, self.class(piece)).is_some()
    }

    /// Han and numbers, their signs and units too, stand close where the manifest wants them so.
    fn conventions_between(&self, a: &Shaped, b: &Shaped) -> Conventions {
        let digit = |i: usize| self.source.chars[i].is_ascii_digit() || "+-±−%‰℃°￥¥$€".contains(self.source.chars[i]);
        let close = !self.conventions.digits_han_space && (digit(a.chars.end - 1) || digit(b.chars.start));
        Conventions { autospace: self.conventions.autospace && !close, ..*self.conventions }
    }

    fn gap(&self, i: usize, shaped: &[Shaped]) -> Gap {
        if i == 0 || i == shaped.len() {
            return Gap::default();
        }
        let (a, b) = (&shaped[i - 1], &shaped[i]);
        let spacing = match self.is_exclamation_run(a) {
            true => spacing::after_exclamations(self.class(b), self.conventions),
            false => spacing::spacing(self.class(a), self.class(b), &self.conventions_between(a, b)),
        };
        let mut gap = self.scaled(spacing);
        if self.class(a) == Class::Space {
            gap.natural = a.advance.min(self.em / 2);
            gap.stretch[spacing::STRETCH_WORD as usize] = self.em / 2 - gap.natural;
            gap.shrink[spacing::SHRINK_WORD as usize] = (gap.natural - self.em / 4).max(Len::ZERO);
        } else if self.class(a) == Class::IdeographicSpace {
            // At a paragraph's start they stand for its indent: a bracket after them is trimmed as at any line's start.
            let indent = shaped[..i].iter().all(|s| self.class(s) == Class::IdeographicSpace);
            gap.natural = if indent { self.em } else { self.em + gap.natural };
        }
        if self.source.run_of[a.chars.start] == self.source.run_of[b.chars.start] {
            gap.natural += self.source.runs[self.source.run_of[b.chars.start] as usize].style.tracking;
        }
        gap.brk = self.brk(a.chars.end, b.chars.start);
        // A divided address has hardly a gap to open but its own.
        gap.opens |= matches!(gap.brk, Break::Emergency { .. });
        let between = &self.source.classes[a.chars.start..b.chars.start];
        // A blank typed between Han parts clauses; beside Western text it parts words.
        let clauses = self.class(a) == Class::Space && self.class(b).is_han() && self.after_han(a.chars.start);
        gap.preferred = clauses || between.iter().any(|c| matches!(c, Class::BreakHere | Class::IdeographicSpace));
        gap
    }

    fn after_han(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|before| self.source.classes[before].is_han())
    }

    /// The break before a cluster, looking over characters that have none (spaces that gaps replace, U+200B).
    fn brk(&self, from: usize, to: usize) -> Break {
        let mandatory = (from..=to).any(|i| self.source.breaks[i] == Break::Mandatory);
        if mandatory { Break::Mandatory } else { self.source.breaks[to] }
    }

    fn scaled(&self, s: Spacing) -> Gap {
        let mut gap = Gap { natural: s.natural.of(self.em), opens: s.opens, ..Gap::default() };
        for (rank, amount) in s.shrink.into_iter().flatten() {
            gap.shrink[rank as usize] += amount.of(self.em);
        }
        if let Some((rank, limit)) = s.stretch {
            gap.stretch[rank as usize] = limit.of(self.em);
        }
        gap
    }

    fn edges(&mut self, i: usize, kern: Len) {
        let class = self.paragraph.clusters[i].class;
        let alone = i == 0 || !self.paragraph.clusters[i - 1].class.is_squeezable_mark();
        let end = spacing::at_line_end(class, self.conventions);
        self.paragraph.line_start.push(spacing::at_line_start(class, self.conventions).of(self.em));
        self.paragraph.line_end.push(LineEnd {
            natural: end.natural.of(self.em),
            kern,
            shrink: end.shrink[0].map_or(Len::ZERO, |(_, amount)| amount.of(self.em)),
            hangs: alone && spacing::hangs(class, self.conventions),
        });
    }
}
