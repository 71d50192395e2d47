//! What front matter says of a paper: its numbers, funding, and its head in English.
//!
//! In: the fields of front matter. Out: [`Paper`]; a number whose form is wrong is a finding.

use super::byline;
use super::front::CODES;
use super::words::split_list;
use crate::base::words as say;
use crate::doc::{EnglishHead, Paper, numbers};
use crate::source::Shape::{People, Text, Texts};
use crate::source::{Fields, Name, name};

pub const DOCUMENT_CODES: &[&str] = &["A", "B", "C", "D", "E"];
const CODES_OF_DOCUMENTS: [(&str, char); 5] = [("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D'), ("E", 'E')];

#[rustfmt::skip]
pub const ENGLISH: [Name; 5] = [
    name("title", &["标题", "標題", "题名", "題名"]).is(Text).says("英文题名", "the title"),
    name("author", &["作者", "authors"]).is(People).says("作者，如 LIN Yuan, ZHOU Nan", "authors, as LIN Yuan, ZHOU Nan"),
    name("affiliation", &["单位", "單位", "机构"]).is(Text).says("作者单位", "where they work"),
    name("summary", &["摘要", "提要", "abstract"]).is(Text).says("英文摘要", "the abstract"),
    name("keywords", &["关键词", "關鍵詞"]).is(Texts).says("英文关键词", "keywords"),
];

pub fn read(f: &mut Fields) -> Paper {
    let class = say("中图分类号，如 D625", "a class of the Chinese Library Classification, as D625");
    let number = say(
        "文章编号：ISSN(年)期-起始页-页数，如 0317-8471(2026)09-0012-08，ISSN 的校验位要对",
        "ISSN(year)number-page-pages, as 0317-8471(2026)09-0012-08, with a sound ISSN",
    );
    let doi = say(" DOI，如 10.1000/182", "a DOI, as 10.1000/182");
    Paper {
        clc: f.parse("clc", class, |v| numbers::clc(&v.text()?)),
        document_code: f.choice("document_code", &CODES_OF_DOCUMENTS),
        article_number: f.parse("article_number", number, |v| numbers::article_number(&v.text()?)),
        doi: f.parse("doi", doi, |v| numbers::doi(&v.text()?)),
        received: f.text("received"),
        funding: f.text("funding"),
        english: english(f),
    }
}

fn english(f: &mut Fields) -> EnglishHead {
    let Some(table) = f.value("english") else { return EnglishHead::default() };
    let mut own = Fields::read(&[table], &ENGLISH, CODES, f.report);
    let authors = own.value("author");
    EnglishHead {
        title: own.text("title"),
        affiliation: own.text("affiliation"),
        summary: own.text("summary"),
        keywords: own.list("keywords", split_list),
        authors: authors.map(|v| byline::authors(v, CODES, own.report)).unwrap_or_default(),
    }
}
