//! The issue: the magazine's standing matter, this number, its page, its articles.

use super::article::{Article, Foot, FootKind};
use super::calm::Calm;
use super::colophon::{ColophonLine, ColophonPage, Credit, Entry};
use super::magazine::{IssueNumber, Magazine};
use super::matter::{Ad, Contents, CoverSetup, Erratum, Section};
use super::output::{EpubSetup, FontsSetup, Lock, PrintSetup, ScreenSetup, Signoff, Unsigned};
use super::photo::{Photo, PhotoId};
use super::setup::{PageSetup, TypeSetup};
use crate::base::{Date, Lang, Span};

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
    /// The manifest's texts.
    pub written: Written,
}

/// Where each text of a file's keyed values was written, for findings on pages that are made of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written(pub Vec<(String, Span)>);

impl Written {
    /// The first place of a character.
    pub fn place_of(&self, c: char) -> Option<Span> {
        self.0.iter().find_map(|(text, span)| {
            let at = text.find(c)? as u32;
            let length = span.end - span.start;
            // Between quotes, and nothing in it spelled otherwise: the character's own bytes.
            let quotes = length.checked_sub(text.len() as u32).filter(|n| matches!(n, 0 | 2));
            let own = quotes.map(|q| span.start + q / 2 + at);
            Some(own.map_or(*span, |start| Span { start, end: start + c.len_utf8() as u32, ..*span }))
        })
    }
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
    /// The issue's full name: 山行 2026年第9期.
    pub fn full_title(&self) -> String {
        [self.magazine.title.clone(), self.issue_line()].join(" ").trim().to_string()
    }
    /// The section an article belongs to, by name.
    pub fn section_of(&self, article: usize) -> Option<&Section> {
        self.sections.iter().find(|s| s.articles.contains(&article))
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
    /// What stands at an article's end: a note on the author, its sources, the line of its editors. 送签 and 签发 are
    /// internal: there only where the colophon prints them.
    pub fn foot(&self, article: &Article) -> Vec<Foot> {
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
        let note = article.author_note.as_ref().map(|note| line(FootKind::AuthorNote, note.clone()));
        let credits = (!credits.is_empty()).then(|| line(FootKind::Credits, credits.join("\u{3000}")));
        let sources = [named(source, &article.source), named(print, &article.source_print)];
        note.into_iter().chain(sources.into_iter().flatten()).chain(credits).collect()
    }
    /// What the cover of an internal publication must say (内部资料性出版物管理办法).
    pub fn cover_notice(&self) -> Option<String> {
        let permit = self.colophon.iter().find(|l| l.entry.is_some_and(|e| e.key == "permit"));
        let permit = permit.and_then(|l| Some(format!("\u{3000}{}：{}", l.label, l.values.first()?)));
        let internal = self.magazine.profile == super::magazine::PublicationProfile::CnInternal;
        internal.then(|| format!("内部资料\u{3000}免费交流{}", permit.unwrap_or_default()))
    }
}
