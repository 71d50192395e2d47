//! A theme fitted to an issue's page.

use super::grid::Grid;
use super::parts::{Contents, Cover, Credits, Figures, Furniture, Opener, SectionStyle, Text};
use super::role::{Align, Role};
use super::roles::Roles;
use super::spec::Spec;
use crate::base::{Ink, Len, Swatch};
use crate::doc::{PageSetup, TypeSetup, Writing};
use crate::page::Hands;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub name: String,
    /// `Ink` indexes it.
    pub swatches: Vec<Swatch>,
    pub grid: Grid,
    pub roles: Roles,
    pub opener: Opener,
    pub text: Text,
    pub figures: Figures,
    pub furniture: Furniture,
    pub cover: Cover,
    pub contents: Contents,
    pub credits: Credits,
    pub sections: Vec<SectionStyle>,
    /// The ink of tints: the accent, or a section's own.
    pub accent: Ink,
    /// What it was fitted from: articles may have columns of their own.
    spec: Spec,
}

impl Theme {
    /// The theme's own ink beside black: section names, numbers, subheads.
    pub const ACCENT: Ink = Ink(2);
    /// Quiet text: captions, running heads.
    pub const GREY: Ink = Ink(3);

    /// What the manifest says of page and type wins; what it leaves open is the theme's.
    pub fn fit(spec: &Spec, page: &PageSetup, type_: &TypeSetup) -> Theme {
        let [wide, middle, narrow] = spec.page.columns;
        let columns = page.columns.unwrap_or(match page.trim.0 {
            width if width >= Len::mm(20000) => wide,
            width if width >= Len::mm(16000) => middle,
            _ => narrow,
        });
        let size = type_.size.unwrap_or_else(|| spec.page.size(columns));
        let grid = Grid::fit(&spec.page, page, columns, size);
        let mut roles = spec.roles.map(|role| role.fit(size, page.trim.0));
        roles.body.size = size;
        let Spec { name, swatches, opener, text, figures, furniture, cover, contents, credits, sections, .. } =
            spec.clone();
        let spec = spec.clone();
        Theme {
            name,
            swatches,
            grid,
            roles,
            opener,
            text,
            figures,
            furniture,
            cover,
            contents,
            credits,
            sections,
            accent: Theme::ACCENT,
            spec,
        }
    }

    /// The same theme with another number of columns, on the grid of the issue.
    pub fn with_columns(&self, columns: u8, page: &PageSetup, type_: &TypeSetup) -> Theme {
        let (baseline, writing) = (Some(self.grid.pitch), self.grid.writing);
        let page = PageSetup { columns: Some(columns), baseline, writing, ..page.clone() };
        self.refitted(&page, type_)
    }

    /// Fitted to another page, with the inks of the sections.
    fn refitted(&self, page: &PageSetup, type_: &TypeSetup) -> Theme {
        let (swatches, sections) = (self.swatches.clone(), self.sections.clone());
        Theme { swatches, sections, ..Theme::fit(&self.spec, page, type_) }
    }

    /// The same theme with horizontal lines, as covers, heads and folios have them whatever the text has.
    pub fn horizontal(&self, page: &PageSetup, type_: &TypeSetup) -> Theme {
        if !self.grid.is_vertical() {
            return self.clone();
        }
        self.refitted(&PageSetup { writing: Writing::Horizontal, ..page.clone() }, type_)
    }

    /// The theme's type as far as a reflowable edition has it too.
    pub fn hands(&self) -> Hands {
        let hand = |role: &Role| (role.family, role.weight);
        let roles = &self.roles;
        let inked = [
            ("section", &roles.section),
            ("kicker", &roles.kicker),
            ("heading", &roles.heading),
            ("pull_quote", &roles.pull_quote),
            ("box_title", &roles.box_title),
            ("question", &roles.question),
        ];
        let accented = inked.into_iter().filter(|(_, role)| role.ink == Self::ACCENT).map(|(name, _)| name);
        Hands {
            body: hand(&roles.body),
            title: hand(&roles.title),
            heading: hand(&roles.heading),
            label: hand(&roles.section),
            byline: hand(&roles.byline),
            caption: hand(&roles.caption),
            quote: hand(&roles.quote),
            pull_quote: hand(&roles.pull_quote),
            verse: hand(&roles.verse),
            question: hand(&roles.question),
            standfirst: hand(&roles.standfirst),
            table: hand(&roles.table),
            centred: roles.title.align == Align::Center,
            scholarly: self.opener.byline_first,
            ruled: self.opener.rule > Len::ZERO,
            tinted: self.text.box_tint > 0,
            accented: accented.collect(),
        }
    }

    /// How a section differs from the rest.
    pub fn section(&self, name: &str) -> Option<&SectionStyle> {
        self.sections.iter().find(|s| s.name == name)
    }
}
