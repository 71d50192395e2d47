//! Names of people and offices, as bylines write them.

use super::super::han::{self, is_blank, is_han, is_surname};
use super::lists::List;

static DOUBLE: List =
    List::new("欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 夏侯 皇甫 尉迟 公孙 令狐 慕容 司徒 端木 东方 東方 南宫 南宮 欧陽");
static OFFICES: List = List::new(
    "大队 支队 总队 中队 文联 作协 监委 人民政府 县政府 市政府 区政府 镇政府 法院 检察院 报社 杂志社 電視台 电视台 委办 府办 人才办 编办 政研室 党校 工作组 專班 专班 委员会 委員會 党委 黨委 党组 黨組 党支部 课题组 課題組 编辑部 編輯部 编辑室 編輯室 研究院 研究所 研究室 研究中心 中心 办公室 辦公室 调研组 写作组 评论员 評論員 宣讲团 联合会 总工会 工委 市委 省委 县委 区委 纪委 组织部 宣传部 机关 機關 学院 大学 大學 公司 局 部 厅 院 司 处 社 会 團 团 组 協會 协会 支部 記者 记者",
);
static POSTS: List = List::new(
    "书记 書記 教授 主任 研究员 研究員 院长 院長 部长 部長 局长 局長 主席 校长 校長 所长 会长 理事长 秘书长 处长 委员 常委 成员 组长 厅长 司长 讲师 博士 记者 編輯 编辑 作家 主编",
);
static ROLES: List = List::new(
    "摄影报道 攝影報導 图文报道 文并摄 文/摄 文／摄 摄影/撰文 报道 本刊特约记者 本刊特约撰稿 本刊记者 本刊記者 特约记者 特約記者 特约评论员 本刊评论员 本报评论员 本报记者 本報記者 本报通讯员 本网记者 本社记者 实习记者 见习记者 记者 記者 通讯员 通訊員 作者 撰文 撰稿 文/图 图/文 文／图 图／文 文图 图文 文、图 文 图 圖 摄影 攝影 口述 整理 采写 采访 编译 译 翻译 执笔",
);

/// A person's name: two to four Han with a family name, or a foreign one with a dot.
pub fn is_name(text: &str) -> bool {
    let text = text.trim_matches(['*', '＊', '①', '②', '③']);
    let count = text.chars().count();
    let foreign = text.contains(['·', '•', '・', '‧'])
        && (4..=20).contains(&count)
        && text.chars().all(|c| is_han(c) || "·•・‧.［］[]（）A-Z".contains(c) || c.is_ascii_alphabetic());
    let double = DOUBLE.begins(text).is_some();
    let han = text.chars().all(is_han);
    foreign || han && ((2..=3).contains(&count) && text.starts_with(is_surname) || double && (3..=4).contains(&count))
}

/// An organ, a board, a group: what signs an article as a body.
pub fn is_office(text: &str) -> bool {
    let count = han::count(text);
    // `成功举办推介会`: what was done, no one who did it.
    if ["举办", "举行", "召开", "启动", "舉辦", "舉行", "召開", "開幕", "开幕"].iter().any(|w| text.contains(w))
    {
        return false;
    }
    if text.starts_with("中共") && count >= 6 && !text.contains(['。', '，', '？', '！', '：', '“']) && count <= 40
    {
        return !text.ends_with(['的', '话', '作', '题']);
    }
    (3..=40).contains(&count) && !text.contains(['。', '，', '？', '！', '：', '“']) && OFFICES.ends(text)
}

/// The office and the name of `水尾文化馆林远`.
pub fn behind_office(text: &str) -> Option<(&str, &str)> {
    let ends = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    ends.map(|at| text.split_at(at))
        .find(|(office, name)| is_name(name) && (is_office(office) || ends_in_place(office)))
}

fn ends_in_place(text: &str) -> bool {
    const PLACES: [&str; 12] = ["所", "站", "馆", "校", "队", "村", "镇", "乡", "厂", "台", "园", "报"];
    han::count(text) >= 4 && PLACES.iter().any(|e| text.ends_with(e))
}

/// An office that signs articles wherever it stands.
pub fn is_board(text: &str) -> bool {
    ["编辑部", "编辑室", "編輯部", "編輯室", "课题组", "課題組", "评论员", "評論員", "委员会", "委員會"]
        .iter()
        .any(|e| text.ends_with(e))
}

/// A line that names authors: `王明`, `王明　李一苇`, `本刊记者 王明 通讯员 李一苇`, `文／王明 图／李一苇`, `中央党校教授 王明`,
/// `□ 王 明1，李一苇2*`, `By Lin Yuan and Zhou Ning`.
pub fn is_byline(text: &str) -> bool {
    let marked = text.starts_with(MARKS);
    let text = han::trim(text.trim_start_matches(|c: char| MARKS.contains(&c) || is_blank(c)));
    // `《山行》作者 林远`.
    let text = text
        .strip_prefix('《')
        .and_then(|t| t.split_once('》'))
        .map_or(text, |(book, rest)| if han::count(book) <= 8 && ROLES.begins(rest).is_some() { rest } else { text });
    if is_english(text) {
        return true;
    }
    if text.is_empty() || text.chars().count() > 60 || text.contains(['。', '？', '！', '“', '《', '…']) {
        return false;
    }
    let text = unmarked(text[..sent_from(text)].trim_end_matches(['著', '撰']).trim_end());
    if is_foreigner(&text) {
        return true;
    }
    let parts = words(&text);
    let mut named = 0;
    let mut before = Part::Role;
    for (at, part) in parts.iter().enumerate() {
        let reporter = at > 0 && before == Part::Role && is_reporter(&parts[at - 1]);
        // Behind `本报记者` a name needs no family name that is known.
        let now = match reporter && (2..=3).contains(&part.chars().count()) && part.chars().all(is_han) {
            true => Some(Part::Name),
            false => Part::of(part, before, at + 1 == parts.len()),
        };
        match now {
            Some(Part::Name) => named += 1,
            Some(_) => {}
            None => return marked && han::count(&text) <= 12 && !text.contains('，'),
        }
        before = now.unwrap_or(Part::Role);
    }
    // A post without a name, or a role alone, signs only when it is a whole one: 本刊评论员.
    named > 0 || parts.len() == 1 && before == Part::Role && han::count(&text) >= 4 || marked && han::count(&text) <= 12
}

/// A byline without the little pictures that accounts put between its words (`文/图🖊 王明`).
pub fn pictureless(text: &str) -> Option<String> {
    let is = |c: char| matches!(c as u32, 0x2190..=0x21FF | 0x2700..=0x27BF | 0xFE0F | 0x1F300..=0x1FAFF);
    text.contains(is).then(|| text.replace(is, " ")).filter(|plain| is_byline(plain))
}

/// `通讯员 简宁 马小跑`.
pub fn is_reported(text: &str) -> bool {
    is_byline(text) && words(text).first().is_some_and(|w| is_reporter(w))
}

fn is_reporter(role: &str) -> bool {
    ["记者", "記者", "通讯员", "通訊員", "撰稿"].iter().any(|e| role.ends_with(e))
}

/// The post and the name of `中共水尾县委书记 林远`, and whether the post stands first.
pub fn post(author: &str) -> Option<(&str, &str, bool)> {
    let (first, second) = author.split_once(' ').filter(|(_, second)| !second.contains(' '))?;
    let plain = |text: &str| !text.contains(['，', '/', '／', '：', '（']);
    // `省委常委、组织部部长`: two posts of one person.
    let posts = |text: &str| text.split('、').all(|p| is_office(p) || ends_in_post(p));
    let is_post = |text: &str| plain(text) && han::count(text) > 4 && posts(text) && !ROLES.has(text);
    match (is_post(first) && is_name(second), is_name(first) && is_post(second)) {
        (true, _) => Some((first, second, true)),
        (_, true) => Some((second, first, false)),
        _ => None,
    }
}

/// What a word of a byline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Role,
    Post,
    Name,
}

impl Part {
    /// `before` is what stood before it; a post stands before its name, or last.
    fn of(word: &str, before: Part, last: bool) -> Option<Part> {
        let is_role = |text: &str| ROLES.has(text);
        if is_role(word) {
            return Some(Part::Role);
        }
        if let Some((role, name)) = word.split_once(['：', ':', '/', '／', '丨', '｜', '|']) {
            let named = is_name(name) || is_office(name);
            return (is_role(role) && (named || name.is_empty()) || is_name(role) && is_role(name))
                .then_some(Part::Name);
        }
        let bare = word.split(['（', '(']).next().unwrap_or(word);
        let short = before == Part::Role && (2..=4).contains(&word.chars().count()) && word.chars().all(is_han);
        let led = glued(word).is_some();
        if is_name(bare) || led || short && !last && is_name(bare) {
            return Some(Part::Name);
        }
        let place = !last && ends_in_place(word);
        ((is_office(word) || ends_in_post(word) || place) && (!last || before == Part::Name)).then_some(Part::Post)
    }
}

/// The length of a byline without the place it was sent from: `山行社记者 林远 发自水尾`.
fn sent_from(text: &str) -> usize {
    let at = ["发自", "發自"].iter().find_map(|w| text.find(w));
    at.filter(|at| *at > 0 && han::count(&text[*at..]) <= 14).unwrap_or(text.len())
}

/// Where the name begins in `本报记者周宁`, `山行社记者林远`.
fn glued(word: &str) -> Option<usize> {
    let role = ROLES.begins(word).filter(|r| r.chars().count() > 1).map(str::len);
    let reporter = || {
        let found = ["记者", "記者", "通讯员", "通訊員"].iter().find_map(|r| Some(word.rfind(r)? + r.len()))?;
        (han::count(&word[..found]) <= 10).then_some(found)
    };
    let named = |at: &usize| is_name(&word[*at..]);
    role.filter(named).or_else(|| reporter().filter(named))
}

/// The words of a byline: a name of two characters set apart is one, 、 ， and blanks part names.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut joins = false;
    for part in text.split(|c: char| is_blank(c) || matches!(c, '、' | '，' | ',' | '；')).filter(|p| !p.is_empty())
    {
        let single = part.chars().count() == 1 && part.chars().all(is_han);
        let known = single && ROLES.has(part);
        match out.last_mut() {
            Some(last) if joins && single && !known => {
                last.push_str(part);
                joins = false;
            }
            _ => {
                let opens = part.chars().next_back().is_some_and(is_surname);
                let alone = part.chars().count() == 1
                    || part.rsplit(['/', '／', '：', ':']).next().is_some_and(|n| n.chars().count() == 1);
                joins = opens && alone;
                out.push(part.to_string());
            }
        }
    }
    out
}

/// Marks of affiliations behind a name: `王明1,2*`, `李一苇①`.
fn is_note_mark(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '*' | '＊' | '†' | '‡') || matches!(c, '¹' | '²' | '³' | '⁴'..='⁹' | '①'..='⑳')
}

/// The numbers behind a name: 1 and 2 of `李一苇1,2*`, `李一苇①②`.
pub fn marks(byline: &str, name: &str) -> Vec<usize> {
    let (byline, name) = (han::squeezed(byline), han::squeezed(name));
    let behind = byline.split_once(&name).map_or("", |(_, behind)| behind);
    let value = |c: char| match c {
        '①'..='⑳' => Some(c as usize - '①' as usize + 1),
        '¹' => Some(1),
        '²' | '³' => Some(c as usize - '²' as usize + 2),
        '⁴'..='⁹' => Some(c as usize - '⁴' as usize + 4),
        c => c.to_digit(10).map(|d| d as usize),
    };
    behind.chars().take_while(|c| is_note_mark(*c) || matches!(c, ',' | '，')).filter_map(value).collect()
}

/// A byline without the marks of affiliations.
fn unmarked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let before = out.chars().next_back().unwrap_or(' ');
        let between = matches!(c, ',' | '，')
            && at > 0
            && is_note_mark(chars[at - 1])
            && chars.get(at + 1).is_some_and(|c| is_note_mark(*c));
        let long = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count() > 2;
        if !(is_note_mark(*c) && !long && (is_han(before) || before.is_ascii_alphabetic()) || between) {
            out.push(*c);
        }
    }
    out
}

/// `By Lin Yuan and Zhou Ning`, `Text by …`, `Photos by …`.
fn is_english(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let led =
        ["by ", "text by ", "words by ", "photos by ", "photo by ", "story by "].iter().any(|l| lower.starts_with(l));
    led && text.split_whitespace().count() <= 16 && !text.ends_with(['.', '?', '!']) && han::count(text) == 0
}

const MARKS: [char; 14] = ['□', '■', '◎', '○', '●', '◆', '◇', '△', '▲', '☆', '★', '◉', '◤', '◢'];

/// `[美]约翰·史密斯`, `（法）让·雷诺`.
fn is_foreigner(text: &str) -> bool {
    let rest = ['[', '［', '〔', '（', '('].iter().find_map(|open| text.strip_prefix(*open));
    rest.and_then(|r| r.split_once([']', '］', '〕', '）', ')']))
        .is_some_and(|(land, name)| land.chars().count() <= 4 && is_name(han::trim(name)))
}

/// `山行大学历史系副教授`: one post.
pub fn is_post(text: &str) -> bool {
    ends_in_post(text) && han::count(text) > 4 && !text.contains(['，', ',', '；', '。'])
}

fn ends_in_post(text: &str) -> bool {
    han::count(text) <= 30 && POSTS.ends(text)
}

/// The author as front matter has it, and the signs that were dropped.
pub fn author(text: &str) -> (String, String) {
    let bare = text.trim_start_matches(|c: char| MARKS.contains(&c) || is_blank(c));
    let gone: String = text[..text.len() - bare.len()].chars().filter(|c| !is_blank(*c)).collect();
    if is_english(bare) {
        let name = bare.split_once(' ').map_or(bare, |(_, rest)| rest);
        return (tidy(name), gone + &bare[..bare.len() - name.len()]);
    }
    let (bare, place) = bare.split_at(sent_from(bare));
    let gone = gone + place;
    let plain = unmarked(bare);
    let marks = difference(bare, &plain);
    let groups: Vec<String> = plain.split(['、', '，', '；', ',']).map(parted).filter(|g| !g.is_empty()).collect();
    (groups.join("、"), gone + &marks)
}

/// A role and its name with a blank between.
fn parted(text: &str) -> String {
    let tidy = tidy(text);
    let apart = |word: &str| match glued(word) {
        Some(at) => format!("{} {}", &word[..at], &word[at..]),
        None => word.to_string(),
    };
    tidy.split(' ').map(apart).collect::<Vec<_>>().join(" ")
}

/// What `whole` has and `part`, made of it by leaving out, has not.
fn difference(whole: &str, part: &str) -> String {
    let mut rest = part.chars().peekable();
    whole.chars().filter(|c| rest.next_if_eq(c).is_none()).filter(|c| is_note_mark(*c)).collect()
}

/// Blanks as bylines use them: one between names, none within.
pub fn tidy(text: &str) -> String {
    let parts: Vec<&str> = text.split(is_blank).filter(|p| !p.is_empty()).collect();
    let single = |s: &str| s.chars().count() == 1 && s.chars().all(is_han);
    // `许 山 阴`, `阿 槿`.
    if (2..=4).contains(&parts.len()) && parts.iter().all(|p| single(p)) {
        return parts.concat();
    }
    let mut out = String::new();
    for part in parts {
        let last = out.rsplit([' ', '、', '／', '/']).next().unwrap_or_default();
        let joins = single(last) && single(part) && last.starts_with(is_surname);
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// Names in a list; a name of two characters set on three em is one name.
pub fn split(text: &str) -> Vec<String> {
    let listed = text.split(['、', '，', ',', '；', ';', '/', '／']).map(han::trim).filter(|p| !p.is_empty());
    let mut out = vec![];
    for part in listed {
        let tidy = tidy(part);
        let words: Vec<&str> = tidy.split(' ').collect();
        match words.iter().all(|w| is_name(w)) {
            true => out.extend(words.into_iter().map(String::from)),
            false => out.push(tidy),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_titles() {
        for line in [
            "王明",
            "王　明",
            "王明　李一苇",
            "本刊记者 王明",
            "文／王明",
            "□ 王明",
            "中央党校教授 王明",
            "[美]约翰·史密斯",
            "欧阳修远",
            "王明、李一苇",
            "本刊记者 周宁 通讯员 方小满 文/图",
            "文　江一苇　　图　周宁",
            "王 明1，李一苇2*",
            "林远 中共水尾县委书记",
            "By Lin Yuan and Zhou Ning",
            "文/林远 图/周宁",
            "《山行》作者 林远",
            "新山社记者林远、周宁",
            "山行社記者 林遠 發自水尾、澜陽",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in ["强化责任担当", "高质量发展", "一条山路走了三代人", "山行", "他说：好", "深入学习贯彻创新理论"]
        {
            assert!(!is_byline(line), "{line}");
        }
        assert!(!is_office("成功举办澜江茶叶推介会"));
        assert!(is_office("工业和信息化部机关党委") && !is_office("走过山路，进了机关"));
    }

    #[test]
    fn names_are_stored_clean() {
        assert_eq!(split("王　明、李一苇"), ["王明", "李一苇"]);
        assert_eq!(split("王明 李一苇"), ["王明", "李一苇"]);
        assert_eq!(split("周 宁"), ["周宁"]);
        assert_eq!(pictureless("文/图🖊 林远").as_deref(), Some("文/图  林远"));
        assert_eq!(author("孙 陌,闫 力").0, "孙陌、闫力");
        assert_eq!(author("本报记者周宁 通讯员方小满").0, "本报记者 周宁 通讯员 方小满");
        assert_eq!(author("□ 王 明1，李一苇2*"), ("王明、李一苇".into(), "□12*".into()));
    }
}
