//! Front matter: `---` YAML or `+++` TOML at the head of an article.
//!
//! In: a file. Out: [`Front`] and where the body begins. A key typed with a full-width colon (`标题：山行`) is reported
//! with its corrected line and read as meant.

use super::byline;
use super::captions::{PHOTO, PhotoNote, read_photos};
use super::manifest::{self, STARTS};
use super::paper;
use super::words;
use crate::base::{Code, Diagnostic, FileId, Lang, Report, Span, Words, words as say};
use crate::doc::{Byline, Credit, Entry, Paper, Start, Written};
use crate::source::Shape::{Choice, Flag, People, Table, Tables, Text, Texts, Whole};
use crate::source::keyed::{Key, Kind, Value, toml, yaml};
use crate::source::{Codes, Fields, Name, Sources, name, texts};
use crate::style::Template;

pub const CODES: Codes = Codes { unknown: Code::FrontUnknownKey, value: Code::FrontValue, home: |_| None };

/// What an article says of itself.
#[derive(Clone, Debug, Default)]
pub struct Front {
    pub id: Option<String>,
    pub kicker: Option<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub short_title: Option<String>,
    pub authors: Vec<Byline>,
    pub author_note: Option<String>,
    pub editors_note: Option<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    pub paper: Paper,
    pub section: Option<(String, Span)>,
    pub lang: Option<Lang>,
    pub held: bool,
    pub source: Option<String>,
    pub source_print: Option<String>,
    pub published: Option<String>,
    pub credits: Vec<Credit>,
    pub photos: Vec<PhotoNote>,
    pub columns: Option<u8>,
    pub start: Option<Start>,
    pub template: Option<String>,
    pub end_mark: Option<bool>,
    pub pages: Option<u16>,
    pub start_page: Option<(String, Span)>,
    pub continue_on: Option<String>,
    pub written: Written,
}

#[rustfmt::skip]
pub const KEYS: [Name; 33] = [
    name("id", &["编号", "編號"]).is(Text).says("编号：链接与文件名用它；默认是文件名", "used in links and file names; by default the file's name"),
    name("kicker", &["引题", "引題", "眉题", "眉題", "肩题"]).is(Text).says("引题，排在题名上方", "a line above the title"),
    name("title", &["标题", "標題", "题名", "題名", "正题", "主标题"]).is(Text).says("题名，“|”处可换行；默认取第一个 # 标题，再没有就用文件名", "the title, | marks where it may be divided; by default the first # heading, else the file's name"),
    name("subtitle", &["副题", "副題", "副标题", "副標題"]).is(Text).says("副题", "a line below the title"),
    name("short_title", &["短题", "短題", "短标题", "短標題"]).is(Text).says("短题，用于目次与书眉", "for the contents and the running head"),
    name("author", &["作者", "authors", "撰文"]).is(People).says("作者：文／王明 图／李四、本刊记者 王明、王明（北京大学）都认得", "authors; 文／王明 图／李四, 本刊记者 王明 and 王明（北京大学） are understood"),
    name("translator", &["译者", "譯者"]).is(People).says("译者", "translators"),
    name("author_note", &["作者简介", "作者簡介", "作者介绍"]).is(Text).says("作者简介，排在文末", "a note on the author, at the article's end"),
    name("editors_note", &["编者按", "編者按"]).is(Text).says("编者按，楷体，排在正文前", "the editor's note, in Kai before the text"),
    name("section", &["栏目", "欄目"]).is(Text).says("栏目", "its section"),
    name("lang", &["语言", "語言"]).is(Text).says("这一篇的语言；默认同全刊", "its language; by default the magazine's"),
    name("status", &["状态", "狀態"]).is(Choice(STATES)).or("ready").says("hold：留稿，本期不排", "hold: left out of this issue"),
    name("source", &["来源", "來源", "出处", "出處"]).is(Text).says("来源，排在文末", "where it comes from, at its end"),
    name("source_print", &["原载", "原載"]).is(Text).says("原载，排在文末", "where it was printed before, at its end"),
    name("published", &["首发", "首發", "发表日期", "發表日期", "date", "日期"]).is(Text).says("首发的日期", "when it was published before"),
    name("credits", &["分工", "署名"]).says("分工表：{ 编辑: 王采薇, 校对: [方宁, 季安] }；汇总到版权页", "who did what: { 编辑: 王采薇, 校对: [方宁, 季安] }; gathered in the colophon"),
    name("summary", &["摘要", "提要", "内容提要"]).is(Text).says("提要，排在题下与目次", "the summary, below the title and in the contents"),
    name("keywords", &["关键词", "關鍵詞", "关键字"]).is(Texts).says("关键词", "keywords"),
    name("clc", &["中图分类号", "中圖分類號", "分类号"]).is(Text).says("中图分类号，如 D625；期刊版式（主题的 byline_first）排在关键词下面", "the class of the Chinese Library Classification, as D625; journals' themes (byline_first) set it below the keywords"),
    name("document_code", &["文献标识码", "文獻標識碼"]).is(Choice(paper::DOCUMENT_CODES)).says("文献标识码，A 到 E；位置同上", "the document code, A to E; in the same line"),
    name("article_number", &["文章编号", "文章編號"]).is(Text).says("文章编号，如 1000-0003(2026)09-0012-08，形式与校验位会核对；位置同上", "the paper's number, as 1000-0003(2026)09-0012-08; form and check digit are verified; in the same line"),
    name("doi", &["DOI"]).is(Text).says("DOI，如 10.1000/182；期刊版式排在文章编号后面，别的主题排在文末；带链接", "its DOI, as 10.1000/182; behind the paper's number, in other themes at the article's end; a link"),
    name("received", &["收稿日期"]).is(Text).says("收稿日期；期刊版式连同基金项目、作者简介排在首页地脚", "when it was received; journals' themes set it, funding and author note at the first page's foot"),
    name("funding", &["基金项目", "基金項目", "基金"]).is(Text).says("基金项目；别的主题排在文末", "who paid for the work; in other themes at the article's end"),
    name("english", &["英文", "英文题名摘要"]).is(Table(&paper::ENGLISH)).says("英文题名、作者、单位、摘要、关键词；期刊版式排在文末", "title, authors, affiliation, abstract and keywords in English; journals' themes set them after the text"),
    name("photos", &["图片", "圖片", "照片"]).is(Tables(&PHOTO)).says("照片的图说等，优先于正文里写的", "captions and the like; they win over the text's"),
    name("columns", &["分栏", "栏数", "欄數"]).is(Whole(1, 3)).says("栏数", "columns"),
    name("start", &["起页", "另起"]).is(Choice(manifest::keys::STARTS)).says("auto 自动、new-page 另页、new-spread 另面、continue 接排；默认随栏目", "where it begins: on a new page or spread, or below the end of the one before; by default as its section says"),
    name("pages", &["页数", "頁數"]).is(Whole(1, 999)).says("应占的页数；报告超出或不足多少行、多少字", "pages it should fill; over and under are reported"),
    name("template", &["模板", "版式"]).is(Text).says("版式：article photos brief letter verse interview", "what it is: article, photos, brief, letter, verse, interview"),
    name("end_mark", &["结束符", "結束符"]).is(Flag).says("文末的结束符；默认随主题", "whether it closes with the end mark; by default the theme's"),
    name("start_page", &["起始页", "起始頁"]).is(Text).says("旧刊重制：原来从哪一页起；以后换页处在文中写 {page=38}", "the page of an earlier printing on which it began; write {page=38} in the text where the next ones do"),
    name("continue_on", &["转页", "轉頁"]).is(Text).says("首页排不下的部分转到哪里：后面某一篇所在的页码，或它的文件名；印出“下转第几页”“上接第几页”", "where what its first page doesn't hold goes on: the page of a later article, or its file; the pages say so"),
];

/// What a template may be called.
fn template_names() -> Words {
    let all: Vec<&str> = Template::NAMES.iter().map(|(name, _)| *name).collect();
    say(format!(" {}", all.join(" | ")), format!("one of: {}", all.join(" | ")))
}

/// Whether an article of this state is left out.
const HELD: [(&str, bool); 7] = [
    ("hold", true),
    ("ready", false),
    ("draft", false),
    ("留稿", true),
    ("暂缓", true),
    ("定稿", false),
    ("草稿", false),
];
const STATES: &[&str] = &["hold", "ready", "draft", "留稿", "暂缓", "定稿", "草稿"];

/// A file cut in two.
pub struct Split {
    pub value: Option<Value>,
    /// Where the body begins.
    pub body: usize,
}

/// Cuts the front matter off and parses it.
pub fn split(file: FileId, sources: &Sources, report: &mut Report) -> Split {
    let text = sources.text(file);
    let whole = Split { value: None, body: 0 };
    let start = text.len() - text.trim_start_matches(['\n', '\r', ' ']).len();
    let mut lines = text[start..].split_inclusive('\n').scan(start, |at, line| {
        let from = *at;
        *at += line.len();
        Some((from, line.trim_end()))
    });
    let Some((open, fence)) = lines.next().filter(|(_, l)| matches!(*l, "---" | "+++")) else { return whole };
    let from = text[open..].find('\n').map_or(text.len(), |n| open + n + 1);
    let Some((close, _)) = lines.find(|(_, l)| *l == fence) else {
        // A rule at the head of a text without any key is a rule.
        let next = text[from..].lines().next().unwrap_or_default();
        if next.contains([':', '：', '=']) {
            report.push(unclosed(file, open, fence));
        }
        return whole;
    };
    let body = text[close..].find('\n').map_or(text.len(), |n| close + n + 1);
    let inner = &text[from..close];
    let value = match fence {
        "+++" => toml(inner, file, from as u32),
        _ => yaml(&colons(inner, file, from, report), file, from as u32),
    };
    match value {
        Ok(value) => Split { value: Some(value), body },
        Err(error) => {
            report.push(error.finding(Code::FrontSyntax));
            Split { value: None, body }
        }
    }
}

fn unclosed(file: FileId, open: usize, fence: &str) -> Diagnostic {
    let span = Span { file, start: open as u32, end: open as u32 + 3 };
    let message = say(
        format!("元数据没有收尾：缺第二个 {fence}"),
        format!("front matter is not closed: the second {fence} is missing"),
    );
    Diagnostic::at(Code::FrontSyntax, span, message).hint(
        format!("在最后一个键之后另起一行写 {fence}"),
        format!("write {fence} on a line of its own after the last key"),
    )
}

/// Full-width colons behind keys, made half-width byte for byte, each with a finding.
fn colons(text: &str, file: FileId, base: usize, report: &mut Report) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = base;
    for line in text.split_inclusive('\n') {
        let key = line.find('：').filter(|n| {
            let before = line[..*n].trim_start_matches([' ', '-']);
            !before.is_empty() && before.chars().count() <= 8 && !before.contains([':', '"', '\'', '#', ' '])
        });
        match key {
            Some(n) => {
                let mended = format!("{}: {}", &line[..n], line[n + 3..].trim());
                let span = Span { file, start: (at + n) as u32, end: (at + n + 3) as u32 };
                let blank = line[n + 3..].len() - line[n + 3..].trim_start_matches([' ', '\t', '　']).len();
                let message = say("键后面的冒号要用半角", "the colon behind a key is half-width");
                report.push(
                    Diagnostic::at(Code::FrontSyntax, span, message)
                        .hint(format!("改成：{}", mended.trim()), format!("write: {}", mended.trim()))
                        .edit(Span { end: span.end + blank as u32, ..span }, ": "),
                );
                out.push_str(&line[..n]);
                out.push_str(":  ");
                out.push_str(&line[n + 3..]);
            }
            None => out.push_str(line),
        }
        at += line.len();
    }
    out
}

/// Reads the keys.
pub fn read(value: &Value, report: &mut Report) -> Front {
    let (roles, rest) = split_roles(value);
    let rest = [&rest];
    let mut f = Fields::read(&rest, &KEYS, CODES, report);
    let paper = paper::read(&mut f);
    let columns = f.whole("columns", 1..=3).map(|n| n as u8);
    let want = say("语言标记，如 zh-Hans、en", "a language tag, as zh-Hans, en");
    let mut front = Front {
        id: f.text("id"),
        kicker: f.text("kicker"),
        title: f.text("title").map(|t| breaks(&t)),
        subtitle: f.text("subtitle"),
        short_title: f.text("short_title"),
        author_note: f.text("author_note"),
        editors_note: f.text("editors_note"),
        summary: f.text("summary"),
        keywords: f.list("keywords", words::split_list),
        paper,
        section: f.text("section").zip(f.value("section").map(|v| v.span)),
        lang: f.parse("lang", want, |v| words::lang(&v.text()?)),
        held: f.choice("status", &HELD).unwrap_or(false),
        source: f.text("source"),
        source_print: f.text("source_print"),
        published: f.text("published"),
        columns,
        start: f.choice("start", &STARTS),
        template: f.parse("template", template_names(), |v| v.text().filter(|t| Template::named(t).is_some())),
        end_mark: f.flag("end_mark"),
        pages: f.whole("pages", 1..=999).map(|n| n as u16),
        start_page: f.text("start_page").zip(f.value("start_page").map(|v| v.span)),
        continue_on: f.text("continue_on"),
        ..Front::default()
    };
    manifest::written(value, "", &KEYS, &mut front.written);
    let (author, translator, credits, photos) =
        (f.value("author"), f.value("translator"), f.value("credits"), f.value("photos"));
    front.authors = author.map(|v| byline::authors(v, CODES, report)).unwrap_or_default();
    let translators = translator.map(|v| byline::authors(v, CODES, report)).unwrap_or_default();
    front
        .authors
        .extend(translators.into_iter().map(|b| Byline { role: Some(b.role.unwrap_or_else(|| "译".into())), ..b }));
    let entries = credits.map(Value::entries).unwrap_or_default();
    front.credits = entries.iter().chain(&roles).filter_map(|(key, value)| credit(key, value, report)).collect();
    front.photos = photos.map(|v| read_photos(v, CODES, report)).unwrap_or_default();
    front
}

/// Roles of the colophon at the top level (摄影: 张三) are credits.
fn split_roles(value: &Value) -> (Vec<(Key, Value)>, Value) {
    let is_key = |k: &Key| KEYS.iter().any(|n| n.means(&k.name));
    let (roles, rest) = match &value.kind {
        Kind::Table(entries) => entries
            .iter()
            .cloned()
            .partition(|(key, _)| !is_key(key) && Entry::find(&key.name).is_some_and(Entry::is_people)),
        _ => (vec![], vec![]),
    };
    let kind = if matches!(value.kind, Kind::Table(_)) { Kind::Table(rest) } else { value.kind.clone() };
    (roles, Value { kind, span: value.span })
}

fn credit(key: &Key, value: &Value, report: &mut Report) -> Option<Credit> {
    let names =
        texts(value, &|t: &str| words::split_names(t)).map(|all| all.iter().map(|n| words::clean_name(n)).collect());
    if names.is_none() && value.kind != Kind::Null {
        let message = say("应为名字或名字的列表", "a name or a list of names is wanted");
        report.push(Diagnostic::at(Code::FrontValue, value.span, message));
    }
    names.filter(|n: &Vec<String>| !n.is_empty()).map(|names| {
        let entry = Entry::find(&key.name).filter(|e| e.is_people());
        Credit { entry, label: key.name.clone(), names }
    })
}

/// `|` in a title marks an allowed break: U+200B in the document.
fn breaks(title: &str) -> String {
    title.split('|').map(str::trim).collect::<Vec<_>>().join("\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> (Option<Front>, String, Vec<(&'static str, u32)>) {
        let mut sources = Sources::new("/i");
        let file = sources.add(std::path::Path::new("/i/a.md"), text.into());
        let mut report = Report::default();
        let split = split(file, &sources, &mut report);
        let front = split.value.map(|v| read(&v, &mut report));
        let place = |d: &Diagnostic| match d.at {
            crate::base::Place::Source(s) => sources.file(file).line_col(s.start).0,
            _ => 0,
        };
        let found = report.findings.iter().map(|d| (d.code.name(), place(d))).collect();
        (front, text[split.body..].to_string(), found)
    }

    #[test]
    fn yaml_and_toml_with_keys_of_both_languages() {
        let (yaml, body, found) = front(
            "---\r\n标题: 山|行\r\n副题: 记\r\n作者: 王　明、李四\r\n栏目: 专题\r\n摄影: 赵五\r\ncredits:\r\n  校对: [甲, 乙]\r\n---\r\n正文",
        );
        let f = yaml.unwrap();
        assert_eq!((f.title.as_deref(), body.as_str()), (Some("山\u{200b}行"), "正文"));
        assert_eq!(f.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["王明", "李四"]);
        assert_eq!(
            f.credits.iter().map(|c| format!("{}={}", c.label, c.names.join("、"))).collect::<Vec<_>>(),
            ["校对=甲、乙", "摄影=赵五"]
        );
        assert_eq!(found, []);
        let (toml, body, found) = front(
            "+++\ntitle = \"山行\"\n作者 = [{ name = \"王明\", role = \"文\" }]\nphotos = [{ file = \"a.jpg\", place = \"full\", alt = \"\" }]\n+++\n",
        );
        let f = toml.unwrap();
        assert_eq!(f.authors[0].role.as_deref(), Some("文"));
        assert_eq!((f.photos[0].place, f.photos[0].alt.as_deref()), (Some(crate::doc::FigurePlace::Full), Some("")));
        assert_eq!((body.as_str(), found), ("", vec![]));
    }

    #[test]
    fn what_is_wrong_is_found_at_its_line() {
        assert_eq!(front("---\ntitle: 山行\n\n正文").2, [("front/syntax", 1)]);
        assert_eq!(front("---\n\n正文").2, []);
        assert_eq!(front("---\ntitle: x\nauthro: y\n---\n").2, [("front/unknown-key", 3)]);
        assert_eq!(front("---\ntitle: x\ncolumns: 9\n---\n").2, [("front/value", 3)]);
        assert_eq!(
            front("---\ntitle: \"x\nauthor: y\n---\n").2.iter().map(|f| f.0).collect::<Vec<_>>(),
            ["front/syntax"]
        );
        let (f, _, found) = front("---\n标题：山行\n作者: 王明\n---\n");
        assert_eq!((f.unwrap().title.as_deref(), found), (Some("山行"), vec![("front/syntax", 2)]));
    }
}
