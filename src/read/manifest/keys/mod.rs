//! The keys of issue.toml and magazine.toml, table by table: spellings, what they take, defaults, meaning. The reference
//! of keys is made of these rows.

mod files;
mod magazine;
mod pages;

use crate::source::Shape::{Table, Tables};
use crate::source::{Name, name};
pub use files::{EPUB, FONTS, LOCK, PRINT, SCREEN, SIGNOFF};
pub use magazine::{COLOPHON_PAGE, ISSUE, MAGAZINE};
pub use pages::{ADS, CONTENTS, COVER, ERRATA, MARGINS, PAGE, SECTION, STARTS, TYPE};

#[rustfmt::skip]
pub const TOP: [Name; 17] = [
    name("magazine", &["刊物", "杂志", "雜誌"]).is(Table(&MAGAZINE)).says("刊物：各期不变的事项，可放在 magazine.toml", "the magazine: what stays from number to number; may stand in magazine.toml"),
    name("issue", &["本期", "期"]).is(Table(&ISSUE)).says("本期", "this number"),
    name("page", &["版面", "页面", "頁面"]).is(Table(&PAGE)).says("开本与版心", "the page and its type area"),
    name("type", &["文字", "字体", "字體"]).is(Table(&TYPE)).says("字体与排法", "type and how it is set"),
    name("cover", &["封面"]).is(Table(&COVER)).says("四页封面", "the four cover pages"),
    name("contents", &["目次", "目录", "目錄"]).is(Table(&CONTENTS)).says("目次页", "the contents"),
    name("section", &["栏目", "欄目"]).is(Tables(&SECTION)).says("栏目；写了就由它定文章的次序", "a section; where there are any, they alone order the articles"),
    name("colophon", &["版权页", "版權頁", "版权", "版權"]).is(Table(&COLOPHON)).says("版权页：标签 = 人名或文字，照此顺序排印，标签可自拟", "the colophon: label = names or text, printed in this order; any label is allowed"),
    name("errata", &["更正"]).is(Tables(&ERRATA)).says("更正", "a correction of an earlier number"),
    name("ads", &["广告", "廣告"]).is(Tables(&ADS)).says("广告页", "an advertisement on a page of its own"),
    name("print", &["印刷"]).is(Table(&PRINT)).says("印刷 PDF 与印前检查", "the print PDF and preflight"),
    name("screen", &["屏幕", "螢幕"]).is(Table(&SCREEN)).says("屏幕 PDF", "the screen PDF"),
    name("epub", &["电子书", "電子書"]).is(Table(&EPUB)).says("EPUB", "the EPUB"),
    name("fonts", &["字库", "字庫"]).is(Table(&FONTS)).says("自带的字体", "the issue's own fonts"),
    name("signoff", &["签发", "簽發"]).is(Table(&SIGNOFF)).says("签发：付印前每篇要有谁的签字", "sign-off: who must have passed every article before printing"),
    name("theme", &["主题样式", "主題樣式"]).or("shan").says("主题：内置主题的名字（写在文件最前面），或 [theme] 表，见主题的说明", "the theme: a built-in one's name (at the head of the file), or a table [theme]: see the themes"),
    name("lock", &["锁定", "鎖定"]).is(Table(&LOCK)).says("锁版：已交付的页", "pages that are at the printer's"),
];

/// Beside its labels.
#[rustfmt::skip]
pub const COLOPHON: [Name; 1] = [
    name("page", &["设置", "設定"]).is(Table(&COLOPHON_PAGE)).says("版权页的设置", "settings of the colophon"),
];
