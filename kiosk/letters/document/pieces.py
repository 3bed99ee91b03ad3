"""Pieces of text with their size: what a page of a letter is put together from."""

from dataclasses import dataclass
from typing import Any, Self
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph

from kiosk.letters.document.fonts import HEADING, STRONG, TEXT

INK, BRAND, TURMERIC, WHITE = (colors.HexColor(code) for code in ("#12162b", "#1e2a63", "#f5b840", "#ffffff"))
SOFT, LINE, DRAFT = (colors.HexColor(code) for code in ("#4a5168", "#b9bfd1", "#e6e8f0"))
BODY = ParagraphStyle("body", fontName=TEXT, fontSize=11, leading=16, textColor=INK, allowWidows=0, allowOrphans=0)
LABEL = ParagraphStyle("label", parent=BODY, textColor=SOFT)
NAME = ParagraphStyle("name", parent=BODY, fontName=STRONG)
RIGHT = ParagraphStyle("right", parent=BODY, alignment=TA_RIGHT)
CENTRE = ParagraphStyle("centre", parent=BODY, alignment=TA_CENTER)
TITLE = ParagraphStyle("title", parent=CENTRE, fontName=HEADING, fontSize=19, leading=24, textColor=BRAND)
AUTHORITY = ParagraphStyle("authority", parent=BODY, fontSize=10.5, leading=13.5)
OFFICE = ParagraphStyle("office", parent=AUTHORITY, fontName=HEADING, fontSize=15, leading=18, textColor=BRAND)
ADDRESS = ParagraphStyle("address", parent=AUTHORITY, fontSize=8.5, leading=12, textColor=SOFT)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=11.5, textColor=SOFT)
SMALL_STRONG = ParagraphStyle("small strong", parent=SMALL, fontName=STRONG, textColor=INK)
CODE = ParagraphStyle("code", parent=SMALL_STRONG, fontSize=11, leading=14)
FOOT = ParagraphStyle("foot", parent=SMALL, fontSize=7, leading=9)
FOOT_STRONG = ParagraphStyle("foot strong", parent=FOOT, fontName=STRONG)
FOOT_RIGHT = ParagraphStyle("foot right", parent=FOOT_STRONG, alignment=TA_RIGHT)
GAP = 2 * mm


@dataclass
class Piece:
    """A paragraph, with `label` in a column of its own before it when `indent` (points) says so. `role`: its tag (ISO 32000-1, 14.8.4).

    `above`: space before it, left out at the head of a page; `keeps`: it does not stand at the end of a page without what follows.
    """

    text: Paragraph
    width: float
    role: str = "P"
    above: float = 0
    label: Paragraph | None = None
    indent: float = 0
    keeps: bool = False

    def __post_init__(self) -> None:
        heights = [self.text.wrap(self.width - self.indent, 1e6)[1]]
        if self.label is not None:
            heights.append(self.label.wrap(self.indent - GAP, 1e6)[1])
        self.height = max(heights)

    @property
    def lines(self) -> int:
        """Printed lines."""
        return len(self.text.blPara.lines)

    def words(self) -> list[str]:
        """Its words in the order in which they are drawn."""
        paragraphs = [self.text] if self.label is None else [self.label, self.text]
        return [word for paragraph in paragraphs for _, words in paragraph.blPara.lines for word in words]

    def split(self, height: float) -> tuple[Self, Self] | None:
        """This piece in two, the first no higher than `height`; None where it cannot be divided so."""
        parts = self.text.split(self.width - self.indent, height)
        if len(parts) != 2 or (self.label is not None and self.label.height > height):
            return None
        head = type(self)(parts[0], self.width, self.role, self.above, self.label, self.indent)
        return head, type(self)(parts[1], self.width, self.role, 0, None, self.indent, self.keeps)

    def draw(self, canvas: Any, x: float, top: float) -> None:
        """Put it on the page, its upper left corner at `x` and `top`."""
        if self.label is not None:
            self.label.drawOn(canvas, x, top - self.label.height)
        self.text.drawOn(canvas, x + self.indent, top - self.text.height)


def piece(text: str, style: ParagraphStyle, width: float, **more: Any) -> Piece:
    """`text` as it stands (no markup in it) in `style`."""
    return Piece(Paragraph(escape(text), style), width, **more)


def row(label: str, text: str, width: float, indent: float, *, above: float = 0, role: str = "TR", style: ParagraphStyle = BODY) -> Piece:
    """A label and what it names, side by side."""
    return Piece(Paragraph(escape(text), style), width, role, above, Paragraph(escape(label), LABEL), indent)
