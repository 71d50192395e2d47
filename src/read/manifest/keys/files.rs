//! `[print]`, `[screen]`, `[epub]`, `[fonts]`, `[signoff]`, `[lock]`.

use crate::source::Shape::{Choice, Flag, Length, Path, Text, Texts, Whole};
use crate::source::{Name, name};

pub const PARTS: &[&str] = &["cmyk", "k", "k+spot", "四色", "单色", "双色"];

#[rustfmt::skip]
pub const PRINT: [Name; 15] = [
    name("standard", &["标准", "標準"]).is(Choice(&["plain", "pdf-x4", "pdf-x1a"])).or("pdf-x4").says("PDF 标准", "the PDF standard"),
    name("output_intent", &["输出意图", "輸出意圖"]).is(Text).or("FOGRA39L").says("印刷条件：名称，或印厂给的 ICC 文件", "printing condition: a name, or the printer's ICC file"),
    name("photos", &["照片"]).is(Choice(&["auto", "icc", "cmyk"])).or("auto").says("照片：icc 照原样带色彩描述，cmyk 转换；auto 时 cn-periodical 转换", "photos: icc as they are, cmyk converted; auto converts for cn-periodical"),
    name("min_ppi", &["最低分辨率"]).is(Whole(36, 2400)).or("200").says("照片有效分辨率低于此为错误", "a photo below it is an error"),
    name("want_ppi", &["目标分辨率", "目標解析度"]).is(Whole(36, 2400)).or("300").says("照片有效分辨率低于此为警告", "a photo below it is a warning"),
    name("max_ink", &["总墨量", "總墨量"]).is(Whole(100, 400)).or("300").says("总墨量上限，百分比", "total ink in percent"),
    name("black", &["黑版"]).is(Choice(&["k100-overprint", "k100-knockout", "叠印", "镂空"])).or("k100-overprint").says("黑字：单黑叠印或镂空", "black text: K alone, overprinting or knocked out"),
    name("inner", &["内页", "內頁"]).is(Choice(PARTS)).or("cmyk").says("内页的颜色：cmyk 四色、k 单黑、k+spot 黑加专色", "inks of the insides: cmyk, k, k+spot"),
    name("cover", &["封面"]).is(Choice(PARTS)).or("cmyk").says("封面的颜色", "inks of the cover"),
    name("spot", &["专色", "專色"]).is(Text).says("专色的名称，如 PANTONE 348 C", "the spot colour's name, as PANTONE 348 C"),
    name("spot_colour", &["专色颜色", "專色顏色"]).is(Text).says("专色看起来的颜色，如 \"#00843d\"", "what the spot colour looks like, as \"#00843d\""),
    name("paper", &["用纸", "用紙"]).is(Text).says("用纸，写进印制单", "paper, for the printer's ticket"),
    name("caliper", &["纸厚", "紙厚"]).is(Length).says("一张纸的厚度，用来算书脊", "thickness of a leaf, for the spine"),
    name("spine", &["书脊厚", "書脊厚"]).is(Length).says("书脊厚；默认由页数和纸厚算", "the spine's width; by default from pages and caliper"),
    name("files", &["分文件"]).is(Choice(&["one", "cover+inner", "wrap+inner", "合一", "分开", "展开封面"])).or("one").says("一个文件；封面与内页分开；或封面展开成一张（封底、书脊、封面）", "one file; cover and inside apart; or the cover as one sheet (back, spine, front)"),
];

#[rustfmt::skip]
pub const SCREEN: [Name; 2] = [
    name("ppi", &["分辨率", "解析度"]).is(Whole(72, 600)).or("180").says("照片的分辨率", "what photos are reduced to"),
    name("budget", &["大小上限"]).is(Text).says("文件大小上限，如 \"20MB\"", "size the file should keep below, as \"20MB\""),
];

#[rustfmt::skip]
pub const EPUB: [Name; 6] = [
    name("id", &["标识", "標識"]).is(Text).or("auto").says("标识；auto 由刊号、年、期、种类、版本生成", "identifier; auto makes it of ISSN or title, year, number, kind and edition"),
    name("fonts", &["字体", "字體"]).is(Choice(&["subset", "none"])).or("subset").says("嵌入字体子集，或不嵌入", "embeds subsets, or none"),
    name("cover", &["封面"]).is(Path).says("电子书另用的封面图", "a cover of its own"),
    name("pictures", &["图片", "圖片"]).is(Choice(&["wide", "full"])).or("wide").says("图片：wide 兼顾旧阅读器（约 350 万像素），full 更大", "pictures: wide for old readers too (3.5 Mpx), or full"),
    name("budget", &["大小上限"]).is(Text).says("文件大小上限，如 \"50MB\"", "size the file should keep below, as \"50MB\""),
    name("certified_by", &["无障碍声明", "無障礙聲明"]).is(Text).says("由谁声明符合 WCAG 2.2 AA；不写就不声明", "who asserts conformance to WCAG 2.2 AA; without it none is claimed"),
];

#[rustfmt::skip]
pub const FONTS: [Name; 2] = [
    name("epub", &["电子书", "電子書"]).is(Flag).or("false").says("自带的字体可以放进电子书（许可证允许）", "the issue's own fonts may go into the EPUB (their licence allows it)"),
    name("fallback", &["后备", "後備"]).is(Texts).says("缺字时先找的字体", "families to look in first when a character is missing"),
];

#[rustfmt::skip]
pub const SIGNOFF: [Name; 1] = [
    name("require", &["必需", "要求"]).is(Texts).says("付印（--final）前每篇必须有人的角色，如 [\"编辑\", \"签发\"]", "roles every article must name before printing (--final), as [\"编辑\", \"签发\"]"),
];

#[rustfmt::skip]
pub const LOCK: [Name; 1] = [
    name("pages", &["页", "頁", "页码"]).is(Texts).says("已交付的页，如 \"1-48\"、[\"封面\", \"1-16\"]", "pages that are at the printer's, as \"1-48\", [\"封面\", \"1-16\"]"),
];
