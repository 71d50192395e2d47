//! What a journal says of a paper beside its text: abstract, keywords and numbers in its head, the head in English behind it.
//!
//! In: the article. Out: markup of its writer.

use super::article::ArticleWriter;
use crate::base::Lang;

impl ArticleWriter<'_> {
    /// A journal's abstract, keywords and numbers, each behind its word.
    pub fn abstract_(&mut self) {
        let article = self.article;
        let [summary, words, between] = article.abstract_words();
        let keywords = Some(article.keywords.join(between)).filter(|k| !k.is_empty());
        for (head, text) in [(summary, article.summary.clone()), (words, keywords)] {
            if let Some(text) = text.filter(|t| !t.trim().is_empty()) {
                self.labelled("standfirst", &[(head, text, None)]);
            }
        }
        let numbers = article.paper_numbers();
        if !numbers.is_empty() {
            self.labelled("standfirst", &numbers.into_iter().map(|n| (n.word, n.text, n.link)).collect::<Vec<_>>());
        }
    }

    /// A paragraph of texts behind their words.
    fn labelled(&mut self, class: &str, parts: &[(&str, String, Option<String>)]) {
        self.xml.open("p", &[("class", class)]);
        for (i, (word, text, link)) in parts.iter().enumerate() {
            if i > 0 {
                self.xml.text(self.plan.words.gap);
            }
            if !word.is_empty() {
                self.xml.leaf("b", &[("class", "speaker")], word);
            }
            match link {
                Some(to) => self.xml.leaf("a", &[("href", to)], text),
                None => self.xml.text(text),
            }
        }
        self.xml.close();
        self.xml.line();
    }

    /// The head again in English.
    pub fn english(&mut self) {
        let head = &self.article.paper.english;
        if head.is_empty() {
            return;
        }
        let tag = Lang::En.tag();
        self.xml.open("section", &[("class", "english"), ("role", "doc-abstract"), ("lang", tag), ("xml:lang", tag)]);
        self.xml.line();
        if let Some(title) = &head.title {
            self.xml.leaf("h2", &[], title);
            self.xml.line();
        }
        for line in [Some(head.names()), head.affiliation.clone()] {
            self.paragraph("byline", line.as_deref());
        }
        for (word, text) in head.labelled() {
            // In the hand of the text: Kai is for Han.
            self.labelled("abstract", &[(word, text, None)]);
        }
        self.xml.close();
        self.xml.line();
    }
}
