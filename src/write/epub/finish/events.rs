//! XML as a list of events: what every correction reads and gives back.

use crate::write::epub::error::Error;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::ops::Range;

pub struct Events(Vec<Event<'static>>);

impl Events {
    pub fn parse(xml: &str) -> Result<Events, Error> {
        let mut reader = Reader::from_str(xml);
        let mut all = vec![];
        loop {
            match reader.read_event().map_err(|e| Error::Finish(e.to_string()))? {
                Event::Eof => return Ok(Events(all)),
                event => all.push(event.into_owned()),
            }
        }
    }

    pub fn write(self) -> Result<String, Error> {
        let mut writer = Writer::new(vec![]);
        for event in self.0 {
            writer.write_event(event)?;
        }
        String::from_utf8(writer.into_inner()).map_err(|e| Error::Finish(e.to_string()))
    }

    /// The place of the first element of that name that `which` holds for: its first and last event.
    pub fn find(&self, name: &str, which: impl Fn(&BytesStart) -> bool) -> Result<Range<usize>, Error> {
        let start =
            self.0.iter().position(|e| matches!(e, Event::Start(s) | Event::Empty(s) if is(s, name) && which(s)));
        let start = start.ok_or_else(|| Error::Finish(format!("no <{name}>")))?;
        Ok(start..start + self.length(start))
    }

    /// How many events the element at `start` takes.
    fn length(&self, start: usize) -> usize {
        let mut depth = 0_u32;
        for (i, event) in self.0[start..].iter().enumerate() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return i + 1;
            }
        }
        self.0.len() - start
    }

    /// Sets attributes of every element of that name that `which` holds for.
    pub fn set(&mut self, name: &str, which: impl Fn(&BytesStart) -> bool, attributes: &[(&str, &str)]) {
        for event in &mut self.0 {
            if let Event::Start(start) | Event::Empty(start) = event
                && is(start, name)
                && which(start)
            {
                *start = with(start, attributes);
            }
        }
    }

    /// Takes an attribute away.
    pub fn unset(&mut self, name: &str, attribute: &str) {
        for event in &mut self.0 {
            if let Event::Start(start) | Event::Empty(start) = event
                && is(start, name)
            {
                *start = without(start, &[attribute]);
            }
        }
    }

    /// The values of an attribute, of every element of that name.
    pub fn values(&self, name: &str, attribute: &str) -> Vec<String> {
        let value = |e: &Event| match e {
            Event::Start(s) | Event::Empty(s) if is(s, name) => value(s, attribute),
            _ => None,
        };
        self.0.iter().filter_map(value).collect()
    }

    /// Gives each element of these names its own value of an attribute.
    pub fn set_each(&mut self, names: &[&str], attribute: &str, values: &[String]) {
        let starts = self.0.iter_mut().filter_map(|e| match e {
            Event::Start(s) if names.iter().any(|n| is(s, n)) => Some(s),
            _ => None,
        });
        starts.zip(values).for_each(|(start, value)| *start = with(start, &[(attribute, value)]));
    }

    /// Puts markup in the place of an element's content.
    pub fn fill(&mut self, element: Range<usize>, markup: &str) -> Result<(), Error> {
        self.0.splice(element.start + 1..element.end - 1, Events::parse(markup)?.0);
        Ok(())
    }

    /// Puts text in the place of an element's content.
    pub fn fill_text(&mut self, element: Range<usize>, text: &str) {
        self.0.splice(element.start + 1..element.end - 1, [Event::Text(BytesText::new(text).into_owned())]);
    }

    /// Puts markup before an element's end tag.
    pub fn append(&mut self, element: Range<usize>, markup: &str) -> Result<(), Error> {
        self.insert(element.end - 1, markup)
    }

    /// Puts markup before the event at `at`.
    pub fn insert(&mut self, at: usize, markup: &str) -> Result<(), Error> {
        self.0.splice(at..at, Events::parse(markup)?.0);
        Ok(())
    }

    pub fn remove(&mut self, element: Range<usize>) {
        self.0.drain(element);
    }

    /// The start tags, each with whether an element of the second name follows its end as a sibling.
    pub fn mark_followed(&mut self, name: &str, by: &str, attribute: (&str, &str)) {
        for i in 0..self.0.len() {
            let Event::Start(start) = &self.0[i] else { continue };
            if !is(start, name) {
                continue;
            }
            let mut after =
                self.0[i + self.length(i)..].iter().filter(|e| !matches!(e, Event::Text(t) if t.trim().is_empty()));
            if matches!(after.next(), Some(Event::Start(s)) if is(s, by)) {
                self.0[i] = Event::Start(with(start, &[attribute]));
            }
        }
    }
}

fn is(start: &BytesStart, name: &str) -> bool {
    start.name().as_ref() == name
}

/// An attribute's value, unescaped.
pub fn value(start: &BytesStart, key: &str) -> Option<String> {
    let attribute = start.try_get_attribute(key).ok()??;
    Some(quick_xml::escape::unescape(&attribute.value).ok()?.into_owned())
}

fn with(start: &BytesStart, attributes: &[(&str, &str)]) -> BytesStart<'static> {
    let keys: Vec<&str> = attributes.iter().map(|a| a.0).collect();
    let mut new = without(start, &keys);
    attributes.iter().for_each(|a| new.push_attribute(*a));
    new
}

fn without(start: &BytesStart, keys: &[&str]) -> BytesStart<'static> {
    let mut new = BytesStart::new(start.name().as_ref().to_string());
    let kept = start.attributes().flatten().filter(|a| !keys.contains(&a.key.as_ref()));
    kept.for_each(|a| new.push_attribute(a));
    new
}
