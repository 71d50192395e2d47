//! `qikan import`: manuscripts into an issue directory.
//!
//! In: files and a directory. Out: `articles/*.md`, `photos/`, `issue.toml` where the directory is new, and `import.log`. An
//! article that exists and differs is never overwritten unless asked; importing twice changes nothing.

use super::{Change, Done, diff, log, manifest, put};
use crate::base::{Code, Diagnostic, FileId, Lang, Place, Report, Span, Words, words};
use crate::convert::import::kind::{Kind, kind};
use crate::convert::import::log::{Log, What};
use crate::convert::import::{self, Article, Work, raw::Fact};
use crate::convert::repair::Repair;
use crate::convert::{archive, mail, script};
use crate::source::Sources;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What to import.
pub struct Import {
    pub files: Vec<PathBuf>,
    pub out: PathBuf,
    /// Say what would be written, write nothing.
    pub dry_run: bool,
    /// Overwrite articles that exist and differ.
    pub force: bool,
    pub repair: Repair,
}

/// A manuscript or picture, from a file or from an archive.
struct Input {
    /// Shown in messages and the log: `稿件.zip/01.docx`.
    name: String,
    /// Where relative paths of the manuscript start.
    home: PathBuf,
    bytes: Vec<u8>,
    file: FileId,
}

/// An article in the making and where it goes.
struct Draft {
    name: String,
    stem: String,
    file: FileId,
    home: PathBuf,
    body: Body,
}

enum Body {
    Raw(Box<Work>),
    /// Markdown is an article already.
    Done(Box<Article>),
}

/// Imports. Files that can't be read are findings; the others are still done.
pub fn import(request: &Import, sources: &mut Sources, report: &mut Report) -> Vec<Change> {
    let inputs = inputs(&request.files, sources, report);
    let (pictures, manuscripts): (Vec<Input>, Vec<Input>) =
        inputs.into_iter().partition(|i| kind(&i.name, &i.bytes) == Kind::Picture);
    let drafts = drafts(manuscripts, report);
    let desk = Desk::new(&request.out);
    let lang = desk.lang().unwrap_or_else(|| drafts.first().map_or(Lang::ZhHans, Draft::lang));
    let mut changes = vec![];
    let mut logs = vec![];
    let mut facts = vec![];
    let mut given: Vec<Option<&Input>> = pictures.iter().map(Some).collect();
    for picture in &pictures {
        let name = file_name(&picture.name);
        changes.extend(desk.write(request, &desk.photos().join(&name), &picture.bytes, report));
    }
    for draft in drafts {
        let (name, file) = (draft.name.clone(), draft.file);
        let path = desk.articles.join(format!("{}.md", draft.stem));
        let made = draft.finish(request, lang, &mut given);
        tell_doubts(&made.article.log, (file, request.repair), sources, report);
        facts.push((name.clone(), made.article.facts.clone()));
        for (photo, bytes) in &made.photos {
            changes.extend(desk.write(request, &desk.root.join(photo), bytes, report));
        }
        let mut change = desk.write(request, &path, made.article.markdown.as_bytes(), report);
        if let Some(change) = &mut change {
            change.log = made.article.log.entries.iter().filter(|e| e.what != What::Changed).map(line).collect();
        }
        changes.extend(change);
        logs.push((name, made.article.log.render()));
    }
    changes.extend(desk.manifest(request, &facts, lang, report));
    changes.extend(desk.log(request, &logs, report));
    changes
}

fn line(entry: &import::log::Entry) -> Words {
    let (zh, en) = entry.what.name();
    let gone = entry.gone.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = if entry.line == 0 { String::new() } else { format!(":{}", entry.line) };
    words(
        format!("{}{at} {zh} {gone}（{}）", entry.rule, entry.note.zh),
        format!("{}{at} {en} {gone} ({})", entry.rule, entry.note.en),
    )
}

/// Every file, archives and mails opened.
fn inputs(files: &[PathBuf], sources: &mut Sources, report: &mut Report) -> Vec<Input> {
    let mut inbox = Inbox { sources, report, out: vec![] };
    for path in files {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        let home = path.parent().unwrap_or(Path::new("")).to_path_buf();
        match std::fs::read(path) {
            Ok(bytes) => inbox.admit(name, path, home, bytes),
            Err(e) => {
                let file = inbox.sources.add(path, String::new());
                let shown = path.display();
                let message = words(format!("读不出 {shown}：{e}"), format!("can't read {shown}: {e}"));
                inbox.report.push(Diagnostic::new(Code::IssueUnreadable, Place::File(file), message));
            }
        }
    }
    inbox.out
}

/// What comes in, and what is said of it.
struct Inbox<'a> {
    sources: &'a mut Sources,
    report: &'a mut Report,
    out: Vec<Input>,
}

impl Inbox<'_> {
    fn admit(&mut self, name: String, path: &Path, home: PathBuf, bytes: Vec<u8>) {
        let file = self.sources.add(path, shown(&name, &bytes));
        // A file is named as the shell finds it; what is in an archive has to be taken out first.
        let on_disk = path.is_file();
        let shown = if on_disk { path.to_string_lossy() } else { name.rsplit('/').next().unwrap_or(&name).into() };
        match kind(&shown, &bytes) {
            Kind::Zip => match archive::open(&bytes).and_then(|mut a| a.files()) {
                Ok(files) => self.files((&name, path), files),
                Err(why) => self.report.push(refused(&name, file, &why)),
            },
            Kind::Mail => match mail::open(&name, &bytes) {
                Ok(files) => {
                    let files = self.without_cover(files, file);
                    self.files((&name, path), files);
                }
                Err(why) => self.report.push(refused(&name, file, &why)),
            },
            Kind::Foreign(what, hint) => {
                let message = words(
                    format!("{name} 是 {what}，不能直接导入"),
                    format!("{name} is {what}, which can't be imported as it is"),
                );
                let finding = Diagnostic::new(Code::ImportRefused, Place::File(file), message);
                let finding = match on_disk {
                    true => finding,
                    false => finding.hint("先从压缩包里取出来", "take it out of the archive first"),
                };
                self.report.push(finding.hint(hint.zh, hint.en));
            }
            _ => self.out.push(Input { name, home, bytes, file }),
        }
    }

    /// The files of an archive or a mail; one within another within another is nobody's manuscript.
    fn files(&mut self, (outer, path): (&str, &Path), files: Vec<(String, Vec<u8>)>) {
        let deep = outer.matches('/').count() >= 2;
        for (inner, bytes) in files {
            let (name, path) = (format!("{outer}/{inner}"), path.join(&inner));
            if deep && matches!(kind(&inner, &bytes), Kind::Zip | Kind::Mail) {
                let file = self.sources.add(&path, String::new());
                let why = words("压缩包套得太深", "archives within archives, too deep");
                self.report.push(refused(&name, file, &why));
            } else {
                self.admit(name, &path, PathBuf::new(), bytes);
            }
        }
    }

    /// A short letter with a manuscript attached only covers it.
    fn without_cover(&mut self, mut files: Vec<(String, Vec<u8>)>, file: FileId) -> Vec<(String, Vec<u8>)> {
        let manuscript = |(name, bytes): &(String, Vec<u8>)| {
            matches!(kind(name, bytes), Kind::Docx | Kind::Zip | Kind::Foreign(..))
                || matches!(kind(name, bytes), Kind::Text | Kind::Html | Kind::Markdown) && bytes.len() > 1500
        };
        let letter = files.first().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
        let count = letter.chars().filter(|c| crate::convert::han::is_han(*c)).count();
        if files.len() > 1 && count < 200 && files[1..].iter().any(manuscript) {
            files.remove(0);
            let message = words(
                format!("信的正文（{count} 字）没有作文章，只导入了附件"),
                format!("the letter ({count} characters) makes no article; its attachments were imported"),
            );
            self.report.push(Diagnostic::new(Code::ImportDoubt, Place::File(file), message));
        }
        files
    }
}

/// The text of a plain manuscript, for findings that quote its lines; of others nothing.
fn shown(name: &str, bytes: &[u8]) -> String {
    match kind(name, bytes) {
        Kind::Text | Kind::Markdown => import::decode::decode(bytes, None, &mut Log::default()).into_owned(),
        _ => String::new(),
    }
}

fn refused(name: &str, file: FileId, why: &Words) -> Diagnostic {
    let message = words(format!("{name}：{}", why.zh), format!("{name}: {}", why.en));
    Diagnostic::new(Code::ImportRefused, Place::File(file), message)
        .hint("请作者重新存一份再导入", "ask its author to save it again, and import that")
}

fn drafts(inputs: Vec<Input>, report: &mut Report) -> Vec<Draft> {
    let mut taken = BTreeSet::new();
    let mut out = vec![];
    for input in inputs {
        let made = match kind(&input.name, &input.bytes) {
            Kind::Markdown => Ok(Body::Done(import::markdown(&input.bytes, None).into())),
            Kind::Html => import::html(&input.bytes).map(|work| Body::Raw(work.into())),
            Kind::Docx => import::docx(&input.bytes).map(|work| Body::Raw(work.into())),
            Kind::Text => Ok(Body::Raw(import::text(&input.bytes).into())),
            // Opened or refused before.
            Kind::Zip | Kind::Mail | Kind::Picture | Kind::Foreign(..) => continue,
        };
        let empty =
            |body: &Body| matches!(body, Body::Raw(work) if work.blocks.is_empty() && work.front.title.is_none());
        let body = match made {
            Ok(body) if empty(&body) => {
                report.push(refused(&input.name, input.file, &words("里面没有文字", "there is no text in it")));
                continue;
            }
            Ok(body) => body,
            Err(why) => {
                report.push(refused(&input.name, input.file, &why));
                continue;
            }
        };
        let stem = stem(&input.name, &mut taken);
        out.push(Draft { name: input.name, stem, file: input.file, home: input.home, body });
    }
    out
}

/// The article's file name: the manuscript's, without what file systems refuse.
fn stem(name: &str, taken: &mut BTreeSet<String>) -> String {
    let name = file_name(name);
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let stem = if stem.is_empty() { "article" } else { stem };
    let free = (1..).map(|n| if n == 1 { stem.to_string() } else { format!("{stem}-{n}") });
    free.into_iter().find(|s| taken.insert(s.clone())).unwrap_or_default()
}

/// The last part of a path, without what file systems refuse.
fn file_name(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let clean = last.replace([':', '*', '?', '"', '<', '>', '|'], "-");
    clean.trim_matches([' ', '.']).to_string()
}

/// An article and the photos that go with it.
struct Made {
    article: Article,
    photos: Vec<(String, Rc<[u8]>)>,
}

impl Draft {
    fn lang(&self) -> Lang {
        match &self.body {
            Body::Done(article) => article.lang,
            Body::Raw(work) => script::guess(&work.blocks.iter().map(|b| b.text()).collect::<String>()),
        }
    }

    fn finish(self, request: &Import, issue: Lang, given: &mut [Option<&Input>]) -> Made {
        let lang = self.lang();
        let mut work = match self.body {
            Body::Done(article) => return Made { article: *article, photos: vec![] },
            Body::Raw(work) => work,
        };
        work.front.lang = (lang != issue && lang.is_traditional() != issue.is_traditional()).then_some(lang);
        let mut names = vec![];
        let mut photos: Vec<(String, Rc<[u8]>)> = vec![];
        for (n, picture) in work.pictures.iter_mut().enumerate() {
            let bytes = picture.bytes.take().or_else(|| beside(&self.home, &picture.source).map(Rc::from));
            let path = format!("photos/{}-{}", self.stem, n + 1);
            names.push(match bytes.map(Ok).or_else(|| picked(given, &picture.source).map(Err)) {
                // One picture in many places is one file.
                Some(Ok(bytes)) => match photos.iter().find(|(_, known)| *known == bytes) {
                    Some((path, _)) => (path.clone(), true),
                    None => {
                        let path = format!("{path}.{}", extension(&bytes));
                        photos.push((path.clone(), bytes));
                        (path, true)
                    }
                },
                Some(Err(input)) => (format!("photos/{}", file_name(&input.name)), true),
                None => (format!("{path}.jpg"), false),
            });
        }
        let article = import::finish(*work, Some(lang), request.repair, &|n| names[n].clone());
        Made { article, photos }
    }
}

/// The given picture that the manuscript names; else the next that is left.
fn picked<'a>(given: &mut [Option<&'a Input>], source: &str) -> Option<&'a Input> {
    let wanted = file_name(source.split(['?', '#']).next().unwrap_or(source));
    let named = given.iter().position(|i| i.is_some_and(|i| !wanted.is_empty() && file_name(&i.name) == wanted));
    given[named.or_else(|| given.iter().position(Option::is_some))?].take()
}

/// A picture beside the manuscript. A path that climbs out of its directory is not followed.
fn beside(home: &Path, source: &str) -> Option<Vec<u8>> {
    let inside = !source.is_empty()
        && !source.contains([':', '\\'])
        && !source.starts_with('/')
        && source.split('/').all(|p| p != "..");
    let path = home.join(source.split(['?', '#']).next().unwrap_or(source));
    let bytes = std::fs::read(path).ok().filter(|_| inside && !home.as_os_str().is_empty())?;
    (kind(source, &bytes) == Kind::Picture).then_some(bytes)
}

fn extension(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', ..] => "png",
        [b'G', b'I', b'F', ..] => "gif",
        [b'R', b'I', b'F', b'F', ..] => "webp",
        [b'I', b'I', ..] | [b'M', b'M', ..] => "tif",
        _ => "jpg",
    }
}

/// What an editor must look at, at its line where the manuscript has lines, else by the number of its paragraph.
fn tell_doubts(log: &Log, (file, repair): (FileId, Repair), sources: &Sources, report: &mut Report) {
    for entry in &log.entries {
        let code = match entry.what {
            What::Doubt if entry.rule == "T13" => Code::ConvertRepair,
            What::Doubt => Code::ImportDoubt,
            What::Guessed => Code::ImportGuess,
            _ => continue,
        };
        let (start, text) = match sources.text(file) {
            "" => (0, ""),
            _ => sources.file(file).line(entry.line.max(1)),
        };
        let finding = match entry.line {
            0 => Diagnostic::new(code, Place::File(file), entry.note.clone()),
            _ if !text.is_empty() => {
                Diagnostic::at(code, Span { file, start, end: start + text.len() as u32 }, entry.note.clone())
            }
            n => {
                let note = words(format!("第 {n} 段：{}", entry.note.zh), format!("paragraph {n}: {}", entry.note.en));
                Diagnostic::new(code, Place::File(file), note)
            }
        };
        report.push(match code {
            Code::ConvertRepair if repair != Repair::Apply => finding.hint(
                "加 --repair apply 改正这些字；人名不动",
                "mend these characters with --repair apply; names of people are left alone",
            ),
            _ => finding,
        });
    }
}

/// The directory that is written into.
struct Desk {
    root: PathBuf,
    articles: PathBuf,
    /// There was nothing in it.
    new: bool,
}

impl Desk {
    /// `-o DIR` names the issue or its `articles`; where articles lie beside the manifest, new ones do too.
    fn new(out: &Path) -> Desk {
        let named = out.file_name().is_some_and(|n| n == "articles");
        let root = if named { out.parent().map(Path::to_path_buf).unwrap_or_default() } else { out.to_path_buf() };
        let entries: Vec<String> = std::fs::read_dir(&root)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|e| e.file_name().into_string().ok())
            .collect();
        let beside = !named && !root.join("articles").is_dir() && entries.iter().any(|e| e.ends_with(".md"));
        let articles = if beside { root.clone() } else { root.join("articles") };
        let new = !root.join("issue.toml").exists() && !beside && !articles.is_dir();
        Desk { root, articles, new }
    }

    fn photos(&self) -> PathBuf {
        self.root.join("photos")
    }

    /// What the issue says its language is.
    fn lang(&self) -> Option<Lang> {
        manifest::value(&self.root.join("issue.toml"), "magazine", &["lang", "语言", "語言"])?.parse().ok()
    }

    fn write(&self, request: &Import, path: &Path, bytes: &[u8], report: &mut Report) -> Option<Change> {
        let old = std::fs::read(path).ok();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap_or_default();
        let change = |done| Change { path: path.to_path_buf(), log: vec![], diff: String::new(), done };
        match old {
            Some(old) if old == bytes => Some(change(Done::Unchanged)),
            old if request.dry_run => {
                let diff = diff(&text(&old.unwrap_or_default()), &text(bytes), path);
                Some(Change { diff, ..change(Done::Would) })
            }
            Some(_) if !request.force => {
                let shown = path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
                let message = words(
                    format!("{shown} 已经存在而且不同，没有覆盖"),
                    format!("{shown} exists and differs; it was not overwritten"),
                );
                let finding = Diagnostic::new(Code::ImportExists, Place::Issue, message);
                report.push(finding.hint(
                    "用 --dry-run 看差别，用 --force 覆盖",
                    "see the difference with --dry-run, overwrite with --force",
                ));
                None
            }
            _ => put(path, bytes).map(|()| change(Done::Written)).map_err(|finding| report.push(*finding)).ok(),
        }
    }

    /// A new directory gets the facts, an existing one is compared with them.
    fn manifest(
        &self,
        request: &Import,
        facts: &[(String, import::raw::Facts)],
        lang: Lang,
        report: &mut Report,
    ) -> Option<Change> {
        let path = self.root.join("issue.toml");
        if self.new && !facts.is_empty() {
            return self.write(request, &path, manifest::write(facts, lang).as_bytes(), report);
        }
        for (name, facts) in facts {
            let pairs: [(&str, &[&str], &Option<Fact>); 3] = [
                ("magazine", &["title", "刊名", "名称"], &facts.magazine),
                ("issue", &["year", "年", "年份"], &facts.year),
                ("issue", &["number", "期", "期号"], &facts.number),
            ];
            for (table, keys, fact) in pairs {
                let Some((fact, has)) = fact.as_ref().zip(manifest::value(&path, table, keys)) else { continue };
                if fact.value != has {
                    let key = keys[0];
                    let message = words(
                        format!("{name}:{} 的 {key} 是 {}，issue.toml 里是 {has}", fact.line, fact.value),
                        format!("{name}:{} has {key} {}, issue.toml has {has}", fact.line, fact.value),
                    );
                    report.push(Diagnostic::new(Code::ImportFact, Place::Issue, message));
                }
            }
        }
        None
    }

    /// `import.log`: a section for each manuscript; one that is imported again replaces its own.
    fn log(&self, request: &Import, sections: &[(String, String)], report: &mut Report) -> Option<Change> {
        let path = self.root.join("import.log");
        if sections.is_empty() {
            return None;
        }
        let text = log::merged(&std::fs::read_to_string(&path).unwrap_or_default(), sections);
        let request = Import {
            files: vec![],
            out: request.out.clone(),
            dry_run: request.dry_run,
            force: true,
            repair: request.repair,
        };
        self.write(&request, &path, text.as_bytes(), report)
    }
}
