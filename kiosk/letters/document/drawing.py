"""Draws a letter from its record alone: the same record and code give the same bytes, here and at any other office.

What a verifier compares: `draw` makes the letter again, `expected_text` tells its words by page.
"""

import calendar
import io
from datetime import date
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from kiosk.letters.document import attaching, fonts, layout, mark, pieces
from kiosk.letters.document.layout import Page
from kiosk.letters.document.stored import encode
from kiosk.letters.document.tagging import Tags
from kiosk.letters.qr import symbol
from kiosk.paper import qr

LANGUAGE = "id-ID"
CODE_ALT = "Kode QR bertanda tangan untuk memeriksa surat ini"
DRAFT = "RANCANGAN"


def draw(record: dict[str, Any], qr_text: str | None) -> bytes:
    """The letter as PDF, `record` attached, `qr_text` (of `qr.text.to_text`) as its code; without it a preview that says so.

    Raises ValueError for a text that is no letter code, `qrcode.exceptions.DataOverflowError` for one that no symbol holds.
    """
    fonts.register()
    file = io.BytesIO()
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    canvas = Canvas(file, size, invariant=1, pageCompression=1, pdfVersion=(1, 7), lang=LANGUAGE, initialFontName=fonts.TEXT)
    canvas._doc.defaultStreamFilters = [PDFZCompress]  # reportlab's own way is text, a quarter larger
    _describe(canvas, record)
    tags = Tags(canvas)
    for page in layout.pages(record):
        _draw_page(canvas, tags, page, record, qr_text)
        canvas.showPage()
        tags.end_page()
    tags.close()
    attaching.attach(canvas, encode(record))
    canvas.save()
    return file.getvalue()


def expected_text(record: dict[str, Any]) -> list[list[str]]:
    """The words that each page shows, in the order in which they are drawn."""
    fonts.register()
    return [[word for placed in page.texts for word in placed.piece.words()] for page in layout.pages(record)]


def _describe(canvas: Canvas, record: dict[str, Any]) -> None:
    canvas.setTitle(f"{record['heading']} {record['number']}")
    canvas.setAuthor(f"{record['head']['name']}, {record['head']['authority']}")
    canvas.setSubject(record["subject"])
    canvas.setCreator("Kios PTSP")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if record["date"] is not None:  # the file bears the letter's date, not the moment of drawing
        stamp = canvas._doc._timeStamp
        stamp.lt = (*date.fromisoformat(record["date"]).timetuple()[:3], 0, 0, 0, 0, 0, 0)
        stamp.t, stamp.YMDhms = calendar.timegm(stamp.lt), stamp.lt[:6]


def _draw_page(canvas: Canvas, tags: Tags, page: Page, record: dict[str, Any], qr_text: str | None) -> None:
    if page.rule is not None:
        with tags.passed_over():
            _draw_head(canvas, page.rule, record["head"]["crest"])
    if qr_text is None:
        with tags.passed_over():
            _draw_draft(canvas)
    if page.code and qr_text:
        with tags.tagged("Figure", Alt=CODE_ALT):
            _draw_code(canvas, *page.code, qr_text)
    for placed in page.texts:
        for paragraph, x, y in placed.piece.parts(placed.x, placed.top):
            with tags.tagged(placed.role) if placed.role else tags.passed_over():
                paragraph.drawOn(canvas, x, y)
    with tags.passed_over():
        canvas.setStrokeColor(pieces.LINE)
        canvas.setLineWidth(0.5)
        canvas.line(layout.LEFT, layout.FOOT_TOP, layout.LEFT + layout.WIDTH, layout.FOOT_TOP)


def _draw_head(canvas: Canvas, rule: float, crest: bytes | None) -> None:
    """The mark (the office's crest, else ours), and the two rules of an Indonesian letterhead."""
    bottom = layout.HEAD_TOP - layout.MARK
    if crest is None:
        mark.draw(canvas, layout.LEFT, bottom, layout.MARK)
    else:
        picture = ImageReader(io.BytesIO(crest))
        canvas.drawImage(picture, layout.LEFT, bottom, layout.MARK, layout.MARK, mask="auto", preserveAspectRatio=True, anchor="c")
    canvas.setStrokeColor(pieces.BRAND)
    for height, width in ((rule, 1.8), (rule - 0.9 * mm, 0.5)):
        canvas.setLineWidth(width)
        canvas.line(layout.LEFT, height, layout.LEFT + layout.WIDTH, height)


def _draw_code(canvas: Canvas, x: float, y: float, text: str) -> None:
    """The symbol as rectangles one module high, `layout.QR` wide; what stands around it leaves its quiet zone free."""
    rows = symbol.matrix(text)
    module = layout.QR / len(rows)
    canvas.saveState()
    canvas.setFillColorRGB(0, 0, 0)
    canvas.translate(x, y + layout.QR)
    canvas.scale(module, -module)  # whole numbers from here on, counted downwards
    canvas._code.extend(f"{start} {down} {length} 1 re" for down, row in enumerate(rows) for start, length in qr.runs(row))
    canvas._code.append("f")
    canvas.restoreState()


def _draw_draft(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(pieces.DRAFT)
    canvas.setFont(fonts.HEADING, 86)
    canvas.translate(layout.PAGE_WIDTH / 2, layout.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, -28, DRAFT)
    canvas.restoreState()
