//! What can stop an EPUB from being written.

use crate::base::{Code, Diagnostic, Place, words};
use std::fmt;

#[derive(Debug)]
pub enum Error {
    Io(std::io::Error),
    Archive(zip::result::ZipError),
    /// epub-builder failed.
    Skeleton(String),
    /// epub-builder's files are not what the finishing pass knows.
    Finish(String),
    Font(String),
    /// A photo can't be read or decoded: its name as the author wrote it, and why.
    Picture {
        name: String,
        reason: String,
    },
}

impl Error {
    /// The same as a finding.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Error::Picture { name, reason } => Diagnostic::new(
                Code::PhotoBroken,
                Place::Issue,
                words(format!("照片 {name} 读不出来：{reason}"), format!("photo {name} can't be read: {reason}")),
            )
            .hint("用图片软件打开后另存为 JPEG 或 PNG", "open it in a picture editor and save it again as JPEG or PNG"),
            other => Diagnostic::new(
                Code::WriteFailed,
                Place::Issue,
                words(format!("EPUB 写不出去：{other}"), format!("the EPUB can't be written: {other}")),
            ),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io(e) => write!(f, "{e}"),
            Error::Archive(e) => write!(f, "{e}"),
            Error::Skeleton(e) => write!(f, "epub-builder: {e}"),
            Error::Finish(e) => write!(f, "epub-builder's files: {e}"),
            Error::Font(e) => write!(f, "font: {e}"),
            Error::Picture { name, reason } => write!(f, "{name}: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error::Io(e)
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(e: zip::result::ZipError) -> Error {
        match e {
            zip::result::ZipError::Io(e) => Error::Io(e),
            e => Error::Archive(e),
        }
    }
}
