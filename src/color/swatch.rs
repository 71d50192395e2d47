//! The other side of a colour that is stated on one side alone: inks for a colour of screens, the look of inks on screens.
//!
//! In: one colour. Out: the same on coated paper (FOGRA39L), relative colorimetric with black-point compensation as for photos.

use super::FOGRA39;
use super::lab::xyz;
use super::press::Press;
use super::separation::Source;

/// C, M, Y, K in percent. Grey is black ink alone: type in four inks never registers; what is under 3 % would be a speckle.
pub fn inks([r, g, b]: [u8; 3]) -> [u8; 4] {
    if r == g && g == b {
        return [0, 0, 0, (u32::from(255 - r) * 100 / 255) as u8];
    }
    let rgb = [r, g, b].map(usize::from);
    let percent = |v: f64| (v.clamp(0.0, 1.0) * 100.0 + 0.5) as u8;
    press().compensated(Source::of(None).xyz(rgb)).map(percent).map(|v| if v < 3 { 0 } else { v })
}

/// sRGB of C, M, Y, K in percent.
pub fn seen(inks: [u8; 4]) -> [u8; 3] {
    let press = press();
    let light = press.stretched(xyz(press.lab(inks.map(|v| f64::from(v.min(100)) / 100.0))));
    TO_SRGB.map(|row| byte(row.iter().zip(light).map(|(m, v)| m * v).sum()))
}

fn press() -> Press {
    Press::open(FOGRA39).expect("the shipped profile is sound: tested")
}

/// From XYZ relative to D50: the inverse of sRGB's colorants in a profile (IEC 61966-2-1, Bradford).
const TO_SRGB: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// The curve of sRGB (IEC 61966-2-1).
fn byte(linear: f64) -> u8 {
    let v = linear.clamp(0.0, 1.0);
    let curved = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    (curved * 255.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_is_black_ink_alone() {
        assert_eq!(inks([0, 0, 0]), [0, 0, 0, 100]);
        assert_eq!(inks([255, 255, 255]), [0, 0, 0, 0]);
        assert_eq!(inks([102, 102, 102]), [0, 0, 0, 60]);
    }

    /// What a press can print comes back as it was, within what percents and the grid of its tables can tell.
    #[test]
    fn a_colour_comes_back_from_its_inks() {
        for rgb in [[31, 74, 61], [154, 74, 58], [200, 60, 50], [120, 140, 170], [90, 60, 110], [230, 200, 120]] {
            let back = seen(inks(rgb));
            let apart = (0..3).map(|i| rgb[i].abs_diff(back[i])).max();
            assert!(apart <= Some(8), "{rgb:?} → {:?} → {back:?}", inks(rgb));
        }
    }

    /// Of the solids, what everybody knows: red is no screen red, cyan no screen cyan.
    #[test]
    fn solids_look_as_printed() {
        assert_eq!(seen([0; 4]), [255; 3]);
        assert!(seen([100; 4]).iter().all(|v| *v < 16), "{:?}", seen([100; 4]));
        let [r, g, b] = seen([0, 100, 100, 0]);
        assert!((215..240).contains(&r) && g < 40 && b < 50, "{r} {g} {b}");
        let [r, g, b] = seen([100, 0, 0, 0]);
        assert!(r < 40 && (140..175).contains(&g) && b > 200, "{r} {g} {b}");
    }
}
