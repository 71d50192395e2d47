//! What epub-builder still gets wrong. A test here that fails is good news: the correction it names can go.

use super::fixture;
use crate::write::epub::metadata::Metadata;
use crate::write::epub::plan::Plan;
use crate::write::epub::skeleton::{self, Skeleton};
use epub_builder::{EpubBuilder, EpubVersion, MetadataOpfV3, PageDirection, ZipLibrary};
use std::io::Read;

fn skeleton() -> Skeleton {
    let dir = tempfile::tempdir().expect("a directory");
    let (issue, book) = (fixture::issue(dir.path()), fixture::book());
    let plan = Plan::new(&issue, &book);
    skeleton::build(&plan, &Metadata::of(&plan), &[]).expect("built")
}

/// The package of an empty book.
fn package(change: impl FnOnce(&mut EpubBuilder<ZipLibrary>)) -> String {
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect("made")).expect("made");
    builder.epub_version(EpubVersion::V33);
    change(&mut builder);
    let mut bytes = vec![];
    builder.generate(&mut bytes).expect("written");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut package = String::new();
    zip.by_name("OEBPS/content.opf").expect("a package").read_to_string(&mut package).expect("UTF-8");
    package
}

/// finish::package::language
#[test]
fn the_package_has_no_language() {
    let package = skeleton().package;
    let start = package.find("<package").expect("a package");
    assert!(!package[start..package[start..].find('>').expect("a tag") + start].contains("xml:lang"));
}

/// finish::package::unique_ids
#[test]
fn language_and_creator_share_an_id() {
    assert_eq!(skeleton().package.matches(" id=\"epub-creator-0\"").count(), 2);
}

/// finish::package::identifier: nothing else can be given. This stops compiling when something else can.
#[test]
fn an_identifier_is_a_uuid() {
    let _: fn(&mut EpubBuilder<ZipLibrary>, uuid::Uuid) = EpubBuilder::set_uuid;
    assert!(skeleton().package.contains(">urn:uuid:"));
}

/// finish::package::title
#[test]
fn the_title_has_no_id() {
    assert!(skeleton().package.contains("<dc:title>"));
}

/// finish::package::modified
#[test]
fn the_date_of_change_is_the_clocks() {
    let package = skeleton().package;
    assert!(!package.contains("<meta property=\"dcterms:modified\">2026-09-15T00:00:00Z"));
}

/// finish::package::more_metadata: what could be given is written as it is, so that `&` breaks the package.
#[test]
fn metadata_is_not_escaped() {
    let package = package(|builder| {
        let meta = MetadataOpfV3::new("schema:accessibilitySummary".into(), "a & b".into());
        builder.add_metadata_opf(Box::new(meta));
    });
    assert!(package.contains("a & b"));
}

/// finish::package::contents_in_spine
#[test]
fn the_contents_page_is_not_in_the_spine() {
    assert!(!skeleton().package.contains("idref=\"nav\""));
}

/// finish::package::progression
#[test]
fn the_direction_given_is_not_rendered() {
    let package = package(|builder| {
        builder.epub_direction(PageDirection::Rtl);
    });
    assert!(package.contains("page-progression-direction=\"ltr\""));
}

/// finish::package::no_guide
#[test]
fn there_is_a_guide() {
    assert!(skeleton().package.contains("<guide>"));
}

/// finish::nav::language
#[test]
fn the_navigation_document_has_no_language() {
    assert!(!skeleton().nav.contains("lang="));
}

/// finish::nav::roles
#[test]
fn the_navigation_document_has_no_roles() {
    assert!(!skeleton().nav.contains("role="));
}

/// finish::nav::landmarks
#[test]
fn landmarks_are_left_empty() {
    let nav = skeleton().nav;
    let landmarks = nav.split("landmarks").nth(1).expect("an element");
    assert!(!landmarks.contains("<ol>"));
}

/// finish::nav::page_list, finish::ncx::page_list
#[test]
fn there_is_no_page_list() {
    let skeleton = skeleton();
    assert!(!skeleton.nav.contains("page-list") && !skeleton.ncx.contains("pageList"));
}

/// finish::ncx::head
#[test]
fn the_ncx_knows_no_identifier_and_one_level() {
    let ncx = skeleton().ncx;
    assert!(!ncx.contains("dtb:uid") && ncx.contains("name=\"dtb:depth\" content=\"1\""));
}

/// finish::ncx::title
#[test]
fn the_ncx_bears_the_contents_pages_name() {
    let ncx = skeleton().ncx;
    let title = ncx.split("docTitle").nth(1).expect("an element");
    assert!(title.contains("目次") && !title.contains("山行"));
}

/// finish::ncx::play_order
#[test]
fn entries_of_one_place_have_two_numbers() {
    let ncx = skeleton().ncx;
    let first = ncx.split("<navPoint").nth(1).expect("an entry");
    let second = ncx.split("<navPoint").nth(2).expect("an entry");
    assert!(first.contains("playOrder=\"1\"") && second.contains("playOrder=\"2\""));
    assert!(first.contains("src=\"a01-dawn.xhtml\"") && second.contains("src=\"a01-dawn.xhtml\""));
}

/// zip: the archive of epub-builder carries the time of the run; ours doesn't use it.
#[test]
fn epub_builders_archive_deflates_everything_but_the_mimetype() {
    let mut builder = EpubBuilder::new(ZipLibrary::new().expect("made")).expect("made");
    builder.add_resource("a.jpg", [0_u8; 9].as_slice(), "image/jpeg").expect("added");
    let mut bytes = vec![];
    builder.generate(&mut bytes).expect("written");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    assert_eq!(zip.by_name("OEBPS/a.jpg").expect("there").compression(), zip::CompressionMethod::Deflated);
}
