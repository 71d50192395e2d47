//! T5: which line of the head is the title.
//!
//! In: the lines before the body. Out: the title's, one or two of them.

use super::super::han;
use super::lists::List;
use super::raw::{Block, Kind};
use super::{Work, dates, fields, figures, names};
use std::ops::Range;

/// Whether a line may be a title.
pub fn is_candidate(block: &Block) -> bool {
    let text = block.text();
    let shaped =
        matches!(block.kind, Kind::Para | Kind::Title | Kind::Heading(_) | Kind::Item { .. }) && !text.is_empty();
    shaped
        && han::count(&text) + text.split_whitespace().count() >= 2
        && text.chars().count() <= 80
        && !text.trim_end_matches(['”', '」', '"']).ends_with(['。', '，', '；', '、', '：'])
        && !figures::is_caption(&text)
        && dates::find(&text).is_none_or(|d| d.range.start > 0 || d.time.is_none())
        && (!block.is_para() || fields::fields(&text).is_none())
}

static GENRES: List = List::new(
    "小说 散文 诗歌 随笔 杂文 评论 纪实 报告文学 特稿 非虚构 副刊 人物 访谈 书评 影评 卷首 卷首语 特别策划 微型小说 短篇小说 中篇小说 小说散文 诗词 译文",
);

/// `特稿｜最后一班渡轮`: the genre and the title.
pub fn genre_off(text: &str) -> Option<(&str, &str)> {
    text.split_once(['｜', '|', '丨']).filter(|(genre, _)| GENRES.has(han::trim(genre)))
}

/// The name in `【专题·机关党建】`, `■ 特别策划 ■`, `〖卷首语〗`.
pub fn column(text: &str) -> Option<&str> {
    let pairs = [
        ('【', '】'),
        ('〖', '〗'),
        ('［', '］'),
        ('[', ']'),
        ('■', '■'),
        ('◆', '◆'),
        ('●', '●'),
        ('|', '|'),
        ('｜', '｜'),
    ];
    if let Some((_, rest)) = genre_off(text)
        && han::count(rest) >= 5
    {
        return None;
    }
    if text.split(['·', '/', '／', '|', '｜']).any(|part| GENRES.has(part)) && han::count(text) <= 8 {
        return Some(text);
    }
    let inner = pairs.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close)).map(han::trim)?;
    ((2..=14).contains(&han::count(inner)) && !inner.contains(['】', ']', '，', '。'])).then_some(inner)
}

/// The title's lines.
pub fn find(work: &Work, head: &[Option<Block>], anchor: Option<usize>) -> Option<Range<usize>> {
    let one = |at: usize| at..at + 1;
    let is = |at: usize| head[at].as_ref().is_some_and(is_candidate);
    let kind = |at: usize| head[at].as_ref().map(|b| b.kind.clone());
    let all: Vec<usize> = (0..head.len()).filter(|at| is(*at)).collect();
    if let Some(at) = all.iter().copied().find(|at| kind(*at) == Some(Kind::Title)) {
        return Some(one(at));
    }
    if let Some(at) = work.named.as_deref().and_then(|named| named_title(named, head, &all)) {
        return Some(one(at));
    }
    if let Some(at) = all.iter().copied().find(|at| kind(*at) == Some(Kind::Heading(1))) {
        return Some(one(at));
    }
    let end = anchor.filter(|a| all.iter().any(|at| at < a)).unwrap_or(head.len());
    // The run of lines right before author and source.
    let mut group: Vec<usize> = vec![];
    let anchored = anchor.is_some() && end < head.len();
    match anchored {
        true => {
            // A lead and a photo may stand between the title and who signs.
            let signs = |at: &usize| head[*at].as_ref().is_some_and(|b| names::is_byline(&b.text()));
            for at in all.iter().copied().filter(|at| *at < end).rev() {
                if group.last().is_some_and(|next| next - at > 1) && !group.iter().all(signs) {
                    break;
                }
                group.push(at);
            }
            group.reverse();
        }
        false => group = all,
    }
    if anchored || work.menu {
        group.drain(..menu(head, &group, if work.menu { 1 } else { 3 }));
    }
    pick(head, &group)
}

/// How many lines at the start of a group are the words of a menu: a page has dozens of them above its title, and none between
/// its title and the line that says where and when.
fn menu(head: &[Option<Block>], group: &[usize], least: usize) -> usize {
    let text = |at: &usize| head[*at].as_ref().map(Block::text).unwrap_or_default();
    let signs = |at: &usize| names::is_byline(&text(at));
    let named = group.iter().rposition(|at| !signs(at) && !is_menu_word(&text(at)));
    let last = named.or_else(|| group.iter().rposition(|at| !signs(at))).unwrap_or(0);
    let word = |n: usize| is_menu_word(&text(&group[n]));
    // `商业` is a word among others, whatever family has its first character for a name.
    let words: Vec<usize> =
        (0..last).filter(|n| word(*n) && (!signs(&group[*n]) || n.checked_sub(1).is_some_and(word))).collect();
    if words.len() < if named.is_some() { least } else { 5 } {
        return 0;
    }
    words.last().map_or(0, |n| n + 1)
}

/// `影像`, `会议通知 学术活动 科普活动`.
fn is_menu_word(text: &str) -> bool {
    const LONGEST: usize = 6;
    let parts: Vec<usize> = text.split(han::is_blank).filter(|p| !p.is_empty()).map(han::count).collect();
    han::count(text) <= LONGEST || parts.len() >= 3 && parts.iter().all(|p| (1..=LONGEST).contains(p))
}

/// The longest candidate that the document's own name begins with or holds.
fn named_title(named: &str, head: &[Option<Block>], all: &[usize]) -> Option<usize> {
    let named = han::squeezed(named);
    let fits = |at: &usize| {
        let text = head[*at].as_ref().map(|b| han::squeezed(&b.text())).unwrap_or_default();
        let behind = named.strip_prefix(&text);
        // `修路记 – 山行随笔`.
        let parted =
            behind.is_some_and(|b| b.is_empty() || b.starts_with(['-', '–', '—', '_', '|', '｜', '·', '丨', '»', '<']));
        let long = text.chars().count();
        let dash = text.starts_with(['—', '―', '─']);
        !dash && (long >= 2 && parted || long >= 4 && behind.is_some() || long >= 6 && named.contains(&text))
    };
    let length = |at: &usize| head[*at].as_ref().map_or(0, |b| b.text().chars().count());
    // A page lists its articles beside the one that it shows.
    let linked = |at: &usize| head[*at].as_ref().is_some_and(|b| b.all(|r| r.link().is_some()));
    all.iter().copied().filter(fits).max_by_key(|at| (length(at), !linked(at), std::cmp::Reverse(*at)))
}

/// Among adjacent lines: not the site, not the author, not the subtitle, not a short label above a longer line.
fn pick(head: &[Option<Block>], group: &[usize]) -> Option<Range<usize>> {
    let text = |at: &usize| head[*at].as_ref().map(Block::text).unwrap_or_default();
    let mut lines: Vec<usize> = group.to_vec();
    // A link leads to another article.
    let linked = |at: &usize| head[*at].as_ref().is_some_and(|b| b.all(|r| r.link().is_some()));
    if !lines.iter().all(linked) {
        lines.retain(|at| !linked(at));
    }
    if lines.len() > 1 {
        lines.retain(|at| !is_site(&text(at)));
    }
    let dash = |at: &usize| text(at).starts_with(['—', '-', '―', '─']);
    // Behind a line that is none, a dash opens whose words that line are.
    let taken = lines.clone();
    lines.retain(|at| !dash(at) || *at == 0 || taken.contains(&(at - 1)));
    if let Some(at) = lines.iter().position(dash).filter(|at| *at > 0) {
        lines.truncate(at);
        // A headline of two lines of one length above its subtitle.
        if let [.., first, second] = lines[..]
            && second == first + 1
            && han::count(&text(&first)) >= 6
            && !is_series(&text(&first))
            && han::count(&text(&first)).abs_diff(han::count(&text(&second))) <= 2
        {
            return Some(first..second + 1);
        }
        return lines.last().map(|at| *at..*at + 1);
    }
    while lines.len() > 1 && lines.last().is_some_and(|at| names::is_byline(&text(at))) {
        lines.pop();
    }
    // Two lines of one length.
    if let [first, second] = lines[..]
        && second == first + 1
        && second + 1 < head.len()
        && is_halved(&text(&first), &text(&second))
    {
        return Some(first..second + 1);
    }
    let first = *lines.first().or(group.first())?;
    let short = |next: usize| {
        let (a, b) = (han::count(&text(&first)), han::count(&text(&next)));
        let apart = head[next].as_ref().is_some_and(|b| b.gap) && text(&next).contains(['：', '“']);
        a <= 6 && b > a + 2 || a <= 10 && b >= a + 4 && apart
    };
    // A site's section and the section's series may stand above it.
    let next = (1..=2).filter_map(|n| Some((n, *lines.get(n)?))).find(|(n, at)| short(*at) && at - first == *n);
    let at = next.map_or(first, |(_, at)| at);
    Some(at..at + 1)
}

/// `走进小镇⑥`, `山路上的人（三）`: the series that an article is a part of.
pub fn is_series(text: &str) -> bool {
    let number = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let inner = text.strip_suffix(['）', ')']).and_then(|t| t.rsplit_once(['（', '(']));
    text.ends_with(|c| matches!(c, '①'..='⑳')) || inner.is_some_and(|(name, n)| number(n) && han::count(name) >= 2)
}

/// Two halves of one headline: as long as each other, both of a clause at least.
fn is_halved(a: &str, b: &str) -> bool {
    let (x, y) = (han::count(a), han::count(b));
    let signs = names::is_byline(b) || names::is_office(b);
    !signs
        && !is_series(a)
        && x >= 7
        && y >= 7
        && x.abs_diff(y) <= 2
        && x == a.chars().count()
        && y == b.chars().count()
}

/// A site, a paper, an account: what a page bears above its articles.
pub fn is_site(text: &str) -> bool {
    const ENDS: &str = "网 網 网站 網站 杂志社 雜誌社 在线 客户端 频道 日报 日報 编辑部 期刊网 党建网 主办 主辦 承办 杂志 公众号 学刊 诗刊 微信版 的博客 网刊 数字报 电子报";
    const HOME: [&str; 6] = ["首页", "首頁", "登录", "登入", "立即注册", "免费注册"];
    let home = |word: &str| HOME.iter().any(|h| word.starts_with(h) || word.ends_with(h));
    han::count(text) <= 14 && ENDS.split(' ').any(|e| text.ends_with(e))
        || text.split(|c: char| han::is_blank(c) || ">/|-›»".contains(c)).any(home)
        || ["首页登录", "网站首页"].iter().any(|h| text.contains(h))
        || text.split(han::is_blank).any(|word| word.starts_with("www."))
        || text.starts_with("http")
}
