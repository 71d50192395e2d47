//! The fonts in the EPUB: a subset of each face that the style sheet names, of the characters that the documents show
//! in it.
//!
//! In: the final documents. Out: font files, and the `@font-face` rules that name them. The face follows the language:
//! one subset a script, without alternative forms.

use super::css::{self, SONG};
use super::error::Error;
use super::inside;
use super::plan::Plan;
use super::skeleton::Resource;
use super::zip::pack;
use crate::base::{Convention, Lang, Script};
use crate::doc::EpubFonts;
use crate::font::{FaceId, Family, Library, Text, Weight, standalone};
use crate::page::Hand;
use crate::picture::Darkroom;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

pub struct Fonts<'a> {
    plan: &'a Plan<'a>,
    library: &'a Library,
    /// What each face draws.
    faces: BTreeMap<FaceId, Text>,
    /// Languages whose script differs from the issue's.
    others: BTreeSet<Lang>,
}

/// How text is set inside an element.
#[derive(Clone, Copy)]
struct Setting {
    hand: Hand,
    lang: Lang,
    english: bool,
}

impl<'a> Fonts<'a> {
    /// The contents page, which is made last, needs text, headings and labels: these faces are always there.
    pub fn new(plan: &'a Plan<'a>, library: &'a Library) -> Fonts<'a> {
        let mut fonts = Fonts { plan, library, faces: BTreeMap::new(), others: BTreeSet::new() };
        for hand in [plan.book.hands.body, SONG, (Family::Song, Weight::Bold), (Family::Hei, Weight::Regular)] {
            fonts.face(hand, plan.lang().script());
        }
        fonts
    }

    /// Takes the characters of a document.
    pub fn read(&mut self, xhtml: &str) -> Result<(), Error> {
        let broken = |e: quick_xml::Error| Error::Finish(e.to_string());
        let mut settings = vec![Setting { hand: self.plan.book.hands.body, lang: self.plan.lang(), english: false }];
        let mut reader = Reader::from_str(xhtml);
        loop {
            match reader.read_event().map_err(broken)? {
                Event::Start(start) => {
                    let inner = self.setting(&start, settings[settings.len() - 1]);
                    settings.push(inner);
                    if start.name().as_ref() == "li" {
                        self.add("•0123456789.", inner);
                    }
                }
                Event::End(_) => {
                    settings.pop();
                }
                Event::Text(text) => self.add(&text, settings[settings.len() - 1]),
                // Those that text is escaped with.
                Event::GeneralRef(_) => self.add("&<>", settings[settings.len() - 1]),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn setting(&mut self, start: &BytesStart, outer: Setting) -> Setting {
        let value = |key| start.try_get_attribute(key).ok().flatten().map(|a| a.value.to_string());
        let lang = value("lang").and_then(|l| l.parse::<Lang>().ok());
        let english = lang.map_or(outer.english, |l| l == Lang::En);
        // English has no forms of Han of its own.
        let lang = lang.filter(|l| *l != Lang::En).unwrap_or(outer.lang);
        if lang.script() != self.plan.lang().script() {
            self.others.insert(lang);
        }
        let name = start.name();
        let own = css::hand(self.plan, name.as_ref(), value("class").as_deref(), english);
        // A run in another script is set in text type, whatever it stands in: the style sheet can't say "the same hand,
        // there".
        let foreign =
            (name.as_ref() == "span" && lang.script() != outer.lang.script()).then_some(self.plan.book.hands.body);
        Setting { hand: own.or(foreign).unwrap_or(outer.hand), lang, english }
    }

    fn face(&mut self, (family, weight): Hand, script: Script) -> FaceId {
        let id = self.library.find(family, weight, script);
        self.text(id).chars.insert(' ');
        id
    }

    fn text(&mut self, id: FaceId) -> &mut Text {
        let is_vertical = self.plan.is_vertical();
        self.faces.entry(id).or_insert_with(|| Text { is_vertical, ..Text::default() })
    }

    /// A character goes to the face it is set in, else to the text face behind it in the style sheet; what neither has
    /// is left to the reading system.
    fn add(&mut self, text: &str, setting: Setting) {
        let script = setting.lang.script();
        let wished = self.face(setting.hand, script);
        let behind = [self.plan.book.hands.body, SONG].map(|hand| self.face(hand, script));
        let latin = self.library.latin(setting.hand.1, script);
        for c in text.chars().filter(|c| !c.is_control()) {
            let latin = latin.filter(|_| c.is_ascii_graphic());
            latin.map(|id| self.text(id));
            let drawn =
                latin.into_iter().chain([wished]).chain(behind).find(|id| self.library.face(*id).glyph(c).is_some());
            let Some(text) = drawn.map(|id| self.text(id)) else { continue };
            text.chars.insert(c);
            text.mainland_marks |= setting.lang.convention() == Convention::Cn;
            if setting.english {
                text.english.insert(c);
            }
        }
    }

    /// The files, in a fixed order, before their characters are known.
    pub fn resources(&self) -> Vec<Resource> {
        self.embedded().map(|(id, _)| self.resource(*id)).collect()
    }

    /// The faces that go into the file: none where the editor wants the reader's own.
    fn embedded(&self) -> impl Iterator<Item = (&FaceId, &Text)> {
        self.faces.iter().filter(|_| self.plan.issue.epub.fonts == EpubFonts::Subset)
    }

    fn resource(&self, id: FaceId) -> Resource {
        let face = self.library.face(id);
        let family = match face.family {
            Family::Song => "song".to_string(),
            Family::Hei => "hei".to_string(),
            Family::Kai => "kai".to_string(),
            Family::Fangsong => "fangsong".to_string(),
            Family::Own(n) => format!("own{n}"),
        };
        let weight = if face.weight == Weight::Bold { "bold" } else { "regular" };
        let (extension, media_type) = if face.has_cff() { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        Resource {
            href: format!("fonts/{family}-{weight}{}.{extension}", suffix(face.script).to_lowercase()),
            media_type,
        }
    }

    pub fn style_sheet(&self) -> String {
        let mut faces = String::new();
        for (id, _) in self.embedded() {
            let face = self.library.face(*id);
            let weight = if face.weight == Weight::Bold { "bold" } else { "normal" };
            let (name, href) = (self.css_name(face.family, face.script), self.resource(*id).href);
            faces
                .push_str(&format!("@font-face {{ font-family: {name}; font-weight: {weight}; src: url({href}); }}\n"));
        }
        let mut others: Vec<Lang> = self.others.iter().copied().collect();
        // `:lang(zh-Hant)` matches zh-Hant-HK too: the longer tag comes last and wins.
        others.sort_by_key(|l| l.tag().len());
        let others: Vec<(&str, Script)> = others.iter().map(|l| (l.tag(), l.script())).collect();
        css::style_sheet(self.plan, &faces, &others, |family, script| self.stack(family, script))
    }

    /// The families an element asks for: its own, then the text's.
    fn stack(&self, family: Family, script: Script) -> String {
        if self.plan.issue.epub.fonts == EpubFonts::None {
            return String::new();
        }
        let own = self.library.face(self.library.find(family, Weight::Regular, script)).family;
        let latin = self.library.latin(Weight::Regular, script).map(|id| self.library.face(id).family);
        let text = self.library.face(self.library.find(self.plan.book.hands.body.0, Weight::Regular, script)).family;
        let mut families: Vec<Family> = vec![];
        for family in latin.into_iter().chain([own, text, Family::Song]) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families.into_iter().map(|family| self.css_name(family, script)).collect::<Vec<_>>().join(", ")
    }

    fn css_name(&self, family: Family, script: Script) -> String {
        format!("\"{}\"", self.name(family, script))
    }

    fn name(&self, family: Family, script: Script) -> String {
        let other = if script == self.plan.lang().script() { String::new() } else { suffix(script).replace('-', " ") };
        match family {
            // One face serves every script.
            Family::Own(n) => format!("Issue Own {n}"),
            hand => format!("Issue {hand:?}{other}"),
        }
    }

    /// The font files as the archive has them; those whose text is the same since the last run are kept from it.
    pub fn files(&self, darkroom: &Darkroom) -> Result<Vec<Vec<u8>>, Error> {
        let edition = self.plan.book.meta.uuid("epub").simple();
        let make = |id: &FaceId, text: &Text| {
            let face = self.library.face(*id);
            let (name, path) = (self.name(face.family, face.script), inside(&self.resource(*id).href));
            let sum =
                Sha256::new_with_prefix(text.fingerprint(face)).chain_update(format!("{name}\n{path}")).finalize();
            darkroom.made(&format!("font-{edition}-{}", face.postscript_name), &sum.into(), || {
                let file = standalone(face, text, &name);
                pack(&path, &file.map_err(|e| Error::Font(format!("{}: {e}", face.postscript_name)))?)
            })
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = self.embedded().map(|(id, text)| scope.spawn(move || make(id, text))).collect();
            threads.into_iter().map(|t| t.join().map_err(|_| Error::Font("the subsetter failed".into()))?).collect()
        })
    }
}

fn suffix(script: Script) -> &'static str {
    match script {
        Script::Sc => "-SC",
        Script::Tc => "-TC",
        Script::Hk => "-HK",
        Script::Jp => "-JP",
    }
}
