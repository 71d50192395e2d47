#!/usr/bin/env python3
"""Makes the manuscripts of tests/import that no editor types: Word files (with python-docx) and texts in old encodings.

The other manuscripts there are written by hand. Word files carry a fixed date, so that making them again changes nothing.
"""
import datetime
import io
import pathlib
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

here = pathlib.Path(__file__).resolve().parent.parent / "tests/import/raw"
photo = here.parent.parent.parent / "samples/minimal/photos/fig.jpg"

PARAGRAPH = "这座桥是一九五八年修的，桥面三米宽，两个人抬着东西可以并排走过去，水大的年份漫过两次，没有垮。"
SECOND = "管桥的人姓方，每年雨季前把桥墩上的树枝清一遍，他说树枝不碍桥，碍的是第二根、第三根跟着来的树枝。"


def save(document, name):
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2026, 1, 1)
    document.core_properties.author = ""
    buffer = io.BytesIO()
    document.save(buffer)
    source = zipfile.ZipFile(buffer)
    with zipfile.ZipFile(here / name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for entry in source.namelist():
            if "thumbnail" not in entry:
                target.writestr(zipfile.ZipInfo(entry, (2026, 1, 1, 0, 0, 0)), source.read(entry), zipfile.ZIP_DEFLATED)


def styled():
    d = docx.Document()
    d.add_heading("石桥边的人", 0)
    p = d.add_paragraph("方宁")
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    d.add_heading("桥", 1)
    d.add_paragraph(PARAGRAPH)
    d.add_heading("人", 1)
    p = d.add_paragraph("管桥的人姓方，")
    p.add_run("每年雨季前").bold = True
    p.add_run("把桥墩上的树枝清一遍。")
    d.add_paragraph("修桥的事，听老人讲。", style="Quote")
    for item in ["一把镰刀", "一根长竹竿"]:
        d.add_paragraph(item, style="List Bullet")
    save(d, "20-styles.docx")


def table():
    d = docx.Document()
    d.add_paragraph("三座桥的长宽")
    d.add_paragraph("方宁　江一苇")
    d.add_paragraph(PARAGRAPH)
    t = d.add_table(rows=3, cols=3)
    for r, row in enumerate([["桥", "尺寸", ""], ["", "长", "宽"], ["石桥", "12米", "3米"]]):
        for c, text in enumerate(row):
            t.cell(r, c).text = text
    t.cell(0, 1).merge(t.cell(0, 2))
    t.cell(0, 0).merge(t.cell(1, 0))
    t.cell(0, 1).text = "尺寸"
    t.cell(0, 0).text = "桥"
    d.add_paragraph(SECOND)
    save(d, "21-table.docx")


def picture():
    d = docx.Document()
    d.add_paragraph("桥头的无花果")
    d.add_paragraph("文／方宁")
    d.add_paragraph(PARAGRAPH)
    tiny = io.BytesIO(bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ffff3f0005fe02fea7566a9d0000000049454e44ae426082"))
    d.add_picture(tiny, width=Mm(60))
    d.add_paragraph("桥头的无花果，八月的下午。方宁 摄", style="Caption")
    d.add_paragraph(SECOND)
    d.add_paragraph("（责任编辑：江一苇）")
    save(d, "22-picture.docx")


def bare():
    d = docx.Document()
    p = d.add_paragraph()
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    p.add_run("没有样式的稿子").bold = True
    d.add_paragraph("本刊记者 方宁")
    d.add_paragraph("")
    d.add_paragraph("一、缘起")
    d.add_paragraph(PARAGRAPH)
    d.add_paragraph("二、经过")
    d.add_paragraph(SECOND)
    d.add_paragraph("（作者系山行编辑室编辑）")
    save(d, "23-bare.docx")


def encodings():
    text = (here / "01-portal.txt").read_text(encoding="utf-8")
    (here / "24-gbk.txt").write_bytes(text.replace("\u00a0", " ").encode("gbk"))
    (here / "26-utf16.txt").write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    text = (here / "06-traditional.txt").read_text(encoding="utf-8")
    (here / "25-big5.txt").write_bytes(text.replace("\u00a0", " ").encode("big5hkscs"))
    page = (here / "11-portal.html").read_text(encoding="utf-8")
    (here / "27-gb2312.html").write_bytes(page.replace("utf-8", "gb2312").encode("gbk"))


for make in (styled, table, picture, bare, encodings):
    make()
