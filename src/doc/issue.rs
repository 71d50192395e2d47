//! The issue: the magazine's standing matter, this number, its page, its articles.

use super::article::{Article, Foot, FootKind};
use super::calm::Calm;
use super::colophon::{ColophonLine, ColophonPage, Credit, Entry};
use super::magazine::{IssueNumber, Magazine};
use super::matter::{Ad, Contents, CoverSetup, Erratum, Section};
use super::output::{EpubSetup, FontsSetup, Lock, PrintSetup, ScreenSetup, Signoff, Unsigned};
use super::photo::{Focus, Photo, PhotoId};
use super::setup::{PageSetup, TypeSetup};
use super::written::Written;
use crate::base::{Date, Lang};

/// Everything `read` understood. Articles stand in the order they are printed.
#[derive(Clone, Debug, Default)]
pub struct Issue {
    pub magazine: Magazine,
    pub number: IssueNumber,
    pub page: PageSetup,
    pub type_: TypeSetup,
    pub cover: CoverSetup,
    pub contents: Contents,
    pub print: PrintSetup,
    pub screen: ScreenSetup,
    pub epub: EpubSetup,
    pub fonts: FontsSetup,
    pub signoff: Signoff,
    pub lock: Option<Lock>,
    pub sections: Vec<Section>,
    pub articles: Vec<Article>,
    /// Titles of articles that are left out, for reports.
    pub held: Vec<String>,
    pub ads: Vec<Ad>,
    pub errata: Vec<Erratum>,
    /// Each distinct photo once; `PhotoId` indexes it.
    pub photos: Vec<Photo>,
    /// Where the cover's picture is calm, if it could be measured.
    pub cover_calm: Option<Calm>,
    /// 版权页 in printing order.
    pub colophon: Vec<ColophonLine>,
    pub colophon_page: ColophonPage,
    /// The stem of every output file: `shanxing-2026-09`.
    pub slug: String,
    /// The date that files carry: SOURCE_DATE_EPOCH, else revised, else date, else the year's first day.
    pub stamp: Option<Date>,
    /// The manifest's texts and keys, and the theme's.
    pub written: Written,
}

/// A table column's alignment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Center,
    End,
}

impl Issue {
    pub fn photo(&self, id: PhotoId) -> &Photo {
        &self.photos[id.0 as usize]
    }
    pub fn lang(&self) -> Lang {
        self.magazine.lang
    }
    /// `2026年第9期`, `Issue 9, 2026`, or the manifest's own label; empty when nothing is known.
    pub fn issue_line(&self) -> String {
        self.number.line(self.lang())
    }
    /// The issue's full name: 山行 2026年第9期, with its own title where it has one.
    pub fn full_title(&self) -> String {
        let own = self.number.title.clone().unwrap_or_default();
        [self.magazine.title.clone(), self.issue_line(), own].join(" ").trim().to_string()
    }
    /// Who made the pictures, each once, in order of appearance: the names in their credits.
    pub fn photographers(&self) -> Vec<String> {
        let mut all = vec![];
        for name in
            self.articles.iter().flat_map(Article::figures).filter_map(|f| f.credit.as_deref()).filter_map(name_in)
        {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }
    /// The licences of pictures in order of appearance, each once, and the makers of the pictures under it.
    pub fn licences(&self) -> Vec<(&str, Vec<String>)> {
        let mut all: Vec<(&str, Vec<String>)> = vec![];
        for figure in self.articles.iter().flat_map(Article::figures) {
            let Some(licence) = figure.rights.licence.as_deref() else { continue };
            let at = all.iter().position(|(known, _)| *known == licence).unwrap_or(all.len());
            if at == all.len() {
                all.push((licence, vec![]));
            }
            let makers = &mut all[at].1;
            makers.extend(figure.credit.as_deref().and_then(name_in).filter(|name| !makers.contains(name)));
        }
        all
    }
    /// The section an article belongs to, by name.
    pub fn section_of(&self, article: usize) -> Option<&Section> {
        self.sections.iter().find(|s| s.articles.contains(&article))
    }
    /// The point that no crop of a photo may lose, where its figure names one, or `[cover]` does for the cover's.
    pub fn focus(&self, photo: PhotoId) -> Option<Focus> {
        let figures = self.articles.iter().flat_map(Article::figures);
        let cover = self.cover.focus.filter(|_| self.number.cover == Some(photo));
        cover.or_else(|| figures.filter(|figure| figure.photo == photo).find_map(|figure| figure.focus))
    }
    /// Both belong to the same section, or neither to any.
    pub fn same_section(&self, one: usize, other: usize) -> bool {
        let name = |article| self.section_of(article).map(|s| &s.name);
        name(one) == name(other)
    }
    /// The articles that lack a role `[signoff]` requires, with the roles: none may be there for the printer.
    pub fn missing_signoff(&self) -> Vec<Unsigned> {
        let lacks = |article: &Article| -> Vec<&'static Entry> {
            self.signoff.require.iter().copied().filter(|role| article.credited(role).next().is_none()).collect()
        };
        let all = self.articles.iter().enumerate().map(|(i, a)| Unsigned { article: i, roles: lacks(a) });
        all.filter(|unsigned| !unsigned.roles.is_empty()).collect()
    }
    /// 期刊基本参数: CN*founded*frequency*size*pages*language*medium*price*run*articles*date. An unknown part is empty.
    pub fn basic_parameters(&self, pages: usize) -> String {
        let m = &self.magazine;
        let text = |value: Option<String>| value.unwrap_or_default();
        let run = self.colophon.iter().find(|l| l.entry.is_some_and(|e| e.key == "print_run"));
        let digits = |t: &String| t.chars().filter(char::is_ascii_digit).collect::<String>();
        let parts = [
            text(m.cn.clone()),
            text(m.founded.map(|y| y.to_string())),
            text(m.frequency.map(|f| f.code().to_string())),
            self.page.sheet_name(),
            pages.to_string(),
            m.lang.tag()[..2].to_string(),
            "P".to_string(),
            text(self.number.price.clone()),
            text(run.and_then(|l| l.values.first()).map(digits)),
            self.articles.len().to_string(),
            text(self.number.date.map(|d| format!("{:04}-{:02}", d.year, d.month))),
        ];
        parts.join("*")
    }
    /// What stands at an article's end: a note on the author, who paid, its sources, the line of its editors; in a journal,
    /// what the first page has at its foot comes first. 送签 and 签发 are internal: there only where the colophon prints them.
    pub fn foot(&self, article: &Article, scholarly: bool) -> Vec<Foot> {
        let [source, print, colon, comma] = match article.lang {
            Lang::En => ["Source", "First printed in", ": ", ", "],
            lang if lang.is_traditional() => ["來源", "原載", "：", "、"],
            _ => ["来源", "原载", "：", "、"],
        };
        let line = |kind, text| Foot { kind, text };
        let named = |label: &str, text: &Option<String>| {
            text.as_ref().map(|text| line(FootKind::Source, [label, colon, text].concat()))
        };
        let shown = |c: &&Credit| c.entry.is_none_or(|e| !e.is_approval() || self.colophon_page.aggregate.contains(&e));
        let credits = article.credits.iter().filter(shown);
        let credits: Vec<String> = credits.map(|c| [&c.label, colon, &c.names.join(comma)].concat()).collect();
        let credits = (!credits.is_empty()).then(|| line(FootKind::Credits, credits.join("\u{3000}")));
        let comma_mark = if article.lang == Lang::En { ", " } else { "，" };
        let dated = |text: &Option<String>| match (text, &article.published) {
            (Some(text), Some(day)) => Some([text, comma_mark, day].concat()),
            (text, day) => text.clone().or(day.clone()),
        };
        let sources = [named(source, &dated(&article.source)), named(print, &article.source_print)];
        article.notes_below(scholarly).into_iter().chain(sources.into_iter().flatten()).chain(credits).collect()
    }
    /// What the cover of an internal publication must say: what it is, and its permit (内部资料性出版物管理办法, article 14).
    pub fn cover_notices(&self) -> Vec<String> {
        if self.magazine.profile != super::magazine::PublicationProfile::CnInternal {
            return vec![];
        }
        let permit = self.colophon.iter().find(|l| l.entry.is_some_and(|e| e.key == "permit"));
        let permit = permit.and_then(|l| Some(format!("{}\u{3000}{}", l.label, l.values.first()?)));
        std::iter::once("内部资料\u{3000}免费交流".to_string()).chain(permit).collect()
    }
}

/// The name in a credit, without the words for what was done: `摄影：赵蓉`, `赵蓉 摄`. None for a source.
fn name_in(credit: &str) -> Option<String> {
    if ["来源", "來源", "图源", "圖源", "图片来源", "圖片來源", "Source"].iter().any(|word| credit.starts_with(word))
    {
        return None;
    }
    let name = credit.split_once(['：', ':', '／', '/']).map_or(credit, |(_, name)| name).trim();
    let name = ["摄影", "攝影", "供图", "供圖", "摄", "攝", "绘", "繪"]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(name)
        .trim_end_matches([' ', '　', '／', '/']);
    (!name.is_empty()).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photographers_are_named_without_their_craft() {
        let names = ["摄影：赵蓉", "赵蓉 摄", "攝影／林遠", "新华社供图", "张三", "来源：市档案馆"].map(name_in);
        let wanted = [Some("赵蓉"), Some("赵蓉"), Some("林遠"), Some("新华社"), Some("张三"), None];
        assert_eq!(names.each_ref().map(|n| n.as_deref()), wanted);
    }
}
