//! The cover in one piece around the book: back, spine and front side by side, and the same sheet from within.
//!
//! In: a book with its spine. Out: a book of two wide pages.

use super::axes::{Axes, Turn};
use super::filling::common;
use crate::base::{Len, Point, Rect};
use crate::page::{Book, Item, Page, PageKind, Shape, ShapeKind, Spine, Veil};

/// None where there aren't four cover pages.
pub fn wrapped(book: &Book) -> Option<Book> {
    let spine = book.spine.as_ref()?;
    let covers: Vec<&Page> = book.pages.iter().filter(|page| page.kind == PageKind::Cover).collect();
    let [front, inside_front, inside_back, back] = covers[..].try_into().ok()?;
    let bare = Spine { items: vec![], ..spine.clone() };
    let mut sides = [([back, front], spine), ([inside_front, inside_back], &bare)];
    if book.meta.right_to_left {
        sides.iter_mut().for_each(|(pages, _)| pages.swap(0, 1));
    }
    let (width, height) = book.trim;
    Some(Book {
        trim: (width * 2 + spine.width, height),
        folds: vec![width, width + spine.width],
        pages: sides.map(|(pages, spine)| side(book, pages, spine)).into(),
        ..book.clone()
    })
}

fn side(book: &Book, [left, right]: [&Page; 2], spine: &Spine) -> Page {
    let (bleed, (width, height)) = (book.bleed, book.trim);
    let half = |x: Len| Rect::new(x, -bleed, width + bleed, height + bleed * 2);
    let moved = |items: Vec<Item>, x: Len| {
        let axes = Axes { origin: Point { x, y: Len::ZERO }, turn: Turn::None };
        items.into_iter().map(move |item| axes.item(item, 0))
    };
    // What a page has beyond its trim on the spine's side would lie on the spine.
    let seen = |page: &Page, area: Rect| page.items.iter().filter_map(|item| within(item, area)).collect();
    let items = moved(seen(left, half(-bleed)), Len::ZERO)
        .chain(moved(spine.items.clone(), width))
        .chain(moved(seen(right, half(Len::ZERO)), width + spine.width));
    let label = format!("{}　{}", left.label, right.label);
    Page { label, kind: PageKind::Cover, items: items.collect(), ..Page::default() }
}

/// The part of it in `area`; type is never cut.
fn within(item: &Item, area: Rect) -> Option<Item> {
    let part = |rect: Rect| Some(common(rect, area)).filter(|r| r.width > Len::ZERO && r.height > Len::ZERO);
    let mut item = item.clone();
    match &mut item {
        Item::Picture(picture) => picture.frame = part(picture.frame)?,
        Item::Shape(Shape { kind: ShapeKind::Fill(rect) | ShapeKind::Veil(Veil { rect, .. }), .. }) => {
            *rect = part(*rect)?
        }
        _ => {}
    }
    Some(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Ink;

    fn mm(n: i32) -> Len {
        Len::mm(n * 100)
    }

    /// A page of 100 × 200 mm that is filled to its bleed with ink `n`.
    fn cover(n: u8) -> Page {
        let kind = ShapeKind::Fill(Rect::new(-mm(3), -mm(3), mm(106), mm(206)));
        let fill = Item::Shape(Shape { kind, ink: Ink(n), tint: 100, node: None });
        Page { label: n.to_string(), kind: PageKind::Cover, items: vec![fill], ..Page::default() }
    }

    fn book(right_to_left: bool) -> Book {
        let spine = Spine { width: mm(8), items: vec![] };
        let mut book = Book { trim: (mm(100), mm(200)), bleed: mm(3), spine: Some(spine), ..Book::default() };
        book.meta.right_to_left = right_to_left;
        book.pages = vec![cover(1), cover(2), Page::default(), cover(3), cover(4)];
        book
    }

    /// Each side's fills from left to right: ink, left and right edge in millimetres.
    fn fills(book: &Book) -> Vec<Vec<(u8, i32, i32)>> {
        let fill = |item: &Item| match item {
            Item::Shape(Shape { kind: ShapeKind::Fill(r), ink, .. }) => {
                Some((ink.0, r.x.to_mm_hundredths() / 100, r.right().to_mm_hundredths() / 100))
            }
            _ => None,
        };
        book.pages.iter().map(|page| page.items.iter().filter_map(fill).collect()).collect()
    }

    #[test]
    fn back_and_front_lie_at_the_spine_and_the_inside_is_seen_from_within() {
        let one = wrapped(&book(false)).expect("four cover pages");
        assert_eq!((one.trim, one.folds.clone()), ((mm(208), mm(200)), vec![mm(100), mm(108)]));
        assert_eq!(fills(&one), [[(4, -3, 100), (1, 108, 211)], [(2, -3, 100), (3, 108, 211)]]);
        let turned = wrapped(&book(true)).expect("four cover pages");
        assert_eq!(
            fills(&turned),
            [[(1, -3, 100), (4, 108, 211)], [(3, -3, 100), (2, 108, 211)]],
            "bound at the right"
        );
    }

    #[test]
    fn three_cover_pages_are_none() {
        let mut book = book(false);
        book.pages.pop();
        assert!(wrapped(&book).is_none());
    }
}
