//! `[magazine]`, `[issue]`, `[colophon.page]`.

use crate::source::Shape::{Choice, Date, Flag, Path, Text, Texts, Whole};
use crate::source::{Name, later, name};

pub const PROFILES: &[&str] =
    &["zine", "cn-periodical", "cn-internal", "tw", "hk", "自办", "期刊", "内部资料", "臺灣", "香港"];
pub const KINDS: &[&str] = &[
    "regular",
    "supplement",
    "special",
    "combined",
    "first-half",
    "second-half",
    "正刊",
    "增刊",
    "专号",
    "專號",
    "合刊",
    "上半月",
    "下半月",
];
pub const POSITIONS: &[&str] = &[
    "last-page",
    "contents",
    "inside-front",
    "inside-back",
    "back-cover",
    "back-cover-inside",
    "末页",
    "目次页",
    "封二",
    "封三",
    "封底",
];

#[rustfmt::skip]
pub const MAGAZINE: [Name; 20] = [
    name("title", &["刊名", "名称", "名稱"]).is(Text).means("刊名", "the magazine's title"),
    name("title_en", &["英文刊名"]).is(Text).means("英文刊名", "its title in English"),
    name("title_pinyin", &["刊名拼音", "拼音"]).is(Text).means("刊名的汉语拼音", "its title in Hanyu Pinyin"),
    name("slug", &["文件名", "檔名"]).is(Text).means("成品文件名的开头：英文字母、数字、连字符；默认取英文刊名、拼音或目录名", "how output files begin: letters, digits, hyphens; by default from the English title, the pinyin or the directory"),
    name("lang", &["语言", "語言"]).is(Text).or("zh-Hans").means("语言：zh-Hans、zh-Hant（台湾）、zh-Hant-HK、zh-Hant-CN（繁体字、大陆标点）、ja、en；字形与标点随之而定", "language: zh-Hans, zh-Hant (Taiwan), zh-Hant-HK, zh-Hant-CN (Traditional characters, mainland marks), ja, en; glyph forms and conventions follow it"),
    later("editions", &["版本"]).is(Texts).means("一稿多版的语言，如 [\"zh-Hans\", \"zh-Hant\"]", "languages built from one source, as [\"zh-Hans\", \"zh-Hant\"]"),
    later("keep", &["不转换", "不轉換"]).is(Texts).means("简繁转换时不动的词", "words that no conversion between scripts may change"),
    name("profile", &["规范", "規範"]).is(Choice(PROFILES)).or("zine").means("刊物种类，决定版权页必备哪些项：zine（自办，无必备项）、cn-periodical（大陆期刊）、cn-internal（内部资料）、tw、hk", "the kind of publication, which decides what the colophon must have: zine (nothing), cn-periodical, cn-internal (内部资料), tw, hk"),
    name("issn", &["国际标准刊号", "國際標準刊號", "国际标准连续出版物号", "ISSN"]).is(Text).means("ISSN，校验位会核对", "ISSN; its check digit is verified"),
    name("cn", &["国内统一刊号", "國內統一刊號", "国内统一连续出版物号", "CN"]).is(Text).means("国内统一连续出版物号，如 CN 11-5643/D", "CN number, as CN 11-5643/D"),
    name("postal_code", &["邮发代号", "郵發代號"]).is(Text).means("邮发代号，如 2-999", "postal subscription code, as 2-999"),
    name("foreign_code", &["国外代号", "國外代號"]).is(Text).means("国外发行代号", "code of the distributor abroad"),
    name("frequency", &["刊期"]).is(Text).means("刊期：monthly 或 月刊 等", "frequency: monthly, or 月刊"),
    name("founded", &["创刊", "創刊", "创刊年"]).is(Whole(1600, 2999)).means("创刊年", "year of the first number"),
    name("publisher", &["出版", "出版单位", "出版單位"]).is(Text).means("出版单位", "the publisher"),
    name("rights", &["版权声明", "版權聲明", "copyright"]).is(Text).means("版权声明", "the statement of rights"),
    name("price", &["定价", "定價"]).is(Text).means("每期定价；[issue] 的 price 优先", "the price of every number; [issue] price goes before it"),
    name("website", &["网址", "網址"]).is(Text).means("网址", "website"),
    name("email", &["邮箱", "郵箱", "投稿邮箱", "投稿郵箱"]).is(Text).means("投稿邮箱", "address for submissions"),
    name("masthead", &["刊名图", "刊名圖"]).is(Path).means("刊名的字样（SVG），代替排字的刊名", "the title's lettering (SVG), instead of type"),
];

#[rustfmt::skip]
pub const ISSUE: [Name; 16] = [
    name("year", &["年", "年份"]).is(Whole(1, 9999)).means("年；默认取自 date", "year; by default that of date"),
    name("number", &["期", "期号", "期號", "期數"]).is(Text).means("期号；合刊写 \"9-10\"", "number; a combined issue is \"9-10\""),
    name("volume", &["卷", "卷号", "卷號"]).is(Text).means("卷号", "volume"),
    name("serial", &["总期号", "總期號"]).is(Text).means("总期号", "number counted from the first"),
    name("kind", &["种类", "類型", "类型"]).is(Choice(KINDS)).or("regular").means("种类：正刊、增刊、专号、合刊、上半月、下半月", "kind: regular, supplement, special, combined, first-half, second-half"),
    name("label", &["期次", "标注"]).is(Text).means("期次的写法，代替“2026年第9期”", "how the number is written, instead of 2026年第9期"),
    name("date", &["出版日期", "日期"]).is(Date).means("出版日期", "date of publication"),
    name("revised", &["修订日期", "修訂日期"]).is(Date).means("修订日期；成品文件的日期随之而改", "date of a revision; the files carry it"),
    name("revision", &["修订", "修訂"]).is(Text).means("修订版的名称，如 第2版", "what the revision is called, as 第2版"),
    name("price", &["定价", "定價"]).is(Text).means("本期定价", "this number's price"),
    name("title", &["本期题名", "题名"]).is(Text).means("本期自己的题名（专号、增刊）", "a title of this number's own (special issue, supplement)"),
    name("theme", &["主题", "主題"]).is(Text).means("封面主题，“|”处可换行", "the cover's headline; | marks where it may be divided"),
    name("cover", &["封面"]).is(Path).means("封面照片", "the cover's photo"),
    name("cover_lines", &["封面要目", "封面导读"]).is(Texts).means("封面要目", "lines on the cover"),
    name("cover_credit", &["封面图注", "封面摄影"]).is(Text).means("封面照片的说明与作者", "what the cover shows, and whose photo it is"),
    name("first_folio", &["起始页码", "起始頁碼"]).is(Whole(1, 100_000)).or("1").means("内页第一页的页码；全卷连续编码时用", "folio of the first inside page, for volumes that run through"),
];

#[rustfmt::skip]
pub const COLOPHON_PAGE: [Name; 3] = [
    name("aggregate", &["汇总", "彙總"]).is(Texts).or("[\"编辑\", \"摄影\", \"校对\"]").means("从各篇的 credits 汇总到版权页的角色；送签、签发只有写在这里才印出来", "roles gathered from the articles' credits; 送签 and 签发 are printed only when named here"),
    name("basic_parameters", &["期刊基本参数"]).is(Flag).or("false").means("加印“期刊基本参数”一行", "prints the line 期刊基本参数"),
    later("position", &["位置"]).is(Choice(POSITIONS)).or("last-page").means("版权页的位置：末页、目次页、封二、封三、封底", "where the colophon stands"),
];
