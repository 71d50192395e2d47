//! The YAML of front matter into keyed values, by saphyr-parser's events.
//!
//! A sane subset: mappings, sequences, scalars, block scalars. Anchors, aliases and tags are refused. Plain scalars are
//! typed by the core schema (YAML 1.2.2 §10.3.2), so `no` and `off` are text.

use super::{Key, Kind, Malformed, Value};
use crate::base::{FileId, Span, Words, words};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput};

/// Nesting a manuscript has no use for.
const DEEPEST: usize = 32;

/// Reads one YAML document. `offset` is where `text` stands in its file.
pub fn yaml(text: &str, file: FileId, offset: u32) -> Result<Value, Malformed> {
    // Block scalars would keep the carriage returns; a space in their place keeps the offsets.
    let plain = text.replace('\r', " ");
    let bytes = plain.char_indices().map(|(i, _)| offset + i as u32).chain([offset + plain.len() as u32]).collect();
    let mut reader = Reader { parser: Parser::new_from_str(&plain), file, bytes, offset };
    let (event, at) = reader.next()?;
    match event {
        Event::StreamEnd => Ok(Value::empty(at)),
        first => {
            let value = reader.value(first, at, 0)?;
            match reader.next()? {
                (Event::StreamEnd, _) => Ok(value),
                (_, at) => Err(refused(at, "一篇文章只有一份元数据", "an article has one block of front matter")),
            }
        }
    }
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    file: FileId,
    /// Markers count characters; this has the byte offset of each.
    bytes: Vec<u32>,
    offset: u32,
}

fn refused(span: Span, zh: &str, en: &str) -> Malformed {
    Malformed { span, message: words(zh, en), hint: None }
}

impl<'t> Reader<'t> {
    fn byte(&self, marker: &Marker) -> u32 {
        *self.bytes.get(marker.index()).or(self.bytes.last()).unwrap_or(&self.offset)
    }

    /// The next event that carries content.
    fn next(&mut self) -> Result<(Event<'t>, Span), Malformed> {
        loop {
            match self.parser.next_event() {
                None => return Ok((Event::StreamEnd, Span { file: self.file, start: self.offset, end: self.offset })),
                Some(Err(error)) => return Err(self.malformed(&error)),
                Some(Ok((Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _))) => {}
                Some(Ok((event, span))) => {
                    let (start, end) = (self.byte(&span.start), self.byte(&span.end));
                    return Ok((event, Span { file: self.file, start, end: end.max(start) }));
                }
            }
        }
    }

    fn malformed(&self, error: &ScanError) -> Malformed {
        let at = self.byte(error.marker());
        let message = words(format!("YAML 写法有误：{}", error.info()), format!("not valid YAML: {}", error.info()));
        let hint: Option<Words> = Some(words(
            "值里有冒号、引号或 # 时，用英文双引号把整个值括起来",
            "put a value that holds a colon, quotes or # in double quotes",
        ));
        Malformed { span: Span { file: self.file, start: at, end: at + 1 }, message, hint }
    }

    fn value(&mut self, event: Event<'t>, at: Span, depth: usize) -> Result<Value, Malformed> {
        if depth > DEEPEST {
            return Err(refused(at, "嵌套太深", "nested too deep"));
        }
        let (anchor, tag) = match &event {
            Event::Alias(_) => (1, false),
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor != 0 || tag {
            let hint = words("把值用英文双引号括起来", "put the value in double quotes");
            let refusal = refused(
                at,
                "不支持 YAML 的锚点（&、*）与标签（!）",
                "YAML anchors (&, *) and tags (!) aren't supported",
            );
            return Err(Malformed { hint: Some(hint), ..refusal });
        }
        match event {
            Event::Scalar(text, style, ..) => Ok(Value { kind: scalar(&text, style), span: self.trimmed(at, style) }),
            Event::SequenceStart(..) => self.sequence(at, depth),
            Event::MappingStart(..) => self.mapping(at, depth),
            _ => Ok(Value { kind: Kind::Null, span: at }),
        }
    }

    /// A block scalar's span runs into the next line: cut it back to where it starts.
    fn trimmed(&self, at: Span, style: ScalarStyle) -> Span {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => Span { end: at.start + 1, ..at },
            _ => at,
        }
    }

    fn sequence(&mut self, at: Span, depth: usize) -> Result<Value, Malformed> {
        let mut items = vec![];
        loop {
            match self.next()? {
                (Event::SequenceEnd | Event::StreamEnd, _) => return Ok(Value { kind: Kind::List(items), span: at }),
                (event, at) => items.push(self.value(event, at, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, at: Span, depth: usize) -> Result<Value, Malformed> {
        let mut entries: Vec<(Key, Value)> = vec![];
        loop {
            let (event, place) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok(Value { kind: Kind::Table(entries), span: at });
            }
            let Some(name) = self.value(event, place, depth + 1)?.text() else {
                return Err(refused(place, "键必须是一个词", "a key must be a word"));
            };
            if entries.iter().any(|(key, _)| key.name == name) {
                let message = words(format!("键 {name} 写了两次"), format!("the key {name} is written twice"));
                return Err(Malformed { span: place, message, hint: None });
            }
            let (event, at) = self.next()?;
            let value = self.value(event, at, depth + 1)?;
            entries.push((Key { name, span: place }, value));
        }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Kind {
    match (style, text) {
        (ScalarStyle::Plain, "" | "~" | "null") => Kind::Null,
        (ScalarStyle::Plain, "true") => Kind::Bool(true),
        (ScalarStyle::Plain, "false") => Kind::Bool(false),
        (ScalarStyle::Plain, number) if number.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
            let int = number.parse().ok();
            int.map_or_else(|| Kind::String(text.into()), |n| Kind::Number { text: text.into(), int: Some(n) })
        }
        (ScalarStyle::Literal | ScalarStyle::Folded, block) => {
            let lines: Vec<&str> = block.lines().map(str::trim_end).collect();
            Kind::String(lines.join("\n").trim_end().to_string())
        }
        _ => Kind::String(text.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, Malformed> {
        yaml(text, FileId(0), 0)
    }

    #[test]
    fn front_matter_reads_with_byte_spans() {
        let text = "标题: 山行\r\n作者: [王明, 李四]\r\nyear: 2026\r\nnote: |\r\n  一\r\n  二\r\n";
        let value = read(text).unwrap();
        let entries = value.entries();
        assert_eq!(&text[entries[0].1.span.start as usize..entries[0].1.span.end as usize], "山行");
        assert_eq!(&text[entries[1].0.span.start as usize..entries[1].0.span.end as usize], "作者");
        assert_eq!(entries[2].1.kind, Kind::Number { text: "2026".into(), int: Some(2026) });
        assert_eq!(entries[3].1.text().as_deref(), Some("一\n二"));
    }

    #[test]
    fn anchors_tags_duplicates_and_depth_are_refused() {
        for (bad, en) in
            [("a: &x 1\n", "anchors"), ("a: !t 1\n", "tags"), ("a: 1\na: 2\n", "twice"), ("a: [\n", "YAML")]
        {
            let error = read(bad).unwrap_err();
            assert!(error.message.en.contains(en), "{bad}: {}", error.message.en);
        }
        assert!(read(&"[".repeat(200)).is_err());
        assert_eq!(read("").unwrap().entries(), []);
    }
}
