//! Characters set in a face, to see what it makes of them.
//!
//! In: a face, the script whose forms it has, and a few characters. Out: the one glyph that they become, if they do.

use crate::base::Script;
use harfrust::{Buffer, Direction, Feature, Font, ShapeOptions, ShapePlan, ShaperFont, Tag};
use std::collections::BTreeMap;

/// Characters as they are set: one glyph.
#[derive(PartialEq, Eq)]
pub struct Set {
    pub glyph: u16,
    pub offset: i32,
    pub advance: i32,
}

/// How characters are set: along or down the page, on half an em, among English words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manner {
    Across,
    HalfAcross,
    Down,
    HalfDown,
    English,
}

impl Manner {
    fn direction(self) -> Direction {
        if matches!(self, Manner::Down | Manner::HalfDown) { Direction::TopToBottom } else { Direction::LeftToRight }
    }

    /// Beside those that are on by default.
    fn features(self) -> Vec<Feature> {
        let tag = match self {
            Manner::Across | Manner::Down => return vec![],
            Manner::HalfAcross => b"halt",
            Manner::HalfDown => b"vhal",
            Manner::English => b"pwid",
        };
        vec![Feature::new(Tag::new(tag), 1, ..)]
    }

    fn plan(self, font: &Font, script: Script) -> ShapePlan {
        let (tag, language) = if self == Manner::English { (b"Latn", "en") } else { (b"Hani", script.language()) };
        let script = harfrust::Script::from_iso15924_tag(Tag::new(tag));
        ShapePlan::new(font, self.direction(), script, language.parse().ok().as_ref(), &self.features())
    }
}

pub struct Shaper<'f> {
    face: &'f Font,
    font: ShaperFont<'f, 'static>,
    script: Script,
    plans: BTreeMap<Manner, ShapePlan>,
    buffer: Buffer,
}

impl<'f> Shaper<'f> {
    pub fn new(face: &'f Font, script: Script) -> Self {
        Shaper { face, font: ShaperFont::new(face), script, plans: BTreeMap::new(), buffer: Buffer::new() }
    }

    /// None where it becomes more than one glyph.
    pub fn shape(&mut self, text: &str, manner: Manner) -> Option<Set> {
        let plan = self.plans.entry(manner).or_insert_with(|| manner.plan(self.face, self.script));
        self.buffer.clear();
        self.buffer.push_str(text);
        self.buffer.set_direction(manner.direction());
        self.buffer.set_script(plan.script());
        self.buffer.set_language(plan.language().cloned());
        let features = manner.features();
        let options = ShapeOptions::new().plan(Some(plan)).features(&features);
        harfrust::shape(&self.font, &mut self.buffer, options).ok()?;
        let (infos, positions) = (self.buffer.glyph_infos(), self.buffer.glyph_positions());
        let ([info], [p]) = (infos, positions) else { return None };
        let (offset, advance) = match manner.direction() {
            Direction::TopToBottom => (p.y_offset, p.y_advance),
            _ => (p.x_offset, p.x_advance),
        };
        Some(Set { glyph: info.glyph_id as u16, offset, advance })
    }
}
