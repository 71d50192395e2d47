//! Paragraphs and runs.

use super::super::log::Log;
use super::super::raw::{self, Block, Kind, Picture, Raw, Run, Style};
use super::numbering::Label;
use super::xml::{self, Element};
use super::{Package, styles, tables};
use crate::base::{Words, words};
use ecow::EcoString;

/// Reads the document part, a paragraph or a table at a time.
pub fn read(document: Vec<u8>, package: &mut Package, log: &mut Log) -> Result<Raw, Words> {
    let mut reader = Reader { package, log, raw: Raw::default(), noted: vec![], line: 0, gap: false };
    xml::each(document, &["document", "body"], &mut |child| reader.block(&child))?;
    reader.unused_notes();
    Ok(reader.raw)
}

pub struct Reader<'a, 'b> {
    package: &'a mut Package<'b>,
    log: &'a mut Log,
    pub raw: Raw,
    /// Notes in the order of their marks.
    noted: Vec<(&'static str, String)>,
    line: u32,
    gap: bool,
}

/// A paragraph in the making.
#[derive(Default)]
pub struct Line {
    pub runs: Vec<Run>,
    pub pictures: Vec<usize>,
    /// What stands in text boxes that hang on it.
    pub boxes: Vec<Element>,
    link: Option<EcoString>,
    base: Style,
    /// Fields: between `begin` and `separate` is their code.
    code: usize,
}

impl Reader<'_, '_> {
    pub fn blocks(&mut self, parent: &Element) -> Result<(), Words> {
        parent.children.iter().try_for_each(|child| self.block(child))
    }

    fn block(&mut self, child: &Element) -> Result<(), Words> {
        match &child.name[..] {
            "p" => self.paragraph(child),
            "tbl" => {
                self.line += 1;
                tables::read(self, child)
            }
            "sdt" | "sdtContent" | "ins" | "moveTo" | "smartTag" | "customXml" => self.blocks(child),
            "AlternateContent" => self.blocks(choice(child)),
            _ => Ok(()),
        }
    }

    fn paragraph(&mut self, p: &Element) -> Result<(), Words> {
        self.line += 1;
        let empty = Element::default();
        let properties = p.child("pPr").unwrap_or(&empty);
        let style = properties.value("pStyle").unwrap_or_default();
        let mut line = Line { base: Style { strong: false, ..Style::default() }, ..Line::default() };
        let bold = self.package.styles.is_bold(style);
        self.inline(p, &mut line)?;
        let mut kind = properties
            .value("outlineLvl")
            .and_then(|v| v.parse::<u8>().ok())
            .filter(|l| *l < 9)
            .map(|l| Kind::Heading(l + 1));
        kind = self.package.styles.kind(style).or(kind);
        if bold && kind.is_none() {
            line.runs.iter_mut().for_each(|r| r.style.strong = true);
        }
        let kind = self.numbered(properties, style, kind, &mut line);
        for picture in std::mem::take(&mut line.pictures) {
            self.push(Block::new(Kind::Figure { picture }, [], 0), false);
        }
        let centred = properties.value("jc").map_or_else(|| self.package.styles.is_centred(style), |v| v == "center");
        let worded =
            line.runs.iter().any(|r| !super::super::super::han::trim(&r.text).is_empty() || r.note().is_some());
        match worded {
            true => self.lines(kind.unwrap_or(Kind::Para), line.runs, centred),
            false => self.gap = true,
        }
        for text in line.boxes {
            self.blocks(&text)?;
        }
        Ok(())
    }

    /// A break within a paragraph of text parts lines as authors use it.
    fn lines(&mut self, kind: Kind, runs: Vec<Run>, centred: bool) {
        if !matches!(kind, Kind::Para) {
            return self.push(Block::new(kind, runs, 0), centred);
        }
        let mut open: Vec<Run> = vec![];
        for run in runs {
            for (n, part) in run.text.split('\n').enumerate() {
                if n > 0 {
                    self.push(Block::new(Kind::Para, std::mem::take(&mut open), 0), centred);
                }
                open.push(run.part(part, n == 0));
            }
        }
        self.push(Block::new(Kind::Para, open, 0), centred);
    }

    pub fn push(&mut self, mut block: Block, centred: bool) {
        let empty = block.text().is_empty() && block.runs.iter().all(|r| r.note().is_none());
        if empty && matches!(block.kind, Kind::Para) {
            self.gap = true;
            return;
        }
        block.line = self.line;
        block.gap = std::mem::take(&mut self.gap);
        block.centred = centred;
        raw::push(&mut self.raw.blocks, block);
    }

    /// Numbers by Word: a list item, or text in front.
    fn numbered(&mut self, properties: &Element, style: &str, kind: Option<Kind>, line: &mut Line) -> Option<Kind> {
        let number = styles::number(properties).or_else(|| self.package.styles.numbering(style));
        let Some((list, depth)) = number.filter(|(list, _)| list != "0" && !line.runs.is_empty()) else { return kind };
        let item = |number| Kind::Item { number, depth: depth.min(5) as u8 };
        match self.package.numbering.next(&list, depth) {
            None => kind,
            Some(Label::Bullet) => kind.or(Some(item(None))),
            Some(Label::Number(n)) if kind.is_none() => Some(item(Some(n))),
            Some(label) => {
                let text = match label {
                    Label::Text(text) => text,
                    Label::Number(n) => format!("{n}. "),
                    Label::Bullet => String::new(),
                };
                let note = words("Word 自动编号写成文字", "a number that Word makes, written out");
                self.log.changed("T2", self.line, (String::new(), text.clone()), note);
                line.runs.insert(0, Run::plain(text));
                kind
            }
        }
    }

    /// Everything inside a paragraph that may hold runs.
    pub fn inline(&mut self, parent: &Element, line: &mut Line) -> Result<(), Words> {
        for child in &parent.children {
            match &child.name[..] {
                "r" => self.run(child, line)?,
                "hyperlink" => {
                    let target = child.attribute("id").and_then(|id| self.package.relations.get(id));
                    line.link = target.filter(|(_, external)| *external).map(|(t, _)| t.into());
                    self.inline(child, line)?;
                    line.link = None;
                }
                "ins" | "moveTo" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "fldSimple" | "dir" | "bdo" => {
                    self.inline(child, line)?
                }
                "AlternateContent" => self.inline(choice(child), line)?,
                "del" | "moveFrom" => self.deleted(child),
                "oMath" | "oMathPara" => {
                    line.runs.push(Run::plain(child.texts("t")));
                    self.log.doubt(
                        "T2",
                        self.line,
                        words("公式只留下了字符", "of a formula only the characters are kept"),
                    );
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn deleted(&mut self, e: &Element) {
        let text = e.texts("delText") + &e.texts("t");
        if !text.trim().is_empty() {
            self.log.dropped("T2", self.line, text, words("修订中删去的字", "text deleted in a revision"));
        }
    }

    fn run(&mut self, r: &Element, line: &mut Line) -> Result<(), Words> {
        let style = r.child("rPr").map_or(line.base, |p| run_style(p, line.base));
        for child in &r.children {
            match &child.name[..] {
                "fldChar" => match child.attribute("fldCharType") {
                    Some("begin") => line.code += 1,
                    Some("separate" | "end") => line.code = line.code.saturating_sub(1),
                    _ => {}
                },
                _ if line.code > 0 && matches!(&child.name[..], "t" | "tab" | "br") => {}
                "t" => line.text(&child.text, style),
                "tab" => line.text("\u{3000}", style),
                "br" if child.attribute("type").is_some_and(|t| t != "textWrapping") => {}
                "br" | "cr" => line.text("\n", style),
                "noBreakHyphen" => line.text("-", style),
                "sym" => self.symbol(child, line, style),
                "footnoteReference" => self.note("footnote", child, line),
                "endnoteReference" => self.note("endnote", child, line),
                "drawing" | "pict" | "object" => self.drawing(child, line)?,
                "AlternateContent" => self.drawing(choice(child), line)?,
                "ruby" => {
                    let base = child.child("rubyBase").map(|b| b.texts("t")).unwrap_or_default();
                    let reading = child.child("rt").map(|b| b.texts("t")).filter(|t| !t.is_empty());
                    line.runs.push(Run::styled(base, style).read(reading.map(EcoString::from)));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A character of a symbol font, by its code.
    fn symbol(&mut self, e: &Element, line: &mut Line, style: Style) {
        let code = e.attribute("char").and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32);
        if let Some(c) = code {
            line.text(&c.to_string(), style);
        }
    }

    fn note(&mut self, kind: &'static str, e: &Element, line: &mut Line) {
        let Some(id) = e.attribute("id") else { return };
        let key = (kind, id.to_string());
        let Some(note) = self.package.notes.get(&key).cloned() else { return };
        let mut words = Line::default();
        for (n, p) in note.children.iter().filter(|c| c.is("p")).enumerate() {
            if n > 0 {
                words.text("\n", Style::default());
            }
            // A note's own mark and pictures are no text.
            if let Err(why) = self.inline(p, &mut words) {
                self.log.doubt("T2", self.line, why);
            }
        }
        words.runs.retain(|r| r.note().is_none());
        self.noted.push(key);
        self.raw.notes.push(words.runs);
        line.runs.push(Run::mark(self.raw.notes.len() - 1));
    }

    /// Pictures by their relation, words in text boxes.
    fn drawing(&mut self, e: &Element, line: &mut Line) -> Result<(), Words> {
        let mut alt = None;
        let mut found = vec![];
        let mut boxes = vec![];
        collect(e, &mut |e| {
            match &e.name[..] {
                "docPr" => alt = e.attribute("descr").filter(|d| !d.trim().is_empty()).map(String::from),
                "blip" => found.extend(e.attribute("embed").or(e.attribute("link")).map(String::from)),
                "imagedata" => found.extend(e.attribute("id").map(String::from)),
                "txbxContent" => {
                    boxes.push(e.clone());
                    return false;
                }
                "Fallback" => return false,
                _ => {}
            }
            true
        });
        for relation in found {
            self.picture(&relation, alt.take(), line)?;
        }
        line.boxes.extend(boxes);
        Ok(())
    }

    fn picture(&mut self, relation: &str, alt: Option<String>, line: &mut Line) -> Result<(), Words> {
        let Some((target, external)) = self.package.relations.get(relation).cloned() else { return Ok(()) };
        let bytes = if external { None } else { self.package.picture(&target)? };
        let usable = bytes.filter(|b| !matches!(b[..], [1, 0, 0, 0, ..] | [0xD7, 0xCD, ..]));
        if usable.is_none() && !external {
            self.log.doubt(
                "T9",
                self.line,
                words(
                    format!("图片 {target} 不能用（EMF、WMF 或缺失），待补"),
                    format!("picture {target} can't be used (EMF, WMF or missing); it is pending"),
                ),
            );
        }
        // Word's own guesses are no description.
        let alt = alt.filter(|a| !a.contains("描述已自动生成") && !a.contains("Description automatically"));
        self.raw.pictures.push(Picture { alt, source: target, bytes: usable });
        line.pictures.push(self.raw.pictures.len() - 1);
        Ok(())
    }

    fn unused_notes(&mut self) {
        for (key, note) in &self.package.notes {
            let text = note.texts("t");
            if !self.noted.contains(key) && !text.trim().is_empty() {
                self.log.dropped("T2", 0, text, words("没有注码的注文", "a note without a mark"));
            }
        }
    }
}

/// What Word reads of alternatives; the fallback says the same in old words.
fn choice(e: &Element) -> &Element {
    e.child("Choice").or(e.child("Fallback")).unwrap_or(e)
}

/// Walks as long as `visit` wants to go deeper.
fn collect(e: &Element, visit: &mut dyn FnMut(&Element) -> bool) {
    if visit(e) {
        e.children.iter().for_each(|c| collect(c, visit));
    }
}

impl Line {
    pub fn text(&mut self, text: &str, style: Style) {
        let run = Run::styled(text, style).linked(self.link.clone());
        match self.runs.last_mut() {
            Some(last) if last.is_like(&run) => last.text.push_str(text),
            _ => self.runs.push(run),
        }
    }
}

fn run_style(p: &Element, base: Style) -> Style {
    Style {
        strong: p.on("b").unwrap_or(base.strong),
        emphasis: p.on("i").unwrap_or(base.emphasis),
        strike: p.on("strike").unwrap_or(base.strike),
        superscript: p.value("vertAlign") == Some("superscript"),
        subscript: p.value("vertAlign") == Some("subscript"),
        underline: p.on("u").unwrap_or(base.underline),
        code: base.code,
    }
}
