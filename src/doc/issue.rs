//! The issue: the magazine's standing matter, this number, its page, its articles.

use super::article::{Article, Start};
use super::calm::Calm;
use super::photo::{Photo, PhotoId};
use crate::base::{Date, Lang, Len};

/// Everything `read` understood. Articles stand in the order they are printed.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    pub magazine: Magazine,
    pub number: IssueNumber,
    pub page: PageSetup,
    pub type_: TypeSetup,
    pub contents: Contents,
    pub sections: Vec<Section>,
    pub articles: Vec<Article>,
    /// Each distinct photo once; `PhotoId` indexes it.
    pub photos: Vec<Photo>,
    /// Where the cover's picture is calm, if it could be measured.
    pub cover_calm: Option<Calm>,
    /// 版权页 in printing order.
    pub colophon: Vec<ColophonLine>,
    /// The stem of every output file: `shanxing-2026-09`.
    pub slug: String,
    /// The date that files carry: SOURCE_DATE_EPOCH, else revised, else date, else the year's first day.
    pub stamp: Option<Date>,
}

#[derive(Clone, Debug, Default)]
pub struct Magazine {
    pub title: String,
    pub title_en: Option<String>,
    pub title_pinyin: Option<String>,
    pub lang: Lang,
    /// Eight characters with a hyphen, check digit verified by the reader.
    pub issn: Option<String>,
    pub cn: Option<String>,
    pub publisher: Option<String>,
    pub rights: Option<String>,
}

/// 本期.
#[derive(Clone, Debug, Default)]
pub struct IssueNumber {
    pub year: Option<u16>,
    /// `9`, or `9-10` for a combined issue.
    pub number: Option<String>,
    /// 卷.
    pub volume: Option<String>,
    /// 总期号.
    pub serial: Option<String>,
    pub date: Option<Date>,
    pub revised: Option<Date>,
    pub price: Option<String>,
    /// The headline of the cover, and its kicker line.
    pub theme: Option<String>,
    pub cover: Option<PhotoId>,
    pub cover_lines: Vec<String>,
    /// Overrides the words made from year and number.
    pub label: Option<String>,
}

impl IssueNumber {
    /// The cover's headline in one line: without the marks where it may be divided.
    pub fn plain_theme(&self) -> Option<String> {
        self.theme.as_ref().map(|theme| theme.replace(['|', '\u{200b}'], ""))
    }
}

#[derive(Clone, Debug)]
pub struct PageSetup {
    pub trim: (Len, Len),
    pub bleed: Len,
    /// Crop and registration marks outside the bleed.
    pub marks: bool,
    pub binding: Binding,
    pub margins: Option<Margins>,
    /// 1–3; None: the theme's.
    pub columns: Option<u8>,
    /// Line pitch of the baseline grid; None: the theme's.
    pub baseline: Option<Len>,
    pub first_folio: u32,
}

/// Inner is the side of the spine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    pub top: Len,
    pub bottom: Len,
    pub inner: Len,
    pub outer: Len,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    #[default]
    Saddle,
    Perfect,
    /// Loose pages: no cover, no pads.
    None,
}

impl Binding {
    /// The number of pages is a multiple of this (a sheet folded once has four pages, a leaf two).
    pub const fn multiple(self) -> usize {
        match self {
            Binding::Saddle => 4,
            Binding::Perfect => 2,
            Binding::None => 1,
        }
    }
}

impl Default for PageSetup {
    fn default() -> Self {
        PageSetup {
            trim: (Len::mm(21000), Len::mm(28500)),
            bleed: Len::mm(300),
            marks: true,
            binding: Binding::Saddle,
            margins: None,
            columns: None,
            baseline: None,
            first_folio: 1,
        }
    }
}

#[derive(Clone, Debug)]
pub struct TypeSetup {
    /// Family names; None: the theme's.
    pub body: Option<String>,
    pub heading: Option<String>,
    pub size: Option<Len>,
    /// First-line indent in em.
    pub indent: u8,
    /// None: by convention (gb for the mainland and Hong Kong, basic for Taiwan).
    pub kinsoku: Option<Kinsoku>,
    /// None: by convention (hangmo; fixed for Taiwan).
    pub punctuation: Option<PunctuationStyle>,
    /// Stops may hang outside the measure at a line's end.
    pub hanging: bool,
    /// ¼ em between Han and Latin.
    pub autospace: bool,
    pub emphasis: Emphasis,
    pub notes: NotesPlace,
}

impl Default for TypeSetup {
    fn default() -> Self {
        TypeSetup {
            body: None,
            heading: None,
            size: None,
            indent: 2,
            kinsoku: None,
            punctuation: None,
            hanging: false,
            autospace: true,
            emphasis: Emphasis::Kai,
            notes: NotesPlace::Article,
        }
    }
}

/// Levels of prohibition at line start and line end (clreq §Prohibition Rules for Line Start and Line End).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinsoku {
    None,
    Basic,
    Gb,
    Strict,
}

/// How wide marks are set (clreq §Punctuation Width Adjustment; the names are Chinese trade terms).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PunctuationStyle {
    /// One em each, everywhere: Taiwan's default.
    Fixed,
    /// 全身式: one em, adjacent pairs squeezed, one em at the line's end.
    Quanjiao,
    /// 行末半角: as above, and half an em at the line's end (GB/T 15834 5.1.10). The mainland's default.
    Hangmo,
    /// 开明式: one em for 。？！：, half for the rest.
    Kaiming,
    /// 全部半角.
    Banjiao,
    /// As `Hangmo`, adjacent pairs one em together.
    Tight,
}

/// Where the PDFs set notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesPlace {
    /// ① ② … at the foot of the column that has the mark, numbered page by page.
    Page,
    /// `[1]` `[2]` … after the article (GB/T 7714).
    #[default]
    Article,
}

/// What `*x*` becomes beside Han: never a slanted Han.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    #[default]
    Kai,
    Dots,
}

#[derive(Clone, Debug)]
pub struct Contents {
    pub title: String,
    pub show_authors: bool,
}

impl Default for Contents {
    fn default() -> Self {
        Contents { title: "目次".into(), show_authors: true }
    }
}

/// 栏目: a named run of articles.
#[derive(Clone, Debug)]
pub struct Section {
    pub name: String,
    pub start: Start,
    /// Indexes into `Issue::articles`, consecutive.
    pub articles: std::ops::Range<usize>,
}

/// One line of the colophon: `主编　林远`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColophonLine {
    pub label: String,
    pub values: Vec<String>,
}

/// A table column's alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

impl Issue {
    pub fn photo(&self, id: PhotoId) -> &Photo {
        &self.photos[id.0 as usize]
    }
    pub fn lang(&self) -> Lang {
        self.magazine.lang
    }
    /// `2026年第9期`, `Issue 9, 2026`, or the manifest's own label; empty when nothing is known.
    pub fn issue_line(&self) -> String {
        let n = &self.number;
        if let Some(label) = &n.label {
            return label.clone();
        }
        let han = self.lang() != Lang::En;
        let year = n.year.map(|y| if han { format!("{y}年") } else { y.to_string() });
        let number = n.number.as_ref().map(|x| if han { format!("第{x}期") } else { format!("Issue {x}") });
        match (year, number) {
            (Some(y), Some(x)) if han => format!("{y}{x}"),
            (Some(y), Some(x)) => format!("{x}, {y}"),
            (y, x) => y.or(x).unwrap_or_default(),
        }
    }
    /// The issue's full name: 山行 2026年第9期.
    pub fn full_title(&self) -> String {
        [self.magazine.title.clone(), self.issue_line()].join(" ").trim().to_string()
    }
    /// The section an article belongs to, by name.
    pub fn section_of(&self, article: usize) -> Option<&Section> {
        self.sections.iter().find(|s| s.articles.contains(&article))
    }
}
