//! Developed pictures, and what else is slowly made, kept from one run to the next in a directory of their own beside the output.
//!
//! An entry is named by the picture's hash and its recipe and begins with the CRC-32 of the rest: a damaged one is made
//! anew. A cache that can't be read or written costs time and nothing else.

use super::recipe::{Developed, Recipe};
use crate::base::keep;
use crate::doc::Photo;
use flate2::Crc;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of what is no photo begin; those of photos are hexadecimal.
const MADE: &str = "made-";
/// Of what is no photo so many are kept, the newest: editions and parts of an issue have their own.
const MOST_MADE: usize = 100;
/// The length of a CRC-32.
const SUM: usize = 4;
/// The length of what tells the same things.
const FROM: usize = 32;

pub struct Cache {
    dir: PathBuf,
}

impl Cache {
    /// The directory is made when there is something to keep.
    pub fn new(dir: PathBuf) -> Cache {
        Cache { dir }
    }

    pub(super) fn get(&self, photo: &Photo, recipe: &Recipe) -> Option<Developed> {
        let bytes = fs::read(self.path(photo, recipe)).ok()?;
        let (sum, rest) = bytes.split_at_checked(SUM)?;
        let is_sound = sum_of(rest) == sum;
        unpacked(bytes).filter(|_| is_sound)
    }

    pub(super) fn put(&self, photo: &Photo, recipe: &Recipe, developed: &Developed) {
        // Samples are quickly made and very large.
        if developed.alpha.is_some() || recipe.coding == super::Coding::Samples {
            return;
        }
        let packed = packed(developed);
        keep(&self.path(photo, recipe), &[&sum_of(&packed)[..], &packed].concat());
    }

    /// Whether a photo's data was gone over and found whole.
    pub(super) fn is_sound(&self, photo: &Photo) -> bool {
        self.sound(photo).exists()
    }

    pub(super) fn put_sound(&self, photo: &Photo) {
        keep(&self.sound(photo), &[]);
    }

    fn sound(&self, photo: &Photo) -> PathBuf {
        self.dir.join(format!("{}-sound-{}", name(photo), env!("CARGO_PKG_VERSION")))
    }

    /// What was made under this name from the same things, known by their sum.
    pub(super) fn made(&self, name: &str, from: &[u8; 32]) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.entry(name)).ok()?;
        let (head, rest) = bytes.split_at_checked(FROM + SUM)?;
        let is_sound = head[..FROM] == from[..] && sum_of(rest) == head[FROM..];
        bytes.drain(..FROM + SUM);
        is_sound.then_some(bytes)
    }

    pub(super) fn put_made(&self, name: &str, from: &[u8; 32], made: &[u8]) {
        keep(&self.entry(name), &[&from[..], &sum_of(made), made].concat());
    }

    /// A name is kept though no photo has it.
    fn entry(&self, name: &str) -> PathBuf {
        self.dir.join(format!("{MADE}{name}-{}", env!("CARGO_PKG_VERSION")))
    }

    /// Forgets the pictures that the issue has no more, and what other versions made.
    pub fn keep(&self, photos: &[Photo]) {
        let known: BTreeSet<String> = photos.iter().map(name).collect();
        let stale = |path: &Path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let of = file.split('.').next().and_then(|f| f.split('-').next()).unwrap_or_default();
            !known.contains(of) && !file.starts_with(MADE) || !file.ends_with(env!("CARGO_PKG_VERSION"))
        };
        let mut made = vec![];
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if stale(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with(MADE) {
                made.push((entry.metadata().and_then(|of| of.modified()).ok(), entry.path()));
            }
        }
        made.sort();
        for (_, path) in &made[..made.len().saturating_sub(MOST_MADE)] {
            let _ = fs::remove_file(path);
        }
    }

    fn path(&self, photo: &Photo, recipe: &Recipe) -> PathBuf {
        self.dir.join(format!("{}-{}", name(photo), recipe.name()))
    }
}

fn sum_of(bytes: &[u8]) -> [u8; SUM] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_be_bytes()
}

fn name(photo: &Photo) -> String {
    photo.hash[..16].iter().map(|b| format!("{b:02x}")).collect()
}

fn packed(developed: &Developed) -> Vec<u8> {
    let (width, height) = developed.size;
    [&[u8::from(developed.grey)][..], &width.to_be_bytes(), &height.to_be_bytes(), &developed.bytes].concat()
}

/// The entry becomes the picture where it lies: pictures are the most of what a run moves.
fn unpacked(mut entry: Vec<u8>) -> Option<Developed> {
    let head: [u8; 9] = entry.get(SUM..SUM + 9)?.try_into().ok()?;
    let number = |at: usize| u32::from_be_bytes(std::array::from_fn(|i| head[at + i]));
    entry.drain(..SUM + head.len());
    Some(Developed { size: (number(1), number(5)), grey: head[0] == 1, bytes: entry, alpha: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::PhotoFormat;
    use crate::picture::Coding;

    fn photo(hash: u8) -> Photo {
        Photo {
            hash: [hash; 32],
            path: "a.png".into(),
            name: "a.png".into(),
            bytes: 1,
            format: PhotoFormat::WebP { alpha: false },
            stored: (1, 1),
            orientation: 1,
        }
    }

    #[test]
    fn what_was_put_is_got_and_a_damaged_entry_is_not() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let cache = Cache::new(dir.path().join("pictures"));
        let recipe = Recipe { size: (2, 1), upright: true, coding: Coding::Jpeg(82), inks: None };
        let developed = Developed { size: (2, 1), grey: true, bytes: vec![7; 40], alpha: None };
        assert_eq!(cache.get(&photo(1), &recipe), None);
        cache.put(&photo(1), &recipe, &developed);
        assert_eq!(cache.get(&photo(1), &recipe), Some(developed));
        assert_eq!(cache.get(&photo(1), &Recipe { upright: false, ..recipe }), None, "another recipe");
        let path = cache.path(&photo(1), &recipe);
        let mut bytes = fs::read(&path).expect("is there");
        bytes[30] ^= 1;
        fs::write(&path, bytes).expect("writes");
        assert_eq!(cache.get(&photo(1), &recipe), None, "damaged");
    }

    #[test]
    fn what_is_made_is_known_by_what_it_was_made_from() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let cache = Cache::new(dir.path().to_path_buf());
        cache.put_made("cover", &[1; 32], b"drawn");
        assert_eq!(cache.made("cover", &[1; 32]), Some(b"drawn".to_vec()));
        assert_eq!(cache.made("cover", &[2; 32]), None);
        for n in 0..MOST_MADE + 3 {
            cache.put_made(&format!("font-{n}"), &[0; 32], b"cut");
        }
        cache.keep(&[]);
        assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), MOST_MADE);
    }

    #[test]
    fn pictures_that_are_gone_are_forgotten() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let cache = Cache::new(dir.path().to_path_buf());
        let recipe = Recipe { size: (2, 1), upright: true, coding: Coding::Png, inks: None };
        let developed = Developed { size: (2, 1), grey: false, bytes: vec![1], alpha: None };
        [1, 2].iter().for_each(|hash| cache.put(&photo(*hash), &recipe, &developed));
        cache.keep(&[photo(2)]);
        assert_eq!(cache.get(&photo(1), &recipe), None);
        assert_eq!(cache.get(&photo(2), &recipe), Some(developed));
    }
}
