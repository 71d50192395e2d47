//! The photos: each file read once, each distinct picture kept once, known by the SHA-256 of its bytes.
//!
//! In: the paths that articles ask for. Out: `doc::Photo`s in the order of their first mention, and findings for what is
//! missing, broken or of another format. Files are read on several threads; results keep the order of the questions.

mod calm;
mod jpeg;
mod png;
mod probe;

use super::folder::{Folder, Found};
use super::markdown::Wanted;
pub use calm::measure as calm;

use crate::base::{Code, Diagnostic, Report, Span, words};
use crate::doc::{Photo, PhotoId};
use probe::{Header, Unusable, probe};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[cfg(test)]
pub(in crate::read) use jpeg::tests::tiny;

/// A photo that was asked for, after its path was looked up.
struct Asked {
    path: PathBuf,
    name: String,
    span: Span,
}

/// What is asked for in the course of reading; [`Desk::settle`] answers all at once.
#[derive(Default)]
pub struct Desk {
    asked: Vec<Asked>,
    by_path: BTreeMap<PathBuf, usize>,
}

/// Each question's photo.
pub struct Settled {
    pub photos: Vec<Photo>,
    answers: Vec<Option<PhotoId>>,
}

impl Settled {
    pub fn photo(&self, question: usize) -> Option<PhotoId> {
        self.answers[question]
    }
}

impl Desk {
    /// Looks a photo up. None, with a finding, when there is no such file; else the number of the question.
    pub fn ask(&mut self, folder: &Folder, home: &Path, wanted: &Wanted, report: &mut Report) -> Option<usize> {
        match folder.find(home, &wanted.dest) {
            Found::File(path) => Some(*self.by_path.entry(path.clone()).or_insert_with(|| {
                self.asked.push(Asked { path, name: wanted.dest.clone(), span: wanted.span });
                self.asked.len() - 1
            })),
            found => {
                report.push(not_found(wanted, found));
                None
            }
        }
    }

    /// Reads and probes every file.
    pub fn settle(self, report: &mut Report) -> Settled {
        let mut out = Settled { photos: vec![], answers: vec![] };
        let mut by_hash: BTreeMap<[u8; 32], PhotoId> = BTreeMap::new();
        for (asked, read) in self.asked.iter().zip(read_all(&self.asked)) {
            let answer = match read {
                Ok((hash, bytes, header)) => Some(*by_hash.entry(hash).or_insert_with(|| {
                    out.photos.push(photo(asked, hash, bytes, header));
                    PhotoId(out.photos.len() as u32 - 1)
                })),
                Err(error) => {
                    report.push(unusable(asked, error));
                    None
                }
            };
            out.answers.push(answer);
        }
        out
    }
}

fn photo(asked: &Asked, hash: [u8; 32], bytes: u64, header: Header) -> Photo {
    let Header { format, stored, orientation } = header;
    Photo { hash, path: asked.path.clone(), name: asked.name.clone(), bytes, format, stored, orientation }
}

type Read = Result<([u8; 32], u64, Header), Unusable>;

/// Every n-th file on the n-th thread, put back in order.
fn read_all(asked: &[Asked]) -> Vec<Read> {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(asked.len()).max(1);
    let mut results: Vec<(usize, Read)> = std::thread::scope(|scope| {
        let strides: Vec<_> = (0..threads)
            .map(|first| {
                let mine = asked.iter().enumerate().skip(first).step_by(threads);
                scope.spawn(move || mine.map(|(i, a)| (i, read_one(&a.path))).collect::<Vec<_>>())
            })
            .collect();
        strides.into_iter().flat_map(|s| s.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    results.sort_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, read)| read).collect()
}

fn read_one(path: &Path) -> Read {
    let bytes =
        std::fs::read(path).map_err(|e| probe::broken(format!("读不出：{e}"), format!("can't be read: {e}")))?;
    let header = probe(&bytes)?;
    Ok((Sha256::digest(&bytes).into(), bytes.len() as u64, header))
}

fn not_found(wanted: &Wanted, found: Found) -> Diagnostic {
    let dest = &wanted.dest;
    match found {
        Found::Outside => Diagnostic::at(
            Code::PathOutside,
            wanted.span,
            words(format!("路径指到了本期目录之外：{dest}"), format!("the path leaves the issue's directory: {dest}")),
        )
        .hint("把文件放进本期目录，例如 photos/", "put the file into the issue's directory, photos/ for one"),
        Found::Remote => Diagnostic::at(
            Code::PhotoMissing,
            wanted.span,
            words(format!("网上的图片不会下载：{dest}"), format!("pictures on the web are not fetched: {dest}")),
        )
        .hint("下载后放进 photos/，改写路径", "download it into photos/ and write that path"),
        Found::Missing(_) if wanted.pending => Diagnostic::at(
            Code::PhotoPending,
            wanted.span,
            words(format!("照片待补：{dest}"), format!("a photo is still to come: {dest}")),
        ),
        Found::Missing(near) => {
            let message = words(format!("找不到照片：{dest}"), format!("no such photo: {dest}"));
            let finding = Diagnostic::at(Code::PhotoMissing, wanted.span, message);
            match near {
                Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
                None => finding.hint(
                    "路径从文章或本期目录写起；照片还没到时写 {.pending}",
                    "write the path from the article or the issue's directory; {.pending} for a photo still to come",
                ),
            }
        }
        Found::File(_) => Diagnostic::at(Code::PhotoMissing, wanted.span, words(dest.clone(), dest.clone())),
    }
}

fn unusable(asked: &Asked, error: Unusable) -> Diagnostic {
    let name = &asked.name;
    match error {
        Unusable::Broken(why) => {
            let message = words(format!("{name}：{}", why.zh), format!("{name}: {}", why.en));
            Diagnostic::at(Code::PhotoBroken, asked.span, message)
                .hint("换成完好的原片", "replace it with an intact original")
        }
        Unusable::Format(format) => {
            let message = words(
                format!("{name} 是 {format}，还不支持"),
                format!("{name} is {format}, which isn't supported yet"),
            );
            let to = if matches!(format, "SVG" | "GIF" | "PDF") { "png" } else { "jpg" };
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let line = match format {
                "HEIC" | "AVIF" => format!("heif-convert -q 95 \"{name}\" \"{stem}.{to}\""),
                "SVG" => format!("rsvg-convert -w 3000 \"{name}\" -o \"{stem}.{to}\""),
                _ => format!("magick \"{name}\" -quality 95 \"{stem}.{to}\""),
            };
            Diagnostic::at(Code::PhotoFormat, asked.span, message).hint(
                format!("在看图软件里另存为 JPEG 或 PNG，或运行：{line}"),
                format!("save it as JPEG or PNG in an image program, or run: {line}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::folder;
    use std::fs;

    #[test]
    fn same_bytes_are_one_photo_and_order_is_of_first_mention() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.md"), "x").unwrap();
        for (name, width) in [("1.jpg", 10), ("2.jpg", 20), ("copy.jpg", 10)] {
            fs::write(dir.path().join(name), tiny(width, 5)).unwrap();
        }
        let folder = folder::open(dir.path(), &mut Report::default()).unwrap();
        let (mut desk, mut report) = (Desk::default(), Report::default());
        let mut ask = |dest: &str, pending| {
            let wanted = Wanted { dest: dest.into(), span: Span::default(), pending };
            desk.ask(&folder, &folder.root, &wanted, &mut report)
        };
        let asked = [ask("2.jpg", false), ask("copy.jpg", false), ask("./1.jpg", false), ask("2.jpg", false)];
        assert_eq!(asked, [Some(0), Some(1), Some(2), Some(0)]);
        assert_eq!(ask("9.jpg", true), None);
        let settled = desk.settle(&mut report);
        assert_eq!([0, 1, 2].map(|q| settled.photo(q)), [Some(PhotoId(0)), Some(PhotoId(1)), Some(PhotoId(1))]);
        assert_eq!(settled.photos.iter().map(|p| p.stored.0).collect::<Vec<_>>(), [20, 10]);
        assert_eq!(report.findings.iter().map(|d| d.code.name()).collect::<Vec<_>>(), ["photo/pending"]);
    }
}
