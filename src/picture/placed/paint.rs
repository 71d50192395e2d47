//! How lines and type of a placed page are painted: how thin, how small, in what colour.

use super::space::Space;
use crate::base::Len;
use lopdf::{Dictionary, Document, Object};
use std::collections::BTreeMap;

pub type Matrix = [f64; 6];

pub const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
pub fn then(m: Matrix, n: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = m;
    let at = |x: f64, y: f64| (x * n[0] + y * n[2], x * n[1] + y * n[3]);
    let ((a, b), (c, d), (e, f)) = (at(a, b), at(c, d), at(e, f));
    [a, b, c, d, e + n[4], f + n[5]]
}

pub fn matrix(numbers: &[Object]) -> Option<Matrix> {
    let numbers: Vec<f64> = numbers.iter().filter_map(|n| n.as_float().ok()).map(f64::from).collect();
    numbers.try_into().ok()
}

/// A colour as far as a press minds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paint {
    /// An ink in full.
    Solid,
    /// Dots.
    Tint,
    /// Paper is left.
    White,
    /// Meant to be black, of several plates.
    MixedBlack,
}

impl Paint {
    /// By the components of a colour in its space (ISO 32000-1 §8.6).
    pub fn of(space: &Space, components: &[f32]) -> Paint {
        match (space, components) {
            (Space::Grey | Space::Managed { grey: true }, [light]) => Paint::one(1.0 - light),
            (Space::Inks(_), inks) => Paint::one(inks.iter().copied().fold(0.0, f32::max)),
            (Space::Cmyk, [c, m, y, k]) if *k >= 0.8 && c.max(*m).max(*y) > 0.0 => Paint::MixedBlack,
            (Space::Cmyk, [c, m, y, k]) => Paint::one(c.max(*m).max(*y).max(*k)),
            (Space::DeviceRgb | Space::Managed { .. }, [r, g, b]) if r.max(*g).max(*b) <= 0.1 => Paint::MixedBlack,
            (Space::DeviceRgb | Space::Managed { .. }, [r, g, b]) if r.min(*g).min(*b) >= 1.0 => Paint::White,
            _ => Paint::Solid,
        }
    }

    fn one(ink: f32) -> Paint {
        match ink {
            _ if ink <= 0.0 => Paint::White,
            _ if ink >= 1.0 => Paint::Solid,
            _ => Paint::Tint,
        }
    }
}

/// What painting depends on (§8.4.1), filling first, stroking second.
#[derive(Clone)]
pub struct State {
    pub ctm: Matrix,
    pub spaces: [Space; 2],
    pub paints: [Paint; 2],
    line: f64,
    font: f64,
    text: Matrix,
    /// Text is shown: it isn't, where a scanned page has its words below the picture (§9.3.6, modes 3 and 7).
    shows_text: bool,
    /// Of the path in the making: the thinnest rectangle.
    bar: Option<f64>,
}

impl State {
    pub fn new(ctm: Matrix) -> State {
        let spaces = [Space::Grey, Space::Grey];
        State {
            ctm,
            spaces,
            paints: [Paint::Solid; 2],
            line: 1.0,
            font: 0.0,
            text: IDENTITY,
            shows_text: true,
            bar: None,
        }
    }

    pub fn coloured(&mut self, stroke: bool, space: Space, components: &[f32]) {
        self.paints[usize::from(stroke)] = Paint::of(&space, components);
        self.spaces[usize::from(stroke)] = space;
    }

    /// `LW` of a graphics state (§8.4.5).
    pub fn line_of(&mut self, gs: &Dictionary, document: &Document) {
        let width = gs.get_deref(b"LW", document).and_then(Object::as_float);
        self.line = width.map_or(self.line, f64::from);
    }
}

/// The least of each kind that was seen: thickness of lines, and for type how many bytes of each size.
#[derive(Default)]
pub struct Seen {
    pub lines: BTreeMap<Paint, Len>,
    /// Filled rectangles as narrow as lines.
    pub bars: BTreeMap<Paint, Len>,
    pub type_: BTreeMap<(Paint, Len), usize>,
}

impl Seen {
    /// Operators of paths and text (§8.5, §9.3, §9.4); `unit` is the page's.
    pub fn operation(&mut self, operator: &str, operands: &[Object], state: &mut State, unit: f64) {
        let number = |i: usize| operands.get(i).and_then(|n| n.as_float().ok()).map_or(0.0, f64::from);
        match operator {
            "w" => state.line = number(0),
            "re" => {
                let (wide, high) = (number(2).abs(), number(3).abs());
                if wide.max(high) > wide.min(high) * 8.0 {
                    state.bar = Some(state.bar.map_or(wide.min(high), |bar| bar.min(wide.min(high))));
                }
            }
            "BT" => state.text = IDENTITY,
            "Tm" => state.text = matrix(operands).unwrap_or(state.text),
            "Tf" => state.font = number(1),
            "Tr" => state.shows_text = !matches!(operands, [Object::Integer(3 | 7)]),
            "Tj" | "TJ" | "'" | "\"" => self.text(operands, state, unit),
            _ => {}
        }
        let (fills, strokes) = match operator {
            "f" | "F" | "f*" => (true, false),
            "S" | "s" => (false, true),
            "B" | "B*" | "b" | "b*" => (true, true),
            "n" => (false, false),
            _ => return,
        };
        let [a, b, c, d, ..] = state.ctm;
        let scale = (a * d - b * c).abs().sqrt() * unit;
        if strokes {
            thinnest(&mut self.lines, state.paints[1], state.line * scale);
        }
        if let Some(bar) = state.bar.take().filter(|_| fills) {
            thinnest(&mut self.bars, state.paints[0], bar * scale);
        }
    }

    fn text(&mut self, operands: &[Object], state: &State, unit: f64) {
        let bytes = |object: &Object| object.as_str().map_or(0, <[u8]>::len);
        let shown = match operands.last() {
            Some(Object::Array(parts)) => parts.iter().map(bytes).sum(),
            Some(object) => bytes(object),
            None => 0,
        };
        let [_, _, c, d, ..] = then(state.text, state.ctm);
        let size = length(state.font.abs() * c.hypot(d) * unit);
        if shown > 0 && size > Len::ZERO && state.shows_text {
            *self.type_.entry((state.paints[0], size)).or_default() += shown;
        }
    }

    /// The smallest type of these paints; less than four bytes are a mark.
    pub fn smallest(&self, paints: &[Paint]) -> Option<Len> {
        let is =
            |((paint, size), bytes): (&(Paint, Len), &usize)| (paints.contains(paint) && *bytes >= 4).then_some(*size);
        self.type_.iter().filter_map(is).min()
    }
}

fn thinnest(of: &mut BTreeMap<Paint, Len>, paint: Paint, points: f64) {
    let thickness = length(points);
    of.entry(paint).and_modify(|least| *least = thickness.min(*least)).or_insert(thickness);
}

fn length(points: f64) -> Len {
    Len::pt((points * 100.0).round().clamp(0.0, 1e6) as i32)
}
