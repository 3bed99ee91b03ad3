"""The report's drawings on paper: the index on its scale and over months, the elements on the grades, how often each answer was given."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib import colors

from kiosk.survey.drawing import BEST, HIGHEST, LOWEST, Number, along, bands, begin_of, pieces, points, strokes, trend_begin

MONTHS_HIGH, MONTHS_LEFT = 96.0, 16.0
LEAST_INSIDE = 5.0  # percent of a bar below which its number does not fit inside
ANSWERS = tuple(colors.HexColor(code) for code in ("#86410f", "#d9b08c", "#aab6e0", "#1e2a63"))  # dark, light, light, dark: also when grey
ON_ANSWERS = (colors.white, None, None, colors.white)  # of the numbers on them; None: ink
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
        drawing.add(_string(x, 3, _number(band.edge), anchor="start", size=7.5))
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
        drawing.add(_string(x, 3, _number(band.edge), size=7.5))
    for number, (key, name, mean) in enumerate(rows):
        y = height - TOP - ROW * (number + 0.5)
        x = left + along(mean, begin, BEST) * (right - left) / 100
        drawing.add(Line(left, y, right, y, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(_string(0, y - 3, _short(name), BOLD if key in weak else FONT, anchor="start"))
        drawing.add(_string(width, y - 3, _number(mean), BOLD, anchor="end"))
        diamond = Polygon([x, y - 5, x + 5, y, x, y + 5, x - 5, y], fillColor=WEAK, strokeColor=None)
        drawing.add(diamond if key in weak else Circle(x, y, 4, fillColor=BRAND, strokeColor=None))
    return drawing


def months(rows: Sequence[tuple[str, Decimal | None]], width: float) -> Drawing:
    """The index month by month (name, index); a month without one has no dot, and no line goes through it."""
    height = TOP + MONTHS_HIGH + BOTTOM
    drawing, wide = Drawing(width, height), width - MONTHS_LEFT
    values = [index for _, index in rows]
    begin = trend_begin([index for index in values if index is not None])
    for band in bands(begin, HIGHEST):
        y, tall = BOTTOM + band.x * MONTHS_HIGH / 100, band.width * MONTHS_HIGH / 100
        drawing.add(Rect(MONTHS_LEFT, y, wide, tall, fillColor=colors.HexColor(BANDS[band.grade]), strokeColor=None))
        if tall:
            drawing.add(_string(MONTHS_LEFT / 2, y + 3, band.grade, BOLD))
    line = points(values, begin, HIGHEST)

    def at(x: float, y: float) -> tuple[float, float]:
        return MONTHS_LEFT + x * wide / 100, BOTTOM + (100 - y) * MONTHS_HIGH / 100

    for one in strokes(line):
        drawing.add(Line(*at(one.x1, one.y1), *at(one.x2, one.y2), strokeColor=BRAND, strokeWidth=1.5))
    for (name, index), point in zip(rows, line, strict=True):
        x, y = at(point.x, point.y or 0)
        drawing.add(_string(x, 3, name, size=7.5))
        if point.y is not None:
            drawing.add(Circle(x, y, 3, fillColor=BRAND, strokeColor=None))
            drawing.add(_string(x, y + 6, _number(index), BOLD))
    return drawing


def answers(rows: Sequence[tuple[str, Sequence[int]]], width: float) -> Drawing:
    """A bar for each element (name, how often 1, 2, 3 and 4 were given), the number of each where it fits."""
    height = TOP + ROW * len(rows)
    drawing, left = Drawing(width, height), NAMES * width
    for at, (colour, score) in enumerate(zip(ANSWERS, "1234", strict=True)):
        x = left + at * 32
        drawing.add(Rect(x, height - 10, 9, 9, fillColor=colour, strokeColor=None))
        drawing.add(_string(x + 13, height - 9, score, anchor="start"))
    for number, (name, counts) in enumerate(rows):
        y = height - TOP - ROW * (number + 1) + 3
        drawing.add(_string(0, y + 3, _short(name), anchor="start"))
        for piece, count, colour, ink in zip(pieces(counts), counts, ANSWERS, ON_ANSWERS, strict=True):
            x, wide = left + piece.x * (width - left) / 100, piece.width * (width - left) / 100
            drawing.add(Rect(x, y, wide, ROW - 5, fillColor=colour, strokeColor=colors.white, strokeWidth=0.5))
            if piece.width >= LEAST_INSIDE:
                drawing.add(_string(x + wide / 2, y + 3.5, str(count), BOLD, colour=ink))
    return drawing


def _number(value: Number | None) -> str:
    return str(value).replace(".", ",")


def _short(name: str) -> str:
    return name if len(name) <= NAME_SIGNS else f"{name[: NAME_SIGNS - 3].rstrip(' ,')}..."


def _string(x: float, y: float, text: str, font: str = FONT, *, anchor: str = "middle", size: float = 8.5, colour: Any = None) -> String:
    return String(x, y, text, fontName=font, fontSize=size, textAnchor=anchor, fillColor=colour or INK)
