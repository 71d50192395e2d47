//! The page and the type as the manifest sets them; what it leaves open is the theme's or the convention's.

use crate::base::Len;

#[derive(Clone, Debug)]
pub struct PageSetup {
    pub trim: (Len, Len),
    pub bleed: Len,
    /// Crop and registration marks outside the bleed.
    pub marks: bool,
    pub binding: Binding,
    pub margins: Option<Margins>,
    /// 1–3; None: the theme's.
    pub columns: Option<u8>,
    /// Line pitch of the baseline grid; None: the theme's.
    pub baseline: Option<Len>,
    /// Between columns, at least; None: the theme's.
    pub column_gap: Option<Len>,
    pub writing: Writing,
    pub first_folio: u32,
}

/// Which way text runs; the side of the binding follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Writing {
    #[default]
    Horizontal,
    /// 直排: columns from right to left.
    Vertical,
}

/// Inner is the side of the spine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    pub top: Len,
    pub bottom: Len,
    pub inner: Len,
    pub outer: Len,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Binding {
    #[default]
    Saddle,
    Perfect,
    /// Loose pages: no cover, no pads.
    None,
}

impl Binding {
    /// The number of pages is a multiple of this (a sheet folded once has four pages, a leaf two).
    pub const fn multiple(self) -> usize {
        match self {
            Binding::Saddle => 4,
            Binding::Perfect => 2,
            Binding::None => 1,
        }
    }
}

impl Default for PageSetup {
    fn default() -> Self {
        PageSetup {
            trim: (Len::mm(21000), Len::mm(28500)),
            bleed: Len::mm(300),
            marks: true,
            binding: Binding::Saddle,
            margins: None,
            columns: None,
            baseline: None,
            column_gap: None,
            writing: Writing::Horizontal,
            first_folio: 1,
        }
    }
}

#[derive(Clone, Debug)]
pub struct TypeSetup {
    /// Family names; None: the theme's.
    pub body: Option<String>,
    pub heading: Option<String>,
    pub kai: Option<String>,
    /// 仿宋 falls back to Kai.
    pub fangsong: Option<String>,
    /// For Latin letters and European digits; None: the Chinese face's own.
    pub latin: Option<String>,
    pub size: Option<Len>,
    /// First-line indent in em.
    pub indent: u8,
    /// None: by convention (gb for the mainland and Hong Kong, basic for Taiwan).
    pub kinsoku: Option<Kinsoku>,
    /// None: by convention (hangmo; fixed for Taiwan).
    pub punctuation: Option<PunctuationStyle>,
    /// Stops may hang outside the measure at a line's end.
    pub hanging: bool,
    /// ¼ em between Han and Latin.
    pub autospace: bool,
    /// The same between Han and a digit.
    pub digits_han_space: bool,
    /// 纵横对齐: Western text with its blanks takes whole em.
    pub grid_align: bool,
    pub emphasis: Emphasis,
    pub notes: NotesPlace,
    pub vertical_digits: VerticalDigits,
}

impl Default for TypeSetup {
    fn default() -> Self {
        TypeSetup {
            body: None,
            heading: None,
            kai: None,
            fangsong: None,
            latin: None,
            size: None,
            indent: 2,
            kinsoku: None,
            punctuation: None,
            hanging: false,
            autospace: true,
            digits_han_space: true,
            grid_align: false,
            emphasis: Emphasis::Kai,
            notes: NotesPlace::Article,
            vertical_digits: VerticalDigits::default(),
        }
    }
}

/// Levels of prohibition at line start and line end (clreq §Prohibition Rules for Line Start and Line End).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinsoku {
    None,
    Basic,
    Gb,
    Strict,
}

/// How wide marks are set (clreq §Punctuation Width Adjustment; the names are Chinese trade terms).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PunctuationStyle {
    /// One em each, everywhere: Taiwan's default.
    Fixed,
    /// As `Fixed`, but brackets side by side squeezed.
    FixedBrackets,
    /// 全身式: one em, adjacent pairs squeezed, one em at the line's end.
    Quanjiao,
    /// 行末半角: as above, and half an em at the line's end (GB/T 15834 5.1.10). The mainland's default.
    Hangmo,
    /// 开明式: one em for 。？！：, half for the rest.
    Kaiming,
    /// 全部半角.
    Banjiao,
    /// As `Hangmo`, adjacent pairs one em together.
    Tight,
}

/// Where the PDFs set notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesPlace {
    /// ① ② … at the foot of the column that has the mark, numbered page by page.
    Page,
    /// `[1]` `[2]` … after the article (GB/T 7714).
    #[default]
    Article,
}

/// What `*x*` becomes beside Han: never a slanted Han.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    #[default]
    Kai,
    Dots,
}

/// How two or three digits stand in vertical text. The text is not rewritten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalDigits {
    /// 縱中橫: side by side in one em.
    #[default]
    Tcy,
    /// 〇一二.
    Han,
}

impl PageSetup {
    /// The sheet as the line 期刊基本参数 writes it: `A4`, else the size in millimetres.
    pub fn sheet_name(&self) -> String {
        let mm = |l: Len| (l.to_mm_hundredths() + 50) / 100;
        let (w, h) = (mm(self.trim.0), mm(self.trim.1));
        let known = [("A4", 210, 297), ("A5", 148, 210), ("B5", 176, 250), ("大16", 210, 285), ("16", 185, 260)];
        let name = known.iter().find(|(_, x, y)| (*x, *y) == (w, h)).map(|(name, ..)| name.to_string());
        name.unwrap_or_else(|| format!("{w}×{h}"))
    }
}
