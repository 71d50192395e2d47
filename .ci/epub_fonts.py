#!/usr/bin/env python3
"""epub_fonts.py MODULES EPUB…: the fonts in EPUBs beside the whole faces they were cut from.

Each is at most 1.25 times as large as HarfBuzz's subset of the same characters (no hints, no subroutines, no layout tables but
those of vertical lines where the font has them too), and Chromium draws every one of its characters, and the dash of two, in
Han text as the whole face does, pixel for pixel."""
import json, os, pathlib, shutil, subprocess, sys, tempfile, zipfile, zlib

import uharfbuzz
from fontTools.ttLib import TTFont

modules, *books = sys.argv[1:]
FILES = {
    "song-regular": "NotoSerifCJK-Regular.ttc", "song-bold": "NotoSerifCJK-Bold.ttc", "hei-regular": "NotoSansCJK-Regular.ttc",
    "hei-bold": "NotoSansCJK-Bold.ttc", "kai-regular": "LXGWWenKai-Regular.ttf",
}
INDEX = {"jp": 0, "sc": 2, "tc": 3, "hk": 4}
LANG = {"jp": "ja", "sc": "zh-Hans", "tc": "zh-Hant", "hk": "zh-Hant-HK"}
failures = []


def expect(condition, what):
    print(("ok    " if condition else "FAIL  ") + what, flush=True)
    if not condition:
        failures.append(what)


def deflated(data):
    return len(zlib.compress(data, 6))


def tags(names):
    return [int.from_bytes(name.encode(), "big") for name in names]


def by_harfbuzz(path, index, characters, vertical):
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(tags(["vert", "vrt2", "vhal"] if vertical else []))
    wanted.drop_table_tag_set.update(tags(["GDEF", "BASE", "DSIG"]))
    if not vertical:
        wanted.drop_table_tag_set.update(tags(["GSUB", "GPOS", "vhea", "vmtx", "VORG"]))
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
    return uharfbuzz.subset(face, wanted).blob.data


with tempfile.TemporaryDirectory() as directory:
    root, jobs = pathlib.Path(directory), []
    for book in map(pathlib.Path, books):
        with zipfile.ZipFile(book) as archive:
            for name in (n for n in archive.namelist() if n.endswith((".otf", ".ttf"))):
                data = archive.read(name)
                stem = pathlib.Path(name).stem
                family, script = stem.rsplit("-", 1)
                source, index = pathlib.Path("fonts") / FILES[family], 0 if family.startswith("kai") else INDEX[script]
                subset = root / f"{book.stem}-{pathlib.Path(name).name}"
                subset.write_bytes(data)
                font = TTFont(subset)
                characters = sorted(font.getBestCmap())
                theirs = by_harfbuzz(source, index, characters, "vmtx" in font)
                ratio, zipped = len(data) / len(theirs), deflated(data) / deflated(theirs)
                what = f"{book.stem} {stem}: {len(characters)} characters, {len(data)} bytes, HarfBuzz {len(theirs)}: {ratio:.3f}"
                expect(ratio <= 1.25, f"{what}; deflated {deflated(data)}: {zipped:.3f}")
                whole = root / f"whole-{stem}"
                if not whole.exists():
                    TTFont(source, fontNumber=index if source.suffix == ".ttc" else -1, lazy=True).save(whole)
                # A dash of Chinese is two characters, drawn as one line.
                dashes = ["——"] if ord("—") in characters else []
                jobs.append({"name": f"{book.stem} {stem}", "subset": str(subset), "whole": str(whole),
                             "lang": LANG[script], "characters": [chr(c) for c in characters] + dashes})
    (root / "jobs.json").write_text(json.dumps(jobs), "utf-8")
    env = dict(os.environ, PUPPETEER_EXECUTABLE_PATH=shutil.which("chromium") or "")
    done = subprocess.run(["node", ".ci/glyphs.cjs", modules, str(root / "jobs.json")], capture_output=True, text=True, env=env)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    expect(done.returncode == 0 and len(rows) == len(jobs), "Chromium draws" + done.stderr)
    for row, job in zip(rows, jobs):
        count = len(job["characters"])
        expect(not row["different"] and row["drawn"] >= count * 0.9 - 3,
               f"{row['name']}: {row['drawn']} of {count} characters leave ink, all as the whole face's {row['different'][:20] or ''}")

print(f"{'FAILED' if failures else 'passed'}: {len(failures)} of the checks on EPUB fonts failed")
sys.exit(bool(failures))
