"""The product's mark, the kawung of four petals, as vectors: for offices that have set no crest. The same as `assets/mark.svg`."""

from typing import Any

from kiosk.letters.document.pieces import BRAND, TURMERIC, WHITE

SIDE = 96
PETALS = ((25, 25, 45, BRAND), (71, 25, -45, BRAND), (71, 71, 45, TURMERIC), (25, 71, -45, BRAND))  # centre, turn, colour
SEEDS = ((32, 32, 18, 18), (64, 32, 78, 18), (64, 64, 78, 78), (32, 64, 18, 78))
CENTRE = ((48, 40.5), (55.5, 48), (48, 55.5), (40.5, 48))


def draw(canvas: Any, x: float, y: float, side: float) -> None:
    """Draw it into the square of `side` points whose lower left corner is at `x`, `y`."""
    canvas.saveState()
    canvas.translate(x, y + side)
    canvas.scale(side / SIDE, -side / SIDE)  # the drawing counts downwards
    for across, down, turn, colour in PETALS:
        canvas.saveState()
        canvas.translate(across, down)
        canvas.rotate(turn)
        canvas.setFillColor(colour)
        canvas.ellipse(-27.5, -15.5, 27.5, 15.5, stroke=0, fill=1)
        canvas.restoreState()
    canvas.setStrokeColor(WHITE)
    canvas.setLineCap(1)
    canvas.setLineWidth(4.5)
    for seed in SEEDS:
        canvas.line(*seed)
    path = canvas.beginPath()
    path.moveTo(*CENTRE[0])
    for corner in CENTRE[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.setLineWidth(3)
    canvas.setFillColor(TURMERIC)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.restoreState()
