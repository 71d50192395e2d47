//! epub-builder's part: container, package, navigation document and NCX, of bodies that are still empty.
//!
//! In: the plan and the names of all files. Out: [`Skeleton`], five texts that `finish` brings to the standard.

use super::error::Error;
use super::metadata::Metadata;
use super::parts::Part;
use super::plan::{COLOPHON, COVER, Plan};
use super::{article, xml};
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, TocElement, ZipLibrary};
use std::io::{Cursor, Read};

/// The one style sheet; epub-builder fixes its name.
pub const STYLESHEET: &str = "stylesheet.css";

/// A file that is neither a document nor the style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    pub href: String,
    pub media_type: &'static str,
}

pub struct Skeleton {
    pub container: String,
    /// Apple Books shows embedded fonts where this says so.
    pub display_options: String,
    pub package: String,
    pub nav: String,
    pub ncx: String,
}

/// The names of the texts in epub-builder's archive, which ours keeps.
pub const PATHS: [&str; 5] = [
    "META-INF/container.xml",
    "META-INF/com.apple.ibooks.display-options.xml",
    "OEBPS/content.opf",
    "OEBPS/nav.xhtml",
    "OEBPS/toc.ncx",
];

pub fn build(plan: &Plan, metadata: &Metadata, resources: &[Resource]) -> Result<Skeleton, Error> {
    let failed = |e: epub_builder::Error| Error::Skeleton(e.to_string());
    let mut builder = EpubBuilder::new(ZipLibrary::new().map_err(failed)?).map_err(failed)?;
    describe(&mut builder, plan, metadata);
    builder.stylesheet(std::io::empty()).map_err(failed)?;
    let (cover, contents) = (EpubContent::new(COVER, std::io::empty()), contents(plan));
    // The contents list the cover only where there is nothing else: a list can't be empty.
    let title = if contents.is_empty() { plan.words.cover } else { "" };
    builder.add_content(cover.title(title)).map_err(failed)?;
    for content in contents {
        builder.add_content(content).map_err(failed)?;
    }
    if let Some(cover) = &plan.cover {
        builder.add_cover_image(cover.href(), std::io::empty(), cover.media_type()).map_err(failed)?;
    }
    for resource in resources {
        builder.add_resource(&resource.href, std::io::empty(), resource.media_type).map_err(failed)?;
    }
    let mut archive = vec![];
    builder.generate(&mut archive).map_err(failed)?;
    read(archive)
}

fn describe(builder: &mut EpubBuilder<ZipLibrary>, plan: &Plan, metadata: &Metadata) {
    let clean = |text: &str| xml::allowed(text.trim());
    builder.epub_version(EpubVersion::V33);
    builder.set_generator(concat!("qikan ", env!("CARGO_PKG_VERSION")));
    builder.set_uuid(metadata.uuid);
    builder.set_title(clean(&metadata.title));
    builder.add_language(plan.lang().tag());
    builder.set_authors(metadata.authors.clone());
    builder.set_subjects(metadata.subjects.clone());
    builder.set_toc_name(contents_title(plan));
    if let Some(theme) = plan.issue.number.plain_theme().map(|t| clean(&t)).filter(|t| !t.is_empty()) {
        builder.add_description(theme);
    }
    if let Some(rights) = plan.issue.magazine.rights.as_deref().map(clean).filter(|t| !t.is_empty()) {
        builder.set_license(rights);
    }
}

pub fn contents_title(plan: &Plan) -> String {
    let title = xml::allowed(plan.issue.contents.title.trim());
    if title.trim().is_empty() { plan.words.contents.into() } else { title }
}

/// The articles in order, then the colophon. The first article of a section carries the section's entry with those of
/// its articles below it; the others carry none, nor do an article's further documents.
fn contents(plan: &Plan) -> Vec<EpubContent<std::io::Empty>> {
    let issue = plan.issue;
    let entry = |i: usize| TocElement::new(plan.articles[i][0].file.as_str(), article::title(plan, &issue.articles[i]));
    let mut all: Vec<EpubContent<std::io::Empty>> = vec![];
    for i in 0..issue.articles.len() {
        let document = |part: &Part| EpubContent::new(part.file.as_str(), std::io::empty());
        let content = document(&plan.articles[i][0]);
        let section = issue.section_of(i).filter(|s| !xml::allowed(&s.name).trim().is_empty());
        all.push(match section {
            None => content.title(entry(i).title),
            Some(s) if s.articles.start == i => {
                let within = s.articles.clone().filter(|a| *a < issue.articles.len()).map(entry);
                within.fold(content.title(xml::allowed(s.name.trim())), EpubContent::child)
            }
            Some(_) => content,
        });
        all.extend(plan.articles[i][1..].iter().map(document));
    }
    if !issue.colophon.is_empty() {
        all.push(EpubContent::new(COLOPHON, std::io::empty()).title(plan.words.colophon));
    }
    all
}

fn read(archive: Vec<u8>) -> Result<Skeleton, Error> {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive))?;
    let mut text = |path: &str| -> Result<String, Error> {
        let mut out = String::new();
        zip.by_name(path)?.read_to_string(&mut out)?;
        Ok(out)
    };
    let [container, display_options, package, nav, ncx] = PATHS;
    Ok(Skeleton {
        container: text(container)?,
        display_options: text(display_options)?,
        package: text(package)?,
        nav: text(nav)?,
        ncx: text(ncx)?,
    })
}
