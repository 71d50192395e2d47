//! What an issue has besides its articles: covers, contents, sections, advertisements, corrections.

use super::Focus;
use super::article::Start;
use super::photo::PhotoId;
use crate::base::Span;

/// A picture or a page of a PDF file (`ad.pdf#2`) that fills a page or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    /// As written, for messages.
    pub name: String,
    /// None where there is no usable file.
    pub photo: Option<PhotoId>,
    pub span: Span,
}

/// How the front shows its photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverTemplate {
    /// To the edges of the page.
    Photo,
    /// Whole, within the margins.
    Framed,
    /// Not at all: type on the theme's ground.
    Type,
}

/// `[cover]`: the four cover pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverSetup {
    /// The front's picture (`[issue] cover` says the same), or the designer's finished page as PDF.
    pub front: Option<Placed>,
    pub inside_front: Option<Placed>,
    pub inside_back: Option<Placed>,
    pub back: Option<Placed>,
    /// The title's lettering as a drawing, instead of the title in type.
    pub masthead: Option<Placed>,
    /// What the cover's picture shows, and whose it is.
    pub credit: Option<String>,
    /// None: where there is an ISSN and a number to make it from.
    pub barcode: Option<bool>,
    /// Thirteen digits, verified, where they are not those of the ISSN.
    pub barcode_number: Option<String>,
    /// The two digits of the add-on, where they are not the issue's number.
    pub barcode_addon: Option<String>,
    /// None: as the theme says and the photo's pixels allow.
    pub template: Option<CoverTemplate>,
    /// The point of the photo that is kept where it is cut to the page; None: it isn't cut.
    pub focus: Option<Focus>,
    /// Words on the spine; None: title, year and number.
    pub spine: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    pub title: String,
    pub show_authors: bool,
    pub show_section: bool,
    /// Leaders between title and page.
    pub dots: Option<bool>,
    /// Whether contents pages show their folio; None: as the theme says.
    pub folio: Option<bool>,
    /// Summaries under the titles; None: as the theme says.
    pub summary: Option<bool>,
}

impl Default for Contents {
    fn default() -> Self {
        Contents {
            title: "目次".into(),
            show_authors: true,
            show_section: true,
            dots: None,
            folio: None,
            summary: None,
        }
    }
}

/// 栏目: a named run of articles.
#[derive(Clone, Debug)]
pub struct Section {
    pub name: String,
    pub start: Start,
    /// 1–3, for its articles that don't say themselves.
    pub columns: Option<u8>,
    pub colour: Option<Colour>,
    /// The theme's template for its articles, by name.
    pub template: Option<String>,
    /// Indexes into `Issue::articles`, consecutive.
    pub articles: std::ops::Range<usize>,
}

/// A colour as the manifest writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Colour {
    /// A swatch of the theme: `accent`.
    Swatch(String),
    /// `#1f4a3d`.
    Rgb([u8; 3]),
    /// `C80 M40 Y65 K35`, in percent.
    Cmyk([u8; 4]),
}

/// `[[ads]]`: an advertisement on a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ad {
    pub file: Placed,
    /// The advertiser, for the index of advertisements and the flat plan.
    pub title: String,
    pub place: AdPlace,
    /// Whether the page bears the word 广告.
    pub marked: bool,
    pub span: Span,
}

/// Where an advertisement stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AdPlace {
    InsideFront,
    InsideBack,
    Back,
    /// After this article, by its index in `Issue::articles`.
    After(usize),
    /// After the last article.
    #[default]
    End,
}

/// `[[errata]]`: 更正 of an earlier number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erratum {
    /// The number that is corrected: `2026年第8期`.
    pub issue: Option<String>,
    /// The page label there.
    pub page: Option<String>,
    /// The article or the place: `《山路》第3段`.
    pub place: Option<String>,
    /// 误 and 正.
    pub wrong: Option<String>,
    pub right: Option<String>,
    /// The correction in the editor's own words.
    pub text: Option<String>,
    pub span: Span,
}

impl Erratum {
    /// `2026年第8期第12页《山路》：“甲”应为“乙”。`
    pub fn line(&self) -> String {
        let page = self.page.as_ref().map(|p| format!("第{p}页"));
        let head: String = [self.issue.clone(), page, self.place.clone()].into_iter().flatten().collect();
        let words = match (&self.wrong, &self.right) {
            (Some(wrong), Some(right)) => Some(format!("“{wrong}”应为“{right}”。")),
            _ => None,
        };
        let said: String = [words, self.text.clone()].into_iter().flatten().collect();
        if head.is_empty() { said } else { format!("{head}：{said}") }
    }
}
