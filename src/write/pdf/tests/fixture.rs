//! A small issue by hand: a cover, contents, an article over two pages with everything the structure tree knows.

use crate::base::{Date, Ink, Lang, Len, Orientation, Point, Rect, Script, Swatch};
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::font::{FaceId, Family, Library, Weight};
use crate::page::*;
use crate::picture::Darkroom;
use sha2::{Digest, Sha256};
use std::num::NonZeroUsize;
use std::path::Path;

pub fn library() -> Library {
    Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files")
}

pub fn mm(n: i32) -> Len {
    Len::mm(n * 100)
}

pub fn rect(x: i32, y: i32, w: i32, h: i32) -> Rect {
    Rect::new(mm(x), mm(y), mm(w), mm(h))
}

/// A photo file of a gradient, as a camera might write it: `components` 1, 3 or 4 (Adobe's inverted CMYK).
pub fn jpeg(dir: &Path, name: &str, (w, h): (u16, u16), components: u8) -> Photo {
    let color = match components {
        1 => jpeg_encoder::ColorType::Luma,
        3 => jpeg_encoder::ColorType::Rgb,
        _ => jpeg_encoder::ColorType::Cmyk,
    };
    let sample = |i: usize| {
        let (x, y) = ((i / components as usize) % w as usize, i / (components as usize * w as usize));
        [x * 255 / w as usize, y * 255 / h as usize, 128, 20][i % components as usize] as u8
    };
    let pixels: Vec<u8> = (0..w as usize * h as usize * components as usize).map(sample).collect();
    let mut bytes = vec![];
    jpeg_encoder::Encoder::new(&mut bytes, 90).encode(&pixels, w, h, color).expect("encodes");
    let format = PhotoFormat::Jpeg { components, adobe: components == 4, icc: vec![] };
    photo(dir, name, (&bytes, (u32::from(w), u32::from(h))), format)
}

pub fn darkroom(photos: &[Photo]) -> Darkroom<'_> {
    Darkroom { photos, threads: NonZeroUsize::MIN, cache: None }
}

/// A half-transparent PNG.
pub fn png(dir: &Path, name: &str) -> Photo {
    let picture = image::RgbaImage::from_fn(40, 30, |x, y| image::Rgba([x as u8 * 6, y as u8 * 8, 90, x as u8 * 6]));
    let mut bytes = std::io::Cursor::new(vec![]);
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("encodes");
    let format = PhotoFormat::Png { alpha: true, depth: 8, grey: false };
    photo(dir, name, (&bytes.into_inner(), (40, 30)), format)
}

fn photo(dir: &Path, name: &str, (bytes, stored): (&[u8], (u32, u32)), format: PhotoFormat) -> Photo {
    let path = dir.join(name);
    std::fs::write(&path, bytes).expect("a temporary directory takes files");
    let hash = Sha256::digest(bytes);
    let hash = std::array::from_fn(|i| hash[i]);
    Photo { hash, path, name: name.into(), bytes: bytes.len() as u64, format, stored, orientation: 1 }
}

/// Sets lines on the last page of a book.
pub struct Composer<'a> {
    pub library: &'a Library,
    pub book: Book,
}

impl Composer<'_> {
    pub fn face(&self, family: Family) -> FaceId {
        self.library.find(family, Weight::Regular, Script::Sc)
    }

    pub fn page(&mut self, label: &str) {
        self.book.pages.push(Page { label: label.into(), ..Page::default() });
    }

    pub fn push(&mut self, item: Item) {
        self.book.pages.last_mut().expect("a page").items.push(item);
    }

    pub fn node(&mut self, parent: NodeId, role: Role) -> NodeId {
        self.book.tree.add(parent, role)
    }

    /// One glyph a character, at its advance.
    pub fn run(&self, text: &str, at: (i32, i32), size: Len, node: Option<NodeId>) -> GlyphRun {
        self.run_in(self.face(Family::Song), (text, size), at, node)
    }

    fn run_in(&self, face_id: FaceId, (text, size): (&str, Len), (x, y): (i32, i32), node: Option<NodeId>) -> GlyphRun {
        let face = self.library.face(face_id);
        let shaper = harfrust::ShaperFont::new(&face.font);
        let mut at = Len::ZERO;
        let glyph = |c: char| {
            let id = face.glyph(c).unwrap_or_else(|| panic!("{c} is covered"));
            let glyph = Glyph { id, x: at, y: Len::ZERO, len: c.len_utf8() as u8 };
            at += size.scale(shaper.glyph_h_advance(harfrust::GlyphId::from(id)), 1000);
            glyph
        };
        let glyphs = text.chars().map(glyph).collect();
        let origin = Point { x: mm(x), y: mm(y) };
        let (ink, orientation) = (Ink::BLACK, Orientation::Horizontal);
        GlyphRun { face: face_id, size, ink, node, orientation, origin, glyphs, text: text.into() }
    }

    pub fn line(&mut self, text: &str, at: (i32, i32), node: Option<NodeId>) {
        let run = self.run(text, at, Len::pt(1050), node);
        self.push(Item::Glyphs(run));
    }

    /// A new node with one line of text.
    pub fn said(&mut self, parent: NodeId, role: Role, text: &str, at: (i32, i32)) -> NodeId {
        let node = self.node(parent, role);
        self.line(text, at, Some(node));
        node
    }

    pub fn picture(&mut self, photo: u32, frame: Rect, full: Rect, node: NodeId) {
        self.push(Item::Picture(Picture { photo: PhotoId(photo), frame, full, node: Some(node) }));
    }

    pub fn link(&mut self, rect: Rect, target: Target, node: Option<NodeId>) {
        self.push(Item::Link(LinkArea { rect, target, node, contents: "去往".into() }));
    }
}

pub fn inks() -> Vec<Swatch> {
    let swatch = |name: &str, cmyk, rgb| Swatch { name: name.into(), cmyk, rgb, ..Swatch::default() };
    vec![
        swatch("black", [0, 0, 0, 100], [0, 0, 0]),
        swatch("paper", [0, 0, 0, 0], [255, 255, 255]),
        swatch("red", [0, 90, 80, 10], [200, 40, 30]),
    ]
}

/// Photos 0 (RGB, on the cover and again inside), 1 (grey, cropped), 2 (CMYK), 3 (PNG with alpha).
pub fn photos(dir: &Path) -> Vec<Photo> {
    let mut grey = jpeg(dir, "b.jpg", (300, 200), 1);
    grey.orientation = 6;
    vec![jpeg(dir, "a.jpg", (2400, 1600), 3), grey, jpeg(dir, "c.jpg", (300, 200), 4), png(dir, "d.png")]
}

pub fn book(library: &Library) -> Book {
    let meta = BookMeta {
        title: "山行 & 水读 2026年第9期".into(),
        authors: vec!["林远".into(), "A. Walker".into()],
        lang: Lang::ZhHans,
        publisher: Some("山行编辑部".into()),
        stamp: Date::new(2026, 9, 15),
        identity: "山行/2026/9".into(),
        right_to_left: false,
    };
    let book = Book { meta, trim: (mm(210), mm(285)), bleed: mm(3), marks: true, inks: inks(), ..Book::default() };
    let mut c = Composer { library, book };
    cover(&mut c);
    contents(&mut c);
    article(&mut c);
    c.book.outline = vec![
        OutlineEntry { title: "封面".into(), ..OutlineEntry::default() },
        OutlineEntry {
            title: "远行的人".into(),
            page: 2,
            y: mm(20),
            children: vec![OutlineEntry { title: "雪线".into(), page: 3, y: mm(20), children: vec![] }],
        },
    ];
    c.book
}

fn cover(c: &mut Composer) {
    c.page("封面");
    c.book.pages[0].kind = PageKind::Cover;
    let section = c.node(Tree::ROOT, Role::Section);
    let figure = c.node(section, Role::Figure);
    c.book.tree.node_mut(figure).alt = Some("雪山与羊群".into());
    c.picture(0, rect(-3, -3, 216, 291), rect(-113, -3, 436, 291), figure);
    c.push(Item::Shape(Shape {
        kind: ShapeKind::Veil(Veil { rect: rect(-3, 180, 216, 108), dark: 70, fades: (Len::mm(10800), Len::ZERO) }),
        ink: Ink::BLACK,
        tint: 100,
        node: None,
    }));
    let title = c.node(section, Role::Paragraph);
    let mut run = c.run("山行", (20, 250), Len::pt(7200), Some(title));
    run.ink = Ink::PAPER;
    c.push(Item::Glyphs(run));
}

fn contents(c: &mut Composer) {
    c.page("目次");
    let section = c.node(Tree::ROOT, Role::Section);
    c.said(section, Role::Heading(1), "目次", (20, 30));
    let toc = c.node(section, Role::Toc);
    let item = c.node(toc, Role::TocItem);
    let reference = c.node(item, Role::Reference);
    let link = c.said(reference, Role::Link, "远行的人 1", (20, 45));
    c.link(rect(20, 40, 60, 6), Target::Page { page: 2, y: mm(20) }, Some(link));
}

fn article(c: &mut Composer) {
    c.page("1");
    let section = c.node(Tree::ROOT, Role::Section);
    c.line("远行的人", (20, 12), None);
    c.said(section, Role::Heading(1), "远行的人", (20, 30));
    let paragraph = c.said(section, Role::Paragraph, "日出之前，我们已经走到雪线以下", (20, 45));
    let reference = c.said(paragraph, Role::Reference, "1", (82, 45));
    let to_note = c.node(reference, Role::Link);
    c.link(rect(82, 42, 3, 4), Target::Page { page: 2, y: mm(270) }, Some(to_note));
    c.line("。", (85, 45), Some(paragraph));
    list(c, section);
    table(c, section);
    let note = c.node(section, Role::Note);
    c.said(note, Role::ListLabel, "1", (20, 275));
    c.said(note, Role::Paragraph, "雪线：常年积雪的下界。", (25, 275));
    c.push(Item::Shape(Shape {
        kind: ShapeKind::Rule {
            from: Point { x: mm(20), y: mm(268) },
            to: Point { x: mm(60), y: mm(268) },
            thickness: Len::pt(50),
        },
        ink: Ink::BLACK,
        tint: 60,
        node: None,
    }));
    c.page("2");
    c.line("羊群在山口停下来。", (20, 30), Some(paragraph));
    c.said(section, Role::Heading(3), "雪线", (20, 45));
    c.push(Item::Shape(Shape { kind: ShapeKind::Fill(rect(20, 50, 80, 8)), ink: Ink(2), tint: 20, node: None }));
    let quote = c.node(section, Role::BlockQuote);
    let says = c.said(quote, Role::Paragraph, "Walk on.", (22, 56));
    c.book.tree.node_mut(says).lang = Some(Lang::En);
    // TrueType outlines; the Songs and Heis have CFF.
    let kai = c.node(quote, Role::Paragraph);
    let run = c.run_in(c.face(Family::Kai), ("行路难，今安在。", Len::pt(1050)), (45, 56), Some(kai));
    c.push(Item::Glyphs(run));
    figures(c, section);
    let link = c.node(paragraph, Role::Link);
    c.line("例.cn", (60, 30), Some(link));
    c.link(rect(60, 26, 20, 5), Target::Url("https://例.cn/a?b=(c)".into()), Some(link));
    // A link of no node, and one whose node is no link.
    c.link(rect(20, 200, 20, 5), Target::Url("https://example.org/".into()), None);
    c.link(rect(20, 50, 80, 8), Target::Page { page: 0, y: Len::ZERO }, Some(quote));
}

fn figures(c: &mut Composer, section: NodeId) {
    for (photo, x, frame) in [
        (0, 20, rect(20, 70, 60, 40)),
        (1, 90, rect(90, 70, 30, 30)),
        (2, 130, rect(130, 70, 45, 30)),
        (3, 20, rect(20, 130, 40, 30)),
    ] {
        let full = if photo == 1 { rect(90, 62, 30, 45) } else { frame };
        let figure = c.node(section, Role::Figure);
        c.book.tree.node_mut(figure).alt = Some("羊群".into());
        c.picture(photo, frame, full, figure);
        let bottom = if photo == 3 { 165 } else { 115 };
        c.said(figure, Role::Caption, "羊群", (x, bottom));
    }
}

fn list(c: &mut Composer, section: NodeId) {
    let list = c.node(section, Role::List { ordered: true });
    for (i, text) in ["水壶", "地图"].iter().enumerate() {
        let item = c.node(list, Role::ListItem);
        let y = 60 + 8 * i as i32;
        c.said(item, Role::ListLabel, &format!("{}.", i + 1), (20, y));
        let body = c.node(item, Role::ListBody);
        c.said(body, Role::Paragraph, text, (28, y));
    }
}

/// Two columns and three rows; one cell is empty.
fn table(c: &mut Composer, section: NodeId) {
    let table = c.node(section, Role::Table);
    for (i, cells) in [["营地", "海拔"], ["一号", "3200"], ["二号", ""]].iter().enumerate() {
        let row = c.node(table, Role::TableRow);
        for (j, text) in cells.iter().enumerate() {
            let span = CellSpan::default();
            let role = if i == 0 { Role::TableHead { of_row: false, span } } else { Role::TableCell(span) };
            let cell = c.node(row, role);
            if !text.is_empty() {
                c.said(cell, Role::Paragraph, text, (20 + 30 * j as i32, 90 + 8 * i as i32));
            }
        }
    }
}
