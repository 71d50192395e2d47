//! `[magazine]`, `[issue]`, `[colophon.page]`.

use crate::source::Shape::{Choice, Date, Flag, Path, Text, Texts, Whole};
use crate::source::{Name, name};

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
    "auto",
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
pub const MAGAZINE: [Name; 22] = [
    name("title", &["刊名", "名称", "名稱"]).is(Text).says("刊名", "the magazine's title"),
    name("title_en", &["英文刊名"]).is(Text).says("英文刊名", "its title in English"),
    name("title_pinyin", &["刊名拼音", "拼音"]).is(Text).says("刊名的汉语拼音", "its title in Hanyu Pinyin"),
    name("slug", &["文件名", "檔名"]).is(Text).says("成品文件名的开头：英文字母、数字、连字符；默认取英文刊名、拼音或目录名", "how output files begin: letters, digits, hyphens; by default from the English title, the pinyin or the directory"),
    name("lang", &["语言", "語言"]).is(Text).or("zh-Hans").says("语言：zh-Hans、zh-Hant（台湾）、zh-Hant-HK、zh-Hant-CN（繁体字、大陆标点）、ja、en；字形与标点随之而定", "language: zh-Hans, zh-Hant (Taiwan), zh-Hant-HK, zh-Hant-CN (Traditional characters, mainland marks), ja, en; glyph forms and conventions follow it"),
    name("editions", &["版本"]).is(Texts).says("一稿多版的语言，如 [\"zh-Hans\", \"zh-Hant\"]", "languages built from one source, as [\"zh-Hans\", \"zh-Hant\"]"),
    name("keep", &["不转换", "不轉換"]).is(Texts).says("简繁转换时不动的词", "words that no conversion between scripts may change"),
    name("words", &["字词", "字詞"]).is(Texts).says("简繁转换时自定的字词，如 [\"里面=裏面\"]", "conversions of your own between scripts, as [\"里面=裏面\"]"),
    name("vocabulary", &["词汇", "詞彙"]).is(Flag).or("false").says("出台湾版、大陆版时词汇也换：信息 → 資訊", "for the editions of Taiwan and the mainland vocabulary is replaced too: 信息 → 資訊"),
    name("profile", &["规范", "規範"]).is(Choice(PROFILES)).or("zine").says("刊物种类，决定版权页必备哪些项：zine（自办，无必备项）、cn-periodical（大陆期刊）、cn-internal（内部资料）、tw、hk", "the kind of publication, which decides what the colophon must have: zine (nothing), cn-periodical, cn-internal (内部资料), tw, hk"),
    name("issn", &["国际标准刊号", "國際標準刊號", "国际标准连续出版物号", "ISSN"]).is(Text).says("ISSN，校验位会核对", "ISSN; its check digit is verified"),
    name("cn", &["国内统一刊号", "國內統一刊號", "国内统一连续出版物号", "CN"]).is(Text).says("国内统一连续出版物号，如 CN 11-5643/D", "CN number, as CN 11-5643/D"),
    name("postal_code", &["邮发代号", "郵發代號"]).is(Text).says("邮发代号，如 2-999", "postal subscription code, as 2-999"),
    name("foreign_code", &["国外代号", "國外代號"]).is(Text).says("国外发行代号", "code of the distributor abroad"),
    name("frequency", &["刊期"]).is(Text).says("刊期：monthly 或 月刊 等", "frequency: monthly, or 月刊"),
    name("founded", &["创刊", "創刊", "创刊年"]).is(Whole(1600, 2999)).says("创刊年", "year of the first number"),
    name("publisher", &["出版", "出版单位", "出版單位"]).is(Text).says("出版单位", "the publisher"),
    name("rights", &["版权声明", "版權聲明", "copyright"]).is(Text).says("版权声明", "the statement of rights"),
    name("price", &["定价", "定價"]).is(Text).says("每期定价；[issue] 的 price 优先", "the price of every number; [issue] price goes before it"),
    name("website", &["网址", "網址"]).is(Text).says("网址", "website"),
    name("email", &["邮箱", "郵箱", "投稿邮箱", "投稿郵箱"]).is(Text).says("投稿邮箱", "address for submissions"),
    name("masthead", &["刊名图", "刊名圖"]).is(Path).says("刊名的字样（SVG），代替排字的刊名", "the title's lettering (SVG), instead of type"),
];

#[rustfmt::skip]
pub const ISSUE: [Name; 16] = [
    name("year", &["年", "年份"]).is(Whole(1, 9999)).says("年；默认取自 date", "year; by default that of date"),
    name("number", &["期", "期号", "期號", "期數"]).is(Text).says("期号；合刊写 \"9-10\"", "number; a combined issue is \"9-10\""),
    name("volume", &["卷", "卷号", "卷號"]).is(Text).says("卷号", "volume"),
    name("serial", &["总期号", "總期號"]).is(Text).says("总期号", "number counted from the first"),
    name("kind", &["种类", "類型", "类型"]).is(Choice(KINDS)).or("regular").says("种类：正刊、增刊、专号、合刊、上半月、下半月", "kind: regular, supplement, special, combined, first-half, second-half"),
    name("label", &["期次", "标注"]).is(Text).says("期次的写法，代替“2026年第9期”", "how the number is written, instead of 2026年第9期"),
    name("date", &["出版日期", "日期"]).is(Date).says("出版日期", "date of publication"),
    name("revised", &["修订日期", "修訂日期"]).is(Date).says("修订日期；成品文件的日期随之而改", "date of a revision; the files carry it"),
    name("revision", &["修订", "修訂"]).is(Text).says("修订版的名称，如 第2版", "what the revision is called, as 第2版"),
    name("price", &["定价", "定價"]).is(Text).says("本期定价", "this number's price"),
    name("title", &["本期题名", "题名"]).is(Text).says("本期自己的题名（专号、增刊）", "a title of this number's own (special issue, supplement)"),
    name("theme", &["主题", "主題"]).is(Text).says("封面主题，“|”处可换行", "the cover's headline; | marks where it may be divided"),
    name("cover", &["封面"]).is(Path).says("封面照片", "the cover's photo"),
    name("cover_lines", &["封面要目", "封面导读"]).is(Texts).says("封面要目", "lines on the cover"),
    name("cover_credit", &["封面图注", "封面摄影"]).is(Text).says("封面照片的说明与作者，印在版权页", "what the cover shows, and whose photo it is; printed in the colophon"),
    name("first_folio", &["起始页码", "起始頁碼"]).is(Whole(1, 100_000)).or("1").says("内页第一页的页码；全卷连续编码时用", "folio of the first inside page, for volumes that run through"),
];

#[rustfmt::skip]
pub const COLOPHON_PAGE: [Name; 3] = [
    name("aggregate", &["汇总", "彙總"]).is(Texts).or("[\"编辑\", \"摄影\", \"校对\"]").says("从各篇的 credits 汇总到版权页的角色；送签、签发只有写在这里才印出来", "roles gathered from the articles' credits; 送签 and 签发 are printed only when named here"),
    name("basic_parameters", &["期刊基本参数"]).is(Flag).or("false").says("加印“期刊基本参数”一行", "prints the line 期刊基本参数"),
    name("position", &["位置"]).is(Choice(POSITIONS)).or("auto").says("版权页的位置：末页、目次页、封二、封三、封底；auto 是封三，散页是末页", "where the colophon stands; auto: the inside back cover, of loose pages the last"),
];
