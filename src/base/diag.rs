//! Findings: what is wrong, where, and what to do, in the editor's language.
//!
//! A stage returns its value and adds to a [`Report`]. [`Code`] is the one table of what can be reported.

use super::span::{FileId, Span};

/// How much a finding weighs. An error of the input stops the final files ([`Row::axis`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// Which of two things a finding judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// What an issue is made of: an error here means that something would be lost or wrong, and no final file is written.
    Input,
    /// Whether the files are fit for their use, a press first of all: an error never keeps a `build` from writing them; it
    /// sets the exit code of `check`, and with `--strict` and `--final` it is as bad as any.
    Preflight,
}

/// One message in the languages editors read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

/// `words("缺照片", "photo is missing")`.
pub fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Issue,
    File(FileId),
    Source(Span),
    Page(String),
}

impl From<Option<Span>> for Place {
    /// The issue, where nothing is written to point to.
    fn from(span: Option<Span>) -> Self {
        span.map_or(Place::Issue, Place::Source)
    }
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: Words,
}

/// A change to a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty where something is only put in.
    pub span: Span,
    pub replacement: String,
}

/// One finding. The message names the thing; what to do is a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub at: Place,
    /// The label of the page where it is seen, beside its place in the manuscript.
    pub page: Option<String>,
    pub message: Words,
    pub labels: Vec<Label>,
    pub hints: Vec<Words>,
    /// What `check --fix` does: all of them or none. Only changes that can't make a text worse; empty where a person must
    /// decide. The mended text has no such finding left.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// A finding with its code's own severity.
    pub fn new(code: Code, at: Place, message: Words) -> Self {
        Diagnostic {
            code,
            severity: code.row().severity,
            at,
            page: None,
            message,
            labels: vec![],
            hints: vec![],
            edits: vec![],
        }
    }
    pub fn at(code: Code, span: Span, message: Words) -> Self {
        Self::new(code, Place::Source(span), message)
    }
    pub fn on_page(mut self, label: &str) -> Self {
        self.page = Some(label.to_string());
        self
    }
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
    pub fn hint(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.hints.push(words(zh, en));
        self
    }
    /// A hint more, to a finding that is in a report already.
    pub fn also_hint(&mut self, zh: &str, en: &str) -> &mut Self {
        self.hints.push(words(zh, en));
        self
    }
    /// Whether it keeps the final files from being written.
    pub fn stops(&self) -> bool {
        self.severity == Severity::Error && self.code.row().axis == Axis::Input
    }
    pub fn edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edits.push(Edit { span, replacement: replacement.into() });
        self
    }
    pub fn label(mut self, span: Span, text: Words) -> Self {
        self.labels.push(Label { span, text });
        self
    }
}

/// The findings of a run, in the order they were met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub findings: Vec<Diagnostic>,
}

impl Report {
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
    pub fn extend(&mut self, other: Report) {
        self.findings.extend(other.findings);
    }
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|d| d.severity == Severity::Error)
    }
    /// Whether final files may not be written. `strict`: warnings and preflight errors stop them too.
    pub fn stops(&self, strict: bool) -> bool {
        let weighs = |d: &Diagnostic| d.stops() || strict && d.severity >= Severity::Warning;
        self.findings.iter().any(weighs)
    }
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|d| d.severity == severity).count()
    }
}

/// A row of the table of codes.
pub struct Row {
    pub code: Code,
    pub name: &'static str,
    pub severity: Severity,
    pub axis: Axis,
    /// What it means and what to do, for `explain` and the manual: Chinese, English.
    pub explain: [&'static str; 2],
}

macro_rules! codes {
    (axis) => { Axis::Input };
    (axis preflight) => { Axis::Preflight };
    ($($id:ident $name:literal $severity:ident $($axis:ident)? $zh:literal $en:literal)*) => {
        /// Every finding there is, named `area/what`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($id),* }
        impl Code {
            pub const TABLE: &'static [Row] = &[
                $(Row {
                    code: Code::$id,
                    name: $name,
                    severity: Severity::$severity,
                    axis: codes!(axis $($axis)?),
                    explain: [$zh, $en],
                }),*
            ];
        }
    };
}

// identifier, name, severity, `preflight` where the axis is that one, explanation in Chinese and in English
codes! {
    IssueUnreadable "issue/unreadable" Error
        "目录或文件读不出来。检查路径与权限。" "A directory or file can't be read. Check the path and its permissions."
    IssueEmpty "issue/empty" Error
        "目录里没有文章（.md）。" "The directory holds no article (.md)."
    IssueNoManifest "issue/no-manifest" Note
        "没有 issue.toml：用目录名作题名，文章按文件名排序。" "There is no issue.toml: the directory's name is the title, articles follow file names."
    PathOutside "path/outside" Error
        "路径指到了本期目录之外。" "A path leaves the issue's directory."
    SourceEncoding "source/encoding" Error
        "文件不是 UTF-8 编码。" "A file is not UTF-8."
    ImportRefused "import/refused" Error
        "这个文件不能导入：格式不认识、损坏，或像是压缩炸弹。" "A file can't be imported: of an unknown kind, broken, or like a bomb of compression."
    ImportExists "import/exists" Error
        "目标文章已经存在而且不同，没有覆盖。" "The article exists already and differs; it was not overwritten."
    ImportDoubt "import/doubt" Warning
        "导入时拿不准的地方，请对照原稿。" "Something import was not sure of; compare with the manuscript."
    ImportFact "import/fact" Warning
        "原稿里的刊期信息与 issue.toml 不同。" "What a manuscript says of the issue differs from issue.toml."
    ImportGuess "import/guess" Note
        "编码、语言或时区是猜的。" "An encoding, a language or a time zone that was guessed."
    ConvertChanged "convert/changed" Note
        "简繁转换改动了哪些字词，哪些单字要看一遍；全部在 <刊期>.report.json 里。" "What a conversion between Simplified and Traditional changed, and which characters someone must look at; all of it is in <issue>.report.json."
    ConvertRepair "convert/repair" Warning
        "像是机器转成的繁体：有些字没有分清。" "Traditional text that looks mechanically converted: merged characters were not told apart."
    ManifestSyntax "manifest/syntax" Error
        "issue.toml 或 magazine.toml 写法有误。" "issue.toml or magazine.toml is not valid TOML."
    ManifestUnknownKey "manifest/unknown-key" Error
        "不认识的键，多半是笔误。" "An unknown key, most likely a slip."
    ManifestValue "manifest/value" Error
        "键的值不合要求。" "A key's value is not of the form it needs."
    ManifestNoTitle "manifest/no-title" Warning
        "没有刊名：用目录名代替。" "The magazine has no title: the directory's name stands in."
    ManifestIdentifier "manifest/identifier" Error
        "刊号的形式或校验位不对（ISO 3297、GB/T 9999）。" "An ISSN or CN number is malformed or fails its check digit (ISO 3297, GB/T 9999)."
    ColophonLabel "colophon/label" Note
        "版权页的这个标签像是笔误；照印。" "A colophon label that looks like a slip; it is printed as written."
    ColophonConflict "colophon/conflict" Warning
        "版权页与 [magazine]、[issue] 说法不一。" "The colophon and [magazine] or [issue] disagree."
    ColophonMissing "colophon/missing" Error preflight
        "版权页或期次缺少这类刊物的必备项，或（警告）通常应有的项。" "The colophon or the number lacks what this kind of publication must have, or (a warning) usually has."
    ColophonForbidden "colophon/forbidden" Error preflight
        "内部资料不得有刊号、定价、邮发代号。" "An internal publication (内部资料) must have no CN number, ISSN, price or postal code."
    FrontSyntax "front/syntax" Error
        "文章开头的元数据写法有误或没有收尾。" "An article's front matter is malformed or not closed."
    FrontUnknownKey "front/unknown-key" Error
        "文章元数据里有不认识的键。" "An article's front matter has an unknown key."
    FrontValue "front/value" Error
        "文章元数据的值不合要求。" "A value in an article's front matter is not of the form it needs."
    SectionUnassigned "section/unassigned" Error
        "有文章不属于任何栏目，或同时属于两个栏目。" "An article is in no section, or in two."
    SectionConflict "section/conflict" Error
        "文章自己写的栏目与清单里的不同。" "An article names another section than the manifest gives it."
    SectionEmpty "section/empty" Warning
        "栏目里没有文章。" "A section that takes no article."
    ArticleHeld "article/held" Note
        "文章标为留稿（hold），本期不排。" "An article with status hold is left out of this issue."
    ArticleEmpty "article/empty" Warning
        "文章是空的，或只有题名没有正文。" "An article is empty, or has a title and no text."
    ArticleId "article/id" Error
        "两篇文章的 id 相同。" "Two articles have the same id."
    PhotoMissing "photo/missing" Error
        "照片不存在。" "A photo doesn't exist."
    PhotoBroken "photo/broken" Error
        "照片文件损坏、截断或不是图片。" "A photo is broken, cut short or not a picture."
    PhotoRemote "photo/remote" Warning
        "图片在网上，没有排进来；原处印出它的说明和地址。下载到 photos/ 再引用。" "A picture on the web is not set; its description and address stand in its place. Save it to photos/ and name it there."
    PhotoFormat "photo/format" Error
        "不支持的图片格式。" "A picture format that isn't supported."
    PhotoTooLarge "photo/too-large" Error
        "图片的像素太多，排不了。用图片软件缩小后再放进来。" "A picture has more pixels than can be handled. Scale it down in an image program."
    PhotoDrawing "photo/drawing" Warning
        "线条图（SVG）里有排不出来的东西：文字要先转成轮廓，滤镜和图案要先栅格化。" "A drawing (SVG) holds what can't be set: convert its text to outlines, and rasterise filters and patterns."
    PhotoCaptions "photo/captions" Warning
        "photos/captions.toml 里有写错的或没有用到的条目。" "An entry of photos/captions.toml is wrong or belongs to no photo."
    PhotoNoAlt "photo/no-alt" Warning
        "照片没有替代文字。" "A photo has no alternative text."
    PhotoPending "photo/pending" Warning
        "照片待补。" "A photo that is still to come."
    PhotoPlacement "photo/placement" Warning
        "照片夹在文字里，或清单里的照片在文中没有位置。" "A photo amid text, or one of the front matter that has no place in the text."
    PhotoWhole "photo/whole" Note
        "满版的照片没有焦点，整幅排出，不裁切。写 focus，它就裁切到满版。" "A photo that is to fill its page has no focus and is shown whole, not cut. With a focus it is cut to fill the page."
    MarkdownAttribute "markdown/attribute" Error
        "不认识的属性或类名。" "An unknown attribute or class."
    MarkdownSlip "markdown/slip" Warning
        "像是用中文输入法打的标记；照文字排了。" "What looks like a mark typed with a Chinese input method; it is set as text."
    MarkdownUndefined "markdown/undefined-note" Warning
        "注码没有对应的注文；照文字排了。" "A note's mark without a note; it is set as text."
    MarkdownComment "markdown/comment" Note
        "HTML 注释，不排。" "An HTML comment; it is not set."
    MarkdownLost "markdown/lost-text" Error
        "这些文字没有排出来，例如表格一行里多出来的格。" "Text that would not be set, as the cells a table row has too many."
    MarkdownTable "markdown/table" Warning
        "表格里的文字没有自己的格子：一行的格数比表头多，或写在格子外面。" "Text of a table has no cell: a row has more cells than the head, or it stands outside them."
    MarkdownUnsupported "markdown/unsupported" Warning
        "不支持的标记，文字原样保留。" "Markup that isn't supported; its text is kept."
    MarkdownUnused "markdown/unused-definition" Warning
        "定义了却没有用到的脚注或链接。" "A note or link that is defined and never used."
    MarkdownLink "markdown/link" Warning
        "链接指向的文章或标记不存在；文字照排，没有链接。" "A link leads to an article or anchor that doesn't exist; its words are set without a link."
    MarkdownAnchor "markdown/anchor" Warning
        "一篇文章里有两处标了同一个 {#id}；链接只到第一处。" "Two places of an article bear the same {#id}; links lead to the first."
    MarkdownHeading "markdown/heading" Note
        "小标题跳了一级。听书的人按级别跳读，级别要连续。" "A heading leaves out a level. Those who listen move by levels, which must follow one another."
    MarkdownPageMark "markdown/page-mark" Warning
        "旧版页码 {page=…} 是空的、重复的，或没有说明出自哪一版。" "A page mark {page=…} of an earlier printing is empty, stands twice, or no source says which printing it is of."
    TextEmoji "text/emoji" Warning
        "字体里没有这个表情符号：PDF 里印成“〓”，EPUB 里照旧。" "No face has this emoji: it is set as 〓 in the PDFs and kept in the EPUB."
    TextControl "text/control" Warning
        "控制字符不能排印，略去；转码丢了的字（U+FFFD）印成“〓”。" "A control character is left out; what a conversion lost (U+FFFD) is set as 〓."
    TextMissingGlyph "text/missing-glyph" Error
        "字体里没有这个字。" "No face has a glyph for this character."
    TextPrivateUse "text/private-use" Warning
        "私用区的字离开原来的字体就没有意义，印成“〓”。" "A private-use character means nothing outside the font it was typed with; it is set as 〓."
    TextFallback "text/fallback" Note
        "用了后备字体。" "A fallback face was used."
    TextTyping "text/typing" Note
        "标点、空格或字形可以清理（qikan fmt）。" "Marks, blanks or character forms that cleaning would change (qikan fmt)."
    TextLooseLine "text/loose-line" Warning
        "这一行排得太松。" "A line is set too loose."
    TextForcedBreak "text/forced-break" Warning
        "栏或表格的列太窄，在不能断行的地方断了行。" "A column is too narrow: a line was divided where none may be."
    TextEllipsis "text/ellipsis" Warning
        "两个省略号连用（…………）占四个字，要单独占一行（GB/T 15834—2011 5.1.5）。" "Two ellipses together (…………) take four em and a line of their own (GB/T 15834-2011 5.1.5)."
    TextTitleStop "text/title-stop" Note
        "题名、小标题的末尾不用句号、逗号、顿号、分号。" "No title or heading ends with a full stop, comma or semicolon."
    TextTightLines "text/tight-lines" Warning
        "行距太小，着重号、专名号、书名号或注音会碰到邻行。加大行距。" "Lines are too near each other for marks or readings between them. Make the pitch larger."
    LayoutOverflow "layout/overflow" Warning
        "放不下，已缩小或移动。" "Something did not fit and was scaled or moved."
    LayoutNarrow "layout/narrow" Warning preflight
        "栏太窄，一行不到 16 个字，容易排松。减少栏数、缩小字号或页边距。" "Columns are too narrow: under 16 characters a line is often set loose. Take fewer columns, smaller type or smaller margins."
    LayoutCopyfit "layout/copyfit" Warning preflight
        "文章比 pages 定的页数长，或短得空出四分之一页以上。" "An article is longer than its `pages`, or so short that more than a quarter of a page stays empty."
    LayoutContinue "layout/continue" Warning
        "文章的 continue_on 找不到要转去的页，或那一页在它前面；照常接着排。" "An article's `continue_on` names no page, or one before it; the article is set in one piece."
    ThemeInk "theme/ink" Warning
        "栏目的 colour 写了主题里没有的油墨名；栏目照主题色排。" "A section's `colour` names an ink that the theme hasn't; its accent is taken."
    LayoutOffPage "layout/off-page" Error
        "有文字排到了页外，会丢失。缩短它，或加大开本、减少栏数。" "Text runs off its page and would be lost. Shorten it, or take a larger page or fewer columns."
    PhotoResolution "photo/resolution" Warning preflight
        "照片在这个尺寸上像素不够，印出来会糊。低于 [print] min_ppi 是错误，低于 want_ppi 是警告。" "At this size the photo has too few pixels and prints soft. Below [print] min_ppi it is an error, below want_ppi a warning."
    PhotoLineArt "photo/line-art" Warning preflight
        "黑白线条图的像素不够，边缘会出锯齿。" "A one-bit picture has too few pixels: its edges show steps."
    PhotoProfile "photo/profile" Warning preflight
        "照片里嵌的色彩配置文件损坏，或与照片的颜色模式不符。" "The colour profile in a photo is damaged or of another colour space."
    PhotoNoCaption "photo/no-caption" Warning preflight
        "照片没有图注，也没有署名。" "A photo has neither a caption nor a credit."
    PhotoStored "photo/stored" Note preflight
        "照片的存法与印刷要的不同，已作相应处理。" "A photo is stored in another way than print takes it, and was brought to it."
    PrintIntent "print/intent" Error
        "[print] output_intent 不是能用的印刷条件：要 CMYK 输出设备（prtr）的 ICC 配置文件。" "[print] output_intent is no printing condition that can be used: it takes the ICC profile of a CMYK output device (prtr)."
    PrintLocked "print/locked" Error
        "[lock] 锁定的页与交给印厂时不同了。" "A page that [lock] keeps is no longer as it was handed over."
    PrintNoPage "print/no-page" Error
        "--pages 指的页不在这一期里。" "--pages names a page that the issue doesn't have."
    PrintSignoff "print/signoff" Error preflight
        "[signoff] 要求的角色还没有签字；付印（build --final）前要补齐。" "A role that [signoff] requires hasn't signed an article; it must before printing (build --final)."
    ScreenBudget "screen/budget" Warning preflight
        "屏幕 PDF 超过了 [screen] budget 定的大小。" "The screen PDF is larger than [screen] budget allows."
    PrintBleed "print/bleed" Warning preflight
        "出血不足。贴边的图要铺到裁切线外 3 毫米，裁刀略偏也不露白。" "Too little bleed. Pictures at an edge run 3 mm over it, so that no paper shows where the knife is a little off."
    PrintShortOfBleed "print/short-of-bleed" Error preflight
        "图或色块贴着裁切边，却没有铺到出血线。" "A picture or a tint touches the trim and stops short of the bleed."
    PrintNearTrim "print/near-trim" Warning preflight
        "文字离裁切边或胶订的订口太近，会被裁掉或看不见。" "Text is too near to the trim, or to a glued spine: it may be cut or hidden."
    PrintPageCount "print/page-count" Warning preflight
        "页数与装订方式不合。" "The number of pages doesn't suit the binding."
    PrintSpine "print/spine" Warning preflight
        "书脊：胶订要知道纸厚，5 毫米以上要印刊名与年期（期刊出版形式规范）。" "The spine: a glued issue needs the paper's thickness, and from 5 mm on bears the name and the issue."
    PrintBlankPages "print/blank-pages" Note preflight
        "为凑足装订页数添的空白页。" "Blank pages that were added to fill the binding's sheets."
    PrintTransparency "print/transparency" Note preflight
        "印刷文件里有透明；旧的拼版流程要先知道。" "The print file has live transparency, which an old workflow must be told of."
    PrintParity "print/parity" Error preflight
        "单数页码要在右页（直排在左页）。" "Odd folios belong on right-hand pages (left-hand ones where the writing is vertical)."
    PrintMetadata "print/metadata" Warning preflight
        "印刷文件缺少标准要求的资料，如日期。" "The print file lacks what its standard asks for, as a date."
    PrintInk "print/ink" Warning preflight
        "总墨量超过上限：印件干不透，会蹭脏。超出 20 个百分点以上是错误。" "More ink than the limit: sheets don't dry and set off. Beyond by more than 20 points it is an error."
    PrintColour "print/colour" Note preflight
        "单色内页上有颜色，印成灰。" "Colour on pages that are printed in black: it becomes grey."
    PrintMixedBlack "print/mixed-black" Warning preflight
        "小字用了几色套印的黑，套印不准就发虚。" "Small text in a black of several plates blurs where they shift."
    PrintKnockout "print/knockout" Warning preflight
        "黑字不叠印，套印不准时露白边。" "Black text that doesn't overprint shows white edges where plates shift."
    PrintPlacedSize "print/placed-size" Error preflight
        "来的 PDF 页（广告、封面）尺寸与本刊不合，只好缩放。" "A placed PDF page (an advertisement, a cover) is of another size than the magazine, and had to be scaled."
    PrintPlacedFont "print/placed-font" Error preflight
        "来的 PDF 页没有嵌入字体：印厂没有这些字体，字会变样。" "A placed PDF page doesn't embed its fonts: the plant hasn't got them, and the type would be another."
    PrintPlacedColour "print/placed-colour" Warning preflight
        "来的 PDF 页里有不带配置文件的 RGB，或要另加印版的专色。" "A placed PDF page has RGB without a profile, or spot colours that take plates of their own."
    PrintPlacedDrawn "print/placed-drawn" Warning preflight
        "来的 PDF 页里有印刷标准不收的东西，只好画成图来印。" "A placed PDF page has what the print standard doesn't take, and had to be drawn as a picture."
    PrintRgb "print/rgb" Warning preflight
        "所选的标准不收 RGB。" "The chosen standard takes no RGB."
    PrintReversed "print/reversed" Warning preflight
        "反白字太小，油墨一洇就糊。" "White text so small that ink closes it."
    PrintHairline "print/hairline" Warning preflight
        "线太细，印不出来。细于 0.25 点是错误。" "A rule too thin to print. Below 0.25 pt it is an error."
    PrintRichBlack "print/rich-black" Warning preflight
        "大块黑底的墨量超过上限。" "A large black area takes more ink than the limit."
    PrintSmallText "print/small-text" Warning preflight
        "字太小。小于七号（5.25 点）是错误，正文小于六号（7.875 点）是警告。" "Type too small. Below 5.25 pt it is an error, body text below 7.875 pt a warning."
    FontUnreadable "font/unreadable" Error
        "fonts/ 里的文件不是能用的字体。" "A file in fonts/ is no font that can be used."
    FontEmbedding "font/embedding" Error
        "字体的许可位（OS/2 fsType）不许嵌入子集。" "The font's licence bits (OS/2 fsType) forbid embedding a subset."
    EpubBudget "epub/budget" Warning
        "电子书超过了 [epub] budget 定的大小。" "The EPUB is larger than [epub] budget allows."
    EpubPageList "epub/page-list" Warning preflight
        "电子书的页码表里同一个页码有两处，读者跳页会跳错。" "The EPUB's page list has a page number twice: a reader who looks one up lands on the wrong page."
    EpubConformance "epub/conformance" Warning preflight
        "[epub] certified_by 声明符合 WCAG，但还有图片没有替代文字；声明没有写进电子书。" "[epub] certified_by asserts conformance to WCAG, but a picture lacks its alternative text; the claim is not made."
    WriteFailed "write/failed" Error
        "成品文件写不出去。" "An output file can't be written."
}

impl Code {
    pub fn row(self) -> &'static Row {
        &Code::TABLE[self as usize]
    }
    pub fn name(self) -> &'static str {
        self.row().name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_named_area_slash_what() {
        for (i, row) in Code::TABLE.iter().enumerate() {
            assert_eq!(row.code as usize, i);
            let (area, what) = row.name.split_once('/').expect("area/what");
            assert!(!area.is_empty() && !what.is_empty(), "{}", row.name);
            assert!(Code::TABLE[..i].iter().all(|r| r.name != row.name), "{} twice", row.name);
            assert!(row.explain.iter().all(|t| !t.is_empty()));
        }
    }
}
