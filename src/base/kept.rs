//! Files that spare a later run work.

use std::fs;
use std::path::Path;

/// Leaves a file that is whole or isn't there, its directory with it. One that can't be written costs time and nothing else.
pub fn keep(path: &Path, bytes: &[u8]) {
    let part = path.with_extension("part");
    let dir = path.parent().map_or(Ok(()), fs::create_dir_all);
    if dir.and_then(|()| fs::write(&part, bytes)).and_then(|()| fs::rename(&part, path)).is_err() {
        let _ = fs::remove_file(&part);
    }
}
