//! Which articles, in which order.
//!
//! In: the articles with what their front matter says, and the manifest's `[[section]]` rules. Out: the order and the
//! groups. With rules, they alone order, and every article is in exactly one; without, order stays by name and
//! consecutive articles of one `section` are a group.

use super::manifest::{AdRule, SectionRule};
use super::words::glob;
use crate::base::{Code, Diagnostic, FileId, Place, Report, Span, words};
use crate::doc::{Ad, AdPlace, Section};
use crate::source::nearest;

/// An article as far as its place in the issue goes.
#[derive(Clone, Debug)]
pub struct Member {
    /// Relative to the issue: `articles/01.md`.
    pub path: String,
    pub file: FileId,
    pub section: Option<(String, Span)>,
}

/// The order (indexes of the members) and the groups over it.
#[derive(Clone, Debug, Default)]
pub struct Order {
    pub articles: Vec<usize>,
    pub sections: Vec<Section>,
}

pub fn order(members: &[Member], held: &[String], rules: &[SectionRule], report: &mut Report) -> Order {
    if rules.is_empty() { by_front_matter(members) } else { by_rules(members, held, rules, report) }
}

fn by_front_matter(members: &[Member]) -> Order {
    let mut sections: Vec<Section> = vec![];
    for (i, member) in members.iter().enumerate() {
        let Some((name, _)) = &member.section else { continue };
        match sections.last_mut() {
            Some(last) if last.name == *name && last.articles.end == i => last.articles.end = i + 1,
            _ => sections.push(section(&SectionRule { name: name.clone(), ..SectionRule::default() }, i..i + 1)),
        }
    }
    Order { articles: (0..members.len()).collect(), sections }
}

fn section(rule: &SectionRule, articles: std::ops::Range<usize>) -> Section {
    Section {
        name: rule.name.clone(),
        start: rule.start.unwrap_or_default(),
        columns: rule.columns,
        colour: rule.colour.clone(),
        template: rule.template.clone(),
        articles,
    }
}

fn by_rules(members: &[Member], held: &[String], rules: &[SectionRule], report: &mut Report) -> Order {
    let mut out = Order::default();
    let mut taken: Vec<Option<usize>> = vec![None; members.len()];
    for (r, rule) in rules.iter().enumerate() {
        let from = out.articles.len();
        for article in takes(members, held, rule, report) {
            match taken[article] {
                None => {
                    taken[article] = Some(r);
                    out.articles.push(article);
                    agrees(&members[article], rule, report);
                }
                Some(first) if first != r => twice(&members[article], &rules[first], rule, report),
                Some(_) => {}
            }
        }
        if out.articles.len() == from {
            let message =
                words(format!("栏目“{}”没有文章", rule.name), format!("the section “{}” has no article", rule.name));
            report.push(Diagnostic::at(Code::SectionEmpty, rule.span, message).hint(
                "检查 articles 里的文件名，或删去这个栏目",
                "check the file names in articles, or delete the section",
            ));
        } else {
            let articles = from..out.articles.len();
            out.sections.push(section(rule, articles));
        }
    }
    for (i, member) in members.iter().enumerate().filter(|(i, _)| taken[*i].is_none()) {
        unassigned(member, rules, report);
        out.articles.push(i);
    }
    out
}

/// The members a rule takes, pattern by pattern; a plain path that leads nowhere is an error.
fn takes(members: &[Member], held: &[String], rule: &SectionRule, report: &mut Report) -> Vec<usize> {
    let mut found = vec![];
    for (pattern, span) in &rule.patterns {
        let pattern = pattern.trim_start_matches("./");
        let fits = |path: &str| glob(pattern, path) || glob(pattern, path.trim_start_matches("articles/"));
        let before = found.len();
        found.extend((0..members.len()).filter(|i| fits(&members[*i].path)));
        let is_path = !pattern.contains(['*', '?']);
        if found.len() == before && is_path && !held.iter().any(|path| fits(path)) {
            report.push(no_article(pattern, *span, members.iter().map(|m| m.path.as_str())));
        }
    }
    found
}

/// Advertisements that follow an article get its index; a path that leads nowhere is an error.
pub fn place_ads(
    rules: Vec<AdRule>,
    path_of: impl Fn(usize) -> String,
    articles: usize,
    report: &mut Report,
) -> Vec<Ad> {
    let paths: Vec<String> = (0..articles).map(path_of).collect();
    let placed = rules.into_iter().map(|AdRule { mut ad, after }| {
        if let Some((pattern, span)) = after {
            let fits = |path: &String| glob(&pattern, path) || glob(&pattern, path.trim_start_matches("articles/"));
            match paths.iter().rposition(fits) {
                Some(index) => ad.place = AdPlace::After(index),
                None => report.push(no_article(&pattern, span, paths.iter().map(String::as_str))),
            }
        }
        ad
    });
    placed.collect()
}

fn no_article<'p>(pattern: &str, span: Span, paths: impl Iterator<Item = &'p str>) -> Diagnostic {
    let message = words(format!("没有这篇文章：{pattern}"), format!("there is no article {pattern}"));
    let finding = Diagnostic::at(Code::ManifestValue, span, message);
    match nearest(pattern, paths) {
        Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
        None => finding.hint("路径从本期目录写起", "write the path from the issue's directory"),
    }
}

fn agrees(member: &Member, rule: &SectionRule, report: &mut Report) {
    if let Some((name, span)) = &member.section
        && *name != rule.name
    {
        let message = words(
            format!("文章写的栏目是“{name}”，清单把它排在“{}”", rule.name),
            format!("the article says “{name}”, the manifest puts it in “{}”", rule.name),
        );
        report.push(
            Diagnostic::at(Code::SectionConflict, *span, message)
                .label(rule.span, words("清单的栏目在这里", "the manifest's section is here"))
                .hint("改成一致，或删去文章里的 section", "make them agree, or delete the article's section"),
        );
    }
}

fn twice(member: &Member, first: &SectionRule, second: &SectionRule, report: &mut Report) {
    let path = &member.path;
    let message = words(
        format!("{path} 同时在“{}”和“{}”两个栏目里", first.name, second.name),
        format!("{path} is in two sections, “{}” and “{}”", first.name, second.name),
    );
    report.push(
        Diagnostic::at(Code::SectionUnassigned, second.span, message)
            .label(first.span, words("第一次在这里", "first taken here"))
            .hint(
                format!("从一个栏目的 articles 里去掉 \"{path}\""),
                format!("take \"{path}\" out of one section's articles"),
            ),
    );
}

fn unassigned(member: &Member, rules: &[SectionRule], report: &mut Report) {
    let path = &member.path;
    let message = words(format!("{path} 不在任何栏目里"), format!("{path} is in no section"));
    let wished = member.section.as_ref().map(|(name, _)| name.as_str());
    let rule = rules.iter().find(|r| Some(r.name.as_str()) == wished).or(rules.last());
    let name = rule.map_or("", |r| r.name.as_str());
    report.push(Diagnostic::new(Code::SectionUnassigned, Place::File(member.file), message).hint(
        format!("在 issue.toml 的栏目“{name}”里加上：articles = [\"{path}\"]，或在文章里写 status: hold"),
        format!(
            "add to the section “{name}” in issue.toml: articles = [\"{path}\"], or write status: hold in the article"
        ),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(path: &str, section: Option<&str>) -> Member {
        Member { path: path.into(), file: FileId(0), section: section.map(|s| (s.to_string(), Span::default())) }
    }
    fn rule(name: &str, patterns: &[&str]) -> SectionRule {
        let patterns = patterns.iter().map(|p| (p.to_string(), Span::default())).collect();
        SectionRule { name: name.into(), patterns, ..SectionRule::default() }
    }
    fn run(members: &[Member], rules: &[SectionRule]) -> (Vec<usize>, String, Vec<&'static str>) {
        let mut report = Report::default();
        let order = order(members, &[], rules, &mut report);
        let groups = order.sections.iter().map(|s| format!("{}{:?}", s.name, s.articles)).collect::<Vec<_>>().join(" ");
        (order.articles, groups, report.findings.iter().map(|d| d.code.name()).collect())
    }

    #[test]
    fn without_rules_names_order_and_sections_group_neighbours() {
        let members =
            [member("1.md", Some("甲")), member("2.md", Some("甲")), member("3.md", None), member("4.md", Some("甲"))];
        assert_eq!(run(&members, &[]), (vec![0, 1, 2, 3], "甲0..2 甲3..4".into(), vec![]));
    }

    #[test]
    fn rules_order_and_take_each_article_once() {
        let members =
            [member("articles/1.md", None), member("articles/2.md", Some("乙")), member("articles/3.md", None)];
        let rules = [rule("乙", &["articles/3.md", "articles/2.md"]), rule("甲", &["articles/1*.md"])];
        assert_eq!(run(&members, &rules), (vec![2, 1, 0], "乙0..2 甲2..3".into(), vec![]));
        let (_, _, found) =
            run(&members, &[rule("甲", &["articles/*.md"]), rule("乙", &["2.md"]), rule("丙", &["articles/9.md"])]);
        assert_eq!(
            found,
            ["section/conflict", "section/unassigned", "section/empty", "manifest/value", "section/empty"]
        );
        let (order, groups, found) = run(&members, &[rule("甲", &["articles/1.md"])]);
        assert_eq!(
            (order, groups, found),
            (vec![0, 1, 2], "甲0..1".into(), vec!["section/unassigned", "section/unassigned"])
        );
    }
}
