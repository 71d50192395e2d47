//! The barcode of a periodical: EAN-13 with the two-digit add-on of its number (ISO/IEC 15420; GB/T 16827).
//!
//! In: their digits. Out: bars in modules, then shapes on a leaf: K alone on paper, quiet zones kept.

use super::TextBlock;
use crate::base::{Ink, Len, Point, Rect};
use crate::layout::paint::Leaf;
use crate::layout::set::{Setter, plain_run};
use crate::page::{Item, NodeId, Shape, ShapeKind};
use crate::style::{Align, Pitch, Role};

/// A module at four fifths of the nominal size, the smallest that is allowed: 0.264 mm.
const MODULE: Len = Len::from_raw((Len::mm(2640).raw() + 99) / 100);
/// Bars of the symbol, and how far the guards go down, in modules.
const HEIGHT: i32 = 69;
const GUARD: i32 = 5;
/// Light margins in modules (ISO/IEC 15420 4.3.5, 4.5): left of the symbol, right of it, between it and the add-on, right of
/// the add-on.
const QUIET: Quiet = Quiet { left: 11, right: 7, between: 10, beyond: 5 };

struct Quiet {
    left: i32,
    right: i32,
    between: i32,
    beyond: i32,
}

const DIGITS: i32 = 9;

const CODES: [&str; 10] =
    ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
/// Which of the first six digits are of set B, by the digit that has no bars.
const PARITY: [&str; 10] =
    ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"];

fn digit(c: char) -> usize {
    c.to_digit(10).unwrap_or(0) as usize
}

/// Modules of a digit in set A, B or C, as `0` and `1`.
fn modules(d: usize, set: char) -> String {
    let a = CODES[d];
    let inverted = || a.chars().map(|c| if c == '0' { '1' } else { '0' });
    match set {
        'A' => a.to_string(),
        'B' => inverted().rev().collect(),
        _ => inverted().collect(),
    }
}

/// The 95 modules of thirteen digits.
pub fn symbol(digits: &str) -> String {
    let d: Vec<usize> = digits.chars().map(digit).collect();
    let left: String = PARITY[d[0]].chars().zip(&d[1..7]).map(|(set, d)| modules(*d, set)).collect();
    let right: String = d[7..13].iter().map(|d| modules(*d, 'C')).collect();
    format!("101{left}01010{right}101")
}

/// The 20 modules of the two-digit add-on.
pub fn addon_symbol(digits: &str) -> String {
    let d: Vec<usize> = digits.chars().map(digit).collect();
    let sets = ["AA", "AB", "BA", "BB"][(d[0] * 10 + d[1]) % 4].as_bytes();
    format!("1011{}01{}", modules(d[0], sets[0] as char), modules(d[1], sets[1] as char))
}

/// What a barcode says, and what is printed across one that may not be scanned.
pub struct Barcode {
    pub ean: String,
    pub addon: Option<String>,
    /// 样刊.
    pub across: Option<String>,
}

impl Barcode {
    /// Width and height with the quiet zones.
    pub fn size(&self) -> (Len, Len) {
        let right = if self.addon.is_some() { QUIET.between + 20 + QUIET.beyond } else { QUIET.right };
        (MODULE * (QUIET.left + 95 + right), MODULE * (HEIGHT + DIGITS + 6))
    }

    /// Draws it on white with its top left corner at `at`.
    pub fn paint(&self, setter: &mut Setter, leaf: &mut Leaf, (at, node): (Point, Option<NodeId>)) {
        let (width, height) = self.size();
        fill(leaf, Rect::new(at.x, at.y, width, height), Ink::PAPER);
        let (x, top) = (at.x + MODULE * QUIET.left, at.y + MODULE * 3);
        let guard = |i: usize| !(3..92).contains(&i) || (45..50).contains(&i);
        bars(leaf, &symbol(&self.ean), (x, top), |i| (0, HEIGHT + if guard(i) { GUARD } else { 0 }));
        let foot = top + MODULE * (HEIGHT + DIGITS);
        let mut line = |text: &str, x: Len, y: Len, width: Len| spread(setter, leaf, text, (x, y, width, node));
        line(&self.ean[..1], x - MODULE * 9, foot, MODULE * 7);
        line(&self.ean[1..7], x + MODULE * 4, foot, MODULE * 41);
        line(&self.ean[7..], x + MODULE * 50, foot, MODULE * 41);
        if let Some(addon) = &self.addon {
            let x = x + MODULE * (95 + QUIET.between);
            line(addon, x + MODULE * 3, top + MODULE * 8, MODULE * 14);
            bars(leaf, &addon_symbol(addon), (x, top), |_| (10, HEIGHT + GUARD));
        }
        if let Some(across) = &self.across {
            self.overprint(setter, leaf, (across, at, node));
        }
    }

    /// A band of paper through the bars with a word on it: no till reads it.
    fn overprint(&self, setter: &mut Setter, leaf: &mut Leaf, (text, at, node): (&str, Point, Option<NodeId>)) {
        let (width, height) = self.size();
        let band = Rect::new(at.x, at.y + height * 3 / 8, width, height / 4);
        fill(leaf, band, Ink::PAPER);
        let role = Role { size: height / 5, pitch: Pitch::ONE, ink: Ink::BLACK, ..setter.theme.roles.cover_kicker };
        let role = Role { align: Align::Center, ..role };
        let block = TextBlock::plain(setter, text, &role, (band.width, node));
        let y = band.y + (band.height - role.size) / 2;
        block.paint_at(setter, leaf, Point { x: band.x, y });
    }
}

fn fill(leaf: &mut Leaf, rect: Rect, ink: Ink) {
    leaf.items.push(Item::Shape(Shape { kind: ShapeKind::Fill(rect), ink, tint: 100, node: None }));
}

/// One box for each run of dark modules; `span(i)` gives top and bottom of the bar that begins at module i.
fn bars(leaf: &mut Leaf, modules: &str, (x, y): (Len, Len), span: impl Fn(usize) -> (i32, i32)) {
    let dark: Vec<bool> = modules.chars().map(|c| c == '1').collect();
    let mut i = 0;
    while i < dark.len() {
        let end = (i..dark.len()).find(|k| !dark[*k]).unwrap_or(dark.len());
        if end > i {
            let (top, bottom) = span(i);
            let width = MODULE * (end - i) as i32;
            fill(leaf, Rect::new(x + MODULE * i as i32, y + MODULE * top, width, MODULE * (bottom - top)), Ink::BLACK);
        }
        i = end.max(i + 1);
    }
}

/// Digits spread over a width, their baseline at `y`.
fn spread(setter: &mut Setter, leaf: &mut Leaf, text: &str, (x, y, width, node): (Len, Len, Len, Option<NodeId>)) {
    let size = MODULE * DIGITS;
    let role = Role { size, pitch: Pitch::ONE, ink: Ink::BLACK, ..setter.theme.roles.cover_line };
    let step = width / text.len() as i32;
    for (i, c) in text.chars().enumerate() {
        let run = plain_run(&c.to_string(), &role);
        let own = setter.natural_width(std::slice::from_ref(&run), size);
        let block = TextBlock::set(setter, &[run], &role, (width, node));
        let left = x + step * i as i32 + (step - own) / 2;
        block.paint_baseline(setter, leaf, Point { x: left, y });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO/IEC 15420 4.3: sets A, B and C of a digit; 5901234123457 is a common worked example.
    #[test]
    fn bars_are_the_standard_s() {
        assert_eq!(
            (modules(5, 'A'), modules(5, 'B'), modules(5, 'C')),
            ("0110001".into(), "0111001".into(), "1001110".into())
        );
        assert_eq!(
            symbol("5901234123457"),
            "10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101"
        );
        assert_eq!(symbol("9770317847001").len(), 95);
    }

    /// GB/T 12904: a module of 0.264 to 0.66 mm; eleven light modules before an EAN-13 and seven behind it, five behind an
    /// add-on. Bars are solid black.
    #[test]
    fn modules_and_quiet_zones_can_be_scanned() {
        assert!((26_400..=66_000).contains(&(MODULE.raw() as i64 * 2_540_000 / 72 / 1024)), "{MODULE:?}");
        let of = |addon: Option<&str>| {
            let barcode = Barcode { ean: "9770317847001".into(), addon: addon.map(String::from), across: None };
            barcode.size().0.raw() / MODULE.raw()
        };
        assert_eq!((of(None), of(Some("09"))), (11 + 95 + 7, 11 + 95 + 10 + 20 + 5));
        let mut leaf = Leaf::default();
        bars(&mut leaf, &symbol("9770317847001"), (Len::ZERO, Len::ZERO), |_| (0, HEIGHT));
        let shapes = leaf.items.iter().map(|item| match item {
            Item::Shape(Shape { kind: ShapeKind::Fill(rect), ink: Ink::BLACK, tint: 100, .. }) => *rect,
            other => panic!("{other:?}"),
        });
        let bars: Vec<Rect> = shapes.collect();
        assert_eq!(bars.len(), 30, "two a digit and six of the guards");
        assert!(bars.iter().all(|bar| bar.width >= MODULE && bar.width.raw() % MODULE.raw() == 0));
        assert_eq!(bars[29].right(), MODULE * 95);
    }

    /// ISO/IEC 15420 4.5: the remainder by four chooses the sets.
    #[test]
    fn the_add_on_says_its_value_by_parity() {
        assert_eq!(addon_symbol("09"), format!("1011{}01{}", modules(0, 'A'), modules(9, 'B')));
        assert_eq!(addon_symbol("12"), format!("1011{}01{}", modules(1, 'A'), modules(2, 'A')));
        assert_eq!(addon_symbol("12").len(), 20);
    }
}
