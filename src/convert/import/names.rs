//! Names of people and offices, as bylines write them.

use super::super::han::{self, is_blank, is_han, is_surname};

const DOUBLE: &str =
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 夏侯 皇甫 尉迟 公孙 令狐 慕容 司徒 端木 东方 東方 南宫 南宮 欧陽";
const ROLES: &str = "本刊特约记者 本刊特约撰稿 本刊记者 本刊記者 特约记者 特約記者 特约评论员 本刊评论员 本报记者 本报评论员 记者 記者 通讯员 通訊員 作者 撰文 文 图 口述 整理 采写 编译 译 翻译";

/// A person's name: two to four Han with a family name, or a foreign one with a dot.
pub fn is_name(text: &str) -> bool {
    let text = text.trim_matches(['*', '＊', '①', '②', '③']);
    let count = text.chars().count();
    let foreign = text.contains(['·', '•', '・', '‧'])
        && (4..=20).contains(&count)
        && text.chars().all(|c| is_han(c) || "·•・‧.［］[]（）A-Z".contains(c) || c.is_ascii_alphabetic());
    let double = DOUBLE.split(' ').any(|d| text.starts_with(d));
    let han = text.chars().all(is_han);
    foreign || han && ((2..=3).contains(&count) && text.starts_with(is_surname) || double && (3..=4).contains(&count))
}

/// An organ, a board, a group: what signs an article as a body.
pub fn is_office(text: &str) -> bool {
    let ends = "委员会 委員會 党委 黨委 党组 黨組 党支部 课题组 課題組 编辑部 編輯部 研究院 研究所 研究室 研究中心 中心 办公室 辦公室 调研组 写作组 评论员 評論員 宣讲团 联合会 总工会 工委 市委 省委 县委 区委 纪委 组织部 宣传部 机关 機關 学院 大学 大學 公司 局 部 厅 院 司 处 社 会 團 团 组 協會 协会 支部 記者 记者";
    let count = han::count(text);
    (3..=40).contains(&count)
        && !text.contains(['。', '，', '？', '！', '：', '“'])
        && ends.split(' ').any(|e| text.ends_with(e))
}

/// A line that names authors: `王明`, `王明　李一苇`, `本刊记者 王明`, `文／王明`, `中央党校教授 王明`, `□ 王明`.
pub fn is_byline(text: &str) -> bool {
    let marked = text.starts_with(MARKS);
    let text = han::trim(text.trim_start_matches(|c: char| MARKS.contains(&c) || is_blank(c)));
    if text.is_empty() || text.chars().count() > 40 || text.contains(['。', '，', '？', '！', '：', '“', '《', '…'])
    {
        return false;
    }
    let text = text.trim_end_matches(['著', '撰']).trim_end();
    let role = ROLES.split(' ').find(|r| text.starts_with(r));
    let parts: Vec<&str> = text
        .split(|c: char| is_blank(c) || matches!(c, '、' | '/' | '／' | '|' | '｜' | '；'))
        .filter(|p| !p.is_empty())
        .collect();
    let named = |p: &&str| {
        is_name(p.split(['（', '(']).next().unwrap_or(p))
            || p.len() > 3 && ROLES.split(' ').any(|r| p.strip_prefix(r).is_some_and(is_name))
    };
    let spaced_name = parts.len() == 2 && parts.iter().all(|p| p.chars().count() == 1) && text.starts_with(is_surname);
    let all = parts.iter().all(named);
    let led = parts.len() >= 2
        && parts.last().is_some_and(named)
        && (role.is_some() || is_office(parts[0]) || ends_in_post(parts[0]));
    let roled =
        role.is_some_and(|r| parts.len() >= 2 && parts[0] == r && parts[1..].iter().all(|p| p.chars().count() <= 4));
    let bare_role = role.is_some_and(|r| r == text && r.chars().count() >= 4);
    spaced_name || all || led || roled || bare_role || marked && han::count(text) <= 12 || is_foreigner(text)
}

const MARKS: [char; 14] = ['□', '■', '◎', '○', '●', '◆', '◇', '△', '▲', '☆', '★', '◉', '◤', '◢'];

/// `[美]约翰·史密斯`, `（法）让·雷诺`.
fn is_foreigner(text: &str) -> bool {
    let rest = ['[', '［', '〔', '（', '('].iter().find_map(|open| text.strip_prefix(*open));
    rest.and_then(|r| r.split_once([']', '］', '〕', '）', ')']))
        .is_some_and(|(land, name)| land.chars().count() <= 4 && is_name(han::trim(name)))
}

fn ends_in_post(text: &str) -> bool {
    let posts = "书记 書記 教授 主任 研究员 研究員 院长 院長 部长 部長 局长 局長 主席 校长 校長 所长 会长 理事长 秘书长 处长 委员 常委 组长 厅长 司长 讲师 博士 记者 編輯 编辑 作家 主编";
    han::count(text) <= 30 && posts.split(' ').any(|p| text.ends_with(p))
}

/// The author as front matter has it, and the signs that were dropped.
pub fn author(text: &str) -> (String, String) {
    let bare = text.trim_start_matches(|c: char| MARKS.contains(&c) || is_blank(c));
    let gone: String = text[..text.len() - bare.len()].chars().filter(|c| !is_blank(*c)).collect();
    (tidy(bare), gone)
}

/// Blanks as bylines use them: one between names, none within.
pub fn tidy(text: &str) -> String {
    let parts: Vec<&str> = text.split(is_blank).filter(|p| !p.is_empty()).collect();
    let mut out = String::new();
    for part in parts {
        let single = |s: &str| s.chars().count() == 1 && s.chars().all(is_han);
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
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in ["强化责任担当", "高质量发展", "一条山路走了三代人", "山行", "他说：好", "深入学习贯彻创新理论"]
        {
            assert!(!is_byline(line), "{line}");
        }
        assert!(is_office("工业和信息化部机关党委") && !is_office("走过山路，进了机关"));
    }

    #[test]
    fn names_are_stored_clean() {
        assert_eq!(split("王　明、李一苇"), ["王明", "李一苇"]);
        assert_eq!(split("王明 李一苇"), ["王明", "李一苇"]);
        assert_eq!(split("周 宁"), ["周宁"]);
    }
}
