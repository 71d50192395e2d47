//! Pictures in Markdown: caption, credit, alt, place.
//!
//! In: `![alt](photos/a.jpg "caption（摄影：X）"){.span}` as parsed. Out: a `doc::Figure`. The title is the caption and
//! the bracket text the alt; without a title the bracket text is the caption and there is no alt.

use super::attributes::Attributes;
use super::inline::{Piece, join};
use crate::base::{Code, Diagnostic, Report, Span, words};
use crate::doc::{Figure, FigurePlace, Focus, Inline, PhotoId, Style, plain_text};
use crate::source::nearest;

/// An image as it was written.
#[derive(Clone, Debug)]
pub struct Picture {
    pub dest: String,
    pub title: Vec<Piece>,
    pub label: Vec<Piece>,
    pub attributes: Attributes,
    pub span: Span,
}

/// What a picture's attributes say.
#[derive(Clone, Debug, Default)]
pub struct Placing {
    pub place: Option<FigurePlace>,
    pub pending: bool,
    /// Width to height of a picture still to come.
    pub shape: Option<(u32, u32)>,
    focus: Option<Focus>,
    alt: Option<String>,
    credit: Option<String>,
}

/// The classes that place a picture.
pub const PLACES: [(&str, FigurePlace); 5] = [
    ("column", FigurePlace::Column),
    ("span", FigurePlace::Span),
    ("full", FigurePlace::Full),
    ("spread", FigurePlace::Spread),
    ("inline", FigurePlace::Inline),
];

impl Picture {
    /// Reads the attributes; an unknown one is an error with a hint.
    pub fn placing(&self, report: &mut Report) -> Placing {
        let mut placing = Placing::default();
        for class in &self.attributes.classes {
            match PLACES.iter().find(|(name, _)| name == class) {
                Some((_, place)) => placing.place = Some(*place),
                None if class == "pending" => placing.pending = true,
                None => self.unknown(&format!(".{class}"), class, report),
            }
        }
        for (key, value) in &self.attributes.pairs {
            match key.as_str() {
                "alt" => placing.alt = Some(value.clone()),
                "credit" => placing.credit = Some(value.clone()),
                "focus" if focus(value).is_some() => placing.focus = focus(value),
                "shape" if shape(value).is_some() => placing.shape = shape(value),
                "place" if value == "pending" => placing.pending = true,
                "place" if PLACES.iter().any(|(name, _)| name == value) => {
                    placing.place = PLACES.iter().find(|(name, _)| name == value).map(|(_, place)| *place);
                }
                _ => self.unknown(&format!("{key}={value}"), key, report),
            }
        }
        placing
    }

    fn unknown(&self, shown: &str, word: &str, report: &mut Report) {
        let message = words(format!("图片的属性 {shown} 不认识"), format!("unknown attribute of a picture: {shown}"));
        let finding = Diagnostic::at(Code::MarkdownAttribute, self.span, message);
        let known = PLACES.map(|(name, _)| name);
        report.push(
            match nearest(word, known.into_iter().chain(["pending", "alt", "credit", "place", "focus", "shape"])) {
                Some(near) => finding.hint(format!("是不是 {near}？"), format!("did you mean {near}?")),
                None => finding.hint(
                    "可用的：.column .span .full .spread .inline .pending alt=\"…\" credit=\"…\" focus=\"50% 40%\"",
                    "known: .column .span .full .spread .inline .pending alt=\"…\" credit=\"…\" focus=\"50% 40%\"",
                ),
            },
        );
    }

    /// A picture on the web or within the text itself (`data:`): there is no file to set.
    pub fn is_remote(&self) -> bool {
        let dest = self.dest.trim_start().to_ascii_lowercase();
        ["http://", "https://", "//", "data:", "ftp://"].iter().any(|scheme| dest.starts_with(scheme))
    }

    /// What stands in the place of a picture that can't be set: its words and its address.
    pub fn in_words(self, report: &mut Report) -> Vec<Inline> {
        let (address, span) = (self.dest.trim().to_string(), self.span);
        let data = address.starts_with("data:");
        let message = match data {
            true => words("图片写在文中（data:），没有排进来", "a picture written into the text (data:) is not set"),
            false => words(
                format!("图片在网上，没有排进来：{address}"),
                format!("a picture on the web is not set: {address}"),
            ),
        };
        report.push(Diagnostic::at(Code::PhotoRemote, span, message).hint(
            "把它存到 photos/，写成 ![说明](photos/a.jpg)",
            "save it to photos/ and write ![words](photos/a.jpg)",
        ));
        let Placing { alt, credit, .. } = self.placing(report);
        let figure = self.figure(PhotoId(0), Placing { alt, credit, ..Placing::default() });
        // Without its scheme an address is a page's own way to say its own.
        let whole = if address.starts_with("//") { format!("https:{address}") } else { address };
        let link = Some(whole).filter(|_| !data);
        let plain = |text: String| Inline::Text { text, style: Style::default(), link: link.clone(), span };
        let mut text = figure.caption;
        for inline in &mut text {
            if let Inline::Text { link: to, .. } = inline {
                to.clone_from(&link);
            }
        }
        let described = plain_text(&text);
        let credit = figure.credit.map(|credit| format!("（{credit}）"));
        let more = figure.alt.into_iter().chain(credit).filter(|t| !t.trim().is_empty() && *t != described);
        let more = more.chain(link.clone()).collect::<Vec<_>>();
        for words in more {
            let gap = if text.is_empty() { "" } else { " " };
            text.push(plain(format!("{gap}{words}")));
        }
        text
    }

    /// The figure; `photo` is its number among the wanted photos.
    pub fn figure(self, photo: PhotoId, placing: Placing) -> Figure {
        let label = join(self.label);
        let alt = Some(plain_text(&label)).filter(|t| !t.trim().is_empty());
        let mut title = join(self.title);
        if !title.is_empty() {
            title.extend(label.iter().filter(|i| matches!(i, Inline::Note { .. })).cloned());
        }
        let words = plain_text(&title);
        let (caption, alt, mut credit) = match words.trim() {
            "" => (label, None, None),
            words if credit_at(words) == Some(0) => (label, None, Some(bare(words))),
            _ => (title, alt, None),
        };
        let caption = match credit {
            Some(_) => caption,
            None => {
                let (caption, found) = split_credit(caption);
                credit = found;
                caption
            }
        };
        Figure {
            photo,
            caption,
            credit: placing.credit.or(credit),
            alt: placing.alt.or(alt),
            focus: placing.focus,
            span: self.span,
            ..Figure::default()
        }
    }
}

/// `40% 30%`: from the left and from the top.
pub fn focus(text: &str) -> Option<Focus> {
    let percent = |part: &str| part.trim_end_matches(['%', '％']).parse().ok().filter(|n| *n <= 100);
    let parts: Vec<u8> = text.split([' ', ',', '，', '、']).filter(|p| !p.is_empty()).map_while(percent).collect();
    let [x, y] = parts[..] else { return None };
    Some(Focus { x, y })
}

/// `4:3`: width to height; no picture is longer than ten times its width, or the other way.
pub fn shape(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once([':', '：', '/', 'x', '×'])?;
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=10_000).contains(n));
    let (width, height) = (side(width)?, side(height)?);
    (width <= height * 10 && height <= width * 10).then_some((width, height))
}

/// Words that name who made a picture, before the name (`摄影：X`) and after it (`X 摄`).
const BEFORE: [&str; 14] =
    ["摄影", "攝影", "图片来源", "圖片來源", "图片", "圖片", "图源", "供图", "供圖", "绘图", "繪圖", "图", "圖", "摄"];
const AFTER: [&str; 8] = ["摄影", "攝影", "供图", "供圖", "摄", "攝", "绘", "繪"];

/// A caption and the credit that closes it: `（摄影：X）`, ` X 摄`, ` 攝影／X`.
pub fn split_credit(mut caption: Vec<Inline>) -> (Vec<Inline>, Option<String>) {
    let Some(Inline::Text { text, span, .. }) = caption.last_mut() else { return (caption, None) };
    let Some(at) = credit_at(text.trim_end()) else { return (caption, None) };
    let credit = bare(&text[at..]);
    if text.len() == (span.end - span.start) as usize {
        span.end = span.start + at as u32;
    }
    text.truncate(text[..at].trim_end_matches([' ', '　', '，', ',', '；']).len());
    if text.is_empty() {
        caption.pop();
    }
    (caption, Some(credit))
}

/// Without the brackets around it.
fn bare(credit: &str) -> String {
    credit.trim().trim_start_matches(['（', '(', '［', '[']).trim_end_matches(['）', ')', '］', ']']).trim().to_string()
}

/// Where the credit at the end of a text begins; 0 when the whole text is one.
fn credit_at(text: &str) -> Option<usize> {
    if text.ends_with(['）', ')']) {
        let open = text.rfind(['（', '('])?;
        let inner = bare(&text[open..]);
        return is_credit(&inner, true).then_some(open);
    }
    // Without brackets a credit stands apart: behind a space or a full stop, or alone.
    let breaks = text.char_indices().filter(|(_, c)| matches!(c, ' ' | '　' | '。' | '！' | '？' | '；'));
    let starts: Vec<usize> = std::iter::once(0).chain(breaks.map(|(i, c)| i + c.len_utf8())).collect();
    starts.into_iter().find(|at| is_credit(text[*at..].trim_end_matches('。').trim(), *at > 0))
}

/// `set_off`: brackets, a space or a stop stand before it, so that `张三摄` needs no space of its own.
fn is_credit(text: &str, set_off: bool) -> bool {
    let plain = |names: &str| {
        let names = names.trim();
        !names.is_empty() && names.chars().count() <= 24 && !names.contains(['。', '，', '！', '？', '；', '：'])
    };
    let before = BEFORE.iter().any(|word| {
        let names = text.strip_prefix(word).and_then(|rest| rest.trim_start().strip_prefix(['：', ':', '／', '/']));
        names.is_some_and(plain)
    });
    let after = AFTER.iter().filter_map(|word| text.strip_suffix(word)).any(|name| {
        let apart = name.ends_with([' ', '　', '/', '／']);
        let name = name.trim_end_matches([' ', '　', '/', '／']);
        let one = !name.contains([' ', '　']) || name.is_ascii();
        plain(name) && !name.contains('“') && one && (apart || set_off && (2..=4).contains(&name.chars().count()))
    });
    before || after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> (String, Option<String>) {
        let inline = Inline::Text { text: text.into(), style: Style::default(), link: None, span: Span::default() };
        let (caption, credit) = split_credit(vec![inline]);
        (plain_text(&caption), credit)
    }

    #[test]
    fn credits_are_split_off_captions() {
        for (written, caption, credit) in [
            ("成都，1945年2月。（摄影：赵若水）", "成都，1945年2月。", Some("摄影：赵若水")),
            ("山门（张三 摄）", "山门", Some("张三 摄")),
            ("2023年7月11日，学习。 张三 摄", "2023年7月11日，学习。", Some("张三 摄")),
            ("雨後。攝影／林遠", "雨後。", Some("攝影／林遠")),
            ("校园一角 新华社供图", "校园一角", Some("新华社供图")),
            ("张三 摄", "", Some("张三 摄")),
            ("漆刷（摄影：Trevor “Freespace”）", "漆刷", Some("摄影：Trevor “Freespace”")),
            ("他说“我在学 摄影", "他说“我在学 摄影", None),
            ("山门（明代）", "山门（明代）", None),
            ("他在学摄影", "他在学摄影", None),
            ("一次关于图书的谈话", "一次关于图书的谈话", None),
        ] {
            assert_eq!(split(written), (caption.to_string(), credit.map(String::from)), "{written}");
        }
    }
}
