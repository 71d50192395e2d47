//! Curves as cubic segments.
//!
//! In: what is to be drawn, in page coordinates. Out: points; those marked are control points.

use crate::base::{Len, Point};

/// A wavy line of equal half waves, to the right or down; the last ends where the line ends.
pub fn wave((from, to): (Point, Point), height: Len) -> Vec<(Point, bool)> {
    let down = from.x == to.x;
    let length = if down { to.y - from.y } else { to.x - from.x };
    let halves = length.count(height * 2).max(2);
    let at = |n: i32, side: Len| match length * n / (halves * 3) {
        along if down => Point { x: from.x - side, y: from.y + along },
        along => Point { x: from.x + along, y: from.y + side },
    };
    let mut points = vec![(from, false)];
    for half in 0..halves {
        // The curve reaches three quarters of its controls' distance.
        let side = if half % 2 == 0 { -height * 2 / 3 } else { height * 2 / 3 };
        points.extend([
            (at(half * 3 + 1, side), true),
            (at(half * 3 + 2, side), true),
            (at(half * 3 + 3, Len::ZERO), false),
        ]);
    }
    points
}

/// Four arcs.
pub fn circle(centre: Point, radius: Len) -> Vec<(Point, bool)> {
    let handle = radius.scale(552, 1000);
    let at = |x: Len, y: Len| Point { x: centre.x + x, y: centre.y + y };
    let (r, h, o) = (radius, handle, Len::ZERO);
    let arc = |a: (Len, Len), b: (Len, Len), end: (Len, Len)| {
        [(at(a.0, a.1), true), (at(b.0, b.1), true), (at(end.0, end.1), false)]
    };
    let mut points = vec![(at(r, o), false)];
    points.extend(arc((r, h), (h, r), (o, r)));
    points.extend(arc((-h, r), (-r, h), (-r, o)));
    points.extend(arc((-r, -h), (-h, -r), (o, -r)));
    points.extend(arc((h, -r), (r, -h), (r, o)));
    points
}
