//! T2 for web pages: the tree into blocks, and where the article is in it.
//!
//! In: HTML text. Out: [`Raw`]. Parsing is the standard's own. The main block is the smallest element that holds most of
//! the running text; what is around it is marked so: title, author and source may still be found there, the rest is
//! dropped by a later step, with its words in the log. Scripts and styles are not text.

mod events;
mod notes;
mod page;
mod table;

use super::super::han;
use super::raw::{self, Block, Kind, MOST, Picture, Raw, Run, Runs, Style, Zone};
use super::{decode, fields};
use ecow::EcoString;
use events::{Event, Tag};
pub use page::{Page, parse};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Reads a page.
#[cfg(test)]
pub fn read(text: &str) -> Raw {
    read_page(&page::parse(text).unwrap_or_default())
}

/// Reads a page that was parsed.
pub fn read_page(page: &Page) -> Raw {
    let events = events::events(page);
    let count = events.clone().count();
    let main = main_block(events.clone()).unwrap_or(0..count);
    let mut reader = Reader { within_page: main.len() < count, main, ..Reader::default() };
    let mut rest = events.enumerate();
    while let Some((at, event)) = rest.next() {
        let skip = reader.event(at, &event, &rest);
        if skip > 0 {
            rest.nth(skip - 1);
        }
    }
    reader.flush();
    notes::link(&mut reader.raw, &reader.names);
    let Reader { mut raw, title, .. } = reader;
    raw.named = raw.named.or(title);
    raw
}

/// The smallest element with seven tenths of the text that stands in sentences outside links. No paragraph by itself: what
/// stands beside it is the article's too.
fn main_block<'a>(events: impl Iterator<Item = Event<'a>>) -> Option<Range<usize>> {
    let mut open: Vec<(usize, usize)> = vec![];
    let mut found: Vec<(Range<usize>, usize)> = vec![];
    let (mut run, mut total, mut out) = (Sentences::default(), 0, 0);
    for (at, event) in events.enumerate() {
        match event {
            Event::Text(text) if out == 0 => run.add(text),
            Event::Text(_) => {}
            Event::Open(tag) => {
                if tag.is_block() {
                    let count = run.settle();
                    total += count;
                    open.last_mut().into_iter().for_each(|top| top.1 += count);
                    open.push((at, 0));
                }
                out += usize::from(is_out(&tag));
            }
            Event::Close(tag) => {
                out -= usize::from(is_out(&tag) && out > 0);
                if tag.is_block() {
                    let count = run.settle();
                    total += count;
                    if let Some((from, own)) = open.pop() {
                        let sum = own + count;
                        open.last_mut().into_iter().for_each(|parent| parent.1 += sum);
                        if !tag.is_paragraph() {
                            found.push((from..at + 1, sum));
                        }
                    }
                }
            }
        }
    }
    let enough = found.into_iter().filter(|(_, sum)| *sum > 0 && sum * 10 >= total * 7);
    enough.min_by_key(|(range, _)| range.len()).map(|(range, _)| range)
}

/// What holds no text of an article: links, scripts, what is hidden or called the page's own.
fn is_out(tag: &Tag) -> bool {
    tag.name == "a" || tag.is_unread() || tag.is_block() && tag.is_apart(true)
}

/// The text of a block as it is met. A list of titles has no stops, a comment has few: a paragraph counts by them too.
#[derive(Default)]
struct Sentences {
    count: usize,
    stops: usize,
}

impl Sentences {
    fn add(&mut self, text: &str) {
        self.count += text.chars().filter(|c| !c.is_whitespace()).count();
        self.stops += text.matches(['，', '。', '；', '：', '？', '！', ',', '.', '?', '!']).count();
    }
    fn settle(&mut self) -> usize {
        let Sentences { count, stops } = std::mem::take(self);
        if count >= 20 { count * stops.min(4) } else { 0 }
    }
}

#[derive(Default)]
struct Reader {
    raw: Raw,
    main: Range<usize>,
    /// The styles of open inline elements.
    styles: Vec<(String, Style, Option<EcoString>)>,
    runs: Vec<Run>,
    kind: Vec<Kind>,
    /// Kinds open on the other side of the main block's edge.
    outer: Vec<Kind>,
    lists: Vec<Option<u32>>,
    /// Depth of what is not text, of what is never the article, of preformatted text.
    skip: usize,
    apart: usize,
    pre: usize,
    centred: usize,
    reading: Option<String>,
    gap: bool,
    main_now: bool,
    within: bool,
    within_page: bool,
    /// An element has opened or closed since the last text.
    edge: bool,
    /// What `<title>` says, and whether it is open.
    title: Option<String>,
    titling: bool,
    paragraph: u32,
    /// Where links within the page lead: the block that a name opens.
    names: BTreeMap<String, usize>,
}

impl Reader {
    /// One event; returns how many of those that follow were read with it.
    fn event<'a>(
        &mut self,
        at: usize,
        event: &Event,
        rest: &(impl Iterator<Item = (usize, Event<'a>)> + Clone),
    ) -> usize {
        let main = self.main.contains(&at);
        if main != self.main_now {
            self.flush();
            self.main_now = main;
            // A list that the whole article stands in makes it no item.
            self.outer = std::mem::replace(&mut self.kind, std::mem::take(&mut self.outer));
        }
        // Whatever encloses the article is none of its parts, however a template names it.
        self.within = self.within_page && at > self.main.start && at + 1 < self.main.end;
        self.edge |= !matches!(event, Event::Text(_));
        match event {
            Event::Open(tag) if tag.name == "table" && self.skip == 0 && main => {
                if let Some((table, read)) = table::read(rest.clone().map(|(_, event)| event)) {
                    self.flush();
                    self.push(Block::new(Kind::Table(table.into()), [], 0));
                    return read;
                }
                self.open(tag);
            }
            Event::Open(tag) => self.open(tag),
            Event::Close(tag) => self.close(tag),
            Event::Text(text) => self.text(text),
        }
        0
    }

    fn open(&mut self, tag: &Tag) {
        match &tag.name[..] {
            _ if tag.is_unread() => self.skip += 1,
            "title" => self.titling = self.title.is_none(),
            "meta" => self.named(tag),
            "br" => self.line_break(),
            "hr" => {
                self.flush();
                self.push(Block::new(Kind::Rule, [], 0));
            }
            "img" => self.picture(tag),
            "rt" => self.reading = Some(String::new()),
            _ => {}
        }
        if self.apart == 0 && tag.time.is_some() {
            self.raw.dated = self.raw.dated.take().or(tag.time.clone());
        }
        if tag.meta && !tag.is_block() {
            raw::push(&mut self.runs, Run::plain(" "));
        }
        if tag.is_block() {
            self.flush();
            self.apart += usize::from(tag.is_apart(self.within));
            self.centred += usize::from(tag.centred);
            match &tag.name[..] {
                "ul" | "menu" => self.lists.push(None),
                "ol" => self.lists.push(Some(tag.start)),
                "pre" => self.pre += 1,
                _ => {}
            }
            if let Some(kind) = self.kind_of(tag) {
                self.kind.push(kind);
            }
            if let Some(name) = &tag.id {
                self.names.entry(name.clone()).or_insert(self.raw.blocks.len());
            }
        } else if let Some(style) = tag.style(self.style()) {
            // A link that a script follows leads nowhere, and is one all the same.
            let scripted = (tag.name == "a" && tag.id.is_none()).then(EcoString::new);
            let link = tag.href.as_ref().map(EcoString::from).or_else(|| self.link()).or(scripted);
            if tag.name == "a" {
                self.apart_from(link.as_deref());
            }
            if let Some(name) = &tag.id {
                self.names.entry(name.clone()).or_insert(self.raw.blocks.len());
            }
            self.styles.push((tag.name.clone(), style, link));
        }
    }

    /// `<a>养蜂</a><a>山里</a>`: style alone sets two links apart. Marks of notes stand together.
    fn apart_from(&mut self, link: Option<&str>) {
        let other = |old: &str| old.is_empty() || Some(old) != link && !old.starts_with('#');
        if self.runs.last().is_some_and(|last| last.link().is_some_and(other)) {
            raw::push(&mut self.runs, Run::plain(" "));
        }
    }

    fn close(&mut self, tag: &Tag) {
        match &tag.name[..] {
            _ if tag.is_unread() => self.skip = self.skip.saturating_sub(1),
            "title" => self.titling = false,
            "rt" => {
                let reading = self.reading.take();
                if let Some(run) = self.runs.last_mut() {
                    *run = std::mem::take(run).read(reading.map(|r| han::trim(&r).into()));
                }
            }
            _ => {}
        }
        if tag.is_block() {
            self.flush();
            self.apart -= usize::from(tag.is_apart(self.within) && self.apart > 0);
            self.centred -= usize::from(tag.centred && self.centred > 0);
            match &tag.name[..] {
                "ul" | "menu" | "ol" => drop(self.lists.pop()),
                "pre" => self.pre = self.pre.saturating_sub(1),
                "p" => self.gap |= self.raw.blocks.is_empty(),
                _ => {}
            }
            if self.kind_of(tag).is_some() {
                self.kind.pop();
            }
        } else if let Some(at) = self.styles.iter().rposition(|(name, ..)| *name == tag.name) {
            self.styles.remove(at);
        }
    }

    fn kind_of(&self, tag: &Tag) -> Option<Kind> {
        Some(match &tag.name[..] {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading(tag.name.as_bytes()[1] - b'0'),
            "blockquote" => Kind::Quote,
            "figcaption" => Kind::Caption,
            // A program that many newspapers make their pages with.
            "founder-title" => Kind::Title,
            "founder-subtitle" => Kind::Subtitle,
            "pre" => Kind::Code,
            "li" => Kind::Item {
                number: self.lists.last().copied().flatten(),
                depth: self.lists.len().saturating_sub(1).min(5) as u8,
            },
            _ => return None,
        })
    }

    /// What the page calls itself; an `og:title` has no site behind it.
    fn named(&mut self, tag: &Tag) {
        if let Some(title) = &tag.title {
            self.raw.named.get_or_insert_with(|| title.clone());
        }
    }

    fn style(&self) -> Style {
        self.styles.last().map(|(_, style, _)| *style).unwrap_or_default()
    }
    fn link(&self) -> Option<EcoString> {
        self.styles.last().and_then(|(.., link)| link.clone())
    }

    fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.titling) {
            self.title = Some(text.trim().to_string());
        }
        if self.skip > 0 {
            return;
        }
        if let Some(reading) = &mut self.reading {
            reading.push_str(text);
            return;
        }
        if self.pre > 0 {
            for (n, line) in text.split('\n').enumerate() {
                if n > 0 {
                    self.flush_line();
                }
                raw::push(&mut self.runs, Run::plain(line));
            }
            return;
        }
        let last = self.runs.last().and_then(|r| r.text.chars().next_back());
        let text = collapsed(text, last);
        // `<span>2026-04-02</span><span>来源：…</span>`: style alone sets them apart.
        if std::mem::take(&mut self.edge) && text.len() < 200 && fields::fields(&text).is_some() {
            raw::push(&mut self.runs, Run::plain(" "));
        }
        if !text.is_empty() {
            let run = Run::styled(text, self.style()).linked(self.link());
            raw::push(&mut self.runs, run);
        }
    }

    /// A break divides paragraphs as pages use it; two of them leave a gap.
    fn line_break(&mut self) {
        if self.skip > 0 {
            return;
        }
        let empty = self.runs.iter().all(|r| han::trim(&r.text).is_empty());
        self.gap |= empty;
        self.flush_line();
    }

    fn picture(&mut self, tag: &Tag) {
        if self.skip > 0 || !self.main_now || self.apart > 0 || tag.is_icon() {
            return;
        }
        self.flush();
        const NOTHING: [&str; 8] = ["图片", "圖片", "配图", "插图", "图像", "照片", "图", "请输入图片描述"];
        let says =
            |a: &String| (han::count(a) > 1 || a.split_whitespace().count() > 1) && !NOTHING.contains(&han::trim(a));
        let alt = tag.alt.clone().filter(says);
        let source = tag.source.clone().unwrap_or_default();
        let bytes = within(&source);
        let source = if source.starts_with("data:") { String::new() } else { source };
        self.raw.pictures.push(Picture { alt, source, bytes });
        let picture = self.raw.pictures.len() - 1;
        self.push(Block::new(Kind::Figure { picture }, [], 0));
    }

    fn flush(&mut self) {
        let empty = self.runs.iter().all(|r| han::trim(&r.text).is_empty());
        if empty && !self.runs.is_empty() {
            self.gap = true;
        }
        self.flush_line();
    }

    fn flush_line(&mut self) {
        if self.runs.iter().all(|r| han::trim(&r.text).is_empty()) {
            return self.runs.clear();
        }
        let kind = self.kind.last().cloned().unwrap_or(Kind::Para);
        if let Some(Kind::Item { number: Some(_), .. }) = self.kind.last() {
            self.lists.last_mut().and_then(Option::as_mut).into_iter().for_each(|n| *n = MOST.min(*n + 1));
        }
        // Only the first line of an item has its mark.
        let runs: Runs = match self.runs.len() {
            1 => self.runs.drain(..).collect(),
            _ => std::mem::take(&mut self.runs).into(),
        };
        self.push(Block { runs, ..Block::new(kind, [], 0) });
    }

    fn push(&mut self, mut block: Block) {
        self.paragraph += 1;
        block.line = self.paragraph;
        block.gap = std::mem::take(&mut self.gap);
        block.centred = self.centred > 0;
        if !self.main_now || self.apart > 0 {
            block.zone = Zone::Around;
        }
        if matches!(block.kind, Kind::Rule) && block.zone == Zone::Around {
            return;
        }
        raw::push(&mut self.raw.blocks, block);
    }
}

/// The bytes of `data:image/png;base64,…` (RFC 2397).
fn within(source: &str) -> Option<Rc<[u8]>> {
    let (kind, data) = source.strip_prefix("data:image/")?.split_once(";base64,")?;
    let pixels = ["png", "jpeg", "jpg", "gif", "webp", "tiff"].iter().any(|k| kind.eq_ignore_ascii_case(k));
    let packed: Vec<u8> = data.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    pixels
        .then(|| mail_parser::decoders::base64::base64_decode(&packed))
        .flatten()
        .filter(|b| b.len() > 100)
        .map(Rc::from)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r') || decode::BREAKS.contains(&c)
}

/// Runs of white space as one blank; a line end between Han is none.
fn collapsed(text: &str, last: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !is_blank(c) {
            out.push(c);
            continue;
        }
        let mut ends = c == '\n';
        while let Some(c) = chars.next_if(|c| is_blank(*c)) {
            ends |= c == '\n';
        }
        let before = out.chars().next_back().or(last);
        let cjk = |c: Option<char>| c.is_some_and(|c| han::is_han(c) || han::is_mark(c));
        if !(ends && cjk(before) && cjk(chars.peek().copied())) && before != Some(' ') {
            out.push(' ');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let raw = read(html);
        let show = |b: &Block| {
            let kind = match &b.kind {
                Kind::Para => String::new(),
                kind => format!("{kind:?} ").split([' ', '(']).next().unwrap_or_default().to_string() + " ",
            };
            let apart = if b.zone == Zone::Around { "~" } else { "" };
            format!("{apart}{kind}{}", b.text())
        };
        raw.blocks.iter().map(show).collect()
    }

    #[test]
    fn the_main_block_is_told_from_what_is_around_it() {
        let page = "<html><head><title>一条山路_山行网</title><script>var a='不是正文'</script></head><body><div class=nav><a href=/>首页</a> <a>期刊</a></div>\
            <div id=article><h1>一条山路</h1><p>这条路从沙坪起头，翻过磨刀垭，落到水尾，全长十四公里。</p><p>祖父挑过盐，父亲送过信，<b>女儿</b>如今把它修回来，一级一级地修。</p></div>\
            <div class=side><li><a href=x>别的文章的题目很长很长很长很长很长很长很长</a></li></div></body></html>";
        let found = shown(page);
        assert_eq!(found[0], "~首页 期刊");
        assert_eq!(found[1], "Heading 一条山路");
        assert!(found[4].starts_with("~Item 别的文章"), "{found:?}");
        assert_eq!(read(page).named.as_deref(), Some("一条山路_山行网"));
    }

    #[test]
    fn breaks_lists_pictures_and_readings() {
        let found = shown("<p>甲<br>乙</p><ol><li>一<li>二</ol><img src=a.jpg alt=山门前><p>换\n  行</p>");
        assert_eq!(found, ["甲", "乙", "Item 一", "Item 二", "Figure ", "换行"]);
        let raw = read("<ruby>漢<rt>かん</rt></ruby>字");
        assert_eq!(raw.blocks[0].runs[0].ruby(), Some("かん"));
    }

    #[test]
    fn a_page_nested_without_end_is_read() {
        let deep = "<div>".repeat(900) + "山";
        assert_eq!(shown(&deep), ["山"]);
    }
}
