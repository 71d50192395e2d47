//! What stands on which page: short articles together, articles in two parts, advertisements.

use super::issue::{Desk, jpeg, qikan};

const HEAD: &str = "[magazine]\ntitle = \"山行\"\n[issue]\nyear = 2026\nnumber = 9\n";

/// The text of each page of the screen PDF, without blanks.
fn pages(desk: &Desk, dir: &str) -> Vec<String> {
    let out = desk.at("out");
    let run = qikan(&["build", &desk.at(dir), "-o", &out, "--only", "screen"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let pdf = lopdf::Document::load(desk.at(&format!("out/{dir}.screen.pdf"))).expect("a PDF");
    let text = |page: u32| pdf.extract_text(&[page]).unwrap_or_default();
    (1..=pdf.get_pages().len() as u32).map(|p| text(p).split_whitespace().collect()).collect()
}

fn page_of(pages: &[String], words: &str) -> usize {
    let found: Vec<usize> = (0..pages.len()).filter(|p| pages[*p].contains(words)).collect();
    assert_eq!(found.len(), 1, "{words} stands on the pages {found:?}");
    found[0]
}

fn article(title: &str, more: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n{more}---\n\n{text}\n")
}

fn long(end: &str) -> String {
    let line = "山门在路的尽头，雪停以后才看得见，走到跟前天已经暗了，守门的人点了灯出来。\n\n";
    format!("{}{end}\n", line.repeat(110))
}

#[test]
fn short_articles_of_a_section_share_a_page_unless_they_are_to_begin_on_their_own() {
    let of = |start: &str| {
        let section = "[[section]]\nname = \"短讯\"\narticles = [\"articles/*.md\"]";
        let desk = Desk::new();
        desk.put("2026-09/issue.toml", format!("{HEAD}{section}\nstart = \"{start}\"\n"));
        for (i, text) in ["渡口恢复一班。", "菜场立起一台秤。", "一棵树搬了家。"].into_iter().enumerate()
        {
            let title = ["渡口", "菜场", "香樟"][i];
            desk.put(&format!("2026-09/articles/0{i}.md"), article(title, "", text));
        }
        let pages = pages(&desk, "2026-09");
        ["恢复一班", "一台秤", "搬了家"].map(|words| page_of(&pages, words))
    };
    let [a, b, c] = of("auto");
    assert_eq!((a, a), (b, c));
    let [a, b, c] = of("new-page");
    assert!(a < b && b < c);
}

/// 下转第N页, 上接第N页: the numbers are those of the pages on which the two parts stand; the text is whole and once there.
#[test]
fn an_article_that_goes_on_elsewhere_says_where() {
    let desk = Desk::new();
    let goes_on = "continue_on: 02.md\n";
    desk.put("2026-09/issue.toml", HEAD)
        .put("2026-09/articles/01.md", article("山门", goes_on, &long("到这里就完了。")))
        .put("2026-09/articles/02.md", article("渡口", "start: new-page\n", "渡口恢复一班，人齐了走。"))
        .put("2026-09/articles/03.md", article("香樟", "start: new-page\n", "一棵树搬了家。"));
    let pages = pages(&desk, "2026-09");
    let (to, from) = (page_of(&pages, "下转第"), page_of(&pages, "上接第"));
    assert_eq!(from, page_of(&pages, "人齐了走"), "below the end of the article that it names");
    // Two covers before page 1.
    assert!(pages[to].contains(&format!("（下转第{}页）", from - 1)), "{}", pages[to]);
    assert!(pages[from].contains(&format!("山门（上接第{}页）", to - 1)), "{}", pages[from]);
    assert!(page_of(&pages, "到这里就完了") < page_of(&pages, "搬了家"));
    assert_eq!(pages.concat().matches("守门的人点了灯出来").count(), 110);
}

/// Each stands where it was ordered, and says that it is one unless the manifest says it needn't.
#[test]
fn advertisements_stand_where_they_were_ordered() {
    let desk = Desk::new();
    let ads = "[[ads]]\nfile = \"ads/a.jpg\"\nplace = \"inside-front\"\n[[ads]]\nfile = \"ads/b.jpg\"\n\
               place = \"articles/01.md\"\n[[ads]]\nfile = \"ads/c.jpg\"\nplace = \"back\"\nmark = false\n";
    desk.put("2026-09/issue.toml", format!("{HEAD}{ads}"))
        .put("2026-09/articles/01.md", article("渡口", "", "渡口恢复一班。"))
        .put("2026-09/articles/02.md", article("香樟", "", "一棵树搬了家。"));
    for (name, side) in [("a", 700), ("b", 710), ("c", 720)] {
        desk.put(&format!("2026-09/ads/{name}.jpg"), jpeg(side, side * 4 / 3));
    }
    let pages = pages(&desk, "2026-09");
    let marked: Vec<usize> = (0..pages.len()).filter(|p| pages[*p].contains("广告")).collect();
    let (first, second) = (page_of(&pages, "恢复一班"), page_of(&pages, "搬了家"));
    assert_eq!(marked, [1, first + 1], "the inside front cover, and the page behind the article");
    assert_eq!(second, first + 2);
    assert_eq!(pages.last().map(String::as_str), Some(""), "an advertisement alone on the back");
}

/// The magazine's own lettering stands where the type would: no glyph says the title on the cover, its drawing does.
#[test]
fn the_masthead_may_be_a_drawing() {
    let titles = |masthead: &str| {
        let desk = Desk::new();
        let drawing =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><path d=\"M0 10 L5 0 L10 10 Z\"/></svg>";
        desk.put("2026-09/title.svg", drawing).put("2026-09/articles/01.md", article("渡口", "", "水不深。"));
        desk.put("2026-09/issue.toml", HEAD.replace("[issue]", &format!("{masthead}[issue]")));
        let cover = pages(&desk, "2026-09")[0].clone();
        let pdf = lopdf::Document::load(desk.at("out/2026-09.screen.pdf")).expect("a PDF");
        let named = |object: &lopdf::Object| {
            let alt = object.as_dict().ok()?.get(b"Alt").ok()?;
            lopdf::decode_text_string(alt).ok().filter(|alt| alt == "山行")
        };
        (cover.contains("山行"), pdf.objects.values().filter_map(named).count())
    };
    assert_eq!(titles(""), (true, 0));
    assert_eq!(titles("masthead = \"title.svg\"\n"), (false, 1));
}

/// `[cover] template` overrules the theme: a photo to the edges, framed, or none.
#[test]
fn the_cover_shows_its_photo_as_the_template_says() {
    let pictures = |template: &str| {
        let desk = Desk::new();
        let cover = format!("cover = \"photos/a.jpg\"\n[cover]\ntemplate = \"{template}\"\n");
        desk.put("2026-09/issue.toml", format!("{HEAD}{cover}")).put("2026-09/photos/a.jpg", jpeg(2000, 2600));
        desk.put("2026-09/articles/01.md", article("渡口", "", "水不深。"));
        pages(&desk, "2026-09");
        let pdf = lopdf::Document::load(desk.at("out/2026-09.screen.pdf")).expect("a PDF");
        let images = pdf.get_page_images(pdf.get_pages()[&1]).expect("the cover's pictures");
        images.into_iter().map(|image| image.width).collect::<Vec<_>>()
    };
    let (full, framed) = (pictures("photo"), pictures("framed"));
    assert_eq!((full.len(), framed.len()), (1, 1));
    assert!(framed[0] < full[0], "a smaller picture has fewer pixels in the screen PDF: {framed:?}, {full:?}");
    assert_eq!(pictures("文字"), [0; 0]);
}
