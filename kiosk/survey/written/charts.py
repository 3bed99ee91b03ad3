"""The report's drawings on paper: the index on its scale, and the elements as dots on the bands of the grades."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib import colors

from kiosk.survey.drawing import BEST, HIGHEST, LOWEST, along, bands, begin_of

BANDS = {"A": "#d5ddf5", "B": "#e3e8f7", "C": "#eceef4", "D": "#f3f3f5"}
INK, BRAND, WEAK, LINE = (colors.HexColor(code) for code in ("#12162b", "#1e2a63", "#86410f", "#9aa3bd"))
FONT, BOLD = "Helvetica", "Helvetica-Bold"
ROW, NAMES, VALUES, TOP, BOTTOM = 18.0, 0.36, 34.0, 16.0, 14.0
NAME_SIGNS = 38


def scale(index: Decimal, width: float) -> Drawing:
    """The scale from 25 to 100 with its grades, and where the index lies."""
    height, low, thick = 44.0, 14.0, 16.0
    drawing = Drawing(width, height)
    for band in bands(LOWEST, HIGHEST):
        x, wide = band.x * width / 100, band.width * width / 100
        drawing.add(Rect(x, low, wide, thick, fillColor=colors.HexColor(BANDS[band.grade]), strokeColor=LINE, strokeWidth=0.5))
        drawing.add(_string(x + wide / 2, low + 5, band.grade, BOLD))
        drawing.add(_string(x, 3, str(band.edge).replace(".", ","), anchor="start", size=7.5))
    x = along(index, LOWEST, HIGHEST) * width / 100
    drawing.add(Polygon([x, low + thick, x - 4, low + thick + 8, x + 4, low + thick + 8], fillColor=WEAK, strokeColor=None))
    return drawing


def elements(rows: Sequence[tuple[str, str, Decimal]], weak: Collection[str], width: float) -> Drawing:
    """A dot for each element's mean (key, name, mean) on the bands of the grades; the weakest are diamonds."""
    height = TOP + BOTTOM + ROW * len(rows)
    drawing = Drawing(width, height)
    left, right = NAMES * width, width - VALUES
    begin = begin_of([mean for _, _, mean in rows])
    for band in bands(begin, BEST, 25):
        x, wide = left + band.x * (right - left) / 100, band.width * (right - left) / 100
        drawing.add(Rect(x, BOTTOM, wide, height - TOP - BOTTOM, fillColor=colors.HexColor(BANDS[band.grade]), strokeColor=None))
        drawing.add(_string(x + wide / 2, height - TOP + 5, band.grade, BOLD))
        drawing.add(_string(x, 3, str(band.edge).replace(".", ","), size=7.5))
    for number, (key, name, mean) in enumerate(rows):
        y = height - TOP - ROW * (number + 0.5)
        x = left + along(mean, begin, BEST) * (right - left) / 100
        drawing.add(Line(left, y, right, y, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(_string(0, y - 3, _short(name), BOLD if key in weak else FONT, anchor="start"))
        drawing.add(_string(width, y - 3, str(mean).replace(".", ","), BOLD, anchor="end"))
        diamond = Polygon([x, y - 5, x + 5, y, x, y + 5, x - 5, y], fillColor=WEAK, strokeColor=None)
        drawing.add(diamond if key in weak else Circle(x, y, 4, fillColor=BRAND, strokeColor=None))
    return drawing


def _short(name: str) -> str:
    return name if len(name) <= NAME_SIGNS else f"{name[: NAME_SIGNS - 3].rstrip(' ,')}..."


def _string(x: float, y: float, text: str, font: str = FONT, *, anchor: str = "middle", size: float = 8.5) -> String:
    return String(x, y, text, fontName=font, fontSize=size, textAnchor=anchor, fillColor=INK)
