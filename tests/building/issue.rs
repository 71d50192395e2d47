//! Issue directories to run the program on, and the run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What came of a run.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program; its messages are English and nothing of the caller's surroundings reaches it.
pub fn qikan(arguments: &[&str]) -> Run {
    qikan_at(None, arguments)
}

/// The same with SOURCE_DATE_EPOCH.
pub fn qikan_at(epoch: Option<u64>, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qikan"));
    command.args(arguments).args(["--ui-lang", "en"]).env_remove("SOURCE_DATE_EPOCH");
    if let Some(epoch) = epoch {
        command.env("SOURCE_DATE_EPOCH", epoch.to_string());
    }
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("messages are UTF-8");
    let code = output.status.code().expect("an exit code: the program wasn't killed");
    Run { code, out: text(output.stdout), err: text(output.stderr) }
}

/// A temporary directory that issues lie in.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Desk {
        Desk(tempfile::tempdir().expect("a temporary directory"))
    }

    /// The path of a thing on the desk, as an argument.
    pub fn at(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("temporary directories have UTF-8 names").into()
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Desk {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("on the desk")).expect("makes directories");
        fs::write(path, bytes).expect("writes");
        self
    }

    /// A sound issue: a manifest, an article with a photo. The output's names begin with the directory's.
    pub fn sound(&self, dir: &str) -> &Desk {
        self.put(&format!("{dir}/issue.toml"), MANIFEST)
            .put(&format!("{dir}/articles/01.md"), ARTICLE)
            .put(&format!("{dir}/photos/a.jpg"), jpeg(720, 480))
    }

    /// Every file below `name` with its bytes.
    pub fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.0.path().join(name))
    }
}

pub const MANIFEST: &str = "[magazine]\ntitle = \"山行\"\n[issue]\nyear = 2026\nnumber = 9\n";
pub const ARTICLE: &str = "---\ntitle: 门\n---\n\n山门在路的尽头。\n\n![山门](photos/a.jpg \"雪后的山门。\")\n";

/// A gradient as a camera's file.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let sample = |i: usize| ((i / 3 % usize::from(width)) * 255 / usize::from(width)) as u8;
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3).map(sample).collect();
    let mut bytes = vec![];
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).expect("encodes");
    bytes
}

/// Every file below a directory with its bytes, by its path from there; the cache of pictures, which is hidden, aside.
pub fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap_or_else(|e| panic!("{}: {e}", next.display())) {
            let path = entry.expect("a directory entry").path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() {
                open.extend((!hidden).then_some(path));
            } else {
                let name = path.strip_prefix(dir).expect("below it").to_path_buf();
                found.insert(name, fs::read(&path).expect("reads"));
            }
        }
    }
    found
}

/// The names alone.
pub fn names(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<&str> {
    files.keys().map(|p| p.to_str().expect("UTF-8")).collect()
}
