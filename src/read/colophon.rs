//! 版权页: any label is allowed; canonical keys and their Chinese aliases are known.
//!
//! In: the `[colophon]` tables. Out: lines in printing order, and what they say about the magazine (ISSN, price, …).

use super::words::{clean_name, split_list, whole};
use crate::base::{Code, Diagnostic, Lang, Report, Span, words};
use crate::doc::ColophonLine;
use crate::source::keyed::{Key, Kind, Value};
use crate::source::{nearest, texts};

/// A known entry: canonical key, label in 简体, 繁體 and English, other spellings, whether its values are a list.
struct Entry {
    key: &'static str,
    labels: [&'static str; 3],
    aliases: &'static [&'static str],
    list: bool,
}

const fn list(key: &'static str, labels: [&'static str; 3], aliases: &'static [&'static str]) -> Entry {
    Entry { key, labels, aliases, list: true }
}
const fn text(key: &'static str, labels: [&'static str; 3], aliases: &'static [&'static str]) -> Entry {
    Entry { key, labels, aliases, list: false }
}

/// In the usual order of printing: who is responsible, who made it, what it is, how to reach it.
#[rustfmt::skip]
const ENTRIES: [Entry; 53] = [
    list("supervisor", ["主管", "主管", "Supervised by"], &["主管单位", "主管單位"]),
    list("sponsor", ["主办", "主辦", "Sponsored by"], &["主办单位", "主辦單位"]),
    list("co_sponsor", ["协办", "協辦", "Co-sponsored by"], &["协办单位", "協辦單位"]),
    list("publisher", ["出版", "出版", "Published by"], &["出版单位", "出版單位", "出版者"]),
    list("editor_office", ["编辑部", "編輯部", "Editorial office"], &["编辑单位", "編輯單位", "编辑出版", "编印单位"]),
    list("president", ["社长", "社長", "President"], &[]),
    list("publisher_person", ["发行人", "發行人", "Publisher"], &[]),
    list("executive_producer", ["总监制", "總監製", "Executive producer"], &[]),
    list("editor_in_chief", ["主编", "總編輯", "Editor-in-chief"], &["总编", "总编辑", "主編", "總編"]),
    list("deputy_editor", ["副主编", "副主編", "Deputy editor"], &["副总编", "副總編輯"]),
    list("managing_editor", ["执行主编", "執行主編", "Managing editor"], &["编辑部主任", "編輯部主任"]),
    list("editorial_board", ["编委", "編委", "Editorial board"], &["编委会", "編委會"]),
    list("editor", ["编辑", "編輯", "Editor"], &["责任编辑", "責任編輯", "责编", "責編"]),
    list("art_editor", ["美术编辑", "美術編輯", "Art editor"], &["美编", "美編"]),
    list("art_director", ["美术总监", "美術總監", "Art director"], &["艺术总监", "藝術總監", "视觉总监", "視覺總監"]),
    list("designer", ["设计", "設計", "Design"], &["版式设计", "装帧设计", "美术设计"]),
    list("photo_editor", ["图片编辑", "圖片編輯", "Photo editor"], &["图片总监", "圖片總監"]),
    list("new_media", ["新媒体", "新媒體", "New media"], &[]),
    list("photographer", ["摄影", "攝影", "Photography"], &[]),
    list("proofreader", ["校对", "校對", "Proofreading"], &["责任校对", "責任校對"]),
    list("reviewer", ["审校", "審校", "Review"], &["审稿", "審稿"]),
    list("submitted_by", ["送签", "送簽", "Submitted by"], &[]),
    list("approved_by", ["签发", "簽發", "Approved by"], &[]),
    list("translator", ["译者", "譯者", "Translation"], &["翻译", "翻譯"]),
    list("printer", ["印刷", "印刷", "Printed by"], &["印刷单位", "印刷單位", "承印"]),
    list("distributor", ["发行", "發行", "Distributed by"], &["发行单位", "發行單位", "总经销", "總經銷"]),
    list("distribution_director", ["发行总监", "發行總監", "Distribution director"], &[]),
    text("subscriptions", ["订阅", "訂閱", "Subscriptions"], &["订阅处"]),
    list("legal_adviser", ["法律顾问", "法律顧問", "Legal adviser"], &[]),
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
    text("scope", ["发行范围", "發行範圍", "Distribution"], &[]),
    text("paper", ["用纸", "用紙", "Paper"], &[]),
];

/// Settings that stand among the labels or in `[colophon.page]`.
const SETTINGS: [&str; 4] = ["page", "aggregate", "basic_parameters", "position"];

fn entry(label: &str) -> Option<&'static Entry> {
    let plain: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    ENTRIES.iter().find(|e| e.key == plain || e.labels.contains(&plain.as_str()) || e.aliases.contains(&plain.as_str()))
}

/// The canonical key of a role that people have, by any spelling: 责任编辑 is `editor`. For credits in front matter.
pub fn role(label: &str) -> Option<&'static str> {
    entry(label).filter(|e| e.list).map(|e| e.key)
}

/// A colophon read: lines as printed, and each line's canonical key with its value's place.
#[derive(Default)]
pub struct Colophon {
    pub lines: Vec<ColophonLine>,
    known: Vec<(Option<&'static str>, Span)>,
}

impl Colophon {
    /// The first value of a known entry.
    pub fn value(&self, key: &str) -> Option<(&str, Span)> {
        let at = self.known.iter().position(|(k, _)| *k == Some(key))?;
        self.lines[at].values.first().map(|v| (v.as_str(), self.known[at].1))
    }
}

/// Reads the tables, the issue's own first. The standing matter's order holds; the values replace its values.
pub fn read(tables: &[&Value], lang: Lang, report: &mut Report) -> Colophon {
    let mut out = Colophon::default();
    let mut keys: Vec<String> = vec![];
    for table in tables.iter().rev() {
        for (key, value) in table.entries().iter().filter(|(k, _)| !SETTINGS.contains(&k.name.as_str())) {
            let known = entry(&key.name);
            let Some(values) = values(value, known, report) else { continue };
            if known.is_none() {
                slip(key, report);
            }
            let line = ColophonLine { label: label(key, known, lang), values };
            let id = known.map_or(key.name.clone(), |e| format!("{}\0{}", e.key, line.label));
            match keys.iter().position(|k| *k == id) {
                Some(at) => {
                    out.lines[at] = line;
                    out.known[at].1 = value.span;
                }
                None => {
                    keys.push(id);
                    out.lines.push(line);
                    out.known.push((known.map(|e| e.key), value.span));
                }
            }
        }
    }
    out
}

/// Printed as written; a canonical English key gets its label in the magazine's language.
fn label(key: &Key, known: Option<&Entry>, lang: Lang) -> String {
    match known.filter(|e| e.key == key.name) {
        Some(entry) if lang == Lang::En => entry.labels[2].to_string(),
        Some(entry) if lang.is_traditional() => entry.labels[1].to_string(),
        Some(entry) => entry.labels[0].to_string(),
        None => key.name.clone(),
    }
}

fn values(value: &Value, known: Option<&Entry>, report: &mut Report) -> Option<Vec<String>> {
    let values = match known {
        Some(entry) if entry.list => texts(value, &|t: &str| split_list(t).iter().map(|n| clean_name(n)).collect()),
        _ => texts(value, &|t: &str| whole(t)),
    };
    if values.is_none() && value.kind != Kind::Null {
        let got = value.kind_name();
        let message = words(
            format!("版权页的值应为文字或列表，这里是{}", got.zh),
            format!("a colophon value is text or a list, not {}", got.en),
        );
        report.push(Diagnostic::at(Code::ManifestValue, value.span, message));
    }
    values.filter(|v| !v.is_empty())
}

/// A note for a label one slip away from a known one of three characters or more.
fn slip(key: &Key, report: &mut Report) {
    let known = ENTRIES.iter().flat_map(|e| e.labels.iter().chain(e.aliases).chain([&e.key])).copied();
    let Some(near) = nearest(&key.name, known.filter(|k| k.chars().count() > 2)) else { return };
    // 美术指导 is no slip of 美术总监: one character may differ.
    let differ = near.chars().filter(|c| !key.name.contains(*c)).count();
    if differ <= 1 && key.name.chars().count() > 2 {
        let message = words(
            format!("版权页的标签“{}”照印", key.name),
            format!("the colophon label “{}” is printed as written", key.name),
        );
        report.push(
            Diagnostic::at(Code::ColophonLabel, key.span, message)
                .hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::FileId;
    use crate::source::keyed::toml;

    #[test]
    fn any_label_is_printed_and_lists_are_split() {
        let own = toml("责任编辑 = \"王采薇、李　苇\"\neditor_in_chief = \"林远\"\n特约撰稿 = \"甲，乙\"\naddress = \"北京，东城\"\naggregate = [\"编辑\"]\n责任编缉 = \"丙\"\n", FileId(0), 0).unwrap();
        let standing = toml("印刷 = \"甲厂\"\n责任编辑 = \"旧\"\n", FileId(1), 0).unwrap();
        let mut report = Report::default();
        let colophon = read(&[&own, &standing], Lang::ZhHans, &mut report);
        let lines: Vec<String> = colophon.lines.iter().map(|l| format!("{}={}", l.label, l.values.join("|"))).collect();
        assert_eq!(
            lines,
            ["印刷=甲厂", "责任编辑=王采薇|李苇", "主编=林远", "特约撰稿=甲，乙", "地址=北京，东城", "责任编缉=丙"]
        );
        assert_eq!(colophon.value("editor_in_chief").map(|v| v.0), Some("林远"));
        let codes: Vec<_> = report.findings.iter().map(|d| (d.code.name(), d.hints[0].en.as_str())).collect();
        assert_eq!(codes, [("colophon/label", "did you mean 责任编辑?")]);
    }

    #[test]
    fn spellings_are_unique() {
        let all: Vec<&str> = ENTRIES.iter().flat_map(|e| e.labels[..2].iter().chain(e.aliases)).copied().collect();
        for (i, entry) in ENTRIES.iter().enumerate() {
            for other in &ENTRIES[i + 1..] {
                let clash = entry.aliases.iter().find(|a| other.aliases.contains(a) || other.labels.contains(a));
                assert_eq!(clash, None, "{} and {}", entry.key, other.key);
            }
        }
        assert!(all.len() > 100);
    }
}
