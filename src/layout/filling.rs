//! Where a picture lies that fills a page, or two.
//!
//! In: the picture, the trim, the bleed. Out: what of it is to be seen, and its whole box; from the trim's upper left corner.
//! A photo covers the page and its bleed and is cut around its focus; without a focus it is shown whole, to the edges that it
//! reaches, its head at the page's, its caption below it. Nothing of a finished PDF page is cut but what it has beyond its
//! trim: trim comes to lie on trim.

use crate::base::{Code, Diagnostic, Len, Place, Rect, words};
use crate::doc::{Focus, Photo, PhotoFormat};

/// Two sizes that differ by less are one: designers round.
const NEAR: Len = Len::mm(100);

/// What a photo that is shown whole leaves free for its caption: three lines.
const FOOT: Len = Len::mm(1800);

#[derive(Clone, Copy)]
pub struct Filling {
    /// The visible part.
    pub frame: Rect,
    /// The whole picture; of a PDF page, the finished one.
    pub full: Rect,
}

impl Filling {
    /// What of it lies in `area`.
    pub fn seen(self, area: Rect) -> Filling {
        Filling { frame: common(self.frame, area), ..self }
    }

    pub fn shifted(self, by: Len) -> Filling {
        let moved = |rect: Rect| Rect { x: rect.x + by, ..rect };
        Filling { frame: moved(self.frame), full: moved(self.full) }
    }
}

/// `focus` is the point of the photo that is not cut off.
pub fn filling(photo: &Photo, focus: Option<Focus>, (trim, bleed): ((Len, Len), Len)) -> Filling {
    let sheet = grown(Rect::new(Len::ZERO, Len::ZERO, trim.0, trim.1), [bleed; 4]);
    let PhotoFormat::Pdf { size, over, .. } = photo.format else {
        if focus.is_none() && !nearly_covers(photo.size(), sheet) {
            let above = Rect { height: bleed + trim.1 - FOOT, ..sheet };
            if nearly_covers(photo.size(), above) {
                return Filling { frame: above, full: covering(photo.size(), None, above) };
            }
            let full = whole(photo.size(), above);
            return Filling { frame: full, full };
        }
        return Filling { frame: sheet, full: covering(photo.size(), focus, sheet) };
    };
    let near = |whole: (Len, Len)| (size.0 - whole.0).abs() <= NEAR && (size.1 - whole.1).abs() <= NEAR;
    let size = if near(trim) || near((sheet.width, sheet.height)) { size } else { within(size, trim) };
    let full = Rect::new((trim.0 - size.0) / 2, (trim.1 - size.1) / 2, size.0, size.1);
    Filling { frame: grown(full, over), full }.seen(sheet)
}

/// A page loses so many percent of its width at the knife: a photo that covers an area and loses no more is not cut.
const KNIFE: i32 = 4;

/// It covers an area without losing anything worth telling.
pub fn nearly_covers(size: (u32, u32), area: Rect) -> bool {
    let full = covering(size, None, area);
    let most = |seen: Len| seen + seen * KNIFE / 100;
    full.width <= most(area.width) && full.height <= most(area.height)
}

/// A note on a photo that would fill its page if it had a focus.
pub fn shown_whole(photo: &Photo, at: Place) -> Diagnostic {
    let name = &photo.name;
    let message = words(
        format!("{name} 没有焦点：不裁切，整幅排出"),
        format!("{name} has no focus: it is shown whole and not cut to fill its page"),
    );
    Diagnostic::new(Code::PhotoWhole, at, message).hint(
        "要它满版，写明裁切时要保住的点，从左、从上：focus = \"50% 40%\"",
        "to fill the page, name the point that no crop may lose, from the left and the top: focus = \"50% 40%\"",
    )
}

/// How far down `trim` a photo comes that is shown whole for want of a focus, where it leaves the foot free.
pub fn foot(photo: &Photo, focus: Option<Focus>, (trim, bleed): ((Len, Len), Len)) -> Option<Len> {
    let frame = filling(photo, focus, (trim, bleed)).frame;
    (!matches!(photo.format, PhotoFormat::Pdf { .. }) && frame.bottom() < trim.1).then(|| frame.bottom())
}

/// The largest box of the picture's proportions in an area, at its head and in the middle of its width.
fn whole((w, h): (u32, u32), area: Rect) -> Rect {
    let (w, h) = (w.max(1) as i32, h.max(1) as i32);
    let (width, height) = match area.width.scale(h, w) {
        by_width if by_width <= area.height => (area.width, by_width),
        _ => (area.height.scale(w, h), area.height),
    };
    Rect::new(area.x + (area.width - width) / 2, area.y, width, height)
}

/// The picture's whole box when it covers `area`: its focus, else its middle, as near the area's middle as it can be.
pub fn covering((w, h): (u32, u32), focus: Option<Focus>, area: Rect) -> Rect {
    let (w, h) = (w.max(1) as i32, h.max(1) as i32);
    let by_width = area.width.scale(h, w);
    let (width, height) =
        if by_width >= area.height { (area.width, by_width) } else { (area.height.scale(w, h), area.height) };
    let Focus { x, y } = focus.unwrap_or(Focus { x: 50, y: 50 });
    let before = |whole: Len, seen: Len, at: u8| {
        let wish = whole * i32::from(at.min(100)) / 100 - seen / 2;
        wish.max(Len::ZERO).min(whole - seen)
    };
    let left = area.x - before(width, area.width, x);
    Rect::new(left, area.y - before(height, area.height, y), width, height)
}

/// The largest of these proportions.
fn within(size: (Len, Len), room: (Len, Len)) -> (Len, Len) {
    let by_width = room.0.scale(size.1.raw(), size.0.raw().max(1));
    if by_width <= room.1 { (room.0, by_width) } else { (room.1.scale(size.0.raw(), size.1.raw().max(1)), room.1) }
}

/// By so much at the top, right, bottom, left.
fn grown(rect: Rect, [top, right, bottom, left]: [Len; 4]) -> Rect {
    Rect::new(rect.x - left, rect.y - top, rect.width + left + right, rect.height + top + bottom)
}

pub fn common(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    Rect::new(x, y, a.right().min(b.right()) - x, a.bottom().min(b.bottom()) - y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIM: (Len, Len) = (Len::mm(21000), Len::mm(28500));
    const BLEED: Len = Len::mm(300);

    fn placed(size: (i32, i32), over: i32) -> Filling {
        filling(&page_photo(size, over), None, (TRIM, BLEED))
    }

    fn page_photo(size: (i32, i32), over: i32) -> Photo {
        let mm = |v: i32| Len::mm(v * 100);
        let format = PhotoFormat::Pdf { page: 1, size: (mm(size.0), mm(size.1)), over: [mm(over); 4] };
        Photo {
            hash: [0; 32],
            path: "a.pdf".into(),
            name: "a.pdf".into(),
            bytes: 1,
            format,
            stored: (1, 1),
            orientation: 1,
        }
    }

    /// The part around the focus stays, and no edge of the picture comes into the area.
    #[test]
    fn a_photo_is_cut_around_its_focus() {
        let area = Rect::new(Len::ZERO, Len::ZERO, Len::mm(10000), Len::mm(20000));
        let at = |x: u8| covering((3000, 2000), Some(Focus { x, y: 50 }), area);
        assert_eq!(at(0).x, Len::ZERO);
        assert_eq!(at(100).right(), area.right());
        let third = at(33);
        let point = third.x + third.width * 33 / 100;
        assert!((point - area.width / 2).abs() < Len::mm(10), "the focus is in the middle");
        assert_eq!(covering((3000, 2000), None, area), at(50));
    }

    /// A crop needs a focus: without one a photo keeps all four edges, and its caption has room below it.
    #[test]
    fn a_photo_without_a_focus_is_not_cut() {
        let photo = |stored: (u32, u32)| Photo {
            format: PhotoFormat::Png { alpha: false, depth: 8, grey: false },
            stored,
            ..page_photo((1, 1), 0)
        };
        let shown = |stored, focus| filling(&photo(stored), focus, (TRIM, BLEED));
        let wide = shown((3000, 2000), None);
        assert_eq!((wide.frame, wide.frame.x, wide.frame.y), (wide.full, -BLEED, -BLEED));
        assert_eq!(wide.frame.width, TRIM.0 + BLEED * 2);
        assert_eq!(foot(&photo((3000, 2000)), None, (TRIM, BLEED)), Some(wide.frame.bottom()));
        // No strip of paper beside it for the sake of a millimetre.
        let near = shown((2160, 2760), None);
        assert_eq!((near.frame.width, near.frame.bottom()), (TRIM.0 + BLEED * 2, TRIM.1 - FOOT));
        let tall = shown((1000, 3000), None);
        assert_eq!((tall.frame, tall.frame.bottom()), (tall.full, TRIM.1 - FOOT));
        let focus = Some(Focus { x: 50, y: 50 });
        assert_eq!(shown((3000, 2000), focus).frame.height, TRIM.1 + BLEED * 2, "with a focus it fills the page");
        assert_eq!(shown((2160, 2910), None).frame.height, TRIM.1 + BLEED * 2, "of the page's shape: so it does");
    }

    #[test]
    fn trim_comes_to_lie_on_trim_and_the_bleed_is_shown() {
        let page = placed((210, 285), 5);
        assert_eq!((page.full.x, page.full.width), (Len::ZERO, TRIM.0));
        assert_eq!((page.frame.x, page.frame.bottom()), (-BLEED, TRIM.1 + BLEED), "no more than the sheet's");
        assert_eq!(placed((210, 285), 0).frame.x, Len::ZERO, "nor more than it has");
    }

    /// A page without a TrimBox that has the bleed's size is meant to bleed.
    #[test]
    fn a_page_as_large_as_the_sheet_is_the_sheet() {
        let page = placed((216, 291), 0);
        assert_eq!((page.full.x, page.frame.x), (-BLEED, -BLEED));
    }

    #[test]
    fn nothing_of_a_page_of_another_size_is_cut() {
        let page = placed((105, 200), 0);
        assert_eq!((page.full.height, page.full.y), (TRIM.1, Len::ZERO));
        assert!(page.full.width < TRIM.0 && page.full.x > Len::ZERO);
    }
}
