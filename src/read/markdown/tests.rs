//! Tables of Markdown and what becomes of it, and a property over seeded text.

use super::chars::is_han;
use super::{Draft, Source, read};
use crate::base::{FileId, Report};
use crate::doc::{Block, BlockKind, Figure, Inline, LineKind, TextPosition};

fn draft(body: &str) -> (Draft, Report) {
    let mut report = Report::default();
    let draft = read(Source { file: FileId(0), body, base: 0 }, Some("题"), &mut report);
    (draft, report)
}

/// Blocks on one line each: `P: 文{b:粗}`.
fn dump(body: &str) -> String {
    let (draft, _) = draft(body);
    let mut out = blocks(&draft.blocks);
    for (i, note) in draft.notes.iter().enumerate() {
        out.push_str(&format!("\n({i}) {}", blocks(&note.blocks)));
    }
    out
}

fn codes(body: &str) -> Vec<(&'static str, u32)> {
    let (_, report) = draft(body);
    let place = |d: &crate::base::Diagnostic| match d.at {
        crate::base::Place::Source(span) => span.start,
        _ => panic!("{d:?}"),
    };
    report.findings.iter().map(|d| (d.code.name(), place(d))).collect()
}

fn blocks(all: &[Block]) -> String {
    all.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(b: &Block) -> String {
    match &b.kind {
        BlockKind::Heading { level, text, anchor } => {
            format!("H{level}{}: {}", anchor.as_ref().map_or(String::new(), |a| format!("#{a}")), inlines(text))
        }
        BlockKind::Para { text } => format!("P: {}", inlines(text)),
        BlockKind::Figures { figures, place } => {
            format!("F {place:?}: {}", figures.iter().map(figure).collect::<Vec<_>>().join(" + "))
        }
        BlockKind::Div { kind, blocks: inner } => format!("D{kind:?}[{}]", blocks(inner)),
        BlockKind::Quote { blocks: inner } => format!("Q[{}]", blocks(inner)),
        BlockKind::List { start, items } => {
            format!(
                "L{}[{}]",
                start.map_or(String::new(), |n| n.to_string()),
                items.iter().map(|i| blocks(i)).collect::<Vec<_>>().join(" ; ")
            )
        }
        BlockKind::Table(t) => {
            let row = |cells: &[crate::doc::Cell]| cells.iter().map(cell).collect::<Vec<_>>().join("|");
            format!("T{:?}[{}]", t.align, t.head.iter().chain(&t.rows).map(|r| row(r)).collect::<Vec<_>>().join(" / "))
        }
        BlockKind::Code { lines } => format!("C[{}]", lines.join("⏎")),
        BlockKind::Rule => "---".into(),
    }
}

fn cell(c: &crate::doc::Cell) -> String {
    let span = if (c.columns, c.rows) == (1, 1) { String::new() } else { format!("*{}x{}", c.columns, c.rows) };
    inlines(&c.text) + &span
}

fn figure(f: &Figure) -> String {
    let credit = f.credit.as_ref().map_or(String::new(), |c| format!(" ©{c}"));
    format!("{}《{}》{credit} alt={:?}", f.photo.0, inlines(&f.caption), f.alt)
}

fn inlines(text: &[Inline]) -> String {
    text.iter()
        .map(|i| match i {
            Inline::Text { text, style, link, .. } => {
                let mut marks = String::new();
                for (on, mark) in [
                    (style.strong, 'b'),
                    (style.emphasis, 'i'),
                    (style.code, 'c'),
                    (style.strike, 's'),
                    (style.dots, 'd'),
                    (style.tcy, 't'),
                    (style.speaker, '@'),
                ] {
                    if on {
                        marks.push(mark);
                    }
                }
                match style.position {
                    TextPosition::Baseline => {}
                    TextPosition::Superscript => marks.push('^'),
                    TextPosition::Subscript => marks.push('_'),
                }
                if let Some(line) = style.line {
                    marks.push(match line.kind {
                        LineKind::Under => 'u',
                        LineKind::Name => 'n',
                        LineKind::Title => 'w',
                    });
                }
                if let Some(link) = link {
                    marks.push_str(&format!("→{link}"));
                }
                if marks.is_empty() { text.clone() } else { format!("{{{marks}:{text}}}") }
            }
            Inline::Break { .. } => "⏎".into(),
            Inline::Ruby { pairs, .. } => {
                let pair = |p: &crate::doc::Reading| format!("{}|{}", p.base, p.reading);
                format!("{{r:{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(" "))
            }
            Inline::PageRef { target, .. } => format!("{{p→{target}}}"),
            Inline::PageMark { label, .. } => format!("{{p{label}}}"),
            Inline::Note { note, .. } => format!("[{note}]"),
        })
        .collect()
}

#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (body, expected) in rows {
        assert_eq!(dump(body), *expected, "{body:?}");
    }
}

/// CommonMark's flanking rule fails beside Chinese punctuation; ours must not (docs/decisions/markdown.md).
#[test]
fn emphasis_beside_han() {
    table(&[
        ("**注意：**请看", "P: {b:注意：}请看"),
        ("他说**“好”**了", "P: 他说{b:“好”}了"),
        ("**甲：**乙**丙**丁", "P: {b:甲：}乙{b:丙}丁"),
        ("甲**《乙》**，*丙。*丁", "P: 甲{b:《乙》}，{i:丙。}丁"),
        ("**「甲」**乙**「丙」**", "P: {b:「甲」}乙{b:「丙」}"),
        ("**\"好\"**了", "P: {b:\"好\"}了"),
        ("见**[站](a.md)**了，**`x`**也", "P: 见{b→a.md:站}了，{bc:x}也"),
        ("***甲***乙", "P: {bi:甲}乙"),
        ("**甲*乙*丙**", "P: {b:甲}{bi:乙}{b:丙}"),
        ("~~删，~~留", "P: {s:删，}留"),
        ("气温3~5度，8~10天", "P: 气温3~5度，8~10天"),
        ("a **bold** b, _em_ c_d_e", "P: a {b:bold} b, {i:em} c_d_e"),
        ("他说，_强_，走", "P: 他说，{i:强}，走"),
        ("\\*不斜\\*，2 * 3", "P: *不斜*，2 * 3"),
        ("**甲**　**乙**", "P: {b:甲}　{b:乙}"),
    ]);
}

/// Soft line breaks between Han characters join without a space.
#[test]
fn line_breaks() {
    table(&[
        ("甲\n乙", "P: 甲乙"),
        ("甲，\r\n乙", "P: 甲，乙"),
        ("one\ntwo", "P: one two"),
        ("甲\none", "P: 甲one"),
        ("**甲**\n乙", "P: {b:甲}乙"),
        ("one[^1]\ntwo\n\n[^1]: n", "P: one[0] two\n(0) P: n"),
        ("甲  \n乙\\\n丙<br>丁", "P: 甲⏎乙⏎丙⏎丁"),
        ("　　甲\n\n    乙\n    丙", "P: 甲\nP: 乙丙"),
        ("甲\n---\n\n乙\n\n---\n\n丙", "H2: 甲\nP: 乙\n---\nP: 丙"),
    ]);
}

#[test]
fn links_and_addresses() {
    table(&[
        ("见https://a.example/x_y_z（官网）。", "P: 见{→https://a.example/x_y_z:https://a.example/x_y_z}（官网）。"),
        ("https://a.example/_a_/，好", "P: {→https://a.example/_a_/:https://a.example/_a_/}，好"),
        ("(https://a.example).", "P: ({→https://a.example:https://a.example})."),
        ("[文](https://a.example/a_b_c?x=*1*)后", "P: {→https://a.example/a_b_c?x=*1*:文}后"),
        (
            "<https://a.example>与<a@b.example>",
            "P: {→https://a.example:https://a.example}与{→mailto:a@b.example:a@b.example}",
        ),
        ("[文][1]\n\n[1]: https://a.example", "P: {→https://a.example:文}"),
        ("[甲]: 你好。\n[乙]: 再见。", "P: [甲]: 你好。[乙]: 再见。"),
        ("[文](02.md#id)", "P: {→02.md#id:文}"),
    ]);
    assert_eq!(codes("[1]: https://a.example"), [("markdown/unused-definition", 0)]);
}

#[test]
fn figures_captions_credits() {
    table(&[
        ("![山门](a.jpg)", "F Auto: 0《山门》 alt=None"),
        ("![山门](a.jpg \"雪后山门（摄影：林远）\"){.span}", "F Span: 0《雪后山门》 ©摄影：林远 alt=Some(\"山门\")"),
        ("![山门](a.jpg \"张三 摄\")", "F Auto: 0《山门》 ©张三 摄 alt=None"),
        ("![](a.jpg)\n![](b.jpg){.full}", "F Full: 0《》 alt=None + 1《》 alt=None"),
        ("![甲*乙*](a.jpg){.inline alt=\"门\" credit=\"林远\"}", "F Inline: 0《甲{i:乙}》 ©林远 alt=Some(\"门\")"),
        ("![图](photos/山 门（一）.jpg \"题\")", "F Auto: 0《题》 alt=Some(\"图\")"),
        ("文![图](a.jpg)后", "P: 文后\nF Auto: 0《图》 alt=None"),
        ("![图](a.jpg)\n说明", "F Auto: 0《图》 alt=None\nP: 说明"),
        ("- 项\n\n  ![图](a.jpg)", "L[P: 项\nF Auto: 0《图》 alt=None]"),
    ]);
    let (draft, _) = draft("![图](<photos/山 门.jpg>)\n\n![图](photos/山 门（一）.jpg \"题\")");
    assert_eq!(
        draft.wanted.iter().map(|w| w.dest.as_str()).collect::<Vec<_>>(),
        ["photos/山 门.jpg", "photos/山 门（一）.jpg"]
    );
    assert_eq!(codes("![](a.jpg){.spann}"), [("markdown/attribute", 0)]);
    assert_eq!(codes("文![](a.jpg)"), [("photo/placement", 0)]);
}

#[test]
fn blocks_of_every_kind() {
    table(&[
        ("## 一、缘起 {#yuanqi}\n\n### 小 ###", "H2#yuanqi: 一、缘起\nH3: 小"),
        ("# 题\n\n文", "P: 文"),
        ("# 别的\n\n文", "H2: 别的\nP: 文"),
        ("> 甲\n> 乙\n>\n> ——丙", "Q[P: 甲乙\nP: ——丙]"),
        ("- 甲\n  1. 乙\n  2. 丙\n- 丁", "L[P: 甲\nL1[P: 乙 ; P: 丙] ; P: 丁]"),
        ("3. 甲\n\n   续\n4. 乙", "L3[P: 甲\nP: 续 ; P: 乙]"),
        ("|甲|乙|丙|\n|:-|:-:|-:|\n|1|**2**|{漢|かん}|", "T[Start, Center, End][甲|乙|丙 / 1|{b:2}|{r:漢|かん}]"),
        ("```py\na = 1\n\n**b**\n```", "C[a = 1⏎⏎**b**]"),
        ("`a*b*` 与 `` ` ``", "P: {c:a*b*} 与 {c:`}"),
        ("H<sub>2</sub>O，x<sup>2</sup>，<u>线</u>", "P: H{_:2}O，x{^:2}，{u:线}"),
        ("改为<ins>新字</ins>", "P: 改为{u:新字}"),
        ("AT&amp;T &copy; 2026", "P: AT&T © 2026"),
        ("甲\n***\n乙", "P: 甲\n---\nP: 乙"),
        ("::: quote\n甲\n\n乙\n:::\n丙", "DPullQuote[P: 甲\nP: 乙]\nP: 丙"),
        ("::: verse\n一\n　二\n    三\n\n四\n:::", "DVerse[P: 一⏎　二⏎　　三\nP: 四]"),
        ("[着*重*]{.dots}与{漢字|かん|じ}", "P: {d:着}{id:重}与{r:漢|かん 字|じ}"),
        ("听{Endless Enigma|無盡的迷}，{x|x是偶数}", "P: 听{r:Endless Enigma|無盡的迷}，{x|x是偶数}"),
        ("{page=37}\n\n甲\n{page=38}\n乙", "P: {p37}甲{p38}乙"),
        ("[李白]{.name}[杜甫]{.name}，[史記]{.title}", "P: {n:李白}{n:杜甫}，{w:史記}"),
        ("见第[](02.md#a){.page}页", "P: 见第{p→02.md#a}页"),
        ("甲{A|B}乙", "P: 甲{A|B}乙"),
        (
            "- 甲\n\n  ::: box 标题\n  乙\n  :::\n- 丙\n\n::: box\n- 丁\n:::\n- 戊",
            "L[P: 甲\nDBox[H3: 标题\nP: 乙] ; P: 丙]\nDBox[L[P: 丁]]\nL[P: 戊]",
        ),
        (
            "::: qa\n**问：**您好\n林远：我先说，\n他说：好\n\n林远：再说\n:::",
            "DInterview[P: {@:问：}您好\nP: {@:林远：}我先说，他说：好\nP: {@:林远：}再说]",
        ),
        ("<ruby>漢<rp>(</rp><rt>ㄏㄢˋ</rt><rp>)</rp>字<rt>ㄗˋ</rt></ruby>好", "P: {r:漢|ㄏㄢˋ 字|ㄗˋ}好"),
        (
            "<table>\n<tr><th>甲</th><th colspan=\"2\">乙</th></tr>\n\n<tr>\n    <td rowspan=2>1&nbsp;</td><td align=right>2<br>3</td><td>4</td></tr>\n<tr><td>5<td>6\n</table>\n后",
            "T[][甲|乙*2x1 / 1\u{a0}*1x2|2⏎3|4 / 5|6]\nP: 后",
        ),
        (
            "<a href=\"https://a.example\">站</a>与<img src=\"a.jpg\" alt=\"门\"/>",
            "P: {→https://a.example:站}与\nF Auto: 0《门》 alt=None",
        ),
        (
            "甲<video src=\"https://a.example/v.mp4\"></video>",
            "P: 甲{→https://a.example/v.mp4:https://a.example/v.mp4}",
        ),
        ("|甲|乙|\n|-|-|\n|1|2|3|4|", "T[Start, Start][甲|乙 / 1|2|3|4]"),
        ("<div class=\"a\">\n甲**乙**\n</div>", "P: 甲**乙**"),
        ("甲<span>乙</span>", "P: 甲乙"),
    ]);
}

#[test]
fn notes() {
    table(&[
        (
            "![图](a.jpg \"题[^1]（张三 摄）\")\n\n甲[^2]\n\n[^2]: 二\n[^1]: 一",
            "F Auto: 0《题[0]》 ©张三 摄 alt=Some(\"图\")\nP: 甲[1]\n(0) P: 一\n(1) P: 二",
        ),
        (
            "乙[^b]甲[^a]乙[^b]\n\n[^a]: 注甲\n[^b]: 注乙\n\n    第二段",
            "P: 乙[0]甲[1]乙[0]\n(0) P: 注乙\nP: 第二段\n(1) P: 注甲",
        ),
        ("甲[^无]", "P: 甲[^无]"),
        ("> 引[^1]\n\n[^1]: 注*文*", "Q[P: 引[0]]\n(0) P: 注{i:文}"),
    ]);
    assert_eq!(codes("甲[^无]"), [("markdown/undefined-note", 3)]);
    assert_eq!(codes("甲\n\n[^1]: 注"), [("markdown/unused-definition", 5)]);
}

#[test]
fn what_is_not_set_is_reported() {
    assert_eq!(codes("::: box\n甲\n:::"), []);
    assert_eq!(codes("::: quot\n甲\n:::"), [("markdown/attribute", 0)]);
    assert_eq!(codes("::: quote\n甲"), [("markdown/unsupported", 0)]);
    assert_eq!(codes("::: quote 题\n甲\n:::"), [("markdown/lost-text", 10)]);
    assert_eq!(codes(":::甲乙"), []);
    assert_eq!(codes("甲<span>乙</span><!-- 丙 -->"), [("markdown/unsupported", 3), ("markdown/comment", 19)]);
    assert_eq!(codes("|甲|\n|-|\n|乙|丙|"), [("markdown/table", 14)]);
    assert_eq!(codes("[文](a.md \"题\")"), [("markdown/unsupported", 0)]);
    assert_eq!(codes("＃ 标题"), [("markdown/slip", 0)]);
    assert_eq!(codes("{漢|かん}"), []);
    assert_eq!(codes("[甲]{.dot}"), [("markdown/attribute", 0)]);
    assert_eq!(codes("**甲**，[乙](b.md)。\n\n- 丙\n\n| 丁 |\n|--|\n"), []);
}

#[test]
fn every_run_points_at_its_source() {
    let body = "**注意：**请看[站](a.md)，`码`。\n下一行";
    let (draft, _) = draft(body);
    let BlockKind::Para { text } = &draft.blocks[0].kind else { panic!() };
    let at = |i: usize| match &text[i] {
        Inline::Text { text, span, .. } => (text.as_str(), &body[span.start as usize..span.end as usize]),
        _ => panic!(),
    };
    assert_eq!(at(0), ("注意：", "注意："));
    assert_eq!(at(2), ("站", "站"));
    assert_eq!(at(5), ("。下一行", "。\n下一行"));
}

/// Seeded text: no mixture of marks may panic, and every Han character is set, in order.
#[test]
fn no_han_character_is_lost() {
    const BITS: [&str; 69] = [
        "山",
        "行",
        "，",
        "。",
        "：",
        "“",
        "”",
        "（",
        "）",
        "**",
        "*",
        "_",
        "~~",
        "~",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        "#",
        "# ",
        "> ",
        "- ",
        "1. ",
        "\n",
        "\n\n",
        "    ",
        "|",
        "---",
        "{",
        "}",
        "{.dots}",
        "[^1]",
        "<",
        ">",
        "<u>",
        "</u>",
        "\\",
        "&",
        "：：：",
        "  \n",
        "\r\n",
        "　",
        "\n::: quote\n",
        "\n:::\n",
        "\n```\n",
        "\n  :::",
        "\n- ```\n",
        "[甲]: ",
        "![",
        "](a.jpg)",
        "](a b.jpg \"",
        "\n::: qa\n",
        "\n::: verse\n",
        "\n::: box ",
        "问：",
        "{山|",
        "{page=3}",
        "]{.name}",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "\n<table>",
        "<tr><td>",
        "</td>\n",
        "</table>\n",
        "<br>",
        "&nbsp;",
    ];
    let mut seed = 20_260_915_u64;
    let mut random = |n: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % n as u64) as usize
    };
    let mut excused = 0;
    for round in 0..3000 {
        let mut body = String::new();
        for _ in 0..random(60) + 1 {
            // Every other bit is Han, each from another place of the block, so that order shows.
            body.push(char::from_u32(0x4E00 + random(2000) as u32).unwrap());
            body.push_str(BITS[random(BITS.len())]);
        }
        let (draft, report) = draft(&body);
        let mut set = String::new();
        gather(&draft.blocks, &mut set);
        draft.notes.iter().for_each(|n| gather(&n.blocks, &mut set));
        let wanted: String = body.chars().filter(|c| is_han(*c)).collect();
        // A note that no mark refers to, a row's cells too many: reported, not silent.
        let told =
            |d: &crate::base::Diagnostic| matches!(d.code.name(), "markdown/lost-text" | "markdown/unused-definition");
        let reported = report.findings.iter().any(told);
        excused += usize::from(reported);
        // A picture amid text stands after its paragraph, caption and all; text of a table that is in no cell before it.
        let moved = report.findings.iter().any(|d| matches!(d.code.name(), "photo/placement" | "markdown/table"));
        let (set, wanted) = match moved {
            true => (sorted(&set), sorted(&wanted)),
            false => (set.chars().collect(), wanted.chars().collect()),
        };
        assert!(set == wanted || reported, "round {round}\n{body:?}\n{set:?}\n{wanted:?}");
    }
    assert!(excused < 300, "{excused} of 3000 rounds lost text, if not silently");
}

fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort();
    chars
}

fn gather(all: &[Block], out: &mut String) {
    let han = |text: &[Inline]| {
        let mut all = String::new();
        for inline in text {
            match inline {
                Inline::Ruby { pairs, .. } => pairs.iter().for_each(|p| all.extend([p.base.as_str(), &p.reading])),
                other => all.push_str(&crate::doc::plain_text(std::slice::from_ref(other))),
            }
        }
        all.chars().filter(|c| is_han(*c)).collect::<String>()
    };
    for block in all {
        match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Para { text } => out.push_str(&han(text)),
            BlockKind::Figures { figures, .. } => figures.iter().for_each(|f| out.push_str(&han(&f.caption))),
            BlockKind::Table(t) => t.cells().for_each(|c| out.push_str(&han(&c.text))),
            BlockKind::Code { lines } => lines.iter().for_each(|l| out.extend(l.chars().filter(|c| is_han(*c)))),
            BlockKind::Quote { blocks } | BlockKind::Div { blocks, .. } => gather(blocks, out),
            BlockKind::List { items, .. } => items.iter().for_each(|i| gather(i, out)),
            BlockKind::Rule => {}
        }
    }
}

/// Ten thousand nested marks are a flat text, not a full stack.
#[test]
fn nesting_has_a_floor() {
    for bit in ["> ", "- ", "![", "**", "["] {
        let (draft, _) = draft(&(bit.repeat(10_000) + "甲"));
        let mut set = String::new();
        gather(&draft.blocks, &mut set);
        assert!(set.contains('甲'), "{bit}");
    }
}
