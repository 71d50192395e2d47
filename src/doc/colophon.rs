//! 版权页: its lines, and the vocabulary of roles and particulars that credits and colophons share.

use crate::base::{Lang, Span};

/// One line of the colophon: `主编　林远`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColophonLine {
    /// The entry it is; None for a label of the editor's own.
    pub entry: Option<&'static Entry>,
    /// As printed; empty: the values are paragraphs.
    pub label: String,
    pub values: Vec<String>,
    /// The values are statements, each on a line of its own: corrections.
    pub listed: bool,
    /// Where the value was written; the default for a line that was filled in.
    pub span: Span,
}

/// Those who did one thing for an article, in the order written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credit {
    pub entry: Option<&'static Entry>,
    /// As written: 责任编辑, 插图.
    pub label: String,
    /// Clean.
    pub names: Vec<String>,
}

/// `[colophon.page]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColophonPage {
    /// Roles whose people are gathered from the articles. 送签 and 签发 are internal: printed only when named here.
    pub aggregate: Vec<&'static Entry>,
    /// The line 期刊基本参数.
    pub basic_parameters: bool,
    pub position: ColophonPosition,
}

/// Where the colophon stands: the same place in every issue (GB/T 3179).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColophonPosition {
    /// The inside back cover; of loose pages the last.
    #[default]
    Auto,
    /// The last page inside.
    LastPage,
    /// On the contents page, below the contents.
    Contents,
    InsideFront,
    InsideBack,
    BackCover,
}

/// A known entry: its key, its label in 简体, 繁體 and English, other spellings, whether it names people.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: &'static str,
    pub labels: [&'static str; 3],
    pub aliases: &'static [&'static str],
    pub kind: EntryKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A list of persons.
    People,
    /// A list of bodies.
    Bodies,
    /// One text, never divided.
    Text,
}

const fn people(key: &'static str, labels: [&'static str; 3], aliases: &'static [&'static str]) -> Entry {
    Entry { key, labels, aliases, kind: EntryKind::People }
}
const fn bodies(key: &'static str, labels: [&'static str; 3], aliases: &'static [&'static str]) -> Entry {
    Entry { key, labels, aliases, kind: EntryKind::Bodies }
}
const fn text(key: &'static str, labels: [&'static str; 3], aliases: &'static [&'static str]) -> Entry {
    Entry { key, labels, aliases, kind: EntryKind::Text }
}

/// In the usual order of printing: who is responsible, who made it, what it is, how to reach it.
#[rustfmt::skip]
pub static ENTRIES: [Entry; 54] = [
    bodies("supervisor", ["主管", "主管", "Supervised by"], &["主管单位", "主管單位"]),
    bodies("sponsor", ["主办", "主辦", "Sponsored by"], &["主办单位", "主辦單位"]),
    bodies("co_sponsor", ["协办", "協辦", "Co-sponsored by"], &["协办单位", "協辦單位"]),
    bodies("publisher", ["出版", "出版", "Published by"], &["出版单位", "出版單位", "出版者"]),
    bodies("editor_office", ["编辑部", "編輯部", "Editorial office"], &["编辑单位", "編輯單位", "编辑出版", "编印单位"]),
    people("president", ["社长", "社長", "President"], &[]),
    people("publisher_person", ["发行人", "發行人", "Publisher"], &[]),
    people("executive_producer", ["总监制", "總監製", "Executive producer"], &[]),
    people("editor_in_chief", ["主编", "總編輯", "Editor-in-chief"], &["总编", "总编辑", "主編", "總編"]),
    people("deputy_editor", ["副主编", "副主編", "Deputy editor"], &["副总编", "副總編輯"]),
    people("managing_editor", ["执行主编", "執行主編", "Managing editor"], &["编辑部主任", "編輯部主任"]),
    people("editorial_board", ["编委", "編委", "Editorial board"], &["编委会", "編委會"]),
    people("editor", ["编辑", "編輯", "Editor"], &["责任编辑", "責任編輯", "责编", "責編"]),
    people("art_editor", ["美术编辑", "美術編輯", "Art editor"], &["美编", "美編"]),
    people("art_director", ["美术总监", "美術總監", "Art director"], &["艺术总监", "藝術總監", "视觉总监", "視覺總監"]),
    people("designer", ["设计", "設計", "Design"], &["版式设计", "装帧设计", "美术设计"]),
    people("photo_editor", ["图片编辑", "圖片編輯", "Photo editor"], &["图片总监", "圖片總監"]),
    people("new_media", ["新媒体", "新媒體", "New media"], &[]),
    people("photographer", ["摄影", "攝影", "Photography"], &[]),
    people("proofreader", ["校对", "校對", "Proofreading"], &["责任校对", "責任校對"]),
    people("reviewer", ["审校", "審校", "Review"], &["审稿", "審稿"]),
    people("submitted_by", ["送签", "送簽", "Submitted by"], &[]),
    people("approved_by", ["签发", "簽發", "Approved by"], &[]),
    people("translator", ["译者", "譯者", "Translation"], &["翻译", "翻譯"]),
    bodies("printer", ["印刷", "印刷", "Printed by"], &["印刷单位", "印刷單位", "承印", "印刷者"]),
    bodies("distributor", ["发行", "發行", "Distributed by"], &["发行单位", "發行單位", "总经销", "總經銷"]),
    people("distribution_director", ["发行总监", "發行總監", "Distribution director"], &[]),
    text("subscriptions", ["订阅", "訂閱", "Subscriptions"], &["订阅处"]),
    people("legal_adviser", ["法律顾问", "法律顧問", "Legal adviser"], &[]),
    text("ad_licence", ["广告发布登记", "廣告登記", "Advertising licence"], &["广告", "广告经营许可证", "广告许可证"]),
    text("registration", ["期刊登记证", "登記證", "Registration"], &["登记证", "期刊登記證"]),
    text("permit", ["准印证号", "准印證號", "Printing permit"], &["准印证"]),
    text("recipients", ["发送对象", "發送對象", "Recipients"], &[]),
    text("cn", ["国内统一连续出版物号", "國內統一連續出版物號", "CN"], &["国内统一刊号", "國內統一刊號", "国内刊号", "CN号"]),
    text("issn", ["国际标准连续出版物号", "國際標準期刊號", "ISSN"], &["国际标准刊号", "國際標準刊號", "国际刊号", "ISSN号"]),
    text("isbn", ["国际标准书号", "國際標準書號", "ISBN"], &[]),
    text("gpn", ["政府出版品统一编号", "GPN", "GPN"], &["統一編號"]),
    text("postal_code", ["邮发代号", "郵發代號", "Postal code"], &[]),
    text("foreign_code", ["国外代号", "國外代號", "Foreign code"], &["国外发行代号"]),
    text("price", ["定价", "定價", "Price"], &["售价", "售價"]),
    text("print_run", ["印数", "印數", "Print run"], &[]),
    text("founded", ["创刊", "創刊", "Founded"], &["创刊年", "創刊年", "创刊时间"]),
    text("frequency", ["刊期", "刊期", "Frequency"], &[]),
    text("date", ["出版日期", "出版日期", "Date"], &["出版时间"]),
    text("address", ["地址", "地址", "Address"], &["社址", "编辑部地址", "通讯地址"]),
    text("postcode", ["邮编", "郵遞區號", "Postcode"], &["邮政编码", "郵編"]),
    text("phone", ["电话", "電話", "Phone"], &["联系电话", "编辑部电话"]),
    text("fax", ["传真", "傳真", "Fax"], &[]),
    text("submission_email", ["投稿邮箱", "投稿郵箱", "Submissions"], &["投稿信箱", "邮箱", "电子邮箱", "email"]),
    text("website", ["网址", "網址", "Website"], &["网站", "網站"]),
    text("copyright", ["版权", "版權", "Copyright"], &["版权声明", "版權聲明"]),
    text("picture_licences", ["图片许可", "圖片授權", "Picture licences"], &["照片许可", "照片授權"]),
    text("scope", ["发行范围", "發行範圍", "Distribution"], &[]),
    text("paper", ["用纸", "用紙", "Paper"], &[]),
];

impl Entry {
    /// The entry of a spelling, in any script and with any spaces: 责　编 is `editor`.
    pub fn find(label: &str) -> Option<&'static Entry> {
        let plain: String = label.chars().filter(|c| !c.is_whitespace()).collect();
        ENTRIES.iter().find(|e| e.key == plain || e.spellings().any(|s| s == plain))
    }
    /// By its key; for keys written in the program.
    pub fn of(key: &str) -> &'static Entry {
        ENTRIES.iter().find(|e| e.key == key).expect("a key of the table")
    }
    /// As printed where the editor wrote the key alone.
    pub fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.labels[2],
            lang if lang.is_traditional() => self.labels[1],
            _ => self.labels[0],
        }
    }
    /// Labels and aliases, without the key.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        self.labels.iter().chain(self.aliases).copied()
    }
    /// The usual place among the lines.
    pub fn rank(&self) -> usize {
        ENTRIES.iter().position(|e| e.key == self.key).unwrap_or(ENTRIES.len())
    }
    pub fn is_people(&self) -> bool {
        self.kind == EntryKind::People
    }
    /// 送签, 签发: who let an article pass. For the report and the gate.
    pub fn is_approval(&self) -> bool {
        matches!(self.key, "submitted_by" | "approved_by")
    }
}

impl Default for ColophonPage {
    fn default() -> Self {
        let aggregate = ["editor", "photographer", "proofreader"].map(Entry::of).to_vec();
        ColophonPage { aggregate, basic_parameters: false, position: ColophonPosition::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_mean_one_entry() {
        let mut seen: Vec<&str> = vec![];
        for entry in &ENTRIES {
            let mut own: Vec<&str> = entry.spellings().chain([entry.key]).collect();
            own.sort_unstable();
            own.dedup();
            for spelling in own {
                assert!(!seen.contains(&spelling), "{spelling} of {} is another's too", entry.key);
                seen.push(spelling);
            }
        }
        assert_eq!(Entry::find("责　编").map(|e| e.key), Some("editor"));
        assert_eq!(Entry::find("特约撰稿"), None);
    }
}
