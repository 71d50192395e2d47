//! The outer covers. The front: a photo to the edges or framed, or type alone on the theme's ground; masthead, the issue's
//! line, a headline with its cover lines where the photo is calm, the barcode. The back: the ground with the magazine's
//! name. Coordinates are the page's own: the origin is the trim's top left corner.

use super::barcode::Barcode;
use super::{Matter, TextBlock, rule};
use crate::base::{Ink, Lang, Len, Point, Rect};
use crate::doc::{ColophonLine, CoverTemplate, Issue, Part, PhotoFormat, PhotoId, PublicationProfile};
use crate::font::{Library, Weight};
use crate::layout::figure::{SHARP, ppi};
use crate::layout::filling::{Filling, filling, nearly_covers, shown_whole};
use crate::layout::paint::Leaf;
use crate::layout::set::{Setter, plain_run};
use crate::page::{Item, NodeId, Picture, Role as NodeRole, Shape, ShapeKind, Tree, Veil};
use crate::style::{Align, Role, Theme};

pub fn front(issue: &Issue, theme: &Theme, library: &Library) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let mut front = Front { setter, leaf: Leaf::default(), node, photo: photo(issue), type_leaf: Leaf::default() };
    front.tell_uncut();
    front.ground();
    // A designer's finished page has its type.
    if !front.is_finished() {
        let below = front.masthead();
        front.foot(below);
    }
    let Front { setter, mut leaf, type_leaf, .. } = front;
    leaf.items.extend(type_leaf.items);
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}

/// The front's photo, where it is to be seen; a designer's finished page always is.
fn photo(issue: &Issue) -> Option<PhotoId> {
    let finished = |photo: &PhotoId| matches!(issue.photo(*photo).format, PhotoFormat::Pdf { .. });
    issue.number.cover.filter(|photo| finished(photo) || issue.cover.template != Some(CoverTemplate::Type))
}

/// The page with its bleed.
fn sheet(issue: &Issue, theme: &Theme) -> Rect {
    let (bleed, (width, height)) = (issue.page.bleed, theme.grid.trim);
    Rect::new(-bleed, -bleed, width + bleed * 2, height + bleed * 2)
}

/// A cover while it is made. Type is painted after the veils that it needs.
struct Front<'a> {
    setter: Setter<'a>,
    leaf: Leaf,
    type_leaf: Leaf,
    node: NodeId,
    photo: Option<PhotoId>,
}

/// Type that is set below the masthead: what, and how much air above it.
type Stack = Vec<(TextBlock, Len)>;

impl Front<'_> {
    fn theme(&self) -> &Theme {
        self.setter.theme
    }
    /// A length that is given for a page 210 mm wide.
    fn share(&self, mm: i32) -> Len {
        Len::mm(mm * 100).scale(self.theme().grid.trim.0.raw(), Len::mm(21000).raw())
    }
    fn margin(&self) -> Len {
        self.theme().grid.margins.outer
    }
    fn measure(&self) -> Len {
        self.theme().grid.trim.0 - self.margin() * 2
    }
    fn full_bleed(&self) -> bool {
        self.photo.is_some() && (self.is_finished() || !self.is_framed())
    }
    /// The theme's wish; and where a photo has too few pixels to fill the page, it is shown whole and sharp instead.
    fn is_framed(&self) -> bool {
        let too_few = |photo: PhotoId| {
            let pixels = self.setter.issue.photo(photo).size().0;
            !self.is_finished() && pixels > 0 && ppi(pixels, self.filling(photo).full.width) < SHARP
        };
        let whole = |photo| !self.is_finished() && self.is_uncut(photo);
        match self.setter.issue.cover.template {
            Some(CoverTemplate::Photo) => false,
            Some(CoverTemplate::Framed) => true,
            _ => self.theme().cover.framed || self.photo.is_some_and(|photo| too_few(photo) || whole(photo)),
        }
    }
    /// It would be cut to fill the page, and nobody said around which point.
    fn is_uncut(&self, photo: PhotoId) -> bool {
        let (issue, page) = (self.setter.issue, sheet(self.setter.issue, self.setter.theme));
        issue.focus(photo).is_none() && !nearly_covers(issue.photo(photo).size(), page)
    }
    /// A theme that has photos to the edges shows this one whole.
    fn tell_uncut(&mut self) {
        let wanted =
            |t: Option<CoverTemplate>| t == Some(CoverTemplate::Photo) || t.is_none() && !self.theme().cover.framed;
        let asked = wanted(self.setter.issue.cover.template) && !self.is_finished();
        if let Some(photo) = self.photo.filter(|photo| asked && self.is_uncut(*photo)) {
            let front = self.setter.issue.cover.front.as_ref().map(|placed| placed.span);
            let finding = shown_whole(self.setter.issue.photo(photo), front.into()).hint(
                "封面的写在 [cover] 里：focus = \"50% 40%\"",
                "of the cover it stands in [cover]: focus = \"50% 40%\"",
            );
            self.setter.report.push(finding);
        }
    }
    fn is_finished(&self) -> bool {
        let format = |photo: PhotoId| &self.setter.issue.photo(photo).format;
        self.photo.is_some_and(|photo| matches!(format(photo), PhotoFormat::Pdf { .. }))
    }
    /// Type on a photo is paper; on the theme's ground what the theme says; small type what is read best there.
    fn inked(&self, role: Role, display: bool) -> Role {
        let cover = &self.theme().cover;
        let ink = match (self.full_bleed(), display) {
            (true, _) => Ink::PAPER,
            (false, true) => cover.type_on_ground,
            (false, false) => small_on_ground(self.theme()),
        };
        Role { ink, align: cover.align, ..role }
    }
    fn paragraph(&mut self) -> Option<NodeId> {
        Some(self.setter.tree.add(self.node, NodeRole::Paragraph))
    }

    fn ground(&mut self) {
        let page = sheet(self.setter.issue, self.setter.theme);
        if !self.full_bleed() {
            let ink = self.theme().cover.ground;
            if ink != Ink::PAPER {
                self.leaf.items.push(Item::Shape(Shape { kind: ShapeKind::Fill(page), ink, tint: 100, node: None }));
            }
            return;
        }
        if let Some(photo) = self.photo {
            let Filling { frame, full } = self.filling(photo);
            self.picture(photo, frame, full);
        }
    }

    fn filling(&self, photo: PhotoId) -> Filling {
        let issue = self.setter.issue;
        filling(issue.photo(photo), issue.focus(photo), (self.theme().grid.trim, issue.page.bleed))
    }

    fn picture(&mut self, photo: PhotoId, frame: Rect, full: Rect) {
        let node = self.setter.tree.add(self.node, NodeRole::Figure);
        let issue = self.setter.issue;
        let (photo_of, colon) =
            if issue.lang() == Lang::En { (", cover photo", ": ") } else { ("封面照片", "：") };
        let credit = issue.cover.credit.as_ref().map(|credit| format!("{colon}{credit}")).unwrap_or_default();
        self.setter.tree.node_mut(node).alt = Some(format!("{}{photo_of}{credit}", issue.full_title()));
        self.leaf.items.push(Item::Picture(Picture { photo, frame, full, node: Some(node) }));
    }

    /// Light and detail of the photo under a part of the page.
    fn under(&self, part: Rect) -> Option<(u8, u8)> {
        let issue = self.setter.issue;
        let calm = issue.cover_calm.as_ref().filter(|_| self.full_bleed())?;
        let full = self.filling(self.photo?).full;
        let share = |at: Len, from: Len, of: Len| ((at - from).raw() as i64 * 1000 / of.raw().max(1) as i64) as i32;
        let x = |at| share(at, full.x, full.width);
        let y = |at| share(at, full.y, full.height);
        Some(calm.of(Part { x: (x(part.x), x(part.right())), y: (y(part.y), y(part.bottom())) }))
    }

    /// Darkens the photo under type so far as its own light asks for it, fading on each side that is not an edge of
    /// the page.
    fn veil(&mut self, part: Rect, usual: u8) {
        if !self.full_bleed() {
            return;
        }
        let dark = self.under(part).map_or(usual, |(light, detail)| {
            // Paper on what is left of the light has a contrast of at least 4.5 : 1 (WCAG 1.4.3) where no more than 105 is.
            let need = 100_u32.saturating_sub(10_500 / u32::from(light.max(1))) + u32::from(detail) / 3;
            (need.clamp(u32::from(usual) / 3, 80).next_multiple_of(5)) as u8
        });
        let page = sheet(self.setter.issue, self.setter.theme);
        let within = |room: Len| self.share(45).min(room);
        let fades = (within(part.y - page.y), within(page.bottom() - part.bottom()));
        let rect = Rect::new(page.x, part.y - fades.0, page.width, part.height + fades.0 + fades.1);
        let kind = ShapeKind::Veil(Veil { rect, dark, fades });
        self.leaf.items.push(Item::Shape(Shape { kind, ink: Ink::BLACK, tint: 100, node: None }));
    }

    /// The name as large as the page allows, the issue's lines beside or below it; returns where it ends.
    fn masthead(&mut self) -> Len {
        let node = Some(self.setter.tree.add(self.node, NodeRole::Heading(1)));
        let lines = self.issue_lines();
        let (margin, measure) = (self.margin(), self.measure());
        let beside = lines.iter().map(|b| b.width(&self.setter)).max().unwrap_or(Len::ZERO);
        let mut role = self.inked(self.setter.theme.roles.masthead, true);
        let title = self.setter.issue.magazine.title.clone();
        let natural = |s: &mut Setter, role: &Role| s.natural_width(&[plain_run(&title, role)], role.size);
        let lettering = self.setter.issue.cover.masthead.as_ref().and_then(|placed| placed.photo);
        let full = match lettering {
            Some(drawing) => self.lettering_width(drawing, role.size),
            None => natural(&mut self.setter, &role),
        };
        let room = measure - beside - self.share(6);
        let is_beside = role.align == Align::Start && full.min(measure) * 4 / 5 <= room;
        let allowed = if is_beside { room } else { measure };
        if full > allowed {
            role.size = role.size.scale(allowed.raw(), full.raw());
        }
        let top = self.share(13);
        let baseline = top + role.size.scale(88, 100);
        if let Some(drawing) = lettering {
            let width = self.lettering_width(drawing, role.size);
            let x = margin + if role.align == Align::Center { (measure - width) / 2 } else { Len::ZERO };
            self.lettering(drawing, Rect::new(x, top, width, role.size), node);
        } else {
            let name = TextBlock::plain(&mut self.setter, &title, &role, (measure, node));
            name.paint_baseline(&self.setter, &mut self.type_leaf, Point { x: margin, y: baseline });
        }
        let mut end = baseline + role.size.scale(30, 100);
        let ink = role.ink;
        rule(&mut self.type_leaf, Point { x: margin, y: end }, measure, (self.setter.theme.cover.rule, ink));
        let mut y = if is_beside { self.share(17) } else { end + self.share(3) };
        for block in &lines {
            if is_beside {
                block.paint_end(&self.setter, &mut self.type_leaf, Point { x: margin + measure, y });
            } else {
                block.paint(&self.setter, &mut self.type_leaf, Point { x: margin, y });
            }
            y += block.height();
        }
        end = end.max(if is_beside { end } else { y });
        let page = sheet(self.setter.issue, self.setter.theme);
        self.veil(Rect::new(page.x, page.y, page.width, end - page.y), self.setter.theme.cover.veil.0);
        end
    }

    fn lettering_width(&self, drawing: PhotoId, height: Len) -> Len {
        let (w, h) = self.setter.issue.photo(drawing).size();
        height.scale(w.max(1) as i32, h.max(1) as i32)
    }

    /// The title drawn by hand, as high as the type would be; it is read as the title.
    fn lettering(&mut self, photo: PhotoId, frame: Rect, heading: Option<NodeId>) {
        let node = self.setter.tree.add(heading.unwrap_or(self.node), NodeRole::Figure);
        self.setter.tree.node_mut(node).alt = Some(self.setter.issue.magazine.title.clone());
        self.type_leaf.items.push(Item::Picture(Picture { photo, frame, full: frame, node: Some(node) }));
    }

    /// ISSN, year and number, serial number, the name in pinyin or English, the price.
    fn issue_lines(&mut self) -> Vec<TextBlock> {
        let issue = self.setter.issue;
        let (total, number) = if issue.lang().is_traditional() { ("總第", "期") } else { ("总第", "期") };
        let serial = issue.number.serial.as_ref().map(|s| [total, s, number].concat());
        let name = issue.magazine.title_pinyin.clone().or(issue.magazine.title_en.clone());
        // 内部资料 say what they are and bear no price (内部资料性出版物管理办法).
        let internal = issue.magazine.profile == PublicationProfile::CnInternal;
        let price = issue.number.price.clone().filter(|_| !internal);
        let lines = [issn(issue), Some(issue.issue_line()), serial, name, price].into_iter().flatten();
        let lines: Vec<String> = lines.chain(issue.cover_notices()).filter(|l| !l.is_empty()).collect();
        let role = self.inked(self.setter.theme.roles.issue_line, false);
        let lines = if role.align == Align::Center { vec![lines.join("\u{3000}·\u{3000}")] } else { lines };
        let measure = self.measure();
        let set = |line: String| {
            let node = self.paragraph();
            TextBlock::plain(&mut self.setter, &line, &role, (measure, node)).pitched(role.size.scale(33, 20))
        };
        lines.into_iter().filter(|l| !l.is_empty()).map(set).collect()
    }

    /// The headline over the cover lines, where the photo is calm; the barcode in the other corner.
    fn foot(&mut self, below: Len) {
        let code = self.barcode();
        let (width, height) = self.setter.theme.grid.trim;
        let foot = height - self.share(20);
        let room = self.measure() - code.as_ref().map_or(Len::ZERO, |c| c.size().0 + self.share(6));
        let stack = self.stack(room);
        let tall: Len = stack.iter().map(|(b, air)| b.height() + *air).sum();
        let below = if self.is_framed() { self.framed(below, foot - tall) } else { below };
        let wide = stack.iter().map(|(b, _)| b.width(&self.setter)).max().unwrap_or(Len::ZERO);
        let at = self.place((wide, tall), (below + self.share(10), foot));
        if !stack.is_empty() {
            let page = sheet(self.setter.issue, self.setter.theme);
            let bottom = if at.y + tall >= foot { page.bottom() } else { at.y + tall };
            self.veil(Rect::new(page.x, at.y, page.width, bottom - at.y), self.setter.theme.cover.veil.1);
        }
        let mut y = at.y;
        for (block, air) in &stack {
            y += *air;
            block.paint(&self.setter, &mut self.type_leaf, Point { x: at.x, y });
            y += block.height();
        }
        let Some(code) = code else { return };
        let (w, h) = code.size();
        let left = at.x > self.margin() && at.y + tall >= foot - h;
        let x = if left { self.margin() } else { width - self.margin() - w };
        let node = self.paragraph();
        code.paint(&mut self.setter, &mut self.type_leaf, (Point { x, y: foot - h }, node));
    }

    /// A framed photo between the masthead and the type at the foot, whole; returns where it ends.
    fn framed(&mut self, below: Len, foot: Len) -> Len {
        let Some(photo) = self.photo else { return below };
        let (w, h) = self.setter.issue.photo(photo).size();
        let (w, h) = (w.max(1) as i32, h.max(1) as i32);
        let top = below + self.share(12);
        let room = (foot - self.share(10) - top).max(self.share(20));
        let (measure, tallest) = (self.measure(), room.min(self.theme().grid.trim.1 / 2));
        let height = measure.scale(h, w).min(tallest);
        let width = height.scale(w, h);
        let frame = Rect::new(self.margin() + (measure - width) / 2, top, width, height);
        self.picture(photo, frame, frame);
        frame.bottom()
    }

    /// Kicker, headline and cover lines, each as wide as it may be.
    fn stack(&mut self, room: Len) -> Stack {
        let mut stack = vec![];
        let theme = self.setter.theme;
        let headline = self.setter.issue.number.theme.clone().unwrap_or_default();
        let parts: Vec<String> = headline
            .split(['|', '\u{200b}', '\n'])
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(String::from)
            .collect();
        if let Some(name) = self.kicker().filter(|_| !parts.is_empty()) {
            let (role, node) = (self.inked(theme.roles.cover_kicker, false), self.paragraph());
            let measure = self.measure();
            stack.push((TextBlock::plain(&mut self.setter, &name, &role, (measure, node)), Len::ZERO));
        }
        let role = self.inked(theme.roles.cover_headline, true);
        // However it is divided into lines, it is read as one.
        let headline = if parts.is_empty() { None } else { self.paragraph() };
        for part in parts {
            let (measure, node) = (self.measure(), headline);
            stack.push((TextBlock::title(&mut self.setter, &part, &role, (measure, node)), Len::ZERO));
        }
        let lines = [(self.cover_lines(), theme.roles.cover_line, 14), (self.sponsors(), theme.roles.issue_line, 8)];
        for (lines, role, air) in lines {
            let (role, air) = (self.inked(role, false), self.share(air));
            for (i, line) in lines.into_iter().enumerate() {
                let first = i == 0 && !stack.is_empty();
                stack.push((self.labelled(&line, &role, room), if first { air } else { Len::ZERO }));
            }
        }
        stack
    }

    /// `栏目　题目`: the first word bold.
    fn labelled(&mut self, line: &str, role: &Role, room: Len) -> TextBlock {
        let node = self.paragraph();
        let (label, rest) = line.split_once('\u{3000}').unwrap_or(("", line));
        let mut runs = vec![];
        if !label.is_empty() {
            let mut run = plain_run(&format!("{label}\u{3000}"), role);
            run.weight = Weight::Bold;
            runs.push(run);
        }
        runs.push(plain_run(rest, role));
        let measure = if role.align == Align::Center { self.measure() } else { room };
        TextBlock::set(&mut self.setter, &runs, role, (measure, node)).pitched(role.size.scale(36, 20))
    }

    /// 主管 and 主办 as the colophon has them, where the theme wants them or the magazine is a periodical of the mainland
    /// (期刊出版形式规范: the front bears who sponsors it).
    fn sponsors(&self) -> Vec<String> {
        let issue = self.setter.issue;
        let wanted = self.theme().cover.sponsors || issue.magazine.profile == PublicationProfile::CnPeriodical;
        let is_sponsor = |line: &&ColophonLine| line.entry.is_some_and(|e| ["supervisor", "sponsor"].contains(&e.key));
        let lines = issue.colophon.iter().filter(is_sponsor).filter(|_| wanted);
        lines.map(|line| format!("{}\u{3000}{}", line.label, line.values.join("\u{3000}"))).collect()
    }

    /// The section of the article that the headline names.
    fn kicker(&self) -> Option<String> {
        let issue = self.setter.issue;
        let headline = issue.number.plain_theme()?;
        let index = issue.articles.iter().position(|a| a.plain_title() == headline)?;
        issue.section_of(index).map(|s| s.name.clone())
    }

    /// What the manifest says; a cover of type alone that says nothing shows the titles of its sections' first articles.
    fn cover_lines(&self) -> Vec<String> {
        let issue = self.setter.issue;
        if !issue.number.cover_lines.is_empty() || issue.number.theme.is_some() || self.photo.is_some() {
            return issue.number.cover_lines.clone();
        }
        let lead = |s: &crate::doc::Section| {
            let article = issue.articles.get(s.articles.start)?;
            Some(format!("{}\u{3000}{}", s.name, article.running_title()))
        };
        issue.sections.iter().filter_map(lead).take(8).collect()
    }

    /// The top left corner of the stack: at the foot, left, unless the photo is much calmer elsewhere.
    fn place(&self, (wide, tall): (Len, Len), (top, foot): (Len, Len)) -> Point {
        let (left, low) = (self.margin(), (foot - tall).max(top));
        let usual = Point { x: left, y: low };
        if self.is_framed() {
            return Point { x: left, y: top.min(low) };
        }
        if self.theme().cover.align == Align::Center {
            return usual;
        }
        let right = (self.theme().grid.trim.0 - self.margin() - wide).max(left);
        let middle = top + (low - top) / 2;
        let candidates = [(left, low, 0), (right, low, 6), (left, top, 8), (right, top, 10), (left, middle, 12)];
        let score = |(x, y, less): (Len, Len, u32)| {
            let (_, detail) = self.under(Rect::new(x, y, wide, tall))?;
            Some((u32::from(detail) + less, Point { x, y }))
        };
        let mut best: Option<(u32, Point)> = None;
        for found in candidates.into_iter().filter_map(score) {
            if best.is_none_or(|(cost, _)| found.0 < cost) {
                best = Some(found);
            }
        }
        best.map_or(usual, |(_, at)| at)
    }

    fn barcode(&self) -> Option<Barcode> {
        let issue = self.setter.issue;
        let cover = &issue.cover;
        if cover.barcode == Some(false) {
            return None;
        }
        let ean = cover.barcode_number.clone().or_else(|| issue.magazine.ean(0))?;
        let addon = cover.barcode_addon.clone().or_else(|| issue.number.ean_addon());
        // A sample must not look like a periodical with a number of its own.
        let across = (issue.magazine.profile == PublicationProfile::Zine).then(|| "样刊".to_string());
        Some(Barcode { ean, addon, across })
    }
}

/// At the cover's upper right, as GB/T 3179 has it. A sample must not look like a periodical.
fn issn(issue: &Issue) -> Option<String> {
    let issn = issue.magazine.issn.as_ref().filter(|_| issue.magazine.profile != PublicationProfile::Zine)?;
    Some(format!("ISSN {issn}"))
}

/// The ground to the edges, the magazine's name and issue at the foot.
pub fn back(issue: &Issue, theme: &Theme, library: &Library) -> Matter {
    let mut setter = Setter::new(issue, theme, library, issue.lang());
    let node = setter.tree.add(Tree::ROOT, NodeRole::Section);
    let mut leaf = Leaf::default();
    endpaper(&mut leaf, issue, theme, 100);
    let cover = &theme.cover;
    let small = small_on_ground(theme);
    let x = theme.grid.margins.outer;
    let measure = theme.grid.trim.0 - x * 2;
    let name =
        Role { size: Len::pt(2200), ink: cover.type_on_ground, align: cover.align, ..theme.roles.cover_headline };
    let line = Role { ink: small, align: cover.align, ..theme.roles.cover_line };
    let texts = [(issue.magazine.title.clone(), name, 2800), (issue.issue_line(), line, 2000)];
    for (text, role, up) in texts.into_iter().filter(|(t, ..)| !t.is_empty()) {
        let of = Some(setter.tree.add(node, NodeRole::Paragraph));
        let block = TextBlock::plain(&mut setter, &text, &role, (measure, of));
        block.paint_baseline(&setter, &mut leaf, Point { x, y: theme.grid.trim.1 - Len::mm(up) });
    }
    Matter { leaves: vec![leaf], tree: setter.tree, report: setter.report }
}

/// Small type on the ground is black where that is light, paper where it is dark: the middle is that of the contrast with
/// both (WCAG 1.4.3), taken by luma.
fn small_on_ground(theme: &Theme) -> Ink {
    let [r, g, b] = theme.swatches[usize::from(theme.cover.ground.0)].rgb.map(u32::from);
    if 2126 * r + 7152 * g + 722 * b > 118 * 10_000 { Ink::BLACK } else { Ink::PAPER }
}

/// The ground's ink over the whole sheet.
pub fn endpaper(leaf: &mut Leaf, issue: &Issue, theme: &Theme, tint: u8) {
    if theme.cover.ground != Ink::PAPER && tint > 0 {
        let kind = ShapeKind::Fill(sheet(issue, theme));
        leaf.items.push(Item::Shape(Shape { kind, ink: theme.cover.ground, tint, node: None }));
    }
}
