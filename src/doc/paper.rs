//! What a journal says of a paper beside its text: its numbers, its funding, its head in English (CAJ-CD B/T 1; GB/T 7713.2).

use super::article::{Article, Byline, Foot, FootKind};
use crate::base::Lang;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// 中图分类号: `D625`.
    pub clc: Option<String>,
    /// 文献标识码: A to E.
    pub document_code: Option<char>,
    /// 文章编号: `1000-0003(2026)09-0012-08`.
    pub article_number: Option<String>,
    /// Without a prefix: `10.1000/182`.
    pub doi: Option<String>,
    /// 收稿日期, as written.
    pub received: Option<String>,
    /// 基金项目.
    pub funding: Option<String>,
    pub english: EnglishHead,
}

/// The head again in English, for readers and indexes abroad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnglishHead {
    pub title: Option<String>,
    pub authors: Vec<Byline>,
    pub affiliation: Option<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
}

impl EnglishHead {
    pub const ABSTRACT: &str = "Abstract: ";
    pub const KEYWORDS: &str = "Keywords: ";

    /// `LIN Yuan, ZHOU Nan`.
    pub fn names(&self) -> String {
        self.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")
    }
    /// The abstract and the keywords, each behind its word.
    pub fn labelled(&self) -> Vec<(&'static str, String)> {
        let keywords = Some(self.keywords.join("; ")).filter(|k| !k.is_empty());
        let all = [(Self::ABSTRACT, self.summary.clone()), (Self::KEYWORDS, keywords)];
        all.into_iter().filter_map(|(word, text)| Some((word, text?))).collect()
    }
    pub fn is_empty(&self) -> bool {
        *self == EnglishHead::default()
    }
}

/// One of the line of numbers: its word, what it says, where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperNumber {
    pub word: &'static str,
    pub text: String,
    pub link: Option<String>,
}

impl Article {
    /// 中图分类号, 文献标识码, 文章编号, DOI: a journal's line below the keywords.
    pub fn paper_numbers(&self) -> Vec<PaperNumber> {
        let p = &self.paper;
        let [clc, code, number] = match self.lang {
            Lang::En => ["CLC number: ", "Document code: ", "Article ID: "],
            lang if lang.is_traditional() => ["中圖分類號：", "文獻標識碼：", "文章編號："],
            _ => ["中图分类号：", "文献标识码：", "文章编号："],
        };
        let plain =
            [(clc, p.clc.clone()), (code, p.document_code.map(String::from)), (number, p.article_number.clone())];
        let plain = plain.into_iter().filter_map(|(word, text)| Some(PaperNumber { word, text: text?, link: None }));
        plain.chain(self.doi()).collect()
    }

    /// The number by which a paper is found on the net, with its address.
    pub fn doi(&self) -> Option<PaperNumber> {
        let doi = self.paper.doi.clone()?;
        let word = if self.lang == Lang::En { "DOI: " } else { "DOI：" };
        Some(PaperNumber { word, link: Some(format!("https://doi.org/{doi}")), text: doi })
    }

    /// 收稿日期, 基金项目, 作者简介: at the foot of a journal's first page, each behind its word.
    pub fn first_page_notes(&self) -> Vec<(&'static str, String)> {
        let [received, funding, author] = self.note_words();
        let note = self.author_note.as_ref().map(|note| note.trim_start_matches(author).to_string());
        let all = [(received, self.paper.received.clone()), (funding, self.paper.funding.clone()), (author, note)];
        all.into_iter().filter_map(|(word, text)| Some((word, text?))).collect()
    }

    /// The first lines below its text: what a journal has at its first page's foot; else the note on the author, who paid and
    /// where it is on the net.
    pub fn notes_below(&self, scholarly: bool) -> Vec<Foot> {
        if scholarly {
            let line = |(word, text): (&str, String)| Foot { kind: FootKind::FirstPage, text: [word, &text].concat() };
            return self.first_page_notes().into_iter().map(line).collect();
        }
        let [_, funding, _] = self.note_words();
        let note = self.author_note.as_ref().map(|text| Foot { kind: FootKind::AuthorNote, text: text.clone() });
        let funding = self.paper.funding.as_ref().map(|text| [funding, text].concat());
        let doi = self.doi().map(|doi| [doi.word, &doi.text].concat());
        let more = [funding, doi].into_iter().flatten().map(|text| Foot { kind: FootKind::Source, text });
        note.into_iter().chain(more).collect()
    }

    /// What stands before 收稿日期, 基金项目 and 作者简介.
    pub fn note_words(&self) -> [&'static str; 3] {
        match self.lang {
            Lang::En => ["Received: ", "Funding: ", "About the author: "],
            lang if lang.is_traditional() => ["收稿日期：", "基金項目：", "作者簡介："],
            _ => ["收稿日期：", "基金项目：", "作者简介："],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CAJ-CD B/T 1: 分类号, 文献标识码, 文章编号 in this order; what a paper lacks is left out.
    #[test]
    fn numbers_stand_in_the_journals_order() {
        let paper = Paper {
            clc: Some("D625".into()),
            document_code: Some('A'),
            doi: Some("10.1000/182".into()),
            ..Paper::default()
        };
        let article = Article { paper, ..Article::default() };
        let shown: Vec<_> = article.paper_numbers().into_iter().map(|n| n.word.to_string() + &n.text).collect();
        assert_eq!(shown, ["中图分类号：D625", "文献标识码：A", "DOI：10.1000/182"]);
        assert_eq!(article.doi().and_then(|n| n.link).as_deref(), Some("https://doi.org/10.1000/182"));
    }

    #[test]
    fn other_themes_have_the_funding_and_the_doi_at_the_end() {
        let paper = Paper {
            clc: Some("D625".into()),
            funding: Some("国家社会科学基金项目".into()),
            doi: Some("10.1000/182".into()),
            received: Some("2026-03-12".into()),
            ..Paper::default()
        };
        let article = Article { paper, author_note: Some("林远，教授。".into()), ..Article::default() };
        let below = |scholarly| article.notes_below(scholarly).into_iter().map(|f| f.text).collect::<Vec<_>>();
        assert_eq!(below(false), ["林远，教授。", "基金项目：国家社会科学基金项目", "DOI：10.1000/182"]);
        let journal = ["收稿日期：2026-03-12", "基金项目：国家社会科学基金项目", "作者简介：林远，教授。"];
        assert_eq!(below(true), journal);
    }

    #[test]
    fn a_word_that_the_author_typed_is_not_said_twice() {
        let article = Article { author_note: Some("作者简介：林远，教授。".into()), ..Article::default() };
        assert_eq!(article.first_page_notes(), [("作者简介：", "林远，教授。".to_string())]);
    }
}
