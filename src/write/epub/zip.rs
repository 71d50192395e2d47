//! The archive (OCF, EPUB 3.3 §4.2): `mimetype` first and stored, no extra fields, no comments, fixed times.
//!
//! Some reading systems take an extra field at `mimetype` for copy protection.

use super::error::Error;
use crate::base::Date;
use std::io::{Cursor, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

pub struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    options: SimpleFileOptions,
    time: DateTime,
}

/// Of every entry: read and written by its owner, read by all.
const MODE: u32 = 0o644;

/// A deflated entry by itself, for [`Archive::packed`]: an archive that is kept from one run to the next.
pub fn pack(path: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file(path, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
    zip.write_all(bytes)?;
    Ok(zip.finish()?.into_inner())
}

impl<W: Write + Seek> Archive<W> {
    /// Begins the archive; its entries carry `date`.
    pub fn new(out: W, date: Date) -> Result<Archive<W>, Error> {
        // The format knows the years 1980 to 2107 only.
        let time = DateTime::from_date_and_time(date.year, date.month, date.day, 0, 0, 0).unwrap_or_default();
        let options = SimpleFileOptions::default().last_modified_time(time).unix_permissions(MODE);
        let mut archive = Archive { zip: ZipWriter::new(out), options, time };
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

    /// The entry of an archive that [`pack`] made.
    pub fn packed(&mut self, pack: &[u8]) -> Result<(), Error> {
        let mut pack = ZipArchive::new(Cursor::new(pack))?;
        Ok(self.zip.raw_copy_file_touch(pack.by_index_raw(0)?, self.time, Some(MODE))?)
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
