//! The keys of issue.toml and magazine.toml, table by table, with their Chinese spellings.

use crate::source::{Name, later, name};

pub const TOP: [Name; 17] = [
    name("magazine", &["刊物", "杂志", "雜誌"]),
    name("issue", &["本期", "期"]),
    name("page", &["版面", "页面", "頁面"]),
    name("type", &["文字", "字体", "字體"]),
    name("section", &["栏目", "欄目"]),
    name("contents", &["目次", "目录", "目錄"]),
    name("colophon", &["版权页", "版權頁", "版权", "版權"]),
    name("print", &["印刷"]),
    name("epub", &["电子书", "電子書"]),
    name("screen", &["屏幕", "螢幕"]),
    name("signoff", &["签发", "簽發"]),
    name("fonts", &["字库", "字庫"]),
    name("lock", &["锁定", "鎖定"]),
    name("cover", &["封面"]),
    name("errata", &["更正"]),
    name("ads", &["广告", "廣告"]),
    name("theme", &["主题样式"]),
];

pub const MAGAZINE: [Name; 18] = [
    name("title", &["刊名", "名称", "名稱"]),
    name("title_en", &["英文刊名"]),
    name("title_pinyin", &["刊名拼音", "拼音"]),
    name("slug", &["文件名", "檔名"]),
    name("lang", &["语言", "語言"]),
    name("issn", &["国际标准刊号", "國際標準刊號", "ISSN"]),
    name("cn", &["国内统一刊号", "國內統一刊號", "CN"]),
    name("publisher", &["出版", "出版单位", "出版單位"]),
    name("rights", &["版权声明", "版權聲明", "copyright"]),
    name("postal_code", &["邮发代号", "郵發代號"]),
    name("foreign_code", &["国外代号"]),
    name("frequency", &["刊期"]),
    name("founded", &["创刊", "創刊", "创刊年"]),
    name("profile", &["规范", "規範"]),
    name("price", &["定价", "定價"]),
    name("website", &["网址", "網址"]),
    name("email", &["邮箱", "郵箱"]),
    later("editions", &["版本"]),
];

pub const ISSUE: [Name; 16] = [
    name("year", &["年", "年份"]),
    name("number", &["期", "期号", "期號", "期數"]),
    name("volume", &["卷", "卷号", "卷號"]),
    name("serial", &["总期号", "總期號"]),
    name("kind", &["种类", "類型", "类型"]),
    name("label", &["期次", "标注"]),
    name("date", &["出版日期", "日期"]),
    name("revised", &["修订日期", "修訂日期"]),
    name("revision", &["修订", "修訂"]),
    name("price", &["定价", "定價"]),
    name("title", &["本期题名", "题名"]),
    name("theme", &["主题", "主題"]),
    name("cover", &["封面"]),
    name("cover_lines", &["封面要目", "封面导读"]),
    name("first_folio", &["起始页码", "起始頁碼"]),
    later("cover_credit", &["封面图注"]),
];

pub const PAGE: [Name; 12] = [
    name("trim", &["成品尺寸", "开本", "開本"]),
    name("bleed", &["出血"]),
    name("marks", &["裁切标记", "裁切線"]),
    name("binding", &["装订", "裝訂"]),
    name("margins", &["页边距", "版心边距", "邊距"]),
    name("columns", &["分栏", "栏数", "欄數"]),
    name("baseline", &["行距", "基线网格"]),
    name("first_folio", &["起始页码", "起始頁碼"]),
    later("writing", &["排文方向", "行文"]),
    later("direction", &["方向"]),
    later("column_gap", &["栏间距", "欄間距"]),
    later("grid", &["网格"]),
];

pub const MARGINS: [Name; 4] = [
    name("top", &["上", "天头", "天頭"]),
    name("bottom", &["下", "地脚", "地腳"]),
    name("inner", &["内", "內", "订口", "訂口"]),
    name("outer", &["外", "切口"]),
];

pub const TYPE: [Name; 15] = [
    name("body", &["正文字体", "正文"]),
    name("heading", &["标题字体", "标题", "標題"]),
    name("size", &["字号", "字號"]),
    name("indent", &["缩进", "縮排"]),
    name("kinsoku", &["避头尾", "避頭尾"]),
    name("autospace", &["中西文间距", "中西文間距"]),
    name("emphasis", &["强调", "強調"]),
    name("quotes", &["引号", "引號"]),
    name("punctuation", &["标点", "標點"]),
    name("hanging", &["标点悬挂", "標點懸掛"]),
    later("vertical_digits", &["直排数字"]),
    name("notes", &["注释", "註釋"]),
    later("kai", &["楷体", "楷體"]),
    later("fangsong", &["仿宋"]),
    later("latin", &["西文字体"]),
];

pub const SECTION: [Name; 5] = [
    name("name", &["名称", "名稱", "栏目", "欄目"]),
    name("articles", &["文章"]),
    name("start", &["起页", "另起"]),
    later("columns", &["分栏", "栏数", "欄數"]),
    later("colour", &["color", "颜色", "顏色"]),
];

pub const CONTENTS: [Name; 6] = [
    name("title", &["标题", "標題"]),
    name("show_authors", &["显示作者", "顯示作者"]),
    later("show_section", &["显示栏目", "顯示欄目"]),
    later("dots", &["引导点"]),
    later("folio", &["页码", "頁碼"]),
    later("summary", &["提要"]),
];

pub const PRINT: [Name; 9] = [
    name("standard", &["标准", "標準"]),
    name("output_intent", &["输出意图"]),
    name("min_ppi", &["最低分辨率"]),
    name("want_ppi", &["目标分辨率"]),
    name("max_ink", &["总墨量"]),
    name("black", &["黑版"]),
    name("inner", &["内页"]),
    name("cover", &["封面"]),
    name("paper", &["用纸", "用紙"]),
];
pub const EPUB: [Name; 3] = [name("id", &["标识"]), name("fonts", &["字体", "字體"]), name("cover", &["封面"])];
pub const SIGNOFF: [Name; 1] = [name("require", &["必需", "要求"])];
