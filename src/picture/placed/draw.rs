//! A page's pixels, by hayro.

use super::{Corners, PlacedPage};
use crate::picture::pixels::{Kind, Pixels};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Level, Pixmap, RasterizerSettings, RenderContext, RenderSettings, Resources, TargetInit};
use hayro::{RenderCache, kurbo::Affine, render_into};
use std::panic::{AssertUnwindSafe, catch_unwind};

impl PlacedPage {
    /// The finished page of a file, on white, in `size` pixels of sRGB.
    pub fn pixels(bytes: &[u8], number: u16, size: (u32, u32)) -> Result<Pixels, String> {
        let page = PlacedPage::open(bytes, number).map_err(|why| format!("{why:?}"))?;
        page.draw(bytes, number, (page.trim, size))
    }

    /// What is within `area`; `bytes` and `number` are those that the page was opened with.
    pub fn draw(
        &self,
        bytes: &[u8],
        number: u16,
        (area, (width, height)): (Corners, (u32, u32)),
    ) -> Result<Pixels, String> {
        let (w, h) = (f64::from(width), f64::from(height));
        let [a, b, c, d, e, f] = self.upright(area);
        // Pixels count from the top.
        let matrix = Affine::new([a * w, -b * h, c * w, -d * h, e * w, (1.0 - f) * h]);
        let side = |side: u32| u16::try_from(side).map_err(|_| format!("{width} × {height} pixels are too many"));
        let size = (side(width)?, side(height)?);
        // Files of any origin: a defect of the renderer must not end the build of an issue.
        catch_unwind(AssertUnwindSafe(|| rendered(bytes, number, size, matrix)))
            .unwrap_or_else(|_| Err("the renderer gave up".into()))
    }
}

fn rendered(bytes: &[u8], number: u16, (width, height): (u16, u16), matrix: Affine) -> Result<Pixels, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|e| format!("{e:?}"))?;
    let page = pdf.pages().get(usize::from(number) - 1).ok_or("no such page")?;
    // The plainest instructions: the same pixels on every machine.
    let mut context =
        RenderContext::new_with(width, height, RenderSettings { level: Level::baseline(), num_threads: 0 });
    let settings = hayro::RenderSettings { hinting: false, ..hayro::RenderSettings::default() };
    render_into(page, &RenderCache::new(), &InterpreterSettings::default(), &settings, &mut context, matrix);
    context.flush();
    let mut pixmap = Pixmap::new(width, height);
    let onto = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), onto);
    let samples = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    Ok(Pixels { size: (u32::from(width), u32::from(height)), kind: Kind::Rgb, samples, icc: None })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{boxed, file};
    use super::*;
    use lopdf::Dictionary;

    /// The left half of the finished page is red; turned by a quarter, its upper half.
    #[test]
    fn the_trim_fills_the_picture_upright() {
        let mut entries = boxed("TrimBox", [10, 20, 110, 200]);
        let content = "0 g 0 0 120 220 re f 1 0 0 rg 0 0 60 220 re f 0 0 1 rg 60 0 60 220 re f";
        let pixel = |entries: &Dictionary, size: (u32, u32), at: (u32, u32)| {
            let pixels =
                PlacedPage::pixels(&file(content, Dictionary::new(), entries.clone()), 1, size).expect("draws");
            let start = (at.1 * size.0 + at.0) as usize * 3;
            pixels.samples[start..start + 3].to_vec()
        };
        assert_eq!(pixel(&entries, (50, 90), (2, 45)), [255, 0, 0]);
        assert_eq!(pixel(&entries, (50, 90), (47, 45)), [0, 0, 255]);
        entries.set("Rotate", 90);
        assert_eq!(pixel(&entries, (90, 50), (45, 2)), [255, 0, 0]);
        assert_eq!(pixel(&entries, (90, 50), (45, 47)), [0, 0, 255]);
    }
}
