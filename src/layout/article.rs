//! One article becomes leaves: its opener, its columns, what stands across them.
//!
//! In: a [`doc::Article`](crate::doc::Article). Out: [`Laid`]. Page breaking works on counts of grid lines; the last page's
//! columns are level.

use super::choice::{Choice, Extent};
use super::compose::Compose;
use super::fit::{self, finding, fit};
use super::flow::Flow;
use super::opener::Opener;
use super::pages::{Pages, Rest};
use super::paint::{Jump, Leaf};
use super::paper;
use super::set::{Setter, plain_run};
use crate::base::{Code, Diagnostic, Em, Ink, Len, Place, Report, words};
use crate::doc::{Article, BlockKind, FootKind, Issue, Start};
use crate::font::Library;
use crate::page::{Fit, NodeId, Role as NodeRole, Tree};
use crate::style::{Grid, OpenerTemplate, Pitch, Role, Template, Theme};

/// An article in its pages, with its own structure tree.
pub struct Laid {
    pub leaves: Vec<Leaf>,
    pub tree: Tree,
    pub report: Report,
    pub fit: Fit,
    /// Of its type area, and the size whose baselines are the grid's.
    pub grid: Grid,
    pub body: Len,
    pub tail: Option<Tail>,
    /// Lines that the white of its head gave to the text.
    shift: i16,
    /// Characters of its text and their lines.
    text: (i32, i32),
    /// The numbers of pages it could take.
    pub extents: Vec<Extent>,
}

/// The part of an article that stands elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Tail {
    /// The leaf that sends there, and the first one there.
    pub from: usize,
    pub first: usize,
    /// It follows this article.
    pub after: usize,
}

/// What an article has to do with the pages of others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sharing {
    pub below: Option<Below>,
    pub rest: Option<Rest>,
    /// So many leaves, if they can be had.
    pub leaves: Option<usize>,
    /// So many lines of the last page for a piece that follows.
    pub spare: Option<u16>,
}

/// Where an article begins that shares a page: below the end of another.
#[derive(Clone, Copy, Debug)]
pub struct Below {
    pub article: usize,
    /// The first free line.
    pub end: u16,
    /// It goes on there because it is short: its head is a short item's.
    pub short: bool,
}

/// How one article is set: what it says, else its section in the manifest, else its section in the theme.
struct Manner {
    template: Template,
    opener: OpenerTemplate,
    columns: Option<u8>,
    below: Option<Below>,
    rest: Option<Rest>,
    spare: Option<u16>,
    ink: Option<Ink>,
}

impl Manner {
    fn of(issue: &Issue, index: usize, theme: &Theme) -> Manner {
        let article = &issue.articles[index];
        let section = issue.section_of(index);
        let style = section.and_then(|s| theme.section(&s.name)).cloned().unwrap_or_default();
        let named = article.template.as_deref().or(section.and_then(|s| s.template.as_deref()));
        let template = named.and_then(Template::named).or(style.template).unwrap_or_else(|| by_content(article));
        // A letter has a column fewer than the rest of the issue; poems want two at most.
        let fewer = match template {
            Template::Letter => Some((theme.grid.columns - 1).max(1)),
            Template::Verse => Some(theme.grid.columns.min(2)),
            _ => None,
        };
        let columns = article.columns.or(section.and_then(|s| s.columns)).or(style.columns).or(fewer);
        Manner {
            template,
            opener: style.opener.unwrap_or(theme.opener.template),
            columns,
            below: None,
            rest: None,
            spare: None,
            ink: style.ink,
        }
    }

    fn below(self, below: Option<Below>) -> Manner {
        // A photo over the head belongs at a page's top.
        let opener = if below.is_some() { OpenerTemplate::Type } else { self.opener };
        let short = below.is_some_and(|b| b.short) && self.template == Template::Article;
        Manner { below, opener, template: if short { Template::Brief } else { self.template }, ..self }
    }

    /// Lines of white that the head may give to the text, and take from it.
    fn yields(&self, theme: &Theme) -> (u16, u16) {
        (u16::from(theme.opener.above) / 2, 4)
    }

    /// The theme with what this article has otherwise; None where it has nothing.
    fn theme(&self, theme: &Theme, issue: &Issue) -> Option<Theme> {
        let columns = self.columns.filter(|n| *n != theme.grid.columns);
        let brief = self.template == Template::Brief;
        if columns.is_none() && !brief && self.below.is_none() && self.ink.is_none() {
            return None;
        }
        let mut own = columns.map_or_else(|| theme.clone(), |n| theme.with_columns(n, &issue.page, &issue.type_));
        if brief {
            let title = &mut own.roles.title;
            (title.size, title.pitch) = (title.size * 3 / 5, Pitch::new(2, 1));
            (own.opener.above, own.opener.below) = (0, own.opener.below.min(1));
        }
        if let Some(ink) = self.ink {
            own = own.accented(ink);
        }
        if self.below.is_some() {
            own.opener.above = 0;
            own.opener.rule = if brief { Len::ZERO } else { own.opener.rule };
        }
        Some(own)
    }
}

/// Lays one article out.
pub fn lay(issue: &Issue, index: usize, (theme, library): (&Theme, &Library), sharing: Sharing) -> Laid {
    let latin = theme.grid.is_vertical() && !issue.articles[index].lang.goes_vertical();
    let flat = latin.then(|| theme.horizontal(&issue.page, &issue.type_));
    let theme = flat.as_ref().unwrap_or(theme);
    let manner =
        Manner { rest: sharing.rest, spare: sharing.spare, ..Manner::of(issue, index, theme).below(sharing.below) };
    let own = manner.theme(theme, issue);
    let theme = own.as_ref().unwrap_or(theme);
    let wanted = sharing.leaves.or(issue.articles[index].pages.map(usize::from));
    let mut laid = set(issue, index, (theme, library), (&manner, wanted));
    let article = &issue.articles[index];
    laid.fit = fit(article, (&laid.leaves, laid.shift), &theme.grid, laid.text);
    laid.report.findings.extend(finding(article, &laid.leaves, &laid.fit, &theme.grid));
    laid
}

fn set(
    issue: &Issue,
    index: usize,
    (theme, library): (&Theme, &Library),
    (manner, wanted): (&Manner, Option<usize>),
) -> Laid {
    let article = &issue.articles[index];
    let mut setter = Setter::new(issue, theme, library, article.lang).within(article);
    let node = setter.tree.add(Tree::ROOT, NodeRole::Article);
    setter.tree.node_mut(node).lang = Some(article.lang);
    // What stands above it on its page says the section's name already.
    let same = manner.below.is_some_and(|b| issue.same_section(b.article, index));
    let section = issue.section_of(index).map(|s| s.name.as_str()).filter(|_| !same);
    let opener = Opener::set(&mut setter, article, section, (node, manner.opener));
    let flow = composed(&mut setter, index, (node, &opener), manner);
    let circled = setter.circled_glyphs();
    let (from, rest, texts) = (manner.below.map(|b| b.end), manner.rest, &setter.texts);
    let grid = &theme.grid;
    let pages = Pages { flow: &flow, grid, opener: &opener, texts, circled: &circled, from, rest, shift: 0 };
    let head = if from.is_some() || rest.is_some() || opener.is_below_photo() { (0, 0) } else { manner.yields(theme) };
    let hosts = rest.is_some() || followed(issue, index);
    let photos = manner.template == Template::Photos;
    let chosen = Choice { pages, head, hosts, spare: manner.spare, photos, wanted }.best();
    let mut leaves = Pages { flow: &chosen.flow, shift: chosen.shift, ..pages }.leaves(&chosen.sheets);
    let tail = rest.and_then(|rest| divided(&mut leaves, rest));
    leaves[0].joins = manner.below.map(|b| b.article);
    let mut report = setter.report;
    report.findings.extend(flow.shown(&chosen.forms).flat_map(|(_, form)| form.findings.iter().cloned()));
    if chosen.overfull {
        let message = words("有内容比一栏还高", "something is taller than a column");
        report.push(
            Diagnostic::new(Code::LayoutOverflow, Place::File(article.file), message)
                .hint("把表格或段落拆开，或减少栏数", "divide the table or paragraph, or take fewer columns"),
        );
    }
    let text = fit::text(&setter.texts, theme.grid.measure.count(theme.roles.body.size));
    let (tree, grid, body) = (setter.tree, theme.grid.clone(), theme.roles.body.size);
    Laid {
        leaves,
        tree,
        report,
        fit: Fit::default(),
        grid,
        body,
        tail,
        text,
        shift: chosen.shift,
        extents: chosen.extents,
    }
}

/// The article below its head.
fn composed(setter: &mut Setter, index: usize, (node, opener): (NodeId, &Opener), manner: &Manner) -> Flow {
    let (issue, theme) = (setter.issue, setter.theme);
    let article = &issue.articles[index];
    let mut compose = Compose::new(setter, index as u32);
    compose.photos = manner.template == Template::Photos;
    compose.taken = opener.hero.as_ref().map(|h| h.block);
    compose.figures = usize::from(compose.taken.is_some());
    let capped = matches!(manner.template, Template::Article | Template::Letter | Template::Photos);
    compose.drop_cap = if capped { theme.opener.drop_cap } else { 0 };
    compose.article(article, node);
    let scholarly = theme.opener.byline_first;
    if scholarly {
        paper::first_page_notes(&mut compose, article, node);
    }
    let foot = issue.foot(article, scholarly).into_iter().filter(|foot| foot.kind != FootKind::FirstPage);
    compose.foot(&foot.map(|foot| foot.text).collect::<Vec<_>>(), node);
    if scholarly {
        paper::english(&mut compose, &article.paper.english, node);
    }
    compose.flow
}

/// The next article begins where this one ends, if there is room.
fn followed(issue: &Issue, index: usize) -> bool {
    issue.articles.get(index + 1).is_some_and(|next| next.start == Start::Continue)
}

/// Marks the leaf that goes on below another article; None where all stands on the first page.
fn divided(leaves: &mut [Leaf], rest: Rest) -> Option<Tail> {
    let from = leaves.iter().position(|leaf| leaf.jump == Some(Jump::To))?;
    let Some(first) = leaves.iter().position(|leaf| matches!(leaf.jump, Some(Jump::From(_)))) else {
        leaves[from].jump = None;
        return None;
    };
    leaves[first].joins = rest.below.map(|(host, _)| host);
    Some(Tail { from, first, after: rest.after })
}

/// Four pictures or more and little text to each are an essay in photos.
fn by_content(article: &Article) -> Template {
    let (mut pictures, mut chars) = (0, 0);
    article.walk(&mut |block| match &block.kind {
        BlockKind::Figures { figures, .. } => pictures += figures.len() as u32,
        BlockKind::Para { text } => chars += crate::doc::chars(text),
        _ => {}
    });
    if pictures >= 4 && chars < pictures * 100 { Template::Photos } else { Template::Article }
}

/// A name: two Han characters are set on three em, by spacing alone.
pub fn name_run(name: &str, role: &Role) -> crate::text::TextRun {
    let mut run = plain_run(name, role);
    if name.chars().count() == 2 && name.chars().all(crate::text::is_cjk) {
        run.style.tracking = Em::ONE.of(role.size);
    }
    run
}
