//! CIE XYZ and L*a*b* relative to D50, the two forms of the profile connection space (ICC.1:2010 §6.3.4, annex A).

/// The illuminant of the connection space.
pub const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// L* from 0 to 100, a* and b*.
pub fn lab(xyz: [f64; 3]) -> [f64; 3] {
    let [x, y, z] = [0, 1, 2].map(|i| root(xyz[i] / D50[i]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Back from L*, a*, b*.
pub fn xyz([l, a, b]: [f64; 3]) -> [f64; 3] {
    let y = (l + 16.0) / 116.0;
    let part = [cube(y + a / 500.0), cube(y), cube(y - b / 200.0)];
    [0, 1, 2].map(|i| part[i] * D50[i])
}

/// The luminance of a neutral of a lightness.
pub fn luminance(l: f64) -> f64 {
    cube((l + 16.0) / 116.0)
}

/// The lightness of a luminance.
pub fn lightness(y: f64) -> f64 {
    116.0 * root(y) - 16.0
}

fn cube(f: f64) -> f64 {
    if f > 6.0 / 29.0 { f * f * f } else { 108.0 / 841.0 * (f - 4.0 / 29.0) }
}

fn root(t: f64) -> f64 {
    if t > 216.0 / 24389.0 { t.cbrt() } else { 841.0 / 108.0 * t + 4.0 / 29.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_black_and_grey_are_where_cie_puts_them() {
        assert!(lab(D50).iter().zip([100.0, 0.0, 0.0]).all(|(a, b)| (a - b).abs() < 1e-9));
        assert!(lab([0.0; 3]).iter().all(|v| v.abs() < 1e-9));
        assert!((lightness(0.184_186_5) - 50.0).abs() < 1e-3);
        let colour = [31.0, -20.0, 8.5];
        assert!(lab(xyz(colour)).iter().zip(colour).all(|(a, b)| (a - b).abs() < 1e-9));
        assert!([0.5, 8.0, 50.0, 99.0].iter().all(|l| (lightness(luminance(*l)) - l).abs() < 1e-9));
    }
}
