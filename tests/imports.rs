//! From raw material to the files of readers: every manuscript of `tests/import/raw` is imported into one issue, which is
//! built, and what a reader of the PDF and of the EPUB gets is compared with the articles, paragraph by paragraph.

#[path = "manuscripts/reading_back.rs"]
mod reading_back;

use qikan::base::Severity;
use qikan::font::Library;
use qikan::press::convert::{Import, Repair, import};
use qikan::press::{self, Format, Printing, Request};
use qikan::source::Sources;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

#[test]
fn the_text_of_the_files_is_the_articles() {
    let desk = tempfile::tempdir().expect("a directory");
    let dir = desk.path().join("issue");
    let (mut sources, mut report) = (Sources::new("tests/import/raw"), Default::default());
    let files = files(Path::new("tests/import/raw"));
    assert!(files.len() >= 45, "{} manuscripts", files.len());
    let request = Import { files, out: dir.clone(), dry_run: false, force: false, repair: Repair::Report };
    import(&request, &mut sources, &mut report);
    assert_eq!(report.count(Severity::Error), 0, "{report:?}");
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let request = Request {
        out: desk.path().join("out"),
        dir: dir.clone(),
        formats: vec![Format::Screen, Format::Epub],
        strict: false,
        threads: NonZeroUsize::MIN,
        epoch: None,
        edition: None,
        printing: Printing::default(),
    };
    let outcome = press::build(&request, &library, &mut |_| {});
    assert_eq!(outcome.report.count(Severity::Error), 0, "{:?}", outcome.report);
    let file = |ending: &str| {
        let path = outcome.files.iter().map(|f| &f.path).find(|p| p.to_string_lossy().ends_with(ending));
        fs::read(path.expect("it was written")).expect("readable")
    };
    let texts = [
        ("EPUB", squeezed(&reading_back::epub_text(&file(".epub")))),
        ("PDF", squeezed(&reading_back::pdf_text(&file("screen.pdf")))),
    ];
    let mut missing = vec![];
    for path in self::files(&dir.join("articles")) {
        let article = fs::read_to_string(&path).expect("readable");
        for part in parts(&article) {
            for (kind, _) in texts.iter().filter(|(_, text)| !text.contains(&part)) {
                missing.push(format!("{kind} {}: {part}", path.file_name().expect("a name").to_string_lossy()));
            }
        }
    }
    assert!(missing.is_empty(), "{} parts\n{}", missing.len(), missing.join("\n"));
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).expect("the directory").flatten().map(|e| e.path()).collect();
    files.sort();
    files
}

/// Without blanks, which lines and pages eat.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(u32::from(*c), 0xAD | 0x200B | 0x2060 | 0xFEFF)).collect()
}

/// The sentences of an article's paragraphs and headings; a page may end between two. Whatever holds markup within is cut
/// there, so that no parser of ours is asked.
fn parts(article: &str) -> Vec<String> {
    let body = article.splitn(3, "---\n").nth(2).unwrap_or(article);
    let mut out = vec![];
    for line in body.lines().filter(|l| !l.starts_with([':', '|', '<', '!', '`', '['])) {
        // Where a link leads is no text.
        let line: String = line
            .split("](")
            .enumerate()
            .map(|(i, part)| if i == 0 { part } else { part.split_once(')').map_or(part, |(_, rest)| rest) })
            .collect();
        let bare = line.trim_start_matches(['#', '>', '-', ' ']);
        let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(". ");
        for sentence in bare.split_inclusive(['。', '？', '！']) {
            let pieces = sentence.split(|c| "*_`[](){}<>\\~^|&$".contains(c)).map(squeezed);
            out.extend(pieces.filter(|p| p.chars().count() >= 6));
        }
    }
    out
}
