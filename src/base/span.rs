//! Where something stands: in a source file ([`Span`], for messages) and in the document ([`Pos`], for page numbers).

/// An index into `source::Sources`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range of a source file, for messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// A block's number in its article: its place in document order, nested blocks counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// A place in the document model. Byte spans don't survive joined line breaks, ruby or generated text; this does.
///
/// `char` counts the characters (Unicode scalar values) of the block's own text before the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pos {
    pub article: u32,
    pub block: BlockId,
    pub char: u32,
}
