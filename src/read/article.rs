//! Articles: front matter and body put together, photos answered, blocks numbered.
//!
//! In: loaded files, one after the other. Out: an `Issue` with articles, sections and photos.

use super::captions::{self, Captions, PhotoNote};
use super::folder::Folder;
use super::front::{self, Front};
use super::manifest::SectionRule;
use super::markdown::{self, Draft, Wanted};
use super::photo::{Desk, Settled, Shelf};
use super::references;
use super::sections::{self, Member};
use super::structure;
use crate::base::{BlockId, Code, Diagnostic, FileId, Lang, Place, Report, Span, words};
use crate::doc::{Article, Block, BlockKind, Figure, FigurePlace, Inline, Issue, Photo, PhotoId, Placed};
use crate::source::Sources;
use std::collections::BTreeMap;

/// The issue in the making.
pub struct Reading<'a> {
    folder: &'a Folder,
    captions: &'a Captions,
    sources: &'a Sources,
    report: &'a mut Report,
    desk: Desk,
    drafts: Vec<Unsettled>,
    held: Vec<String>,
    /// The question of each file the manifest places.
    placed: Vec<Option<usize>>,
}

/// An article whose photos are still questions.
struct Unsettled {
    article: Article,
    member: Member,
    /// By the figure's number: the question, where there is one.
    questions: Vec<Option<usize>>,
    anchors: Vec<(String, u32)>,
    has_start: bool,
}

impl<'a> Reading<'a> {
    pub fn new(folder: &'a Folder, captions: &'a Captions, sources: &'a Sources, report: &'a mut Report) -> Self {
        let desk = Desk::default();
        Reading { folder, captions, sources, report, desk, drafts: vec![], held: vec![], placed: vec![] }
    }

    /// Reads one article; a held one leaves a note.
    pub fn article(&mut self, file: FileId, lang: Lang) {
        let text = self.sources.text(file);
        let path = self.folder.shown(&self.sources.file(file).path);
        let split = front::split(file, self.sources, self.report);
        let front = split.value.map(|value| front::read(&value, self.report)).unwrap_or_default();
        if front.held {
            let message = words(format!("{path} 留稿，本期不排"), format!("{path} is on hold and left out"));
            self.report.push(Diagnostic::new(Code::ArticleHeld, Place::File(file), message));
            self.held.push(path);
            return;
        }
        let body = markdown::Source { file, body: &text[split.body..], base: split.body as u32 };
        let mut draft = markdown::read(body, front.title.as_deref(), self.report);
        if draft.blocks.is_empty() && front.photos.is_empty() {
            let untitled = front.title.is_none() && draft.title.is_none();
            self.report.push(empty(&path, file, untitled));
            if untitled {
                self.held.push(path);
                return;
            }
        }
        apply_notes(&mut draft, &front.photos, self.captions, self.report);
        let questions = self.ask(file, &draft.wanted);
        let has_start = front.start.is_some();
        let section = front.section.clone();
        let anchors = std::mem::take(&mut draft.anchors);
        let article = assemble(&path, front, draft, lang, Span { file, start: 0, end: text.len() as u32 });
        self.drafts.push(Unsettled { article, member: Member { path, file, section }, questions, anchors, has_start });
    }

    fn ask(&mut self, file: FileId, wanted: &[Wanted]) -> Vec<Option<usize>> {
        let home = self.sources.file(file).path.parent().unwrap_or(&self.folder.root).to_path_buf();
        wanted.iter().map(|w| self.desk.ask(self.folder, &home, w, self.report)).collect()
    }

    /// A file the manifest places.
    pub fn place(&mut self, placed: &Placed) {
        let wanted = Wanted { dest: placed.name.clone(), span: placed.span, pending: false, shape: None };
        self.placed.push(self.desk.ask(self.folder, &self.folder.root, &wanted, self.report));
    }

    /// Orders the articles, answers the photos, numbers the blocks.
    ///
    /// Out: the issue, and the photo of each file that was placed.
    pub fn finish(self, rules: &[SectionRule], shelf: &mut Shelf) -> (Issue, Vec<Option<PhotoId>>) {
        let Reading { report, desk, drafts, held, placed, .. } = self;
        same_ids(&drafts, report);
        let settled = desk.settle(shelf, report);
        let members: Vec<Member> = drafts.iter().map(|d| d.member.clone()).collect();
        let order = sections::order(&members, &held, rules, report);
        let mut drafts: Vec<Option<Unsettled>> = drafts.into_iter().map(Some).collect();
        let mut articles: Vec<Article> = vec![];
        for index in &order.articles {
            let Some(mut draft) = drafts[*index].take() else { continue };
            let section = order.sections.iter().find(|s| s.articles.contains(&articles.len()));
            if let Some(section) = section {
                draft.article.section = Some(section.name.clone());
                if !draft.has_start {
                    draft.article.start = section.start;
                }
                draft.article.columns = draft.article.columns.or(section.columns);
                draft.article.template = draft.article.template.take().or_else(|| section.template.clone());
            }
            articles.push(settle(draft, &settled, report));
        }
        let answers = placed.into_iter().map(|question| question.and_then(|q| settled.photo(q))).collect();
        let photos = settled.photos;
        let issue = Issue { articles, sections: order.sections, photos, held, ..Issue::default() };
        references::check(&issue, report);
        structure::check(&issue, report);
        (issue, answers)
    }
}

fn assemble(path: &str, front: Front, draft: Draft, lang: Lang, span: Span) -> Article {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_string();
    Article {
        id: front.id.unwrap_or_else(|| stem.clone()),
        file: span.file,
        lang: front.lang.unwrap_or(lang),
        kicker: front.kicker,
        title: front.title.or(draft.title).unwrap_or(stem),
        title_notes: draft.title_notes,
        subtitle: front.subtitle,
        short_title: front.short_title,
        authors: front.authors,
        author_note: front.author_note,
        editors_note: front.editors_note,
        summary: front.summary,
        keywords: front.keywords,
        paper: front.paper,
        section: front.section.map(|(name, _)| name),
        source: front.source,
        source_print: front.source_print,
        published: front.published,
        credits: front.credits,
        columns: front.columns,
        start: front.start.unwrap_or_default(),
        template: front.template,
        end_mark: front.end_mark,
        pages: front.pages,
        continue_on: front.continue_on,
        blocks: begun(draft.blocks, front.start_page),
        notes: draft.notes,
        anchors: BTreeMap::new(),
        written: front.written,
        span,
    }
}

/// `start_page` is a page mark before the first character.
fn begun(mut blocks: Vec<Block>, page: Option<(String, Span)>) -> Vec<Block> {
    let text = blocks.iter_mut().find_map(|block| match &mut block.kind {
        BlockKind::Para { text } | BlockKind::Heading { text, .. } => Some(text),
        _ => None,
    });
    if let Some((text, (label, span))) = text.zip(page) {
        text.insert(0, Inline::PageMark { label, span });
    }
    blocks
}

/// A file without any text; without a title too it is left out, or its name would be set on a page of its own.
fn empty(path: &str, file: FileId, untitled: bool) -> Diagnostic {
    let message = match untitled {
        true => words(format!("{path} 是空的，没有排进来"), format!("{path} is empty and left out")),
        false => words(format!("{path} 只有题名，没有正文"), format!("{path} has a title and no text")),
    };
    Diagnostic::new(Code::ArticleEmpty, Place::File(file), message).hint(
        "写上正文；还没有写好的，在元数据里加 status: hold",
        "write its text; for one that isn't ready, add status: hold to its front matter",
    )
}

/// Two articles of one id would make links and file names ambiguous.
fn same_ids(drafts: &[Unsettled], report: &mut Report) {
    let mut first: BTreeMap<&str, &Member> = BTreeMap::new();
    for draft in drafts {
        if let Some(other) = first.insert(&draft.article.id, &draft.member) {
            let id = &draft.article.id;
            let message =
                words(format!("{} 的 id 也是 {id}", other.path), format!("{} has the id {id} too", other.path));
            report.push(
                Diagnostic::new(Code::ArticleId, Place::File(draft.member.file), message)
                    .hint("改文件名，或在文章里写 id: …", "rename the file, or write id: … in the article"),
            );
        }
    }
}

/// What the front matter says of photos wins over the Markdown, and that over captions.toml. A photo of the front matter that
/// the text doesn't show closes the article.
fn apply_notes(draft: &mut Draft, notes: &[PhotoNote], captions: &Captions, report: &mut Report) {
    for note in notes {
        let mut used = false;
        let wanted = &mut draft.wanted;
        each_figure(&mut draft.blocks, &mut |figures, place| {
            for figure in figures.iter_mut() {
                let asked = &mut wanted[figure.photo.0 as usize];
                if captions::same(&asked.dest, &note.wanted.dest) {
                    awaited(asked, note);
                    *place = note.place.unwrap_or(*place);
                    captions::overrule(figure, note);
                    used = true;
                }
            }
        });
        if !used {
            closes_article(draft, note, report);
        }
    }
    let wanted = &mut draft.wanted;
    each_figure(&mut draft.blocks, &mut |figures, place| {
        for figure in figures.iter_mut() {
            let asked = &mut wanted[figure.photo.0 as usize];
            if let Some(note) = captions.of(&asked.dest) {
                awaited(asked, note);
                if *place == FigurePlace::Auto {
                    *place = note.place.unwrap_or_default();
                }
                captions::supplement(figure, note);
            }
        }
    });
}

fn awaited(asked: &mut Wanted, note: &PhotoNote) {
    asked.pending |= note.wanted.pending;
    asked.shape = asked.shape.or(note.wanted.shape);
}

fn closes_article(draft: &mut Draft, note: &PhotoNote, report: &mut Report) {
    let message = words(
        format!("{} 在正文里没有位置，排在文末", note.wanted.dest),
        format!("{} has no place in the text and closes the article", note.wanted.dest),
    );
    report.push(Diagnostic::at(Code::PhotoPlacement, note.wanted.span, message));
    let photo = PhotoId(draft.wanted.len() as u32);
    draft.wanted.push(note.wanted.clone());
    let mut figure = Figure { photo, span: note.wanted.span, ..Figure::default() };
    captions::overrule(&mut figure, note);
    let kind = BlockKind::Figures { figures: vec![figure], place: note.place.unwrap_or_default() };
    draft.blocks.push(Block { id: BlockId(0), span: note.wanted.span, kind });
}

fn each_figure(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Figure>, &mut crate::doc::FigurePlace)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Figures { figures, place } => visit(figures, place),
            BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => each_figure(blocks, visit),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| each_figure(item, visit)),
            _ => {}
        }
    }
}

/// Figures get their photos; blocks get their numbers; anchors get their blocks.
fn settle(draft: Unsettled, settled: &Settled, report: &mut Report) -> Article {
    let Unsettled { mut article, questions, mut anchors, .. } = draft;
    only_first(&mut anchors, article.file, report);
    let lang = article.lang;
    let mut answer = |photo: PhotoId| questions[photo.0 as usize].and_then(|question| settled.photo(question));
    let mut complete = |figures: &mut [Figure]| {
        captions::complete(figures, lang, |figure| settled.embedded.get(figure.photo.0 as usize).cloned());
    };
    let mut answer = Answers { answer: &mut answer, complete: &mut complete, photos: &settled.photos, report };
    article.blocks = with_photos(article.blocks, &mut answer);
    for note in &mut article.notes {
        note.blocks = with_photos(std::mem::take(&mut note.blocks), &mut answer);
    }
    let mut numbering = Numbering { next: 0, anchors: BTreeMap::new(), places: anchors };
    numbering.blocks(&mut article.blocks);
    article.notes.iter_mut().for_each(|note| numbering.blocks(&mut note.blocks));
    article.anchors = numbering.anchors;
    article
}

/// Links lead to the first place of a name.
fn only_first(anchors: &mut Vec<(String, u32)>, file: FileId, report: &mut Report) {
    let mut first: BTreeMap<String, u32> = BTreeMap::new();
    anchors.retain(|(id, at)| {
        let is_first = *first.entry(id.clone()).or_insert(*at) == *at;
        if !is_first {
            report.push(structure::same_anchor(id, Span { file, start: *at, end: *at + 1 }));
        }
        is_first
    });
}

/// What figures are told of their photos.
struct Answers<'a> {
    answer: &'a mut dyn FnMut(PhotoId) -> Option<PhotoId>,
    complete: &'a mut dyn FnMut(&mut [Figure]),
    photos: &'a [Photo],
    report: &'a mut Report,
}

/// A figure whose picture is not there leaves its caption as a paragraph: no text is lost to a missing file.
fn with_photos(blocks: Vec<Block>, answers: &mut Answers) -> Vec<Block> {
    let mut out = vec![];
    for mut block in blocks {
        match &mut block.kind {
            BlockKind::Figures { figures, .. } => {
                let (mut shown, mut captions) = (vec![], vec![]);
                for mut figure in std::mem::take(figures) {
                    match (answers.answer)(figure.photo) {
                        Some(photo) => {
                            figure.photo = photo;
                            shown.push(figure);
                        }
                        None => captions.push((figure.span, figure.caption)),
                    }
                }
                (answers.complete)(&mut shown);
                shown.iter().for_each(|figure| answers.without_alt(figure));
                *figures = shown;
                if !figures.is_empty() {
                    out.push(block);
                }
                captions.retain(|(_, caption)| !caption.is_empty());
                out.extend(captions.into_iter().map(|(span, text)| Block {
                    id: BlockId(0),
                    span,
                    kind: BlockKind::Para { text },
                }));
                continue;
            }
            BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => {
                *blocks = with_photos(std::mem::take(blocks), answers)
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    *item = with_photos(std::mem::take(item), answers);
                }
            }
            _ => {}
        }
        out.push(block);
    }
    out
}

impl Answers<'_> {
    /// None is invented: the figure is described by its caption, and the editor hears of it, once the photo is there.
    fn without_alt(&mut self, figure: &Figure) {
        let pending = self.photos.get(figure.photo.0 as usize).is_some_and(Photo::is_pending);
        if figure.alt.is_none() && !pending {
            let message = words("照片没有替代文字", "the photo has no alternative text");
            self.report.push(Diagnostic::at(Code::PhotoNoAlt, figure.span, message).hint(
                "写成 ![看得见什么](photos/a.jpg \"图说\")，方括号里是替代文字，引号里是图说",
                "write ![what is to be seen](photos/a.jpg \"caption\"): alternative text in brackets, caption in quotes",
            ));
        }
    }
}

/// Numbers in document order: a block before what is within it, a table before its cells.
struct Numbering {
    next: u32,
    anchors: BTreeMap<String, u32>,
    /// Ids given to pictures, divs and spans, with their places: the innermost block there has them.
    places: Vec<(String, u32)>,
}

impl Numbering {
    fn take(&mut self) -> BlockId {
        self.next += 1;
        BlockId(self.next - 1)
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            block.id = self.take();
            for (id, _) in self.places.iter().filter(|(_, at)| (block.span.start..block.span.end).contains(at)) {
                self.anchors.insert(id.clone(), block.id.0);
            }
            match &mut block.kind {
                BlockKind::Heading { anchor: Some(anchor), .. } => {
                    self.anchors.entry(anchor.clone()).or_insert(block.id.0);
                }
                BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => self.blocks(blocks),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                BlockKind::Table(table) => {
                    for cell in table.cells_mut() {
                        cell.id = self.take();
                    }
                }
                _ => {}
            }
        }
    }
}
