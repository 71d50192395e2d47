//! Simplified or Traditional, and whose: a guess from the characters and marks of a text.

use crate::base::Lang;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Frequent characters that only one of the two scripts has, in pairs.
const PAIRS: &str = "这這来來时時个個们們会會国國说說为為对對发發经經过過学學现現动動问問实實关關还還进進开開样樣东東长長车車书書后後见見点點业業电電种種认認识識总總当當产產机機体體义義论論党黨众眾华華办辦习習级級务務员員贯貫织織导導责責强強战戰争爭报報组組统統设設计計师師观觀边邊远遠运運农農门門间間题題题題该該语語谈談读讀变變让讓话話给給结結约約线線红紅绿綠轻輕较較转轉连連选選难難须須顿頓飞飛马馬鸟鳥鱼魚";

/// Whether a character is of the Traditional script alone; None: of both.
fn side(c: char) -> Option<bool> {
    static SIDES: OnceLock<BTreeMap<char, bool>> = OnceLock::new();
    let sides = || PAIRS.chars().enumerate().map(|(n, c)| (c, n % 2 == 1)).collect();
    SIDES.get_or_init(sides).get(&c).copied()
}

/// The language of a text: what it has more of. Traditional characters with “” are a mainland periodical's.
pub fn guess(text: &str) -> Lang {
    let (mut simplified, mut traditional, mut corner, mut curly) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '「' | '『' => corner += 1,
            '“' => curly += 1,
            c if super::super::han::is_han(c) => match side(c) {
                Some(false) => simplified += 1,
                Some(true) => traditional += 1,
                None => {}
            },
            _ => {}
        }
    }
    match traditional > simplified {
        false => Lang::ZhHans,
        true if curly > corner => Lang::ZhHantCn,
        true => Lang::ZhHant,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_tell_the_script_and_marks_the_region() {
        assert_eq!(guess("这是我们的国家"), Lang::ZhHans);
        assert_eq!(guess("這是「我們」的國家"), Lang::ZhHant);
        assert_eq!(guess("這是“我們”的國家"), Lang::ZhHantCn);
    }
}
