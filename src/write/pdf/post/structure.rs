//! The structure tree (ISO 32000-1 §14.7): the book's tree, tied to what pages show by marked content and annotations.
//!
//! In: the tree, the node of every marked-content sequence, the annotations. Out: StructTreeRoot with ParentTree and
//! IDTree. Nodes that nothing on a page belongs to are left out, except the cells of a table that is shown: a row keeps
//! its columns.

use super::links::Annotation;
use super::{box_array, catalog, dict};
use crate::page::{Book, CellSpan, Item, NodeId, Role, Tree};
use crate::write::pdf::content::Content;
use crate::write::pdf::roles;
use crate::write::pdf::sheet::{Mil, Sheet};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::BTreeMap;

/// Page and MCID: where an element first appears. Annotations come after their page's content.
type Place = (usize, usize);

/// What an element holds, in the order of [`Place`].
enum Kid {
    Content {
        page: usize,
        mcid: usize,
    },
    Annotation {
        page: usize,
        id: ObjectId,
    },
    Node(NodeId),
    /// An element that the book's tree lacks.
    Element(ObjectId),
}

/// The tree as it will stand in the file.
struct Elements<'a> {
    tree: &'a Tree,
    pages: &'a [ObjectId],
    /// Each node's object, where it is kept.
    ids: Vec<Option<ObjectId>>,
    kids: Vec<Vec<(Option<Place>, Kid)>>,
}

/// Writes the whole structure.
pub fn set(
    document: &mut Document,
    (book, sheet): (&Book, &Sheet),
    pages: &[ObjectId],
    contents: &[Content],
    links: &[Annotation],
) {
    let root = document.new_object_id();
    let own = own_kids(contents);
    let mut elements = Elements::new(document, &book.tree, pages, own, links);
    let mut parents: BTreeMap<usize, Object> = BTreeMap::new();
    for (number, content) in contents.iter().enumerate().filter(|(_, c)| !c.marked.is_empty()) {
        let owners: Vec<Object> = content.marked.iter().map(|n| elements.id(*n).into()).collect();
        parents.insert(number, document.add_object(owners).into());
        dict(document, pages[number]).set("StructParents", number as i64);
    }
    for (key, link) in (pages.len()..).zip(links) {
        let owner = elements.link_element(document, link);
        parents.insert(key, owner.into());
        dict(document, link.id).set("StructParent", key as i64);
    }
    let notes = elements.write(document, root, &figure_boxes(book, sheet));
    let numbers: Vec<Object> = parents.into_iter().flat_map(|(k, v)| [Object::Integer(k as i64), v]).collect();
    let mut tree_root = dictionary! {
        "Type" => "StructTreeRoot", "K" => elements.id(Tree::ROOT), "ParentTree" => dictionary! { "Nums" => numbers },
        "ParentTreeNextKey" => (pages.len() + links.len()) as i64,
    };
    if !notes.is_empty() {
        tree_root.set("IDTree", dictionary! { "Names" => notes });
    }
    document.set_object(root, tree_root);
    let catalog = catalog(document);
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
}

/// The content each node has of its own, in page order.
fn own_kids(contents: &[Content]) -> Vec<(NodeId, Place)> {
    let numbered = contents.iter().enumerate();
    numbered.flat_map(|(page, c)| c.marked.iter().enumerate().map(move |(mcid, n)| (*n, (page, mcid)))).collect()
}

/// The union of a figure's pictures on the page where it first appears, for its BBox (§14.8.5.4.3).
fn figure_boxes(book: &Book, sheet: &Sheet) -> BTreeMap<NodeId, [Mil; 4]> {
    let mut boxes: BTreeMap<NodeId, (usize, [Mil; 4])> = BTreeMap::new();
    for (number, page) in book.pages.iter().enumerate() {
        for item in &page.items {
            let Item::Picture(picture) = item else { continue };
            let Some(node) = picture.node else { continue };
            let corners = sheet.corners(picture.frame);
            let (first, seen) = boxes.entry(node).or_insert((number, corners));
            if *first == number {
                *seen = [
                    seen[0].min(corners[0]),
                    seen[1].min(corners[1]),
                    seen[2].max(corners[2]),
                    seen[3].max(corners[3]),
                ];
            }
        }
    }
    boxes.into_iter().map(|(node, (_, corners))| (node, corners)).collect()
}

impl<'a> Elements<'a> {
    fn new(
        document: &mut Document,
        tree: &'a Tree,
        pages: &'a [ObjectId],
        own: Vec<(NodeId, Place)>,
        links: &[Annotation],
    ) -> Elements<'a> {
        let mut kids: Vec<Vec<(Option<Place>, Kid)>> = tree.nodes.iter().map(|_| vec![]).collect();
        for (node, (page, mcid)) in own {
            kids[node.0 as usize].push((Some((page, mcid)), Kid::Content { page, mcid }));
        }
        let first = first_places(tree, &kids, links);
        let kept = kept(tree, &first);
        for (i, node) in tree.nodes.iter().enumerate() {
            let shown = node.children.iter().filter(|c| kept[c.0 as usize]);
            let has_own = !kids[i].is_empty();
            kids[i].extend(shown.map(|c| (first[c.0 as usize], Kid::Node(*c))));
            if has_own {
                // An empty cell has no place; it never stands beside content of its parent's own.
                kids[i].sort_by_key(|(place, _)| *place);
            }
        }
        let ids = kept.into_iter().map(|k| k.then(|| document.new_object_id())).collect();
        Elements { tree, pages, ids, kids }
    }

    /// The object of a node that is kept; the document's always is.
    fn id(&self, node: NodeId) -> ObjectId {
        self.ids[node.0 as usize].expect("a node with content is kept")
    }

    /// Ties an annotation to the Link element it belongs to (ISO 14289-1 §7.18.5); a node of another role gets one.
    fn link_element(&mut self, document: &mut Document, link: &Annotation) -> ObjectId {
        let owner = link.node.unwrap_or(Tree::ROOT);
        let kids = &mut self.kids[owner.0 as usize];
        let kid = Kid::Annotation { page: link.page, id: link.id };
        let place = Some((link.page, usize::MAX));
        if self.tree.node(owner).role == Role::Link {
            let at = kids.partition_point(|(p, _)| *p <= place);
            kids.insert(at, (place, kid));
            return self.id(owner);
        }
        let parent = self.id(owner);
        let page = self.pages[link.page];
        let element = document.add_object(dictionary! {
            "Type" => "StructElem", "S" => "Link", "P" => parent, "Pg" => page, "K" => vec![object_reference(page, link.id)],
        });
        self.kids[owner.0 as usize].push((place, Kid::Element(element)));
        element
    }

    /// Writes every element; the pairs of the IDTree.
    fn write(&self, document: &mut Document, root: ObjectId, boxes: &BTreeMap<NodeId, [Mil; 4]>) -> Vec<Object> {
        let mut notes = vec![];
        let levels = heading_levels(self.tree);
        for (i, node) in self.tree.nodes.iter().enumerate() {
            let Some(id) = self.ids[i] else { continue };
            let role = levels.get(&i).map_or(node.role, |level| Role::Heading(*level));
            let parent = node.parent.map_or(root, |p| self.id(p));
            let mut element = dictionary! { "Type" => "StructElem", "S" => roles::name(role), "P" => parent };
            self.set_kids(&mut element, i);
            if let Some(lang) = node.lang {
                element.set("Lang", Object::string_literal(lang.tag()));
            }
            if let Some(alt) = &node.alt {
                element.set("Alt", lopdf::text_string(alt));
            }
            if let Some(attributes) = attributes(role, boxes.get(&NodeId(i as u32))) {
                element.set("A", attributes);
            }
            if role == Role::Note {
                // Padded, because an IDTree is sorted by its strings.
                let name = Object::string_literal(format!("note{i:08}"));
                element.set("ID", name.clone());
                notes.extend([name, id.into()]);
            }
            document.set_object(id, element);
        }
        notes
    }

    /// K, and Pg for the page that its numbers count on.
    fn set_kids(&self, element: &mut Dictionary, node: usize) {
        let home = self.kids[node].iter().find_map(|(_, kid)| match kid {
            Kid::Content { page, .. } => Some(*page),
            _ => None,
        });
        let kids = self.kids[node].iter().map(|(_, kid)| match kid {
            Kid::Content { page, mcid } if Some(*page) == home => Object::Integer(*mcid as i64),
            Kid::Content { page, mcid } => {
                dictionary! { "Type" => "MCR", "Pg" => self.pages[*page], "MCID" => *mcid as i64 }.into()
            }
            Kid::Annotation { page, id } => object_reference(self.pages[*page], *id),
            Kid::Node(node) => self.id(*node).into(),
            Kid::Element(id) => (*id).into(),
        });
        element.set("K", kids.collect::<Vec<Object>>());
        if let Some(page) = home {
            element.set("Pg", self.pages[page]);
        }
    }
}

fn object_reference(page: ObjectId, object: ObjectId) -> Object {
    dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => object }.into()
}

/// Where each node or anything within it first appears. A child's number is greater than its parent's.
fn first_places(tree: &Tree, kids: &[Vec<(Option<Place>, Kid)>], links: &[Annotation]) -> Vec<Option<Place>> {
    let mut first: Vec<Option<Place>> = kids.iter().map(|k| k.first().and_then(|(place, _)| *place)).collect();
    let earlier = |a: Option<Place>, b: Option<Place>| a.into_iter().chain(b).min();
    for link in links {
        let slot = &mut first[link.node.unwrap_or(Tree::ROOT).0 as usize];
        *slot = earlier(*slot, Some((link.page, usize::MAX)));
    }
    for i in (1..tree.nodes.len()).rev() {
        if let Some(parent) = tree.nodes[i].parent {
            first[parent.0 as usize] = earlier(first[parent.0 as usize], first[i]);
        }
    }
    first
}

fn kept(tree: &Tree, first: &[Option<Place>]) -> Vec<bool> {
    let mut kept: Vec<bool> = first.iter().map(Option::is_some).collect();
    kept[0] = true;
    for (i, node) in tree.nodes.iter().enumerate() {
        let of_table = matches!(node.role, Role::TableHead { .. } | Role::TableCell(_));
        kept[i] |= of_table && node.parent.is_some_and(|row| kept[row.0 as usize]);
    }
    kept
}

/// Headings that would skip a level stand one below the heading before them (ISO 14289-1 §7.4.2).
fn heading_levels(tree: &Tree) -> BTreeMap<usize, u8> {
    let mut levels = BTreeMap::new();
    let mut before = 0;
    let mut open = vec![Tree::ROOT];
    while let Some(id) = open.pop() {
        let node = tree.node(id);
        if let Role::Heading(level) = node.role {
            before = level.clamp(1, before + 1);
            levels.insert(id.0 as usize, before);
        }
        open.extend(node.children.iter().rev());
    }
    levels
}

/// The attributes a role needs (§14.8.5).
fn attributes(role: Role, bounds: Option<&[Mil; 4]>) -> Option<Dictionary> {
    match role {
        Role::List { ordered } => {
            Some(dictionary! { "O" => "List", "ListNumbering" => if ordered { "Decimal" } else { "Disc" } })
        }
        // ISO 32000-1 table 347: labels of any text.
        Role::Particulars => Some(dictionary! { "O" => "List", "ListNumbering" => "None" }),
        Role::TableHead { of_row, span } => {
            let mut attributes = cell_span(span);
            attributes.set("Scope", if of_row { "Row" } else { "Column" });
            Some(attributes)
        }
        Role::TableCell(span) if span != CellSpan::default() => Some(cell_span(span)),
        Role::Figure => {
            bounds.map(|b| dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => box_array(*b) })
        }
        _ => None,
    }
}

/// ColSpan and RowSpan where they aren't 1 (Table 349).
fn cell_span(span: CellSpan) -> Dictionary {
    let mut attributes = dictionary! { "O" => "Table" };
    for (key, n) in [("ColSpan", span.columns), ("RowSpan", span.rows)] {
        if n > 1 {
            attributes.set(key, i64::from(n));
        }
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 14289-1 §7.4.2.
    #[test]
    fn headings_never_skip_a_level() {
        let mut tree = Tree::default();
        let ids: Vec<NodeId> = [1, 3, 3, 2, 6, 1].map(|l| tree.add(Tree::ROOT, Role::Heading(l))).to_vec();
        let levels = heading_levels(&tree);
        assert_eq!(ids.iter().map(|id| levels[&(id.0 as usize)]).collect::<Vec<_>>(), [1, 2, 3, 2, 3, 1]);
    }

    #[test]
    fn an_empty_cell_stays_and_an_empty_paragraph_goes() {
        let mut tree = Tree::default();
        let table = tree.add(Tree::ROOT, Role::Table);
        let row = tree.add(table, Role::TableRow);
        let full = tree.add(row, Role::TableCell(CellSpan::default()));
        let empty = tree.add(row, Role::TableCell(CellSpan::default()));
        let paragraph = tree.add(Tree::ROOT, Role::Paragraph);
        let mut first = vec![None; tree.nodes.len()];
        for node in [Tree::ROOT, table, row, full] {
            first[node.0 as usize] = Some((0, 0));
        }
        let kept = kept(&tree, &first);
        assert!(kept[empty.0 as usize] && !kept[paragraph.0 as usize]);
    }
}
