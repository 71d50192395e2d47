//! [`Pixels`] in sRGB, for readers that know no colour profiles.
//!
//! A profile that can't be used, or that is for another kind of pixels, is passed over: the pixels are then taken as what
//! such pixels usually are, as readers would. Grey stays grey.

use super::pixels::{Kind, Pixels};
use crate::color::FOGRA39;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

impl Pixels {
    pub fn to_srgb(mut self) -> Pixels {
        let icc = self.icc.take();
        match self.kind {
            Kind::Grey => self,
            Kind::Rgb | Kind::Rgba => {
                if let Some(icc) = icc {
                    self.rgb_by(&icc);
                }
                self
            }
            Kind::Cmyk => self.cmyk_by(icc.as_deref()),
        }
    }

    fn rgb_by(&mut self, icc: &[u8]) -> Option<()> {
        let profile = usable(icc, DataColorSpace::Rgb)?;
        let layout = if self.kind == Kind::Rgb { Layout::Rgb } else { Layout::Rgba };
        let srgb = ColorProfile::new_srgb();
        let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
        let width = self.size.0 as usize * self.kind.channels();
        for row in self.samples.chunks_exact_mut(width) {
            let source = row.to_vec();
            transform.transform(&source, row).ok()?;
        }
        Some(())
    }

    fn cmyk_by(self, icc: Option<&[u8]>) -> Pixels {
        let profile =
            icc.and_then(|icc| usable(icc, DataColorSpace::Cmyk)).or_else(|| usable(FOGRA39, DataColorSpace::Cmyk));
        let srgb = ColorProfile::new_srgb();
        let transform = profile
            .and_then(|p| p.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, TransformOptions::default()).ok());
        let mut samples = vec![0; self.samples.len() / 4 * 3];
        let done = transform.is_some_and(|t| t.transform(&self.samples, &mut samples).is_ok());
        if !done {
            let light = |ink: u8, key: u8| (u32::from(255 - ink) * u32::from(255 - key) / 255) as u8;
            samples = self.samples.chunks_exact(4).flat_map(|p| [0, 1, 2].map(|i| light(p[i], p[3]))).collect();
        }
        Pixels { kind: Kind::Rgb, samples, icc: None, ..self }
    }
}

fn usable(icc: &[u8], space: DataColorSpace) -> Option<ColorProfile> {
    ColorProfile::new_from_slice(icc).ok().filter(|p| p.color_space == space)
}
