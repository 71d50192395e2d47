#!/usr/bin/env python3
"""lines.py PDF... : counts in a magazine's PDF what a proofreader marks in its lines. Any engine's PDF of horizontal Chinese text
will do: glyphs are read by MuPDF (`mutool`, Debian's mupdf-tools), so that two engines are judged by one eye.

A line counts where it is certain that its paragraph goes on: the next line of its column is as large and starts where the text
does, at the column's left edge or, in a list or a quotation, at an edge of its own. The mean width of its gaps between
neighbouring Han says how loose it is. With --show the lines are named. Exit 1 where something is counted that must not be:
forbidden starts and ends, lone characters, headings at a foot, lines off the right edge or the grid, loose lines.
--expect WHAT turns that round: exit 1 where nothing of it is counted."""
import argparse, collections, statistics, subprocess, sys
import xml.etree.ElementTree as xml

# GB/T 15834-2011 5.1; clreq, Prohibition Rules for Line Start and Line End.
NOT_AT_START = set("，。、；：？！）》」』】〕〉］｝’”～·–,.;:?!)]}%‰℃々")
NOT_AT_END = set("（《「『【〔〈［｛‘“([{￥$")
LEADS, TRAILS = set("（《「『【〔〈［｛‘“"), set("，。、；：？！）》」』】〕〉］｝’”")
MARKS = NOT_AT_START | NOT_AT_END | set("—…")
MARKERS = set("•–—·○●■①②③④⑤⑥⑦⑧⑨⑩0123456789一二三四五六七八九十（")
LOOSE = (0.10, 0.125, 0.16, 0.20, 0.25)  # em
# One of these must not be; of the others a magazine has a few.
NONE = ("forbidden start", "forbidden end", "cut dash", "lone character", "heading at a foot", "edge", "off the grid", "loose 0.25")
EXACT = 0.05  # pt


def is_han(c):
    return "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U000323af"


class Glyph:
    def __init__(self, c, x, y, size, advance, font):
        self.c, self.x, self.y, self.size, self.font = c, x, y, size, font
        self.end = x + advance * size
        wide = advance > 0.9
        # Where its body begins and ends: of a full-width mark half an em is blank.
        self.left = x + size / 2 if c in LEADS and wide else x
        self.right = x + size / 2 if c in TRAILS and wide else self.end


class Line:
    def __init__(self, glyphs):
        self.glyphs = glyphs
        self.size = statistics.mode(round(g.size, 2) for g in glyphs)
        self.y = statistics.median(g.y for g in glyphs if abs(g.size - self.size) < 0.05)
        self.left, self.right = glyphs[0].left, glyphs[-1].right
        self.text = "".join(g.c for g in glyphs)
        self.bold = all("Bold" in g.font for g in glyphs)

    def openness(self):
        """Mean width of the gaps between neighbouring Han, in em; None where there are too few."""
        pairs = zip(self.glyphs, self.glyphs[1:])
        gaps = [(b.x - a.end) / a.size for a, b in pairs if is_han(a.c) and is_han(b.c)]
        return statistics.fmean(gaps) if len(gaps) > 5 else None

    def letters(self):
        return sum(g.c not in MARKS for g in self.glyphs)


def numbers(text):
    return [float(n) for n in text.split()]


def pages(path):
    """The glyphs of each page, y downwards."""
    drawn = subprocess.run(["mutool", "draw", "-q", "-F", "trace", path], capture_output=True, check=True).stdout
    for page in xml.fromstring(drawn).iter("page"):
        glyphs = []
        for text in page.iter("fill_text"):
            a, b, c, d, e, f = numbers(text.get("transform"))
            for span in text.iter("span"):
                size = numbers(span.get("trm"))[0] * abs(a)
                for g in span.iter("g"):
                    x, y, char = float(g.get("x")), float(g.get("y")), g.get("unicode") or "\ufffd"
                    # The later characters of a ligature have no glyph.
                    if b or c or char.isspace() or not g.get("glyph"):
                        continue
                    glyphs.append(Glyph(char, a * x + e, d * y + f, size, float(g.get("adv")), span.get("font")))
        yield glyphs


def lines(glyphs):
    """Glyphs on one baseline, cut at the gaps between columns; what is raised stands in the line beside it."""
    all = list(rows_of(glyphs))
    raised = [l for l in all if any(is_raised(l, o) for o in all)]
    for line in all:
        if line not in raised:
            own = [g for r in raised if is_raised(r, line) for g in r.glyphs]
            yield Line(sorted(line.glyphs + own, key=lambda g: g.x)) if own else line


def is_raised(mark, line):
    """A note's mark, an end mark: smaller, a little higher, within the line or right behind it."""
    em = line.size
    beside = line.glyphs[0].x < mark.glyphs[0].x and mark.glyphs[0].x - line.glyphs[-1].end < 0.8 * em
    return mark.size < 0.8 * em and 0.05 * em < line.y - mark.y < 0.6 * em and beside


def rows_of(glyphs):
    rows = collections.defaultdict(list)
    for g in sorted(glyphs, key=lambda g: g.y):
        key = next((k for k in (round(g.y, 1), round(g.y - 0.1, 1), round(g.y + 0.1, 1)) if k in rows), round(g.y, 1))
        rows[key].append(g)
    for row in rows.values():
        row.sort(key=lambda g: g.x)
        current = row[:1]
        for a, b in zip(row, row[1:]):
            if b.left - a.right > 1.7 * max(a.size, b.size):
                yield Line(current)
                current = []
            current.append(b)
        yield Line(current)


def columns(page, size):
    """Lines over each other, from the top: a column is where long lines of the body overlap; what goes across is in none."""
    spans = []
    for line in sorted((l for l in page if abs(l.size - size) < 0.05 and len(l.glyphs) > 8), key=lambda l: l.left):
        if spans and line.left < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], line.right)
        else:
            spans.append([line.left, line.right])
    inside = lambda l, span: span[0] - 3 * size < l.left and l.right < span[1] + 3 * size and l.left < span[1]
    return [sorted((l for l in page if inside(l, span)), key=lambda l: (l.y, l.left)) for span in spans]


class Count:
    def __init__(self, path):
        self.path, self.found = path, collections.defaultdict(list)
        self.all = [list(lines(glyphs)) for glyphs in pages(path)]
        sizes = collections.Counter(l.size for page in self.all for l in page for _ in l.glyphs)
        self.body = sizes.most_common(1)[0][0]
        self.justified, self.openness, self.edge, self.set_pages = 0, [], [], set()
        for number, page in enumerate(self.all, 1):
            for line in page:
                self.starts_and_ends(number, line, page)
            for column in columns([l for l in page if l.size > self.body - 0.3], self.body):
                self.column(number, column)
        self.grid()

    def note(self, what, number, line):
        self.found[what].append(f"p. {number}: {line.text}")

    def is_body(self, line):
        return abs(line.size - self.body) < 0.05

    def starts_and_ends(self, number, line, page):
        # A row of dots leads to a page's number.
        if line.size < 0.8 * self.body or len(line.glyphs) < 4 or len(set(line.text)) == 1:
            return
        if line.text[0] in NOT_AT_START:
            self.note("forbidden start", number, line)
        # A text that is cut short may end with anything; what goes on below may not.
        below = lambda l: 0 < l.y - line.y < 2.5 * line.size and l.left < line.right and l.right > line.left
        if line.text[-1] in NOT_AT_END and any(below(l) and abs(l.size - line.size) < 0.05 for l in page):
            self.note("forbidden end", number, line)

    def column(self, number, column):
        em = self.body
        text = [l for l in column if l.letters() > 1 and not l.text.isdigit()]
        if len(text) > 1 and text[-1].bold and not text[-2].bold:
            self.note("heading at a foot", number, text[-1])
        body = [l for l in column if self.is_body(l)]
        if len(body) < 3:
            return
        left = statistics.mode(round(l.left, 1) for l in body)
        at_left = lambda l: abs(l.left - left) < 0.3 * em
        full, pitch = collections.defaultdict(list), self.pitch()
        for i, line in enumerate(column):
            after = column[i + 1] if i + 1 < len(column) else None
            before = column[i - 1] if i else None
            if after is not None and after.y - line.y < 1.3 * pitch and self.goes_on(line, after, left):
                # Lines of one block, by where it begins; what stands at the column's edge is one block.
                full[round(after.left), round(line.size, 1)].append(line)
                self.split(number, line, after)
            elif before is not None and at_left(line) and self.is_body(line) and self.is_body(before) and line.letters() <= 1 and line.y - before.y < 1.3 * pitch:
                self.note("lone character", number, line)
        self.alone(number, body, left)
        edge = statistics.median(l.right for l in body if at_left(l))
        for block in full.values():
            self.fullness(number, block, edge)

    def goes_on(self, line, after, left):
        em = line.size
        if abs(after.size - em) > 0.05 or not self.body * 0.9 < em < self.body * 1.15:
            return False
        inset = after.left - line.left
        first = abs(inset + 2 * em) < 0.3 * em
        if abs(after.left - left) < 0.3 * self.body:
            return self.is_body(line) and (abs(inset) < 0.3 * em or first)
        hangs = inset > 0.3 * em and line.text[0] in MARKERS
        return abs(inset) < 0.3 * em or hangs

    def split(self, number, line, after):
        if line.text[-1] == after.text[0] and line.text[-1] in "—…" and (len(line.text) - len(line.text.rstrip(line.text[-1]))) % 2:
            self.note("cut dash", number, line)

    def alone(self, number, body, left):
        """孤行: a paragraph's first line at a column's foot, its last at a column's head."""
        em = self.body
        right = max(l.right for l in body)
        indented = lambda l: abs(l.left - left - 2 * em) < 0.3 * em
        if indented(body[-1]) and abs(right - body[-1].right) < em and body[-1] is max(body, key=lambda l: l.y):
            self.note("first line alone", number, body[-1])
        if not indented(body[0]) and right - body[0].right > em and indented(body[1]):
            self.note("last line alone", number, body[0])

    def fullness(self, number, full, edge):
        """Three lines show where their block ends; fewer end with their column or are not judged."""
        right = statistics.median(l.right for l in full) if len(full) > 2 else edge
        # Verse and rows of tables end where they end.
        if edge - right > 1.5 * self.body or sum(abs(l.right - right) <= EXACT for l in full) * 2 < len(full):
            return
        if len(full) > 2:
            self.set_pages.add(number)
        for line in full:
            self.justified += 1
            # Shorter by more than an em, or by less behind a full stop: the last line of a paragraph after all, above a list, a
            # quotation or, in one, above the next paragraph.
            short = right - line.right
            if short > 1.2 * self.body or short > 0.3 * self.body and line.text[-1] in "。！？；”…]":
                self.note("not judged", number, line)
                continue
            # Engines differ in where the body of · ends.
            if line.text[-1] == "·":
                continue
            self.edge.append(line.right - right)
            if abs(line.right - right) > EXACT:
                self.note("edge", number, line)
            opened = line.openness()
            if opened is not None:
                self.openness.append(opened)
                for bound in LOOSE:
                    if opened > bound:
                        self.note(f"loose {bound}", number, line)

    def pitch(self):
        if not hasattr(self, "_pitch"):
            steps = collections.Counter()
            for page in self.all:
                for column in columns([l for l in page if self.is_body(l)], self.body):
                    steps.update(round(b.y - a.y, 2) for a, b in zip(column, column[1:]) if b.y - a.y < 3 * self.body)
            self._pitch = steps.most_common(1)[0][0]
        return self._pitch

    def grid(self):
        """Lines of the body that are not whole pitches from where most of their page's stand; covers and contents have no
        body."""
        pitch = self.pitch()
        for number, page in enumerate(self.all, 1):
            if number not in self.set_pages:
                continue
            body = [l for l in page if self.is_body(l) and len(l.glyphs) > 6]
            phases = collections.Counter(round(l.y % pitch, 1) for l in body)
            if not phases:
                continue
            phase = phases.most_common(1)[0][0]
            for line in body:
                off = (line.y - phase + pitch / 2) % pitch - pitch / 2
                if abs(off) > 0.12:
                    self.note("off the grid", number, line)

    def report(self, show, expected):
        n = lambda what: len(self.found[what])
        print(f"{self.path}\n  body {self.body} pt on {self.pitch():.2f} pt, {len(self.all)} pages, {self.justified} justified lines")
        for what in ("forbidden start", "forbidden end", "cut dash", "lone character", "heading at a foot", "off the grid", "first line alone", "last line alone", "not judged"):
            print(f"  {n(what):4} {what}")
        if self.edge:
            rms = statistics.fmean(e * e for e in self.edge) ** 0.5
            print(f"  {n('edge'):4} beyond {EXACT} pt of the right edge (rms {rms:.4f}, most {max(map(abs, self.edge)):.4f} pt)")
        loose = ", ".join(f"{n(f'loose {b}')} above {b}" for b in LOOSE)
        print(f"  loose: {loose} em; mean of all {statistics.fmean(self.openness):.4f} em")
        for what in show:
            for found in self.found[what]:
                print(f"    {what}: {found}")
        return any(not n(what) for what in expected) if expected else any(n(what) for what in NONE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", nargs="+")
    parser.add_argument("--show", action="append", default=[], help="name the lines counted as this, e.g. 'loose 0.16'")
    parser.add_argument("--expect", action="append", default=[], help="something that must be counted")
    asked = parser.parse_args()
    sys.exit(max([Count(path).report(asked.show, asked.expect) for path in asked.pdf]))
