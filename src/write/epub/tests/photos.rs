//! Photos that need more than scaling, and those that can't be used.

use super::fixture::{book, darkroom, issue, jpeg, library, photo};
use crate::doc::{EpubFonts, Issue, Photo, PhotoFormat};
use crate::write::epub::{Error, epub};
use std::io::{Cursor, Read};
use std::path::Path;

/// The bytes and name of the issue's first picture in the EPUB.
fn picture(issue: &Issue) -> (Vec<u8>, String) {
    let out = epub(issue, &book(), library(), &darkroom(issue), Cursor::new(vec![])).expect("written").into_inner();
    let mut zip = zip::ZipArchive::new(Cursor::new(out)).expect("an archive");
    let name = format!("OEBPS/images/img-{}", issue.photos[0].short_hash());
    let name = zip.file_names().find(|n| n.starts_with(&name)).expect("the picture").to_string();
    let mut bytes = vec![];
    zip.by_name(&name).expect("there").read_to_end(&mut bytes).expect("sound");
    (bytes, name)
}

fn with_first(dir: &Path, change: impl FnOnce(&mut Photo)) -> Issue {
    let mut issue = issue(dir);
    issue.epub.fonts = EpubFonts::None;
    issue.photos[0] = photo(dir, "a.jpg", (300, 200), 1);
    change(&mut issue.photos[0]);
    if let Ok(file) = std::fs::metadata(&issue.photos[0].path) {
        issue.photos[0].bytes = file.len();
    }
    issue
}

/// A picture that is ready goes in byte by byte.
#[test]
fn a_small_bare_jpeg_is_not_encoded_again() {
    let dir = tempfile::tempdir().expect("a directory");
    assert!(picture(&with_first(dir.path(), |_| {})).0 == jpeg(300, 200, None));
}

/// Display P3's red is outside sRGB: the same numbers mean a stronger colour there (ICC.1 §7.2).
#[test]
fn colours_in_another_profile_become_srgb() {
    let dir = tempfile::tempdir().expect("a directory");
    let issue = with_first(dir.path(), |photo| {
        let mut out = vec![];
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 95);
        let profile = moxcms::ColorProfile::new_display_p3().encode().expect("a profile");
        encoder.add_icc_profile(&profile).expect("short");
        let pixels = [200_u8, 80, 60].repeat(300 * 200);
        encoder.encode(&pixels, 300, 200, jpeg_encoder::ColorType::Rgb).expect("encoded");
        std::fs::write(&photo.path, out).expect("written");
        let icc = std::iter::once(20..20 + profile.len() as u64).collect();
        photo.format = PhotoFormat::Jpeg { components: 3, adobe: false, icc };
    });
    let decoded = image::load_from_memory(&picture(&issue).0).expect("a picture").into_rgb8();
    let [r, g, _] = decoded.get_pixel(150, 100).0;
    assert!(r > 208 && g < 78, "{r} {g}");
}

#[test]
fn transparency_stays_png_and_a_photo_in_png_becomes_jpeg() {
    let dir = tempfile::tempdir().expect("a directory");
    for (alpha, extension) in [(true, ".png"), (false, ".jpg")] {
        let issue = with_first(dir.path(), |photo| {
            // Noise, as grain is.
            let noise = (0..300_u32 * 200 * 4).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
            let pixels = image::DynamicImage::ImageRgba8(image::RgbaImage::from_raw(300, 200, noise).expect("filled"));
            let pixels = if alpha { pixels } else { image::DynamicImage::ImageRgb8(pixels.to_rgb8()) };
            photo.path = dir.path().join("a.png");
            pixels.save(&photo.path).expect("written");
            photo.bytes = std::fs::metadata(&photo.path).expect("there").len();
            photo.format = PhotoFormat::Png { alpha, depth: 8, grey: false };
        });
        let (bytes, name) = picture(&issue);
        assert!(name.ends_with(extension), "{name}");
        assert_eq!(image::load_from_memory(&bytes).expect("a picture").color().has_alpha(), alpha);
    }
}

#[test]
fn a_photo_that_cannot_be_read_is_named() {
    let break_it = |photo: &mut Photo| {
        photo.orientation = 3;
        std::fs::write(&photo.path, b"\xff\xd8\xff\xe0 no picture").expect("written");
    };
    let lose_it = |photo: &mut Photo| photo.path = photo.path.with_file_name("gone.jpg");
    for spoil in [&break_it as &dyn Fn(&mut Photo), &lose_it] {
        let dir = tempfile::tempdir().expect("a directory");
        let issue = with_first(dir.path(), spoil);
        let error = epub(&issue, &book(), library(), &darkroom(&issue), Cursor::new(vec![]))
            .map(|_| ())
            .expect_err("no picture");
        assert!(matches!(&error, Error::Picture { name, .. } if name == "a.jpg"), "{error}");
        assert!(error.diagnostic().message.zh.contains("a.jpg"));
    }
}
