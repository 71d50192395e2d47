//! The head of an article: section, kicker, title, names, standfirst, in the order and the template that the theme gives.
//!
//! In: the article and the theme. Out: [`Opener`]: marks in whole grid lines, and the photo that the article opens with.

use super::article::name_run;
use super::compose::baseline_in;
use super::figure;
use super::flow::{FullPage, Mark};
use super::set::{Setter, Setting, TextId, plain_run};
use crate::base::{BlockId, Ink, Len, Logical};
use crate::doc::{Article, BlockKind, Figure, FigurePlace};
use crate::font::Weight;
use crate::page::{NodeId, Role as NodeRole};
use crate::style::{Align, OpenerTemplate, Role};
use crate::text::{LineShape, TextRun};

#[derive(Default)]
pub struct Opener {
    pub marks: Vec<Mark>,
    pub rows: u16,
    pub hero: Option<Hero>,
    /// Where the last line of the head proper stands, and how far it goes.
    last: (Len, Len),
}

/// The photo that an article opens with: it leaves the text.
pub struct Hero {
    pub block: BlockId,
    pub photo: FullPage,
    /// How far it comes down from the page's upper edge, to the edges at both sides; None: a page of its own.
    pub height: Option<Len>,
    /// It goes over two facing pages.
    pub two: bool,
    /// It leaves so much of its page free that the article's head stands above it.
    pub headed: bool,
    /// Grid lines that it and its caption cover.
    pub rows: u16,
    pub caption: Vec<Mark>,
}

impl Opener {
    pub fn set(
        setter: &mut Setter,
        article: &Article,
        section: Option<&str>,
        (node, template): (NodeId, OpenerTemplate),
    ) -> Opener {
        let mut opener = Opener { hero: hero(setter, article, (node, template)), ..Opener::default() };
        let roles = setter.theme.roles.clone();
        let style = setter.theme.opener.clone();
        opener.rows = u16::from(style.above);
        opener.labels(setter, article, section, node);
        let grid = &setter.theme.grid;
        let title = setter.fitted(&article.title, roles.title, (grid.width, grid.rows / 2));
        opener.line(setter, &article.title, &title, (node, NodeRole::Heading(1)));
        if let Some(subtitle) = &article.subtitle {
            opener.line(setter, subtitle, &roles.subtitle, (node, NodeRole::Paragraph));
        }
        if setter.theme.grid.is_vertical() && !style.byline_first {
            opener.byline_at_foot(setter, article, node);
            opener.standfirsts(setter, article, node);
        } else if style.byline_first {
            opener.byline(setter, article, node);
            opener.abstract_(setter, article, node);
        } else {
            opener.standfirsts(setter, article, node);
            opener.byline(setter, article, node);
        }
        opener.headed(setter, u16::from(style.above));
        opener.rows += u16::from(style.below);
        opener
    }

    /// Where a photo that is shown whole leaves room for the head and the caption, both stand above it, and the photo comes
    /// down to the page's foot.
    fn headed(&mut self, setter: &Setter, above: u16) {
        let grid = &setter.theme.grid;
        let caption_role = setter.theme.roles.caption;
        let Some(hero) = self.hero.as_mut().filter(|h| h.height.is_none() && !h.two && !grid.is_vertical()) else {
            return;
        };
        let Some(foot) = hero.photo.foot else { return };
        let caption = caption_role.pitch.of(grid.pitch) * hero.caption.len() as i32 + setter.theme.figures.caption_gap;
        let top = grid.trim.1 - foot - grid.margins.top - caption;
        // A page without a running head lends the head half of its margin.
        let raise = (top - grid.row_y(self.rows - above)).min(Len::ZERO);
        if -raise > grid.margins.top / 2 {
            return;
        }
        hero.headed = true;
        hero.caption = std::mem::take(&mut hero.caption).into_iter().map(|mark| mark.lowered(top)).collect();
        let raise = raise - grid.row_y(above);
        self.marks = std::mem::take(&mut self.marks).into_iter().map(|mark| mark.lowered(raise)).collect();
    }

    /// The article begins with a photo over its head.
    pub fn is_below_photo(&self) -> bool {
        self.hero.as_ref().is_some_and(|hero| hero.height.is_some())
    }

    /// The section's name and the kicker, on one line unless the kicker is centred; what both say is said once.
    fn labels(&mut self, setter: &mut Setter, article: &Article, section: Option<&str>, parent: NodeId) {
        let (of, kick) = (setter.theme.roles.section, setter.theme.roles.kicker);
        let kicker = article.kicker_below(section);
        match (section, kicker) {
            (Some(section), Some(kicker)) if kick.align == Align::Start && kick.pitch == of.pitch => {
                let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
                let small = Role { weight: Weight::Regular, ..kick };
                let runs = [plain_run(&format!("{section}\u{3000}"), &of), plain_run(kicker, &small)];
                let shape = LineShape::ragged(setter.theme.grid.width);
                let id = setter.set(&runs, Setting { role: &of, shape, node, block: None });
                self.put(setter, id, &of, (Len::ZERO, setter.theme.grid.width));
            }
            _ => {
                let lines = section.map(|s| (s, of)).into_iter().chain(kicker.map(|k| (k, kick)));
                for (label, role) in lines {
                    self.line(setter, label, &role, (parent, NodeRole::Paragraph));
                }
            }
        }
    }

    /// A line or more of like length, in whole grid lines below what is there.
    fn line(&mut self, setter: &mut Setter, text: &str, role: &Role, (parent, kind): (NodeId, NodeRole)) {
        let node = Some(setter.tree.add(parent, kind));
        let shape = LineShape::balanced(setter.theme.grid.width);
        let id = setter.plain(text, Setting { role, shape, node, block: None });
        self.put(setter, id, role, (Len::ZERO, setter.theme.grid.width));
    }

    /// Puts a set text below what is there; a centred role's lines stand in the middle of `width`.
    fn put(&mut self, setter: &Setter, id: TextId, role: &Role, (inset, width): (Len, Len)) {
        let grid = &setter.theme.grid;
        let pitch = role.pitch.of(grid.pitch);
        let top = grid.row_y(self.rows);
        let lines = &setter.text(id).lines;
        self.marks.extend(lines.iter().enumerate().map(|(line, set)| {
            let slack = if role.align == Align::Center { (width - set.target) / 2 } else { Len::ZERO };
            let block = top + pitch * line as i32 + baseline_in(pitch, role.size);
            Mark::Line { text: id, line, at: Logical { inline: inset + slack, block } }
        }));
        let middle = |line: usize| top + pitch * line as i32 + pitch / 2;
        self.last = lines.last().map_or(self.last, |set| (middle(lines.len() - 1), set.target));
        self.rows += role.pitch.rows(lines.len());
    }

    fn standfirsts(&mut self, setter: &mut Setter, article: &Article, node: NodeId) {
        let roles = setter.theme.roles.clone();
        let both = [(&article.summary, roles.standfirst), (&article.editors_note, roles.editors_note)];
        let texts: Vec<_> = both.into_iter().filter_map(|(t, role)| t.as_ref().map(|t| (t, role))).collect();
        self.rows += u16::from(!texts.is_empty() && article.subtitle.is_some());
        for (text, role) in texts {
            let runs = [plain_run(text, &role)];
            self.paragraph(setter, &runs, &role, node);
        }
    }

    /// Text over the theme's share of the width, in whole em.
    fn paragraph(&mut self, setter: &mut Setter, runs: &[TextRun], role: &Role, parent: NodeId) {
        let theme = setter.theme;
        let share = theme.grid.width * i32::from(theme.opener.standfirst_width) / 100;
        let measure = role.size * share.count(role.size);
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        let shape = LineShape::justified(measure, Len::ZERO);
        let id = setter.set(runs, Setting { role, shape, node, block: None });
        let centred = theme.roles.title.align == Align::Center;
        let inset = if centred { (theme.grid.width - measure) / 2 } else { Len::ZERO };
        self.put(setter, id, &Role { align: Align::Start, ..*role }, (inset, measure));
    }

    /// A journal's 摘要, 关键词 and the line of its numbers between hairlines, then the editor's note.
    fn abstract_(&mut self, setter: &mut Setter, article: &Article, node: NodeId) {
        let theme = setter.theme;
        let roles = &theme.roles;
        let labelled = |label: &str, text: String, role: &Role| {
            let mut head = plain_run(label, role);
            (head.family, head.weight) = (crate::font::Family::Hei, Weight::Bold);
            [head, plain_run(&text, role)]
        };
        let [abstract_, words, between] = article.abstract_words();
        let summary = article.summary.clone().map(|s| (labelled(abstract_, s, &roles.standfirst), roles.standfirst));
        let keywords = Some(article.keywords.join(between)).filter(|k| !k.is_empty());
        let words = keywords.map(|w| (labelled(words, w, &roles.keywords), roles.keywords));
        let numbers = article.paper_numbers().into_iter().enumerate().flat_map(|(i, number)| {
            // What may be long begins a line.
            let gap = if number.link.is_some() { "\n" } else { "\u{3000}\u{3000}" };
            let gap = plain_run(if i > 0 { gap } else { "" }, &roles.keywords);
            let [word, mut text] = labelled(number.word, number.text, &roles.keywords);
            text.style.link = number.link;
            [gap, word, text]
        });
        let numbers = Some(numbers.collect::<Vec<_>>()).filter(|runs| !runs.is_empty());
        let numbers = numbers.map(|runs| (runs, roles.keywords));
        let texts = summary.into_iter().chain(words).map(|(runs, role)| (runs.to_vec(), role));
        let parts: Vec<_> = texts.chain(numbers).collect();
        if !parts.is_empty() {
            self.rule(setter, theme.opener.abstract_rules);
            for (runs, role) in &parts {
                self.paragraph(setter, runs, role, node);
            }
            self.rule(setter, theme.opener.abstract_rules);
        }
        if let Some(note) = &article.editors_note {
            self.paragraph(setter, &[plain_run(note, &roles.editors_note)], &roles.editors_note, node);
        }
    }

    /// A hairline in the middle of a line of its own.
    fn rule(&mut self, setter: &Setter, thickness: Len) {
        let theme = setter.theme;
        let share = theme.grid.width * i32::from(theme.opener.standfirst_width) / 100;
        let centred = theme.roles.title.align == Align::Center;
        let (inline, length) =
            if centred { ((theme.grid.width - share) / 2, share) } else { (Len::ZERO, theme.grid.width) };
        if thickness > Len::ZERO {
            let at = Logical { inline, block: theme.grid.row_y(self.rows) + theme.grid.pitch / 2 };
            self.marks.push(Mark::Rule { at, length, thickness, ink: Ink::BLACK });
        }
        self.rows += 1;
    }

    /// On a vertical page the names stand at the foot of the head's last line, two em above the page's; in a line of their
    /// own where there is no subtitle or no room.
    fn byline_at_foot(&mut self, setter: &mut Setter, article: &Article, parent: NodeId) {
        if article.authors.is_empty() {
            return;
        }
        let (role, width) = (setter.theme.roles.byline, setter.theme.grid.width);
        let runs = byline_runs(setter, article);
        let node = Some(setter.tree.add(parent, NodeRole::Paragraph));
        let shape = LineShape::ragged(width);
        let id = setter.set(&runs, Setting { role: &role, shape, node, block: None });
        let length = setter.text(id).width();
        let (middle, used) = self.last;
        let beside = article.subtitle.is_some() && used + length + role.size * 4 <= width;
        let pitch = role.pitch.of(setter.theme.grid.pitch);
        let block = if beside { middle - pitch / 2 } else { setter.theme.grid.row_y(self.rows) };
        let inline = (width - length - role.size * 2).max(Len::ZERO);
        for line in 0..setter.text(id).lines.len() {
            let block = block + pitch * line as i32 + baseline_in(pitch, role.size);
            self.marks.push(Mark::Line { text: id, line, at: Logical { inline, block } });
        }
        self.rows += if beside { 0 } else { role.pitch.rows(setter.text(id).lines.len()) };
    }

    /// The names, two-character ones on three em; below a hairline where the theme has one.
    fn byline(&mut self, setter: &mut Setter, article: &Article, parent: NodeId) {
        let theme = setter.theme;
        let (role, style) = (theme.roles.byline, &theme.opener);
        if style.rule > Len::ZERO && !style.byline_first {
            let at = Logical { inline: Len::ZERO, block: theme.grid.row_y(self.rows) + theme.grid.pitch * 3 / 4 };
            self.marks.push(Mark::Rule { at, length: theme.grid.width, thickness: style.rule, ink: Ink::BLACK });
            self.rows += 1;
        }
        if article.authors.is_empty() {
            return;
        }
        // Air above the names where no rule makes it.
        self.rows += u16::from(style.rule == Len::ZERO && !style.byline_first);
        let runs = byline_runs(setter, article);
        let width = theme.grid.width;
        let mut set = |s: &mut Setter, runs: &[TextRun], role: &Role| {
            let node = Some(s.tree.add(parent, NodeRole::Paragraph));
            let id = s.set(runs, Setting { role, shape: LineShape::ragged(width), node, block: None });
            self.put(s, id, role, (Len::ZERO, width));
        };
        set(setter, &runs, &role);
        let places = affiliations(article);
        if style.byline_first && !places.is_empty() {
            let small = Role { align: role.align, ..theme.roles.keywords };
            let named = |(i, place): (usize, &&str)| match places.len() {
                1 => place.to_string(),
                _ => format!("{}. {place}", i + 1),
            };
            let all: Vec<String> = places.iter().enumerate().map(named).collect();
            set(setter, &[plain_run(&format!("（{}）", all.join("；")), &small)], &small);
        }
    }
}

/// Each place once, in the order of the names; where there are several each name bears its number.
fn affiliations(article: &Article) -> Vec<&str> {
    let mut places: Vec<&str> = vec![];
    for place in article.authors.iter().filter_map(|a| a.affiliation.as_deref()) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The names with what they did.
fn byline_runs(setter: &Setter, article: &Article) -> Vec<TextRun> {
    let theme = setter.theme;
    let (role, style, places) = (theme.roles.byline, &theme.opener, affiliations(article));
    let mut runs = vec![];
    for (i, author) in article.authors.iter().enumerate() {
        let gap = if i > 0 { "\u{3000}" } else { "" };
        let plain = style.byline_first;
        let before = i.checked_sub(1).map(|b| &article.authors[b]);
        let first = i == 0 && !plain && author.role.is_none() && article.lang.is_chinese();
        let lead = author.lead(before).or(first.then(|| "文／".to_string())).unwrap_or_default();
        let lead = lead.replace('／', &theme.credits.colon);
        runs.push(plain_run(&format!("{gap}{lead}"), &role));
        runs.push(name_run(&author.name, &role));
        let Some(affiliation) = &author.affiliation else { continue };
        let number = places.iter().position(|place| place == affiliation).filter(|_| places.len() > 1);
        match (plain, number) {
            (false, _) => runs.push(plain_run(&format!("（{affiliation}）"), &role)),
            (true, Some(number)) => runs.push(raised(&(number + 1).to_string(), &role)),
            (true, None) => {}
        }
    }
    runs
}

/// A raised number: U+2060 keeps it beside its name.
fn raised(number: &str, role: &Role) -> TextRun {
    let mut run = plain_run(&format!("\u{2060}{number}"), role);
    (run.style.size, run.style.rise) = (role.size.scale(3, 5), role.size.scale(2, 5));
    run
}

/// The photo that the template takes out of the text: the article's first block, alone and large enough; or where its place
/// is a page, or two.
fn hero(setter: &mut Setter, article: &Article, (node, template): (NodeId, OpenerTemplate)) -> Option<Hero> {
    let first = article.blocks.first()?;
    let BlockKind::Figures { figures, place } = &first.kind else { return None };
    let [figure] = figures.as_slice() else { return None };
    let two = *place == FigurePlace::Spread;
    let full = two || *place == FigurePlace::Full || template == OpenerTemplate::Spread;
    if matches!(place, FigurePlace::Column | FigurePlace::Inline) {
        return None;
    }
    let over = match template {
        _ if setter.theme.grid.is_vertical() => None,
        _ if two => height_over(setter, figure, 2),
        // What would leave half of its page white shares it with the text.
        _ if full && figure::is_whole(setter, figure) => height_over(setter, figure, 1),
        OpenerTemplate::Auto | OpenerTemplate::Half if !full => height_over(setter, figure, 1),
        _ => None,
    };
    let Some((height, rows)) = over else {
        return full.then(|| Hero { two, ..full_hero(setter, figure, (node, first.id), two) });
    };
    let mut hero = taken(setter, figure, (node, first.id), setter.theme.roles.caption.ink);
    let caption = setter.theme.roles.caption.pitch.of(setter.theme.grid.pitch) * hero.caption.len() as i32;
    let below = if hero.caption.is_empty() { Len::ZERO } else { setter.theme.figures.caption_gap + caption };
    (hero.height, hero.two, hero.rows) = (Some(height), two, rows(below));
    Some(hero)
}

/// On a page of its own, or on two.
fn full_hero(setter: &mut Setter, figure: &Figure, place: (NodeId, BlockId), two: bool) -> Hero {
    let foot = figure::foot(setter, figure, two);
    let ink = if foot.is_some() { setter.theme.roles.caption.ink } else { Ink::PAPER };
    let mut hero = taken(setter, figure, place, ink);
    hero.photo.foot = foot;
    hero
}

/// The photo's figure node, with its caption in the ink that its ground asks for.
fn taken(setter: &mut Setter, figure: &Figure, (parent, block): (NodeId, BlockId), ink: Ink) -> Hero {
    let node = setter.tree.add(parent, NodeRole::Figure);
    setter.tree.node_mut(node).alt = figure::alt(figure);
    let role = Role { ink, ..setter.theme.roles.caption };
    let width = setter.theme.grid.across().0;
    let mut caption = vec![];
    if let Some(text) = setter.across(|s| figure::caption(s, figure, width, (node, role))) {
        let pitch = role.pitch.of(setter.theme.grid.pitch);
        caption.extend((0..setter.text(text).lines.len()).map(|line| {
            let block = pitch * line as i32 + role.size.scale(88, 100);
            Mark::Line { text, line, at: Logical { inline: Len::ZERO, block } }
        }));
    }
    let photo = FullPage { photo: figure.photo, node, foot: None };
    Hero { block, photo, height: None, two: false, headed: false, rows: 0, caption }
}

/// How far down a photo comes that bleeds at three edges, of one page or of two facing ones; and, by what stands below it,
/// the lines it covers. It is shown whole, a tall one cut around its focus where it has one. None where it is too tall, too
/// flat or too small.
fn height_over(setter: &Setter, figure: &Figure, pages: i32) -> Option<(Len, impl Fn(Len) -> u16 + use<>)> {
    let (issue, grid) = (setter.issue, &setter.theme.grid);
    let (w, h) = issue.photo(figure.photo).size();
    let bleed = issue.page.bleed;
    let width = grid.trim.0 * pages + bleed * 2;
    let full = width.scale(h.max(1) as i32, w.max(1) as i32);
    let most = grid.trim.1 * 58 / 100;
    let height = if figure.focus.is_some() { (full - bleed).min(most) } else { full - bleed };
    let fits = height <= most && height * 100 >= grid.trim.1 * 30;
    let sharp = figure::ppi(w, width) >= figure::SHARP;
    let (pitch, top) = (grid.pitch, grid.margins.top);
    (fits && sharp).then_some((height, move |below: Len| ((height - top + below).count_up(pitch) + 1).max(0) as u16))
}
