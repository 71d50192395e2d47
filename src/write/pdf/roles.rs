//! Roles as PDF's standard structure types (ISO 32000-1 §14.8.4).

use crate::page::Role;

/// The structure type's name.
pub fn name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Article => "Art",
        Role::Section => "Sect",
        Role::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
        Role::Paragraph => "P",
        Role::BlockQuote => "BlockQuote",
        Role::List { .. } | Role::Particulars => "L",
        Role::ListItem => "LI",
        Role::ListLabel => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableRow => "TR",
        Role::TableHead { .. } => "TH",
        Role::TableCell(_) => "TD",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Code => "Code",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Ruby => "Ruby",
        Role::RubyBase => "RB",
        Role::RubyText => "RT",
        Role::Span => "Span",
        Role::Toc => "TOC",
        Role::TocItem => "TOCI",
    }
}
