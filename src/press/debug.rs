//! `debug paragraph`: what the typesetter made of one paragraph, as JSON an editor can send with a report of a wrong break.

use crate::base::{Lang, Len, Orientation};
use crate::doc::{Kinsoku, PunctuationStyle, VerticalDigits};
use crate::font::{Family, Library, Weight};
use crate::text::{
    Break, Cluster, Composer, Conventions, Line, LineShape, Paragraph, RunStyle, Standing, TextRun, break_lines,
    set_line,
};
use serde_json::{Value, json};

/// The type size of a debugged paragraph: an em.
const EM: Len = Len::pt(1000);

/// What is asked; None: the language's own.
#[derive(Clone, Debug)]
pub struct DebugParagraph {
    pub lang: Lang,
    pub level: Option<Kinsoku>,
    pub style: Option<PunctuationStyle>,
    /// In thousandths of an em.
    pub measure: Option<i32>,
    pub indent: i32,
    pub hanging: bool,
    pub orphans: bool,
    pub standing: Standing,
    pub vertical: bool,
    /// Two or three digits of a vertical line as Han numerals.
    pub han_digits: bool,
}

/// One paragraph in, its clusters, breaks, width and lines out. `library` None is the mock face: Han one em, Latin half.
pub fn debug_paragraph(text: &str, asked: &DebugParagraph, library: Option<&Library>) -> Value {
    let conventions = conventions(asked);
    let mut composer = match library {
        Some(library) => Composer::new(library, asked.lang.script(), conventions),
        None => Composer::mock(asked.lang.script(), conventions),
    };
    let run = TextRun {
        text: text.to_string(),
        family: Family::Song,
        weight: Weight::Regular,
        style: RunStyle { size: EM, ..RunStyle::default() },
        counts: true,
        ..TextRun::default()
    };
    let (p, missing) = composer.paragraph(&[run], EM);
    let mut out = json!({
        "clusters": p.clusters.iter().map(|c| cluster(&p, c, &conventions)).collect::<Vec<_>>(),
        "breaks": breaks(&p),
        "advance_em": em(p.width(asked.standing, &conventions)),
        "missing": missing.iter().map(|m| m.c.to_string()).collect::<Vec<_>>(),
    });
    if let Some(measure) = asked.measure {
        let milli = |n: i32| EM.scale(n, 1000);
        let shape = LineShape { orphans: asked.orphans, ..LineShape::justified(milli(measure), milli(asked.indent)) };
        let lines: Vec<Value> = break_lines(&p, shape).iter().map(|l| line(&p, l, shape.measure)).collect();
        out["lines"] = lines.into();
    }
    out
}

fn conventions(asked: &DebugParagraph) -> Conventions {
    let own = Conventions::of(asked.lang);
    Conventions {
        kinsoku: asked.level.unwrap_or(own.kinsoku),
        punctuation: asked.style.unwrap_or(own.punctuation),
        hanging: asked.hanging,
        vertical: asked.vertical,
        vertical_digits: if asked.han_digits { VerticalDigits::Han } else { VerticalDigits::Tcy },
        ..own
    }
}

/// `advance` has the class's own blanks, as the mark stands alone in a line; in a vertical line, how it stands there.
fn cluster(p: &Paragraph, c: &Cluster, conventions: &Conventions) -> Value {
    let blanks = c.class.blank(conventions).map_or(Len::ZERO, |b| (b.lead.of(EM)) + b.trail.of(EM));
    let text = &p.text[c.text.start as usize..c.text.end as usize];
    let mut out = json!({ "text": text, "class": format!("{:?}", c.class), "advance": em(c.advance + blanks) });
    if p.vertical {
        out["orientation"] = match c.orientation {
            Orientation::Horizontal => "horizontal",
            Orientation::Upright => "upright",
            Orientation::Sideways => "sideways",
            Orientation::Combined(_) => "combined",
        }
        .into();
    }
    out
}

/// Offsets in characters before which a line may begin; hyphens and emergencies are not among them.
fn breaks(p: &Paragraph) -> Vec<u32> {
    let allowed = |i: &usize| matches!(p.gaps[*i].brk, Break::Allowed { .. } | Break::Mandatory) && !p.gaps[*i].hyphen;
    (1..p.clusters.len()).filter(allowed).map(|i| p.clusters[i].char).collect()
}

/// `adjust` is what was added to the natural width (−: squeezed); null for a line that ends before the measure because its
/// paragraph does, or its author ended it.
fn line(p: &Paragraph, line: &Line, measure: Len) -> Value {
    let (first, last) = (&p.clusters[line.clusters.start], &p.clusters[line.clusters.end - 1]);
    let mut text = p.text[first.text.start as usize..last.text.end as usize].to_string();
    text.extend(line.hyphen.map(|_| '-'));
    let ends = line.last || p.gaps[line.clusters.end].brk == Break::Mandatory;
    let ragged = ends && line.target == line.natural && line.indent + line.natural < measure;
    let adjust = if ragged { Value::Null } else { em(line.target - line.natural) };
    let gaps: Len = set_line(p, line).opened;
    json!({
        "text": text.trim_end(),
        "natural": em(line.natural),
        "adjust": adjust,
        "indent": em(line.indent),
        "hangs": line.hangs,
        "opened": em(gaps),
    })
}

/// In em, to a thousandth.
fn em(len: Len) -> Value {
    let milli = (i64::from(len.raw()) * 1000 * 2 / i64::from(EM.raw()) + if len < Len::ZERO { -1 } else { 1 }) / 2;
    json!(milli as f64 / 1000.0)
}
