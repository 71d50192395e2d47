//! The few words that the EPUB adds to the author's, in the language.

use crate::base::Lang;

pub struct Words {
    pub contents: &'static str,
    pub cover: &'static str,
    pub start: &'static str,
    pub colophon: &'static str,
    pub pages: &'static str,
    pub landmarks: &'static str,
    /// What a note's way back is called.
    pub back: &'static str,
    /// What a screen reader says of a picture that nobody described: that there is one, no more.
    pub picture: &'static str,
    /// What stands in the box of a photo that isn't there yet.
    pub pending: &'static str,
    /// Between names, between groups of names, and around an affiliation.
    pub comma: &'static str,
    pub gap: &'static str,
    pub brackets: [&'static str; 2],
    pub colon: &'static str,
    /// Between what stands in lines on the cover.
    pub stop: &'static str,
    /// The accessibility summary: every picture described, some not, no picture.
    pub summary: [&'static str; 3],
}

pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::ZhHans => &HANS,
        Lang::ZhHant | Lang::ZhHantHk | Lang::ZhHantCn => &HANT,
        Lang::Ja => &JA,
        Lang::En => &EN,
    }
}

const HANS: Words = Words {
    contents: "目次",
    cover: "封面",
    start: "正文",
    colophon: "版权页",
    pages: "页码",
    landmarks: "导览",
    back: "返回正文",
    picture: "图片",
    pending: "待补",
    comma: "、",
    gap: "\u{3000}",
    brackets: ["（", "）"],
    colon: "：",
    stop: "。",
    summary: [
        "有目录、结构化标题和与印刷本一致的页码；所有图片都有替代文字。",
        "有目录、结构化标题和与印刷本一致的页码；部分图片没有替代文字，只有图片说明。",
        "有目录、结构化标题和与印刷本一致的页码；没有图片。",
    ],
};

const HANT: Words = Words {
    contents: "目次",
    cover: "封面",
    start: "正文",
    colophon: "版權頁",
    pages: "頁碼",
    landmarks: "導覽",
    back: "返回正文",
    picture: "圖片",
    pending: "待補",
    comma: "、",
    gap: "\u{3000}",
    brackets: ["（", "）"],
    colon: "：",
    stop: "。",
    summary: [
        "有目次、結構化標題和與印刷本一致的頁碼；所有圖片都有替代文字。",
        "有目次、結構化標題和與印刷本一致的頁碼；部分圖片沒有替代文字，只有圖說。",
        "有目次、結構化標題和與印刷本一致的頁碼；沒有圖片。",
    ],
};

const JA: Words = Words {
    contents: "目次",
    cover: "表紙",
    start: "本文",
    colophon: "奥付",
    pages: "ページ",
    landmarks: "ランドマーク",
    back: "本文へ戻る",
    picture: "画像",
    pending: "掲載予定",
    comma: "、",
    gap: "\u{3000}",
    brackets: ["（", "）"],
    colon: "：",
    stop: "。",
    summary: [
        "目次、見出し構造、印刷版と同じページ番号があり、すべての画像に代替テキストがあります。",
        "目次、見出し構造、印刷版と同じページ番号があります。代替テキストがなくキャプションだけの画像があります。",
        "目次、見出し構造、印刷版と同じページ番号があります。画像はありません。",
    ],
};

const EN: Words = Words {
    contents: "Contents",
    cover: "Cover",
    start: "Start of content",
    colophon: "Colophon",
    pages: "Pages",
    landmarks: "Landmarks",
    back: "Back to the text",
    picture: "Picture",
    pending: "To come",
    comma: ", ",
    gap: " · ",
    brackets: [" (", ")"],
    colon: ": ",
    stop: ". ",
    summary: [
        "Contents, structural headings and the print edition's page numbers; every picture has alternative text.",
        "Contents, structural headings and the print edition's page numbers; some pictures have a caption and no \
         alternative text.",
        "Contents, structural headings and the print edition's page numbers; no pictures.",
    ],
};
