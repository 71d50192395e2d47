//! Every kind of text there is, once.

use super::role::Role;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// One `T` for each kind of text.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Roles<T = Role> {
            $($(#[$doc])* pub $name: T,)*
        }

        /// The names of the roles, as a theme file writes them.
        pub const ROLES: &[&str] = &[$(stringify!($name)),*];

        impl<T> Roles<T> {
            /// `of(name)` for each.
            pub fn build(mut of: impl FnMut(&'static str) -> T) -> Roles<T> {
                Roles { $($name: of(stringify!($name)),)* }
            }
            pub fn map<U>(&self, mut to: impl FnMut(&T) -> U) -> Roles<U> {
                Roles { $($name: to(&self.$name),)* }
            }
        }
    };
}

roles! {
    body
    /// The first letter of an article, over several lines.
    drop_cap
    quote
    code
    /// 小标题, first level.
    heading
    /// Second level and below.
    subheading
    /// 栏目, above an article's title.
    section
    /// 引题.
    kicker
    title
    subtitle
    /// 提要; in a journal, the abstract.
    standfirst
    /// 编者按.
    editors_note
    keywords
    byline
    author_note
    pull_quote
    box_title
    box_text
    verse
    /// Who asks in an interview, and what.
    question
    caption
    credit
    note
    table
    running_head
    folio
    /// Small labels: sections in the contents, 广告.
    label
    contents_heading
    contents_lead
    contents_entry
    contents_number
    contents_summary
    masthead
    /// The issue's number and date on the cover.
    issue_line
    cover_kicker
    cover_headline
    cover_line
    colophon_title
    colophon
}
