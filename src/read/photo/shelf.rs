//! What is known of photos' files from one run to the next, so that a file that hasn't changed isn't read again.
//!
//! In: what the file system says of a file. Out: its hash and header as they were found. The rule is that of Git's index: a
//! file is the same whose size, times and node are, unless it changed so shortly before the list was written that it may
//! have changed once more. Drawings and PDF pages are always read.

use super::embedded::Embedded;
use super::probe::Header;
use crate::base::keep;
use crate::doc::PhotoFormat;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Seconds between a file's last change and the list's; some file systems count in twos.
const UNSETTLED: i64 = 2;

/// What was found in a file.
pub(super) type Facts = ([u8; 32], u64, Header);

/// How photos are read: on so many threads, and not again where the list has them.
pub struct Shelf {
    pub threads: NonZeroUsize,
    listed: BTreeMap<PathBuf, (Stamp, Facts)>,
    /// Of this run.
    found: BTreeMap<PathBuf, (Stamp, Facts)>,
}

/// Bytes, seconds and nanoseconds of the last change of contents, and of the entry, and the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([i64; 6]);

impl Stamp {
    /// None where there is no such file.
    pub(super) fn at(path: &Path) -> Option<Stamp> {
        fs::metadata(path).ok().map(|file| Stamp::of(&file))
    }

    fn of(file: &Metadata) -> Stamp {
        #[cfg(unix)]
        let times = {
            use std::os::unix::fs::MetadataExt;
            [file.mtime(), file.mtime_nsec(), file.ctime(), file.ctime_nsec(), file.ino() as i64]
        };
        #[cfg(not(unix))]
        let times = {
            let time = file.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
            // Without a time nothing settles.
            let (seconds, nanos) = time.map_or((i64::MAX, 0), |t| (t.as_secs() as i64, i64::from(t.subsec_nanos())));
            [seconds, nanos, seconds, nanos, 0]
        };
        let [modified, nanos, changed, more, node] = times;
        Stamp([file.len() as i64, modified, nanos, changed, more, node])
    }

    fn second(self) -> i64 {
        self.0[1].max(self.0[3])
    }
}

impl Shelf {
    pub fn new(threads: NonZeroUsize) -> Shelf {
        Shelf { threads, listed: BTreeMap::new(), found: BTreeMap::new() }
    }

    /// With the list that an earlier run has left at `path`, if there is one that can be read.
    pub fn open(threads: NonZeroUsize, path: &Path) -> Shelf {
        let list = || {
            let written = Stamp::at(path)?.0[1];
            let list: Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
            let files = list[env!("CARGO_PKG_VERSION")].as_object()?;
            let entries = files.into_iter().filter_map(|(path, entry)| Some((PathBuf::from(path), entry_of(entry)?)));
            Some(entries.filter(|(_, (stamp, _))| stamp.second() < written - UNSETTLED).collect())
        };
        Shelf { listed: list().unwrap_or_default(), ..Shelf::new(threads) }
    }

    /// What is known of the file at `path` as it is now.
    pub(super) fn find(&self, path: &Path) -> Option<(Stamp, Facts)> {
        let path = &fs::canonicalize(path).ok()?;
        let known = self.found.get(path).or_else(|| self.listed.get(path))?;
        (Stamp::at(path)? == known.0).then(|| known.clone())
    }

    /// Takes what was found, with the stamp that the file had before it was read.
    pub(super) fn put(&mut self, path: &Path, known: (Stamp, Facts)) {
        if let Ok(path) = fs::canonicalize(path) {
            self.found.insert(path, known);
        }
    }

    /// Leaves the list of this run's files for the next.
    pub fn save(&self, path: &Path) {
        let entry = |(path, known): (&PathBuf, &(Stamp, Facts))| Some((path.to_str()?.to_string(), json_of(known)?));
        let files: Map<String, Value> = self.found.iter().filter_map(entry).collect();
        // Another version may read other things from the same file.
        let list = json!({ env!("CARGO_PKG_VERSION"): files });
        keep(path, list.to_string().as_bytes());
    }
}

fn json_of((stamp, (hash, bytes, header)): &(Stamp, Facts)) -> Option<Value> {
    let format = match &header.format {
        PhotoFormat::Jpeg { components, adobe, icc } => {
            let icc: Vec<[u64; 2]> = icc.iter().map(|r| [r.start, r.end]).collect();
            json!({ "jpeg": components, "adobe": adobe, "icc": icc })
        }
        PhotoFormat::Png { alpha, depth, grey } => json!({ "png": depth, "alpha": alpha, "grey": grey }),
        PhotoFormat::Tiff { components, depth, alpha } => json!({ "tiff": components, "depth": depth, "alpha": alpha }),
        PhotoFormat::WebP { alpha } => json!({ "webp": alpha }),
        PhotoFormat::Svg | PhotoFormat::Pdf { .. } | PhotoFormat::Pending => return None,
    };
    let Embedded { caption, credit } = &header.embedded;
    let (stored, turned) = (&header.stored, header.orientation);
    Some(json!({
        "stamp": stamp.0, "hash": hash, "bytes": bytes, "format": format, "stored": [stored.0, stored.1],
        "orientation": turned, "caption": caption, "credit": credit,
    }))
}

/// None where anything is missing: such an entry says nothing.
fn entry_of(entry: &Value) -> Option<(Stamp, Facts)> {
    let number = |value: &Value| value.as_u64();
    let small = |value: &Value| value.as_u64().and_then(|n| u8::try_from(n).ok());
    let format = &entry["format"];
    let flag = |name: &str| format[name].as_bool();
    let format = if let Some(components) = small(&format["jpeg"]) {
        let range = |r: &Value| Some(number(&r[0])?..number(&r[1])?);
        let icc = format["icc"].as_array()?.iter().map(range).collect::<Option<_>>()?;
        PhotoFormat::Jpeg { components, adobe: flag("adobe")?, icc }
    } else if let Some(depth) = small(&format["png"]) {
        PhotoFormat::Png { depth, alpha: flag("alpha")?, grey: flag("grey")? }
    } else if let Some(components) = small(&format["tiff"]) {
        PhotoFormat::Tiff { components, depth: small(&format["depth"])?, alpha: flag("alpha")? }
    } else {
        PhotoFormat::WebP { alpha: flag("webp")? }
    };
    let numbers = |value: &Value| value.as_array()?.iter().map(Value::as_i64).collect::<Option<Vec<i64>>>();
    let hash: Vec<u8> = entry["hash"].as_array()?.iter().map(small).collect::<Option<_>>()?;
    let side = |i: usize| number(&entry["stored"][i]).and_then(|n| u32::try_from(n).ok());
    let words = |name: &str| entry[name].as_str().map(str::to_string);
    let header = Header {
        format,
        stored: (side(0)?, side(1)?),
        orientation: small(&entry["orientation"])?,
        embedded: Embedded { caption: words("caption"), credit: words("credit") },
        unset: BTreeSet::new(),
    };
    let stamp = Stamp(numbers(&entry["stamp"])?.try_into().ok()?);
    Some((stamp, (hash.try_into().ok()?, number(&entry["bytes"])?, header)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::Duration;

    fn facts(format: PhotoFormat) -> Facts {
        let embedded = Embedded { caption: Some("挑盐的路“老”".into()), credit: None };
        ([9; 32], 3, Header { embedded, ..Header::new(format, (30, 20), 6) })
    }

    /// The list as it would be if it had been written so many seconds later.
    fn reopened(list: &Path, later: u64) -> Shelf {
        let file = File::options().write(true).open(list).expect("opens");
        let written = file.metadata().and_then(|of| of.modified()).expect("a time");
        file.set_modified(written + Duration::from_secs(later)).expect("set");
        Shelf::open(NonZeroUsize::MIN, list)
    }

    #[test]
    fn every_format_of_pixels_is_known_again() {
        let dir = tempfile::tempdir().expect("a directory");
        let list = dir.path().join("deep/photos.json");
        let formats = [
            PhotoFormat::Jpeg { components: 4, adobe: true, icc: vec![20..90, 94..100] },
            PhotoFormat::Png { alpha: true, depth: 16, grey: false },
            PhotoFormat::Tiff { components: 4, depth: 8, alpha: false },
            PhotoFormat::WebP { alpha: true },
        ];
        let mut shelf = Shelf::new(NonZeroUsize::MIN);
        for (i, format) in formats.iter().enumerate() {
            let path = dir.path().join(format!("{i}.jpg"));
            fs::write(&path, "abc").expect("written");
            shelf.put(&path, (Stamp::at(&path).expect("there"), facts(format.clone())));
        }
        shelf.save(&list);
        let shelf = reopened(&list, 10);
        for (i, format) in formats.iter().enumerate() {
            let found = shelf.find(&dir.path().join(format!("{i}.jpg"))).map(|(_, facts)| facts);
            assert_eq!(found, Some(facts(format.clone())));
        }
    }

    #[test]
    fn a_file_that_changed_or_has_just_changed_is_not_known() {
        let dir = tempfile::tempdir().expect("a directory");
        let (path, list) = (dir.path().join("a.jpg"), dir.path().join("photos.json"));
        fs::write(&path, "abc").expect("written");
        let mut shelf = Shelf::new(NonZeroUsize::MIN);
        shelf.put(&path, (Stamp::at(&path).expect("there"), facts(PhotoFormat::WebP { alpha: false })));
        shelf.save(&list);
        assert!(reopened(&list, 0).find(&path).is_none(), "it may have changed again within the same second");
        assert!(reopened(&list, 10).find(&path).is_some());
        fs::write(&path, "abd").expect("written");
        assert!(reopened(&list, 10).find(&path).is_none(), "of the same size");
        fs::write(&list, "{\"a.jpg\": 3}").expect("written");
        assert!(reopened(&list, 10).find(&path).is_none(), "a list that says nothing");
    }
}
