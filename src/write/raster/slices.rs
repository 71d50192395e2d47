//! Round shapes as thin boxes: what a proof shows of them at its resolution.
//!
//! In: a dot or a wavy line. Out: boxes whose union looks like it.

use crate::base::{Len, Point, Rect};

const SLICES: i32 = 8;

/// A filled circle.
pub fn dot(centre: Point, radius: Len) -> impl Iterator<Item = Rect> {
    let r = i64::from(radius.raw());
    (0..SLICES).map(move |k| {
        let middle = r * i64::from(2 * k + 1 - SLICES) / i64::from(SLICES);
        let half = Len::from_raw((r * r - middle * middle).isqrt() as i32);
        let top = centre.y - radius + radius * 2 * k / SLICES;
        Rect::new(centre.x - half, top, half * 2, radius * 2 / SLICES)
    })
}

/// A wavy line to the right or down: each half wave is a parabola.
pub fn wave((from, to): (Point, Point), height: Len, thickness: Len) -> Vec<Rect> {
    if from.x == to.x {
        let turned = |p: Point| Point { x: p.y, y: -p.x };
        let boxes = wave((turned(from), turned(to)), height, thickness);
        return boxes.into_iter().map(|r| Rect::new(-r.bottom(), r.x, r.height, r.width)).collect();
    }
    let halves = (to.x - from.x).count(height * 2).max(2);
    let width = (to.x - from.x) / (halves * SLICES);
    let mut out = vec![];
    for half in 0..halves {
        for k in 0..SLICES {
            let rise = height / 2 * ((2 * k + 1) * (2 * (SLICES - k) - 1)) / (SLICES * SLICES);
            let y = from.y + if half % 2 == 0 { -rise } else { rise } - thickness / 2;
            out.push(Rect::new(from.x + width * (half * SLICES + k), y, width, thickness));
        }
    }
    out
}
