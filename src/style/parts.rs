//! What a theme decides beside its grid and its type: templates, rules, ornaments.

use super::role::Align;
use crate::base::{Ink, Len};

/// The head of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    pub template: OpenerTemplate,
    /// Lines of the drop cap; under 2: none.
    pub drop_cap: u8,
    /// Names before the abstract, as journals have it; else below the standfirst.
    pub byline_first: bool,
    /// The hairline above the byline; zero: none.
    pub rule: Len,
    /// Hairlines above and below standfirst and keywords: an abstract.
    pub abstract_rules: Len,
    /// The standfirst's measure as a share of the type area's width, in percent.
    pub standfirst_width: u8,
    /// Blank lines above the section's name, and between the head and the text.
    pub above: u8,
    pub below: u8,
    /// Articles begin on right-hand pages.
    pub recto: bool,
}

/// How an article opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenerTemplate {
    /// By what the article begins with.
    #[default]
    Auto,
    /// Type alone; a first photo stands where the text mentions it.
    Type,
    /// The first photo across the type area, the head below it.
    Photo,
    /// The first photo to the edges of the page's upper half, the head below it.
    Half,
    /// The first photo fills the left page, the head opens the right one.
    Spread,
}

/// What kind of piece an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Template {
    #[default]
    Article,
    /// Photos on the grid, one to four a page, their captions together.
    Photos,
    /// Short items: a smaller title.
    Brief,
    /// 卷首语: a column fewer, no drop cap but its own.
    Letter,
    /// Poems: no drop cap.
    Verse,
    /// Questions and answers: no drop cap.
    Interview,
}

impl Template {
    /// By what an article, a section or a theme calls it.
    pub const NAMES: &'static [(&'static str, Template)] = &[
        ("article", Template::Article),
        ("photos", Template::Photos),
        ("brief", Template::Brief),
        ("letter", Template::Letter),
        ("verse", Template::Verse),
        ("interview", Template::Interview),
        ("文章", Template::Article),
        ("影像", Template::Photos),
        ("短讯", Template::Brief),
        ("卷首", Template::Letter),
        ("诗", Template::Verse),
        ("詩", Template::Verse),
        ("访谈", Template::Interview),
        ("訪談", Template::Interview),
    ];

    pub fn named(name: &str) -> Option<Template> {
        Self::NAMES.iter().find(|(n, _)| *n == name.trim()).map(|(_, template)| *template)
    }
}

/// Ornaments of the running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// After the last character; empty: none.
    pub end_mark: String,
    /// A thematic break; empty: a short rule.
    pub ornament: String,
    /// Rules above and below a pull quote.
    pub pull_rules: (Len, Len),
    /// The tint behind a box, in percent of the accent; 0: hairlines instead.
    pub box_tint: u8,
}

/// Pictures in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Between a picture and its caption.
    pub caption_gap: Len,
    /// A one-line caption's place.
    pub caption_align: Align,
    /// At most this many percent of the type area's height.
    pub tallest: u8,
}

/// What stands outside the type area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    pub folio: Side,
    pub head: Side,
    /// A hairline under the running head; zero: none.
    pub head_rule: Len,
    /// The first page of an article has no running head.
    pub bare_openers: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Outer,
    Center,
    None,
}

/// The four covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The ground of a cover without a photo, and of the back.
    pub ground: Ink,
    /// What type on that ground is printed with.
    pub type_on_ground: Ink,
    /// Darkness of the veil over the photo's head and foot, in percent.
    pub veil: (u8, u8),
    /// Below the masthead; zero: none.
    pub rule: Len,
    pub align: Align,
    /// The photo to the edges, or framed on the paper.
    pub framed: bool,
    /// 主管 and 主办 stand below the cover lines.
    pub sponsors: bool,
    /// How much of the ground's ink an inside cover has that nothing stands on, in percent.
    pub endpaper: u8,
}

/// 目次.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Small photos beside the entries, where the page has three columns.
    pub photos: bool,
    /// Lines of each standfirst, where all entries still fit on a page or two.
    pub summaries: u8,
    /// Dots between title and page number.
    pub leaders: bool,
    /// The page number before the title, or at the right edge.
    pub number_first: bool,
}

/// The lines under an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    /// What each is introduced by on its line: between role and names.
    pub colon: String,
}

/// How the articles of one section differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionStyle {
    pub name: String,
    pub opener: Option<OpenerTemplate>,
    pub template: Option<Template>,
    pub columns: Option<u8>,
    pub recto: Option<bool>,
    /// In the place of the accent; from the manifest.
    pub ink: Option<Ink>,
}
