//! Drawings as form XObjects (ISO 32000-1 §8.10): paths, clips, plain colours, ramps, opacity.
//!
//! In: a [`Drawing`]. Out: [`Form`]: a content stream in the drawing's own units and the resources it names; it fills the
//! unit square, as an image does. A group that is opaque as a whole but for its own opacity is a form within.

use crate::color::{Greys, Separation};
use crate::picture::Drawing;
use crate::profile::{InkSpace, Profile};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use usvg::tiny_skia_path::{Path as Outline, PathSegment, Transform};
use usvg::{BaseGradient, ClipPath, FillRule, Group, LineCap, LineJoin, Node, Paint, PaintOrder, Path, Stroke};

/// A content stream and what it names.
pub struct Form {
    content: String,
    /// Width and height of the drawing; the form's box.
    size: (f32, f32),
    /// Whether it is drawn as one and then shown with the opacity of its user.
    group: bool,
    /// Opacity of fills and strokes in percent → its name.
    states: BTreeMap<(u8, u8), String>,
    shadings: Vec<Dictionary>,
    forms: Vec<Form>,
}

/// What the colours of drawings become on a press.
#[derive(Clone)]
pub struct Separated {
    pub inks: Arc<Separation>,
    pub black: Arc<Greys>,
}

/// How colours are written.
#[derive(Clone, Copy)]
struct Inks<'a> {
    space: InkSpace,
    /// Black alone, as grey.
    black: bool,
    press: Option<&'a Separated>,
    transparency: bool,
    /// Opacity of the groups around, where the file may have none.
    share: f32,
}

/// `black`: on a page that has no other plate. `press`: None on screens.
pub fn form(drawing: &Drawing, profile: &Profile, black: bool, press: Option<&Separated>) -> Form {
    let inks = Inks { space: profile.inks, black, press, transparency: profile.transparency, share: 1.0 };
    let size = (drawing.tree.size().width(), drawing.tree.size().height());
    let mut form = Form::new(size, false);
    Writer { form: &mut form, inks }.group(drawing.tree.root());
    form
}

impl Form {
    fn new(size: (f32, f32), group: bool) -> Form {
        Form { content: String::new(), size, group, states: BTreeMap::new(), shadings: vec![], forms: vec![] }
    }

    /// Adds it to the document. The outermost one fills the unit square.
    pub fn add(self, document: &mut Document, outermost: bool) -> ObjectId {
        let (width, height) = self.size;
        let states: Vec<(String, Object)> = self
            .states
            .into_iter()
            .map(|((fill, stroke), name)| {
                let share = |percent: u8| Object::Real(f32::from(percent) / 100.0);
                (name, dictionary! { "Type" => "ExtGState", "ca" => share(fill), "CA" => share(stroke) }.into())
            })
            .collect();
        let shadings = self.shadings.into_iter().enumerate().map(|(i, s)| (format!("S{i}"), s.into()));
        let shadings: Vec<(String, Object)> = shadings.collect();
        let forms: Vec<(String, Object)> =
            self.forms.into_iter().enumerate().map(|(i, f)| (format!("F{i}"), f.add(document, false).into())).collect();
        let mut resources = Dictionary::new();
        for (kind, named) in [("ExtGState", states), ("Shading", shadings), ("XObject", forms)] {
            if !named.is_empty() {
                resources.set(kind, Dictionary::from_iter(named));
            }
        }
        let mut dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => resources,
            "BBox" => vec![0.into(), 0.into(), Object::Real(width), Object::Real(height)],
        };
        if outermost {
            // SVG's y runs down.
            let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0];
            dict.set("Matrix", matrix.map(Object::Real).to_vec());
        }
        if self.group {
            dict.set("Group", dictionary! { "S" => "Transparency", "I" => true });
        }
        document.add_object(Stream::new(dict, self.content.into_bytes()))
    }

    fn state(&mut self, fill: f32, stroke: f32) -> String {
        let percent = |v: f32| (v * 100.0).round() as u8;
        let next = format!("G{}", self.states.len());
        self.states.entry((percent(fill), percent(stroke))).or_insert(next).clone()
    }
}

struct Writer<'f> {
    form: &'f mut Form,
    inks: Inks<'f>,
}

impl Writer<'_> {
    fn op(&mut self, numbers: &[f32], operator: &str) {
        numbers.iter().for_each(|n| number(&mut self.form.content, *n));
        self.form.content.push_str(operator);
        self.form.content.push('\n');
    }

    fn matrix(&mut self, t: Transform) {
        if !t.is_identity() {
            self.op(&[t.sx, t.ky, t.kx, t.sy, t.tx, t.ty], "cm");
        }
    }

    /// A group: clipped, and where it is translucent drawn as one.
    fn group(&mut self, group: &Group) {
        self.op(&[], "q");
        self.matrix(group.transform());
        if let Some(clip) = group.clip_path() {
            self.clip(clip);
        }
        if group.opacity().get() < 1.0 && self.inks.transparency {
            let mut within = Form::new(self.form.size, true);
            let bounds = group.layer_bounding_box();
            // The box of a form clips: it starts at the origin, so the group is brought there.
            within.size = (bounds.width(), bounds.height());
            let mut writer = Writer { form: &mut within, inks: self.inks };
            writer.matrix(Transform::from_translate(-bounds.x(), -bounds.y()));
            group.children().iter().for_each(|node| writer.node(node));
            let state = self.form.state(group.opacity().get(), group.opacity().get());
            self.matrix(Transform::from_translate(bounds.x(), bounds.y()));
            let name = self.form.forms.len();
            self.form.forms.push(within);
            let _ = writeln!(self.form.content, "/{state} gs /F{name} Do");
        } else {
            let outside = self.inks.share;
            if !self.inks.transparency {
                self.inks.share *= group.opacity().get();
            }
            group.children().iter().for_each(|node| self.node(node));
            self.inks.share = outside;
        }
        self.op(&[], "Q");
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Group(group) => self.group(group),
            Node::Path(path) if path.is_visible() => self.path(path),
            // A photo in a drawing and text have been reported.
            _ => {}
        }
    }

    /// The union of the clip's paths (§8.5.4); a clip of the clip comes first.
    fn clip(&mut self, clip: &ClipPath) {
        if let Some(outer) = clip.clip_path() {
            self.clip(outer);
        }
        let mut outlines = vec![];
        gather(clip.root(), clip.transform().pre_concat(clip.root().transform()), &mut outlines);
        let even_odd = outlines.iter().all(|(_, rule)| *rule == FillRule::EvenOdd);
        for (outline, _) in &outlines {
            self.outline(outline);
        }
        if outlines.is_empty() {
            // Nothing of what is clipped is to be seen.
            self.op(&[0.0, 0.0, 0.0, 0.0], "re");
        }
        self.op(&[], if even_odd { "W* n" } else { "W n" });
    }

    fn path(&mut self, path: &Path) {
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(path);
                self.stroke(path);
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(path);
                self.fill(path);
            }
        }
    }

    fn fill(&mut self, path: &Path) {
        let Some(fill) = path.fill() else { return };
        self.op(&[], "q");
        self.opacity(fill.opacity().get());
        let even_odd = fill.rule() == FillRule::EvenOdd;
        match fill.paint() {
            Paint::Color(color) => {
                self.color(*color, fill.opacity().get(), false);
                self.outline(path.data());
                self.op(&[], if even_odd { "f*" } else { "f" });
            }
            Paint::LinearGradient(_) | Paint::RadialGradient(_) => {
                self.outline(path.data());
                self.op(&[], if even_odd { "W* n" } else { "W n" });
                self.ramp(fill.paint());
            }
            // Reported: a pattern would need its picture.
            Paint::Pattern(_) => {}
        }
        self.op(&[], "Q");
    }

    fn stroke(&mut self, path: &Path) {
        let Some(stroke) = path.stroke() else { return };
        let color = match stroke.paint() {
            Paint::Color(color) => *color,
            // A line is too thin to show a ramp: its first colour stands for it.
            Paint::LinearGradient(g) => first(g),
            Paint::RadialGradient(g) => first(g),
            Paint::Pattern(_) => return,
        };
        self.op(&[], "q");
        self.opacity(stroke.opacity().get());
        self.color(color, stroke.opacity().get(), true);
        self.pen(stroke);
        self.outline(path.data());
        self.op(&[], "S");
        self.op(&[], "Q");
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.op(&[stroke.width().get()], "w");
        let cap = match stroke.linecap() {
            LineCap::Butt => 0.0,
            LineCap::Round => 1.0,
            LineCap::Square => 2.0,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0.0,
            LineJoin::Round => 1.0,
            LineJoin::Bevel => 2.0,
        };
        self.op(&[cap], "J");
        self.op(&[join], "j");
        self.op(&[stroke.miterlimit().get()], "M");
        if let Some(dashes) = stroke.dasharray() {
            self.form.content.push('[');
            dashes.iter().for_each(|d| number(&mut self.form.content, *d));
            self.form.content.push_str("] ");
            self.op(&[stroke.dashoffset()], "d");
        }
    }

    fn opacity(&mut self, share: f32) {
        if share < 1.0 && self.inks.transparency {
            let state = self.form.state(share, share);
            let _ = writeln!(self.form.content, "/{state} gs");
        }
    }

    fn color(&mut self, color: usvg::Color, opacity: f32, stroke: bool) {
        let numbers = self.inks.numbers(color, opacity);
        let operator = match (numbers.len(), stroke) {
            (1, false) => "g",
            (1, true) => "G",
            (3, false) => "rg",
            (3, true) => "RG",
            (_, false) => "k",
            (_, true) => "K",
        };
        self.op(&numbers, operator);
    }

    fn outline(&mut self, outline: &Outline) {
        let mut at = (0.0, 0.0);
        for segment in outline.segments() {
            match segment {
                PathSegment::MoveTo(p) => self.op(&[p.x, p.y], "m"),
                PathSegment::LineTo(p) => self.op(&[p.x, p.y], "l"),
                PathSegment::QuadTo(c, p) => {
                    // The same curve of the third degree.
                    let toward = |a: f32, c: f32| a + (c - a) * 2.0 / 3.0;
                    let (x0, y0) = at;
                    let control = [toward(x0, c.x), toward(y0, c.y), toward(p.x, c.x), toward(p.y, c.y), p.x, p.y];
                    self.op(&control, "c");
                }
                PathSegment::CubicTo(a, b, p) => self.op(&[a.x, a.y, b.x, b.y, p.x, p.y], "c"),
                PathSegment::Close => self.op(&[], "h"),
            }
            if let PathSegment::MoveTo(p)
            | PathSegment::LineTo(p)
            | PathSegment::QuadTo(_, p)
            | PathSegment::CubicTo(_, _, p) = segment
            {
                at = (p.x, p.y);
            }
        }
    }

    /// A ramp over what is clipped now (§8.7.4.5.3, §8.7.4.5.4).
    fn ramp(&mut self, paint: &Paint) {
        let (kind, coordinates, gradient): (i64, Vec<f32>, &BaseGradient) = match paint {
            Paint::LinearGradient(g) => (2, vec![g.x1(), g.y1(), g.x2(), g.y2()], g),
            Paint::RadialGradient(g) => (3, vec![g.fx(), g.fy(), g.fr().get(), g.cx(), g.cy(), g.r().get()], g),
            _ => return,
        };
        let transform = gradient.transform();
        let space = match self.inks.space {
            _ if self.inks.black => "DeviceGray",
            InkSpace::Cmyk => "DeviceCMYK",
            InkSpace::Rgb => "DeviceRGB",
        };
        let shading = dictionary! {
            "ShadingType" => kind, "ColorSpace" => space,
            "Coords" => coordinates.into_iter().map(Object::Real).collect::<Vec<_>>(),
            "Function" => self.inks.function(gradient), "Extend" => vec![true.into(), true.into()],
        };
        self.matrix(transform);
        let name = self.form.shadings.len();
        self.form.shadings.push(shading);
        let _ = writeln!(self.form.content, "/S{name} sh");
    }
}

fn first(gradient: &BaseGradient) -> usvg::Color {
    gradient.stops().first().map_or(usvg::Color::black(), |stop| stop.color())
}

/// Every outline of a group, in the group's own axes.
fn gather(group: &Group, transform: Transform, out: &mut Vec<(Outline, FillRule)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => gather(inner, transform.pre_concat(inner.transform()), out),
            Node::Path(path) if path.is_visible() => {
                let rule = path.fill().map_or(FillRule::NonZero, |f| f.rule());
                out.extend(path.data().clone().transform(transform).map(|outline| (outline, rule)));
            }
            _ => {}
        }
    }
}

impl Inks<'_> {
    /// Neutral colours are black ink alone, so that a drawing's lines register; the same for opacity that the file may not
    /// have: it becomes a lighter colour.
    fn numbers(self, color: usvg::Color, opacity: f32) -> Vec<f32> {
        let share = if self.transparency { 1.0 } else { opacity * self.share };
        let [r, g, b] = [color.red, color.green, color.blue].map(|v| 1.0 - (1.0 - f32::from(v) / 255.0) * share);
        let neutral = r == g && g == b;
        match (self.space, self.press) {
            (InkSpace::Rgb, _) if neutral => vec![r],
            (InkSpace::Rgb, _) | (_, None) => vec![r, g, b],
            (InkSpace::Cmyk, Some(press)) => {
                let rgb = [r, g, b].map(|v| (v * 255.0).round() as u8);
                let grey = f32::from(press.black.pixel(rgb)) / 255.0;
                match (self.black, neutral) {
                    (true, _) => vec![grey],
                    (false, true) => vec![0.0, 0.0, 0.0, 1.0 - grey],
                    (false, false) => press.inks.pixel(rgb).map(|v| f32::from(v) / 255.0).to_vec(),
                }
            }
        }
    }

    /// The colours of a ramp by their place (§7.10.3, §7.10.4).
    fn function(self, gradient: &BaseGradient) -> Dictionary {
        let color = |stop: &usvg::Stop| {
            let mut numbers = self.numbers(stop.color(), 1.0);
            if numbers.len() == 1 && !self.black {
                numbers = vec![numbers[0]; 3];
            }
            numbers.into_iter().map(Object::Real).collect::<Vec<_>>()
        };
        let unit = || vec![0.into(), 1.into()];
        let piece = |a: &usvg::Stop, b: &usvg::Stop| {
            dictionary! { "FunctionType" => 2, "Domain" => unit(), "N" => 1, "C0" => color(a), "C1" => color(b) }
        };
        let stops = gradient.stops();
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return Dictionary::new() };
        // Ramps begin at 0 and end at 1, whatever their stops do.
        let mut pieces = vec![];
        let mut bounds = vec![];
        let mut at = 0.0;
        for pair in [&[*first, *first][..]].into_iter().chain(stops.windows(2)).chain([&[*last, *last][..]]) {
            let end = if pieces.len() == stops.len() { 1.0 } else { pair[1].offset().get() };
            if end > at {
                pieces.push(Object::Dictionary(piece(&pair[0], &pair[1])));
                bounds.push(Object::Real(end));
                at = end;
            }
        }
        if at < 1.0 {
            pieces.push(Object::Dictionary(piece(last, last)));
            bounds.push(Object::Real(1.0));
        }
        bounds.pop();
        let encode = pieces.iter().flat_map(|_| unit()).collect::<Vec<_>>();
        dictionary! {
            "FunctionType" => 3, "Domain" => unit(), "Functions" => pieces, "Bounds" => bounds, "Encode" => encode,
        }
    }
}

/// At most four decimals, and a blank.
fn number(out: &mut String, value: f32) {
    let _ = write!(out, "{} ", (f64::from(value) * 10_000.0).round() / 10_000.0);
}
