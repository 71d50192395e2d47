//! ZIP archives from outside, opened with limits.
//!
//! In: bytes. Out: the files in them, or why not: a path that climbs, more entries or bytes than a manuscript has, a file
//! that unpacks to a hundred times its size.

use crate::base::{Words, words};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// All files together.
const MOST_BYTES: u64 = 300 << 20;
const MOST_FILES: usize = 4096;
/// How often a file of more than a megabyte may hold its packed size. Office documents stay below 60.
const MOST_RATIO: u64 = 150;

pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// Opens an archive and checks every entry's name and size.
pub fn open(bytes: &[u8]) -> Result<Archive<'_>, Words> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|e| words(format!("压缩包坏了：{e}"), format!("the archive is broken: {e}")))?;
    if zip.len() > MOST_FILES {
        return Err(words("压缩包里的文件太多", "the archive holds too many files"));
    }
    let mut total = 0_u64;
    for i in 0..zip.len() {
        let entry = zip
            .by_index_raw(i)
            .map_err(|e| words(format!("压缩包坏了：{e}"), format!("the archive is broken: {e}")))?;
        let name = name(entry.name_raw());
        if climbs(&name) {
            return Err(words(
                format!("压缩包里有指到外面的路径：{name}"),
                format!("a path in the archive climbs out of it: {name}"),
            ));
        }
        total = total.saturating_add(entry.size());
        let packed = entry.compressed_size().max(1);
        if total > MOST_BYTES || entry.size() > 1 << 20 && entry.size() / packed > MOST_RATIO {
            return Err(bomb());
        }
    }
    Ok(Archive { zip, left: MOST_BYTES })
}

fn bomb() -> Words {
    words("像是压缩炸弹：解开后大得出奇", "it looks like a zip bomb: it unpacks to far more than its size")
}

impl Archive<'_> {
    /// A file of the archive; None where there is none of that name.
    pub fn read(&mut self, wanted: &str) -> Result<Option<Vec<u8>>, Words> {
        let at = (0..self.zip.len()).find(|i| self.zip.by_index_raw(*i).is_ok_and(|e| name(e.name_raw()) == wanted));
        at.map(|i| self.unpack(i)).transpose()
    }

    /// Every file but those that systems add.
    pub fn files(&mut self) -> Result<Vec<(String, Vec<u8>)>, Words> {
        let mut out = vec![];
        for i in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_raw(i) else { continue };
            let name = name(entry.name_raw());
            let last = name.rsplit('/').next().unwrap_or_default();
            if name.ends_with('/') || name.starts_with("__MACOSX/") || last.starts_with('.') || last == "Thumbs.db" {
                continue;
            }
            drop(entry);
            out.push((name, self.unpack(i)?));
        }
        out.sort();
        Ok(out)
    }

    /// Never more than is left of the limit, whatever the entry claims.
    fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Words> {
        let broken =
            |e: &dyn std::fmt::Display| words(format!("压缩包坏了：{e}"), format!("the archive is broken: {e}"));
        let entry = self.zip.by_index(index).map_err(|e| broken(&e))?;
        let packed = entry.compressed_size().max(1);
        let mut bytes = Vec::with_capacity(entry.size().min(self.left) as usize);
        entry.take(self.left + 1).read_to_end(&mut bytes).map_err(|e| broken(&e))?;
        let length = bytes.len() as u64;
        if length > self.left || length > 1 << 20 && length / packed > MOST_RATIO {
            return Err(bomb());
        }
        self.left -= length;
        Ok(bytes)
    }
}

/// Names from Chinese Windows are GBK without a word of it.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

fn climbs(name: &str) -> bool {
    name.starts_with('/') || name.get(1..2) == Some(":") || name.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
                .unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_bomb_and_a_climbing_path_are_refused() {
        let bomb = packed(&[("a.txt", &vec![0_u8; 4 << 20])]);
        assert!(open(&bomb).err().unwrap().en.contains("zip bomb"));
        for path in ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:/a.txt", "..\\a.txt"] {
            assert!(open(&packed(&[(path, b"x")])).err().unwrap().en.contains("climbs"), "{path}");
        }
        assert!(open(b"PK\x03\x04 nothing").is_err());
    }

    #[test]
    fn files_come_sorted_and_without_what_systems_add() {
        let zip = packed(&[("b.txt", b"2"), ("__MACOSX/a", b"x"), ("a.txt", b"1"), (".DS_Store", b"x")]);
        let files = open(&zip).unwrap().files().unwrap();
        assert_eq!(files, [("a.txt".into(), b"1".to_vec()), ("b.txt".into(), b"2".to_vec())]);
    }
}
