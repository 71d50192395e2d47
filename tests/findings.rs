//! Every finding there is, raised by an issue that has the fault: `tests/findings/<area>-<what>[-…]/issue` beside the
//! whole list of what is said of it, `expected.txt`. A case is checked, unless a file names another command by its own
//! name and holds its words: `build` the formats (`final`: for the printer; `page=7`: that page alone), into `issue/out`;
//! `import` what is done about repair, of the files in `manuscripts/` into a copy of the issue; `convert` the language.
//!
//! `QIKAN_ACCEPT=1 cargo test --test findings` writes the lists anew: read the difference before you commit it.

use qikan::base::{Axis, Code, Diagnostic, Place, Report, Span, Words};
use qikan::font::Library;
use qikan::press::convert::{Convert, Import, Options, Repair, convert, import};
use qikan::press::{self, Format, Printing, Request};
use qikan::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

#[test]
fn every_case_finds_what_its_list_says_and_nothing_else() {
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let accept = std::env::var_os("QIKAN_ACCEPT").is_some();
    let mut wrong = String::new();
    for case in cases() {
        let (found, list) = (list(&case, &library), case.join("expected.txt"));
        let expected = fs::read_to_string(&list).unwrap_or_default().replace("\r\n", "\n");
        if accept && !matches(&expected, &found) {
            fs::write(&list, &found).expect("writes the list");
        } else if !matches(&expected, &found) {
            writeln!(wrong, "== {}\n{found}-- expected\n{expected}", case.display()).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_case_named_after_it() {
    let raised: BTreeSet<String> = cases().iter().flat_map(|case| codes(case)).collect();
    let missing: Vec<&str> = Code::TABLE.iter().map(|row| row.name).filter(|name| !raised.contains(*name)).collect();
    assert!(missing.is_empty(), "no case raises {missing:?}");
    for case in cases() {
        let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let named = codes(&case).into_iter().any(|code| name.starts_with(&code.replace('/', "-")));
        assert!(named, "{name} is named after none of the codes in its list");
    }
}

/// Faults that no manuscript has a line for: a page that was asked for on the command line, a font's file.
const WITHOUT_LINE: [&str; 3] = ["print/no-page", "font/unreadable", "layout/overflow"];

/// Whoever mends a fault wants the page to look at and the line to change, and no other finding for the same fault.
#[test]
fn faults_of_print_have_a_line_and_thirty_of_them_a_page_and_no_other_finding() {
    let mut alone = 0;
    for case in cases() {
        let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let list = fs::read_to_string(case.join("expected.txt")).expect("the list");
        let found: Vec<&str> = list.lines().filter(|line| !line.starts_with(' ')).collect();
        let of_print = ["print-", "photo-", "font-", "screen-", "layout-"].iter().any(|area| name.starts_with(area));
        if !of_print {
            continue;
        }
        for line in found.iter().filter(|line| !WITHOUT_LINE.iter().any(|code| line.contains(code))) {
            assert!(line.split_once("] ").is_some_and(|(_, place)| place.contains(':')), "{name}: no line: {line}");
        }
        let own = |line: &&str| codes_of(line).iter().any(|code| name.starts_with(&code.replace('/', "-")));
        alone += usize::from(found.iter().all(|line| own(line) && line.contains(", page ")));
    }
    assert!(alone >= 30, "{alone} faults have a page, a line and nothing beside them");
}

/// docs/preflight.md: each question that plants ask has a code that there is, and cases that raise it.
#[test]
fn the_table_of_questions_names_codes_and_cases_that_there_are() {
    let text = fs::read_to_string("docs/preflight.md").expect("the table");
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| line.starts_with("| P")).map(|l| l.split('|').collect()).collect();
    assert_eq!(rows.len(), 32);
    for (number, row) in (1..).zip(&rows) {
        assert_eq!(row[1].trim(), format!("P{number:02}"));
        let named: Vec<&str> = row[3].split('`').filter(|word| word.contains('/') && !word.contains(' ')).collect();
        for code in &named {
            assert!(Code::TABLE.iter().any(|known| known.name == *code), "{row:?}: no code {code}");
        }
        let mut raised = BTreeSet::new();
        let mut last = "";
        for word in row[5].split([',', ';']).map(str::trim) {
            let case = match word.strip_prefix('…') {
                Some(end) => format!("{last}{end}"),
                None if named.iter().any(|code| word.starts_with(&code.replace('/', "-"))) => {
                    last = word;
                    word.to_string()
                }
                None => continue,
            };
            let list = Path::new("tests/findings").join(&case);
            assert!(list.is_dir(), "{row:?}: no case {case}");
            raised.extend(codes(&list));
        }
        let open: Vec<&&str> = named.iter().filter(|code| !raised.contains(**code)).collect();
        assert!(open.is_empty(), "{row:?}: no case of it raises {open:?}");
    }
}

/// Preflight codes that no change of one line takes away; other cases have what they judge, and don't report it.
const NOT_MENDED: [&str; 7] = [
    "colophon/missing",
    "colophon/forbidden",
    "layout/copyfit",
    "photo/profile",
    "photo/stored",
    "epub/page-list",
    "epub/conformance",
];

/// A case's `mended` says what is written otherwise, `file: old → new`: the other side of the limit, where its finding isn't.
#[test]
fn what_is_mended_is_found_no_more() {
    let library = Library::from_dir(Path::new("fonts")).expect("fonts/ holds the shipped files");
    let mut gone = BTreeSet::new();
    for case in cases() {
        let Ok(mended) = fs::read_to_string(case.join("mended")) else { continue };
        let desk = tempfile::tempdir().expect("a temporary directory");
        copy(&case, desk.path());
        mended.lines().for_each(|line| mend(&desk.path().join("issue"), line));
        let left = codes_of(&list(desk.path(), &library));
        let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let own: Vec<String> = codes(&case).into_iter().filter(|c| name.starts_with(&c.replace('/', "-"))).collect();
        assert!(!own.iter().any(|code| left.contains(code)), "{name}: {left:?}");
        gone.extend(own);
    }
    let preflight = Code::TABLE.iter().filter(|row| row.axis == Axis::Preflight).map(|row| row.name);
    let kept: Vec<&str> = preflight.filter(|name| !gone.contains(*name)).collect();
    assert_eq!(kept, NOT_MENDED, "the codes of preflight that no case mends");
}

/// Byte for byte: a PDF is no text. `\n` is a new line.
fn mend(dir: &Path, line: &str) {
    let parts = line.split_once(": ").and_then(|(file, change)| Some((file, change.split_once(" → ")?)));
    let (file, (old, new)) = parts.unwrap_or_else(|| panic!("file: old → new, not {line}"));
    let (old, new) = (old.as_bytes(), new.replace("\\n", "\n"));
    let bytes = fs::read(dir.join(file)).expect("the file is there");
    let at = bytes.windows(old.len()).position(|w| w == old).unwrap_or_else(|| panic!("{line}: not in the file"));
    let whole = [&bytes[..at], new.as_bytes(), &bytes[at + old.len()..]].concat();
    fs::write(dir.join(file), whole).expect("writes");
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/findings").expect("the cases");
    let mut cases: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    cases.sort();
    cases
}

/// The codes of a list.
fn codes(case: &Path) -> Vec<String> {
    codes_of(&fs::read_to_string(case.join("expected.txt")).unwrap_or_default())
}

fn codes_of(list: &str) -> Vec<String> {
    let code = |line: &str| Some(line.split_once('[')?.1.split_once(']')?.0.to_string());
    list.lines().filter(|line| !line.starts_with(' ')).filter_map(code).collect()
}

/// What is said of a case, one finding after the other.
fn list(case: &Path, library: &Library) -> String {
    let words = |command: &str| fs::read_to_string(case.join(command)).ok();
    let (sources, report) = match (words("import"), words("convert")) {
        (Some(words), _) => imported(case, &words),
        (_, Some(words)) => converted(case, &words),
        _ => built(case, words("build").as_deref(), library),
    };
    report.findings.iter().map(|finding| told(finding, &sources)).collect()
}

fn built(case: &Path, words: Option<&str>, library: &Library) -> (Sources, Report) {
    let dir = case.join("issue");
    let named = words.unwrap_or_default();
    let formats: Vec<Format> = Format::ALL.into_iter().filter(|f| named.contains(f.name())).collect();
    let page = |word: &str| word.strip_prefix("page=").map(str::to_string);
    let printing = Printing {
        last: named.contains("final"),
        pages: named.split_whitespace().filter_map(page).collect(),
        ..Printing::default()
    };
    let request = Request {
        out: dir.join("out"),
        dir,
        formats,
        strict: false,
        threads: NonZeroUsize::MIN,
        epoch: None,
        edition: None,
        printing,
    };
    let outcome = match words {
        Some(_) => press::build(&request, library, &mut |_| {}),
        None => press::check(&request, library),
    };
    (outcome.sources, outcome.report)
}

/// Import writes: into a copy.
fn imported(case: &Path, words: &str) -> (Sources, Report) {
    let desk = tempfile::tempdir().expect("a temporary directory");
    copy(&case.join("issue"), desk.path());
    let (mut sources, mut report) = (Sources::new(case), Report::default());
    let repair = if words.contains("apply") { Repair::Apply } else { Repair::Report };
    let out = desk.path().to_path_buf();
    let request = Import { files: files(&case.join("manuscripts")), out, dry_run: false, force: false, repair };
    import(&request, &mut sources, &mut report);
    (sources, report)
}

fn converted(case: &Path, words: &str) -> (Sources, Report) {
    let (mut sources, mut report) = (Sources::new(case.join("issue")), Report::default());
    let to = words.trim().parse().expect("a language");
    let files = files(&case.join("issue/articles"));
    let request = Convert { files, to, from: None, options: Options::default(), out: None, dry_run: true };
    convert(&request, &mut sources, &mut report);
    (sources, report)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            fs::create_dir_all(&target).expect("makes directories");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copies");
        }
    }
}

/// `severity[code] place`, then what is said in both languages, and what a fix would do.
fn told(finding: &Diagnostic, sources: &Sources) -> String {
    let place = match &finding.at {
        Place::Issue => "issue".to_string(),
        Place::File(file) => sources.shown(*file),
        Place::Page(page) => format!("page {page}"),
        Place::Source(span) => range(*span, sources),
    };
    let page = finding.page.as_ref().map(|page| format!(", page {page}")).unwrap_or_default();
    let mut out = format!("{:?}[{}] {place}{page}\n", finding.severity, finding.code.name()).to_lowercase();
    both(&mut out, "", &finding.message);
    for label in &finding.labels {
        both(&mut out, &format!("{} ", range(label.span, sources)), &label.text);
    }
    finding.hints.iter().for_each(|hint| both(&mut out, "= ", hint));
    for edit in &finding.edits {
        let (gone, put) = (sources.slice(edit.span), &edit.replacement);
        writeln!(out, "    fix {}: {gone:?} → {put:?}", range(edit.span, sources)).expect("a string");
    }
    out
}

fn both(out: &mut String, lead: &str, said: &Words) {
    for (lang, text) in [("zh", &said.zh), ("en", &said.en)] {
        assert!(!text.trim().is_empty(), "nothing is said in {lang}: {said:?}");
        writeln!(out, "    {lang} {lead}{}", text.replace('\n', "\n       ")).expect("a string");
    }
}

/// `articles/01.md:3:5-9`: line and column of the start, column of the end where it is on that line.
fn range(span: Span, sources: &Sources) -> String {
    let file = sources.file(span.file);
    let ((line, from), (last, to)) = (file.line_col(span.start), file.line_col(span.end));
    let end = if line == last { to.to_string() } else { format!("{last}:{to}") };
    format!("{}:{line}:{from}-{end}", sources.shown(span.file))
}

/// Line by line; what the system says of an error differs, and a list has […] for it.
fn matches(expected: &str, found: &str) -> bool {
    let line = |(expected, found): (&str, &str)| match expected.split_once("[…]") {
        Some((head, tail)) => found.starts_with(head) && found[head.len()..].ends_with(tail),
        None => expected == found,
    };
    expected.lines().count() == found.lines().count() && expected.lines().zip(found.lines()).all(line)
}
