//! What is said of photos away from the text: in an article's front matter, in photos/captions.toml, in the files themselves.
//!
//! In: keyed values, figures as the Markdown has them. Out: figures with caption, credit, alternative text and rights, by the
//! precedence front matter → Markdown → captions.toml → the file's own IPTC and XMP.

use super::folder::Folder;
use super::markdown::{self, PLACES, Wanted};
use super::photo::Embedded;
use crate::base::{Code, Diagnostic, Lang, Report, Span, words};
use crate::doc::{Figure, FigurePlace, Focus, Inline, Rights, Style, group_caption};
use crate::source::Shape::{Flag, Path, Text};
use crate::source::keyed::{self, Key, Kind, Value};
use crate::source::{Codes, Fields, Name, Sources, name, nearest};

/// What is said of one photo.
#[derive(Clone, Debug)]
pub struct PhotoNote {
    /// Where the file is and whether it may be missing.
    pub wanted: Wanted,
    pub caption: Option<(String, Span)>,
    pub credit: Option<String>,
    pub alt: Option<String>,
    pub place: Option<FigurePlace>,
    pub rights: Rights,
    pub focus: Option<Focus>,
}

#[rustfmt::skip]
pub const PHOTO: [Name; 11] = [
    name("file", &["文件", "檔案"]).is(Path).says("文件", "the file"),
    name("caption", &["图说", "圖說", "图注", "圖註", "说明", "說明"]).is(Text).says("图说", "the caption"),
    name("credit", &["摄影", "攝影", "署名"]).is(Text).says("作者", "whose photo it is"),
    name("alt", &["替代文字"]).is(Text).says("替代文字；写 \"\" 表示只是装饰", "alternative text; \"\" says decorative"),
    name("place", &["位置"]).says("位置：column、span、full、spread、inline；pending 待补", "where it stands: column, span, full, spread, inline; pending: still to come"),
    name("focus", &["焦点", "焦點"]).is(Text).says("裁切时要保住的点，如 \"40% 30%\"（从左、从上）；没有就不裁切，满版的照片整幅排出", "the point no crop may lose, as \"40% 30%\" from the left and the top; without it nothing is cut, and a photo that is to fill a page is shown whole"),
    name("licence", &["license", "许可", "授權"]).is(Text).says("许可", "the licence"),
    name("source", &["来源", "來源"]).is(Text).says("来源；没有作者时印在图说后", "where it comes from; printed after the caption where there is no credit"),
    name("map_approval", &["审图号", "審圖號"]).is(Text).says("地图的审图号，印在图说后", "a map's approval number, printed after the caption"),
    name("ai", &["人工智能", "人工智慧"]).is(Flag).says("人工智能生成；图说后注明", "made by a generator of images; the caption says so"),
    name("shape", &["比例"]).is(Text).says("待补照片的宽高比，如 \"4:3\"", "width to height of a photo still to come, as \"4:3\""),
];

/// A list of photos, or one: names alone, or tables.
pub fn read_photos(value: &Value, codes: Codes, report: &mut Report) -> Vec<PhotoNote> {
    let one = [value.clone()];
    let items = match &value.kind {
        Kind::List(items) => &items[..],
        _ => &one[..],
    };
    items.iter().filter_map(|item| read_photo(item, codes, report)).collect()
}

fn read_photo(item: &Value, codes: Codes, report: &mut Report) -> Option<PhotoNote> {
    if let Kind::String(file) = &item.kind {
        return read_note((file.clone(), item.span), &mut Fields::read(&[], &PHOTO, codes, report));
    }
    let mut f = Fields::read(&[item], &PHOTO, codes, report);
    let span = f.value("file").map_or(item.span, |v| v.span);
    let Some(file) = f.text("file") else {
        if matches!(item.kind, Kind::Table(_)) {
            f.wrong(item, words("有 file 的表", "a table with a file"));
        }
        return None;
    };
    read_note((file, span), &mut f)
}

fn read_note((dest, span): (String, Span), f: &mut Fields) -> Option<PhotoNote> {
    let places: Vec<(&str, Option<FigurePlace>)> =
        PLACES.iter().map(|(name, place)| (*name, Some(*place))).chain([("pending", None)]).collect();
    let place = f.choice("place", &places);
    let shape = f.parse("shape", words("宽:高，如 4:3", "width:height, as 4:3"), |v| markdown::shape(&v.text()?));
    Some(PhotoNote {
        wanted: Wanted { dest, span, pending: place == Some(None), shape },
        caption: f.text("caption").zip(f.value("caption").map(|v| v.span)),
        credit: f.text("credit"),
        alt: f.parse("alt", words("文字", "text"), Value::text),
        place: place.flatten(),
        focus: f.parse("focus", words("两个百分数，如 40% 30%", "two percentages, as 40% 30%"), |v| {
            markdown::focus(&v.text()?)
        }),
        rights: Rights {
            source: f.text("source"),
            licence: f.text("licence"),
            map_approval: f.text("map_approval"),
            ai: f.flag("ai").unwrap_or(false),
        },
    })
}

/// photos/captions.toml: a table for each file, by its name or its path in photos/.
#[derive(Default)]
pub struct Captions(Vec<PhotoNote>);

impl Captions {
    pub fn read(folder: &Folder, sources: &mut Sources, report: &mut Report) -> Captions {
        let path = folder.root.join("photos/captions.toml");
        let file = if path.is_file() { sources.load(&path, report) } else { None };
        let Some(file) = file else { return Captions::default() };
        let value = match keyed::toml(sources.text(file), file, 0) {
            Ok(value) => value,
            Err(error) => {
                report.push(error.finding(Code::PhotoCaptions));
                return Captions::default();
            }
        };
        let codes = Codes { unknown: Code::PhotoCaptions, value: Code::PhotoCaptions, home: |_| None };
        let note = |(key, value): &(Key, Value)| {
            there(folder, key, report);
            read_note((key.name.clone(), key.span), &mut Fields::read(&[value], &PHOTO[1..], codes, report))
        };
        Captions(value.entries().iter().filter_map(note).collect())
    }

    /// What is said of a file.
    pub fn of(&self, dest: &str) -> Option<&PhotoNote> {
        self.0.iter().find(|note| same(dest, &note.wanted.dest))
    }
}

/// An entry for a file that isn't there and isn't awaited is most likely misspelt.
fn there(folder: &Folder, key: &Key, report: &mut Report) {
    let dir = folder.root.join("photos");
    if dir.join(&key.name).exists() {
        return;
    }
    let names: Vec<String> = std::fs::read_dir(&dir)
        .map(|entries| entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect())
        .unwrap_or_default();
    let name = &key.name;
    let message = words(format!("photos/ 里没有 {name}"), format!("there is no {name} in photos/"));
    let finding = Diagnostic::at(Code::PhotoCaptions, key.span, message);
    report.push(match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        None => finding.hint("键是 photos/ 里的文件名", "a key is the name of a file in photos/"),
    });
}

/// Whether a written path is that of a noted file: all of it, or its end.
pub fn same(dest: &str, noted: &str) -> bool {
    let plain = |path: &str| path.trim_start_matches("./").replace('\\', "/");
    let (dest, noted) = (plain(dest), plain(noted));
    dest == noted || dest.strip_suffix(&noted).is_some_and(|before| before.ends_with('/'))
}

/// The front matter wins over what the figure has.
pub fn overrule(figure: &mut Figure, note: &PhotoNote) {
    let before = std::mem::take(figure);
    *figure = Figure { photo: before.photo, span: before.span, ..Figure::default() };
    supplement(figure, note);
    figure.credit = figure.credit.take().or(before.credit);
    figure.alt = figure.alt.take().or(before.alt);
    figure.focus = figure.focus.or(before.focus);
    if figure.caption.is_empty() {
        figure.caption = before.caption;
    }
}

/// What the figure lacks, by a note.
pub fn supplement(figure: &mut Figure, note: &PhotoNote) {
    if let Some((caption, span)) = note.caption.as_ref().filter(|_| figure.caption.is_empty()) {
        captioned(figure, caption, *span);
    }
    figure.credit = figure.credit.take().or(note.credit.clone());
    figure.alt = figure.alt.take().or(note.alt.clone());
    figure.focus = figure.focus.or(note.focus);
    let (own, noted) = (&mut figure.rights, &note.rights);
    own.source = own.source.take().or(noted.source.clone());
    own.licence = own.licence.take().or(noted.licence.clone());
    own.map_approval = own.map_approval.take().or(noted.map_approval.clone());
    own.ai |= noted.ai;
}

fn captioned(figure: &mut Figure, caption: &str, span: Span) {
    let text = Inline::Text { text: caption.to_string(), style: Style::default(), link: None, span };
    let (caption, credit) = markdown::split_credit(vec![text]);
    figure.caption = caption;
    figure.credit = figure.credit.take().or(credit);
}

/// What is still lacking, by the files; then what belongs behind every caption. A group with one caption for all keeps it.
pub fn complete(figures: &mut [Figure], lang: Lang, embedded: impl Fn(&Figure) -> Option<Embedded>) {
    let shared = group_caption(figures).is_some();
    for figure in figures {
        let own = embedded(figure).filter(|_| !shared).unwrap_or_default();
        if let Some(caption) = own.caption.filter(|_| figure.caption.is_empty()) {
            captioned(figure, &caption, figure.span);
        }
        figure.credit = figure.credit.take().or(own.credit);
        behind(figure, lang);
    }
}

/// 审图号, and that a picture was generated (《人工智能生成合成内容标识办法》 art. 4), as the caption's last words.
fn behind(figure: &mut Figure, lang: Lang) {
    let han = lang.is_chinese() || lang == Lang::Ja;
    let Rights { source, map_approval, ai, .. } = &figure.rights;
    let mut more = String::new();
    if let Some(number) = map_approval {
        let said = number.starts_with("审图号") || number.starts_with("審圖號");
        let label = if lang.is_traditional() { "審圖號" } else { "审图号" };
        more.push_str(&if said { format!("（{number}）") } else { format!("（{label}：{number}）") });
    }
    if *ai {
        more.push_str(if han { "（AI 生成）" } else { " (AI-generated)" });
    }
    if figure.credit.is_none() {
        let label = match (han, lang.is_traditional()) {
            (true, true) => "來源：",
            (true, false) => "来源：",
            _ => "Source: ",
        };
        figure.credit = source.as_ref().map(|source| format!("{label}{source}"));
    }
    if !more.is_empty() {
        figure.caption.push(Inline::Text { text: more, style: Style::default(), link: None, span: figure.span });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::doc::plain_text;
    use crate::read::folder;

    fn captions(text: &str) -> (Captions, Vec<&'static str>) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("photos")).unwrap();
        for (name, text) in [("01.md", "x"), ("photos/a.jpg", ""), ("photos/captions.toml", text)] {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let mut report = Report::default();
        let folder = folder::open(dir.path(), &mut report).unwrap();
        let captions = Captions::read(&folder, &mut Sources::new(&folder.root), &mut report);
        (captions, report.findings.iter().map(|d| d.code.name()).collect())
    }

    fn text(figure: &Figure) -> (String, Option<&str>) {
        (plain_text(&figure.caption), figure.credit.as_deref())
    }

    fn figure(caption: &str) -> Figure {
        let mut figure = Figure::default();
        captioned(&mut figure, caption, Span { file: FileId(0), start: 0, end: 0 });
        figure
    }

    #[test]
    fn the_text_wins_over_the_file_of_captions_and_that_over_the_photos_own() {
        let (captions, found) = captions(
            "[\"a.jpg\"]\n图说 = \"茶园（摄影：甲）\"\nalt = \"雾里的茶树\"\nfocus = \"40% 30%\"\n审图号 = \"GS(2026)1号\"\nai = true\n",
        );
        assert_eq!(found, [] as [&str; 0]);
        let note = captions.of("../photos/a.jpg").expect("noted");
        assert!(captions.of("photos/ba.jpg").is_none());
        let embedded = |_: &Figure| Some(Embedded { caption: Some("内嵌".into()), credit: Some("乙".into()) });
        let mut written = [figure("正文里写的")];
        supplement(&mut written[0], note);
        complete(&mut written, Lang::ZhHans, embedded);
        assert_eq!(text(&written[0]), ("正文里写的（审图号：GS(2026)1号）（AI 生成）".into(), Some("乙")));
        let mut bare = [Figure::default()];
        supplement(&mut bare[0], note);
        complete(&mut bare, Lang::ZhHans, embedded);
        assert_eq!(text(&bare[0]), ("茶园（审图号：GS(2026)1号）（AI 生成）".into(), Some("摄影：甲")));
        assert_eq!((bare[0].alt.as_deref(), bare[0].focus), (Some("雾里的茶树"), Some(Focus { x: 40, y: 30 })));
        let mut front = figure("正文里写的");
        overrule(&mut front, note);
        assert_eq!(text(&front), ("茶园".into(), Some("摄影：甲")));
    }

    #[test]
    fn a_group_with_one_caption_keeps_it_for_all() {
        let embedded = |_: &Figure| Some(Embedded { caption: Some("内嵌".into()), credit: None });
        let mut group = [Figure::default(), figure("两处渡口")];
        complete(&mut group, Lang::ZhHans, embedded);
        assert_eq!((text(&group[0]).0, text(&group[1]).0), (String::new(), "两处渡口".into()));
        let mut each = [Figure::default(), Figure::default()];
        complete(&mut each, Lang::ZhHans, embedded);
        assert_eq!(text(&each[0]).0, "内嵌");
    }

    #[test]
    fn slips_in_the_file_of_captions_are_found() {
        assert_eq!(captions("[\"a.jpeg\"]\ncaption = \"x\"\n").1, ["photo/captions"]);
        assert_eq!(captions("[\"a.jpg\"]\ncaptoin = \"x\"\nfocus = \"left\"\n").1, ["photo/captions"; 2]);
        assert_eq!(captions("[\"a.jpg\"\n").1, ["photo/captions"]);
    }
}
