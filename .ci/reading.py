#!/usr/bin/env python3
"""reading.py QIKAN: what a screen reader follows in the samples' screen PDFs, the tag tree, says what their EPUBs say, in order.

The tree is walked with pikepdf; the text of its marked content is decoded by the fonts' ToUnicode, an ActualText instead of
what it replaces. Of a ruby the bases make the sentence; its readings are told apart by the tree (RB, RT) and compared too."""
import pathlib, re, subprocess, sys, tempfile, zipfile
from xml.etree import ElementTree

import pikepdf

XHTML = "{http://www.w3.org/1999/xhtml}"


def to_unicode(font):
    """Codes of two bytes and what they mean, by the font's CMap."""
    cmap, meaning = font.ToUnicode.read_bytes().decode("latin-1"), {}
    text = lambda digits: bytes.fromhex(digits).decode("utf-16-be")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        meaning.update((int(code, 16), text(said)) for code, said in re.findall(r"<([^>]+)>\s*<([^>]+)>", block))
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, said in re.findall(r"<([^>]+)>\s*<([^>]+)>\s*<([^>]+)>", block):
            start = int(said, 16)
            meaning.update((code, chr(start + code - int(first, 16))) for code in range(int(first, 16), int(last, 16) + 1))
    return meaning


def marked_content(page, number, fonts):
    """The text of each marked-content sequence of a page, by its MCID."""
    said, stack, meaning = {}, [], {}
    names = page.Resources.get("/Font", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
                mcid, actual = properties.get("/MCID"), properties.get("/ActualText")
                outer = stack[-1] if stack else (None, False)
                stack.append((outer[0] if mcid is None else int(mcid), outer[1] or actual is not None))
                if actual is not None and not outer[1]:
                    said.setdefault(stack[-1][0], []).append(str(actual))
            case "EMC":
                stack.pop()
            case "Tf":
                font = names[str(operands[0])]
                if font.objgen not in fonts:
                    fonts[font.objgen] = to_unicode(font)
                meaning = fonts[font.objgen]
            case "Tj" | "TJ" if stack and stack[-1][0] is not None and not stack[-1][1]:
                parts = operands[0] if str(operator) == "TJ" else operands
                codes = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
                text = "".join(meaning.get(int.from_bytes(codes[i : i + 2]), "\ufffd") for i in range(0, len(codes), 2))
                said.setdefault(stack[-1][0], []).append(text)
    return {(number, mcid): "".join(texts) for mcid, texts in said.items()}


def tag_tree(path):
    """Bases and readings, each one string in the tree's order."""
    with pikepdf.open(path) as pdf:
        pages, said, fonts = {}, {}, {}
        for number, page in enumerate(pdf.pages):
            pages[page.obj.objgen] = number
            said.update(marked_content(page, number, fonts))
        bases, readings = [], []

        def walk(kid, page, out):
            if isinstance(kid, pikepdf.Array):
                for each in kid:
                    walk(each, page, out)
            elif isinstance(kid, pikepdf.Dictionary):
                page = pages[kid.Pg.objgen] if "/Pg" in kid else page
                if kid.get("/Type") == "/OBJR":
                    return
                if "/MCID" in kid:
                    return walk(int(kid.MCID), page, out)
                walk(kid.get("/K", pikepdf.Array()), page, readings if kid.get("/S") == "/RT" else out)
                out.append("\n" if kid.get("/S") not in ("/Ruby", "/RB", "/RT", "/Span", "/Link", "/Reference") else "")
            else:
                out.append(said.get((page, int(kid)), ""))

        walk(pdf.Root.StructTreeRoot.K, None, bases)
        return "".join(bases), "".join(readings)


def book(path):
    """The paragraphs and headings of each article, which are its title and which loose, and all readings."""
    archive = zipfile.ZipFile(path)
    package = ElementTree.fromstring(archive.read("OEBPS/content.opf"))
    items = {e.get("id"): e.get("href") for e in package.iter() if e.tag.endswith("}item")}
    articles, readings = [], []
    for ref in (e for e in package.iter() if e.tag.endswith("}itemref")):
        body = ElementTree.fromstring(archive.read("OEBPS/" + items[ref.get("idref")])).find(XHTML + "body")
        if not any(e.get("class") == "article" for e in body.iter()):
            continue
        readings += [rt.text or "" for rt in body.iter(XHTML + "rt")]
        for aside in [*body.iter(XHTML + "ruby")]:
            for gone in [e for e in aside if e.tag in (XHTML + "rt", XHTML + "rp")]:
                gone.text = ""
        # Heads and notes have an order of their own in each form.
        loose = {id(e) for part in body.iter() if part.tag in (XHTML + "header", XHTML + "aside") for e in part.iter()}
        blocks = [e for e in body.iter() if e.tag in (XHTML + "p", XHTML + "h1", XHTML + "h2", XHTML + "h3")]
        articles.append([(e.tag == XHTML + "h1", id(e) in loose, "".join(e.itertext())) for e in blocks])
    return articles, readings


def letters(text):
    return re.sub(r"[^\u3100-\u312f\u31a0-\u31bf\u3041-\u30ff\u3400-\u9fff\U00020000-\U000323af]", "", text)


def judge(name, pdf, epub):
    bases, readings = (letters(text) for text in tag_tree(pdf))
    articles, said = book(epub)
    failures, at = [], 0
    for article in articles:
        lost = []
        for _, loose, text in article:
            block = letters(text)
            found = bases.find(block, 0 if loose else at)
            lost += [block] if found < 0 else []
            at = found + len(block) if found >= 0 and not loose else at
        title = "".join(text for is_title, _, text in article if is_title)
        print(f"{'FAIL' if lost else 'ok':6}{name}: {title}, {len(article)} blocks in order {lost[:3] or ''}")
        failures += lost
    same = readings == letters("".join(said))
    print(f"{'ok' if same else 'FAIL':6}{name}: {len(said)} readings as the EPUB has them")
    return not failures and same and articles


sound = True
with tempfile.TemporaryDirectory() as out:
    for sample in sorted(p for p in pathlib.Path("samples").iterdir() if p.is_dir()):
        target = pathlib.Path(out) / sample.name
        subprocess.run([sys.argv[1], "build", sample, "-o", target, "--only", "screen,epub"], check=True, capture_output=True)
        (pdf,), (epub,) = target.glob("*.pdf"), target.glob("*.epub")
        sound = judge(sample.name, pdf, epub) and sound
sys.exit(not sound)
