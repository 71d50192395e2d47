//! An issue and its book made by hand: every kind of block, notes, photos, pages that begin in the middle of things.

use crate::base::{BlockId, Date, FileId, Ink, Lang, Pos, Rect, Span, Swatch};
use crate::doc::*;
use crate::font::Library;
use crate::page::{Book, BookMeta, Item, Page, PageKind, Shape, ShapeKind};
use crate::picture::Darkroom;
use std::io::Cursor;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub fn darkroom(issue: &Issue) -> Darkroom<'_> {
    Darkroom { photos: &issue.photos, threads: NonZeroUsize::MIN, cache: None }
}

/// Read once: the files are large.
pub fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files"));
    &LIBRARY
}

/// The EPUB's bytes. `QIKAN_KEEP=DIR` keeps the file, to look at (docs/decisions/epub-writer.md).
pub fn written(name: &str, issue: &Issue, book: &Book) -> Vec<u8> {
    let out = super::super::epub(issue, book, library(), &darkroom(issue), Cursor::new(vec![]))
        .expect("written")
        .into_inner();
    if let Some(dir) = std::env::var_os("QIKAN_KEEP") {
        std::fs::write(PathBuf::from(dir).join(format!("{name}.epub")), &out).expect("kept");
    }
    out
}

pub fn span() -> Span {
    Span { file: FileId(0), start: 0, end: 0 }
}

pub fn text(text: &str) -> Inline {
    styled(text, Style::default())
}

pub fn styled(text: &str, style: Style) -> Inline {
    Inline::Text { text: text.into(), style, link: None, span: span() }
}

pub fn link(text: &str, target: &str) -> Inline {
    Inline::Text { text: text.into(), style: Style::default(), link: Some(target.into()), span: span() }
}

pub fn para(id: u32, text: Vec<Inline>) -> Block {
    Block { id: BlockId(id), span: span(), kind: BlockKind::Para { text } }
}

pub fn block(id: u32, kind: BlockKind) -> Block {
    Block { id: BlockId(id), span: span(), kind }
}

fn heading(id: u32, level: u8, words: &str, anchor: Option<&str>) -> Block {
    block(id, BlockKind::Heading { level, text: vec![text(words)], anchor: anchor.map(Into::into) })
}

pub const LONG: &str = "清晨五点，山还没有醒。雾从谷底一层一层升上来，漫过石阶，漫过茶园，最后停在半山腰的那座亭子旁边。挑担的人已经走到第三个\
    弯道了，扁担吱呀作响，和溪水的声音混在一起，分不出先后。他说这条路走了四十年，哪一级台阶松动，哪一棵树下有泉，闭着眼睛也知道。";

fn inlines() -> Vec<Inline> {
    let style = Style::default();
    let target = |text: &str, style: Style, target: &str| Inline::Text {
        text: text.into(),
        style,
        link: Some(target.into()),
        span: span(),
    };
    vec![
        text("他们管这叫"),
        styled("「开山」", Style { strong: true, ..style }),
        text("，外人叫"),
        styled("赶早市", Style { emphasis: true, ..style }),
        text("，见"),
        target("附录", style, "02.md#水"),
        target("与下文", Style { strong: true, ..style }, "02.md#水"),
        text("，又见"),
        link("不存在的文章", "99.md"),
        text("与"),
        link("网站", "https://example.org/山?a=1&b=2"),
        Inline::Note { note: 0, span: span() },
        text("；水是 H"),
        styled("2", Style { position: TextPosition::Subscript, ..style }),
        text("O，面积三十 m"),
        styled("2", Style { position: TextPosition::Superscript, ..style }),
        Inline::Break { span: span() },
        styled("ls -l", Style { code: true, ..style }),
        styled("旧价十元", Style { strike: true, ..style }),
        styled("The path goes on", Style { lang: Some(Lang::En), emphasis: true, ..style }),
        styled("山のあなた、直、骨", Style { lang: Some(Lang::Ja), ..style }),
        Inline::Note { note: 1, span: span() },
        Inline::Note { note: 0, span: span() },
        text("。"),
    ]
}

fn cell(id: u32, words: &str) -> Cell {
    Cell { id: BlockId(id), ..Cell::plain(vec![text(words)]) }
}

fn figure(photo: u32, caption: &str, credit: Option<&str>, alt: Option<&str>) -> Figure {
    Figure {
        photo: PhotoId(photo),
        caption: vec![text(caption)],
        credit: credit.map(Into::into),
        alt: alt.map(Into::into),
        span: span(),
        ..Figure::default()
    }
}

fn first_article() -> Article {
    let figures = |figures| BlockKind::Figures { figures, place: FigurePlace::Auto };
    let blocks = vec![
        para(0, vec![text(LONG)]),
        para(1, inlines()),
        heading(2, 2, "第一节　起点", None),
        block(3, figures(vec![figure(0, "雾中的石阶", Some("摄影：赵蓉"), Some("石阶通向雾里，看不见尽头"))])),
        para(4, vec![text(LONG), styled(LONG, Style { emphasis: true, ..Style::default() }), text(LONG)]),
        block(5, BlockKind::Quote { blocks: vec![para(6, vec![text("山不过来，我便过去。"), text(LONG)])] }),
        block(
            7,
            BlockKind::List {
                start: Some(3),
                items: vec![
                    vec![para(8, vec![text("带水")])],
                    vec![
                        para(9, vec![text("带盐")]),
                        block(10, BlockKind::List { start: None, items: vec![vec![para(11, vec![text("粗盐")])]] }),
                    ],
                ],
            },
        ),
        heading(12, 4, "跳了一级的标题", None),
        block(13, BlockKind::Rule),
        para(14, vec![text(LONG)]),
    ];
    Article {
        id: "山行 Dawn".into(),
        lang: Lang::ZhHans,
        kicker: Some("特别报道".into()),
        title: "清晨五点，\u{200b}山还没有醒".into(),
        subtitle: Some("——一条四十年的路".into()),
        authors: vec![
            Byline { name: "王明".into(), role: Some("文".into()), affiliation: Some("市图书馆".into()) },
            Byline { name: "李华".into(), role: Some("文".into()), affiliation: None },
            Byline { name: "赵蓉".into(), role: Some("摄影".into()), affiliation: None },
        ],
        summary: Some("四十年里，他每天五点上山。路修过三次，担子没有换过。".into()),
        editors_note: Some("本文写于去年秋天，发表时有删节。".into()),
        author_note: Some("作者是本刊特约记者。".into()),
        keywords: vec!["山".into(), "挑夫".into()],
        credits: vec![Credit { label: "绘图".into(), names: vec!["孙立".into()], ..Credit::default() }],
        blocks,
        notes: vec![
            Note {
                blocks: vec![para(15, vec![text("见《县志》卷三，民国二十四年刻本。")])], span: span()
            },
            Note {
                blocks: vec![para(16, vec![text("卡尔·布塞的诗，上田敏译。")]), para(17, vec![text("第二段。")])],
                span: span(),
            },
        ],
        ..Article::default()
    }
}

fn second_article() -> Article {
    let table = Table {
        align: vec![Align::Start, Align::Center, Align::End],
        head: vec![vec![cell(2, ""), cell(3, "春"), cell(4, "秋")]],
        rows: vec![
            vec![cell(5, "水位（米）"), cell(6, "3.2"), cell(7, "1.85")],
            vec![cell(8, "含沙量"), cell(9, "低"), cell(10, "很低")],
        ],
        ..Table::default()
    };
    let group = vec![figure(1, "渡口，一九八二年", None, None), figure(0, "", None, None)];
    Article {
        id: "02".into(),
        lang: Lang::ZhHans,
        title: "渡口的水".into(),
        authors: vec![Byline { name: "陈以安".into(), ..Byline::default() }],
        blocks: vec![
            para(0, vec![text(LONG)]),
            block(1, BlockKind::Table(table)),
            block(11, BlockKind::Figures { figures: group, place: FigurePlace::Span }),
            block(12, BlockKind::Code { lines: vec!["fn main() {".into(), "    水();".into(), "}".into()] }),
            para(13, vec![text(LONG)]),
        ],
        anchors: [("水".to_string(), 1)].into(),
        ..Article::default()
    }
}

/// A picture of a gradient with a dark band, so that turning and scaling can be seen.
pub fn jpeg(width: u16, height: u16, orientation: Option<u8>) -> Vec<u8> {
    let (across, down) = (u32::from(width), u32::from(height));
    let pixel = |x: u32, y: u32| {
        let dark = if y < down / 5 { 4 } else { 1 };
        [180, 60 + x * 120 / across, 90 + y * 100 / down].map(|v| (v / dark) as u8)
    };
    let pixels: Vec<u8> = (0..down).flat_map(|y| (0..across).flat_map(move |x| pixel(x, y))).collect();
    let mut out = vec![];
    let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
    if let Some(o) = orientation {
        // TIFF, big-endian, one entry: orientation (274), SHORT, 1 (Exif 2.32 §4.6).
        let exif = [b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[o], b"\0\0\0\0\0\0"].concat();
        encoder.add_exif_metadata(&exif).expect("short");
    }
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("encoded");
    out
}

pub fn photo(dir: &Path, name: &str, size: (u16, u16), orientation: u8) -> Photo {
    let bytes = jpeg(size.0, size.1, (orientation > 1).then_some(orientation));
    let path = dir.join(name);
    std::fs::write(&path, &bytes).expect("written");
    let hash = <sha2::Sha256 as sha2::Digest>::digest(&bytes).into();
    let format = PhotoFormat::Jpeg { components: 3, adobe: false, icc: vec![] };
    let stored = (u32::from(size.0), u32::from(size.1));
    Photo { hash, path, name: name.into(), bytes: bytes.len() as u64, format, stored, orientation }
}

pub fn issue(dir: &Path) -> Issue {
    let line = |label: &str, values: &[&str]| ColophonLine {
        label: label.into(),
        values: values.iter().map(|v| v.to_string()).collect(),
        ..ColophonLine::default()
    };
    Issue {
        magazine: Magazine {
            title: "山行".into(),
            lang: Lang::ZhHans,
            issn: Some("1234-5679".into()),
            publisher: Some("山行杂志社".into()),
            rights: Some("© 2026 山行杂志社".into()),
            ..Magazine::default()
        },
        number: IssueNumber {
            year: Some(2026),
            number: Some("9".into()),
            date: Date::new(2026, 9, 15),
            theme: Some("一条走了四十年的路".into()),
            cover: Some(PhotoId(1)),
            ..IssueNumber::default()
        },
        sections: vec![Section {
            name: "特稿".into(),
            start: Start::NewPage,
            columns: None,
            colour: None,
            template: None,
            articles: 0..1,
        }],
        articles: vec![first_article(), second_article()],
        photos: vec![photo(dir, "a.jpg", (280, 210), 1), photo(dir, "b.jpg", (640, 400), 6)],
        colophon: vec![
            line("主编", &["林远"]),
            line("编辑", &["周舟", "吴江"]),
            line("", &["本刊文字未经许可，不得转载。"]),
        ],
        slug: "shanxing-2026-09".into(),
        stamp: Date::new(2026, 9, 15),
        ..Issue::default()
    }
}

pub fn page(label: &str, kind: PageKind, first: Option<(u32, u32, u32)>) -> Page {
    let first = first.map(|(article, block, char)| Pos { article, block: BlockId(block), char });
    let ink = Shape { kind: ShapeKind::Fill(Rect::default()), ink: Ink::BLACK, tint: 100, node: None };
    Page { label: label.into(), kind, first, items: vec![Item::Shape(ink)], ..Page::default() }
}

/// Pages that begin in the middle of a paragraph, of emphasised text, in a list and in code.
pub fn book() -> Book {
    use PageKind::{Cover, Inside, Pad};
    let mut pad = page("9", Pad, None);
    pad.items.clear();
    Book {
        meta: BookMeta {
            title: "山行 2026年第9期".into(),
            lang: Lang::ZhHans,
            stamp: Date::new(2026, 9, 15),
            identity: "山行 2026 9 regular zh-Hans".into(),
            ..BookMeta::default()
        },
        pages: vec![
            page("封面", Cover, None),
            page("封二", Cover, None),
            page("1", Inside, None),
            page("2", Inside, Some((0, 0, 0))),
            page("3", Inside, Some((0, 0, 20))),
            page("4", Inside, Some((0, 4, 130))),
            page("5", Inside, Some((0, 9, 1))),
            page("6", Inside, Some((1, 0, 0))),
            page("7", Inside, Some((1, 12, 14))),
            page("8", Inside, None),
            pad,
            page("封三", Cover, None),
            page("封底", Cover, None),
        ],
        inks: vec![
            Swatch { name: "black".into(), cmyk: [0, 0, 0, 100], rgb: [0, 0, 0], ..Swatch::default() },
            Swatch { name: "paper".into(), cmyk: [0; 4], rgb: [255; 3], ..Swatch::default() },
            Swatch { name: "accent".into(), cmyk: [10, 90, 80, 20], rgb: [160, 40, 40], ..Swatch::default() },
        ],
        ..Book::default()
    }
}
