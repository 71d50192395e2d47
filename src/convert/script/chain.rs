//! Stages of a conversion over text whose characters know where they came from.

use super::table::{self, Match, Table};
use super::{doubt, marks};
use crate::base::Lang;
use std::collections::BTreeMap;

/// What a conversion is asked beside its languages.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Words that stay as they are.
    pub keep: Vec<String>,
    /// Words with a conversion of their own.
    pub instead: Vec<(String, String)>,
    /// Vocabulary too: 信息 → 資訊.
    pub vocabulary: bool,
}

/// What a conversion changed, and how often: from, to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub phrases: BTreeMap<(String, String), usize>,
    /// Characters with several forms that no phrase settled, between their neighbours. Changed or not, someone must look.
    pub doubts: BTreeMap<(String, String), usize>,
}

impl Changes {
    /// How many phrases were changed.
    pub fn total(&self) -> usize {
        self.phrases.values().sum()
    }
}

/// A phrase that a stage saw: its characters, and whether words of the editor settled it.
type Seen = (usize, bool);

/// A conversion between two languages.
pub struct Converter<'a> {
    from: Lang,
    to: Lang,
    options: &'a Options,
}

/// Characters with the number of the source character each belongs to.
pub type Owned = Vec<(u32, char)>;

/// A stage: tables in the order of precedence.
type Stage = Vec<&'static Table>;

impl<'a> Converter<'a> {
    pub fn new(from: Lang, to: Lang, options: &'a Options) -> Converter<'a> {
        Converter { from, to, options }
    }

    /// A text as a whole.
    pub fn text(&self, text: &str, changes: &mut Changes) -> String {
        self.owned(text, changes).into_iter().map(|(_, c)| c).collect()
    }

    /// Pieces of one text, each converted in the sight of the others.
    pub fn pieces(&self, pieces: &[&str], changes: &mut Changes) -> Vec<String> {
        let whole = self.owned(&pieces.concat(), changes);
        let mut out = vec![String::new(); pieces.len()];
        let ends: Vec<u32> = pieces
            .iter()
            .scan(0, |at, p| {
                *at += p.chars().count() as u32;
                Some(*at)
            })
            .collect();
        for (owner, c) in whole {
            let piece = ends.partition_point(|end| *end <= owner).min(pieces.len().saturating_sub(1));
            out[piece].push(c);
        }
        out
    }

    /// The characters, each with the number of the source character it belongs to.
    pub fn characters(&self, text: &str, changes: &mut Changes) -> Owned {
        self.owned(text, changes)
    }

    fn owned(&self, text: &str, changes: &mut Changes) -> Owned {
        let source: Owned = (0..).zip(text.chars()).collect();
        if !(self.from.is_chinese() && self.to.is_chinese()) || self.from == self.to || text.is_ascii() {
            return source;
        }
        let mut phrases = vec![];
        let mut now = source.clone();
        for (n, stage) in self.stages().into_iter().enumerate() {
            now = self.stage(&now, &stage, if n == 0 { Some(&mut phrases) } else { None });
        }
        let crossed = !self.from.is_traditional() && self.to.is_traditional();
        count(&source, &now, &phrases, changes, crossed);
        marks::convert(&mut now, self.to);
        now
    }

    /// From the source's form to the common one, across the scripts, to the target's form.
    fn stages(&self) -> Vec<Stage> {
        let mut stages: Vec<Stage> = vec![];
        if self.from.is_traditional() {
            stages.push(vec![if self.from == Lang::ZhHantHk { table::hk2t() } else { table::tw2t() }]);
            if !self.to.is_traditional() {
                stages[0].insert(0, table::t2s_exceptions());
                stages.push(vec![table::t2s_exceptions(), table::t2s()]);
            }
        } else {
            stages.push(vec![table::s2t_exceptions(), table::s2t()]);
        }
        match self.to {
            Lang::ZhHantHk => stages.push(vec![table::t2hk()]),
            // Mainland Traditional has the forms of the common table but 為, 群, 峰 …, which are Taiwan's too.
            Lang::ZhHant | Lang::ZhHantCn => stages.push(vec![table::t2tw()]),
            _ => {}
        }
        // What an author wrote in Traditional stays; of what a table chose, one form is enough.
        if !self.from.is_traditional() {
            stages[1..].iter_mut().for_each(|stage| stage.insert(0, table::forms()));
        }
        if self.options.vocabulary {
            match (self.from.is_traditional(), self.to) {
                (false, Lang::ZhHant) => stages.push(vec![table::words_tw()]),
                (true, Lang::ZhHans) => stages.insert(0, vec![table::words_cn()]),
                _ => {}
            }
        }
        stages
    }

    /// One stage; the first one tells the phrases it saw.
    fn stage(&self, now: &Owned, stage: &Stage, mut phrases: Option<&mut Vec<Seen>>) -> Owned {
        let text: String = now.iter().map(|(_, c)| *c).collect();
        let mut out: Owned = Vec::with_capacity(now.len());
        let (mut at, mut n) = (0, 0);
        while at < text.len() {
            let rest = &text[at..];
            let own = self.own(rest);
            let settled = own.is_some();
            let (length, to) = own.or_else(|| longest(stage, rest)).unwrap_or_else(|| (first_char(rest), None));
            let from = &rest[..length];
            let count = from.chars().count();
            let to = to.unwrap_or_else(|| from.chars().map(|c| single(stage, c)).collect());
            if let Some(phrases) = &mut phrases {
                phrases.push((count, settled));
            }
            place(&now[n..n + count], &to, &mut out);
            at += length;
            n += count;
        }
        out
    }

    /// Words to keep and words with a conversion of their own.
    fn own(&self, text: &str) -> Option<(usize, Option<String>)> {
        let kept = self.options.keep.iter().map(|w| (w, w));
        let given = self.options.instead.iter().map(|(a, b)| (a, b));
        // A later stage meets the word as it was given.
        let done = self.options.instead.iter().map(|(_, b)| (b, b));
        let words = kept.chain(given).chain(done).filter(|(w, _)| !w.is_empty() && text.starts_with(w.as_str()));
        words.max_by_key(|(w, _)| w.len()).map(|(w, to)| (w.len(), Some(to.clone())))
    }
}

/// What became of each phrase when all stages were done; doubts where the text `crossed` the scripts.
fn count(source: &Owned, made: &Owned, phrases: &[Seen], changes: &mut Changes, crossed: bool) {
    let (mut from, mut to) = (0, 0);
    for (length, settled) in phrases {
        let end = from + length;
        let next = to + made[to..].iter().take_while(|(owner, _)| (*owner as usize) < end).count();
        let changed = source[from..end].iter().map(|(_, c)| c).ne(made[to..next].iter().map(|(_, c)| c));
        if changed {
            let text = |chars: &[(u32, char)]| chars.iter().map(|(_, c)| *c).collect::<String>();
            *changes.phrases.entry((text(&source[from..end]), text(&made[to..next]))).or_default() += 1;
        }
        if crossed && *length == 1 && !settled && doubt::has_several_forms(source[from].1) {
            let (before, after) = doubt::neighbours(source, from);
            let context = |text: &Owned, at: usize| {
                let chars = text.iter().skip(at.saturating_sub(before)).take(before + 1 + after);
                chars.map(|(_, c)| *c).collect::<String>()
            };
            *changes.doubts.entry((context(source, from), context(made, to))).or_default() += 1;
        }
        (from, to) = (end, next);
    }
}

/// Simplified text as phrases: where each begins, how many characters it has, and its Traditional form.
pub fn phrases(text: &str) -> Vec<(usize, usize, String)> {
    let stage = vec![table::s2t_exceptions(), table::s2t()];
    let (mut at, mut n) = (0, 0);
    let mut out = vec![];
    while at < text.len() {
        let rest = &text[at..];
        let (length, to) = longest(&stage, rest).unwrap_or_else(|| (first_char(rest), None));
        let from = &rest[..length];
        let to = to.unwrap_or_else(|| from.chars().map(|c| single(&stage, c)).collect());
        out.push((n, from.chars().count(), to));
        at += length;
        n += from.chars().count();
    }
    out
}

/// The longest match of the tables; of equal length the earlier table's.
fn longest(stage: &Stage, text: &str) -> Option<(usize, Option<String>)> {
    let mut best: Option<Match> = None;
    for found in stage.iter().filter_map(|table| table.longest(text)) {
        if best.is_none_or(|(length, _)| found.0 > length) {
            best = Some(found);
        }
    }
    best.map(|(length, to)| (length, to.map(String::from)))
}

fn single(stage: &Stage, c: char) -> String {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    longest(stage, text).and_then(|(_, to)| to).unwrap_or_else(|| c.to_string())
}

fn first_char(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Character by character where the lengths agree; else all belongs to the first.
fn place(from: &[(u32, char)], to: &str, out: &mut Owned) {
    let count = to.chars().count();
    for (i, c) in to.chars().enumerate() {
        let at = if count == from.len() { i } else { 0 };
        out.push((from[at].0, c));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(text: &str, from: Lang, to: Lang, options: &Options) -> String {
        Converter::new(from, to, options).text(text, &mut Changes::default())
    }

    /// R21; the words that crates of the same tables get wrong stand here too.
    #[test]
    fn characters_follow_their_phrase() {
        let none = Options::default();
        for (simplified, taiwan) in [
            ("党员干部真抓实干", "黨員幹部真抓實幹"),
            ("公里以内，里面", "公里以內，裡面"),
            ("汇编成册，外汇", "彙編成冊，外匯"),
            ("400余篇，其余", "400餘篇，其餘"),
            ("于谦，关于", "于謙，關於"),
            ("作者系工程师，系统，关系", "作者係工程師，系統，關係"),
            ("她刮得慢，风刮得紧", "她刮得慢，風颳得緊"),
            ("衣服干了", "衣服乾了"),
            ("大多只会往上，不是只给人看", "大多只會往上，不是只給人看"),
            ("十多只羊", "十多隻羊"),
            ("把石头撬松，山水冲过，不复印", "把石頭撬鬆，山水沖過，不複印"),
            ("送签、签发、标签", "送簽、簽發、標籤"),
            ("皇后以后", "皇后以後"),
            ("信息技术", "信息技術"),
            ("不准进，算得不准，这条最不准", "不准進，算得不準，這條最不準"),
            ("羊角岩上，背着手", "羊角岩上，背著手"),
            ("钟", "鐘"),
            ("钟响了，钟老师姓钟，他钟情于水", "鐘響了，鍾老師姓鍾，他鍾情於水"),
            ("走了两里地，十几里山路，箱子里", "走了兩里地，十幾里山路，箱子裡"),
            ("一条干河滩，这条干流", "一條乾河灘，這條幹流"),
            ("发布会，分布式，布道", "發布會，分布式，佈道"),
            ("这周用棉签，本文系作者所摄", "這週用棉籤，本文係作者所攝"),
        ] {
            assert_eq!(convert(simplified, Lang::ZhHans, Lang::ZhHant, &none), taiwan, "{simplified}");
        }
        for (traditional, simplified) in [
            ("著力提升", "着力提升"),
            ("讀原著", "读原著"),
            ("隨著時間", "随着时间"),
            ("乾隆年間衣服乾了", "乾隆年间衣服干了"),
        ] {
            for from in [Lang::ZhHant, Lang::ZhHantCn] {
                assert_eq!(convert(traditional, from, Lang::ZhHans, &none), simplified, "{traditional}");
            }
        }
        assert_eq!(convert("里面说明内地", Lang::ZhHans, Lang::ZhHantHk, &none), "裏面説明內地");
    }

    #[test]
    fn regions_have_their_marks() {
        let none = Options::default();
        let text = "他说：“她讲‘不行’。”it’s";
        assert_eq!(convert(text, Lang::ZhHans, Lang::ZhHant, &none), "他說：「她講『不行』。」it’s");
        assert_eq!(convert(text, Lang::ZhHans, Lang::ZhHantCn, &none), "他說：“她講‘不行’。”it’s");
        assert_eq!(convert("他說：「她講『不行』。」", Lang::ZhHant, Lang::ZhHans, &none), "他说：“她讲‘不行’。”");
    }

    #[test]
    fn words_are_kept_given_and_replaced_only_on_request() {
        let keep = Options {
            keep: vec!["工业和信息化部".into()],
            instead: vec![("山里".into(), "山裏".into())],
            vocabulary: true,
        };
        assert_eq!(
            convert("工业和信息化部的信息，山里", Lang::ZhHans, Lang::ZhHant, &keep),
            "工业和信息化部的資訊，山裏"
        );
        let mut changes = Changes::default();
        Converter::new(Lang::ZhHans, Lang::ZhHant, &Options::default()).text("以后以后", &mut changes);
        assert_eq!(changes.phrases.into_iter().collect::<Vec<_>>(), [(("以后".into(), "以後".into()), 2)]);
    }

    #[test]
    fn what_no_word_settled_is_told_between_its_neighbours() {
        let mut changes = Changes::default();
        let none = Options::default();
        let taiwan = Converter::new(Lang::ZhHans, Lang::ZhHant, &none);
        taiwan.text("远山面南，那是一张面。钟表停了，里面有钟", &mut changes);
        let doubts: Vec<_> = changes.doubts.keys().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(doubts, [("一张面", "一張面"), ("远山面南", "遠山面南"), ("面有钟", "面有鐘")]);
        let mut settled = Changes::default();
        let given = Options { instead: vec![("面".into(), "麵".into())], ..Options::default() };
        Converter::new(Lang::ZhHans, Lang::ZhHant, &given).text("那是一张面", &mut settled);
        assert_eq!(settled.doubts, Default::default());
    }

    #[test]
    fn pieces_of_one_text_see_each_other() {
        let none = Options::default();
        let made = Converter::new(Lang::ZhHans, Lang::ZhHant, &none)
            .pieces(&["皇", "后", "", "以后"], &mut Changes::default());
        assert_eq!(made, ["皇", "后", "", "以後"]);
    }
}
