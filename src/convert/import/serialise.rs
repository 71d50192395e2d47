//! The article as Markdown with front matter.
//!
//! In: front matter, blocks, notes. Out: text that `read` understands as the same words: what Markdown would take for markup
//! is escaped.

use super::super::han;
use super::Work;
use super::figures;
use super::raw::{self, Block, Front, Kind, Run, Table};

/// The article, and where its lines were in the manuscript.
pub struct Written {
    pub text: String,
    /// Each block: the line of the article that it starts at, and its own in the manuscript.
    lines: Vec<(u32, u32)>,
}

impl Written {
    /// The line of the manuscript that a line of the article came from; 0 in front matter and notes.
    pub fn line(&self, written: u32) -> u32 {
        let at = self.lines.partition_point(|(start, _)| *start <= written);
        at.checked_sub(1).map_or(0, |at| self.lines[at].1)
    }
}

/// Writes the article. `photo` names the file of a picture and whether it is there.
pub fn markdown(work: &Work, photo: &dyn Fn(usize) -> (String, bool)) -> Written {
    let mut out = front(&work.front);
    out.reserve_exact(work.blocks.iter().map(size).sum());
    let mut last: Option<&Kind> = None;
    let mut lines = Vec::with_capacity(work.blocks.len() + 1);
    let (mut line, mut counted) = (1, 0);
    for block in &work.blocks {
        let tight = matches!(
            (last, &block.kind),
            (Some(Kind::Item { .. }), Kind::Item { .. })
                | (Some(Kind::Verse), Kind::Verse)
                | (Some(Kind::Code), Kind::Code)
        );
        close(&mut out, last, &block.kind);
        if !tight {
            out.push('\n');
        }
        open(&mut out, last, block);
        line += out[counted..].matches('\n').count() as u32;
        counted = out.len();
        lines.push((line, block.line));
        write(&mut out, work, block, photo);
        last = Some(&block.kind);
    }
    close(&mut out, last, &Kind::Rule);
    line += out[counted..].matches('\n').count() as u32;
    lines.push((line, 0));
    for (n, note) in work.notes.iter().enumerate() {
        out += &format!("\n[^{}]: {}\n", n + 1, inline(note, false).replace('\n', " "));
    }
    Written { text: out, lines }
}

/// About how much of the article a block makes.
fn size(block: &Block) -> usize {
    2 + block.runs.iter().map(|run| run.text.len() + 2).sum::<usize>()
}

fn open(out: &mut String, last: Option<&Kind>, block: &Block) {
    match &block.kind {
        Kind::Verse if last != Some(&Kind::Verse) => out.push_str("::: verse\n"),
        // Stanzas.
        Kind::Verse if block.gap => out.push('\n'),
        Kind::Code if last != Some(&Kind::Code) => out.push_str("```\n"),
        _ => {}
    }
}

fn close(out: &mut String, last: Option<&Kind>, next: &Kind) {
    match last {
        Some(Kind::Verse) if *next != Kind::Verse => out.push_str(":::\n"),
        Some(Kind::Code) if *next != Kind::Code => out.push_str("```\n"),
        _ => {}
    }
}

fn write(out: &mut String, work: &Work, block: &Block, photo: &dyn Fn(usize) -> (String, bool)) {
    match &block.kind {
        Kind::Heading(level) => {
            *out += &format!("{} {}\n", "#".repeat(usize::from(*level + 1).min(6)), head(&block.runs))
        }
        Kind::Item { number, depth } => {
            let mark = number.map_or("-".to_string(), |n| format!("{n}."));
            *out += &format!(
                "{}{mark} {}\n",
                "   ".repeat(usize::from(*depth)),
                inline(&block.runs, true).replace('\n', " ")
            );
        }
        Kind::Quote => inline(&block.runs, true).lines().for_each(|line| *out += &format!("> {line}\n")),
        Kind::Verse => *out += &format!("{}\n", inline(&block.runs, true)),
        Kind::Code => *out += &format!("{}\n", raw::text(&block.runs)),
        Kind::Figure { picture } => {
            let (path, there) = photo(*picture);
            let alt = work.pictures[*picture].alt.clone().unwrap_or_default();
            *out += &image(&alt, &figures::caption(&block.runs), &path, there);
        }
        Kind::Table(table) => super::table::write(out, table),
        Kind::Rule => out.push_str("***\n"),
        Kind::Para | Kind::Title | Kind::Subtitle | Kind::Caption => {
            *out += &format!("{}\n", inline(&block.runs, true))
        }
    }
}

/// Bold within a heading says nothing.
fn head(runs: &[Run]) -> String {
    let mut plain = runs.to_vec();
    plain.iter_mut().for_each(|r| r.style.strong = false);
    one_blank(&inline(&plain, false).replace('\n', " "))
}

/// `1   问题的提出`: a number and its heading stand one blank apart.
fn one_blank(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c == '\u{a0}' { ' ' } else { c };
        if !(han::is_blank(c) && out.ends_with(han::is_blank)) {
            out.push(c);
        }
    }
    out
}

fn image(alt: &str, caption: &str, path: &str, there: bool) -> String {
    let label = escape(alt, false).replace('\n', " ").replace(']', "\\]");
    let title = match caption.is_empty() {
        true => String::new(),
        false => format!(" \"{}\"", caption.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    let path = if path.contains([' ', '(', ')']) { format!("<{path}>") } else { path.to_string() };
    format!("![{label}]({path}{title}){}\n", if there { "" } else { "{.pending}" })
}

/// Runs as Markdown; `opens` where the text begins a line.
pub fn inline(runs: &[Run], opens: bool) -> String {
    let mut out = String::new();
    let mut runs: Vec<Run> = merged(runs);
    trim_ends(&mut runs);
    for run in &runs {
        let starts = opens && out.is_empty();
        match run.note() {
            Some(note) => out += &format!("[^{}]", note + 1),
            None => out += &styled(run, starts),
        }
    }
    out
}

/// Neighbours of one style become one run; a space at the edge of a styled run moves out of it.
fn merged(runs: &[Run]) -> Vec<Run> {
    let mut out: Vec<Run> = vec![];
    for run in runs.iter().filter(|r| !r.text.is_empty() || r.note().is_some()) {
        match out.last_mut() {
            Some(last) if last.is_like(run) => last.text.push_str(&run.text),
            _ => raw::push(&mut out, run.clone()),
        }
    }
    out
}

fn trim_ends(runs: &mut [Run]) {
    if let Some(first) = runs.first_mut() {
        first.text = first.text.trim_start_matches(han::is_blank).into();
    }
    if let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end_matches(han::is_blank).into();
    }
}

fn styled(run: &Run, opens: bool) -> String {
    let s = run.style;
    let words = han::trim(&run.text);
    if words.is_empty() {
        return run.text.to_string();
    }
    let lead = &run.text[..run.text.find(words).unwrap_or(0)];
    let tail = &run.text[lead.len() + words.len()..];
    if s.code && !words.contains('`') {
        return format!("{lead}`{words}`{tail}");
    }
    let mut text = match run.ruby() {
        Some(ruby) => format!("{{{words}|{ruby}}}"),
        None => escape(words, opens && lead.is_empty()),
    };
    text = text.replace('\n', "\\\n");
    for (on, open, close) in [
        (s.superscript, "<sup>", "</sup>"),
        (s.subscript, "<sub>", "</sub>"),
        (s.underline, "<u>", "</u>"),
        (s.strike, "~~", "~~"),
        (s.emphasis, "*", "*"),
        (s.strong, "**", "**"),
    ] {
        if on {
            text = format!("{open}{text}{close}");
        }
    }
    let linked = run.link().filter(|l| {
        ["http://", "https://", "mailto:"].iter().any(|s| l.starts_with(s))
            && !l.contains([' ', '(', ')', '<', '>', '\n'])
    });
    match linked {
        // The address itself is linked by reading.
        Some(link)
            if link.trim_end_matches('/') == words.trim_end_matches('/')
                || link.strip_prefix("mailto:") == Some(words) =>
        {
            format!("{lead}{words}{tail}")
        }
        Some(link) => format!("{lead}[{text}]({link}){tail}"),
        None => format!("{lead}{text}{tail}"),
    }
}

/// What Markdown would take for markup, escaped.
pub fn escape(text: &str, opens: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut start = opens;
    // Asked of every sign: where the last of what would close it is.
    let last = ["](", "]{", "]:", "}", ";", "|"].map(|closer| text.rfind(closer));
    let [link, attributes, definition, brace, semicolon, bar] =
        last.map(|at| move |from: usize| at.is_some_and(|at| at >= from));
    let first_bar = text.find('|').unwrap_or(text.len());
    for (i, c) in text.char_indices() {
        let rest = &text[i + c.len_utf8()..];
        let before = text[..i].chars().next_back();
        let next = i + c.len_utf8();
        let special = match c {
            '\\' => rest.starts_with(|c: char| c.is_ascii_punctuation() || c == '\n') || rest.is_empty(),
            '*' | '`' => true,
            '~' => rest.starts_with('~') || before == Some('~'),
            '_' => !(before.is_some_and(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric)),
            '[' => rest.starts_with('^') || link(next) || attributes(next) || start && definition(next),
            '<' => rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '{' => brace(next),
            '&' => rest.starts_with('#') || rest.starts_with(|c: char| c.is_ascii_alphabetic()) && semicolon(next),
            '|' => bar(next) || first_bar < i,
            '#' | '>' | '-' | '+' | '=' | ':' if start => opens_block(&text[i..]),
            '.' | ')' => starts_list(&text[..i], rest, opens),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
        start = c == '\n' || start && c == ' ';
    }
    out
}

fn opens_block(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let rest = text.trim_start_matches(first);
    let length = text.len() - rest.len();
    match first {
        '#' => length <= 6 && (rest.is_empty() || rest.starts_with([' ', '\t', '\u{3000}'])),
        '>' => true,
        ':' => length >= 3,
        '=' => rest.is_empty(),
        _ => length == 1 && rest.starts_with([' ', '\t']) || rest.is_empty() || rest.trim().is_empty(),
    }
}

fn starts_list(before: &str, rest: &str, opens: bool) -> bool {
    let count = before.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
    let (line, digits) = (&before[..before.len() - count], (1..=9).contains(&count));
    (opens && line.is_empty() || line.ends_with('\n'))
        && digits
        && (rest.is_empty() || rest.starts_with([' ', '\t', '\n']))
}

fn front(front: &Front) -> String {
    let mut out = String::from("---\n");
    let title = front.title.as_ref().map(|t| t.replace('|', "｜"));
    let lang = front.lang.map(|l| l.tag().to_string());
    let lines = [
        ("kicker", &front.kicker),
        ("title", &title),
        ("subtitle", &front.subtitle),
        ("section", &front.section),
        ("lang", &lang),
        ("source", &front.source),
        ("source_print", &front.source_print),
        ("published", &front.published),
        ("author_note", &front.author_note),
        ("editors_note", &front.editors_note),
        ("summary", &front.summary),
    ];
    for (key, value) in lines {
        if let Some(value) = value {
            out += &format!("{key}: {}\n", scalar(value));
        }
        if let Some(author) = front.author.as_ref().filter(|_| key == "subtitle") {
            out += &format!("author: {}\n", author_value(author));
        }
    }
    if !front.keywords.is_empty() {
        out += &format!("keywords: [{}]\n", front.keywords.iter().map(|k| scalar(k)).collect::<Vec<_>>().join(", "));
    }
    front.paper.iter().for_each(|(key, value)| out += &format!("{key}: {}\n", scalar(value)));
    if !front.credits.is_empty() {
        out.push_str("credits:\n");
        for (label, names) in &front.credits {
            let value = match &names[..] {
                [one] => scalar(one),
                _ => format!("[{}]", names.iter().map(|n| scalar(n)).collect::<Vec<_>>().join(", ")),
            };
            out += &format!("  {}: {value}\n", scalar(label));
        }
    }
    out + "---\n"
}

/// `中共水尾县委书记 林远` is a post and a name, not two names; other bylines are read as printed.
fn author_value(author: &str) -> String {
    match super::names::post(author) {
        Some((post, name, true)) => format!("{{ name: {}, role: {} }}", scalar(name), scalar(post)),
        Some((post, name, false)) => format!("{{ name: {}, affiliation: {} }}", scalar(name), scalar(post)),
        None => scalar(author),
    }
}

/// A YAML scalar: plain where that is safe, else in double quotes.
pub fn scalar(value: &str) -> String {
    let first = value.chars().next().unwrap_or(' ');
    let risky = value.is_empty()
        || value != value.trim()
        || "-?:,[]{}#&*!|>'\"%@`=~".contains(first)
        || value.contains([':', '#', '"', '\\', '\n', '\t', ',', '[', ']', '{', '}'])
        || value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | '_'))
        || ["true", "false", "null", "yes", "no", "on", "off"].contains(&value.to_ascii_lowercase().as_str());
    // A time of RFC 3339 is a string to every reader of YAML 1.2.
    let date = value.len() > 9 && value.as_bytes()[4] == b'-' && value.is_ascii();
    if !risky || date {
        return value.to_string();
    }
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', " ");
    format!("\"{escaped}\"")
}

/// For tables.
pub fn cell(runs: &[Run]) -> String {
    inline(runs, false).replace("\\\n", "<br>").replace('\n', " ")
}

/// Whether a table can be written with pipes, which have no place for a caption.
pub fn is_plain(table: &Table) -> bool {
    let width = table.rows.first().map_or(0, Vec::len);
    table.caption.is_empty()
        && table.rows.len() >= 2
        && width >= 1
        && table.rows.iter().all(|r| r.len() == width && r.iter().all(|c| c.columns <= 1 && c.rows <= 1))
}
