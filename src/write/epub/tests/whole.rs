//! Whole files: what is in them, and that they don't vary.

use super::archive::*;
use super::fixture::*;
use crate::base::Lang;
use crate::doc::{EpubFonts, Inline, Issue, Reading};
use std::sync::LazyLock;

/// The fixture and its EPUB, written once.
struct Sample {
    issue: Issue,
    epub: Vec<u8>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let (_dir, issue) = fresh();
    let epub = written("sample", &issue, &book());
    Sample { issue, epub }
});

/// The fixture with photos on disk, to change.
fn fresh() -> (tempfile::TempDir, Issue) {
    let dir = tempfile::tempdir().expect("a directory");
    let issue = issue(dir.path());
    (dir, issue)
}

/// EPUB 3.3 §4.2.3.3: `mimetype` first, stored, without extra field; pictures aren't deflated again.
#[test]
fn the_archive_is_as_reading_systems_want_it() {
    let epub = &SAMPLE.epub;
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let files = files(epub);
    assert_eq!((files[0].0.as_str(), files[0].2), ("mimetype", true));
    for (name, _, stored) in &files {
        assert_eq!(*stored, name == "mimetype" || name.ends_with(".jpg"), "{name}");
        assert!(
            name.is_ascii() && (name == &name.to_lowercase() || name.contains("META-INF") || name.contains("OEBPS")),
            "{name}"
        );
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let (_dir, issue) = fresh();
    assert!(written("sample", &issue, &book()) == SAMPLE.epub);
}

#[test]
fn every_id_is_unique_and_every_link_leads_somewhere() {
    assert_sound(&SAMPLE.epub);
}

/// The page list has the book's labels, in the book's order, in the navigation document and in the NCX; and each stands
/// in the text where the page begins.
#[test]
fn page_numbers_are_the_printed_ones() {
    let book = book();
    let texts = texts(&SAMPLE.epub);
    let labels: Vec<String> = book.pages.iter().map(|p| p.label.clone()).collect();
    let list = texts["OEBPS/nav.xhtml"].split("epub:type=\"page-list\"").nth(1).expect("a page list").to_string();
    let listed: Vec<String> =
        list.split("<li><a href=").skip(1).map(|l| l.split(['>', '<']).nth(1).expect("a label").to_string()).collect();
    assert_eq!(listed, labels);
    let ncx: Vec<String> = texts["OEBPS/toc.ncx"]
        .split("<pageTarget")
        .skip(1)
        .map(|t| t.split("<text>").nth(1).and_then(|t| t.split('<').next()).expect("a label").to_string())
        .collect();
    assert_eq!(ncx, labels);
    let order = ["cover", "a01-dawn", "a02-02", "colophon"];
    let whole: String = order.iter().map(|d| reading(&texts[&format!("OEBPS/{d}.xhtml")])).collect();
    let met: Vec<&str> = whole.split('|').skip(1).step_by(2).collect();
    assert_eq!(met, labels);
}

#[test]
fn a_marker_stands_before_the_very_character() {
    let texts = texts(&SAMPLE.epub);
    let first = reading(&texts["OEBPS/a01-dawn.xhtml"]);
    let at = |n: usize| LONG.chars().skip(n).take(9).collect::<String>();
    let before = |n: usize| LONG.chars().take(n).skip(n.saturating_sub(9)).collect::<String>();
    assert!(first.contains(&format!("{}|3|{}", before(20), at(20))), "{first}");
    let length = LONG.chars().count();
    assert!(length < 130 && 130 < 2 * length, "the fourth page begins in the emphasised run");
    assert!(first.contains(&format!("{}|4|{}", before(130 - length), at(130 - length))), "{first}");
    assert!(first.contains("带|5|盐"));
    assert!(first.trim_start().starts_with("|封二||1||2|"), "a page that begins with the text begins with the title");
    let second = reading(&texts["OEBPS/a02-02.xhtml"]);
    assert!(second.contains("fn main() {\n  |7|  水();"), "{second}");
}

/// Every character of every block, note, caption and head is in the documents, in order.
#[test]
fn no_character_is_lost() {
    let texts = texts(&SAMPLE.epub);
    for (article, name) in SAMPLE.issue.articles.iter().zip(["a01-dawn", "a02-02"]) {
        let read = reading(&texts[&format!("OEBPS/{name}.xhtml")]);
        let parts: Vec<&str> = read.split('|').collect();
        let read: String = parts.iter().step_by(2).copied().collect();
        let mut rest = read.as_str();
        let mut expect = |text: &str| {
            let at = rest.find(text).unwrap_or_else(|| panic!("{text} is not in its place"));
            rest = &rest[at + text.len()..];
        };
        expect(&article.plain_title());
        article.summary.iter().for_each(|s| expect(s));
        article.authors.iter().for_each(|a| expect(&a.name));
        article.walk(&mut |block| {
            use crate::doc::BlockKind as K;
            let mut run = |inlines: &[Inline]| {
                for inline in inlines {
                    if let Inline::Text { text, .. } = inline {
                        expect(text);
                    }
                }
            };
            match &block.kind {
                K::Heading { text, .. } | K::Para { text } => run(text),
                K::Figures { figures, .. } => figures.iter().for_each(|f| run(&f.caption)),
                K::Table(t) => t.cells().for_each(|c| run(&c.text)),
                K::Code { lines } => lines.iter().for_each(|l| expect(l)),
                _ => {}
            }
        });
    }
}

/// Runs share the elements they have in common; a link that leads nowhere is text.
#[test]
fn inline_elements_nest() {
    let texts = texts(&SAMPLE.epub);
    let first = &texts["OEBPS/a01-dawn.xhtml"];
    assert!(first.contains("<a href=\"a02-02.xhtml#b1\">附录<strong>与下文</strong></a>"));
    assert!(first.contains("，又见不存在的文章与<a href=\"https://example.org/山?a=1&amp;b=2\">网站</a>"));
    assert!(first.contains("<span lang=\"en\" xml:lang=\"en\"><em>The path goes on</em></span>"));
    assert!(first.contains("清晨五点，<wbr/>山还没有醒</h1>"));
    assert!(first.contains("<h3>跳了一级的标题</h3>"), "no level is left out");
    assert!(first.contains("<ol start=\"3\">"));
}

#[test]
fn pictures_are_small_upright_and_bare() {
    let (dir, mut issue) = fresh();
    issue.photos[0] = photo(dir.path(), "a.jpg", (2200, 1650), 1);
    issue.epub.fonts = EpubFonts::None;
    let files = files(&written("pictures", &issue, &book()));
    let picture = |name: &str| {
        let (_, bytes, _) = files.iter().find(|f| f.0 == format!("OEBPS/images/{name}.jpg")).expect(name);
        assert!(!bytes.windows(4).any(|w| w == b"Exif"), "{name}");
        image::load_from_memory_with_format(bytes, image::ImageFormat::Jpeg).expect("a picture").into_rgb8()
    };
    let large = picture(&format!("img-{}", issue.photos[0].short_hash()));
    assert!(large.width() * large.height() <= 3_500_000 && large.width() > 2100, "{:?}", large.dimensions());
    let turned = picture(&format!("img-{}", issue.photos[1].short_hash()));
    assert_eq!(turned.dimensions(), (400, 640), "orientation 6 turns it a quarter clockwise");
    // The dark band of the stored picture's top is at the right.
    let red = |x| turned.get_pixel(x, 320)[0];
    assert!(red(390) < 80 && red(10) > 120, "{} {}", red(390), red(10));
}

/// Accessibility metadata says only what is so (EPUB Accessibility 1.1 §2.1).
#[test]
fn alternative_text_is_claimed_only_where_every_picture_has_it() {
    let (_dir, mut issue) = fresh();
    issue.epub.fonts = EpubFonts::None;
    let package = |issue: &Issue| texts(&written("sample", issue, &book()))["OEBPS/content.opf"].clone();
    assert!(!package(&issue).contains("alternativeText"));
    assert!(package(&issue).contains("textual,visual"));
    issue.articles.pop();
    assert!(package(&issue).contains("alternativeText"));
    assert!(!package(&issue).contains("textual,visual"));
}

/// The reader gives no alternative text where the author gave none: the caption is named as what describes the picture.
#[test]
fn a_missing_alternative_text_is_not_invented() {
    let second = texts(&SAMPLE.epub)["OEBPS/a02-02.xhtml"].clone();
    let mut names = vec![];
    tags(&second, |s| {
        if s.name().as_ref() == "img" {
            names.push((value(s, "alt"), value(s, "aria-labelledby"), value(s, "aria-label")));
        }
    });
    assert_eq!(names, [(None, Some("c1".into()), None), (None, None, Some("图片".into()))]);
}

#[test]
fn an_issue_of_nothing_is_still_a_book() {
    let epub = written("nothing", &Issue::default(), &Default::default());
    let texts = texts(&epub);
    texts.values().for_each(|xml| tags(xml, |_| {}));
    assert!(!texts["OEBPS/content.opf"].contains("pageNavigation"));
    assert!(!texts["OEBPS/nav.xhtml"].contains("page-list"));
}

/// Lines, page turning and fonts are vertical together (Readium and Kindle look at three different places).
#[test]
fn a_vertical_issue_is_vertical_throughout() {
    let (_dir, mut issue) = fresh();
    issue.magazine.lang = Lang::ZhHant;
    issue.articles.iter_mut().for_each(|a| a.lang = Lang::ZhHant);
    let mut book = book();
    book.meta.right_to_left = true;
    let epub = written("vertical", &issue, &book);
    assert_sound(&epub);
    let package = &texts(&epub)["OEBPS/content.opf"];
    for part in ["page-progression-direction=\"rtl\"", ">verticalWriting<", "content=\"vertical-rl\""] {
        assert!(package.contains(part), "{part}");
    }
    let files = files(&epub);
    let file = |end: &str| &files.iter().find(|f| f.0.ends_with(end)).expect(end).1;
    assert!(String::from_utf8_lossy(file(".css")).contains("writing-mode: vertical-rl"));
    for tag in ["GSUB", "vhea", "vmtx", "VORG"] {
        assert!(file("song-regular-tc.otf").windows(4).any(|w| w == tag.as_bytes()), "{tag}");
    }
    assert!(!texts(&SAMPLE.epub)["OEBPS/content.opf"].contains("vertical"));
}

/// Ruby is claimed where it is (EPUB Accessibility 1.1 §2.1).
#[test]
fn readings_are_claimed_only_where_there_are_any() {
    let (_dir, mut issue) = fresh();
    issue.epub.fonts = EpubFonts::None;
    let package = |issue: &Issue| texts(&written("ruby", issue, &book()))["OEBPS/content.opf"].clone();
    assert!(!package(&issue).contains("rubyAnnotations"));
    let pairs = vec![Reading { base: "䴓".into(), reading: "shī".into() }];
    let ruby = Inline::Ruby { pairs, style: Default::default(), link: None, span: span() };
    issue.articles[1].blocks.push(para(90, vec![ruby]));
    assert!(package(&issue).contains("rubyAnnotations"));
}

#[test]
fn fonts_follow_the_language_and_hold_what_is_shown() {
    let (_dir, mut issue) = fresh();
    let files = files(&SAMPLE.epub);
    let fonts: Vec<&str> = files.iter().filter_map(|f| f.0.strip_prefix("OEBPS/fonts/")).collect();
    assert_eq!(
        fonts,
        [
            "song-regular-jp.otf",
            "song-regular-sc.otf",
            "song-bold-sc.otf",
            "hei-regular-sc.otf",
            "kai-regular-sc.ttf",
            "OFL-1.1.txt"
        ]
    );
    let font = |name: &str| {
        let bytes = files.iter().find(|f| f.0.ends_with(name)).expect(name).1.clone();
        harfrust::Font::new(harfrust::font::Blob::from(bytes), 0).expect("a font")
    };
    let has = |name: &str, c: char| font(name).charmap().map_unicode(c).is_some_and(|g| g.to_u32() != 0);
    assert!(has("song-regular-sc.otf", '溪') && !has("song-bold-sc.otf", '溪'));
    assert!(has("song-bold-sc.otf", '「') && has("hei-regular-sc.otf", '蓉') && has("kai-regular-sc.ttf", '便'));
    assert!(has("song-regular-jp.otf", 'の') && !has("song-regular-jp.otf", '溪'));
    issue.magazine.lang = Lang::ZhHant;
    issue.articles.iter_mut().for_each(|a| a.lang = Lang::ZhHant);
    let (_, css, _) = self::files(&written("hant", &issue, &book()))
        .into_iter()
        .find(|f| f.0.ends_with(".css"))
        .expect("a style sheet");
    assert!(!String::from_utf8_lossy(&css).contains("Kai"), "WenKai has no Traditional forms: Song stands in");
}
