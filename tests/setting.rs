//! How blocks are set, asked of the book itself: where lines of text stand, and to what they belong.

use qikan::base::{Len, Report};
use qikan::font::Library;
use qikan::page::{Book, Item, Page, Role};
use qikan::source::Sources;
use qikan::style::Theme;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

/// A stretch of text on one baseline of the article's page: what it says, where it starts, what it belongs to.
struct Stretch {
    text: String,
    x: Len,
    y: Len,
    /// The left edge of its column.
    column: Len,
    role: Option<Role>,
}

fn set(manifest: &str, article: &str) -> Vec<Stretch> {
    let book = book(manifest, article);
    let of_article = |page: &&Page| page.articles == [0] && page.area.is_some();
    stretches(&book, book.pages.iter().find(of_article).expect("the article's page"))
}

fn book(manifest: &str, article: &str) -> Book {
    let desk = tempfile::tempdir().expect("a temporary directory");
    fs::create_dir(desk.path().join("articles")).expect("a directory");
    fs::write(desk.path().join("issue.toml"), manifest).expect("writes");
    fs::write(desk.path().join("articles/01.md"), article).expect("writes");
    let (mut sources, mut report) = (Sources::new(desk.path()), Report::default());
    let one = NonZeroUsize::MIN;
    let (issue, spec) =
        qikan::read::issue(desk.path(), None, &mut qikan::read::Shelf::new(one), &mut sources, &mut report)
            .expect("an issue");
    let theme = Theme::fit(&spec, &issue.page, &issue.type_);
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    qikan::layout::book(&issue, &theme, &library, one).0
}

fn stretches(book: &Book, page: &Page) -> Vec<Stretch> {
    let edges: Vec<Len> = page.area.iter().flat_map(|area| &area.columns).map(|column| column.x).collect();
    let of = |item: &Item| match item {
        Item::Glyphs(run) => Some(Stretch {
            text: run.text.clone(),
            x: run.origin.x,
            y: run.origin.y,
            column: edges.iter().copied().filter(|edge| *edge <= run.origin.x).max().unwrap_or(Len::ZERO),
            role: run.node.map(|node| book.tree.node(node).role),
        }),
        _ => None,
    };
    page.items.iter().filter_map(of).collect()
}

fn find<'s>(set: &'s [Stretch], text: &str) -> &'s Stretch {
    set.iter().find(|s| s.text.starts_with(text)).unwrap_or_else(|| panic!("{text} stands on the page"))
}

const MANIFEST: &str =
    "[magazine]\ntitle = \"山行\"\n[issue]\nyear = 2026\nnumber = 9\n[page]\ncolumns = 3\n[type]\nsize = \"9pt\"\n";

/// R9.5, 凸排: a turn's further lines stand behind the longest name and its colon.
#[test]
fn turns_of_an_interview_hang() {
    let text = "---\ntitle: 问路\n---\n\n::: qa\n问：这条路您走了四十年，它在您眼里有没有变过？下雪的时候您还上山吗？\n\n\
                答：变了，也没有变。石头还是那些石头，走的人换了三代，脚印把石头磨得像镜子一样亮。\n:::\n";
    let set = set(MANIFEST, text);
    let top = find(&set, "问：").y.min(find(&set, "答：").y);
    let mut firsts: BTreeMap<(Len, Len), Len> = BTreeMap::new();
    for line in set.iter().filter(|s| s.y >= top && s.role.is_some()) {
        let first = firsts.entry((line.column, line.y)).or_insert(line.x);
        *first = line.x.min(*first);
    }
    let insets: BTreeSet<Len> = firsts.into_iter().map(|((column, _), x)| x - column).collect();
    assert_eq!(insets, BTreeSet::from([Len::ZERO, Len::pt(1800)]), "names at the edge, all else two em in");
}

/// A question at a column's foot is parted from its answer; a column rather ends three lines short.
#[test]
fn questions_stay_with_their_answers() {
    let answer = |n: usize| "变了也没有变，石头还是那些石头。".repeat(2 + n * 7 % 5);
    let turns: String = (0..30).map(|n| format!("问：第{n}问，路变过没有？\n\n答：{}\n\n", answer(n))).collect();
    for lead in 0..6 {
        let before = "走在前头的人回过头来，说这条路不远了。\n\n".repeat(lead);
        let book = book(MANIFEST, &format!("---\ntitle: 问路\n---\n\n{before}::: qa\n{turns}:::\n"));
        for page in book.pages.iter().filter(|page| page.articles == [0] && page.area.is_some()) {
            let mut feet: BTreeMap<Len, (Len, String)> = BTreeMap::new();
            let set = stretches(&book, page).into_iter().filter(|s| s.role == Some(Role::Paragraph));
            for line in set {
                let foot = feet.entry(line.column).or_insert((line.y, String::new()));
                match line.y.cmp(&foot.0) {
                    Ordering::Greater => *foot = (line.y, line.text),
                    Ordering::Equal => foot.1 += &line.text,
                    Ordering::Less => {}
                }
            }
            for (_, foot) in feet.values() {
                assert!(!foot.starts_with("问："), "{lead}: a column ends with {foot}");
            }
        }
    }
}

/// R10.6: a heading of a low level stands in its paragraph's first line, is a heading all the same, and the text follows it.
#[test]
fn low_headings_run_in() {
    let text = "---\ntitle: 山路\n---\n\n第一段写的是路。\n\n#### 石级\n\n石级是民国六年修的，一共三百一十二级。\n";
    let set = set(MANIFEST, text);
    let (heading, body) = (find(&set, "石级"), find(&set, "石级是"));
    assert_eq!((heading.role, body.role), (Some(Role::Heading(4)), Some(Role::Paragraph)));
    assert_eq!((heading.y, heading.x - heading.column), (body.y, Len::pt(1800)), "indented as its paragraph");
    assert_eq!(body.x, heading.x + Len::pt(2700), "an em between them");
}

/// R9.1: without indents a blank line tells paragraphs apart.
#[test]
fn paragraphs_without_indents_are_apart() {
    let text = "---\ntitle: 山路\n---\n\n第一段写的是路。\n\n第二段写的是雪。\n";
    let apart = |indent: u8| {
        let set = set(&format!("{MANIFEST}indent = {indent}\n"), text);
        find(&set, "第二段").y - find(&set, "第一段").y
    };
    assert_eq!(apart(0), apart(2) * 2);
}

/// What stands apart from the text has one blank line above and below, whatever stands next to it.
#[test]
fn a_quotation_before_a_heading_has_one_blank_line_below() {
    let quote = "> 路是走出来的。\n";
    let article =
        |next: &str| format!("---\ntitle: 山路\n---\n\n碑上刻着一行字：\n\n{quote}\n{next}\n\n这话是他说的。\n");
    let pitch = Len::pt(1575);
    for next in ["## 石级", "石级", "> 石级", "::: box\n石级\n:::"] {
        let set = set(&MANIFEST.replace("columns = 3", "columns = 1"), &article(next));
        let inner = if next.starts_with(":::") { pitch } else { Len::ZERO };
        let apart = find(&set, "石级").y - find(&set, "路是").y - inner;
        assert!((apart - pitch * 2).raw().abs() < 1024, "{next}: {apart:?}");
    }
}

/// R9.1, clreq §First-line Indents: what goes on after a quotation has no indent, the next paragraph has.
#[test]
fn what_goes_on_has_no_indent() {
    let text = "---\ntitle: 山路\n---\n\n碑上刻着一行字：\n\n> 路是走出来的。\n\n::: continue\n这话是他说的。\n\n又过了三年。\n:::\n";
    let set = set(MANIFEST, text);
    let inset = |text| find(&set, text).x - find(&set, text).column;
    assert_eq!((inset("碑上刻着"), inset("这话"), inset("又过了")), (Len::pt(1800), Len::ZERO, Len::pt(1800)));
}

/// GB/T 3179: the magazine's parameters are one code without blanks between their parts.
#[test]
fn the_parameters_have_no_blanks() {
    let manifest = "[magazine]\ntitle = \"山行\"\ncn = \"11-0000/D\"\n[issue]\nyear = 2026\nnumber = 9\n\
                    [colophon]\n\"主编\" = \"林远\"\n[colophon.page]\nbasic_parameters = true\n";
    let book = book(manifest, "---\ntitle: 山路\n---\n\n路。\n");
    let mut runs = book.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
        Item::Glyphs(run) if run.text.contains("期刊基本参数") => Some(run),
        _ => None,
    });
    let run = runs.next_back().expect("the line is one run");
    let at = run.text.chars().position(|c| c == '大').expect("the sheet's name");
    assert_eq!(run.glyphs[at + 1].x - run.glyphs[at].x, run.size, "大16: the digits stand one em behind the character");
}

/// R18.3: the end mark closes an interview, and what goes on after a quotation, as it does a paragraph.
#[test]
fn the_end_mark_stands_behind_the_last_character() {
    for body in ["山还在。", "::: qa\n问：山还在吗？\n\n答：山还在。\n:::", "> 路。\n\n::: continue\n山还在。\n:::"]
    {
        let set = set(MANIFEST, &format!("---\ntitle: 山路\n---\n\n{body}\n"));
        let (last, mark) = (find(&set, "山还在。"), set.iter().find(|s| s.text.contains('■')));
        let mark = mark.unwrap_or_else(|| panic!("{body} ends with the mark"));
        assert!(mark.role.is_none() && mark.x > last.x && (mark.y - last.y).raw().abs() < Len::pt(300).raw(), "{body}");
    }
}

/// R17: in a sober journal a caption of one line stands in the middle below its picture; a longer one begins at its edge
/// without an indent. The credit follows it.
#[test]
fn captions_stand_below_their_pictures() {
    let caption = |words: &str| {
        let text = format!(
            "---\ntitle: 山门\n---\n\n山门在雪里。\n\n![{words}](a.jpg \"张三 摄\"){{.pending place=column}}\n\n雪停了。\n"
        );
        let set = set(&format!("theme = \"jikan\"\n{MANIFEST}"), &text);
        assert!(set.iter().any(|s| s.text.contains("张三")), "{words}: the credit is set");
        let first =
            set.iter().find(|s| s.text.starts_with("山门") && s.role == Some(Role::Caption)).expect("a caption");
        first.x - first.column
    };
    assert!(caption("山门") > Len::pt(1800));
    assert_eq!(caption("山门建于民国六年，石级三百一十二，雪后初晴，看山的人还没有来，只有一行脚印"), Len::ZERO);
}

/// R18, GB/T 3179: heads and folios at the outer edge; the magazine with its number on even pages, the title on odd ones.
#[test]
fn heads_and_folios_stand_outside() {
    let paragraph = "石级是民国六年修的，一共三百一十二级，修的人没有留下名字。".repeat(20);
    let text = format!("---\ntitle: 山路\n---\n\n{}\n", [paragraph.as_str(); 12].join("\n\n"));
    let book = book(MANIFEST, &text);
    let own = book.pages.iter().filter(|page| page.articles == [0]).skip(1);
    let pages: Vec<_> = own.map(|page| (page.recto, page.label.clone(), stretches(&book, page))).collect();
    assert!(pages.len() >= 2, "the text takes some pages");
    for (recto, label, set) in pages {
        let outside = |text: &str| set.iter().find(|s| s.role.is_none() && s.text.contains(text)).map(|s| s.x);
        let (head, folio) = (outside(if recto { "山路" } else { "山行" }), outside(&label));
        let (head, folio) = (head.expect("a head"), folio.expect("a folio"));
        let middle = Len::mm(10_500);
        assert!((head > middle, folio > middle) == (recto, recto), "page {label}");
        assert_eq!(label.parse::<u32>().expect("a number") % 2 == 1, recto);
    }
}

/// R19, GB/T 7714: a note's mark is raised behind its word, before the full stop where the author has it so; numbered by the
/// page or by the article.
#[test]
fn marks_of_notes_are_raised() {
    for (notes, mark) in [("page", "①"), ("article", "[1]")] {
        let manifest = format!("{MANIFEST}notes = \"{notes}\"\n");
        let set = set(&manifest, "---\ntitle: 山路\n---\n\n石级[^a]是民国六年修的。\n\n[^a]: 见县志。\n");
        let (word, mark) = (find(&set, "石级"), find(&set, mark));
        assert_eq!(mark.role, Some(Role::Reference), "{notes}");
        assert!(mark.x > word.x && mark.y < word.y, "{notes}");
    }
}
