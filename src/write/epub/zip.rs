//! The archive (OCF, EPUB 3.3 §4.2): `mimetype` first and stored, no extra fields, no comments, fixed times.
//!
//! Some reading systems take an extra field at `mimetype` for copy protection.

use super::error::Error;
use crate::base::Date;
use std::io::{Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

pub struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
}

impl<W: Write + Seek> Archive<W> {
    /// Begins the archive; its entries carry `date`.
    pub fn new(out: W, date: Date) -> Result<Archive<W>, Error> {
        // The format knows the years 1980 to 2107 only.
        let time = DateTime::from_date_and_time(date.year, date.month, date.day, 0, 0, 0).unwrap_or_default();
        let options = SimpleFileOptions::default().last_modified_time(time).unix_permissions(0o644);
        let mut archive = Archive { zip: ZipWriter::new(out), options };
        archive.stored("mimetype", b"application/epub+zip")?;
        Ok(archive)
    }

    /// For what doesn't get smaller: JPEG, PNG.
    pub fn stored(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.entry(path, bytes, self.options.compression_method(CompressionMethod::Stored))
    }

    pub fn deflated(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.entry(path, bytes, self.options.compression_method(CompressionMethod::Deflated))
    }

    pub fn finish(self) -> Result<W, Error> {
        Ok(self.zip.finish()?)
    }

    fn entry(&mut self, path: &str, bytes: &[u8], options: SimpleFileOptions) -> Result<(), Error> {
        self.zip.start_file(path, options)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }
}
