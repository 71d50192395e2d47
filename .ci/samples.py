#!/usr/bin/env python3
"""samples.py QIKAN: builds every sample and has its files judged by programs that are not ours.

qpdf must find the PDFs sound; poppler must find every font embedded, subset and with a character map, no Type 3 font, and
the text free of Kangxi radicals; one and two threads must give the same bytes, and the report tell the files' digests. A
vertical sample must be bound at the right and its lines come out in order. The EPUBs are judged by epubs.py."""
import hashlib, json, pathlib, re, subprocess, sys, tempfile

qikan = str(pathlib.Path(sys.argv[1]).resolve())
samples = sorted(p for p in pathlib.Path("samples").iterdir() if p.is_dir())
failures = []


def run(*argv):
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def expect(condition, what):
    print(("ok    " if condition else "FAIL  ") + what)
    if not condition:
        failures.append(what)


def judge_pdf(path):
    code, out, err = run("qpdf", "--check", path)
    expect(code == 0, f"{path.name}: qpdf finds it sound" + ("" if code == 0 else f"\n{out}{err}"))
    rows = run("pdffonts", path)[1].splitlines()[2:]
    bad = [r for r in rows if "Type 3" in r or not re.search(r"yes yes yes +\d+ +\d+$", r)]
    expect(rows and not bad, f"{path.name}: {len(rows)} fonts, embedded, subset, with a character map {bad or ''}")
    text = run("pdftotext", "-enc", "UTF-8", path, "-")[1]
    radicals = sorted({c for c in text if 0x2E80 <= ord(c) <= 0x2FDF})
    expect(len(text) > 100 and not radicals, f"{path.name}: {len(text)} characters of text, no radicals {radicals or ''}")


def judge_report(path):
    report = json.loads(path.read_text("utf-8"))
    named = {file["name"]: file["sha256"] for file in report["files"]}
    real = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in path.parent.glob("*") if f.suffix in (".pdf", ".epub")}
    expect(named == real, f"{path.name}: tells the files and their digests")


def han(text):
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def judge_vertical(sample, directory):
    """Bound at the right; upright glyphs in fonts that go down; every paragraph without marks in its text comes out whole."""
    for path in sorted(directory.glob("*.pdf")):
        fonts = run("pdffonts", path)[1]
        expect("Identity-V" in fonts, f"{path.name}: has fonts of vertical writing")
        view = run("qpdf", "--json", "--json-key=qpdf", path)[1]
        expect(re.search(r'"/Direction": "/R2L"', view), f"{path.name}: is bound at the right")
        text = han(run("pdftotext", "-raw", "-enc", "UTF-8", path, "-")[1])
        lines = "\n".join(p.read_text("utf-8") for p in sorted(sample.glob("articles/*.md"))).split("\n")
        plain = [han(line) for line in lines if re.match(r"[「\u4e00-\u9fff][^\[{<!|]{20,}$", line)]
        lost = [line for line in plain if line[:12] not in text]
        expect(len(plain) > 20 and not lost, f"{path.name}: {len(plain)} paragraphs in order {lost[:3] or ''}")


judges = {".pdf": judge_pdf, ".json": judge_report}

with tempfile.TemporaryDirectory() as directory:
    for sample in samples:
        digests = []
        for threads in (1, 2):
            out = pathlib.Path(directory) / f"{sample.name}-{threads}"
            code, text, err = run(qikan, "--threads", threads, "build", sample, "-o", out)
            expect(code == 0, f"{sample.name}: builds on {threads} thread(s)" + ("" if code == 0 else f"\n{err}"))
            digests.append({f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(out.glob("*")) if f.is_file()})
        expect(digests[0] == digests[1] and len(digests[0]) == 4, f"{sample.name}: the same four files on 1 and 2 threads")
        for path in sorted(p for p in (pathlib.Path(directory) / f"{sample.name}-2").glob("*") if p.suffix in judges):
            judges[path.suffix](path)
        manifest = sample / "issue.toml"
        if manifest.exists() and 'writing = "vertical"' in manifest.read_text("utf-8"):
            judge_vertical(sample, pathlib.Path(directory) / f"{sample.name}-2")

print(f"{'FAILED' if failures else 'passed'}: {len(failures)} of the checks on samples failed")
sys.exit(bool(failures))
