//! `import`, `fmt` and `convert`: manuscripts into articles, and what is done to them as steps of their own.

mod fmt;
mod import;
mod log;
mod manifest;
mod script;
mod typing;

pub use crate::convert::repair::Repair;
pub use crate::convert::script::Options;
pub use fmt::{Fmt, fmt};
pub use import::{Import, import};
pub use script::{Convert, convert};
pub use typing::{slips, typing};

use crate::base::{Code, Diagnostic, Place, Words, words};
use std::path::{Path, PathBuf};

/// What was done to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub path: PathBuf,
    /// One line a change, as the log has them.
    pub log: Vec<Words>,
    /// The difference, line by line, for a dry run.
    pub diff: String,
    pub done: Done,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Written,
    Unchanged,
    /// A dry run: it would be written.
    Would,
}

/// Line by line, with three lines around each change.
pub fn diff(before: &str, after: &str, path: &Path) -> String {
    let name = path.to_string_lossy();
    similar::TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(&name, &name).to_string()
}

/// Writes beside and renames: a file is whole or as it was.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let put = || -> std::io::Result<()> {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent)?;
        let name = path.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
        let beside = parent.join(format!(".{name}.part"));
        std::fs::write(&beside, bytes)?;
        std::fs::rename(&beside, path)
    };
    put().map_err(|e| {
        let shown = path.display();
        let message = words(format!("写不出 {shown}：{e}"), format!("can't write {shown}: {e}"));
        Diagnostic::new(Code::WriteFailed, Place::Issue, message).into()
    })
}
