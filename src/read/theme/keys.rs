//! The keys of theme.toml, table by table, with their Chinese spellings.

use crate::source::{Name, name};

pub const TOP: [Name; 12] = [
    name("base", &["底本", "基于"]),
    name("page", &["版面", "页面", "頁面"]),
    name("inks", &["油墨", "颜色", "顏色"]),
    name("roles", &["文字"]),
    name("opener", &["题头", "題頭", "篇首"]),
    name("text", &["正文"]),
    name("figures", &["图片", "圖片"]),
    name("furniture", &["书眉页码", "書眉頁碼"]),
    name("cover", &["封面"]),
    name("contents", &["目次", "目录", "目錄"]),
    name("credits", &["署名"]),
    name("sections", &["栏目", "欄目"]),
];

pub const PAGE: [Name; 5] = [
    name("margins", &["页边距", "版心边距", "邊距"]),
    name("columns", &["分栏", "栏数", "欄數"]),
    name("sizes", &["字号", "字號"]),
    name("pitches", &["行距"]),
    name("gutter", &["栏间距", "欄間距"]),
];

pub const INK: [Name; 3] = [name("name", &["名称", "名稱"]), name("cmyk", &["四色"]), name("rgb", &["屏幕", "螢幕"])];

pub const ROLES: [Name; 39] = [
    name("body", &["正文"]),
    name("drop_cap", &["首字"]),
    name("quote", &["引文"]),
    name("code", &["代码", "程式碼"]),
    name("heading", &["小标题", "小標題"]),
    name("subheading", &["次标题", "次標題"]),
    name("section", &["栏目", "欄目"]),
    name("kicker", &["引题", "引題"]),
    name("title", &["标题", "標題"]),
    name("subtitle", &["副题", "副題"]),
    name("standfirst", &["提要", "摘要"]),
    name("editors_note", &["编者按", "編者按"]),
    name("keywords", &["关键词", "關鍵詞"]),
    name("byline", &["署名"]),
    name("author_note", &["作者简介", "作者簡介"]),
    name("pull_quote", &["抽文"]),
    name("box_title", &["框题", "框題"]),
    name("box_text", &["框文"]),
    name("verse", &["诗", "詩"]),
    name("question", &["问", "問"]),
    name("caption", &["图说", "圖說"]),
    name("credit", &["摄影", "攝影"]),
    name("note", &["注释", "註釋"]),
    name("table", &["表"]),
    name("running_head", &["书眉", "書眉"]),
    name("folio", &["页码", "頁碼"]),
    name("label", &["标签", "標籤"]),
    name("contents_heading", &["目次题", "目次題"]),
    name("contents_lead", &["目次首条", "目次首條"]),
    name("contents_entry", &["目次条", "目次條"]),
    name("contents_number", &["目次页码", "目次頁碼"]),
    name("contents_summary", &["目次提要"]),
    name("masthead", &["刊名"]),
    name("issue_line", &["刊期"]),
    name("cover_kicker", &["封面引题", "封面引題"]),
    name("cover_headline", &["封面标题", "封面標題"]),
    name("cover_line", &["封面要目"]),
    name("colophon_title", &["版权页刊名", "版權頁刊名"]),
    name("colophon", &["版权页", "版權頁"]),
];

pub const ROLE: [Name; 8] = [
    name("family", &["字体", "字體"]),
    name("weight", &["粗细", "粗細"]),
    name("size", &["字号", "字號"]),
    name("scales", &["随页宽", "隨頁寬"]),
    name("lines", &["占行", "佔行"]),
    name("ink", &["颜色", "顏色"]),
    name("tracking", &["字距"]),
    name("align", &["对齐", "對齊"]),
];

pub const OPENER: [Name; 9] = [
    name("template", &["模板", "版式"]),
    name("drop_cap", &["首字下沉"]),
    name("byline_first", &["署名在前"]),
    name("rule", &["线", "線"]),
    name("abstract_rules", &["摘要线", "摘要線"]),
    name("standfirst_width", &["提要宽", "提要寬"]),
    name("above", &["上空行"]),
    name("below", &["下空行"]),
    name("recto", &["右页起", "右頁起"]),
];

pub const TEXT: [Name; 4] = [
    name("end_mark", &["结束符", "結束符"]),
    name("ornament", &["花饰", "花飾"]),
    name("pull_rules", &["抽文线", "抽文線"]),
    name("box_tint", &["框底"]),
];

pub const FIGURES: [Name; 3] =
    [name("caption_gap", &["图说距"]), name("caption_align", &["图说对齐"]), name("tallest", &["最高"])];

pub const FURNITURE: [Name; 4] = [
    name("folio", &["页码", "頁碼"]),
    name("head", &["书眉", "書眉"]),
    name("head_rule", &["书眉线", "書眉線"]),
    name("bare_openers", &["首页无眉"]),
];

pub const COVER: [Name; 8] = [
    name("ground", &["底色"]),
    name("type_on_ground", &["底上字色"]),
    name("veil", &["压暗", "壓暗"]),
    name("rule", &["线", "線"]),
    name("align", &["对齐", "對齊"]),
    name("framed", &["留边", "留邊"]),
    name("sponsors", &["主办", "主辦"]),
    name("endpaper", &["环衬", "環襯"]),
];

pub const CONTENTS: [Name; 4] = [
    name("photos", &["照片"]),
    name("summaries", &["提要行数", "提要行數"]),
    name("leaders", &["引导点", "引導點"]),
    name("number_first", &["页码在前", "頁碼在前"]),
];

pub const CREDITS: [Name; 1] = [name("colon", &["分隔"])];

pub const SECTION: [Name; 4] = [
    name("opener", &["题头", "題頭"]),
    name("template", &["模板", "版式"]),
    name("columns", &["分栏", "栏数", "欄數"]),
    name("recto", &["右页起", "右頁起"]),
];
