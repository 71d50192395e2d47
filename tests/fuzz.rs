//! Manuscripts that nobody wrote: the raw inputs of `tests/import/raw`, mangled by a seeded generator, are imported. None
//! may panic, none may take longer than its size allows, none may allocate more than ten times what it unpacks to.
//!
//! `cargo test --test fuzz` runs what was found before, `tests/import/found/`, and a few seconds of each target;
//! `QIKAN_FUZZ_SECONDS=900 cargo test --test fuzz html` a quarter of an hour of one. An input that fails is kept in
//! `target/tmp/` and named; it belongs into `tests/import/found/` with the change that mends it.

#[path = "fuzz/mangle.rs"]
mod mangle;
#[path = "fuzz/memory.rs"]
mod memory;

use mangle::Seed;
use memory::Counting;
use qikan::base::Lang;
use qikan::convert::import::{self, Work};
use qikan::convert::mail;
use qikan::convert::repair::Repair;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// How many times its unpacked size an input may take, in tenths.
const MOST: u64 = 100;

#[global_allocator]
static MEMORY: Counting = Counting::new();

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
    let _alone = MEMORY.alone();
    for (target, name, _) in Target::ALL {
        let found = files(&Path::new("tests/import/found").join(name));
        found.iter().for_each(|path| target.import(&fs::read(path).expect("readable")));
    }
}

/// Shapes that take the most room for their bytes. Beyond them, lines and cells of one or two characters take up
/// to thirteen times theirs: a paragraph has sixty-four bytes beside its words, a cell forty-eight.
#[test]
fn room() {
    let _alone = MEMORY.alone();
    let lines = |length: usize, end: &str| {
        ("山行水尾磨刀垭口".chars().take(length).collect::<String>() + end).repeat(3 << 16 >> length)
    };
    let cells = "<tr><td>沙坪<td>十二</td></tr>".repeat(7_000);
    let styled = format!("<p>{}", "<b>山</b><i>行</i>".repeat(10_000));
    let shapes = [
        (Target::Text, lines(3, "\n")),
        (Target::Text, lines(3, "\n\n")),
        (Target::Text, lines(8, "。")),
        (Target::Text, "沙坪村\t一百二十户\t磨刀垭\n".repeat(7_000)),
        (Target::Text, "a ".repeat(100_000)),
        (Target::Html, "<p>".repeat(100_000)),
        (Target::Html, lines(3, "</p><p>")),
        (Target::Html, lines(4, "<br>")),
        (Target::Html, format!("<table>{cells}</table>")),
        (Target::Html, styled),
    ];
    // What is made once, as lists of words are, is no input's.
    Target::ALL
        .iter()
        .for_each(|(target, ..)| target.import(&fs::read("tests/import/raw/01-portal.txt").expect("readable")));
    for (target, text) in shapes {
        let ((), most) = MEMORY.most(|| target.import(text.as_bytes()));
        let most = most * 10 / text.len();
        let shape: String = text.chars().take(20).collect();
        assert!(most as u64 <= MOST, "{shape}: {most} tenths of its {} bytes", text.len());
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
    let _alone = MEMORY.alone();
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
                assert!(ratio <= MOST, "{}: {peak} bytes for {unpacked}", kept(name, count, &input));
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
        let (outcome, most) = MEMORY.most(|| std::panic::catch_unwind(|| target.import(&input)));
        let answer = outcome.map(|()| most as u64).map_err(drop);
        if done.send(answer).is_err() {
            return;
        }
    }
}

/// How long the process has worked, where the system tells (Linux).
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
}
