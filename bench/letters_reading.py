"""How well codes of our letters are read from scans, and how long an upload takes.

A scan is made of a letter's own page: rendered at 100 to 300 dpi, turned by up to 45 degrees, and then one harm of each kind.
"""

import math
import random
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

from bench.machine import percentile
from bench.table import Row
from kiosk.letters.checking import file, reading
from kiosk.letters.checking.readers import Readers
from tests.letters.checking.office import Office, office

DPI = (100, 150, 200, 300)
DEGREES = (0, 2, 7, 15, 30, 45)
UPLOADS = 20
PAPER = 255


def _blurred(page: Image.Image, dpi: int, _: random.Random) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(dpi * 0.15 / 25.4))  # 0.15 mm: a scanner's lens that is a little off


def _jpeg(page: Image.Image, _: int, __: random.Random) -> Image.Image:
    out = BytesIO()
    page.save(out, "JPEG", quality=30)
    return Image.open(BytesIO(out.getvalue())).convert("L")


def _covered(page: Image.Image, dpi: int, chance: random.Random) -> Image.Image:
    """A tenth of the code under a spot, anywhere on it but in its corners: those are how a reader finds it at all."""
    left, top, right, bottom = _box_of_code(page)
    side = math.sqrt(0.10) * (right - left)
    places = [(0.36, 0.02), (0.34, 0.34), (0.02, 0.34), (0.6, 0.5), (0.5, 0.6)]
    x, y = chance.choice(places)
    spot = (left + x * (right - left), top + y * (bottom - top))
    ImageDraw.Draw(page).rectangle((*spot, spot[0] + side, spot[1] + side), fill=chance.choice((90, 200)))
    return page


def _tilted(page: Image.Image, _: int, chance: random.Random) -> Image.Image:
    """Seen from the side: one edge is a seventh shorter than the other."""
    width, height = page.size
    by = 0.07 * width
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    seen = (
        [(-by, 0), (0, height), (width, height), (width + by, 0)]
        if chance.random() < 0.5
        else [(0, 0), (-by, height), (width + by, height), (width, 0)]
    )
    return page.transform(page.size, Image.Transform.PERSPECTIVE, _plane(corners, seen), Image.Resampling.BICUBIC, fillcolor=PAPER)


Harm = Callable[[Image.Image, int, random.Random], Image.Image]
TO_PAPER: dict[str, Harm] = {"10 % covered": _covered, "perspective": _tilted}
BY_SCANNER: dict[str, Harm] = {"blurred 0.15 mm": _blurred, "JPEG 30": _jpeg}
HARMS = ("as it is", *BY_SCANNER, *TO_PAPER)
_code_box: dict[tuple[int, int], tuple[float, float, float, float]] = {}


def _box_of_code(page: Image.Image) -> tuple[float, float, float, float]:
    """Where the code stands on an upright page; the same on each of that size."""
    if page.size not in _code_box:
        import zxingcpp

        (found,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
        points = [found.position.top_left, found.position.top_right, found.position.bottom_right, found.position.bottom_left]
        _code_box[page.size] = (min(p.x for p in points), min(p.y for p in points), max(p.x for p in points), max(p.y for p in points))
    return _code_box[page.size]


def _plane(given: list[tuple[float, float]], seen: list[tuple[float, float]]) -> list[float]:
    """The eight numbers of the projection that takes `given` to `seen`, by elimination."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(given, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]]
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column:
                rows[row] = [a - rows[row][column] * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]


def _scan(letter: pdfium.PdfDocument, dpi: int, degrees: float, harm: str, chance: random.Random) -> Image.Image:
    """The letter on the glass: what happened to the paper, how it lies, what the scanner does."""
    page = letter[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    if harm in TO_PAPER:
        page = TO_PAPER[harm](page, dpi, chance)
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)
    return BY_SCANNER[harm](turned, dpi, chance) if harm in BY_SCANNER else turned


def _reading(made: Office) -> list[Row]:
    chance, letter = random.Random(6), pdfium.PdfDocument(made.pdf)
    (text,) = reading.texts_in(letter[0].render(scale=200 / 72, grayscale=True).to_pil())
    right: dict[tuple[int, str], list[bool]] = {}
    spans: list[float] = []
    for dpi in DPI:
        for harm in HARMS:
            for degrees in DEGREES:
                picture = _scan(letter, dpi, degrees + chance.uniform(-1, 1), harm, chance)
                began = time.perf_counter()
                right.setdefault((dpi, harm), []).append(reading.texts_of(picture) == [text])
                if dpi == 200:
                    spans.append(time.perf_counter() - began)
        told = ", ".join(f"{harm} {_share([right[dpi, harm]])}" for harm in HARMS)
        print(f"  {dpi} dpi: {told}", flush=True)
    fine = [found for (dpi, _), found in right.items() if dpi >= 150]
    limit = f"{len(HARMS)} harms x {len(DEGREES)} turns x {len(DPI)} resolutions"
    rows = [Row(f"letters: scans read at {dpi} dpi", _share([right[dpi, harm] for harm in HARMS]), "%", "", limit) for dpi in DPI]
    return [
        *rows,
        Row("letters: scans read at 150 dpi and more", _share(fine), "%", ">=99", limit),
        Row("letters: scans read over all", _share(list(right.values())), "%", ">=92", limit),
        Row(
            "letters: A4 at 200 dpi, code found, median",
            round(percentile(spans, 0.5) * 1000),
            "ms",
            "",
            f"p95 {percentile(spans, 0.95) * 1000:.0f} ms",
        ),
    ]


def _share(found: list[list[bool]]) -> float:
    every = [one for some in found for one in some]
    return round(100 * sum(every) / len(every), 1)


def _uploads(made: Office) -> list[Row]:
    """From the bytes in the node to the verdict, each in a process of its own; the first waits for the libraries."""
    scan, photo = pdfium.PdfDocument(made.pdf)[0].render(scale=200 / 72).to_pil().convert("RGB"), BytesIO()
    scan.save(photo, "JPEG", quality=85)
    paper = BytesIO()
    scan.save(paper, "PDF", resolution=200)
    rows, readers = [], Readers()
    for name, data in (("sealed PDF", made.pdf), ("scan as PDF", paper.getvalue()), ("photograph", photo.getvalue())):
        spans, peak = [], 0
        for _ in range(UPLOADS):
            readers.prepare()
            time.sleep(1.0)  # the next one stands ready by then; people do not come faster
            began = time.perf_counter()
            facts = readers.read(data)
            file.weigh(facts, made.knowledge, made.now)
            spans.append((time.perf_counter() - began) * 1000)
            peak = max(peak, facts.peak_kb)
        limit = f"p95 {percentile(spans, 0.95):.0f} ms; peak {peak // 1024} MB resident"
        rows.append(Row(f"letters: A4 upload, {name}, median", round(percentile(spans, 0.5)), "ms", "<=500", limit))
        rows.append(Row(f"letters: A4 upload, {name}, memory", peak // 1024, "MB", "<=200", "one process for each file"))
    readers.close()
    cold = Readers(ahead=False)
    began = time.perf_counter()
    cold.read(made.pdf)
    return [
        *rows,
        Row("letters: A4 upload, no process ready", round((time.perf_counter() - began) * 1000), "ms", "", "the first file in ten minutes"),
    ]


def rows() -> list[Row]:
    """The table of scans, the uploads."""
    with tempfile.TemporaryDirectory() as folder:
        made = office(Path(folder))
        return [*_reading(made), *_uploads(made)]
