//! From the two nouns to files.
//!
//! In: a `page::Book` or a `doc::Issue`, the photos and the faces. Out: bytes in a `Write`; [`Staged`] makes a file of
//! them that is whole or is not there.

pub mod epub;
pub mod pdf;
pub mod raster;

use crate::base::{Code, Diagnostic, Place, words};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};

/// Why an output could not be written.
#[derive(Debug)]
pub enum Error {
    /// The disk, or whatever stands behind the `Write`.
    Io(io::Error),
    /// Something in the issue.
    Finding(Box<Diagnostic>),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Error::Io(error)
    }
}

impl From<Diagnostic> for Error {
    fn from(finding: Diagnostic) -> Self {
        Error::Finding(Box::new(finding))
    }
}

impl From<epub::Error> for Error {
    fn from(error: epub::Error) -> Self {
        match error {
            epub::Error::Io(error) => Error::Io(error),
            other => other.diagnostic().into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io(error) => write!(f, "{error}"),
            Error::Finding(finding) => write!(f, "{}: {}", finding.code.name(), finding.message.en),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The finding to report for the output at `path`.
    pub fn into_diagnostic(self, path: &Path) -> Diagnostic {
        let name = path.display();
        match self {
            Error::Finding(finding) => *finding,
            Error::Io(error) => Diagnostic::new(
                Code::WriteFailed,
                Place::Issue,
                words(format!("写不出 {name}：{error}"), format!("can't write {name}: {error}")),
            )
            .hint(
                "检查磁盘空间、目录权限，以及文件是否正被别的程序占用。",
                "Check the disk's space, the directory's permissions, and whether another program holds the file.",
            ),
        }
    }
}

/// A finished file beside its final name. It takes that name by [`Staged::put`], or vanishes: files that belong together
/// are all staged before the first of them is put, so that one that fails leaves none of the others new.
pub struct Staged {
    part: PathBuf,
    path: PathBuf,
}

impl Staged {
    /// Writes the file whole, to the disk. Where `write` or the disk fails, nothing is left behind.
    pub fn write(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Error>) -> Result<Staged, Error> {
        let staged = Staged { part: part_name(path), path: path.to_path_buf() };
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&staged.part)?);
        write(&mut out)?;
        out.into_inner().map_err(|e| e.into_error())?.sync_all()?;
        Ok(staged)
    }

    pub fn bytes(&self) -> io::Result<u64> {
        Ok(fs::metadata(&self.part)?.len())
    }

    /// Its bytes once more.
    pub fn copy(&self, out: &mut impl io::Write) -> io::Result<()> {
        io::copy(&mut File::open(&self.part)?, out).map(|_| ())
    }

    /// Its size and the SHA-256 of its bytes, in hexadecimal.
    pub fn sha256(&self) -> io::Result<(u64, String)> {
        let (mut file, mut hash, mut bytes) = (File::open(&self.part)?, Sha256::new(), 0);
        let mut chunk = vec![0; 1 << 16];
        loop {
            match file.read(&mut chunk)? {
                0 => break,
                n => {
                    hash.update(&chunk[..n]);
                    bytes += n as u64;
                }
            }
        }
        Ok((bytes, hash.finalize().iter().map(|b| format!("{b:02x}")).collect()))
    }

    /// Renames it over an earlier file. Gives its size in bytes.
    pub fn put(self) -> io::Result<u64> {
        fs::rename(&self.part, &self.path)?;
        Ok(fs::metadata(&self.path)?.len())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // It may never have been made, or has been put; there is nobody to tell.
        let _ = fs::remove_file(&self.part);
    }
}

/// In the same directory, because a rename is atomic only within one file system.
fn part_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".part");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_failed_write_leaves_the_earlier_file_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let path = dir.path().join("a.pdf");
        let first = Staged::write(&path, |out| Ok(out.write_all(b"first")?)).expect("writes");
        assert!(!path.exists(), "staged is not put");
        assert_eq!(first.put().expect("renames"), 5);
        let failed = Staged::write(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full").into())
        });
        assert!(matches!(failed, Err(Error::Io(_))));
        drop(Staged::write(&path, |out| Ok(out.write_all(b"second")?)).expect("writes"));
        assert_eq!(fs::read(&path).expect("still there"), b"first");
        assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), 1);
    }

    #[test]
    fn a_missing_directory_is_an_error_that_names_the_file() {
        let path = Path::new("no/such/place/a.pdf");
        let error = Staged::write(path, |_| Ok(())).err().expect("no directory");
        let finding = error.into_diagnostic(path);
        assert_eq!(finding.code, Code::WriteFailed);
        assert!(finding.message.zh.contains("a.pdf") && finding.message.en.contains("a.pdf"));
    }
}
