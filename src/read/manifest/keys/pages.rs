//! `[page]`, `[type]`, `[cover]`, `[contents]`, `[[section]]`, `[[ads]]`, `[[errata]]`.

use crate::source::Shape::{Choice, Flag, Length, Path, Table, Text, Texts, Whole};
use crate::source::{Name, name};

pub const BINDINGS: &[&str] = &["saddle", "perfect", "none", "骑马订", "騎馬釘", "胶订", "膠裝", "散页"];
pub const WRITINGS: &[&str] = &["horizontal", "vertical", "横排", "橫排", "直排", "竖排", "豎排"];
pub const KINSOKU: &[&str] = &["auto", "none", "basic", "gb", "strict"];
pub const PUNCTUATION: &[&str] = &[
    "auto",
    "fixed",
    "fixed+brackets",
    "quanjiao",
    "hangmo",
    "kaiming",
    "banjiao",
    "tight",
    "固定",
    "固定+括号",
    "全身式",
    "行末半角",
    "开明式",
    "全部半角",
    "紧排",
];
pub const STARTS: &[&str] = &["auto", "自动", "new-page", "new-spread", "continue", "另页", "另面", "接排"];

#[rustfmt::skip]
pub const PAGE: [Name; 10] = [
    name("trim", &["成品尺寸", "开本", "開本"]).is(Text).or("大16开").says("成品尺寸：\"210x285mm\"，或 大16开、正16开、16开、大32开、32开、A4、A5、B5", "trimmed size: \"210x285mm\", or 大16开, 正16开, 16开, 大32开, 32开, A4, A5, B5"),
    name("bleed", &["出血"]).is(Length).or("3mm").says("出血", "bleed"),
    name("marks", &["裁切标记", "裁切線"]).is(Flag).or("true").says("印刷 PDF 带裁切与套准标记", "crop and registration marks in the print PDF"),
    name("binding", &["装订", "裝訂"]).is(Choice(BINDINGS)).or("saddle").says("装订：saddle 骑马订（页数凑 4 的倍数）、perfect 胶订（2 的倍数）、none 散页", "binding: saddle (pages in fours), perfect (in twos), none (loose pages)"),
    name("margins", &["页边距", "版心边距", "邊距"]).is(Table(&MARGINS)).says("版心四边，四边要写全；默认随主题", "margins, all four; by default the theme's"),
    name("columns", &["分栏", "栏数", "欄數"]).is(Whole(1, 3)).says("栏数；默认随主题", "columns; by default the theme's"),
    name("column_gap", &["栏间距", "欄間距"]).is(Length).says("栏间距，至少这么宽；默认随主题", "between columns, at least; by default the theme's"),
    name("baseline", &["行距", "基线网格"]).is(Length).says("行距，全刊一格；默认随主题", "line pitch of the grid; by default the theme's"),
    name("writing", &["排文方向", "行文"]).is(Choice(WRITINGS)).or("horizontal").says("横排或直排；装订边随之而定", "horizontal or vertical; the side of the binding follows"),
    name("first_folio", &["起始页码", "起始頁碼"]).is(Whole(1, 100_000)).or("1").says("同 [issue] first_folio", "as [issue] first_folio"),
];

#[rustfmt::skip]
pub const MARGINS: [Name; 4] = [
    name("top", &["上", "天头", "天頭"]).is(Length).says("天头", "head"),
    name("bottom", &["下", "地脚", "地腳"]).is(Length).says("地脚", "foot"),
    name("inner", &["内", "內", "订口", "訂口"]).is(Length).says("订口", "the side of the spine"),
    name("outer", &["外", "切口"]).is(Length).says("切口", "the side of the fore edge"),
];

#[rustfmt::skip]
pub const TYPE: [Name; 17] = [
    name("body", &["正文字体", "正文"]).is(Text).or("auto").says("正文字体", "the family of the text"),
    name("heading", &["标题字体", "标题", "標題"]).is(Text).or("auto").says("标题字体", "the family of titles"),
    name("kai", &["楷体", "楷體"]).is(Text).or("auto").says("楷体", "the family of Kai"),
    name("fangsong", &["仿宋"]).is(Text).or("auto").says("仿宋；没有就用楷体", "the family of Fangsong; Kai where there is none"),
    name("latin", &["西文字体", "西文字體"]).is(Text).or("auto").says("西文与数字的字体；默认用中文字体自带的", "the family of Latin letters and digits; by default the Chinese face's own"),
    name("size", &["字号", "字號"]).is(Length).says("正文字号，如 \"9pt\"、\"五号\"；默认随主题", "size of the text, as \"9pt\", \"五号\"; by default the theme's"),
    name("indent", &["缩进", "縮排"]).is(Whole(0, 4)).or("2").says("段首缩进的字数", "first-line indent in em"),
    name("kinsoku", &["避头尾", "避頭尾"]).is(Choice(KINSOKU)).or("auto").says("避头尾：none、basic、gb、strict；auto 随语言", "prohibition at line start and end: none, basic, gb, strict; auto follows the language"),
    name("punctuation", &["标点", "標點"]).is(Choice(PUNCTUATION)).or("auto").says("标点的宽度：固定、固定+括号、全身式、行末半角、开明式、全部半角、紧排；auto 随语言", "width of marks: fixed, fixed+brackets, quanjiao, hangmo, kaiming, banjiao, tight; auto follows the language"),
    name("hanging", &["标点悬挂", "標點懸掛"]).is(Choice(&["none", "stops"])).or("none").says("stops：行末句读可以悬挂在版心外", "stops: full stops and commas may hang outside the measure"),
    name("autospace", &["中西文间距", "中西文間距"]).is(Flag).or("true").says("中西文之间空四分之一字", "a quarter em between Han and Latin"),
    name("digits_han_space", &["数字与汉字间距", "數字與漢字間距"]).is(Flag).or("true").says("false：汉字和阿拉伯数字之间不空，如 2026年", "false: no space between Han and European digits, as in 2026年"),
    name("grid_align", &["纵横对齐", "縱橫對齊"]).is(Flag).or("false").says("true：西文和数字连同两边的空占整数个字，上下行的汉字对齐", "Western text with its blanks takes whole em, so that Han stand above each other"),
    name("emphasis", &["强调", "強調"]).is(Choice(&["kai", "dots", "楷体", "着重号"])).or("kai").says("*强调* 排成楷体或着重号", "what *emphasis* becomes: Kai or dots"),
    name("quotes", &["引号", "引號"]).is(Choice(&["keep", "保留"])).or("keep").says("引号照原稿，build 从不改动", "quotation marks stay as typed: build never changes them"),
    name("notes", &["注释", "註釋"]).is(Choice(&["page", "article"])).or("article").says("注释：page 每页脚注，article 排在文末", "notes: at the foot of the page, or after the article"),
    name("vertical_digits", &["直排数字", "直排數字"]).is(Choice(&["tcy", "han"])).or("tcy").says("直排时的数字：tcy 两三位纵中横，han 用汉字（只在 PDF 里，EPUB 照原稿）", "digits of vertical text: two or three side by side, or as Han numerals (in the PDFs alone: the EPUB keeps the manuscript's)"),
];

#[rustfmt::skip]
pub const COVER: [Name; 12] = [
    name("front", &["封一", "正面"]).is(Path).says("封面：照片（同 [issue] cover），或设计好的 PDF", "the front: a photo (as [issue] cover) or a finished PDF page"),
    name("inside_front", &["封二"]).is(Path).says("封二", "inside front cover"),
    name("inside_back", &["封三"]).is(Path).says("封三", "inside back cover"),
    name("back", &["封底"]).is(Path).says("封底", "back cover"),
    name("masthead", &["刊名图", "刊名圖"]).is(Path).says("刊名的字样（SVG），同 [magazine] masthead", "the title's lettering (SVG), as [magazine] masthead"),
    name("credit", &["图注", "封面图注", "封面摄影"]).is(Text).says("同 [issue] cover_credit", "as [issue] cover_credit"),
    name("barcode", &["条码", "條碼"]).is(Flag).says("印条码；默认有 ISSN 和期号就印（zine 不印）", "prints the barcode; by default where there are ISSN and number, except for a zine"),
    name("barcode_number", &["条码号", "條碼號"]).is(Text).says("条码的十三位数；默认由 ISSN 生成；校验位会核对", "the barcode's thirteen digits; by default made of the ISSN; the check digit is verified"),
    name("barcode_addon", &["条码附加码", "條碼附加碼"]).is(Text).says("条码的两位附加码；默认是期号", "the barcode's two digits; by default the issue's number"),
    name("template", &["模板"]).is(Choice(&["photo", "framed", "type", "满版", "留边", "文字"])).says("封面照片：photo 满版、framed 留边、type 只用文字；默认随主题；像素不够满版，或要裁切而没有 focus，就留边", "the cover's photo: to the edges (photo), framed, or type alone; by default the theme's, and framed where the pixels don't fill the page or it would be cut and has no focus"),
    name("focus", &["焦点", "焦點"]).is(Text).says("封面照片裁切时要保住的点，如 \"40% 30%\"（从左、从上）；没有就不裁切", "the point that a crop of the cover's photo keeps, as \"40% 30%\" from the left and the top; without it nothing is cut"),
    name("spine", &["书脊", "書脊"]).is(Text).says("书脊的字；默认是刊名和期次", "words on the spine; by default title and number"),
];

#[rustfmt::skip]
pub const CONTENTS: [Name; 6] = [
    name("title", &["标题", "標題"]).is(Text).or("目次").says("目次页的标题", "its heading"),
    name("show_authors", &["显示作者", "顯示作者"]).is(Flag).or("true").says("列出全部作者", "names all authors"),
    name("show_section", &["显示栏目", "顯示欄目"]).is(Flag).or("true").says("列出栏目", "names the sections"),
    name("dots", &["引导点", "引導點"]).is(Flag).says("题名与页码之间用引导点；默认随主题", "leaders between title and page; by default as the theme has them"),
    name("folio", &["页码", "頁碼"]).is(Flag).says("目次页印页码；默认随主题", "folios on contents pages; by default the theme's"),
    name("summary", &["提要"]).is(Flag).says("题名下排提要；默认随主题", "summaries under the titles; by default the theme's"),
];

#[rustfmt::skip]
pub const SECTION: [Name; 6] = [
    name("name", &["名称", "名稱", "栏目", "欄目"]).is(Text).says("栏目名", "its name"),
    name("articles", &["文章"]).is(Texts).says("文章的路径，可用 * 和 ?", "paths of its articles; * and ? are allowed"),
    name("start", &["起页", "另起"]).is(Choice(STARTS)).or("auto").says("各篇：auto 另页，但同栏目的短稿接排；new-page 另页、new-spread 另面、continue 接排", "its articles begin on a new page (auto: short ones go on below one another), on a new spread, or go on"),
    name("columns", &["分栏", "栏数", "欄數"]).is(Whole(1, 3)).says("栏数；默认同 [page] columns", "columns; by default those of [page]"),
    name("colour", &["color", "颜色", "顏色"]).is(Text).says("栏目色：主题的色名、\"#1f4a3d\" 或 \"C80 M40 Y65 K35\"", "its colour: a swatch of the theme, \"#1f4a3d\" or \"C80 M40 Y65 K35\""),
    name("template", &["模板"]).is(Text).says("文章的版式：article photos brief letter verse interview", "what its articles are: article, photos, brief, letter, verse, interview"),
];

#[rustfmt::skip]
pub const ADS: [Name; 4] = [
    name("file", &["文件", "檔案"]).is(Path).says("图片，或 PDF（\"ad.pdf#2\" 是第 2 页）", "a picture, or a PDF (\"ad.pdf#2\" is its second page)"),
    name("title", &["广告主", "廣告主", "名称", "名稱"]).is(Text).says("广告主，用于广告目次和版位表", "the advertiser, for the index and the flat plan"),
    name("place", &["位置"]).is(Text).or("end").says("inside-front 封二、inside-back 封三、back 封底、end 文后，或文章的路径（排在它后面）", "inside-front, inside-back, back, end, or an article's path (it follows that article)"),
    name("mark", &["标注", "標註"]).is(Flag).or("true").says("页上标“广告”二字", "the page bears the word 广告"),
];

#[rustfmt::skip]
pub const ERRATA: [Name; 6] = [
    name("issue", &["期次", "期"]).is(Text).says("更正哪一期", "the number that is corrected"),
    name("page", &["页码", "頁碼", "页"]).is(Text).says("那一期的页码", "its page"),
    name("place", &["位置", "文章"]).is(Text).says("文章或段落", "the article or place"),
    name("wrong", &["误", "誤"]).is(Text).says("误", "what was printed"),
    name("right", &["正"]).is(Text).says("正", "what is right"),
    name("text", &["说明", "說明"]).is(Text).says("更正的话", "the correction in words"),
];
