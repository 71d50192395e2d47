//! Labelled words: `来源：旗帜网 作者：王明`, `( 编辑:甲 送签:乙 签发:丙 )`.
//!
//! In: a line. Out: its fields in order, when the whole line is made of them. Labels are those that magazines and sites
//! print; what a label means is [`Label`].

use super::super::han::{self, is_blank};
use super::dates;
use super::lists::List;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a label says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Source,
    Print,
    Author,
    Time,
    Section,
    Keywords,
    /// What a paper has for libraries and funds: the key of the front matter.
    Paper(&'static str),
    Summary,
    AuthorNote,
    /// When a paper came back, when it was taken: stands behind the day it came in and keeps its label.
    Dates,
    EditorsNote,
    Email,
    /// A person's part in the article: goes into the credits under its own name.
    Credit,
    /// The title it had elsewhere.
    OldTitle,
    /// The title as a manuscript labels it.
    Title,
    /// Where its author works.
    Office,
    /// The subject of a mail.
    Subject,
    /// Counters, font sizes, mail headers: furniture.
    Chrome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub label: Label,
    /// As written, without blanks.
    pub name: String,
    pub value: String,
    /// What parted it from the next one.
    pub signs: String,
    /// A sign parted the label from its value: `文/图：林远`, `文/图 林远`.
    pub signed: bool,
}

impl Field {
    /// `时间：上午九点`: when something takes place, not when an article came out.
    pub fn is_appointment(&self) -> bool {
        self.label == Label::Time && han::count(&self.value) > 0 && dates::find(&self.value).is_none()
    }
}

/// A label that has opened: what it means, its name, whether a sign follows.
type Opened = (Label, String, bool);

const LABELS: &[(Label, &str)] = &[
    (
        Label::Source,
        "来源 來源 来源于 本文来源 转自 转载自 稿源 文章来源 文章來源 信息来源 消息来源 新闻来源 稿件来源 出处 出處 供稿单位",
    ),
    (Label::Print, "原载 原載 原文刊于 刊载于 摘自 选自 選自 来源期刊 出自"),
    (
        Label::Author,
        "作者 执笔 執筆 文章作者 本文作者 撰文 撰稿 撰稿人 撰写 文 文字 文/图 文／图 图/文 文/圖 文／圖 圖/文 圖／文 文、图 图、文 文、圖 圖、文 图文 圖文 采写 採訪 采访 本刊记者 记者 記者 作者/来源 Author",
    ),
    (
        Label::Time,
        "时间 時間 日期 出版日期 刊出日期 发布时间 發布時間 發佈時間 发布日期 發布日期 发表时间 發表時間 发表日期 更新时间 更新日期 刊发时间 发稿时间 上传时间 添加时间 录入时间 发布于 日期时间 出版 更新 刊登 刊出",
    ),
    (Label::Section, "栏目 欄目 所属栏目 专栏 專欄 频道"),
    (Label::Keywords, "关键词 關鍵詞 关键字 關鍵字 标签 標籤 Tags"),
    (Label::Paper("clc"), "中图分类号 中圖分類號 分类号"),
    (Label::Paper("document_code"), "文献标识码 文献标志码 文獻標識碼 文獻標誌碼"),
    (Label::Paper("article_number"), "文章编号 文章編號"),
    (Label::Paper("doi"), "DOI DOI号 DOI编号"),
    (Label::Paper("received"), "收稿日期 收稿时间 收稿時間"),
    (Label::Paper("funding"), "基金项目 基金項目 基金資助 基金资助 资助项目 資助項目 課題項目 课题项目"),
    (Label::Summary, "摘要 提要 内容提要 內容提要 核心提示 内容摘要 內容摘要 导读 導讀 导语"),
    (Label::AuthorNote, "作者简介 作者簡介 作者单位 作者單位 作者介绍 作者介紹"),
    (Label::Dates, "修回日期 修改日期 修订日期 录用日期 錄用日期 接受日期 定稿日期"),
    (Label::EditorsNote, "编者按 編者按 编者荐语 编按 編按 编者的话 编者注 編者注"),
    (
        Label::Email,
        "投稿邮箱 投稿郵箱 投稿信箱 投稿邮件 投稿E-mail 编辑部邮箱 投稿Email 来稿邮箱 邮箱 郵箱 电子邮箱 E-mail Email 信箱 电子信箱",
    ),
    (
        Label::Credit,
        "栏目主持 栏目主持人 主持人 本期主持 受访者 受訪者 采访者 採訪者 采访人 受访人 讲述人 口述人 记录人 记录 编辑 編輯 责任编辑 責任編輯 责编 責編 责任编审 本文编辑 值班编辑 值班編輯 实习编辑 见习编辑 网络编辑 新媒体编辑 图文编辑 文字编辑 图片编辑 美术编辑 美編 美编 特约编辑 本期编辑 本期责编 编审 編審 送签 送簽 送审 签发 簽發 审签 審簽 签审 监制 監製 总监制 校对 校對 审校 審校 审核 審核 审稿 审定 审阅 核稿 终审 終審 初审 初審 复审 複審 一审 一審 二审 二審 三审 三審 一读 二读 三读 主编 主編 副主编 副主編 执行主编 總編輯 总编辑 执行编辑 策划 策劃 统筹 統籌 制作 製作 排版 设计 設計 摄影 攝影 摄 攝 图 圖 图片 圖片 供图 供圖 图片来源 图片提供 图片摄影 图文编辑 海报 海報 视觉 视觉设计 总编审 内容审核 稿件审核 录音整理 文章录入 翻译 翻譯 译者 譯者 译 整理 口述 通讯员 通訊員 供稿 供稿人 录入 朗读 主播 版式 版式设计 美术设计 制图 製圖 视频 摄像 剪辑 参与采写 网站编辑 审核人 网页编辑 值班主任 值班编委 签审人 题图 插图 插畫 插画 绘图 本版编辑 版面编辑 出品 出品人 发布 审读 組稿 组稿 约稿",
    ),
    (Label::OldTitle, "原标题 原標題 原题 原題"),
    (Label::Title, "标题 標題 题目 題目 文题 篇名 文章标题 文章題目"),
    (Label::Office, "单位 單位 工作单位 工作單位"),
    (Label::Subject, "主题 主題 主旨 Subject 邮件主题"),
    (
        Label::Chrome,
        "浏览 浏览次数 浏览量 瀏覽 瀏覽次數 阅读 阅读次数 阅读量 閱讀 閱讀次數 点击 点击数 点击率 点击量 点击次数 點擊 访问 访问量 人气 评论 评论数 字号 字號 字体 字體 字体大小 文字大小 文字缩放 文字縮放 大小 【字号 【字体 [字号 分享 分享到 打印 收藏 点赞 转发 转发量 发件人 收件人 抄送 寄件者 收件者 密送 发送时间 附件 From To Cc Date Sent 视力保护色 背景色 用户名 密码 分类 分類 类别 責任者 责任者 发文机关 成文日期 有效性 主题分类 主题词 来源网址 瀏覽數 索引号 索取号 文号 发文字号 发文日期 公文种类 专辑 专题 信息索引 公开方式 朗读者 播放 语速 字数 本文字数 阅读时间 预计阅读 标签云 发布者 发布人 发布单位 正文字号 阅读数 网站编辑邮箱 来源网站 索引",
    ),
];

/// Signs between a label and its value.
const SIGNS: [char; 9] = ['：', ':', '丨', '｜', '|', '／', '/', '-', '_'];

/// The fields of a line that is made of fields alone. Brackets around the whole are dropped.
pub fn fields(line: &str) -> Option<Vec<Field>> {
    let inner = bare(line);
    let mut found: Vec<Field> = vec![];
    let (buttons, boxed) = inner.split_at(pressed(inner));
    let mut rest = bare(boxed);
    let before = han::squeezed(buttons) + &han::squeezed(&boxed.replacen(rest, "", 1));
    let (mut label, mut value) = open(rest)?;
    loop {
        rest = value;
        let next = starts(rest).find_map(|at| open(&rest[at..]).map(|opened| (at, opened)));
        let end = next.as_ref().map_or(rest.len(), |(at, _)| *at);
        found.push(field(label, &rest[..end]));
        match next {
            Some((_, opened)) => (label, value) = opened,
            None => {
                found[0].signs.insert_str(0, &before);
                return Some(found).filter(|found| !found.iter().any(|f| is_turn(f) || is_publisher(f)));
            }
        }
    }
}

/// `记者：您走了多久？`: a turn of an interview.
fn is_turn(field: &Field) -> bool {
    static SPEAKERS: List =
        List::new("记者 記者 本刊记者 采访者 採訪者 受访者 受訪者 采访人 受访人 讲述人 口述人 编辑");
    SPEAKERS.has(&field.name) && field.value.contains(['。', '？', '！', '“', '?', '!'])
}

/// `出版：澜江出版社` says who, `出版：2026-08-15` when.
fn is_publisher(field: &Field) -> bool {
    matches!(&field.name[..], "出版" | "更新" | "刊登" | "刊出") && super::dates::find(&field.value).is_none()
}

/// A line without the brackets and bars that stand around it.
pub fn bare(line: &str) -> &str {
    let line = han::trim(line);
    let pairs =
        [('（', '）'), ('(', ')'), ('(', '）'), ('（', ')'), ('【', '】'), ('[', ']'), ('［', '］'), ('〔', '〕')];
    let inner = pairs.iter().find_map(|(a, b)| line.strip_prefix(*a)?.strip_suffix(*b));
    // `【纠错】【责任编辑：王明】` stands in no brackets of its own.
    let whole = |inner: &str| {
        let opens = |c| matches!(c, '（' | '(' | '【' | '[' | '［' | '〔');
        let closes = |c| matches!(c, '）' | ')' | '】' | ']' | '］' | '〕');
        let within = |depth: i32, c| depth + i32::from(opens(c)) - i32::from(closes(c));
        inner.chars().try_fold(0, |depth, c| Some(within(depth, c)).filter(|d| *d >= 0)) == Some(0)
    };
    inner.filter(|i| whole(i)).map_or(line, han::trim)
}

/// Where a label may begin: behind blanks, bars and stops, and behind a value where elements stand side by side on the page
/// (`来源：山行网责任编辑：王明`).
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let opens = |c: char| {
        is_blank(c)
            || matches!(c, '|' | '｜' | '；' | ';' | '，' | ',' | '。' | '、' | '[' | '【' | '）' | '丨' | '/' | '／')
    };
    text.char_indices().filter_map(move |(at, c)| match c {
        '：' | ':' => glued(&text[..at]),
        c => opens(c).then_some(at + c.len_utf8()),
    })
}

/// Where the label begins that a text ends with, right behind the value before it. Long values are sentences, which may speak
/// of an editor.
fn glued(text: &str) -> Option<usize> {
    const LONGEST: usize = 6;
    if text.chars().count() > 40 {
        return None;
    }
    let starts = text.char_indices().rev().filter(|(_, c)| !is_blank(*c)).take(LONGEST).map(|(at, _)| at);
    let named = |at: &usize| {
        let name = han::squeezed(&text[*at..]);
        name.chars().count() >= 2 && known(&name).is_some()
    };
    starts.filter(named).last().filter(|at| *at > 0)
}

/// The label at the start of a text and what follows its sign. Labels may be spread: `作　者：`.
fn open(text: &str) -> Option<(Opened, &str)> {
    let text =
        text.trim_start_matches(|c: char| is_blank(c) || matches!(c, '[' | '【' | '［' | '□' | '■' | '●' | '▪' | '◎'));
    if let Some(opened) = blank(text) {
        return Some(opened);
    }
    let at = text.char_indices().take(14).find(|(_, c)| SIGNS.contains(c) || matches!(c, '】' | ']' | '］'));
    let (at, sign) = at?;
    let name = han::squeezed(&text[..at]);
    // 文/图 and 图／文 hold a sign of their own.
    let double = text[at + sign.len_utf8()..].char_indices().take(4).find(|(_, c)| matches!(c, '：' | ':' | ' '));
    if let Some((n, c)) = double {
        let end = at + sign.len_utf8() + n;
        let name = han::squeezed(&text[..end]);
        if let Some(label) = known(&name) {
            return Some(((label, name, c != ' '), &text[end + c.len_utf8()..]));
        }
    }
    let role = || is_role(han::trim(&text[..at])).then_some(Label::Credit);
    let label = known(&name).or_else(role)?;
    // `网站编辑 - 王慧`; a hyphen within words is none of ours.
    if sign == '-' && !text[..at].ends_with(is_blank) {
        return None;
    }
    if matches!(sign, '/' | '／') && !matches!(label, Label::Author | Label::Credit) {
        return None;
    }
    let value = &text[at + sign.len_utf8()..];
    let value = value.strip_prefix(['：', ':']).filter(|_| matches!(sign, '】' | ']' | '］')).unwrap_or(value);
    Some(((label, name, true), value))
}

/// `摘 要 本文比较……`: labels of a paper with a blank for their sign.
fn blank(text: &str) -> Option<(Opened, &str)> {
    const NAMES: [&str; 6] = ["摘要", "摘 要", "摘\u{3000}要", "关键词", "關鍵詞", "关键字"];
    let (name, rest) = NAMES.iter().find_map(|n| Some((*n, text.strip_prefix(n)?)))?;
    let (name, value) = (han::squeezed(name), rest.trim_start_matches(is_blank));
    let parted = value.len() < rest.len() && !value.starts_with(SIGNS) && !value.starts_with('>') && !value.is_empty();
    parted.then(|| known(&name).map(|label| ((label, name, false), value))).flatten()
}

fn known(name: &str) -> Option<Label> {
    static KNOWN: OnceLock<BTreeMap<String, Label>> = OnceLock::new();
    // A name in two lists is the first one's.
    let rows =
        LABELS.iter().rev().flat_map(|(label, names)| names.split(' ').map(|n| (n.to_ascii_lowercase(), *label)));
    KNOWN.get_or_init(|| rows.collect()).get(&name.to_ascii_lowercase()).copied()
}

/// `值班主编`, `视觉设计总监`: what a role is called ends alike everywhere.
fn is_role(name: &str) -> bool {
    const ENDS: &str = "编辑 編輯 主编 主編 编委 編委 校对 校對 审核 審核 审校 監製 监制 策划 策劃 统筹 統籌 总监 總監 摄影 攝影 设计 設計";
    // `李一苇责任编辑`: a name and the label behind it.
    let behind = name.char_indices().skip(2).find(|(at, _)| known(&name[*at..]).is_some());
    let named = behind.is_some_and(|(at, _)| super::names::is_name(&name[..at]));
    !named
        && (3..=8).contains(&name.chars().count())
        && name.chars().all(han::is_han)
        && ENDS.split(' ').any(|e| name.ends_with(e))
}

/// `……。（编辑：林远）`: half a bracket at the end of a value is the line's.
fn unbracketed(value: &str) -> &str {
    let (opens, closes) = (['（', '('], ['）', ')']);
    let value = value.trim_end_matches(opens);
    let closed = value.matches(closes).count() > value.matches(opens).count();
    value.strip_suffix(closes).filter(|_| closed).unwrap_or(value)
}

fn field((label, name, signed): Opened, value: &str) -> Field {
    let ends =
        |c: char| is_blank(c) || matches!(c, '/' | '／' | '|' | '｜' | '；' | ';' | '，' | ',' | '丨' | '【' | '[');
    let bare = value.trim_start_matches(|c| ends(c) && !matches!(c, '【' | '['));
    let bare = unbracketed(bare.trim_end_matches(ends));
    let bare = bare[..bare.len() - buttons(bare)].trim_end_matches(ends);
    let lead = value.len() - value.trim_start_matches(|c| ends(c) && !matches!(c, '【' | '[')).len();
    let signs = han::squeezed(&(value[..lead].to_string() + value.get(lead + bare.len()..).unwrap_or_default()));
    Field { label, name, value: bare.to_string(), signs, signed }
}

static BUTTONS: List = List::new("字号 字號 字体 字體 打印 关闭 收藏 分享 纠错 复制 大 我要");

/// Bytes of `【纠错】` before a label.
fn pressed(line: &str) -> usize {
    let mut rest = line;
    while let Some((name, behind)) = rest.strip_prefix(['【', '[']).and_then(|r| r.split_once(['】', ']'])) {
        if BUTTONS.begins(name).is_none() || han::trim(behind).is_empty() {
            break;
        }
        rest = behind.trim_start_matches(is_blank);
    }
    line.len() - rest.len()
}

/// Bytes of `【字号 大 中 小】【打印】` at the end of a value.
fn buttons(value: &str) -> usize {
    let group =
        |text: &str| text.ends_with(['】', ']']).then(|| text.rfind(['【', '['])).flatten().filter(|at| *at > 0);
    let mut left = value;
    while let Some(open) = group(left) {
        if BUTTONS.begins(left[open..].trim_start_matches(['【', '['])).is_none() {
            break;
        }
        left = left[..open].trim_end_matches(is_blank);
    }
    value.len() - left.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let Some(found) = fields(line) else { return "–".into() };
        found.iter().map(|f| format!("{}={}", f.name, f.value)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_line_of_labels_is_taken_apart() {
        for (line, meant) in [
            ("( 编辑:林远\u{a0}\u{a0}送签:周宁\u{a0}\u{a0}签发:周宁 )", "编辑=林远 | 送签=周宁 | 签发=周宁"),
            ("来源：山行网2024年08月16日14:52", "来源=山行网2024年08月16日14:52"),
            ("来源: 山行网 作者: 王明 字号：[大 中 小]", "来源=山行网 | 作者=王明 | 字号=[大 中 小]"),
            ("作　者：王明", "作者=王明"),
            ("文/图 王明", "文/图=王明"),
            ("【摘要】山里的路", "摘要=山里的路"),
            ("责任编辑丨王明", "责任编辑=王明"),
            ("［摘　要］山里的路", "摘要=山里的路"),
            ("【纠错】 责任编辑： 王明", "责任编辑=王明"),
            ("【纠错】 【责任编辑：王明】", "责任编辑=王明"),
            ("［责任编辑：王明］", "责任编辑=王明"),
            ("摘 要 山里的路", "摘要=山里的路"),
            ("来源：山行网责任编辑：王明", "来源=山行网 | 责任编辑=王明"),
            ("中图分类号:C912文献标志码:A", "中图分类号=C912 | 文献标志码=A"),
            ("监 制:王明主 编:周宁 李一苇责任编辑:林远", "监制=王明 | 主编=周宁 李一苇 | 责任编辑=林远"),
            ("编辑：周宁/审核：林远", "编辑=周宁 | 审核=林远"),
            ("文／沈硯 圖／方小滿", "文=沈硯 | 圖=方小滿"),
            ("他说：好", "–"),
            ("正文里提到来源：山行网", "–"),
        ] {
            assert_eq!(shown(line), meant, "{line}");
        }
    }
}
