//! One article becomes leaves: its opener, its columns, what stands across them.
//!
//! In: a [`doc::Article`](crate::doc::Article). Out: [`Laid`]. Page breaking works on counts of grid lines; the last page's
//! columns are level.

use super::compose::{Compose, FigureSize};
use super::fit::{finding, fit};
use super::opener::Opener;
use super::pages::Pages;
use super::paint::Leaf;
use super::set::{Setter, plain_run};
use crate::base::{Code, Diagnostic, Em, Len, Place, Report, words};
use crate::doc::{Article, BlockKind, Issue};
use crate::font::Library;
use crate::page::{Fit, Role as NodeRole, Tree};
use crate::style::{OpenerTemplate, Pitch, Role, Template, Theme};

/// An article in its pages, with its own structure tree.
pub struct Laid {
    pub leaves: Vec<Leaf>,
    pub tree: Tree,
    pub report: Report,
    pub fit: Fit,
    /// Of its type area.
    pub width: Len,
}

/// How one article is set: what it says, else its section in the manifest, else its section in the theme.
struct Manner {
    template: Template,
    opener: OpenerTemplate,
    columns: Option<u8>,
}

impl Manner {
    fn of(issue: &Issue, index: usize, theme: &Theme) -> Manner {
        let article = &issue.articles[index];
        let section = issue.section_of(index);
        let style = section.and_then(|s| theme.section(&s.name)).cloned().unwrap_or_default();
        let named = article.template.as_deref().or(section.and_then(|s| s.template.as_deref()));
        let template = named.and_then(Template::named).or(style.template).unwrap_or_else(|| by_content(article));
        // A letter has a column fewer than the rest of the issue.
        let letter = (template == Template::Letter).then(|| (theme.grid.columns - 1).max(1));
        let columns = article.columns.or(section.and_then(|s| s.columns)).or(style.columns).or(letter);
        Manner { template, opener: style.opener.unwrap_or(theme.opener.template), columns }
    }
}

/// Lays one article out, its photos as large as they may be; smaller where the last page would else be almost empty.
pub fn lay(issue: &Issue, index: usize, theme: &Theme, library: &Library) -> Laid {
    let manner = Manner::of(issue, index, theme);
    let asked = manner.columns.filter(|n| *n != theme.grid.columns);
    let mut own = asked.map(|n| theme.with_columns(n, &issue.page, &issue.type_));
    if manner.template == Template::Brief {
        let theme = own.get_or_insert_with(|| theme.clone());
        let title = &mut theme.roles.title;
        (title.size, title.pitch) = (title.size * 3 / 5, Pitch::new(2, 1));
    }
    let theme = own.as_ref().unwrap_or(theme);
    let room = u32::from(theme.grid.rows) * u32::from(theme.grid.columns);
    let stranded =
        |laid: &Laid| laid.leaves.len() > 1 && laid.leaves.last().is_some_and(|l| u32::from(l.lines) * 4 < room);
    let lay_with = |size| lay_with(issue, index, (theme, library), (&manner, size));
    let mut best = lay_with(FigureSize::Large);
    for size in [FigureSize::Medium, FigureSize::Small] {
        if !stranded(&best) || !best.leaves.iter().any(|l| l.across) {
            break;
        }
        let smaller = lay_with(size);
        if smaller.leaves.len() < best.leaves.len() || !stranded(&smaller) {
            best = smaller;
        }
    }
    let article = &issue.articles[index];
    best.fit = fit(article, &best.leaves, &theme.grid, theme.roles.body.size);
    best.report.findings.extend(finding(article, &best.leaves, &best.fit, &theme.grid));
    best
}

fn lay_with(
    issue: &Issue,
    index: usize,
    (theme, library): (&Theme, &Library),
    (manner, size): (&Manner, FigureSize),
) -> Laid {
    let article = &issue.articles[index];
    let mut setter = Setter::new(issue, theme, library, article.lang).within(article);
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    setter.tree.node_mut(node).lang = Some(article.lang);
    let section = issue.section_of(index).map(|s| s.name.as_str());
    let opener = Opener::set(&mut setter, article, section, (node, manner.opener));
    let mut compose = Compose::new(&mut setter, index as u32);
    compose.figure_size = size;
    compose.photos = manner.template == Template::Photos;
    compose.taken = opener.hero.as_ref().map(|h| h.block);
    compose.figures = usize::from(compose.taken.is_some());
    let capped = matches!(manner.template, Template::Article | Template::Letter | Template::Photos);
    compose.drop_cap = if capped { theme.opener.drop_cap } else { 0 };
    compose.article(article, node);
    let foot: Vec<String> = issue.foot(article).into_iter().map(|foot| foot.text).collect();
    compose.foot(&foot, node);
    let flow = compose.flow;
    let circled = setter.circled_glyphs();
    let pages = Pages { flow: &flow, grid: &theme.grid, opener: &opener, texts: &setter.texts, circled: &circled };
    let (leaves, overfull) = pages.run();
    let mut report = setter.report;
    if overfull {
        let message = words("有内容比一栏还高", "something is taller than a column");
        report.push(
            Diagnostic::new(Code::LayoutOverflow, Place::File(article.file), message)
                .hint("把表格或段落拆开，或减少栏数", "divide the table or paragraph, or take fewer columns"),
        );
    }
    Laid { leaves, tree: setter.tree, report, fit: Fit::default(), width: theme.grid.width }
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
