//! Simplified characters that stand for several Traditional ones: where no word around one tells which, someone must look.

use super::super::han::is_han;
use super::chain::Owned;

/// Characters whose forms differ in sense. Those that stand alone in one sense nearly always (后, 里, 只, 于 …) are left out:
/// their other senses are in the tables' words.
const SEVERAL: &str = "丑云仆余卜卷历吁咸困复干征御志托斗松欲汇注淀签系纤胡舍范蒙表谷辟采钟须坛周尽面发";

pub fn has_several_forms(c: char) -> bool {
    SEVERAL.contains(c)
}

/// How many characters around `at` are told with it: Han, two at most on either side.
pub fn neighbours(text: &Owned, at: usize) -> (usize, usize) {
    let han = |(_, c): &&(u32, char)| is_han(*c);
    let before = text[..at].iter().rev().take(2).take_while(han).count();
    (before, text[at + 1..].iter().take(2).take_while(han).count())
}
