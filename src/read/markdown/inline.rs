//! Pieces of running text, as the events give them, into a block's inlines.
//!
//! In: [`Piece`]s. Out: `Vec<Inline>`: soft line breaks joined (without a space beside Chinese), equal neighbours merged,
//! bare addresses linked, white space at both ends gone (a typed 　　 indent is the style's business).

use super::chars::joins_with_space;
use super::figure::Picture;
use super::lines::speaker;
use super::shadow::addresses;
use crate::base::{Code, Diagnostic, Report, Span, words};
use crate::doc::{Inline, Reading, Style, plain_text};
use std::collections::BTreeSet;

/// One piece of a paragraph.
#[derive(Clone, Debug)]
pub enum Piece {
    Text {
        text: String,
        style: Style,
        link: Option<String>,
        span: Span,
    },
    Soft(Span),
    Hard(Span),
    Note(usize, Span),
    Picture(Picture),
    Ruby {
        pairs: Vec<Reading>,
        style: Style,
        link: Option<String>,
        span: Span,
    },
    PageRef {
        target: String,
        style: Style,
        span: Span,
    },
    PageMark {
        label: String,
        span: Span,
    },
    /// The em that a line of verse is indented by.
    Indent(usize, Span),
    /// The next speaker of an interview begins.
    Turn,
}

impl Piece {
    pub fn is_blank(&self) -> bool {
        match self {
            Piece::Text { text, .. } => text.trim().is_empty(),
            Piece::Soft(_) | Piece::Hard(_) | Piece::Indent(..) | Piece::Turn => true,
            _ => false,
        }
    }
}

/// Joins pieces; pictures are skipped (the caller has taken them out).
pub fn join(pieces: Vec<Piece>) -> Vec<Inline> {
    let mut out: Vec<Inline> = vec![];
    let (mut soft, mut verse) = (None, false);
    for piece in pieces {
        match piece {
            Piece::Soft(span) => {
                trim_end(&mut out, &[' ', '\t']);
                soft = Some(span);
            }
            Piece::Hard(span) => {
                trim_end(&mut out, &[' ', '\t']);
                soft = None;
                out.push(Inline::Break { span });
            }
            Piece::Note(note, span) => out.push(Inline::Note { note, span }),
            Piece::Picture(_) | Piece::Turn => {}
            Piece::PageMark { label, span } => out.push(Inline::PageMark { label, span }),
            Piece::Indent(0, _) => {}
            Piece::Indent(ems, span) => {
                verse = true;
                push(
                    &mut out,
                    Inline::Text { text: "\u{3000}".repeat(ems), style: Style::default(), link: None, span },
                );
            }
            Piece::Ruby { pairs, style, link, span } => {
                soft = None;
                out.push(Inline::Ruby { pairs, style, link, span });
            }
            Piece::PageRef { target, style, span } => {
                soft = None;
                out.push(Inline::PageRef { target, style, span });
            }
            Piece::Text { text, style, link, span } => {
                let at_start = out.is_empty() || soft.is_some() || matches!(out.last(), Some(Inline::Break { .. }));
                let text =
                    if at_start && !style.code { text.trim_start_matches([' ', '\t']).to_string() } else { text };
                if text.is_empty() {
                    continue;
                }
                if let Some(span) = soft.take() {
                    space(&mut out, &text, span);
                }
                push(&mut out, Inline::Text { text, style, link, span });
            }
        }
    }
    if !verse {
        trim_start(&mut out);
    }
    trim_end(&mut out, &[' ', '\t', '\u{3000}', '\n']);
    out
}

/// Marks the name that a turn of an interview begins with, up to its colon.
pub fn mark_speaker(inlines: Vec<Inline>, names: &BTreeSet<String>) -> Vec<Inline> {
    let plain = plain_text(&inlines);
    let colon = speaker(&plain).filter(|name| names.contains(*name)).and_then(|_| plain.find(['：', ':']));
    let Some(colon) = colon else { return inlines };
    let mut left = colon + plain[colon..].chars().next().map_or(0, char::len_utf8);
    let mut out = vec![];
    for inline in inlines {
        match inline {
            Inline::Text { text, style, link, span } if left > 0 => {
                let cut = left.min(text.len());
                let named = Style { speaker: true, strong: false, ..style };
                out.extend(part(&text, 0..cut, named, link.clone(), span));
                out.extend(part(&text, cut..text.len(), style, link, span));
                left -= cut;
            }
            other => out.push(other),
        }
    }
    out
}

/// The space of a soft break between two Western words.
fn space(out: &mut Vec<Inline>, after: &str, span: Span) {
    let before = out.iter().rev().find_map(|inline| match inline {
        Inline::Text { text, .. } => Some(text.chars().next_back()),
        Inline::Ruby { pairs, .. } => Some(pairs.last().and_then(|p| p.base.chars().next_back())),
        Inline::Break { .. } | Inline::PageRef { .. } => Some(None),
        Inline::Note { .. } | Inline::PageMark { .. } => None,
    });
    if let (Some(Some(before)), Some(after)) = (before, after.chars().next())
        && joins_with_space(before, after)
    {
        push(out, Inline::Text { text: " ".into(), style: Style::default(), link: None, span });
    }
}

/// Appends, or lengthens the last run where style and link are the same.
fn push(out: &mut Vec<Inline>, next: Inline) {
    if let Inline::Text { text: more, style: s, link: l, span: to } = &next
        && let Some(Inline::Text { text, style, link, span }) = out.last_mut()
        && (&*style, &*link) == (s, l)
    {
        text.push_str(more);
        span.end = to.end.max(span.end);
        return;
    }
    out.push(next);
}

fn trim_start(out: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, style, .. }) = out.first_mut() {
        if style.code {
            return;
        }
        *text = text.trim_start().to_string();
        if !text.is_empty() {
            return;
        }
        out.remove(0);
    }
}

fn trim_end(out: &mut Vec<Inline>, blanks: &[char]) {
    while let Some(last) = out.last_mut() {
        match last {
            Inline::Text { text, style, .. } if !style.code => {
                text.truncate(text.trim_end_matches(blanks).len());
                if !text.is_empty() {
                    return;
                }
                out.pop();
            }
            Inline::Break { .. } if blanks.contains(&'\n') => {
                out.pop();
            }
            _ => return,
        }
    }
}

/// Splits bare addresses off as links.
pub fn link_addresses(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = vec![];
    for inline in inlines {
        match inline {
            Inline::Text { text, style, link: None, span } if !style.code && text.contains("://") => {
                let mut at = 0;
                let found = addresses(&text);
                for range in found {
                    out.extend(part(&text, at..range.start, style, None, span));
                    out.extend(part(&text, range.clone(), style, Some(text[range.clone()].to_string()), span));
                    at = range.end;
                }
                out.extend(part(&text, at..text.len(), style, None, span));
            }
            other => out.push(other),
        }
    }
    out
}

/// A part of a run. Where the run is the source letter for letter its span is exact, else it is the whole run's.
fn part(text: &str, range: std::ops::Range<usize>, style: Style, link: Option<String>, whole: Span) -> Option<Inline> {
    let exact = text.len() == (whole.end - whole.start) as usize;
    let span = match exact {
        true => Span { start: whole.start + range.start as u32, end: whole.start + range.end as u32, ..whole },
        false => whole,
    };
    (!range.is_empty()).then(|| Inline::Text { text: text[range].to_string(), style, link, span })
}

/// `[^x]` that is still text has no note.
pub fn undefined_notes(inlines: &[Inline], report: &mut Report) {
    for inline in inlines {
        let Inline::Text { text, style, span, .. } = inline else { continue };
        for (at, _) in text.match_indices("[^").filter(|_| !style.code) {
            let Some(length) = text[at..].find(']').filter(|n| *n > 2) else { continue };
            let mark = &text[at..at + length + 1];
            let range = at..at + length + 1;
            let Some(Inline::Text { span, .. }) = part(text, range, *style, None, *span) else { continue };
            let message = words(format!("{mark} 没有注文"), format!("{mark} has no note"));
            report.push(
                Diagnostic::at(Code::MarkdownUndefined, span, message)
                    .hint(format!("另起一行写 {mark}: 注文"), format!("write on a line of its own: {mark}: the note")),
            );
        }
    }
}
