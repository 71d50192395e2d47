//! Manuscripts that nobody wrote: the raw inputs of `tests/import/raw`, mangled by a seeded generator, are imported. None
//! may panic, none may take longer than its size allows, none more memory than its kind allows: manuscripts take seven to nine
//! times what they unpack to, a single paragraph of a megabyte up to twelve, a page of tags alone up to fourteen, a Word file
//! of tags alone seventeen. An element counts as fifty bytes at least: the parsers' trees take a hundred and more for `<p>`.
//!
//! `cargo test --test fuzz` runs what was found before, `tests/import/found/`, and a few seconds of each target;
//! `QIKAN_FUZZ_SECONDS=900 cargo test --test fuzz html` a quarter of an hour of one. An input that fails is kept in
//! `target/tmp/` and named; it belongs into `tests/import/found/` with the change that mends it.

#[path = "fuzz/mangle.rs"]
mod mangle;

use mangle::Seed;
use qikan::base::Lang;
use qikan::convert::import::{self, Work};
use qikan::convert::mail;
use qikan::convert::repair::Repair;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// What a target reads.
#[derive(Clone, Copy)]
enum Target {
    Text,
    Html,
    Docx,
    Mail,
}

impl Target {
    const ALL: [(Target, &'static str, &'static [&'static str]); 4] = [
        (Target::Text, "text", &["txt", "md"]),
        (Target::Html, "html", &["html"]),
        (Target::Docx, "docx", &["docx"]),
        (Target::Mail, "mail", &["eml"]),
    ];

    /// How many times its unpacked size an input may take, in tenths.
    fn most(self) -> u64 {
        match self {
            Target::Text => 130,
            Target::Html | Target::Mail => 140,
            Target::Docx => 170,
        }
    }

    /// Everything that import does with a file of this kind. An error is an answer, a panic is none.
    fn import(self, bytes: &[u8]) {
        match self {
            Target::Text => {
                finish(import::text(bytes));
                import::markdown(bytes, None);
            }
            Target::Html => drop(import::html(bytes).map(finish)),
            Target::Docx => drop(import::docx(bytes).map(finish)),
            Target::Mail => {
                for (name, bytes) in mail::open("a.eml", bytes).unwrap_or_default() {
                    if name.ends_with(".html") { Target::Html } else { Target::Text }.import(&bytes);
                }
            }
        }
    }
}

/// An article comes out the same when it is imported again.
fn finish(work: Work) {
    let lang = Lang::ZhHans;
    let once = import::finish(work, Some(lang), Repair::Report, &|n| (format!("photos/{n}.jpg"), false)).markdown;
    let again = import::markdown(once.as_bytes(), Some(lang)).markdown;
    assert!(again == once, "importing twice changes\n{once}\ninto\n{again}");
}

#[test]
fn text() {
    run(0);
}
#[test]
fn html() {
    run(1);
}
#[test]
fn docx() {
    run(2);
}
#[test]
fn mail() {
    run(3);
}

#[test]
fn what_was_found_before_is_imported() {
    for (target, name, _) in Target::ALL {
        let found = files(&Path::new("tests/import/found").join(name));
        found.iter().for_each(|path| target.import(&fs::read(path).expect("readable")));
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    files
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

#[expect(clippy::disallowed_methods, reason = "the time limit of a search, nothing is written by it")]
/// Mangles and imports until the time is over; says how many inputs there were and the most memory any took.
fn run(target: usize) {
    let (target, name, endings) = Target::ALL[target];
    let corpus: Vec<Vec<u8>> = files(Path::new("tests/import/raw"))
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| endings.iter().any(|k| e == *k)))
        .map(|p| fs::read(p).expect("readable"))
        .collect();
    let (send, inputs) = channel::<Vec<u8>>();
    let (done, answers) = channel();
    std::thread::Builder::new().stack_size(8 << 20).spawn(move || worker(target, &inputs, &done)).expect("a thread");
    let until = Instant::now() + Duration::from_secs(number("QIKAN_FUZZ_SECONDS", 3));
    let mut seed = Seed(number("QIKAN_FUZZ_SEED", 20_260_901));
    let (mut count, mut most) = (0_u64, 0_u64);
    while Instant::now() < until {
        let input = mangle::input(&mut seed, &corpus, matches!(target, Target::Docx));
        let unpacked = mangle::unpacked(&input).max(1);
        send.send(input.clone()).expect("the worker lives");
        // Builds that are not optimised: what takes longer than this grows faster than its input.
        let limit = Duration::from_secs(30 + unpacked as u64 / 10_000);
        match answer(&answers, limit) {
            Some(Ok(peak)) if unpacked > 1 << 20 => {
                let ratio = peak * 10 / unpacked as u64;
                most = most.max(ratio);
                assert!(ratio <= target.most(), "{}: {peak} bytes for {unpacked}", kept(name, count, &input));
            }
            Some(Ok(_)) => {}
            Some(Err(())) => panic!("{}: it panicked", kept(name, count, &input)),
            None => panic!("{}: it takes more than {limit:?}", kept(name, count, &input)),
        }
        count += 1;
    }
    println!("{name}: {count} inputs; at most {}.{} times the size of a large one", most / 10, most % 10);
}

/// The worker's answer, None where it has worked for longer than `limit`: time of the processor where the system tells it,
/// since a machine may have other work. Who waits without working is waited for ten times as long.
fn answer(answers: &Receiver<Result<u64, ()>>, limit: Duration) -> Option<Result<u64, ()>> {
    let before = system::worked();
    for _ in 0..limit.as_secs() * 10 {
        match answers.recv_timeout(Duration::from_secs(1)) {
            Ok(answer) => return Some(answer),
            Err(_) if before.zip(system::worked()).is_some_and(|(before, now)| now - before > limit) => return None,
            Err(_) => {}
        }
    }
    None
}

/// Where a failing input was put.
fn kept(target: &str, count: u64, input: &[u8]) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{target}-{count}"));
    fs::write(&path, input).expect("writes");
    path.display().to_string()
}

fn worker(target: Target, inputs: &Receiver<Vec<u8>>, done: &Sender<Result<u64, ()>>) {
    while let Ok(input) = inputs.recv() {
        let before = system::start();
        let outcome = std::panic::catch_unwind(|| target.import(&input));
        let answer = outcome.map(|()| system::peak().saturating_sub(before)).map_err(drop);
        if done.send(answer).is_err() {
            return;
        }
    }
}

/// What the process holds and how long it has worked, where the system tells (Linux); elsewhere nothing is measured.
mod system {
    use std::fs;
    use std::time::Duration;

    /// The time of the processor: fields 14 and 15 of `stat`, in hundredths of a second.
    pub fn worked() -> Option<Duration> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let (_, fields) = stat.rsplit_once(')')?;
        let ticks = fields.split_whitespace().skip(11).take(2).map(|n| n.parse::<u64>().ok());
        Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
    }

    /// Forgets the peak; returns what is held now, in bytes.
    pub fn start() -> u64 {
        fs::write("/proc/self/clear_refs", "5").ok();
        field("VmRSS:")
    }
    pub fn peak() -> u64 {
        field("VmHWM:")
    }
    fn field(name: &str) -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 1024
    }
}
