//! The photos: each file read once, each distinct picture kept once, known by the SHA-256 of its bytes.
//!
//! In: the paths that articles ask for. Out: `doc::Photo`s in the order of their first mention, and findings for what is
//! missing, broken or of another format. Files are read on several threads; results keep the order of the questions.

mod calm;
mod embedded;
mod jpeg;
mod png;
mod probe;
mod raster;
mod shelf;

pub use embedded::Embedded;
pub use shelf::Shelf;

use super::folder::{Folder, Found};
use super::markdown::Wanted;
pub use calm::measure as calm;

use crate::base::{Code, Diagnostic, Report, Span, Words, words};
use crate::doc::{Photo, PhotoFormat, PhotoId};
use crate::picture::{Darkroom, Pixels, Unset};
use probe::{Header, Unusable, probe};
use sha2::{Digest, Sha256};
use shelf::{Facts, Stamp};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

#[cfg(test)]
pub(in crate::read) use jpeg::tests::tiny;

/// A photo that was asked for, after its path was looked up.
struct Asked {
    path: PathBuf,
    name: String,
    /// Of a PDF file, from 1.
    page: u16,
    span: Span,
    /// There is no file yet, and its author expects this shape.
    pending: Option<(u32, u32)>,
}

/// What is asked for in the course of reading; [`Desk::settle`] answers all at once.
#[derive(Default)]
pub struct Desk {
    asked: Vec<Asked>,
    by_path: BTreeMap<(PathBuf, u16), usize>,
}

/// Each question's photo.
#[derive(Default)]
pub struct Settled {
    pub photos: Vec<Photo>,
    /// What each photo's file says of itself.
    pub embedded: Vec<Embedded>,
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
        let (dest, page) = pdf_page(&wanted.dest);
        let found = folder.find(home, dest);
        let (path, pending) = match found {
            Found::File(path) => (path, None),
            Found::Missing(_) if wanted.pending => {
                report.push(not_found(wanted, found));
                (PathBuf::from(dest), Some(wanted.shape.unwrap_or((3, 2))))
            }
            found => {
                report.push(not_found(wanted, found));
                return None;
            }
        };
        Some(*self.by_path.entry((path.clone(), page)).or_insert_with(|| {
            self.asked.push(Asked { path, name: wanted.dest.clone(), page, span: wanted.span, pending });
            self.asked.len() - 1
        }))
    }

    /// Reads and probes every file that isn't known from an earlier run.
    pub fn settle(self, shelf: &mut Shelf, report: &mut Report) -> Settled {
        let mut out = Settled::default();
        let mut by_hash: BTreeMap<[u8; 32], PhotoId> = BTreeMap::new();
        for (asked, read) in self.asked.iter().zip(found_all(&self.asked, shelf)) {
            let answer = match read {
                Ok((hash, bytes, header)) => Some(*by_hash.entry(hash).or_insert_with(|| {
                    report.findings.extend(unset(asked, &header.unset));
                    out.embedded.push(header.embedded.clone());
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

/// `ad.pdf#2` is its second page.
fn pdf_page(dest: &str) -> (&str, u16) {
    let is_pdf = |file: &str| file.to_ascii_lowercase().ends_with(".pdf");
    let named = dest.rsplit_once('#').filter(|(file, _)| is_pdf(file));
    let page = named.and_then(|(file, n)| Some((file, n.trim_start_matches("page=").parse().ok().filter(|n| *n > 0)?)));
    page.unwrap_or((dest, 1))
}

fn photo(asked: &Asked, hash: [u8; 32], bytes: u64, header: Header) -> Photo {
    let Header { format, stored, orientation, .. } = header;
    Photo { hash, path: asked.path.clone(), name: asked.name.clone(), bytes, format, stored, orientation }
}

type Read = Result<Facts, Unusable>;

/// What is known of every file, or is now found in it; the shelf keeps it.
fn found_all(asked: &[Asked], shelf: &mut Shelf) -> Vec<Read> {
    // Of a PDF file each page is a picture of its own.
    let one = |asked: &Asked| shelf.find(&asked.path).filter(|_| asked.page == 1);
    let known: Vec<Option<(Stamp, Facts)>> = asked.iter().map(one).collect();
    let unknown: Vec<&Asked> = asked.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(a, _)| a).collect();
    // Taken first: a file that changes while it is read has another one.
    let stamps: Vec<Option<Stamp>> = unknown.iter().map(|asked| Stamp::at(&asked.path)).collect();
    let mut read = stamps.into_iter().zip(read_all(&unknown, shelf.threads));
    let mut one = |asked: &Asked, known: Option<(Stamp, Facts)>| {
        let (stamp, facts) = match known {
            Some((stamp, facts)) => (Some(stamp), Ok(facts)),
            None => read.next().expect("one for each that is unknown"),
        };
        if let (Some(stamp), Ok(facts), 1) = (stamp, &facts, asked.page) {
            shelf.put(&asked.path, (stamp, facts.clone()));
        }
        facts
    };
    asked.iter().zip(known).map(|(asked, known)| one(asked, known)).collect()
}

/// Every file, in order. Formats whose data has its own checks are decoded, so that a broken one is found before a page is
/// made; a JPEG's segments tell enough.
fn read_all(asked: &[&Asked], threads: NonZeroUsize) -> Vec<Read> {
    let darkroom = Darkroom { photos: &[], threads, cache: None };
    let mut all = vec![];
    let take = |all: &mut Vec<Read>, read| {
        all.push(read);
        Ok::<(), ()>(())
    };
    let _ = darkroom.each(asked, |_| 0, |asked| read_one(asked), |_, read| take(&mut all, read));
    let jobs: Vec<(&Asked, Read)> = asked.iter().copied().zip(all).collect();
    let pixels = |(_, read): &(&Asked, Read)| match read {
        Ok((.., header)) if is_checked(&header.format) => u64::from(header.stored.0) * u64::from(header.stored.1),
        _ => 0,
    };
    let check = |(asked, read): &(&Asked, Read)| decoded(asked, read.clone());
    let mut checked = vec![];
    let _ = darkroom.each(&jobs, pixels, check, |_, read| take(&mut checked, read));
    checked
}

fn is_checked(format: &PhotoFormat) -> bool {
    matches!(format, PhotoFormat::Png { .. } | PhotoFormat::Tiff { .. } | PhotoFormat::WebP { .. })
}

fn decoded(asked: &Asked, read: Read) -> Read {
    let (hash, bytes, header) = read?;
    if is_checked(&header.format) {
        let file = std::fs::read(&asked.path).map_err(|e| unread(&e))?;
        Pixels::decode(&file, &header.format)
            .map_err(|why| probe::broken(format!("图像数据坏了：{why}"), format!("its image data is broken: {why}")))?;
    }
    Ok((hash, bytes, header))
}

fn read_one(asked: &Asked) -> Read {
    if let Some((width, height)) = asked.pending {
        let hash = Sha256::digest(format!("pending {}", asked.name)).into();
        let longer = width.max(height);
        let stored = [width, height].map(|side| (side * Photo::DRAWN / longer).max(1));
        return Ok((hash, 0, Header::new(PhotoFormat::Pending, (stored[0], stored[1]), 1)));
    }
    let bytes = std::fs::read(&asked.path).map_err(|e| unread(&e))?;
    let header = probe(&bytes, asked.page)?;
    let mut hash = Sha256::new_with_prefix(&bytes);
    // Two pages of a file are two pictures.
    if asked.page > 1 {
        hash.update(format!("#{}", asked.page));
    }
    Ok((hash.finalize().into(), bytes.len() as u64, header))
}

fn unread(error: &std::io::Error) -> Unusable {
    probe::broken(format!("读不出：{error}"), format!("can't be read: {error}"))
}

/// What a drawing holds and no page shows.
fn unset(asked: &Asked, unset: &BTreeSet<Unset>) -> Option<Diagnostic> {
    let names: Vec<Words> = unset
        .iter()
        .map(|what| match what {
            Unset::Text => words("文字", "text"),
            Unset::Image => words("照片", "a photo"),
            Unset::Filter => words("滤镜", "a filter"),
            Unset::Mask => words("蒙版", "a mask"),
            Unset::Pattern => words("图案", "a pattern"),
        })
        .collect();
    let all = |of: fn(&Words) -> &str, with: &str| names.iter().map(of).collect::<Vec<_>>().join(with);
    let (zh, en) = (all(|w| &w.zh, "、"), all(|w| &w.en, ", "));
    let name = &asked.name;
    let message = words(format!("{name} 里有排不出来的东西：{zh}"), format!("{name} holds what can't be set: {en}"));
    let finding = Diagnostic::at(Code::PhotoDrawing, asked.span, message);
    (!names.is_empty()).then(|| {
        finding.hint(
            "在绘图软件里把文字转成轮廓（创建轮廓、对象转路径），滤镜、蒙版、图案先栅格化，照片另存为单独的文件",
            "in the drawing program convert text to outlines (object to path), rasterise filters, masks and patterns, and save photos as files of their own",
        )
    })
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
        )
        .hint(
            "照片到了，放进去并删掉 pending；送印之前必须补齐",
            "put it there and delete pending when it comes; it must be there before the issue is printed",
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
        Unusable::TooLarge(width, height) => {
            let message = words(
                format!("{name} 有 {width} × {height} 像素，太大了"),
                format!("{name} has {width} × {height} pixels: too many"),
            );
            Diagnostic::at(Code::PhotoTooLarge, asked.span, message).hint(
                "整页出血的照片 2600 × 3500 像素（300 ppi）就够了",
                "a full page with bleed needs 2600 × 3500 pixels (300 ppi)",
            )
        }
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
            let to = if format == "GIF" { "png" } else { "jpg" };
            let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
            let line = match format {
                "HEIC" | "AVIF" => format!("heif-convert -q 95 \"{name}\" \"{stem}.{to}\""),
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
    fn a_number_sign_names_a_page() {
        assert_eq!(pdf_page("ads/a.pdf#2"), ("ads/a.pdf", 2));
        assert_eq!(pdf_page("A.PDF#page=3"), ("A.PDF", 3));
        assert_eq!(
            (pdf_page("a.pdf").1, pdf_page("a.pdf#0"), pdf_page("a#2.jpg")),
            (1, ("a.pdf#0", 1), ("a#2.jpg", 1))
        );
    }

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
            let wanted = Wanted { dest: dest.into(), span: Span::default(), pending, shape: None };
            desk.ask(&folder, &folder.root, &wanted, &mut report)
        };
        let asked = [ask("2.jpg", false), ask("copy.jpg", false), ask("./1.jpg", false), ask("2.jpg", false)];
        assert_eq!(asked, [Some(0), Some(1), Some(2), Some(0)]);
        assert_eq!((ask("9.jpg", false), ask("9.jpg", true)), (None, Some(3)));
        let settled = desk.settle(&mut Shelf::new(NonZeroUsize::MIN), &mut report);
        assert_eq!([0, 1, 2].map(|q| settled.photo(q)), [Some(PhotoId(0)), Some(PhotoId(1)), Some(PhotoId(1))]);
        assert_eq!(settled.photos.iter().map(|p| p.stored.0).collect::<Vec<_>>(), [20, 10, 3000]);
        assert!(settled.photos[2].is_pending());
        let codes: Vec<_> = report.findings.iter().map(|d| d.code.name()).collect();
        assert_eq!(codes, ["photo/missing", "photo/pending"]);
    }
}
