//! What a character is to the rules of cleaning and import.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Han characters: ideographs of every plane, 々 and 〇.
pub fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFD)
}

/// Marks that are Chinese wherever they stand.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}')
        || matches!(c, '！' | '（' | '）' | '，' | '．' | '／' | '：' | '；' | '？' | '～' | '［' | '］' | '｛' | '｝')
        || matches!(c, '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE4F}' | '\u{FE50}'..='\u{FE57}')
}

/// Marks that Chinese and Latin share: their neighbours tell which they are.
pub fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Ends a sentence, with what may close after it.
pub fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '】', '》']);
    bare.ends_with(['。', '！', '？', '…', '!', '?', '；', ';', '：', ':'])
        || bare.ends_with('.') && bare.trim_end_matches('.').ends_with(is_han)
}

/// The number of Han characters.
pub fn count(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

/// Spaces of every kind, the invisible ones too.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Characters that take no room and carry no text: a copied page is full of them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{200E}' | '\u{200F}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Trimmed of blanks of every kind at both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Without any blank: two texts that differ in blanks alone are the same words.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.extend(text.chars().filter(|c| !is_blank(*c)));
    out
}

/// Family names of one character that open most Chinese names.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾鐘汪田任姜范範方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段漕钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢路岳齐齊梅莫庄莊辛管祝左涂塗谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來苟全褚廉简簡娄婁盖蓋符奚木穆党黨燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺储儲宗宣贲鄒江罗骆駱麦麥佟仝冼尚蔺藺茹匡桑裘濮邝鄺寇荀芮羿巫厉厲戎蒲邰胥闻聞莘郦酈雍扈浦庾暨阙闕晁鞠荆荊桓佘逄隗郗仉亓茅闫閆楼樓訾岑滑缪繆";

/// Whether a character may be a family name.
pub fn is_surname(c: char) -> bool {
    static KNOWN: OnceLock<BTreeSet<char>> = OnceLock::new();
    KNOWN.get_or_init(|| SURNAMES.chars().collect()).contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_with_what_closes_after_the_stop() {
        assert!(ends_sentence("好。”") && ends_sentence("好!") && ends_sentence("好."));
        assert!(!ends_sentence("强化责任担当") && !ends_sentence("（编辑）") && !ends_sentence("v3."));
    }

    #[test]
    fn blanks_of_every_kind_are_trimmed() {
        assert_eq!(trim("\u{3000}\u{a0}\u{200b} 山 \u{feff}"), "山");
        assert_eq!(squeezed("山\u{3000}行"), "山行");
    }
}
