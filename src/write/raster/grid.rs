//! What pages are built on, drawn over them: columns and baselines.
//!
//! In: a page's picture and its [`TypeArea`]. Out: the picture with columns tinted and every baseline a fine line.

use super::Dpi;
use super::canvas::{Area, Canvas, PIXEL, Rgb};
use crate::page::TypeArea;

const COLUMN: Rgb = [0, 160, 220];
const BASELINE: Rgb = [220, 0, 110];
/// Of 255: what stands below stays legible.
const TINT: u8 = 26;
const LINE: u8 = 110;

pub fn grid(canvas: &mut Canvas, area: &TypeArea, dpi: Dpi) {
    for column in &area.columns {
        canvas.fill(dpi.area(*column).snapped(), COLUMN, TINT);
    }
    let frame = dpi.area(area.frame);
    for baseline in &area.baselines {
        let at = dpi.sub(*baseline).div_euclid(PIXEL) * PIXEL;
        let line = match area.vertical {
            true => Area { left: at, right: at + PIXEL, ..frame },
            false => Area { top: at, bottom: at + PIXEL, ..frame },
        };
        canvas.fill(line, BASELINE, LINE);
    }
}
