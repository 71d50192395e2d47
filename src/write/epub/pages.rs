//! Page markers: where each printed page begins in the EPUB, under the label it has in the PDF.
//!
//! In: the book's pages. Out: [`Marks`], every page once. A page's marker stands where its flow text begins
//! ([`Page::first`](crate::page::Page::first)). A page without flow text has its marker before the next page's, or at the
//! end of its own article where the text has ended; the cover's is in the cover document, and those after the last flow text are in the colophon. (EPUB 3.3 §5.4.2
//! page-list; DPUB-ARIA doc-pagebreak.)

use super::xml::Xml;
use crate::base::{BlockId, Pos};
use crate::doc::{Article, Issue, PageMark};
use crate::page::{Book, Page, PageKind};

/// One page's marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Unique in the whole EPUB: `p-12` for the twelfth page, whatever its label.
    pub id: String,
    /// As printed.
    pub label: String,
    pub spot: Spot,
}

/// Where a marker stands. The order of spots is the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Cover,
    Text(Pos),
    /// Before the colophon's text.
    Colophon,
    /// After it.
    End,
}

/// All markers in reading order.
pub struct Marks(pub Vec<Mark>);

impl Marks {
    /// `articles` is their number; `colophon` says whether the issue has one.
    pub fn of(book: &Book, articles: usize, colophon: bool) -> Marks {
        let last = match (colophon, articles.checked_sub(1)) {
            (true, _) => None,
            (false, Some(article)) => Some(Spot::Text(end_of(article))),
            (false, None) => Some(Spot::Cover),
        };
        let trailing = book.pages.iter().rposition(|p| flow(p, articles).is_some()).map_or(0, |i| i + 1);
        let imprint = (trailing..book.pages.len()).find(|i| has_matter(&book.pages[*i])).unwrap_or(book.pages.len());
        let spot = |i: usize| {
            let next = book.pages[i..].iter().find_map(|p| flow(p, articles));
            match next {
                _ if i == 0 && is_front_cover(&book.pages[0], articles) => Spot::Cover,
                Some(pos) => Spot::Text(ended(&book.pages[i], pos).unwrap_or(pos)),
                None => last.unwrap_or(if i <= imprint { Spot::Colophon } else { Spot::End }),
            }
        };
        let mut marks: Vec<Mark> = (book.pages.iter().enumerate())
            .map(|(i, page)| Mark { id: format!("p-{}", i + 1), label: label(page, i), spot: spot(i) })
            .collect();
        marks.sort_by_key(|m| m.spot);
        Marks(marks)
    }

    /// The page marks of the manuscripts win: an article that has any has no others (`{page=37}`).
    pub fn with_earlier(mut self, issue: &Issue) -> Marks {
        for (i, article) in issue.articles.iter().enumerate() {
            let own = earlier(i, article);
            if !own.is_empty() {
                self.0.retain(|m| !matches!(m.spot, Spot::Text(pos) if pos.article as usize == i));
                self.0.extend(own);
            }
        }
        self.0.sort_by_key(|m| m.spot);
        self
    }

    pub fn at(&self, spot: Spot) -> impl Iterator<Item = &Mark> {
        self.0.iter().filter(move |m| m.spot == spot)
    }

    /// The markers within an article, in order.
    pub fn in_article(&self, article: usize) -> impl Iterator<Item = (Pos, &Mark)> {
        self.0.iter().filter_map(move |m| match m.spot {
            Spot::Text(pos) if pos.article as usize == article => Some((pos, m)),
            _ => None,
        })
    }
}

/// The marks of earlier pages in an article's text.
fn earlier(index: usize, article: &Article) -> Vec<Mark> {
    let mark = |(n, mark): (usize, PageMark)| Mark {
        id: format!("e-{}-{}", index + 1, n + 1),
        label: super::xml::allowed(mark.label.trim()),
        spot: Spot::Text(Pos { article: index as u32, block: mark.block, char: mark.char }),
    };
    article.page_marks().into_iter().enumerate().map(mark).filter(|m| !m.label.is_empty()).collect()
}

fn flow(page: &Page, articles: usize) -> Option<Pos> {
    page.first.filter(|pos| (pos.article as usize) < articles)
}

fn is_front_cover(page: &Page, articles: usize) -> bool {
    page.kind == PageKind::Cover && flow(page, articles).is_none()
}

/// After the last flow text, the first inside page with something on it is the colophon's.
fn has_matter(page: &Page) -> bool {
    page.kind == PageKind::Inside && !page.items.is_empty()
}

/// The end of the article that the page's photos belong to, where the next text is another's.
fn ended(page: &Page, next: Pos) -> Option<Pos> {
    let own = page.articles.iter().copied().max().filter(|own| page.first.is_none() && *own < next.article)?;
    Some(end_of(own as usize))
}

fn end_of(article: usize) -> Pos {
    Pos { article: article as u32, block: BlockId(u32::MAX), char: u32::MAX }
}

/// A page can't go without a name: neither a link nor a screen reader could tell it.
fn label(page: &Page, index: usize) -> String {
    let label = super::xml::allowed(page.label.trim());
    if label.is_empty() { format!("[{}]", index + 1) } else { label }
}

impl Mark {
    pub fn write(&self, xml: &mut Xml) {
        xml.empty(
            "span",
            &[("epub:type", "pagebreak"), ("role", "doc-pagebreak"), ("id", &self.id), ("aria-label", &self.label)],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(label: &str, kind: PageKind, first: Option<(u32, u32, u32)>) -> Page {
        let first = first.map(|(article, block, char)| Pos { article, block: BlockId(block), char });
        Page { label: label.into(), kind, first, ..Page::default() }
    }

    fn book() -> Book {
        use PageKind::{Cover, Inside};
        let mut imprint = page("4", Inside, None);
        imprint.items.push(crate::page::Item::Shape(crate::page::Shape {
            kind: crate::page::ShapeKind::Fill(Default::default()),
            ink: Default::default(),
            tint: 100,
            node: None,
        }));
        let pages = vec![
            page("封面", Cover, None),
            page("封二", Cover, None),
            page("1", Inside, None),
            page("2", Inside, Some((0, 0, 0))),
            page("3", Inside, Some((1, 4, 30))),
            imprint,
            page("封三", Cover, None),
        ];
        Book { pages, ..Book::default() }
    }

    fn spots(marks: &Marks) -> Vec<(&str, Spot)> {
        marks.0.iter().map(|m| (m.label.as_str(), m.spot)).collect()
    }

    #[test]
    fn every_page_has_one_marker_in_reading_order() {
        let text = |article, block, char| Spot::Text(Pos { article, block: BlockId(block), char });
        assert_eq!(
            spots(&Marks::of(&book(), 2, true)),
            [
                ("封面", Spot::Cover),
                ("封二", text(0, 0, 0)),
                ("1", text(0, 0, 0)),
                ("2", text(0, 0, 0)),
                ("3", text(1, 4, 30)),
                ("4", Spot::Colophon),
                ("封三", Spot::End),
            ]
        );
    }

    /// A photo over two pages behind an article's last word is that article's.
    #[test]
    fn pages_behind_an_articles_text_are_marked_at_its_end() {
        let mut spread = page("2", PageKind::Inside, None);
        spread.articles = vec![0];
        let pages =
            vec![page("1", PageKind::Inside, Some((0, 0, 0))), spread, page("3", PageKind::Inside, Some((1, 0, 0)))];
        let marks = Marks::of(&Book { pages, ..Book::default() }, 2, true);
        assert_eq!(spots(&marks)[1], ("2", Spot::Text(end_of(0))));
    }

    #[test]
    fn without_colophon_or_articles_the_markers_still_find_a_place() {
        let marks = Marks::of(&book(), 2, false);
        assert_eq!(marks.0.last().map(|m| m.spot), Some(Spot::Text(end_of(1))));
        assert!(Marks::of(&book(), 0, false).0.iter().all(|m| m.spot == Spot::Cover));
    }

    #[test]
    fn a_page_without_a_label_gets_its_number() {
        let book = Book { pages: vec![page(" ", PageKind::Inside, None)], ..Book::default() };
        assert_eq!(Marks::of(&book, 0, true).0[0].label, "[1]");
    }
}
