//! The blanks between characters: one table of what a class brings, one rule for a pair.
//!
//! In: classes and the conventions in force. Out: [`Blank`]s and [`Spacing`]s in 1/1000 em. Line start and line end are
//! sides of the same table, so that edge squeezing and hanging are ordinary cells. After clreq §Punctuation Width
//! Adjustment, §Punctuation Adjustment Space, §Mixed Text Composition; GB/T 15834 5.1.

use super::class::Class;
use crate::base::{Convention, Em, Lang};
use crate::doc::{Kinsoku, PunctuationStyle, VerticalDigits};

/// Everything that a language, the manifest and the theme decide about a paragraph's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conventions {
    pub marks: Convention,
    pub punctuation: PunctuationStyle,
    pub kinsoku: Kinsoku,
    /// ¼ em between Han and Latin.
    pub autospace: bool,
    /// The same between Han and a digit: 2026 年, not 2026年.
    pub digits_han_space: bool,
    /// 纵横对齐: Western text between Han takes whole em.
    pub grid_align: bool,
    /// Stops may hang outside the measure at a line's end.
    pub hanging: bool,
    /// Vertical lines: ：；！？ stand on their whole em (clreq §Punctuation Adjustment Space).
    pub vertical: bool,
    pub vertical_digits: VerticalDigits,
}

impl Conventions {
    /// The defaults of a language.
    pub fn of(lang: Lang) -> Self {
        let marks = lang.convention();
        // Hong Kong centres its marks as Taiwan does and squeezes them as the mainland does.
        let fixed = lang == Lang::ZhHant;
        Conventions {
            marks,
            punctuation: if fixed { PunctuationStyle::Fixed } else { PunctuationStyle::Hangmo },
            kinsoku: if lang == Lang::ZhHant { Kinsoku::Basic } else { Kinsoku::Gb },
            autospace: true,
            digits_han_space: true,
            grid_align: false,
            hanging: false,
            vertical: false,
            vertical_digits: VerticalDigits::Tcy,
        }
    }

    /// Whether ？！ stand on one em and three such marks on two (GB/T 15834 5.1.2, of horizontal text); where marks keep
    /// their whole em, and where ！ has no blank of its own (clreq §Punctuation Adjustment Space), they don't.
    pub fn joins_exclamations(&self) -> bool {
        self.marks != Convention::Tw && !self.vertical && !self.keeps_blanks()
    }

    /// Marks stand on their whole em wherever they are.
    pub(super) fn keeps_blanks(&self) -> bool {
        matches!(self.punctuation, PunctuationStyle::Fixed | PunctuationStyle::FixedBrackets)
    }
}

/// The blank a class brings before and after its body, and the body; together its advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    pub lead: Em,
    pub body: Em,
    pub trail: Em,
}

/// Compression ranks of clreq §Procedures for Inter-Character Spacing Reduction: a lower one is used up first.
pub const SHRINK_RANKS: usize = 7;
const SHRINK_LINE_END: u8 = 0;
pub const SHRINK_WORD: u8 = 1;
const SHRINK_INTERPUNCT: u8 = 2;
const SHRINK_BRACKET: u8 = 3;
const SHRINK_COMMA: u8 = 4;
const SHRINK_HAN_WESTERN: u8 = 5;
/// Optional in clreq, with 。, which is never squeezed inside a line here: a sentence's end must be seen.
const SHRINK_EXCLAIM: u8 = 6;

/// Ranks of limited expansion: word spaces, then Han–Western; what is left goes to every open gap alike.
pub const STRETCH_WORD: u8 = 0;
pub const STRETCH_HAN_WESTERN: u8 = 1;

/// What may happen between two characters, in em.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spacing {
    pub natural: Em,
    /// Up to two blanks of different rank: 。（ holds two.
    pub shrink: [Option<(u8, Em)>; 2],
    /// Rank and limit of a limited stretch.
    pub stretch: Option<(u8, Em)>,
    /// Takes its share when every gap is opened.
    pub opens: bool,
}

impl Class {
    /// The half-em mark with its blanks. None: the advance is the font's.
    pub fn blank(self, c: &Conventions) -> Option<Blank> {
        use Class::*;
        let (cn, half, quarter) = (c.marks != Convention::Tw, Em::HALF, Em::QUARTER);
        let blank = |lead, body, trail| Some(Blank { lead, body, trail });
        let after = || if cn { blank(Em::ZERO, half, half) } else { blank(quarter, half, quarter) };
        let full = match self {
            Open => blank(half, half, Em::ZERO),
            Close => blank(Em::ZERO, half, half),
            Semicolon | Colon | Exclaim if c.vertical => blank(Em::ZERO, Em::ONE, Em::ZERO),
            Comma | Semicolon | Colon | Stop => after(),
            Exclaim if cn => blank(Em::ZERO, half, half),
            Exclaim | ExclaimPair => blank(Em::ZERO, Em::ONE, Em::ZERO),
            // GB/T 15834 5.1.7, 5.1.9: half an em, fixed; one em in Taiwan, and where it stands across a vertical line.
            Solidus if c.vertical => blank(Em::ZERO, Em::ONE, Em::ZERO),
            Interpunct | Solidus if cn => blank(Em::ZERO, half, Em::ZERO),
            Interpunct => blank(quarter, half, quarter),
            Solidus => blank(Em::ZERO, Em::ONE, Em::ZERO),
            _ => None,
        }?;
        Some(if self.is_half_width(c) { Blank { lead: Em::ZERO, trail: Em::ZERO, ..full } } else { full })
    }

    /// Whether a style sets the mark on half an em wherever it stands.
    fn is_half_width(self, c: &Conventions) -> bool {
        use Class::*;
        match c.punctuation {
            PunctuationStyle::Kaiming => matches!(self, Open | Close | Comma | Semicolon),
            PunctuationStyle::Banjiao => self.is_squeezable_mark() && self != ExclaimPair,
            _ => false,
        }
    }

    fn shrink_rank(self, c: &Conventions) -> Option<u8> {
        use Class::*;
        match self {
            Open | Close => Some(SHRINK_BRACKET),
            // clreq's list forgets ：; it goes with 、 and ，.
            Comma | Semicolon | Colon => Some(SHRINK_COMMA),
            Interpunct if c.marks == Convention::Tw => Some(SHRINK_INTERPUNCT),
            Exclaim => Some(SHRINK_EXCLAIM),
            _ => None,
        }
    }
}

/// The gap between two characters of a line.
pub fn spacing(a: Class, b: Class, c: &Conventions) -> Spacing {
    let (trail, lead) = (blank_after(a, c), blank_before(b, c));
    if a.is_squeezable_mark() && b.is_squeezable_mark() && squeezes_pair(a, b, c) {
        return adjacent_marks(a, b, c);
    }
    if is_han_western(a, b) && c.autospace {
        return Spacing {
            natural: Em::QUARTER,
            shrink: [Some((SHRINK_HAN_WESTERN, Em::EIGHTH)), None],
            stretch: Some((STRETCH_HAN_WESTERN, Em::QUARTER)),
            opens: true,
        };
    }
    let shrinks = !c.keeps_blanks();
    let part =
        |class: Class, blank: Em| class.shrink_rank(c).filter(|_| shrinks && blank > Em::ZERO).map(|r| (r, blank));
    Spacing {
        natural: Em(trail.0 + lead.0),
        shrink: [part(a, trail), part(b, lead)],
        stretch: None,
        opens: opens(a, b, c),
    }
}

fn squeezes_pair(a: Class, b: Class, c: &Conventions) -> bool {
    let bracket = |class| matches!(class, Class::Open | Class::Close);
    match c.punctuation {
        PunctuationStyle::Fixed => false,
        PunctuationStyle::FixedBrackets => bracket(a) && bracket(b),
        _ => true,
    }
}

/// Two marks side by side share at most half an em (clreq §Punctuation Width Adjustment): only blank is removed, so that
/// a mainland pair takes 1.5 em, and of Taiwan's centred marks only the facing quarter goes.
fn adjacent_marks(a: Class, b: Class, c: &Conventions) -> Spacing {
    let between = Em(blank_after(a, c).0 + blank_before(b, c).0);
    let natural = match (a == Class::Open, b == Class::Open, c.punctuation) {
        (false, true, PunctuationStyle::Tight) | (true, ..) => Em::ZERO,
        (false, true, _) => between.min(Em::HALF),
        (false, false, _) => blank_before(b, c),
    };
    let shrink = Some((SHRINK_BRACKET, natural)).filter(|_| b == Class::Open && natural > Em::ZERO);
    Spacing { natural, shrink: [shrink, None], stretch: None, opens: false }
}

fn blank_after(class: Class, c: &Conventions) -> Em {
    class.blank(c).map_or(Em::ZERO, |b| b.trail)
}
fn blank_before(class: Class, c: &Conventions) -> Em {
    class.blank(c).map_or(Em::ZERO, |b| b.lead)
}

/// Between Han and Western text; none inside ASCII brackets, nor before a mark that belongs to the Han.
fn is_han_western(a: Class, b: Class) -> bool {
    a.is_han() && b.is_western() && b != Class::WesternClose || a.is_western() && b.is_han() && a != Class::WesternOpen
}

/// Whether the gap takes part when all gaps are opened: not after an opening mark or before a closing one (jlreq §Do Not
/// Allow Increase), not beside a connector or solidus, not inside a Western word. A mark in the middle of its em (R16.1)
/// would leave it, were it opened on one side alone.
fn opens(a: Class, b: Class, c: &Conventions) -> bool {
    use Class::*;
    let pause = matches!(b, Comma | Semicolon | Colon | Stop | Exclaim | ExclaimPair);
    let closed_before = pause && c.marks != Convention::Tw || matches!(b, Close | WesternClose | Reference | NoBreak);
    let closed_after = matches!(a, Open | WesternOpen | NoBreak | Prefix);
    let stiff = |x| matches!(x, Connector | Solidus | Interpunct | BreakHere);
    let in_word = a.is_western() && b.is_western();
    let pair = a == Inseparable && b == Inseparable;
    !(closed_before || closed_after || stiff(a) || stiff(b) || in_word || pair || a == Space || b == Space)
}

/// After two or three exclamation marks, whose width is in their bodies: what the next character brings before itself.
pub fn after_exclamations(b: Class, c: &Conventions) -> Spacing {
    let lead = if c.punctuation == PunctuationStyle::Tight { Em::ZERO } else { blank_before(b, c) };
    let shrink = Some((SHRINK_BRACKET, lead)).filter(|_| lead > Em::ZERO);
    Spacing { natural: lead, shrink: [shrink, None], stretch: None, opens: opens(Class::Exclaim, b, c) }
}

/// The blank kept before a line's first character, beyond any indent: an opening mark loses its own (clreq §Compression of
/// punctuation marks at line start), unless marks are fixed.
pub fn at_line_start(class: Class, c: &Conventions) -> Em {
    let keep = c.keeps_blanks() || class != Class::Open;
    if keep { blank_before(class, c) } else { Em::ZERO }
}

/// Whether a mark may stand outside the measure at a line's end: any stop on the mainland; with centred marks only in
/// vertical lines, and only 、 ， and 。 (clreq §Hanging Punctuation at Line End).
pub fn hangs(class: Class, c: &Conventions) -> bool {
    use Class::*;
    c.hanging
        && match class {
            Comma | Stop => c.marks != Convention::Tw || c.vertical,
            Semicolon | Colon | Exclaim | ExclaimPair => c.marks == Convention::Cn,
            _ => false,
        }
}

/// The blank kept after a line's last character, and how much of it may shrink.
pub fn at_line_end(class: Class, c: &Conventions) -> Spacing {
    let natural = match c.punctuation {
        PunctuationStyle::Fixed | PunctuationStyle::FixedBrackets => blank_after(class, c),
        PunctuationStyle::Quanjiao if class.is_squeezable_mark() => blank_after(class, c),
        _ => Em::ZERO,
    };
    let squeezable = c.punctuation == PunctuationStyle::Quanjiao && natural > Em::ZERO;
    let shrink = Some((SHRINK_LINE_END, natural)).filter(|_| squeezable);
    Spacing { natural, shrink: [shrink, None], stretch: None, opens: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R8, R16.1: a centred mark stays in the middle of its em when a line is opened; a mainland mark stays at its character.
    #[test]
    fn a_line_opens_on_both_sides_of_a_centred_mark() {
        for (lang, before) in
            [(Lang::ZhHans, false), (Lang::ZhHantCn, false), (Lang::ZhHant, true), (Lang::ZhHantHk, true)]
        {
            let c = Conventions::of(lang);
            for mark in [Class::Comma, Class::Stop, Class::Exclaim] {
                let opened = [spacing(Class::Han, mark, &c).opens, spacing(mark, Class::Han, &c).opens];
                assert_eq!(opened, [before, true], "{lang:?} {mark:?}");
            }
            assert!(!spacing(Class::Han, Class::Close, &c).opens);
        }
    }
}
