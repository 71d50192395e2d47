//! Text is set: a block's runs become a paragraph and its lines.
//!
//! In: inlines or plain strings in a role. Out: [`SetText`], kept in [`Setter::texts`] and named by [`TextId`], with the
//! structure nodes its runs belong to.

use super::{marks, proofread};
use crate::base::{BlockId, Code, Diagnostic, Em, Lang, Len, Place, Pos, Report, Span, words};
use crate::doc::{Article, Emphasis, Inline, Issue, NotesPlace, Reading, Style, TextPosition, Written};
use crate::font::{FaceId, Family, Library, Weight};
use crate::page::{NodeId, Role as NodeRole, Tree};
use crate::style::{Role, Theme};
use crate::text::{
    Class, Composer, Conventions, Line, LineShape, Missing, PageOf, Paragraph, REPLACEMENT, RunStyle, TextRun,
    break_lines, is_private_use, is_symbol,
};
use std::collections::{BTreeMap, BTreeSet};

/// An index into `Setter::texts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextId(pub usize);

/// A paragraph in its lines.
pub struct SetText {
    pub paragraph: Paragraph,
    pub lines: Vec<Line>,
    /// The structure node of each run; None: an artifact.
    pub nodes: Vec<Option<NodeId>>,
    /// That of each run's reading.
    pub readings: Vec<Option<NodeId>>,
    /// The block whose text it is, for page starts.
    pub block: Option<BlockId>,
    /// Characters of the block before this text: a drop cap.
    pub before: u32,
}

impl SetText {
    /// Where a line begins in the document.
    pub fn pos(&self, line: usize, article: u32) -> Option<Pos> {
        let cluster = &self.paragraph.clusters[self.lines[line].clusters.start];
        Some(Pos { article, block: self.block?, char: cluster.char + if cluster.char > 0 { self.before } else { 0 } })
    }
    /// The notes whose marks stand on a line.
    pub fn notes_in(&self, line: usize) -> impl Iterator<Item = usize> + '_ {
        let clusters = &self.paragraph.clusters[self.lines[line].clusters.clone()];
        clusters.iter().filter_map(|c| self.paragraph.runs[c.run as usize].note)
    }
    pub fn width(&self) -> Len {
        self.lines.iter().map(|l| l.target + l.indent).max().unwrap_or(Len::ZERO)
    }
}

/// What setting needs and gathers for one article or one piece of matter.
pub struct Setter<'a> {
    pub issue: &'a Issue,
    pub theme: &'a Theme,
    composer: Composer<'a>,
    lang: Lang,
    pub tree: Tree,
    pub texts: Vec<SetText>,
    pub report: Report,
    missing: BTreeSet<String>,
    /// Told already that lines are too near each other.
    tight: bool,
    place: Place,
    /// The article's own texts.
    written: Option<&'a Written>,
}

/// How a text stands in its measure and in the structure.
#[derive(Clone, Copy)]
pub struct Setting<'r> {
    pub role: &'r Role,
    pub shape: LineShape,
    pub node: Option<NodeId>,
    pub block: Option<BlockId>,
}

impl<'a> Setter<'a> {
    pub fn new(issue: &'a Issue, theme: &'a Theme, library: &'a Library, lang: Lang) -> Self {
        Setter {
            issue,
            theme,
            composer: Composer::new(library, lang.script(), conventions(issue, theme, lang)),
            lang,
            tree: Tree::default(),
            texts: vec![],
            report: Report::default(),
            missing: BTreeSet::new(),
            tight: false,
            place: Place::Issue,
            written: None,
        }
    }

    /// What `set` sets has horizontal lines, on a vertical page too: captions.
    pub fn across<T>(&mut self, set: impl FnOnce(&mut Self) -> T) -> T {
        self.in_lines(false, set)
    }

    /// What `set` sets is in another language than the rest.
    pub fn in_lang<T>(&mut self, lang: Lang, set: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.composer.speaking(lang.script(), conventions(self.issue, self.theme, lang));
        let before = (std::mem::replace(&mut self.composer, own), std::mem::replace(&mut self.lang, lang));
        let done = set(self);
        (self.composer, self.lang) = before;
        done
    }

    /// What `set` sets has no blanks between Han and Western characters: a code.
    pub fn unspaced<T>(&mut self, set: impl FnOnce(&mut Self) -> T) -> T {
        let autospace = std::mem::replace(&mut self.composer.conventions.autospace, false);
        let done = set(self);
        self.composer.conventions.autospace = autospace;
        done
    }

    /// What `set` sets has lines of this direction.
    pub fn in_lines<T>(&mut self, vertical: bool, set: impl FnOnce(&mut Self) -> T) -> T {
        let vertical = std::mem::replace(&mut self.composer.conventions.vertical, vertical);
        let done = set(self);
        self.composer.conventions.vertical = vertical;
        done
    }

    /// The language whose conventions are in force.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Findings name the article's file from here on.
    pub fn within(mut self, article: &'a Article) -> Self {
        self.written = Some(&article.written);
        self.place =
            if article.span == Span::default() { Place::File(article.file) } else { Place::Source(article.span) };
        self
    }

    /// Sets runs; `em` is the role's size.
    pub fn set(&mut self, runs: &[TextRun], s: Setting) -> TextId {
        let (paragraph, missing) = self.composer.paragraph(runs, s.role.size);
        for m in missing {
            let run = &runs[m.run];
            self.report_missing(m, run.span, &run.text);
        }
        let lines = break_lines(&paragraph, s.shape);
        self.report.findings.extend(proofread::findings(&paragraph, &lines, runs, (self.lang, &self.place)));
        self.report_tight(&paragraph, s.role);
        let mut nodes = self.run_nodes(&paragraph, s.node);
        let readings = self.readings(runs, &mut nodes);
        self.texts.push(SetText { paragraph, lines, nodes, readings, block: s.block, before: 0 });
        TextId(self.texts.len() - 1)
    }

    /// The width of runs on one line.
    pub fn natural_width(&mut self, runs: &[TextRun], em: Len) -> Len {
        self.composer.paragraph(runs, em).0.natural_width()
    }

    /// Sets a plain string.
    pub fn plain(&mut self, text: &str, s: Setting) -> TextId {
        let run = plain_run(text, s.role);
        self.set(&[run], s)
    }

    /// The role, smaller where a plain string would else take more than `most` grid lines of the width: a title of three
    /// hundred characters stays on its page.
    pub fn fitted(&mut self, text: &str, role: Role, (width, most): (Len, u16)) -> Role {
        let (natural, whole) = (self.natural_width(&[plain_run(text, &role)], role.size), role);
        // Lines are never quite full.
        let takes = |size: Len, rows: u16| {
            natural.scale(size.raw(), whole.size.raw()) * i32::from(rows) * 10 > width * i32::from(most) * 9
        };
        [(1, 1), (3, 4), (3, 5), (1, 2), (2, 5), (1, 3), (1, 4)]
            .map(|(n, of)| Role {
                size: whole.size.scale(n, of),
                pitch: whole.pitch.tightened(n as u8, of as u8),
                ..whole
            })
            .into_iter()
            .find(|role| !takes(role.size, role.pitch.rows(1)))
            .unwrap_or(whole)
    }

    pub fn text(&self, id: TextId) -> &SetText {
        &self.texts[id.0]
    }

    /// Runs of a block's inlines in a role, note marks and emphasis resolved.
    pub fn runs(&self, text: &[Inline], role: &Role) -> Vec<TextRun> {
        text.iter().flat_map(|inline| self.inline_runs(inline, role)).collect()
    }

    fn inline_runs(&self, inline: &Inline, role: &Role) -> Vec<TextRun> {
        match inline {
            Inline::Text { text, style, link, span } => {
                vec![TextRun { span: Some(*span), ..self.styled_run(text, *style, link.clone(), role) }]
            }
            Inline::Break { .. } => vec![TextRun { counts: true, ..plain_run("\n", role) }],
            Inline::Note { note, .. } => vec![self.note_mark(*note, role)],
            Inline::Ruby { pairs, style, link, span } => {
                let run = |pair: &Reading| TextRun {
                    span: Some(*span),
                    reading: Some(pair.reading.clone()),
                    ..self.styled_run(&pair.base, *style, link.clone(), role)
                };
                pairs.iter().map(run).collect()
            }
            Inline::PageRef { target, style, span } => vec![self.page_number(target, *style, *span, role)],
            Inline::PageMark { .. } => vec![],
        }
    }

    /// Room for a page number of three digits.
    fn page_number(&self, target: &str, style: Style, span: Span, role: &Role) -> TextRun {
        let run = self.styled_run("000", style, Some(target.to_string()), role);
        let page_of = Some(PageOf { target: target.to_string(), family: run.family, weight: run.weight });
        TextRun { style: RunStyle { page_of, ..run.style.clone() }, counts: false, span: Some(span), ..run }
    }

    /// Raised, in Hei: ① where notes stand on their page, `[1]` at an article's end (GB/T 7714).
    fn note_mark(&self, note: usize, role: &Role) -> TextRun {
        let mut run = self.note_number(note, &Role { family: Family::Hei, weight: Weight::Regular, ..*role });
        run.style.size = role.size.scale(5, 8);
        run.style.rise = role.size.scale(2, 5);
        run.style.tracking = Len::ZERO;
        run.style.note = Some(note);
        run.class = Some(Class::Reference);
        run
    }

    /// The number before a note's text.
    pub fn note_number(&self, note: usize, role: &Role) -> TextRun {
        match self.issue.type_.notes {
            NotesPlace::Article => plain_run(&format!("[{}]", note + 1), role),
            NotesPlace::Page => {
                let mut run = plain_run(&circled(note).to_string(), role);
                run.style.number = Some(note);
                run
            }
        }
    }

    /// The circled numbers of the faces that note marks and notes are set in.
    pub fn circled_glyphs(&self) -> Circled {
        let find = |family| self.composer.face(family, Weight::Regular);
        let faces = [Family::Hei, self.theme.roles.note.family].into_iter().filter_map(find);
        faces.map(|(id, face)| (id, (0..CIRCLED).filter_map(|n| face.glyph(circled(n))).collect())).collect()
    }

    fn styled_run(&self, text: &str, style: Style, link: Option<String>, role: &Role) -> TextRun {
        let (family, weight) = match (style.strong, style.emphasis, style.code) {
            (_, _, true) => (Family::Hei, role.weight),
            (true, ..) => (Family::Hei, Weight::Bold),
            // Emphasis inside a Kai text goes back to Song: it must still be seen.
            (_, true, _) if self.issue.type_.emphasis == Emphasis::Kai && role.family == Family::Kai => {
                (Family::Song, role.weight)
            }
            (_, true, _) if self.issue.type_.emphasis == Emphasis::Kai => (Family::Kai, role.weight),
            _ => (role.family, role.weight),
        };
        let (size, rise) = match style.position {
            TextPosition::Baseline => (role.size, Len::ZERO),
            TextPosition::Superscript => (role.size.scale(5, 8), role.size.scale(2, 5)),
            TextPosition::Subscript => (role.size.scale(5, 8), -role.size.scale(1, 6)),
        };
        let dots = style.dots || style.emphasis && self.issue.type_.emphasis == Emphasis::Dots;
        let combined = style.tcy;
        let style = RunStyle { size, rise, strike: style.strike, dots, line: style.line, link, ..run_style(role) };
        TextRun { text: text.to_string(), family, weight, style, combined, counts: true, ..TextRun::default() }
    }

    /// A run inside a link or a note's mark has a node of its own below the paragraph's.
    fn run_nodes(&mut self, paragraph: &Paragraph, node: Option<NodeId>) -> Vec<Option<NodeId>> {
        let mut nodes = vec![];
        let mut last: Option<(&RunStyle, NodeId)> = None;
        for run in &paragraph.runs {
            let same = last.filter(|(r, _)| r.link == run.link && r.note == run.note).map(|(_, n)| n);
            let role = if run.note.is_some() { NodeRole::Reference } else { NodeRole::Link };
            let plain = run.note.is_none() && run.link.is_none();
            let of_run = match (node, plain, same) {
                (None, ..) => None,
                _ if run.artifact => None,
                (Some(node), true, _) => Some(node),
                (Some(_), false, Some(same)) => Some(same),
                (Some(node), false, None) => Some(self.tree.add(node, role)),
            };
            last = of_run.filter(|_| !plain).map(|n| (run, n));
            nodes.push(of_run);
        }
        nodes
    }

    /// A run with a reading is the base of a ruby, below what it belonged to.
    fn readings(&mut self, runs: &[TextRun], nodes: &mut [Option<NodeId>]) -> Vec<Option<NodeId>> {
        let mut reading = |(run, node): (&TextRun, &mut Option<NodeId>)| {
            let parent = (*node).filter(|_| run.reading.is_some())?;
            let ruby = self.tree.add(parent, NodeRole::Ruby);
            *node = Some(self.tree.add(ruby, NodeRole::RubyBase));
            Some(self.tree.add(ruby, NodeRole::RubyText))
        };
        runs.iter().zip(nodes).map(&mut reading).collect()
    }

    /// Each character or sequence once, at its first place. `text` is the run's: where the source has as many bytes, they
    /// are the run's.
    fn report_missing(&mut self, m: Missing, span: Option<Span>, text: &str) {
        let shown = text.get(m.bytes.clone()).map_or_else(|| m.c.to_string(), str::to_string);
        if !self.missing.insert(shown.clone()) {
            return;
        }
        // A made page repeats what the manifest or a front matter says: the character stands there.
        let said = |written: &Written| written.place_of(m.c).map(Place::Source);
        let elsewhere = || self.written.and_then(said).or_else(|| said(&self.issue.written));
        let own = |s: Span| {
            let exact = (s.end - s.start) as usize == text.len();
            let (start, end) = (s.start + m.bytes.start as u32, s.start + m.bytes.end as u32);
            Place::Source(if exact { Span { start, end, ..s } } else { s })
        };
        let at = span.map(own).or_else(elsewhere).unwrap_or_else(|| self.place.clone());
        let (c, code) = (m.c, u32::from(m.c));
        if let Some([lacks, has]) = m.instead {
            let message = words(
                format!("{lacks} 没有“{c}”（U+{code:04X}），用 {has} 排"),
                format!("{lacks} has no “{c}” (U+{code:04X}): {has} draws it"),
            );
            return self.report.push(Diagnostic::new(Code::TextFallback, at, message));
        }
        if c == REPLACEMENT {
            let message =
                words("U+FFFD：转码时丢了字，印成“〓”", "U+FFFD: a character was lost in a conversion; set as 〓");
            return self.report.push(
                Diagnostic::new(Code::TextControl, at, message)
                    .hint("从原稿里找回这个字", "find the character in the original"),
            );
        }
        if is_symbol(c) {
            let codes: Vec<String> = shown.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            let codes = codes.join(" ");
            let message = words(
                format!("字体里没有“{shown}”（{codes}），PDF 里印成“〓”，EPUB 里照旧"),
                format!("no face has “{shown}” ({codes}): 〓 in the PDFs, itself in the EPUB"),
            );
            return self.report.push(Diagnostic::new(Code::TextEmoji, at, message).hint(
                "删去它，换成文字，或用 --fonts 指定有它的字体",
                "delete it, say it in words, or name fonts that have it with --fonts",
            ));
        }
        self.report.push(if is_private_use(c) {
            Diagnostic::new(
                Code::TextPrivateUse,
                at,
                words(
                    format!("U+{code:04X} 是私用区的字，印成“〓”"),
                    format!("U+{code:04X} is a private-use character, set as 〓"),
                ),
            )
            .hint("查出它原来是哪个字，改成正式的字", "find out which character was meant and write that")
        } else {
            Diagnostic::new(
                Code::TextMissingGlyph,
                at,
                words(format!("字体里没有“{c}”（U+{code:04X}）"), format!("no face has “{c}” (U+{code:04X})")),
            )
            .hint(
                "换一个字，或用 --fonts 指定有这个字的字体",
                "use another character, or name fonts that have it with --fonts",
            )
        });
    }

    /// Lines keep their pitch: where marks and readings don't fit between them, they touch.
    fn report_tight(&mut self, paragraph: &Paragraph, role: &Role) {
        let marks = paragraph.runs.iter().map(|run| marks::room(run, paragraph.vertical)).max().unwrap_or(Em::ZERO);
        let above = paragraph.rubies.iter().any(|r| paragraph.vertical || r.size * 2 >= role.size);
        let needed = if above { marks.max(Em::HALF) } else { marks };
        let free = role.pitch.of(self.theme.grid.pitch) - role.size;
        if needed == Em::ZERO || needed.of(role.size) <= free || std::mem::replace(&mut self.tight, true) {
            return;
        }
        let em = i64::from(free.raw()) * 100 / i64::from(role.size.raw());
        let message = words(
            format!("行间只有 {em}% 字高，放不下着重号、专名号或注音（要 {}%）", needed.0 / 10),
            format!(
                "lines are {em} % of an em apart, too little for marks or readings ({} % is needed)",
                needed.0 / 10
            ),
        );
        self.report.push(
            Diagnostic::new(Code::TextTightLines, self.place.clone(), message).hint(
                "加大 [page] baseline，或减小 [type] size",
                "make [page] baseline larger, or [type] size smaller",
            ),
        );
    }
}

/// Glyphs of ① to ㊿ by face.
pub type Circled = BTreeMap<FaceId, Vec<u16>>;

const CIRCLED: usize = 50;

/// ①–⑳, ㉑–㉟, ㊱–㊿; beyond fifty they begin again, as on a new page.
pub const fn circled(note: usize) -> char {
    let n = (note % CIRCLED) as u32;
    let code = match n {
        0..20 => 0x2460 + n,
        20..35 => 0x3251 + n - 20,
        _ => 0x32B1 + n - 35,
    };
    char::from_u32(code).expect("three blocks of assigned characters")
}

/// The role's look without a text.
pub fn run_style(role: &Role) -> RunStyle {
    RunStyle { size: role.size, ink: role.ink, tracking: role.tracking.of(role.size), ..RunStyle::default() }
}

/// Generated or plain text in a role: it counts for no position.
pub fn plain_run(text: &str, role: &Role) -> TextRun {
    TextRun {
        text: text.to_string(),
        family: role.family,
        weight: role.weight,
        style: run_style(role),
        ..TextRun::default()
    }
}

/// A language's conventions with what the manifest says of type.
fn conventions(issue: &Issue, theme: &Theme, lang: Lang) -> Conventions {
    let (own, type_) = (Conventions::of(lang), &issue.type_);
    Conventions {
        autospace: type_.autospace,
        digits_han_space: type_.digits_han_space,
        grid_align: type_.grid_align,
        kinsoku: type_.kinsoku.unwrap_or(own.kinsoku),
        punctuation: type_.punctuation.unwrap_or(own.punctuation),
        hanging: type_.hanging,
        vertical: theme.grid.is_vertical(),
        vertical_digits: type_.vertical_digits,
        ..own
    }
}
